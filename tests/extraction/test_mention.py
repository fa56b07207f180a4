"""Finding lexicon entries in text: whole words, longest first, offsets exact, links that are no actor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.extracted import NOON, loaded
from worker.extraction.mention import Finder, finder_of, fold


def _finder() -> Finder:
    lexicon, _ = loaded()
    return finder_of(lexicon)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rapid Support Forces", [("rsf", None)]),
        ("the Iran-backed group Hezbollah", [("IRN", "other"), ("hezbollah", None)]),
        ("Houthi-controlled Yemen", [("houthis", "holder"), ("YEM", None)]),
        ("Israel-bound drones", [("ISR", "target")]),
        ("a US-brokered truce", [("USA", "mediator")]),
        ("a US-Russia-brokered truce", [("USA", "mediator"), ("RUS", "mediator")]),
        ("the Houthi-hit ship", [("houthis", "attacker")]),
        ("a Singapore-flagged vessel", [("SGP", "owner")]),
        ("the Washington Post", []),
        ("USS Carney", [("USA", None)]),
        ("the Indonesian Field Hospital", [("IDN", "other")]),
        ("the Turkish-Palestinian Friendship Hospital", [("TUR", "other"), ("palestine", "other")]),
        ("an Israeli hospital", [("ISR", None)]),
        ("an Indian proxy group", [("IND", "other")]),
        ("the Saudi Embassy", [("SAU", None)]),
        ("Bedouin and Druze fighters", [("syrian-bedouin", None), ("druze-militias", None)]),
        ("Bedouin and Norwegian fighters", [("NOR", None)]),
    ],
)
def test_actors(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(m.alias.actor_id, m.relation) for m in _finder().actors(text, NOON.date())] == found


def test_a_think_tank_is_no_tank() -> None:
    assert not _finder().weapons("a think tank in London")


def test_a_trade_truce_is_no_ceasefire() -> None:
    assert not _finder().ceasefires("a trade truce between the two")
    assert _finder().ceasefires("a truce between the two")


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.sampled_from("Israel Hamas-backed drones İ’ “”\n")))
def test_mentions_stand_where_they_say(text: str) -> None:
    finder = _finder()
    spans = [(m.start, m.end, m.text) for m in finder.actors(text, NOON.date())]
    spans += [(m.start, m.end, m.text) for m in finder.weapons(text)]
    spans += [(m.start, m.end, m.text) for m in finder.sites(text)]
    assert all(text[start:end] == found for start, end, found in spans)


def test_only_names_that_mean_somebody_for_a_time_have_a_tenure() -> None:
    finder = _finder()
    assert list(finder.tenures("Ashraf Ghani spoke of Russia"))
    assert not list(finder.tenures("former president Ashraf Ghani spoke of Russia"))
    assert not list(finder.tenures("Ukraine and Russia"))
