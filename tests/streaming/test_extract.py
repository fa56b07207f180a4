"""The extract agent: every article ends as events, as nothing, or as a dead letter, once, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.streaming.driver import Driver, MemoryLog, settings_in
from tests.streaming.fakes import make_article
from worker.observability import metrics as m
from worker.streaming.stopping import BreakerOpenError, ExitCode, SendFailedError
from worker.wire import Reason, decode_dead_letter, decode_event, encode_article

if TYPE_CHECKING:
    from worker.wire import DeadLetter

TOPIC = "articles"
TP = (TOPIC, 0)


def log_with(*values: bytes | None) -> MemoryLog:
    log = MemoryLog(partitions=1)
    for value in values:
        log.append(TOPIC, 0, value, key=b"k", headers=(("h", b"v"),))
    return log


def article_value(article_id: str, *lines: str) -> bytes:
    return encode_article(make_article(article_id, *lines))


def letters(log: MemoryLog) -> list[DeadLetter]:
    return [decode_dead_letter(record.value) for record in log.topics.get((TOPIC + ".dead-letters", 0), [])]


async def started(log: MemoryLog, *, unexpected_limit: int = 20) -> Driver:
    driver = Driver(log, settings_in(unexpected_limit=unexpected_limit))
    await driver.begin(1, {TP: None})
    return driver


async def test_each_article_is_accounted_for_once() -> None:
    log = log_with(
        article_value("a1", "strike RUS UKR 2025-03-19T02:00", "ceasefire RUS UKR 2025-03-18T10:00"),
        article_value("a2"),
        b"{",
        article_value("a3", "fail"),
    )
    driver = await started(log)
    await driver.deliver(log.topics[TP])
    assert driver.offsets.next(TP) == 4
    assert [decode_event(record.value).article.id for record in log.topics["events", 0]] == ["a1", "a1"]
    assert [record.key for record in log.topics["events", 0]] == [b"RUS|UKR"] * 2
    assert [letter.reason for letter in letters(log)] == [Reason.NOT_JSON, Reason.UNEXPECTED]
    values = {outcome: driver.metrics.value(m.ARTICLES, outcome)
              for outcome in ("events", "skipped_irrelevant", "dead_letter")}  # fmt: skip
    assert values == {"events": 1, "skipped_irrelevant": 1, "dead_letter": 2}


async def test_a_dead_letter_keeps_the_message_as_it_came() -> None:
    log = log_with(b"\xff\x00 no json")
    driver = await started(log)
    await driver.deliver(log.topics[TP])
    (letter,) = letters(log)
    assert (letter.origin.key, letter.origin.value) == (b"k", b"\xff\x00 no json")
    assert letter.origin.headers == (("h", b"v"),)
    assert (letter.origin.topic, letter.origin.partition, letter.origin.offset) == (TOPIC, 0, 0)
    assert letter.attempt == 1


async def test_nothing_is_done_before_it_is_sent() -> None:
    log = log_with(article_value("a1", "strike RUS UKR 2025-03-19T02:00"))
    driver = await started(log)
    driver.sends_until_failure = 0
    with pytest.raises(SendFailedError) as failure:
        await driver.deliver(log.topics[TP])
    assert failure.value.exit_code is ExitCode.UNSENDABLE
    assert driver.offsets.next(TP) is None


async def test_the_breaker_stops_before_a_topic_is_drained() -> None:
    log = log_with(*(article_value(f"a{number}", "fail") for number in range(5)))
    driver = await started(log, unexpected_limit=5)
    with pytest.raises(BreakerOpenError) as failure:
        await driver.deliver(log.topics[TP])
    assert failure.value.exit_code is ExitCode.SOFTWARE
    assert letters(log) == []
    assert driver.offsets.next(TP) is None


async def test_single_failures_and_garbage_do_not_open_the_breaker() -> None:
    values = [article_value("a", "fail"), article_value("b"), b"{", b"{", b"{"] * 4
    log = log_with(*values)
    driver = await started(log, unexpected_limit=2)
    await driver.deliver(log.topics[TP])
    assert driver.offsets.next(TP) == len(values)


async def test_skipped_messages_are_read_from_the_log() -> None:
    log = log_with(*(article_value(f"a{n}", "strike RUS UKR 2025-03-19T02:00") for n in range(9)))
    driver = await started(log)
    await driver.deliver([log.topics[TP][2], log.topics[TP][8]])
    assert driver.offsets.next(TP) == 9
    assert [decode_event(r.value).article.id for r in log.topics["events", 0]] == [f"a{n}" for n in range(9)]
    assert driver.metrics.value(m.HOLES, TOPIC) == 7


async def test_a_message_delivered_twice_is_worked_off_once() -> None:
    log = log_with(article_value("a1", "strike RUS UKR 2025-03-19T02:00"))
    driver = await started(log)
    await driver.deliver(log.topics[TP] * 2)
    await driver.deliver(log.topics[TP])
    assert len(log.topics["events", 0]) == 1
