"""A dead letter gives the message back byte for byte, and says why it is one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.wire import (
    InvalidMessage,
    Origin,
    Reason,
    dead_letter,
    decode_article,
    decode_dead_letter,
    encode_dead_letter,
    failures_before,
    headers_for_dead_letter,
    headers_for_replay,
)
from worker.wire.dead_letters import MAX_TRACEBACK
from worker.wire.errors import MAX_DETAIL

AT = datetime(2026, 4, 8, 7, 32, 12, tzinfo=UTC)


def origin(value: bytes | None = b"\xff", *, headers: tuple[tuple[str, bytes | None], ...] = ()) -> Origin:
    """A message of the articles topic."""
    return Origin(
        topic="articles", partition=3, offset=4711, timestamp=AT, key=b"\x00k", value=value, headers=headers
    )


def test_of_an_invalid_message() -> None:
    verdict = InvalidMessage(Reason.MISSING_TEXT, "neither text nor html is there", "/text")
    letter = dead_letter(verdict, origin=origin(), first_failed_at=AT, engine="0.1.0")
    assert (letter.reason, letter.pointer, letter.exception) == ("missing_text", "/text", "InvalidMessage")
    assert letter.traceback is None
    assert letter.attempt == 1


def test_of_a_bug() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 // 0
    letter = dead_letter(caught.value, origin=origin(), first_failed_at=AT, engine="0.1.0")
    assert (letter.reason, letter.pointer, letter.exception) == ("unexpected", None, "ZeroDivisionError")
    assert letter.traceback is not None
    assert "test_of_a_bug" in letter.traceback


def test_of_a_bug_with_much_to_say() -> None:
    letter = dead_letter(
        ValueError("x" * 1_000_000 + "\ud800"), origin=origin(), first_failed_at=AT, engine="0.1.0"
    )
    assert len(letter.detail) == MAX_DETAIL
    assert letter.traceback is not None
    assert len(letter.traceback) == MAX_TRACEBACK


def test_a_lone_surrogate_in_an_error_costs_nothing() -> None:
    letter = dead_letter(ValueError("half \ud83d"), origin=origin(), first_failed_at=AT, engine="0.1.0")
    assert decode_dead_letter(encode_dead_letter(letter)).detail == r"half \ud83d"
    assert dict(headers_for_dead_letter(letter))["__streams.errors.message"] == rb"half \ud83d"


@given(st.binary(max_size=500))
def test_what_no_decoder_takes_comes_back_byte_for_byte(value: bytes) -> None:
    try:
        decode_article(value, received_at=AT)
    except InvalidMessage as verdict:
        letter = dead_letter(verdict, origin=origin(value), first_failed_at=AT, engine="0.1.0")
        assert decode_dead_letter(encode_dead_letter(letter)).origin.value == value


def test_headers_are_those_of_kafka_streams_and_ours() -> None:
    letter = dead_letter(
        InvalidMessage(Reason.BAD_TIME, "no time", "/published_at"),
        origin=origin(),
        first_failed_at=AT,
        engine="0.1.0",
    )
    assert headers_for_dead_letter(letter) == [
        ("ce_specversion", b"1.0"),
        ("ce_type", b"trucewatch.dead-letter.v1"),
        ("ce_source", b"/trucewatch/articles"),
        ("ce_id", b"articles/3/4711"),
        ("ce_time", b"2026-04-08T07:32:12Z"),
        ("content-type", b"application/json"),
        ("__streams.errors.exception", b"InvalidMessage"),
        ("__streams.errors.message", b"no time"),
        ("__streams.errors.stacktrace", b""),
        ("__streams.errors.topic", b"articles"),
        ("__streams.errors.partition", b"3"),
        ("__streams.errors.offset", b"4711"),
        ("trucewatch.reason", b"bad_time"),
        ("trucewatch.attempt", b"1"),
        ("trucewatch.first_failed_at", b"2026-04-08T07:32:12Z"),
        ("trucewatch.engine", b"0.1.0"),
    ]


def test_a_replay_keeps_the_headers_and_counts_on() -> None:
    own = (("trace", b"\xff"), ("empty", None), ("trace", b"again"))
    first = dead_letter(ValueError(), origin=origin(headers=own), first_failed_at=AT, engine="0.1.0")
    sent = headers_for_replay(first)
    assert tuple(sent[:3]) == own
    assert failures_before(sent) == (1, AT)
    later = AT.replace(year=2027)
    attempt, first_failed_at = failures_before(sent)
    second = dead_letter(
        ValueError(),
        origin=origin(headers=tuple(sent)),
        attempt=attempt + 1,
        first_failed_at=first_failed_at or later,
        engine="0.2.0",
    )
    again = headers_for_replay(second)
    assert failures_before(again) == (2, AT)
    assert len(again) == len(sent)


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("trucewatch.attempt", b"1")],
        [("trucewatch.attempt", b"x"), ("trucewatch.first_failed_at", b"2026-04-08T07:32:12Z")],
        [("trucewatch.attempt", b"-1"), ("trucewatch.first_failed_at", b"2026-04-08T07:32:12Z")],
        [("trucewatch.attempt", b"9" * 30), ("trucewatch.first_failed_at", b"2026-04-08T07:32:12Z")],
        [("trucewatch.attempt", b"9" * 5000), ("trucewatch.first_failed_at", b"2026-04-08T07:32:12Z")],
        [("trucewatch.attempt", b"1"), ("trucewatch.first_failed_at", b"yesterday")],
        [("trucewatch.attempt", b"1"), ("trucewatch.first_failed_at", b"\xff")],
        [("trucewatch.attempt", None), ("trucewatch.first_failed_at", None)],
    ],
)
def test_headers_that_say_nothing_are_a_first_try(headers: list[tuple[str, bytes | None]]) -> None:
    assert failures_before(headers) == (0, None)
