"""Sending so that it is known to have arrived: every message is awaited, and tried again while there is hope."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from aiokafka.errors import (
    KafkaConnectionError,
    KafkaError,
    KafkaTimeoutError,
    MessageSizeTooLargeError,
    ProducerClosed,
)
from faust.exceptions import NotReady

from worker.observability.logging import get_logger
from worker.observability.metrics import SEND_RETRIES
from worker.streaming.stopping import SendFailedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from worker.observability.metrics import Metrics

log = get_logger("outbox")

AT_ONCE = 500
"""Messages handed to the producer before their acknowledgements are awaited."""
FIRST_WAIT, LONGEST_WAIT = 0.1, 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message to send. `timestamp` in milliseconds, None for now."""

    topic: str
    key: bytes | None
    value: bytes
    headers: tuple[tuple[str, bytes], ...] = ()
    timestamp: int | None = None
    smaller: Outgoing | None = None
    """What to send instead where the brokers find this one too large."""


class Send(Protocol):
    """Hand one message to the producer; what is returned resolves when the brokers have it."""

    async def __call__(self, message: Outgoing) -> Awaitable[object]:
        """Queue the message."""


class Outbox:
    """Durable sends in order. Returns when all in-sync replicas have every message, or raises."""

    def __init__(
        self,
        send: Send,
        *,
        timeout: float,
        metrics: Metrics,
        clock: Callable[[], float] | None = None,
    ) -> None:
        """`timeout` bounds, in seconds, how long one call goes on trying."""
        self._send = send
        self._timeout = timeout
        self._metrics = metrics
        self._clock = clock

    async def send(self, messages: Sequence[Outgoing]) -> None:
        """Send all; raises SendFailedError when a broker refuses one for good or time is up.

        If one fails, its whole chunk is sent again: an alert's older revision must not come after its newer.
        """
        for start in range(0, len(messages), AT_ONCE):
            await self._send_chunk(messages[start : start + AT_ONCE])

    async def _send_chunk(self, chunk: Sequence[Outgoing]) -> None:
        clock = self._clock or asyncio.get_running_loop().time
        deadline, wait = clock() + self._timeout, FIRST_WAIT
        while True:
            failed = await self._attempt(chunk)
            if failed is None:
                return
            error, message = failed
            if isinstance(error, MessageSizeTooLargeError) and message.smaller is not None:
                log.warning("sent_smaller", topic=message.topic, bytes=len(message.value))
                chunk = [message.smaller if other is message else other for other in chunk]
                continue
            if isinstance(error, MessageSizeTooLargeError):
                raise SendFailedError(
                    f"{message.topic} refused {len(message.value)} bytes as too large: raise its max.message.bytes, "
                    "which must be above TRUCEWATCH_PRODUCER_BATCH_BYTES too"
                ) from error
            if not is_transient(error):
                raise SendFailedError(f"{message.topic} refused a message: {error!r}") from error
            if clock() + wait > deadline:
                raise SendFailedError(
                    f"{message.topic} did not take a message for {self._timeout:g} s: {error!r}"
                ) from error
            self._metrics.count(SEND_RETRIES, by=len(chunk))
            log.warning("send_retried", topic=message.topic, messages=len(chunk), error=repr(error))
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)

    async def _attempt(self, chunk: Sequence[Outgoing]) -> tuple[Exception, Outgoing] | None:
        """Send all of the chunk, wait for every answer; the first fault, or None. A fault for good goes first."""
        waiting: list[tuple[Outgoing, Awaitable[object]]] = []
        faults: list[tuple[Exception, Outgoing]] = []
        for message in chunk:
            try:
                waiting.append((message, await self._send(message)))
            except Exception as error:  # noqa: BLE001 - sorted into transient and fatal by the caller
                faults.append((_kafka_error(error), message))
                break
        answers = await asyncio.gather(*(answer for _, answer in waiting), return_exceptions=True)
        for (message, _), answer in zip(waiting, answers, strict=True):
            if isinstance(answer, Exception):
                faults.append((answer, message))
            elif isinstance(answer, BaseException):
                raise answer
        return min(faults, key=lambda fault: is_transient(fault[0])) if faults else None


def _kafka_error(error: Exception) -> Exception:
    """Faust wraps what the producer raises."""
    return error.__cause__ if isinstance(error.__cause__, KafkaError) else error


def is_transient(error: BaseException) -> bool:
    """Whether trying again may help.

    The broker is away, a leader is being elected, replicas are catching up, the producer is not there yet (or,
    in a worker that stops, no more; then who sends is cancelled).
    """
    if isinstance(error, KafkaConnectionError | KafkaTimeoutError | NotReady | OSError | TimeoutError):
        return True
    if isinstance(error, ProducerClosed):
        return False
    return isinstance(error, KafkaError) and bool(error.retriable)
