"""One incident before the rule: against which ceasefires it stands, and the alerts that it gives.

What is costly to put together (the incident as an alert tells it) is made once for all ceasefires.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from worker.alert import Alert, AlertStatus, Severity
from worker.correlation.ceasefire_reports import GENERAL
from worker.correlation.content import Telling, make_alert
from worker.correlation.incidents import hull_of
from worker.correlation.rules.attack_after_ceasefire import (
    Finding,
    Verdict,
    conclude,
    is_partial,
    judge,
    told_together,
)
from worker.correlation.sources import Sources, stepped
from worker.correlation.terms import Ceasefire, terms
from worker.correlation.windows import EPOCH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from worker.correlation.incidents import Fact, Incident, StrikeReport
    from worker.correlation.policy import Policy
    from worker.correlation.state import ConflictState

GRAVITY = {severity: place for place, severity in enumerate(Severity)}
"""Gravest first."""

Kinds = set[tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A ceasefire, what the rule finds against it, and the reports that an alert tells of."""

    ceasefire: Ceasefire
    finding: Finding
    told: list[StrikeReport]

    def facts(self) -> frozenset[Fact]:
        """Everything that its reports tell."""
        return frozenset(fact for report in self.told for fact in report.facts)

    def outcome(self) -> tuple[object, ...]:
        """What the rule says, apart from the reports it rests on."""
        found = self.finding
        return (found.severity, found.order, found.in_scope, found.lag, found.status, hull_of(self.told))


@dataclass(slots=True, kw_only=True)
class Judgement:
    """What came of an incident against one ceasefire, kept for the next time."""

    ceasefire: Ceasefire
    changes: int
    """How often the reports of the incident had changed by then."""
    verdicts: dict[str, Verdict]
    kinds: Kinds
    finding: Finding | None
    told: list[StrikeReport]
    alert: Alert | None = None
    """None where none was made; its revision is of no account."""


