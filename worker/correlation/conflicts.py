"""Which events may meet: the conflict they belong to, and who stands against whom in it.

The conflict key ("RUS|UKR") is also the key of the Kafka message, so all that may meet is on one partition.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from worker.event import Actor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.event import StrikeEvent


class Direction(NamedTuple):
    """Who attacks whom, by side."""

    actor: str
    recipient: str


def sides_of(conflict: str) -> tuple[str, ...]:
    """The two side ids of a conflict key."""
    return tuple(conflict.split("|"))


def side_of(actor: Actor, sides: tuple[str, ...]) -> str:
    """The side an actor fights on here; a third party stands for itself."""
    if actor.side in sides:
        return actor.side
    return actor.id


def sides_in(actors: Iterable[Actor], sides: tuple[str, ...]) -> frozenset[str]:
    """Those of the conflict's two sides that any of the actors belongs to."""
    return frozenset([side for actor in actors if (side := side_of(actor, sides)) in sides])


def direction_of(event: StrikeEvent, sides: tuple[str, ...]) -> Direction | None:
    """Who attacks whom; the one left unnamed is taken to be the other side, None where that does not help."""
    actor = _leading_side(event.actors, sides)
    recipient = _leading_side(event.recipients, sides)
    if actor is None:
        actor = opposite(recipient, sides)
    elif recipient is None:
        recipient = opposite(actor, sides)
    if actor is None or recipient is None or actor == recipient:
        return None
    return Direction(actor, recipient)


def opposite(side: str | None, sides: tuple[str, ...]) -> str | None:
    """The other side of a conflict, None for whoever is not one of the two."""
    if len(sides) == 2 and side in sides:  # noqa: PLR2004  (a conflict has two sides)
        return sides[1] if side == sides[0] else sides[0]
    return None


def inferred_actor(side: str) -> Actor:
    """A side that no text names."""
    return Actor(id=side, side=side, inferred=True)


def merged_actors(lists: Iterable[tuple[Actor, ...]]) -> tuple[Actor, ...]:
    """One actor per id, in order of id; words and name from the first list that has them, so sort lists first."""
    merged: dict[str, Actor] = {}
    for actors in lists:
        for actor in actors:
            merge_actor(merged, actor)
    return tuple([merged[actor_id] for actor_id in sorted(merged)])


def merge_actor(merged: dict[str, Actor], actor: Actor) -> bool:
    """One more actor to those that came before it; whether that added anything."""
    known = merged.get(actor.id)
    if known is None:
        merged[actor.id] = actor
    elif known is actor or (known.name is not None and known.text is not None and not known.inferred):
        return False  # nothing is left to add
    elif (known.inferred and not actor.inferred) or (known.text is None and actor.text is not None):
        merged[actor.id] = replace(actor, name=known.name or actor.name)
    elif known.name is None and actor.name is not None:
        merged[actor.id] = replace(known, name=actor.name)
    else:
        return False
    return True


def _leading_side(actors: tuple[Actor, ...], sides: tuple[str, ...]) -> str | None:
    """One of the two sides if any actor is of it (the least by name, so that order is no matter), else a third."""
    if len(actors) == 1:
        return side_of(actors[0], sides)
    if not actors:
        return None
    own = sides_in(actors, sides)
    return min(own) if own else min(side_of(actor, sides) for actor in actors)
