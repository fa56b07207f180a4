"""Putting messages aside: invalid ones and those that a bug of ours fails on, and the breaker for the latter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from worker.streaming.outbox import Outgoing
from worker.streaming.stopping import BreakerOpenError
from worker.wire import (
    Origin,
    dead_letter,
    encode_dead_letter,
    failures_before,
    headers_for_dead_letter,
)

if TYPE_CHECKING:
    from worker.streaming.record import Record
    from worker.wire import DeadLetter


def letter_for(record: Record, error: Exception, *, engine: str, now: datetime | None = None) -> DeadLetter:
    """The dead letter of a message; attempts are counted on over replays."""
    before, first_failed_at = failures_before(record.headers)
    return dead_letter(
        error,
        origin=Origin(
            topic=record.topic,
            partition=record.partition,
            offset=record.offset,
            timestamp=record.time,
            key=record.key,
            value=record.value,
            headers=record.headers,
        ),
        attempt=before + 1,
        first_failed_at=first_failed_at or now or datetime.now(UTC),
        engine=engine,
    )


def outgoing_letter(letter: DeadLetter, topic: str) -> Outgoing:
    """The message that carries a dead letter, keyed as the message it is about.

    Where the brokers find it too large, one without the original's value goes instead: where it stood is
    kept, and a message that cannot even be put aside must not stop the worker for ever.
    """
    short = replace(
        letter,
        detail=f"{letter.detail} (value of {len(letter.origin.value or b'')} bytes left out: too large)",
        origin=replace(letter.origin, value=None, key=None, headers=()),
    )
    return replace(_outgoing(letter, topic), smaller=_outgoing(short, topic))


def _outgoing(letter: DeadLetter, topic: str) -> Outgoing:
    return Outgoing(
        topic=topic,
        key=letter.origin.key,
        value=encode_dead_letter(letter),
        headers=tuple(headers_for_dead_letter(letter)),
    )


class Breaker:
    """Stops the worker when one message after the other fails through a bug.

    A bad deployment must not drain a topic into the dead letters. It opens before the batch in question is
    put aside, so those messages stay uncommitted and come again to the fixed version.
    """

    def __init__(self, limit: int) -> None:
        """Open at `limit` in a row."""
        self._limit = limit
        self._row = 0

    def went_well(self) -> None:
        """A message was worked off; an invalid one says nothing about the code, and does not count."""
        self._row = 0

    def failed(self, error: Exception) -> None:
        """A message failed through a bug; raises BreakerOpenError at the limit."""
        self._row += 1
        if self._row >= self._limit:
            raise BreakerOpenError(
                f"{self._row} messages in a row failed unexpectedly; the last with {error!r}. "
                "They are not committed: deploy a fix, or raise TRUCEWATCH_UNEXPECTED_LIMIT to put them aside."
            ) from error
