"""The operator commands against brokers, and what they decide without one."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.integration.harness import eventually, records_of, settings_on
from tests.streaming.fakes import make_alert, make_article
from worker.settings import Settings
from worker.streaming.dead_letter import letter_for
from worker.streaming.record import Record
from worker.tools import clients
from worker.tools.clients import BrokerError, producer
from worker.tools.dead_letters import Filter, read_dead_letters, replay_dead_letters
from worker.tools.embedded import EmbeddedBroker, free_port
from worker.tools.publish import publish
from worker.tools.tail import Revisions, follow_alerts
from worker.tools.topics import check_topics, create_topics, load_topics
from worker.wire import (
    InvalidMessage,
    Reason,
    decode_article,
    encode_alert,
    encode_dead_letter,
    failures_before,
    headers_for_dead_letter,
)

if TYPE_CHECKING:
    from tests.brokers import RealKafka
    from worker.alert import Alert

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=[pytest.param("embedded", marks=pytest.mark.broker),
                        pytest.param("kafka", marks=pytest.mark.kafka)])  # fmt: skip
def settings(request: pytest.FixtureRequest) -> Settings:
    broker = request.getfixturevalue(request.param)
    return settings_on(broker.address, embedded=request.param == "embedded")


def test_the_package_describes_all_topics() -> None:
    specs = {spec.name: spec for spec in load_topics()}
    assert set(specs) == {"articles", "events", "alerts", "articles.dead-letters", "events.dead-letters"}
    assert specs["alerts"].settings["cleanup.policy"] == "compact"


def test_topics_are_created_once_and_checked(settings: Settings) -> None:
    assert all("is missing" in report.problems for report in check_topics(settings))
    with pytest.raises(BrokerError, match="topics create"):
        publish([make_article("a1")], settings)
    made = create_topics(settings)
    assert all(report.created and not report.problems for report in made)
    again = create_topics(settings)
    assert not any(report.created or report.problems for report in again)


@pytest.mark.kafka
def test_topics_that_differ_are_told(kafka: RealKafka) -> None:
    settings = settings_on(kafka.address, embedded=False)
    create_topics(settings, partitions=1)
    problems = {report.name: report.problems for report in check_topics(settings)}
    assert problems[settings.events] == ("has 1 partitions, 6 are described",)
    assert problems[settings.alerts] == ()


def test_published_articles_arrive_whole_and_keyed(settings: Settings) -> None:
    create_topics(settings)
    articles = [make_article(f"a{number}", f"text {number}") for number in range(25)]
    told: list[int] = []
    assert publish(articles, settings, acknowledged=told.append) == 25
    assert told == list(range(1, 26))
    records = records_of(settings, settings.articles)
    now = datetime.now(UTC)
    found = {record.key.decode(): decode_article(record.value, received_at=now) for record in records}
    assert found == {article.article_id: article for article in articles}


def test_tail_never_goes_back(settings: Settings) -> None:
    create_topics(settings)
    client = producer(settings)
    for revision in (1, 2, 2, 1, 3):
        alert = make_alert(revision=revision)
        client.send(settings.alerts, key=b"alert-1", value=encode_alert(alert)).get(30)
    for value in (b"not an alert", encode_alert(make_alert("the last"))):
        client.send(settings.alerts, key=b"alert-1", value=value).get(30)
    client.close()
    deadline = time.monotonic() + 30
    following = follow_alerts(settings, from_beginning=True, stop=lambda: time.monotonic() > deadline)
    found = [(alert.alert_id, alert.revision) for alert in islice(following, 4)]
    assert found == [("alert-1", 1), ("alert-1", 2), ("alert-1", 3), ("the last", 1)]


def test_tail_starts_with_what_comes_next(settings: Settings) -> None:
    create_topics(settings)
    client = producer(settings)
    client.send(settings.alerts, key=b"old", value=encode_alert(make_alert("old"))).get(30)
    found: list[Alert] = []
    following, enough = threading.Event(), threading.Event()

    def follow() -> None:
        found.extend(follow_alerts(settings, stop=enough.is_set, ready=following.set))

    thread = threading.Thread(target=follow)
    thread.start()
    assert following.wait(20)
    client.send(settings.alerts, key=b"new", value=encode_alert(make_alert("new"))).get(30)
    client.close()
    time.sleep(2)
    enough.set()
    thread.join(20)
    assert [alert.alert_id for alert in found] == ["new"]


def test_revisions_count_upwards() -> None:
    seen = Revisions()
    news = [seen.is_news(make_alert(name, revision=number)) for name, number in
            (("a", 2), ("a", 1), ("a", 2), ("b", 1), ("a", 3))]  # fmt: skip
    assert news == [True, False, False, True, True]


def put_aside(settings: Settings, *values: bytes) -> None:
    """Dead letters of articles with these values, for different reasons."""
    client = producer(settings)
    errors: list[Exception] = [InvalidMessage(Reason.NOT_JSON, "no json"), RuntimeError("a bug")]
    for offset, value in enumerate(values):
        record = Record(
            topic=settings.articles, partition=0, offset=offset, timestamp=1_742_385_600_000,
            key=b"key", value=value, headers=(("trace", b"1"),),
        )  # fmt: skip
        letter = letter_for(record, errors[offset % 2], engine="0.0.1")
        name = settings.dead_letters_of(settings.articles)
        headers = headers_for_dead_letter(letter)
        client.send(name, key=b"key", value=encode_dead_letter(letter), headers=headers).get(30)
    client.close()


def test_dead_letters_are_listed_filtered_and_replayed_once(settings: Settings) -> None:
    create_topics(settings)
    put_aside(settings, b"{one", b"{two", b"{three")
    assert [found.letter.origin.value for found in read_dead_letters(settings) if found.letter] == [
        b"{one",
        b"{two",
        b"{three",
    ]
    bugs = Filter(reason=Reason.UNEXPECTED)
    assert [found.offset for found in read_dead_letters(settings, bugs)] == [1]
    assert replay_dead_letters(settings, bugs).sent == 1
    everything = replay_dead_letters(settings)
    assert (everything.sent, everything.already) == (2, 1)
    assert replay_dead_letters(settings).sent == 0
    records = records_of(settings, settings.articles)
    assert sorted(record.value for record in records) == [b"{one", b"{three", b"{two"]
    assert {record.key for record in records} == {b"key"}
    assert all(("trace", b"1") in [tuple(header) for header in record.headers] for record in records)
    assert all(failures_before(record.headers)[0] == 1 for record in records)


def test_no_broker_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "BOOTSTRAP_MS", 1_000)
    settings = dataclasses.replace(Settings(), brokers=(f"127.0.0.1:{free_port()}",))
    with pytest.raises(BrokerError, match=r"127\.0\.0\.1"):
        check_topics(settings)


@pytest.mark.broker
def test_the_embedded_broker_leaves_nothing_running() -> None:
    with EmbeddedBroker() as broker:
        pid = broker.pid
        assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.broker
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_the_embedded_broker_ends_with_a_killed_parent() -> None:
    code = (
        "from worker.tools.embedded import EmbeddedBroker\n"
        "import time\n"
        "with EmbeddedBroker() as broker:\n"
        "    print(broker.pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    eventually(lambda: not Path(f"/proc/{pid}").exists(), timeout=10)
