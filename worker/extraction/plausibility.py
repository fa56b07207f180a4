"""Whether what a frame tells is an attack in an armed conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Mode, SiteType
from worker.extraction.bareverbs import (
    FIGHTERS,
    ON_DUTY,
    are_at_war,
    into_the_blue,
    is_at_war,
    is_named,
    killed_by_forces,
    of_bare_verb,
)
from worker.extraction.hits import GUNMEN, of_nobody, on_a_group_unknown
from worker.extraction.linking import BLASTS, between_whom
from worker.extraction.victims import SOLDIERS
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
    sentence = frame.view.sentence.text
    if not _bloody(frame) and (context.tells_of_trade(sentence) or context.tells_of_labour(sentence)):
        return False  # "a bombardment of new tariffs", "halted strikes over pay"
    if frame.roles <= {"destroy", "kill"} and not frame.weapons and _NATURE & frame.view.tree.lemmas:
        return False  # "an earthquake strikes, damaging houses"
    if (not armed and _at_peace(frame, roles, context)) or _at_home(frame, roles, named, context):
        return False
    if (
        _on_a_crowd(frame)
        or _amid_protests(frame, context)
        or _by_civilians(frame)
        or _a_search(frame, roles, places)
        or _on_captives(frame)
        or _by_one_man(frame)
        or _a_test(frame)
        or (_by_mistake(frame) and all(r.inferred for r in roles.recipients))
        or _at_work(frame, roles)
        or _before_a_court(frame)
        or _in_a_land_at_peace(frame, roles, places, context)
        or _of_gangsters(frame, roles, context)
        or _by_no_hand(frame, roles, context)
        or _in_a_drill(frame, roles, places, context)
        or _habitually_blamed(frame)
    ):
        return False
    bare = of_bare_verb(frame, roles, places, context)
    if bare is not None:
        return bare
    hit = bool(roles.recipients or frame.targets or places or frame.killed or frame.injured or frame.victims)
    if named:
        known = bool(roles.recipients) or warring or of_nobody(frame)
        hit = hit or of_nobody(frame)
        return hit and (armed or known or mode is Mode.GROUND)
    if frame.mutual:
        truce = bool(frame.killed) and bool(frame.view.ceasefires)  # "a truce after clashes that killed five"
        ids = {a.id for a in (*roles.actors, *roles.recipients)}
        one = any(m.alias.actor_id in ids for m in frame.view.actors)
        spoken_of = is_named(roles) or _militants(frame) or (one and bool(places))
        told = warring or truce or (spoken_of and are_at_war(roles, context))
        return told and bool(roles.recipients or roles.actors)
    if armed and not _at_sea(frame):
        met = frame.intercepted and bool(frame.origins)  # "shot down drones launched from Yemen"
        return (hit or met) and (bool(roles.recipients) or warring)
    if _on_an_army(frame, roles, context) or _at_sea(frame):
        return True
    told = warring or _militants(frame) or (context.speaks_of_a_claim and bool(frame.killed or frame.injured))
    # Not "the opposition attacked the budget".
    by_rebels = frame.unnamed and (_bloody(frame) or mode is Mode.GROUND)
    told = told or _of_a_war(frame, places, context) or _on_works(frame, roles, context)
    told = told or ((is_named(roles) or by_rebels) and are_at_war(roles, context))
    return bool(roles.recipients) and told and (hit or mode is Mode.GROUND)


def _of_a_war(frame: Frame, places: tuple[Place, ...], context: Context) -> bool:
    """Whether people are hurt by an attack in a land at war, or soldiers in one with rebels: it is rarely a mere crime."""
    hurt = {frame.view.tree.tokens[v].lemma for v in frame.victims}
    if _NATURE & {t.lemma for t in frame.view.tree.tokens}:
        return False
    if not (frame.killed or frame.injured) or not frame.roles & {"noun", "attack"} or _is_a_crime(frame):
        return False
    lands = {p.country for p in places if p.country}
    active = [w for w in context.lexicon.conflicts_on(context.on) if lands & w.countries and not w.crime]
    sites = {m.type for t in frame.targets for m in frame.view.sites_by_head.get(t, ())}
    return any(w.war for w in active) or bool(active and (hurt & ON_DUTY or sites & _SPARED))


_SPARED: Final = frozenset({SiteType.HOSPITAL, SiteType.HUMANITARIAN, SiteType.CAMP, SiteType.MARKET})
"""What hardly anyone but those who fight a war attacks."""


def _on_works(frame: Frame, roles: Roles, context: Context) -> bool:
    """ "The refinery was hit overnight", "an attack on a power station": by nothing that is named, in a war."""
    tree = frame.view.tree
    sites = {m.type for t in frame.targets for m in frame.view.sites_by_head.get(t, ())}
    if not sites & _WORKS or not frame.roles <= {"attack", "noun"}:
        return False
    nouns = [t.i for t in frame.triggers if t.role == "noun"]
    aimed = any(set(tree.prep_objects(n, "on", "against")) & set(frame.targets) for n in nouns)
    verbs = [t.i for t in frame.triggers if tree.tokens[t.i].lemma in {"hit", "strike", "attack", "target"}]
    if not aimed and not any(tree.is_passive(v) and not tree.prep_objects(v, "by") for v in verbs):
        return False
    wars = (
        context.lexicon.conflict_between(a.id, r.id, context.on)
        for a in roles.actors
        for r in roles.recipients
    )
    return any(w is not None and w.war for w in wars)


_WORKS: Final = frozenset(
    {SiteType.ENERGY, SiteType.INDUSTRY, SiteType.PORT, SiteType.AIRFIELD, SiteType.MILITARY, SiteType.SHIP}
)
_NATURE: Final = frozenset(
    "earthquake quake tsunami flood storm cyclone hurricane typhoon landslide avalanche tornado lightning".split()
)


def _on_an_army(frame: Frame, roles: Roles, context: Context) -> bool:
    """Whether the army of somebody at war is hit, by whomever: "beat back an assault on its base"."""
    hit = {frame.view.tree.tokens[t].lemma for t in frame.targets}
    return bool(hit & (_POSTS | SOLDIERS)) and is_named(roles) and is_at_war(roles, context)


def _at_sea(frame: Frame) -> bool:
    """Whether a ship is attacked, by whomever but pirates."""
    lemmas = frame.view.tree.lemmas
    return of_nobody(frame) and bool(frame.roles & {"noun", "attack"}) and lemmas.isdisjoint(_PIRACY)


_PIRACY: Final = frozenset("pirate piracy robber robbery hijack hijacker smuggler".split())
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
    stored |= {frame.view.tree.tokens[t].lemma for t in frame.grounds} & {"mine", "pit", "colliery"}
    return _mere_blast(frame) and not named and bool(stored or sites & {SiteType.ENERGY, SiteType.INDUSTRY})


def _in_a_land_at_peace(frame: Frame, roles: Roles, places: tuple[Place, ...], context: Context) -> bool:
    """Whether bombs go off or shots are fired by nobody named where no known conflict is fought: a crime."""
    lands = {p.country for p in places if p.country}
    criminal = frame.mode() in {Mode.BOMBING, Mode.GROUND}
    if not criminal or not lands or frame.view.ceasefires or any(not a.inferred for a in roles.actors):
        return False
    fought = {c for conflict in context.lexicon.conflicts_on(context.on) for c in conflict.countries}
    return not lands & fought and not {t.lemma for t in frame.view.tree.tokens} & FIGHTERS - GUNMEN


def _of_gangsters(frame: Frame, roles: Roles, context: Context) -> bool:
    """Whether smugglers are shot, or nobody named shoots people in a riot, or where a state's only fight is with gangs."""
    hurt = {frame.view.tree.tokens[v].lemma for v in frame.victims}
    if frame.mode() in _FROM_AFAR:
        return False
    hit = hurt | {frame.view.tree.tokens[t].lemma for t in frame.targets}
    if hit & _CRIMINALS and frame.mode() is Mode.GROUND:
        return True
    if any(not a.inferred for a in roles.actors) or hurt & ON_DUTY:
        return False
    if context.tells_of_gangs:
        return True
    if {t.lemma for t in frame.view.tree.tokens} & {"rioting", "rioter"}:
        return True
    wars = [
        context.lexicon.conflict_between(a.id, r.id, context.on)
        for a in roles.actors
        for r in roles.recipients
    ]
    return bool(wars) and all(w is not None and w.crime for w in wars)


