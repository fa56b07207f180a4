"""What a ceasefire covers: all arms, some targets, a part of the land, and what it is for besides."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, Final

from worker.event import Domain, Scope
from worker.extraction.places import find_places
from worker.extraction.truces import FIGHTING
from worker.extraction.wars import EVIDENT
from worker.lexicon.entries import ActorKind, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import Actor
    from worker.extraction.context import Context
    from worker.extraction.truces import Truce
    from worker.extraction.view import View

_WORDS: Final = {
    Domain.ENERGY: (
        "energy power electricity gas oil grid fuel nuclear refinery refineries pipeline pipelines substations"
    ).split(),
    Domain.INFRASTRUCTURE: "infrastructure railway railways bridges".split(),
    Domain.MARITIME: "maritime naval shipping sea ships vessels navigation ports port".split(),
    Domain.AIR: ["air", "aerial", "airspace", "long-range", "missile", "drone", "drones", "missiles"],
    Domain.HUMANITARIAN: "humanitarian aid evacuation evacuations corridor corridors medical relief".split(),
    Domain.HOSTAGES: "hostage hostages prisoner prisoners captives detainees".split(),
    Domain.LOCAL: ["local", "localised", "localized"],
    Domain.HOLIDAY: "easter christmas eid ramadan holiday new-year orthodox olympic diwali nowruz epiphany anniversary victory".split(),
}
_AID: Final = frozenset(
    "aid relief rescue humanitarian evacuate evacuation vaccinate vaccination medicine corridor wounded".split()
)
"""Words of what a ceasefire is for that make it one for people's needs, by lemma."""
_CAPTIVES: Final = frozenset({"hostage", "prisoner", "captive", "detainee"})
_HANDING_OVER: Final = frozenset("release exchange swap return free handover hand".split())
_CAUSES: Final = frozenset({"after", "since", "because", "as", "despite", "following", "amid"})
_AGAINST: Final = frozenset({"on", "against", "at"})
_GENERAL: Final = frozenset(
    {
        "full",
        "complete",
        "comprehensive",
        "total",
        "general",
        "unconditional",
        "nationwide",
        "wider",
        "broader",
    }
)
_NOT_INFRASTRUCTURE: Final = frozenset({"energy", "power", "electricity", "oil", "gas", "critical"})


def find_scope(view: View, truce: Truce, act: int, context: Context) -> Scope:
    """The domains named in the ceasefire's own phrase; general if none is; local if a town or area limits it."""
    tree = view.tree
    own = [*_own_phrase(view, truce.token), *_circumstances(view, act), *_spared(view, truce)]
    purpose = _purpose(view, truce.token, act)
    words = {tree.tokens[i].lower for i in own if not _is_port_city(view, i)}
    if {"long", "range"} <= words:
        words.add("long-range")
    domains = [d for d, cues in _WORDS.items() if words & set(cues)]
    if Domain.HOLIDAY not in domains and {tree.tokens[i].lower for i in purpose} & set(
        _WORDS[Domain.HOLIDAY]
    ):
        domains.append(Domain.HOLIDAY)
    if Domain.INFRASTRUCTURE in domains and any(
        _modified_by_energy(view, i) for i in own if tree.tokens[i].lower == "infrastructure"
    ):
        domains.remove(Domain.INFRASTRUCTURE)
        if Domain.ENERGY not in domains:
            domains.insert(0, Domain.ENERGY)
    if Domain.AIR in domains and not (words & {"air", "aerial", "airspace"} or _is_of_strikes(view, truce)):
        domains.remove(Domain.AIR)
    if "land" in words and {Domain.AIR, Domain.MARITIME} <= set(domains):
        return Scope(domains=(Domain.GENERAL,))  # "on land, in the air and at sea"
    region = _region(view, truce, act, context)
    if region is not None and not domains:
        domains.append(Domain.LOCAL)
    for_people = {tree.tokens[i].lemma for i in purpose} & _AID
    beside = [Domain.HUMANITARIAN] * bool(for_people) + [Domain.HOSTAGES] * _is_exchange(view)
    if beside and not domains:
        return Scope(domains=(Domain.GENERAL, *beside))  # all arms rest, and that is what for
    if not domains or (
        words & _GENERAL
        and not {Domain.HUMANITARIAN, Domain.ENERGY, Domain.MARITIME, Domain.HOLIDAY} & set(domains)
    ):
        return Scope(domains=(Domain.GENERAL,))
    order = list(Domain)
    return Scope(
        domains=tuple(sorted(domains, key=order.index)), region=region if Domain.LOCAL in domains else None
    )


