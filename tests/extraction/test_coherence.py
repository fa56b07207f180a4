"""An article tells one story: open roles are filled from what it says by name, and what nothing supports is dropped."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extraction.extracted import day, strikes
from worker.event import Mode, Status

_2016 = datetime(2016, 9, 20, 12, tzinfo=UTC)
_FILLER = "Officials met on Monday. Aid groups spoke of hunger. Roads were closed. Schools stayed shut. "


def _pairs(text: str, on: datetime) -> set[tuple[str, str]]:
    return {
        (a.side, r.side)
        for e in strikes(text, on=on)
        if e.assertion.status in {Status.ASSERTED, Status.CLAIMED}
        for a in e.actors
        for r in e.recipients
    }


def test_an_unnamed_attacker_is_the_one_who_is_named_elsewhere() -> None:
    text = (
        "Russian forces attacked the Ukrainian city of Kharkiv with missiles on Monday. "
        + _FILLER
        + "Three people were killed when a missile hit a market in the Ukrainian city of Sumy."
    )
    assert _pairs(text, datetime(2025, 3, 19, 12, tzinfo=UTC)) == {("RUS", "UKR")}


def test_nobody_attacks_the_own_side() -> None:
    text = "Syrian government forces bombed rebel-held Aleppo. " + _FILLER + "The bombing hit a hospital."
    assert all(actor != recipient for actor, recipient in _pairs(text, _2016))


def test_a_named_attack_of_another_war_stays() -> None:
    text = (
        "Israel bombed Hamas positions in Gaza City on Monday. "
        + _FILLER
        + "Russian forces shelled the Ukrainian city of Kherson."
    )
    assert _pairs(text, datetime(2024, 5, 1, 12, tzinfo=UTC)) == {("ISR", "palestine"), ("RUS", "UKR")}


def test_a_bomb_on_a_site_in_a_town_is_an_attack_whoever_else_is_at_war() -> None:
    text = (
        "Pakistani jets bombed Khost in Afghanistan on Monday. "
        + _FILLER
        + "Hours before, a suicide bombing hit the police headquarters in Peshawar."
    )
    told = strikes(text, on=datetime(2025, 11, 25, 12, tzinfo=UTC))
    assert any(p.name == "Peshawar" for e in told for p in e.places)


_TALKS = (
    "Pakistan fights the Pakistani Taliban. The Pakistani Taliban and Pakistan broke off talks on Monday. "
)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        (
            "A Pakistani army post was attacked in Bannu. Iran attacked Pakistan two days earlier.",
            (2024, 1, 18),
        ),
        (
            "A Pakistani army convoy was attacked in Bannu. India attacked Pakistan two days earlier.",
            (2025, 5, 8),
        ),
    ],
)
def test_who_attacks_in_another_war_is_not_the_attacker_of_this_one(
    text: str, on: tuple[int, int, int]
) -> None:
    """The article's own war says who it was; the other attack is told by its own sentence only."""
    found = [e for e in strikes(_TALKS + text, on=day(*on)) if any(p.name == "Bannu" for p in e.places)]
    assert {a.id for e in found for a in e.actors} == {"ttp"}


def test_rebels_fly_no_air_raids() -> None:
    text = (
        "Rebels of the Free Syrian Army shelled Syrian soldiers in Aleppo on Monday. "
        "Syrian jets bombed the rebels of the Free Syrian Army. "
        + _FILLER
        + "Three people died in an air raid on a market in Aleppo."
    )
    raids = [e for e in strikes(text, on=_2016) if e.mode is Mode.AIRSTRIKE]
    assert raids
    assert {a.side for e in raids for a in e.actors} == {"SYR"}


def test_a_bomb_that_breaks_a_truce_is_kept_though_nobody_is_named() -> None:
    text = (
        "India and Pakistan agreed to a ceasefire on Saturday. But violations of the truce were reported that night as "
        "explosions rang out across Srinagar. "
        + _FILLER
        + "India accused nobody. Pakistan's prime minister said that "
        "Indian drones had hit a mosque in Lahore last week. Flights were grounded."
    )
    told = strikes(text, on=datetime(2025, 5, 10, 22, tzinfo=UTC))
    assert any(e.mode is Mode.BOMBING and any(p.name == "Srinagar" for p in e.places) for e in told)
