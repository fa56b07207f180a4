"""Events and alerts off the topic: strict where it matters, forgiving where a newer writer may add."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.schemas.catalogue import DECODERS, VALID, example, schema_of
from worker.wire import InvalidMessage, Reason, decode_alert, decode_dead_letter, decode_event, dumps
from worker.wire.schemas import validator

if TYPE_CHECKING:
    from collections.abc import Callable

OURS = [path for path in VALID if not path.startswith("articles/")]
STRICTER_THAN_A_SCHEMA = {Reason.BAD_TIME}
"""The calendar, and that an interval does not end before it starts."""

REPLACEMENTS: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    2**53,
    2**64 - 1,
    1e300,
    "",
    "RUS",
    "P1D",
    "2026-04-08T07:30:00",
    "0001-01-01T00:00:00+14:00",
    [],
    ["RUS"],
    [[]],
    {},
    {"id": "RUS"},
]


def places_in(node: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Paths of every value inside a JSON value."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(found for step, member in members for found in places_in(member, (*path, step)))]


def changed(raw: dict[str, Any], path: tuple[str | int, ...], replacement: object) -> dict[str, Any]:
    """A copy of `raw` with another value at `path`; without that member where the replacement is `...`."""
    whole: Any = copy.deepcopy(raw)
    node = whole
    for step in path[:-1]:
        node = node[step]
    if replacement is ...:
        del node[path[-1]]
    else:
        node[path[-1]] = replacement
    result: dict[str, Any] = whole
    return result


@pytest.mark.parametrize("path", OURS)
def test_the_code_accepts_what_the_schema_accepts_and_nothing_else(path: str) -> None:
    name, original = schema_of(path), example(path)
    for place in places_in(original)[1:]:
        for replacement in (..., *REPLACEMENTS):
            raw = changed(original, place, replacement)
            verdict = outcome(name, dumps(raw))
            by_schema = validator(name).is_valid(raw)
            if isinstance(verdict, InvalidMessage):
                assert not by_schema or verdict.reason in STRICTER_THAN_A_SCHEMA, (place, replacement)
                assert verdict.pointer is not None, (place, replacement)
            else:
                assert by_schema, (place, replacement)


def outcome(name: str, value: bytes) -> object:
    """What is decoded, or the verdict; anything else that is raised fails the test."""
    try:
        return DECODERS[name](value)
    except InvalidMessage as verdict:
        return verdict


@given(st.sampled_from(OURS), st.data())
def test_an_example_with_bytes_changed_is_read_or_invalid(path: str, data: st.DataObject) -> None:
    value = bytearray(dumps(example(path)))
    for position in data.draw(st.lists(st.integers(0, len(value) - 1), min_size=1, max_size=5)):
        value[position] = data.draw(st.integers(0, 255))
    outcome(schema_of(path), bytes(value))


@given(st.binary(max_size=100), st.sampled_from(sorted(DECODERS)))
def test_any_bytes_are_read_or_invalid(value: bytes, name: str) -> None:
    outcome(name, value)


@pytest.mark.parametrize("path", OURS)
def test_fields_of_a_newer_writer_are_ignored(path: str) -> None:
    name, original = schema_of(path), example(path)
    newer = original | {"since_version_two": {"x": [1]}}
    assert DECODERS[name](dumps(newer)) == DECODERS[name](dumps(original))


@pytest.mark.parametrize("decode", [decode_event, decode_alert, decode_dead_letter])
def test_a_tombstone_is_no_value(decode: Callable[[bytes | None], object]) -> None:
    with pytest.raises(InvalidMessage) as caught:
        decode(None)
    assert caught.value.reason is Reason.NO_VALUE


def test_bytes_that_are_no_utf8_are_found_in_fields_that_nobody_reads_too() -> None:
    value = dumps(example("events/strike-denied.json") | {"since_version_two": "@"}).replace(b"@", b"\xff")
    with pytest.raises(InvalidMessage) as caught:
        decode_event(value)
    assert caught.value.reason is Reason.NOT_UTF8


def test_what_comes_again_is_made_once() -> None:
    value = dumps(example("events/strike-denied.json"))
    first, again = decode_event(value), decode_event(value)
    assert first == again
    assert first.article is again.article
