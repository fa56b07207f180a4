"""Whose the dead are that a figure counts: by their own name, by who counts them, by where they died."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Final

from worker.extraction.actors import actors_of
from worker.extraction.places import find_places
from worker.extraction.sayers import told_by
from worker.extraction.victims import RANKS, add
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Quantity, StrikeEvent
    from worker.extraction.context import Context
    from worker.extraction.harmed import Casualties
    from worker.extraction.view import View


def parts_by_side(view: View, found: Casualties, context: Context) -> list[tuple[set[str], Quantity]]:
    """The numbers that a figure is made of, each with the sides of those it counts: "four soldiers and three rebels"."""
    sides: list[tuple[set[str], Quantity]] = []
    for people, number in reversed(found.parts):  # an earlier noun stands for its whole list
        later = {name for side, _ in sides for name in side}
        sides.append((sides_of(view, people, context) - later, number))
    return sides


def parts_by_kind(view: View, found: Casualties) -> list[tuple[set[str], Quantity]]:
    """The same where the sides have no name: "five soldiers and nine militants" are a state's and a group's."""
    number = found.killed or found.injured
    alone = [(found.people, number)] if found.people is not None and number is not None else []
    lemmas = [(view.tree.tokens[people].lemma, n) for people, n in found.parts or alone]
    return [({kind.value for kind, nouns in _FIGHTERS.items() if lemma in nouns}, n) for lemma, n in lemmas]


def hit_by(event: StrikeEvent, context: Context) -> set[str]:
    """Whom an attack hit: ids, sides, and whether they are a state or a group."""
    kinds = (context.kind(r.id) for r in event.recipients)
    names = {name for r in event.recipients for name in (r.id, r.side)}
    return names | {kind.value for kind in kinds if kind is not None}


_FIGHTERS: Final[dict[ActorKind, frozenset[str]]] = {
    ActorKind.STATE: RANKS
    | frozenset(
        "soldier troop trooper policeman policemen guard serviceman servicemen personnel ranger paratrooper".split()
    ),
    ActorKind.GROUP: frozenset(
        "militant rebel insurgent terrorist gunman gunmen fighter jihadist attacker assailant bandit guerrilla".split()
    ),
}


def own_part(event: StrikeEvent, found: Casualties, view: View, context: Context) -> Casualties:
    """Of "six soldiers and four militants", those of the side that the event hit."""
    sides = parts_by_side(view, found, context)
    hit = {name for r in event.recipients for name in (r.id, r.side)}
    own = [number for side, number in sides if side & hit]
    if not own or len(own) == len(sides) or not all(side for side, _ in sides):
        return found
    number = reduce(add, own)
    return replace(found, killed=number if found.killed else None, injured=number if found.injured else None)


def sides_of(view: View, people: int, context: Context) -> set[str]:
    """The belligerents that victims belong to, as ids and sides."""
    return {name for a in actors_of(view, people, context) if context.fights(a.id) for name in (a.id, a.side)}


def side_of_the_speaker(view: View, found: Casualties, context: Context) -> set[str]:
    """ "Iran says 14 people have been killed": a side that counts people without saying whose counts its own."""
    tree = view.tree
    plain = found.people is not None and tree.tokens[found.people].lemma in {
        "people",
        "person",
        "civilian",
        "citizen",
    }
    speakers = told_by(view, found.trigger, context.lexicon.cues.assertion["say"]) if plain else []
    return {name for s in speakers for name in sides_of(view, s, context)}


def land_of(view: View, found: Casualties, context: Context) -> set[str]:
    """Where people are said to have died: "the death toll in Israel", "in Gaza 12 were killed"; empty if not said."""
    places = find_places(view, view.tree.prep_objects(found.trigger, "in"), context)
    return {p.country for p in places if p.country is not None}


def lies_in(event: StrikeEvent, land: set[str], context: Context) -> bool:
    """Whether an attack can have killed people in a land: by its places, else by whom it hit."""
    places = {p.country for p in event.places if p.country}
    if not land or places:
        return not land or bool(places & land)
    entries = [context.lexicon.actors.get(r.id) for r in event.recipients]
    homes = {c for e in entries if e is not None for c in (*e.countries, e.id)}
    return not homes or bool(homes & land)
