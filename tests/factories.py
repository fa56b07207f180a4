"""Small events for tests: every field has a dull default, a test names only what it is about.

Times may be given as text ("2025-03-18T20:00"); they are read as UTC. An actor may be given as its id
("RUS"), or as "id@side" where the two differ ("hezbollah@LBN").
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from worker.article import TextField
from worker.event import (
    Act,
    Actor,
    ArticleRef,
    Assertion,
    CeasefireRelation,
    Codes,
    DiplomacyEvent,
    Disposition,
    Domain,
    Evidence,
    Interval,
    Mode,
    Order,
    Place,
    Precision,
    Quantity,
    Scope,
    Site,
    SiteType,
    Status,
    StrikeEvent,
    Weapon,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

E = TypeVar("E", StrikeEvent, DiplomacyEvent)

PUBLISHED = datetime(2025, 3, 19, 12, tzinfo=UTC)
"""When an article is published unless a test says otherwise."""

NAMES = {
    "RUS": "Russia",
    "UKR": "Ukraine",
    "USA": "the United States",
    "ISR": "Israel",
    "LBN": "Lebanon",
    "IND": "India",
    "PAK": "Pakistan",
    "hamas": "Hamas",
    "hezbollah": "Hezbollah",
    "houthis": "the Houthis",
}


def utc(moment: datetime | str) -> datetime:
    """A moment in UTC; text without an offset is taken to be UTC."""
    value = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def make_interval(
    start: datetime | str,
    end: datetime | str | None = None,
    *,
    precision: Precision = Precision.HOUR,
    text: str | None = None,
) -> Interval:
    """[start, end); an hour long where no end is given."""
    begin = utc(start)
    return Interval(
        start=begin,
        end=begin + timedelta(hours=1) if end is None else utc(end),
        precision=precision,
        text=text,
    )


def make_day(day: str) -> Interval:
    """Make the interval of a whole UTC day, like "2025-03-18"."""
    begin = utc(day)
    return Interval(start=begin, end=begin + timedelta(days=1), precision=Precision.DAY, text=day)


def make_actor(spec: Actor | str, *, inferred: bool = False) -> Actor:
    """An actor from "RUS" or "hezbollah@LBN"; an inferred one has no text."""
    if isinstance(spec, Actor):
        return spec
    actor_id, _, side = spec.partition("@")
    name = NAMES.get(actor_id)
    return Actor(
        id=actor_id,
        side=side or actor_id,
        text=None if inferred else name or actor_id,
        inferred=inferred,
        name=name,
    )


def make_actors(specs: Iterable[Actor | str]) -> tuple[Actor, ...]:
    """Several actors, see `make_actor`."""
    return tuple(make_actor(spec) for spec in specs)


def make_article_ref(  # noqa: PLR0913  (a factory: every field can be named)
    article_id: str = "a1",
    *,
    source: str | None = None,
    published_at: datetime | str | None = PUBLISHED,
    seen_at: datetime | str | None = None,
    content_hash: str | None = None,
    fingerprint: str | None = None,
) -> ArticleRef:
    """An article of an outlet of its own, seen five minutes after it was published.

    The fingerprint is unlike that of every other article id unless one is given.
    """
    published = None if published_at is None else utc(published_at)
    seen = (published or PUBLISHED) + timedelta(minutes=5) if seen_at is None else utc(seen_at)
    return ArticleRef(
        id=article_id,
        url=f"https://news.example/{article_id}",
        source=f"outlet-{article_id}" if source is None else source,
        published_at=published,
        seen_at=seen,
        content_hash=_digest(f"{article_id}/1", 16) if content_hash is None else content_hash,
        fingerprint=_digest(article_id, 64) if fingerprint is None else fingerprint,
    )


def make_conflict(*sides: str) -> str:
    """The conflict key of two sides, in alphabetical order."""
    return "|".join(sorted(sides))


def make_weapon(
    weapon_class: str,
    count: int | Quantity | None = None,
    *,
    weapon_id: str | None = None,
    disposition: Disposition = Disposition.LAUNCHED,
) -> Weapon:
    """Weapons of a class; `count` a plain number or a Quantity."""
    quantity = Quantity(low=count, high=count) if isinstance(count, int) else count
    return Weapon(
        id=weapon_id or weapon_class,
        name=weapon_id or weapon_class,
        weapon_class=weapon_class,
        count=quantity,
        disposition=disposition,
    )


def make_place(name: str, country: str | None = "UKR", admin1: str | None = None) -> Place:
    """A place without coordinates."""
    return Place(name=name, country=country, admin1=admin1, text=name)


def make_relation(order: Order | str, cue: str = "hours after") -> CeasefireRelation:
    """What the text itself says of the order."""
    return CeasefireRelation(order=Order(order), cue=cue, start=0, end=len(cue))


def make_strike(  # noqa: PLR0913  (a factory: every field can be named)
    actors: Iterable[Actor | str] = ("RUS",),
    recipients: Iterable[Actor | str] = ("UKR",),
    *,
    conflict: str | None = "RUS|UKR",
    article: ArticleRef | None = None,
    event_time: Interval | None = None,
    status: Status | str = Status.ASSERTED,
    attributed_to: str | None = None,
    mode: Mode | str = Mode.DRONE,
    weapons: Iterable[Weapon] = (),
    sites: Iterable[SiteType | str] = (),
    places: Iterable[Place] = (),
    killed: Quantity | None = None,
    injured: Quantity | None = None,
    intercepted: bool = False,
    relation: Order | str | None = None,
    event_id: str | None = None,
    text: str = "Drones hit the city.",
) -> StrikeEvent:
    """A strike; without `event_time` undated: [published - 36 h, published), precision unknown.

    The id follows from the content, as that of a real event does.
    """
    ref = article or make_article_ref()
    event = StrikeEvent(
        event_id="",
        conflict=conflict,
        article=ref,
        extractor="test",
        event_time=event_time or _undated(ref),
        assertion=Assertion(status=Status(status), attributed_to=attributed_to),
        confidence=0.9,
        evidence=(_evidence(text),),
        codes=Codes(),
        actors=make_actors(actors),
        recipients=make_actors(recipients),
        mode=Mode(mode),
        weapons=tuple(weapons),
        sites=tuple(Site(type=SiteType(site), text=str(site)) for site in sites),
        places=tuple(places),
        killed=killed,
        injured=injured,
        intercepted=intercepted,
        ceasefire_relation=None if relation is None else make_relation(relation),
    )
    return _with_id(event, event_id)


def make_diplomacy(  # noqa: PLR0913  (a factory: every field can be named)
    act: Act | str = Act.CEASEFIRE_AGREED,
    parties: Iterable[Actor | str] = ("RUS", "UKR"),
    *,
    bound: Iterable[Actor | str] = (),
    rejecting: Iterable[Actor | str] = (),
    speaker: Iterable[Actor | str] = (),
    mediators: Iterable[Actor | str] = (),
    conflict: str | None = "RUS|UKR",
    article: ArticleRef | None = None,
    event_time: Interval | None = None,
    status: Status | str = Status.ASSERTED,
    attributed_to: str | None = None,
    domains: Iterable[Domain | str] = (Domain.GENERAL,),
    region: str | None = None,
    declared_at: Interval | None = None,
    effective_from: Interval | None = None,
    effective_until: Interval | None = None,
    duration: timedelta | None = None,
    venue: str | None = None,
    event_id: str | None = None,
    text: str = "The two sides agreed to a ceasefire.",
) -> DiplomacyEvent:
    """An act about a ceasefire; without `event_time` it is undated like a strike."""
    ref = article or make_article_ref()
    event = DiplomacyEvent(
        event_id="",
        conflict=conflict,
        article=ref,
        extractor="test",
        event_time=event_time or declared_at or _undated(ref),
        assertion=Assertion(status=Status(status), attributed_to=attributed_to),
        confidence=0.9,
        evidence=(_evidence(text),),
        codes=Codes(),
        act=Act(act),
        parties=make_actors(parties),
        bound=make_actors(bound),
        rejecting=make_actors(rejecting),
        speaker=make_actors(speaker),
        mediators=make_actors(mediators),
        scope=Scope(domains=tuple(Domain(domain) for domain in domains), region=region),
        declared_at=declared_at,
        effective_from=effective_from,
        effective_until=effective_until,
        duration=duration,
        venue=venue,
    )
    return _with_id(event, event_id)


def _undated(ref: ArticleRef) -> Interval:
    reference = ref.published_at or ref.seen_at
    return Interval(
        start=reference - timedelta(hours=36), end=reference, precision=Precision.UNKNOWN, text=None
    )


def _evidence(text: str) -> Evidence:
    return Evidence(field=TextField.TEXT, text=text, start=0, end=len(text))


def _digest(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode(), digest_size=size).hexdigest()


def _with_id(event: E, event_id: str | None) -> E:
    return replace(event, event_id=event_id or _digest(repr(event), 12))
