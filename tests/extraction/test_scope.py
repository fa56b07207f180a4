"""What a ceasefire covers, and from when until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.extraction.extracted import NOON, diplomacy
from worker.event import Act, DiplomacyEvent, Domain, Status

_OPEN = {Act.CEASEFIRE_AGREED, Act.CEASEFIRE_DECLARED, Act.CEASEFIRE_IN_EFFECT, Act.CEASEFIRE_EXTENDED}


def _opened(text: str) -> DiplomacyEvent:
    return next(e for e in diplomacy(text) if e.act in {*_OPEN, Act.CEASEFIRE_PROPOSED})


@pytest.mark.parametrize(
    ("text", "domains"),
    [
        ("Russia and Ukraine agreed to a ceasefire.", ["general"]),
        ("Russia and Ukraine agreed to a ceasefire on energy infrastructure.", ["energy"]),
        (
            "Russia and Ukraine agreed to a ceasefire on all energy and infrastructure.",
            ["energy", "infrastructure"],
        ),
        ("Russia and Ukraine agreed to a maritime ceasefire in the Black Sea.", ["maritime"]),
        ("Israel and Hamas agreed to a humanitarian truce.", ["humanitarian"]),
        ("Russia declared a unilateral Easter truce in Ukraine.", ["holiday"]),
        ("Russia agreed to halt strikes on Ukrainian power plants.", ["energy"]),
        ("Russia promised a halt to strikes on Ukrainian energy sites.", ["energy"]),
        (
            "Ukraine and Russia agreed to a moratorium on strikes against refineries and the power grid.",
            ["energy"],
        ),
        ("Russia and Ukraine agreed to stop strikes on refineries for a week.", ["energy"]),
        ("Russia and Ukraine agreed on a halt to attacks on pipelines.", ["energy"]),
        ("Russia and Ukraine agreed to stop strikes on railways and bridges.", ["infrastructure"]),
        ("Russia promised to spare Ukrainian power plants over the winter.", ["energy"]),
        ("Russia and Ukraine agreed to spare bridges and railways.", ["infrastructure"]),
        ("Russia and Ukraine agreed to a ban on drone and missile attacks.", ["air"]),
        ("Russia and Ukraine agreed to halt long-range strikes.", ["air"]),
        ("Russia and Ukraine agreed to end an exchange of missiles.", ["general"]),
        ("Israel and Hamas agreed to a pause to let aid into Rafah.", ["humanitarian"]),
        ("Israel announced daily pauses for aid deliveries in Gaza.", ["humanitarian"]),
        ("Sudan's army and the RSF agreed to stop fighting in the city of El Fasher.", ["local"]),
        ("The Taliban offered Afghan forces a truce for Eid al-Adha.", ["holiday"]),
        ("Russia will hold its fire in Ukraine on Saturday to mark Orthodox Easter.", ["holiday"]),
        ("Israel and Hamas agreed to a ceasefire and the release of all hostages.", ["general", "hostages"]),
        ("Israel and Hamas agreed to a ceasefire after the hostages were freed.", ["general"]),
        (
            "Israel agreed to a truce in the war with Hamas so that children can be vaccinated.",
            ["general", "humanitarian"],
        ),
        # a town in another land is where it was signed
        ("Sudan's army and the RSF signed a truce in Jeddah.", ["general"]),
        ("Israel and Hamas signed a truce in Rafah.", ["general"]),
        # on land, in the air and at sea is everywhere
        ("Russia and Ukraine agreed to a ceasefire on land, in the air and at sea.", ["general"]),
        ("Saudi Arabia and the Houthis declared a truce on land, at sea and in the air.", ["general"]),
        ("Russia and Ukraine agreed to a ceasefire in the air and at sea.", ["maritime", "air"]),
        ("Russia and Ukraine agreed to a ceasefire in the air.", ["air"]),
    ],
)
def test_domains(text: str, domains: list[str]) -> None:
    """The words of the ceasefire's own phrase say what it covers."""
    assert _opened(text).scope.domains == tuple(Domain(d) for d in domains)


def test_a_town_makes_it_local() -> None:
    """A ceasefire in a town has that region."""
    scope = _opened("The Syrian government and rebels agreed to a truce in Homs.").scope
    assert scope.domains == (Domain.LOCAL,)
    assert scope.region == "Homs"


def test_effective_from_a_day_to_come() -> None:
    """ "From Friday" of a Wednesday is the coming one; the declaration is earlier."""
    event = _opened("Russia and Ukraine agreed to a ceasefire from Friday.")
    assert event.effective_from is not None
    assert event.effective_from.start.date() == datetime(2025, 3, 21, tzinfo=UTC).date()
    assert event.declared_at is not None
    assert event.declared_at.end <= datetime(2025, 3, 19, 12, tzinfo=UTC)


