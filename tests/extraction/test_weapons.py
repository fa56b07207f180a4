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
        "Russia launched 90 drones and 12 missiles at Ukraine, of which 70 drones and 5 missiles were shot down.",
        {
            ("drone", 90, "launched"),
            ("drone", 70, "intercepted"),
            ("missile", 12, "launched"),
            ("missile", 5, "intercepted"),
        },
    ),
    (
        "Russia launched 30 drones at Ukraine; 10 drones hit houses and 3 missiles were shot down.",
        {("drone", 30, "launched")},
    ),
    (
        "Russia attacked Ukraine with its largest salvo of the month: 61 drones, four Kalibr missiles and a bomb.",
        {("drone", 61, "launched"), ("kalibr", 4, "launched"), ("bomb", 1, "launched")},
    ),
    (
        "The Russian attack on Ukraine comprised 40 drones and six ballistic missiles.",
        {("drone", 40, "launched"), ("ballistic-missile", 6, "launched")},
    ),
    (
        "Russia launched one of its largest attacks on Kyiv, deploying 60 missiles and 300 drones.",
        {("missile", 60, "launched"), ("drone", 300, "launched")},
    ),
    (
        "Russia raised its toll with 410 drones and nine missiles launched at Ukraine.",
        {("drone", 410, "launched"), ("missile", 9, "launched")},
    ),
    (
        "Israel bombed a base near Homs in Syria, using the drones of an ally to film it.",
        {("drone", None, "launched")},
    ),
    (
        "Russia attacked Ukraine with rockets: one soldier, a driver of a missile unit, died.",
        {("rocket", None, "launched")},
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


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        ("Ukraine's air force counted 33 drones.", {33}),
        ("Some 33 drones had crossed the border by dawn.", {33}),
        ("It said 21 of them had been brought down: 8 missiles and 13 drones.", {8, 13}),
        ("The salvo consisted of about 33 drones and five missiles.", {33, 5}),
        ("An aid package for the army includes 33 drones.", set()),
        ("The ministry showed a list of orders: 33 drones and a lorry.", set()),
    ],
)
def test_weapons_tallied_after_the_attack(after: str, counts: set[int]) -> None:
    """What a defender counts, or lists after a colon, belongs to the attack just told; what is bought does not."""
    found = strikes(f"Russia pounded the Ukrainian port of Odesa overnight. {after}")
    assert {w.count.low for e in found for w in e.weapons if w.count} == counts


def test_counts_of_the_next_sentence() -> None:
    """What was fired, told just after the attack, is the attack's."""
    [event] = strikes(
        "Houthi forces attacked the Israeli port of Eilat. They launched five ballistic missiles in total."
    )
    assert [w.count.low for w in event.weapons if w.count] == [5]
