"""What the transport asks of the brokers about committed offsets, and what it makes of the answers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from aiokafka.errors import GroupLoadInProgressError, NotCoordinatorForGroupError
from aiokafka.protocol.commit import OffsetFetchResponse_v1, OffsetFetchResponse_v3
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from worker.streaming.transport import LogConsumer, guard_committed_offsets

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOWN = [("events", [(0, 48, "", 0)])]


class Coordinator:
    """As far as the guard knows aiokafka's."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.dead = False

    async def _send_req(self, request: object) -> object:
        return self.answer

    def coordinator_dead(self) -> None:
        self.dead = True


async def test_a_broker_that_is_not_the_coordinator_is_not_taken_to_know_of_no_commit() -> None:
    coordinator = Coordinator(OffsetFetchResponse_v3(0, [], 16))
    guard_committed_offsets(coordinator)
    with pytest.raises(NotCoordinatorForGroupError) as caught:
        await coordinator._send_req(None)
    assert caught.value.retriable
    assert coordinator.dead


async def test_a_coordinator_that_still_loads_is_asked_again() -> None:
    coordinator = Coordinator(OffsetFetchResponse_v3(0, [], 14))
    guard_committed_offsets(coordinator)
    with pytest.raises(GroupLoadInProgressError) as caught:
        await coordinator._send_req(None)
    assert caught.value.retriable
    assert not coordinator.dead


@pytest.mark.parametrize("answer", [OffsetFetchResponse_v3(0, KNOWN, 0), OffsetFetchResponse_v1(KNOWN)])
async def test_a_good_answer_passes(answer: object) -> None:
    coordinator = Coordinator(answer)
    guard_committed_offsets(coordinator)
    assert await coordinator._send_req(None) is answer


class Group:
    """A consumer's surroundings: what is assigned, and what comes while offsets are fetched."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.generation = 6
        self.assigned = {TP("events", 2)}
        self.begun: list[tuple[int, Mapping[Any, int | None]]] = []
        self.consumer = LogConsumer.__new__(LogConsumer)
        self.consumer._read_offset = {TP("events", 2): 911}
        self.consumer._committed_offset = {TP("events", 2): 911}
        self.ends = {TP("events", 2): 911}
        self.app = SimpleNamespace(consumer_generation_id=6)
        monkeypatch.setattr(LogConsumer, "app", self.app, raising=False)
        monkeypatch.setattr(LogConsumer, "assignment", lambda _self: set(self.assigned))
        monkeypatch.setattr(LogConsumer, "begin", self._begin, raising=False)
        monkeypatch.setattr(LogConsumer, "highwaters", self._highwaters)

    async def _highwaters(self, *_partitions: TP) -> Mapping[TP, int]:
        return self.ends

    async def _begin(self, generation: int, committed: Mapping[Any, int | None]) -> None:
        self.begun.append((generation, committed))


async def test_offsets_of_an_assignment_that_is_over_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    group = Group(monkeypatch)

    async def overtaken(_self: object) -> None:
        group.assigned.add(TP("events", 0))
        group.app.consumer_generation_id = 7

    monkeypatch.setattr(driver.Consumer, "perform_seek", overtaken)
    await group.consumer.perform_seek()
    assert group.begun == []


async def test_offsets_of_the_present_assignment_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    group = Group(monkeypatch)

    async def undisturbed(_self: object) -> None:
        pass

    monkeypatch.setattr(driver.Consumer, "perform_seek", undisturbed)
    await group.consumer.perform_seek()
    assert group.begun == [(6, {("events", 2): 911})]


@pytest.mark.parametrize("lacks", [True, False])
async def test_a_log_that_ends_before_its_committed_offset_is_read_from_its_beginning(
    monkeypatch: pytest.MonkeyPatch, *, lacks: bool
) -> None:
    group, sought = Group(monkeypatch), {}
    group.ends = {TP("events", 2): 18}

    async def undisturbed(_self: object) -> None:
        pass

    async def answer(_tp: object, _offset: int) -> bool:
        return lacks

    async def earliest(_self: object, *partitions: TP) -> Mapping[TP, int]:
        return dict.fromkeys(partitions, 3)

    async def seek(_self: object, tp: TP, offset: int) -> None:
        sought[tp] = offset

    monkeypatch.setattr(driver.Consumer, "perform_seek", undisturbed)
    monkeypatch.setattr(LogConsumer, "lacks", staticmethod(answer), raising=False)
    monkeypatch.setattr(LogConsumer, "earliest_offsets", earliest)
    monkeypatch.setattr(LogConsumer, "seek", seek)
    await group.consumer.perform_seek()
    assert group.begun == [(6, {("events", 2): None if lacks else 911})]
    assert sought == ({TP("events", 2): 3} if lacks else {})
    assert group.consumer._committed_offset[TP("events", 2)] == (None if lacks else 911)
