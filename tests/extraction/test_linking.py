"""Which words of a sentence tell of one attack, and which of another."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import strikes
from worker.event import Status


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        # a clause that the parser hangs on the place
        ("An Indian missile struck a mosque in Muridke, Pakistan, which killed three people.", 3, None),
        ("A Russian drone hit a depot in Sloviansk, Ukraine, which wounded seven people.", None, 7),
        ("Turkish jets bombed a workshop near Kobani, Syria, which killed four people.", 4, None),
        # what somebody says of it
        ("Israeli jets bombed a village near Tyre, which Lebanon said killed six and wounded nine.", 6, 9),
        # the purpose
        ("Israel bombed the camp in order to hit a Hamas commander in Jabalia.", None, None),
        ("Turkey shelled the village in order to destroy a PKK depot in Sinjar, Iraq.", None, None),
        # what was harmed by it
        ("Two ships were damaged when Russian drones struck the port of Izmail in Ukraine.", None, None),
        ("Three houses were damaged when Israeli shells hit Khiam in Lebanon.", None, None),
    ],
)
def test_one_attack(text: str, killed: int | None, injured: int | None) -> None:
    [event] = strikes(text)
    assert event.assertion.status is Status.ASSERTED
    assert (event.killed and event.killed.low) == killed
    assert (event.injured and event.injured.low) == injured


def test_a_clause_with_who_tells_of_people_not_of_the_attack_at_the_place() -> None:
    """The dead are those of the people's own attack, wherever the parser hangs the clause."""
    found = strikes(
        "Hezbollah fighters in Tyre, Lebanon, who killed two Israeli soldiers, were bombed by Israel."
    )
    killed = {(e.actors[0].id, e.recipients[0].id): e.killed and e.killed.low for e in found}
    assert killed == {("hezbollah", "ISR"): 2, ("ISR", "hezbollah"): None}


def test_an_attack_in_answer_to_another_is_one_of_its_own() -> None:
    found = strikes("Russian drones struck Sumy in Ukraine after Ukrainian missiles hit Belgorod in Russia.")
    assert {e.actors[0].id for e in found} == {"RUS", "UKR"}
