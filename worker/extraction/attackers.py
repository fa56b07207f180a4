"""Who attacked where nobody is named: from where it was launched, the weapon, the place and the article's war."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from worker.event import Mode
from worker.extraction.actors import actors_of
from worker.extraction.hits import GUNMEN, REBELS, on_a_ship
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Actor, Place
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame

_HEAVY: Final = frozenset({Mode.DRONE, Mode.MISSILE, Mode.AIRSTRIKE, Mode.ARTILLERY, Mode.NAVAL})
"""Modes that hardly anyone but a belligerent has: they may reveal an unnamed attacker."""


_PLANTED: Final = frozenset({"ied"})
_SUICIDE: Final = "suicide-bomb"
"""The weapon of those who fight a state and have no army."""


def attackers_from(
    origins: tuple[Place, ...], recipients: list[Actor], countries: tuple[str, ...], context: Context
) -> list[Actor]:
    """ "launched from Yemen": whoever there fights the side that is hit, else the state itself."""
    for place in origins:
        if place.country is None or place.country in countries:
            continue
        for hit in (*(r.id for r in recipients), *(countries if not recipients else ())):
            enemy = context.enemy_of(hit, country=place.country) or _known_enemy(hit, place.country, context)
            if enemy is not None:
                return [context.actor(enemy, text=place.text, inferred=True)]
        fighter = context.belligerent_from(place.country)
        if fighter is not None:
            return [context.actor(fighter, text=place.text, inferred=True)]
    return []


def who_fights_from(
    land: Actor, recipients: list[Actor], countries: tuple[str, ...], context: Context
) -> Actor:
    """ "Yemen missile hits Tel Aviv": whoever in a land is at war with the side that is hit, before its state."""
    for hit in (*(r.id for r in recipients), *(countries if not recipients else ())):
        enemy = _known_enemy(hit, land.id, context)
        if enemy is not None and enemy != land.id and not context.at_war([land.id], [hit]):
            return context.actor(enemy, text=land.text, inferred=True)
    return land


def known_by_its_day(frame: Frame, context: Context) -> tuple[list[Actor], list[Actor]]:
    """ "Abducted during the October 7 attacks": who attacked whom on a day that an attack is named after."""
    tree = frame.view.tree
    if frame.targets or frame.grounds or frame.weapons:
        return [], []  # "an October 7 drone attack on Kharkiv"
    nouns = [t.i for t in frame.triggers if t.role == "noun"]
    words = {tree.tokens[k].lower for i in nouns for k in tree.subtree(i) if k < i}
    for month, day, by, hit, since in _NAMED_DAYS:
        if words & month and day in words and context.on >= since:
            return [context.actor(by, inferred=True)], [context.actor(hit, inferred=True)]
    return [], []


_NAMED_DAYS: Final = (
    (frozenset({"october", "oct", "oct."}), "7", "hamas", "ISR", date(2023, 10, 7)),
    (frozenset({"september", "sept", "sept."}), "11", "al-qaeda", "USA", date(2001, 9, 11)),
)


def _known_enemy(actor_id: str, country: str, context: Context) -> str | None:
    """The group or state based in a country that fights an actor, by what is known of the day."""
    for conflict in context.lexicon.conflicts_of(actor_id, context.on):
        other = conflict.against(actor_id)
        entry = context.lexicon.actors.get(other.id)
        if other.id == country or (entry is not None and country in entry.countries):
            return other.id
    return None


def air_raid_at_home(
    frame: Frame, countries: tuple[str, ...], places: tuple[Place, ...], context: Context
) -> tuple[list[Actor], list[Actor]]:
    """Of an air raid in a country at war with itself: its government, or a state named that fights its rebels, and the rebels.

    So of drones where the rebels have none. Empty for anything else, and where the article is about a war with another state.
    """
    rebels = None
    if _at_war_with_a_state(countries, context):
        return [], []
    if len(countries) == 1 and frame.mode() is Mode.AIRSTRIKE:
        rebels = context.rebels_bombed_in(countries[0])
    elif len(countries) == 1 and frame.mode() is Mode.DRONE and not (frame.intercepted or on_a_ship(frame)):
        rebels = _without_drones(countries[0], places, context)
    if rebels is None:
        return [], []
    enemy = context.enemy_of(rebels, country=countries[0])
    abroad = enemy is not None and context.kind(enemy) is ActorKind.STATE and enemy in context.in_text
    flying = enemy if enemy is not None and abroad else countries[0]
    return [context.actor(flying, inferred=True)], [context.actor(rebels, inferred=True)]


def _at_war_with_a_state(countries: tuple[str, ...], context: Context) -> bool:
    main = context.main_conflict
    if main is None or any(context.kind(s.id) is not ActorKind.STATE for s in main.sides):
        return False
    return any(main.side_of(c) for c in countries)


def _without_drones(country: str, places: tuple[Place, ...], context: Context) -> str | None:
    """Rebels who fight a state at home and have no drones, where no state fights it either."""
    rebels = context.opponents_of(country, places)
    entry = context.lexicon.actors.get(rebels) if rebels is not None else None
    if entry is None or entry.drones or entry.countries[:1] != (country,):
        return None
    wars = [c for c in context.lexicon.conflicts_of(country, context.on) if c.war]
    return None if any(context.kind(c.against(country).id) is ActorKind.STATE for c in wars) else rebels


def counting_its_own(frame: Frame, countries: tuple[str, ...], context: Context) -> list[Actor]:
    """Whose people die in an attack by nobody named: "Iran says 14 were killed in strikes", "rebels say a raid killed six".

    A side that counts plain people counts its own; its army may count those that it killed itself.
    """
    tree = frame.view.tree
    dead = (frame.killed is not None and frame.killed.low) or (
        frame.injured is not None and frame.injured.low
    )
    people = [tree.tokens[v] for v in frame.victims]
    if not dead or not all(t.pos == "NUM" or t.lemma in _PLAIN for t in people):
        return []
    told = next((a for a in tree.ancestors(frame.main) if tree.tokens[a].lemma in _COUNTING), None)
    for subject in tree.kids(told, "nsubj") if told is not None else ():
        for actor in actors_of(frame.view, subject, context):
            entry = context.lexicon.actors.get(actor.id)
            homes = {actor.id, *(entry.countries if entry is not None else ())}
            soldiers = context.kind(actor.id) is ActorKind.STATE and context.lexicon.is_force(
                actor.id, actor.text
            )
            own = context.fights(actor.id) and not soldiers  # nor the dead whom the WHO counts
            if own and set(countries) <= homes and context.enemy_of(actor.id) is not None:
                return [context.actor(actor.id, inferred=True)]
    return []


_COUNTING: Final = frozenset("say report claim announce confirm".split())
_PLAIN: Final = frozenset("person people civilian citizen resident woman child man girl boy".split())


def uprising(context: Context) -> tuple[list[Actor], list[Actor]]:
    """ "Rebels captured towns", where nothing else is said: those of the article's war, and the state they fight."""
    pair = context.both_sides()
    rebels = [context.actor(a, inferred=True) for a in pair if context.kind(a) is ActorKind.GROUP]
    states = [context.actor(a, inferred=True) for a in pair if context.kind(a) is ActorKind.STATE]
    return (rebels, states) if rebels and states else ([], [])


