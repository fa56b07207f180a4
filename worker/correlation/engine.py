"""`advance`: one more event, and what it changes in the alerts of its conflict.

Every step leaves the same picture that the set of remembered events gives, whatever their order was: the event
is put in its place, the incidents and ceasefires that it touches are judged again, and what differs from what
was published last goes out at the next revision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from worker.correlation import memory
from worker.correlation.alerts import ceasefires_told_anew, publish
from worker.correlation.forgetting import forget
from worker.correlation.watermark import LateReason, lateness, moved
from worker.correlation.windows import cut, day_end, middle, reference_of, reporting_day
from worker.event import StrikeEvent

if TYPE_CHECKING:
    from datetime import datetime

    from worker.alert import Alert
    from worker.correlation.memory import Touched
    from worker.correlation.policy import Policy
    from worker.correlation.state import ConflictState
    from worker.event import Event


class Step(NamedTuple):
    """What one event did."""

    alerts: tuple[Alert, ...] = ()
    """Alerts to send, each at its current revision; for a repeated event those it belongs to, unchanged."""
    changed: bool = False
    """Whether the state differs from before."""
    late: LateReason | None = None
    """Why the event came late, None where it did not."""


NOTHING = Step()


def advance(state: ConflictState, event: Event, policy: Policy, *, at: datetime | None = None) -> Step:
    """Take in one event. An event of no conflict, or of another one, is not correlated.

    `at` is when the event was written to its log. It decides only how long late ones are waited for before
    things are forgotten; without it events are taken to come in the order in which they were published.
    """
    if event.conflict is None or event.conflict != state.conflict:
        return NOTHING
    if not state.derived.fresh:
        memory.ensure(state, policy)
    known = state.events.get(event.event_id)
    if known is not None and known.article.seen_at <= event.article.seen_at:
        touched = memory.see_again(state, event, policy)
        _settle(state, event.event_id, touched, policy)
        return Step(alerts=alerts_of(state, event.event_id), changed=touched.changed)
    state.settling.tick(at, state.watermark, policy)
    reference = reference_of(event.article, policy)
    late = _lateness(state, event, reference, policy)
    if late is LateReason.FORGOTTEN:
        return Step(alerts=alerts_of(state, event.event_id), late=late)
    watermark = moved(state.watermark, event.article, policy, state.settling.clock)
    touched = memory.remember(state, event, policy)
    alerts = _settle(state, event.event_id, touched, policy)
    changed = touched.changed
    if watermark != state.watermark:
        changed = True
        state.watermark = watermark
        state.settling.tick(at, watermark, policy)
    forget(state, policy)
    return Step(alerts=alerts, changed=changed, late=late)


def _lateness(state: ConflictState, event: Event, reference: datetime, policy: Policy) -> LateReason | None:
    """How late an event is; a strike of a day that is forgotten would begin its incident anew."""
    edge = state.edge(policy)
    late = lateness(state.watermark, edge, reference, policy)
    if edge is None or late is LateReason.FORGOTTEN or not isinstance(event, StrikeEvent):
        return late
    if event.event_time.start >= edge:
        return late
    moment = middle(cut(event.event_time, reference))
    return LateReason.FORGOTTEN if moment < edge and day_end(reporting_day(moment)) <= edge else late


def alerts_of(state: ConflictState, event_id: str) -> tuple[Alert, ...]:
    """The alerts that an event gave or belongs to, each at its current revision, retractions included."""
    derived = state.derived
    found = set(state.emitted.get(event_id, ()))
    home = derived.homes.get(event_id)
    if home is not None:
        found |= derived.alerts_of_incident.get(home, set())
    ceasefire = memory.ceasefire_of(state, event_id)
    if ceasefire is not None:
        found |= derived.alerts_of_ceasefire.get(ceasefire.id, set())
    return _current(state, found)


def _settle(state: ConflictState, event_id: str, touched: Touched, policy: Policy) -> tuple[Alert, ...]:
    """Judge what an event touched, and keep which alerts it gave."""
    keys, derived = touched.incidents, state.derived
    if touched.diplomacy:
        keys = keys | ceasefires_told_anew(state, touched, policy)
    changed = (
        publish(state, keys, touched, policy) if derived.ceasefires or derived.alerts_of_incident else None
    )
    for key in touched.incidents:
        if not derived.incidents[key].reports:
            del derived.incidents[key]
    if not changed:
        return ()
    if event_id in state.events:
        state.emitted[event_id] = tuple(sorted(changed.union(state.emitted.get(event_id, ()))))
    return _current(state, changed)


def _current(state: ConflictState, alert_ids: set[str]) -> tuple[Alert, ...]:
    return tuple([state.alerts[alert_id][1] for alert_id in sorted(alert_ids) if alert_id in state.alerts])
