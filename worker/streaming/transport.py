"""Faust's Kafka transport, but committing exactly what the agents have worked off.

The overridden methods are Faust's own (0.15.3, pinned): where it counts acknowledgements, `Offsets` is asked
instead. See docs/decisions/0006-own-offsets.md.
"""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from aiokafka.consumer.fetcher import OffsetResetStrategy
from aiokafka.errors import KafkaError, NoError, NotCoordinatorForGroupError, UnknownMemberIdError, for_code
from aiokafka.structs import OffsetAndMetadata
from faust.transport.drivers import aiokafka as driver
from faust.types import TP as FAUST_TP

from worker.observability.logging import get_logger
from worker.streaming.stopping import RefusedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

    from aiokafka import TopicPartition

    from worker.streaming.offsets import Offsets
    from worker.streaming.record import TP

log = get_logger("transport")


@dataclass(frozen=True, kw_only=True)
class Ties:
    """What ties the consumer to the worker."""

    offsets: Offsets
    """What its commits follow."""
    begin: Callable[[int, Mapping[TP, int | None]], Awaitable[None]]
    """Told of each start from the committed offsets, with the generation."""
    lacks: Callable[[TP, int], Awaitable[bool]]
    """Whether a partition's log ends before an offset."""
    is_another: Callable[[TP, str], Awaitable[bool]]
    """Whether a partition's log is another one than a mark was made of."""
    fatal: Callable[[BaseException], None]
    """Told of what the group will not get over; from the consumer's thread."""


class LogConsumer(driver.Consumer):
    """A consumer that commits what `ties.offsets` says."""

    ties: Ties
    _thread: _ConsumerThread
    _told: Mapping[FAUST_TP, int]
    """None, whatever Faust's types say, where nothing was ever committed."""

    def _new_consumer_thread(self) -> Any:  # noqa: ANN401 - Faust is untyped
        return _ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    async def seek_to_committed(self) -> Mapping[FAUST_TP, int]:
        """Go to the committed offsets, and remember them: what Faust keeps moves on with what it delivers."""
        self._told = await super().seek_to_committed()
        return self._told

    async def perform_seek(self) -> None:
        """Go to the committed offsets, and tell the agents which they are.

        Faust comes here at the start of a generation, and also where it throws away what was fetched while it did not
        deliver. aiokafka goes back only where something was committed; elsewhere what was thrown away would be left
        out, so there we go back ourselves.

        If the group has moved on meanwhile, these are the offsets of an assignment that is over: the start of the
        next generation tells those that count.
        """
        generation, assigned = self.app.consumer_generation_id, self.assignment()
        await super().perform_seek()
        told: dict[FAUST_TP, int | None] = {**self._told}
        for tp in await self._logs_begun_anew(told):
            told[tp] = self._committed_offset[tp] = self._read_offset[tp] = None
        await self._thread.go_to_beginnings([tp for tp, offset in told.items() if not offset])
        if (self.app.consumer_generation_id, self.assignment()) != (generation, assigned):
            return
        if told.keys() == assigned:
            await self.ties.begin(generation, {(tp.topic, tp.partition): at for tp, at in told.items()})

    async def _logs_begun_anew(self, told: Mapping[FAUST_TP, int | None]) -> list[FAUST_TP]:
        """Those whose log is not that of the committed offset: to be read as if nothing had been committed.

        They end before that offset, or hold another record than was worked off last. Faust would leave out all messages
        up to the offset, and never commit one before it.
        """
        committed = {tp: offset for tp, offset in told.items() if offset}
        try:
            ends = await self.highwaters(*committed) if committed else {}
            marks = await self._thread.committed_marks() if committed else {}
            anew = await asyncio.gather(
                *(self._is_anew(tp, committed[tp], end, marks.get(tp, "")) for tp, end in ends.items())
            )
        except (KafkaError, OSError, TimeoutError) as error:
            log.warning("ends_unknown", error=repr(error))  # `lag` asks again all the time
            return []
        found = [tp for tp, is_anew in zip(ends, anew, strict=True) if is_anew]
        for tp in found:
            log.error(
                "log_begun_anew",
                topic=tp.topic,
                partition=tp.partition,
                committed=committed[tp],
                end=ends[tp],
            )
        return found

    async def _is_anew(self, tp: FAUST_TP, committed: int, end: int, mark: str) -> bool:
        place = (tp.topic, tp.partition)
        if end < committed:
            return await self.ties.lacks(place, committed)
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self.ties.is_another(place, mark)
        except TimeoutError:  # its leader is away: the others must not wait for that
            log.warning("log_not_recognised", topic=tp.topic, partition=tp.partition)
            return False

    def ack(self, message: Any) -> bool:  # noqa: ANN401 - Faust's message
        """Let go of the message; what is committed is decided elsewhere."""
        message.acked = True
        self._unacked_messages.discard(message)
        return True

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[FAUST_TP]:  # noqa: ANN401
        owned = (FAUST_TP(*tp) for tp in self.ties.offsets.owned())
        return (tp for tp in owned if topics is None or tp in topics or tp.topic in topics)

    def _new_offset(self, tp: FAUST_TP) -> int | None:
        return self.ties.offsets.next((tp.topic, tp.partition))

    async def verify_all_partitions_active(self) -> None:
        """Look for nothing: `lag` and `/live` do, and Faust's look ends a worker whose topic was deleted meanwhile."""

    async def _add_gap(self, tp: FAUST_TP, offset_from: int, offset_to: int) -> None:
        """Count nothing: a hole is read from the log by the agent that meets it."""


