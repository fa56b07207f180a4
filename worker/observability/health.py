"""Whether a worker lives and whether it is ready: kept by the worker, read by the web endpoint's thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

BEAT_LIMIT = 15.0
"""Seconds without a turn of the event loop after which the worker counts as dead."""

Partition = tuple[str, int]


@dataclass
class Health:
    """What is known of a worker's health. Times are monotonic seconds, given by the caller.

    Alive: the event loop turns, no partition that has messages stands still for `stuck_after`, and the worker is not out
    of its group for as long while the brokers answer. While state is rebuilt, nothing is expected to move.
    """

    stuck_after: float
    started: bool = False
    """The agents run and the producer is connected."""
    rebuilding: set[int] = field(default_factory=set)
    """Partitions of the events topic whose state is being rebuilt."""
    stopping: bool = False
    _beat: float | None = None
    _joined: bool = False
    _left: float | None = None
    _answered: float | None = None
    _moved: dict[Partition, float] = field(default_factory=dict)
    _lag: dict[Partition, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def beat(self, now: float) -> None:
        """The event loop turned."""
        self._beat = now

    def leave(self, now: float) -> None:
        """The generation of the group is over."""
        with self._lock:
            self._joined, self._left = False, now

    def brokers(self, *, answer: bool, now: float) -> None:
        """Whether the brokers answer; counts from when they began to."""
        with self._lock:
            self._answered = (self._answered or now) if answer else None

    def own(self, partitions: set[Partition], now: float) -> None:
        """A member in a new generation: these partitions are ours, their clocks start now."""
        with self._lock:
            self._joined = True
            self._moved = dict.fromkeys(partitions, now)
            self._lag = dict.fromkeys(partitions, 0)

    def moved(self, partition: Partition, now: float) -> None:
        """Work on a partition went on."""
        with self._lock:
            if partition in self._moved:
                self._moved[partition] = now

    def lag(self, partition: Partition, messages: int, now: float) -> None:
        """So many messages wait on a partition; none waiting is as good as progress."""
        with self._lock:
            if partition in self._moved:
                self._lag[partition] = messages
                if messages <= 0:
                    self._moved[partition] = now

    def faults(self, now: float) -> list[str]:
        """Why the worker is not alive; empty while it is."""
        if self._beat is None:
            return []
        if now - self._beat > BEAT_LIMIT:
            return [f"the event loop has not turned for {now - self._beat:.0f} s"]
        if self.rebuilding or self.stopping:
            return []
        with self._lock:
            if not self._joined:
                return self._out_of_group(now)
        return self.still(self.stuck_after, now)

    def still(self, seconds: float, now: float) -> list[str]:
        """The partitions of ours that have messages and have not moved for so long; none while nothing is expected to."""
        if self.rebuilding or self.stopping:
            return []
        with self._lock:
            return [
                f"{topic}/{number} has not moved for {now - since:.0f} s, {self._lag[topic, number]} waiting"
                for (topic, number), since in sorted(self._moved.items())
                if self._joined and self._lag[topic, number] > 0 and now - since > seconds
            ]

    def _out_of_group(self, now: float) -> list[str]:
        if self._answered is None:
            return []
        out = now - max(self._answered, self._left or self._answered)
        return (
            [f"not in its group for {out:.0f} s, although the brokers answer"]
            if out > self.stuck_after
            else []
        )

    def missing(self) -> list[str]:
        """What is not ready yet; empty when the worker is ready."""
        missing = []
        if self.stopping:
            missing.append("stopping")
        if not self.started:
            missing.append("starting")
        elif not self._joined:
            missing.append("joining the consumer group")
        if self.rebuilding:
            missing.append(
                "rebuilding state of partition " + ", ".join(map(str, sorted(self.rebuilding.copy())))
            )
        return missing
