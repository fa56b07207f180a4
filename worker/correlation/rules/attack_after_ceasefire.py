"""Attack after ceasefire: the whole decision, in the order a reader would take it.

Did the attack come after the announcement (`order_of`), is it of the kind that was promised to stop
(`in_scope`), was it in force and whom did it bind (`evaluate`), and so how grave is it (`severity_of`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from worker.alert import AlertOrder, CeasefireStatus, InScope, Severity
from worker.correlation.windows import TEXT_SLACK
from worker.event import Act, Domain, Mode, Order, SiteType

if TYPE_CHECKING:
    from datetime import datetime

    from worker.correlation.incidents import IncidentKey, StrikeReport
    from worker.correlation.policy import Policy
    from worker.correlation.terms import Ceasefire
    from worker.event import Place

RULE = "attack_after_ceasefire"

FULL_STOP = frozenset({Domain.GENERAL, Domain.HUMANITARIAN, Domain.HOSTAGES, Domain.HOLIDAY})
"""Everything is promised to stop while it lasts."""

SPARED_SITES: dict[Domain, frozenset[SiteType]] = {
    Domain.ENERGY: frozenset({SiteType.ENERGY, SiteType.NUCLEAR}),
    Domain.INFRASTRUCTURE: frozenset(
        {SiteType.ENERGY, SiteType.TRANSPORT, SiteType.PORT, SiteType.AIRFIELD, SiteType.INDUSTRY}
    ),
    Domain.MARITIME: frozenset({SiteType.SHIP, SiteType.PORT}),
}
AIR_MODES = frozenset({Mode.DRONE, Mode.MISSILE, Mode.AIRSTRIKE})
GROUND_MODES = frozenset(Mode) - AIR_MODES - {Mode.NAVAL, Mode.UNSPECIFIED}
"""Other means than those of a night of strikes."""

WEAKNESSES_TO_SEVERITY = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)
"""By how many of {not yet in effect, order possible, claimed only} hold."""


class Standing(StrEnum):
    """Where one report's strike stands to a ceasefire."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    SAID_BEFORE = "said_before"
    """The text itself puts it before."""
    OUTSIDE = "outside"
    """Before, after its end, or not known to be in order."""


class Verdict(NamedTuple):
    """What one report says of its strike against a ceasefire."""

    standing: Standing
    scope: InScope
    """Of a strike that an alert may rest on."""
    in_effect: bool
    counts: bool
    """Whether an alert may rest on it."""
    is_told: bool
    """Whether an alert tells of it.

    Not of ground fighting of that day under a truce in the air, nor of attacks of no known day that went on before
    the ceasefire ("the shelling that it was to end").
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An attack after a ceasefire: what the rule says of the pair."""

    severity: Severity
    order: AlertOrder
    in_scope: InScope
    lag: timedelta
    status: CeasefireStatus


def judge(report: StrikeReport, ceasefire: Ceasefire, policy: Policy) -> Verdict:
    """What one report says."""
    standing = order_of(report, ceasefire, policy)
    is_in_order = standing is Standing.CERTAIN or standing is Standing.POSSIBLE
    is_ground = report.event.mode in GROUND_MODES
    scope = in_scope(report, ceasefire) if is_in_order or is_ground else InScope.UNKNOWN
    is_beside = is_ground and scope is InScope.NO
    return Verdict(
        standing,
        scope,
        in_effect=report.order is Order.DURING
        or (
            ceasefire.awaited is None
            and (ceasefire.effective == ceasefire.declared or report.middle >= ceasefire.effective.start)
        ),
        counts=is_in_order and not is_beside and not _has_rejected(report, ceasefire),
        is_told=not is_beside and (report.dated or standing is not Standing.SAID_BEFORE),
    )


def _has_rejected(report: StrikeReport, ceasefire: Ceasefire) -> bool:
    """Whether the attacker had rejected the ceasefire, or not answered yet."""
    attacker = report.direction.actor
    if attacker == ceasefire.awaited and report.order is not Order.DURING:
        return True
    return bool(ceasefire.rejected) and any(
        side == attacker and report.interval.end > since for side, since in ceasefire.rejected
    )


def is_partial(ceasefire: Ceasefire) -> bool:
    """Whether some kind of attack stays outside what was promised."""
    return _are_partial(ceasefire.scope.domains)


@cache
def _are_partial(domains: tuple[Domain, ...]) -> bool:
    return Domain.LOCAL in domains or FULL_STOP.isdisjoint(domains)