_CRIMINALS: Final = frozenset("trafficker smuggler robber poacher thief".split())
_STORES: Final = frozenset("warehouse factory plant depot station mine refinery workshop storage".split())


def _by_no_hand(frame: Frame, roles: Roles, context: Context) -> bool:
    """Whether a mere blast has a cause that nobody knows, or a fire, a leak or a short circuit for one."""
    named = any(not a.inferred for a in roles.actors)
    tanks = {m.weapon.weapon_class for m, _ in frame.weapons.values()} <= {"tank", "vehicle"}
    blew_up = frame.roles == {"explode"} and tanks  # "a tank exploded at an oil depot"
    tree = frame.view.tree
    subjects = [tree.tokens[s].lemma for t in frame.triggers if t.role != "kill" for s in tree.subjects(t.i)]
    blew_up |= (
        bool(subjects) and BLASTS.issuperset(subjects) and not frame.weapons
    )  # "the explosion tore through"
    return (_mere_blast(frame) or blew_up) and not named and context.tells_of_a_mishap


def _in_a_drill(frame: Frame, roles: Roles, places: tuple[Place, ...], context: Context) -> bool:
    """ "A bomber hit the decommissioned ship" during an exercise, "simulating an attack": nobody is hurt, no war is fought."""
    hurt = frame.killed or frame.injured or frame.victims
    tree = frame.view.tree
    played = any(tree.tokens[a].lemma in _PLAYING for a in tree.ancestors(frame.main))
    played = played or any(tree.tokens[k].lower in _MOCK for t in frame.targets for k in tree.subtree(t))
    nowhere = all(p.country is None for p in places) and all(r.inferred for r in roles.recipients)
    drilled = context.tells_of_drills and not are_at_war(roles, context)
    drilled = drilled or (nowhere and context.tells_of_a_drill(frame.view.sentence.text))
    return not hurt and (played or drilled)


