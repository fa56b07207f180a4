"""What `data/held.toml` promises: known actors, land that the gazetteer knows, and who is hit where."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from worker.event import Place
from worker.lexicon import load_lexicon
from worker.lexicon.actors import load_actors
from worker.lexicon.entries import ActorKind, Holding
from worker.lexicon.holdings import load_holdings

LEXICON = load_lexicon()
TODAY = date(2025, 3, 19)


def _place(name: str, country: str | None, admin1: str | None = None) -> Place:
    return Place(name=name, country=country, admin1=admin1, text=name)


@pytest.mark.parametrize(
    ("place", "holder"),
    [
        (_place("Majdal Shams", "SYR", "Quneitra"), "ISR"),
        (_place("Golan Heights", "SYR"), "ISR"),
        (_place("Dzhankoy", "UKR", "Crimea"), "RUS"),
        (_place("Sevastopol", "UKR", "Sevastopol"), "RUS"),
        (_place("Tiraspol", "MDA"), "transnistria"),
        (_place("Sukhumi", "GEO", "Abkhazia"), "abkhazia"),
        (_place("Tskhinvali", "GEO"), "south-ossetia"),
        # the state's own, a namesake in another state, and the high seas
        (_place("Quneitra", "SYR", "Quneitra"), None),
        (_place("Kherson", "UKR", "Kherson Oblast"), None),
        (_place("Bender", "USA"), None),
        (_place("Black Sea", None), None),
    ],
)
def test_who_holds_a_place(place: Place, holder: str | None) -> None:
    assert LEXICON.holder_of(place, TODAY) == holder


@pytest.mark.parametrize("holding", LEXICON.holdings)
def test_land_is_held_from_its_first_day(holding: Holding) -> None:
    name, admin1 = next(iter(holding.places), "anywhere"), next(iter(holding.admin1), None)
    assert holding.covers(name, admin1, holding.country, holding.since)
    assert not holding.covers(name, admin1, holding.country, holding.since - timedelta(days=1))


def test_only_those_who_govern_bear_strikes_for_their_state() -> None:
    """Foreign strikes on Sanaa and Erbil are on Yemen and Iraq too; those on Mosul under IS were not on Iraq."""
    assert {h.holder for h in LEXICON.holdings if h.governs} == {"houthis", "kurdistan-region"}


def test_land_is_held_until_a_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"holder": "ARM", "country": "AZE", "places": ["Lachin"], "since": date(1992, 5, 18)}
    monkeypatch.setattr(
        "worker.lexicon.holdings.read_toml", lambda _: {"held": [{**entry, "until": date(2020, 12, 1)}]}
    )
    [holding] = load_holdings(load_actors()[0])
    assert holding.covers("Lachin", None, "AZE", date(2020, 11, 30))
    assert not holding.covers("Lachin", None, "AZE", date(2020, 12, 1))


def test_the_land_goes_by_the_names_of_the_gazetteer() -> None:
    """A place is compared by its name there: "Buq'ata" would never be met."""
    for holding in LEXICON.holdings:
        assert LEXICON.actors[holding.country].kind is ActorKind.STATE
        for name in holding.places:
            assert (name, holding.country) in {(p.name, p.country) for p in LEXICON.places.lookup(name)}
        for name in holding.admin1:
            assert (name, holding.country) in {(p.admin1, p.country) for p in LEXICON.places.lookup(name)}


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"holder": "nobody"}, "unknown actor 'nobody'"),
        ({"country": "XXX"}, "unknown actor 'XXX'"),
        ({"places": []}, "no land is named"),
    ],
)
def test_bad_entries_are_refused(fields: dict[str, Any], fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"holder": "RUS", "country": "UKR", "places": ["Yalta"], "since": date(2014, 3, 18), **fields}
    monkeypatch.setattr("worker.lexicon.holdings.read_toml", lambda _: {"held": [entry]})
    with pytest.raises(ValueError, match=fault):
        load_holdings(load_actors()[0])


@pytest.mark.parametrize(
    ("actor", "text", "force"),
    [
        ("un", "UNIFIL", True),
        ("un", "MONUSCO", True),
        ("un", "Blue Helmets", True),
        ("un", "UNRWA", False),
        ("un", "Security Council", False),
        ("un", None, False),
        ("RUS", "UNIFIL", False),
    ],
)
def test_a_force_is_told_from_whom_it_belongs_to(actor: str, text: str | None, force: bool) -> None:  # noqa: FBT001
    assert LEXICON.is_force(actor, text) is force
