"""What earlier releases wrote is read by this one: one directory in `tests/fixtures/releases` for each.

`python -m tests.streaming.test_releases` writes the one of this release, and refuses to write over it: what is out
there does not change any more.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import json
import shutil
import sys
from base64 import b64decode, b64encode
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.correlation.seeds import first_article, second_article
from tests.factories import make_article_ref, make_diplomacy, make_strike
from tests.streaming.driver import Driver, MemoryLog, settings_in
from tests.streaming.test_fold import final_of
from worker.correlation import Policy
from worker.observability import metrics as m
from worker.streaming.engine import CorrelationEngine
from worker.streaming.published import same_content
from worker.streaming.snapshots import snapshot_path
from worker.wire import decode_alert, decode_event, encode_alert, encode_event

if TYPE_CHECKING:
    from datetime import datetime

    from worker.alert import Alert

RELEASES = Path(__file__).parents[1] / "fixtures" / "releases"
TP = ("events", 0)
EVENTS, ALERTS, SNAPSHOT = "events.jsonl", "alerts.jsonl", "snapshot.state"
CUT = 12
"""Records of the log that are in the snapshot."""


def log_in(directory: Path) -> MemoryLog:
    """The two topics as they stood, `events` and `alerts`."""
    log = MemoryLog(partitions=1)
    for topic, name in (("events", EVENTS), ("alerts", ALERTS)):
        for line in (directory / name).read_text("utf-8").splitlines():
            message = json.loads(line)
            log.append(
                topic,
                0,
                message["value"].encode(),
                key=message["key"].encode(),
                headers=tuple((name, b64decode(value)) for name, value in message["headers"]),
                timestamp=message["timestamp"],
            )
    return log


def releases() -> list[Path]:
    return sorted(RELEASES.iterdir())


def test_there_is_one_directory_for_each_release() -> None:
    assert importlib.metadata.version("trucewatch") in {path.name for path in releases()}


@pytest.mark.parametrize("release", releases(), ids=lambda path: path.name)
def test_its_messages_are_read(release: Path) -> None:
    log = log_in(release)
    for record in log.topics[TP]:
        event = decode_event(record.value)
        assert decode_event(encode_event(event)) == event
    for record in log.topics["alerts", 0]:
        alert = decode_alert(record.value)
        assert decode_alert(encode_alert(alert)) == alert


@pytest.mark.parametrize("release", releases(), ids=lambda path: path.name)
@pytest.mark.parametrize("kept", [True, False], ids=["with its snapshot", "without"])
async def test_this_release_goes_on_from_it(release: Path, tmp_path: Path, *, kept: bool) -> None:
    """A worker that takes over publishes what its own rules say, no revision twice with another content."""
    log = log_in(release)
    before = final_of(log)
    assert before
    if kept:
        shutil.copy(release / SNAPSHOT, snapshot_path(tmp_path, TP))
    driver = Driver(log, settings_in(tmp_path), engine=CorrelationEngine(Policy()))
    end = len(log.topics[TP])
    await driver.begin(1, {TP: end})
    state = await driver.partitions.ready(0)

    assert not driver.fatal
    assert state is not None
    assert state.next == end
    known = {outcome: driver.metrics.value(m.SNAPSHOTS, outcome) or 0 for outcome in ("used", "ignored")}
    assert sum(known.values()) == kept
    same_engine = {alert.engine for alert in before.values()} == {state.engine}
    assert known["used"] == 0 or same_engine
    after = final_of(log)
    undisturbed = alone(log)
    assert {a for a in after if a in undisturbed and same_content(after[a], undisturbed[a])} == set(
        undisturbed
    )
    assert all(after[name].revision >= alert.revision for name, alert in before.items())
    await driver.partitions.close()


def alone(log: MemoryLog) -> dict[str, Alert]:
    """What this release makes of the same events."""
    engine = CorrelationEngine(Policy())
    alerts: dict[str, Alert] = {}
    states: dict[str, Any] = {}
    for record in log.topics[TP]:
        event = decode_event(record.value)
        if event.conflict is not None:
            state = states.setdefault(event.conflict, engine.new_state(event.conflict))
            step = engine.advance(state, event, at=record.time)
            alerts.update((alert.alert_id, alert) for alert in step.alerts)
    return alerts


def _events() -> list[Any]:
    other = make_article_ref("other", source="Third Paper", published_at="2025-03-20T08:00")
    return [
        *first_article(),
        *second_article(),
        make_diplomacy("ceasefire_extended", article=other, effective_until=first_article()[0].event_time),
        make_strike(article=replace(other, id="other-2", content_hash="2"), killed=None),
        first_article()[0],
    ]


async def _write(directory: Path) -> None:
    log, scratch = MemoryLog(partitions=1), directory / "scratch"
    for event in _events():
        at = event.article.seen_at
        log.append("events", 0, encode_event(event), key=event.conflict.encode(), timestamp=_millis(at))
    engine = CorrelationEngine(Policy())
    driver = Driver(log, settings_in(scratch), engine=engine)
    await driver.begin(1, {TP: None})
    await driver.deliver(log.topics[TP][:CUT])
    await driver.partitions.close()
    shutil.copy(snapshot_path(scratch, TP), directory / SNAPSHOT)
    shutil.rmtree(scratch)
    await driver.deliver(log.topics[TP][CUT:])
    for topic, name in (("events", EVENTS), ("alerts", ALERTS)):
        lines = [
            json.dumps(
                {
                    "key": record.key.decode(),
                    "timestamp": record.timestamp,
                    "headers": [[key, b64encode(value or b"").decode()] for key, value in record.headers],
                    "value": record.value.decode(),
                },
                ensure_ascii=False,
            )
            for record in log.topics[topic, 0]
            if record.key is not None and record.value is not None
        ]
        (directory / name).write_text("\n".join(lines) + "\n", "utf-8")


def _millis(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


if __name__ == "__main__":
    target = RELEASES / importlib.metadata.version("trucewatch")
    if (target / EVENTS).exists() and "--again" not in sys.argv:
        sys.exit(f"{target.name} is there already; --again rewrites it, which only the release itself may do")
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(_write(target))
