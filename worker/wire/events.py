"""Bytes of the `events` topic to `StrikeEvent` or `DiplomacyEvent` and back, told apart by `kind`."""

from __future__ import annotations

from worker.article import TextField
from worker.event import (
    Act,
    ArticleRef,
    Assertion,
    CeasefireRelation,
    Codes,
    DiplomacyEvent,
    Event,
    Evidence,
    Mode,
    Order,
    Status,
    StrikeEvent,
)
from worker.wire import parts
from worker.wire.jsontext import JsonObject, dumps, loads_object
from worker.wire.schemas import EVENT, explain
from worker.wire.times import format_duration, format_time, parse_duration, parse_time

STRIKE = "strike"
DIPLOMACY = "diplomacy"

_STATUSES = parts.by_value(Status)
_FIELDS = parts.by_value(TextField)
_MODES = parts.by_value(Mode)
_ACTS = parts.by_value(Act)
_ORDERS = parts.by_value(Order)


def kind_of(event: Event) -> str:
    """The `kind` of an event in messages: "strike" or "diplomacy"."""
    return STRIKE if isinstance(event, StrikeEvent) else DIPLOMACY


def encode_event(event: Event) -> bytes:
    """Encode as one JSON object; `decode_event` gives the equal event back."""
    return dumps(event_to_dict(event))


def decode_event(value: bytes | None) -> Event:
    """Decode and check; unknown fields are left out. Raises `InvalidMessage` and nothing else."""
    return event_from_dict(loads_object(value))


def event_to_dict(event: Event) -> JsonObject:
    """The event as plain values, in the order of the schema."""
    shared = {
        "event_id": event.event_id,
        "kind": kind_of(event),
        "conflict": event.conflict,
        "article": _write_article(event.article),
        "extractor": event.extractor,
        "event_time": parts.write_interval(event.event_time),
        "assertion": {
            "status": event.assertion.status.value,
            "attributed_to": event.assertion.attributed_to,
        },
        "confidence": event.confidence,
        "evidence": [_write_evidence(evidence) for evidence in event.evidence],
        "codes": {"cameo": event.codes.cameo, "plover": event.codes.plover, "acled": event.codes.acled},
    }
    return shared | (_write_strike(event) if isinstance(event, StrikeEvent) else _write_diplomacy(event))


def event_from_dict(raw: JsonObject) -> Event:
    """Reverse of `event_to_dict`; raises `InvalidMessage` with the pointer of the first fault."""
    try:
        return _read_strike(raw) if raw["kind"] == STRIKE else _read_diplomacy(raw)
    except (KeyError, TypeError, ValueError) as error:
        raise explain(EVENT, raw, error) from error


def _write_strike(event: StrikeEvent) -> JsonObject:
    relation = event.ceasefire_relation
    return {
        "actors": [parts.write_actor(actor) for actor in event.actors],
        "recipients": [parts.write_actor(actor) for actor in event.recipients],
        "mode": event.mode.value,
        "weapons": [parts.write_weapon(weapon) for weapon in event.weapons],
        "sites": [parts.write_site(site) for site in event.sites],
        "places": [parts.write_place(place) for place in event.places],
        "killed": parts.write_quantity(event.killed),
        "injured": parts.write_quantity(event.injured),
        "intercepted": event.intercepted,
        "ceasefire_relation": None
        if relation is None
        else {
            "order": relation.order.value,
            "cue": relation.cue,
            "start": relation.start,
            "end": relation.end,
        },
    }


def _write_diplomacy(event: DiplomacyEvent) -> JsonObject:
    return {
        "act": event.act.value,
        "parties": [parts.write_actor(actor) for actor in event.parties],
        "bound": [parts.write_actor(actor) for actor in event.bound],
        "rejecting": [parts.write_actor(actor) for actor in event.rejecting],
        "speaker": [parts.write_actor(actor) for actor in event.speaker],
        "mediators": [parts.write_actor(actor) for actor in event.mediators],
        "scope": parts.write_scope(event.scope),
        "declared_at": parts.write_interval(event.declared_at),
        "effective_from": parts.write_interval(event.effective_from),
        "effective_until": parts.write_interval(event.effective_until),
        "duration": None if event.duration is None else format_duration(event.duration),
        "venue": event.venue,
    }


def _write_article(article: ArticleRef) -> JsonObject:
    return {
        "id": article.id,
        "url": article.url,
        "source": article.source,
        "published_at": None if article.published_at is None else format_time(article.published_at),
        "seen_at": format_time(article.seen_at),
        "content_hash": article.content_hash,
        "fingerprint": article.fingerprint,
    }