_MOCK: Final = frozenset({"mock", "dummy", "simulated", "imaginary", "model", "replica", "mock-up"})
_PLAYING: Final = frozenset("simulate rehearse practise practice mimic".split())


def _habitually_blamed(frame: Frame) -> bool:
    """ "Moscow and Kyiv frequently accuse each other of attacks": a habit, no attack."""
    tree = frame.view.tree
    above = (a for a in tree.ancestors(frame.main) if tree.tokens[a].lemma in {"accuse", "blame"})
    return any(tree.tokens[k].lower in _OFTEN for a in above for k in tree.kids(a, "advmod"))


_OFTEN: Final = frozenset("frequently regularly routinely often constantly periodically".split())


def _by_one_man(frame: Frame) -> bool:
    """ "A Palestinian man kills one person", "a soldier opened fire on his colleagues": one man's crime, no side's attack."""
    tree = frame.view.tree
    hit = {tree.tokens[i].lemma for i in (*frame.targets, *frame.victims)}
    doers = (tree.tokens[s] for t in frame.triggers for s in tree.subjects(t.i))
    police = "police" in tree.lemmas  # who shoot him
    lone = any(
        d.tag == "NN" and d.lemma in _LONE and (police or d.i not in frame.victims)
        for d in doers
        if not tree.kids(d.i, "conj")
    )
    one = all(
        tree.tokens[i].tag == "NN" for i in (*frame.targets, *frame.victims)
    )  # armies shoot at "suspects"
    culprit = bool(hit) and hit <= _CULPRITS and one
    return (
        bool(hit & _FELLOWS)
        or culprit
        or (lone and frame.roles <= {"kill", "attack", "noun"} and not frame.weapons)
    )


_LONE: Final = frozenset("man woman teenager youth boy girl student driver".split())
_CULPRITS: Final = frozenset("perpetrator culprit stabber suspect".split())
"""Who is shot after a crime of his own."""
_FELLOWS: Final = frozenset("colleague comrade".split())


def _by_mistake(frame: Frame) -> bool:
    """ "Shot down by mistake", "in a friendly fire incident", "erroneously released bombs"."""
    said = frame.view.lower
    words = frame.view.tree.words
    return "friendly fire" in said or "friendly-fire" in said or not words.isdisjoint(_UNINTENDED)


_UNINTENDED: Final = frozenset("mistakenly erroneously accidentally inadvertently unintentionally".split())


def _a_test(frame: Frame) -> bool:
    """ "Fired what appeared to be a missile toward the sea"."""
    fired = all(frame.view.tree.tokens[t.i].lemma in {"fire", "launch"} for t in frame.triggers)
    return fired and frame.roles == {"attack"} and not frame.sites_hit and into_the_blue(frame)


def _a_search(frame: Frame, roles: Roles, places: tuple[Place, ...]) -> bool:
    """ "Russian security forces raid a Moscow club": police work of a state at home, in which nobody is hurt or fought."""
    lemmas = {frame.view.tree.tokens[t.i].lemma for t in frame.triggers}
    raids = "raid" in lemmas and lemmas <= {"raid", "conduct", "carry", "launch", "seize"}
    arrests = not frame.view.tree.lemmas.isdisjoint({"arrest", "detain"})
    at_home = {a.id for a in roles.actors} == {p.country for p in places} or arrests
    others = frame.recipients.keys() - frame.actors.keys()
    harm = frame.killed or frame.injured or frame.weapons or frame.mutual or others
    return raids and at_home and not (harm or _militants(frame))


