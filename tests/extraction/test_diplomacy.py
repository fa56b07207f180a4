"""Whole articles: one event per act, what is stronger wins, times, and what must not become an event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.extracted import NOON, day, diplomacy, strikes
from worker.event import Act, Domain, Order, Status

_LEDE = (
    "Russia and Ukraine attacked each other with drones on Tuesday night, just hours after Vladimir Putin agreed to "
    "halt strikes on energy facilities."
)
_QUOTE = "\u201cWe agreed to an immediate ceasefire on all energy and infrastructure,\u201d Trump wrote on Tuesday."
_HOPE = (
    "The White House said that talks would aim at a maritime ceasefire in the Black Sea. "
    "Zelenskyy said he was in favour of the idea."
)


def test_a_partial_truce_announced_by_a_mediator() -> None:
    """One ceasefire: energy and infrastructure, agreed on the day of the call, Russia bound, the United States mediating."""
    agreed = [e for e in diplomacy(f"{_LEDE} {_QUOTE} {_HOPE}") if e.act is Act.CEASEFIRE_AGREED]
    assert len(agreed) == 1
    event = agreed[0]
    assert event.conflict == "RUS|UKR"
    assert event.assertion.status is Status.ASSERTED
    assert set(event.scope.domains) == {Domain.ENERGY, Domain.INFRASTRUCTURE}
    assert [b.id for b in event.bound] == ["RUS"]
    assert [m.id for m in event.mediators] == ["USA"]
    assert event.declared_at is not None
    assert datetime(2025, 3, 18, tzinfo=UTC) <= event.declared_at.start
    assert event.declared_at.end <= NOON


def test_the_strikes_of_that_night_are_after_it() -> None:
    """The lede's own words say the order, for both directions."""
    found = [e for e in strikes(_LEDE) if e.assertion.status is Status.ASSERTED]
    assert {a.id for e in found for a in e.actors} == {"RUS", "UKR"}
    assert {e.ceasefire_relation.order for e in found if e.ceasefire_relation} == {Order.AFTER}
    assert all(e.ceasefire_relation for e in found)


def test_a_conditional_halt_is_no_ceasefire_but_orders_the_strike() -> None:
    """ "Would be agreed" stays hypothetical; "despite" still says that the attack came after."""
    text = (
        "Despite a phone call during which a temporary halt to Russian attacks on Ukrainian power plants would be agreed, "
        "Russia struck Ukraine with drones and missiles."
    )
    assert {e.assertion.status for e in diplomacy(text)} <= {Status.HYPOTHETICAL}
    assert {e.ceasefire_relation.order for e in strikes(text) if e.ceasefire_relation} == {Order.AFTER}


def test_one_event_per_act() -> None:
    """Two sentences on one agreement make one event with both as evidence."""
    text = "Israel and Hamas agreed to a ceasefire. The ceasefire was agreed by Israel and Hamas in Doha."
    found = [e for e in diplomacy(text) if e.act is Act.CEASEFIRE_AGREED]
    assert len(found) == 1
    assert len(found[0].evidence) == 2


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Armenia and Azerbaijan agreed to a ceasefire in January.", Status.ASSERTED),
        ("Armenia and Azerbaijan agreed to a ceasefire on November 9, 2020.", Status.HISTORICAL),
        ("By 1994, when a ceasefire was agreed, Armenia held most of Nagorno-Karabakh.", Status.HISTORICAL),
        ("Armenia took most of Nagorno-Karabakh before 1994, when a truce was signed.", Status.HISTORICAL),
    ],
)
def test_a_truce_of_long_ago_is_background(text: str, status: Status) -> None:
    """What was agreed more than a month ago is not agreed now, and after a year and a half nobody is held to it."""
    (event,) = diplomacy(text)
    assert (event.act, event.assertion.status) == (Act.CEASEFIRE_MENTIONED, status)


def test_trade_and_sport_give_nothing() -> None:
    """Truces of other kinds are no diplomacy."""
    assert (
        diplomacy("Washington and Beijing agreed to a trade truce. Crowds gathered for Armistice Day.") == ()
    )


def test_evidence_is_in_the_text() -> None:
    """Offsets point at the sentence as received."""
    text = f"{_LEDE} {_QUOTE}"
    for event in diplomacy(text):
        assert all(text[e.start : e.end] == e.text for e in event.evidence)


@settings(max_examples=25, deadline=timedelta(seconds=5))
@given(
    st.permutations([_LEDE, _QUOTE, *_HOPE.split(". "), "A ceasefire with a ceasefire: truce! Peace deal?"])
)
def test_any_order_of_sentences_is_read(sentences: list[str]) -> None:
    """Never an error; a party is never a mediator; the bound are parties; ids are stable."""
    text = " ".join(sentences)
    found = diplomacy(text)
    for event in found:
        parties = {p.id for p in event.parties}
        assert {b.id for b in event.bound} <= parties
        assert not {m.id for m in event.mediators} & parties
    assert [e.event_id for e in found] == [e.event_id for e in diplomacy(text)]


def test_a_truce_for_a_holiday_ends_with_it() -> None:
    (act,) = diplomacy("Putin declared an Easter truce in Ukraine.", on=day(2025, 4, 19))
    assert act.effective_from is not None
    assert act.effective_until is not None
    assert act.effective_from.start.date() == day(2025, 4, 20).date()
    assert act.effective_until.start.date() == day(2025, 4, 21).date()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The truce between Israel and Hamas expires on Friday.", Status.PLANNED),
        ("The truce between Israel and Hamas expired on Friday.", Status.ASSERTED),
        ("The strikes do not mean the end of the truce between Israel and Hamas.", Status.DENIED),
    ],
)
def test_what_is_to_end_has_not(text: str, status: Status) -> None:
    ended = [act for act in diplomacy(text) if act.act is Act.CEASEFIRE_ENDED]
    assert [act.assertion.status for act in ended] == [status]
