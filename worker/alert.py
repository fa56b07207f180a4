"""What goes out: an attack after an announced ceasefire, with its evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from worker.event import Act, Actor, Interval, Mode, Place, Quantity, Scope, Site, Weapon


class Severity(StrEnum):
    """How sure and how grave, from the one table in `correlation/rules/attack_after_ceasefire.py`."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class AlertStatus(StrEnum):
    """Where an alert stands."""

    RAISED = "raised"
    REVISED = "revised"
    RETRACTED = "retracted"


class AlertOrder(StrEnum):
    """Whether the attack certainly followed the announcement."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class InScope(StrEnum):
    """Whether the attack is of the kind the ceasefire forbids."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """How a ceasefire became known."""

    ANNOUNCED = "announced"
    MENTIONED = "mentioned"
    """The stream never saw the announcement: a later report presupposes it."""


class CeasefireStatus(StrEnum):
    """Where a ceasefire stood at the time of the attack, as far as is known by now."""

    ANNOUNCED = "announced"
    """Not yet in effect."""
    IN_EFFECT = "in_effect"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertCeasefire:
    """The ceasefire as the alert tells it."""

    id: str
    act: Act
    parties: tuple[Actor, ...]
    bound: tuple[Actor, ...]
    mediators: tuple[Actor, ...]
    scope: Scope
    declared_at: Interval
    effective_from: Interval
    effective_until: Interval | None
    status: CeasefireStatus
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertIncident:
    """The attack as all its reports together tell it. Figures are ranges across reports, never sums."""

    id: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    event_time: Interval
    modes: tuple[Mode, ...]
    weapons: tuple[Weapon, ...]
    sites: tuple[Site, ...]
    places: tuple[Place, ...]
    killed: Quantity | None
    injured: Quantity | None
    reports: int
    """How many articles tell of it."""
    independent_sources: int
    """How many of them are not copies of one text or of one outlet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEvidence:
    """A sentence that proves it, with its article and its place there."""

    article_id: str
    url: str | None
    source: str
    published_at: datetime | None
    field: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An alert, whole: the latest revision of an `alert_id` replaces the earlier ones."""

    alert_id: str
    revision: int
    status: AlertStatus
    rule: str
    severity: Severity
    title: str
    conflict: str
    ceasefire: AlertCeasefire
    incident: AlertIncident
    lag: timedelta
    """From the announcement to the attack; zero where they overlap."""
    order: AlertOrder
    in_scope: InScope
    evidence: tuple[AlertEvidence, ...]
    superseded_by: str | None
    engine: str
    first_seen_at: datetime
    updated_at: datetime


def alert_id(*, rule: str, conflict: str, ceasefire_id: str, incident_id: str) -> str:
    """The same rule, conflict, ceasefire and incident give the same id on every machine and in every replay."""
    parts = (rule, conflict, ceasefire_id, incident_id)
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()
