"""A figure of killed or injured, and the number that a noun phrase holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from worker.extraction.victims import MANY, ONE
from worker.lexicon.entries import AliasForm

if TYPE_CHECKING:
    from worker.event import Quantity
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_NUMBER_DEPS: Final = frozenset({"nummod", "quantmod", "amod", "det", "advmod", "compound", "nmod", "predet"})
_ONE: Final = frozenset({"a", "an", "one", "another"})


@dataclass(frozen=True, slots=True)
class Casualties:
    """A figure: the token that says killed or injured, the token of the people (None: none named), the number."""

    trigger: int
    people: int | None
    killed: Quantity | None = None
    injured: Quantity | None = None
    toll: bool = False
    """A running total ("the death toll rises to 40"), not a figure of one attack by itself."""
    parts: tuple[tuple[int, Quantity], ...] = ()
    """Who the number is made up of: "four soldiers and three militants"."""


def quantity_of(view: View, i: int, cues: Cues, *, implied: bool = True) -> Quantity | None:
    """The number of the noun phrase headed by `i`; `implied` lets "a soldier" and a single named person be one."""
    tree = view.tree
    near = {i, *(tree.prep_objects(i, "of") if tree.tokens[i].lemma == "family" else ())}  # "a family of six"
    stack = [k for k in tree.children[i] if tree.tokens[k].dep in _NUMBER_DEPS]
    while stack:
        at = stack.pop()
        near.add(at)
        stack.extend(
            k for k in tree.children[at] if tree.tokens[k].dep in _NUMBER_DEPS | {"prep", "pobj", "mark"}
        )
    for mention in view.quantities:
        if tree.at(mention.number_start) in near:
            return mention.quantity
    if not implied:
        return None
    token = tree.tokens[i]
    if token.lower == "another" and not tree.children[i]:
        return ONE  # "killed one and wounded another"
    determiners = {
        tree.tokens[k].lower for k in tree.children[i] if tree.tokens[k].dep in {"det", "nummod", "amod"}
    }
    if token.lower in MANY:
        return None  # "a number of people"
    if token.tag in {"NN", "NNP"} and (
        determiners & _ONE or (token.pos == "PROPN" and token.tag == "NNP" and not determiners)
    ):
        if token.pos == "PROPN" and view.actors_by_head.get(i) and not _is_named_person(view, i, cues):
            return None
        return ONE
    if (
        token.tag == "NN"
        and token.lemma in cues.casualties["people"]
        and token.lemma not in {"people", "police", "staff", "crew", "family", "personnel"}
    ):
        return ONE
    return None


def _is_named_person(view: View, i: int, cues: Cues) -> bool:
    """ "Hamas commander Mohammed Deif", "the French journalist Arman Soldin", Hassan Nasrallah: one, whoever he belongs to."""
    tree = view.tree
    own = [m for m in view.actors_by_head.get(i, ()) if m.start <= tree.tokens[i].start < m.end]
    if any(m.alias.form is AliasForm.LEADER for m in own):
        return True
    titles = {tree.tokens[k].lemma for k in tree.kids(i, "compound", "nmod", "amod")}
    return not own and bool(titles & cues.casualties["people"])
