"""Attacks that a sentence bids stop, and which therefore go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.tree import VERBS

if TYPE_CHECKING:
    from worker.extraction.view import View


CONDITIONS: Final = frozenset({"if", "unless", "whether", "lest", "until"})
"""What opens a clause that tells of nothing that has happened."""


def stopped_by(view: View, i: int) -> int | None:
    """The word that stops, or bids stop, an attack that therefore goes on, or has until now.

    "Demand an end to its airstrikes on Gaza", "will halt its attacks on Israel". Only attacks that are somebody's, or on
    somebody, are taken for granted: "agreed to halt strikes on energy" says nothing of strikes before it, nor does a
    halt to attacks that is only talked of.
    """
    tree = view.tree
    token = tree.tokens[tree.first_conjunct(i)]
    if tree.tokens[i].lower not in _ATTACKS and tree.tokens[i].lemma not in _ATTACKS:
        return None
    whose = view.actors_by_head.get(i) or tree.kids(i, "poss")
    the = any(tree.tokens[k].lower == "the" for k in tree.kids(i, "det"))
    struck = tree.prep_objects(i, "of", "on", "against")
    if not (whose or (struck and (the or _on_somebody(view, struck)))):
        return None
    head = tree.tokens[token.head]
    if token.dep == "pobj":
        by = tree.tokens[head.head]
        promising = _PROMISING - _TELLING if tree.kids(i, "poss") else _PROMISING
        promised = {tree.tokens[a].lemma for a in tree.ancestors(by.i)} & promising
        found = by.pos == "NOUN" and by.lemma in _ENDS and head.lower in {"to", "of", "in"} and not promised
    else:
        by = head
        found = token.dep in {"dobj", "nsubjpass"} and by.pos in VERBS and by.lemma in _ENDING
    return by.i if found else None


def is_bidden_to_stop(view: View, i: int) -> bool:
    """ "Urged Russia to halt its offensive": an attack that somebody is asked to end."""
    stopping = stopped_by(view, i)
    above = () if stopping is None else view.tree.ancestors(stopping)
    return any(view.tree.tokens[a].lemma in _ASKING for a in above)


def stops_going_on(view: View, stopping: int, attacking: int) -> bool:
    """ "Urged Russia to stop bombing Kharkiv": what somebody is asked to stop, and does to somebody with a name."""
    tree = view.tree
    token = tree.tokens[stopping]
    asked = token.dep == "xcomp" and tree.tokens[token.head].lemma in _ASKING
    return asked and _on_somebody(view, tree.objects(attacking))


def in_vain(view: View, stopping: int) -> bool:
    """ "The truce failed to stop the shelling", "has not stopped the shelling"."""
    tree = view.tree
    token = tree.tokens[stopping]
    failed = token.dep == "xcomp" and tree.tokens[token.head].lemma == "fail"
    return failed or bool(tree.kids(stopping, "neg"))


def _on_somebody(view: View, struck: list[int]) -> bool:
    """Whether attacks are said to be on a country, a group or a place that has a name."""
    below = [k for at in struck for k in view.tree.subtree(at)]
    return any(view.tree.tokens[k].pos == "PROPN" for k in below)


_ASKING: Final = frozenset("urge tell ask order press implore beg beseech want call demand".split())
_ATTACKS: Final = frozenset(
    "airstrike airstrikes strike attack assault shelling bombing bombardment raid offensive launching".split()
)
_ENDING: Final = frozenset("stop halt end cease pause suspend continue".split())
_ENDS: Final = frozenset("end halt stop pause cessation suspension".split())
_TELLING: Final = frozenset({"announce", "declare"})
"""Who tells of a halt to his own attacks has made some."""
_PROMISING: Final = frozenset(
    "agree agreement deal truce ceasefire promise pledge vow commit offer propose proposal announce declare accept would discuss consider negotiate mull".split()
)
