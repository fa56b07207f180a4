"""Whom an attack hits: those named as struck, or whose the place is; the counterpart of `attackers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Mode, SiteType
from worker.extraction.places import find_places
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Actor, Place
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame


def lands_of(
    frame: Frame, places: tuple[Place, ...], actors: list[Actor], context: Context
) -> tuple[str, ...]:
    """Whose the places are: their states, or who else holds them, unless the holder or a rebel without a name attacks there."""
    attackers = {a.id for a in actors}
    rebels = frame.unnamed and not actors
    found = []
    holders = {p.country: h for p in places if (h := context.holder_of(p)) is not None}
    for place in places:
        holder = context.holder_of(place)
        if place.name == place.text and place.country in holders and place.admin1 is None:
            holder = holders[place.country]  # "the ports of Hodeidah in Yemen"
        own = holder is None or holder in attackers
        own |= rebels and holder is not None and context.kind(holder) is ActorKind.GROUP
        found.append(place.country if own else holder)
    return tuple(dict.fromkeys(land for land in found if land))


def states_of_land_held(
    frame: Frame,
    recipients: list[Actor],
    actors: list[Actor],
    places: tuple[Place, ...],
    context: Context,
) -> list[Actor]:
    """ "Strikes on Sanaa", "drones hit Erbil": foreign ones are on Yemen and Iraq as well, whoever holds the town.

    Not those of that state itself, nor where the rebels themselves are named as their target.
    """
    tree = frame.view.tree
    if any(tree.tokens[k].lemma in REBELS for t in frame.targets for k in tree.subtree(t)):
        return []
    lexicon, by, hit = context.lexicon, {a.id for a in actors}, {r.id for r in recipients}
    found: dict[str, Actor] = {}
    for place in places:
        holding = lexicon.holding_of(place, context.on)
        if holding is None or not holding.governs or holding.country in by | hit:
            continue
        holder, land = holding.holder, holding.country
        war = lexicon.conflict_between(land, holder, context.on)
        meant = any(r.id == holder and (r.inferred or war is None) for r in recipients)
        if meant and all(context.kind(a) is ActorKind.STATE for a in by):
            found[land] = context.actor(land, inferred=True)
    return [a for a in found.values() if a.side not in {r.side for r in recipients}]


def find_hit(
    frame: Frame, recipients: list[Actor], actors: list[Actor], countries: tuple[str, ...], context: Context
) -> list[Actor]:
    """Whom the attack hits: those named as struck, else those named beside, else whose the place is."""
    if frame.wronged:
        return list(frame.wronged.values())
    attackers = [a.id for a in actors]
    struck = recipients if _on_a_mission(frame) else _struck(recipients, actors, countries, context)
    lands = named_lands(frame)
    found = _as_belligerents(struck, actors, context, lands=lands)
    if not actors and countries and found and {r.id for r in found} <= lands - set(countries):
        found = [context.actor(c, inferred=True) for c in countries]  # "the Yemeni capital Sanaa was hit"
    if not found:
        found = [n for n in frame.nearby.values() if context.at_war(attackers, [n.id])]
    abroad = any(context.kind(r.id) is ActorKind.STATE for r in found)
    if not found or (abroad and len(countries) >= _SEVERAL and not {r.id for r in found} & set(countries)):
        # bases of one state in several others hit them too
        found += _each_where_it_lies(frame, actors, context) or owners_of(actors, countries, context)
    return [*found, *_listed_beside(frame, found, actors, context)]


def _each_where_it_lies(frame: Frame, actors: list[Actor], context: Context) -> list[Actor]:
    """ "Hit a plant in Kuwait and a gas field in Qatar": whose land each of several targets is said to lie in."""
    tree = frame.view.tree
    said = [tree.prep_objects(t, "in", "at", "near") for t in frame.targets]
    lands = [{p.country for p in find_places(frame.view, at, context) if p.country} for at in said]
    if len(lands) <= 1 or not actors or not all(lands):
        return []
    return _owners_at_war([land for each in lands for land in sorted(each)], actors[0], context)


def _listed_beside(frame: Frame, found: list[Actor], actors: list[Actor], context: Context) -> list[Actor]:
    """ "Struck Gaza, Lebanon and Syria", "fired at a depot in Haifa and at a US base": whose the place is of a target beside one that is a state's."""
    view = frame.view
    if not actors or len(frame.targets) == 1 or all(r.inferred for r in found):
        return []
    unnamed = [t for t in frame.targets if not any(view.actors_by_head.get(k) for k in view.tree.subtree(t))]
    lands = [p.country for p in find_places(view, unnamed, context) if p.country]
    known = {r.id for r in found} | {a.id for a in actors}
    return [owner for owner in _owners_at_war(lands, actors[0], context) if owner.id not in known]


