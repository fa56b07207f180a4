"""The states of the partitions owned: built from the log on taking over, dropped when they move away."""

from __future__ import annotations

import asyncio
import gc
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from aiokafka.partitioner import murmur2

from worker.observability.logging import get_logger
from worker.observability.metrics import (
    ALERTS_RESENT,
    REBUILD_SECONDS,
    REBUILT_EVENTS,
    STATE_BYTES,
    STATE_CONFLICTS,
)
from worker.streaming.cache import StateCache
from worker.streaming.continuity import Run
from worker.streaming.log_reader import LogTruncatedError
from worker.streaming.partition_state import NotRepeatableError, PartitionState
from worker.streaming.published import (
    Gathered,
    Reconciled,
    of_no_log,
    outgoing_alert,
    read_published,
    reconcile,
)
from worker.streaming.stopping import MisplacedError
from worker.wire import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from worker.alert import Alert
    from worker.observability.health import Health
    from worker.observability.metrics import Metrics
    from worker.settings import Settings
    from worker.streaming.log_reader import Log
    from worker.streaming.outbox import Outbox
    from worker.streaming.partition_state import Engine, Folded
    from worker.streaming.published import Published
    from worker.streaming.record import TP

log = get_logger("partitions")


class Partitions:
    """States by partition of `events`. One event loop; `fatal` is called when a state cannot be built."""

    def __init__(  # noqa: PLR0913 - the parts of the shell
        self,
        settings: Settings,
        *,
        engine: Engine,
        reader: Log,
        outbox: Outbox,
        metrics: Metrics,
        health: Health,
        fatal: Callable[[BaseException], None],
    ) -> None:
        """Own nothing yet."""
        self._settings = settings
        self._engine = engine
        self._reader = reader
        self._outbox = outbox
        self._metrics = metrics
        self._health = health
        self._fatal = fatal
        self._cache = StateCache(settings, engine=engine, reader=reader, metrics=metrics)
        self._states: dict[int, PartitionState] = {}
        self._settled: dict[int, dict[str, str]] = {}
        self._building: dict[int, asyncio.Task[PartitionState]] = {}
        self._published: asyncio.Task[dict[int, dict[str, Published]]] | None = None
        self._count: asyncio.Task[int] | None = None
        self._generation = -1
        self._unsaved: dict[int, int] = {}
        self._still: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        """Held while a state is folded or written down: the one must not see the other half done."""

    async def begin(self, generation: int, committed: Mapping[int, int | None]) -> None:
        """Own these partitions from now on; starts to build what is missing, and forgets the others.

        A state that stays is a fold of the log wherever it ends, so it is kept; but its latest alerts are sent
        again, since another worker may have sent older ones in between.
        """
        again = generation == self._generation
        if not again:
            self._count = None
        if generation != self._generation + 1 and not again:
            self._published = None
        gone = [number for number in {*self._states, *self._building} if number not in committed]
        for number in gone:
            self.drop(number)
        self._generation = generation
        for number, offset in committed.items():
            if again and number in self._building:
                continue
            self._cancel(number)
            if number not in self._states:
                self._published = None if not again else self._published
            self._start(number, offset)

    def _start(self, number: int, committed: int | None) -> None:
        self._health.rebuilding.add(number)
        task = asyncio.create_task(self._build(number, committed), name=f"rebuild-{number}")
        self._building[number] = task
        task.add_done_callback(lambda done: self._built(number, done))

    def _built(self, number: int, task: asyncio.Task[PartitionState]) -> None:
        if self._building.get(number) is not task:
            return
        self._health.rebuilding.discard(number)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._fatal(error)

    def _cancel(self, number: int) -> None:
        task = self._building.pop(number, None)
        self._health.rebuilding.discard(number)
        if task is not None:
            task.cancel()

    def drop(self, number: int) -> None:
        """Forget the state of a partition."""
        self._cancel(number)
        self._states.pop(number, None)
        self._settled.pop(number, None)
        self._unsaved.pop(number, None)
        self._metrics.forget(STATE_CONFLICTS, str(number))
        self._metrics.forget(STATE_BYTES, str(number))

    async def ready(self, number: int) -> PartitionState | None:
        """The state of a partition once it is built; None when it is not ours (any more)."""
        task = self._building.get(number)
        if task is None:
            return None
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled():
                return None
            raise

    async def fold(self, state: PartitionState, run: Run) -> list[Folded]:
        """Fold a run; where a repeated event turns out not to be repeatable, build the state anew first.

        What lies before the run was worked off by another member of the same generation, as static members may: it is
        folded first, and its alerts are out.
        """
        number = run.tp[1]
        if run.start > state.next:
            log.warning("state_caught_up", partition=number, next=state.next, start=run.start)
            await self._fold_log(state, run.tp, run.start)
        try:
            async with self._still[number]:
                folded = state.fold(run)
        except NotRepeatableError as error:
            log.warning("state_rebuilt", partition=number, reason=repr(error))
            fresh = PartitionState(
                self._engine, start=await self._reader.beginning(run.tp), tail=self._settings.replay_tail
            )
            fresh.bases = state.bases
            await self._fold_log(fresh, run.tp, run.end)
            self._states[number] = fresh
            alerts = fresh.tail()
            await self._resend(alerts, fresh, why="repeated")
            return []
        self._unsaved[number] = self._unsaved.get(number, 0) + len(folded)
        return folded

    async def _build(self, number: int, committed: int | None) -> PartitionState:
        tp = (self._settings.events, number)
        started = time.monotonic()
        beginning = await self._reader.beginning(tp)
        target = beginning if committed is None else committed
        published = (await self._read_published()).get(number, {})
        state = self._states.get(number)
        if state is not None and not await self._cache.is_current(state, tp, beginning):
            state = None
        if state is None and (cached := await self._cache.load(tp, beginning, published)):
            state, self._settled[number] = cached
        source, start = ("kept", state.next) if state else ("log", beginning)
        reconciled: Reconciled | None = None
        if state is None:
            state = PartitionState(self._engine, start=beginning, tail=self._settings.replay_tail)
            reconciled = await self._fold_all(state, tp, target, published)
        else:
            await self._fold_log(state, tp, target)
        await self._check_places(state, number)
        self._states[number] = state
        latest = {alert.alert_id: alert for alert in (reconciled.missing if reconciled else ())}
        latest |= {alert.alert_id: alert for alert in state.tail()}
        await self._resend(list(latest.values()), state, why="takeover")
        if reconciled is not None:
            await self._resend(list(reconciled.differences), state, why="engine", final=True)
        seconds = time.monotonic() - started
        self._metrics.observe(REBUILD_SECONDS, seconds)
        self._metrics.gauge(STATE_CONFLICTS, state.conflicts, str(number))
        log.info("state_built", partition=number, source=source, start=start, next=state.next,
                 committed=committed, conflicts=state.conflicts, seconds=round(seconds, 3),
                 differences=len(reconciled.differences) if reconciled else 0)  # fmt: skip
        return state

    async def _fold_all(
        self, state: PartitionState, tp: TP, target: int, published: Mapping[str, Published]
    ) -> Reconciled:
        """Fold an empty state up to `target`, and have its revisions go on from those published."""
        found, beginning = Gathered(published=published), state.next
        await self._fold_log(state, tp, target, found)
        strange = of_no_log(published, found.given, self._engine.id)
        if strange:
            strange -= await self._given_by_rest(state, tp, published)
        reconciled = reconcile(
            published,
            found.latest,
            strange,
            engine=self._engine.id,
            known_since=found.oldest if beginning > 0 else None,
        )
        state.bases = reconciled.bases
        self._settled[tp[1]] = reconciled.settled
        return reconciled

    async def _fold_log(
        self, state: PartitionState, tp: TP, end: int, gathered: Gathered | None = None
    ) -> None:
        """Fold [state.next, end); what comes of it is gathered where that is asked for."""
        try:
            async for batch in self._reader.read(tp, state.next, end):
                run = Run(tp=tp, start=state.next, end=batch[-1].offset + 1, records=tuple(batch))
                async with self._still[tp[1]]:
                    found = state.fold(run)
                gc.freeze()  # what is remembered stays: looking through it again and again costs half of the time
                if gathered is not None:
                    gathered.add(found)
                self._metrics.count(REBUILT_EVENTS, by=len(batch))
                self._health.moved(tp, time.monotonic())
                await asyncio.sleep(0)
        except LogTruncatedError as error:
            log.warning("log_truncated", partition=tp[1], committed=end, error=str(error))
        else:
            state.fold(Run(tp=tp, start=state.next, end=end, records=()))

    async def _given_by_rest(
        self, state: PartitionState, tp: TP, published: Mapping[str, Published]
    ) -> set[str]:
        """Ids of what was published by what the log holds beyond the state, which stays as it is."""
        scratch = PartitionState(self._engine, start=state.next, tail=0)
        if state.last is not None:
            scratch.restore(
                next_offset=state.next,
                last=state.last,
                conflicts=loads(dumps(state.dump())),
                tail=(),
                bases={},
            )
        rest = Gathered(published=published)
        await self._fold_log(scratch, tp, await self._reader.end(tp), rest)
        return rest.given

    async def _read_published(self) -> dict[int, dict[str, Published]]:
        if self._published is None:
            self._published = asyncio.create_task(self._published_by_partition())
        return await asyncio.shield(self._published)

    async def _published_by_partition(self) -> dict[int, dict[str, Published]]:
        count = await self._partition_count()
        return await read_published(
            self._reader, self._settings.alerts, partition_of=lambda conflict: partition_of(conflict, count)
        )

    async def _partition_count(self) -> int:
        """How many partitions `events` has in this generation: added ones begin a new one."""
        if self._count is None:
            self._count = asyncio.create_task(self._reader.partitions(self._settings.events))
        return await asyncio.shield(self._count)

    async def _check_places(self, state: PartitionState, number: int) -> None:
        """Raise MisplacedError where conflicts are remembered here whose events come to another partition by now."""
        count = await self._partition_count()
        if strangers := [name for name in state.names if partition_of(name, count) != number]:
            raise MisplacedError(
                f"{self._settings.events} has {count} partitions, and by that {len(strangers)} conflicts of partition "
                f"{number} ({strangers[0]}) belong to others: partitions were added to it, which parts attacks from their "
                "ceasefires. The runbook says how to go on, under 'More partitions of events'; nothing is lost."
            )

    async def _resend(
        self, alerts: list[Alert], state: PartitionState, *, why: str, final: bool = False
    ) -> None:
        if not alerts:
            return
        outgoing = [
            outgoing_alert(
                alert if final else state.published(alert),
                topic=self._settings.alerts,
                base=state.bases.get(alert.alert_id, 0),
                timestamp=None,
            )
            for alert in alerts
        ]
        await self._outbox.send(outgoing)
        self._metrics.count(ALERTS_RESENT, why, by=len(alerts))

    async def save_due(self) -> None:
        """Write the snapshots that are due by the number of events folded since the last."""
        for number, folded in list(self._unsaved.items()):
            if folded >= self._settings.snapshot_every:
                await self._save(number)

    async def close(self) -> None:
        """Stop building, and write a snapshot of every state."""
        for number in list(self._building):
            if not self._building[number].done():
                self._cancel(number)
        for number in list(self._states):
            await self._save(number)

    async def _save(self, number: int) -> None:
        state = self._states.get(number)
        if state is None:
            return
        self._unsaved[number] = 0
        async with self._still[number]:
            await self._cache.save(state, (self._settings.events, number), self._settled.get(number, {}))


def partition_of(conflict: str, count: int) -> int:
    """The partition of `events` that the producer puts a conflict's events on."""
    return (int(murmur2(conflict.encode())) & 0x7FFFFFFF) % max(count, 1)
