"""What the demo plays on: an embedded broker, its topics and a worker, all on loopback, all gone afterwards."""

from __future__ import annotations

import contextlib
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import IO, TYPE_CHECKING

from worker.exits import ExitCode, Refusal
from worker.settings import LogFormat, LogLevel, Settings
from worker.tools.child import Child, child_process
from worker.tools.embedded import EmbeddedBroker, free_port, settings_for
from worker.tools.topics import create_topics

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

READY_TIMEOUT = 90.0
"""Seconds a worker may take to load its parser and to join; a slow machine needs a third of it."""
STOP_TIMEOUT = 25.0
LOG_TAIL = 2_000
ARTICLES_READ = "trucewatch_articles_total{"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A broker and a worker that are ready; `settings` are those under which both are reached."""

    settings: Settings
    worker: Child
    log: IO[bytes]

    def articles_read(self) -> int:
        """How many articles the worker has worked off, by its own metrics. Raises `Refusal` if it is gone."""
        lines = (_get(self.settings.web_port, "metrics") or "").splitlines()
        self.check_alive()
        return sum(int(float(line.rpartition(" ")[2])) for line in lines if line.startswith(ARTICLES_READ))

    def is_ready(self) -> bool:
        """Whether the worker says that it is ready."""
        return _get(self.settings.web_port, "ready") is not None

    def check_alive(self) -> None:
        """Raise `Refusal`, with the end of its log, if the worker has stopped."""
        code = self.worker.poll()
        if code is None:
            return
        self.log.seek(0)
        said = self.log.read()[-LOG_TAIL:].decode(errors="replace").strip()
        message = f"the worker stopped with exit code {code}: {said or 'it said nothing'}"
        raise Refusal(message, code=ExitCode.FAILED)


@contextlib.contextmanager
def open_stage(environ: Mapping[str, str]) -> Iterator[Stage]:
    """Start everything, wait until the worker is ready, and stop everything in the end, whatever happened.

    Settings in `environ` are for real brokers and are left aside; the rest is handed to the worker.
    Raises `BrokerError` where the broker does not start and `Refusal` where the worker does not.
    """
    with EmbeddedBroker() as broker, tempfile.TemporaryFile() as log:
        settings = replace(
            settings_for(Settings(), broker.address),
            web_port=free_port(),
            log_level=LogLevel.WARNING,
            log_format=LogFormat.JSON,
        )
        create_topics(settings, partitions=1)  # one partition keeps the order of arrival, as one reads along
        plain = {name: value for name, value in environ.items() if not name.startswith("TRUCEWATCH_")}
        with child_process(
            [sys.executable, "-P", "-m", "worker", "run"],
            output=log,
            env={**plain, **settings.shown()},
            stop_timeout=STOP_TIMEOUT,
        ) as child:
            stage = Stage(settings=settings, worker=child, log=log)
            _wait_until_ready(stage)
            yield stage


def _wait_until_ready(stage: Stage) -> None:
    deadline = time.monotonic() + READY_TIMEOUT
    while not stage.is_ready():
        stage.check_alive()
        if time.monotonic() > deadline:
            message = f"the worker was not ready within {READY_TIMEOUT:.0f} seconds"
            raise Refusal(message, code=ExitCode.FAILED)
        time.sleep(0.2)


def _get(port: int, path: str) -> str | None:
    """What the worker's endpoint answers, None if it does not answer or says no. No proxy is asked."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", f"/{path}")
        answer = connection.getresponse()
        body = answer.read().decode()
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    return body if answer.status == HTTPStatus.OK else None
