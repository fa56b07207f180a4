"""A reading of a ceasefire, and what one verb makes of it: "negotiates", "enforces", "resumes after"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from worker.extraction.actwords import STANDING, act_of_verb

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues


SOUGHT: Final = frozenset({"negotiate", "mediate", "discuss", "broker"})
RESUMING: Final = frozenset({"resume", "restart", "recommence"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What has been read below a word: the name of the act (None: the ceasefire itself), its word and its agents."""

    name: str | None
    at: int
    agents: tuple[int, ...] = ()
    denied: bool = False
    presupposed: bool = False
    sought: bool = False
    """Known from what else is said ("rejected the proposal"), whatever the verb above makes of it."""


def act_named(view: View, verb: int, role: str, below: Reading, cues: Cues) -> str | None:
    """The act that a verb makes of the reading that stands in `role` to it; None: the verb says nothing of it."""
    tree = view.tree
    lemma = tree.tokens[verb].lemma
    if (
        role == "subject"
        and lemma in {"take", "come", "go"}
        and tree.objects(verb)
        and below.name is not None
    ):
        return below.name
    if lemma in SOUGHT and below.name in STANDING and role in {"object", "for", "on", "passive"}:
        return _of_seeking(view, verb, role)
    if lemma == "enforce" and role == "object" and below.name in STANDING:
        upper = tree.tokens[tree.tokens[verb].head].lemma
        return (
            "in_effect" if tree.tokens[verb].tag == "VBG" and upper in RESUMING | {"begin", "start"} else None
        )
    if lemma == "last" and tree.kids(verb, "aux") and not tree.kids(verb, "neg"):
        return None  # "has lasted for years" tells of no news
    if lemma in {"have", "be", "need"} and (name := _had_or_needed(view, verb, role, below)) is not None:
        return name
    if (
        lemma == "commit"
        and role == "to"
        and (tree.tokens[verb].dep == "acomp" or tree.kids(verb, "auxpass"))
    ):
        return "upheld"  # "is committed to the truce" does nothing about it
    if role == "after":
        return "ended" if lemma in RESUMING else None
    if role == "attribute":
        return below.name if below.name not in STANDING else None
    return act_of_verb(view, verb, role, below.name, cues)


def _had_or_needed(view: View, verb: int, role: str, below: Reading) -> str | None:
    """ "Have had a ceasefire since 2003", "there must be a ceasefire", "a ceasefire is needed"."""
    tree = view.tree
    lemma = tree.tokens[verb].lemma
    if (
        lemma == "have"
        and role == "object"
        and any(tree.tokens[k].lower == "since" for k in tree.subtree(verb))
    ):
        return "in_effect"
    due = not {tree.tokens[k].lower for k in tree.kids(verb, "aux")}.isdisjoint({"should", "must"})
    needed = lemma == "need" and role == "passive" and below.name in STANDING
    return "demanded" if due or needed else None


def _of_seeking(view: View, verb: int, role: str) -> str:
    """ "Brokered a truce" has one, "is negotiating a truce" talks of one, "to broker a truce" seeks one."""
    tree = view.tree
    token = tree.tokens[verb]
    if token.lemma != "discuss" and (
        token.tag == "VBD" or role == "passive" or (token.tag in {"VBN", "VBZ"} and tree.kids(verb, "aux"))
    ):
        return "agreed" if role != "for" else "negotiating"
    progressive = token.tag == "VBG" and bool(tree.kids(verb, "aux"))
    return (
        "negotiating" if progressive or token.tag in {"VBZ", "VBP"} or token.lemma == "discuss" else "sought"
    )
