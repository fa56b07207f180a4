"""From incidents and ceasefires to alerts at their next revision.

An alert's content is a function of the remembered events, so what was published last and what holds now can
be compared as a whole: a revision goes out exactly where they differ.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from worker.alert import Alert, AlertStatus
from worker.correlation.ceasefire_reports import CeasefireReport, Part
from worker.correlation.ceasefires import follow
from worker.correlation.judging import GRAVITY, alerts_of_incident
from worker.correlation.memory import fold_ceasefires
from worker.correlation.rules.attack_after_ceasefire import is_ground_fighting, is_partial, judge
from worker.correlation.terms import Ceasefire, all_terms, terms, watched_days
from worker.correlation.windows import DAYS_OF_SLACK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.correlation.incidents import Incident, IncidentKey, StrikeReport
    from worker.correlation.memory import Touched
    from worker.correlation.policy import Policy
    from worker.correlation.state import ConflictState


def ceasefires_told_anew(state: ConflictState, touched: Touched, policy: Policy) -> set[IncidentKey]:
    """Tell the ceasefires of a conflict anew; the incidents that may be judged otherwise by it."""
    derived = state.derived
    before = derived.ceasefires
    if touched.latest is None:
        fold_ceasefires(state, policy)
    else:
        _follow_latest(state, touched.latest, policy)
    days: set[int] = set()
    for ceasefire_id in before.keys() | derived.ceasefires.keys():
        days.update(_days_affected(before.get(ceasefire_id), derived.ceasefires.get(ceasefire_id)))
    return {key for key in derived.incidents if key.day in days} if days else set()


def _follow_latest(state: ConflictState, latest: CeasefireReport, policy: Policy) -> None:
    """The last report of the story changes at most the ceasefire it is about: no need to tell all of it."""
    derived = state.derived
    joined = follow(latest, derived.lives, policy)
    if joined is None:
        derived.ceasefires = all_terms(
            derived.lives, conflict=state.conflict, policy=policy, known=derived.ceasefires
        )
        return
    known = next(each for each in derived.ceasefires.values() if each.life is joined)
    if joined.announced and latest.part is Part.MENTION:
        told = replace(
            known, watched_until=joined.watched_until(policy), days=watched_days(joined, policy), then={}
        )
    else:
        told = terms(joined, ceasefire_id=known.id, sides=state.sides, policy=policy)
    derived.ceasefires = {**derived.ceasefires, known.id: told}


def _days_affected(old: Ceasefire | None, new: Ceasefire | None) -> Iterable[int]:
    """The reporting days for which it matters that a ceasefire was told as `old` and now is as `new`."""
    if old is new:
        return
    if old is None or new is None or old != new:
        for ceasefire in (old, new):
            if ceasefire is not None:
                yield from ceasefire.days
    elif old.watched_until != new.watched_until:
        first, last = sorted((old.days.stop, new.days.stop))
        yield from range(first - 2 * DAYS_OF_SLACK - 1, last)


def adds_nothing(state: ConflictState, incident: Incident, report: StrikeReport, policy: Policy) -> bool:
    """Whether a report that tells nothing new is also of a kind that every ceasefire has judged already."""
    for ceasefire in state.derived.ceasefires.values():
        if incident.key.day not in ceasefire.days:
            continue
        known = incident.judgements.get(ceasefire.id)
        if known is None or judge(report, ceasefire, policy).kind(report) not in known.kinds:
            return False
        if is_partial(ceasefire) and len({is_ground_fighting(each) for each in incident.reports}) > 1:
            return False
    return True


def publish(state: ConflictState, keys: Iterable[IncidentKey], touched: Touched, policy: Policy) -> set[str]:
    """Judge incidents again; the ids of the alerts that were raised, revised or retracted."""
    live: dict[str, tuple[IncidentKey, Alert]] = {}
    judged = sorted(keys)
    for key in judged:
        incident = state.derived.incidents.get(key)
        if incident is not None and incident.reports:
            found = alerts_of_incident(state, incident, policy)
            live.update((alert.alert_id, (key, alert)) for alert in found)
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
        if alert == known[1]:
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
    heir = min(heirs, key=lambda other: (GRAVITY[other.severity], other.alert_id), default=None)
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
