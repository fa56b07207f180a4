"""No offset is stepped over: a hole in what the consumer delivers is read from the log and worked off first.

After a rebalance Faust sometimes leaves out the first messages of a partition. Unseen, that is a silent loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from worker.observability.logging import get_logger
from worker.observability.metrics import HOLES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from worker.observability.metrics import Metrics
    from worker.streaming.log_reader import Log
    from worker.streaming.record import TP, Record

log = get_logger("continuity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Offsets [start, end) of a partition and all records there.

    Some offsets may have none: the marker of a transaction, or removed by retention.
    """

    tp: TP
    start: int
    end: int
    records: tuple[Record, ...]


async def runs_from(
    expected: int | None, tp: TP, delivered: Sequence[Record], *, reader: Log, metrics: Metrics
) -> AsyncIterator[Run]:
    """Runs that follow each other from `expected` on (None: from the oldest record) over all delivered.

    Records before `expected` were worked off already and are left out.
    """
    position = await reader.beginning(tp) if expected is None else expected
    pending: list[Record] = []
    for record in delivered:
        after = position + len(pending)
        if record.offset < after:
            continue
        if record.offset > after:
            if pending:
                yield Run(tp=tp, start=position, end=after, records=tuple(pending))
            position, pending = after, []
            async for run in _hole(tp, position, record.offset, reader=reader, metrics=metrics):
                yield run
            position = record.offset
        pending.append(record)
    if pending:
        yield Run(tp=tp, start=position, end=position + len(pending), records=tuple(pending))


async def _hole(tp: TP, start: int, end: int, *, reader: Log, metrics: Metrics) -> AsyncIterator[Run]:
    filled, position = 0, start
    async for batch in reader.read(tp, start, end):
        after = batch[-1].offset + 1
        yield Run(tp=tp, start=position, end=after, records=tuple(batch))
        position, filled = after, filled + len(batch)
    if position < end:
        yield Run(tp=tp, start=position, end=end, records=())
    metrics.count(HOLES, tp[0], by=filled)
    log.warning("hole_filled", topic=tp[0], partition=tp[1], start=start, end=end, records=filled)
