"""One incident before the rule: against which ceasefires it stands, and the alerts that it gives.

What came of it is kept from one time to the next, so that one more report, or one more word on a ceasefire, costs
what it changes.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from worker.alert import Alert, AlertStatus, InScope, Severity
from worker.correlation.ceasefire_reports import GENERAL
from worker.correlation.conflicts import sides_of
from worker.correlation.content import make_alert
from worker.correlation.rules.attack_after_ceasefire import (
    Finding,
    Statements,
    Verdict,
    is_partial,
    is_told,
    judge,
)
from worker.correlation.telling import Tally, Telling
from worker.correlation.terms import Ceasefire, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from worker.correlation.incidents import Fact, Incident, IncidentKey, StrikeReport
    from worker.correlation.policy import Policy
    from worker.correlation.state import ConflictState

GRAVITY = {severity: place for place, severity in enumerate(Severity)}
"""Gravest first."""

Kinds = set[tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What could be said of an incident and a ceasefire at a moment."""

    moment: datetime
    """By `seen_at`."""
    ceasefire: Ceasefire | None
    """Its terms by then, None where all that is told of them by now was known."""
    outcome: tuple[object, ...]
    """What the rule said, apart from the reports it rests on, and when."""
    facts: frozenset[Fact]
    """Everything that its reports told."""
    steps: tuple[int, int]
    """How many articles and independent sources, as it is published."""

    def stands(self, before: Ceasefire, now: Ceasefire) -> bool:
        """Whether it was the same under terms that are told anew, and rule as they did: what came later is no matter."""
        return before is now or (
            (self.moment >= before.last_told) == (self.moment >= now.last_told)
            and before.until == now.until
            and before.spoken_by(self.moment) == now.spoken_by(self.moment)
        )


class Judgement:
    """An incident against one ceasefire: a fold over its reports, first seen first.

    It is kept with the incident and does not hold it: what is forgotten has to go without the garbage collector, from
    which a rebuild hides what is remembered.
    """

    def __init__(self, incident: Incident, ceasefire: Ceasefire, conflict: str, policy: Policy) -> None:
        """Nothing judged yet."""
        self.ceasefire = ceasefire
        self.kinds: Kinds = set()
        """Of verdicts that its reports got."""
        self.finding: Finding | None = None
        self._conflict = conflict
        self._policy = policy
        self._verdicts: dict[str, Verdict] = {}
        self._begin(incident)

    def _begin(self, incident: Incident) -> None:
        self._shuffles = incident.shuffles
        self._judged = 0
        self._statements = Statements(incident.key, self.ceasefire)
        self._told: list[StrikeReport] = []
        self._own: Telling | None = None
        self._first: Case | None = None
        self._alert: Alert | None = None
        self.kinds.clear()

    def renew(self, incident: Incident, ceasefire: Ceasefire) -> None:
        """Judge what is new since the last time, or all of it where the ceasefire is another by now."""
        before, self.ceasefire = self.ceasefire, ceasefire
        if not ceasefire.rules_as(before, incident.reports):
            self._verdicts = {}
            self._begin(incident)
        elif self._shuffles != incident.shuffles:
            self._begin(incident)
        else:
            if ceasefire != before:
                self._alert = None
            if self._first is not None and not self._first.stands(before, ceasefire):
                self._first = self._alert = None
        self._catch_up(incident.reports)

    def _catch_up(self, reports: Sequence[StrikeReport]) -> None:
        if self._judged == len(reports):
            return
        for report in islice(reports, self._judged, None):
            verdict = self._verdict(report)
            self._statements.add(report, verdict)
            self.kinds.add(verdict.kind(report))
            if is_told(report, verdict):
                self._told.append(report)
            if self._first is not None and report.rank[0] <= self._first.moment:
                self._first = None
        self._judged = len(reports)
        self.finding = self._statements.finding()
        self._alert = None

    def _verdict(self, report: StrikeReport) -> Verdict:
        known = self._verdicts.get(report.event.event_id)
        if known is None:
            known = self._verdicts[report.event.event_id] = judge(report, self.ceasefire, self._policy)
        return known

    def alert(self, incident: Incident, finding: Finding) -> Alert:
        """The alert of its finding, put together only where it can differ from the one made before."""
        if self._alert is None:
            telling = self._telling(incident)
            if self._first is None:
                self._first = self._first_case(incident, finding, telling.tally)
            as_first_seen = self._is_as_first_seen(finding, telling.tally)
            self._alert = make_alert(
                conflict=self._conflict,
                telling=telling,
                ceasefire=self.ceasefire,
                finding=finding,
                policy=self._policy,
                status=AlertStatus.RAISED if as_first_seen else AlertStatus.REVISED,
            )
        return self._alert

    def _telling(self, incident: Incident) -> Telling:
        """The incident as its reports under this ceasefire tell it; most often these are all."""
        if len(self._told) == len(incident.reports):
            return incident.telling()
        if self._own is None:
            self._own = incident.telling_of(Tally(self._policy.copy_similarity))
        for report in islice(self._told, len(self._own.reports), None):
            self._own.tally.add(report)
            self._own.add(report)
        return self._own

    def _is_as_first_seen(self, finding: Finding, tally: Tally) -> bool:
        """Whether nothing has been added since both sides of it had first been seen.

        By `seen_at`, not by arrival: so the status, too, is the same for every order.
        """
        first = self._first
        return first is None or (
            first.steps == tally.steps
            and first.facts == tally.facts
            and first.outcome == _outcome(finding, tally)
            and first.ceasefire in (None, self.ceasefire)
        )

    def _first_case(self, incident: Incident, finding: Finding, tally: Tally) -> Case | None:
        """The case at the first moment at which what had been seen made one; None where no report's moment did."""
        reports, end = incident.reports, 0
        opened_seen = min(report.rank[0] for report in self.ceasefire.life.openers)
        while end < len(reports):
            moment = max(opened_seen, reports[end].rank[0])
            end = bisect_right(reports, moment, lo=end, key=_seen_at)
            if end == len(reports) and moment >= self.ceasefire.last_told:
                return _case(moment, None, finding, tally)
            case = self._case_of(incident.key, reports[:end], moment)
            if case is not None:
                return case
        return None

    def _case_of(self, key: IncidentKey, reports: Sequence[StrikeReport], moment: datetime) -> Case | None:
        then = None if moment >= self.ceasefire.last_told else self._terms_then(moment)
        statements, told = Statements(key, then or self.ceasefire), []
        for report in reports:
            verdict = self._verdict(report) if then is None else judge(report, then, self._policy)
            statements.add(report, verdict)
            if is_told(report, verdict):
                told.append(report)
        finding = statements.finding()
        if finding is None:
            return None
        tally = Tally(self._policy.copy_similarity)
        for report in told:
            tally.add(report)
        return _case(moment, then, finding, tally)

    def _terms_then(self, moment: datetime) -> Ceasefire:
        ceasefire = self.ceasefire
        known = frozenset([report.rank for report in ceasefire.spoken_by(moment)])
        then = ceasefire.then.get(known)
        if then is None:
            then = ceasefire.then[known] = terms(
                ceasefire.life,
                ceasefire_id=ceasefire.id,
                sides=sides_of(self._conflict),
                policy=self._policy,
                seen_until=moment,
            )
        return then


