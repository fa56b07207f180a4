"""How far the work on each partition has come, and so what may be committed.

Faust's own count of acknowledged messages is not used: it counts messages that an agent failed on, messages
of a generation that is over, and holes. Here an offset is worked off when an agent says so, and not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.streaming.record import mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from worker.streaming.record import TP, Record


class Offsets:
    """Next offset to work on, per partition owned in the present generation of the consumer group."""

    def __init__(self) -> None:
        """Own nothing, in no generation."""
        self.generation = -1
        self._next: dict[TP, int | None] = {}
        self._marks: dict[TP, str] = {}

    def begin(self, generation: int, committed: Mapping[TP, int | None]) -> bool:
        """Own these partitions from their committed offsets on (None: nothing was committed yet).

        The same generation may begin again, when the consumer goes back to what is committed: what is worked
        off stays so. Returns whether the generation is a new one.
        """
        new = generation != self.generation
        before = {} if new else self._next
        self._marks = {} if new else self._marks
        self.generation = generation
        self._next = {tp: _later(before.get(tp), offset) for tp, offset in committed.items()}
        return new

    def revoke(self, partitions: Iterable[TP]) -> None:
        """Own these no longer: nothing of them may be committed from here."""
        for tp in partitions:
            self._next.pop(tp, None)
            self._marks.pop(tp, None)

    def owned(self) -> set[TP]:
        """The partitions owned."""
        return set(self._next)

    def owns(self, tp: TP, generation: int) -> bool:
        """Whether a message of `tp` that was read in `generation` is still ours to work on."""
        return generation == self.generation and tp in self._next

    def next(self, tp: TP) -> int | None:
        """The offset expected next; None while nothing was ever committed or worked off."""
        return self._next.get(tp)

    def mark(self, tp: TP) -> str:
        """What the log of a partition is recognised by, to be committed with the offset; empty where nothing is known."""
        return self._marks.get(tp, "")

    def done(self, tp: TP, next_offset: int, generation: int, last: Record | None = None) -> bool:
        """All before `next_offset` is worked off, the `last` record too. False, and nothing noted, if the generation is over."""
        if not self.owns(tp, generation):
            return False
        self._next[tp] = _later(self._next[tp], next_offset)
        if last is not None:
            self._marks[tp] = mark_of(last)
        return True


def _later(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)