class _ConsumerThread(driver.AIOKafkaConsumerThread):
    async def on_start(self) -> None:
        """Start the client; it has no topics yet, so nothing was asked of the coordinator before the guard."""
        await super().on_start()
        consumer = self._ensure_consumer()
        coordinator = consumer._coordinator  # noqa: SLF001 - no public way
        guard_committed_offsets(coordinator)
        ties = cast("LogConsumer", self.consumer).ties
        commit_marks(consumer, ties.offsets)
        conf = self.app.conf
        tell_of_refusals(
            coordinator,
            ties.fatal,
            instance_id=conf.consumer_group_instance_id,
            session_timeout=conf.broker_session_timeout,
        )

    async def committed_marks(self) -> Mapping[FAUST_TP, str]:
        """What the group has committed beside the offsets."""
        found = await self.call_thread(self._committed)
        return {FAUST_TP(tp.topic, tp.partition): at.metadata or "" for tp, at in found.items()}

    async def go_to_beginnings(self, partitions: Sequence[FAUST_TP]) -> None:
        """Read these from their oldest record on, as soon as the brokers tell where that is: none waits for the others."""
        if partitions:
            await self.call_thread(self._reset, partitions)

    async def _reset(self, partitions: Sequence[FAUST_TP]) -> None:
        consumer = self._ensure_consumer()
        still_ours = driver.ensure_aiokafka_TPset(partitions) & consumer.assignment()
        if still_ours:
            consumer._fetcher.request_offset_reset(still_ours, OffsetResetStrategy.EARLIEST)  # noqa: SLF001

    async def _committed(self) -> Mapping[TopicPartition, OffsetAndMetadata]:
        consumer = self._ensure_consumer()
        coordinator = consumer._coordinator  # noqa: SLF001 - no public way
        found: Mapping[TopicPartition, OffsetAndMetadata] = await coordinator.fetch_committed_offsets(
            consumer.assignment()
        )
        return found


def commit_marks(consumer: Any, offsets: Offsets) -> None:  # noqa: ANN401 - aiokafka is untyped
    """Have the consumer commit with each offset what its log is recognised by: Faust commits the bare offset."""
    commit = consumer.commit

    async def commit_with_marks(found: Mapping[TopicPartition, OffsetAndMetadata]) -> None:
        await commit(
            {
                tp: OffsetAndMetadata(at.offset, offsets.mark((tp.topic, tp.partition)))
                for tp, at in found.items()
            }
        )

    consumer.commit = commit_with_marks


