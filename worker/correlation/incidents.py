"""Ten articles, one attack: reports of strikes, and the incidents they make together.

An incident is (conflict, actor side, recipient side, reporting day). All it says is a function of the set of
its reports; ties are broken by (seen_at, event_id), never by arrival.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, insort
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from worker.alert import alert_id
from worker.correlation.conflicts import Direction, direction_of
from worker.correlation.figures import WeaponKey, class_totals
from worker.correlation.quoting import quote_of
from worker.correlation.rules.attack_after_ceasefire import RULE
from worker.correlation.telling import Telling
from worker.correlation.windows import believed_publication, cut, dated, middle, reporting_day
from worker.event import HAPPENED, Interval, Order, Quantity, SiteType, Status, StrikeEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.alert import AlertEvidence
    from worker.correlation.judging import Judgement
    from worker.correlation.policy import Policy
    from worker.correlation.terms import Ceasefire

"""What is planned, threatened, hypothetical, denied or history is no attack."""

Fact = tuple[object, ...]
_RANK = attrgetter("rank")
_NEVER = datetime.max.replace(tzinfo=UTC)


class IncidentKey(NamedTuple):
    """Which incident of its conflict."""

    actor: str
    recipient: str
    day: int


@dataclass(eq=False, kw_only=True)
class StrikeReport:
    """A strike event as the correlation reads it; derived from the event alone.

    What only matters where a ceasefire is watched is read when it is first asked for.
    """

    event: StrikeEvent
    direction: Direction
    interval: Interval
    """The event's time, cut to what the article can have known."""
    middle: datetime
    """Of that."""
    dated: bool
    own_day: int
    reference: datetime
    """Believed publication, or when the article was seen."""
    published: datetime | None
    """Believed publication."""
    claimed: bool
    order: Order | None
    rank: tuple[datetime, str]
    """Its place among the reports of an incident: first seen, first quoted."""

    @property
    def voice(self) -> str:
        """Who says so: the speaker it is attributed to, or else the outlet."""
        return voice_of(self.event)

    @property
    def begun(self) -> datetime:
        """When it began; an attack of no known day lies about the middle of the days that it may lie in."""
        return self.interval.start if self.dated else self.middle

    @cached_property
    def totals(self) -> dict[WeaponKey, Quantity | None]:
        """What it says of each class of weapon."""
        return class_totals(self.event.weapons)

    @cached_property
    def sites(self) -> frozenset[SiteType]:
        """Kinds of places that were hit."""
        return frozenset(site.type for site in self.event.sites)

    @cached_property
    def facts(self) -> frozenset[Fact]:
        """What makes a revision where it is new; a report without a new one is only one more report."""
        return _facts(self)

    @cached_property
    def figures(self) -> frozenset[object]:
        """What it is quoted for: kinds of places, and numbers by what they count."""
        told: set[object] = set(self.sites)
        told.update(key for key, count in self.totals.items() if count is not None)
        told.update(name for name in ("killed", "injured") if getattr(self.event, name) is not None)
        return frozenset(told)

    @cached_property
    def quote(self) -> AlertEvidence | None:
        """Its words, as an alert quotes them."""
        return quote_of(self.event)

    @cached_property
    def fingerprint(self) -> bytes:
        """The fingerprint of its article's text; empty where there is none."""
        try:
            return bytes.fromhex(self.event.article.fingerprint)
        except ValueError:
            return b""


def voice_of(event: StrikeEvent) -> str:
    """Who says so: the speaker it is attributed to, or else the outlet."""
    speaker = event.assertion.attributed_to
    return f"outlet:{event.article.source.casefold()}" if speaker is None else f"speaker:{speaker.casefold()}"


def read_strike(event: StrikeEvent, sides: tuple[str, ...], policy: Policy) -> StrikeReport | None:
    """The report in an event; None where nothing happened, no side is known or it is older than the window.

    Denials are reports too: what becomes of them is for the caller to decide by the event's status.
    """
    status = event.assertion.status
    if status not in HAPPENED and status is not Status.DENIED:
        return None
    direction = direction_of(event, sides)
    if direction is None:
        return None
    published = believed_publication(event.article, policy)
    reference = published or event.article.seen_at
    interval = event.event_time if event.event_time.end <= reference else cut(event.event_time, reference)
    moment = middle(interval)
    if moment < reference - policy.window:
        return None
    relation = event.ceasefire_relation
    return StrikeReport(
        event=event,
        direction=direction,
        interval=interval,
        middle=moment,
        dated=dated(interval),
        own_day=reporting_day(moment),
        reference=reference,
        published=published,
        claimed=status is Status.CLAIMED,
        order=relation.order if relation else None,
        rank=(event.article.seen_at, event.event_id),
    )


