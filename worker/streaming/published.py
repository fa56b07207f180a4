"""The alerts that consumers have: read back once on taking over, so that a new engine goes on from them.

Equal (alert_id, revision, engine) means equal content. When code or policy change, the state is built anew
with them, and where it comes to other alerts than were published the differences go out at the next revision.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from worker.alert import AlertStatus
from worker.observability.logging import get_logger
from worker.streaming.outbox import Outgoing
from worker.wire import InvalidMessage, decode_alert, encode_alert, headers_for_alert

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from worker.alert import Alert
    from worker.streaming.log_reader import Log

log = get_logger("published")

BASE_HEADER = "trucewatch.revision_base"
"""Header of an alert whose revision is not the state's own: what was added to that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The highest revision of an alert on the topic."""

    alert: Alert
    base: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What follows from the published alerts for a state."""

    bases: dict[str, int]
    differences: tuple[Alert, ...]
    """To send, at their final revision."""
    settled: dict[str, str]
    """Alert id to the "revision engine" of another engine that it was compared with."""


def outgoing_alert(alert: Alert, *, topic: str, base: int, timestamp: int | None) -> Outgoing:
    """The message that carries an alert (at its final revision)."""
    headers = headers_for_alert(alert)
    if base:
        headers.append((BASE_HEADER, str(base).encode()))
    return Outgoing(
        topic=topic,
        key=alert.alert_id.encode(),
        value=encode_alert(alert),
        headers=tuple(headers),
        timestamp=timestamp,
    )


async def read_published(
    reader: Log, topic: str, *, partition_of: Callable[[str], int]
) -> dict[int, dict[str, Published]]:
    """The highest revision of every alert, by the partition of `events` that its conflict lies on."""
    found: dict[str, Published] = {}
    for number in range(await reader.partitions(topic)):
        tp = (topic, number)
        async for batch in reader.read(tp, await reader.beginning(tp), await reader.end(tp)):
            for record in batch:
                if record.value is None:
                    continue
                try:
                    alert = decode_alert(record.value)
                except InvalidMessage as error:
                    log.warning("foreign_alert", partition=number, offset=record.offset, error=str(error))
                    continue
                known = found.get(alert.alert_id)
                if known is None or alert.revision >= known.alert.revision:
                    found[alert.alert_id] = Published(alert=alert, base=_base(record.headers))
    by_partition: dict[int, dict[str, Published]] = {}
    for alert_id, published in found.items():
        by_partition.setdefault(partition_of(published.alert.conflict), {})[alert_id] = published
    return by_partition


def foreign(published: Mapping[str, Published], engine: str) -> dict[str, str]:
    """Alert id to "revision engine" of those that another engine has published last."""
    return {
        alert_id: f"{entry.alert.revision} {entry.alert.engine}"
        for alert_id, entry in published.items()
        if entry.alert.engine != engine
    }


def own_bases(published: Mapping[str, Published], engine: str) -> dict[str, int]:
    """What this engine itself added to the revisions of alerts it published last."""
    return {
        alert_id: entry.base
        for alert_id, entry in published.items()
        if entry.base and entry.alert.engine == engine
    }


def reconcile(
    published: Mapping[str, Published],
    latest: Mapping[str, Alert],
    *,
    engine: str,
    known_since: datetime | None,
) -> Reconciled:
    """Compare the alerts that a fold of the whole log gives with those published by other engines.

    `known_since` is set where the log's beginning has been removed by retention: alerts that first came up
    before it cannot be judged by what is left, and stand as they are.
    """
    bases: dict[str, int] = {}
    differences: list[Alert] = []
    for alert_id, entry in published.items():
        old, new = entry.alert, latest.get(alert_id)
        if old.engine == engine:
            bases[alert_id] = entry.base
            continue
        unjudged = known_since is not None and old.first_seen_at < known_since
        if new is None:
            bases[alert_id] = old.revision
            if old.status is not AlertStatus.RETRACTED and not unjudged:
                bases[alert_id] += 1
                retraction = replace(
                    old, revision=old.revision + 1, status=AlertStatus.RETRACTED, engine=engine
                )
                differences.append(retraction)
        elif unjudged or same_content(old, new):
            bases[alert_id] = old.revision - new.revision
        else:
            bases[alert_id] = old.revision + 1 - new.revision
            status = AlertStatus.REVISED if new.status is AlertStatus.RAISED else new.status
            differences.append(replace(new, revision=old.revision + 1, status=status))
    kept = {alert_id: base for alert_id, base in bases.items() if base}
    return Reconciled(bases=kept, differences=tuple(differences), settled=foreign(published, engine))


def same_content(one: Alert, other: Alert) -> bool:
    """Whether two alerts tell the same, apart from how they came about."""
    if (one.status is AlertStatus.RETRACTED) != (other.status is AlertStatus.RETRACTED):
        return False
    return (
        replace(
            one,
            revision=other.revision,
            status=other.status,
            engine=other.engine,
            first_seen_at=other.first_seen_at,
            updated_at=other.updated_at,
        )
        == other
    )


def _base(headers: tuple[tuple[str, bytes | None], ...]) -> int:
    for name, value in headers:
        if name == BASE_HEADER and value is not None:
            try:
                return int(value)
            except ValueError:
                return 0
    return 0
