"""Events in the name of the movement: to whoever joins events, the provinces of Islamic State are one actor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from worker.event import StrikeEvent
from worker.extraction.actors import distinct

if TYPE_CHECKING:
    from worker.event import Actor, Event
    from worker.lexicon import Lexicon


def in_its_name(event: Event, lexicon: Lexicon) -> Event:
    """An event with each branch under the id and name of its movement; what is written of it stays in `text`."""

    def of(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        return distinct([_movement(a, lexicon) for a in actors])

    if isinstance(event, StrikeEvent):
        return replace(event, actors=of(event.actors), recipients=of(event.recipients))
    return replace(
        event,
        parties=of(event.parties),
        bound=of(event.bound),
        rejecting=of(event.rejecting),
        speaker=of(event.speaker),
        mediators=of(event.mediators),
    )


def _movement(actor: Actor, lexicon: Lexicon) -> Actor:
    entry = lexicon.actors.get(actor.id)
    if entry is None or entry.branch_of is None:
        return actor
    whole = lexicon.actors[entry.branch_of]
    return replace(actor, id=whole.id, side=whole.side, name=whole.name)
