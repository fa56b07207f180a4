"""A message that could not be used, kept so that someone can find out why and send it again unchanged."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from traceback import format_exception
from typing import TYPE_CHECKING

from worker.wire import parts, shapes
from worker.wire.errors import InvalidMessage, Reason
from worker.wire.jsontext import dumps
from worker.wire.schemas import DEAD_LETTER
from worker.wire.times import format_time, parse_time

if TYPE_CHECKING:
    from datetime import datetime

MAX_TRACEBACK = 20_000
"""Longest traceback in characters; of a longer one the end is kept, where the fault is."""


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
    return shapes.decode(value, as_=shapes.DEAD_LETTER, build=_letter, schema=DEAD_LETTER)


def _letter(shape: shapes.DeadLetter) -> DeadLetter:
    return DeadLetter(
        reason=shape.reason,
        detail=shape.detail,
        pointer=shape.pointer,
        exception=shape.exception,
        traceback=shape.traceback,
        origin=_read_origin(shape.origin),
        attempt=shape.attempt,
        first_failed_at=parse_time(shape.first_failed_at),
        engine=shape.engine,
    )


def _read_origin(shape: shapes.LetterOrigin) -> Origin:
    return Origin(
        topic=shape.topic,
        partition=shape.partition,
        offset=shape.offset,
        timestamp=parts.read_optional_time(shape.timestamp),
        key=_read_bytes(shape.key),
        value=_read_bytes(shape.value),
        headers=tuple([(header.name, _read_bytes(header.value)) for header in shape.headers]),
    )


def _write_bytes(value: bytes | None) -> str | None:
    return None if value is None else b64encode(value).decode("ascii")


def _read_bytes(value: str | None) -> bytes | None:
    return None if value is None else b64decode(value, validate=True)


def _writable(text: str) -> str:
    """Texts of exceptions come from anywhere: a lone surrogate in one must not cost the dead letter."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
