"""A worker as the harness starts it: its clock may be wrong, and its extraction may know the answers.

`python -m tests.faults.worker_process`. FAULTS_CLOCK is how many seconds the clock is wrong by, FAULTS_TRUTH the file of
known extractions; without that the real extraction runs. The worker itself knows neither.
"""

from __future__ import annotations

import asyncio.tasks
import datetime as dt
import faulthandler
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any


def set_clock(seconds: float) -> None:
    """Put the wall clock wrong for all that is imported from now on; the monotonic one stays right.

    With SIGUSR1 it goes back by a day.
    """
    true_time, true_datetime = time.time, dt.datetime
    wrong_by = [seconds]

    def step(*_signal: object) -> None:
        wrong_by[0] -= 86_400

    signal.signal(signal.SIGUSR1, step)

    class Kind(type(true_datetime)):  # type: ignore[misc]
        """What true times are instances of, as before."""

        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, true_datetime)

    def shifted_now(tz: dt.tzinfo | None = None) -> dt.datetime:
        return true_datetime.now(tz) + dt.timedelta(seconds=wrong_by[0])

    def shifted_utcnow() -> dt.datetime:
        return true_datetime.now(dt.UTC).replace(tzinfo=None) + dt.timedelta(seconds=wrong_by[0])

    def made(_cls: object, *values: Any, **named: Any) -> dt.datetime:  # noqa: ANN401 - as the class takes them
        return true_datetime(*values, **named)

    members = {"__new__": made, "now": shifted_now, "utcnow": shifted_utcnow,
               "fromtimestamp": true_datetime.fromtimestamp}  # fmt: skip
    kind: Any = Kind
    time.time = lambda: true_time() + wrong_by[0]
    setattr(dt, "datetime", kind("datetime", (true_datetime,), members))  # noqa: B010 - mypy knows it as a class


def tell_where_it_waits(*_signal: object) -> None:
    """Write to standard error where each task and each thread is, for who looks into a worker that gets nowhere."""
    tasks: Any = getattr(asyncio.tasks, "_scheduled_tasks", None) or getattr(asyncio.tasks, "_all_tasks", ())
    for task in sorted(tasks, key=lambda task: task.get_name()):
        if not task.done():
            sys.stderr.write(f"task {task.get_name()}: {' > '.join(_frames(task.get_coro()))}\n")
    faulthandler.dump_traceback()


def _frames(coroutine: Any) -> list[str]:  # noqa: ANN401 - a coroutine, a generator, a future
    """Where it waits, from the outermost call to what it waits for."""
    found: list[str] = []
    while coroutine is not None:
        frame = next(
            (f for name in ("cr_frame", "gi_frame", "ag_frame") if (f := getattr(coroutine, name, None))),
            None,
        )
        if frame is None:
            return [*found, repr(coroutine)[:200]]
        found.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno} {frame.f_code.co_name}")
        coroutine = next(
            (c for name in ("cr_await", "gi_yieldfrom", "ag_await") if (c := getattr(coroutine, name, None))),
            None,
        )
    return found


def main() -> int:
    """Run the worker; its exit code."""
    signal.signal(signal.SIGUSR2, tell_where_it_waits)
    set_clock(float(os.environ.get("FAULTS_CLOCK", "0")))
    from worker.settings import Settings  # noqa: PLC0415 - after the clock
    from worker.streaming.run import run_worker  # noqa: PLC0415

    settings = Settings.from_environ(os.environ)
    if not (path := os.environ.get("FAULTS_TRUTH")):
        return run_worker(settings)
    from tests.faults.stream import extraction_by  # noqa: PLC0415

    return run_worker(settings, extract=extraction_by(Path(path)))


if __name__ == "__main__":
    sys.exit(main())
