"""Topics that were deleted and made anew: what comes to the new ones is worked off, whatever the old ones held."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from kafka import TopicPartition
from kafka.structs import OffsetAndMetadata

from tests.integration.harness import WorkerProcess, alerts_of, events_of, eventually, lag_of, settings_on
from tests.integration.test_pipeline import check_nothing_lost, some_articles
from worker.streaming.stopping import ExitCode
from worker.tools.clients import admin_client
from worker.tools.publish import publish
from worker.tools.topics import create_topics

if TYPE_CHECKING:
    from pathlib import Path

    from tests.brokers import RealKafka
    from worker.settings import Settings

pytestmark = pytest.mark.kafka


@pytest.fixture
def settings(kafka: RealKafka, tmp_path: Path) -> Settings:
    return settings_on(kafka.address, embedded=False, state_dir=tmp_path / "state", metadata_age=2.0)


def work_off(worker: WorkerProcess, settings: Settings, *, events: int = 1) -> None:
    """Wait until all is committed, and so many events are there."""
    eventually(
        lambda: (
            lag_of(settings, settings.articles, settings.events) == 0 and len(events_of(settings)) >= events
        ),
        timeout=60,
        what=lambda: worker.log[-3000:],
    )


def make_anew(settings: Settings, *topics: str, partitions: int) -> None:
    admin = admin_client(settings)
    admin.delete_topics(list(topics))
    eventually(lambda: not set(topics) & set(admin.list_topics()), timeout=20)
    admin.close()
    create_topics(settings, partitions=partitions)


def check_revisions(settings: Settings) -> None:
    """Equal id, revision and engine have equal content, over all that both logs gave."""
    known: dict[tuple[str, int, str], object] = {}
    for alert in alerts_of(settings):
        assert known.setdefault((alert.alert_id, alert.revision, alert.engine), alert) == alert


def test_while_the_worker_was_down(settings: Settings, tmp_path: Path) -> None:
    create_topics(settings, partitions=2)
    first, second = some_articles(60, seed=1), some_articles(30, seed=2)
    with WorkerProcess(settings, tmp_path) as worker:
        publish(first, settings)
        work_off(worker, settings)
        assert worker.terminate() == ExitCode.OK
        make_anew(settings, settings.events, partitions=4)
        publish(second, settings)
        worker.start()
        work_off(worker, settings)
        worker.until_ready()
        assert '"event":"snapshot_ignored"' in worker.log
        assert worker.terminate() == ExitCode.OK
    assert {event.article.id for event in events_of(settings)} == {a.article_id for a in second if a.text}
    check_revisions(settings)


def test_offsets_that_outlive_a_log_which_has_outgrown_them(settings: Settings, tmp_path: Path) -> None:
    """As after the election of a leader that had nothing: the old offset is one of the new log as well."""
    create_topics(settings, partitions=2)
    first, second = some_articles(20, seed=1), some_articles(80, seed=2)
    with WorkerProcess(settings, tmp_path) as worker:
        publish(first, settings)
        work_off(worker, settings)
        assert worker.terminate() == ExitCode.OK
        admin = admin_client(settings)
        committed = admin.list_group_offsets(settings.group_id)[settings.group_id]
        make_anew(settings, settings.articles, partitions=2)
        publish(second, settings)
        admin.alter_group_offsets(settings.group_id, committed)
        admin.close()
        worker.start()
        work_off(worker, settings)
        worker.until_ready()
        assert worker.log.count('"event":"log_begun_anew"') == 2
        assert worker.terminate() == ExitCode.OK
        worker.start()
        worker.until_ready()
        assert worker.log.count('"event":"log_begun_anew"') == 2
        assert worker.terminate() == ExitCode.OK
    check_nothing_lost(settings, [*first, *second])


def test_while_the_worker_saw_nothing_of_it(settings: Settings, tmp_path: Path) -> None:
    create_topics(settings, partitions=2)
    second = some_articles(30, seed=2)
    with WorkerProcess(settings, tmp_path) as worker:
        publish(some_articles(60, seed=1), settings)
        work_off(worker, settings)
        worker.signal(signal.SIGSTOP)
        make_anew(settings, settings.articles, settings.events, partitions=2)
        publish(second, settings)
        worker.signal(signal.SIGCONT)
        assert worker.wait(30) == ExitCode.LOG_CUT
        assert "its topic was made anew, or lost messages" in worker.log
        worker.start()
        work_off(worker, settings)
        worker.until_ready()
        assert worker.terminate() == ExitCode.OK
    assert {event.article.id for event in events_of(settings)} == {a.article_id for a in second if a.text}
    check_revisions(settings)


def test_offsets_that_outlive_the_messages(settings: Settings, tmp_path: Path) -> None:
    create_topics(settings, partitions=2)
    articles = some_articles(60, seed=1)
    with WorkerProcess(settings, tmp_path) as worker:
        publish(articles[:30], settings)
        work_off(worker, settings)
        assert worker.terminate() == ExitCode.OK
        admin = admin_client(settings)
        places = [TopicPartition(topic, n) for topic in (settings.articles, settings.events) for n in (0, 1)]
        admin.alter_group_offsets(settings.group_id, dict.fromkeys(places, OffsetAndMetadata(1_000, "", -1)))
        admin.close()
        publish(articles[30:], settings)
        worker.start()
        work_off(worker, settings, events=len(events_of(settings)) + 1)
        worker.until_ready()
        assert '"event":"log_begun_anew"' in worker.log
        assert worker.terminate() == ExitCode.OK
    check_nothing_lost(settings, articles)


def test_partitions_added_to_events_end_the_worker(settings: Settings, tmp_path: Path) -> None:
    create_topics(settings, partitions=2)
    with WorkerProcess(settings, tmp_path) as worker:
        publish(some_articles(60, seed=1), settings)
        work_off(worker, settings)
        admin = admin_client(settings)
        admin.create_partitions({settings.events: 5})
        admin.close()
        assert worker.wait(30) == ExitCode.CONFIG
        assert "partitions were added to it" in worker.log
