"""What an alert tells, made of values that stay the same ones while nothing about them changes.

Nothing in it depends on the order of arrival, and nothing changes with a report that adds nothing: numbers of reports
and sources go up in steps, the evidence is the first seen words for each thing told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from worker.alert import Alert, AlertCeasefire, Origin
from worker.correlation.policy import engine_id
from worker.correlation.rules.attack_after_ceasefire import RULE
from worker.correlation.rules.titles import title_of

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from worker.alert import (
        AlertEvidence,
        AlertIncident,
        AlertOrder,
        AlertStatus,
        CeasefireStatus,
        InScope,
        Severity,
    )
    from worker.correlation.policy import Policy
    from worker.correlation.terms import Ceasefire


class Content(NamedTuple):
    """All of an alert but its ids and its revision, and the title, which follows from the rest."""

    status: AlertStatus
    severity: Severity
    ceasefire: AlertCeasefire
    incident: AlertIncident
    lag: timedelta
    order: AlertOrder
    in_scope: InScope
    evidence: tuple[AlertEvidence, ...]
    first_seen_at: datetime
    updated_at: datetime


def content_of(alert: Alert) -> Content:
    """The content of an alert."""
    return Content(
        alert.status,
        alert.severity,
        alert.ceasefire,
        alert.incident,
        alert.lag,
        alert.order,
        alert.in_scope,
        alert.evidence,
        alert.first_seen_at,
        alert.updated_at,
    )


def make_alert(content: Content, *, alert_id: str, revision: int, conflict: str, policy: Policy) -> Alert:
    """The alert that tells this."""
    return Alert(
        alert_id=alert_id,
        revision=revision,
        status=content.status,
        rule=RULE,
        severity=content.severity,
        title=title_of(content),
        conflict=conflict,
        ceasefire=content.ceasefire,
        incident=content.incident,
        lag=content.lag,
        order=content.order,
        in_scope=content.in_scope,
        evidence=content.evidence,
        superseded_by=None,
        engine=engine_id(policy),
        first_seen_at=content.first_seen_at,
        updated_at=content.updated_at,
    )


def ceasefire_told(ceasefire: Ceasefire, status: CeasefireStatus) -> AlertCeasefire:
    """The ceasefire as an alert tells it, standing as it did when it was broken; made once for each way."""
    known = ceasefire.told.get(status)
    if known is None:
        known = ceasefire.told[status] = AlertCeasefire(
            id=ceasefire.id,
            act=ceasefire.act,
            parties=ceasefire.parties,
            bound=ceasefire.bound,
            mediators=ceasefire.mediators,
            scope=ceasefire.scope,
            declared_at=ceasefire.declared,
            effective_from=ceasefire.effective,
            effective_until=ceasefire.until,
            status=status,
            origin=Origin.ANNOUNCED if ceasefire.announced else Origin.MENTIONED,
        )
    return known
