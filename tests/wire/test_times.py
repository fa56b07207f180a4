"""Times and durations are written one way, and read back exactly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from worker.wire.times import BadTime, format_duration, format_time, parse_duration, parse_time


@given(st.datetimes(datetime(1000, 1, 1), datetime(2999, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_times_round_trip(time: datetime) -> None:
    written = format_time(time)
    assert written.endswith("Z")
    assert parse_time(written) == time


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "0999-12-31T23:59:59Z", "3000-01-01T00:00:00Z"])
def test_years_that_windows_would_run_out_of_are_no_times(text: str) -> None:
    with pytest.raises(BadTime, match="1000 to 2999"):
        parse_time(text)


def test_a_duration_of_an_age_is_none() -> None:
    with pytest.raises(BadTime, match="366000 days"):
        parse_duration("P366001D")


@given(strategies.durations() | st.timedeltas(timedelta(0), timedelta(days=366_000)))
def test_durations_round_trip(duration: timedelta) -> None:
    assert parse_duration(format_duration(duration)) == duration


@pytest.mark.parametrize(
    ("duration", "written"),
    [
        (timedelta(0), "PT0S"),
        (timedelta(hours=1), "PT1H"),
        (timedelta(days=30), "P30D"),
        (timedelta(hours=72), "P3D"),
        (timedelta(days=1, minutes=5), "P1DT5M"),
        (timedelta(seconds=90), "PT1M30S"),
        (timedelta(milliseconds=250), "PT0.25S"),
        (timedelta(hours=2, microseconds=1), "PT2H0.000001S"),
    ],
)
def test_durations_are_written(duration: timedelta, written: str) -> None:
    assert format_duration(duration) == written
    assert parse_duration(written) == duration


@pytest.mark.parametrize(("text", "duration"), [("PT72H", 72 * 60), ("PT90M", 90), ("P1DT0H", 24 * 60)])
def test_other_spellings_are_read(text: str, duration: int) -> None:
    assert parse_duration(text) == timedelta(minutes=duration)


@pytest.mark.parametrize(
    "text",
    [
        *("", "P", "PT", "P1DT", "P1M", "P1Y", "P1W", "-PT1H", "PT-1H", "1H", "PT1H ", "pt1h", "PT1.5H"),
        *("PT1S1H", "P9999999999D", "P999999999DT999999999H", "PT0.1234567S"),
    ],
)
def test_no_duration(text: str) -> None:
    with pytest.raises(BadTime) as caught:
        parse_duration(text)
    assert caught.value.text == text


def test_a_time_of_another_zone_is_written_in_utc() -> None:
    kyiv = timezone(timedelta(hours=3))
    assert format_time(datetime(2026, 4, 8, 1, 15, tzinfo=kyiv)) == "2026-04-07T22:15:00Z"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-04-08t07:30:00z", datetime(2026, 4, 8, 7, 30, tzinfo=UTC)),
        ("2026-04-08T07:30:00.1Z", datetime(2026, 4, 8, 7, 30, 0, 100_000, tzinfo=UTC)),
        ("2026-04-08T07:30:00.123456789Z", datetime(2026, 4, 8, 7, 30, 0, 123_456, tzinfo=UTC)),
        ("2026-04-08T00:30:00-07:00", datetime(2026, 4, 8, 7, 30, tzinfo=UTC)),
        ("2026-04-08T07:30:00-00:00", datetime(2026, 4, 8, 7, 30, tzinfo=UTC)),
    ],
)
def test_rfc_3339_in_all_its_spellings(text: str, time: datetime) -> None:
    assert parse_time(text) == time
    assert parse_time(text).tzinfo is UTC


def test_what_cannot_be_written_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="timezone"):
        format_time(datetime(2026, 4, 8))  # noqa: DTZ001 - the very fault
    with pytest.raises(ValueError, match="negative"):
        format_duration(timedelta(seconds=-1))
