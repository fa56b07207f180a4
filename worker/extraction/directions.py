"""One direction of an attack: who struck whom, in which conflict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worker.event import Actor
    from worker.extraction.context import Context
    from worker.lexicon.entries import ConflictEntry


@dataclass(frozen=True, slots=True)
class Roles:
    """Who struck whom, with the conflict that this is part of (None: unknown)."""

    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    conflict: str | None


def with_conflict(actors: list[Actor], recipients: list[Actor], context: Context) -> Roles:
    """Put every actor on its side in the conflict that the two belong to, and name that conflict."""
    if not actors or not recipients:
        return _half_known(actors, recipients, context)
    known = next(
        (
            c
            for a in actors
            for r in recipients
            if (c := context.lexicon.conflict_between(a.id, r.id, context.on))
        ),
        None,
    )
    if known is not None:
        return Roles(
            tuple(on_its_side(a, known) for a in actors),
            tuple(on_its_side(r, known) for r in recipients),
            known.id,
        )
    first, second = actors[0].side, recipients[0].side
    return Roles(
        tuple(actors), tuple(recipients), "|".join(sorted((first, second))) if first != second else None
    )


def _half_known(actors: list[Actor], recipients: list[Actor], context: Context) -> Roles:
    """One role unknown: the event still belongs to the conflict that the article is about, if the other role does."""
    main = context.main_conflict
    sides = {main.side_of(a.id) for a in (*actors, *recipients)} if main is not None else set()
    if main is None or len(sides) != 1 or None in sides:
        return Roles(tuple(actors), tuple(recipients), None)
    return Roles(
        tuple(on_its_side(a, main) for a in actors), tuple(on_its_side(r, main) for r in recipients), main.id
    )


def on_its_side(actor: Actor, conflict: ConflictEntry) -> Actor:
    """The actor on the side that it fights on in a conflict; as it is where it is on none."""
    side = conflict.side_of(actor.id)
    return replace(actor, side=side) if side is not None else actor
