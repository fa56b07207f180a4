"""One incident before the rule: against which ceasefires it stands, and the alerts that it gives.

What came of it is kept from one time to the next, so that one more report, or one more word on a ceasefire, costs
what it changes.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from worker.alert import AlertStatus, InScope, Severity
from worker.correlation.ceasefire_reports import GENERAL
from worker.correlation.conflicts import sides_of
from worker.correlation.content import Content, ceasefire_told
from worker.correlation.quoting import Evidence, Quotes, evidence_of
from worker.correlation.rules.attack_after_ceasefire import (
    Finding,
    Statements,
    Verdict,
    is_partial,
    judge,
)
from worker.correlation.telling import Tally
from worker.correlation.terms import Ceasefire, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from worker.correlation.incidents import Fact, Incident, IncidentKey, StrikeReport
    from worker.correlation.policy import Policy

GRAVITY = {severity: place for place, severity in enumerate(Severity)}
"""Gravest first."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """What could be said of an incident and a ceasefire at a moment."""

    moment: datetime
    """By `seen_at`."""
    ceasefire: Ceasefire | None
    """Its terms by then, None where all that is told of them by now was known."""
    outcome: tuple[object, ...]
    """What the rule said, apart from the reports it rests on, and when."""
    steps: tuple[int, int]
    """How many articles and independent sources, as it is published."""
    reports: list[StrikeReport]

    @cached_property
    def facts(self) -> set[Fact]:
        """Everything that its reports told."""
        found: set[Fact] = set()
        return found.union(*[report.facts for report in self.reports])

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
        self._quotes = Quotes(self._policy.evidence_limit - self._policy.evidence_limit // 3)
        self._first: Case | None = None
        self._evidence: Evidence | None = None
        self._content: Content | None = None
        self._is_old = True

    def renew(self, incident: Incident, ceasefire: Ceasefire) -> None:
        """Judge what is new since the last time, or all of it where the ceasefire is another by now."""
        before, self.ceasefire = self.ceasefire, ceasefire
        if self._shuffles != incident.shuffles:
            if not ceasefire.rules_as(before, incident.reports):
                self._verdicts = {}
            self._begin(incident)
        elif ceasefire is not before:
            if not ceasefire.rules_as(before, incident.reports):
                self._verdicts = {}
                self._begin(incident)
            else:
                self._is_old |= ceasefire != before
                if self._first is not None and not self._first.stands(before, ceasefire):
                    self._first, self._is_old = None, True
        if self._judged < len(incident.reports):
            self._catch_up(incident.reports)

    def _catch_up(self, reports: Sequence[StrikeReport]) -> None:
        for report in islice(reports, self._judged, None):
            verdict = self._verdict(report)
            self._statements.add(report, verdict)
            if verdict.is_told:
                self._told.append(report)
            if self._first is not None and report.rank[0] <= self._first.moment:
                self._first = None
        self._judged = len(reports)
        self.finding = self._statements.finding()
        self._is_old = True

    def _verdict(self, report: StrikeReport) -> Verdict:
        known = self._verdicts.get(report.event.event_id)
        if known is None:
            known = self._verdicts[report.event.event_id] = judge(report, self.ceasefire, self._policy)
        return known

    def forget(self, event_id: str) -> None:
        """Forget what a report said: what comes under its id again may be another."""
        self._verdicts.pop(event_id, None)

    def content(self, incident: Incident, finding: Finding) -> Content:
        """What the alert of its finding tells; the same value as before where that is the same."""
        if self._content is None or self._is_old:
            content = self._content_now(incident, finding)
            if content != self._content:
                self._content = content
            self._is_old = False
        return self._content

    def _content_now(self, incident: Incident, finding: Finding) -> Content:
        ceasefire, telling = self.ceasefire, incident.telling_of(self._told)
        if self._first is None:
            self._first = self._first_case(incident, finding, telling)
        quoted = self._quotes.of(telling, self._statements)
        known = self._evidence
        if known is None or known.quoted is not quoted or known.quotes is not ceasefire.quotes:
            known = self._evidence = evidence_of(ceasefire, quoted)
        as_first_seen = self._is_as_first_seen(finding, telling)
        return Content(
            AlertStatus.RAISED if as_first_seen else AlertStatus.REVISED,
            finding.severity,
            ceasefire_told(ceasefire, finding.status),
            telling.incident(),
            finding.lag,
            finding.order,
            finding.in_scope,
            known.told,
            known.first_seen_at,
            known.updated_at,
        )

    def _is_as_first_seen(self, finding: Finding, tally: Tally) -> bool:
        """Whether nothing has been added since both sides of it had first been seen.

        By `seen_at`, not by arrival: so the status, too, is the same for every order.
        """
        first = self._first
        return first is None or (
            first.steps == tally.steps
            and first.outcome == _outcome(finding, tally)
            and first.ceasefire in (None, self.ceasefire)
            and (first.reports == tally.reports or first.facts == tally.facts)
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
            if verdict.is_told:
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


def alerts_of_incident(
    ceasefires: Iterable[Ceasefire], incident: Incident, conflict: str, policy: Policy
) -> dict[str, Content]:
    """The alerts, by id, that an incident gives now."""
    judgements: dict[str, Judgement] = {}
    for ceasefire in ceasefires:
        if incident.key.day not in ceasefire.days or not incident.can_follow(ceasefire):
            continue
        judgement = incident.judgements.get(ceasefire.id)
        if judgement is None:
            judgement = Judgement(incident, ceasefire, conflict, policy)
        judgement.renew(incident, ceasefire)
        judgements[ceasefire.id] = judgement
    incident.judgements = judgements
    if not judgements:
        return {}
    return {
        incident.alert_id(judgement.ceasefire.id): judgement.content(incident, finding)
        for judgement, finding in _leading(judgements.values())
    }


def _leading(judgements: Iterable[Judgement]) -> list[tuple[Judgement, Finding]]:
    """Without what says the same again: of one kind of promise the gravest case, then the latest promise.

    A "humanitarian pause", a "truce" and a "hostage deal" are one promise to a reader: to stop. One attack that
    breaks it is one alert, however often the promise was made.
    """
    found = [(each, each.finding) for each in judgements if each.finding is not None]
    if len(found) <= 1:
        return found
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
        steps=tally.steps,
        reports=list(tally.reports),
    )


def _outcome(finding: Finding, tally: Tally) -> tuple[object, ...]:
    return (finding.severity, finding.order, finding.in_scope, finding.lag, finding.status, tally.hull)


def _seen_at(report: StrikeReport) -> datetime:
    return report.rank[0]
