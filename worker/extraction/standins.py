"""Whom a noun without a name or a pronoun stands for: "the army", "both sides", "the group", "it"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.extraction.actornouns import (
    AGENT_NOUNS,
    CIVILIANS,
    GROUP_NOUNS,
    KINDS,
    POSSESSIVES,
    PRONOUNS,
    REBEL_NOUNS,
    RELATED,
    STATE_NOUNS,
)
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Actor
    from worker.extraction.context import Context
    from worker.extraction.view import View

NamedAt = Callable[[int], "tuple[Actor, ...]"]
"""From a token of the sentence to the actors that its noun phrase names."""
_REBEL_WORDS: Final = REBEL_NOUNS | frozenset(
    {"rebels", "insurgents", "separatists", "anti-government", "opposition", "islamist"}
)
_NOBODY: Final = frozenset("gunman gunmen terrorist tribesman tribesmen assailant attacker raider".split())
"""Fighters who are not those named before."""
_DEFINITE: Final = frozenset({"the", "these", "those", "its", "their", "rebel", "opposition", "insurgent"})
_BOTH: Final = frozenset(
    "side country party nation neighbour neighbor government army military rival belligerent foe".split()
)
_BOTH_WORDS: Final = frozenset("both two warring each rival opposing".split())


def stands_for(view: View, i: int, context: Context, named: NamedAt) -> tuple[Actor, ...]:
    """Coreference by role: "both sides", "the army", "the rebels", "it"; `named` gives whom another noun of the sentence names."""
    token = view.tree.tokens[i]
    words = {view.tree.tokens[k].lower for k in view.tree.children[i]}
    text = phrase_of(view, i)
    the_two = token.lower in {"neighbours", "neighbors"} and "the" in words
    if (token.lemma in _BOTH and words & _BOTH_WORDS) or the_two or token.lower in {"both", "belligerents"}:
        two = _two_named_before(view, i, context) or context.both_sides()
        return tuple(context.actor(a, text=text) for a in two)
    if token.tag == "NNS" and token.lemma in KINDS and not words & _DEFINITE:
        return ()  # "armed groups": some, not the one named before
    in_a_gang = token.lemma == "member" and "gang" in words
    rebels = token.lemma in GROUP_NOUNS or (words & _REBEL_WORDS and token.lemma not in RELATED) or in_a_gang
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
        return _who_tells(view, i, context, named)
    if token.lemma in STATE_NOUNS or token.lemma == "coalition" or "coalition" in words:
        organ = None if words & {"former", "ex", "retired"} else _whose_organ(view, i, words, context)
        return (context.actor(organ, text=text),) if organ is not None else ()
    if words & ({"former", "ex", "retired"} | _OF_SEVERAL):
        return ()  # a former soldier acts for himself
    if token.lower in POSSESSIVES and token.dep == "poss":
        return _possessor(view, i, context, named)
    # "It was struck" is as often a ship
    acts = token.dep == "nsubj" or (token.dep == "nsubjpass" and token.lower == "they")
    if token.lower in PRONOUNS and acts and not view.is_quoted(token.start):
        return _whom_a_pronoun_means(view, i, context, named)
    return ()


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


def _who_tells(view: View, i: int, context: Context, named: NamedAt) -> tuple[Actor, ...]:
    """ "Iran cancelled the talks over strikes against the country", "the rebels denounced raids on them": who the sentence is about."""
    tree = view.tree
    preposition = tree.tokens[tree.tokens[i].head]
    root = next((a for a in tree.ancestors(i) if tree.tokens[a].head == a), i)
    subjects = [s for s in tree.kids(root, "nsubj") if s < i]
    if preposition.lower not in {"on", "against"} or not subjects:
        return ()
    found = named(subjects[-1])
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


def _whom_a_pronoun_means(view: View, i: int, context: Context, named: NamedAt) -> tuple[Actor, ...]:
    """Who is accused above it, who speaks, whom the clause above is about, else whom the text was about last."""
    token = view.tree.tokens[i]
    accused = _accused_above(view, i)
    if accused is not None:
        return named(accused)
    for above in (_speaker_above(view, i), _subject_above(view, i)):
        found = named(above) if above is not None else ()
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


def _possessor(view: View, i: int, context: Context, named: NamedAt) -> tuple[Actor, ...]:
    """ "Its attacks", "its aircraft" are those of whoever the clause, or the one above it, is about: no blast has soldiers."""
    tree = view.tree
    for verb in tree.ancestors(i):
        if tree.tokens[verb].pos not in {"VERB", "AUX"}:
            continue
        faults = [
            k for k in tree.kids(verb, "prep") if tree.tokens[k].lower == "for" and i in tree.subtree(k)
        ]
        for o in tree.kids(verb, "dobj") if faults else ():
            if (found := named(o)) and o < i:
                return tuple(
                    replace(a, text=tree.tokens[i].text) for a in found
                )  # "blasted the rebels for their raids"
        for s in tree.subjects(verb):
            if s < i and i not in tree.subtree(s):
                found = named(s)
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


def phrase_of(view: View, i: int) -> str:
    """The words of a noun with what stands before it."""
    start, end = view.tree.tokens[i].start, view.tree.tokens[i].end
    for k in view.tree.children[i]:
        if view.tree.tokens[k].dep in {"amod", "compound", "det", "poss", "nummod"}:
            start = min(start, view.tree.tokens[k].start)
    return view.words(start, end)
