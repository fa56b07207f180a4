"""Fights of two sides: who they are, and whether each may have struck the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.directions import Roles, with_conflict
from worker.extraction.hits import REBELS, owners_of, rebels_killed
from worker.extraction.linking import place_of
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Actor, Place
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame


def both_directions(frame: Frame, places: tuple[Place, ...], context: Context) -> tuple[Roles, ...]:
    """Both directions of a fight; one of them, or a side that is left open, where no more is known."""
    lands = tuple(dict.fromkeys(p.country for p in places if p.country))
    fighters = _named_fighters(frame, context)
    foe = _foe_of_all(frame, fighters, context)
    if foe is not None:
        return (with_conflict([foe], fighters, context),)
    if len(fighters) == 1:
        enemy = _rebels_dead(frame, fighters[0], places, context) or context.enemy_of(
            fighters[0].id, country=lands[0] if lands else None
        )
        if enemy is None or not _is_news(frame):
            return (with_conflict(fighters, [], context),)
        fighters.append(context.actor(enemy, inferred=True))
    fighters = fighters or _dead_of_both(frame, places, context)
    fighters = fighters or [a for sides in rebels_killed(frame, lands, places, context) for a in sides]
    fighters = fighters or _of_rebels_at_home(frame, places, context) or _of_the_war(frame, places, context)
    if not fighters:
        told = _is_news(frame) or frame.killed or frame.injured or frame.view.ceasefires
        # "Warned of more fighting in Gaza" is no news of it.
        return (with_conflict([], owners_of([], lands, context), context),) if told else ()
    roles = []
    for one in fighters:
        others = [
            o for o in fighters if o.id != one.id and _apart(one, o, frame) and _opposed(one, o, context)
        ]
        if others:
            roles.append(with_conflict([one], others, context))
    return tuple(roles) or (with_conflict(fighters[:1], [], context),)


def _rebels_dead(frame: Frame, state: Actor, places: tuple[Place, ...], context: Context) -> str | None:
    """ "14 terrorists were killed in an exchange of fire with the army": those who fight the state, not a foreign army."""
    dead = {frame.view.tree.tokens[v].lemma for v in frame.victims}
    rebels = context.kind(state.id) is ActorKind.STATE and bool(dead) and dead <= REBELS
    return context.opponents_of(state.id, places) if rebels else None


def _of_rebels_at_home(frame: Frame, places: tuple[Place, ...], context: Context) -> list[Actor]:
    """The same where the army has no name: that of the state that was spoken of last."""
    tokens = frame.view.tree.tokens
    last = context.state_before(frame.view.sentence, tokens[frame.main].start)
    state = context.actor(last, inferred=True) if last is not None else None
    rebels = _rebels_dead(frame, state, places, context) if state is not None else None
    return [state, context.actor(rebels, inferred=True)] if state is not None and rebels is not None else []


def _dead_of_both(frame: Frame, places: tuple[Place, ...], context: Context) -> list[Actor]:
    """ "Soldiers and militants are killed in a gun battle", "troops and rebels fought": their state, and who fights it there."""
    tree = frame.view.tree
    fighting = [
        c for t in frame.triggers if t.role == "clash" for s in tree.subjects(t.i) for c in tree.conjuncts(s)
    ]
    fighting += [
        c
        for t in frame.triggers
        for w in tree.prep_objects(t.i, "with", "against")
        for c in tree.conjuncts(w)
    ]
    dead = {tree.tokens[v].lemma for v in (*frame.victims, *fighting)}
    states = [r for r in frame.recipients.values() if context.kind(r.id) is ActorKind.STATE]
    lands = [context.actor(c, inferred=True) for c in dict.fromkeys(p.country for p in places if p.country)]
    states = states or (lands if dead & _SOLDIERS else [])
    rebels = context.opponents_of(states[0].id, places) if len(states) == 1 and dead & REBELS else None
    return [states[0], context.actor(rebels, inferred=True)] if rebels is not None else []


_SOLDIERS: Final = frozenset("soldier troop policeman policemen officer trooper guard personnel".split())


def _foe_of_all(frame: Frame, fighters: list[Actor], context: Context) -> Actor | None:
    """Whom somebody not named, who battles "with German and Afghan forces", belongs to: the enemy of one of these."""
    if len(fighters) < 2 or not {f.id for f in fighters} <= frame.against:  # noqa: PLR2004  -- a fight has two sides
        return None
    foes = (context.enemy_of(f.id) for f in fighters)
    foe = next((f for f in foes if f is not None and f not in frame.against), None)
    return context.actor(foe, inferred=True) if foe is not None else None


def _named_fighters(frame: Frame, context: Context) -> list[Actor]:
    fighters = list(frame.actors.values())
    if len(fighters) == 1:  # "soldiers are killed in clashes with rebels"
        fighters += [r for r in frame.recipients.values() if r.side != fighters[0].side]
    if len(fighters) < 2:  # noqa: PLR2004  -- a fight has two sides
        return _fighters_beside(frame, fighters, context) or fighters
    return fighters


def _of_the_war(frame: Frame, places: tuple[Place, ...], context: Context) -> list[Actor]:
    """The two sides of the article's war, where the fighting itself is told and is not somewhere else."""
    pair = context.both_sides() if _is_news(frame) or frame.unnamed else ()
    fought = len(pair) == 2 and _fought_there(places, context)  # noqa: PLR2004  -- a conflict has two sides
    return [context.actor(a, inferred=True) for a in pair] if fought else []


