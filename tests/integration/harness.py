"""What integration tests do again and again: settings for a broker, a worker in a process, all of a topic."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from kafka import TopicPartition
from kafka.errors import RetriableError

from worker.settings import PREFIX, LogLevel, Settings
from worker.tools.clients import BrokerError, admin_client, consumer, partitions_of
from worker.tools.embedded import free_port, settings_for
from worker.wire import decode_alert, decode_dead_letter, decode_event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from worker.alert import Alert
    from worker.event import Event
    from worker.wire import DeadLetter

ROOT = Path(__file__).parents[2]


def settings_on(address: str, *, embedded: bool, **changes: object) -> Settings:
    """Settings with short time-outs, a topic prefix and group of their own, for a broker that others share."""
    quick = settings_for(Settings(log_level=LogLevel.INFO, web_port=free_port()), address)
    if not embedded:
        quick = dataclasses.replace(quick, producer_batch_bytes=131_072, rebalance_timeout=10.0)
    name = f"t{time.time_ns() % 10**9}"
    fresh = {"topic_prefix": f"{name}.", "group_id": name}
    wanted: dict[str, Any] = {**fresh, **changes}
    return dataclasses.replace(quick, **wanted)


def environ_of(settings: Settings) -> dict[str, str]:
    """The environment that gives these settings."""
    shown = {name: text for name, text in settings.shown().items() if text}
    for secret in ("sasl_password", "ssl_key_password"):
        value = getattr(settings, secret)
        if value:
            shown[PREFIX + secret.upper()] = value
    base = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return {**base, **shown}


class WorkerProcess:
    """A worker process; `log` is its standard error so far."""

    def __init__(
        self, settings: Settings, directory: Path, *, name: str = "worker", real: bool = False
    ) -> None:
        """`real` runs `python -m worker run`, else the extraction is that of the tests."""
        self.settings = settings
        self._log = directory / f"{name}.log"
        module = ["worker", "run"] if real else ["tests.integration.worker_process"]
        self._command = [sys.executable, "-m", *module]
        self._child: subprocess.Popen[bytes] | None = None
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill it if it still runs."""
        if self._child is not None and self._child.poll() is None:
            self.signal(signal.SIGCONT)
            self.kill()
        if self._file is not None:
            self._file.close()

    @property
    def log(self) -> str:
        """What it has logged."""
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def start(self) -> None:
        """Start the process (again)."""
        if self._file is None:
            self._file = self._log.open("ab")
        self._child = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=self._file,
            stderr=self._file,
            env=environ_of(self.settings),
            cwd=ROOT,
        )

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._child is not None
        self._child.send_signal(number)

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        self.signal(signal.SIGKILL)
        self.wait(10)

    def wait(self, timeout: float) -> int:
        """Its exit code, once it has ended."""
        assert self._child is not None
        return self._child.wait(timeout)

    def terminate(self, timeout: float = 20) -> int:
        """SIGTERM; the exit code."""
        self.signal(signal.SIGTERM)
        return self.wait(timeout)

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page of its endpoint; (0, "") while nobody answers."""
        url = f"http://127.0.0.1:{self.settings.web_port}{path}"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def until_worked_off(self, timeout: float) -> None:
        """Wait until no article and no event waits."""
        topics = (self.settings.articles, self.settings.events)
        eventually(
            lambda: lag_of(self.settings, *topics) == 0,
            timeout=timeout,
            what=lambda: f"{lags_of(self.settings, *topics)}\n{self.log[-3000:]}",
        )

    def until_ready(self, timeout: float = 40) -> None:
        """Wait until /ready says so."""
        eventually(lambda: self.get("/ready")[0] == 200, timeout=timeout, what=lambda: self.log[-3000:])


def eventually(
    check: Callable[[], object], *, timeout: float, what: Callable[[], object] = lambda: ""
) -> None:
    """Wait until `check` holds; fails with `what` when it does not in time.

    Brokers that do not answer (yet) leave it open.
    """
    deadline, problem = time.monotonic() + timeout, None
    while True:
        try:
            if check():
                return
        except (RetriableError, BrokerError) as error:
            problem = error
        if time.monotonic() > deadline:
            raise AssertionError(f"did not come about in {timeout} s: {what()}") from problem
        time.sleep(0.2)


def records_of(settings: Settings, topic: str) -> list[Any]:
    """All records of a topic that are there now, by partition and offset."""
    client = consumer(settings)
    try:
        places = [TopicPartition(topic, number) for number in partitions_of(client, topic)]
        client.assign(places)
        client.seek_to_beginning(*places)
        ends, found = client.end_offsets(places), []
        while True:
            batch = [record for records in client.poll(timeout_ms=300).values() for record in records]
            found += batch
            if not batch and all(client.position(place) >= ends[place] for place in places):
                return sorted(found, key=lambda record: (record.partition, record.offset))
    finally:
        client.close()


def events_of(settings: Settings) -> list[Event]:
    """All events."""
    return [decode_event(record.value) for record in records_of(settings, settings.events)]


def alerts_of(settings: Settings) -> list[Alert]:
    """All alert messages."""
    return [decode_alert(record.value) for record in records_of(settings, settings.alerts)]


def letters_of(settings: Settings, topic: str) -> list[DeadLetter]:
    """All dead letters of a topic."""
    name = settings.dead_letters_of(topic)
    return [decode_dead_letter(record.value) for record in records_of(settings, name)]


def final(alerts: Iterable[Alert]) -> dict[str, Alert]:
    """The highest revision of each alert."""
    best: dict[str, Alert] = {}
    for alert in alerts:
        if alert.alert_id not in best or alert.revision >= best[alert.alert_id].revision:
            best[alert.alert_id] = alert
    return best


def lag_of(settings: Settings, *topics: str) -> int:
    """Messages that the group has not committed, over all partitions of the topics (real Kafka only)."""
    return sum(lags_of(settings, *topics).values())


def lags_of(settings: Settings, *topics: str) -> dict[str, int]:
    """The same by partition, those without any left out."""
    admin, client = admin_client(settings), consumer(settings)
    try:
        try:
            committed = admin.list_group_offsets({settings.group_id: None})[settings.group_id]
        except RetriableError:
            committed = {}
        lags = {}
        for topic in topics:
            places = [TopicPartition(topic, number) for number in partitions_of(client, topic)]
            for place, end in client.end_offsets(places).items():
                known = committed.get(place)
                offset = getattr(known, "offset", known)
                lags[f"{topic}/{place.partition}"] = end - max(offset or 0, 0)
        return {place: lag for place, lag in lags.items() if lag}
    finally:
        admin.close()
        client.close()
