"""What the reader of logs leaves behind where brokers do not let it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from aiokafka.errors import KafkaConnectionError

from worker.streaming.log_reader import LogReader

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Refused:
    """A consumer that does not get in."""

    def __init__(self) -> None:
        self.stopped = False

    async def start(self) -> None:
        raise KafkaConnectionError

    async def stop(self) -> None:
        self.stopped = True


@pytest.mark.parametrize(
    "ask",
    [
        lambda reader: reader.partitions_now("events"),
        lambda reader: reader._border(("events", 0), end=True),
    ],
    ids=["partitions", "border"],
)
async def test_a_connection_that_fails_is_closed(ask: Callable[[LogReader], Awaitable[int]]) -> None:
    made: list[Any] = []

    def connect() -> Any:  # noqa: ANN401 - stands for aiokafka's consumer
        made.append(Refused())
        return made[-1]

    with pytest.raises(KafkaConnectionError):
        await ask(LogReader(connect))
    assert [consumer.stopped for consumer in made] == [True]
