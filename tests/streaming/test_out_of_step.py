"""A backlog in six partitions of `articles`, read in long runs: the alerts are those of a replay in order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.correlation.streams import Fold, same_alerts
from tests.streaming.driver import Driver, MemoryLog, settings_in
from tests.streaming.fakes import extract_lines, make_article
from tests.streaming.test_fold import final_of
from worker.correlation import Policy
from worker.streaming.engine import CorrelationEngine
from worker.wire import encode_article

if TYPE_CHECKING:
    from worker.article import Article

PARTITIONS = 6


def backlog(days: int) -> list[Article]:
    """Two articles a day of one war, with a ceasefire every 25 days."""
    found = []
    for number in range(2 * days):
        published = datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(hours=12 * number)
        word = "ceasefire" if number % 50 < 2 else "strike"
        line = f"{word} RUS UKR {published - timedelta(hours=6):%Y-%m-%dT%H:%M}"
        found.append(replace(make_article(f"a{number}", line), published_at=published, seen_at=published))
    return found


@pytest.mark.parametrize("seed", range(3))
async def test_six_partitions_out_of_step_give_the_alerts_of_a_replay(seed: int) -> None:
    articles, log = backlog(120), MemoryLog(partitions=PARTITIONS)
    for number, article in enumerate(articles):
        log.append("articles", number % PARTITIONS, encode_article(article))
    driver = Driver(log, settings_in(), engine=CorrelationEngine(Policy()))
    await driver.begin(1, {(topic, n): None for topic in ("articles", "events") for n in range(PARTITIONS)})
    chance = random.Random(seed)  # noqa: S311 - a reproducible test
    waiting = {n: list(log.topics["articles", n]) for n in range(PARTITIONS)}
    while waiting:
        number = chance.choice(list(waiting))
        count = chance.choice((1, 10, 1000))
        await driver.deliver(waiting[number][:count])
        waiting[number] = waiting[number][count:]
        if not waiting[number]:
            del waiting[number]
    for number in range(PARTITIONS):
        await driver.deliver(log.topics.get(("events", number), []))

    events = [event for found in extract_lines(articles, None, None) for event in found.events]
    expected = {alert.alert_id: alert for alert in Fold().read(events).sent}
    assert len(expected) > 100
    assert same_alerts(final_of(log).values()) == same_alerts(expected.values())
