"""Who: from the noun in a role to the actors it stands for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from worker.extraction.subordination import BELIEVED
from worker.extraction.view import read_each_once
from worker.lexicon.entries import ActorKind, AliasForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worker.event import Actor
    from worker.extraction.context import Context
    from worker.extraction.mention import ActorMention
    from worker.extraction.view import View

STATE_NOUNS: Final = frozenset(
    "army military government regime authority authorities navy police junta troops troop soldier force forces "
    "administration parliament cabinet".split()
)
"""Nouns for a state's organs: alone they mean the state that the text is about."""
GROUP_NOUNS: Final = frozenset(
    "rebel insurgent militant separatist guerrilla group movement opposition militia faction fighter jihadist "
    "gunman gunmen extremist terrorist organisation organization insurgency tribesman tribesmen bandit gang militiaman "
    "militiamen assailant attacker raider khwarij khawarij".split()
)
"""Nouns for those who fight a state: alone they mean the group that the text is about."""
REBEL_NOUNS: Final = frozenset(
    "rebel insurgent separatist guerrilla opposition insurgency tribesman tribesmen militant militia "
    "faction jihadist".split()
)
"""With a state's adjective ("Syrian rebels") these mean the state's opponents, never the state."""
AGENT_NOUNS: Final = (
    STATE_NOUNS
    | GROUP_NOUNS
    | frozenset(
        "president plane bomber minister ministry spokesman spokesperson spokeswoman leader official commander general chief envoy "
        "ambassador premier chancellor king defence defense warplane jet aircraft fighter-jet helicopter gunboat "
        "warship command wing unit brigade battalion member side representative delegation delegate negotiator secretary office "
        "commandos commando sniper special operative agent pilot squadron coalition ally politician lawmaker emir "
        "head governor mayor people national citizen settler strongman warlord".split()
    )
)
"""Nouns that are named after whom they belong to: "forces of Haftar", "the army of Sudan"."""
CIVILIANS: Final = frozenset(
    "civilian settler man woman people resident citizen protester demonstrator fan student teenager youth boy girl "
    "crowd mob driver".split()
)
"""Heads that are named after a state without acting for it."""
FACELESS: Final = frozenset("element individual person".split())
"""Heads that, said to be armed, are somebody whom nobody sent: "armed Sudanese elements"."""
_REBEL_WORDS: Final = REBEL_NOUNS | frozenset(
    {"rebels", "insurgents", "separatists", "anti-government", "opposition", "islamist"}
)
_POSSESSIVES: Final = frozenset({"its", "their"})
PRONOUNS: Final = frozenset({"it", "they"})
"""Pronouns that may mean a side; "he" and "them" are people."""
_NOBODY: Final = frozenset("gunman gunmen terrorist tribesman tribesmen assailant attacker raider".split())
"""Fighters who are not those named before."""
_KINDS: Final = frozenset({"group", "faction", "militia", "organisation", "organization"})
_DEFINITE: Final = frozenset({"the", "these", "those", "its", "their", "rebel", "opposition", "insurgent"})
_BOTH: Final = frozenset(
    "side country party nation neighbour neighbor government army military rival belligerent foe".split()
)
_BOTH_WORDS: Final = frozenset("both two warring each rival opposing".split())
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
    return list(_from_reference(view, i, context))


def _is_no_group(view: View, i: int) -> bool:
    """ "No group claimed responsibility", "a group of residents"."""
    tree = view.tree
    none = any(tree.tokens[k].lower == "no" for k in tree.kids(i, "det"))
    people = any(tree.tokens[o].lemma in CIVILIANS for o in tree.prep_objects(i, "of"))
    return tree.tokens[i].lemma in _KINDS and (none or people)


def _named_within(view: View, i: int, own: list[ActorMention], context: Context, depth: int) -> list[Actor]:
    """ "Al Qaeda's affiliate, the Islamic State of Iraq", "Georgia's breakaway republic of South Ossetia": who is meant."""
    tree, lemma = view.tree, view.tree.tokens[i].lemma
    at = tree.kids(i, "appos") if lemma in _BRANCHES else []
    at += tree.prep_objects(i, "of") if own and lemma in _TERRITORIES else []
    return [a for k in at for a in _actors_below(view, k, context, depth + 1)]


def _of_others(view: View, i: int, own: list[ActorMention]) -> list[ActorMention]:
    """Names beside a noun that is not theirs: "Iran's ally", "a US ally" is not Iran, or the US, "armed Sudanese men" are not Sudan's."""
    lemma = view.tree.tokens[i].lemma
    if lemma in _RELATED:
        return [m for m in own if _possesses(view, m)]
    armed = any(view.tree.tokens[k].lower == "armed" for k in view.tree.kids(i, "amod"))
    if armed and lemma in FACELESS | CIVILIANS:
        return [m for m in own if m.alias.form is AliasForm.DEMONYM]
    return []


