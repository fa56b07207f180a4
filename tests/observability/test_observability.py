"""Metrics and their page in the documentation, log lines, health, and the endpoint that serves them."""

from __future__ import annotations

import io
import json
import re
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from worker.observability.endpoint import Endpoint
from worker.observability.health import BEAT_LIMIT, Health
from worker.observability.logging import LONGEST_VALUE, configure_logging, get_logger
from worker.observability.metrics import ALERTS, CATALOGUE, LAG, Kind, Metrics, render_catalogue
from worker.settings import LogFormat, LogLevel

ROOT = Path(__file__).parents[2]


def test_the_page_of_metrics_is_the_catalogue() -> None:
    assert (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8") == render_catalogue()


def test_names_follow_the_conventions() -> None:
    for metric in CATALOGUE:
        assert re.fullmatch(r"trucewatch_[a-z_]+", metric.name)
        assert metric.name.endswith("_total") == (metric.kind is Kind.COUNTER)
        assert bool(metric.buckets) == (metric.kind is Kind.HISTOGRAM)
        assert not {"id", "url", "place", "article"} & set(metric.labels)
    assert len({metric.name for metric in CATALOGUE}) == len(CATALOGUE)


def test_every_metric_is_used_somewhere() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "worker").rglob("*.py")
        if path.name != "metrics.py"
    )
    definitions = (ROOT / "worker/observability/metrics.py").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Z_]+) = Metric\(", definitions, re.MULTILINE)
    assert len(names) == len(CATALOGUE)
    assert [name for name in names if not re.search(rf"\b{name}\b", source)] == []


def test_a_metric_is_counted_in_its_own_registry() -> None:
    one, other = Metrics(), Metrics()
    one.count(ALERTS, "critical", "raised")
    one.count(ALERTS, "critical", "raised", by=2)
    one.gauge(LAG, 7, "articles", "0")
    assert one.value(ALERTS, "critical", "raised") == 3
    assert other.value(ALERTS, "critical", "raised") == 0
    one.forget(LAG, "articles", "0")
    one.forget(LAG, "articles", "1")
    assert one.labelled(LAG) == set()
    with pytest.raises(TypeError):
        one.gauge(ALERTS, 1, "critical", "raised")


def lines_of(level: LogLevel, style: LogFormat) -> tuple[io.StringIO, list[str]]:
    stream = io.StringIO()
    configure_logging(level, style, stream=stream)
    get_logger("extract").info("article", article_id="a1", outcome="events", odd="\ud800", long="x" * 9000)
    get_logger("extract").debug("hidden")
    try:
        int("reason")
    except ValueError:
        get_logger("extract").exception("failed")
    return stream, stream.getvalue().splitlines()


def test_json_lines_hold_one_object_each() -> None:
    _, lines = lines_of(LogLevel.INFO, LogFormat.JSON)
    first, second = map(json.loads, lines)
    assert (first["event"], first["article_id"], first["level"]) == ("article", "a1", "info")
    assert list(first)[:4] == ["timestamp", "level", "logger", "event"]
    assert first["odd"] == "\\ud800"
    assert len(first["long"]) == LONGEST_VALUE + 1
    assert "ValueError: invalid literal" in second["exception"]


def test_lines_for_people_are_no_json() -> None:
    _, lines = lines_of(LogLevel.INFO, LogFormat.CONSOLE)
    assert "article" in lines[0]
    assert not lines[0].startswith("{")


def test_where_nobody_watches_lines_are_json() -> None:
    _, lines = lines_of(LogLevel.INFO, LogFormat.AUTO)
    assert json.loads(lines[0])["event"] == "article"


def test_a_blocked_loop_is_not_alive() -> None:
    health = Health(stuck_after=60)
    assert health.faults(0) == []
    health.beat(100)
    assert health.faults(100 + BEAT_LIMIT) == []
    assert health.faults(101 + BEAT_LIMIT) != []


def test_a_partition_with_messages_that_stands_still_is_not_alive() -> None:
    health = Health(stuck_after=60, started=True)
    health.own({("events", 0), ("events", 1)}, now=0)
    health.lag(("events", 0), 5, now=1)
    health.lag(("events", 1), 0, now=100)
    health.beat(100)
    assert health.faults(100) == ["events/0 has not moved for 100 s, 5 waiting"]
    assert (health.still(30, 30), health.still(30, 31)) == (
        [],
        ["events/0 has not moved for 31 s, 5 waiting"],
    )
    health.rebuilding.add(0)
    assert health.faults(100) == health.still(30, 100) == []
    health.rebuilding.clear()
    health.moved(("events", 0), now=99)
    assert health.faults(100) == []


def test_a_worker_out_of_its_group_is_not_alive_for_ever() -> None:
    health = Health(stuck_after=60)
    health.beat(1000)
    assert health.faults(1000) == []
    health.brokers(answer=True, now=930)
    health.brokers(answer=True, now=995)
    assert health.faults(1000) == ["not in its group for 70 s, although the brokers answer"]
    health.own({("events", 0)}, now=940)
    assert health.faults(1000) == []
    health.leave(now=945)
    assert health.faults(1000) == []
    health.beat(1010)
    assert health.faults(1010) == ["not in its group for 65 s, although the brokers answer"]
    health.brokers(answer=False, now=1010)
    assert health.faults(1010) == []
    health.brokers(answer=True, now=1012)
    assert health.faults(1015) == []


def test_ready_says_what_is_missing() -> None:
    health = Health(stuck_after=60)
    assert health.missing() == ["starting"]
    health.started = True
    assert health.missing() == ["joining the consumer group"]
    health.own(set(), now=0)
    health.rebuilding = {2, 1}
    assert health.missing() == ["rebuilding state of partition 1, 2"]
    health.rebuilding.clear()
    assert health.missing() == []
    health.stopping = True
    assert health.missing() == ["stopping"]


def get(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - http on loopback
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_endpoint_reads_and_never_writes() -> None:
    health, metrics = Health(stuck_after=60), Metrics()
    with Endpoint(host="127.0.0.1", port=0, metrics=metrics, health=health) as endpoint:
        port = endpoint.port
        assert get(port, "/live") == (200, "ok\n")
        assert get(port, "/ready") == (503, "starting\n")
        health.started = True
        health.own(set(), now=0)
        assert get(port, "/ready") == (200, "ok\n")
        status, page = get(port, "/metrics?x=1")
        assert status == 200
        assert "trucewatch_ready 1.0" in page
        assert get(port, "/ready", "HEAD") == (200, "")
        assert get(port, "/")[0] == 404
        assert get(port, "/../../etc/passwd")[0] == 404
        for method in ("POST", "PUT", "DELETE"):
            assert get(port, "/metrics", method)[0] == 501
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
