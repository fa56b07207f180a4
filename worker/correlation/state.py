"""All that is remembered of one conflict: events, article versions, alerts; versioned, bounded, JSON-able.

Only `watermark`, `settling`, `floor`, `events`, `versions`, `references`, `alerts` and `emitted` are written; everything else is derived from
them, so a state read back goes on exactly as the one that was written.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from worker.alert import Alert
from worker.correlation.codec import from_plain, to_plain
from worker.correlation.conflicts import sides_of
from worker.correlation.incidents import Incident, IncidentKey, StrikeReport
from worker.correlation.watermark import Settling, horizon
from worker.event import Codes, DiplomacyEvent, Event, StrikeEvent

if TYPE_CHECKING:
    from worker.correlation.ceasefire_reports import CeasefireReport
    from worker.correlation.ceasefires import Life
    from worker.correlation.conflicts import Direction
    from worker.correlation.policy import Policy
    from worker.correlation.terms import Ceasefire

STATE_VERSION = 2


@dataclass(slots=True)
class Derived:
    """What follows from the remembered events: rebuilt when a state is read."""

    fresh: bool = False
    """False where it has yet to be built from the events."""
    by_article: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    strikes: dict[str, StrikeReport] = field(default_factory=dict)
    """Reports in force (of current versions, not denied ones), by event id."""
    homes: dict[str, IncidentKey] = field(default_factory=dict)
    """The incident that each of them is in."""
    denials: dict[Direction, dict[str, StrikeReport]] = field(default_factory=lambda: defaultdict(dict))
    incidents: dict[IncidentKey, Incident] = field(default_factory=dict)
    diplomacy: dict[str, CeasefireReport] = field(default_factory=dict)
    ceasefires: dict[str, Ceasefire] = field(default_factory=dict)
    lives: list[Life] = field(default_factory=list)
    last_order: tuple[datetime, datetime, str] | None = None
    """Place in the story of the last diplomacy report."""
    alerts_of_incident: dict[IncidentKey, set[str]] = field(default_factory=lambda: defaultdict(set))
    alerts_of_ceasefire: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    forgotten_at: int | None = None
    """When (in steps of a few days) it was last looked for what is too old."""
    forgotten_before: datetime | None = None
    """The horizon at which it was last asked whether to."""
    edge: tuple[datetime | None, datetime | None, datetime | None] | None = None
    """What the horizon follows from, the settled watermark and the floor, and the horizon."""


@dataclass
class ConflictState:
    """What is known of one conflict. Owned by `advance`; nobody else changes it."""

    conflict: str
    watermark: datetime | None = None
    settling: Settling = field(default_factory=Settling)
    floor: datetime | None = None
    """Before this moment nothing is remembered because there was too much."""
    events: dict[str, Event] = field(default_factory=dict)
    """Every remembered event by id, those of superseded versions of an article included."""
    versions: dict[str, dict[str, datetime]] = field(default_factory=dict)
    """For each article when each content hash of it was last seen: the last seen one is in force."""
    references: dict[str, datetime] = field(default_factory=dict)
    """The reference time of each of those articles, which decides when it may be forgotten."""
    alerts: dict[str, tuple[IncidentKey, Alert]] = field(default_factory=dict)
    """Every alert at its current revision, retracted ones included."""
    emitted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The alerts that each event gave, so that a repeated message gives them again."""

    derived: Derived = field(default_factory=Derived)

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The two sides."""
        return sides_of(self.conflict)

    def edge(self, policy: Policy) -> datetime | None:
        """What lies before it has been forgotten."""
        reached, known = self.settling.reached, self.derived.edge
        if known is None or known[0] is not reached or known[1] is not self.floor:
            edge = horizon(reached, policy)
            if edge is None or (self.floor is not None and self.floor > edge):
                edge = self.floor
            self.derived.edge = known = reached, self.floor, edge
        return known[2]


def new_state(conflict: str) -> ConflictState:
    """Nothing known yet."""
    return ConflictState(conflict)


def _written(event: Event) -> Any:  # noqa: ANN401 - plain values
    """The event without what the correlation never reads, so that it takes less room."""
    return to_plain(replace(event, codes=Codes(), extractor="", evidence=event.evidence[:1]))


def state_to_dict(state: ConflictState) -> dict[str, Any]:
    """Plain str, int, float, bool, None, list and dict."""
    return {
        "version": STATE_VERSION,
        "conflict": state.conflict,
        "watermark": to_plain(state.watermark),
        "clock": to_plain(state.settling.clock),
        "settled": to_plain(state.settling.reached),
        "marks": [[to_plain(hour), to_plain(reached)] for hour, reached in state.settling.marks],
        "floor": to_plain(state.floor),
        "strikes": [_written(event) for event in state.events.values() if isinstance(event, StrikeEvent)],
        "diplomacy": [
            _written(event) for event in state.events.values() if isinstance(event, DiplomacyEvent)
        ],
        "versions": {
            article: {content: to_plain(seen) for content, seen in versions.items()}
            for article, versions in state.versions.items()
        },
        "references": {article: to_plain(moment) for article, moment in state.references.items()},
        "alerts": [[*key, to_plain(alert)] for key, alert in state.alerts.values()],
        "emitted": {event_id: list(alert_ids) for event_id, alert_ids in state.emitted.items()},
    }


def state_from_dict(plain: dict[str, Any]) -> ConflictState:
    """The state that was written; ValueError where it is of another version or not one."""
    version = plain.get("version")
    if version != STATE_VERSION:
        message = f"state of version {version!r}, this code reads version {STATE_VERSION}"
        raise ValueError(message)
    try:
        return _read(plain)
    except (KeyError, TypeError, AttributeError) as error:
        message = f"not a state: {error!r}"
        raise ValueError(message) from error


def _read(plain: dict[str, Any]) -> ConflictState:
    state = ConflictState(conflict=str(plain["conflict"]))
    state.watermark = from_plain(datetime | None, plain["watermark"])
    state.settling = Settling(
        clock=from_plain(datetime | None, plain["clock"]),
        reached=from_plain(datetime | None, plain["settled"]),
        marks=deque((from_plain(datetime, hour), from_plain(datetime, at)) for hour, at in plain["marks"]),
    )
    state.floor = from_plain(datetime | None, plain["floor"])
    for kind, name in ((StrikeEvent, "strikes"), (DiplomacyEvent, "diplomacy")):
        for each in plain[name]:
            event = from_plain(kind, each)
            state.events[event.event_id] = event
    for article, versions in plain["versions"].items():
        state.versions[article] = {content: from_plain(datetime, seen) for content, seen in versions.items()}
    for article, moment in plain["references"].items():
        state.references[article] = from_plain(datetime, moment)
    for actor, recipient, day, each in plain["alerts"]:
        alert = from_plain(Alert, each)
        state.alerts[alert.alert_id] = (IncidentKey(actor, recipient, day), alert)
    state.emitted = {event_id: tuple(alert_ids) for event_id, alert_ids in plain["emitted"].items()}
    return state
