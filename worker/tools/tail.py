"""Following the alerts: every alert once per revision, and never an older revision after a newer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafka import TopicPartition
from kafka.errors import KafkaError

from worker.tools.clients import BrokerError, batches, consumer, partitions_of
from worker.wire import InvalidMessage, decode_alert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from worker.alert import Alert
    from worker.settings import Settings

WAIT = 0.5
"""Seconds for which a poll waits, and so at most for the answer to Ctrl-C or `stop`."""
MOST_REMEMBERED = 200_000
"""Alerts whose revision is remembered; the ones seen longest ago are forgotten first."""


class Revisions:
    """Which revision of each alert was seen: messages come at least once, and a stopped worker may speak late."""

    def __init__(self) -> None:
        """Nothing was seen."""
        self._seen: dict[str, int] = {}

    def is_news(self, alert: Alert) -> bool:
        """Whether this revision is higher than all seen of the alert; it counts as seen from now on."""
        known = self._seen.pop(alert.alert_id, 0)
        self._seen[alert.alert_id] = max(known, alert.revision)
        if len(self._seen) > MOST_REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return alert.revision > known


def follow_alerts(
    settings: Settings,
    *,
    from_beginning: bool = False,
    stop: Callable[[], bool] | None = None,
    ready: Callable[[], None] | None = None,
) -> Iterator[Alert]:
    """Alerts as they are published, for ever or until `stop` says so; `ready` is called once following begins.

    With `from_beginning` those already there come first. Raises BrokerError.
    """
    client = consumer(settings)
    revisions = Revisions()
    try:
        places = [TopicPartition(settings.alerts, n) for n in partitions_of(client, settings.alerts)]
        client.assign(places)
        if from_beginning:
            client.seek_to_beginning(*places)
        else:
            client.seek_to_end(*places)
        for place in places:
            client.position(place)
        if ready is not None:
            ready()
        for records in batches(client, wait=WAIT):
            for record in records:
                alert = _alert(record.value)
                if alert is not None and revisions.is_news(alert):
                    yield alert
            if stop is not None and stop():
                return
    except KafkaError as error:
        raise BrokerError(f"{settings.alerts}: {error}") from error
    finally:
        client.close()


def _alert(value: bytes | None) -> Alert | None:
    """The alert; None for a tombstone or what is not one of ours."""
    try:
        return decode_alert(value)
    except InvalidMessage:
        return None
