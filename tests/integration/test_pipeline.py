"""Articles in, alerts out, through real brokers and a worker in a process of its own."""

from __future__ import annotations

import dataclasses
import random
import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.integration.harness import (
    WorkerProcess,
    alerts_of,
    events_of,
    eventually,
    final,
    lag_of,
    lags_of,
    letters_of,
    records_of,
    settings_on,
)
from tests.streaming.fakes import make_article
from worker.alert import AlertStatus
from worker.streaming.continuity import Run
from worker.streaming.engine import CorrelationEngine, policy_of
from worker.streaming.partition_state import PartitionState
from worker.streaming.published import same_content
from worker.streaming.record import from_consumer
from worker.streaming.stopping import ExitCode
from worker.tools.clients import producer
from worker.tools.embedded import free_port
from worker.tools.publish import publish
from worker.tools.topics import create_topics
from worker.wire import Reason, encode_article

if TYPE_CHECKING:
    from pathlib import Path

    from tests.brokers import RealKafka
    from worker.alert import Alert
    from worker.article import Article
    from worker.settings import Settings

CONFLICTS = (("RUS", "UKR"), ("ISR", "LBN"), ("IND", "PAK"), ("hamas", "ISR"), ("ETH", "ERI"), ("M23", "COD"))


@pytest.fixture(params=[pytest.param("embedded", marks=pytest.mark.broker),
                        pytest.param("kafka", marks=pytest.mark.kafka)])  # fmt: skip
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    broker = request.getfixturevalue(request.param)
    return settings_on(broker.address, embedded=request.param == "embedded", state_dir=tmp_path / "state")


def some_articles(count: int, *, seed: int) -> list[Article]:
    """Ceasefires and attacks of several conflicts, mixed, with some articles that say nothing."""
    chance = random.Random(seed)  # noqa: S311 - a reproducible test
    articles = []
    for number in range(count):
        first, second = chance.choice(CONFLICTS)
        lines = []
        if chance.random() < 0.15:
            lines.append(f"ceasefire {first} {second} 2025-03-{chance.randint(14, 17)}T10:00")
        if chance.random() < 0.6:
            lines.append(
                f"strike {first} {second} 2025-03-{chance.randint(10, 19)}T0{chance.randint(0, 9)}:00"
            )
        articles.append(make_article(f"s{seed}-{number}", *lines))
    return articles


def fold_of_log(settings: Settings) -> dict[str, Alert]:
    """The alerts that the events on the topic give, each at its final revision."""
    alerts: list[Alert] = []
    by_partition: dict[int, list[object]] = {}
    for record in records_of(settings, settings.events):
        by_partition.setdefault(record.partition, []).append(record)
    for number, found in by_partition.items():
        records = tuple(from_consumer(record) for record in found)
        state = PartitionState(CorrelationEngine(policy_of(settings)), start=0, tail=0)
        run = Run(tp=(settings.events, number), start=0, end=records[-1].offset + 1, records=records)
        alerts += [alert for folded in state.fold(run) for alert in folded.alerts]
    return final(alerts)


def test_articles_become_alerts_and_garbage_becomes_dead_letters(settings: Settings, tmp_path: Path) -> None:
    create_topics(settings)
    good = [
        make_article("a1", "ceasefire RUS UKR 2025-03-18T10:00"),
        make_article("a2", "strike RUS UKR 2025-03-19T02:00"),
        make_article("a3"),
    ]
    with WorkerProcess(settings, tmp_path) as worker:
        worker.until_ready()
        assert publish(good, settings) == 3
        client = producer(settings)
        client.send(settings.articles, key=b"k", value=b"{no json", headers=[("trace", b"1")]).get(30)
        client.send(settings.articles, value=None, key=b"tombstone").get(30)
        client.send(settings.articles, value=encode_article(make_article("a4", "fail")), key=b"a4").get(30)
        client.send(settings.articles, value=encode_article(good[0]), key=b"a1").get(30)
        client.close()
        eventually(
            lambda: len(letters_of(settings, settings.articles)) == 3 and len(alerts_of(settings)) >= 1,
            timeout=30,
            what=lambda: worker.log[-3000:],
        )
        assert worker.get("/live")[0] == 200
        status, page = worker.get("/metrics")
        assert status == 200
        assert 'trucewatch_articles_total{outcome="dead_letter"} 3.0' in page
        assert worker.get("/anything")[0] == 404
        assert worker.terminate() == ExitCode.OK
    letters = {letter.reason: letter for letter in letters_of(settings, settings.articles)}
    assert set(letters) == {Reason.NOT_JSON, Reason.NO_VALUE, Reason.UNEXPECTED}
    assert letters[Reason.NOT_JSON].origin.value == b"{no json"
    assert letters[Reason.NOT_JSON].origin.headers == (("trace", b"1"),)
    assert "told to fail by a4" in (letters[Reason.UNEXPECTED].traceback or "")
    assert {event.article.id for event in events_of(settings)} == {"a1", "a2"}
    alerts = final(alerts_of(settings))
    assert alerts == fold_of_log(settings)
    assert [alert.conflict for alert in alerts.values()] == ["RUS|UKR"]


def test_restart_goes_on_where_it_stopped(settings: Settings, tmp_path: Path) -> None:
    create_topics(settings)
    publish([make_article("a1", "ceasefire RUS UKR 2025-03-18T10:00")], settings)
    with WorkerProcess(settings, tmp_path) as worker:
        eventually(lambda: len(events_of(settings)) == 1, timeout=40, what=lambda: worker.log[-3000:])
        worker.until_ready()
        time.sleep(2)
        assert worker.terminate() == ExitCode.OK
        publish([make_article("a2", "strike RUS UKR 2025-03-19T02:00")], settings)
        worker.start()
        eventually(lambda: alerts_of(settings), timeout=40, what=lambda: worker.log[-3000:])
        assert worker.terminate() == ExitCode.OK
    assert [event.article.id for event in events_of(settings)] == ["a1", "a2"]