class Judge:
    """An incident as it is now, to be judged against every ceasefire of its conflict."""

    def __init__(self, state: ConflictState, incident: Incident, policy: Policy) -> None:
        """Read the reports of the incident, first seen first."""
        self._state = state
        self._incident = incident
        self._policy = policy
        self._reports = incident.sorted_reports()
        self._latest = max((report.interval.start for report in self._reports), default=EPOCH)
        self._tellings: dict[tuple[str, ...], Telling] = {}

    def alerts(self) -> list[Alert]:
        """The alerts that it gives now, at the revision that was published last."""
        incident = self._incident
        day = incident.key.day
        ceasefires = [each for each in self._state.derived.ceasefires.values() if day in each.days]
        if ceasefires:
            incident.count()
        judged = {ceasefire.id: self._judgement(ceasefire) for ceasefire in ceasefires}
        incident.before = judged
        incident.kinds.clear()
        incident.kinds.update((ceasefire_id, each.kinds) for ceasefire_id, each in judged.items())
        cases = [
            Case(ceasefire=each.ceasefire, finding=each.finding, told=each.told)
            for each in judged.values()
            if each.finding is not None
        ]
        return [self._current(judged[case.ceasefire.id], case) for case in _leading(cases)]

    def _judgement(self, ceasefire: Ceasefire) -> Judgement:
        """Against one ceasefire; what was judged before and cannot have changed is taken over."""
        before = self._incident.before.get(ceasefire.id)
        verdicts: dict[str, Verdict] = {}
        if before is not None and ceasefire.rules_as(before.ceasefire, self._latest):
            if before.changes == self._incident.changes:
                if ceasefire != before.ceasefire:
                    before.alert = None
                before.ceasefire = ceasefire
                return before
            verdicts = before.verdicts
        judged = []
        for report in self._reports:
            verdict = verdicts.get(report.event.event_id)
            if verdict is None:
                verdict = verdicts[report.event.event_id] = judge(report, ceasefire, self._policy)
            judged.append((report, verdict))
        return Judgement(
            ceasefire=ceasefire,
            changes=self._incident.changes,
            verdicts=verdicts,
            kinds={verdict.kind(report) for report, verdict in judged},
            finding=conclude(self._incident.key, judged, ceasefire),
            told=told_together(judged),
        )

    def _case(self, reports: Sequence[StrikeReport], ceasefire: Ceasefire, known: Judgement) -> Case | None:
        if ceasefire is known.ceasefire:
            judged = [(report, known.verdicts[report.event.event_id]) for report in reports]
        else:
            judged = [(report, judge(report, ceasefire, self._policy)) for report in reports]
        finding = conclude(self._incident.key, judged, ceasefire)
        if finding is None:
            return None
        return Case(ceasefire=ceasefire, finding=finding, told=told_together(judged))

    def _current(self, judgement: Judgement, case: Case) -> Alert:
        """The alert for a case, put together only where it can differ from the one made before."""
        alert = judgement.alert
        if alert is None:
            alert = judgement.alert = self._alert(case, judgement)
        revision = self._revision(alert.alert_id)
        return alert if alert.revision == revision else replace(alert, revision=revision)

    def _alert(self, case: Case, known: Judgement) -> Alert:
        ids = tuple(report.event.event_id for report in case.told)
        telling = self._tellings.get(ids)
        if telling is None:
            telling = self._tellings[ids] = self._telling(case.told)
        as_first_seen = self._is_as_first_seen(case, telling, known)
        return make_alert(
            conflict=self._state.conflict,
            telling=telling,
            ceasefire=case.ceasefire,
            finding=case.finding,
            policy=self._policy,
            status=AlertStatus.RAISED if as_first_seen else AlertStatus.REVISED,
            revision_of=self._revision,
        )

    def _telling(self, told: Sequence[StrikeReport]) -> Telling:
        incident = self._incident
        whole = len(told) == len(self._reports)
        sources = incident.sources if whole else Sources.of(told, self._policy.copy_similarity)
        return Telling.of(self._state.conflict, incident.key, told, sources)

    def _revision(self, alert_id: str) -> int:
        """The revision that was published last, 1 where none was."""
        known = self._state.alerts.get(alert_id)
        return 1 if known is None else known[1].revision

    def _is_as_first_seen(self, case: Case, telling: Telling, known: Judgement) -> bool:
        """Whether nothing has been added since both sides of it had first been seen.

        By `seen_at`, not by arrival: so the status, too, is the same for every order.
        """
        reports, life = self._reports, case.ceasefire.life
        opened_seen = min(report.rank[0] for report in life.openers)
        last_told = max(event.article.seen_at for event in case.ceasefire.evidence)
        for moment in sorted({max(opened_seen, report.rank[0]) for report in reports}):
            if moment >= reports[-1].rank[0] and moment >= last_told:
                return True
            then = [report for report in reports if report.rank[0] <= moment]
            first = self._case(then, self._terms_then(case.ceasefire, moment, last_told), known)
            if first is not None:
                return self._same(first, case, telling)
        return True

    def _same(self, first: Case, now: Case, telling: Telling) -> bool:
        if first.outcome() != now.outcome() or first.facts() != now.facts():
            return False
        if first.ceasefire != now.ceasefire:
            return False
        sources = Sources.of(first.told, self._policy.copy_similarity)
        counts = (stepped(sources.articles), stepped(sources.count))
        return counts == (telling.incident.reports, telling.incident.independent_sources)

    def _terms_then(self, ceasefire: Ceasefire, moment: datetime, last_told: datetime) -> Ceasefire:
        if moment >= last_told:
            return ceasefire
        known = bisect_right(ceasefire.seen, moment)
        then = ceasefire.then.get(known)
        if then is None:
            then = ceasefire.then[known] = terms(
                ceasefire.life,
                ceasefire_id=ceasefire.id,
                sides=self._state.sides,
                policy=self._policy,
                seen_until=moment,
            )
        return then


def _leading(cases: list[Case]) -> list[Case]:
    """Without what says the same again: of one kind of promise the gravest case, then the latest promise.

    A "humanitarian pause", a "truce" and a "hostage deal" are one promise to a reader: to stop. One attack that
    breaks it is one alert, however often the promise was made.
    """
    ranked = sorted(
        cases,
        key=lambda case: (
            GRAVITY[case.finding.severity],
            not case.ceasefire.announced,
            -case.ceasefire.opened.timestamp(),
            case.ceasefire.id,
        ),
    )
    kept: dict[str, Case] = {}
    for case in ranked:
        promise = case.ceasefire.scope_class if is_partial(case.ceasefire) else GENERAL
        kept.setdefault(promise, case)
    return list(kept.values())
