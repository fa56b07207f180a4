"""A backlog over six partitions through a broker: whatever order it is read in, the alerts of a replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.correlation.streams import Fold, same_alerts
from tests.integration.harness import WorkerProcess, alerts_of, events_of, eventually, final, settings_on
from tests.streaming.fakes import extract_lines
from tests.streaming.test_out_of_step import PARTITIONS, backlog
from worker.tools.publish import publish
from worker.tools.topics import create_topics

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "broker",
    [pytest.param("embedded", marks=pytest.mark.broker), pytest.param("kafka", marks=pytest.mark.kafka)],
)
def test_a_backlog_over_six_partitions(broker: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    address = request.getfixturevalue(broker).address
    settings = settings_on(address, embedded=broker == "embedded", extract_batch=4)
    create_topics(settings, partitions=PARTITIONS)
    articles = backlog(120)
    publish(articles, settings)
    events = [event for found in extract_lines(articles, None, None) for event in found.events]
    expected = same_alerts({alert.alert_id: alert for alert in Fold().read(events).sent}.values())
    with WorkerProcess(settings, tmp_path) as worker:
        eventually(
            lambda: same_alerts(final(alerts_of(settings)).values()) == expected,
            timeout=60,
            what=lambda: worker.log[-3000:],
        )
        assert {event.event_id for event in events_of(settings)} == {event.event_id for event in events}
        assert worker.terminate() == 0
