"""Where: names that stand for a place, resolved by what the article is about."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import day, strikes


def _places(text: str) -> set[tuple[str, str | None]]:
    return {(p.name, p.country) for e in strikes(text) for p in e.places}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Russian missiles hit the Ukrainian city of Kharkiv.", ("Kharkiv", "UKR")),
        ("Israeli jets struck Tyre in southern Lebanon.", ("Tyre", "LBN")),
        ("An airstrike by Turkey hit Tel Rifaat in Syria.", ("Tall Rifat", "SYR")),
        ("Ukrainian drones attacked Tula in Russia.", ("Tula", "RUS")),
    ],
)
def test_place(text: str, place: tuple[str, str]) -> None:
    assert place[1] in {country for _, country in _places(text)}


def test_a_quarter_named_after_a_land_is_not_there() -> None:
    text = "RSF drones hit the Kashmir neighbourhood of Kadugli in Sudan."
    assert {country for _, country in _places(text)} == {"SDN"}


def test_a_ministry_of_health_counts_the_dead_of_its_own_land() -> None:
    """There is a Haris in the West Bank, too."""
    text = "Lebanon's Health Ministry said an Israeli strike on the village of Haris killed five people."
    assert {r.id for e in strikes(text) for r in e.recipients} == {"LBN"}


def test_coordinates_are_those_of_the_town() -> None:
    (event,) = strikes("Russian missiles hit the Ukrainian city of Kharkiv.")
    place = next(p for p in event.places if p.name.startswith("Khark"))
    assert place.lat == pytest.approx(49.98, abs=0.2)
    assert place.lon == pytest.approx(36.25, abs=0.3)


def test_where_a_weapon_comes_from_is_not_where_it_lands() -> None:
    assert ("Yemen", "YEM") not in _places("A missile fired from Yemen hit the Israeli city of Eilat.")


def test_a_group_is_no_town() -> None:
    assert not [name for name, _ in _places("Israel attacked Hamas in Gaza City.") if name.startswith("Hamm")]


def test_a_newspaper_is_no_place() -> None:
    text = "Russia attacked Odesa with drones, the Washington Post reported."
    assert "USA" not in {country for _, country in _places(text)}


@pytest.mark.parametrize(
    ("text", "on", "country"),
    [
        ("Israel bombed Rafah on Sunday.", (2024, 5, 20), "PSE"),
        ("Israel attacked Tyre with drones.", (2024, 11, 10), "LBN"),
        ("Israeli jets bombed Jabalia overnight.", (2023, 11, 10), "PSE"),
        # no war of Israel's, whatever else is called Tripoli
        ("Israel attacked Tripoli with drones.", (2024, 5, 20), "LBY"),
    ],
)
def test_a_town_in_a_war_of_those_named_is_known_by_its_name(
    text: str, on: tuple[int, int, int], country: str
) -> None:
    assert {p.country for e in strikes(text, on=day(*on)) for p in e.places} == {country}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A Russian missile landed beside a school in Sumy, Ukraine.", "UKR"),
        ("Damascus came under attack from Israeli jets.", "SYR"),
        ("Kyiv woke to an attack by Russian drones.", "UKR"),
        ("Kyiv attacked Belgorod with drones, Russia said.", "RUS"),
        ("Islamabad broke the truce with India when it shelled a village near Poonch.", "IND"),
    ],
)
def test_a_capital_that_suffers_is_a_place_one_that_acts_is_its_state(text: str, country: str) -> None:
    assert {c for _, c in _places(text)} == {country}
