"""Between whom a ceasefire is, who has undertaken it, who only mediates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extraction.extracted import NOON, diplomacy
from worker.event import Act, Status

_OPEN = {Act.CEASEFIRE_AGREED, Act.CEASEFIRE_DECLARED, Act.CEASEFIRE_IN_EFFECT, Act.CEASEFIRE_EXTENDED}


@pytest.mark.parametrize(
    ("text", "parties", "bound", "mediators"),
    [
        (
            "A ceasefire between Israel and Hezbollah was agreed.",
            {"ISR", "hezbollah"},
            {"ISR", "hezbollah"},
            set(),
        ),
        ("A ceasefire between Fatah and Islamist groups was signed.", {"fatah"}, {"fatah"}, set()),
        (
            "A ceasefire between M23 rebels and the government was signed.",
            {"m23", "COD"},
            {"m23", "COD"},
            set(),
        ),
        (
            "Armenian Prime Minister Nikol Pashinyan and Azerbaijani President Ilham Aliyev signed a ceasefire.",
            {"ARM", "AZE"},
            {"ARM", "AZE"},
            set(),
        ),
        ("Turkey will stop shelling the SDF in Syria.", {"TUR", "sdf"}, {"TUR"}, set()),
        ("The Israel–Hamas ceasefire was extended.", {"ISR", "hamas"}, {"ISR", "hamas"}, set()),
        ("Pakistan agreed to a ceasefire with India.", {"PAK", "IND"}, {"PAK"}, set()),
        ("Russia declared a ceasefire in its war against Ukraine.", {"RUS", "UKR"}, {"RUS"}, set()),
        (
            "Sudan's army and the RSF signed a truce mediated by Saudi Arabia.",
            {"SDN", "rsf"},
            {"SDN", "rsf"},
            {"SAU"},
        ),
        (
            "Egypt and Qatar brokered a truce between Israel and Hamas.",
            {"ISR", "hamas"},
            {"ISR", "hamas"},
            {"EGY", "QAT"},
        ),
        (
            "A Russian-brokered ceasefire between Armenia and Azerbaijan took effect.",
            {"ARM", "AZE"},
            {"ARM", "AZE"},
            {"RUS"},
        ),
        ("The PKK announced a ceasefire.", {"pkk", "TUR"}, {"pkk"}, set()),
        # what is signed, or told of as a deal, was made with the other
        ("Hezbollah signed a truce with Israel.", {"ISR", "hezbollah"}, {"ISR", "hezbollah"}, set()),
        (
            "The RSF announced a ceasefire agreement with the Sudanese army.",
            {"rsf", "SDN"},
            {"rsf", "SDN"},
            set(),
        ),
        ("The SDF announced a ceasefire with Turkey.", {"sdf", "TUR"}, {"sdf"}, set()),
        # Russia alone is no sign of a war that its allies wage
        (
            "Russia told Ukraine that it would halt its strikes on energy facilities.",
            {"RUS", "UKR"},
            {"RUS"},
            set(),
        ),
    ],
)
def test_parties(text: str, parties: set[str], bound: set[str], mediators: set[str]) -> None:
    """From "between", "with", compounds, subjects; a mediator is never a party; one side alone binds itself only."""
    event = next(e for e in diplomacy(text) if e.act in _OPEN and e.assertion.status is Status.ASSERTED)
    assert {p.id for p in event.parties} == parties
    assert {p.id for p in event.bound} == bound
    assert {p.id for p in event.mediators} == mediators


def test_parties_from_the_place() -> None:
    """A truce "in Sudan" is one between those who fight there, and is said to be inferred."""
    on = datetime(2024, 5, 3, 12, tzinfo=UTC)
    event = next(
        e for e in diplomacy("A seven-day ceasefire has been agreed in Sudan.", on=on) if e.act in _OPEN
    )
    assert {p.id for p in event.parties} == {"SDN", "rsf"}
    assert all(p.inferred for p in event.parties)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The Syrian government declared a ceasefire in Suwayda.", {"SYR", "druze-militias"}),
        ("The Syrian government declared a ceasefire in Kobani.", {"SYR", "sdf"}),
        ("Druze leaders and the Syrian government agreed to a truce.", {"SYR", "druze-militias"}),
    ],
)
def test_parties_from_the_province(text: str, parties: set[str]) -> None:
    """Where several wars are fought in one land, the place of the truce tells which."""
    on = datetime(2025, 7, 16, 12, tzinfo=UTC)
    event = next(e for e in diplomacy(text, on=on) if e.act in _OPEN)
    assert {p.id for p in event.parties} == parties


def test_whoever_fights_in_three_is_on_a_side() -> None:
    """The truce that the government declares for Suwayda is broken by the tribes that fight the Druze there."""
    text = (
        "The Syrian government declared a ceasefire in Suwayda, "
        "but clashes between Bedouin tribes and Druze fighters continued."
    )
    events = diplomacy(text, on=datetime(2025, 7, 16, 12, tzinfo=UTC))
    assert {e.conflict for e in events} == {"SYR|druze-militias"}


def test_a_truce_that_calms_a_land_is_of_the_war_there() -> None:
    """What the main clause says of the land is said of the truce beside it; a neighbour is not where it holds."""
    found = diplomacy("Calm returned to Khartoum as a ceasefire took hold.")
    assert {p.id for e in found for p in e.parties} == {"SDN", "rsf"}
    assert not any(e.parties for e in diplomacy("Calm returned to Nairobi as a ceasefire took hold."))


def test_parties_from_the_article() -> None:
    """Where the sentence names nobody, the article's conflict says who."""
    text = "Israel and Hezbollah traded fire for weeks. The ceasefire took effect on Wednesday."
    event = next(e for e in diplomacy(text) if e.act in _OPEN)
    assert {p.side for p in event.parties} == {"ISR", "LBN"}


def test_we_agreed_said_by_a_mediator() -> None:
    """First person plural of somebody who is no party: both are bound, he mediates."""
    text = (
        "Russia and Ukraine have been at war for three years. "
        "\u201cWe agreed to an immediate ceasefire on all energy and infrastructure,\u201d Trump wrote."
    )
    event = next(e for e in diplomacy(text, on=NOON) if e.act is Act.CEASEFIRE_AGREED)
    assert {p.id for p in event.parties} == {"RUS", "UKR"}
    assert [m.id for m in event.mediators] == ["USA"]


def test_we_agreed_binds_whom_the_article_names() -> None:
    """Where the article names one party that undertook it, only that one is bound."""
    text = (
        "Russian drones struck Ukraine hours after Vladimir Putin agreed to halt strikes on energy facilities. "
        "\u201cWe agreed to an immediate ceasefire on all energy,\u201d Trump wrote of the war between Russia and Ukraine."
    )
    event = next(e for e in diplomacy(text) if e.act is Act.CEASEFIRE_AGREED)
    assert [b.id for b in event.bound] == ["RUS"]
    assert "USA" in {m.id for m in event.mediators}


def test_a_third_party_that_calls_for_a_truce_is_no_party() -> None:
    """The one who demands is the speaker."""
    event = next(e for e in diplomacy("France called for a ceasefire between Israel and Hezbollah."))
    assert {p.id for p in event.parties} == {"ISR", "hezbollah"}
    assert [s.id for s in event.speaker] == ["FRA"]
    assert event.act is Act.CEASEFIRE_DEMANDED


def test_the_army_across_from_rebels_is_the_one_they_fight() -> None:
    """Not that of the state which speaks."""
    (event,) = diplomacy("Angola called for a ceasefire between M23 and the army.")
    assert {p.id for p in event.parties} == {"m23", "COD"}
    assert [s.id for s in event.speaker] == ["AGO"]


def test_who_ignores_a_call_has_not_made_it() -> None:
    event = next(e for e in diplomacy("Israel ignored calls for a ceasefire in Gaza."))
    assert event.act is Act.CEASEFIRE_DEMANDED
    assert event.speaker == ()