def _owners_at_war(lands: list[str], attacker: Actor, context: Context) -> list[Actor]:
    """Whose the lands are, of those the attacker is at war with, each once and in the order of the lands."""
    owners = dict.fromkeys(context.owner_of(land, attacker=attacker.id) for land in lands)
    at_war = (o for o in owners if o is not None and context.at_war([attacker.id], [o]))
    return [context.actor(o, inferred=True) for o in at_war]


def of_the_land(
    frame: Frame, recipients: list[Actor], actors: list[Actor], countries: tuple[str, ...], context: Context
) -> list[Actor]:
    """ "Soldiers are killed in an attack by rebels" of another country: those of the land where it was, if it fights them.

    So where the rebels have no name: "Pakistan summoned the Afghan envoy after militants killed soldiers in Waziristan".
    """
    attackers = [a.id for a in actors]
    states = [c for c in countries if context.kind(c) is ActorKind.STATE]  # nor those who hold a town of it
    if len(states) != 1 or not (attackers or frame.unnamed):
        return recipients
    [land] = states
    if not (context.at_war(attackers[:1], [land]) if attackers else _has_rebels(land, context)):
        return recipients
    names = {m.text for m in frame.view.actors}
    return [
        context.actor(land, text=r.text, inferred=True)
        if r.text is not None
        and r.text not in names
        and r.id != land
        and r.text.split()[-1].lower() in _TROOPS
        else r
        for r in recipients
    ]


def _has_rebels(country: str, context: Context) -> bool:
    wars = context.lexicon.conflicts_of(country, context.on)
    return any(context.kind(war.against(country).id) is ActorKind.GROUP for war in wars)


_TROOPS: Final = frozenset("soldier soldiers troops army forces policemen".split())


def _on_a_mission(frame: Frame) -> bool:
    """Whether peacekeepers are hit: they are no bystanders."""
    return any(
        frame.view.tree.tokens[i].lemma in {"peacekeeper", "peacekeeping"}
        for i in (*frame.victims, *frame.targets)
    )


def _struck(
    recipients: list[Actor], actors: list[Actor], countries: tuple[str, ...], context: Context
) -> list[Actor]:
    """Those of the named who are a side that is hit: aid workers and foreigners are where they are, not who is fought."""
    if not actors:
        return _without_guests(recipients, countries, context)
    if not countries:
        return recipients
    attackers = [a.id for a in actors]
    kept = [
        recipient
        for recipient in recipients
        if context.at_war(attackers, [recipient.id])
        or recipient.id in countries
        or (context.fights(recipient.id) and context.kind(recipient.id) is ActorKind.GROUP)
        or context.lexicon.is_force(recipient.id, recipient.text)
    ]
    if kept or not recipients:
        return kept
    place = owners_of(actors, countries, context)
    return place if context.at_war(attackers[:1], [p.id for p in place]) else recipients


def _without_guests(recipients: list[Actor], countries: tuple[str, ...], context: Context) -> list[Actor]:
    """ "Killed 25 Indians and one Nepali" in India: guests from a state that no war divides from anybody are not who is hit."""
    own = [r for r in recipients if r.id in countries or r.side in countries]
    guests = [
        r
        for r in recipients
        if r not in own
        and context.kind(r.id) is ActorKind.STATE
        and not context.lexicon.conflicts_of(r.id, context.on)
    ]
    return [r for r in recipients if r not in guests] if own else recipients