def _on_captives(frame: Frame) -> bool:
    """ "Those arrested are assaulted": ill-treatment, no attack."""
    hit = {frame.view.tree.tokens[t].lemma for t in frame.targets}
    return bool(hit) and hit <= _CAPTIVES and frame.roles == {"attack"} and not frame.weapons


_CAPTIVES: Final = frozenset("arrested arrest detained detainee prisoner inmate captive".split())


def _before_a_court(frame: Frame) -> bool:
    """ "Arrested on accusations of attacking police": a crime that somebody is held for."""
    tree = frame.view.tree
    above = [tree.tokens[a].lemma for a in tree.ancestors(frame.main)]
    return bool({"arrest", "detain"} & set(above)) and bool({*above[:2]} & _CHARGES)


_CHARGES: Final = frozenset("accusation suspicion charge allegation for".split())


def _on_a_crowd(frame: Frame) -> bool:
    """ "Police fired on a demonstration", "protesters stormed the consulate", "killed in clashes with security forces during protests"."""
    tree = frame.view.tree
    hit = {tree.tokens[t].lemma for t in frame.targets} - {"fire"}
    if bool(hit) and hit <= _GATHERINGS and not frame.weapons:
        return True
    subjects = [s for t in frame.triggers for s in tree.subjects(t.i)]
    subjects += [tree.tokens[t.i].head for t in frame.triggers if tree.tokens[t.i].dep == "relcl"]
    doers = {tree.tokens[k].lemma for s in subjects for k in (s, *tree.prep_objects(s, "of"))}
    if doers & _CROWDS and not frame.weapons:
        return True  # "protesters stormed the consulate"
    during = (
        tree.tokens[o].lemma
        for t in tree.tokens
        if t.lower in {"during", "amid"}
        for o in tree.prep_objects_of(t.i)
    )
    police = frame.mutual or "security force" in frame.view.lower or "police" in tree.lemmas
    return police and not frame.weapons and not _militants(frame) and bool(_GATHERINGS & set(during))


def _amid_protests(frame: Frame, context: Context) -> bool:
    """ "A policeman is killed in the clashes", under a headline of protests: with a crowd."""
    named = any(a.text for a in (*frame.actors.values(), *frame.recipients.values()))
    return frame.mutual and not named and not frame.weapons and "protest" in context.title.lower()


def _by_civilians(frame: Frame) -> bool:
    """ "Settlers attacked farmers", "fighters killed by local vigilantes": no forces of any side."""
    tree = frame.view.tree
    doers: set[str] = set()
    for i in (t.i for t in frame.triggers):
        noun = tree.tokens[i].pos == "NOUN"
        by = tree.prep_objects(i, "by") if noun else tree.doers(i)
        own = tree.kids(i, "compound", "poss", "nmod") if noun else []
        doers |= {
            tree.tokens[c].lemma for d in (*by, *own, *between_whom(tree, i)) for c in tree.conjuncts(d)
        }
    return not doers.isdisjoint({"settler", "vigilante"}) and doers.isdisjoint(_SOLDIERS)


_CROWDS: Final = frozenset(
    "protester protestor demonstrator rioter mob protest demonstration riot unrest".split()
)
_GATHERINGS: Final = frozenset(
    "demonstration demonstrator protest protester protestor rally march riot rioter procession".split()
)


def _at_home(frame: Frame, roles: Roles, named: list[Actor], context: Context) -> bool:
    """Whether a state's police or a gunman are all that is told of."""
    if named and not roles.recipients:
        hurt = {frame.view.tree.tokens[v].lemma for v in frame.victims}
        heavy = frame.mode() in _FROM_AFAR and (hurt or frame.killed or frame.sites_hit)
        massacre = killed_by_forces(frame, named, context)
        if of_nobody(frame) or on_a_group_unknown(frame) or heavy or massacre or hurt & (FIGHTERS - GUNMEN):
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
        and not are_at_war(roles, context)
        and not (frame.killed or frame.injured or frame.victims or frame.sites_hit or frame.view.ceasefires)
        and not frame.wronged
        and not {t.lemma for t in frame.view.tree.tokens} & _SOLDIERS
    )


_SOLDIERS: Final = frozenset(
    "army military force soldier troop border navy warship fighter militia missile drone".split()
)


_FROM_AFAR: Final = frozenset({Mode.AIRSTRIKE, Mode.MISSILE, Mode.DRONE, Mode.ARTILLERY, Mode.NAVAL})


def _militants(frame: Frame) -> bool:
    return bool({t.lemma for t in frame.view.tree.tokens} & FIGHTERS)
