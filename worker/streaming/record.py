"""A message as it stands in the log: the one shape in which the agents see it, wherever it was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

TP = tuple[str, int]
"""Topic and partition."""

_EPOCH, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LATEST_MILLIS = (_LATEST - _EPOCH) // _MILLISECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One message. `timestamp` is Kafka's, in milliseconds since 1970; -1 or None where there is none."""

    topic: str
    partition: int
    offset: int
    timestamp: int | None
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()

    @property
    def tp(self) -> TP:
        """Topic and partition."""
        return self.topic, self.partition

    @property
    def time(self) -> datetime | None:
        """Kafka's time of the message, or None."""
        if self.timestamp is None or self.timestamp < 0:
            return None
        if self.timestamp >= _LATEST_MILLIS:
            return _LATEST
        return _EPOCH + self.timestamp * _MILLISECOND


def from_consumer(found: Any) -> Record:  # noqa: ANN401 - aiokafka's record, untyped
    """A record as aiokafka reads it."""
    return Record(
        topic=found.topic,
        partition=found.partition,
        offset=found.offset,
        timestamp=found.timestamp,
        key=found.key,
        value=found.value,
        headers=tuple(found.headers or ()),
    )


def from_faust(message: Any) -> Record:  # noqa: ANN401 - Faust's message, untyped
    """A record as Faust hands it to an agent; it counts time in seconds and may have made headers a mapping."""
    headers = message.headers or ()
    return Record(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        timestamp=None if message.timestamp is None else round(message.timestamp * 1000),
        key=message.key,
        value=message.value,
        headers=tuple(headers.items() if hasattr(headers, "items") else headers),
    )


def digest_of(record: Record) -> str:
    """What a record is recognised by."""
    parts = (str(record.offset), str(record.timestamp), record.key or b"", record.value or b"")
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def mark_of(record: Record) -> str:
    """What a log is recognised by that holds the record: its offset and digest."""
    return f"{record.offset} {digest_of(record)}"


def offset_of(mark: str) -> int | None:
    """Where the log of a mark has its record; None for what is no mark, such as what tools commit."""
    offset, _, digest = mark.partition(" ")
    return int(offset) if offset.isdecimal() and len(digest) == _DIGITS else None


_DIGITS = 32
"""Of a digest."""
