"""A worker as the harness starts it: its clock may be wrong, and its extraction may know the answers.

`python -m tests.faults.worker_process`. FAULTS_CLOCK is how many seconds the clock is wrong by, FAULTS_TRUTH the file of
known extractions; without that the real extraction runs. The worker itself knows neither.
"""

from __future__ import annotations

import datetime as dt
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


def main() -> int:
    """Run the worker; its exit code."""
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
