"""Who: from the noun in a role to the actors it stands for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from worker.extraction.actornouns import (
    AGENT_NOUNS,
    CIVILIANS,
    FACELESS,
    GROUP_NOUNS,
    KINDS,
    POSSESSIVES,
    REBEL_NOUNS,
    RELATED,
)
from worker.extraction.standins import phrase_of, stands_for
from worker.extraction.subordination import BELIEVED
from worker.extraction.view import read_each_once
from worker.lexicon.entries import ActorKind, AliasForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worker.event import Actor
    from worker.extraction.context import Context
    from worker.extraction.mention import ActorMention
    from worker.extraction.view import View

_MEMBERS: Final = frozenset("commander leader member fighter official militant".split())
_TERRITORIES: Final = frozenset("republic region territory enclave area strip province state".split())
_FORCES_OF: Final = frozenset({"of", "from", "for", "to", "in", "with"})


@read_each_once
def actors_of(view: View, i: int, context: Context) -> tuple[Actor, ...]:
    """The actors that the noun phrase of token `i` stands for, coordination included; empty if it names none."""
    return _actors_below(view, i, context, 0)


def _actors_below(view: View, i: int, context: Context, depth: int) -> tuple[Actor, ...]:
    found: list[Actor] = []
    attacks = context.lexicon.cues.strike_nouns
    for at in members_of(view, i):
        if at != i and view.tree.tokens[at].lemma in attacks:
            continue  # "strikes on Aleppo and a US-led raid"
        found.extend(_actors_of_one(view, at, context, depth))
    return distinct(found)


def distinct(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Each actor once: as it is told first, where it stands last."""
    return tuple({actor.id: actor for actor in reversed(actors)}.values())[::-1]


def members_of(view: View, i: int) -> list[int]:
    """Who is listed with a noun, or with the person beside it: "Chad President X and Sudanese President Y".

    What a noun between commas only says of it is nobody else.
    """
    tree = view.tree
    members = tree.conjuncts(i)
    if _is_described(view, members):
        return members[:1]
    persons = [k for at in members for k in tree.kids(at, "appos") if tree.tokens[k].pos == "PROPN"]
    return [*members, *(c for k in persons for c in tree.conjuncts(k)[1:] if view.actors_by_head.get(c))]


def _is_described(view: View, members: list[int]) -> bool:
    """ "Hezbollah, the Iranian-backed militia and political group, fired": not three, but one and what it is."""
    tokens, first, last = view.tree.tokens, members[0], members[-1]
    if len(members) <= _DEEPEST or tokens[first].tag != "NNP" or last + 1 >= len(tokens):
        return False
    aside = tokens[first + 1].text == "," and tokens[last + 1].text == ","
    return aside and all(tokens[m].tag == "NN" for m in members[1:]) and not view.tree.kids(last, "det")


def _actors_of_one(view: View, i: int, context: Context, depth: int) -> list[Actor]:
    own = [m for m in view.actors_by_head.get(i, ()) if m.relation is None]
    others = _of_others(view, i, own)
    if others:
        own = [m for m in own if m not in others]
        if not own:
            return []
    if _is_no_group(view, i):
        return []
    if depth < _DEEPEST and (inner := _named_within(view, i, own, context, depth)):
        return inner
    if own:
        return _from_mentions(view, i, own, context)
    for at in _spoken_for(view, i, context) if depth < _DEEPEST else ():
        below = _actors_below(view, at, context, depth + 1)
        if below:
            return list(below)
    return list(stands_for(view, i, context, lambda at: _actors_below(view, at, context, 1)))


def _is_no_group(view: View, i: int) -> bool:
    """ "No group claimed responsibility", "a group of residents"."""
    tree = view.tree
    none = any(tree.tokens[k].lower == "no" for k in tree.kids(i, "det"))
    people = any(tree.tokens[o].lemma in CIVILIANS for o in tree.prep_objects(i, "of"))
    return tree.tokens[i].lemma in KINDS and (none or people)


def _named_within(view: View, i: int, own: list[ActorMention], context: Context, depth: int) -> list[Actor]:
    """ "Al Qaeda's affiliate, the Islamic State of Iraq", "Georgia's breakaway republic of South Ossetia": who is meant."""
    tree, lemma = view.tree, view.tree.tokens[i].lemma
    at = tree.kids(i, "appos") if lemma in _BRANCHES else []
    at += tree.prep_objects(i, "of") if own and lemma in _TERRITORIES else []
    return [a for k in at for a in _actors_below(view, k, context, depth + 1)]


