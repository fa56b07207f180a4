"""`python -m tests.faults.soak --minutes 10` (`make soak`): more articles than a worker can read, for a long time.

The worker's memory must stay as it is, it must not leave its group, it must say how far behind it is, and while the
broker of the alerts is slow, no alert may be lost or come out of order. Exit code 0 if all of that held.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kafka import TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from tests.faults.cluster import Cluster, partitions_in
from tests.faults.run import patiently
from tests.faults.stream import SAMPLES
from tests.faults.verdict import fold
from tests.faults.workers import Worker, settings_of_run, settings_of_worker
from tests.integration.harness import final, lag_of, records_of
from worker.streaming.record import from_consumer
from worker.tools.clients import admin_client, producer
from worker.tools.topics import create_topics
from worker.wire import decode_alert, decode_article, encode_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from worker.alert import Alert
    from worker.article import Article
    from worker.settings import Settings
    from worker.streaming.record import Record

PER_SECOND = 80
"""Articles sent, all of them about strikes and ceasefires: two or three times what a worker reads."""
PARTITIONS = 3
LOOK_EVERY = 2.0
APART = timedelta(minutes=45)
"""Of news between two articles. A worker that reads ten a second comes to the end of what is remembered, 33 days of
it, after two minutes: one that forgot nothing would show.
"""
SLOW_FROM, SLOW_UNTIL, SLOW_BY = 0.45, 0.65, 0.4
"""Between these shares of the run each packet of the broker of the alerts is late by so many seconds."""
WARM = 1 / 3
"""After this share of the run caches are filled, and all that is remembered is there."""
MOST_GROWTH = 1.15
"""Of the most memory of the last third over that of the middle third."""

LAG_AGE = 8.0
"""The lag that the worker tells may be that of so many seconds ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the worker showed at one moment."""

    share: float
    """Of the run that was over."""
    resident: float
    """Megabytes."""
    lag_told: float
    """Messages of `articles`, by the worker's metrics; -1 where it did not answer."""
    lag: int
    """The same by the brokers."""


@dataclass(kw_only=True)
class Soaked:
    """What a run has shown. `problems` are sentences."""

    figures: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        """All figures in one line."""
        figures = " ".join(f"{name}={value:g}" for name, value in self.figures.items())
        return f"{'BAD' if self.problems else 'good'}: {figures}"


