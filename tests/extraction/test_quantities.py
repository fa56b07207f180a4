"""Which numbers count something, and how many they say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.event import Qualifier
from worker.extraction.quantities import find_quantities, parse_number

EXACT, ABOUT, AT_LEAST, AT_MOST, RANGE = (
    Qualifier.EXACT,
    Qualifier.ABOUT,
    Qualifier.AT_LEAST,
    Qualifier.AT_MOST,
    Qualifier.RANGE,
)


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "qualifier"),
    [
        ("two missiles", "two", 2, 2, EXACT),
        ("145 drones", "145", 145, 145, EXACT),
        ("1,200 people", "1,200", 1200, 1200, EXACT),
        ("twenty-one soldiers", "twenty-one", 21, 21, EXACT),
        ("twenty one soldiers", "twenty one", 21, 21, EXACT),
        ("one hundred and forty-five drones", "one hundred and forty-five", 145, 145, EXACT),
        ("a hundred and forty drones", "a hundred and forty", 140, 140, EXACT),
        ("a thousand two hundred men", "a thousand two hundred", 1200, 1200, EXACT),
        ("three thousand men", "three thousand", 3000, 3000, EXACT),
        ("1.2 million people", "1.2 million", 1_200_000, 1_200_000, EXACT),
        ("half a million people", "half a million", 500_000, 500_000, EXACT),
        ("a dozen rockets", "a dozen", 12, 12, EXACT),
        ("half a dozen rockets", "half a dozen", 6, 6, EXACT),
        ("two dozen rockets", "two dozen", 24, 24, EXACT),
        ("injuring one civilian", "one", 1, 1, EXACT),
        ("a single drone", "a single", 1, 1, EXACT),
        ("a couple of drones", "a couple", 2, 2, EXACT),
        ("all 20 crew", "20", 20, 20, EXACT),
        ("12 local residents", "12", 12, 12, EXACT),
        ("2000 soldiers", "2000", 2000, 2000, EXACT),
        ("killing 5.", "5", 5, 5, EXACT),
        ("dozens of drones", "dozens", 24, 99, ABOUT),
        ("scores of people", "scores", 40, 99, ABOUT),
        ("hundreds of people", "hundreds", 200, 999, ABOUT),
        ("thousands of people", "thousands", 2000, 9999, ABOUT),
        ("tens of thousands of people", "tens of thousands", 20_000, 99_999, ABOUT),
        ("hundreds of thousands", "hundreds of thousands", 200_000, 999_999, ABOUT),
        ("several explosions", "several", 3, 9, ABOUT),
        ("several hundred rockets", "several hundred", 300, 999, ABOUT),
        ("a few houses", "a few", 3, 5, ABOUT),
        ("a handful of drones", "a handful", 3, 5, ABOUT),
        ("multiple drones", "multiple", 2, None, ABOUT),
        ("about 40 drones", "about 40", 40, 40, ABOUT),
        ("around 40 drones", "around 40", 40, 40, ABOUT),
        ("some 40 drones", "some 40", 40, 40, ABOUT),
        ("roughly two dozen", "roughly two dozen", 24, 24, ABOUT),
        ("nearly 40 drones", "nearly 40", 40, 40, ABOUT),
        ("almost 40 drones", "almost 40", 40, 40, ABOUT),
        ("approximately 40 drones", "approximately 40", 40, 40, ABOUT),
        ("an estimated 1,400 people", "an estimated 1,400", 1400, 1400, ABOUT),
        ("a dozen or so", "a dozen or so", 12, 12, ABOUT),
        ("at least 40 people", "at least 40", 40, None, AT_LEAST),
        ("At least two people", "At least two", 2, None, AT_LEAST),
        ("at least another 40 people", "at least another 40", 40, None, AT_LEAST),
        ("more than 40 people", "more than 40", 40, None, AT_LEAST),
        ("more than a dozen", "more than a dozen", 12, None, AT_LEAST),
        ("over 40 people", "over 40", 40, None, AT_LEAST),
        ("no fewer than 12", "no fewer than 12", 12, None, AT_LEAST),
        ("40 or more drones", "40 or more", 40, None, AT_LEAST),
        ("40+ drones", "40+", 40, None, AT_LEAST),
        ("100-plus drones", "100-plus", 100, None, AT_LEAST),
        ("at least dozens", "at least dozens", 24, None, AT_LEAST),
        ("up to 40 drones", "up to 40", 1, 40, AT_MOST),
        ("as many as 50 drones", "as many as 50", 1, 50, AT_MOST),
        ("no more than 5 drones", "no more than 5", 1, 5, AT_MOST),
        ("fewer than 10 drones", "fewer than 10", 0, 9, AT_MOST),
        ("between 30 and 40 drones", "between 30 and 40", 30, 40, RANGE),
        ("30 to 40 drones", "30 to 40", 30, 40, RANGE),
        ("30-40 drones", "30-40", 30, 40, RANGE),
        ("30\u201340 drones", "30\u201340", 30, 40, RANGE),
        ("two or three drones", "two or three", 2, 3, RANGE),
        ("shot down over two regions", "two", 2, 2, EXACT),
        ("no casualties", "no", 0, 0, EXACT),
        ("no reported casualties", "no", 0, 0, EXACT),
        ("No fatalities were reported.", "No", 0, 0, EXACT),
        ("No one was hurt.", "No one", 0, 0, EXACT),
        ("none of them was killed", "none", 0, 0, EXACT),
        ("without casualties", "without", 0, 0, EXACT),
        ("zero injuries", "zero", 0, 0, EXACT),
    ],
)
def test_one_count_is_found(text: str, words: str, low: int, high: int | None, qualifier: Qualifier) -> None:
    (mention,) = find_quantities(text)
    assert mention.text == words
    assert (mention.quantity.low, mention.quantity.high, mention.quantity.qualifier) == (low, high, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        *("in 2014", "the 2003 war", "since 1999", "March 18, 2025", "May 30,2011", "a drone"),
        *("on March 18", "18 March", "March 18-20", "18-20 March", "Oct. 7", "18 of March"),
        *("at 5 p.m.", "10:00", "10.30", "0500 GMT", "at 1800", "at 5 local time", "24/7", "9/11"),
        *("1st", "the 18th", "the twenty-first century", "18/03/2025", "2025-03-18"),
        *(
            "30%",
            "40 percent",
            "40 per cent",
            "$5",
            "5 dollars",
            "$1.2 million",
            "1.2 million euros",
            "\u20ac155 billion",
        ),
        *(
            "195 km",
            "60 miles",
            "2.3 kg",
            "72 hours",
            "two weeks",
            "three years",
            "12 degrees",
            "three times",
        ),
        *(
            "a 67-year-old",
            "67 years old",
            "Ivan Petrenko, 45, said",
            "aged 12",
            "72-hour",
            "a three-man crew",
        ),
        *("S-300", "Kh-101", "MQ-9", "T-72", "F-16", "155mm", "9-MM", "Shahed 136", "Fateh-110"),
        *("Resolution 1701", "Article 5", "Flight 17", "No. 5", "Highway 4", "Sector 9", "Group of Seven"),
        *("won 2-1", "beat 3-0", "+44 20-7946-0958", "20-7946-0958", "two-thirds", "one third"),
        *(
            "no one knows",
            "one another",
            "this one",
            "one of the largest",
            "no word on casualties",
            "no information",
        ),
        *("no", "zero tolerance", "none of it is true", "a", "an attack", "few", "1.2.3", "007"),
    ],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    assert find_quantities(text) == ()


def test_a_sentence_with_designations_among_the_counts() -> None:
    text = "two Iskander-M ballistic missiles, four S-300 guided missiles, 145 Shahed strike drones, 35 of them over Kursk"
    assert [(m.text, m.quantity.low) for m in find_quantities(text)] == [
        ("two", 2),
        ("four", 4),
        ("145", 145),
        ("35", 35),
    ]


def test_the_bare_number_can_be_aligned() -> None:
    text = "It said at least 40 people and between 30 and 50 drones"
    assert [text[m.number_start : m.number_end] for m in find_quantities(text)] == ["40", "30 and 50"]


def test_a_change_is_two_counts_and_no_range() -> None:
    assert [m.quantity.low for m in find_quantities("the toll rose from 5 to 10")] == [5, 10]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two", 2),
        ("145", 145),
        ("a", 1),
        ("twenty-one", 21),
        ("dozens", None),
        ("two drones", None),
        ("", None),
        ("x", None),
    ],
)
def test_a_lone_number_is_read(text: str, value: int | None) -> None:
    assert parse_number(text) == value


PIECES = st.sampled_from(
    [
        *(
            "at least ",
            "more than ",
            "between ",
            "and ",
            "or ",
            "to ",
            "-",
            "\u2013",
            "no ",
            "one ",
            "two ",
            "twenty",
            "hundred ",
        ),
        *(
            "million ",
            "dozen ",
            "dozens ",
            "of ",
            "a ",
            "40 ",
            "7",
            "1,200 ",
            "casualties ",
            "March ",
            "km ",
            ". ",
            ", ",
            "$",
            "%",
        ),
        *("\u0663 ", "\u00b2 ", "\ud800", "9999999999999999 ", "half ", "some ", "S-"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
@settings(max_examples=300)
def test_any_text_gives_exact_ordered_spans(text: str) -> None:
    end = 0
    for mention in find_quantities(text):
        assert end <= mention.start <= mention.number_start < mention.number_end <= mention.end
        assert mention.text == text[mention.start : mention.end]
        assert mention.quantity.low >= 0
        assert mention.quantity.high is None or mention.quantity.high >= mention.quantity.low
        end = mention.end


def test_numbers_without_end_are_read_in_linear_time() -> None:
    for piece in (
        "hundred ",
        "one hundred hundred ",
        "twenty-",
        "1,",
        "9",
        "at least ",
        "dozen of ",
        "two or ",
        "40-",
    ):
        find_quantities(piece * (200_000 // len(piece)))
