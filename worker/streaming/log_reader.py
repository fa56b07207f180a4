"""Reading a partition's log directly, outside the consumer group: rebuilds, holes, alerts last published."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError, KafkaTimeoutError

from worker.observability.logging import get_logger
from worker.streaming.record import Record, from_consumer, mark_of, offset_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from worker.streaming.record import TP

log = get_logger("log_reader")

POLL_MS = 500
QUIET_POLLS = 10
"""Polls without a record, at or past the reported end, after which a log is taken to end there."""
METADATA_TURNS = 500
STALLED_POLLS = 60
"""Polls without a record, before the end, after which reading starts anew with a new connection."""


class Log(Protocol):
    """What a rebuild needs of a log; a test has one in memory."""

    def read(self, tp: TP, start: int, end: int) -> AsyncIterator[list[Record]]:
        """The records from `start` to before `end`, in order, in batches; less if the log has less."""

    async def beginning(self, tp: TP) -> int:
        """Offset of the oldest record that is still there."""

    async def end(self, tp: TP) -> int:
        """Offset after the newest record."""

    async def partitions(self, topic: str) -> int:
        """How many partitions a topic has; 0 if there is no such topic."""


class LogTruncatedError(Exception):
    """The log ends before the offset that was committed: the topic was deleted or lost data."""


class LogReader:
    """`Log` of a Kafka broker. Each read has a connection of its own; trouble is retried without limit."""

    def __init__(self, connect: Callable[[], AIOKafkaConsumer]) -> None:
        """`connect` makes a consumer without a group, not yet started."""
        self._connect = connect

    async def read(self, tp: TP, start: int, end: int) -> AsyncIterator[list[Record]]:
        """Read [start, end); where retention has removed the start, from what is left."""
        position, trouble = start, 0
        while position < end:
            try:
                async with self._consumer(tp) as (consumer, place):
                    position = max(position, (await consumer.beginning_offsets([place]))[place])
                    async for batch, after in _poll(consumer, place, position, end):
                        position, trouble = after, 0
                        if batch:
                            yield batch
                    return
            except (KafkaError, OSError, TimeoutError) as error:
                trouble += 1
                log.warning(
                    "log_read_retried", topic=tp[0], partition=tp[1], offset=position, error=repr(error)
                )
                await asyncio.sleep(_pause(trouble))

    async def beginning(self, tp: TP) -> int:
        """Offset of the oldest record; asks until the brokers answer."""
        return await self._asked(f"beginning of {tp[0]}/{tp[1]}", lambda: self._border(tp, end=False))

    async def end(self, tp: TP) -> int:
        """Offset after the newest record; asks until the brokers answer."""
        return await self._asked(f"end of {tp[0]}/{tp[1]}", lambda: self._border(tp, end=True))

    async def partitions(self, topic: str) -> int:
        """How many partitions the topic has; asks until the brokers answer."""
        return await self._asked(f"partitions of {topic}", lambda: self.partitions_now(topic))

    async def lacks(self, tp: TP, offset: int) -> bool:
        """Whether the log ends before `offset`: brokers have lost its end, or its topic was made anew.

        What retention has removed was there.
        """
        if await self.end(tp) >= offset:
            return False
        try:  # not every broker tells the end truly (the embedded one does not)
            async for _ in self.read(tp, offset - 1, offset):
                pass
        except LogTruncatedError:
            return True
        return False

    async def partitions_now(self, topic: str) -> int:
        """How many partitions the topic has, 0 where there is none. Raises KafkaError, OSError at once."""
        consumer = self._connect()
        try:
            await consumer.start()
            if topic not in await consumer.topics():
                return 0
            consumer.subscribe([topic])  # the client learns the partitions of what it is interested in only
            for _ in range(METADATA_TURNS):
                if found := consumer.partitions_for_topic(topic):
                    return len(found)
                await asyncio.sleep(0.02)
            raise KafkaTimeoutError(f"no metadata of {topic}")
        finally:
            await consumer.stop()

    async def _asked(self, what: str, ask: Callable[[], Awaitable[int]]) -> int:
        """Brokers that are away come back: asking again is for the reader, giving up for who stops the worker."""
        trouble = 0
        while True:
            try:
                return await ask()
            except (KafkaError, OSError, TimeoutError) as error:
                trouble += 1
                log.warning("log_asked_again", question=what, error=repr(error))
                await asyncio.sleep(_pause(trouble))

    async def _border(self, tp: TP, *, end: bool) -> int:
        async with self._consumer(tp) as (consumer, place):
            found = await (consumer.end_offsets if end else consumer.beginning_offsets)([place])
            return int(found[place])

    @asynccontextmanager
    async def _consumer(self, tp: TP) -> AsyncIterator[tuple[AIOKafkaConsumer, TopicPartition]]:
        consumer, place = self._connect(), TopicPartition(*tp)
        try:
            await consumer.start()
            consumer.assign([place])
            yield consumer, place
        finally:
            await consumer.stop()


async def is_another(reader: Log, tp: TP, mark: str) -> bool:
    """Whether the log has another record where `mark` says one of it: its topic was made anew, and has been filled since.

    What retention has removed, and a mark that is none, tell nothing.
    """
    offset = offset_of(mark)
    found = None if offset is None else await record_at(reader, tp, offset)
    return found is not None and mark_of(found) != mark


async def record_at(reader: Log, tp: TP, offset: int) -> Record | None:
    """The record there; None where the log holds none, or has lost it."""
    try:
        async for batch in reader.read(tp, offset, offset + 1):
            return batch[0]
    except LogTruncatedError:
        pass
    return None


def _pause(trouble: int) -> float:
    """Seconds before asking again after so many failures in a row."""
    return float(min(0.2 * 2 ** min(trouble, 10), 10))


async def _poll(
    consumer: AIOKafkaConsumer, place: TopicPartition, position: int, end: int
) -> AsyncIterator[tuple[list[Record], int]]:
    """Batches and the position after each. Offsets without a record (markers of transactions) are passed by."""
    consumer.seek(place, position)
    quiet = 0
    while position < end:
        found = (await consumer.getmany(place, timeout_ms=POLL_MS)).get(place, [])
        batch = [from_consumer(record) for record in found if position <= record.offset < end]
        after = max(await consumer.position(place), position)
        quiet = 0 if batch or after > position else quiet + 1
        position = after
        yield batch, position
        if quiet >= QUIET_POLLS and position >= (await consumer.end_offsets([place]))[place]:
            raise LogTruncatedError(f"{place.topic}/{place.partition} ends at {position}, not at {end}")
        if quiet >= STALLED_POLLS:
            raise TimeoutError(f"no record of {place.topic}/{place.partition} from {position} on")
