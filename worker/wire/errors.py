"""Why a message cannot be used: one exception, with a code that dashboards and run books can rely on."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Stable code of a fault. Codes are only ever added: dead letters and metric labels carry them."""

    NO_VALUE = "no_value"
    """The message has no value (a tombstone), or an empty one."""
    NOT_UTF8 = "not_utf8"
    """The bytes are not UTF-8, so they cannot be JSON."""
    NOT_JSON = "not_json"
    """Not JSON: cut short, NaN, a number beyond a double, a lone surrogate, nested over a thousand deep."""
    TOO_LARGE = "too_large"
    """The value, the text or the HTML is larger than `worker.wire.articles` allows."""
    SCHEMA_VIOLATION = "schema_violation"
    """JSON, but not of the shape its schema asks for; `pointer` says where."""
    MISSING_TEXT = "missing_text"
    """Neither `text` nor `html` is there."""
    NO_TEXT = "no_text"
    """There is only `html`, and nothing readable is in it."""
    BAD_TIME = "bad_time"
    """A time that is no RFC 3339 time with an offset, lies outside the calendar, or ends before it starts."""
    UNEXPECTED = "unexpected"
    """A bug: the message may be good. Set by the worker where its own code failed, never by a decoder."""


MAX_DETAIL = 300
"""Longest detail in characters; the message itself is in the dead letter, so quoting it all helps nobody."""


class InvalidMessage(Exception):  # noqa: N818 - a verdict on a message, not a fault of the program
    """A message that no retry can make usable; it becomes a dead letter and the stream goes on.

    `pointer` is the JSON pointer (RFC 6901) of the fault, "" for the whole value, None where the value has
    no parts that could be pointed at.
    """

    def __init__(self, reason: Reason, detail: str, pointer: str | None = None) -> None:
        """Cut `detail` to `MAX_DETAIL` characters, at the end, with an ellipsis."""
        self.reason = reason
        self.detail = detail if len(detail) <= MAX_DETAIL else detail[: MAX_DETAIL - 1] + "…"
        self.pointer = pointer
        where = "" if pointer is None else f" at {pointer or 'the whole value'}"
        super().__init__(f"{reason}{where}: {self.detail}")
