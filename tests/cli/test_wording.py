"""Events and alerts in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.alerts import make_alert
from tests.factories import make_actor, make_day, make_diplomacy, make_interval, make_strike
from worker.alert import AlertOrder, AlertStatus, InScope
from worker.event import Interval, Precision, Qualifier, Quantity
from worker.rows import alert_rows, event_heading, event_rows, say_standing
from worker.wording import clean, in_one_line, say_actors, say_duration, say_interval, say_names, say_quantity


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(low=145, high=145), "145"),
        (Quantity(low=40, high=None, qualifier=Qualifier.AT_LEAST), "at least 40"),
        (Quantity(low=0, high=12, qualifier=Qualifier.AT_MOST), "up to 12"),
        (Quantity(low=40, high=40, qualifier=Qualifier.ABOUT), "about 40"),
        (Quantity(low=24, high=99, qualifier=Qualifier.ABOUT), "24–99"),
        (Quantity(low=330, high=400, qualifier=Qualifier.RANGE), "330–400"),
    ],
)
def test_quantities(quantity: Quantity, words: str) -> None:
    assert say_quantity(quantity) == words


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (make_day("2025-03-18"), "18 Mar 2025 (“2025-03-18”)"),
        (
            make_interval("2025-03-18T21:40", "2025-03-18T21:41", precision=Precision.MINUTE),
            "18 Mar 2025 21:40 UTC",
        ),
        (
            make_interval("2025-03-18T18:00", "2025-03-19T06:00", precision=Precision.PART_OF_DAY),
            "18 Mar 2025 18:00 – 19 Mar 2025 06:00 UTC",
        ),
        (make_interval("2025-03-18T06:00", "2025-03-18T12:00"), "18 Mar 2025 06:00 – 12:00 UTC"),
        (make_interval("2025-03-17", "2025-03-24", precision=Precision.WEEK), "17 Mar 2025 – 23 Mar 2025"),
    ],
)
def test_intervals_are_told_as_exactly_as_they_are_known(interval: Interval, words: str) -> None:
    assert say_interval(interval) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(minutes=45), "45 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(hours=3, minutes=20), "3 h 20 min"),
        (timedelta(days=1, hours=4, minutes=59), "1 day 4 h"),
        (timedelta(days=12, hours=4), "12 days"),
    ],
)
def test_durations_in_their_two_largest_units(duration: timedelta, words: str) -> None:
    assert say_duration(duration) == words


def test_actors_are_told_by_name_with_the_words_used_for_them() -> None:
    kremlin = replace(make_actor("RUS"), text="the Kremlin")
    assert (
        say_actors([kremlin, make_actor("UKR", inferred=True)]) == "Russia “the Kremlin”, Ukraine (inferred)"
    )
    assert say_actors([]) == "unknown"
    assert (
        say_names([kremlin, make_actor("UKR"), make_actor("USA")]) == "Russia, Ukraine and the United States"
    )
    assert say_names([kremlin]) == "Russia"


def test_a_strike_and_a_truce_in_a_heading_and_rows() -> None:
    strike = make_strike(sites=["energy", "hospital"], killed=Quantity(low=3, high=3), relation="after")
    assert event_heading(strike) == ("drone strike", "Russia → Ukraine")
    rows = dict(event_rows(strike))
    assert (rows["sites"], rows["killed"]) == ("energy, hospital", "3")
    assert "injured" not in rows
    truce = make_diplomacy(bound=["RUS"], mediators=["USA"], domains=["energy"])
    assert event_heading(truce) == ("ceasefire agreed", "Russia, Ukraine")
    assert dict(event_rows(truce)) == {"bound": "Russia", "mediators": "the United States", "scope": "energy"}


def test_an_alert_says_what_was_promised_what_happened_how_long_after_and_who_says_so() -> None:
    rows = dict(alert_rows(make_alert()))
    assert rows["promised"] == (
        "ceasefire agreed between Russia and Ukraine; scope energy and infrastructure; binds Russia; "
        "mediated by the United States"
    )
    assert rows["happened"] == "drone strike, Russia → Ukraine"
    assert rows["weapons"] == "145 × drones"
    assert rows["injured"] == "1"
    assert rows["after"] == "about 18 h after the announcement"
    assert rows["sources"] == "Harbor Daily (3 reports, 2 independent)"


def test_what_is_not_certain_is_said() -> None:
    alert = make_alert(order=AlertOrder.POSSIBLE, in_scope=InScope.UNKNOWN)
    rows = dict(alert_rows(alert))
    assert rows["after"].endswith("(order not certain)")
    assert rows["in scope"] == "unknown"


def test_a_retracted_alert_says_what_takes_over() -> None:
    rows = dict(alert_rows(make_alert(status=AlertStatus.RETRACTED, superseded_by="ffee")))
    assert rows["instead"] == "see alert ffee"
    assert "sources" not in rows


def test_a_first_alert_has_no_standing_a_later_one_its_revision() -> None:
    assert say_standing(make_alert()) == ""
    assert say_standing(make_alert(revision=3)) == " revised, revision 3"
    assert say_standing(make_alert(revision=4, status=AlertStatus.RETRACTED)) == " retracted, revision 4"


@given(st.text())
def test_cleaning_keeps_every_offset_and_leaves_nothing_that_steers(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert not any(ord(char) < 32 and char not in "\n\t" for char in cleaned)
    assert not set(cleaned) & set("\x7f\x9b\u202e\u2066\u2028")


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(in_one_line(text).splitlines()) <= 1
