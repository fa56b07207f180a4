"""Faust's Kafka transport, but committing exactly what the agents have worked off.

The overridden methods are Faust's own (0.15.3, pinned): where it counts acknowledgements, `Offsets` is asked
instead. See docs/decisions/0006-own-offsets.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faust.transport.drivers import aiokafka as driver
from faust.types import TP as FAUST_TP

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from worker.streaming.offsets import Offsets
    from worker.streaming.record import TP

    Begin = Callable[[int, Mapping[TP, int | None]], Awaitable[None]]


class LogConsumer(driver.Consumer):
    """A consumer whose commits follow `offsets`; `begin` is told of each start from the committed offsets."""

    offsets: Offsets
    begin: Begin

    async def perform_seek(self) -> None:
        """Go to the committed offsets, and tell the agents which they are."""
        await super().perform_seek()
        committed = {(tp.topic, tp.partition): self._read_offset.get(tp) for tp in self.assignment()}
        await self.begin(self.app.consumer_generation_id, committed)

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

    async def _add_gap(self, tp: FAUST_TP, offset_from: int, offset_to: int) -> None:
        """Count nothing: a hole is read from the log by the agent that meets it."""


def log_transport(urls: list[Any], app: Any, offsets: Offsets, begin: Begin) -> Any:  # noqa: ANN401
    """A transport for `app` with such a consumer."""

    class Consumer(LogConsumer):
        pass

    class Transport(driver.Transport):
        pass

    Consumer.offsets = offsets
    Consumer.begin = staticmethod(begin)
    Transport.Consumer = Consumer
    return Transport(urls, app)
