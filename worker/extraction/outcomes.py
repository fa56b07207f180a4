"""What came of an attack proves that there was one, whatever is planned, feared or asked because of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues


def has_happened(view: View, i: int, cues: Cues) -> bool:
    """ "Prepared to bury the victims of a strike", "vowed to answer an attack that killed twelve": nobody only plans it."""
    tree = view.tree
    verb = i if tree.tokens[i].pos == "VERB" else tree.tokens[i].head
    if turns_out(view, verb):
        return True
    preposition = tree.tokens[tree.tokens[tree.first_conjunct(i)].head]
    suffered = preposition.lower in {"of", "from", "in"} and tree.tokens[preposition.head].lemma in _SUFFERING
    harm = cues.casualties["killed_verbs"] | cues.casualties["injured_verbs"] | _HARM
    if tree.tokens[i].lemma in {"intercept", "down"}:
        above = tree.tokens[tree.tokens[i].head].lemma
        return tree.tokens[i].dep in {"xcomp", "advcl", "acl"} and above in _SCRAMBLING
    told = (tree.tokens[k] for k in tree.kids(i, "relcl"))
    return suffered or any(t.lemma in harm and (t.tag == "VBD" or _has_done(view, t.i)) for t in told)


def turns_out(view: View, verb: int) -> bool:
    """ "The truce began, only for tanks to open fire", "only to be broken by a raid": an infinitive that tells what happened."""
    tree = view.tree
    if tree.tokens[verb].dep != "advcl" or not any(
        tree.tokens[k].lower == "to" for k in tree.kids(verb, "aux")
    ):
        return False
    opening = min(tree.subtree(verb))
    return tree.tokens[opening].lower == "only" and tree.tokens[opening + 1].lower in {"for", "to"}


_SCRAMBLING: Final = frozenset(
    "scramble try attempt rush race struggle work fail send dispatch move manage".split()
)
"""What is done to bring down weapons that are on their way, with or without success."""


def _has_done(view: View, verb: int) -> bool:
    """ "That have killed at least 41 people"."""
    words = {view.tree.tokens[k].lower for k in view.tree.kids(verb, "aux")}
    return bool(words & {"have", "has", "had"}) and words <= {"have", "has", "had"}


_SUFFERING: Final = frozenset("victim survivor aftermath rubble wreckage scene debris".split())
_HARM: Final = frozenset({"leave", "destroy", "damage", "hit", "claim"})


def has_tried(view: View, at: int, below: int) -> bool:
    """ "Tried to storm the base": an assault that failed is one."""
    tree = view.tree
    tried = tree.tokens[at].lemma in {"try", "attempt"} and tree.tokens[at].tag in {
        "VBD",
        "VBN",
        "VBZ",
        "VBP",
    }
    return tried and tree.tokens[below].lemma in _ASSAULTS


_ASSAULTS: Final = frozenset(
    "storm attack overrun invade raid ambush advance assault infiltrate hit strike target bomb shell bombard seize capture".split()
)
