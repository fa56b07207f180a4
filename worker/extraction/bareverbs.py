"""Whether "killed", "seized", "launched" or "exploded" alone tells of an attack: what else has to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Mode
from worker.extraction.enemies import fought_around
from worker.extraction.fillers import PIECES
from worker.extraction.hits import GUNMEN, REBELS, of_nobody
from worker.extraction.sums import is_sum, sums_up
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Actor, Place
    from worker.extraction.context import Context
    from worker.extraction.directions import Roles
    from worker.extraction.frames import Frame


def of_bare_verb(frame: Frame, roles: Roles, places: tuple[Place, ...], context: Context) -> bool | None:
    """What a frame of "killed", "destroyed", "seized" or "launched" alone needs to be a strike; None for others."""
    named = [a for a in roles.actors if not a.inferred]
    warring, mode = context.main_conflict is not None, frame.mode()
    if frame.roles <= {"kill", "explode"} and not frame.weapons:
        return _of_killing(frame, roles, places, context)
    if frame.roles <= {"destroy"} and not frame.weapons:
        by_group = any(context.kind(a.id) is ActorKind.GROUP for a in named)
        sunk = by_group and of_nobody(frame)  # "the Houthis sank a cargo ship"
        return sunk or bool((named or frame.unnamed) and roles.recipients and roles.conflict)
    if frame.roles <= {"seize", "fall"}:
        hijacked = any(frame.view.tree.tokens[t.i].lemma == "hijack" for t in frame.triggers)
        boarded = (
            not hijacked and any(context.kind(a.id) is ActorKind.GROUP for a in named) and of_nobody(frame)
        )
        return boarded or bool((named or frame.unnamed) and roles.conflict and are_at_war(roles, context))
    if frame.roles <= {"explode"}:
        falling = mode in _FLYING or _is_debris(frame)
        # a drone that comes down on a building there was sent; in a field, or in a land at peace, it may have gone astray
        falling = falling or (
            mode is Mode.DRONE and bool(frame.sites_hit) and _fight_there(roles, places, context)
        )
        told = warring or bool(frame.killed or frame.injured) or (falling and is_at_war(roles, context))
        told = told or (frame.unnamed and are_at_war(roles, context))  # "militants set off a bomb"
        return bool(frame.weapons) and bool(roles.recipients) and told
    if frame.roles <= {"launch"} and not (frame.killed or frame.injured or frame.sites_hit):
        aimed = bool(frame.targets or frame.grounds or frame.recipients or places or frame.origins)
        aimed = aimed or bool(frame.view.ceasefires)  # "fired after the truce began"
        aimed = aimed and not into_the_blue(frame)
        group = any(context.kind(a.id) is ActorKind.GROUP for a in named)
        at_war = are_at_war(roles, context) or warring  # else a test, or a launch into space
        at_war = at_war or (is_named(roles) and bool(frame.targets) and is_at_war(roles, context))
        in_war = context.main_conflict is not None and context.main_conflict.war
        return bool(roles.recipients) and (aimed or group or in_war or _is_salvo(frame)) and at_war
    return None


def _of_killing(frame: Frame, roles: Roles, places: tuple[Place, ...], context: Context) -> bool:
    """Whether people are said to be killed by those, or where those, who are at war."""
    named = [a for a in roles.actors if not a.inferred]
    warring = context.main_conflict is not None
    if _of_a_crowd(frame):
        return False
    summed = sums_up(frame.view, context.lexicon.cues) or is_sum(frame.view, frame.main)
    if not named and summed:
        return False  # "the number of dead since June is 610"
    if (
        frame.unnamed
        and roles.recipients
        and frame.killed
        and (warring or _by_rebels(frame, roles, context) or _by_gunmen(frame, roles, places, context))
    ):
        return True  # "shot dead by gunmen", where an article is about a known conflict
    if killed_by_forces(frame, named, context):
        return True
    if _fighters_killed(frame, roles, context) or _lost_in_the_field(frame, roles, places, context):
        return True
    return bool(named and roles.recipients and roles.conflict is not None) or (
        bool(roles.recipients)
        and warring
        and bool(frame.killed)
        and (bool(frame.view.ceasefires) or (context.speaks_of_a_ceasefire and is_named(roles)))
    )


def _is_debris(frame: Frame) -> bool:
    """ "Debris from a drone fell on a refinery": somebody had sent it and somebody shot it down."""
    tree = frame.view.tree
    return any(tree.tokens[s].lemma in PIECES for t in frame.triggers for s in tree.subjects(t.i))


def _by_rebels(frame: Frame, roles: Roles, context: Context) -> bool:
    """ "Insurgents beheaded eleven people", where such are at war with the state."""
    fighters = {t.lemma for t in frame.view.tree.tokens} & FIGHTERS
    return bool(fighters - GUNMEN) and are_at_war(roles, context)


def _by_gunmen(frame: Frame, roles: Roles, places: tuple[Place, ...], context: Context) -> bool:
    """ "Gunmen killed 27 worshippers": no mere crime where so many die in a part of a land where rebels are at war with it."""
    killed = frame.killed.low if frame.killed is not None else None
    wars = [
        war
        for actor in roles.actors
        for state in roles.recipients
        if (war := context.lexicon.conflict_between(actor.id, state.id, context.on))
    ]
    here = any(war.war or fought_around(war, r.id, places) > 0 for war in wars for r in roles.recipients)
    on_duty = bool({frame.view.tree.tokens[v].lemma for v in frame.victims} & ON_DUTY)
    return here and killed is not None and (killed >= _A_MASSACRE or on_duty)


ON_DUTY: Final = frozenset("soldier troop peacekeeper policeman policemen gendarme ranger trooper".split())


_A_MASSACRE: Final = 4
"""Deaths from which those whom gunmen kill in a land at war are not one man's enemies."""


