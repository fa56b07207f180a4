"""Bytes of the `alerts` topic to `Alert` and back."""

from __future__ import annotations

from worker.alert import (
    Alert,
    AlertCeasefire,
    AlertEvidence,
    AlertIncident,
    AlertOrder,
    AlertStatus,
    CeasefireStatus,
    InScope,
    Origin,
    Severity,
)
from worker.article import TextField
from worker.event import Act, Mode
from worker.wire import parts
from worker.wire.jsontext import JsonObject, dumps, loads_object
from worker.wire.schemas import ALERT, explain
from worker.wire.times import format_duration, format_time, parse_duration, parse_time

_STATUSES = parts.by_value(AlertStatus)
_SEVERITIES = parts.by_value(Severity)
_ORDERS = parts.by_value(AlertOrder)
_IN_SCOPE = parts.by_value(InScope)
_ORIGINS = parts.by_value(Origin)
_CEASEFIRE_STATUSES = parts.by_value(CeasefireStatus)
_ACTS = parts.by_value(Act)
_MODES = parts.by_value(Mode)
_FIELDS = parts.by_value(TextField)


def encode_alert(alert: Alert) -> bytes:
    """Encode as one JSON object; `decode_alert` gives the equal alert back."""
    return dumps(alert_to_dict(alert))


def decode_alert(value: bytes | None) -> Alert:
    """Decode and check; unknown fields are left out. Raises `InvalidMessage` and nothing else."""
    return alert_from_dict(loads_object(value))


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


def alert_from_dict(raw: JsonObject) -> Alert:
    """Reverse of `alert_to_dict`; raises `InvalidMessage` with the pointer of the first fault."""
    try:
        return Alert(
            alert_id=parts.read_text(raw["alert_id"]),
            revision=parts.read_integer(raw["revision"]),
            status=_STATUSES[raw["status"]],
            rule=parts.read_text(raw["rule"]),
            severity=_SEVERITIES[raw["severity"]],
            title=parts.read_text(raw["title"]),
            conflict=parts.read_text(raw["conflict"]),
            ceasefire=_read_ceasefire(raw["ceasefire"]),
            incident=_read_incident(raw["incident"]),
            lag=parse_duration(parts.read_text(raw["lag"])),
            order=_ORDERS[raw["order"]],
            in_scope=_IN_SCOPE[raw["in_scope"]],
            evidence=parts.read_list(raw["evidence"], _read_evidence),
            superseded_by=parts.read_optional_text(raw["superseded_by"]),
            engine=parts.read_text(raw["engine"]),
            first_seen_at=parse_time(parts.read_text(raw["first_seen_at"])),
            updated_at=parse_time(parts.read_text(raw["updated_at"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise explain(ALERT, raw, error) from error


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


def _read_ceasefire(raw: JsonObject) -> AlertCeasefire:
    return AlertCeasefire(
        id=parts.read_text(raw["id"]),
        act=_ACTS[raw["act"]],
        parties=parts.read_list(raw["parties"], parts.read_actor),
        bound=parts.read_list(raw["bound"], parts.read_actor),
        mediators=parts.read_list(raw["mediators"], parts.read_actor),
        scope=parts.read_scope(raw["scope"]),
        declared_at=parts.read_interval(raw["declared_at"], "/ceasefire/declared_at"),
        effective_from=parts.read_interval(raw["effective_from"], "/ceasefire/effective_from"),
        effective_until=parts.read_optional_interval(raw["effective_until"], "/ceasefire/effective_until"),
        status=_CEASEFIRE_STATUSES[raw["status"]],
        origin=_ORIGINS[raw["origin"]],
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


def _read_incident(raw: JsonObject) -> AlertIncident:
    return AlertIncident(
        id=parts.read_text(raw["id"]),
        actors=parts.read_list(raw["actors"], parts.read_actor),
        recipients=parts.read_list(raw["recipients"], parts.read_actor),
        event_time=parts.read_interval(raw["event_time"], "/incident/event_time"),
        modes=parts.read_list(raw["modes"], _MODES.__getitem__),
        weapons=parts.read_list(raw["weapons"], parts.read_weapon),
        sites=parts.read_list(raw["sites"], parts.read_site),
        places=parts.read_list(raw["places"], parts.read_place),
        killed=parts.read_quantity(raw["killed"]),
        injured=parts.read_quantity(raw["injured"]),
        reports=parts.read_integer(raw["reports"]),
        independent_sources=parts.read_integer(raw["independent_sources"]),
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


def _read_evidence(raw: JsonObject) -> AlertEvidence:
    published_at = raw["published_at"]
    return AlertEvidence(
        article_id=parts.read_text(raw["article_id"]),
        url=parts.read_optional_text(raw["url"]),
        source=parts.read_text(raw["source"]),
        published_at=None if published_at is None else parse_time(parts.read_text(published_at)),
        field=_FIELDS[raw["field"]].value,
        text=parts.read_text(raw["text"]),
        start=parts.read_integer(raw["start"]),
        end=parts.read_integer(raw["end"]),
    )
