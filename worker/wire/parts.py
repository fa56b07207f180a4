"""The parts that events and alerts share, as plain values and back.

`write_*` gives what a JSON text can hold; `read_*` is the reverse. Readers are written out by hand because a
schema validator costs several times what they do and every event of a rebuild passes here. They check types
and limits and raise KeyError, TypeError or ValueError; where exactly the fault is, `schemas.explain` finds
out afterwards, with the schema, for the one message in a million that has one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from worker.event import (
    Actor,
    Disposition,
    Domain,
    Interval,
    Place,
    Precision,
    Qualifier,
    Quantity,
    Scope,
    Site,
    SiteType,
    Weapon,
)
from worker.wire.errors import InvalidMessage, Reason
from worker.wire.times import format_time, parse_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from worker.wire.jsontext import JsonObject

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MAX_INT = 2**53 - 1
"""Largest integer that every JSON reader keeps exact."""


def read_text(value: object) -> str:
    """A string."""
    if type(value) is not str:
        raise TypeError(_not_a("string", value))
    return value


def read_optional_text(value: object) -> str | None:
    """A string or null."""
    return None if value is None else read_text(value)


def read_integer(value: object) -> int:
    """An integer from 0 to `MAX_INT`; true and false are none."""
    if type(value) is not int:
        raise TypeError(_not_a("integer", value))
    if not 0 <= value <= MAX_INT:
        detail = f"{value} is not between 0 and {MAX_INT}"
        raise ValueError(detail)
    return value


def read_number(value: object, low: float, high: float) -> float:
    """A number in [low, high], integers included."""
    if type(value) is not float and type(value) is not int:
        raise TypeError(_not_a("number", value))
    if not low <= value <= high:
        detail = f"{value} is not between {low} and {high}"
        raise ValueError(detail)
    return float(value)


def read_flag(value: object) -> bool:
    """Either true or false."""
    if type(value) is not bool:
        raise TypeError(_not_a("boolean", value))
    return value


def read_list(value: object, read: Callable[[Any], T]) -> tuple[T, ...]:
    """An array, each item read by `read`."""
    if type(value) is not list:
        raise TypeError(_not_a("array", value))
    return tuple([read(item) for item in value])


def by_value(kind: type[E]) -> dict[str, E]:
    """Members of an enumeration by what stands in a message: several times quicker than calling the type."""
    return {member.value: member for member in kind}


def _not_a(kind: str, value: object) -> str:
    return f"not a JSON {kind}: {type(value).__name__}"


_PRECISIONS = by_value(Precision)
_QUALIFIERS = by_value(Qualifier)
_DISPOSITIONS = by_value(Disposition)
_SITE_TYPES = by_value(SiteType)
_DOMAINS = by_value(Domain)


def write_quantity(quantity: Quantity | None) -> JsonObject | None:
    """Low, high (null is open above) and qualifier; None stays null."""
    if quantity is None:
        return None
    return {"low": quantity.low, "high": quantity.high, "qualifier": quantity.qualifier.value}


def read_quantity(raw: JsonObject | None) -> Quantity | None:
    """Reverse of `write_quantity`."""
    if raw is None:
        return None
    high = raw["high"]
    return Quantity(
        low=read_integer(raw["low"]),
        high=None if high is None else read_integer(high),
        qualifier=_QUALIFIERS[raw["qualifier"]],
    )


def write_interval(interval: Interval | None) -> JsonObject | None:
    """Start, end, precision and text; None stays null."""
    if interval is None:
        return None
    return {
        "start": format_time(interval.start),
        "end": format_time(interval.end),
        "precision": interval.precision.value,
        "text": interval.text,
    }


def read_interval(raw: JsonObject, pointer: str) -> Interval:
    """Reverse of `write_interval`; an interval that ends before it starts is `bad_time` at `pointer`."""
    start = parse_time(read_text(raw["start"]))
    end = parse_time(read_text(raw["end"]))
    if end < start:
        raise InvalidMessage(Reason.BAD_TIME, "the interval ends before it starts", pointer)
    return Interval(
        start=start, end=end, precision=_PRECISIONS[raw["precision"]], text=read_optional_text(raw["text"])
    )


def read_optional_interval(raw: JsonObject | None, pointer: str) -> Interval | None:
    """An interval or null."""
    return None if raw is None else read_interval(raw, pointer)


def write_actor(actor: Actor) -> JsonObject:
    """Id, side, text as written (null where inferred), whether it was inferred, and its usual name."""
    return {
        "id": actor.id,
        "side": actor.side,
        "text": actor.text,
        "inferred": actor.inferred,
        "name": actor.name,
    }


def read_actor(raw: JsonObject) -> Actor:
    """Reverse of `write_actor`."""
    return Actor(
        id=read_text(raw["id"]),
        side=read_text(raw["side"]),
        text=read_optional_text(raw["text"]),
        inferred=read_flag(raw["inferred"]),
        name=read_optional_text(raw["name"]),
    )


def write_weapon(weapon: Weapon) -> JsonObject:
    """As the value, except that `weapon_class` is called `class`."""
    return {
        "id": weapon.id,
        "name": weapon.name,
        "class": weapon.weapon_class,
        "count": write_quantity(weapon.count),
        "disposition": weapon.disposition.value,
    }


def read_weapon(raw: JsonObject) -> Weapon:
    """Reverse of `write_weapon`."""
    return Weapon(
        id=read_text(raw["id"]),
        name=read_text(raw["name"]),
        weapon_class=read_text(raw["class"]),
        count=read_quantity(raw["count"]),
        disposition=_DISPOSITIONS[raw["disposition"]],
    )


def write_site(site: Site) -> JsonObject:
    """Type and words."""
    return {"type": site.type.value, "text": site.text}


def read_site(raw: JsonObject) -> Site:
    """Reverse of `write_site`."""
    return Site(type=_SITE_TYPES[raw["type"]], text=read_text(raw["text"]))


def write_place(place: Place) -> JsonObject:
    """A resolved place, coordinates in degrees."""
    return {
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
        "text": place.text,
    }


def read_place(raw: JsonObject) -> Place:
    """Reverse of `write_place`."""
    lat, lon, geonameid = raw["lat"], raw["lon"], raw["geonameid"]
    return Place(
        name=read_text(raw["name"]),
        country=read_optional_text(raw["country"]),
        admin1=read_optional_text(raw["admin1"]),
        lat=None if lat is None else read_number(lat, -90, 90),
        lon=None if lon is None else read_number(lon, -180, 180),
        geonameid=None if geonameid is None else read_integer(geonameid),
        text=read_text(raw["text"]),
    )


def write_scope(scope: Scope) -> JsonObject:
    """Domains in their order, and the region."""
    return {"domains": [domain.value for domain in scope.domains], "region": scope.region}


def read_scope(raw: JsonObject) -> Scope:
    """Reverse of `write_scope`."""
    domains = read_list(raw["domains"], _DOMAINS.__getitem__)
    if not domains:
        detail = "a scope has at least one domain"
        raise ValueError(detail)
    return Scope(
        domains=domains,
        region=read_optional_text(raw["region"]),
    )
