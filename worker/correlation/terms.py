"""What was promised: the terms of one ceasefire, put together from its reports.

Only the reports that give the ceasefire (and, where it was never seen announced, the mentions of its first 72
hours) set terms: what merely keeps it alive later cannot change them, so old mentions may be forgotten.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from worker.correlation.ceasefire_reports import Carried, CeasefireReport, Part
from worker.correlation.ceasefires import unanswered
from worker.correlation.conflicts import inferred_actor, merged_actors, side_of, sides_in, sides_of
from worker.correlation.quoting import quote_of
from worker.correlation.windows import DAYS_OF_SLACK, TEXT_SLACK, reporting_day
from worker.event import Act, Actor, DiplomacyEvent, Domain, Interval, Precision, Scope, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from worker.alert import AlertCeasefire, AlertEvidence, CeasefireStatus
    from worker.correlation.ceasefires import Life
    from worker.correlation.incidents import StrikeReport
    from worker.correlation.policy import Policy

_STRENGTH = (
    Act.CEASEFIRE_AGREED,
    Act.CEASEFIRE_DECLARED,
    Act.CEASEFIRE_IN_EFFECT,
    Act.CEASEFIRE_EXTENDED,
    Act.CEASEFIRE_MENTIONED,
    Act.VIOLATION_ALLEGED,
    Act.CEASEFIRE_ENDED,
)
"""A weaker report never downgrades a stronger one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceasefire:
    """A ceasefire as the rule reads it. Equal terms mean that no alert of it can change."""

    id: str
    scope_class: str
    announced: bool
    act: Act
    declared: Interval
    """Precision unknown where only mentions are known."""
    opened: datetime
    effective: Interval
    until: Interval | None
    ended: Interval | None
    scope: Scope
    parties: tuple[Actor, ...]
    bound: tuple[Actor, ...]
    bound_sides: frozenset[str]
    mediators: tuple[Actor, ...]
    rejected: tuple[tuple[str, datetime], ...]
    """Sides that have rejected it, and since when."""
    awaited: str | None
    """The side that has not answered yet, where the other accepted alone."""
    claimed: bool
    """Only claimed by one party."""
    published: tuple[tuple[datetime, str], ...]
    """Publication and article of its two earliest announcements; empty where none of them is dated."""
    evidence: tuple[DiplomacyEvent, ...]
    quotes: tuple[AlertEvidence, ...] = field(compare=False)
    """The first of its words, as an alert quotes them."""
    quotes_seen: tuple[datetime, ...] = field(compare=False)
    """When these were seen."""
    watched_until: datetime = field(compare=False)
    days: range = field(compare=False)
    """The reporting days whose incidents it can be held against."""
    life: Life = field(compare=False, repr=False)
    ruling: tuple[object, ...] = field(compare=False, repr=False)
    """All that the rule reads of it but `watched_until`."""
    last_told: datetime = field(compare=False)
    """When the last of its evidence was seen: from then on all of it was known."""
    others: tuple[CeasefireReport, ...] = field(compare=False, repr=False)
    """The reports that set terms beside those that give it."""
    then: dict[frozenset[tuple[datetime, str]], Ceasefire] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Its terms by some of its reports, as far as they were asked for."""
    told: dict[CeasefireStatus, AlertCeasefire] = field(default_factory=dict, compare=False, repr=False)
    """As alerts tell it, as far as they do."""

    def rules_as(self, other: Ceasefire, reports: Iterable[StrikeReport]) -> bool:
        """Whether the rule comes to the same with either for all of the reports."""
        if self is other:
            return True
        if self.ruling != other.ruling:
            return False
        if self.watched_until == other.watched_until:
            return True
        earlier = min(self.watched_until, other.watched_until)
        return all(report.begun < earlier for report in reports)

    def spoken_by(self, moment: datetime) -> list[CeasefireReport]:
        """The reports that set its terms as they were seen by then."""
        return _openers(self.life, moment) + _seen(self.others, moment)


def all_terms(
    found: Iterable[Life], *, conflict: str, policy: Policy, known: Mapping[str, Ceasefire]
) -> dict[str, Ceasefire]:
    """The terms of every ceasefire of a conflict, by id; those `known` before are taken over where they hold."""
    sides = sides_of(conflict)
    told: dict[str, Ceasefire] = {}
    occurrences: Counter[tuple[str, date]] = Counter()
    for life in sorted(found, key=_seniority):
        name = (life.scope_class, life.opened.date())
        life_id = ceasefire_id(conflict, life, occurrences[name])
        occurrences[name] += 1
        before = known.get(life_id)
        if before is not None and _same_terms(before.life, life, policy):
            told[life_id] = replace(
                before,
                watched_until=life.watched_until(policy),
                days=watched_days(life, policy),
                life=life,
                then={},
            )
        else:
            told[life_id] = terms(life, ceasefire_id=life_id, sides=sides, policy=policy)
    return told


def watched_days(life: Life, policy: Policy) -> range:
    """The reporting days whose incidents a ceasefire can be held against."""
    before = TEXT_SLACK if life.announced else policy.window
    first = reporting_day(life.opened - before) - DAYS_OF_SLACK
    return range(first, reporting_day(life.watched_until(policy)) + DAYS_OF_SLACK + 1)


def _same_terms(before: Life, now: Life, policy: Policy) -> bool:
    return before is now or (
        (before.announced, before.declared, before.opened, before.until, before.ended)
        == (now.announced, now.declared, now.opened, now.until, now.ended)
        and before.openers == now.openers
        and before.rejections == now.rejections
        and before.awaited == now.awaited
        and _also_speaking(before, policy) == _also_speaking(now, policy)
    )


def _seniority(life: Life) -> tuple[object, ...]:
    return (not life.announced, life.opened, life.openers[0].event.event_id)


def terms(
    life: Life,
    *,
    ceasefire_id: str,
    sides: tuple[str, ...],
    policy: Policy,
    seen_until: datetime | None = None,
) -> Ceasefire:
    """The terms of a ceasefire, by all its reports or by those seen until a moment."""
    openers = _openers(life, seen_until)
    others = _also_speaking(life, policy)
    speaking = sorted(openers + _seen(others, seen_until), key=lambda r: r.rank)
    opening = {report.rank for report in openers}
    bound = merged_actors(r.bound_by_default if r.rank in opening else r.bound for r in speaking)
    parties = merged_actors(report.parties for report in speaking)
    if not bound:
        bound = parties
    if len(parties) < len(sides):
        missing = set(sides) - {side_of(actor, sides) for actor in parties}
        parties = merged_actors((parties, tuple(inferred_actor(side) for side in sorted(missing))))
    declared = life.declared or _unknown(life.opened)
    bound = bound or parties
    effective, scope = _effective(speaking) or declared, _scope(openers)
    rejected, published = _rejections(life, sides), _announcements(life.openers)
    bound_sides, evidence = sides_in(bound, sides), _evidence(speaking, opening)
    awaited = unanswered(openers, _seen(others, seen_until)) if life.announced else None
    quoted = evidence[: policy.evidence_limit // 3]
    claimed = life.announced and all(r.event.assertion.status is Status.CLAIMED for r in openers)
    return Ceasefire(
        id=ceasefire_id,
        scope_class=life.scope_class,
        announced=life.announced,
        act=min((report.event.act for report in openers), key=_STRENGTH.index),
        declared=declared,
        opened=life.opened,
        effective=effective,
        until=life.until,
        ended=life.ended,
        scope=scope,
        parties=parties,
        bound=bound,
        bound_sides=bound_sides,
        mediators=merged_actors(report.event.mediators for report in speaking),
        rejected=rejected,
        awaited=awaited,
        claimed=claimed,
        published=published,
        evidence=evidence,
        quotes=tuple([quote for quote in map(quote_of, quoted) if quote is not None]),
        quotes_seen=tuple([event.article.seen_at for event in quoted]),
        watched_until=life.watched_until(policy),
        days=watched_days(life, policy),
        life=life,
        ruling=(
            life.announced, life.opened, declared, effective, life.ended, scope, bound_sides, rejected, awaited,
            claimed, published, tuple(party.id for party in parties),
        ),
        last_told=max(event.article.seen_at for event in evidence),
        others=tuple(others),
    )  # fmt: skip


def ceasefire_id(conflict: str, life: Life, occurrence: int) -> str:
    """From conflict, scope class and earliest declared day; a second one of that day is told apart."""
    parts = [conflict, life.scope_class, life.opened.date().isoformat()]
    if occurrence:
        parts.append(str(occurrence))
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def _openers(life: Life, until: datetime | None) -> list[CeasefireReport]:
    """The announcements seen until then; all, if none was: without any there is no ceasefire."""
    return _seen(life.openers, until) or list(life.openers)


def _seen(reports: Sequence[CeasefireReport], until: datetime | None) -> list[CeasefireReport]:
    return [report for report in reports if until is None or report.rank[0] <= until]


def _also_speaking(life: Life, policy: Policy) -> list[CeasefireReport]:
    return [report for report in life.followers if sets_terms(report, life, policy)]


def sets_terms(follower: CeasefireReport, life: Life, policy: Policy) -> bool:
    """Whether a report that follows a ceasefire sets terms of it beside those that give it."""
    return follower.part is Part.HOLD or (
        follower.part is Part.MENTION
        and not life.announced
        and follower.reference <= life.opened + policy.merge_within
    )


def _effective(reports: Iterable[CeasefireReport]) -> Interval | None:
    said = [report.event.effective_from for report in reports if report.event.effective_from is not None]
    return min(said, key=lambda time: (time.end - time.start, time.start, time.text or ""), default=None)


def _scope(reports: list[CeasefireReport]) -> Scope:
    said = {domain for report in reports for domain in report.event.scope.domains}
    regions = [r.event.scope.region for r in sorted(reports, key=lambda r: r.rank) if r.event.scope.region]
    return Scope(
        domains=tuple(domain for domain in Domain if domain in said),
        region=regions[0] if regions else None,
    )


def _rejections(life: Life, sides: tuple[str, ...]) -> tuple[tuple[str, datetime], ...]:
    """Sides that rejected it, unless they undertook it in so many words later."""
    since: dict[str, datetime] = {}
    for report in life.rejections:
        event = report.event
        for side in sides_in(event.rejecting or event.speaker, sides):
            since[side] = min(since.get(side, report.time.start), report.time.start)
    if not since:
        return ()
    for report in (*life.openers, *life.followers):
        for side in sides_in(report.event.bound, sides):
            if side in since and report.reference > since[side] and report.part in (Part.ANNOUNCE, Part.HOLD):
                del since[side]
    return tuple(sorted(since.items()))


def _announcements(openers: list[CeasefireReport]) -> tuple[tuple[datetime, str], ...]:
    first: dict[str, datetime] = {}
    for report in openers:
        if report.published is not None:
            article = report.event.article.id
            first[article] = min(first.get(article, report.published), report.published)
    return tuple(sorted((published, article) for article, published in first.items())[:2])


def _evidence(
    speaking: list[CeasefireReport], opening: set[tuple[datetime, str]]
) -> tuple[DiplomacyEvent, ...]:
    """The first seen reports that together carry every term: none of them can change without a change here."""
    chosen: list[DiplomacyEvent] = []
    told: set[Carried] = set()
    for report in speaking:
        carries = report.carries_opening if report.rank in opening else report.carries
        if not carries <= told:
            chosen.append(report.event)
            told |= carries
    return tuple(chosen)


def _unknown(opened: datetime) -> Interval:
    return Interval(start=opened - TEXT_SLACK, end=opened, precision=Precision.UNKNOWN)
