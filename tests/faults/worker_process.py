"""A worker as the harness starts it: its clock may be wrong, and its extraction may know the answers.

`python -m tests.faults.worker_process`. FAULTS_CLOCK is how many seconds the clock is wrong by, FAULTS_TRUTH the file of
known extractions; without that the real extraction runs. The worker itself knows neither.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from pathlib import Path


def set_clock(seconds: float) -> None:
    """Put the wall clock wrong for all that is imported from now on; the monotonic one stays right."""
    true_time, true_datetime = time.time, dt.datetime

    class Kind(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, true_datetime)

        def __subclasscheck__(cls, other: type) -> bool:
            return issubclass(other, true_datetime)

    class Shifted(true_datetime, metaclass=Kind):
        """`datetime.datetime` at another time; what it gives are true ones."""

        def __new__(cls, *values: object, **named: object) -> dt.datetime:
            return true_datetime(*values, **named)  # type: ignore[arg-type]

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return true_datetime.now(tz) + dt.timedelta(seconds=seconds)

        @classmethod
        def utcnow(cls) -> dt.datetime:  # type: ignore[override]
            return true_datetime.utcnow() + dt.timedelta(seconds=seconds)

        @classmethod
        def fromtimestamp(  # type: ignore[override]
            cls, timestamp: float, tz: dt.tzinfo | None = None
        ) -> dt.datetime:
            return true_datetime.fromtimestamp(timestamp, tz)

    time.time = lambda: true_time() + seconds
    dt.datetime = Shifted  # type: ignore[misc]


def main() -> int:
    """Run the worker; its exit code."""
    if seconds := float(os.environ.get("FAULTS_CLOCK", "0")):
        set_clock(seconds)
    from worker.settings import Settings  # noqa: PLC0415 - after the clock
    from worker.streaming.run import run_worker  # noqa: PLC0415

    settings = Settings.from_environ(os.environ)
    if not (path := os.environ.get("FAULTS_TRUTH")):
        return run_worker(settings)
    from tests.faults.stream import extraction_by  # noqa: PLC0415

    return run_worker(settings, extract=extraction_by(Path(path)))


if __name__ == "__main__":
    sys.exit(main())
