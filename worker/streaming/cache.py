"""The cache of states in files: what it holds is used only where it is beyond doubt one of the log at hand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from worker.observability.logging import get_logger
from worker.observability.metrics import SNAPSHOTS, STATE_BYTES
from worker.streaming.log_reader import record_at
from worker.streaming.partition_state import PartitionState
from worker.streaming.published import foreign, missing, own_bases
from worker.streaming.record import digest_of
from worker.streaming.snapshots import (
    Snapshot,
    UnusableSnapshotError,
    pack,
    snapshot_path,
    unpack,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.observability.metrics import Metrics
    from worker.settings import Settings
    from worker.streaming.log_reader import Log
    from worker.streaming.partition_state import Engine
    from worker.streaming.published import Published
    from worker.streaming.record import TP

log = get_logger("cache")


class StateCache:
    """One file per partition; trouble with it costs time, nothing else."""

    def __init__(self, settings: Settings, *, engine: Engine, reader: Log, metrics: Metrics) -> None:
        """Without a state directory nothing is found and nothing is written."""
        self._directory = settings.state_dir
        self._tail = settings.replay_tail
        self._engine = engine
        self._reader = reader
        self._metrics = metrics

    async def load(
        self, tp: TP, beginning: int, published: Mapping[str, Published]
    ) -> tuple[PartitionState, dict[str, str]] | None:
        """The state of a partition and what was settled with other engines; None where there is none to be used."""
        if self._directory is None:
            return None
        path = snapshot_path(self._directory, tp)
        try:
            content = await asyncio.to_thread(path.read_bytes)
            snapshot = await asyncio.to_thread(unpack, content, tp=tp, engine=self._engine.id)
            state = await self._restore(snapshot, tp, beginning, published)
        except FileNotFoundError:
            return None
        except (UnusableSnapshotError, ValueError, OSError) as error:
            self._metrics.count(SNAPSHOTS, "ignored")
            log.warning("snapshot_ignored", partition=tp[1], reason=str(error))
            return None
        self._metrics.count(SNAPSHOTS, "used")
        self._metrics.gauge(STATE_BYTES, len(content), str(tp[1]))
        return state, snapshot.settled

    async def _restore(
        self, snapshot: Snapshot, tp: TP, beginning: int, published: Mapping[str, Published]
    ) -> PartitionState:
        if snapshot.last_offset < beginning:
            raise UnusableSnapshotError("the log no longer holds its last record")
        last = await record_at(self._reader, tp, snapshot.last_offset)
        if last is None or digest_of(last) != snapshot.last_digest:
            raise UnusableSnapshotError("of another log")
        unsettled = foreign(published, self._engine.id).items() - snapshot.settled.items()
        if unsettled:
            raise UnusableSnapshotError(f"{len(unsettled)} alerts were published by another engine since")
        state = PartitionState(self._engine, start=beginning, tail=self._tail)
        state.restore(
            next_offset=snapshot.next_offset,
            last=last,
            conflicts=snapshot.conflicts,
            tail=snapshot.tail,
            bases=snapshot.bases | own_bases(published, self._engine.id),
        )
        if lost := sum(1 for _ in missing(state.alerts(), published)):
            raise UnusableSnapshotError(f"the topic of alerts lacks {lost} that it gave")
        return state

    async def save(self, state: PartitionState, tp: TP, settled: dict[str, str]) -> None:
        """Write a state down; nobody may fold it meanwhile."""
        if self._directory is None:
            return
        content = await asyncio.to_thread(pack, state, tp, settled)
        if content is None:
            return
        try:
            await asyncio.to_thread(write_file, snapshot_path(self._directory, tp), content)
        except OSError as error:
            self._metrics.count(SNAPSHOTS, "failed")
            log.warning("snapshot_failed", partition=tp[1], error=repr(error))
        else:
            self._metrics.count(SNAPSHOTS, "written")
            self._metrics.gauge(STATE_BYTES, len(content), str(tp[1]))
            log.debug("snapshot_written", partition=tp[1], next=state.next, bytes=len(content))

    async def is_current(self, state: PartitionState, tp: TP, beginning: int) -> bool:
        """Whether a state that was kept in memory is still one of the log: its topic may have been made anew."""
        if state.last is None or state.last.offset < beginning:
            return state.next >= beginning
        last = await record_at(self._reader, tp, state.last.offset)
        if last is not None and digest_of(last) == digest_of(state.last):
            return True
        log.warning("state_dropped", partition=tp[1], next=state.next, reason="of another log")
        return False
