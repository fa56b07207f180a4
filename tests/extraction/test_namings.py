"""What somebody calls a thing is that thing: "hit what it said was a depot", "killed in what he called an ambush"."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import acts_of, diplomacy, pairs, strikes
from worker.event import Act, Mode


@pytest.mark.parametrize(
    ("text", "actors", "recipients", "site"),
    [
        ("Israel struck what it said was a Hezbollah depot in Nabatieh.", {"ISR"}, {"hezbollah"}, None),
        (
            "Israel hit what it called a Hamas command centre in Gaza City.",
            {"ISR"},
            {"hamas"},
            "military",
        ),
        (
            "Six Hezbollah members died in what Lebanon called an Israeli raid on a bus in Tyre.",
            {"ISR"},
            {"hezbollah"},
            "transport",
        ),
        ("Pakistan carried out what it described as strikes in Khost.", {"PAK"}, {"AFG"}, None),
        ("What appeared to be an Israeli drone struck a bus in Tyre.", {"ISR"}, {"LBN"}, "transport"),
        (
            "A fire broke out at a refinery in Saratov after what residents said was a Ukrainian drone attack.",
            {"UKR"},
            {"RUS"},
            "energy",
        ),
        ("The drone hit what appeared to be an oil depot in Tver.", {"UKR"}, {"RUS"}, "energy"),
    ],
)
def test_sides_and_sites(text: str, actors: set[str], recipients: set[str], site: str | None) -> None:
    """As if the thing were named without "what"."""
    (event,) = strikes(text)
    assert {a.id for a in event.actors} == actors
    assert {a.id for a in event.recipients} == recipients
    assert site is None or site in {s.type for s in event.sites}


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("An Israeli strike in al-Mawasi killed six people.", ("ISR", "palestine")),
        ("An RSF drone attack on a market in el-Obeid killed six people.", ("rsf", "SDN")),
    ],
)
def test_a_name_with_an_article_is_one(text: str, pair: tuple[str, str]) -> None:
    """ "al-Mawasi" is where it was, not somebody who killed."""
    assert pairs(text) == {pair}


def test_what_is_launched_is_the_weapon() -> None:
    """ "Launched what the air force said was a missile"."""
    (event,) = strikes("Russia launched what Ukraine's air force said was a hypersonic missile at Lviv.")
    assert event.mode is Mode.MISSILE


def test_acts_on_what_is_called_a_ceasefire() -> None:
    """A truce by the name that somebody gives it."""
    (truce,) = diplomacy("Ukraine and Russia agreed on what Trump described as a ceasefire on energy.")
    assert truce.act is Act.CEASEFIRE_AGREED
    assert acts_of("Iran denounced what it called a violation of the ceasefire by Israel.") == {
        "violation_alleged"
    }


def test_questions_name_nothing() -> None:
    """ "Asked what was the reason"."""
    assert not strikes("Ukraine asked what the reason for the talk of a strike was.")