def _fighters_killed(frame: Frame, roles: Roles, context: Context) -> bool:
    """ "Four terrorists of the group were killed": by the state that fights them, be it said or not."""
    dead = {frame.view.tree.tokens[v].lemma for v in frame.victims}
    rebels = bool(roles.recipients) and all(context.kind(r.id) is ActorKind.GROUP for r in roles.recipients)
    # Not "in a raid, with four rebels killed".
    told = frame.view.tree.tokens[frame.main].dep in {"ROOT", "ccomp"}
    return (
        told
        and bool(dead)
        and dead <= REBELS
        and rebels
        and bool(frame.killed)
        and are_at_war(roles, context)
    )


def killed_by_forces(frame: Frame, named: list[Actor], context: Context) -> bool:
    """ "Forty villagers were killed by Syrian government forces": a massacre, whoever they belonged to."""
    tree = frame.view.tree
    killed = frame.killed.low if frame.killed is not None else None
    doers = {tree.tokens[d].lemma for t in frame.triggers for d in tree.doers(t.i)}
    fighting = any(context.lexicon.conflicts_of(a.id, context.on) for a in named)
    return killed is not None and killed >= _A_MASSACRE and fighting and bool(doers & _TROOPS)


_TROOPS: Final = frozenset("force soldier troop army militia paramilitary military".split())


def _lost_in_the_field(frame: Frame, roles: Roles, places: tuple[Place, ...], context: Context) -> bool:
    """ "Two Israeli soldiers are killed in southern Gaza": by those they are at war with there, if by no mishap."""
    tree = frame.view.tree
    told = tree.tokens[frame.main].dep in {"ROOT", "ccomp"} and tree.tokens[frame.main].lemma in {
        "kill",
        "martyr",
    }
    dead = {tree.tokens[k].lemma for v in frame.victims for k in (v, *tree.prep_objects(v, "of"))}
    one = len({r.side for r in roles.recipients}) == 1
    if not (told and one and dead & _COMBATANTS and frame.killed and is_named(roles)):
        return False
    if _MISHAPS & {t.lemma for t in tree.tokens} or tree.prep_objects(frame.main, "by"):
        return False
    return _fight_there(roles, places, context)


