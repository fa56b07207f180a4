"""The alerts that consumers have: read back once on taking over, so that a new engine goes on from them.

Equal (alert_id, revision, engine) means equal content. When code or policy change, the state is built anew
with them, and where it comes to other alerts than were published the differences go out at the next revision.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from worker.alert import AlertStatus
from worker.observability.logging import get_logger
from worker.streaming.outbox import Outgoing
from worker.wire import InvalidMessage, decode_alert, encode_alert, headers_for_alert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from worker.alert import Alert
    from worker.streaming.log_reader import Log
    from worker.streaming.partition_state import Folded

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
    missing: tuple[Alert, ...]
    """What the log gives and the topic does not hold: alerts that brokers have lost, or whose topic was made anew."""


@dataclass(kw_only=True)
class Gathered:
    """What a rebuild finds in the log, beside the state."""

    published: Mapping[str, Published]
    latest: dict[str, Alert] = field(default_factory=dict)
    """The last alert of each id."""
    given: set[str] = field(default_factory=set)
    """Ids of the published alerts that the log gives exactly as they were published."""
    oldest: datetime | None = None
    """When the oldest event was seen."""

    def add(self, found: Iterable[Folded]) -> None:
        """Take in what was folded."""
        for folded in found:
            for alert in folded.alerts:
                self.latest[alert.alert_id] = alert
                entry = self.published.get(alert.alert_id)
                if entry is not None and as_published(alert, entry.base) == entry.alert:
                    self.given.add(alert.alert_id)
            if folded.event is not None:
                seen = folded.event.article.seen_at
                self.oldest = seen if self.oldest is None else min(self.oldest, seen)


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


def of_no_log(published: Mapping[str, Published], given: AbstractSet[str], engine: str) -> set[str]:
    """Ids of what this engine has published last and its fold does not give; `given` are those that it gives so.

    Either the fold has not come to them yet, or they are of another log: of a topic that was made anew, say. What it
    retracted because another engine had published it is of no log either, and in order.
    """
    return {
        alert_id
        for alert_id, entry in published.items()
        if entry.alert.engine == engine and entry.base < entry.alert.revision and alert_id not in given
    }


def as_published(alert: Alert, base: int) -> Alert:
    """The alert as it goes out: revisions go on from where another engine, or another log, has left them."""
    if not base:
        return alert
    revision = max(1, alert.revision + base)
    again = alert.status is AlertStatus.RAISED and revision > 1
    return replace(alert, revision=revision, status=AlertStatus.REVISED if again else alert.status)


def reconcile(
    published: Mapping[str, Published],
    latest: Mapping[str, Alert],
    strange: AbstractSet[str] = frozenset(),
    *,
    engine: str,
    known_since: datetime | None,
) -> Reconciled:
    """Compare the alerts that a fold of the whole log gives with those published by other engines.

    `strange` are the ids of those that this engine has published from another log.

    `known_since` is set where the log's beginning has been removed by retention: alerts that first came up
    before it cannot be judged by what is left, and stand as they are. So do those of another log that this one does not
    give: it may not have been filled again yet. Either way revisions go on above those published.
    """
    bases: dict[str, int] = {}
    differences: list[Alert] = []
    for alert_id, entry in published.items():
        old, new = entry.alert, latest.get(alert_id)
        unjudged = known_since is not None and old.first_seen_at < known_since
        of_other_log = alert_id in strange and not unjudged
        if old.engine == engine and not of_other_log:
            bases[alert_id] = entry.base
            continue
        if new is None:
            bases[alert_id] = old.revision
            if not (old.status is AlertStatus.RETRACTED or unjudged or of_other_log):
                bases[alert_id] += 1
                retraction = replace(
                    old, revision=old.revision + 1, status=AlertStatus.RETRACTED, engine=engine
                )
                differences.append(retraction)
        elif not of_other_log and (unjudged or same_content(old, new)):
            bases[alert_id] = old.revision - new.revision
        else:
            bases[alert_id] = old.revision + 1 - new.revision
            status = AlertStatus.REVISED if new.status is AlertStatus.RAISED else new.status
            differences.append(replace(new, revision=old.revision + 1, status=status))
    kept = {alert_id: base for alert_id, base in bases.items() if base}
    return Reconciled(
        bases=kept,
        differences=tuple(differences),
        settled=foreign(published, engine),
        missing=tuple(missing(latest.values(), published)),
    )


def missing(alerts: Iterable[Alert], published: Mapping[str, Published]) -> Iterator[Alert]:
    """Those that stand and that the topic does not hold."""
    for alert in alerts:
        if alert.alert_id not in published and alert.status is not AlertStatus.RETRACTED:
            yield alert


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
