"""Accords between belligerents that are said to be broken: then it is a ceasefire, whatever they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.extraction.view import View

ACCORDS: Final = frozenset(
    "accord agreement deal pact understanding declaration moratorium arrangement".split()
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
    return over.lemma in _BREACHES and pointed and not words & _OF_OTHERS and not tree.prep_objects(i, "on")
