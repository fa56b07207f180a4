"""Talks about ending or pausing a conflict."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extraction.extracted import acts_of, diplomacy
from worker.event import Act

_TALKS = {Act.TALKS_SCHEDULED, Act.TALKS_HELD, Act.TALKS_SUSPENDED}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "Peace talks between Armenia and Azerbaijan will resume in Brussels next week.",
            Act.TALKS_SCHEDULED,
        ),
        ("Israel and Hamas agreed to hold ceasefire talks in Cairo.", Act.TALKS_SCHEDULED),
        ("Russia, Ukraine to meet for truce talks", Act.TALKS_SCHEDULED),
        ("Russia said a new round of talks with Ukraine would take place on Sunday.", Act.TALKS_SCHEDULED),
        (
            "Russian and Ukrainian officials are due to meet in Geneva on Friday to discuss ending the war.",
            Act.TALKS_SCHEDULED,
        ),
        ("Ukraine is planning to resume peace negotiations with Russia in May.", Act.TALKS_SCHEDULED),
        ("Russian and Ukrainian officials held talks on a ceasefire in Istanbul on Monday.", Act.TALKS_HELD),
        (
            "Peace talks between the Colombian government and the ELN opened in Quito on Tuesday.",
            Act.TALKS_HELD,
        ),
        ("Hamas suspended ceasefire talks with Israel.", Act.TALKS_SUSPENDED),
        ("Peace talks between the Sudanese army and the RSF broke down.", Act.TALKS_SUSPENDED),
        ("The Houthis walked out of the peace talks with Saudi Arabia.", Act.TALKS_SUSPENDED),
        ("The peace talks between the ELN and the Colombian government are over.", Act.TALKS_SUSPENDED),
        ("Peace talks between Thailand and Cambodia were over, Bangkok said.", Act.TALKS_SUSPENDED),
        ("Peace talks between Thailand and Cambodia were held over dinner.", Act.TALKS_HELD),
        ("India and Pakistan agreed on a ceasefire in talks in Doha.", Act.TALKS_HELD),
        ("India and Pakistan agreed on a ceasefire after a night of negotiations.", Act.TALKS_HELD),
        ("Israel and Hamas agreed a truce. The two sides will meet again on Monday.", Act.TALKS_SCHEDULED),
        ("A truce between Israel and Hamas began. Negotiators gathered in Cairo.", Act.TALKS_HELD),
        (
            "A truce between India and Pakistan began. The two countries are to meet on Monday.",
            Act.TALKS_SCHEDULED,
        ),
        (
            "After months of stalled negotiations, ceasefire talks between Israel and Hamas are picking up steam.",
            Act.TALKS_HELD,
        ),
        (
            "The bombardment came as a round of peace talks between Israel and Hamas entered its second day.",
            Act.TALKS_HELD,
        ),
        # headlines
        ("Russia-Ukraine peace talks open in Doha", Act.TALKS_HELD),
        ("Russia, Ukraine resume ceasefire talks", Act.TALKS_HELD),
        ("Russia and Ukraine to hold peace talks on Friday", Act.TALKS_SCHEDULED),
        ("Thailand and Cambodia to meet for truce talks on Friday", Act.TALKS_SCHEDULED),
        # on the way, under way, due to end
        ("Russian and Ukrainian delegates head to Istanbul for peace talks.", Act.TALKS_SCHEDULED),
        ("Israel sent negotiators to Doha for truce talks with Hamas.", Act.TALKS_SCHEDULED),
        ("A Hamas delegation left for Cairo to resume truce talks with Israel.", Act.TALKS_SCHEDULED),
        ("Truce talks between Israel and Hamas got under way in Cairo.", Act.TALKS_HELD),
        ("Congolese and M23 envoys are locked in peace talks in Doha.", Act.TALKS_HELD),
        ("The peace talks between Ethiopia and Tigray's leaders are due to end on Sunday.", Act.TALKS_HELD),
        (
            "Indian and Pakistani officers are to speak by phone on the ceasefire on Monday.",
            Act.TALKS_SCHEDULED,
        ),
        ("Russia struck Kyiv after talks to end the war in Geneva.", Act.TALKS_HELD),
        ("Thailand and Cambodia agreed to resume ceasefire discussions on Monday.", Act.TALKS_SCHEDULED),
        (
            "Russia and Ukraine are expected to discuss a ceasefire in Istanbul on Monday.",
            Act.TALKS_SCHEDULED,
        ),
        ("Qatar said truce talks between Israel and Hamas would resume on Sunday.", Act.TALKS_SCHEDULED),
        (
            "Haftar flew home after eight hours of truce talks with Libya's government in Moscow.",
            Act.TALKS_HELD,
        ),
        (
            "A truce between Sudan and the RSF began. Talks on aid corridors are to start on Friday.",
            Act.TALKS_SCHEDULED,
        ),
    ],
)
def test_act(text: str, act: Act) -> None:
    """What is done with them, by the verb and its tense."""
    assert [e.act for e in diplomacy(text) if e.act in _TALKS] == [act]


@pytest.mark.parametrize(
    "text",
    [
        "The United States and China held trade talks in Geneva.",
        "Talks between the teachers' union and the government of France collapsed, and a strike began.",
        "Israel could hold talks with Hamas about a truce if hostages were freed.",
        "A truce between Israel and Hamas began. Trade talks with Brussels will start on Friday.",
        "Speakers will talk about the truce between Israel and Hamas at a conference in London.",
        "Hamas said truce talks with Israel would resume on Sunday if aid trucks came in.",
        "Sources close to the talks said Israel and Hamas had signed no truce.",
        "Peace talks between India and Pakistan were suspended in 2008 after the attack in Mumbai.",
        "North Korea fired a missile amid stalled nuclear talks with the United States.",
        "The union refused to negotiate with Israel Railways after the attack on its office.",
        "The table at which Russian and Ukrainian generals ate was hit by a drone.",
        "Chelsea opened talks with Arsenal about a transfer after the attack on their fans.",
    ],
)
def test_other_talks(text: str) -> None:
    """Trade, labour and sport are no conflict; what is only possible is not scheduled."""
    assert [e for e in diplomacy(text) if e.act in _TALKS] == []


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Russia refused to negotiate with Ukraine.", "rejected"),
        ("Russia said it would not negotiate with Ukraine under fire.", "rejected"),
        ("Russia offered to hold talks with Ukraine.", "proposed"),
        ("Russia said it was ready for talks with Ukraine.", "proposed"),
        ("France urged Russia and Ukraine to return to the negotiating table.", "demanded"),
        (
            "Germany called on Israel to be willing to accept a truce with Hamas and return to talks.",
            "demanded",
        ),
    ],
)
def test_bids_for_talks(text: str, act: str) -> None:
    """What is said of talks with an enemy is said of the ceasefire that they are to bring."""
    assert acts_of(text) == {act}


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Talks between Israel and Lebanon are on pause.", {"talks_suspended"}),
        (
            "Talks between Israel and Hamas broke off on Monday but will resume on Thursday.",
            {"talks_suspended", "talks_scheduled"},
        ),
        ("Russia and Ukraine agreed to extend talks by a day.", {"talks_scheduled"}),
        ("Qatar is mediating between the Congolese government and the M23 rebels.", {"talks_held"}),
        (
            "A Pakistani envoy arrived in Tehran to mediate between Iran and the United States.",
            {"talks_held"},
        ),
        ("Pakistani mediators shuttled between Russian and Ukrainian delegations in Doha.", {"talks_held"}),
        ("A court mediated between the army's caterers and their union.", set()),
        ("US envoy Steve Witkoff met Vladimir Putin on a settlement of the war in Ukraine.", {"talks_held"}),
        ("Russian and Ukrainian negotiators have met in Istanbul to discuss a truce.", {"talks_held"}),
        ("Conditions for talks have been met by Russia and Ukraine.", set()),
    ],
)
def test_talks_on_hold_and_mediation(text: str, acts: set[str]) -> None:
    """Each verb of coordinated ones says what is done with the talks; whoever mediates between enemies holds them."""
    assert acts_of(text) == acts


def test_each_verb_of_talks_has_its_own_day() -> None:
    """ "Broke off on Monday but will resume on Thursday"."""
    text = "Talks between Israel and Hamas broke off on Monday but will resume on Thursday."
    days = {e.act: e.event_time.start.day for e in diplomacy(text)}
    assert days == {Act.TALKS_SUSPENDED: 17, Act.TALKS_SCHEDULED: 20}


def test_what_was_to_be_discussed_is_no_second_meeting() -> None:
    """One meeting, and not an unsure one beside it."""
    assert len(diplomacy("Russian and Ukrainian negotiators met in Istanbul to discuss a truce.")) == 1


def test_a_supporter_who_offers_talks_is_a_party() -> None:
    """Rwanda stands behind the M23; where it deals with Congo itself, it is the other side."""
    (offer,) = diplomacy("Rwanda proposed peace talks with Congo.")
    assert {p.id for p in offer.parties} == {"RWA", "COD"}


def test_day_venue_and_conflict_of_a_mediators_talks() -> None:
    """Talks of a mediator with one side belong to that side's conflict; a Sunday to come is the coming one."""
    text = (
        "Russian drones struck Ukraine despite a ceasefire on energy. "
        "Negotiations between Washington and Moscow will resume on Sunday 23 March in Jeddah, Saudi Arabia."
    )
    event = next(e for e in diplomacy(text) if e.act is Act.TALKS_SCHEDULED)
    assert {p.id for p in event.parties} == {"USA", "RUS"}
    assert event.conflict == "RUS|UKR"
    assert event.event_time.start == datetime(2025, 3, 23, tzinfo=UTC)
    assert event.venue is not None
    assert event.venue.startswith("Jeddah")
