"""Who struck whom where the words leave it open: one side the other, both each other, and in which conflict."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.event import Actor, Mode
from worker.extraction.actornouns import CIVILIANS
from worker.extraction.actors import actors_of
from worker.extraction.attachments import ANSWERS
from worker.extraction.attackers import (
    air_raid_at_home,
    attackers_from,
    by_own_weapon,
    by_the_headline,
    counting_its_own,
    known_by_its_day,
    likely_attackers,
    uprising,
    who_fights_from,
)
from worker.extraction.clashes import SPANS, both_directions
from worker.extraction.directions import Roles, with_conflict
from worker.extraction.hits import (
    before_its_helpers,
    find_hit,
    lands_of,
    named_lands,
    of_nobody,
    of_the_land,
    on_a_group_unknown,
    on_a_ship,
    on_its_ground,
    rebels_fought,
    rebels_killed,
    states_of_land_held,
)
from worker.extraction.wars import EVIDENT
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import Place
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame


def resolve_roles(
    frame: Frame, places: tuple[Place, ...], origins: tuple[Place, ...], context: Context
) -> tuple[Roles, ...]:
    """The directions of attack that a frame tells of: one, or two where both sides fight."""
    _not_their_own(frame)
    if not frame.recipients:
        frame.recipients.update(_in_whose_airspace(frame, context) or frame.defenders)
    fatal = frame.roles <= {"kill", "noun"} and frame.mode() is Mode.GROUND
    fatal = fatal or (frame.roles == {"kill"} and _of_the_articles_war(frame, context))
    if not frame.actors and fatal and not frame.unnamed and _opposed_pair(frame, context):
        # "soldiers and militants died in a shootout"
        frame.actors, frame.mutual = dict(frame.recipients), True
    if not (frame.actors or frame.recipients or frame.unnamed or frame.targets):
        frame.actors.update(_who_make_up(frame, context))  # these fought each other
    if "seize" in frame.roles and frame.unnamed and not frame.actors:
        frame.mutual = False  # "militants seized the port after days of fighting"
    if "seize" in frame.roles and frame.against and set(frame.actors) - frame.against:
        # "Seized the town in fighting with the army": who seizes attacks.
        frame.mutual = False
        frame.recipients.update({i: frame.actors.pop(i) for i in tuple(frame.against) if i in frame.actors})
    if (frame.mutual and not _killed_by(frame)) or _reciprocal(frame, context):
        return both_directions(frame, places, context)
    return _one_way(frame, places, origins, context)


def _in_whose_airspace(frame: Frame, context: Context) -> dict[str, Actor]:
    """ "A Spanish jet shoots down a drone in Romanian airspace": over whose land it is, whoever defends it."""
    tree = frame.view.tree
    skies = [
        t.i
        for t in tree.tokens
        if t.lemma == "airspace" and t.dep == "pobj" and tree.tokens[t.head].lower in {"in", "over"}
    ]
    found = [a for at in skies for a in actors_of(frame.view, at, context)] if frame.intercepted else []
    return {a.id: a for a in found if context.kind(a.id) is ActorKind.STATE}


def _who_make_up(frame: Frame, context: Context) -> dict[str, Actor]:
    """ "Iran and Israel agreed to talks after four days of missile strikes": enemies of whom a clause tells what came then."""
    tree = frame.view.tree
    for trigger in frame.triggers:
        noun = tree.tokens[tree.first_conjunct(trigger.i)]
        noun = tree.tokens[noun.head] if noun.dep == "amod" else noun
        of = tree.tokens[noun.head]
        span, after = tree.tokens[of.head], tree.tokens[tree.tokens[of.head].head]
        # "halting weeks of clashes that killed 41"
        ended = span.dep == "dobj" and after.lemma in {"halt", "end", "stop"} and tree.kids(noun.i, "relcl")
        if (
            of.lower != "of"
            or span.lemma not in SPANS
            or not (ended or after.lower in {"after", "following"})
        ):
            continue
        for verb in (after.i, *tree.ancestors(after.i)):
            found = {
                a.id: a
                for s in tree.subjects(verb)
                for a in actors_of(frame.view, s, context)
                if context.fights(a.id)
            }
            if len(found) == 2 and context.at_war(found, found):  # noqa: PLR2004  -- a war has two sides
                return found
    return {}


def _not_their_own(frame: Frame) -> None:
    """ "Local forces attack Syrian convoys": whoever the forces are, they are not those whom the words say they attack."""
    names = {m.text for m in frame.view.actors}
    if any(frame.view.tree.tokens[v].lemma in CIVILIANS for v in frame.victims):
        return  # "Syrian civilians were killed by government forces"
    for i in frame.actors.keys() & frame.recipients.keys() if not frame.mutual else ():
        if frame.actors[i].text not in names and frame.recipients[i].text in names:
            del frame.actors[i]


def _killed_by(frame: Frame) -> bool:
    """ "Rebels were killed by soldiers during clashes", "soldiers killed rebels in clashes": one side is said to have done it."""
    tree = frame.view.tree
    done = [t.i for t in frame.triggers if t.role in {"kill", "attack"}]
    if any(tree.tokens[k].dep == "agent" for i in done for k in tree.children[i]):
        return True
    if frame.against:
        return False
    others = {t.i for t in frame.triggers if t.role != "kill"}
    killed = [t.i for t in frame.triggers if t.role == "kill" and tree.kids(t.i, "dobj")]
    return any(tree.subjects(i) and not others & set(tree.subjects(i)) for i in killed)


def _one_way(
    frame: Frame, places: tuple[Place, ...], origins: tuple[Place, ...], context: Context
) -> tuple[Roles, ...]:
    """The direction of an attack in which only one side strikes."""
    actors = list(frame.actors.values())
    recipients = [r for r in frame.recipients.values() if r.id not in frame.actors and not _own(r, actors)]
    launched = {o.country for o in origins}  # "Truce in Gaza": rockets from there
    title = tuple(c for c in context.title_countries if c not in launched)
    at_sea = on_a_ship(frame)  # in nobody's land
    countries = lands_of(frame, places, actors, context) or (() if at_sea else title)
    if not (countries or actors or recipients or at_sea):
        countries = tuple(c for c in _only_land(frame, context) if c not in launched)
    actors = actors or attackers_from(origins, recipients, countries, context)
    actors = [
        who_fights_from(a, recipients, countries, context) if a.id in frame.lands else a for a in actors
    ]
    if origins and not places and not recipients:
        countries = _fired_at(actors, countries, launched, context)
    if not actors:
        actors, recipients = _of_nobody_named(frame, recipients, countries, places, context)
    if actors and not recipients and not of_nobody(frame):
        recipients = rebels_fought(frame, actors, countries, places, context)
    if frame.unnamed and not (actors or recipients or countries):
        actors, recipients = uprising(context)
    there = of_the_land(frame, recipients, actors, countries, context) if places else recipients
    recipients = find_hit(frame, there, actors, countries, context)
    actors = actors or by_the_headline(frame, recipients, context)
    if not actors:
        actors, recipients = by_own_weapon(frame, recipients, context)
    actors = actors or likely_attackers(frame, recipients, countries, places, context)
    if actors and not recipients and not of_nobody(frame):
        recipients = _enemy_of(frame, actors[0], countries, launched, context)
    if actors and recipients and not countries and not frame.recipients:
        recipients = [r for r in recipients if r.id not in {a.id for a in actors}]
    recipients = before_its_helpers(frame, recipients, actors, countries, context) if places else recipients
    recipients = [on_its_ground(r, places, context) for r in recipients]
    actors = [context.of_that_name(a, recipients) for a in actors]
    recipients = [context.of_that_name(r, actors) for r in recipients]
    attacking = {a.id for a in actors}
    recipients = [r for r in recipients if not r.inferred or r.id not in attacking]
    if on_a_group_unknown(frame):
        recipients = [r for r in recipients if not r.inferred]
    recipients += _hosts(frame, actors, recipients, countries, context)
    recipients += states_of_land_held(frame, recipients, actors, places, context)
    here = _under_a_flag(frame, with_conflict(actors, recipients, context), context)
    return (here, *_on_foreign_soil(here, countries, context))


def _hosts(
    frame: Frame, actors: list[Actor], recipients: list[Actor], countries: tuple[str, ...], context: Context
) -> list[Actor]:
    """ "Iran hit a US base in Kuwait": the land is attacked as well, where it is in that war on the same side."""
    bases = {frame.view.tree.tokens[t].lower for t in frame.targets} & _BASES
    states = all(context.kind(a.id) is ActorKind.STATE for a in (*actors, *recipients))
    if not bases or len(actors) != 1 or not recipients or not states:
        return []
    war = context.lexicon.conflict_between(actors[0].id, recipients[0].id, context.on)
    if war is None:
        return []
    side, hit = war.side_of(recipients[0].id), {r.id for r in recipients}
    return [context.actor(c, inferred=True) for c in countries if c not in hit and war.side_of(c) == side]


_BASES: Final = frozenset(
    "base bases airbase airbases facility facilities installation installations".split()
)


def _under_a_flag(frame: Frame, roles: Roles, context: Context) -> Roles:
    """An attack on a ship is part of its attacker's war, whatever flag she flies."""
    known = {c.id for a in roles.actors for c in context.lexicon.conflicts_of(a.id, context.on)}
    if roles.conflict in known or not on_a_ship(frame):
        return roles
    alone = with_conflict(list(roles.actors), [], context)
    return replace(roles, conflict=alone.conflict) if alone.conflict is not None else roles