class Statements:
    """All reports of an incident together: the strongest statement counts, a contradiction makes it possible."""

    def __init__(self, key: IncidentKey, ceasefire: Ceasefire) -> None:
        """Nothing said yet."""
        self._key = key
        self._ceasefire = ceasefire
        self.counted: set[str] = set()
        """The events that an alert may rest on."""
        self.first: StrikeReport | None = None
        """The first seen report of these."""
        self._scopes: set[InScope] = set()
        self._certain = self._disputed = self._in_effect = False
        self._only_claimed = True
        self._start: datetime | None = None
        self._start_is_dated = False
        self._end: datetime | None = None
        self._found_by: tuple[object, ...] | None = None
        self._finding: Finding | None = None

    def add(self, report: StrikeReport, verdict: Verdict) -> None:
        """One more report, seen after all others."""
        if verdict.standing is Standing.SAID_BEFORE and report.dated:
            self._disputed = True
        if not verdict.counts:
            return
        self.counted.add(report.event.event_id)
        if self.first is None:
            self.first = report
        self._scopes.add(verdict.scope)
        self._certain |= verdict.standing is Standing.CERTAIN
        self._in_effect |= verdict.in_effect
        self._only_claimed &= report.claimed
        start, end = report.interval.start, report.interval.end
        if self._start is None or (report.dated and not self._start_is_dated):
            self._start, self._start_is_dated = start, report.dated
        elif report.dated == self._start_is_dated:
            self._start = min(self._start, start)
        self._end = end if self._end is None else max(self._end, end)

    def finding(self) -> Finding | None:
        """What the rule says of them; None where it is no attack after a ceasefire."""
        by = (
            len(self._scopes), self._certain, self._disputed, self._in_effect, self._only_claimed,
            self._start, self._end,
        )  # fmt: skip
        if by != self._found_by:
            self._finding, self._found_by = self._find(), by
        return self._finding

    def _find(self) -> Finding | None:
        scope = next((each for each in (InScope.YES, InScope.UNKNOWN) if each in self._scopes), None)
        if scope is None or self._start is None or self._end is None:
            return None
        order = AlertOrder.CERTAIN if self._certain and not self._disputed else AlertOrder.POSSIBLE
        claimed = self._ceasefire.claimed or self._only_claimed
        return Finding(
            severity=severity_of(
                bound=self._key.actor in self._ceasefire.bound_sides,
                scope=scope,
                weaknesses=(not self._in_effect, order is AlertOrder.POSSIBLE, claimed),
            ),
            order=order,
            in_scope=scope,
            lag=lag_of(self._start, self._ceasefire),
            status=self._status(self._end),
        )

    def _status(self, end: datetime) -> CeasefireStatus:
        ended = self._ceasefire.ended
        if ended is not None and end >= ended.start:
            return CeasefireStatus.ENDED
        return CeasefireStatus.IN_EFFECT if self._in_effect else CeasefireStatus.ANNOUNCED


def severity_of(*, bound: bool, scope: InScope, weaknesses: tuple[bool, bool, bool]) -> Severity:
    """The one table: unbound or of unknown scope is low, otherwise every weakness is a step down."""
    if not bound or scope is not InScope.YES:
        return Severity.LOW
    return WEAKNESSES_TO_SEVERITY[sum(weaknesses)]


def order_of(report: StrikeReport, ceasefire: Ceasefire, policy: Policy) -> Standing:
    """Whether the strike came after the announcement, by the text or by the times, and before the end."""
    if report.begun >= ceasefire.watched_until:
        return Standing.OUTSIDE
    if report.order is Order.BEFORE:
        return (
            Standing.SAID_BEFORE if report.interval.end > ceasefire.opened - TEXT_SLACK else Standing.OUTSIDE
        )
    if report.order is not None and _text_can_mean(report, ceasefire, policy):
        return Standing.CERTAIN
    return _order_by_times(report, ceasefire)


def _order_by_times(report: StrikeReport, ceasefire: Ceasefire) -> Standing:
    """Without a word of the text on the order both sides need a date, and overlap needs a later article."""
    if report.published is None or not ceasefire.published:
        return Standing.OUTSIDE
    if report.interval.start >= ceasefire.declared.end and _from_another_article(report, ceasefire):
        return Standing.CERTAIN
    if report.interval.end > ceasefire.declared.start and _published_after(report, ceasefire):
        return Standing.POSSIBLE
    return Standing.OUTSIDE


