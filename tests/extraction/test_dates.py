"""Times and durations as intervals, counted from a Wednesday noon."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.event import Precision
from worker.extraction.dates import (
    TimeMention,
    TimeRelation,
    find_durations,
    find_times,
    happened_within,
)
from worker.extraction.timespans import easter_sunday, orthodox_easter

WEDNESDAY = datetime(2025, 3, 19, 12, tzinfo=UTC)
MINUTE, HOUR, PART, DAY, WEEK, MONTH, YEAR = (
    Precision.MINUTE,
    Precision.HOUR,
    Precision.PART_OF_DAY,
    Precision.DAY,
    Precision.WEEK,
    Precision.MONTH,
    Precision.YEAR,
)


def instant(written: str) -> datetime:
    """Read "03-18", "03-18T18", "2014-01-01" or "2014-01-01T05:30" as UTC, of 2025 where no year is given."""
    day, _, clock = written.partition("T")
    day = day if day.count("-") == 2 else f"2025-{day}"
    clock = clock or "00"
    return datetime.fromisoformat(f"{day}T{clock if ':' in clock else clock + ':00'}:00+00:00")


def only(text: str, reference: datetime = WEDNESDAY) -> TimeMention:
    """Return the one time of a text."""
    (mention,) = find_times(text, reference=reference)
    return mention


@pytest.mark.parametrize(
    ("text", "words", "start", "end", "precision"),
    [
        ("on Tuesday", "Tuesday", "03-18", "03-19", DAY),
        ("on Wednesday", "Wednesday", "03-19", "03-20", DAY),
        ("on Thursday", "Thursday", "03-13", "03-14", DAY),
        ("Tuesday\u2019s call", "Tuesday", "03-18", "03-19", DAY),
        ("Tuesday night", "Tuesday night", "03-18T18", "03-19T06", PART),
        ("late on Tuesday", "late on Tuesday", "03-18T17", "03-19", PART),
        ("early Sunday", "early Sunday", "03-16", "03-16T09", PART),
        ("early on Monday morning", "early on Monday morning", "03-17", "03-17T09", PART),
        ("in the early hours of Tuesday", "in the early hours of Tuesday", "03-18", "03-18T06", PART),
        ("last Tuesday", "last Tuesday", "03-18", "03-19", DAY),
        ("last summer", "last summer", "2024-06-01", "2024-09-01", YEAR),
        ("last winter", "last winter", "2024-12-01", "03-01", YEAR),
        ("in the spring of 2022", "in the spring of 2022", "2022-03-01", "2022-06-01", YEAR),
        ("since the October 7 attacks", "October 7", "2023-10-07", "2023-10-08", DAY),
        ("since the raid of October 7", "October 7", "2024-10-07", "2024-10-08", DAY),
        ("last Wednesday", "last Wednesday", "03-12", "03-13", DAY),
        ("next Sunday", "next Sunday", "03-23", "03-24", DAY),
        ("this Sunday", "this Sunday", "03-23", "03-24", DAY),
        ("today", "today", "03-19", "03-20", DAY),
        ("yesterday", "yesterday", "03-18", "03-19", DAY),
        ("yesterday\u2019s conversation", "yesterday", "03-18", "03-19", DAY),
        ("yesterday evening", "yesterday evening", "03-18T18", "03-19", PART),
        ("tomorrow", "tomorrow", "03-20", "03-21", DAY),
        ("the day before yesterday", "the day before yesterday", "03-17", "03-18", DAY),
        ("tonight", "tonight", "03-19T18", "03-20T06", PART),
        ("last night", "last night", "03-18T18", "03-19T06", PART),
        ("this morning", "this morning", "03-19T06", "03-19T12", PART),
        ("overnight", "overnight", "03-18T18", "03-19T06", PART),
        ("overnight on Tuesday", "overnight on Tuesday", "03-17T18", "03-18T06", PART),
        ("overnight from March 18 to 19", "overnight from March 18 to 19", "03-18T18", "03-19T06", PART),
        (
            "overnight Tuesday into Wednesday",
            "overnight Tuesday into Wednesday",
            "03-18T18",
            "03-19T06",
            PART,
        ),
        ("on the night of March 18-19", "night of March 18-19", "03-18T18", "03-19T06", PART),
        ("since the evening of March 18", "evening of March 18", "03-18T18", "03-19", PART),
        ("March 18", "March 18", "03-18", "03-19", DAY),
        ("18 March", "18 March", "03-18", "03-19", DAY),
        ("the 18th of March", "18th of March", "03-18", "03-19", DAY),
        ("March 18, 2024", "March 18, 2024", "2024-03-18", "2024-03-19", DAY),
        ("11 November 2016", "11 November 2016", "2016-11-11", "2016-11-12", DAY),
        ("2025-03-18", "2025-03-18", "03-18", "03-19", DAY),
        ("2025-03-18T05:30:00Z", "2025-03-18T05:30:00Z", "03-18T05:30", "03-18T05:31", MINUTE),
        ("18.03.2025", "18.03.2025", "03-18", "03-19", DAY),
        ("on Sunday 23 March in", "Sunday 23 March", "03-23", "03-24", DAY),
        (
            "Monday, 17 March 2025, at 9:30pm",
            "Monday, 17 March 2025, at 9:30pm",
            "03-17T21:30",
            "03-17T22:30",
            HOUR,
        ),
        ("before dawn on Monday", "dawn on Monday", "03-17", "03-17T08", PART),
        ("shortly after midnight on Monday", "midnight on Monday", "03-17", "03-17T04", HOUR),
        ("Oct. 7", "Oct. 7", "2024-10-07", "2024-10-08", DAY),
        ("May 10", "May 10", "05-10", "05-11", DAY),
        ("BOGOTA, 27 MAR 89 -- [TEXT]", "27 MAR 89", "1989-03-27", "1989-03-28", DAY),
        ("March 18-20", "March 18-20", "03-18", "03-21", WEEK),
        ("between 10 and 12 May", "10 and 12 May", "05-10", "05-13", WEEK),
        ("from Friday to Sunday", "Friday to Sunday", "03-14", "03-17", WEEK),
        ("between March 18 and March 20", "March 18 and March 20", "03-18", "03-21", WEEK),
        ("in March", "March", "03-01", "04-01", MONTH),
        ("in November", "November", "2024-11-01", "2024-12-01", MONTH),
        ("in late February", "late February", "02-20", "03-01", MONTH),
        ("in March 2022", "March 2022", "2022-03-01", "2022-04-01", MONTH),
        ("in 2014", "2014", "2014-01-01", "2015-01-01", YEAR),
        ("the 2014 agreement", "2014", "2014-01-01", "2015-01-01", YEAR),
        ("two days ago", "two days ago", "03-17", "03-18", DAY),
        ("three hours ago", "three hours ago", "03-19T08", "03-19T10", HOUR),
        ("hours earlier", "hours earlier", "03-18T12", "03-19T12", HOUR),
        ("this week last year", "this week last year", "2024-01-01", "2025-01-01", YEAR),
        ("a 2022 attack", "2022", "2022-01-01", "2023-01-01", YEAR),
        ("Russia's 2022 invasion", "2022", "2022-01-01", "2023-01-01", YEAR),
        ("earlier this week", "earlier this week", "03-17", "03-19T12", WEEK),
        ("last week", "last week", "03-10", "03-17", WEEK),
        ("this week", "this week", "03-17", "03-24", WEEK),
        ("over the weekend", "the weekend", "03-15", "03-17", WEEK),
        ("last month", "last month", "02-01", "03-01", MONTH),
        ("next month", "next month", "04-01", "05-01", MONTH),
        ("this year", "this year", "2025-01-01", "2026-01-01", YEAR),
        ("in the past 24 hours", "past 24 hours", "03-18T12", "03-19T12", DAY),
        ("in recent days", "recent days", "03-12T12", "03-19T12", WEEK),
        ("at 5 p.m. on Friday", "5 p.m. on Friday", "03-14T17", "03-14T18", HOUR),
        ("at 5 p.m.", "5 p.m.", "03-18T17", "03-18T18", HOUR),
        ("from 10:00 GMT on Friday", "10:00 GMT on Friday", "03-14T10:00", "03-14T10:01", MINUTE),
        ("at 5 p.m. Eastern time", "5 p.m. Eastern time", "03-18T22:00", "03-18T23:00", HOUR),
        (
            "from 00:01 Moscow time on Friday",
            "00:01 Moscow time on Friday",
            "03-13T21:01",
            "03-13T21:02",
            MINUTE,
        ),
        ("at 7 a.m. (0500 GMT) Friday", "7 a.m. (0500 GMT) Friday", "03-14T05:00", "03-14T05:01", MINUTE),
        ("at midnight", "midnight", "03-19", "03-19T01", HOUR),
        ("until midnight Sunday", "midnight Sunday", "03-17", "03-17T01", HOUR),
        ("on Christmas Day", "Christmas Day", "2024-12-25", "2024-12-26", DAY),
        ("during Easter", "Easter", "04-20", "04-21", DAY),
        ("on Orthodox Easter", "Orthodox Easter", "04-20", "04-21", DAY),
        ("on the eve of March 19", "March 19", "03-18", "03-19", DAY),
    ],
)
def test_one_time_is_found(text: str, words: str, start: str, end: str, precision: Precision) -> None:
    mention = only(text)
    assert mention.text == words
    assert (mention.interval.start, mention.interval.end) == (instant(start), instant(end))
    assert mention.interval.precision is precision


@pytest.mark.parametrize(
    "text",
    [
        *(
            "may 5 be enough",
            "they march 3 abreast",
            "a Mondays-only rule",
            "145 drones",
            "2000 people",
            "S-300",
            "won 2-1",
        ),
        *(
            "hours after the call",
            "the day before",
            "two weeks later",
            "on 4/5/2025",
            "10.30",
            "",
            "Maya",
            "Marchers",
            "30 February",
        ),
        *(
            "the second",
            "daybreaker",
            "nightmare",
            "a day",
            "the year",
            "the month",
            "sat down",
            "in the sun.",
        ),
    ],
)
def test_what_names_no_time_is_left_out(text: str) -> None:
    assert find_times(text, reference=WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("on Friday", TimeRelation.AT),
        ("since Friday", TimeRelation.SINCE),
        ("since the evening of March 18", TimeRelation.SINCE),
        ("until 1 May", TimeRelation.UNTIL),
        ("through Sunday", TimeRelation.UNTIL),
        ("before Friday", TimeRelation.BEFORE),
        ("by the end of May", TimeRelation.BEFORE),
        ("ahead of Friday", TimeRelation.BEFORE),
        ("after Friday's attack", TimeRelation.AFTER),
        ("from 10:00 GMT on Friday", TimeRelation.FROM),
        ("starting Monday", TimeRelation.FROM),
        ("as of March 15", TimeRelation.FROM),
        ("from Friday to Sunday", TimeRelation.AT),
    ],
)
def test_the_words_before_give_the_relation(text: str, relation: TimeRelation) -> None:
    assert only(text).relation is relation


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("on Sunday", "03-23"),
        ("on Wednesday", "03-26"),
        ("Sunday night", "03-23T18"),
        ("at 5 p.m. on Friday", "03-21T17"),
        ("at 5 p.m.", "03-19T17"),
        ("in April", "04-01"),
    ],
)
def test_a_future_reading_stands_beside(text: str, start: str) -> None:
    alternative = only(text).alternative
    assert alternative is not None
    assert alternative.start == instant(start)


@pytest.mark.parametrize(
    "text", ["March 18", "yesterday", "in 2014", "last Friday", "next Friday", "two days ago"]
)
def test_what_is_fixed_has_no_other_reading(text: str) -> None:
    assert only(text).alternative is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on Monday", "03-17", "03-18"),
        ("since Monday", "03-17", "03-19T12"),
        ("after Monday", "03-18", "03-19T12"),
        ("from Monday", "03-17", "03-19T12"),
    ],
)
def test_what_has_happened_lies_within(text: str, start: str, end: str) -> None:
    within = happened_within(only(text), reference=WEDNESDAY)
    assert within is not None
    assert (within.start, within.end) == (instant(start), instant(end))


@pytest.mark.parametrize("text", ["before Monday", "until Monday", "after April 5"])
def test_what_is_open_or_still_to_come_has_not(text: str) -> None:
    assert happened_within(only(text), reference=WEDNESDAY) is None


@pytest.mark.parametrize(
    ("text", "day", "start"),
    [
        ("over the weekend", "03-19", "03-15"),
        ("over the weekend", "03-22", "03-22"),
        ("this weekend", "03-19", "03-22"),
        ("next weekend", "03-22", "03-29"),
        ("last weekend", "03-22", "03-15"),
        ("last weekend", "03-19", "03-15"),
    ],
)
def test_weekends_are_counted_from_the_day(text: str, day: str, start: str) -> None:
    assert only(text, instant(day)).interval.start == instant(start)


def test_several_times_of_one_sentence() -> None:
    text = "On Monday and Tuesday, and since March 18, when they spoke; talks resume on Sunday 23 March."
    assert [m.text for m in find_times(text, reference=WEDNESDAY)] == [
        "Monday",
        "Tuesday",
        "March 18",
        "Sunday 23 March",
    ]


def test_a_reference_without_zone_is_utc() -> None:
    naive = WEDNESDAY.replace(tzinfo=None)
    assert find_times("yesterday", reference=naive) == find_times("yesterday", reference=WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "words", "hours"),
    [
        ("a 30-hour truce", "30-hour", 30),
        ("30 hours", "30 hours", 30),
        ("a 72-hour truce", "72-hour", 72),
        ("for 30 days", "30 days", 720),
        ("two weeks", "two weeks", 336),
        ("a week-long pause", "week-long", 168),
        ("a weeklong pause", "weeklong", 168),
        ("a four-day pause", "four-day", 96),
        ("a 60-day truce", "60-day", 1440),
        ("one month", "one month", 720),
        ("for a month", "a month", 720),
        ("half an hour", "half an hour", 0.5),
        ("a two-and-a-half-hour call", "two-and-a-half-hour", 2.5),
        ("twenty-four hours", "twenty-four hours", 24),
    ],
)
def test_one_duration_is_found(text: str, words: str, hours: float) -> None:
    (mention,) = find_durations(text)
    assert (mention.text, mention.duration) == (words, timedelta(hours=hours))


@pytest.mark.parametrize(
    "text",
    [
        "two days ago",
        "a 67-year-old",
        "67 years old",
        "the past 24 hours",
        "three hours later",
        "0 days",
        "a day",
        "S-300 hours-old",
        "",
    ],
)
def test_what_is_no_length_of_time(text: str) -> None:
    assert find_durations(text) == ()


PIECES = st.sampled_from(
    [
        *(
            "Tuesday ",
            "night ",
            "of ",
            "on ",
            "March ",
            "18",
            "-",
            "20 ",
            "2025 ",
            "to ",
            "until ",
            "from ",
            "between ",
            "and ",
            ", ",
        ),
        *(
            "at ",
            "5 ",
            "p.m. ",
            "(0500 GMT) ",
            "10:00 ",
            "midnight ",
            "overnight ",
            "early ",
            "late ",
            "last ",
            "next ",
            "week ",
            "two ",
        ),
        *(
            "days ",
            "ago ",
            "years ",
            "9999 ",
            "earlier ",
            "this ",
            "the ",
            "weekend ",
            "Easter ",
            "yesterday ",
            "tomorrow ",
            "eve of ",
        ),
        *(
            "past ",
            "decades ",
            "in ",
            "May ",
            "1600-01-01",
            "2099 ",
            "hours ",
            "\u0663 ",
            "\ud800",
            "30",
            "31.12.9999 ",
            "1.1.0001 ",
        ),
    ]
)
MOMENTS = st.one_of(
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from([datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), WEDNESDAY]),
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)), MOMENTS)
@settings(max_examples=400)
def test_any_text_gives_exact_spans_and_real_intervals(text: str, reference: datetime) -> None:
    end = 0
    for mention in find_times(text, reference=reference):
        assert end <= mention.start < mention.end
        assert mention.text == text[mention.start : mention.end]
        assert mention.interval.start < mention.interval.end
        assert mention.alternative is None or mention.alternative.start < mention.alternative.end
        within = happened_within(mention, reference=reference)
        assert within is None or within.start < within.end
        end = mention.end
    end = 0
    for length in find_durations(text):
        assert end <= length.start < length.end
        assert length.text == text[length.start : length.end]
        assert length.duration > timedelta(0)
        end = length.end


def test_times_without_end_are_read_in_linear_time() -> None:
    for piece in (
        "March 1 ",
        "Tuesday ",
        "last ",
        "a few ",
        "two days ",
        "1:",
        " ",
        "\n",
        "night of ",
        "Mar",
        "5 p.m. (",
    ):
        find_times(piece * (100_000 // len(piece)), reference=WEDNESDAY)
        find_durations(piece * (100_000 // len(piece)))


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [(2016, "03-27", "05-01"), (2023, "04-09", "04-16"), (2024, "03-31", "05-05"), (2026, "04-05", "04-12")],
)
def test_easter_of_either_church(year: int, western: str, orthodox: str) -> None:
    assert easter_sunday(year) == instant(f"{year}-{western}")
    assert orthodox_easter(year) == instant(f"{year}-{orthodox}")