def _fired_at(
    actors: Sequence[Actor], countries: tuple[str, ...], launched: set[str | None], context: Context
) -> tuple[str, ...]:
    """Of the lands that may have been fired at, those with whom the attackers are at war; where none is said, their own.

    "Rebels fired rockets from a truck near Arauca": at those whom they fight there.
    """
    if countries:
        return tuple(c for c in countries if _may_hit(list(actors), c, context))
    entries = (context.lexicon.actors.get(a.id) for a in actors)
    homes = (e.countries[0] for e in entries if e is not None and e.kind is ActorKind.GROUP and e.countries)
    return tuple(h for h in homes if h in launched)[:1]


def _enemy_of(
    frame: Frame, actor: Actor, countries: tuple[str, ...], launched: set[str | None], context: Context
) -> list[Actor]:
    """Whom an attacker fights here, where nothing says whom it hit.

    "A missile from Yemen is shot down before it enters Israeli airspace": it left that country for one that is named.
    """
    enemy = context.hit_by(actor.id, country=countries[0] if countries else None)
    if enemy in launched and actor.inferred:
        named = (m.alias.actor_id for m in frame.view.actors)
        enemy = next((n for n in named if n not in launched and context.at_war([actor.id], [n])), None)
    return [context.actor(enemy, inferred=True)] if enemy is not None else []


