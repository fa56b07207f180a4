"""A message that could not be used, kept so that someone can find out why and send it again unchanged."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from traceback import format_exception
from typing import TYPE_CHECKING

from worker.wire import parts
from worker.wire.errors import InvalidMessage, Reason
from worker.wire.jsontext import JsonObject, dumps, loads_object
from worker.wire.schemas import DEAD_LETTER, explain
from worker.wire.times import format_time, parse_time

if TYPE_CHECKING:
    from datetime import datetime

MAX_TRACEBACK = 20_000
"""Longest traceback in characters; of a longer one the end is kept, where the fault is."""

_REASONS = parts.by_value(Reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The message as it was received: where it stood, and its bytes untouched."""

    topic: str
    partition: int
    offset: int
    timestamp: datetime | None
    """Kafka's time of the message; None where the broker gave none."""
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()
    """In their order, names repeated where they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """Why a message was put aside, and the message itself."""

    reason: Reason
    detail: str
    """One sentence for people; never longer than `errors.MAX_DETAIL` from a decoder."""
    pointer: str | None
    """JSON pointer of the fault in the value; None where there is none."""
    exception: str
    """Class of what was raised: `InvalidMessage`, or for `unexpected` that of the bug."""
    traceback: str | None
    """For `unexpected` only; at most `MAX_TRACEBACK` characters."""
    origin: Origin
    attempt: int
    """1 for the first failure; one more for each replay that failed again."""
    first_failed_at: datetime
    """When the first attempt failed, kept over replays."""
    engine: str
    """Version of the code that refused it: after a fix, older ones are worth a replay."""


def dead_letter(
    error: Exception,
    *,
    origin: Origin,
    attempt: int = 1,
    first_failed_at: datetime,
    engine: str,
) -> DeadLetter:
    """Make the dead letter for `error`; what is no `InvalidMessage` is a bug, `unexpected`, with its traceback."""
    traceback = None
    if not isinstance(error, InvalidMessage):
        traceback = "".join(format_exception(error))[-MAX_TRACEBACK:]
        fault = InvalidMessage(Reason.UNEXPECTED, str(error))
    else:
        fault = error
    return DeadLetter(
        reason=fault.reason,
        detail=fault.detail,
        pointer=fault.pointer,
        exception=type(error).__name__,
        traceback=traceback,
        origin=origin,
        attempt=attempt,
        first_failed_at=first_failed_at,
        engine=engine,
    )


def encode_dead_letter(letter: DeadLetter) -> bytes:
    """Encode as one JSON object, bytes as base64; a lone surrogate in a text is spelled out."""
    origin = letter.origin
    return dumps(
        {
            "reason": letter.reason.value,
            "detail": _writable(letter.detail),
            "pointer": None if letter.pointer is None else _writable(letter.pointer),
            "exception": _writable(letter.exception),
            "traceback": None if letter.traceback is None else _writable(letter.traceback),
            "origin": {
                "topic": origin.topic,
                "partition": origin.partition,
                "offset": origin.offset,
                "timestamp": None if origin.timestamp is None else format_time(origin.timestamp),
                "key": _write_bytes(origin.key),
                "value": _write_bytes(origin.value),
                "headers": [
                    {"name": _writable(name), "value": _write_bytes(value)} for name, value in origin.headers
                ],
            },
            "attempt": letter.attempt,
            "first_failed_at": format_time(letter.first_failed_at),
            "engine": letter.engine,
        }
    )


def decode_dead_letter(value: bytes | None) -> DeadLetter:
    """Decode and check; the bytes of the origin are exactly those received. Raises `InvalidMessage` only."""
    raw = loads_object(value)
    try:
        return DeadLetter(
            reason=_REASONS[raw["reason"]],
            detail=parts.read_text(raw["detail"]),
            pointer=parts.read_optional_text(raw["pointer"]),
            exception=parts.read_text(raw["exception"]),
            traceback=parts.read_optional_text(raw["traceback"]),
            origin=_read_origin(raw["origin"]),
            attempt=parts.read_integer(raw["attempt"]),
            first_failed_at=parse_time(parts.read_text(raw["first_failed_at"])),
            engine=parts.read_text(raw["engine"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise explain(DEAD_LETTER, raw, error) from error


def _read_origin(raw: JsonObject) -> Origin:
    timestamp = raw["timestamp"]
    return Origin(
        topic=parts.read_text(raw["topic"]),
        partition=parts.read_integer(raw["partition"]),
        offset=parts.read_integer(raw["offset"]),
        timestamp=None if timestamp is None else parse_time(parts.read_text(timestamp)),
        key=_read_bytes(raw["key"]),
        value=_read_bytes(raw["value"]),
        headers=parts.read_list(raw["headers"], _read_header),
    )


def _read_header(raw: JsonObject) -> tuple[str, bytes | None]:
    return parts.read_text(raw["name"]), _read_bytes(raw["value"])


def _write_bytes(value: bytes | None) -> str | None:
    return None if value is None else b64encode(value).decode("ascii")


def _read_bytes(value: object) -> bytes | None:
    return None if value is None else b64decode(parts.read_text(value), validate=True)


def _writable(text: str) -> str:
    """Texts of exceptions come from anywhere: a lone surrogate in one must not cost the dead letter."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
