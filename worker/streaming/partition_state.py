"""The state of one partition of `events`: a fold of that partition's log, and nothing else.

Pure but for decoding: records in, alerts out, no broker. The same log gives the same state and the same
alerts whether it is read in one go, from a snapshot on, or with records delivered more than once.
"""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from worker.streaming.published import as_published
from worker.wire import InvalidMessage, decode_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from worker.alert import Alert
    from worker.event import Event
    from worker.streaming.continuity import Run
    from worker.streaming.record import Record


class Step(Protocol):
    """What correlation says of one event."""

    @property
    def alerts(self) -> tuple[Alert, ...]: ...  # noqa: D102

    @property
    def changed(self) -> bool: ...  # noqa: D102

    @property
    def late(self) -> object | None: ...  # noqa: D102


class Engine(Protocol):
    """Correlation as the fold needs it. `id` names code and policy: equal ids give equal alerts."""

    id: str

    def new_state(self, conflict: str) -> Any:  # noqa: ANN401 - opaque here
        """Nothing is known of the conflict yet."""

    def advance(self, state: Any, event: Event, *, at: datetime | None) -> Step:  # noqa: ANN401
        """One step; owns the state it is given. `at` is when the event was written to its log."""

    def alerts(self, state: Any) -> Iterable[Alert]:  # noqa: ANN401
        """The alerts that are remembered, each at its current revision, retracted ones included."""

    def dump(self, state: Any) -> dict[str, Any]:  # noqa: ANN401
        """The state as plain values."""

    def load(self, raw: dict[str, Any]) -> Any:  # noqa: ANN401
        """The state from plain values; ValueError for another version."""


class Outcome(StrEnum):
    """What became of an event, as counted."""

    APPLIED = "applied"
    """It changed the state."""
    UNCHANGED = "unchanged"
    """Nothing new in it, such as an event id known already."""
    REPEATED = "repeated"
    """The offset was folded before: its alerts go out again."""
    UNCORRELATED = "uncorrelated"
    """Its conflict is unknown."""
    INVALID = "invalid"
    UNEXPECTED = "unexpected"


class Folded(NamedTuple):
    """What one record gave. `error` is set for invalid and unexpected ones, which the fold leaves out."""

    record: Record
    outcome: Outcome
    alerts: tuple[Alert, ...] = ()
    event: Event | None = None
    late: str | None = None
    error: Exception | None = None


class HoleError(Exception):
    """Records are missing before the run: folding on would make a state that no log gives."""


class NotRepeatableError(Exception):
    """An event folded before changed the state again: it is no longer the fold of the log, build it anew."""


class PartitionState:
    """The fold. `next` is the offset of the first record that is not in it."""

    def __init__(self, engine: Engine, *, start: int, tail: int) -> None:
        """Empty at `start`; remembers the alerts of the last `tail` offsets."""
        self.next = start
        self.last: Record | None = None
        """The record folded last: what a snapshot is recognised by."""
        self.bases: dict[str, int] = {}
        """What is added to an alert's revision, where another engine has published it before."""
        self._engine = engine
        self._conflicts: dict[str, Any] = {}
        self._tail_length = tail
        self._tail: deque[tuple[int, tuple[Alert, ...]]] = deque()

    @property
    def engine(self) -> str:
        """Id of the engine that folds."""
        return self._engine.id

    @property
    def conflicts(self) -> int:
        """How many conflicts are remembered."""
        return len(self._conflicts)

    @property
    def names(self) -> tuple[str, ...]:
        """The conflicts remembered."""
        return tuple(self._conflicts)

    def fold(self, run: Run) -> list[Folded]:
        """Fold the records of a run that starts at `next` or before; `next` is its end after that.

        Records before `next` are in the state already: their alerts come again at their current revision.
        Raises HoleError, and NotRepeatableError if an event turns out to be new that must not be.
        """
        if run.start > self.next:
            raise HoleError(f"expected offset {self.next}, got {run.start}")
        found = []
        for record in run.records:
            repeated = record.offset < self.next
            folded = self._fold_one(record, repeated=repeated)
            found.append(folded)
            if not repeated:
                self.next = record.offset + 1
                self.last = record
                self._remember(record.offset, folded.alerts)
        self.next = max(self.next, run.end)
        return found

    def _fold_one(self, record: Record, *, repeated: bool) -> Folded:
        event = None
        try:
            event = decode_event(record.value)
            if event.conflict is None:
                return Folded(record=record, outcome=Outcome.UNCORRELATED, event=event)
            state = self._conflicts.get(event.conflict)
            if state is None:
                state = self._conflicts[event.conflict] = self._engine.new_state(event.conflict)
            step = self._engine.advance(state, event, at=record.time)
        except InvalidMessage as error:
            return Folded(record=record, outcome=Outcome.INVALID, error=error)
        except Exception as error:  # noqa: BLE001 - a bug of ours must cost one message, not the stream
            return Folded(record=record, outcome=Outcome.UNEXPECTED, event=event, error=error)
        if repeated and step.changed:
            raise NotRepeatableError(f"{record.topic}/{record.partition} at {record.offset}")
        changed = Outcome.APPLIED if step.changed else Outcome.UNCHANGED
        return Folded(
            record=record,
            outcome=Outcome.REPEATED if repeated else changed,
            alerts=step.alerts,
            event=event,
            late=None if step.late is None else str(step.late),
        )

    def _remember(self, offset: int, alerts: tuple[Alert, ...]) -> None:
        if alerts:
            self._tail.append((offset, alerts))
        while self._tail and self._tail[0][0] < self.next - self._tail_length:
            self._tail.popleft()

    def tail(self) -> list[Alert]:
        """The alerts of the last offsets, each once, at its latest, in the order of that."""
        latest: dict[str, Alert] = {}
        for _, alerts in self._tail:
            for alert in alerts:
                latest.pop(alert.alert_id, None)
                latest[alert.alert_id] = alert
        return list(latest.values())

    def alerts(self) -> Iterator[Alert]:
        """All alerts that are remembered, at their current revision; forgotten ones have been sent long ago."""
        for state in self._conflicts.values():
            yield from self._engine.alerts(state)

    def published(self, alert: Alert) -> Alert:
        """The alert as it goes out."""
        return as_published(alert, self.bases.get(alert.alert_id, 0))

    def dump(self) -> dict[str, Any]:
        """What a snapshot holds beside the tail: plain values."""
        return {name: self._engine.dump(state) for name, state in self._conflicts.items()}

    def dump_tail(self) -> tuple[tuple[int, tuple[Alert, ...]], ...]:
        """The remembered alerts by offset."""
        return tuple(self._tail)

    def restore(
        self,
        *,
        next_offset: int,
        last: Record,
        conflicts: Mapping[str, dict[str, Any]],
        tail: tuple[tuple[int, tuple[Alert, ...]], ...],
        bases: Mapping[str, int],
    ) -> None:
        """Take over what a snapshot held. Raises ValueError where the engine does not know the version."""
        loaded = {name: self._engine.load(raw) for name, raw in conflicts.items()}
        self.next, self.last, self._conflicts = next_offset, last, loaded
        self.bases = dict(bases)
        self._tail = deque(tail)
