"""Which faults there are, and how they are drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tests.faults.workers import REQUEST_TIMEOUT, SESSION_TIMEOUT

if TYPE_CHECKING:
    import random


class Kind(StrEnum):
    """What may happen."""

    WORKER_KILLED = "worker_killed"
    WORKER_STOPPED = "worker_stopped"
    WORKER_FROZEN = "worker_frozen"
    """SIGSTOP for longer than the session time-out: a zombie when it goes on."""
    STRUCK_AT_START = "struck_at_start"
    """Killed, started again, and stopped or killed while it starts, joins its group and rebuilds its state."""
    STOPPED_UNHEARD = "stopped_unheard"
    """SIGTERM while none of the brokers answers it."""
    WORKERS_CHANGED = "workers_changed"
    """One more, or one less."""
    WORKER_CLOCK = "worker_clock"
    """Started again with its clock a day ahead or behind."""
    CLOCK_STEPPED = "clock_stepped"
    """The clock of a running worker goes back by a day."""
    CACHE_GONE = "cache_gone"
    """Where its directory for snapshots was there is a file for a while."""
    SNAPSHOTS_DAMAGED = "snapshots_damaged"
    """Killed, its snapshots cut or garbled, started again."""
    BROKER_KILLED = "broker_killed"
    """Like all of `OF_KILLED` also for longer than a request may take."""
    BROKER_STOPPED = "broker_stopped"
    BROKERS_KILLED = "brokers_killed"
    """All but one at once: nothing can be written until they are back."""
    BROKER_FROZEN = "broker_frozen"
    """SIGSTOP of a broker: a disk that does not answer."""
    LEADERS_MOVED = "leaders_moved"
    NETWORK_CUT = "network_cut"
    """Between all workers and one broker."""
    WORKER_CUT_OFF = "worker_cut_off"
    """Between one worker and all brokers."""
    BROKER_SLOW = "broker_slow"
    ARTICLE_REPEATED = "article_repeated"
    """One article, dozens of times."""
    PARTITIONS_ADDED = "partitions_added"
    """To `articles`."""


OF_WORKER = {
    Kind.WORKER_KILLED,
    Kind.WORKER_STOPPED,
    Kind.WORKER_FROZEN,
    Kind.STRUCK_AT_START,
    Kind.STOPPED_UNHEARD,
    Kind.WORKER_CLOCK,
    Kind.CLOCK_STEPPED,
    Kind.CACHE_GONE,
    Kind.SNAPSHOTS_DAMAGED,
}
OF_READY_WORKER = {Kind.STOPPED_UNHEARD, Kind.CLOCK_STEPPED}
OF_BROKER = {Kind.BROKER_KILLED, Kind.BROKER_STOPPED, Kind.BROKERS_KILLED, Kind.BROKER_FROZEN}
OF_KILLED = {Kind.BROKER_KILLED, Kind.BROKERS_KILLED}
OF_SEVERAL_BROKERS = {Kind.BROKERS_KILLED, Kind.LEADERS_MOVED}
OF_NETWORK = {Kind.NETWORK_CUT, Kind.WORKER_CUT_OFF, Kind.BROKER_SLOW}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A fault as drawn: what, to which (by a share of those there are), for how long, how, and how long after."""

    kind: Kind
    target: float
    lasts: float
    manner: float
    gap: float


def draw_plans(count: int, *, nodes: int, chance: random.Random) -> list[Plan]:
    """Faults in decks of all kinds, so that each comes up, shuffled."""
    kinds = [kind for kind in Kind if nodes > 1 or kind not in OF_SEVERAL_BROKERS]
    plans: list[Plan] = []
    while len(plans) < count:
        deck = list(kinds)
        chance.shuffle(deck)
        plans += [
            Plan(
                kind=kind,
                target=chance.random(),
                lasts=_duration(kind, chance),
                manner=chance.random(),
                gap=chance.uniform(0.5, 4.0),
            )
            for kind in deck
        ]
    return plans[:count]


def _duration(kind: Kind, chance: random.Random) -> float:
    if kind is Kind.WORKER_FROZEN:
        return SESSION_TIMEOUT + chance.uniform(1.0, 6.0)
    if kind is Kind.STRUCK_AT_START:
        return chance.uniform(0.0, 8.0)
    if kind in OF_KILLED:
        return chance.uniform(1.0, REQUEST_TIMEOUT + 5.0)
    if kind in (Kind.CACHE_GONE, Kind.BROKER_FROZEN, *OF_NETWORK):
        return chance.uniform(1.0, 14.0)
    return chance.uniform(0.0, 4.0)