def _of_others(view: View, i: int, own: list[ActorMention]) -> list[ActorMention]:
    """Names beside a noun that is not theirs: "Iran's ally", "a US ally" is not Iran, or the US, "armed Sudanese men" are not Sudan's."""
    lemma = view.tree.tokens[i].lemma
    if lemma in RELATED:
        return [m for m in own if _possesses(view, m)]
    armed = any(view.tree.tokens[k].lower == "armed" for k in view.tree.kids(i, "amod"))
    if armed and lemma in FACELESS | CIVILIANS:
        return [m for m in own if m.alias.form is AliasForm.DEMONYM]
    return []


def _possesses(view: View, mention: ActorMention) -> bool:
    head = view.tree.head_of(mention.start, mention.end)
    return head is not None and view.tree.tokens[head].dep in {"poss", "amod", "compound"}


_BRANCHES: Final = frozenset({"affiliate", "offshoot", "branch", "franchise"})


def _spoken_for(view: View, i: int, context: Context) -> list[int]:
    """Nouns that tell whom a noun without a name belongs to: "the army of", "loyal to", an apposition."""
    tree = view.tree
    found: list[int] = []
    lemma = tree.tokens[i].lemma
    if lemma in AGENT_NOUNS:
        prepositions = _FORCES_OF if lemma in _MEMBERS else _FORCES_OF - {"in", "with"}
        found += [at for at in tree.prep_objects(i, *prepositions) if tree.tokens[at].lemma not in CIVILIANS]
        around = ("in", "of") if lemma in GROUP_NOUNS and not tree.tokens[i].tag.endswith("S") else ("in",)
        land = [at for at in tree.prep_objects(i, *around) if not _is_a_group(view, at)]
        found = [at for at in found if at not in land]  # "militants in Mozambique", "the Movement of Nigeria"
        if lemma not in CIVILIANS | {"member", "official"}:  # "its staff members" are no side
            found += [k for k in tree.kids(i, "poss") if tree.tokens[k].lower in POSSESSIVES]
        if lemma not in RELATED:  # "regime allies Iran and Russia" are not the regime
            found += [k for k in tree.kids(i, "compound", "amod", "poss") if tree.tokens[k].lower in RULERS]
    if lemma in GROUP_NOUNS:
        found += tree.prep_objects(i, "including")  # "rebel groups, including the Arakan Army"
    held = bool(tree.kids(i, "appos")) and _is_held(view, i, context)  # "Hodeidah, Yemen": where, not whose
    return [*found, *_loyal_to(view, i), *taken_for(view, i), *([] if held else tree.kids(i, "appos"))]


def _is_held(view: View, i: int, context: Context) -> bool:
    """Whether a noun names a place that others hold than the state it is counted to."""
    entries = context.lexicon.places.lookup(view.tree.tokens[i].text)
    return any(
        h.covers(e.name, e.admin1, e.country, context.on)
        for e in entries[:1]
        if e.country is not None
        for h in context.lexicon.holdings
    )


def _is_a_group(view: View, i: int) -> bool:
    """Whether a noun is an armed group, or names one."""
    return view.tree.tokens[i].lemma in GROUP_NOUNS or is_group(view, i)


def is_group(view: View, i: int) -> bool:
    """Whether a noun names somebody who is no state: their ids are slugs."""
    return any(m.alias.actor_id.islower() for m in view.actors_by_head.get(i, ()) if m.relation is None)


def _loyal_to(view: View, i: int) -> list[int]:
    """ "forces loyal to Haftar", "militias allied with Iran", "men belonging to the group", "rebels led by it": whom they fight for."""
    tree = view.tree
    if tree.tokens[i].lemma not in AGENT_NOUNS:
        return []
    led = [k for k in tree.kids(i, "acl") if tree.tokens[k].lemma == "lead"]
    leaders = [p for k in led for p in tree.prep_objects(k, "by") if is_group(view, p)]
    ties = [k for k in tree.kids(i, "amod", "acl", "relcl") if tree.tokens[k].lemma in _TIES]
    if tree.tokens[i].lemma in KINDS:  # "a group allied with Al-Qaeda" is none of its forces
        ties = [k for k in ties if tree.tokens[k].lemma not in _ALLIED]
    return [*leaders, *(p for k in ties for p in tree.prep_objects(k, "to", "with"))]


def taken_for(view: View, i: int) -> list[int]:
    """ "Warplanes suspected to be Israeli", "gunmen believed to be from the group": whose they are taken for."""
    tree = view.tree
    being = (
        b
        for k in tree.kids(i, "acl")
        if tree.tokens[k].lemma in BELIEVED
        for b in tree.kids(k, "xcomp")
        if tree.tokens[b].lemma == "be"
    )
    return [w for b in being for w in (*tree.kids(b, "acomp", "attr"), *tree.prep_objects(b, "from"))]


