"""Whether what a frame tells is an attack in an armed conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Mode, SiteType
from worker.extraction.enemies import fought_around
from worker.extraction.hits import GUNMEN, REBELS, of_nobody
from worker.extraction.linking import BLASTS
from worker.extraction.sums import is_sum, sums_up
from worker.extraction.wars import EVIDENT
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Actor, Place
    from worker.extraction.context import Context
    from worker.extraction.directions import Roles
    from worker.extraction.frames import Frame

_CRIMES: Final = frozenset("shooting shootout gunfire massacre gunfight".split())
"""Nouns that name a crime as often as an act of war: they need an armed actor."""


def is_strike(frame: Frame, roles: Roles, places: tuple[Place, ...], context: Context) -> bool:
    """Whether enough is said that this is an attack in an armed conflict, not an accident, a crime or a figure of speech."""
    mode = frame.mode()
    armed = bool(frame.weapons) or (mode not in {Mode.UNSPECIFIED, Mode.GROUND} and not _mere_blast(frame))
    named = [a for a in roles.actors if not a.inferred]
    warring = context.main_conflict is not None
    if context.tells_of_trade(frame.view.sentence.text) and not _bloody(frame):
        return False  # "a bombardment of new tariffs"
    if (not armed and _at_peace(frame, roles, context)) or _at_home(frame, roles, named, context):
        return False
    if (
        _on_a_crowd(frame)
        or _at_work(frame, roles)
        or _before_a_court(frame)
        or _in_a_land_at_peace(frame, roles, places, context)
    ):
        return False
    bare = _of_bare_verb(frame, roles, places, context)
    if bare is not None:
        return bare
    hit = bool(roles.recipients or frame.targets or places or frame.killed or frame.injured or frame.victims)
    if named:
        known = bool(roles.recipients) or warring or of_nobody(frame)
        hit = hit or of_nobody(frame)
        return hit and (armed or known or mode is Mode.GROUND)
    if frame.mutual:
        truce = bool(frame.killed) and bool(frame.view.ceasefires)  # "a truce after clashes that killed five"
        told = warring or truce or ((_named(roles) or _militants(frame)) and _known(roles, context))
        return told and bool(roles.recipients or roles.actors)
    if armed:
        return hit and (bool(roles.recipients) or warring)
    if _on_an_army(frame, roles, context):
        return True
    told = warring or _militants(frame) or (context.speaks_of_a_claim and bool(frame.killed or frame.injured))
    # Not "the opposition attacked the budget".
    by_rebels = frame.unnamed and (_bloody(frame) or mode is Mode.GROUND)
    told = told or _of_a_war(frame, places, context)
    told = told or ((_named(roles) or by_rebels) and _known(roles, context))
    return bool(roles.recipients) and told and (hit or mode is Mode.GROUND)


def _of_a_war(frame: Frame, places: tuple[Place, ...], context: Context) -> bool:
    """Whether people are hurt by an attack in a land at war, or soldiers in one with rebels: it is rarely a mere crime."""
    hurt = {frame.view.tree.tokens[v].lemma for v in frame.victims}
    if _NATURE & {t.lemma for t in frame.view.tree.tokens}:
        return False
    if not (frame.killed or frame.injured) or not frame.roles & {"noun", "attack"} or _is_a_crime(frame):
        return False
    lands = {p.country for p in places if p.country}
    active = [w for w in context.lexicon.conflicts_on(context.on) if lands & w.countries]
    return any(w.war for w in active) or bool(active and hurt & _ON_DUTY)


_NATURE: Final = frozenset(
    "earthquake quake tsunami flood storm cyclone hurricane typhoon landslide avalanche tornado lightning".split()
)


def _on_an_army(frame: Frame, roles: Roles, context: Context) -> bool:
    """Whether the army of somebody at war is hit, by whomever: "beat back an assault on its base"."""
    hit = {frame.view.tree.tokens[t].lemma for t in frame.targets}
    return bool(hit & _POSTS) and _named(roles) and _at_war(roles, context)


_POSTS: Final = frozenset("base camp barracks outpost checkpoint post garrison convoy patrol".split())


def _bloody(frame: Frame) -> bool:
    return bool(frame.weapons or frame.killed or frame.injured or frame.victims or frame.sites_hit)


def _mere_blast(frame: Frame) -> bool:
    """Whether only "an explosion" is told, which gas and fireworks cause as well."""
    tokens = frame.view.tree.tokens
    telling = [t for t in frame.triggers if t.role != "kill"]
    return bool(telling) and all(t.role == "noun" and tokens[t.i].lemma in BLASTS for t in telling)


def _at_work(frame: Frame, roles: Roles) -> bool:
    """Whether a fuel store or a factory blew up, and nobody is said to have done it or to have been meant."""
    named = any(not a.inferred for a in (*roles.actors, *roles.recipients))
    sites = {m.type for t in frame.targets for m in frame.view.sites_by_head.get(t, ())}
    stored = {frame.view.tree.tokens[t].lemma for t in frame.targets} & _STORES
    return _mere_blast(frame) and not named and bool(stored or sites & {SiteType.ENERGY, SiteType.INDUSTRY})


def _in_a_land_at_peace(frame: Frame, roles: Roles, places: tuple[Place, ...], context: Context) -> bool:
    """Whether bombs go off or shots are fired by nobody named where no known conflict is fought: a crime."""
    lands = {p.country for p in places if p.country}
    criminal = frame.mode() in {Mode.BOMBING, Mode.GROUND}
    if not criminal or not lands or frame.view.ceasefires or any(not a.inferred for a in roles.actors):
        return False
    fought = {c for conflict in context.lexicon.conflicts_on(context.on) for c in conflict.countries}
    return not lands & fought and not {t.lemma for t in frame.view.tree.tokens} & _FIGHTERS - GUNMEN


_STORES: Final = frozenset("warehouse factory plant depot station mine refinery workshop storage".split())


def _before_a_court(frame: Frame) -> bool:
    """ "Arrested on accusations of attacking police": a crime that somebody is held for."""
    tree = frame.view.tree
    above = [tree.tokens[a].lemma for a in tree.ancestors(frame.main)]
    return bool({"arrest", "detain"} & set(above)) and bool({*above[:2]} & _CHARGES)


_CHARGES: Final = frozenset("accusation suspicion charge allegation for".split())


def _of_bare_verb(frame: Frame, roles: Roles, places: tuple[Place, ...], context: Context) -> bool | None:
    """What a frame of "killed", "destroyed", "seized" or "launched" alone needs to be a strike; None for others."""
    named = [a for a in roles.actors if not a.inferred]
    warring, mode = context.main_conflict is not None, frame.mode()
    if frame.roles <= {"kill", "explode"} and not frame.weapons:
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
        if _fighters_killed(frame, roles, context):
            return True
        return bool(named and roles.recipients and roles.conflict is not None) or (
            bool(roles.recipients)
            and warring
            and bool(frame.killed)
            and (bool(frame.view.ceasefires) or (context.speaks_of_a_ceasefire and _named(roles)))
        )
    if frame.roles <= {"destroy"} and not frame.weapons:
        return bool(named and roles.recipients and roles.conflict)
    if frame.roles <= {"seize", "fall"}:
        boarded = any(context.kind(a.id) is ActorKind.GROUP for a in named) and of_nobody(frame)
        return boarded or bool((named or frame.unnamed) and roles.conflict and _known(roles, context))
    if frame.roles <= {"explode"}:
        told = warring or bool(frame.killed or frame.injured) or (mode in _FLYING and _at_war(roles, context))
        return bool(frame.weapons) and bool(roles.recipients) and told
    if frame.roles <= {"launch"} and not (frame.killed or frame.injured or frame.sites_hit):
        aimed = bool(frame.targets or frame.grounds or frame.recipients or places or frame.origins)
        aimed = aimed and not _into_the_blue(frame)
        group = any(context.kind(a.id) is ActorKind.GROUP for a in named)
        at_war = _known(roles, context) or warring  # else a test, or a launch into space
        in_war = context.main_conflict is not None and context.main_conflict.war
        return bool(roles.recipients) and (aimed or group or in_war or _is_salvo(frame)) and at_war
    return None


def _by_rebels(frame: Frame, roles: Roles, context: Context) -> bool:
    """ "Insurgents beheaded eleven people", where such are at war with the state."""
    fighters = {t.lemma for t in frame.view.tree.tokens} & _FIGHTERS
    return bool(fighters - GUNMEN) and _known(roles, context)


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
    on_duty = bool({frame.view.tree.tokens[v].lemma for v in frame.victims} & _ON_DUTY)
    return here and killed is not None and (killed >= _A_MASSACRE or on_duty)


_ON_DUTY: Final = frozenset("soldier troop peacekeeper policeman policemen gendarme ranger trooper".split())
_A_MASSACRE: Final = 4
"""Deaths from which those whom gunmen kill in a land at war are not one man's enemies."""


