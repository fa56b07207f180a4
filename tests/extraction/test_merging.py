"""One attack told in several sentences is one event, two attacks stay two."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import strikes
from worker.extraction.merging import merge


def test_one_attack_in_two_sentences() -> None:
    """Weapons, sites and figures of both tellings come together; the evidence names both."""
    [event] = strikes(
        "Russia attacked Odesa with drones. Russian drones hit a school in Odesa, killing two people."
    )
    assert len(event.evidence) == 2
    assert event.killed is not None
    assert event.killed.low == 2
    assert [s.type for s in event.sites] == ["school"]


def test_a_ship_is_told_of_before_her_flag() -> None:
    """The attack on "a cargo ship" is the one on the ship that flew a flag."""
    [event] = strikes(
        "An Iranian drone hit a cargo ship in the Strait of Hormuz on Thursday. "
        "The ship hit on Thursday was the Ever Bright, a Singapore-flagged vessel."
    )
    assert [r.id for r in event.recipients] == ["SGP"]


def test_what_came_after_a_truce_is_not_the_attack_of_weeks_before() -> None:
    """An undated attack takes the date of the same one told elsewhere, but not from before the truce that it broke."""
    events = strikes(
        "Israel and Hamas agreed to a truce. Hours after the announcement rockets from Gaza hit Sderot. "
        "Rockets from Gaza hit Sderot on February 3."
    )
    assert len([e for e in events if e.event_time.text is None]) == 1


def test_directions_stay_apart() -> None:
    """What either side does to the other are two events."""
    events = strikes("Hezbollah fired rockets at northern Israel. Israel bombed southern Lebanon.")
    assert {e.actors[0].id for e in events} == {"hezbollah", "ISR"}


def test_other_figures_stay_apart() -> None:
    """Attacks with other figures are others."""
    events = strikes(
        "An Israeli airstrike in Khan Yunis killed four people. An Israeli airstrike in Jabalia killed nine people."
    )
    assert sorted(e.killed.low for e in events if e.killed) == [4, 9]


def test_merging_twice_changes_nothing() -> None:
    """What is merged stays as it is."""
    events = list(
        strikes(
            "Russia attacked Odesa with drones. Russian missiles hit Kyiv. Ukraine shelled Belgorod, Russia."
        )
    )
    assert merge(events) == events


_LEAD = "Israeli air strikes killed at least 20 people across Gaza on Monday, medics said. "
_NIGHT = """Rescuers spent the night in the rubble of the houses and asked for fuel for their machines. A nurse said that
the wards were full and that the sick lay on the floors of the corridors. Neighbours carried water up the stairs, and a
baker gave away what bread there was to be had. The town hall asked for tents. """


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            "Israel bombed a camp in Jabalia, killing six people. Two others were also killed in the attack.",
            [8],
        ),
        (
            "A Russian missile hit a school in Sumy, killing four. Another person died in the same strike.",
            [5],
        ),
        # told long after the lead, which counts them all
        (_LEAD + _NIGHT + "Three more people were killed when a house in Gaza City was hit.", [3, 20]),
        # another attack, with victims of its own
        ("A Russian missile hit Sumy, killing four. A Russian missile hit Odesa, killing nine.", [4, 9]),
        ("Israel bombed Jabalia, killing six. Two people were killed in a strike on Rafah in Gaza.", [2, 6]),
    ],
)
def test_more_victims_of_the_attack_told_before_are_added(text: str, killed: list[int]) -> None:
    assert sorted(e.killed.low for e in strikes(text) if e.killed) == killed
