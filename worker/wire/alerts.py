"""Bytes of the `alerts` topic to `Alert` and back."""

from __future__ import annotations

from worker.alert import Alert, AlertCeasefire, AlertEvidence, AlertIncident
from worker.wire import parts, shapes
from worker.wire.jsontext import JsonObject, dumps
from worker.wire.schemas import ALERT
from worker.wire.times import format_duration, format_time, parse_duration, parse_time


def encode_alert(alert: Alert) -> bytes:
    """Encode as one JSON object; `decode_alert` gives the equal alert back."""
    return dumps(alert_to_dict(alert))


def decode_alert(value: bytes | None) -> Alert:
    """Decode and check; unknown fields are left out. Raises `InvalidMessage` and nothing else."""
    return shapes.decode(value, as_=shapes.ALERT, build=_alert, schema=ALERT)


def alert_to_dict(alert: Alert) -> JsonObject:
    """The alert as plain values, in the order of the schema."""
    return {
        "alert_id": alert.alert_id,
        "revision": alert.revision,
        "status": alert.status.value,
        "rule": alert.rule,
        "severity": alert.severity.value,
        "title": alert.title,
        "conflict": alert.conflict,
        "ceasefire": _write_ceasefire(alert.ceasefire),
        "incident": _write_incident(alert.incident),
        "lag": format_duration(alert.lag),
        "order": alert.order.value,
        "in_scope": alert.in_scope.value,
        "evidence": [_write_evidence(evidence) for evidence in alert.evidence],
        "superseded_by": alert.superseded_by,
        "engine": alert.engine,
        "first_seen_at": format_time(alert.first_seen_at),
        "updated_at": format_time(alert.updated_at),
    }


def _write_ceasefire(ceasefire: AlertCeasefire) -> JsonObject:
    return {
        "id": ceasefire.id,
        "act": ceasefire.act.value,
        "parties": [parts.write_actor(actor) for actor in ceasefire.parties],
        "bound": [parts.write_actor(actor) for actor in ceasefire.bound],
        "mediators": [parts.write_actor(actor) for actor in ceasefire.mediators],
        "scope": parts.write_scope(ceasefire.scope),
        "declared_at": parts.write_interval(ceasefire.declared_at),
        "effective_from": parts.write_interval(ceasefire.effective_from),
        "effective_until": parts.write_interval(ceasefire.effective_until),
        "status": ceasefire.status.value,
        "origin": ceasefire.origin.value,
    }


def _alert(shape: shapes.Alert) -> Alert:
    return Alert(
        alert_id=shape.alert_id,
        revision=shape.revision,
        status=shape.status,
        rule=shape.rule,
        severity=shape.severity,
        title=shape.title,
        conflict=shape.conflict,
        ceasefire=_read_ceasefire(shape.ceasefire),
        incident=_read_incident(shape.incident),
        lag=parse_duration(shape.lag),
        order=shape.order,
        in_scope=shape.in_scope,
        evidence=tuple([_read_evidence(each) for each in shape.evidence]),
        superseded_by=shape.superseded_by,
        engine=shape.engine,
        first_seen_at=parse_time(shape.first_seen_at),
        updated_at=parse_time(shape.updated_at),
    )


def _read_ceasefire(shape: shapes.AlertCeasefire) -> AlertCeasefire:
    return AlertCeasefire(
        id=shape.id,
        act=shape.act,
        parties=parts.read_actors(shape.parties),
        bound=parts.read_actors(shape.bound),
        mediators=parts.read_actors(shape.mediators),
        scope=parts.read_scope(shape.scope),
        declared_at=parts.read_interval(shape.declared_at, "/ceasefire/declared_at"),
        effective_from=parts.read_interval(shape.effective_from, "/ceasefire/effective_from"),
        effective_until=parts.read_optional_interval(shape.effective_until, "/ceasefire/effective_until"),
        status=shape.status,
        origin=shape.origin,
    )


def _write_incident(incident: AlertIncident) -> JsonObject:
    return {
        "id": incident.id,
        "actors": [parts.write_actor(actor) for actor in incident.actors],
        "recipients": [parts.write_actor(actor) for actor in incident.recipients],
        "event_time": parts.write_interval(incident.event_time),
        "modes": [mode.value for mode in incident.modes],
        "weapons": [parts.write_weapon(weapon) for weapon in incident.weapons],
        "sites": [parts.write_site(site) for site in incident.sites],
        "places": [parts.write_place(place) for place in incident.places],
        "killed": parts.write_quantity(incident.killed),
        "injured": parts.write_quantity(incident.injured),
        "reports": incident.reports,
        "independent_sources": incident.independent_sources,
    }


def _read_incident(shape: shapes.AlertIncident) -> AlertIncident:
    return AlertIncident(
        id=shape.id,
        actors=parts.read_actors(shape.actors),
        recipients=parts.read_actors(shape.recipients),
        event_time=parts.read_interval(shape.event_time, "/incident/event_time"),
        modes=shape.modes,
        weapons=parts.read_weapons(shape.weapons),
        sites=parts.read_sites(shape.sites),
        places=parts.read_places(shape.places),
        killed=None if shape.killed is None else parts.read_quantity(shape.killed),
        injured=None if shape.injured is None else parts.read_quantity(shape.injured),
        reports=shape.reports,
        independent_sources=shape.independent_sources,
    )


def _write_evidence(evidence: AlertEvidence) -> JsonObject:
    published_at = evidence.published_at
    return {
        "article_id": evidence.article_id,
        "url": evidence.url,
        "source": evidence.source,
        "published_at": None if published_at is None else format_time(published_at),
        "field": evidence.field,
        "text": evidence.text,
        "start": evidence.start,
        "end": evidence.end,
    }


def _read_evidence(shape: shapes.AlertEvidence) -> AlertEvidence:
    return AlertEvidence(
        article_id=shape.article_id,
        url=shape.url,
        source=shape.source,
        published_at=parts.read_optional_time(shape.published_at),
        field=shape.field.value,
        text=shape.text,
        start=shape.start,
        end=shape.end,
    )