def named_lands(frame: Frame) -> set[str]:
    """States that only name a place that is hit: "the Yemeni capital"."""
    view = frame.view
    places = (t for t in frame.targets if view.tree.tokens[t].lemma in _PLACES)
    return view.named_at(places)


_PLACES: Final = frozenset(
    "capital city town village port province region coast island territory soil district suburb".split()
)


def _as_belligerents(
    recipients: list[Actor], actors: list[Actor], context: Context, *, lands: set[str]
) -> list[Actor]:
    """ "Strikes in Yemen" by the United States hit the Houthis: a state named as the place gives way to the enemy there."""
    found = []
    for recipient in recipients:
        named_land = recipient.id in lands
        place = named_land or context.is_place(recipient)
        if not actors or context.kind(recipient.id) is not ActorKind.STATE or not place:
            found.append(recipient)
            continue
        attacker = actors[0].id
        if recipient.id == attacker:
            continue
        if context.lexicon.conflict_between(attacker, recipient.id, context.on) is None:
            owner = context.owner_of(recipient.id, attacker=attacker)
            meant = not named_land or owner in context.in_text
            if owner is not None and owner != recipient.id and meant:
                found.append(context.actor(owner, text=recipient.text, inferred=True))
                continue
        found.append(recipient)
    return list({r.id: r for r in found}.values())


def owners_of(actors: list[Actor], countries: tuple[str, ...], context: Context) -> list[Actor]:
    """Who is hit by actors where only the place is known: whose the first country is, or all of a list of them."""
    attacker = actors[0] if actors else None
    if attacker is not None and attacker.text is not None and len(countries) >= _SEVERAL:
        # "strikes on Kuwait, Jordan and Iraq": all that are listed are hit
        return [context.actor(c, inferred=True) for c in countries if c != attacker.id and context.kind(c)]
    owners = [context.owner_of(c, attacker=attacker.id if attacker is not None else None) for c in countries]
    found = {
        o: context.actor(o, inferred=True)
        for o in owners
        if o is not None and o not in {a.id for a in actors}
    }
    return list(found.values())[:1]


_SEVERAL: Final = 3
"""Countries from which a list of them names all that are hit; of two, one is often the side and one the place."""


def before_its_helpers(
    frame: Frame, recipients: list[Actor], actors: list[Actor], countries: tuple[str, ...], context: Context
) -> list[Actor]:
    """ "The Shabab attacked a hotel in Mogadishu", told with American raids on them: it hit the land that America only helps."""
    if frame.roles & {"launch", "intercept"} or len(actors) != 1 or len(countries) != 1:
        return recipients
    group, land = actors[0].id, countries[0]
    war = context.lexicon.conflict_between(group, land, context.on)
    if not recipients or war is None or context.kind(group) is not ActorKind.GROUP:
        return recipients
    helps = all(r.inferred and r.id != land and war.side_of(r.id) == war.side_of(land) for r in recipients)
    return [context.actor(land, inferred=True)] if helps else recipients


def on_its_ground(recipient: Actor, places: tuple[Place, ...], context: Context) -> Actor:
    """A group that is taken to be hit outside the one part of its land that it holds gives way to its side: Hamas in the West Bank."""
    entry = context.lexicon.actors.get(recipient.id)
    parts = {p.admin1 for p in places if entry is not None and p.country in entry.countries and p.admin1}
    if not recipient.inferred or entry is None or entry.ground is None or not parts:
        return recipient
    return recipient if entry.ground[0] in parts else context.actor(entry.side, inferred=True)


