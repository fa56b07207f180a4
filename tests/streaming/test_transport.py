"""What the transport asks of the brokers about committed offsets, and what it makes of the answers."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    GroupLoadInProgressError,
    NotCoordinatorForGroupError,
    UnknownMemberIdError,
)
from aiokafka.protocol.commit import (
    OffsetCommitRequest,
    OffsetCommitResponse_v3,
    OffsetFetchRequest,
    OffsetFetchResponse_v1,
    OffsetFetchResponse_v3,
)
from aiokafka.structs import OffsetAndMetadata
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from worker.streaming import transport
from worker.streaming.offsets import Offsets
from worker.streaming.record import Record, mark_of
from worker.streaming.stopping import RefusedError
from worker.streaming.transport import (
    LogConsumer,
    Ties,
    commit_marks,
    error_codes,
    guard_committed_offsets,
    tell_of_refusals,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ASKED = OffsetFetchRequest("g", [("events", [0])])
KNOWN = [("events", [(0, 48, "", 0)])]


class Coordinator:
    """As far as the guard knows aiokafka's."""

    def __init__(self, answer: object, generation: int = 6) -> None:
        self.answer = answer
        self.generation = generation
        self.dead = False

    async def _send_req(self, request: object) -> object:
        return self.answer

    def coordinator_dead(self) -> None:
        self.dead = True


async def test_a_broker_that_is_not_the_coordinator_is_not_taken_to_know_of_no_commit() -> None:
    coordinator = Coordinator(OffsetFetchResponse_v3(0, [], 16))
    guard_committed_offsets(coordinator)
    with pytest.raises(NotCoordinatorForGroupError) as caught:
        await coordinator._send_req(ASKED)
    assert caught.value.retriable
    assert coordinator.dead


async def test_a_coordinator_that_still_loads_is_asked_again() -> None:
    coordinator = Coordinator(OffsetFetchResponse_v3(0, [], 14))
    guard_committed_offsets(coordinator)
    with pytest.raises(GroupLoadInProgressError) as caught:
        await coordinator._send_req(ASKED)
    assert caught.value.retriable
    assert not coordinator.dead


@pytest.mark.parametrize("answer", [OffsetFetchResponse_v3(0, KNOWN, 0), OffsetFetchResponse_v1(KNOWN)])
async def test_a_good_answer_passes(answer: object) -> None:
    coordinator = Coordinator(answer)
    guard_committed_offsets(coordinator)
    assert await coordinator._send_req(ASKED) is answer


@pytest.mark.parametrize(
    ("generation", "sent"), [(6, True), (OffsetCommitRequest.DEFAULT_GENERATION_ID, False)]
)
async def test_only_a_member_commits(generation: int, *, sent: bool) -> None:
    coordinator = Coordinator(OffsetCommitResponse_v3(0, [("events", [(0, 0)])]), generation)
    guard_committed_offsets(coordinator)
    request = OffsetCommitRequest("g", generation, "", -1, [("events", [(0, 48, "")])])
    if sent:
        assert await coordinator._send_req(request) is coordinator.answer
    else:
        with pytest.raises(UnknownMemberIdError):
            await coordinator._send_req(request)


