"""Who fights whom where two sides are told of, and what is no fight."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import day, diplomacy, pairs, told


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        (
            "Two soldiers died in clashes that erupted between the army and M23 rebels near Sake.",
            (2025, 2, 4),
            {("COD", "m23"), ("m23", "COD")},
        ),
        (
            "Three villagers were killed in clashes between the army and rebels near Sake.",
            (2025, 2, 4),
            {("COD", "m23"), ("m23", "COD")},
        ),
        (
            "A Pakistani policeman was killed in a gun battle with militants outside Peshawar.",
            (2025, 2, 4),
            {("PAK", "ttp"), ("ttp", "PAK")},
        ),
        (
            "Four villagers were killed when fighting broke out between American troops and insurgents in Ramadi.",
            (2006, 5, 4),
            {("USA", "iraqi-insurgents"), ("iraqi-insurgents", "USA")},
        ),
        ("A French policeman was hurt in clashes with demonstrators in Lyon.", (2025, 2, 4), set()),
    ],
)
def test_both_sides_of_a_clash(text: str, on: tuple[int, int, int], expected: set[tuple[str, str]]) -> None:
    assert pairs(text, on=day(*on)) == expected


@pytest.mark.parametrize(
    ("text", "foe"),
    [
        ("Nigerian and Cameroonian soldiers fought Boko Haram near Mora.", "boko-haram"),
        ("American and Iraqi troops battled militants in Mosul.", "isis"),
        ("Russian and Syrian forces clashed with Islamic State fighters near Palmyra.", "isis"),
    ],
)
def test_allies_who_fight_somebody_are_one_side(text: str, foe: str) -> None:
    found = told(text, on=day(2016, 11, 4))
    sides = {frozenset(a.id for a in e.actors) for e in found}
    assert len(found) == 2
    assert frozenset({foe}) in sides
    assert all(len(side) == 2 for side in sides - {frozenset({foe})})


@pytest.mark.parametrize(
    "text",
    [
        "Two Russian bankers are fighting extradition to the United States on fraud charges.",
        "Israel's government battles to keep prices down.",
        "Pakistan's premier went to Kabul to discuss fighting terrorism and trade.",
        "The Russian and the Ukrainian president clashed over the terms of a deal.",
        "India and Pakistan clashed over how to share the river's water.",
        "The United States bombarded Iran with new demands.",
        "Israel's centre sank both free throws against Iran.",
        "Pakistan has test fired a missile that can reach most cities in India.",
        "Afghan forces captured two commanders of the Islamic State.",
        "French soldiers clashed with protesters in Abidjan.",
    ],
)
def test_figures_of_speech_are_no_fights(text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ministers from Japan and the United States want a truce in the row over aid for aircraft makers.",
        "Israeli players and owners reached a deal to end the strike that began in Lebanon in May.",
    ],
)
def test_peace_among_traders_and_players_is_no_ceasefire(text: str) -> None:
    assert not diplomacy(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # where it was, not who did it
        ("Two American soldiers were killed in a Syria attack by Islamic State.", {("isis", "USA")}),
        (
            "A drone strike killed four people in Sumy as the German chancellor began a visit.",
            {("RUS", "UKR")},
        ),
        ("Pakistani troops shelled two hideouts of the TTP near the Afghan border.", {("PAK", "ttp")}),
        # allies in one noun
        (
            "Battles between M23 and Congolese and Burundian troops killed nine people near Uvira.",
            {("m23", "COD"), ("m23", "BDI"), ("COD", "m23"), ("BDI", "m23")},
        ),
        ("A bomb hit a bus carrying Turkish soldiers in Hakkari.", {(None, "TUR")}),
    ],
)
def test_who_is_told_apart_from_who_is_near(text: str, expected: set[tuple[str | None, str]]) -> None:
    assert pairs(text, on=day(2025, 2, 4)) == expected