def _write_evidence(evidence: Evidence) -> JsonObject:
    return {
        "field": evidence.field.value,
        "text": evidence.text,
        "start": evidence.start,
        "end": evidence.end,
    }


def _read_strike(raw: JsonObject) -> StrikeEvent:
    return StrikeEvent(
        event_id=parts.read_text(raw["event_id"]),
        conflict=parts.read_optional_text(raw["conflict"]),
        article=_read_article(raw["article"]),
        extractor=parts.read_text(raw["extractor"]),
        event_time=parts.read_interval(raw["event_time"], "/event_time"),
        assertion=_read_assertion(raw["assertion"]),
        confidence=parts.read_number(raw["confidence"], 0, 1),
        evidence=parts.read_list(raw["evidence"], _read_evidence),
        codes=_read_codes(raw["codes"]),
        actors=parts.read_list(raw["actors"], parts.read_actor),
        recipients=parts.read_list(raw["recipients"], parts.read_actor),
        mode=_MODES[raw["mode"]],
        weapons=parts.read_list(raw["weapons"], parts.read_weapon),
        sites=parts.read_list(raw["sites"], parts.read_site),
        places=parts.read_list(raw["places"], parts.read_place),
        killed=parts.read_quantity(raw["killed"]),
        injured=parts.read_quantity(raw["injured"]),
        intercepted=parts.read_flag(raw["intercepted"]),
        ceasefire_relation=_read_relation(raw["ceasefire_relation"]),
    )


def _read_diplomacy(raw: JsonObject) -> DiplomacyEvent:
    if raw["kind"] != DIPLOMACY:
        detail = "an event is a strike or diplomacy"
        raise ValueError(detail)
    duration = raw["duration"]
    return DiplomacyEvent(
        event_id=parts.read_text(raw["event_id"]),
        conflict=parts.read_optional_text(raw["conflict"]),
        article=_read_article(raw["article"]),
        extractor=parts.read_text(raw["extractor"]),
        event_time=parts.read_interval(raw["event_time"], "/event_time"),
        assertion=_read_assertion(raw["assertion"]),
        confidence=parts.read_number(raw["confidence"], 0, 1),
        evidence=parts.read_list(raw["evidence"], _read_evidence),
        codes=_read_codes(raw["codes"]),
        act=_ACTS[raw["act"]],
        parties=parts.read_list(raw["parties"], parts.read_actor),
        bound=parts.read_list(raw["bound"], parts.read_actor),
        rejecting=parts.read_list(raw["rejecting"], parts.read_actor),
        speaker=parts.read_list(raw["speaker"], parts.read_actor),
        mediators=parts.read_list(raw["mediators"], parts.read_actor),
        scope=parts.read_scope(raw["scope"]),
        declared_at=parts.read_optional_interval(raw["declared_at"], "/declared_at"),
        effective_from=parts.read_optional_interval(raw["effective_from"], "/effective_from"),
        effective_until=parts.read_optional_interval(raw["effective_until"], "/effective_until"),
        duration=None if duration is None else parse_duration(parts.read_text(duration)),
        venue=parts.read_optional_text(raw["venue"]),
    )


def _read_article(raw: JsonObject) -> ArticleRef:
    published_at = raw["published_at"]
    return ArticleRef(
        id=parts.read_text(raw["id"]),
        url=parts.read_optional_text(raw["url"]),
        source=parts.read_text(raw["source"]),
        published_at=None if published_at is None else parse_time(parts.read_text(published_at)),
        seen_at=parse_time(parts.read_text(raw["seen_at"])),
        content_hash=parts.read_text(raw["content_hash"]),
        fingerprint=parts.read_text(raw["fingerprint"]),
    )


def _read_assertion(raw: JsonObject) -> Assertion:
    return Assertion(
        status=_STATUSES[raw["status"]], attributed_to=parts.read_optional_text(raw["attributed_to"])
    )


def _read_evidence(raw: JsonObject) -> Evidence:
    return Evidence(
        field=_FIELDS[raw["field"]],
        text=parts.read_text(raw["text"]),
        start=parts.read_integer(raw["start"]),
        end=parts.read_integer(raw["end"]),
    )


def _read_codes(raw: JsonObject) -> Codes:
    return Codes(
        cameo=parts.read_optional_text(raw["cameo"]),
        plover=parts.read_optional_text(raw["plover"]),
        acled=parts.read_optional_text(raw["acled"]),
    )


def _read_relation(raw: JsonObject | None) -> CeasefireRelation | None:
    if raw is None:
        return None
    return CeasefireRelation(
        order=_ORDERS[raw["order"]],
        cue=parts.read_text(raw["cue"]),
        start=parts.read_integer(raw["start"]),
        end=parts.read_integer(raw["end"]),
    )