def test_offsets_that_come_after_a_requests_time_out_do_not_stop_a_worker(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while the group's coordinator is away: it joined, and waits for what it is to begin with."""
    settings = dataclasses.replace(settings, rebalance_timeout=4.0, request_timeout=6.5)
    monkeypatch.setenv("OFFSETS_AFTER", "9")
    create_topics(settings)
    publish([make_article("a1", "ceasefire RUS UKR 2025-03-18T10:00")], settings)
    with WorkerProcess(settings, tmp_path) as worker:
        worker.until_ready()
        eventually(lambda: len(events_of(settings)) == 1, timeout=20, what=lambda: worker.log[-3000:])
        assert worker.terminate() == ExitCode.OK


@pytest.mark.kafka
def test_what_is_fetched_before_a_generation_begins_is_read_again(
    kafka: RealKafka, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The articles of a worker that died before it committed anything, fetched by another that cannot work on them yet."""
    monkeypatch.setenv("BEGIN_AFTER", "1.5")
    settings = settings_on(kafka.address, embedded=False, state_dir=tmp_path / "state")
    create_topics(settings, partitions=2)
    two = dataclasses.replace(settings, web_port=free_port())
    articles = some_articles(40, seed=1)
    with WorkerProcess(settings, tmp_path) as worker, WorkerProcess(two, tmp_path, name="second") as second:
        for each in (worker, second):
            each.until_ready()
        second.kill()
        publish(articles, settings)
        worker.until_worked_off(30)
        assert worker.terminate() == ExitCode.OK
    check_nothing_lost(settings, articles)


@pytest.mark.kafka
def test_what_was_thrown_away_with_nothing_coming_after_it_is_read_again(
    kafka: RealKafka, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seed 201 of the fault harness: two generations within a second, and the ends of two partitions stood still."""
    monkeypatch.setenv("THROW_AWAY", "3")
    monkeypatch.setenv("GO_BACK_AFTER", "4")
    settings = settings_on(kafka.address, embedded=False, state_dir=tmp_path / "state")
    create_topics(settings, partitions=2)
    articles = some_articles(40, seed=1)
    with WorkerProcess(settings, tmp_path) as worker:
        worker.until_ready()
        publish(articles, settings)
        worker.until_worked_off(40)
        assert "going_back" in worker.log
        assert worker.terminate() == ExitCode.OK
    check_nothing_lost(settings, articles)


@pytest.mark.kafka
@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_killed_again_and_again_loses_nothing(kafka: RealKafka, tmp_path: Path, how: signal.Signals) -> None:
    settings = settings_on(
        kafka.address,
        embedded=False,
        state_dir=tmp_path / "state",
        snapshot_every=50,
    )
    create_topics(settings, partitions=3)
    articles = some_articles(600, seed=int(how))
    chance = random.Random(int(how))  # noqa: S311 - a reproducible test
    two = dataclasses.replace(settings, web_port=free_port())
    with WorkerProcess(settings, tmp_path) as worker, WorkerProcess(two, tmp_path, name="second") as second:
        for start in range(0, len(articles), 100):
            publish(articles[start : start + 100], settings)
            victim = chance.choice((worker, second))
            if chance.random() < 0.5:  # at work rather than while it starts
                victim.until_ready()
            time.sleep(chance.uniform(0.2, 2.5))
            victim.signal(how)
            code = victim.wait(20)
            assert code in ((ExitCode.OK, -how) if how is signal.SIGTERM else (-how,))
            victim.start()
        eventually(
            lambda: lag_of(settings, settings.articles, settings.events) == 0,
            timeout=90,
            what=lambda: (
                f"{lags_of(settings, settings.articles, settings.events)}, ready: {worker.get('/ready')}, "
                f"{second.get('/ready')}\n{worker.log[-3000:]}\n{second.log[-3000:]}"
            ),
        )
        for each in (worker, second):
            each.until_ready()
            assert each.terminate() == ExitCode.OK
    check_nothing_lost(settings, articles)


def check_nothing_lost(settings: Settings, articles: list[Article]) -> None:
    expected_events = {
        article.article_id for article in articles if any(line for line in article.text.splitlines())
    }
    assert {event.article.id for event in events_of(settings)} == expected_events
    published = alerts_of(settings)
    by_key: dict[tuple[str, int, str], Alert] = {}
    for alert in published:
        key = (alert.alert_id, alert.revision, alert.engine)
        assert by_key.setdefault(key, alert) == alert
    assert final(published) == fold_of_log(settings)
    undisturbed = standing(undisturbed_alerts(settings, articles))
    found = standing(final(published))
    assert undisturbed.keys() == found.keys()
    assert all(same_content(found[alert_id], alert) for alert_id, alert in undisturbed.items())


def standing(alerts: dict[str, Alert]) -> dict[str, Alert]:
    """Those that are not retracted: which others came and went depends on the order of arrival."""
    return {a: alert for a, alert in alerts.items() if alert.status is not AlertStatus.RETRACTED}


def undisturbed_alerts(settings: Settings, articles: list[Article]) -> dict[str, Alert]:
    """What the articles give when their events are folded in order, without any broker."""
    from tests.streaming.fakes import extract_lines  # noqa: PLC0415

    engine = CorrelationEngine(policy_of(settings))
    states: dict[str, object] = {}
    alerts: list[Alert] = []
    for extraction in extract_lines(articles, None, None):
        for event in extraction.events:
            state = states.setdefault(event.conflict, engine.new_state(event.conflict))
            alerts += engine.advance(state, event).alerts
    return final(alerts)