def incident_id(conflict: str, key: IncidentKey) -> str:
    """The same incident has the same id on every machine."""
    text = "\x1f".join((conflict, key.actor, key.recipient, str(key.day)))
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def home_days(reports: Sequence[StrikeReport]) -> dict[str, int]:
    """The reporting day that each report of one article and direction belongs to.

    An undated strike joins the (latest) dated incident of its pair in the article.
    """
    if len(reports) == 1:
        return {reports[0].event.event_id: reports[0].own_day}
    joined = max([report.own_day for report in reports if report.dated], default=None)
    return {
        report.event.event_id: report.own_day if report.dated or joined is None else joined
        for report in reports
    }


def refutes(denial: StrikeReport, report: StrikeReport) -> bool:
    """Whether a denial takes back a report: the same voice, later, elsewhere, of the same time and places."""
    slack = denial.reference - denial.interval.start if not denial.dated else denial.interval.end.resolution
    if denial.voice != report.voice or denial.event.article.id == report.event.article.id:
        return False
    if denial.reference <= report.reference or denial.direction != report.direction:
        return False
    if denial.interval.start - slack >= report.interval.end or report.interval.start >= denial.interval.end:
        return False
    said = {place.name for place in denial.event.places}
    told = {place.name for place in report.event.places}
    return not said or not told or not said.isdisjoint(told)


class Incident:
    """The reports of one incident, and what came of them."""

    def __init__(self, key: IncidentKey, conflict: str, policy: Policy) -> None:
        """Start without reports."""
        self.key = key
        self.reports: list[StrikeReport] = []
        """First seen first."""
        self.judgements: dict[str, Judgement] = {}
        """What came of it last against the ceasefires of its day."""
        self.shuffles = 0
        """How often a report has come before the last one, or gone: what was folded over them begins anew."""
        self._conflict = conflict
        self._policy = policy
        self._latest: datetime | None = None
        self._tellings: list[Telling] = []

    @cached_property
    def id(self) -> str:
        """As `incident_id` has it."""
        return incident_id(self._conflict, self.key)

    def alert_id(self, ceasefire_id: str) -> str:
        """Of the alert that it gives against a ceasefire."""
        return alert_id(rule=RULE, conflict=self._conflict, ceasefire_id=ceasefire_id, incident_id=self.id)

    def can_follow(self, ceasefire: Ceasefire) -> bool:
        """False where it is over before the declaration of a ceasefire by all that is told: no need to judge that."""
        if self._latest is None:
            self._latest = max(map(_latest, self.reports))
        return self._latest >= ceasefire.declared.start

    def telling_of(self, reports: list[StrikeReport]) -> Telling:
        """What some of its reports tell together, first seen first; most often all do, against every ceasefire."""
        for known in self._tellings:
            if known.reports == reports[: len(known.reports)]:
                break
        else:
            known = Telling(self.id, self.key, self._policy.copy_similarity)
            self._tellings = [known, *self._tellings[: max(len(self.judgements), 1)]]
        for report in islice(reports, len(known.reports), None):
            known.add(report)
        return known

    def add(self, report: StrikeReport) -> None:
        """Take in a report."""
        if self._latest is not None:
            self._latest = max(self._latest, _latest(report))
        if self.reports and report.rank < self.reports[-1].rank:
            insort(self.reports, report, key=_RANK)
            self._shuffle()
        else:
            self.reports.append(report)

    def remove(self, report: StrikeReport) -> None:
        """Forget a report."""
        del self.reports[bisect_left(self.reports, report.rank, key=_RANK)]
        self._shuffle()
        for judgement in self.judgements.values():
            judgement.forget(report.event.event_id)
        self._latest = None

    def _shuffle(self) -> None:
        self.shuffles += 1
        self._tellings = []


def _latest(report: StrikeReport) -> datetime:
    """Until when a ceasefire can have come before it: whenever it was declared, where the text itself puts it after."""
    return report.interval.end if report.order is None else _NEVER


def _facts(report: StrikeReport) -> frozenset[Fact]:
    event = report.event
    relation = event.ceasefire_relation
    facts: set[Fact] = {
        ("mode", event.mode),
        ("said", relation.order if relation else None, event.assertion.status),
    }
    facts.update(("site", site) for site in report.sites)
    facts.update(("weapon", *key, count) for key, count in report.totals.items())
    facts.update(("model", weapon.weapon_class, weapon.disposition, weapon.id) for weapon in event.weapons)
    facts.update(("actor", actor.id, actor.inferred, actor.name) for actor in event.actors)
    facts.update(("recipient", actor.id, actor.inferred, actor.name) for actor in event.recipients)
    if event.killed is not None:
        facts.add(("killed", event.killed))
    if event.injured is not None:
        facts.add(("injured", event.injured))
    return frozenset(facts)