def rebels_killed(
    frame: Frame, countries: tuple[str, ...], places: tuple[Place, ...], context: Context
) -> tuple[list[Actor], list[Actor]]:
    """ "Eleven militants were killed in a raid": those who fight the state there, by the state; empty for anybody else."""
    dead = {frame.view.tree.tokens[v].lemma for v in frame.victims}
    here = context.opponents_of(countries[0], places) if countries else None
    rebels = here or (context.militants_of(countries[0]) if countries else None)
    suspected = {v for v in frame.victims if _is_suspected(frame, v)}
    if (
        not dead
        or not (dead <= REBELS or suspected == set(frame.victims))
        or frame.mode() is Mode.BOMBING
        or rebels is None
    ):
        return [], []
    return [context.actor(countries[0], inferred=True)], [context.actor(rebels, inferred=True)]


def _is_suspected(frame: Frame, i: int) -> bool:
    """ "Suspected fighters", whom only a state suspects."""
    tree = frame.view.tree
    said = {tree.tokens[k].lower for k in tree.kids(i, "amod")}
    return tree.tokens[i].lemma == "fighter" and "suspected" in said


def rebels_fought(
    frame: Frame,
    actors: list[Actor],
    countries: tuple[str, ...],
    places: tuple[Place, ...],
    context: Context,
) -> list[Actor]:
    """ "The army killed nine militants", at home: those who fight its state, in that part of it where they are known to."""
    dead = {frame.view.tree.tokens[v].lemma for v in frame.victims}
    state = actors[0].id
    if set(countries) - {state} or context.kind(state) is not ActorKind.STATE:
        return []
    suspected = all(_is_suspected(frame, v) for v in frame.victims)
    if dead and (dead <= REBELS | GUNMEN or suspected):
        rebels = context.opponents_of(state, places)
    else:  # "the military bombed a hospital in Rakhine"
        rebels = context.rebels_around(state, places)
    return [context.actor(rebels, inferred=True)] if rebels is not None else []


GUNMEN: Final = frozenset({"gunman", "gunmen"})
REBELS: Final = frozenset(
    "militant insurgent rebel guerrilla jihadist separatist terrorist extremist bandit khwarij khawarij".split()
)


def of_nobody(frame: Frame) -> bool:
    """Whether what is hit is named but belongs to no side: merchant ships on the high seas."""
    # "The carrier sinks after attacks": what is hit need not stand as what is hit.
    at_sea = not (frame.targets or frame.grounds or frame.intercepted)
    return any(
        m.type is SiteType.SHIP and ((at_sea and not _of_another(frame, head)) or head in frame.targets)
        for head, mentions in frame.view.sites_by_head.items()
        for m in mentions
    )


def on_a_ship(frame: Frame) -> bool:
    """Whether a ship is what is hit: "one of its tankers" and "the Rubymar, a cargo ship" included."""
    tree = frame.view.tree
    hit = [at for t in frame.targets for at in (t, *tree.prep_objects(t, "of"), *tree.kids(t, "appos"))]
    return any(m.type is SiteType.SHIP for at in hit for m in frame.view.sites_by_head.get(at, ()))


def _of_another(frame: Frame, i: int) -> bool:
    """ "Launched strikes in response to attacks on three ships": what hangs on a noun that is not the frame's."""
    tree = frame.view.tree
    preposition = tree.tokens[tree.tokens[tree.first_conjunct(i)].head]
    above = tree.tokens[preposition.head]
    hung = preposition.dep == "prep" and above.pos == "NOUN"
    return hung and above.i not in {t.i for t in frame.triggers} and above.lemma in _ATTACKS


_ATTACKS: Final = frozenset("attack strike assault raid drone missile".split())


def on_a_group_unknown(frame: Frame) -> bool:
    """ "The opposition Future Council was attacked": a group with a name that is none of those known."""
    view = frame.view
    return any(
        view.tree.tokens[t].pos == "PROPN"
        and view.tree.tokens[t].lemma.casefold() in _ORGANISATIONS
        and not view.actors_by_head.get(t)
        and t not in view.sites_by_head
        for t in frame.targets
    )


_ORGANISATIONS: Final = frozenset(
    "council movement party front alliance union congress brigade league".split()
)
