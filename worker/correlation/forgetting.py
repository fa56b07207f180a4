"""What is too old to matter is forgotten: the state of a conflict is bounded in time and in number.

Forgetting takes back no alert: what was published stays as it is. Nothing on time can touch what is
forgotten, so the order of arrival within the grace is no matter here either.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from worker.correlation.ceasefire_reports import Part
from worker.correlation.memory import fold_ceasefires
from worker.correlation.windows import DAY, EPOCH, day_end, first_day, reference_of, reporting_day

if TYPE_CHECKING:
    from datetime import datetime

    from worker.correlation.incidents import IncidentKey
    from worker.correlation.policy import Policy
    from worker.correlation.state import ConflictState
    from worker.correlation.terms import Ceasefire

_EVERY_DAYS = 5
"""So often what has fallen behind the horizon is looked for, in event time."""
_ROOM = 0.9
"""Down to this share of the most events, so that not every further event has to forget one."""


def forget(state: ConflictState, policy: Policy) -> None:
    """Forget what has fallen behind the horizon, every few days, and whatever is too much."""
    edge, derived = state.edge(policy), state.derived
    if edge is not None and edge is not derived.forgotten_before:
        derived.forgotten_before = edge
        day = reporting_day(edge) // _EVERY_DAYS
        if derived.forgotten_at is None or day > derived.forgotten_at:
            derived.forgotten_at = day
            _forget_before(state, edge, policy)
    if len(state.events) > policy.max_events:
        _make_room(state, policy)


def _forget_before(state: ConflictState, edge: datetime, policy: Policy) -> None:
    derived = state.derived
    told = len(derived.diplomacy)
    kept = first_day(edge)
    for key in [key for key in derived.incidents if key.day < kept]:
        _forget_incident(state, key)
    for key in [key for key in derived.alerts_of_incident if key.day < kept]:
        _forget_alerts(state, key)
    for ceasefire in list(derived.ceasefires.values()):
        if ceasefire.watched_until + policy.window < edge:
            _forget_ceasefire(state, ceasefire)
        else:
            _thin_out(state, ceasefire, edge)
    _forget_loose(state, edge, policy)
    if len(derived.diplomacy) < told:
        fold_ceasefires(state, policy)


def _forget_incident(state: ConflictState, key: IncidentKey) -> None:
    for report in state.derived.incidents.pop(key).reports:
        event_id = report.event.event_id
        state.derived.homes.pop(event_id, None)
        _forget_event(state, event_id)


def _forget_alerts(state: ConflictState, key: IncidentKey) -> None:
    derived = state.derived
    for alert_id in derived.alerts_of_incident.pop(key):
        _, alert = state.alerts.pop(alert_id)
        others = derived.alerts_of_ceasefire[alert.ceasefire.id]
        others.discard(alert_id)
        if not others:
            del derived.alerts_of_ceasefire[alert.ceasefire.id]


def _forget_ceasefire(state: ConflictState, ceasefire: Ceasefire) -> None:
    del state.derived.ceasefires[ceasefire.id]
    for report in ceasefire.life.reports():
        _forget_event(state, report.event.event_id)


def _thin_out(state: ConflictState, ceasefire: Ceasefire, edge: datetime) -> None:
    """Of old mentions that only keep a ceasefire alive, the first and the last of a week do so as well."""
    weeks: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for report in ceasefire.life.followers:
        if report.part is Part.MENTION and max(ceasefire.opened + 3 * DAY, report.reference) < edge:
            week = (report.reference - EPOCH) // (7 * DAY)
            weeks[week].append((report.reference, report.event.event_id))
    for mentions in weeks.values():
        for _, event_id in sorted(mentions)[1:-1]:
            _forget_event(state, event_id)


def _forget_loose(state: ConflictState, edge: datetime, policy: Policy) -> None:
    """Denials, superseded versions and the like that are behind the horizon, and articles without events."""
    derived = state.derived
    kept = {r.event.event_id for c in derived.ceasefires.values() for r in c.life.reports()}
    for event_id in state.events.keys() - derived.homes.keys() - kept:
        if reference_of(state.events[event_id].article, policy) < edge:
            _forget_event(state, event_id)
    for article_id, reference in list(state.references.items()):
        if reference < edge and not derived.by_article.get(article_id):
            del state.references[article_id]
            state.versions.pop(article_id, None)
            derived.by_article.pop(article_id, None)


def _forget_event(state: ConflictState, event_id: str) -> None:
    event = state.events.pop(event_id, None)
    if event is None:
        return
    derived = state.derived
    derived.by_article[event.article.id].discard(event_id)
    derived.strikes.pop(event_id, None)
    derived.diplomacy.pop(event_id, None)
    state.emitted.pop(event_id, None)
    for denials in derived.denials.values():
        denials.pop(event_id, None)


def _make_room(state: ConflictState, policy: Policy) -> None:
    """Forget whole incidents, oldest day first, then mentions, then whatever was published first.

    What is older than the last of these days is late from now on: half of an incident would be told anew.
    """
    derived = state.derived
    enough = int(policy.max_events * _ROOM)
    for key in sorted(derived.incidents, key=lambda key: (key.day, key)):
        if len(state.events) <= enough:
            return
        _forget_incident(state, key)
        end = day_end(key.day)
        state.floor = end if state.floor is None else max(state.floor, end)
        if key in derived.alerts_of_incident:
            _forget_alerts(state, key)
    mentions = [report for report in derived.diplomacy.values() if report.part is Part.MENTION]
    oldest = [report.event.event_id for report in sorted(mentions, key=lambda report: report.order)]
    rest = sorted(state.events.values(), key=lambda event: (event.article.seen_at, event.event_id))
    oldest.extend(event.event_id for event in rest)
    for event_id in oldest:
        if len(state.events) <= enough:
            break
        _forget_event(state, event_id)
    fold_ceasefires(state, policy)