def alerts_of_incident(state: ConflictState, incident: Incident, policy: Policy) -> list[Alert]:
    """The alerts that an incident gives now, at the revision that was published last (1 where none was)."""
    judgements: dict[str, Judgement] = {}
    for ceasefire in state.derived.ceasefires.values():
        if incident.key.day in ceasefire.days:
            judgement = incident.judgements.get(ceasefire.id)
            if judgement is None:
                judgement = Judgement(incident, ceasefire, state.conflict, policy)
            judgement.renew(incident, ceasefire)
            judgements[ceasefire.id] = judgement
    incident.judgements = judgements
    return [
        _current(state, judgement.alert(incident, finding))
        for judgement, finding in _leading(judgements.values())
    ]


def _current(state: ConflictState, alert: Alert) -> Alert:
    known = state.alerts.get(alert.alert_id)
    revision = 1 if known is None else known[1].revision
    return alert if alert.revision == revision else replace(alert, revision=revision)


def _leading(judgements: Iterable[Judgement]) -> list[tuple[Judgement, Finding]]:
    """Without what says the same again: of one kind of promise the gravest case, then the latest promise.

    A "humanitarian pause", a "truce" and a "hostage deal" are one promise to a reader: to stop. One attack that
    breaks it is one alert, however often the promise was made.
    """
    found = [(each, each.finding) for each in judgements if each.finding is not None]
    found.sort(
        key=lambda pair: (
            GRAVITY[pair[1].severity],
            not pair[0].ceasefire.announced,
            -pair[0].ceasefire.opened.timestamp(),
            pair[0].ceasefire.id,
        )
    )
    kept: dict[str, tuple[Judgement, Finding]] = {}
    meant = any(finding.in_scope is InScope.YES for _, finding in found)
    for judgement, finding in found:
        if meant and finding.in_scope is InScope.UNKNOWN:
            continue  # what breaks one promise for sure need not break another, narrower one
        ceasefire = judgement.ceasefire
        promise = ceasefire.scope_class if is_partial(ceasefire) else GENERAL
        kept.setdefault(promise, (judgement, finding))
    return list(kept.values())


def _case(moment: datetime, ceasefire: Ceasefire | None, finding: Finding, tally: Tally) -> Case:
    return Case(
        moment=moment,
        ceasefire=ceasefire,
        outcome=_outcome(finding, tally),
        facts=frozenset(tally.facts),
        steps=tally.steps,
    )


def _outcome(finding: Finding, tally: Tally) -> tuple[object, ...]:
    return (finding.severity, finding.order, finding.in_scope, finding.lag, finding.status, tally.hull)


def _seen_at(report: StrikeReport) -> datetime:
    return report.rank[0]
