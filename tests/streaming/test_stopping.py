"""What counts as a clean end of a worker that was asked to stop, and what ends one that nobody asked."""

from __future__ import annotations

import asyncio
import queue
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.errors import (
    KafkaConnectionError,
    KafkaTimeoutError,
    ProducerClosed,
    TopicAuthorizationFailedError,
)
from faust.exceptions import NotReady

from worker.observability.health import Health
from worker.streaming.background import in_background
from worker.streaming.lag import watch_lag
from worker.streaming.outbox import is_transient
from worker.streaming.run import _failure
from worker.streaming.stopping import BreakerOpenError, ExitCode, SendFailedError, Stop, exit_code_of


def app_that_failed(error: Exception, cause: Exception | None) -> Any:  # noqa: ANN401 - stands for a Faust app
    error.__cause__ = cause
    parts = SimpleNamespace(failure=None, health=Health(stuck_after=60))
    return SimpleNamespace(parts=parts, crash_reason=error)


@pytest.mark.parametrize("cause", [ProducerClosed(), NotReady("no producer")])
def test_a_send_cut_off_by_the_stop_it_was_asked_for_is_no_failure(cause: Exception) -> None:
    assert _failure(app_that_failed(SendFailedError("events"), cause), asked_to_stop=True) is None


def test_a_producer_that_is_not_there_yet_is_waited_for() -> None:
    assert is_transient(NotReady("no producer"))
    assert not is_transient(ProducerClosed())


@pytest.mark.parametrize(
    ("error", "cause", "asked"),
    [
        (SendFailedError("events"), ProducerClosed(), False),
        (SendFailedError("events"), KafkaTimeoutError(), True),
        (BreakerOpenError("bugs"), None, True),
    ],
)
def test_every_other_failure_shows_in_the_exit_code(
    error: Exception, cause: Exception | None, *, asked: bool
) -> None:
    assert _failure(app_that_failed(error, cause), asked_to_stop=asked) is error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (TopicAuthorizationFailedError("articles"), ExitCode.CONFIG),
        (KafkaConnectionError("gone"), ExitCode.UNAVAILABLE),
        (LookupError("nobody foresaw it"), ExitCode.CRASHED),
    ],
)
def test_what_brokers_do_while_a_worker_starts_is_told_as_such(error: Exception, code: ExitCode) -> None:
    failure = _failure(app_that_failed(error, None), asked_to_stop=False)
    assert failure is not None
    assert exit_code_of(failure) == code


def stop_that_ends() -> tuple[Stop, queue.SimpleQueue[int]]:
    ended: queue.SimpleQueue[int] = queue.SimpleQueue()
    return Stop(0.05, end=ended.put), ended


def test_a_stop_that_does_not_end_is_ended_and_says_so() -> None:
    stop, ended = stop_that_ends()
    stop.ask()
    stop.ask()
    assert stop.asked
    assert ended.get(timeout=10) == ExitCode.CUT_SHORT


def test_a_failure_keeps_its_exit_code_where_the_stop_after_it_does_not_end() -> None:
    stop, ended = stop_that_ends()
    stop.code = exit_code_of(BreakerOpenError("bugs"))
    stop.begin()
    assert not stop.asked
    assert ended.get(timeout=10) == ExitCode.SOFTWARE


def test_a_log_that_nobody_reads_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    never: queue.SimpleQueue[None] = queue.SimpleQueue()
    monkeypatch.setattr("worker.streaming.stopping.LAST_WORD", 0.05)
    monkeypatch.setattr("worker.streaming.stopping.log", SimpleNamespace(error=lambda *_, **__: never.get()))
    stop, ended = stop_that_ends()
    stop.ask()
    assert ended.get(timeout=10) == ExitCode.CUT_SHORT


async def test_no_background_task_ends_unseen() -> None:
    found: list[BaseException] = []

    async def fail() -> None:
        raise LookupError("nobody foresaw it")

    async def leave() -> None:
        pass

    for work in (fail(), leave()):
        await asyncio.wait({in_background(work, "test", fatal=found.append)})
    await asyncio.sleep(0)
    assert [type(error) for error in found] == [LookupError, RuntimeError]


async def test_a_background_task_may_be_cancelled() -> None:
    found: list[BaseException] = []
    task = in_background(asyncio.sleep(60), "test", fatal=found.append)
    task.cancel()
    await asyncio.wait({task})
    await asyncio.sleep(0)
    assert not found


async def test_the_lag_is_asked_again_whatever_went_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.streaming.lag.EVERY", 0.0)
    told: list[str] = []
    monkeypatch.setattr(
        "worker.streaming.lag.log",
        SimpleNamespace(exception=told.append, debug=lambda *_, **__: told.append("debug")),
    )
    errors: list[Exception] = [
        LookupError("nobody foresaw it"),
        OSError("broker away"),
        TypeError("nor this"),
    ]

    def connect() -> Any:  # noqa: ANN401 - stands for a consumer
        if not errors:
            raise asyncio.CancelledError
        raise errors.pop(0)

    async def go_back() -> None:
        pytest.fail("nothing waits")

    with pytest.raises(asyncio.CancelledError):
        await watch_lag(SimpleNamespace(), connect, go_back)  # type: ignore[arg-type]  # never looked at: connect fails first
    assert told == ["lag_unknown", "debug", "lag_unknown"]
