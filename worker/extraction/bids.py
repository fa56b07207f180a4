"""Talks that are refused, asked for or offered: what is said of them is said of the ceasefire that they are to bring."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.event import Act
from worker.extraction.actors import actors_of, unique
from worker.extraction.governing import WRECKING
from worker.extraction.parties import Deed, Parties, find_parties

if TYPE_CHECKING:
    from worker.extraction.context import Context
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

BIDS: Final = frozenset({Act.CEASEFIRE_REJECTED, Act.CEASEFIRE_DEMANDED, Act.CEASEFIRE_PROPOSED})
_RETURNING: Final = frozenset(
    "return resume restart hold begin start enter open join continue engage".split()
)
_HOSTING: Final = frozenset({"host", "hold", "mediate", "facilitate", "organise", "organize", "broker"})
_INTENDING: Final = frozenset({"plan", "intend", "want", "wish"})
_READY: Final = frozenset({"ready", "willing", "prepared", "open"})
_OFFERING: Final = frozenset({"offer", "propose", "suggest"})
_REFUSING: Final = frozenset({"refuse", "decline"})
_ASKING: Final = frozenset("urge call ask press implore beg appeal demand".split())


def bid_for_talks(view: View, i: int, cues: Cues) -> tuple[Act, int] | None:
    """(act, the verb that decides it) of talks that are refused, asked for or offered.

    "Rejected peace talks", "there will be no talks", "urged Iran to return to ceasefire talks", "offered to host talks".
    """
    tree = view.tree
    token = tree.tokens[i]
    verb = tree.tokens[token.head]
    if token.dep == "pobj" and verb.lower in {"to", "in", "with"}:
        verb = tree.tokens[verb.head]
    particles = {tree.tokens[k].lower for k in tree.kids(verb.i, "prt", "advmod")}
    refusing = verb.lemma in cues.acts["rejected"] - {"rule"} - WRECKING or (
        verb.lemma == "rule" and "out" in particles
    )
    if token.dep == "dobj" and refusing and tree.subjects(verb.i):
        return Act.CEASEFIRE_REJECTED, verb.i
    if token.dep in {"attr", "nsubj"} and verb.lemma == "be" and _none_at_all(view, i, verb.i):
        return Act.CEASEFIRE_REJECTED, tree.tokens[verb.i].head if verb.dep == "ccomp" else verb.i
    if token.dep == "dobj" and verb.lemma in _OFFERING and tree.subjects(verb.i):
        return Act.CEASEFIRE_PROPOSED, verb.i
    if token.dep == "pobj" and verb.lower in {"for", "to"} and tree.tokens[verb.head].lemma in _READY:
        ready = tree.tokens[verb.head]  # "is ready for talks", "is open to talks"
        standing = tree.tokens[ready.head]
        said = ready.dep == "acomp" and tree.subjects(standing.i) and not tree.kids(standing.i, "neg")
        return (Act.CEASEFIRE_PROPOSED, standing.i) if said else None
    if token.dep == "pobj" and verb.lower == "for":
        pushing = tree.tokens[verb.head]
        pressed = pushing.lemma in {"push", "press", "lobby"} and pushing.pos == "VERB"
        return (Act.CEASEFIRE_DEMANDED, pushing.i) if pressed and tree.subjects(pushing.i) else None
    first = tree.first_conjunct(verb.i)
    return _under_a_verb(view, verb.i, first) if tree.tokens[first].dep == "xcomp" else None


def _under_a_verb(view: View, holding: int, first: int) -> tuple[Act, int] | None:
    """ "Urged Iran to return to talks", "does not plan to enter them", "offered to host them", "is ready to host them".

    `first` is the verb before in "urged it to agree to a truce and return to talks", else the same.
    """
    tree = view.tree
    above, lemma = tree.tokens[tree.tokens[first].head], tree.tokens[holding].lemma
    deciding = above.head if above.pos == "ADJ" else above.i
    asked = tree.tokens[deciding]
    if above.pos == "ADJ" and asked.dep == "xcomp" and tree.tokens[asked.head].lemma in _ASKING:
        return Act.CEASEFIRE_DEMANDED, asked.head  # "called on it to be willing to return to talks"
    if not tree.subjects(deciding):
        return None
    if lemma in _RETURNING and above.lemma in _ASKING:
        return Act.CEASEFIRE_DEMANDED, deciding
    if lemma in _RETURNING and above.lemma in _INTENDING and tree.kids(above.i, "neg"):
        return Act.CEASEFIRE_REJECTED, deciding
    offered = above.lemma == "offer" or (above.pos == "ADJ" and above.lemma in _READY)
    holding_them = lemma in _HOSTING | _RETURNING - {"continue"} and not tree.kids(deciding, "neg")
    return (Act.CEASEFIRE_PROPOSED, deciding) if holding_them and offered else None


def bid_to_negotiate(view: View, i: int) -> tuple[Act, int] | None:
    """(act, the verb that decides it) of a "negotiate" that is refused, asked for or offered: "refused to negotiate with Kyiv"."""
    tree = view.tree
    token = tree.tokens[i]
    will = {tree.tokens[k].lower for k in tree.kids(i, "aux")} & {"will", "would", "shall", "'ll"}
    if will and tree.kids(i, "neg"):
        return Act.CEASEFIRE_REJECTED, i
    above = tree.tokens[token.head]
    told = above.tag in {"VBD", "VBN"} or above.dep == "ROOT"  # not "as Baku refuses to negotiate"
    if token.dep != "xcomp" or not told or not tree.subjects(above.i) or tree.kids(above.i, "neg"):
        return None
    acts = (
        (_REFUSING, Act.CEASEFIRE_REJECTED),
        (_ASKING, Act.CEASEFIRE_DEMANDED),
        (_OFFERING, Act.CEASEFIRE_PROPOSED),
    )
    return next(((act, above.i) for verbs, act in acts if above.lemma in verbs), None)


def _none_at_all(view: View, i: int, verb: int) -> bool:
    """ "There will be no talks", not "there were no talks on Monday"."""
    tree = view.tree
    no = any(tree.tokens[k].lower == "no" for k in tree.kids(i, "det"))
    return no and bool({tree.tokens[k].lower for k in tree.kids(verb, "aux")} & {"will", "shall", "would"})


def parties_of_bid(
    view: View, words: tuple[int, int], act: Act, bidders: tuple[int, ...], context: Context
) -> Parties:
    """Who are to talk, or are not: who is asked, and the bidder where he is the enemy of one of these.

    `words` are the talks and the verb that decides the act.
    """
    tree = view.tree
    told = (*tree.objects(words[1]), *tree.prep_objects(words[1], "on", "to"))
    asked = [k for t in told for k in tree.conjuncts(t)]
    own = unique(a for b in bidders for a in actors_of(view, b, context))
    partners = tree.prep_objects(words[0], "with")
    theirs = [a.id for t in (*asked, *partners) for a in actors_of(view, t, context)]
    with_them = act is Act.CEASEFIRE_REJECTED or context.at_war([a.id for a in own], theirs)
    tokens = tuple(dict.fromkeys((*words, *asked)))
    found = find_parties(view, tokens, bidders if with_them else (), context, Deed.OTHER)
    return replace(found, agents=own)