def main() -> int:
    """Run once; the last line on standard output has the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    soaked = soak(parser.parse_args().minutes * 60, say=print)
    sys.stdout.writelines(f"  {problem}\n" for problem in soaked.problems)
    sys.stdout.write(soaked.line() + "\n")
    return 1 if soaked.problems else 0


def soak(seconds: float, *, say: Callable[[str], object]) -> Soaked:
    """One worker with the real extraction behind proxies, flooded for so many seconds, then stopped and judged."""
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="trucewatch-soak-")))
        cluster = stack.enter_context(Cluster(3, workers=1))
        settings = settings_of_run(cluster, "soak")
        settings = replace(settings, grace=timedelta(hours=72), extract_batch=32, snapshot_every=5_000)
        patiently(lambda: create_topics(settings, partitions=PARTITIONS))
        _date_by_the_news(settings)
        slow = cluster.nodes[_gather_leaders(settings) - 1].proxies[0]
        own = settings_of_worker(settings, cluster, 0, directory)
        worker = Worker(0, own, directory, None)
        stack.callback(worker.close)
        worker.start()
        _await(worker.is_ready, 60)
        flood = stack.enter_context(_Flood(settings, seconds))
        looks: list[Look] = []
        while (share := flood.share) < 1:
            slow.latency = SLOW_BY if SLOW_FROM <= share < SLOW_UNTIL else 0.0
            looks.append(_look(worker, settings, share))
            say(
                f"{share:5.0%} {looks[-1].resident:6.0f} MB, behind by {looks[-1].lag} ({looks[-1].lag_told:g})"
            )
            time.sleep(LOOK_EVERY)
        generations = _metric(worker, "trucewatch_rebalances_total")
        worker.terminate()
        soaked = Soaked(figures={"seconds": seconds, "sent": flood.sent, "rebalances": generations - 1})
        if worker.unasked or worker.unclean:
            soaked.problems.append(f"the worker ended with {worker.unasked or worker.unclean}")
        if generations != 1:
            soaked.problems.append(f"the worker joined {generations:g} generations of its group")
        _judge_looks(looks, soaked)
        patiently(lambda: _judge_topics(settings, worker, soaked))
        return soaked


class _Flood:
    """Sends the sample stream again and again, each time at a later hour, from a thread of its own."""

    def __init__(self, settings: Settings, seconds: float) -> None:
        self.sent = 0
        self._settings = settings
        self._seconds = seconds
        self._started = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="flood", daemon=True)

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._seconds = 0
        self._thread.join(60)

    @property
    def share(self) -> float:
        """Of the time that is over; 1 at the end."""
        return min((time.monotonic() - self._started) / self._seconds, 1.0) if self._seconds else 1.0

    def _run(self) -> None:
        client = producer(self._settings)
        count = int(self._seconds * PER_SECOND)
        begin = datetime.now(UTC) - count * APART
        for number, article in zip(range(count), _endless_articles(), strict=False):
            ahead = number / PER_SECOND - (time.monotonic() - self._started)
            if ahead > 0:
                time.sleep(ahead)
            if self.share >= 1:
                break
            seen = begin + number * APART
            published = article.published_at and seen + (article.published_at - article.seen_at)
            told = replace(
                article, article_id=f"{article.article_id}.{number}", published_at=published, seen_at=seen
            )
            client.send(
                self._settings.articles,
                key=told.article_id.encode(),
                value=encode_article(told),
                timestamp_ms=round(seen.timestamp() * 1000),
            )
            self.sent = number + 1
        client.close(timeout=30)


def _endless_articles() -> Iterator[Article]:
    received = datetime(2026, 1, 1, tzinfo=UTC)
    lines = SAMPLES.read_bytes().splitlines()
    return itertools.cycle([decode_article(line, received_at=received) for line in lines if line])


def _date_by_the_news(settings: Settings) -> None:
    """Have the records of articles and events be as old as their news: it is by the log's time that is forgotten."""
    dated = {"message.timestamp.type": "CreateTime", "retention.ms": "-1"}
    admin = admin_client(settings)
    try:
        admin.alter_configs([
            ConfigResource(ConfigResourceType.TOPIC, topic, configs=dated)
            for topic in (settings.articles, settings.events)
        ])  # fmt: skip
    finally:
        admin.close()


def _gather_leaders(settings: Settings) -> int:
    """Have one node lead all partitions of `alerts`; its number."""
    admin = admin_client(settings)
    try:
        there = partitions_in(admin, settings.alerts)
        chosen: int = there[0]["replica_nodes"][-1]
        order = {
            TopicPartition(settings.alerts, one["partition_index"]): sorted(
                one["replica_nodes"], key=lambda node: node != chosen
            )
            for one in there
        }
        admin.alter_partition_reassignments(order)
        admin.elect_leaders(0, {settings.alerts: [place.partition for place in order]}, raise_errors=False)
    finally:
        admin.close()
    return chosen


def _await(check: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not ready after {seconds:g} s")
        time.sleep(0.2)


def _look(worker: Worker, settings: Settings, share: float) -> Look:
    status = Path(f"/proc/{worker.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    told = _metric(worker, "trucewatch_consumer_lag_messages", f'topic="{settings.articles}"')
    return Look(
        share=share,
        resident=int(found[1]) / 1024 if found else 0.0,
        lag_told=told,
        lag=lag_of(settings, settings.articles),
    )


def _metric(worker: Worker, name: str, label: str = "") -> float:
    """The sum of a metric of the worker over all that have a label; -1 where it does not answer."""
    url = f"http://127.0.0.1:{worker.settings.web_port}/metrics"
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            lines = answer.read().decode().splitlines()
    except OSError:
        return -1.0
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name) and label in line)


