"""Fights of two sides: who they are, and whether each may have struck the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.directions import Roles, with_conflict
from worker.extraction.hits import REBELS, owners_of, rebels_killed
from worker.extraction.linking import between_whom, place_of
from worker.extraction.victims import RANKS
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Actor, Place
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame


def both_directions(frame: Frame, places: tuple[Place, ...], context: Context) -> tuple[Roles, ...]:
    """Both directions of a fight; one of them, or a side that is left open, where no more is known."""
    lands = tuple(dict.fromkeys(p.country for p in places if p.country))
    fighters = _named_fighters(frame, context)
    told = _against_a_side(frame, fighters, places, context)
    if told is None and len(fighters) == 1:
        enemy, known = _foe_of_one(frame, fighters[0], places, lands, context)
        fighters += [context.actor(enemy, inferred=True)] if enemy is not None else []
        told = None if known else (with_conflict(fighters[:1], fighters[1:], context),)
    if told is not None:
        return told
    fighters = fighters or _dead_of_both(frame, places, context)
    fighters = fighters or [a for sides in rebels_killed(frame, lands, places, context) for a in sides]
    fighters = fighters or _of_rebels_at_home(frame, places, context) or _of_the_war(frame, places, context)
    fighters = fighters or _one_in_a_land(frame, lands, context)
    return _each_on_the_others(frame, fighters, context) if fighters else _of_nobody(frame, lands, context)


def _each_on_the_others(frame: Frame, fighters: list[Actor], context: Context) -> tuple[Roles, ...]:
    roles = []
    for one in fighters:
        others = [
            o for o in fighters if o.id != one.id and _apart(one, o, frame) and _opposed(one, o, context)
        ]
        if others:
            roles.append(with_conflict([one], others, context))
    return tuple(roles) or (with_conflict(fighters[:1], [], context),)


def _of_nobody(frame: Frame, lands: tuple[str, ...], context: Context) -> tuple[Roles, ...]:
    """A fight whose sides nothing tells: on whoever is hurt, or on whose land it is."""
    hurt = [r for r in frame.recipients.values() if context.fights(r.id)]
    enemy = context.enemy_of(hurt[0].id) if len(hurt) == 1 else None
    if enemy is not None:  # "a Thai soldier was killed in clashes along the border"
        return (with_conflict([context.actor(enemy, inferred=True)], hurt, context),)
    told = _is_news(frame) or frame.killed or frame.injured or frame.view.ceasefires
    # "Warned of more fighting in Gaza" is no news of it.
    return (with_conflict([], owners_of([], lands, context), context),) if told else ()


def _against_a_side(
    frame: Frame, fighters: list[Actor], places: tuple[Place, ...], context: Context
) -> tuple[Roles, ...] | None:
    """A fight of allies with somebody, or of somebody without a name with them; None for others."""
    foe = _foe_of_all(frame.against, fighters, context)
    if foe is not None:
        named = any(m.alias.actor_id == foe.id for m in frame.view.actors)
        back = (with_conflict(fighters, [foe], context),) if named else ()
        return (with_conflict([foe], fighters, context), *back)  # not of a gunman who is shot
    allies = [f for f in fighters if f.id in frame.together]
    if len(allies) < 2:  # noqa: PLR2004  -- two are a side
        return None
    foes = [f for f in fighters if f.id not in frame.together] or _rebels_against(allies, places, context)
    pairs = ((allies, foes), (foes, allies)) if foes else ((allies, foes),)
    return tuple(with_conflict(ones, others, context) for ones, others in pairs)


def _foe_of_one(
    frame: Frame, fighter: Actor, places: tuple[Place, ...], lands: tuple[str, ...], context: Context
) -> tuple[str | None, bool]:
    """Whom the only one who is named fights, and whether that side fights as well (and not only dies)."""
    enemy = context.enemy_of(fighter.id, country=lands[0] if lands else None)
    if (rebels := _rebels_dead(frame, fighter, places, context)) is not None:
        return rebels, enemy is not None and _is_news(frame)
    if enemy is None and frame.unnamed and lands and lands[0] != fighter.id:
        enemy = context.opponents_of(lands[0], places)  # "US troops and insurgents in Samarra"
    bloody = frame.unnamed and (frame.killed or frame.injured)
    return (enemy, True) if enemy is not None and (bloody or _is_news(frame)) else (None, False)


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
    """ "Soldiers and militants are killed in a gun battle", "clashes between the army and rebels": their state, and who fights it there."""
    tree = frame.view.tree
    told = [s for t in frame.triggers if t.role == "clash" for s in tree.subjects(t.i)]
    told += [b for t in frame.triggers for b in between_whom(tree, t.i)]
    told += [w for t in frame.triggers for w in tree.prep_objects(t.i, "with", "against")]
    fighting = [c for s in told for c in tree.conjuncts(s)]
    dead = {tree.tokens[v].lemma for v in (*frame.victims, *fighting)}
    states = [r for r in frame.recipients.values() if context.kind(r.id) is ActorKind.STATE]
    lands = [context.actor(c, inferred=True) for c in dict.fromkeys(p.country for p in places if p.country)]
    states = states or (lands if dead & _SOLDIERS else [])
    rebellious = dead & REBELS or frame.unnamed  # "policemen are killed in clashes with militants"
    rebels = context.opponents_of(states[0].id, places) if len(states) == 1 and rebellious else None
    return [states[0], context.actor(rebels, inferred=True)] if rebels is not None else []


_SOLDIERS: Final = RANKS | frozenset(
    "soldier troop policeman policemen trooper guard personnel army military".split()
)


def _rebels_against(allies: list[Actor], places: tuple[Place, ...], context: Context) -> list[Actor]:
    """Whom allies fight, where their foes have no name: who fights one of their states there."""
    groups = (context.opponents_of(a.id, places) for a in allies if context.kind(a.id) is ActorKind.STATE)
    foe = next((g for g in groups if g is not None), None)
    return [context.actor(foe, inferred=True)] if foe is not None else []


def _foe_of_all(side: set[str], fighters: list[Actor], context: Context) -> Actor | None:
    """Whom somebody not named, who battles "with German and Afghan forces", belongs to: the enemy of one of these."""
    if len(fighters) < 2 or not {f.id for f in fighters} <= side:  # noqa: PLR2004  -- a fight has two sides
        return None
    foes = (context.enemy_of(f.id) for f in fighters)
    foe = next((f for f in foes if f is not None and f not in side), None)
    return context.actor(foe, inferred=True) if foe is not None else None


def _named_fighters(frame: Frame, context: Context) -> list[Actor]:
    fighters = list(frame.actors.values())
    if len(fighters) == 1 and not frame.unnamed:  # "soldiers are killed in clashes with the FARC"
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
    named = _told_of(frame, context)
    one = [f.id for f in fighters] or [a.id for a in named]
    found = [a for a in named if context.at_war(one, [a.id])]
    if fighters:
        return [*fighters, *found] if len({f.side for f in found}) == 1 else []
    return found if len(found) == 2 and not frame.unnamed and _is_news(frame) else []  # noqa: PLR2004


def _told_of(frame: Frame, context: Context) -> list[Actor]:
    """The fighters that a sentence names, those left out that only say where."""
    tree = frame.view.tree
    heads = [(m, tree.head_of(m.start, m.end)) for m in frame.view.actors if m.relation is None]
    ids = [m.alias.actor_id for m, at in heads if at is not None and place_of(tree, at) is None]
    return [context.actor(i, inferred=True) for i in dict.fromkeys(ids) if context.fights(i)]


def _one_in_a_land(frame: Frame, lands: tuple[str, ...], context: Context) -> list[Actor]:
    """ "Battles go on in Pokrovsk as Russian troops push in": one that a sentence tells of, and whose the land is."""
    named = _told_of(frame, context)
    if len(named) != 1 or not lands or frame.unnamed or not _is_news(frame) or not _acts(named[0], frame):
        return []
    owner = context.owner_of(lands[0], attacker=named[0].id)
    foe = owner is not None and context.at_war([named[0].id], [owner])
    return [named[0], context.actor(owner, inferred=True)] if owner is not None and foe else []


def _acts(actor: Actor, frame: Frame) -> bool:
    """Whether a sentence tells what an actor does: not "near the Turkish border"."""
    view = frame.view
    subjects = (
        i for i, mentions in view.actors_by_head.items() if actor.id in {m.alias.actor_id for m in mentions}
    )
    return any(view.tree.tokens[view.tree.first_conjunct(i)].dep in {"nsubj", "nsubjpass"} for i in subjects)


def _apart(one: Actor, other: Actor, frame: Frame) -> bool:
    """Whether two fighters may be opposed: of those who fight somebody, or whom somebody fights, none fights another."""
    return not any(one.id in side and other.id in side for side in (frame.against, frame.together))


def _is_news(frame: Frame) -> bool:
    """Whether the fighting itself is told ("clashes erupted"), not named in passing ("wages a battle")."""
    tree = frame.view.tree
    return any(
        (t.role == "clash" and tree.tokens[t.i].dep not in {"acl", "relcl", "pcomp", "xcomp"})
        or (tree.tokens[t.i].dep == "pcomp" and tree.tokens[tree.tokens[t.i].head].lower == "as")
        or tree.tokens[_of_days(frame, tree.first_conjunct(t.i))].dep in {"nsubj", "nsubjpass", "ROOT"}
        or tree.tokens[tree.tokens[_of_days(frame, tree.first_conjunct(t.i))].head].lower
        in {"following", "after", "amid", "despite"}
        for t in frame.triggers
    )


def _of_days(frame: Frame, i: int) -> int:
    """ "After three weeks of clashes": the weeks that a noun fills, or the noun."""
    tree = frame.view.tree
    preposition = tree.tokens[tree.tokens[i].head]
    filled = tree.tokens[preposition.head]
    return filled.i if preposition.lower == "of" and filled.lemma in SPANS else i


SPANS: Final = frozenset("minute hour day night week month year".split())


def _opposed(one: Actor, other: Actor, context: Context) -> bool:
    return one.side != other.side or context.at_war([one.id], [other.id])


def _fought_there(places: tuple[Place, ...], context: Context) -> bool:
    countries = {p.country for p in places if p.country}
    return (
        not countries
        or context.main_conflict is None
        or bool(countries & (context.main_conflict.countries | {s.id for s in context.main_conflict.sides}))
    )
