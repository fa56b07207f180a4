"""Who stands between the parties."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extraction.extracted import diplomacy


def _mediators(text: str) -> set[str]:
    return {m.id for e in diplomacy(text) for m in e.mediators}


@pytest.mark.parametrize(
    ("text", "mediators"),
    [
        ("A truce between Israel and Hamas was brokered by Egypt.", {"EGY"}),
        ("Qatar announced that Israel and Hamas had agreed to a truce.", {"QAT"}),
        ("India and Pakistan agree to a ceasefire, the White House says.", {"USA"}),
        ("Sudan and the RSF signed a truce under the auspices of Saudi Arabia.", {"SAU"}),
        ("Israel and Hamas accepted a French proposal for a ceasefire.", {"FRA"}),
        ("Amid Turkish efforts to mediate a ceasefire, Russia shelled Ukraine.", {"TUR"}),
        ("Ukraine asked China to mediate a truce with Russia.", {"CHN"}),
        ("The ceasefire announced by Washington between India and Pakistan took effect.", {"USA"}),
        # said once of the one ceasefire that the article is about
        ("Israel and Hamas agreed to a ceasefire. The deal, brokered by Qatar, begins on Sunday.", {"QAT"}),
        ("Colombia and the ELN rebels extended their truce. Norway is a guarantor of the process.", {"NOR"}),
        ("The emir of Qatar flew in to mediate a truce between Israel and Hamas.", {"QAT"}),
        # what a truce is to help is not what somebody mediates
        ("Myanmar's military junta declared a truce to facilitate the work of rescuers.", set()),
        # a party, an ally of one or an enemy is none
        ("Russia said that Ukraine had agreed to a ceasefire with Moscow.", set()),
        ("Hezbollah said that Israel had agreed to a ceasefire with Lebanon.", set()),
        ("Israel rejected Hamas's proposal for a truce.", set()),
        ("Reuters reported that Israel and Hamas had agreed to a truce.", set()),
    ],
)
def test_mediators(text: str, mediators: set[str]) -> None:
    """Brokers, hosts, proposers and those who announce what others agreed."""
    assert _mediators(text) == mediators


def test_powers_that_act_in_the_war_of_others_are_no_parties() -> None:
    """The parties are those who fight."""
    text = "The United States, Russia and Jordan agreed on a ceasefire in Syria."
    [event] = diplomacy(text, on=datetime(2017, 7, 8, 12, tzinfo=UTC))
    assert {p.id for p in event.parties} == {"SYR", "syrian-opposition"}
    assert {m.id for m in event.mediators} == {"USA", "RUS", "JOR"}
