"""The parts that events and alerts share, as plain values and back.

`write_*` gives what a JSON text can hold; `read_*` is the reverse, from the shape that the text was decoded into:
types and bounds are checked there, what only a calendar knows is checked here, with ValueError.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from worker.event import Actor, Interval, Place, Quantity, Scope, Site, Weapon
from worker.wire.errors import InvalidMessage, Reason
from worker.wire.times import format_time, parse_time

if TYPE_CHECKING:
    from datetime import datetime

    from worker.wire import shapes
    from worker.wire.jsontext import JsonObject

made_once = lru_cache(maxsize=8192)
"""What is said again and again (actors, places, the article of several events) is one value, and so takes room once."""


def write_quantity(quantity: Quantity | None) -> JsonObject | None:
    """Low, high (null is open above) and qualifier; None stays null."""
    if quantity is None:
        return None
    return {"low": quantity.low, "high": quantity.high, "qualifier": quantity.qualifier.value}


@made_once
def read_quantity(shape: shapes.Quantity) -> Quantity:
    """Reverse of `write_quantity`."""
    return Quantity(low=shape.low, high=shape.high, qualifier=shape.qualifier)


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


def read_interval(shape: shapes.Interval, pointer: str) -> Interval:
    """Reverse of `write_interval`; an interval that ends before it starts is `bad_time` at `pointer`."""
    start, end = parse_time(shape.start), parse_time(shape.end)
    if end < start:
        raise InvalidMessage(Reason.BAD_TIME, "the interval ends before it starts", pointer)
    return Interval(start=start, end=end, precision=shape.precision, text=shape.text)


def read_optional_interval(shape: shapes.Interval | None, pointer: str) -> Interval | None:
    """An interval or null."""
    return None if shape is None else read_interval(shape, pointer)


def read_optional_time(text: str | None) -> datetime | None:
    """A time or null."""
    return None if text is None else parse_time(text)


def write_actor(actor: Actor) -> JsonObject:
    """Id, side, text as written (null where inferred), whether it was inferred, and its usual name."""
    return {
        "id": actor.id,
        "side": actor.side,
        "text": actor.text,
        "inferred": actor.inferred,
        "name": actor.name,
    }


@made_once
def read_actor(shape: shapes.Actor) -> Actor:
    """Reverse of `write_actor`."""
    return Actor(id=shape.id, side=shape.side, text=shape.text, inferred=shape.inferred, name=shape.name)


def read_actors(those: tuple[shapes.Actor, ...]) -> tuple[Actor, ...]:
    """One by one."""
    return tuple([read_actor(shape) for shape in those])


def write_weapon(weapon: Weapon) -> JsonObject:
    """As the value, except that `weapon_class` is called `class`."""
    return {
        "id": weapon.id,
        "name": weapon.name,
        "class": weapon.weapon_class,
        "count": write_quantity(weapon.count),
        "disposition": weapon.disposition.value,
    }


@made_once
def read_weapon(shape: shapes.Weapon) -> Weapon:
    """Reverse of `write_weapon`."""
    return Weapon(
        id=shape.id,
        name=shape.name,
        weapon_class=shape.weapon_class,
        count=None if shape.count is None else read_quantity(shape.count),
        disposition=shape.disposition,
    )


def read_weapons(those: tuple[shapes.Weapon, ...]) -> tuple[Weapon, ...]:
    """One by one."""
    return tuple([read_weapon(shape) for shape in those])


def write_site(site: Site) -> JsonObject:
    """Type and words."""
    return {"type": site.type.value, "text": site.text}


@made_once
def read_site(shape: shapes.Site) -> Site:
    """Reverse of `write_site`."""
    return Site(type=shape.type, text=shape.text)


def read_sites(those: tuple[shapes.Site, ...]) -> tuple[Site, ...]:
    """One by one."""
    return tuple([read_site(shape) for shape in those])


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


@made_once
def read_place(shape: shapes.Place) -> Place:
    """Reverse of `write_place`; -0.0, which is equal to 0.0, becomes it, so that both are one value indeed."""
    return Place(
        name=shape.name,
        country=shape.country,
        admin1=shape.admin1,
        lat=None if shape.lat is None else shape.lat + 0.0,
        lon=None if shape.lon is None else shape.lon + 0.0,
        geonameid=shape.geonameid,
        text=shape.text,
    )


def read_places(those: tuple[shapes.Place, ...]) -> tuple[Place, ...]:
    """One by one."""
    return tuple([read_place(shape) for shape in those])


def write_scope(scope: Scope) -> JsonObject:
    """Domains in their order, and the region."""
    return {"domains": [domain.value for domain in scope.domains], "region": scope.region}


def read_scope(shape: shapes.Scope) -> Scope:
    """Reverse of `write_scope`."""
    return Scope(domains=shape.domains, region=shape.region)
