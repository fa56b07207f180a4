"""A worker as a process of its own with the extraction of the tests: `python -m tests.integration.worker_process`.

BROKER_PATIENCE is for how many seconds it waits for brokers that do not let it in, where a test need not wait longer;
OFFSETS_AFTER after how many seconds it first learns its committed offsets, as when the group's coordinator is away;
BEGIN_AFTER how many seconds after it has learnt them it begins each generation, as with slow brokers; THROW_AWAY for how
many seconds from the first on it throws away what is delivered; GO_BACK_AFTER how long a partition may stand still.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from typing import Any

from tests.streaming.fakes import extract_lines
from worker.settings import Settings
from worker.streaming import lag, run
from worker.streaming.agents import Surroundings
from worker.streaming.transport import LogConsumer


def learn_offsets_late(seconds: float) -> None:
    """Have the first question for committed offsets answered so late."""
    ask, waits = LogConsumer.seek_to_committed, [seconds]

    async def ask_late(consumer: LogConsumer) -> Any:  # noqa: ANN401 - Faust is untyped
        if waits:
            await asyncio.sleep(waits.pop())
        return await ask(consumer)

    LogConsumer.seek_to_committed = ask_late  # type: ignore[assignment, method-assign]  # stands in for slow brokers


def begin_late(seconds: float) -> None:
    """Have each generation begin so long after the committed offsets are known; a fetch that waits meanwhile goes on."""
    if not seconds:
        return
    look, wait = LogConsumer._logs_begun_anew, LogConsumer._wait_next_records

    async def look_late(consumer: LogConsumer, told: Any) -> Any:  # noqa: ANN401 - Faust is untyped
        await asyncio.sleep(seconds)
        return await look(consumer, told)

    async def wait_long(consumer: LogConsumer, _timeout: float) -> Any:  # noqa: ANN401 - Faust is untyped
        return await wait(consumer, 60)

    LogConsumer._logs_begun_anew = look_late  # type: ignore[assignment, method-assign]  # stands in for slow brokers
    LogConsumer._wait_next_records = wait_long  # type: ignore[assignment, method-assign]  # else it may just have ended


def throw_away(seconds: float) -> None:
    """Have the agents see nothing of what is delivered so long, as of what is delivered between two generations."""
    if not seconds:
        return
    see, until = Surroundings.runs, [0.0]

    async def see_later(around: Surroundings, messages: Any, limit: int) -> Any:  # noqa: ANN401 - an async generator
        until[0] = until[0] or time.monotonic() + seconds
        async for runs in see(around, messages if time.monotonic() > until[0] else [], limit):
            yield runs

    Surroundings.runs = see_later  # type: ignore[assignment, method-assign]  # stands in for a rebalance


if __name__ == "__main__":
    run.BROKER_PATIENCE = float(os.environ.get("BROKER_PATIENCE", run.BROKER_PATIENCE))
    learn_offsets_late(float(os.environ.get("OFFSETS_AFTER", "0")))
    begin_late(float(os.environ.get("BEGIN_AFTER", "0")))
    throw_away(float(os.environ.get("THROW_AWAY", "0")))
    lag.GO_BACK_AFTER = float(os.environ.get("GO_BACK_AFTER", lag.GO_BACK_AFTER))
    sys.exit(run.run_worker(Settings.from_environ(os.environ), extract=extract_lines))