def _possesses(view: View, mention: ActorMention) -> bool:
    head = view.tree.head_of(mention.start, mention.end)
    return head is not None and view.tree.tokens[head].dep in {"poss", "amod", "compound"}


_BRANCHES: Final = frozenset({"affiliate", "offshoot", "branch", "franchise"})
_RELATED: Final = frozenset("ally proxy rival enemy foe adversary opponent backer sponsor patron".split())


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
            found += [k for k in tree.kids(i, "poss") if tree.tokens[k].lower in _POSSESSIVES]
        if lemma not in _RELATED:  # "regime allies Iran and Russia" are not the regime
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
    """ "forces loyal to Haftar", "militias allied with Iran", "men belonging to the group": whom they fight for."""
    tree = view.tree
    if tree.tokens[i].lemma not in AGENT_NOUNS:
        return []
    ties = [k for k in tree.kids(i, "amod", "acl", "relcl") if tree.tokens[k].lemma in _TIES]
    if tree.tokens[i].lemma in _KINDS:  # "a group allied with Al-Qaeda" is none of its forces
        ties = [k for k in ties if tree.tokens[k].lemma not in _ALLIED]
    return [p for k in ties for p in tree.prep_objects(k, "to", "with")]


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
        return [context.actor(affiliate, text=_phrase(view, i))]
    if lemma in GROUP_NOUNS and any("Taliban" in m.text for m in mentions) and "ttp" in context.in_text:
        return [context.actor("ttp", text=_phrase(view, i))]  # in a text about the Pakistani ones
    if any(view.tree.tokens[k].lower in {"former", "ex"} for k in view.tree.kids(i, "amod")):
        mentions = [m for m in mentions if context.kind(m.alias.actor_id) is not ActorKind.GROUP]
    entries = [(m, context.lexicon.actors.get(m.alias.actor_id)) for m in mentions]
    groups = [m for m, e in entries if e is not None and e.kind is ActorKind.GROUP]
    if groups and len(groups) < len(mentions) and not _coordinated(view, mentions):
        mentions = groups  # "Lebanon's Hezbollah": the state only says where the group is
    if not groups and (lemma in REBEL_NOUNS or _leads_rebels(view, i)):
        rebels = [context.militants_of(m.alias.actor_id) for m in mentions if m.alias.form in _STATE_FORMS]
        named = [context.actor(r, text=_phrase(view, i)) for r in rebels if r is not None]
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


def _state_meant(view: View, i: int, context: Context) -> str | None:
    """The state that "the army" means; "the forces" of a text that names no such state are whose it told of last."""
    token = view.tree.tokens[i]
    state = _whose_land(view, i, context) or context.state_before(view.sentence, token.start)
    if token.lower == "forces" and state not in context.in_text:
        state = context.subject_before(view.sentence, token.start) or state
    if state is not None and state in _backers_of(view, i):
        sides = (war.side_of(state) for _, war in context.conflicts)
        return next((s for s in sides if s not in {None, state}), state)  # of whom it helps
    return state


def _whose_land(view: View, i: int, context: Context) -> str | None:
    """ "Police in central Uruzgan": the state of the town or province, where the article speaks of it."""
    if view.tree.tokens[i].lemma != "police":
        return None
    lands = (
        entry.country
        for above in (i, view.tree.tokens[i].head)
        for o in view.tree.prep_objects(above, "in")
        for at in (o, *view.tree.kids(o, "compound"))
        for entry in context.lexicon.places.lookup(view.tree.tokens[at].text)[:1]
    )
    return next((land for land in lands if land in context.countries), None)


def _backers_of(view: View, i: int) -> set[str]:
    """Who is said to back somebody: "government forces backed by the Arab coalition"."""
    tree = view.tree
    token = tree.tokens[i]
    noun = token.head if token.dep == "compound" else i  # "government forces backed by …"
    backed = [k for k in tree.kids(noun, "acl") if tree.tokens[k].lemma in _BACKING]
    by = [p for k in backed for p in tree.prep_objects(k, "by")]
    return view.named_at(by)


_BACKING: Final = frozenset({"back", "support", "aid", "assist", "reinforce"})


