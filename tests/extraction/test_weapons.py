"""Weapons: which, how many, and what became of them."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import strikes

_PARAMETERS = [
    (
        "Russia fired 21 missiles and 51 drones at Ukraine overnight.",
        {("missile", 21, "launched"), ("drone", 51, "launched")},
    ),
    (
        "Russia attacked Ukraine with 2 ballistic missiles, 4 S-300 guided missiles and 145 Shahed drones.",
        {("ballistic-missile", 2, "launched"), ("s-300", 4, "launched"), ("shahed-136", 145, "launched")},
    ),
    ("Hezbollah fired a barrage of 40 rockets at northern Israel.", {("rocket", 40, "launched")}),
    ("Russia launched a wave of drones at Kyiv.", {("drone", None, "launched")}),
    ("Russia launched two waves of drones at Odesa.", {("drone", None, "launched")}),
    ("The Houthis fired a ballistic missile at Tel Aviv.", {("ballistic-missile", 1, "launched")}),
    ("Dozens of Russian drones attacked Kyiv, the mayor said.", {("drone", 24, "launched")}),
    (
        "Ukraine's air force shot down all 15 Shahed drones launched by Russia.",
        {("shahed-136", 15, "intercepted")},
    ),
    (
        "Ukrainian forces say that they shot down seven of the ten Russian missiles.",
        {("missile", 7, "intercepted"), ("missile", 10, "launched")},
    ),
    (
        "Russia launched 40 drones at Ukraine, 32 of which were shot down.",
        {("drone", 40, "launched"), ("drone", 32, "intercepted")},
    ),
    (
        "Hamas destroyed an Israeli troop carrier with a Al-Yassin 105 anti-tank missile, killing several troops.",
        {("al-yassin-105", 1, "launched")},
    ),
    (
        "Russia launched a massive missile and drone attack on Kyiv.",
        {("missile", None, "launched"), ("drone", None, "launched")},
    ),
]


@pytest.mark.parametrize(("text", "weapons"), _PARAMETERS, ids=[text[:40] for text, _ in _PARAMETERS])
def test_weapons_of_a_strike(text: str, weapons: set[tuple[str, int | None, str]]) -> None:
    """Every kind with its own count; a wave is not one drone; a part is told beside the whole."""
    found = {
        (w.id, w.count.low if w.count else None, w.disposition.value)
        for e in strikes(text)[:1]
        for w in e.weapons
    }
    assert found == weapons


def test_counts_of_the_next_sentence() -> None:
    """What was fired, told just after the attack, is the attack's."""
    [event] = strikes(
        "Houthi forces attacked the Israeli port of Eilat. They launched five ballistic missiles in total."
    )
    assert [w.count.low for w in event.weapons if w.count] == [5]