def guard_committed_offsets(coordinator: Any) -> None:  # noqa: ANN401 - aiokafka is untyped
    """Have the client heed the error of a whole answer about committed offsets, and so ask again; commit as a member only.

    A broker that is not (or not yet) the group's coordinator answers with an error and no partitions. aiokafka
    (0.14) looks at the errors of partitions only, takes it that nothing was ever committed, and the whole log
    would be read again from its beginning.

    Nor may a worker that is no member commit: of a group that has lost its last member the broker takes that for a tool's
    word, and offsets would go back to where a zombie was.
    """
    send = coordinator._send_req  # noqa: SLF001

    async def send_and_check(request: Any) -> Any:  # noqa: ANN401
        if request.API_KEY == _OFFSET_COMMIT and coordinator.generation < 0:
            raise UnknownMemberIdError
        answer = await send(request)
        if answer.API_KEY == _OFFSET_FETCH:
            error = for_code(getattr(answer, "error_code", 0))
            if error is NotCoordinatorForGroupError:
                coordinator.coordinator_dead()
            if error is not NoError:
                raise error
        return answer

    coordinator._send_req = send_and_check  # noqa: SLF001


def tell_of_refusals(
    coordinator: Any,  # noqa: ANN401 - aiokafka is untyped
    fatal: Callable[[BaseException], None],
    *,
    instance_id: str | None,
    session_timeout: float,
) -> None:
    """Have `fatal` told where the group refuses us for good.

    aiokafka tells it to whoever polls next, and before the first assignment nobody does: the worker would wait for ever.
    And of two static members of one name each takes the other's place again and again: that we are an unknown member,
    while our session cannot be over, says so. Once it may be the broker's doing, while we join or soon after: a coordinator
    that cannot write down who has joined puts back whom it had before. So of two workers of one name that start together
    each joins once more, and the one that was there first is the first to lose its place twice.
    """
    send, push = coordinator._send_req, coordinator._push_error_to_user  # noqa: SLF001
    known = joined = forgiven = -math.inf

    async def send_and_check(request: Any) -> Any:  # noqa: ANN401
        nonlocal known, joined, forgiven
        asked, asking = time.monotonic(), coordinator.member_id
        answer = await send(request)
        codes, now = error_codes(answer), time.monotonic()
        replaced = UnknownMemberIdError.errno in codes and now - known < session_timeout / 2
        # what was asked by the member that we were before says nothing of the one that we are
        refused = (replaced or _FENCED in codes) and coordinator.member_id == asking
        if instance_id is not None and refused:
            joining = answer.API_KEY in (_JOIN, _SYNC) or now - joined < session_timeout
            if joining and now - forgiven > _TAKING_TURNS * session_timeout:
                forgiven = now
                coordinator.reset_generation()
                raise UnknownMemberIdError
            fatal(
                RefusedError(
                    f"another worker has the TRUCEWATCH_INSTANCE_ID {instance_id}: each needs its own"
                )
            )
        if answer.API_KEY in (_JOIN, _SYNC) and codes == {0}:
            joined = now
        if answer.API_KEY in (_OFFSET_COMMIT, _HEARTBEAT) and codes == {0}:
            known = asked  # a worker that was frozen reads an answer long after it was given
        return answer

    def push_and_tell(error: Any) -> Any:  # noqa: ANN401
        if not error.retriable:
            fatal(RefusedError(f"the consumer group refuses this worker: {error!r}"))
        return push(error)

    coordinator._send_req, coordinator._push_error_to_user = send_and_check, push_and_tell  # noqa: SLF001


def error_codes(answer: Any) -> set[int]:  # noqa: ANN401 - aiokafka is untyped
    """The error codes of an answer of the group's coordinator; a commit has one per partition."""
    if answer.API_KEY == _OFFSET_COMMIT:
        return {code for _, partitions in answer.topics for _, code in partitions}
    return {getattr(answer, "error_code", 0)}


_PATIENCE = 10.0
"""Seconds for which a partition is asked for the record that its log is recognised by."""
_TAKING_TURNS = 3
"""Session time-outs within which losing one's place a second time is another worker's doing."""
_OFFSET_COMMIT, _OFFSET_FETCH, _JOIN, _HEARTBEAT, _SYNC = 8, 9, 11, 12, 14
"""The protocol's numbers of requests."""
_FENCED = 82
"""The protocol's number of the error that aiokafka has no name for."""


def log_transport(urls: list[Any], app: Any, ties: Ties) -> Any:  # noqa: ANN401
    """A transport for `app` with such a consumer."""

    class Consumer(LogConsumer):
        pass

    class Transport(driver.Transport):
        pass

    Consumer.ties = ties
    Transport.Consumer = Consumer
    return Transport(urls, app)