def _fighters_beside(frame: Frame, fighters: list[Actor], context: Context) -> list[Actor]:
    """Two enemies that a sentence names, of whom the one told of a fight may be one: "troops left after clashes with X"."""
    tree = frame.view.tree
    heads = [(m, tree.head_of(m.start, m.end)) for m in frame.view.actors if m.relation is None]
    ids = [m.alias.actor_id for m, at in heads if at is not None and place_of(tree, at) is None]
    named = [context.actor(i, inferred=True) for i in dict.fromkeys(ids) if context.fights(i)]
    one = [f.id for f in fighters] or [a.id for a in named]
    found = [a for a in named if context.at_war(one, [a.id])]
    if fighters:
        return [*fighters, *found] if len({f.side for f in found}) == 1 else []
    return found if len(found) == 2 and not frame.unnamed and _is_news(frame) else []  # noqa: PLR2004


def _apart(one: Actor, other: Actor, frame: Frame) -> bool:
    """Whether two fighters may be opposed: of those whom somebody fights "with", none fights another."""
    return not (one.id in frame.against and other.id in frame.against)


def _is_news(frame: Frame) -> bool:
    """Whether the fighting itself is told ("clashes erupted"), not named in passing ("wages a battle")."""
    tree = frame.view.tree
    return any(
        (t.role == "clash" and tree.tokens[t.i].dep not in {"acl", "relcl", "pcomp", "xcomp"})
        or tree.tokens[tree.first_conjunct(t.i)].dep in {"nsubj", "nsubjpass", "ROOT"}
        or tree.tokens[tree.tokens[_of_days(frame, tree.first_conjunct(t.i))].head].lower
        in {"following", "after", "amid", "despite"}
        for t in frame.triggers
    )


def _of_days(frame: Frame, i: int) -> int:
    """ "After three weeks of clashes": the weeks that a noun fills, or the noun."""
    tree = frame.view.tree
    preposition = tree.tokens[tree.tokens[i].head]
    filled = tree.tokens[preposition.head]
    return filled.i if preposition.lower == "of" and filled.lemma in _SPANS else i


_SPANS: Final = frozenset("minute hour day night week month year".split())


def _opposed(one: Actor, other: Actor, context: Context) -> bool:
    return one.side != other.side or context.at_war([one.id], [other.id])


def _fought_there(places: tuple[Place, ...], context: Context) -> bool:
    countries = {p.country for p in places if p.country}
    return (
        not countries
        or context.main_conflict is None
        or bool(countries & (context.main_conflict.countries | {s.id for s in context.main_conflict.sides}))
    )
