"""Bytes of the `events` topic to `StrikeEvent` or `DiplomacyEvent` and back, told apart by `kind`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from worker.event import (
    ArticleRef,
    Assertion,
    CeasefireRelation,
    Codes,
    DiplomacyEvent,
    Event,
    Evidence,
    StrikeEvent,
)
from worker.wire import parts, shapes
from worker.wire.jsontext import JsonObject, dumps
from worker.wire.schemas import EVENT
from worker.wire.times import format_duration, format_time, parse_duration, parse_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from worker.event import Interval

STRIKE = "strike"
DIPLOMACY = "diplomacy"


def kind_of(event: Event) -> str:
    """The `kind` of an event in messages: "strike" or "diplomacy"."""
    return STRIKE if isinstance(event, StrikeEvent) else DIPLOMACY


def encode_event(event: Event) -> bytes:
    """Encode as one JSON object; `decode_event` gives the equal event back."""
    return dumps(event_to_dict(event))


def decode_event(value: bytes | None) -> Event:
    """Decode and check; unknown fields are left out. Raises `InvalidMessage` and nothing else."""
    return shapes.decode(value, as_=shapes.EVENT, build=_event, schema=EVENT)


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


def _event(shape: shapes.Strike | shapes.Diplomacy) -> Event:
    return _strike(shape) if isinstance(shape, shapes.Strike) else _diplomacy(shape)


def _strike(shape: shapes.Strike) -> StrikeEvent:
    relation = shape.ceasefire_relation
    return StrikeEvent(
        event_id=shape.event_id,
        conflict=shape.conflict,
        article=_article(bytes(shape.article)),
        extractor=shape.extractor,
        event_time=_event_time(bytes(shape.event_time)),
        assertion=_assertion(bytes(shape.assertion)),
        confidence=shape.confidence,
        evidence=tuple(
            [Evidence(field=e.field, text=e.text, start=e.start, end=e.end) for e in shape.evidence]
        ),
        codes=_codes(bytes(shape.codes)),
        actors=_actors(bytes(shape.actors)),
        recipients=_actors(bytes(shape.recipients)),
        mode=shape.mode,
        weapons=_weapons(bytes(shape.weapons)),
        sites=_sites(bytes(shape.sites)),
        places=_places(bytes(shape.places)),
        killed=None if shape.killed is None else parts.read_quantity(shape.killed),
        injured=None if shape.injured is None else parts.read_quantity(shape.injured),
        intercepted=shape.intercepted,
        ceasefire_relation=None if relation is None else _read_relation(relation),
    )


def _diplomacy(shape: shapes.Diplomacy) -> DiplomacyEvent:
    return DiplomacyEvent(
        event_id=shape.event_id,
        conflict=shape.conflict,
        article=_article(bytes(shape.article)),
        extractor=shape.extractor,
        event_time=_event_time(bytes(shape.event_time)),
        assertion=_assertion(bytes(shape.assertion)),
        confidence=shape.confidence,
        evidence=tuple(
            [Evidence(field=e.field, text=e.text, start=e.start, end=e.end) for e in shape.evidence]
        ),
        codes=_codes(bytes(shape.codes)),
        act=shape.act,
        parties=_actors(bytes(shape.parties)),
        bound=_actors(bytes(shape.bound)),
        rejecting=_actors(bytes(shape.rejecting)),
        speaker=_actors(bytes(shape.speaker)),
        mediators=_actors(bytes(shape.mediators)),
        scope=_scope(bytes(shape.scope)),
        declared_at=_declared_at(bytes(shape.declared_at)),
        effective_from=_effective_from(bytes(shape.effective_from)),
        effective_until=_effective_until(bytes(shape.effective_until)),
        duration=None if shape.duration is None else parse_duration(shape.duration),
        venue=shape.venue,
    )


def _read_article(shape: shapes.Article) -> ArticleRef:
    return ArticleRef(
        id=shape.id,
        url=shape.url,
        source=shape.source,
        published_at=parts.read_optional_time(shape.published_at),
        seen_at=parse_time(shape.seen_at),
        content_hash=shape.content_hash,
        fingerprint=shape.fingerprint,
    )


def _read_assertion(shape: shapes.Assertion) -> Assertion:
    return Assertion(status=shape.status, attributed_to=shape.attributed_to)


def _read_codes(shape: shapes.Codes) -> Codes:
    return Codes(cameo=shape.cameo, plover=shape.plover, acled=shape.acled)


def _read_relation(shape: shapes.Relation) -> CeasefireRelation:
    return CeasefireRelation(order=shape.order, cue=shape.cue, start=shape.start, end=shape.end)


def _interval_at(pointer: str) -> Callable[[bytes], Interval | None]:
    read = partial(parts.read_optional_interval, pointer=pointer)
    return shapes.made_once(shapes.Interval | None, read)


_article = shapes.made_once(shapes.Article, _read_article)
_event_time = shapes.made_once(shapes.Interval, partial(parts.read_interval, pointer="/event_time"))
_assertion = shapes.made_once(shapes.Assertion, _read_assertion)
_codes = shapes.made_once(shapes.Codes, _read_codes)
_actors = shapes.made_once(tuple[shapes.Actor, ...], parts.read_actors)
_weapons = shapes.made_once(tuple[shapes.Weapon, ...], parts.read_weapons)
_sites = shapes.made_once(tuple[shapes.Site, ...], parts.read_sites)
_places = shapes.made_once(tuple[shapes.Place, ...], parts.read_places)
_scope = shapes.made_once(shapes.Scope, parts.read_scope)
_declared_at = _interval_at("/declared_at")
_effective_from = _interval_at("/effective_from")
_effective_until = _interval_at("/effective_until")