def _own(recipient: Actor, actors: Sequence[Actor]) -> bool:
    """ "Hamas ambushed soldiers in Rafah": those without a name who are hit are not of the side that attacks."""
    named = recipient.text is not None and not recipient.text.islower()
    return not named and recipient.side in {a.side for a in actors}


def _only_land(frame: Frame, context: Context) -> tuple[str, ...]:
    """Where people die, or rebels attack, if no place and no side is said: the land of the war, or the only one spoken of."""
    if (frame.killed or frame.injured) and context.land_of_the_war:
        return context.land_of_the_war
    hit = frame.killed or frame.injured or frame.victims or frame.targets
    only = context.only_state() if (frame.unnamed and hit) or frame.intercepted else None
    return (only,) if only is not None else ()


def _may_hit(actors: list[Actor], country: str, context: Context) -> bool:
    """Whether those who fired from somewhere fight whoever holds the land that only the title names."""
    owner = context.owner_of(country, attacker=actors[0].id if actors else None)
    return owner is not None and context.at_war([a.id for a in actors], [owner])


def _of_nobody_named(
    frame: Frame,
    recipients: list[Actor],
    countries: tuple[str, ...],
    places: tuple[Place, ...],
    context: Context,
) -> tuple[list[Actor], list[Actor]]:
    """Attackers and attacked where a frame names neither: by its day, who counts the dead, the aircraft, or who the dead are.

    A state that only names the place is not named: "air strikes rocked the Sudanese capital".
    """
    if recipients and not {r.id for r in recipients} <= named_lands(frame):
        return [], recipients
    if recipients:
        by, hit = air_raid_at_home(frame, countries, places, context)
        return by, hit or recipients
    known = known_by_its_day(frame, context)
    if known[0]:
        return known
    own = counting_its_own(frame, countries, context) if not frame.unnamed else []
    if own:
        return [], own
    actors, recipients = air_raid_at_home(frame, countries, places, context)
    return (actors, recipients) if actors else rebels_killed(frame, countries, places, context)


