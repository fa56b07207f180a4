"""Accords between belligerents that are said to be broken, peace plans that both accept: a ceasefire by another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.undertakings import MEANT

if TYPE_CHECKING:
    from worker.extraction.view import View

ACCORDS: Final = frozenset(
    "accord agreement deal pact understanding declaration moratorium arrangement memorandum".split()
)
_BREACHES: Final = frozenset(
    "violation breach infringement contravention defiance violate flout contravene".split()
)
_OF_OTHERS: Final = frozenset(
    "ceasefire truce armistice cease trade tariff nuclear oil gas grain arm security coalition business tax film "
    "transfer development climate convention airspace plea confidentiality employment licence license".split()
)
"""What accords are about that have nothing to do with a war; and ceasefires, which have a name of their own."""
_POINTING: Final = frozenset({"the", "an", "a", "their", "this", "that"})


def is_joint_plan(view: View, i: int) -> bool:
    """ "Israel and Hamas signed off on the first phase of a peace plan": a plan that several accept is an agreement."""
    tree = view.tree
    if tree.tokens[i].lemma not in PLANS or not any(
        tree.tokens[k].lower == "peace" for k in tree.kids(i, "compound", "amod", "nmod")
    ):
        return False
    at = i
    while tree.tokens[at].dep == "pobj" and tree.tokens[tree.tokens[at].head].lower == "of":
        at = tree.tokens[tree.tokens[at].head].head
    verb = tree.tokens[tree.tokens[at].head]
    if tree.tokens[at].dep == "pobj" and verb.lower in {"to", "on", "off"}:
        verb = tree.tokens[verb.head]
    signed = verb.lemma in _ACCEPTING and tree.tokens[at].dep in {"dobj", "pobj"}
    return signed and any(
        tree.kids(s, "conj") or tree.tokens[s].lemma in _BOTH for s in tree.subjects(verb.i)
    )


def offered_plan(view: View, i: int) -> int | None:
    """The verb by which a peace plan is put to somebody: "shared its peace plan with Moscow", "received the proposal".

    "Gave Kyiv until Thursday to accept the plan" puts it to Kyiv once more.
    """
    tree = view.tree
    token = tree.tokens[i]
    if token.lemma not in _OFFERS or not _of_peace(view, i) or token.dep not in {"dobj", "nsubjpass"}:
        return None
    verb = tree.tokens[token.head]
    if verb.lemma in _GIVING and not tree.kids(verb.i, "neg"):
        return verb.i
    giving = tree.tokens[verb.head]
    until = {tree.tokens[k].lower for k in tree.kids(giving.i, "prep")} & {"until", "till"}
    deadline = giving.lemma == "give" and (
        until or any(tree.tokens[o].lemma in _DEADLINES for o in tree.objects(giving.i))
    )
    return (
        giving.i if verb.lemma in _ACCEPTING and verb.dep in {"advcl", "xcomp", "acl"} and deadline else None
    )


def is_answered_plan(view: View, i: int) -> bool:
    """ "Rejected a plan for peace", "a proposal to end the war was accepted": what is said of it is said of a ceasefire."""
    tree = view.tree
    token = tree.tokens[i]
    answered = tree.tokens[token.head].lemma in _REJECTING | _ACCEPTING
    return token.lemma in _OFFERS and answered and token.dep in {"dobj", "nsubjpass"} and _of_peace(view, i)


def _of_peace(view: View, i: int) -> bool:
    """ "A peace plan", "a plan for peace", "a proposal to end the war"."""
    tree = view.tree
    named = (*tree.kids(i, "compound", "amod", "nmod"), *tree.prep_objects(i, "for"))
    return any(tree.tokens[k].lower == "peace" for k in named) or any(
        tree.tokens[k].lemma in _ENDING and any(tree.tokens[o].lemma in _WAR for o in tree.objects(k))
        for k in tree.kids(i, "acl", "relcl")
    )


_OFFERS: Final = frozenset({"plan", "proposal"})
_REJECTING: Final = frozenset("reject refuse dismiss spurn rebuff".split())
_GIVING: Final = frozenset(
    "share present submit send deliver hand give unveil table circulate receive propose offer".split()
)
_DEADLINES: Final = frozenset({"day", "week", "deadline", "ultimatum", "hour"})


def is_signed_to_end_fighting(view: View, i: int) -> bool:
    """ "Signed a framework agreement aimed at ending the fighting", "a deal was reached to end the war": an accord is told by its aim."""
    tree = view.tree
    token = tree.tokens[i]
    verb = tree.tokens[token.head]
    made = token.dep in {"dobj", "nsubjpass"} and verb.lemma in _SIGNING
    effective = {tree.tokens[o].lemma for o in (*tree.objects(verb.i), *tree.prep_objects(verb.i, "into"))}
    begins = token.dep == "nsubj" and bool(effective & {"effect", "force"})
    if token.lemma not in ACCORDS | PLANS or not (made or begins):
        return False
    whole = (i, *tree.prep_objects(i, "of"))  # "a memorandum of understanding"
    below = [k for at in whole for k in tree.kids(at, "acl", "relcl")]
    aims = [k for k in below if tree.tokens[k].lemma in MEANT]
    endings = [k for aim in aims for k in tree.subtree(aim)]
    below += tree.kids(verb.i, "advcl", "xcomp")
    endings += [k for k in below if any(tree.tokens[a].tag == "TO" for a in tree.kids(k, "aux"))]
    for ending in (k for k in endings if tree.tokens[k].lemma in _ENDING):
        if any(tree.tokens[o].lemma in _WAR for o in tree.kids(ending, "dobj", "pobj")):
            return True
    return tree.tokens[i].lemma in PLANS and any(
        tree.tokens[o].lemma == "peace" for o in tree.prep_objects(i, "for")
    )


_SIGNING: Final = frozenset("sign reach conclude ink initial seal ratify".split())
_ENDING: Final = frozenset("end stop halt cease".split())
_WAR: Final = frozenset("war fighting conflict hostility violence bloodshed".split())
PLANS: Final = frozenset("plan roadmap framework blueprint".split())
"""What becomes an agreement when both accept it."""
_ACCEPTING: Final = frozenset("sign agree accept approve adopt ratify".split())
_BOTH: Final = frozenset("side country party nation neighbour neighbor both".split())


def is_broken_accord(view: View, i: int) -> bool:
    """ "A breach of the Doha declaration", "violated the accord they signed in July"."""
    tree = view.tree
    token = tree.tokens[i]
    if token.pos != "NOUN" or token.lemma not in ACCORDS or token.dep not in {"pobj", "dobj", "nsubjpass"}:
        return False
    over = tree.tokens[token.head]
    if token.dep == "pobj" and over.lower in {"of", "to"}:
        over = tree.tokens[over.head]
    words = {tree.tokens[k].lemma for k in tree.kids(i, "compound", "amod", "nmod")}
    pointed = any(tree.tokens[k].lower in _POINTING for k in tree.kids(i, "det", "poss"))
    pointed |= any(tree.tokens[k].lemma in {"sign", "reach", "make"} for k in tree.kids(i, "acl"))
    # Headlines leave the article out, as in "in violation of US-brokered moratorium".
    made = {"broker", "mediate", "sign", "agree"}
    pointed |= any(tree.tokens[k].lemma in made for k in tree.kids(i, "amod"))
    return over.lemma in _BREACHES and pointed and not words & _OF_OTHERS and not tree.prep_objects(i, "on")
