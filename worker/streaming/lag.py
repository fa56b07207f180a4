"""How far behind the worker is: the ends of its partitions as the brokers tell them, less what is worked off.

The group's own consumer knows an end only from the last fetch, and while much is waiting it fetches nothing: by that
a worker would seem to be up to date when it is furthest behind.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from worker.observability import metrics as m
from worker.observability.logging import get_logger
from worker.streaming.log_reader import LogReader
from worker.streaming.stopping import LogCutError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiokafka import AIOKafkaConsumer

    from worker.streaming.app import WorkerParts
    from worker.streaming.record import TP

log = get_logger("lag")

EVERY = 2.0
"""Seconds between two looks."""
GO_BACK_AFTER = 30.0
"""Seconds for which a partition with messages may stand still before the consumer goes back to what is committed."""


async def watch_lag(
    parts: WorkerParts, connect: Callable[[], AIOKafkaConsumer], go_back: Callable[[], Awaitable[None]]
) -> None:
    """Note every few seconds how many messages wait; while brokers are away, what was noted last stands.

    Where messages wait and nothing moves, the consumer may have fetched them and thrown them away, as it does with what
    reaches it between two generations: nothing would come again before the next message, so it is bidden to `go_back`.
    Where they are only slow, they come once more, which changes nothing.

    What nobody foresaw is told and tried again: it concerns a figure, and must not end the work. Raises LogCutError where
    a log ends before what was worked off: the consumer would wait there, or leave out what is written anew.
    """
    while True:
        try:
            await _watch(parts, connect(), LogReader(connect), go_back)
        except LogCutError:
            raise
        except (KafkaError, OSError, TimeoutError) as error:
            log.debug("lag_unknown", error=repr(error))
        except Exception:
            log.exception("lag_unknown")
        await asyncio.sleep(EVERY)


async def _watch(
    parts: WorkerParts, consumer: AIOKafkaConsumer, reader: LogReader, go_back: Callable[[], Awaitable[None]]
) -> None:
    try:
        await consumer.start()
        while True:
            short = await _measure(parts, consumer)
            parts.health.brokers(answer=True, now=time.monotonic())
            for tp, end in short:
                await _look_for_a_cut(parts, tp, end, reader)
            if still := parts.health.still(GO_BACK_AFTER, time.monotonic()):
                log.warning("going_back", partitions=still)
                await go_back()
            await asyncio.sleep(EVERY)
    finally:
        parts.health.brokers(answer=False, now=time.monotonic())
        await consumer.stop()


async def _measure(parts: WorkerParts, consumer: AIOKafkaConsumer) -> list[tuple[TP, int]]:
    """Note the lag of each partition; those that end before what was worked off, with their end.

    Raises what aiokafka raises where the brokers do not answer.
    """
    places = {TopicPartition(*tp) for tp in parts.offsets.owned()}
    if places != consumer.assignment():
        consumer.assign(places)
        consumer.pause(*places)  # only their ends are asked for
    if not places:
        await consumer.topics()  # to learn whether anybody answers
    ends = await consumer.end_offsets(places) if places else {}
    now, seen, short = time.monotonic(), set(), []
    for place, end in ends.items():
        tp = (place.topic, place.partition)
        if tp not in parts.offsets.owned():
            continue
        waiting = max(end - (parts.offsets.next(tp) or 0), 0)
        if end < (parts.offsets.next(tp) or 0):
            short.append((tp, end))
        seen.add((place.topic, str(place.partition)))
        parts.metrics.gauge(m.LAG, waiting, place.topic, str(place.partition))
        parts.health.lag(tp, waiting, now)
    for labels in parts.metrics.labelled(m.LAG) - seen:
        parts.metrics.forget(m.LAG, *labels)
    return short


async def _look_for_a_cut(parts: WorkerParts, tp: TP, end: int, reader: LogReader) -> None:
    expected = parts.offsets.next(tp)
    if expected is not None and await reader.lacks(tp, expected):
        raise LogCutError(
            f"{tp[0]}/{tp[1]} ends at {end}, and {expected} was worked off: its topic was made anew, or lost messages"
        )