def test_the_enemy_who_is_asked_for_a_truce_is_a_party() -> None:
    text = "Georgia has left South Ossetia and asks Russia for a ceasefire."
    [event] = diplomacy(text, on=datetime(2008, 8, 10, 12, tzinfo=UTC))
    assert {p.id for p in event.parties} == {"GEO", "RUS"}


def test_who_accuses() -> None:
    """The accuser speaks, the accused is a party."""
    event = next(e for e in diplomacy("India accused Pakistan of violating the ceasefire."))
    assert event.act is Act.VIOLATION_ALLEGED
    assert [s.id for s in event.speaker] == ["IND"]
    assert {p.id for p in event.parties} == {"IND", "PAK"}


def test_factions_of_one_side() -> None:
    """A truce between two groups of one side is no truce with their common enemy."""
    event = next(e for e in diplomacy("The truce between Fatah and Hamas collapsed."))
    assert {p.id for p in event.parties} == {"fatah", "hamas"}


def test_who_rejects() -> None:
    """The party that rejects is kept apart."""
    event = next(
        e for e in diplomacy("Hamas rejected a ceasefire with Israel.") if e.act is Act.CEASEFIRE_REJECTED
    )
    assert [r.id for r in event.rejecting] == ["hamas"]
    assert event.bound == ()


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Egypt urged Israel to stop its bombardment of Gaza.", {"ISR", "palestine"}),
        ("France asked Turkey to cease its attacks on the SDF in Syria.", {"TUR", "sdf"}),
        ("Saudi Arabia called on the RSF to stop its shelling of El Fasher in Sudan.", {"rsf", "SDN"}),
        ("France demanded an end to Israeli strikes on Gaza.", {"ISR", "palestine"}),
    ],
)
def test_those_whose_attacks_are_to_stop_are_parties_who_asks_is_not(text: str, parties: set[str]) -> None:
    [event] = diplomacy(text)
    assert event.act is Act.CEASEFIRE_DEMANDED
    assert {p.id for p in event.parties} == parties
    assert not {s.id for s in event.speaker} & parties


@pytest.mark.parametrize(
    ("text", "rejecting"),
    [
        ("Azerbaijan was not willing to accept a truce with Armenia.", "AZE"),
        ("The Houthis are unwilling to accept a truce with Saudi Arabia.", "houthis"),
        ("Russia is not ready for a ceasefire with Ukraine.", "RUS"),
        ("Hamas shot down a ceasefire proposal from Israel.", "hamas"),
    ],
)
def test_who_is_not_ready_rejects(text: str, rejecting: str) -> None:
    event = next(e for e in diplomacy(text) if e.act is Act.CEASEFIRE_REJECTED)
    assert [r.id for r in event.rejecting] == [rejecting]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Sudan's government accuses the RSF of breaking the truce that they announced.", "rsf"),
        ("Armenia blames Azerbaijan for breaking the truce that it signed.", "AZE"),
        ("Armenia told Azerbaijan of the truce that it signed.", "ARM"),
    ],
)
def test_the_truce_that_the_accused_broke_is_his(text: str, bound: str) -> None:
    event = next(e for e in diplomacy(text) if e.act in _OPEN)
    assert [b.id for b in event.bound] == [bound]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Ukraine offered a truce on Monday.", {"UKR", "RUS"}),
        ("Sri Lanka offered a truce on Monday.", set()),
        ("Israel offered a truce on Monday.", set()),
    ],
)
def test_a_state_with_one_war_only_offers_a_truce_in_that(text: str, parties: set[str]) -> None:
    [event] = diplomacy(text)
    assert {p.id for p in event.parties} == parties


def test_who_makes_a_proposal_that_is_accepted_is_no_party() -> None:
    """ "A proposal by Saudi Arabia": made by a mediator, where "a truce by X" is X's."""
    event = next(iter(diplomacy("The Sudanese army agreed to a truce proposal by Saudi Arabia.")))
    assert {p.id for p in event.parties} == {"SDN", "rsf"}