def _judge_looks(looks: Sequence[Look], soaked: Soaked) -> None:
    """Memory stays, and the lag that the worker tells is the one there is."""
    middle = max(look.resident for look in looks if WARM <= look.share < 2 * WARM)
    last = max(look.resident for look in looks if look.share >= 2 * WARM)
    late = [look for look in looks if look.share >= WARM]
    apart = max(abs(look.lag_told - look.lag) for look in late)
    soaked.figures |= {
        "mb_first": round(looks[0].resident),
        "mb_middle": round(middle),
        "mb_last": round(last),
        "lag": looks[-1].lag,
        "lag_apart": apart,
    }
    if last > middle * MOST_GROWTH:
        soaked.problems.append(f"memory grew from {middle:.0f} to {last:.0f} MB after the first third")
    if looks[-1].lag <= looks[len(looks) // 2].lag:
        soaked.problems.append("the worker kept up: this was no test")
    if apart > PER_SECOND * LAG_AGE:
        soaked.problems.append(f"the worker was {apart:g} messages wrong about how far behind it was")


def _judge_topics(settings: Settings, worker: Worker, soaked: Soaked) -> None:
    """Every article that was worked off was worked off once, and the alerts are those of the events, in order."""
    told: dict[int, list[int]] = defaultdict(list)
    for line in worker.log_lines():
        if line.get("logger") == "trucewatch.extract" and line.get("event") == "article":
            told[int(str(line["partition"]))].append(int(str(line["offset"])))
    for number, offsets in told.items():
        if offsets != list(range(len(offsets))):
            soaked.problems.append(f"articles/{number} was not read once, in order")
    committed = _committed(settings)
    events = [from_consumer(record) for record in records_of(settings, settings.events)]
    due, right, remembered = _due(settings, events, committed)
    published: list[Alert] = [decode_alert(record.value) for record in records_of(settings, settings.alerts)]
    order: dict[str, int] = {}
    for alert in published:
        if alert.revision < order.get(alert.alert_id, 0):
            soaked.problems.append(f"alert {alert.alert_id}: revision {alert.revision} after a later one")
        order[alert.alert_id] = alert.revision
        if right.get((alert.alert_id, alert.revision)) != alert:
            soaked.problems.append(
                f"alert {alert.alert_id}: revision {alert.revision} is not what the log gives"
            )
    soaked.problems += [
        f"alert {name}: revision {alert.revision} is missing"
        for name, alert in due.items()
        if order.get(name, 0) < alert.revision
    ]
    soaked.figures |= {
        "read": sum(map(len, told.values())),
        "events": len(events),
        "events_correlated": sum(committed.values()),
        "events_remembered": remembered,
        "alert_messages": len(published),
    }


def _due(
    settings: Settings, events: Sequence[Record], committed: dict[int, int]
) -> tuple[dict[str, Alert], dict[tuple[str, int], Alert], int]:
    """The last revision of each alert by what was committed, every revision of the whole log, and what is remembered.

    That is the number of events in the state by what was committed.
    """
    due: list[Alert] = []
    right: list[Alert] = []
    remembered = 0
    for number in {record.partition for record in events}:
        state, alerts = fold(settings, events, number, committed.get(number, 0))
        due += alerts
        right += fold(settings, events, number, None)[1]
        remembered += sum(len(one["strikes"]) + len(one["diplomacy"]) for one in state.dump().values())
    return final(due), {(alert.alert_id, alert.revision): alert for alert in right}, remembered


def _committed(settings: Settings) -> dict[int, int]:
    admin = admin_client(settings)
    try:
        offsets = admin.list_group_offsets({settings.group_id: None})[settings.group_id]
    finally:
        admin.close()
    return {
        place.partition: int(getattr(known, "offset", known))
        for place, known in offsets.items()
        if place.topic == settings.events
    }


if __name__ == "__main__":
    sys.exit(main())
