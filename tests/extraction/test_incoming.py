"""Attacks that are told by those who meet them: weapons engaged, reported as incoming, heard approaching."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import acts_of, day, strikes, told

ON = day(2025, 7, 8)


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine's air defences engaged Russian drones over Kharkiv.",
        "Ukraine's air defences are engaging Russian drones.",
        "Ukraine reported incoming missiles from Russia.",
        "Ukraine confronted Russian missiles and drones.",
        "Ukraine dealt with 14 Russian drones overnight.",
        "Ukraine is facing a wave of Russian missiles and drones.",
        "Ukraine's air defences were responding to missiles from Russia.",
        "Ukrainian air defences were activated against Russian drones.",
        "Missiles from Russia were heading for Ukraine, the army said.",
        "Sirens wailed across Kharkiv as Russian missiles approached.",
        "Incoming missiles from Russia set off sirens in Kharkiv.",
        "A missile from Russia fell in an open area in Kharkiv.",
    ],
)
def test_what_is_met_has_been_fired(text: str) -> None:
    (event,) = told(text, on=ON)
    assert [a.id for a in event.actors] == ["RUS"]
    assert [r.id for r in event.recipients] == ["UKR"]
    assert not event.intercepted


@pytest.mark.parametrize(
    "text",
    [
        "South Korea detected the launch of a ballistic missile from North Korea.",
        "Taiwan tracked 20 Chinese aircraft near the island.",
        "Poland tracked Russian drones near its border.",
        "Farmers face drones over their fields in Ukraine.",
        "The alarm set off by a Russian hacker woke Kharkiv.",
        "Ukraine fought off inflation with Russian gas.",
        "Ukraine's team held off Russian fans at the match.",
        "The minister is heading for Ukraine with plans for Russian drones.",
    ],
)
def test_what_is_only_seen_is_no_attack(text: str) -> None:
    assert told(text, on=ON) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian troops beat back Russian forces near Kupiansk.",
        "Russian forces were repelled by Ukrainian troops near Kupiansk.",
        "Russian forces broke through Ukrainian lines near Kupiansk.",
        "Ukrainian troops lost Kupiansk to Russian forces after an assault.",
    ],
)
def test_who_is_beaten_back_or_breaks_through_has_attacked(text: str) -> None:
    assert {(a.id, r.id) for e in told(text, on=ON) for a in e.actors for r in e.recipients} == {
        ("RUS", "UKR")
    }


def test_who_tries_to_bring_weapons_down_is_attacked() -> None:
    """Jets sent up against drones are no plan of the one who sent the drones."""
    (event,) = told("Israel scrambled jets to intercept Iranian drones.", on=day(2025, 6, 17))
    assert [a.id for a in event.actors] == ["IRN"]


def test_hours_into_a_truce_are_when_it_was() -> None:
    """The parser takes "missiles hours" for a compound."""
    text = "Kuwait was intercepting Iranian missiles hours into a ceasefire between the US and Iran."
    (event,) = strikes(text, on=day(2026, 4, 8))
    assert event.ceasefire_relation is not None
    assert event.ceasefire_relation.order == "after"
    assert acts_of(text) == set()
