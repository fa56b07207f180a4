"""Fires that an attack set, and those that nobody did."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import day, strikes
from worker.event import SiteType

ON = day(2025, 3, 20)


@pytest.mark.parametrize(
    "text",
    [
        "Russian drones set a fuel depot ablaze in Kharkiv.",
        "Russian drones set a fuel depot in Kharkiv on fire.",
        "Russian shells set fire to a fuel depot in Kharkiv.",
        "A fuel depot in Kharkiv was set alight by Russian drones.",
        "Russian drones sparked a fire at a fuel depot in Kharkiv.",
        "Debris from a Russian drone sparked a blaze at a fuel depot in Kharkiv.",
        "Russian drones torched a fuel depot in Kharkiv.",
        "Russian missiles ignited a fuel depot in Kharkiv.",
        "A fuel depot in Kharkiv caught fire after a Russian drone attack.",
        "A fire broke out at a fuel depot in Kharkiv after a Russian drone attack.",
        "A fuel depot in Kharkiv was on fire following a Russian drone attack.",
        "A fuel depot caught fire in a Russian drone attack on Kharkiv.",
        "Russian drones attacked Kharkiv; a fuel depot was on fire.",
        "A huge blaze engulfed a fuel depot in Kharkiv after a Russian drone attack.",
        "A refinery in Kharkiv halted work after a Russian drone attack.",
        "A power plant in Kharkiv was shut down by a Russian attack.",
        "Thousands in Kharkiv were left without power after Russian strikes.",
        "A Russian missile damaged equipment at a power plant in Kharkiv.",
        "A fire broke out at a fuel depot in Kharkiv in a Russian drone attack.",
        "A fuel depot collapsed in the Russian attack on Kharkiv.",
        "A fire broke out at a fuel depot in Kharkiv when Russian drones hit it.",
        "The governor said debris from downed Russian drones caused a fire at a fuel depot in Kharkiv.",
        "Falling debris from Russian drones sparked a fire at a fuel depot in Kharkiv.",
    ],
)
def test_a_fire_set_by_an_attack_says_what_was_hit(text: str) -> None:
    (strike,) = strikes(text, on=ON)
    assert [actor.side for actor in strike.actors] == ["RUS"]
    assert [side.side for side in strike.recipients] == ["UKR"]
    assert [site.type for site in strike.sites] == [SiteType.ENERGY]


@pytest.mark.parametrize(
    "text",
    [
        "Lightning set a fuel depot ablaze in Kharkiv, Ukraine.",
        "A short circuit sparked a fire at a fuel depot in Kharkiv, Ukraine.",
        "An electrical fault caused a fire at a fuel depot in Kharkiv, Ukraine.",
        "A fuel depot in Kharkiv, Ukraine, caught fire during maintenance.",
        "Russia's decision sparked a row with Ukraine.",
        "Ukraine set a date for talks with Russia.",
        "The minister's drone remarks ignited a debate in Ukraine.",
        "The Olympic flame was lit in Kyiv.",
    ],
)
def test_a_fire_that_nobody_set_is_no_attack(text: str) -> None:
    assert strikes(text, on=ON) == ()


def test_what_fell_on_a_site_before_it_burned() -> None:
    """The parser takes "after debris fell on it" for a fire that fell."""
    text = "Fires broke out at a refinery in Volgograd after debris from a downed Ukrainian drone fell on it."
    (event,) = strikes(text)
    assert [a.id for a in event.actors] == ["UKR"]
    assert "energy" in {s.type for s in event.sites}
