"""Who struck whom where the words leave it open: one side the other, both each other, and in which conflict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from worker.event import Actor, Mode
from worker.extraction.actors import CIVILIANS
from worker.extraction.attackers import (
    air_raid_at_home,
    attackers_from,
    by_own_weapon,
    counting_its_own,
    likely_attackers,
    uprising,
)
from worker.extraction.hits import (
    REBELS,
    find_hit,
    lands_of,
    of_nobody,
    on_its_ground,
    owners_of,
    rebels_fought,
    rebels_killed,
)
from worker.extraction.linking import place_of
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import Place
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame
    from worker.lexicon.entries import ConflictEntry


@dataclass(frozen=True, slots=True)
class Roles:
    """Who struck whom, with the conflict that this is part of (None: unknown)."""

    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    conflict: str | None


def resolve_roles(
    frame: Frame, places: tuple[Place, ...], origins: tuple[Place, ...], context: Context
) -> tuple[Roles, ...]:
    """The directions of attack that a frame tells of: one, or two where both sides fight."""
    _not_their_own(frame)
    if not frame.recipients:
        frame.recipients.update(frame.defenders)
    fatal = frame.roles <= {"kill", "noun"} and frame.mode() is Mode.GROUND
    if not frame.actors and fatal and not frame.unnamed and _opposed_pair(frame, context):
        # "soldiers and militants died in a shootout"
        frame.actors, frame.mutual = dict(frame.recipients), True
    if "seize" in frame.roles and frame.unnamed and not frame.actors:
        frame.mutual = False  # "militants seized the port after days of fighting"
    if "seize" in frame.roles and frame.against and set(frame.actors) - frame.against:
        # "Seized the town in fighting with the army": who seizes attacks.
        frame.mutual = False
        frame.recipients.update({i: frame.actors.pop(i) for i in tuple(frame.against) if i in frame.actors})
    if (frame.mutual and not _killed_by(frame)) or _reciprocal(frame, context):
        return _mutual(frame, places, context)
    return _one_way(frame, places, origins, context)


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
    countries = lands_of(places, actors, context) or title
    if not (countries or actors or recipients):
        countries = _only_land(frame, context)
    actors = actors or attackers_from(origins, recipients, countries, context)
    if origins and not places and not recipients:
        countries = tuple(c for c in countries if _may_hit(actors, c, context))
    if not actors and not recipients:
        actors, recipients = _of_nobody_named(frame, countries, places, context)
    if actors and not recipients:
        recipients = rebels_fought(frame, actors, countries, places, context)
    if frame.unnamed and not (actors or recipients or countries):
        actors, recipients = uprising(context)
    recipients = find_hit(frame, recipients, actors, countries, context)
    if not actors:
        actors, recipients = by_own_weapon(frame, recipients, context)
    actors = actors or likely_attackers(frame, recipients, countries, places, context)
    if actors and not recipients and not of_nobody(frame):
        enemy = context.enemy_of(actors[0].id, country=countries[0] if countries else None)
        if enemy is not None:
            recipients = [context.actor(enemy, inferred=True)]
    if actors and recipients and not countries and not frame.recipients:
        recipients = [r for r in recipients if r.id not in {a.id for a in actors}]
    recipients = [on_its_ground(r, places, context) for r in recipients]
    here = with_conflict(actors, recipients, context)
    return (here, *_on_foreign_soil(here, countries, context))


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
    frame: Frame, countries: tuple[str, ...], places: tuple[Place, ...], context: Context
) -> tuple[list[Actor], list[Actor]]:
    """Attackers and attacked where a frame names neither: by who counts the dead, the aircraft, or who the dead are."""
    own = counting_its_own(frame, countries, context) if not frame.unnamed else []
    if own:
        return [], own
    actors, recipients = air_raid_at_home(frame, countries, context)
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


ANSWERS: Final = frozenset(
    "retaliation response revenge reprisal retaliate respond answer reply avenge reaction".split()
)


def _opposed_pair(frame: Frame, context: Context) -> bool:
    return context.at_war(frame.recipients, frame.recipients)


def _reciprocal(frame: Frame, context: Context) -> bool:
    """ "Russia and Ukraine launched attacks": enemies that act together act against each other."""
    ids = list(frame.actors)
    return len(ids) > 1 and set(frame.recipients) <= set(ids) and context.at_war(ids, ids)


def _mutual(frame: Frame, places: tuple[Place, ...], context: Context) -> tuple[Roles, ...]:
    """Both directions of a fight; one of them, or a side that is left open, where no more is known."""
    lands = tuple(dict.fromkeys(p.country for p in places if p.country))
    fighters = _named_fighters(frame, context)
    foe = _foe_of_all(frame, fighters, context)
    if foe is not None:
        return (with_conflict([foe], fighters, context),)
    if len(fighters) == 1:
        enemy = context.enemy_of(fighters[0].id, country=lands[0] if lands else None)
        if enemy is None or not _is_news(frame):
            return (with_conflict(fighters, [], context),)
        fighters.append(context.actor(enemy, inferred=True))
    fighters = fighters or _dead_of_both(frame, places, context)
    fighters = fighters or [a for sides in rebels_killed(frame, lands, places, context) for a in sides]
    fighters = fighters or _of_the_war(frame, places, context)
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


def _dead_of_both(frame: Frame, places: tuple[Place, ...], context: Context) -> list[Actor]:
    """ "Soldiers and militants are killed in a gun battle", "troops and rebels fought": their state, and who fights it there."""
    tree = frame.view.tree
    fighting = [
        c for t in frame.triggers if t.role == "clash" for s in tree.subjects(t.i) for c in tree.conjuncts(s)
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
            tuple(_sided(a, known) for a in actors), tuple(_sided(r, known) for r in recipients), known.id
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
    return Roles(tuple(_sided(a, main) for a in actors), tuple(_sided(r, main) for r in recipients), main.id)


def _sided(actor: Actor, conflict: ConflictEntry) -> Actor:
    side = conflict.side_of(actor.id)
    return replace(actor, side=side) if side is not None else actor