def _on_foreign_soil(roles: Roles, countries: tuple[str, ...], context: Context) -> tuple[Roles, ...]:
    """A state that pursues its own rebels into the land of another, with which it has fought, strikes that land as well."""
    attacker = roles.actors[0] if len(roles.actors) == 1 else None
    if attacker is None or context.kind(attacker.id) is not ActorKind.STATE or len(countries) != 1:
        return ()
    land = countries[0]
    foe = context.lexicon.conflict_between(attacker.id, land, context.on)
    entries = [context.lexicon.actors.get(r.id) for r in roles.recipients]
    rebels = entries and all(e is not None and e.countries[:1] == (attacker.id,) for e in entries)
    if foe is not None and any(foe.side_of(r.id) == foe.side_of(land) for r in roles.recipients):
        return ()  # who fight in its ranks
    if foe is None or land == attacker.id or not rebels:
        return ()
    return (with_conflict([attacker], [context.actor(land, inferred=True)], context),)


def answer_back(frames: Sequence[Frame]) -> None:
    """ "Turkey struck in retaliation for the killing of its soldiers": whoever is struck had attacked the striker."""
    for frame in frames:
        if frame.actors or frame.mutual:
            continue
        tree = frame.view.tree
        above = list(tree.ancestors(frame.main))
        if not any(tree.tokens[a].lemma in ANSWERS for a in above[:3]):
            continue
        first = next((f for f in frames if f is not frame and any(t.i in above for t in f.triggers)), None)
        if first is None or not first.actors or first.mutual:
            continue
        frame.actors.update({r.id: replace(r, text=None, inferred=True) for r in first.recipients.values()})
        for actor_id in frame.recipients:
            frame.actors.pop(actor_id, None)
        if not frame.recipients:
            frame.recipients.update(
                {a.id: replace(a, text=None, inferred=True) for a in first.actors.values()}
            )


def _of_the_articles_war(frame: Frame, context: Context) -> bool:
    """ "One Thai soldier and four Cambodians were killed", where the two fight; not guests from two lands in a third."""
    main = context.main_conflict
    evident = [c for strength, c in context.conflicts if strength >= EVIDENT]
    alone = all(any(c.side_of(r) is not None for r in frame.recipients) for c in evident)
    return main is not None and alone and all(main.side_of(r) is not None for r in frame.recipients)


def _opposed_pair(frame: Frame, context: Context) -> bool:
    return context.at_war(frame.recipients, frame.recipients)


def _reciprocal(frame: Frame, context: Context) -> bool:
    """ "Russia and Ukraine launched attacks": enemies that act together act against each other."""
    ids = list(frame.actors)
    if any(frame.view.tree.tokens[t].lemma in CIVILIANS | _FAITHFUL for t in frame.targets):
        return False  # "attacks on Christians by two groups"
    return len(ids) > 1 and set(frame.recipients) <= set(ids) and context.at_war(ids, ids)


_FAITHFUL: Final = frozenset("christian christians muslim muslims yazidi yazidis druze alawites".split())
"""People of a faith, whom a group attacks as it does civilians."""
