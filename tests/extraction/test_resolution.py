"""Who struck whom where the words leave it open: place, weapon, origin and the article's conflict."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.extraction.extracted import strikes

if TYPE_CHECKING:
    from worker.event import StrikeEvent

_2024 = datetime(2024, 11, 5, 12, tzinfo=UTC)


def _one(text: str, *, title: str | None = None, on: datetime = _2024) -> StrikeEvent:
    found = strikes(text, title=title, on=on)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Israeli jets bombed the Lebanese town of Khiam on Monday.", "LBN"),
        ("Israel carried out airstrikes in Khan Yunis in the Gaza Strip.", "palestine"),
        ("Russian missiles hit Kharkiv overnight.", "UKR"),
        ("Ukrainian drones struck Belgorod overnight.", "RUS"),
    ],
)
def test_the_place_says_who_is_hit(text: str, recipient: str) -> None:
    event = _one(text)
    assert {r.side for r in event.recipients} == {recipient}
    assert all(r.inferred == (r.text is None) for r in event.recipients)


def test_a_missile_from_yemen_is_of_those_there_who_fight_the_side_that_is_hit() -> None:
    event = _one("A missile launched from Yemen hit the Israeli city of Tel Aviv.")
    assert [(a.id, a.inferred) for a in event.actors] == [("houthis", True)]


def test_where_rockets_come_from_is_not_where_they_land() -> None:
    event = _one("The Israeli military said 40 rockets were fired from Lebanon early on Sunday.")
    assert {r.id for r in event.recipients} == {"ISR"}
    assert {a.side for a in event.actors} == {"LBN"}


def test_a_weapon_without_an_owner_belongs_to_the_enemy_of_the_article() -> None:
    text = "Ukraine and Russia are at war. In the Russian city of Krasnodar, an oil depot was hit by a drone."
    event = _one(text)
    assert [(a.id, a.inferred) for a in event.actors] == [("UKR", True)]


def test_an_answer_is_to_an_attack_by_those_who_are_struck() -> None:
    text = (
        "Turkish forces bombed Syrian army positions in retaliation for the killing of two Turkish soldiers."
    )
    pairs = {
        (e.actors[0].id, e.recipients[0].id)
        for e in strikes(text, on=datetime(2020, 3, 1, 12, tzinfo=UTC))
        if e.actors and e.recipients
    }
    assert pairs == {("TUR", "SYR"), ("SYR", "TUR")}


def test_a_list_of_countries_names_all_that_are_hit() -> None:
    text = "Iran launched missile strikes on sites in Kuwait, Bahrain and Qatar."
    assert {r.id for e in strikes(text) for r in e.recipients} == {"KWT", "BHR", "QAT"}


def test_soldiers_of_a_state_are_that_state() -> None:
    text = "Turkish forces killed 21 Syrian troops in Idlib."
    assert {r.id for e in strikes(text) for r in e.recipients} == {"SYR"}


def test_the_conflict_holds_both_sides() -> None:
    assert _one("Russian missiles hit Kharkiv overnight.").conflict == "RUS|UKR"
