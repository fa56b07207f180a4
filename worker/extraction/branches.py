"""Events in the name of the movement: the provinces of Islamic State are one actor to whoever joins events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from worker.event import StrikeEvent

if TYPE_CHECKING:
    from worker.event import Actor, Event
    from worker.lexicon import Lexicon


def in_its_name(event: Event, lexicon: Lexicon) -> Event:
    """An event with each branch under the id and name of its movement; what is written of it stays in `text`."""
    roles = (
        ("actors", "recipients")
        if isinstance(event, StrikeEvent)
        else ("parties", "bound", "rejecting", "speaker", "mediators")
    )
    told = {role: getattr(event, role) for role in roles}
    named = {role: tuple(_movement(a, lexicon) for a in actors) for role, actors in told.items()}
    return event if named == told else replace(event, **named)


def _movement(actor: Actor, lexicon: Lexicon) -> Actor:
    entry = lexicon.actors.get(actor.id)
    if entry is None or entry.branch_of is None:
        return actor
    whole = lexicon.actors[entry.branch_of]
    return replace(actor, id=whole.id, side=whole.side, name=whole.name)