def _fight_there(roles: Roles, places: tuple[Place, ...], context: Context) -> bool:
    """Whether one of the places lies where the two fight a war."""
    wars = [
        w
        for a in roles.actors
        for r in roles.recipients
        if (w := context.lexicon.conflict_between(a.id, r.id, context.on))
    ]
    return any(w.war and p.country in w.countries for w in wars for p in places)


_COMBATANTS: Final = frozenset("soldier troop fighter serviceman servicemen reservist marine".split())


_MISHAPS: Final = frozenset(
    "accident crash collision collide avalanche exercise training drill mistake friendly suicide drown misfire "
    "malfunction rollover lightning illness accidental accidentally mishap stab stabbing ram ramming knife".split()
)


def _of_a_crowd(frame: Frame) -> bool:
    """ "Security forces wounded 28 demonstrators": a protest put down."""
    hurt = {frame.view.tree.tokens[v].lemma for v in frame.victims}
    return bool(hurt) and hurt <= {"demonstrator", "protester", "rioter", "marcher"}


def into_the_blue(frame: Frame) -> bool:
    """ "Fired missiles towards the north-east", "into the sea": a test. "At Israel's north" is at somebody."""
    tree = frame.view.tree
    below = [k for t in frame.triggers for k in tree.subtree(t.i) if tree.tokens[k].lower in _TOWARDS]
    at = [*frame.targets, *frame.grounds, *(p for k in below for p in tree.prep_objects_of(k))]
    whose = [t for t in at if tree.kids(t, "poss") or tree.prep_objects(t, "of")]
    at = [t for t in at if t not in whose or tree.tokens[t].lower in _SEAS]
    return any(tree.tokens[i].lower in _NOWHERE for t in at for i in (t, *tree.kids(t, "compound")))


_TOWARDS: Final = frozenset({"toward", "towards", "into"})


def _is_salvo(frame: Frame) -> bool:
    """Whether so many are launched that it is no test: "launched 90 drones overnight"."""
    weapons = (head for head, (m, _) in frame.weapons.items() if m.weapon.weapon_class in _SALVOED)
    numbered = {frame.view.tree.at(q.number_start): q.quantity.low for q in frame.view.quantities}
    counts = [numbered.get(k) or 0 for head in weapons for k in frame.view.tree.children[head]]
    return max(counts, default=0) >= _MANY and not into_the_blue(frame)


_SALVOED: Final = frozenset({"drone", "missile", "rocket"})


_MANY: Final = 10


_SEAS: Final = frozenset({"sea", "ocean", "waters"})
"""Whosever they are: "the Sea of Japan"."""


_NOWHERE: Final = frozenset(
    "north south east west north-east north-west south-east south-west northeast northwest southeast southwest sea "
    "ocean waters".split()
)


def is_named(roles: Roles) -> bool:
    """Whether the words name somebody who is hit."""
    return any(not r.inferred for r in roles.recipients)


def are_at_war(roles: Roles, context: Context) -> bool:
    """Whether a known war of the day divides the two sides."""
    return context.at_war([a.id for a in roles.actors], [r.id for r in roles.recipients])


def is_at_war(roles: Roles, context: Context) -> bool:
    """Whether whoever is hit is a principal of a war of the day: what falls on it out of the sky was aimed."""
    return any(
        bool({r.id, r.side} & {side.id for side in conflict.sides})
        for r in roles.recipients
        for conflict in context.lexicon.conflicts_of(r.id, context.on)
    )


_FLYING: Final = frozenset({Mode.ARTILLERY, Mode.MISSILE})


FIGHTERS: Final = frozenset(
    "gunman gunmen militant insurgent rebel terrorist suicide separatist jihadist extremist".split()
)