def test_the_days_of_a_truce_begin_and_end_it() -> None:
    """ "From 8 to 10 May": the first is when it begins, the last when it ends."""
    event = _opened("Russia declared a ceasefire from 8 to 10 May.")
    assert event.effective_from is not None
    assert event.effective_until is not None
    assert event.effective_from.start == datetime(2025, 5, 8, tzinfo=UTC)
    assert event.effective_from.end == datetime(2025, 5, 9, tzinfo=UTC)
    assert event.effective_until.start == datetime(2025, 5, 10, tzinfo=UTC)
    assert event.effective_until.end == datetime(2025, 5, 11, tzinfo=UTC)


def test_within_how_long_it_begins_is_not_how_long_it_lasts() -> None:
    """ "Is to take effect within 24 hours" ends nothing a day later."""
    event = _opened("Israel and Hamas agreed to a ceasefire that is to take effect within 24 hours.")
    assert event.effective_from is not None
    assert event.effective_from.end - event.effective_from.start == timedelta(hours=24)
    assert event.effective_until is None
    assert event.duration is None


def test_until() -> None:
    """An end that is named is the end."""
    event = _opened("Russia declared a truce in Ukraine until Sunday.")
    assert event.effective_until is not None
    assert event.effective_until.end.date() >= datetime(2025, 3, 23, tzinfo=UTC).date()


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("Israel and Hamas agreed to a 72-hour ceasefire.", timedelta(hours=72)),
        ("Israel and Hamas extended their truce by two days.", timedelta(days=2)),
        ("Russia agreed to halt strikes on Ukrainian energy facilities for 30 days.", timedelta(days=30)),
    ],
)
def test_duration(text: str, duration: timedelta) -> None:
    """How long it is meant to last."""
    assert _opened(text).duration == duration


@pytest.mark.parametrize(
    ("text", "start"),
    [
        # Wednesday's news of what is to come
        ("A ceasefire between Thailand and Cambodia will begin on Saturday.", 22),
        ("The truce between the Sudanese army and the RSF is due to take effect on Friday.", 21),
        ("Pakistan said that the ceasefire with India would start on Sunday.", 23),
        ("The truce between Armenia and Azerbaijan is to come into force on Monday.", 24),
        ("A ceasefire between Armenia and Azerbaijan begins on Monday.", 24),
        ("A ceasefire between Armenia and Azerbaijan takes effect on Wednesday.", 19),
        # and of what was
        ("The ceasefire between Israel and Hamas began on Sunday.", 16),
        ("Pakistan said that the ceasefire with India started on Sunday.", 16),
        ("The truce between Armenia and Azerbaijan took effect on Monday.", 17),
    ],
)
def test_a_truce_to_come_begins_on_the_coming_day_one_that_began_on_the_last(text: str, start: int) -> None:
    event = _opened(text)
    assert event.assertion.status is Status.ASSERTED
    assert event.effective_from is not None
    assert event.effective_from.start == datetime(2025, 3, start, tzinfo=UTC)
    assert event.event_time.start <= NOON


def test_a_truce_to_come_is_told_now() -> None:
    """The coming day is that of its beginning, not of the news."""
    event = _opened("A ceasefire between Thailand and Cambodia will begin on Saturday.")
    assert NOON - timedelta(days=2) < event.event_time.start
    assert event.event_time.end == NOON


def test_a_feast_tells_when_a_truce_is_kept_not_when_it_was_made() -> None:
    """Easter lies a month ahead of the declaration."""
    event = _opened("Vladimir Putin declares an Easter truce in Ukraine.")
    assert event.declared_at is not None
    assert event.declared_at.end <= NOON


def test_of_two_days_to_come_the_first_is_the_beginning() -> None:
    event = _opened(
        "Putin announces a ceasefire in Ukraine on April 18-19 in connection with Orthodox Easter."
    )
    assert event.effective_from is not None
    assert event.effective_from.start == datetime(2025, 4, 18, tzinfo=UTC)


def test_the_time_of_another_verb_is_no_beginning() -> None:
    event = _opened("The truce between Israel and Hamas came into force before dawn and was holding by noon.")
    assert event.effective_from is None or event.effective_from.start < NOON


def test_a_truce_with_palestinians_is_about_gaza() -> None:
    assert _opened("Israel and Palestinian factions agreed to a ceasefire.").scope.region == "Gaza Strip"
