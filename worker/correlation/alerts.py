"""From incidents and ceasefires to alerts at their next revision.

An alert's content is a function of the remembered events, so what was published last and what holds now can
be compared as a whole: a revision goes out exactly where they differ.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from worker.alert import Alert, AlertStatus, Severity
from worker.correlation.content import make_alert
from worker.correlation.memory import index_ceasefires
from worker.correlation.policy import engine_id
from worker.correlation.rules.attack_after_ceasefire import (
    conclude,
    is_ground_fighting,
    is_partial,
    judge,
    told_together,
)
from worker.correlation.terms import Ceasefire, all_terms, terms
from worker.correlation.windows import TEXT_SLACK, reporting_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from worker.correlation.incidents import Incident, IncidentKey, StrikeReport
    from worker.correlation.memory import Touched
    from worker.correlation.policy import Policy
    from worker.correlation.state import ConflictState

_DAYS_OF_SLACK = 3
"""Undated reports may lie in an incident up to this many days from their own time."""
_GRAVITY = {severity: place for place, severity in enumerate(Severity)}


def days_of(ceasefire: Ceasefire, policy: Policy) -> range:
    """The reporting days whose incidents a ceasefire can be held against."""
    before = TEXT_SLACK if ceasefire.announced else policy.window
    first = reporting_day(ceasefire.opened - before) - _DAYS_OF_SLACK
    return range(first, reporting_day(ceasefire.watched_until) + _DAYS_OF_SLACK + 1)


def ceasefires_told_anew(state: ConflictState, policy: Policy) -> set[IncidentKey]:
    """Tell the ceasefires of a conflict anew; the incidents that may be judged otherwise by it."""
    derived = state.derived
    before = derived.ceasefires
    derived.ceasefires = all_terms(derived.diplomacy.values(), conflict=state.conflict, policy=policy)
    index_ceasefires(state)
    days: set[int] = set()
    for ceasefire_id in before.keys() | derived.ceasefires.keys():
        days.update(_days_affected(before.get(ceasefire_id), derived.ceasefires.get(ceasefire_id), policy))
    return {key for key in derived.incidents if key.day in days} if days else set()


def _days_affected(old: Ceasefire | None, new: Ceasefire | None, policy: Policy) -> Iterable[int]:
    """The reporting days for which it matters that a ceasefire was told as `old` and now is as `new`."""
    if old is None or new is None or old != new:
        for ceasefire in (old, new):
            if ceasefire is not None:
                yield from days_of(ceasefire, policy)
        return
    if old.watched_until != new.watched_until:
        ends = sorted((old.watched_until, new.watched_until))
        yield from range(reporting_day(ends[0]) - _DAYS_OF_SLACK, reporting_day(ends[1]) + _DAYS_OF_SLACK + 1)


def live_alerts(state: ConflictState, incident: Incident, policy: Policy) -> dict[str, Alert]:
    """The alerts that an incident gives now, by id, as revision 1."""
    incident.kinds.clear()
    judge_of = Judge(state, incident, policy)
    found: list[tuple[Ceasefire, Alert]] = []
    for ceasefire in state.derived.ceasefires.values():
        if incident.key.day in days_of(ceasefire, policy):
            alert = judge_of.alert(ceasefire)
            if alert is not None:
                found.append((ceasefire, alert))
    return {alert.alert_id: alert for _, alert in _leading(found, policy)}


def adds_nothing(state: ConflictState, incident: Incident, report: StrikeReport, policy: Policy) -> bool:
    """Whether a report that tells nothing new is also of a kind that every ceasefire has judged already."""
    for ceasefire in state.derived.ceasefires.values():
        if incident.key.day not in days_of(ceasefire, policy):
            continue
        if judge(report, ceasefire, policy).kind(report) not in incident.kinds.get(ceasefire.id, ()):
            return False
        if (
            is_partial(ceasefire)
            and len({is_ground_fighting(each) for each in incident.reports.values()}) > 1
        ):
            return False
    return True


def publish(state: ConflictState, keys: Iterable[IncidentKey], touched: Touched, policy: Policy) -> set[str]:
    """Judge incidents again; the ids of the alerts that were raised, revised or retracted."""
    live: dict[str, tuple[IncidentKey, Alert]] = {}
    judged = sorted(keys)
    for key in judged:
        incident = state.derived.incidents.get(key)
        if incident is not None and incident.reports:
            found = live_alerts(state, incident, policy)
            live.update((alert_id, (key, alert)) for alert_id, alert in found.items())
    changed = {alert_id for alert_id, (key, alert) in live.items() if _put(state, key, alert)}
    for key in judged:
        for alert_id in sorted(state.derived.alerts_of_incident.get(key, ())):
            if alert_id not in live and _retract(state, alert_id, live, touched):
                changed.add(alert_id)
    return changed


def _put(state: ConflictState, key: IncidentKey, alert: Alert) -> bool:
    """Set an alert to its next revision where it differs from what was published last."""
    known = state.alerts.get(alert.alert_id)
    if known is not None:
        if replace(alert, revision=known[1].revision) == known[1]:
            return False
        alert = replace(alert, revision=known[1].revision + 1)
    state.alerts[alert.alert_id] = (key, alert)
    state.derived.alerts_of_incident[key].add(alert.alert_id)
    state.derived.alerts_of_ceasefire[alert.ceasefire.id].add(alert.alert_id)
    return True


def _retract(
    state: ConflictState,
    alert_id: str,
    live: dict[str, tuple[IncidentKey, Alert]],
    touched: Touched,
) -> bool:
    """Take an alert back, naming the one that takes over: of the same attack, or of where its reports went."""
    key, alert = state.alerts[alert_id]
    if alert.status is AlertStatus.RETRACTED:
        return False
    places = (key, touched.moves.get(key))
    heirs = [other for other_key, other in live.values() if other_key in places]
    heir = min(heirs, key=lambda other: (_GRAVITY[other.severity], other.alert_id), default=None)
    state.alerts[alert_id] = (
        key,
        replace(
            alert,
            revision=alert.revision + 1,
            status=AlertStatus.RETRACTED,
            superseded_by=None if heir is None else heir.alert_id,
        ),
    )
    return True


class Judge:
    """One incident before the rule; `reports` are all it has, first seen first."""

    def __init__(self, state: ConflictState, incident: Incident, policy: Policy) -> None:
        """Get ready to judge an incident as it is now."""
        self._state = state
        self._incident = incident
        self._policy = policy
        self._engine = engine_id(policy)
        self._reports = incident.sorted_reports()

    def alert(self, ceasefire: Ceasefire) -> Alert | None:
        """The alert that the incident gives against a ceasefire, as revision 1, or None."""
        alert, kinds = self._judged(self._reports, ceasefire)
        self._incident.kinds[ceasefire.id] = kinds
        if alert is None or self._is_as_first_seen(alert, ceasefire):
            return alert
        return replace(alert, status=AlertStatus.REVISED)

    def _judged(
        self, reports: Sequence[StrikeReport], ceasefire: Ceasefire
    ) -> tuple[Alert | None, set[tuple[object, ...]]]:
        judged = [(report, judge(report, ceasefire, self._policy)) for report in reports]
        kinds = {verdict.kind(report) for report, verdict in judged}
        finding = conclude(self._incident.key, judged, ceasefire)
        if finding is None:
            return None, kinds
        alert = make_alert(
            conflict=self._state.conflict,
            key=self._incident.key,
            reports=told_together(judged),
            ceasefire=ceasefire,
            finding=finding,
            policy=self._policy,
            engine=self._engine,
        )
        return alert, kinds

    def _is_as_first_seen(self, alert: Alert, ceasefire: Ceasefire) -> bool:
        """Whether the alert still is what it was when both sides of it had first been seen.

        By `seen_at`, not by arrival: so the status, too, is the same for every order.
        """
        reports = self._reports
        opened_seen = min(report.rank[0] for report in ceasefire.life.openers)
        last_told = max(report.rank[0] for report in ceasefire.life.reports())
        for moment in sorted({max(opened_seen, report.rank[0]) for report in reports}):
            if moment >= reports[-1].rank[0] and moment >= last_told:
                return True
            then = [report for report in reports if report.rank[0] <= moment]
            first, _ = self._judged(then, self._terms_then(ceasefire, moment, last_told))
            if first is not None:
                return first == alert
        return True

    def _terms_then(self, ceasefire: Ceasefire, moment: datetime, last_told: datetime) -> Ceasefire:
        if moment >= last_told:
            return ceasefire
        return terms(
            ceasefire.life,
            ceasefire_id=ceasefire.id,
            sides=self._state.sides,
            policy=self._policy,
            seen_until=moment,
        )


def _leading(found: list[tuple[Ceasefire, Alert]], policy: Policy) -> list[tuple[Ceasefire, Alert]]:
    """Without what says the same again: of full stops declared within 72 hours of each other, the gravest alert.

    A "humanitarian pause", a "truce" and a "hostage deal" of the same days are one promise to a reader.
    """
    ranked = sorted(
        found,
        key=lambda pair: (
            _GRAVITY[pair[1].severity],
            not pair[0].announced,
            pair[0].opened,
            pair[1].alert_id,
        ),
    )
    kept: list[tuple[Ceasefire, Alert]] = []
    for ceasefire, alert in ranked:
        repeats = not is_partial(ceasefire) and any(
            not is_partial(other) and abs(other.opened - ceasefire.opened) <= policy.merge_within
            for other, _ in kept
        )
        if not repeats:
            kept.append((ceasefire, alert))
    return kept
