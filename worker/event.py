"""What an article says happened: `StrikeEvent` and `DiplomacyEvent`, and the parts they are made of.

Plain values: frozen, compared by content, standard library only. How they look on the wire is in `worker/wire`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from worker.article import TextField


class Status(StrEnum):
    """How the text asserts an event."""

    ASSERTED = "asserted"
    """Reported as fact, also when a usual source (a health ministry, an air force on its own losses) says it."""
    CLAIMED = "claimed"
    """Only one party says so and the text presents it as its claim."""
    DENIED = "denied"
    """The text says it did not happen."""
    PLANNED = "planned"
    """Will happen, ordered, vowed as a decision."""
    THREATENED = "threatened"
    """Announced as a consequence."""
    HYPOTHETICAL = "hypothetical"
    """Hoped for, possible, conditional."""
    HISTORICAL = "historical"
    """Background: more than about 30 days before the article, anniversaries, trials."""


HAPPENED: Final = frozenset({Status.ASSERTED, Status.CLAIMED})
"""What is told as having happened, by itself or by a claim."""


class Precision(StrEnum):
    """How exactly the text fixes a time."""

    MINUTE = "minute"
    HOUR = "hour"
    """A clock hour, or "hours after"."""
    PART_OF_DAY = "part_of_day"
    """Morning, overnight, Tuesday night."""
    DAY = "day"
    WEEK = "week"
    """A few days to a week: "earlier this week", "since March 18"."""
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"
    """The text gives no time: the interval is the default of the kind of event."""


class Mode(StrEnum):
    """How a strike was carried out."""

    DRONE = "drone"
    MISSILE = "missile"
    AIRSTRIKE = "airstrike"
    ARTILLERY = "artillery"
    """Shelling, rockets, mortars, tanks."""
    NAVAL = "naval"
    BOMBING = "bombing"
    """Planted or carried explosives: IED, car bomb, suicide bomb."""
    GROUND = "ground"
    """Armed assault, raid, clash, gunfire between forces."""
    UNSPECIFIED = "unspecified"


class SiteType(StrEnum):
    """What kind of place was hit."""

    ENERGY = "energy"
    TRANSPORT = "transport"
    RESIDENTIAL = "residential"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    RELIGIOUS = "religious"
    MARKET = "market"
    MILITARY = "military"
    PORT = "port"
    AIRFIELD = "airfield"
    GOVERNMENT = "government"
    INDUSTRY = "industry"
    HUMANITARIAN = "humanitarian"
    CAMP = "camp"
    PRISON = "prison"
    MEDIA = "media"
    SHIP = "ship"
    NUCLEAR = "nuclear"
    OTHER = "other"


class Act(StrEnum):
    """What was done about a ceasefire or talks."""

    CEASEFIRE_AGREED = "ceasefire_agreed"
    CEASEFIRE_DECLARED = "ceasefire_declared"
    """By one side alone."""
    CEASEFIRE_IN_EFFECT = "ceasefire_in_effect"
    CEASEFIRE_EXTENDED = "ceasefire_extended"
    CEASEFIRE_PROPOSED = "ceasefire_proposed"
    CEASEFIRE_DEMANDED = "ceasefire_demanded"
    CEASEFIRE_REJECTED = "ceasefire_rejected"
    CEASEFIRE_ENDED = "ceasefire_ended"
    VIOLATION_ALLEGED = "violation_alleged"
    CEASEFIRE_MENTIONED = "ceasefire_mentioned"
    """An existing ceasefire is named in passing: "despite the truce"."""
    TALKS_SCHEDULED = "talks_scheduled"
    TALKS_HELD = "talks_held"
    TALKS_SUSPENDED = "talks_suspended"


class Domain(StrEnum):
    """What a ceasefire covers."""

    GENERAL = "general"
    ENERGY = "energy"
    INFRASTRUCTURE = "infrastructure"
    MARITIME = "maritime"
    AIR = "air"
    HUMANITARIAN = "humanitarian"
    HOSTAGES = "hostages"
    LOCAL = "local"
    HOLIDAY = "holiday"


class Qualifier(StrEnum):
    """How exactly a number is said."""

    EXACT = "exact"
    ABOUT = "about"
    """"about 40", "some 40", "nearly 40", and vague words ("dozens": low 24, high 99)."""
    AT_LEAST = "at_least"
    """"at least 40", "more than 40" (high is None)."""
    AT_MOST = "at_most"
    """"up to 40" (low 0 or 1, high 40)."""
    RANGE = "range"
    """"between 30 and 40"."""


class Disposition(StrEnum):
    """What became of the weapons."""

    LAUNCHED = "launched"
    INTERCEPTED = "intercepted"
    HIT = "hit"


class Order(StrEnum):
    """Where the text itself puts a strike relative to a ceasefire."""

    AFTER = "after"
    BEFORE = "before"
    DURING = "during"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A count as the text gives it: "at least 40" is (40, None, at_least). `high` None means open above."""

    low: int
    high: int | None
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """When something happened: [start, end) in UTC, the precision of the words, and the words (None if none)."""

    start: datetime
    end: datetime
    precision: Precision
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """How, and by whom, an event is asserted. `attributed_to` is the speaker as written, or None."""

    status: Status
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that justify an event: `text` is exactly `article.field(field)[start:end]`, in code points."""

    field: TextField
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The field's codes for an event, so that it can be joined with CAMEO, PLOVER and ACLED data."""

    cameo: str | None = None
    plover: str | None = None
    acled: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, group or organisation in a role.

    `id` is ISO 3166-1 alpha-3 for states, else a lower-case slug; `side` is who it fights together with.
    `text` is what is written ("the Kremlin"); None exactly where nothing is written and it was inferred.
    `name` is the usual English name of `id` ("Russia"), for titles; None where nobody knows one.
    """

    id: str
    side: str
    text: str | None = None
    inferred: bool = False
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weapon:
    """Weapons of one kind. `id` is the lexicon's ("shahed-136", or a generic "drone"), `name` as written."""

    id: str
    name: str
    weapon_class: str
    """Class of the lexicon: drone, missile, rocket, bomb, artillery, …; `class` on the wire."""
    count: Quantity | None = None
    disposition: Disposition = Disposition.LAUNCHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What was hit: its type and the words."""

    type: SiteType
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A resolved place. `country` is ISO alpha-3; coordinates in degrees (WGS 84); `text` as written."""

    name: str
    country: str | None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CeasefireRelation:
    """What the text says of a strike's order to a ceasefire; offsets of the cue in the field of the evidence."""

    order: Order
    cue: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a ceasefire covers: one or more domains, in the order of `Domain`.

    `region` is that of a local one, as written, or the territory that any other is about ("Gaza Strip").
    """

    domains: tuple[Domain, ...]
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRef:
    """What an event remembers of its article.

    `content_hash` is the hex BLAKE2b-128 of title and text; `fingerprint` is a 64-byte MinHash signature in
    hex (128 digits): the share of equal bytes at equal positions estimates the Jaccard similarity of two
    texts, so edited copies of one agency report can be recognised. Empty where the text is too short.
    """

    id: str
    url: str | None
    source: str
    published_at: datetime | None
    seen_at: datetime
    content_hash: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeEvent:
    """One side attacks another, as one article reports it. Opposed sides are always separate events."""

    event_id: str
    conflict: str | None
    """The two sides in alphabetical order, "RUS|UKR"; None where it stays unknown (published, not correlated)."""
    article: ArticleRef
    extractor: str
    event_time: Interval
    assertion: Assertion
    confidence: float
    evidence: tuple[Evidence, ...]
    codes: Codes
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    mode: Mode
    weapons: tuple[Weapon, ...] = ()
    sites: tuple[Site, ...] = ()
    places: tuple[Place, ...] = ()
    killed: Quantity | None = None
    injured: Quantity | None = None
    intercepted: bool = False
    ceasefire_relation: CeasefireRelation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiplomacyEvent:
    """An act about a ceasefire or talks, as one article reports it. A mediator is never a party."""

    event_id: str
    conflict: str | None
    article: ArticleRef
    extractor: str
    event_time: Interval
    """When the act happened (was agreed, declared, demanded, …)."""
    assertion: Assertion
    confidence: float
    evidence: tuple[Evidence, ...]
    codes: Codes
    act: Act
    parties: tuple[Actor, ...]
    """The belligerents the ceasefire or the talks are between."""
    bound: tuple[Actor, ...] = ()
    """Those of the parties that have undertaken it."""
    rejecting: tuple[Actor, ...] = ()
    speaker: tuple[Actor, ...] = ()
    mediators: tuple[Actor, ...] = ()
    scope: Scope = Scope(domains=(Domain.GENERAL,))
    declared_at: Interval | None = None
    effective_from: Interval | None = None
    effective_until: Interval | None = None
    duration: timedelta | None = None
    venue: str | None = None


Event = StrikeEvent | DiplomacyEvent
