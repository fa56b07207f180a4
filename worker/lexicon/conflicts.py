"""Which wars are known: who fights whom, under which names, from when to when, where."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from worker.lexicon.actors import read_toml
from worker.lexicon.entries import ConflictEntry, ConflictSide

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.lexicon.entries import ActorEntry

SIDES = 2


def load_conflicts(actors: Mapping[str, ActorEntry]) -> tuple[ConflictEntry, ...]:
    """Every known conflict in the order of the file, which is the order of ids, then of start.

    Raises ValueError where a side or a member is no known actor, an actor stands on both sides, the end is
    not after the start, or an entry is out of order.
    """
    conflicts = tuple(_conflict(fields) for fields in read_toml("conflicts")["conflict"])
    for conflict in conflicts:
        _check(conflict, actors)
    keys = [(conflict.id, conflict.start) for conflict in conflicts]
    for before, after in pairwise(keys):
        if before >= after:
            message = f"conflicts.toml: {before} must come after {after}"
            raise ValueError(message)
    return conflicts


def _conflict(fields: Mapping[str, Any]) -> ConflictEntry:
    """One entry. `sides` maps each side's id to the other actors that fight on it."""
    sides = [
        ConflictSide(id=side, members=(side, *members)) for side, members in sorted(fields["sides"].items())
    ]
    if len(sides) != SIDES:
        message = f"conflict {fields['name']!r} must have two sides, not {len(sides)}"
        raise ValueError(message)
    return ConflictEntry(
        id="|".join(side.id for side in sides),
        name=fields["name"],
        topics=(fields["name"], *fields.get("topics", ())),
        sides=(sides[0], sides[1]),
        start=fields["start"],
        end=fields.get("end"),
        theatre=tuple(fields.get("theatre", ())),
        war=fields.get("war", False),
        crime=fields.get("crime", False),
        coalition=fields.get("coalition"),
    )


def _check(conflict: ConflictEntry, actors: Mapping[str, ActorEntry]) -> None:
    coalition = () if conflict.coalition is None else (conflict.coalition,)
    for member in (*conflict.sides[0].members, *conflict.sides[1].members, *coalition):
        if member not in actors:
            message = f"conflict {conflict.id}: unknown actor {member!r}"
            raise ValueError(message)
    both = set(conflict.sides[0].members) & set(conflict.sides[1].members)
    if both:
        message = f"conflict {conflict.id}: on both sides: {sorted(both)}"
        raise ValueError(message)
    if conflict.end is not None and conflict.end <= conflict.start:
        message = f"conflict {conflict.id}: ends before it begins"
        raise ValueError(message)
