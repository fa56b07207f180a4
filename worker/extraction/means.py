"""What is only done to be able to attack: no attack of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.extraction.view import View


def is_means(view: View, i: int) -> bool:
    """ "Is using schools to launch attacks", not "used drones to attack Kyiv": tells of no attack that was launched."""
    token = view.tree.tokens[i]
    if token.lemma not in {"use", "exploit"} or token.tag in {"VBD", "VBN"}:
        return False
    return any(o in view.sites_by_head or view.tree.tokens[o].lemma in _GROUND for o in view.tree.objects(i))


def serves(view: View, verb: int) -> bool:
    """ "A centre used to plan attacks", "which they were using to fire rockets": what a place is for, not what was done."""
    tree = view.tree
    token = tree.tokens[verb]
    clause = tree.tokens[token.head] if token.dep == "ccomp" else token
    what = [k for k in tree.kids(verb, "dobj") if tree.tokens[k].tag not in {"WDT", "WP"}]
    if not what and clause.dep == "relcl" and token.tag == "VBG":
        what = [clause.head]
    if not what and (
        tree.kids(verb, "auxpass", "agent") or (token.tag == "VBN" and not tree.kids(verb, "aux"))
    ):
        what = tree.subjects(verb) or [token.head]
    return any(w in view.sites_by_head or tree.tokens[w].lemma in _GROUND for w in what)


_GROUND: Final = frozenset(
    "building house home hall room centre center site place area territory land soil airspace compound infrastructure "
    "facility location structure tunnel position neighbourhood neighborhood town village zone apartment tower civilian".split()
)
"""What one attacks from, not with."""