def _fighters_killed(frame: Frame, roles: Roles, context: Context) -> bool:
    """ "Four terrorists of the group were killed": by the state that fights them, be it said or not."""
    dead = {frame.view.tree.tokens[v].lemma for v in frame.victims}
    rebels = bool(roles.recipients) and all(context.kind(r.id) is ActorKind.GROUP for r in roles.recipients)
    # Not "in a raid, with four rebels killed".
    told = frame.view.tree.tokens[frame.main].dep in {"ROOT", "ccomp"}
    return told and bool(dead) and dead <= REBELS and rebels and bool(frame.killed) and _known(roles, context)


def _of_a_crowd(frame: Frame) -> bool:
    """ "Security forces wounded 28 demonstrators": a protest put down."""
    hurt = {frame.view.tree.tokens[v].lemma for v in frame.victims}
    return bool(hurt) and hurt <= {"demonstrator", "protester", "rioter", "marcher"}


def _on_a_crowd(frame: Frame) -> bool:
    """ "Police fired on a demonstration"."""
    hit = {frame.view.tree.tokens[t].lemma for t in frame.targets}
    return bool(hit) and hit <= _GATHERINGS and not frame.weapons


_GATHERINGS: Final = frozenset("demonstration demonstrator protest protester rally march riot rioter".split())