def in_scope(report: StrikeReport, ceasefire: Ceasefire) -> InScope:
    """Whether a report's strike is of the kind that the ceasefire forbids."""
    domains = ceasefire.scope.domains
    if _before_its_day(report, ceasefire):
        return InScope.NO
    if Domain.LOCAL in domains:
        return _in_region(report, ceasefire.scope.region)
    if not is_partial(ceasefire):
        return InScope.NO if _elsewhere(report, ceasefire) else InScope.YES
    mode = report.event.mode
    if Domain.AIR in domains and mode in AIR_MODES:
        return InScope.YES
    if Domain.MARITIME in domains and mode is Mode.NAVAL:
        return InScope.YES
    spared = _spared_by(domains)
    said = report.sites - {SiteType.OTHER}
    if not said.isdisjoint(spared):
        return InScope.YES
    of_people = report.order is None and (report.event.killed or report.event.injured)
    unsaid = spared and not said and mode in AIR_MODES and not of_people
    return InScope.UNKNOWN if unsaid else InScope.NO


def _before_its_day(report: StrikeReport, ceasefire: Ceasefire) -> bool:
    """Whether a truce for a feast, or one side's own, was only announced: nobody has promised to stop before it."""
    for_a_day = Domain.HOLIDAY in ceasefire.scope.domains or ceasefire.act is Act.CEASEFIRE_DECLARED
    return for_a_day and report.order is None and report.interval.end <= ceasefire.effective.start


@cache
def _spared_by(domains: tuple[Domain, ...]) -> frozenset[SiteType]:
    return frozenset[SiteType]().union(*(SPARED_SITES.get(domain, frozenset()) for domain in domains))


def lag_of(start: datetime, ceasefire: Ceasefire) -> timedelta:
    """From the announcement to the attack; zero where they overlap or the announcement is of unknown date."""
    return max(start - ceasefire.declared.end, timedelta())


def _text_can_mean(report: StrikeReport, ceasefire: Ceasefire, policy: Policy) -> bool:
    """Whether the ceasefire that a text speaks of can be this one."""
    if not ceasefire.announced:
        # Its own article speaks of it: what is first told of days later is another one.
        return report.reference > ceasefire.opened - policy.merge_within
    if ceasefire.opened > report.reference:
        return False
    # Weekdays of an article without a date say nothing: there the words alone tell the order.
    return report.published is None or report.interval.end > ceasefire.declared.start - TEXT_SLACK


def _from_another_article(report: StrikeReport, ceasefire: Ceasefire) -> bool:
    """A ceasefire that is only mentioned says nothing of times to the article that mentions it."""
    return ceasefire.announced or _published_after(report, ceasefire)


def _published_after(report: StrikeReport, ceasefire: Ceasefire) -> bool:
    """Whether the strike's article appeared after another one that gave the ceasefire."""
    published = report.published
    return published is not None and any(
        before < published and article != report.event.article.id for before, article in ceasefire.published
    )


def _in_region(report: StrikeReport, region: str | None) -> InScope:
    """Places inside the region of a local ceasefire; without places only the text's own word ties them."""
    places = report.event.places
    if not places or not region:
        tied = report.order is not None or report.event.mode in AIR_MODES
        return InScope.UNKNOWN if tied else InScope.NO
    return InScope.YES if any(_lies_in(place, region) for place in places) else InScope.NO


def _lies_in(place: Place, region: str | None) -> bool:
    """Whether a place is a region, or in it by its first-level division; no region holds everything."""
    if region is None:
        return True
    wanted = _folded(region)
    held = {_folded(name) for name in (place.name, place.text, place.admin1 or "")} - {""}
    return any(h == wanted or f" {h} " in f" {wanted} " or f" {wanted} " in f" {h} " for h in held)


def _elsewhere(report: StrikeReport, ceasefire: Ceasefire) -> bool:
    """Whether all places of a strike lie outside the territory that a truce is about, and in no state that made it.

    A raid in the West Bank breaks no truce for Gaza; a rocket on Sderot does.
    """
    if not report.event.places:
        return False
    sides = {party.side for party in ceasefire.parties} | {party.id for party in ceasefire.parties}
    places = [place for place in report.event.places if place.country not in sides]
    return bool(places) and not any(_lies_in(place, ceasefire.scope.region) for place in places)


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())
