"""Offsets, the outbox, snapshots, and the alerts that were published before."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from aiokafka.errors import (
    KafkaConnectionError,
    MessageSizeTooLargeError,
    NotEnoughReplicasError,
    TopicAuthorizationFailedError,
)
from hypothesis import given
from hypothesis import strategies as st

from tests.streaming.driver import Driver, MemoryLog, settings_in
from tests.streaming.fakes import PUBLISHED, ChainEngine, make_alert
from tests.streaming.test_fold import event_value, final_of, fold_all, log_of
from worker.alert import AlertStatus
from worker.observability import metrics as m
from worker.observability.metrics import Metrics
from worker.streaming.offsets import Offsets
from worker.streaming.outbox import Outbox, Outgoing
from worker.streaming.published import Published, of_no_log, reconcile
from worker.streaming.record import Record, mark_of, offset_of
from worker.streaming.snapshots import UnusableSnapshotError, seal, snapshot_path, unpack
from worker.streaming.stopping import MisplacedError, SendFailedError
from worker.wire import decode_alert

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from pathlib import Path

    from worker.alert import Alert

TP = ("events", 0)


def test_offsets_go_forward_only_and_only_in_their_generation() -> None:
    offsets = Offsets()
    offsets.begin(3, {TP: 10})
    assert offsets.done(TP, 12, 3)
    assert offsets.done(TP, 11, 3)
    assert offsets.next(TP) == 12
    assert not offsets.done(TP, 20, 2)
    assert not offsets.done(("events", 1), 20, 3)
    offsets.begin(3, {TP: 10})
    assert offsets.next(TP) == 12
    offsets.begin(4, {TP: 10})
    assert offsets.next(TP) == 10
    offsets.revoke([TP])
    assert offsets.owned() == set()
    assert not offsets.done(TP, 11, 4)


def test_the_mark_of_a_log_is_of_what_was_worked_off_in_this_generation() -> None:
    offsets, record = (
        Offsets(),
        Record(topic=TP[0], partition=TP[1], offset=11, timestamp=1, key=b"", value=b"a"),
    )
    offsets.begin(3, {TP: 10})
    assert offsets.mark(TP) == ""
    offsets.done(TP, 12, 3, record)
    offsets.done(TP, 14, 3)
    assert offsets.mark(TP) == mark_of(record)
    assert offset_of(offsets.mark(TP)) == 11
    offsets.begin(4, {TP: 14})
    assert offsets.mark(TP) == ""


@pytest.mark.parametrize("metadata", ["", "reset by hand", "12 ", "12 abc", " ", "x" * 40])
def test_what_others_commit_is_no_mark(metadata: str) -> None:
    assert offset_of(metadata) is None


class Producer:
    """Fails with the given errors, one per message sent, then works."""

    def __init__(self, *errors: Exception | None) -> None:
        self.errors = list(errors)
        self.taken: list[Outgoing] = []

    async def send(self, message: Outgoing) -> Awaitable[object]:
        error = self.errors.pop(0) if self.errors else None
        answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        if error is None:
            self.taken.append(message)
            answer.set_result(None)
        else:
            answer.set_exception(error)
        return answer


def outgoing(number: int, smaller: Outgoing | None = None) -> Outgoing:
    return Outgoing(topic="alerts", key=b"k", value=str(number).encode(), smaller=smaller)


@pytest.mark.parametrize("error", [KafkaConnectionError(), NotEnoughReplicasError(), OSError("reset")])
async def test_transient_trouble_is_retried_and_order_kept(error: Exception) -> None:
    producer = Producer(error)
    await Outbox(producer.send, timeout=5, metrics=Metrics()).send([outgoing(1), outgoing(2)])
    assert [message.value for message in producer.taken] == [b"2", b"1", b"2"]


async def test_a_refusal_is_final() -> None:
    producer = Producer(TopicAuthorizationFailedError())
    with pytest.raises(SendFailedError):
        await Outbox(producer.send, timeout=5, metrics=Metrics()).send([outgoing(1)])


async def test_a_topic_whose_limit_is_too_low_is_told() -> None:
    producer = Producer(MessageSizeTooLargeError())
    with pytest.raises(
        SendFailedError, match=r"alerts refused 1 bytes as too large: raise its max\.message\.bytes"
    ):
        await Outbox(producer.send, timeout=5, metrics=Metrics()).send([outgoing(1)])


async def test_trouble_that_lasts_ends_the_worker() -> None:
    producer = Producer(*[KafkaConnectionError()] * 100)
    with pytest.raises(SendFailedError, match=r"did not take a message for 0\.3 s"):
        await Outbox(producer.send, timeout=0.3, metrics=Metrics()).send([outgoing(1)])


async def test_a_dead_letter_too_large_to_keep_goes_out_without_its_value() -> None:
    producer = Producer(MessageSizeTooLargeError())
    small = outgoing(2)
    await Outbox(producer.send, timeout=5, metrics=Metrics()).send([outgoing(1, smaller=small)])
    assert producer.taken == [small]


async def built(log: MemoryLog, directory: Path, committed: int, engine: ChainEngine | None = None) -> Driver:
    driver = Driver(log, settings_in(directory), engine=engine or ChainEngine())
    await driver.begin(1, {TP: committed})
    await driver.partitions.ready(0)
    return driver


async def test_a_snapshot_is_used_and_read_on_from(tmp_path: Path) -> None:
    log = log_of([0, 1, 2, 0])
    await (await built(log, tmp_path, 3)).partitions.close()
    driver = await built(log, tmp_path, 4)
    assert driver.metrics.value(m.SNAPSHOTS, "used") == 1
    assert driver.metrics.value(m.REBUILT_EVENTS) == 1
    state = await driver.partitions.ready(0)
    fresh = await (await built(log, tmp_path / "none", 4)).partitions.ready(0)
    assert state is not None
    assert fresh is not None
    assert state.dump() == fresh.dump()
    assert state.tail() == fresh.tail()


@pytest.mark.parametrize("fault", ["cut", "flipped", "empty", "format", "engine", "log", "pickle", "bomb"])
async def test_a_snapshot_that_is_odd_is_ignored(tmp_path: Path, fault: str) -> None:
    log = log_of([0, 1, 2, 0])
    await (await built(log, tmp_path, 3)).partitions.close()
    path = snapshot_path(tmp_path, TP)
    content = path.read_bytes()
    changed = {
        "cut": content[: len(content) // 2],
        "flipped": content[:-5] + bytes([content[-5] ^ 1]) + content[-4:],
        "empty": b"",
        "format": content.replace(b"trucewatch-state 1 ", b"trucewatch-state 9 ", 1),
        "pickle": b"\x80\x04K\x01.",
        "bomb": seal(b"not zlib"),
    }
    path.write_bytes(changed.get(fault, content))
    if fault == "log":
        log = log_of([1, 1, 1, 0])
    engine = ChainEngine("chain-2") if fault == "engine" else ChainEngine()
    driver = await built(log, tmp_path, 4, engine)
    assert driver.metrics.value(m.SNAPSHOTS, "ignored") == 1
    assert driver.metrics.value(m.REBUILT_EVENTS) == 4


async def test_a_topic_made_anew_with_fewer_messages_is_read_in_place_of_the_snapshot(tmp_path: Path) -> None:
    await (await built(log_of([0, 1, 2, 0]), tmp_path, 4)).partitions.close()
    driver = await built(log_of([1, 1]), tmp_path, 2)
    assert driver.metrics.value(m.SNAPSHOTS, "ignored") == 1
    assert not driver.fatal
    state = await driver.partitions.ready(0)
    assert state is not None
    assert (state.next, state.names) == (2, ("ISR|LBN",))


async def test_a_state_of_a_topic_that_was_made_anew_is_dropped(tmp_path: Path) -> None:
    driver = await built(log_of([0, 1, 2, 0]), tmp_path / "none", 4)
    driver.log.topics[TP] = log_of([1, 1]).topics[TP]
    await driver.begin(2, {TP: None})
    await driver.deliver(driver.log.topics[TP])
    state = await driver.partitions.ready(0)
    assert state is not None
    assert (state.next, state.names) == (2, ("ISR|LBN",))


async def test_alerts_of_a_topic_made_anew_go_on_above_those_that_readers_have(tmp_path: Path) -> None:
    log = log_of([0, 0, 0, 1])
    first = Driver(log, settings_in(tmp_path / "none"))
    await first.begin(1, {TP: None})
    await first.deliver(log.topics[TP])
    log.topics[TP] = log_of([1, 0]).topics[TP]
    log.append("events", 0, event_value(7, "RUS|UKR"))
    second = Driver(log, settings_in(tmp_path / "none"))
    await second.begin(1, {TP: None})
    for record in log.topics[TP]:
        await second.deliver([record])
    published = [decode_alert(record.value) for record in log.topics["alerts", 0]]
    assert len({(a.alert_id, a.revision) for a in published}) == len({str(a) for a in published})
    assert {(a.conflict, a.revision) for a in final_of(log).values()} == {("RUS|UKR", 5), ("ISR|LBN", 2)}


async def test_what_another_member_of_the_same_generation_worked_off_is_folded_first(tmp_path: Path) -> None:
    log = log_of([0, 1, 2, 0])
    driver = await built(log, tmp_path, 1)
    await driver.begin(1, {TP: 3})
    await driver.deliver(log.topics[TP][3:])
    state = await driver.partitions.ready(0)
    assert state is not None
    assert state.dump() == fold_all(log).dump()
    assert not driver.fatal


@pytest.mark.parametrize("snapshot", [True, False])
async def test_alerts_that_the_topic_has_lost_are_sent_again(tmp_path: Path, *, snapshot: bool) -> None:
    log = log_of([0, 0, 1, 2])
    settings = settings_in(tmp_path, replay_tail=0)
    first = Driver(log, settings)
    await first.begin(1, {TP: None})
    await first.deliver(log.topics[TP])
    before = final_of(log)
    if snapshot:
        await first.partitions.close()
    log.topics["alerts", 0] = [
        record for record in log.topics["alerts", 0] if b"RUS" not in (record.value or b"")
    ]
    second = Driver(log, settings)
    await second.begin(2, {TP: 4})
    await second.partitions.ready(0)
    assert final_of(log) == before
    assert second.metrics.value(m.SNAPSHOTS, "ignored") == snapshot


async def test_partitions_added_to_events_end_the_worker(tmp_path: Path) -> None:
    log = log_of([0, 1, 2])
    driver = await built(log, tmp_path, 3)
    assert not driver.fatal
    log.count = 5
    await driver.begin(2, {TP: 3})
    with pytest.raises(MisplacedError, match="events has 5 partitions"):
        await driver.partitions.ready(0)
    assert driver.fatal


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading_of_snapshots(content: bytes) -> None:
    for candidate in (content, seal(content)):
        with pytest.raises(UnusableSnapshotError):
            unpack(candidate, tp=TP, engine="chain-1")


async def test_an_unwritable_state_directory_costs_the_cache_only(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a directory")
    driver = await built(log_of([0]), blocked / "state", 1)
    await driver.partitions.close()
    assert driver.metrics.value(m.SNAPSHOTS, "failed") == 1


async def test_a_full_disk_costs_the_cache_only(tmp_path: Path) -> None:
    driver = await built(log_of([0]), tmp_path, 1)
    path = snapshot_path(tmp_path, TP)
    path.with_name(f"{path.name}.tmp").symlink_to("/dev/full")
    await driver.partitions.close()
    assert driver.metrics.value(m.SNAPSHOTS, "failed") == 1
    await driver.partitions.close()
    assert driver.metrics.value(m.SNAPSHOTS, "written") == 1
    assert snapshot_path(tmp_path, TP).read_bytes().startswith(b"trucewatch-state")


def published_of(*alerts: Alert, base: int = 0) -> dict[str, Published]:
    return {alert.alert_id: Published(alert=alert, base=base) for alert in alerts}


def test_what_the_same_engine_published_is_not_touched() -> None:
    before = published_of(make_alert(revision=4), base=2)
    result = reconcile(before, {"alert-1": make_alert(revision=2)}, engine="chain-1", known_since=None)
    assert (result.bases, result.differences) == ({"alert-1": 2}, ())
    assert of_no_log(before, set(), "chain-1") == {"alert-1"}
    assert of_no_log(before, {"alert-1"}, "chain-1") == set()


def test_what_another_log_had_given_stands_and_revisions_go_on_above_it() -> None:
    before = published_of(make_alert(revision=4))
    result = reconcile(before, {}, {"alert-1"}, engine="chain-1", known_since=None)
    assert (result.bases, result.differences) == ({"alert-1": 4}, ())
    new = {"alert-1": make_alert(revision=2)}
    result = reconcile(before, new, {"alert-1"}, engine="chain-1", known_since=None)
    assert [alert.revision for alert in result.differences] == [5]
    assert result.bases == {"alert-1": 3}


def test_a_new_engine_that_agrees_says_nothing_and_goes_on_from_there() -> None:
    old = make_alert(revision=4, engine="old")
    new = make_alert(revision=1)
    result = reconcile(published_of(old), {"alert-1": new}, engine="chain-1", known_since=None)
    assert (result.bases, result.differences) == ({"alert-1": 3}, ())


def test_a_new_engine_that_differs_speaks_at_the_next_revision() -> None:
    old = make_alert(revision=4, engine="old")
    new = make_alert(revision=2, title="Something else")
    result = reconcile(published_of(old), {"alert-1": new}, engine="chain-1", known_since=None)
    (difference,) = result.differences
    assert (difference.revision, difference.title) == (5, "Something else")
    assert difference.status is AlertStatus.REVISED
    assert result.bases == {"alert-1": 3}


def test_a_new_engine_retracts_what_it_does_not_find() -> None:
    old = make_alert(revision=4, engine="old")
    result = reconcile(published_of(old), {}, engine="chain-1", known_since=None)
    (difference,) = result.differences
    assert (difference.revision, difference.status) == (5, AlertStatus.RETRACTED)
    again = reconcile(
        published_of(replace(difference, engine="older")), {}, engine="chain-1", known_since=None
    )
    assert again.differences == ()


def test_alerts_older_than_what_is_left_of_the_log_stand() -> None:
    old = make_alert(revision=4, engine="old")
    since = PUBLISHED + timedelta(days=1)
    assert reconcile(published_of(old), {}, engine="chain-1", known_since=since).differences == ()


async def test_an_upgrade_revises_once_and_then_goes_on(tmp_path: Path) -> None:
    log = log_of([0, 0, 1])
    first = Driver(log, settings_in(tmp_path))
    await first.begin(1, {TP: None})
    await first.deliver(log.topics[TP])
    await first.partitions.close()
    for generation in (2, 3):
        upgraded = Driver(log, settings_in(tmp_path), engine=ChainEngine("chain-2", salt="x"))
        await upgraded.begin(generation, {TP: 3})
        await upgraded.partitions.ready(0)
        assert {(a.conflict, a.revision, a.engine) for a in final_of(log).values()} == {
            ("RUS|UKR", 3, "chain-2"),
            ("ISR|LBN", 2, "chain-2"),
        }
        await upgraded.partitions.close()
    log.append("events", 0, event_value(99, "RUS|UKR"))
    third = Driver(log, settings_in(tmp_path), engine=ChainEngine("chain-2", salt="x"))
    await third.begin(4, {TP: 3})
    await third.deliver(log.topics[TP][3:])
    assert {(a.conflict, a.revision) for a in final_of(log).values()} == {("RUS|UKR", 4), ("ISR|LBN", 2)}


async def test_an_upgrade_that_changes_nothing_publishes_nothing_new(tmp_path: Path) -> None:
    log = log_of([0, 0, 1])
    first = Driver(log, settings_in(tmp_path, replay_tail=0))
    await first.begin(1, {TP: None})
    await first.deliver(log.topics[TP])
    before = len(log.topics["alerts", 0])
    upgraded = Driver(log, settings_in(tmp_path, replay_tail=0), engine=ChainEngine("chain-2"))
    await upgraded.begin(2, {TP: 3})
    await upgraded.partitions.ready(0)
    assert len(log.topics["alerts", 0]) == before