def by_own_weapon(frame: Frame, recipients: list[Actor], context: Context) -> tuple[list[Actor], list[Actor]]:
    """Where a place seems to be hit by its own side's weapon, it is the enemy that holds it ("a Storm Shadow in Crimea")."""
    operators = {operator for mention, _ in frame.weapons.values() for operator in mention.weapon.operators}
    if frame.intercepted or not recipients or any(not r.inferred for r in recipients):
        return [], recipients
    own = [r for r in recipients if r.id in operators]
    enemy = context.enemy_of(own[0].id) if own and len(recipients) == 1 else None
    return ([own[0]], [context.actor(enemy, inferred=True)]) if enemy is not None else ([], recipients)


def by_the_headline(frame: Frame, recipients: list[Actor], context: Context) -> list[Actor]:
    """Whose strikes the headline names, where what is hit is their enemy's and nobody on foot is told of."""
    hit = [r.id for r in recipients]
    afar = frame.mode() in {Mode.AIRSTRIKE, Mode.MISSILE, Mode.DRONE, Mode.ARTILLERY, Mode.UNSPECIFIED}
    if frame.unnamed or frame.stranger or not afar:
        return []
    return [context.actor(s, inferred=True) for s in context.strikers if context.at_war([s], hit)]


def _said_to_be_unknown(frame: Frame) -> bool:
    """ "An unidentified air strike", "unclaimed strikes"."""
    tree = frame.view.tree
    beside = {tree.tokens[k].lower for t in frame.triggers for k in tree.kids(t.i, "amod")}
    return bool(beside & {"unidentified", "unclaimed", "unattributed", "mysterious"})


