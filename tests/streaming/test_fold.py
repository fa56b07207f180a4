"""Whatever is delivered twice, left out or cut off: the alerts are those of the log."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.factories import make_article_ref, make_strike
from tests.streaming.driver import Driver, MemoryLog, settings_in
from tests.streaming.fakes import ChainEngine
from worker.streaming.continuity import Run
from worker.streaming.partition_state import HoleError, Outcome, PartitionState
from worker.streaming.stopping import SendFailedError
from worker.wire import decode_alert, encode_event

if TYPE_CHECKING:
    from worker.alert import Alert
    from worker.settings import Settings

TOPIC = "events"
CONFLICTS = ("RUS|UKR", "ISR|LBN", "IND|PAK")


def event_value(number: int, conflict: str | None) -> bytes:
    return encode_event(make_strike(conflict=conflict, article=make_article_ref(f"a{number}")))


def log_of(choices: list[int]) -> MemoryLog:
    """A log of one partition: 0 to 2 are conflicts, 3 is garbage, 4 an unknown conflict, 5 an event again."""
    log = MemoryLog(partitions=1)
    for number, choice in enumerate(choices):
        if choice == 3:
            value: bytes | None = b"garbage"
        elif choice == 4:
            value = event_value(number, None)
        elif choice == 5 and number:
            value = log.topics[TOPIC, 0][number // 2].value
        else:
            value = event_value(number, CONFLICTS[choice % 3])
        log.append(TOPIC, 0, value)
    return log


def fold_all(log: MemoryLog) -> PartitionState:
    records = log.topics.get((TOPIC, 0), [])
    state = PartitionState(ChainEngine(), start=0, tail=1000)
    state.fold(Run(tp=(TOPIC, 0), start=0, end=len(records), records=tuple(records)))
    return state


def final_of(log: MemoryLog) -> dict[str, Alert]:
    """The highest revision of each alert that was sent; equal revisions must be equal."""
    best: dict[str, Alert] = {}
    seen: dict[tuple[str, int, str], Alert] = {}
    for record in log.topics.get(("alerts", 0), []):
        alert = decode_alert(record.value)
        assert seen.setdefault((alert.alert_id, alert.revision, alert.engine), alert) == alert
        if alert.alert_id not in best or alert.revision >= best[alert.alert_id].revision:
            best[alert.alert_id] = alert
    return best


def expected_of(log: MemoryLog) -> dict[str, Alert]:
    state = fold_all(log)
    return {alert.alert_id: alert for alert in state.tail()}


CHOICES = st.lists(st.integers(0, 5), min_size=1, max_size=25)


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, list[int], int | None, bool]]]:
    """A log, and lives of a worker on it.

    Of each life: how far back the commit lies, which offsets are delivered (some left out), after how many
    sends the producer breaks, and whether it dies without a snapshot.
    """
    choices = draw(CHOICES)
    found = []
    for _ in range(draw(st.integers(1, 4))):
        back = draw(st.integers(0, 4))
        delivered = draw(st.lists(st.integers(0, len(choices) - 1), max_size=12))
        broken = draw(st.one_of(st.none(), st.integers(0, 4)))
        found.append((back, sorted(delivered), broken, draw(st.booleans())))
    return choices, found


@given(lives(), st.sampled_from([0, 3, 1000]))
@example(([0], [(0, [0], 0, True)]), 0)
def test_crashes_holes_and_repeats_change_no_alert(
    life: tuple[list[int], list[tuple[int, list[int], int | None, bool]]], tail: int
) -> None:
    choices, attempts = life
    directory = Path(tempfile.mkdtemp())
    try:
        log = asyncio.run(
            _live(choices, attempts, settings_in(directory, snapshot_every=4, replay_tail=tail))
        )
    finally:
        shutil.rmtree(directory)
    assert final_of(log) == expected_of(log)


async def _live(
    choices: list[int],
    attempts: list[tuple[int, list[int], int | None, bool]],
    settings: Settings,
) -> MemoryLog:
    log, tp = log_of(choices), (TOPIC, 0)
    committed = 0
    for generation, (back, delivered, broken, killed) in enumerate(attempts):
        driver = Driver(log, settings, sends_until_failure=broken)
        await driver.begin(generation, {tp: max(committed - back, 0) or None})
        with contextlib.suppress(SendFailedError):
            await driver.deliver([log.topics[tp][offset] for offset in delivered])
        committed = max(committed - back, driver.offsets.next(tp) or 0)
        if not killed:
            await driver.partitions.close()
        else:
            for task in driver.partitions._building.values():
                task.cancel()
            await asyncio.gather(*driver.partitions._building.values(), return_exceptions=True)
    driver = Driver(log, settings)
    await driver.begin(99, {tp: committed or None})
    await driver.deliver(log.topics[tp][committed:])
    await driver.partitions.ready(0)
    assert driver.offsets.next(tp) in (len(choices), committed or None)
    assert not driver.fatal
    return log


@given(CHOICES, st.integers(0, 25))
def test_fold_in_two_parts_is_fold_in_one(choices: list[int], cut: int) -> None:
    log = log_of(choices)
    records = log.topics[TOPIC, 0]
    cut = min(cut, len(records))
    state = PartitionState(ChainEngine(), start=0, tail=1000)
    state.fold(Run(tp=(TOPIC, 0), start=0, end=cut, records=tuple(records[:cut])))
    state.fold(Run(tp=(TOPIC, 0), start=0, end=len(records), records=tuple(records)))
    assert state.dump() == fold_all(log).dump()
    assert {a.alert_id: a for a in state.tail()} == expected_of(log)


def test_a_run_after_a_hole_is_refused() -> None:
    log = log_of([0, 1, 2])
    state = PartitionState(ChainEngine(), start=0, tail=10)
    with pytest.raises(HoleError):
        state.fold(Run(tp=(TOPIC, 0), start=1, end=2, records=(log.topics[TOPIC, 0][1],)))
    assert state.next == 0


def test_offsets_without_a_record_are_passed_by() -> None:
    log = log_of([0, 1])
    first, second = log.topics[TOPIC, 0]
    state = PartitionState(ChainEngine(), start=0, tail=10)
    state.fold(Run(tp=(TOPIC, 0), start=0, end=7, records=(first, second)))
    assert state.next == 7


def test_garbage_and_bugs_cost_one_message_each() -> None:
    log = MemoryLog(partitions=1)
    log.append(TOPIC, 0, b"garbage")
    log.append(TOPIC, 0, encode_event(replace(make_strike(), confidence=0.0)))
    log.append(TOPIC, 0, event_value(1, "RUS|UKR"))
    log.append(TOPIC, 0, event_value(2, None))
    state = PartitionState(ChainEngine(), start=0, tail=10)
    folded = state.fold(Run(tp=(TOPIC, 0), start=0, end=4, records=tuple(log.topics[TOPIC, 0])))
    outcomes = [each.outcome for each in folded]
    assert outcomes == [Outcome.INVALID, Outcome.UNEXPECTED, Outcome.APPLIED, Outcome.UNCORRELATED]
    assert state.next == 4


def test_the_tail_has_each_alert_once_and_only_recent_ones() -> None:
    log = log_of([0, 1, 0, 0])
    state = PartitionState(ChainEngine(), start=0, tail=2)
    state.fold(Run(tp=(TOPIC, 0), start=0, end=4, records=tuple(log.topics[TOPIC, 0])))
    assert [(alert.conflict, alert.revision) for alert in state.tail()] == [("RUS|UKR", 3)]


async def test_a_partition_that_comes_back_speaks_again() -> None:
    log, tp = log_of([0, 1]), (TOPIC, 0)
    driver = Driver(log, settings_in())
    await driver.begin(1, {tp: 2})
    await driver.partitions.ready(0)
    assert len(log.topics["alerts", 0]) == 2
    await driver.begin(2, {tp: 2})
    await driver.partitions.ready(0)
    assert len(log.topics["alerts", 0]) == 4


async def test_messages_of_an_old_generation_and_of_lost_partitions_are_left_alone() -> None:
    log, tp = log_of([0, 1]), (TOPIC, 0)
    driver = Driver(log, settings_in())
    await driver.begin(5, {tp: None})
    await driver.deliver(log.topics[tp], generation=4)
    assert driver.offsets.next(tp) is None
    await driver.begin(6, {})
    await driver.deliver(log.topics[tp])
    assert driver.offsets.next(tp) is None
    assert ("alerts", 0) not in log.topics


async def test_retention_may_remove_the_beginning() -> None:
    log, tp = log_of([0, 0, 0, 0]), (TOPIC, 0)
    log.removed[tp] = 2
    driver = Driver(log, settings_in())
    await driver.begin(1, {tp: 3})
    state = await driver.partitions.ready(0)
    assert state is not None
    assert state.next == 3
    await driver.deliver(log.topics[tp][3:])
    assert driver.offsets.next(tp) == 4


@given(CHOICES, st.lists(st.integers(0, 25), max_size=4))
def test_however_the_log_is_cut_into_batches_each_alert_goes_out_once_in_each(
    choices: list[int], cuts: list[int]
) -> None:
    log, tp = log_of(choices), (TOPIC, 0)
    records = log.topics[tp]
    borders = sorted({0, len(records), *(min(cut, len(records)) for cut in cuts)})

    async def live() -> None:
        driver = Driver(log, settings_in())
        await driver.begin(1, {tp: None})
        for start, end in itertools.pairwise(borders):
            sent = len(log.topics.get(("alerts", 0), []))
            await driver.deliver(records[start:end])
            keys = [record.key for record in log.topics.get(("alerts", 0), [])[sent:]]
            assert len(keys) == len(set(keys))

    asyncio.run(live())
    assert final_of(log) == expected_of(log)
