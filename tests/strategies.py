"""Hypothesis strategies for the domain values: everything that the types and the wire allow.

Values are well-formed (intervals start before they end, texts hold no lone surrogates) but need not be
plausible; tests that want plausible ones build them with `tests.factories`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from hypothesis import strategies as st

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
from worker.article import Article, TextField
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
    Event,
    Evidence,
    Interval,
    Mode,
    Order,
    Place,
    Precision,
    Qualifier,
    Quantity,
    Scope,
    Site,
    SiteType,
    Status,
    StrikeEvent,
    Weapon,
)

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

ALWAYS = datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)
"""The times an article may carry."""


def texts(max_size: int = 20) -> st.SearchStrategy[str]:
    """Any Unicode text that UTF-8 can write, null characters included."""
    return st.text(st.characters(codec="utf-8"), max_size=max_size)


def ids() -> st.SearchStrategy[str]:
    """Identifiers: not empty, no control characters."""
    return st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)


def members(kind: type[E]) -> st.SearchStrategy[E]:
    """Members of an enumeration."""
    return st.sampled_from(list(kind))


def optional(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """Either None or a value."""
    return st.none() | strategy


def some(strategy: st.SearchStrategy[T], max_size: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    """From none to a few values."""
    return st.lists(strategy, max_size=max_size).map(tuple)


def times() -> st.SearchStrategy[datetime]:
    """UTC times with microseconds."""
    first, last = ALWAYS
    return st.datetimes(first.replace(tzinfo=None), last.replace(tzinfo=None), timezones=st.just(UTC))


def durations() -> st.SearchStrategy[timedelta]:
    """Durations from zero to a hundred years, to the microsecond."""
    return st.timedeltas(timedelta(0), timedelta(days=36_525))


def numbers() -> st.SearchStrategy[int]:
    """Counts up to the largest that every JSON reader keeps exact."""
    return st.integers(0, 300) | st.integers(0, 2**53 - 1)


def quantities() -> st.SearchStrategy[Quantity]:
    """Counts, open above or not."""
    return st.builds(Quantity, low=numbers(), high=optional(numbers()), qualifier=members(Qualifier))


def intervals() -> st.SearchStrategy[Interval]:
    """Intervals that start before they end, or are empty."""
    return st.builds(
        lambda ends, precision, text: Interval(
            start=min(ends), end=max(ends), precision=precision, text=text
        ),
        st.tuples(times(), times()),
        members(Precision),
        optional(texts()),
    )


def actors() -> st.SearchStrategy[Actor]:
    """Actors, written or inferred."""
    return st.builds(
        Actor, id=ids(), side=ids(), text=optional(texts()), inferred=st.booleans(), name=optional(texts())
    )


def weapons() -> st.SearchStrategy[Weapon]:
    """Weapons with or without a count."""
    return st.builds(
        Weapon,
        id=ids(),
        name=texts(),
        weapon_class=ids(),
        count=optional(quantities()),
        disposition=members(Disposition),
    )


def sites() -> st.SearchStrategy[Site]:
    """Sites of every type."""
    return st.builds(Site, type=members(SiteType), text=texts())


def places() -> st.SearchStrategy[Place]:
    """Places with or without coordinates."""
    return st.builds(
        Place,
        name=texts(),
        country=optional(texts(3)),
        admin1=optional(texts()),
        lat=optional(st.floats(-90, 90)),
        lon=optional(st.floats(-180, 180)),
        geonameid=optional(numbers()),
        text=texts(),
    )


def scopes() -> st.SearchStrategy[Scope]:
    """One or more domains, each once, in their order."""
    domains = st.sets(members(Domain), min_size=1).map(
        lambda chosen: tuple(domain for domain in Domain if domain in chosen)
    )
    return st.builds(Scope, domains=domains, region=optional(texts()))


def article_refs() -> st.SearchStrategy[ArticleRef]:
    """What an event remembers of its article."""
    return st.builds(
        ArticleRef,
        id=ids(),
        url=optional(texts()),
        source=texts(),
        published_at=optional(times()),
        seen_at=times(),
        content_hash=st.binary(min_size=16, max_size=16).map(bytes.hex),
        fingerprint=st.just("") | st.binary(min_size=64, max_size=64).map(bytes.hex),
    )


def articles() -> st.SearchStrategy[Article]:
    """Articles as the decoder gives them."""
    return st.builds(
        Article,
        article_id=ids(),
        url=optional(texts()),
        source=texts().filter(bool),
        title=optional(texts()),
        text=texts(200),
        published_at=optional(times()),
        seen_at=times(),
        language=st.none() | st.sampled_from(["en", "uk", "ar", "tlh"]),
    )


def _shared() -> dict[str, st.SearchStrategy[object]]:
    """The fields that both kinds of event have."""
    return {
        "event_id": ids(),
        "conflict": optional(texts()),
        "article": article_refs(),
        "extractor": texts(),
        "event_time": intervals(),
        "assertion": st.builds(Assertion, status=members(Status), attributed_to=optional(texts())),
        "confidence": st.floats(0, 1),
        "evidence": some(
            st.builds(Evidence, field=members(TextField), text=texts(), start=numbers(), end=numbers())
        ),
        "codes": st.builds(Codes, cameo=optional(texts()), plover=optional(texts()), acled=optional(texts())),
    }


def strike_events() -> st.SearchStrategy[StrikeEvent]:
    """Strikes with every field filled in some way."""
    relations = st.builds(
        CeasefireRelation, order=members(Order), cue=texts(), start=numbers(), end=numbers()
    )
    return st.builds(
        StrikeEvent,
        **_shared(),
        actors=some(actors()),
        recipients=some(actors()),
        mode=members(Mode),
        weapons=some(weapons()),
        sites=some(sites()),
        places=some(places()),
        killed=optional(quantities()),
        injured=optional(quantities()),
        intercepted=st.booleans(),
        ceasefire_relation=optional(relations),
    )


def diplomacy_events() -> st.SearchStrategy[DiplomacyEvent]:
    """Acts of diplomacy with every field filled in some way."""
    return st.builds(
        DiplomacyEvent,
        **_shared(),
        act=members(Act),
        parties=some(actors()),
        bound=some(actors()),
        rejecting=some(actors(), 1),
        speaker=some(actors(), 1),
        mediators=some(actors(), 1),
        scope=scopes(),
        declared_at=optional(intervals()),
        effective_from=optional(intervals()),
        effective_until=optional(intervals()),
        duration=optional(durations()),
        venue=optional(texts()),
    )


def events() -> st.SearchStrategy[Event]:
    """Events of both kinds."""
    return strike_events() | diplomacy_events()


def alerts() -> st.SearchStrategy[Alert]:
    """Alerts with every field filled in some way."""
    ceasefires = st.builds(
        AlertCeasefire,
        id=ids(),
        act=members(Act),
        parties=some(actors()),
        bound=some(actors()),
        mediators=some(actors(), 1),
        scope=scopes(),
        declared_at=intervals(),
        effective_from=intervals(),
        effective_until=optional(intervals()),
        status=members(CeasefireStatus),
        origin=members(Origin),
    )
    incidents = st.builds(
        AlertIncident,
        id=ids(),
        actors=some(actors()),
        recipients=some(actors()),
        event_time=intervals(),
        modes=some(members(Mode)),
        weapons=some(weapons()),
        sites=some(sites()),
        places=some(places()),
        killed=optional(quantities()),
        injured=optional(quantities()),
        reports=numbers(),
        independent_sources=numbers(),
    )
    evidence = st.builds(
        AlertEvidence,
        article_id=ids(),
        url=optional(texts()),
        source=texts(),
        published_at=optional(times()),
        field=members(TextField).map(lambda field: field.value),
        text=texts(),
        start=numbers(),
        end=numbers(),
    )
    return st.builds(
        Alert,
        alert_id=ids(),
        revision=numbers(),
        status=members(AlertStatus),
        rule=ids(),
        severity=members(Severity),
        title=texts(),
        conflict=texts(),
        ceasefire=ceasefires,
        incident=incidents,
        lag=durations(),
        order=members(AlertOrder),
        in_scope=members(InScope),
        evidence=some(evidence),
        superseded_by=optional(ids()),
        engine=texts(),
        first_seen_at=times(),
        updated_at=times(),
    )