class Refused:
    """A coordinator that answers with an error code."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.member_id = "worker-1-a"
        self.pushed: list[object] = []

    async def _send_req(self, request: object) -> object:
        return SimpleNamespace(error_code=self.code, API_KEY=12)

    def _push_error_to_user(self, error: object) -> object:
        self.pushed.append(error)
        return None


@pytest.mark.parametrize(("code", "told"), [(82, 1), (27, 0), (0, 0)])
async def test_a_worker_of_the_same_name_is_told_of(code: int, told: int) -> None:
    found: list[BaseException] = []
    coordinator = Refused(code)
    tell_of_refusals(coordinator, found.append, instance_id="worker-1", session_timeout=10)
    await coordinator._send_req(None)
    assert len(found) == told
    assert all(isinstance(error, RefusedError) and "worker-1" in str(error) for error in found)


@pytest.mark.parametrize(
    ("name", "seconds", "told"), [("worker-1", 600, 1), ("worker-1", 0, 0), (None, 600, 0)]
)
async def test_a_member_whose_place_was_taken_while_it_lived_is_told(
    name: str | None, seconds: float, told: int
) -> None:
    found: list[BaseException] = []
    coordinator = Refused(0)
    tell_of_refusals(coordinator, found.append, instance_id=name, session_timeout=seconds)
    await coordinator._send_req(None)
    coordinator.code = 25
    await coordinator._send_req(None)
    assert len(found) == told


async def test_a_member_that_was_frozen_has_lost_its_place_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer that came before it was frozen is read when it thaws: it is no sign of life of that moment."""
    clock = [0.0]
    monkeypatch.setattr(transport, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    found: list[BaseException] = []

    class Frozen(Refused):
        async def _send_req(self, request: object) -> object:
            clock[0] += 0.0 if self.code else 13.0
            return await super()._send_req(request)

    coordinator = Frozen(0)
    tell_of_refusals(coordinator, found.append, instance_id="worker-1", session_timeout=8)
    await coordinator._send_req(None)
    coordinator.code = 25
    await coordinator._send_req(None)
    assert found == []


class Joining(Refused):
    """A coordinator that lets join, and puts back whom it had before."""

    def __init__(self) -> None:
        super().__init__(0)
        self.key = 14
        self.resets = 0

    async def _send_req(self, request: object) -> object:
        return SimpleNamespace(error_code=self.code, API_KEY=self.key)

    def reset_generation(self) -> None:
        self.resets += 1


async def is_let_join_once_more(coordinator: Joining, found: list[BaseException]) -> None:
    """The next answer has it forget its place, and nothing is told."""
    with pytest.raises(UnknownMemberIdError):
        await coordinator._send_req(None)
    assert (coordinator.resets, found) == (1, [])


@pytest.mark.parametrize("code", [25, 82])
async def test_who_has_just_joined_may_lose_its_place_once_to_a_broker_that_could_not_write_it_down(
    monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Seed 201 of the fault harness: a frozen broker kept the group's log from being written."""
    clock = [100.0]
    monkeypatch.setattr(transport, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    found: list[BaseException] = []
    coordinator = Joining()
    tell_of_refusals(coordinator, found.append, instance_id="worker-1", session_timeout=8)
    for turn in range(2):
        coordinator.code, coordinator.key = 0, 14
        await coordinator._send_req(None)
        coordinator.key = 12
        await coordinator._send_req(None)
        coordinator.code = code
        clock[0] += 2
        if not turn:
            await is_let_join_once_more(coordinator, found)
    await coordinator._send_req(None)
    assert [type(error) for error in found] == [RefusedError]


async def test_who_is_refused_while_it_joins_joins_once_more() -> None:
    """Else the second of two workers of one name ended, where the first had just been let in again."""
    found: list[BaseException] = []
    coordinator = Joining()
    coordinator.key, coordinator.code = 11, 82
    tell_of_refusals(coordinator, found.append, instance_id="worker-1", session_timeout=8)
    await is_let_join_once_more(coordinator, found)
    await coordinator._send_req(None)
    assert [type(error) for error in found] == [RefusedError]


async def test_what_a_member_of_before_had_asked_is_not_told() -> None:
    """Seed 216 of the fault harness: commits of the member that it had been were answered after it had joined anew."""
    found: list[BaseException] = []

    class Rejoined(Refused):
        async def _send_req(self, request: object) -> object:
            if self.code:
                self.member_id = "worker-1-b"
            return await super()._send_req(request)

    coordinator = Rejoined(0)
    tell_of_refusals(coordinator, found.append, instance_id="worker-1", session_timeout=600)
    await coordinator._send_req(None)
    coordinator.code = 25
    await coordinator._send_req(None)
    assert found == []


def test_a_commit_has_an_error_code_for_each_partition() -> None:
    assert error_codes(OffsetCommitResponse_v3(0, [("events", [(0, 0), (1, 25)])])) == {0, 25}
    assert error_codes(OffsetFetchResponse_v3(0, KNOWN, 14)) == {14}


@pytest.mark.parametrize(
    ("error", "told"), [(GroupAuthorizationFailedError("g"), 1), (NotCoordinatorForGroupError(), 0)]
)
def test_what_the_group_refuses_for_good_is_told_before_anybody_polls(error: Exception, told: int) -> None:
    found: list[BaseException] = []
    coordinator = Refused(0)
    tell_of_refusals(coordinator, found.append, instance_id=None, session_timeout=10)
    coordinator._push_error_to_user(error)
    assert len(found) == told
    assert coordinator.pushed == [error]


class Group:
    """A consumer's surroundings: what is assigned, and what comes while offsets are fetched."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.generation = 6
        self.assigned = {TP("events", 2)}
        self.begun: list[tuple[int, Mapping[Any, int | None]]] = []
        self.meanwhile: Callable[[], object] = lambda: None
        self.consumer = LogConsumer.__new__(LogConsumer)
        self.consumer._read_offset = {}
        self.consumer._committed_offset = {}
        self.ends = {TP("events", 2): 911}
        self.app = SimpleNamespace(consumer_generation_id=6)
        monkeypatch.setattr(LogConsumer, "app", self.app, raising=False)
        monkeypatch.setattr(LogConsumer, "assignment", lambda _self: set(self.assigned))
        self.lacks = False
        self.marks: dict[TP, str] = {}
        self.seconds = 0
        ties = Ties(
            offsets=Offsets(),
            begin=self._begin,
            lacks=self._lacks,
            is_another=self._another,
            fatal=lambda _error: None,
        )
        self.committed: int | None = 911
        self.from_the_beginning: list[TP] = []
        thread = SimpleNamespace(
            committed_marks=self._committed_marks, go_to_beginnings=self._go_to_beginnings
        )
        monkeypatch.setattr(LogConsumer, "_thread", thread, raising=False)
        monkeypatch.setattr(LogConsumer, "ties", ties, raising=False)
        monkeypatch.setattr(LogConsumer, "highwaters", self._highwaters)
        monkeypatch.setattr(driver.Consumer, "seek_to_committed", self._seek_to_committed)

    async def _lacks(self, _tp: object, _offset: int) -> bool:
        return self.lacks

    async def _another(self, _tp: object, mark: str) -> bool:
        await asyncio.sleep(self.seconds)
        return mark == "of another log"

    async def _committed_marks(self) -> Mapping[TP, str]:
        return self.marks

    async def _seek_to_committed(self) -> Mapping[TP, int]:
        return {TP("events", 2): cast("int", self.committed)}

    async def _go_to_beginnings(self, partitions: Sequence[TP]) -> None:
        self.from_the_beginning += partitions

    async def _highwaters(self, *_partitions: TP) -> Mapping[TP, int]:
        self.meanwhile()
        return self.ends

    async def _begin(self, generation: int, committed: Mapping[Any, int | None]) -> None:
        self.begun.append((generation, committed))


async def test_offsets_of_an_assignment_that_is_over_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    group = Group(monkeypatch)

    def overtaken() -> None:
        group.assigned.add(TP("events", 0))
        group.app.consumer_generation_id = 7

    group.meanwhile = overtaken
    await group.consumer.perform_seek()
    assert group.begun == []


async def test_offsets_of_the_present_assignment_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    group = Group(monkeypatch)
    await group.consumer.perform_seek()
    assert group.begun == [(6, {("events", 2): 911})]


async def test_what_was_not_told_of_another_assignment_is_not_taken_for_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    group = Group(monkeypatch)
    group.assigned = {TP("events", 0), TP("events", 2)}
    await group.consumer.perform_seek()
    assert group.begun == []


@pytest.mark.parametrize("delivered", [918, None])
async def test_offsets_told_are_those_committed_whatever_is_delivered_or_revoked_meanwhile(
    monkeypatch: pytest.MonkeyPatch, delivered: int | None
) -> None:
    """Messages delivered are not worked off, and would be committed with the next look."""
    group = Group(monkeypatch)
    group.meanwhile = lambda: group.consumer._read_offset.update({TP("events", 2): delivered})
    await group.consumer.perform_seek()
    assert group.begun == [(6, {("events", 2): 911})]


@pytest.mark.parametrize(
    ("end", "lacks", "mark", "anew"),
    [
        (18, True, "", True),
        (18, False, "", False),
        (2_000, False, "of another log", True),
        (2_000, False, "of this log", False),
        (2_000, False, "", False),
    ],
)
async def test_a_log_that_is_not_the_one_of_the_committed_offset_is_read_from_its_beginning(
    monkeypatch: pytest.MonkeyPatch, end: int, mark: str, *, lacks: bool, anew: bool
) -> None:
    group = Group(monkeypatch)
    group.ends = {TP("events", 2): end}
    group.marks = {TP("events", 2): mark}
    group.lacks = lacks
    await group.consumer.perform_seek()
    assert group.begun == [(6, {("events", 2): None if anew else 911})]
    assert group.from_the_beginning == ([TP("events", 2)] if anew else [])
    assert group.consumer._committed_offset[TP("events", 2)] == (None if anew else 911)


@pytest.mark.parametrize("committed", [None, 0])
async def test_a_log_of_which_nothing_is_committed_is_read_from_its_beginning_again(
    monkeypatch: pytest.MonkeyPatch, committed: int | None
) -> None:
    """Faust comes here after it has thrown away what was fetched."""
    group = Group(monkeypatch)
    group.committed = committed
    await group.consumer.perform_seek()
    assert group.from_the_beginning == [TP("events", 2)]
    assert group.begun == [(6, {("events", 2): committed})]


async def test_a_partition_without_a_leader_does_not_keep_the_others_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    group = Group(monkeypatch)
    group.seconds, group.marks = 60, {TP("events", 2): "of another log"}
    monkeypatch.setattr(transport, "_PATIENCE", 0.01)
    await group.consumer.perform_seek()
    assert group.begun == [(6, {("events", 2): 911})]


async def test_what_a_log_is_recognised_by_is_committed_with_the_offset() -> None:
    taken: list[Mapping[TopicPartition, OffsetAndMetadata]] = []

    async def commit(found: Mapping[TopicPartition, OffsetAndMetadata]) -> None:
        taken.append(found)

    consumer, offsets = SimpleNamespace(commit=commit), Offsets()
    commit_marks(consumer, offsets)
    last = Record(topic="events", partition=2, offset=9, timestamp=1, key=b"a", value=b"b")
    offsets.begin(1, {("events", 2): 4, ("events", 3): 4})
    offsets.done(("events", 2), 10, 1, last)
    await consumer.commit({TopicPartition("events", number): OffsetAndMetadata(10, "") for number in (2, 3)})
    assert taken == [
        {
            TopicPartition("events", 2): OffsetAndMetadata(10, mark_of(last)),
            TopicPartition("events", 3): OffsetAndMetadata(10, ""),
        }
    ]
