"""The workers of a run: processes that are stopped and started again, with logs and snapshots of their own."""

from __future__ import annotations

import contextlib
import dataclasses
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import timedelta
from typing import IO, TYPE_CHECKING

from tests.integration.harness import ROOT, environ_of
from worker.settings import LogFormat, LogLevel, Settings
from worker.streaming.stopping import ExitCode
from worker.tools.embedded import free_port
from worker.wire import loads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.cluster import Cluster

SESSION_TIMEOUT = 8.0
REQUEST_TIMEOUT = 15.0
SHUTDOWN_TIMEOUT = 10.0
STOP_TIMEOUT = SHUTDOWN_TIMEOUT + 8.0
"""What outlasts this has not kept to its time-out, even on a busy machine."""
GRACE_DAYS = 20_000
"""So long that nothing counts as late: what arrives in another order then gives the same alerts."""


class Worker:
    """One worker, whichever process it is at present.

    `unasked` are exit codes that nobody had asked for, `unclean` those of stops other than 0, `overdue` counts stops that did
    not end in time.
    """

    def __init__(self, number: int, settings: Settings, directory: Path, truth: Path | None) -> None:
        """Nothing runs yet."""
        self.number = number
        self.settings = settings
        self.wanted = False
        self.frozen = False
        self.unasked: list[int] = []
        self.unclean: list[int] = []
        self.overdue = 0
        self.clock = 0.0
        self._truth = truth
        self._path = directory / f"worker-{number}.log"
        self._file: IO[bytes] | None = None
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether its process is there."""
        return self._child is not None and self._child.poll() is None

    @property
    def pid(self) -> int:
        """Id of its process."""
        assert self._child is not None
        return self._child.pid

    def start(self) -> None:
        """Start it; does not wait."""
        if self._file is None:
            self._file = self._path.open("ab")
        environ = {**environ_of(self.settings), "FAULTS_CLOCK": str(self.clock)}
        if self._truth is not None:
            environ["FAULTS_TRUTH"] = str(self._truth)
        self.wanted = True
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker_process"],
            stdin=subprocess.DEVNULL,
            stdout=self._file,
            stderr=self._file,
            env=environ,
            cwd=ROOT,
        )

    def keep_running(self) -> None:
        """Start it again, as a supervisor would, if it has ended of its own accord."""
        if self.wanted and self._child is not None and (code := self._child.poll()) is not None:
            self.unasked.append(code)
            self.start()

    def kill(self) -> None:
        """SIGKILL, and wait."""
        self._end(signal.SIGKILL)

    def terminate(self) -> None:
        """SIGTERM, and wait; an unclean end is noted, unless it was struck before it had begun."""
        code = self._end(signal.SIGTERM)
        if code not in (None, ExitCode.OK, -signal.SIGTERM):
            self.unclean.append(code)

    def step_clock(self) -> None:
        """Set the clock of the running process back by a day."""
        self._signal(signal.SIGUSR1)

    def tell_where_it_waits(self) -> None:
        """Have the running process write into its log where each of its tasks is."""
        if self.running:
            self._signal(signal.SIGUSR2)

    def freeze(self) -> None:
        """SIGSTOP."""
        if self.running:
            self._signal(signal.SIGSTOP)
            self.frozen = True

    def thaw(self) -> None:
        """SIGCONT."""
        if self.frozen:
            self._signal(signal.SIGCONT)
            self.frozen = False

    def close(self) -> None:
        """Kill it if it still runs."""
        self.thaw()
        self.kill()
        if self._file is not None:
            self._file.close()

    def is_ready(self) -> bool:
        """Whether /ready says so."""
        url = f"http://127.0.0.1:{self.settings.web_port}/ready"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def log_lines(self) -> Iterator[dict[str, object]]:
        """What it has logged, apart from lines that are not JSON or were cut off."""
        for line in self._path.read_bytes().splitlines() if self._path.exists() else ():
            if line.startswith(b"{") and line.endswith(b"}"):
                with contextlib.suppress(ValueError, TypeError):
                    yield loads(line)

    def log_tail(self, size: int = 3000) -> str:
        """The end of its log."""
        return self._path.read_text(errors="replace")[-size:] if self._path.exists() else ""

    def _signal(self, number: signal.Signals) -> None:
        assert self._child is not None
        with contextlib.suppress(ProcessLookupError):
            self._child.send_signal(number)

    def _end(self, number: signal.Signals) -> int | None:
        """Its exit code; None where it had ended before, or did not end in time and was killed."""
        self.wanted = False
        if self._child is None:
            return None
        if (code := self._child.poll()) is not None:
            self.unasked.append(code)
            self._child = None
            return None
        self._signal(number)
        try:
            code = self._child.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.overdue += 1
            self._child.kill()
            code = self._child.wait()
        self._child = None
        return code


def settings_of_run(cluster: Cluster, name: str) -> Settings:
    """Settings that all of a run share, on the listeners that nothing disturbs; time-outs short but with slack."""
    return Settings(
        brokers=cluster.addresses,
        topic_prefix=f"{name}.",
        group_id=name,
        log_level=LogLevel.INFO,
        log_format=LogFormat.JSON,
        snapshot_every=100,
        replay_tail=200,
        session_timeout=SESSION_TIMEOUT,
        heartbeat_interval=1.5,
        rebalance_timeout=10.0,
        request_timeout=REQUEST_TIMEOUT,
        producer_timeout=8.0,
        send_timeout=120.0,
        commit_interval=0.5,
        shutdown_timeout=SHUTDOWN_TIMEOUT,
        metadata_age=5.0,
        extract_batch=8,
        grace=timedelta(days=GRACE_DAYS),
    )


def settings_of_worker(
    common: Settings, cluster: Cluster, number: int, directory: Path, *, static: bool = False
) -> Settings:
    """The same behind the worker's own proxies, with its own directory and port, and a name where `static`."""
    return dataclasses.replace(
        common,
        brokers=cluster.addresses_for(number),
        instance_id=f"worker-{number}" if static else None,
        state_dir=directory / f"state-{number}",
        web_port=free_port(),
    )
