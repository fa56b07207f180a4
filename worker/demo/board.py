"""The alerts that have been seen, at their highest revision."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from worker.alert import AlertStatus

if TYPE_CHECKING:
    from worker.alert import Alert


class Board:
    """Alerts by id, shared by the thread that reads them and those that serve the page."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._alerts: dict[str, Alert] = {}

    def take(self, alert: Alert) -> bool:
        """Keep an alert if it is new or of a higher revision; whether it was."""
        with self._lock:
            known = self._alerts.get(alert.alert_id)
            if known is not None and known.revision >= alert.revision:
                return False
            self._alerts[alert.alert_id] = alert
            return True

    def knows(self, alert_id: str) -> bool:
        """Whether some revision of the alert was taken."""
        with self._lock:
            return alert_id in self._alerts

    def alerts(self) -> tuple[Alert, ...]:
        """All alerts, the latest change first, retracted ones included."""
        with self._lock:
            alerts = tuple(self._alerts.values())
        return tuple(sorted(alerts, key=lambda alert: (alert.updated_at, alert.alert_id), reverse=True))

    def standing(self) -> int:
        """How many alerts are not retracted."""
        return sum(alert.status is not AlertStatus.RETRACTED for alert in self.alerts())
