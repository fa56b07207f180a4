"""What events, alerts and dead letters look like: types that a JSON text is decoded into, checked while it is read.

Written out beside the values of `worker/event.py` and `worker/alert.py` (each has the name of its value), because a
message is stricter than they are: nothing may be missing, numbers have bounds, `weapon_class` is called `class`. The
decoder that is compiled from them takes a few microseconds, a schema validator several times that, and every event of a
rebuild passes here. Where exactly the fault is, `schemas.explain` finds out afterwards, for the one message in a million
that has one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from msgspec import Meta, Raw, Struct
from msgspec.json import Decoder

from worker.alert import AlertOrder, AlertStatus, CeasefireStatus, InScope, Origin, Severity
from worker.article import TextField
from worker.event import Act, Disposition, Domain, Mode, Order, Precision, Qualifier, SiteType, Status
from worker.wire.errors import Reason
from worker.wire.jsontext import loads_object
from worker.wire.schemas import explain

if TYPE_CHECKING:
    from collections.abc import Callable

S = TypeVar("S")
T = TypeVar("T")

MAX_INT = 2**53 - 1
"""Largest integer that every JSON reader keeps exact."""

Count = Annotated[int, Meta(ge=0, le=MAX_INT)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Share = Annotated[float, Meta(ge=0, le=1)]


def decode(value: bytes | None, *, as_: Decoder[S], build: Callable[[S], T], schema: str) -> T:
    """What `build` makes of the shape that a message has. Raises `InvalidMessage` and nothing else.

    Unknown fields are skipped unread; they must be UTF-8 all the same.
    """
    text = value or b""
    try:
        if not text.isascii():
            text.decode()
        return build(as_.decode(text))
    except (TypeError, ValueError, RecursionError) as error:
        raise explain(schema, loads_object(value), error) from error


def made_once(kind: Any, build: Callable[[Any], T]) -> Callable[[bytes], T]:  # noqa: ANN401 - any type
    """A reader of a part of messages, `kind` being its shape: a text that comes again and again is read once.

    So what is equal is one value, and takes room once.
    """
    decoder = Decoder(kind)

    @lru_cache(maxsize=8192)
    def read(text: bytes) -> T:
        return build(decoder.decode(text))

    return read


class Shape(Struct, frozen=True, gc=False):
    """Base of all: hashable, so that what comes again and again is made once."""


class Quantity(Shape, frozen=True):
    low: Count
    high: Count | None
    qualifier: Qualifier


class Interval(Shape, frozen=True):
    start: str
    end: str
    precision: Precision
    text: str | None


class Actor(Shape, frozen=True):
    id: str
    side: str
    text: str | None
    inferred: bool
    name: str | None


class Weapon(Shape, rename={"weapon_class": "class"}, frozen=True):
    id: str
    name: str
    weapon_class: str
    count: Quantity | None
    disposition: Disposition


class Site(Shape, frozen=True):
    type: SiteType
    text: str


class Place(Shape, frozen=True):
    name: str
    country: str | None
    admin1: str | None
    lat: Latitude | None
    lon: Longitude | None
    geonameid: Count | None
    text: str


class Scope(Shape, frozen=True):
    domains: Annotated[tuple[Domain, ...], Meta(min_length=1)]
    region: str | None


class Article(Shape, frozen=True):
    id: str
    url: str | None
    source: str
    published_at: str | None
    seen_at: str
    content_hash: str
    fingerprint: str


class Assertion(Shape, frozen=True):
    status: Status
    attributed_to: str | None


class Evidence(Shape, frozen=True):
    field: TextField
    text: str
    start: Count
    end: Count


class Codes(Shape, frozen=True):
    cameo: str | None
    plover: str | None
    acled: str | None


class Relation(Shape, frozen=True):
    order: Order
    cue: str
    start: Count
    end: Count


class Event(Shape, tag_field="kind", frozen=True):
    """What strikes and diplomacy share. Its raw parts are for a reader that is `made_once`: they come again and again."""

    event_id: str
    conflict: str | None
    article: Raw
    extractor: str
    event_time: Raw
    assertion: Raw
    confidence: Share
    evidence: tuple[Evidence, ...]
    codes: Raw


class Strike(Event, tag="strike", frozen=True):
    actors: Raw
    recipients: Raw
    mode: Mode
    weapons: Raw
    sites: Raw
    places: Raw
    killed: Quantity | None
    injured: Quantity | None
    intercepted: bool
    ceasefire_relation: Relation | None


class Diplomacy(Event, tag="diplomacy", frozen=True):
    act: Act
    parties: Raw
    bound: Raw
    rejecting: Raw
    speaker: Raw
    mediators: Raw
    scope: Raw
    declared_at: Raw
    effective_from: Raw
    effective_until: Raw
    duration: str | None
    venue: str | None


class AlertCeasefire(Shape, frozen=True):
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


class AlertIncident(Shape, frozen=True):
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
    reports: Count
    independent_sources: Count


class AlertEvidence(Shape, frozen=True):
    article_id: str
    url: str | None
    source: str
    published_at: str | None
    field: TextField
    text: str
    start: Count
    end: Count


class Alert(Shape, frozen=True):
    alert_id: str
    revision: Count
    status: AlertStatus
    rule: str
    severity: Severity
    title: str
    conflict: str
    ceasefire: AlertCeasefire
    incident: AlertIncident
    lag: str
    order: AlertOrder
    in_scope: InScope
    evidence: tuple[AlertEvidence, ...]
    superseded_by: str | None
    engine: str
    first_seen_at: str
    updated_at: str


class Header(Shape, frozen=True):
    name: str
    value: str | None


class LetterOrigin(Shape, frozen=True):
    topic: str
    partition: Count
    offset: Count
    timestamp: str | None
    key: str | None
    value: str | None
    headers: tuple[Header, ...]


class DeadLetter(Shape, frozen=True):
    reason: Reason
    detail: str
    pointer: str | None
    exception: str
    traceback: str | None
    origin: LetterOrigin
    attempt: Count
    first_failed_at: str
    engine: str


EVENT = Decoder(Strike | Diplomacy)
ALERT = Decoder(Alert)
DEAD_LETTER = Decoder(DeadLetter)
