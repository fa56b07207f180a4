"""Attacks that are spoken of for what came of them, or over and over: whenever they were, they are no news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues


def is_bygone(view: View, i: int, cues: Cues) -> bool:
    """Whether a verb or noun of attack stands under a habit of claiming, the dead handed over, or a penalty."""
    return (
        _is_habit(view, i, cues)
        or _of_the_dead_returned(view, i)
        or _punished(view, i)
        or _says_which_war(view, i)
    )


def _says_which_war(view: View, i: int) -> bool:
    """ "Its longest war, fought in Afghanistan since 2001", "have fought three wars": wars, not a fight in one."""
    tokens = view.tree.tokens
    if tokens[i].lemma not in {"fight", "wage"}:
        return False
    before = [t for t in tokens[max(0, i - 2) : i] if t.text != ","][-1:]
    wars = [tokens[k] for k in view.tree.objects(i) if tokens[k].tag == "NNS"]
    return any(t.lemma in {"war", "conflict"} for t in (*before, *wars))


def _punished(view: View, i: int) -> bool:
    """ "Faces a jail term for fighting", "was awarded a medal for shelling it": of whom, and when, is another matter."""
    tree = view.tree
    preposition = tree.tokens[tree.tokens[i].head]
    if tree.tokens[i].dep != "pcomp" or preposition.lower != "for":
        return False
    above = (preposition.head, *tree.objects(preposition.head))
    return any(tree.tokens[k].lemma in _PENALTIES for k in above)


_PENALTIES: Final = frozenset(
    "term sentence jail imprison trial conviction convict medal award decorate".split()
)


def _is_habit(view: View, i: int, cues: Cues) -> bool:
    """ "Regularly claims to have killed fighters": what is said over and over is no news."""
    tree = view.tree
    said = (
        a
        for a in tree.ancestors(i)
        if tree.tokens[a].lemma in cues.assertion["claim"] | cues.assertion["say"]
    )
    return any(
        tree.tokens[a].tag in {"VBZ", "VBP"} and tree.tokens[k].lower in _OFTEN
        for a in said
        for k in tree.kids(a, "advmod")
    )


_OFTEN: Final = frozenset("regularly often routinely frequently repeatedly usually typically".split())


def _of_the_dead_returned(view: View, i: int) -> bool:
    """ "Received the bodies of soldiers killed in battle": when they fell is another matter."""
    tree = view.tree
    for body in (a for a in tree.ancestors(i) if tree.tokens[a].lemma in {"body", "remains"}):
        verb = tree.tokens[tree.tokens[body].head]
        return verb.lemma in _HANDING and tree.tokens[body].dep in {"dobj", "nsubjpass"}
    return False


_HANDING: Final = frozenset("receive return repatriate hand exchange swap deliver transfer".split())
