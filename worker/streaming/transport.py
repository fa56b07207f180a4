"""Faust's Kafka transport, but committing exactly what the agents have worked off.

The overridden methods are Faust's own (0.15.3, pinned): where it counts acknowledgements, `Offsets` is asked
instead. See docs/decisions/0006-own-offsets.md.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from aiokafka.errors import KafkaError, NoError, NotCoordinatorForGroupError, for_code
from faust.transport.drivers import aiokafka as driver
from faust.types import TP as FAUST_TP

from worker.observability.logging import get_logger

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping

    from worker.streaming.offsets import Offsets
    from worker.streaming.record import TP

    Begin = Callable[[int, Mapping[TP, int | None]], Awaitable[None]]
    Lacks = Callable[[TP, int], Awaitable[bool]]

log = get_logger("transport")


class LogConsumer(driver.Consumer):
    """A consumer whose commits follow `offsets`; `begin` is told of each start from the committed offsets."""

    offsets: Offsets
    begin: Begin
    lacks: Lacks
    """Whether a partition's log ends before an offset."""

    def _new_consumer_thread(self) -> Any:  # noqa: ANN401 - Faust is untyped
        return _ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    async def perform_seek(self) -> None:
        """Go to the committed offsets, and tell the agents which they are.

        Faust comes here at the start of a generation, and also on its own while it is not fetching. If the
        group has moved on meanwhile, these are the offsets of an assignment that is over: the start of the
        next generation tells those that count.
        """
        generation, assigned = self.app.consumer_generation_id, self.assignment()
        await super().perform_seek()
        await self._go_back_to_logs_begun_anew(assigned)
        if (self.app.consumer_generation_id, self.assignment()) != (generation, assigned):
            return
        committed = {(tp.topic, tp.partition): self._read_offset.get(tp) for tp in assigned}
        await self.begin(generation, committed)

    async def _go_back_to_logs_begun_anew(self, assigned: Iterable[FAUST_TP]) -> None:
        """Read logs that end before their committed offset from their beginning, as if nothing had been committed.

        Faust would leave out all messages up to that offset, and never commit one before it.
        """
        committed = {tp: offset for tp in assigned if (offset := self._read_offset.get(tp))}
        try:
            ends = await self.highwaters(*committed) if committed else {}
            short = [tp for tp, end in ends.items() if end < committed[tp]]
            found = await asyncio.gather(
                *(self.lacks((tp.topic, tp.partition), committed[tp]) for tp in short)
            )
            cut = [tp for tp, lacks in zip(short, found, strict=True) if lacks]
            beginnings = await self.earliest_offsets(*cut) if cut else {}
        except (KafkaError, OSError, TimeoutError) as error:
            log.warning("ends_unknown", error=repr(error))  # `lag` asks again all the time
            return
        for tp, beginning in beginnings.items():
            log.error(
                "log_begun_anew",
                topic=tp.topic,
                partition=tp.partition,
                committed=committed[tp],
                end=ends[tp],
            )
            self._committed_offset[tp] = self._read_offset[tp] = None
            await self.seek(tp, beginning)

    def ack(self, message: Any) -> bool:  # noqa: ANN401 - Faust's message
        """Let go of the message; what is committed is decided elsewhere."""
        message.acked = True
        self._unacked_messages.discard(message)
        return True

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[FAUST_TP]:  # noqa: ANN401
        owned = (FAUST_TP(*tp) for tp in self.offsets.owned())
        return (tp for tp in owned if topics is None or tp in topics or tp.topic in topics)

    def _new_offset(self, tp: FAUST_TP) -> int | None:
        return self.offsets.next((tp.topic, tp.partition))

    async def verify_all_partitions_active(self) -> None:
        """Look for nothing: `lag` and `/live` do, and Faust's look ends a worker whose topic was deleted meanwhile."""

    async def _add_gap(self, tp: FAUST_TP, offset_from: int, offset_to: int) -> None:
        """Count nothing: a hole is read from the log by the agent that meets it."""


class _ConsumerThread(driver.AIOKafkaConsumerThread):
    async def on_start(self) -> None:
        """Start the client; it has no topics yet, so nothing was asked of the coordinator before the guard."""
        await super().on_start()
        guard_committed_offsets(self._ensure_consumer()._coordinator)  # noqa: SLF001 - no public way


def guard_committed_offsets(coordinator: Any) -> None:  # noqa: ANN401 - aiokafka is untyped
    """Have the client heed the error of a whole answer about committed offsets, and so ask again.

    A broker that is not (or not yet) the group's coordinator answers with an error and no partitions. aiokafka
    (0.14) looks at the errors of partitions only, takes it that nothing was ever committed, and the whole log
    would be read again from its beginning.
    """
    send = coordinator._send_req  # noqa: SLF001

    async def send_and_check(request: Any) -> Any:  # noqa: ANN401
        answer = await send(request)
        if answer.API_KEY == _OFFSET_FETCH:
            error = for_code(getattr(answer, "error_code", 0))
            if error is NotCoordinatorForGroupError:
                coordinator.coordinator_dead()
            if error is not NoError:
                raise error
        return answer

    coordinator._send_req = send_and_check  # noqa: SLF001


_OFFSET_FETCH = 9
"""The protocol's number of the request for committed offsets."""


def log_transport(urls: list[Any], app: Any, offsets: Offsets, begin: Begin, lacks: Lacks) -> Any:  # noqa: ANN401
    """A transport for `app` with such a consumer."""

    class Consumer(LogConsumer):
        pass

    class Transport(driver.Transport):
        pass

    Consumer.offsets = offsets
    Consumer.begin = staticmethod(begin)
    Consumer.lacks = staticmethod(lacks)
    Transport.Consumer = Consumer
    return Transport(urls, app)