def likely_attackers(
    frame: Frame,
    recipients: list[Actor],
    countries: tuple[str, ...],
    places: tuple[Place, ...],
    context: Context,
) -> list[Actor]:
    """Who attacked where nobody is named: rebels if fighters are told of, else by the weapon or the conflict."""
    if frame.stranger or _said_to_be_unknown(frame):
        return []
    rebels = frame.unnamed or any(m.weapon.id == _SUICIDE for m, _ in frame.weapons.values())
    rebels = (
        rebels
        or _mined_on_duty(frame)
        or _ambushed_at_home(frame, recipients, context)
        or _on_wheels(frame)
        or _of_men_who_die(frame)
        or _on_a_faith(frame)
    )
    if rebels or frame.mode() is Mode.DRONE:
        recipients = [*recipients, *_whose_land(frame, recipients, countries, context)]
    if rebels:
        found = _of_rebels(recipients, places, context)
        return [replace(a, text=_who_they_are(frame)) for a in found] if frame.unnamed else found
    found = _from_weapons(frame, recipients, context) or _from_conflict(frame, recipients, countries, context)
    if frame.mode() is Mode.AIRSTRIKE:  # rebels have no aircraft
        return [a for a in found if context.kind(a.id) is not ActorKind.GROUP]
    if frame.mode() is Mode.DRONE:
        entries = [(a, context.lexicon.actors.get(a.id)) for a in found]
        return [a for a, e in entries if e is None or e.kind is not ActorKind.GROUP or e.drones]
    if any(m.weapon.weapon_class in _PLANTED for m, _ in frame.weapons.values()):
        # States lay no roadside bombs.
        return [a for a in found if context.kind(a.id) is ActorKind.GROUP]
    return found


def _who_they_are(frame: Frame) -> str | None:
    """The word for fighters without a name: "militants", as in "a militant attack"."""
    return next((t.text for t in frame.view.tree.tokens if t.lemma in REBELS | GUNMEN), None)


def _ambushed_at_home(frame: Frame, recipients: list[Actor], context: Context) -> bool:
    """ "Soldiers died in an ambush": rebels lie in wait for them, where no other state fights theirs."""
    tokens = frame.view.tree.tokens
    return any(tokens[t.i].lemma == "ambush" for t in frame.triggers) and all(
        context.kind(c.against(r.id).id) is not ActorKind.STATE
        for r in recipients
        for c in context.lexicon.conflicts_of(r.id, context.on)
        if c.war
    )


def _of_men_who_die(frame: Frame) -> bool:
    """ "Tuesday's suicide bombing", "soldiers and gunmen died in a shootout": nothing that a state does."""
    tokens = frame.view.tree.tokens
    dead = {tokens[v].lemma for v in frame.victims}
    suicide = frame.mode() is Mode.BOMBING and "suicide" in frame.view.tree.words
    return suicide or bool(dead & GUNMEN and dead & _ON_DUTY)


def _on_a_faith(frame: Frame) -> bool:
    """ "An attack targeting Hindus", "26 tourists were killed in an attack": on people of a kind that no state goes for."""
    tokens = frame.view.tree.tokens
    hit = {tokens[i].lemma.lower() for i in (*frame.targets, *frame.victims)}
    return frame.mode() in {Mode.UNSPECIFIED, Mode.GROUND} and bool(hit & _OF_A_FAITH)


_OF_A_FAITH: Final = frozenset(
    "hindu hindus christian christians sikh sikhs shia shias shiite shiites sunni sunnis yazidi yazidis ahmadi ahmadis pilgrim "
    "worshipper churchgoer tourist holidaymaker".split()
)


def _mined_on_duty(frame: Frame) -> bool:
    """ "Soldiers were killed by a roadside bomb": by those whom they fight at home."""
    laid = any(m.weapon.weapon_class in _PLANTED for m, _ in frame.weapons.values())
    return laid and any(frame.view.tree.tokens[v].lemma in _ON_DUTY for v in frame.victims)


