"""The topology without a broker: explicit topic, partition, offset and time in, outputs out.

After Kafka Streams' TopologyTestDriver. Logs live in memory; a worker reads them as Faust would deliver them,
may leave out messages, deliver them twice, and be cut off between any two steps.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from tests.streaming.fakes import ChainEngine, extract_lines
from worker.observability.health import Health
from worker.observability.metrics import Metrics
from worker.settings import Settings
from worker.streaming.agents import Correlator, Extractor, Surroundings
from worker.streaming.offsets import Offsets
from worker.streaming.outbox import Outbox
from worker.streaming.partitions import Partitions
from worker.streaming.record import Record

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from pathlib import Path

    from worker.streaming.outbox import Outgoing
    from worker.streaming.partition_state import Engine
    from worker.streaming.record import TP


class MemoryLog:
    """Topics in memory, the `Log` that rebuilds and holes are read from."""

    def __init__(self, partitions: int = 2) -> None:
        self.count = partitions
        self.topics: dict[TP, list[Record]] = {}
        self.removed: dict[TP, int] = {}

    def append(self, topic: str, partition: int, value: bytes | None, **more: Any) -> Record:  # noqa: ANN401
        """Add a record at the end of a partition."""
        records = self.topics.setdefault((topic, partition), [])
        record = Record(
            topic=topic,
            partition=partition,
            offset=len(records),
            timestamp=more.get("timestamp", 1_742_385_600_000),
            key=more.get("key"),
            value=value,
            headers=more.get("headers", ()),
        )
        records.append(record)
        return record

    async def read(self, tp: TP, start: int, end: int) -> AsyncIterator[list[Record]]:
        """In batches of three, so that borders are met."""
        first = max(start, self.removed.get(tp, 0))
        found = self.topics.get(tp, [])[first:end]
        for at in range(0, len(found), 3):
            await asyncio.sleep(0)
            yield found[at : at + 3]

    async def beginning(self, tp: TP) -> int:
        return self.removed.get(tp, 0)

    async def end(self, tp: TP) -> int:
        return len(self.topics.get(tp, []))

    async def partitions(self, topic: str) -> int:
        return self.count


class Inline(Executor):
    """Runs at once, in the same thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as an executor does
            done.set_exception(error)
        return done


@dataclass
class Driver:
    """A worker on a `MemoryLog`. `sends_until_failure` breaks the producer after so many messages."""

    log: MemoryLog
    settings: Settings
    engine: Engine = field(default_factory=ChainEngine)
    sends_until_failure: int | None = None
    metrics: Metrics = field(default_factory=Metrics)

    def __post_init__(self) -> None:
        self.health = Health(stuck_after=60)
        self.offsets = Offsets()
        self.fatal: list[BaseException] = []
        outbox = Outbox(self._send, timeout=0.1, metrics=self.metrics)
        self.partitions = Partitions(
            self.settings,
            engine=self.engine,
            reader=self.log,
            outbox=outbox,
            metrics=self.metrics,
            health=self.health,
            fatal=self.fatal.append,
        )
        around = Surroundings(
            settings=self.settings,
            offsets=self.offsets,
            reader=self.log,
            outbox=outbox,
            metrics=self.metrics,
            health=self.health,
        )
        self.correlator = Correlator(around, partitions=self.partitions, version="test")
        self.extractor = Extractor(
            around,
            extract=lambda articles: extract_lines(articles, None, None),
            executor=Inline(),
            version="test",
        )

    async def begin(self, generation: int, committed: dict[TP, int | None]) -> None:
        """A generation of the group starts, with what is committed."""
        self.offsets.begin(generation, committed)
        events = {n: at for (topic, n), at in committed.items() if topic == self.settings.events}
        await self.partitions.begin(generation, events)

    async def deliver(self, records: Sequence[Record], *, generation: int | None = None) -> None:
        """Hand records to the agent of their topic, as Faust does."""
        number = self.offsets.generation if generation is None else generation
        messages = [as_message(record, number) for record in records]
        if records and records[0].topic == self.settings.articles:
            await self.extractor.work_off(messages)
        else:
            await self.correlator.work_off(messages)

    async def _send(self, message: Outgoing) -> Awaitable[object]:
        if self.sends_until_failure is not None:
            if self.sends_until_failure == 0:
                raise RuntimeError("the producer is broken")
            self.sends_until_failure -= 1
        partition = sum(message.key or b"") % self.log.count if message.topic == self.settings.events else 0
        self.log.append(
            message.topic, partition, message.value, key=message.key, headers=tuple(message.headers)
        )
        done: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done


def as_message(record: Record, generation: int) -> SimpleNamespace:
    """The record as Faust's message."""
    return SimpleNamespace(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        timestamp=None if record.timestamp is None else record.timestamp / 1000,
        key=record.key,
        value=record.value,
        headers=record.headers,
        generation_id=generation,
    )


def settings_in(state_dir: Path | None = None, **changes: Any) -> Settings:  # noqa: ANN401
    """Settings for a driver."""
    return Settings(state_dir=state_dir, **{"replay_tail": 1000, **changes})
