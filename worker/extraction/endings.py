"""Attacks that a sentence bids stop, and which therefore go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.tree import VERBS

if TYPE_CHECKING:
    from worker.extraction.view import View


CONDITIONS: Final = frozenset({"if", "unless", "whether", "lest", "until"})
"""What opens a clause that tells of nothing that has happened."""


def stopped_by(view: View, i: int) -> int | None:
    """The word that stops, or bids stop, an attack that therefore goes on: "demand an end to its airstrikes on Gaza".

    Only attacks that are somebody's or on something told are going on, and none that a promise speaks of: "agreed to
    halt strikes on energy" says nothing of strikes before it.
    """
    tree = view.tree
    token = tree.tokens[tree.first_conjunct(i)]
    if tree.tokens[i].lower not in _ATTACKS and tree.tokens[i].lemma not in _ATTACKS:
        return None
    whose = view.actors_by_head.get(i) or tree.kids(i, "poss")
    the = any(tree.tokens[k].lower == "the" for k in tree.kids(i, "det"))
    if not (whose or (the and tree.prep_objects(i, "of", "on", "against"))):
        return None
    head = tree.tokens[token.head]
    if token.dep == "pobj":
        by = tree.tokens[head.head]
        found = by.pos == "NOUN" and by.lemma in _ENDS and head.lower in {"to", "of", "in"}
    else:
        by = head
        found = token.dep in {"dobj", "nsubjpass"} and by.pos in VERBS and by.lemma in _ENDING
    above = {tree.tokens[a].lemma for a in tree.ancestors(by.i)}
    if _undertaken(view, by.i):
        return None
    conditional = any(tree.tokens[k].lower in CONDITIONS for k in tree.kids(by.i, "mark"))
    return by.i if found and not conditional and not above & _PROMISING else None


def _undertaken(view: View, i: int) -> bool:
    """ "The junta is to halt its offensive", "will pause its attacks": said of those who attack, a promise."""
    tree = view.tree
    words = {tree.tokens[k].lower for k in tree.kids(i, "aux")}
    return "will" in words or ("to" in words and tree.tokens[tree.tokens[i].head].lemma == "be")


_ATTACKS: Final = frozenset(
    "airstrike airstrikes strike attack assault shelling bombing bombardment raid offensive launching".split()
)
_ENDING: Final = frozenset("stop halt end cease pause suspend continue".split())
_ENDS: Final = frozenset("end halt stop pause cessation suspension".split())
_PROMISING: Final = frozenset(
    "agree agreement deal truce ceasefire promise pledge vow commit offer propose proposal announce declare accept would discuss consider negotiate mull".split()
)
