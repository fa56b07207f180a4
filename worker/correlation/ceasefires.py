"""The life of a ceasefire: which reports open one, keep it, end it.

`lives` is a function of the *set* of diplomacy reports of a conflict: declarations of one scope class within
72 hours of each other are one ceasefire; then every other report, in the order of its own time, joins the
ceasefire that it is about or opens one that the stream never saw announced.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from worker.correlation.ceasefire_reports import GENERAL, Part
from worker.correlation.windows import dated
from worker.event import Act, Domain, Interval, Precision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from worker.correlation.ceasefire_reports import CeasefireReport
    from worker.correlation.policy import Policy
    from worker.event import DiplomacyEvent


@dataclass(slots=True, kw_only=True)
class Life:
    """A ceasefire as its reports tell it. Mutable while it is folded, then only read."""

    scope_class: str
    announced: bool
    declared: Interval | None
    """None where no report gives it."""
    opened: datetime
    """From when on it is watched: start of the declaration, or the first report that presupposes it."""
    openers: list[CeasefireReport] = field(default_factory=list)
    followers: list[CeasefireReport] = field(default_factory=list)
    rejections: list[CeasefireReport] = field(default_factory=list)
    until: Interval | None = None
    ended: Interval | None = None
    held: datetime
    """The last report that says it holds."""
    last_declared: datetime

    def watched_until(self, policy: Policy) -> datetime:
        """From when on nothing follows it any more."""
        if self.ended is not None:
            return self.ended.end
        if self.awaited is not None:
            return self.held + policy.merge_within
        if self.until is not None:
            return self.until.end
        return self.held + (policy.holiday if self.scope_class == Domain.HOLIDAY else policy.window)

    @property
    def awaited(self) -> str | None:
        """The side that has not answered: the other accepted alone, and nothing says that it began."""
        return unanswered(self.openers, self.followers) if self.announced else None

    def reports(self) -> Iterable[CeasefireReport]:
        """All its reports."""
        yield from self.openers
        yield from self.followers
        yield from self.rejections


def unanswered(openers: Iterable[CeasefireReport], followers: Iterable[CeasefireReport]) -> str | None:
    """Whose answer is open, as far as these reports tell."""
    awaited = {report.awaited for report in openers}
    if len(awaited) != 1 or any(report.part is Part.HOLD for report in followers):
        return None
    return awaited.pop()


def lives(reports: Iterable[CeasefireReport], policy: Policy) -> list[Life]:
    """All ceasefires that a set of reports tells of."""
    said = _not_taken_back(tuple(reports))
    announcements: dict[str, list[CeasefireReport]] = defaultdict(list)
    others: list[CeasefireReport] = []
    for report in said:
        if report.part is Part.ANNOUNCE:
            announcements[report.scope_class].append(report)
        else:
            others.append(report)
    found = [life for group in announcements.values() for life in _announced(group, policy)]
    others.sort(key=lambda report: report.order)
    for report in others:
        follow(report, found, policy)
    return found


def _not_taken_back(reports: tuple[CeasefireReport, ...]) -> list[CeasefireReport]:
    denials: dict[tuple[str, str, Act], list[CeasefireReport]] = defaultdict(list)
    for report in reports:
        if report.part is Part.DENY:
            denials[_what_was_said(report)].append(report)
    return [
        report
        for report in reports
        if report.part is not Part.DENY
        and not (
            denials and any(_takes_back(denial, report) for denial in denials.get(_what_was_said(report), ()))
        )
    ]


def _what_was_said(report: CeasefireReport) -> tuple[str, str, Act]:
    return _voice(report.event), report.scope_class, report.event.act


def _takes_back(denial: CeasefireReport, report: CeasefireReport) -> bool:
    return (
        denial.event.article.id != report.event.article.id
        and timedelta() < denial.reference - report.reference < timedelta(days=7)
    )


def _voice(event: DiplomacyEvent) -> str:
    speaker = event.assertion.attributed_to
    return f"outlet:{event.article.source.casefold()}" if speaker is None else f"speaker:{speaker.casefold()}"


def _announced(group: list[CeasefireReport], policy: Policy) -> list[Life]:
    """Clusters of declarations none of which is further than 72 hours from the one before."""
    group.sort(key=lambda report: (report.time.start, report.time.end, report.event.event_id))
    clusters: list[list[CeasefireReport]] = []
    for report in group:
        if clusters and report.time.start - clusters[-1][-1].time.start <= policy.merge_within:
            clusters[-1].append(report)
        else:
            clusters.append([report])
    return [_open_announced(cluster) for cluster in clusters]


def _open_announced(cluster: list[CeasefireReport]) -> Life:
    declared = _most_exact(cluster)
    untils = [until for until in (_until(report, declared) for report in cluster) if until is not None]
    return Life(
        scope_class=cluster[0].scope_class,
        announced=True,
        declared=declared,
        opened=declared.start,
        openers=list(cluster),
        until=max(untils, key=lambda until: (until.end, until.start, until.text or ""), default=None),
        held=max(report.reference for report in cluster),
        last_declared=cluster[-1].time.start,
    )


def _most_exact(cluster: list[CeasefireReport]) -> Interval:
    """The narrowest of the declared times that agree with the earliest one; what is dated goes first."""
    known = [report for report in cluster if dated(report.time)] or cluster
    earliest = min((report.time for report in known), key=lambda time: (time.start, time.end))
    agreeing = [report.time for report in known if report.time.start <= earliest.end]
    return min(
        agreeing, key=lambda time: (time.end - time.start, time.start, time.text or "", time.precision)
    )


def _until(report: CeasefireReport, declared: Interval) -> Interval | None:
    event = report.event
    if event.effective_until is not None:
        return event.effective_until
    if event.duration is None:
        return None
    start = event.effective_from or declared
    return Interval(
        start=start.start + event.duration,
        end=start.end + event.duration,
        precision=start.precision,
    )


def follow(report: CeasefireReport, found: list[Life], policy: Policy) -> Life | None:
    """Join the ceasefire that a report is about, or open one it presupposes; the one it joined."""
    life = _about(report, found, policy)
    if report.part is Part.REJECT:
        if life is not None:
            life.rejections.append(report)
        return life
    if life is None:
        found.append(_open_unannounced(report))
        return None
    life.followers.append(report)
    if report.part is Part.END:
        _end(life, report)
        return life
    life.held = max(life.held, report.reference)
    if report.event.act is Act.CEASEFIRE_EXTENDED:
        _extend(life, report)
    return life


def _end(life: Life, report: CeasefireReport) -> None:
    """The earliest certain end counts, unless the ceasefire was declared again after it."""
    if life.announced and report.time.end <= life.last_declared:
        return
    if life.ended is None or (report.time.end, report.time.start) < (life.ended.end, life.ended.start):
        life.ended = report.time


def _extend(life: Life, report: CeasefireReport) -> None:
    event = report.event
    if event.effective_until is not None:
        until = event.effective_until
    elif event.duration is not None:
        base = life.until or report.time
        until = Interval(
            start=base.start + event.duration,
            end=base.end + event.duration,
            precision=base.precision,
        )
    else:
        life.until = None
        return
    if life.until is None or until.end > life.until.end:
        life.until = until


def _about(report: CeasefireReport, found: list[Life], policy: Policy) -> Life | None:
    """The ceasefire in force at the time of a report: of its own class, else one that unspecific words can mean."""
    in_force = _in_force(report, found, policy)
    same = [life for life in in_force if life.scope_class == report.scope_class]
    if not same:
        unspecific = report.scope_class == GENERAL
        same = [life for life in in_force if life.announced and (unspecific or life.scope_class == GENERAL)]
    if len(same) == 1:
        return same[0]
    return max(same, key=lambda life: (life.announced, life.opened, life.scope_class), default=None)


def _in_force(report: CeasefireReport, found: list[Life], policy: Policy) -> list[Life]:
    if report.part is Part.END:
        start, end = report.time.start - policy.window, report.time.end
        return [life for life in found if life.opened < end and start < life.watched_until(policy)]
    reference = report.reference
    latest = reference + policy.merge_within if report.part is Part.HOLD else reference
    return [life for life in found if life.opened <= latest and reference < life.watched_until(policy)]


def _open_unannounced(report: CeasefireReport) -> Life:
    event = report.event
    declared = event.declared_at
    begins = report.time if report.part is Part.HOLD else declared
    life = Life(
        scope_class=report.scope_class,
        announced=report.part is Part.HOLD,
        declared=begins,
        opened=report.reference if begins is None else begins.start,
        openers=[report],
        until=_until(report, begins or _at(report.reference)),
        held=report.reference,
        last_declared=report.reference if begins is None else begins.start,
    )
    if report.part is Part.END:
        life.ended = report.time
    return life


def _at(moment: datetime) -> Interval:
    return Interval(start=moment, end=moment, precision=Precision.UNKNOWN)
