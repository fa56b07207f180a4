"""Confidence says how likely an event is right, from what the event shows of itself."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.extracted import diplomacy, strikes
from tests.factories import make_actor, make_diplomacy, make_strike
from tests.strategies import events
from worker.article import TextField
from worker.event import DiplomacyEvent, Event, Mode, Precision, Qualifier, Quantity, StrikeEvent
from worker.extraction.confidence import (
    ACT_FEATURES,
    ACT_WEIGHTS,
    MANY_CONFLICTS,
    SEVERAL_CONFLICTS,
    STRIKE_FEATURES,
    STRIKE_WEIGHTS,
    UNRATED,
    is_doubtful_aside,
    rate_acts,
    rate_strikes,
)

THREE = Quantity(low=3, high=3, qualifier=Qualifier.EXACT)
OF_ARTICLES = {SEVERAL_CONFLICTS, MANY_CONFLICTS}


def of(*told: StrikeEvent) -> float:
    """The confidence of the first of the strikes that an article tells of."""
    return rate_strikes(told)[0].confidence


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    assert set(STRIKE_WEIGHTS) == {*STRIKE_FEATURES, *OF_ARTICLES}
    assert set(ACT_WEIGHTS) == {*ACT_FEATURES, *OF_ARTICLES}


def test_what_is_named_is_surer_than_what_is_inferred_and_that_than_what_is_unknown() -> None:
    inferred = make_actor("RUS", inferred=True)
    assert of(make_strike()) > of(make_strike([inferred])) > of(make_strike([]))
    assert of(make_strike()) > of(make_strike(["RUS"], [make_actor("UKR", inferred=True)]))


def test_an_attack_of_unknown_means_and_unknown_conflict_is_less_sure() -> None:
    assert of(make_strike()) > of(make_strike(mode=Mode.UNSPECIFIED))
    assert of(make_strike()) > of(make_strike(conflict=None))


def test_an_article_about_several_conflicts_is_harder_to_read() -> None:
    others = [
        make_strike(["ISR"], ["IRN"], conflict="IRN|ISR"),
        make_strike(["THA"], ["KHM"], conflict="KHM|THA"),
    ]
    assert of(make_strike()) > of(make_strike(), *others[:1]) > of(make_strike(), *others)


def test_an_act_between_more_than_two_is_less_sure() -> None:
    two, three = make_diplomacy(), make_diplomacy(parties=["RUS", "UKR", "USA"])
    assert rate_acts([two])[0].confidence > rate_acts([three])[0].confidence


def test_every_extracted_event_is_rated() -> None:
    text = (
        "Israel bombed Gaza City on Monday, killing 12 people, hours after a ceasefire with Hamas was agreed."
    )
    assert strikes(text)
    assert diplomacy(text)
    told: tuple[Event, ...] = (*strikes(text), *diplomacy(text))
    assert all(event.confidence > UNRATED for event in told)


@given(st.lists(events(), max_size=4))
def test_confidence_is_a_probability_and_nothing_else_changes(told: list[Event]) -> None:
    attacks = [event for event in told if isinstance(event, StrikeEvent)]
    acts = [event for event in told if isinstance(event, DiplomacyEvent)]
    before: list[Event] = [*attacks, *acts]
    after: list[Event] = [*rate_strikes(attacks), *rate_acts(acts)]
    assert all(0 < event.confidence < 1 for event in after)
    assert [replace(event, confidence=0.5) for event in before] == [
        replace(event, confidence=0.5) for event in after
    ]


def test_what_is_told_once_in_passing_and_more_likely_wrong_than_right_is_a_doubtful_aside() -> None:
    strike = make_strike()
    unknown = replace(strike.event_time, precision=Precision.UNKNOWN)
    aside = replace(
        strike, event_time=unknown, killed=None, injured=None, ceasefire_relation=None, confidence=0.49
    )
    assert is_doubtful_aside(aside)
    assert not is_doubtful_aside(replace(aside, confidence=0.5))
    assert not is_doubtful_aside(replace(aside, killed=THREE))
    assert not is_doubtful_aside(replace(aside, evidence=aside.evidence * 2))
    assert not is_doubtful_aside(replace(aside, event_time=replace(unknown, precision=Precision.DAY)))
    in_title = replace(aside.evidence[0], field=TextField.TITLE)
    assert not is_doubtful_aside(replace(aside, evidence=(in_title,)))
