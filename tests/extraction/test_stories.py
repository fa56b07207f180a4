"""Pages of several stories: each is read against its own war, and a page of one story as a whole."""

from __future__ import annotations

from tests.extraction.extracted import day, diplomacy, pairs

BULLETIN = """Ukraine: Heating fails after strikes on power plants

Russian missiles hit power plants in Kyiv and Dnipro overnight, leaving thousands of homes without heat.

Gaza: Another aid worker is killed

At least four people died in Israeli air strikes on Khan Younis on Tuesday.

"A ceasefire means that the guns fall silent," said the head of the agency. The army shelled Rafah as well.

Congo: Thousands flee fighting in South Kivu

Clashes between the army and M23 rebels went on near Uvira this week.
"""
ONE_WAR = """Russian missiles hit power plants in Kyiv overnight.

The road to peace

The army said it had struck a refinery in Ryazan.

What comes next

Drones hit a depot in Engels on Tuesday.
"""


def test_the_sides_of_one_story_are_not_taken_into_the_next() -> None:
    assert pairs(BULLETIN, on=day(2026, 2, 12)) == {
        ("RUS", "UKR"),
        ("ISR", "palestine"),
        ("COD", "m23"),
        ("m23", "COD"),
    }
    assert {e.conflict for e in diplomacy(BULLETIN, on=day(2026, 2, 12))} <= {"ISR|palestine"}


def test_headings_within_one_story_part_nothing() -> None:
    assert pairs(ONE_WAR, on=day(2026, 2, 12)) == {("RUS", "UKR"), ("UKR", "RUS")}


BARE_BULLETIN = """Ukraine: Strikes leave Kyiv without heat

Russian missiles hit power plants in Kyiv overnight, leaving thousands of homes without heat.

Haiti: A truce that nobody keeps

Nobody in Haiti expects the truce to last, said the head of the agency.
"""


def test_a_place_before_a_heading_opens_a_story_of_no_known_war() -> None:
    assert {e.conflict for e in diplomacy(BARE_BULLETIN, on=day(2026, 2, 12))} <= {None}
    assert pairs(BARE_BULLETIN, on=day(2026, 2, 12)) == {("RUS", "UKR")}


ROUND_UP = """The army's jets bombed Nyala in Sudan on Tuesday, after the RSF had shelled El Obeid.

In Myanmar, air raids of the junta on a clinic in Sagaing killed four people; the Arakan Army took two bases.

Al-Shabaab fighters attacked an army base near Baidoa in Somalia, killing seven soldiers.

M23 rebels shelled Uvira on Monday, Congo's army said.
"""


def test_a_round_up_is_read_paragraph_by_paragraph() -> None:
    told = pairs(ROUND_UP, on=day(2026, 2, 19))
    wars = ({"SDN", "rsf"}, {"MMR", "arakan-army"}, {"SOM", "al-shabaab"}, {"COD", "m23"})
    assert len(told) >= len(wars)
    assert all(any(set(pair) <= war for war in wars) for pair in told)
