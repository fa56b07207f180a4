"""What counts as a clean end of a worker that was asked to stop."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.errors import KafkaTimeoutError, ProducerClosed
from faust.exceptions import NotReady

from worker.streaming.outbox import is_transient
from worker.streaming.run import _raise_failure
from worker.streaming.stopping import BreakerOpenError, SendFailedError


def app_that_failed(error: Exception, cause: Exception | None) -> Any:  # noqa: ANN401 - stands for a Faust app
    error.__cause__ = cause
    return SimpleNamespace(parts=SimpleNamespace(failure=None), crash_reason=error)


@pytest.mark.parametrize("cause", [ProducerClosed(), NotReady("no producer")])
def test_a_send_cut_off_by_the_stop_it_was_asked_for_is_no_failure(cause: Exception) -> None:
    _raise_failure(app_that_failed(SendFailedError("events"), cause), asked_to_stop=True)


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
    with pytest.raises(type(error)):
        _raise_failure(app_that_failed(error, cause), asked_to_stop=asked)
