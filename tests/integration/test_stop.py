"""A worker that is told to stop ends in time, whatever holds it up, and loses nothing by it."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.integration.harness import WorkerProcess, settings_on
from tests.integration.test_pipeline import check_nothing_lost, some_articles
from worker.streaming.stopping import ExitCode
from worker.tools.publish import publish
from worker.tools.topics import create_topics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.brokers import RealKafka
    from worker.settings import Settings

pytestmark = pytest.mark.kafka

SHUTDOWN = 3.0
MARGIN = 4.0
"""Seconds for the last line of the log and the end of the process, on a busy machine."""


@pytest.fixture
def settings(kafka: RealKafka, tmp_path: Path) -> Iterator[Settings]:
    """The broker answers again afterwards, whatever happens."""
    yield settings_on(
        kafka.address,
        embedded=False,
        state_dir=tmp_path / "state",
        shutdown_timeout=SHUTDOWN,
        request_timeout=60.0,
        extract_batch=4,
    )
    os.kill(kafka.pid, signal.SIGCONT)


@pytest.mark.parametrize(
    "frozen_before", [0.0, 2.0, 8.0], ids=["at once", "while it waits", "out of its group"]
)
def test_a_frozen_broker_does_not_hold_up_a_stop(
    kafka: RealKafka, settings: Settings, tmp_path: Path, frozen_before: float
) -> None:
    create_topics(settings, partitions=2)
    articles = some_articles(120, seed=int(frozen_before))
    with WorkerProcess(settings, tmp_path) as worker:
        worker.until_ready()
        publish(articles, settings)
        os.kill(kafka.pid, signal.SIGSTOP)
        time.sleep(frozen_before)
        assert worker.terminate(SHUTDOWN + MARGIN) == ExitCode.CUT_SHORT
        assert '"event":"stop_cut_short","seconds":3.0,"undone":"a last commit' in worker.log
        os.kill(kafka.pid, signal.SIGCONT)
        worker.start()
        worker.until_worked_off(60)
        assert worker.terminate(SHUTDOWN + MARGIN) == ExitCode.OK
    check_nothing_lost(settings, articles)