RULERS: Final = frozenset({"junta", "regime", "government", "army"})
"""Of these the warships, jets and soldiers are: "junta warships"."""
_ALLIED: Final = frozenset({"allied", "ally", "affiliate", "affiliated", "link", "linked"})
_TIES: Final = _ALLIED | {"loyal", "belong"}
_DEEPEST: Final = 2
"""Nouns of nouns followed: "a spokesman for the army of Haftar" is as deep as it gets."""


def _from_mentions(view: View, i: int, mentions: list[ActorMention], context: Context) -> list[Actor]:
    lemma = view.tree.tokens[i].lemma
    if lemma == "peacekeeper" and (mission := context.mission()) is not None:
        return [
            *(context.actor(m.alias.actor_id, text=m.text) for m in mentions),
            context.actor(mission, inferred=True),
        ]
    if lemma in _AFFILIATES and (affiliate := _affiliate_of(mentions[0].alias.actor_id, context)) is not None:
        return [context.actor(affiliate, text=phrase_of(view, i))]
    if lemma in GROUP_NOUNS and any("Taliban" in m.text for m in mentions) and "ttp" in context.in_text:
        return [context.actor("ttp", text=phrase_of(view, i))]  # in a text about the Pakistani ones
    if any(view.tree.tokens[k].lower in {"former", "ex"} for k in view.tree.kids(i, "amod")):
        mentions = [m for m in mentions if context.kind(m.alias.actor_id) is not ActorKind.GROUP]
    entries = [(m, context.lexicon.actors.get(m.alias.actor_id)) for m in mentions]
    groups = [m for m, e in entries if e is not None and e.kind is ActorKind.GROUP]
    if groups and len(groups) < len(mentions) and not _coordinated(view, mentions):
        mentions = groups  # "Lebanon's Hezbollah": the state only says where the group is
    if not groups and (lemma in REBEL_NOUNS or _leads_rebels(view, i)):
        rebels = [context.militants_of(m.alias.actor_id) for m in mentions if m.alias.form in _STATE_FORMS]
        named = [context.actor(r, text=phrase_of(view, i)) for r in rebels if r is not None]
        if named:
            return named
        if any(m.alias.form in _STATE_FORMS for m in mentions):
            return []
    return [context.actor(m.alias.actor_id, text=m.text) for m in mentions]


_AFFILIATES: Final = frozenset("affiliate offshoot branch franchise".split())


def _affiliate_of(movement: str, context: Context) -> str | None:
    """ "An al-Qaeda affiliate": the one that the article names, else the youngest that is at home where it is set."""
    sworn = [
        a
        for a in context.lexicon.actors.values()
        if movement in {a.side, a.affiliate_of} and a.id != movement and a.existed(context.on)
    ]
    named = [a.id for a in sworn if a.id in context.in_text]
    if named:
        return named[0] if len(named) == 1 else None
    there = [a for a in sworn if set(a.countries) & {*context.in_text, *context.as_place}]
    return max(there, key=lambda a: a.since or date.min).id if there else None


def _leads_rebels(view: View, i: int) -> bool:
    """ "Congo rebel leader claims responsibility": not the state's."""
    kids = view.tree.kids(i, "compound", "amod")
    return view.tree.tokens[i].lemma in _MEMBERS and any(
        view.tree.tokens[k].lemma in {"rebel", "insurgent", "separatist", "guerrilla"} for k in kids
    )


def without_homes(mentions: Sequence[ActorMention], context: Context) -> list[ActorMention]:
    """ "A Sudanese Rapid Support Forces drone": a state named right before a group only says where the group is."""
    groups = [m.start for m in mentions if context.kind(m.alias.actor_id) is ActorKind.GROUP]
    return [
        m
        for m in mentions
        if m.end + 1 not in groups or context.kind(m.alias.actor_id) is not ActorKind.STATE
    ]


_STATE_FORMS: Final = frozenset({AliasForm.DEMONYM, AliasForm.NAME, AliasForm.METONYM})


def _coordinated(view: View, mentions: list[ActorMention]) -> bool:
    heads = [view.tree.head_of(m.start, m.end) for m in mentions]
    tokens = view.tree.tokens  # in "the US and Lebanon's Hezbollah" these two are not
    return any(h is not None and tokens[h].dep == "conj" and tokens[h].head in heads for h in heads[1:])


def unique(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each actor once, as first named."""
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.id, actor)
    return tuple(found.values())