def _is_of_strikes(view: View, truce: Truce) -> bool:
    """ "Halt missile strikes", "a ban on drone attacks", not "end an exchange of missiles" nor a truce after some."""
    tree = view.tree
    if truce.stopped is None or tree.tokens[truce.stopped].lemma == "exchange":
        return False
    named = {tree.tokens[k].lower for k in tree.subtree(truce.stopped)}
    return truce.verb or bool(named & set(_WORDS[Domain.AIR]))


def on_ground(scope: Scope, parties: Sequence[Actor], context: Context) -> Scope:
    """A truce with a group that holds one part of a land is about that part, also where it is not said."""
    scope = _where_they_fight(scope, parties, context)
    entries = (context.lexicon.actors.get(p.id) for p in parties)
    grounds = {
        e.ground[0] for e in entries if e is not None and e.ground is not None and e.ground[1] <= context.on
    }
    if scope.region is not None or len(grounds) != 1:
        return scope
    return replace(scope, region=grounds.pop())


def _where_they_fight(scope: Scope, parties: Sequence[Actor], context: Context) -> Scope:
    """A town in a land that is neither a party's nor fought over is where a truce was signed: it limits nothing."""
    if Domain.LOCAL not in scope.domains or scope.region is None:
        return scope
    ids = {p.id for p in parties}
    wars = [
        war
        for one, other in permutations(sorted(ids), 2)
        for war in context.lexicon.conflicts_of(one, context.on)
        if war.side_of(other) is not None
    ]
    homes = {c for i in ids if i in context.lexicon.actors for c in context.lexicon.actors[i].countries}
    lands = ids | homes | {s.id for war in wars for s in war.sides}
    for war in wars:
        if any(context.kind(s.id) is not ActorKind.STATE for s in war.sides):
            lands |= war.countries  # two states fight on their own soil
    entries = context.lexicon.places.lookup(scope.region)
    if not entries or entries[0].country in lands:
        return scope
    others = tuple(d for d in scope.domains if d is not Domain.LOCAL)
    return Scope(domains=others or (Domain.GENERAL,))


def _spared(view: View, truce: Truce) -> list[int]:
    """What is not to be struck: "a halt to strikes | on energy sites", wherever the parser hangs it."""
    tree = view.tree
    last = tree.at(truce.end - 1)
    following = tree.tokens[last + 1] if last is not None and last + 1 < len(tree.tokens) else None
    if following is None or following.lower not in _AGAINST or following.dep not in {"prep", "agent"}:
        return []
    return [
        k for o in tree.prep_objects_of(following.i) for i in tree.conjuncts(o) for k in _own_phrase(view, i)
    ]


def _purpose(view: View, truce: int, act: int) -> list[int]:
    """What it is for: "to mark Easter", "so that children can be vaccinated", "allowing aid to enter", "for Eid al-Fitr"."""
    tree = view.tree
    found: list[int] = []
    for at in (truce, act):
        for k in tree.kids(at, "advcl", "acl", "xcomp"):
            marks = {tree.tokens[m].lower for m in tree.kids(k, "mark", "aux", "advmod")}
            allowing = tree.tokens[k].lemma in {"allow", "enable", "permit", "let"}
            if k > truce and (allowing or (marks & {"to", "so"} and tree.tokens[k].lemma not in FIGHTING)):
                found += tree.subtree(k)
        for k in tree.kids(at, "prep", "dative"):
            if tree.tokens[k].lower in {"for", "over", "during", "in", "on"}:
                found += [i for o in tree.prep_objects_of(k) for i in _own_phrase(view, o)]
    return found