_ON_DUTY: Final = frozenset("soldier troop policeman policemen trooper gendarme ranger".split())


def _on_wheels(frame: Frame) -> bool:
    """A bomb that is driven to where it goes off, as states do not."""
    return frame.mode() is Mode.BOMBING and _ON_WHEELS.search(frame.view.sentence.text) is not None


_ON_WHEELS: Final = re.compile(
    r"(?i)\b(?:vehicle|car|truck|lorry|van|motorcycle)\b[\w ,-]{0,30}\bexplosives?\b|\bexplosives?-(?:laden|filled|packed)\b"
)


def _whose_land(
    frame: Frame, recipients: list[Actor], countries: tuple[str, ...], context: Context
) -> list[Actor]:
    """The state in whose land peacekeepers or its allies are hit: its enemies there are theirs."""
    if not countries or any(r.id in countries for r in recipients):
        return []
    wars = context.lexicon.conflicts_of(countries[0], context.on)
    beside = [r for r in recipients if any(w.side_of(r.id) == w.side_of(countries[0]) for w in wars)]
    keepers = {frame.view.tree.tokens[v].lemma for v in frame.victims} & {"peacekeeper"}
    guests = (
        beside
        or (recipients if keepers else [])
        or [r for r in recipients if context.kind(r.id) is ActorKind.ORGANISATION]
    )
    return [context.actor(countries[0], inferred=True)] if guests else []


def _of_rebels(recipients: list[Actor], places: tuple[Place, ...], context: Context) -> list[Actor]:
    """ "Militants", "terrorists" attack a state: a group that fights it, never another state."""
    for recipient in recipients:
        group = context.opponents_of(recipient.id, places) or _group_at_home(recipient.id, places, context)
        if group is not None:
            return [context.actor(group, inferred=True)]
    return []


def _group_at_home(invader: str, places: tuple[Place, ...], context: Context) -> str | None:
    """ "Israeli soldiers were killed by a roadside bomb in southern Lebanon": who fights an army in the land it is in."""
    for land in (p.country for p in places if p.country):
        war = context.lexicon.conflict_between(invader, land, context.on)
        for member in war.against(invader).members if war is not None else ():
            entry = context.lexicon.actors.get(member)
            if entry is not None and entry.kind is ActorKind.GROUP and entry.countries[:1] == (land,):
                return member
    return None


def _from_weapons(frame: Frame, recipients: list[Actor], context: Context) -> list[Actor]:
    """A weapon that only one party to the recipient's wars has."""
    for mention, _ in frame.weapons.values():
        for operator in mention.weapon.operators:
            for recipient in recipients:
                if operator != recipient.id and context.lexicon.conflict_between(
                    operator, recipient.id, context.on
                ):
                    return [context.actor(operator, inferred=True)]
    return []


def _from_conflict(
    frame: Frame, recipients: list[Actor], countries: tuple[str, ...], context: Context
) -> list[Actor]:
    heavy = frame.mode() in _HEAVY
    for recipient in recipients:
        # land that a group holds is no country of its own
        country = countries[0] if countries and context.kind(countries[0]) is ActorKind.STATE else None
        abroad = country is not None and country != recipient.id and not recipient.inferred
        enemy = context.enemy_of(recipient.id, country=country, named_only=not (heavy or abroad))
        plain = frame.mode() is Mode.UNSPECIFIED and not _has_rebels(recipient.id, context)
        if enemy is None and country is not None and (heavy or plain):
            enemy = context.only_state_against(recipient.id, country)
        if enemy is not None:
            known = context.lexicon.conflict_between(enemy, recipient.id, context.on)
            if known is not None and not context.fights(enemy):
                enemy = known.side_of(enemy) or enemy  # peacekeepers and UNICEF are hit, and hit nobody
            return [context.actor(enemy, inferred=True)]
    return []


def _has_rebels(state: str, context: Context) -> bool:
    """Whether groups wage a war on a state at home: they attack it there as well as its neighbour does."""
    return any(
        c.war and state in c.countries and context.kind(c.against(state).id) is ActorKind.GROUP
        for c in context.lexicon.conflicts_of(state, context.on)
    )
