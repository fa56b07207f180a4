"""What the lexicon holds: the values that the TOML files in `data/` are read into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from worker.event import Mode, SiteType

if TYPE_CHECKING:
    from collections.abc import Mapping


class ActorKind(StrEnum):
    """What an actor is."""

    STATE = "state"
    GROUP = "group"
    """An armed group, or a territory's forces, that fights under its own name."""
    ORGANISATION = "organisation"
    """The UN, the EU, the ICRC, …: speaks and mediates; only those marked so (NATO) fight."""


class AliasForm(StrEnum):
    """What kind of expression an alias is, which decides how it may be read."""

    NAME = "name"
    """The actor's name, abbreviation or spelling: "Russia", "RSF"."""
    DEMONYM = "demonym"
    """Adjective or people: "Russian", "Russians". "Russian" + "army" is composed by the extractor, not listed."""
    METONYM = "metonym"
    """A capital, palace or ministry used for its government: "Moscow", "the Kremlin", "the Pentagon"."""
    MILITARY = "military"
    """A force with a name of its own: "IDF", "Black Sea Fleet", "Quds Force"."""
    LEADER = "leader"
    """A person who speaks for the actor, between two dates."""


def within(since: date | None, until: date | None, on: date) -> bool:
    """Whether a day lies in [since, until); None is open."""
    return (since is None or since <= on) and (until is None or on < until)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """An actor. `side` is who it fights together with by default (its own id where alone)."""

    id: str
    name: str
    kind: ActorKind
    side: str
    countries: tuple[str, ...] = ()
    """ISO alpha-3 of the states where it is based or fights (a state: itself first)."""
    fights: bool = True
    """False for organisations that never are a belligerent."""
    since: date | None = None
    until: date | None = None
    affiliate_of: str | None = None
    """The movement that a group has sworn allegiance to: "an al-Qaeda affiliate" names it without its name."""
    branch_of: str | None = None
    """The movement that a group is a province of. Reasoning tells them apart, events name the movement."""
    drones: bool = False
    """A group that is known to attack with drones: of a drone that nobody named sent it may be who did."""
    ground: tuple[str, date] | None = None
    """The one part of its country that truces with it are about, and since when: the West Bank is not Hamas's to calm."""

    def existed(self, on: date) -> bool:
        """Whether it was there on a day, as far as is known."""
        return within(self.since, self.until, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorAlias:
    """One spelling of one actor, valid in [since, until) (None: open). Matching is case-sensitive."""

    text: str
    actor_id: str
    form: AliasForm
    since: date | None = None
    until: date | None = None
    shared: bool = False
    """Another actor goes by it on the same days ("SNA" in Syria and in Somalia): the context must decide."""

    def is_used(self, on: date) -> bool:
        """Whether it means the actor on a day."""
        return within(self.since, self.until, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeaponEntry:
    """A weapon system or a generic word for one."""

    id: str
    name: str
    weapon_class: str
    """drone, missile, rocket, bomb, artillery, mortar, mine, ied, gun, aircraft, ship, tank, air-defence, …"""
    mode: Mode
    """The mode of a strike made with it."""
    aliases: tuple[str, ...]
    """All spellings, singular and plural; matched without regard to case unless they hold a capital."""
    operators: tuple[str, ...] = ()
    """Actor ids that use it and hardly anyone else in the same war: may reveal an unnamed attacker."""
    guided: bool = False
    generic: bool = False
    launch: str = "ground"
    """Launched from: ground, air, sea, any."""
    returns: bool = False
    """Whether it flies home: a drone of this kind that is shot down is hit like an aircraft, not intercepted."""
    never: tuple[str, ...] = ()
    """Longer expressions that hold an alias and are no such weapon ("think tank"): they hide it.

    Same case rule; an expression that is an alias of any entry as well counts as that alias.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteEntry:
    """Words for one type of site, singular and plural, lower case."""

    type: SiteType
    nouns: tuple[str, ...]
    never: tuple[str, ...] = ()
    """Longer expressions that hold a noun and are no such site ("plant life"): they hide it, as above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictSide:
    """One side of a conflict: its id, which is an actor's, and all actor ids that fight on it, its own first."""

    id: str
    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ConflictEntry:
    """A known conflict between two sides, in [start, end) (end None: goes on)."""

    id: str
    """The two side ids in alphabetical order joined by "|"."""
    name: str
    topics: tuple[str, ...]
    """Names that headlines and topic lines give it: "Russo-Ukrainian War", "Gaza war"."""
    sides: tuple[ConflictSide, ConflictSide]
    start: date
    end: date | None = None
    theatre: tuple[str, ...] = ()
    """Places where it is fought: ISO alpha-3 of states, or "ISO:name" for a province or town of one.

    Parts beside their state are where it is chiefly fought; parts without it, where it is fought alone.
    """
    war: bool = False
    """Whether it costs a thousand lives in battle in a year for most of its time, which is what the field calls a war."""

    crime: bool = False
    """Whether it is one of a state and gangs: whoever shoots there without a name is a criminal."""
    coalition: str | None = None
    """The id of whom "the coalition" means in it."""

    @cached_property
    def countries(self) -> frozenset[str]:
        """The states that it is fought in, by ISO alpha-3."""
        return frozenset(place.split(":")[0] for place in self.theatre)

    def side_of(self, actor_id: str) -> str | None:
        """The id of the side that an actor fights on here, or None."""
        return self._sides.get(actor_id)

    @cached_property
    def _sides(self) -> Mapping[str, str]:
        return {member: side.id for side in reversed(self.sides) for member in side.members}

    def against(self, actor_id: str) -> ConflictSide:
        """The side that a member of the other one fights."""
        first, second = self.sides
        return second if actor_id in first.members else first

    def is_one_of(self, names: frozenset[str]) -> bool:
        """Whether one of some names of wars in small letters is one of its own."""
        return not names.isdisjoint(self.folded_topics)

    @cached_property
    def folded_topics(self) -> tuple[str, ...]:
        """Its names in small letters."""
        return tuple(topic.lower() for topic in self.topics)

    def active(self, on: date) -> bool:
        """Whether it is fought on that day."""
        return self.start <= on and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Land of a state that somebody else holds in [since, until): by the names of its places or of its first-level divisions."""

    holder: str
    """Id of the actor that holds it."""
    country: str
    """ISO alpha-3 of the state that it is counted to."""
    places: frozenset[str]
    admin1: frozenset[str]
    since: date
    until: date | None = None
    governs: bool = False
    """Whether the holder is what the state has for a government there: what others strike there strikes the state too."""

    def covers(self, name: str, admin1: str | None, country: str, on: date) -> bool:
        """Whether a place lies in it on that day."""
        known = country == self.country and (name in self.places or admin1 in self.admin1)
        return known and within(self.since, self.until, on)


class PlaceKind(StrEnum):
    """What a place is."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    """A state, province, oblast, governorate."""
    REGION = "region"
    """A named area that is not an administrative unit: Donbas, Gaza Strip, the Golan Heights."""
    CITY = "city"
    WATER = "water"
    """A sea, strait or gulf."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """One place of the gazetteer. `country` is ISO alpha-3, None for international waters."""

    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    geonameid: int | None = None