def _from_reference(view: View, i: int, context: Context) -> tuple[Actor, ...]:
    """Coreference by role: "both sides", "the army", "the rebels", "it"."""
    token = view.tree.tokens[i]
    words = {view.tree.tokens[k].lower for k in view.tree.children[i]}
    text = _phrase(view, i)
    the_two = token.lower in {"neighbours", "neighbors"} and "the" in words
    if (token.lemma in _BOTH and words & _BOTH_WORDS) or the_two or token.lower in {"both", "belligerents"}:
        two = _two_named_before(view, i, context) or context.both_sides()
        return tuple(context.actor(a, text=text) for a in two)
    if token.tag == "NNS" and token.lemma in _KINDS and not words & _DEFINITE:
        return ()  # "armed groups": some, not the one named before
    in_a_gang = token.lemma == "member" and "gang" in words
    rebels = token.lemma in GROUP_NOUNS or (words & _REBEL_WORDS and token.lemma not in _RELATED) or in_a_gang
    if rebels and token.lemma not in _NOBODY:
        group = (
            _of_the_state(view, i, text, context)
            or _of_the_place(view, i, context)
            or context.group_called(next((w for w in (token.lemma, *words) if w in GROUP_NOUNS), ""))
            or context.group_before(
                view.sentence, token.start, meant=bool(words & _DEFINITE) or token.tag != "NNS"
            )
        )
        return (context.actor(group, text=text),) if group else ()
    if token.dep == "pobj" and ((token.lemma == "country" and "the" in words) or token.lower == "them"):
        return _who_tells(view, i, context)
    if token.lemma in STATE_NOUNS or token.lemma == "coalition" or "coalition" in words:
        organ = None if words & {"former", "ex", "retired"} else _whose_organ(view, i, words, context)
        return (context.actor(organ, text=text),) if organ is not None else ()
    if words & ({"former", "ex", "retired"} | _OF_SEVERAL):
        return ()  # a former soldier acts for himself
    if token.lower in _POSSESSIVES and token.dep == "poss":
        return _possessor(view, i, context)
    # "It was struck" is as often a ship
    acts = token.dep == "nsubj" or (token.dep == "nsubjpass" and token.lower == "they")
    if token.lower in PRONOUNS and acts and not view.is_quoted(token.start):
        return _whom_a_pronoun_means(view, i, context)
    return ()


def _of_the_state(view: View, i: int, text: str, context: Context) -> str | None:
    """The state that "a government-backed militia" fights for."""
    if _FOR_A_STATE.search(text) is None:
        return None
    return context.state_before(view.sentence, view.tree.tokens[i].start)


def _whose_organ(view: View, i: int, words: set[str], context: Context) -> str | None:
    """Whose "the army" or "the coalition" is; "foreign forces" are no army spoken of before."""
    if view.tree.tokens[i].lemma == "coalition" or "coalition" in words:
        return context.coalition
    if words & _OF_SEVERAL:
        return None
    return _across_from_rebels(view, i, context) or _state_meant(view, i, context)


def _two_named_before(view: View, i: int, context: Context) -> tuple[str, ...]:
    """ "Said that Israel and Iran had lost control, as both countries strike": enemies that are named together before."""
    tree = view.tree
    for token in reversed(tree.tokens[:i]):
        if token.dep == "conj" and token.head < token.i:
            pair = [m.alias.actor_id for k in (token.head, token.i) for m in view.actors_by_head.get(k, ())]
            if len(pair) == 2 and context.at_war(pair[:1], pair[1:]):  # noqa: PLR2004  -- a war has two sides
                return tuple(pair)
    return ()


_FOR_A_STATE: Final = re.compile(
    r"(?i)\b(?:(?:government|regime|state|army)[ -](?:backed|allied|aligned|supported|armed)|pro-(?:government|regime))\b"
)
"""Of militias that are on a state's side: "a government-backed militia"."""
_OF_SEVERAL: Final = frozenset({"international", "multinational", "allied", "foreign"})


def _who_tells(view: View, i: int, context: Context) -> tuple[Actor, ...]:
    """ "Iran cancelled the talks over strikes against the country", "the rebels denounced raids on them": who the sentence is about."""
    tree = view.tree
    preposition = tree.tokens[tree.tokens[i].head]
    root = next((a for a in tree.ancestors(i) if tree.tokens[a].head == a), i)
    subjects = [s for s in tree.kids(root, "nsubj") if s < i]
    if preposition.lower not in {"on", "against"} or not subjects:
        return ()
    found = _actors_below(view, subjects[-1], context, 1)
    states = all(context.kind(a.id) is ActorKind.STATE for a in found)
    return found if states or tree.tokens[i].lower == "them" else ()


def _across_from_rebels(view: View, i: int, context: Context) -> str | None:
    """ "Angola called for a truce between M23 and the army": the one that these rebels fight, whoever speaks."""
    tree = view.tree
    first = tree.tokens[tree.tokens[i].head if tree.tokens[i].dep == "conj" else i]
    if first.dep != "pobj" or tree.tokens[first.head].lower != "between":
        return None
    named = [
        m.alias.actor_id for k in tree.conjuncts(first.i) if k != i for m in view.actors_by_head.get(k, ())
    ]
    enemies = [context.enemy_of(a) for a in named if context.kind(a) is ActorKind.GROUP]
    return next((e for e in enemies if e is not None and context.kind(e) is ActorKind.STATE), None)