def _is_exchange(view: View) -> bool:
    """Whether captives are to go free by the same deal: "a truce and the release of hostages", not "after … were freed"."""
    tree = view.tree
    for token in tree.tokens:
        if token.lemma not in _HANDING_OVER:
            continue
        told_before = any(
            tree.tokens[m].lower in _CAUSES
            for a in (token.i, *tree.ancestors(token.i))
            for m in (a, *tree.kids(a, "mark"))
        )
        if told_before or token.tag == "VBD":
            continue
        if {tree.tokens[i].lemma for i in tree.subtree(token.i)} & _CAPTIVES:
            return True
    return False


_BESIDES: Final = frozenset({"including", "alongside", "besides"})
"""What a deal holds beside the truce: "a truce, including a swap of prisoners"."""
_OTHER_CLAUSES: Final = frozenset({"relcl", "advcl", "ccomp", "parataxis", "appos", "nsubj"})


def _own_phrase(view: View, i: int) -> list[int]:
    """The subtree of the ceasefire without clauses that tell of something else."""
    tree = view.tree
    found, stack = [], [i]
    while stack:
        at = stack.pop()
        found.append(at)
        for k in tree.children[at]:
            token = tree.tokens[k]
            if token.dep in _OTHER_CLAUSES or (
                token.dep == "conj" and (at == i or token.pos not in {"NOUN", "PROPN", "ADP"})
            ):
                continue
            if token.lower in _BESIDES and {tree.tokens[b].lemma for b in tree.subtree(k)} & _HANDING_OVER:
                continue
            stack.append(k)
    head = tree.tokens[i]
    if head.dep in {"compound", "amod", "nmod"}:
        found.extend(
            k for k in tree.children[head.head] if tree.tokens[k].dep in {"compound", "amod", "nmod"}
        )
    return sorted(set(found))


def _circumstances(view: View, act: int) -> list[int]:
    """ "Offered a truce at sea", "ordered them to hold fire over Easter": hung on the verb by the parser."""
    tree = view.tree
    prepositions = [c for k in tree.kids(act, "prep") for c in tree.conjuncts(k)]
    found = [
        i
        for k in prepositions
        if tree.tokens[k].lower in {"in", "at", "over", "for", "during"}
        for o in tree.prep_objects_of(k)
        for i in tree.conjuncts(o)
    ]
    # "a truce on energy strikes"
    stopped = [o for o in tree.prep_objects(act, "on") if tree.tokens[o].lemma in FIGHTING]
    return [*found, *(k for o in stopped for k in tree.kids(o, "compound", "amod"))]


def _is_port_city(view: View, i: int) -> bool:
    """A truce for a port city is none at sea."""
    tokens = view.tree.tokens
    return tokens[i].lower == "port" and tokens[tokens[i].head].lemma in {"city", "town"}


def _modified_by_energy(view: View, i: int) -> bool:
    tree = view.tree
    return any(
        tree.tokens[k].lower in _NOT_INFRASTRUCTURE - {"critical"}
        and tree.tokens[k].dep in {"compound", "amod", "nmod"}
        for k in tree.children[i]
    )


def _region(view: View, truce: Truce, act: int, context: Context) -> str | None:
    tree = view.tree
    tokens = [
        *tree.prep_objects(truce.token, "in", "for", "around", "over"),
        *tree.prep_objects(act, "in", "around"),
    ]
    if truce.stopped is not None:
        tokens += tree.prep_objects(truce.stopped, "in", "around")
    if truce.stopped is not None:  # "halt strikes on Kyiv", "stop shelling El Fasher"
        hit = [*tree.prep_objects(truce.stopped, "on", "against"), *tree.kids(truce.stopped, "dobj")]
        if not any(tree.tokens[c].lemma in {"city", "town"} for h in hit for c in tree.conjuncts(h)):
            tokens += hit  # "Kyiv and other cities" is everywhere
    signed = tree.tokens[act].lemma == "sign"
    fought = {land for score, c in context.conflicts if score >= EVIDENT for land in c.countries}
    for place in find_places(view, tokens, context):  # elsewhere is where it was signed
        entries = context.lexicon.places.lookup(place.text)
        if (
            entries
            and entries[0].kind in ({PlaceKind.ADMIN1} if signed else {PlaceKind.CITY, PlaceKind.ADMIN1})
            and place.country in (fought or context.countries)
        ):
            return place.text
    return None


"""After a length of something else: "after fifteen months of war", "three hours late"."""