def _into_the_blue(frame: Frame) -> bool:
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
    return max(counts, default=0) >= _MANY and not _into_the_blue(frame)


_SALVOED: Final = frozenset({"drone", "missile", "rocket"})
_MANY: Final = 10


_SEAS: Final = frozenset({"sea", "ocean", "waters"})
"""Whosever they are: "the Sea of Japan"."""
_NOWHERE: Final = frozenset(
    "north south east west north-east north-west south-east south-west northeast northwest southeast southwest sea "
    "ocean waters".split()
)


def _named(roles: Roles) -> bool:
    return any(not r.inferred for r in roles.recipients)


def _at_home(frame: Frame, roles: Roles, named: list[Actor], context: Context) -> bool:
    """Whether a state's police or a gunman are all that is told of."""
    if named and not roles.recipients:
        hurt = {frame.view.tree.tokens[v].lemma for v in frame.victims}
        heavy = frame.mode() in _FROM_AFAR and (hurt or frame.killed or frame.sites_hit)
        if of_nobody(frame) or heavy or hurt & (_FIGHTERS - GUNMEN):
            return False  # at sea, from the air, or against rebels
        evident = [c for score, c in context.conflicts if score >= EVIDENT]
        return not any(c.side_of(a.id) for a in named for c in evident)
    return (
        not (named or frame.mutual)
        and frame.roles == {"noun"}
        and _is_a_crime(frame)
        and not _militants(frame)
    )


def _is_a_crime(frame: Frame) -> bool:
    """Whether all that is told is a shooting."""
    tokens = frame.view.tree.tokens
    return all(tokens[t.i].lemma in _CRIMES for t in frame.triggers if t.role != "kill")


def _at_peace(frame: Frame, roles: Roles, context: Context) -> bool:
    """Whether two states that no known war divides are said to "attack" each other without anything of war: sport."""
    ids = [a.id for a in (*roles.actors, *roles.recipients)]
    return (
        bool(roles.actors and roles.recipients)
        and all(context.kind(i) is ActorKind.STATE for i in ids)
        and not _known(roles, context)
        and not (frame.killed or frame.injured or frame.victims or frame.sites_hit or frame.view.ceasefires)
        and not frame.wronged
        and not {t.lemma for t in frame.view.tree.tokens} & _SOLDIERS
    )


_SOLDIERS: Final = frozenset(
    "army military force soldier troop border navy warship fighter militia missile drone".split()
)


def _known(roles: Roles, context: Context) -> bool:
    return context.at_war([a.id for a in roles.actors], [r.id for r in roles.recipients])


def _at_war(roles: Roles, context: Context) -> bool:
    """Whether whoever is hit is a principal of a war of the day: what falls on it out of the sky was aimed."""
    return any(
        bool({r.id, r.side} & {side.id for side in conflict.sides})
        for r in roles.recipients
        for conflict in context.lexicon.conflicts_of(r.id, context.on)
    )


_FROM_AFAR: Final = frozenset({Mode.AIRSTRIKE, Mode.MISSILE, Mode.DRONE, Mode.ARTILLERY, Mode.NAVAL})
_FLYING: Final = frozenset({Mode.ARTILLERY, Mode.MISSILE})


def _militants(frame: Frame) -> bool:
    return bool({t.lemma for t in frame.view.tree.tokens} & _FIGHTERS)


_FIGHTERS: Final = frozenset(
    "gunman gunmen militant insurgent rebel terrorist suicide separatist jihadist extremist".split()
)