def _whom_a_pronoun_means(view: View, i: int, context: Context) -> tuple[Actor, ...]:
    """Who is accused above it, who speaks, whom the clause above is about, else whom the text was about last."""
    token = view.tree.tokens[i]
    accused = _accused_above(view, i)
    if accused is not None:
        return _actors_below(view, accused, context, 1)
    for above in (_speaker_above(view, i), _subject_above(view, i)):
        found = _actors_below(view, above, context, 1) if above is not None else ()
        if found:  # "the rebels said they had downed a drone"
            return found
    last = context.subject_before(view.sentence, token.start)
    return (context.actor(last, text=token.text),) if last else ()


def _subject_above(view: View, i: int) -> int | None:
    """ "The RSF shelled the camp as they pressed their assault": whom the clause above is about."""
    tree = view.tree
    clause = tree.tokens[tree.tokens[i].head]
    subjects = [s for s in tree.kids(clause.head, "nsubj") if s < i] if clause.dep == "advcl" else []
    return subjects[-1] if subjects else None


def _accused_above(view: View, i: int) -> int | None:
    """ "Accuses the RSF of breaking the truce that they announced": they are who is accused."""
    tree = view.tree
    for at in tree.ancestors(i):
        if tree.tokens[at].lemma in {"accuse", "blame"}:
            return next((o for o in tree.kids(at, "dobj") if o < i and i not in tree.subtree(o)), None)
    return None


def _speaker_above(view: View, i: int) -> int | None:
    """Who says the clause that a pronoun is the subject of."""
    tree = view.tree
    clause = tree.tokens[tree.tokens[i].head]
    verb = tree.tokens[clause.head]
    if clause.dep != "ccomp" or verb.lemma not in _SAYING:
        return None
    return next((s for s in tree.subjects(verb.i) if s < i), None)


_SAYING: Final = frozenset("say claim announce report declare confirm admit acknowledge".split())


def _possessor(view: View, i: int, context: Context) -> tuple[Actor, ...]:
    """ "Its attacks", "its aircraft" are those of whoever the clause, or the one above it, is about: no blast has soldiers."""
    tree = view.tree
    for verb in tree.ancestors(i):
        if tree.tokens[verb].pos not in {"VERB", "AUX"}:
            continue
        faults = [
            k for k in tree.kids(verb, "prep") if tree.tokens[k].lower == "for" and i in tree.subtree(k)
        ]
        for o in tree.kids(verb, "dobj") if faults else ():
            if (found := _actors_below(view, o, context, 1)) and o < i:
                return tuple(
                    replace(a, text=tree.tokens[i].text) for a in found
                )  # "blasted the rebels for their raids"
        for s in tree.subjects(verb):
            if s < i and i not in tree.subtree(s):
                found = _actors_below(view, s, context, 1)
                if found or tree.tokens[s].lemma in AGENT_NOUNS | CIVILIANS:
                    return tuple(replace(a, text=tree.tokens[i].text) for a in found)
    if tree.tokens[tree.tokens[i].head].lemma in _OF_PEOPLE:
        return ()  # "their car was hit": of those who were in it
    last = context.subject_before(view.sentence, tree.tokens[i].start)
    return (context.actor(last, text=tree.tokens[i].text),) if last is not None else ()


_OF_PEOPLE: Final = frozenset(
    "car vehicle van taxi house home flat apartment tent family relative child son daughter mother father brother sister wife "
    "husband parent neighbour neighbor body funeral".split()
)
"""What a state or a group does not have."""


def _of_the_place(view: View, i: int, context: Context) -> str | None:
    """ "Gaza militants", "Idlib rebels": those who fight there."""
    for k in view.tree.kids(i, "compound", "amod", "nmod", "poss"):
        places = context.lexicon.places.lookup(view.tree.tokens[k].text)
        if places and places[0].country is not None and view.tree.tokens[k].text[0].isupper():
            return context.militants_of(places[0].country)
    return None


def _phrase(view: View, i: int) -> str:
    start, end = view.tree.tokens[i].start, view.tree.tokens[i].end
    for k in view.tree.children[i]:
        if view.tree.tokens[k].dep in {"amod", "compound", "det", "poss", "nummod"}:
            start = min(start, view.tree.tokens[k].start)
    return view.words(start, end)


def unique(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each actor once, as first named."""
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.id, actor)
    return tuple(found.values())
