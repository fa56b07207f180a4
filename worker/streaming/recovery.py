"""Faust's beginning of a generation, without a time-out. See docs/decisions/0013-a-generation-begins-when-it-can.md.

`_wait` and `recovery` are Faust's own (0.15.3, pinned).
"""

from __future__ import annotations

from typing import Any

from faust.tables.manager import TableManager
from faust.tables.recovery import Recovery


class PatientRecovery(Recovery):
    """Waits for the brokers as long as it takes; another rebalance or a stop ends the waiting."""

    async def _wait(self, coro: Any, timeout: object = None) -> None:  # noqa: ANN401, ARG002, ASYNC109 - as in Faust
        await super()._wait(coro)


class Tables(TableManager):
    """A manager of no tables, by whose recovery the streams begin all the same."""

    @property
    def recovery(self) -> Recovery:
        """Its recovery, made when it is first asked for."""
        if self._recovery is None:
            self._recovery = PatientRecovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery
