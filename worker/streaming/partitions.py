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
    SNAPSHOTS,
    STATE_BYTES,
    STATE_CONFLICTS,
)
from worker.streaming.continuity import Run
from worker.streaming.log_reader import LogTruncatedError
from worker.streaming.partition_state import NotRepeatableError, PartitionState
from worker.streaming.published import (
    Reconciled,
    foreign,
    outgoing_alert,
    own_bases,
    read_published,
    reconcile,
)
from worker.streaming.snapshots import (
    Snapshot,
    UnusableSnapshotError,
    digest_of,
    pack,
    snapshot_path,
    unpack,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from worker.alert import Alert
    from worker.observability.health import Health
    from worker.observability.metrics import Metrics
    from worker.settings import Settings
    from worker.streaming.log_reader import Log
    from worker.streaming.outbox import Outbox
    from worker.streaming.partition_state import Engine, Folded
    from worker.streaming.published import Published

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
        self._states: dict[int, PartitionState] = {}
        self._settled: dict[int, dict[str, str]] = {}
        self._building: dict[int, asyncio.Task[PartitionState]] = {}
        self._published: asyncio.Task[dict[int, dict[str, Published]]] | None = None
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
        """Fold a run; where a repeated event turns out not to be repeatable, build the state anew first."""
        number = run.tp[1]
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
        if state is None or state.next < beginning:
            state = await self._from_snapshot(tp, beginning, published)
        source, start = ("kept", state.next) if state else ("log", beginning)
        reconciled: Reconciled | None = None
        if state is None:
            state = PartitionState(self._engine, start=beginning, tail=self._settings.replay_tail)
            latest, oldest = await self._fold_log(state, tp, target)
            since = oldest if beginning > 0 else None
            reconciled = reconcile(published, latest, engine=self._engine.id, known_since=since)
            state.bases = reconciled.bases
            self._settled[number] = reconciled.settled
        else:
            await self._fold_log(state, tp, target)
        self._states[number] = state
        await self._resend(state.tail(), state, why="takeover")
        if reconciled is not None and reconciled.differences:
            await self._resend(list(reconciled.differences), state, why="engine", final=True)
        seconds = time.monotonic() - started
        self._metrics.observe(REBUILD_SECONDS, seconds)
        self._metrics.gauge(STATE_CONFLICTS, state.conflicts, str(number))
        log.info("state_built", partition=number, source=source, start=start, next=state.next,
                 committed=committed, conflicts=state.conflicts, seconds=round(seconds, 3),
                 differences=len(reconciled.differences) if reconciled else 0)  # fmt: skip
        return state

    async def _fold_log(
        self, state: PartitionState, tp: tuple[str, int], end: int
    ) -> tuple[dict[str, Alert], datetime | None]:
        """Fold [state.next, end); the last alert of each id, and when the oldest event was seen."""
        latest: dict[str, Alert] = {}
        oldest: datetime | None = None
        try:
            async for batch in self._reader.read(tp, state.next, end):
                run = Run(tp=tp, start=state.next, end=batch[-1].offset + 1, records=tuple(batch))
                async with self._still[tp[1]]:
                    found = state.fold(run)
                gc.freeze()  # what is remembered stays: looking through it again and again costs half of the time
                for folded in found:
                    latest.update((alert.alert_id, alert) for alert in folded.alerts)
                    if folded.event is not None:
                        seen = folded.event.article.seen_at
                        oldest = seen if oldest is None else min(oldest, seen)
                self._metrics.count(REBUILT_EVENTS, by=len(batch))
                self._health.moved(tp, time.monotonic())
                await asyncio.sleep(0)
        except LogTruncatedError as error:
            log.warning("log_truncated", partition=tp[1], committed=end, error=str(error))
        else:
            state.fold(Run(tp=tp, start=state.next, end=end, records=()))
        return latest, oldest

    async def _read_published(self) -> dict[int, dict[str, Published]]:
        if self._published is None:
            self._published = asyncio.create_task(self._published_by_partition())
        return await asyncio.shield(self._published)

    async def _published_by_partition(self) -> dict[int, dict[str, Published]]:
        count = await self._reader.partitions(self._settings.events)

        def partition_of(conflict: str) -> int:
            return (int(murmur2(conflict.encode())) & 0x7FFFFFFF) % max(count, 1)

        return await read_published(self._reader, self._settings.alerts, partition_of=partition_of)

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

    async def _from_snapshot(
        self, tp: tuple[str, int], beginning: int, published: Mapping[str, Published]
    ) -> PartitionState | None:
        if self._settings.state_dir is None:
            return None
        path = snapshot_path(self._settings.state_dir, tp)
        try:
            content = await asyncio.to_thread(path.read_bytes)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._ignored(tp, repr(error))
            return None
        try:
            snapshot = await asyncio.to_thread(unpack, content, tp=tp, engine=self._engine.id)
            state = await self._restore(snapshot, tp, beginning, published)
        except (UnusableSnapshotError, ValueError) as error:
            self._ignored(tp, str(error))
            return None
        self._settled[tp[1]] = snapshot.settled
        self._metrics.count(SNAPSHOTS, "used")
        self._metrics.gauge(STATE_BYTES, len(content), str(tp[1]))
        return state

    def _ignored(self, tp: tuple[str, int], reason: str) -> None:
        self._metrics.count(SNAPSHOTS, "ignored")
        log.warning("snapshot_ignored", partition=tp[1], reason=reason)

    async def _restore(
        self, snapshot: Snapshot, tp: tuple[str, int], beginning: int, published: Mapping[str, Published]
    ) -> PartitionState:
        if snapshot.last_offset < beginning:
            raise UnusableSnapshotError("the log no longer holds its last record")
        found = [
            record
            async for batch in self._reader.read(tp, snapshot.last_offset, snapshot.last_offset + 1)
            for record in batch
        ]
        if [digest_of(record) for record in found] != [snapshot.last_digest]:
            raise UnusableSnapshotError("of another log")
        unsettled = foreign(published, self._engine.id).items() - snapshot.settled.items()
        if unsettled:
            raise UnusableSnapshotError(f"{len(unsettled)} alerts were published by another engine since")
        state = PartitionState(self._engine, start=beginning, tail=self._settings.replay_tail)
        state.restore(
            next_offset=snapshot.next_offset,
            last=found[0],
            conflicts=snapshot.conflicts,
            tail=snapshot.tail,
            bases=snapshot.bases | own_bases(published, self._engine.id),
        )
        return state

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
        if state is None or self._settings.state_dir is None:
            return
        tp = (self._settings.events, number)
        self._unsaved[number] = 0
        async with self._still[number]:
            content = await asyncio.to_thread(pack, state, tp, self._settled.get(number, {}))
        if content is None:
            return
        try:
            await asyncio.to_thread(write_file, snapshot_path(self._settings.state_dir, tp), content)
        except OSError as error:
            self._metrics.count(SNAPSHOTS, "failed")
            log.warning("snapshot_failed", partition=number, error=repr(error))
        else:
            self._metrics.count(SNAPSHOTS, "written")
            self._metrics.gauge(STATE_BYTES, len(content), str(number))
            log.debug("snapshot_written", partition=number, next=state.next, bytes=len(content))
