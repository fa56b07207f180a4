"""From incidents and ceasefires to alerts at their next revision.

An alert's content is a function of the remembered events, so what was published last and what holds now can
be compared as a whole: a revision goes out exactly where they differ.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from worker.alert import AlertStatus
from worker.correlation.ceasefire_reports import CeasefireReport, Part
from worker.correlation.ceasefires import follow
from worker.correlation.content import content_of, make_alert
from worker.correlation.judging import GRAVITY, alerts_of_incident
from worker.correlation.memory import fold_ceasefires
from worker.correlation.terms import Ceasefire, all_terms, sets_terms, terms, watched_days
from worker.correlation.windows import DAYS_OF_SLACK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from worker.correlation.content import Content
    from worker.correlation.incidents import IncidentKey
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
    if latest.part is Part.MENTION and not sets_terms(latest, joined, policy):
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


def publish(
    state: ConflictState, keys: Collection[IncidentKey], touched: Touched, policy: Policy
) -> set[str]:
    """Judge incidents again; the ids of the alerts that were raised, revised or retracted."""
    derived = state.derived
    live: dict[str, tuple[IncidentKey, Content]] = {}
    published: list[str] = []
    for key in sorted(keys) if len(keys) > 1 else keys:
        incident = derived.incidents.get(key)
        if incident is not None and incident.reports:
            found = alerts_of_incident(derived.ceasefires.values(), incident, state.conflict, policy)
            for alert_id, content in found.items():
                live[alert_id] = key, content
        if key in derived.alerts_of_incident:
            published.extend(sorted(derived.alerts_of_incident[key]))
    if not live and not published:
        return set()
    changed = {
        alert_id for alert_id, (key, content) in live.items() if _put(state, key, alert_id, content, policy)
    }
    changed.update(
        [
            alert_id
            for alert_id in published
            if alert_id not in live and _retract(state, alert_id, live, touched)
        ]
    )
    return changed


def _put(state: ConflictState, key: IncidentKey, alert_id: str, content: Content, policy: Policy) -> bool:
    """Set an alert to its next revision where it differs from what was published last."""
    known = state.alerts.get(alert_id)
    if known is not None and content_of(known[1]) == content:
        return False
    revision = 1 if known is None else known[1].revision + 1
    alert = make_alert(content, alert_id=alert_id, revision=revision, conflict=state.conflict, policy=policy)
    state.alerts[alert_id] = (key, alert)
    state.derived.alerts_of_incident[key].add(alert_id)
    state.derived.alerts_of_ceasefire[alert.ceasefire.id].add(alert_id)
    return True


def _retract(
    state: ConflictState,
    alert_id: str,
    live: dict[str, tuple[IncidentKey, Content]],
    touched: Touched,
) -> bool:
    """Take an alert back, naming the one that takes over: of the same attack, or of where its reports went."""
    key, alert = state.alerts[alert_id]
    if alert.status is AlertStatus.RETRACTED:
        return False
    places = (key, touched.moves.get(key))
    heirs = [
        (GRAVITY[content.severity], other_id)
        for other_id, (other_key, content) in live.items()
        if other_key in places
    ]
    state.alerts[alert_id] = (
        key,
        replace(
            alert,
            revision=alert.revision + 1,
            status=AlertStatus.RETRACTED,
            superseded_by=min(heirs)[1] if heirs else None,
        ),
    )
    return True
