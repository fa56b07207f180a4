"""Words that mean a ceasefire: "truce", "cessation of hostilities", "agreed to halt strikes on energy"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from worker.extraction.view import read_once

if TYPE_CHECKING:
    from worker.extraction.view import View

STOP_NOUNS: Final = frozenset("halt end pause cessation stop suspension moratorium break lull truce".split())
STOP_VERBS: Final = frozenset(
    "halt stop pause cease suspend end hold freeze discontinue refrain lay silence".split()
)
FIGHTING: Final = frozenset(
    "strike attack airstrike fighting hostility offensive operation bombing shelling bombardment raid fire violence "
    "war combat assault arm gun conflict campaign hostilities strikes exchange".split()
)
_UNDERTAKINGS: Final = frozenset(
    "agree order promise pledge commit offer accept prepare vow decide declare announce ready propose urge call tell "
    "ask demand want approve consent undertake instruct refuse".split()
)
_UNDERTAKING_NOUNS: Final = frozenset(
    "agreement deal pledge promise order offer commitment proposal decision call".split()
)

_ATTACKING: Final = frozenset("fight attack shell bomb strike hit fire target bombard shoot".split())
_BEGINNING: Final = frozenset("begin start take hold last expire end resume".split())
_NEXT: Final = 6
"""Words after a truce in which those that it is with stand."""
_NOT_WARS: Final = frozenset("trade tariff price culture political rating bidding drug turf gang".split())


@dataclass(frozen=True, slots=True)
class Truce:
    """A span that means a ceasefire, and the token whose place in the sentence decides the act.

    `verb` is True for "halt strikes": then `token` is the verb of stopping. `stopped` is the fighting that is to stop.
    """

    token: int
    start: int
    end: int
    verb: bool = False
    stopped: int | None = None


@read_once
def find_truces(view: View) -> tuple[Truce, ...]:
    """Every ceasefire that a sentence names, in order of their tokens."""
    tree = view.tree
    found: dict[int, Truce] = {}
    for start, end in view.ceasefires:
        head = tree.head_of(start, end)
        if head is not None and not _of_no_war(view, head):
            found.setdefault(head, Truce(head, start, end))
    for token in tree.tokens:
        if token.i in found:
            continue
        if token.pos == "NOUN" and token.lemma in STOP_NOUNS:
            stop = _noun_of_stopping(view, token.i)
            if stop is not None and not _of_no_war(view, token.i):
                found[token.i] = stop
        elif token.pos == "VERB" and token.lemma in STOP_VERBS and _undertaken(view, token.i):
            hit = next((o for o in tree.objects(token.i) if tree.tokens[o].lemma in FIGHTING), None)
            if hit is None and token.lemma in {"stop", "cease", "refrain"}:
                hit = next(
                    (k for k in tree.kids(token.i, "xcomp") if tree.tokens[k].lemma in _ATTACKING), None
                )
            if hit is not None:
                end = max(token.end, tree.tokens[hit].end)
                found[token.i] = Truce(token.i, token.start, end, verb=True, stopped=hit)
    return tuple(found[i] for i in sorted(found))


def _temporary_or_agreed(view: View, i: int) -> bool:
    """ "a halt to attacks" is a ceasefire where somebody agrees, calls for, announces or refuses it."""
    tree = view.tree
    return any(
        tree.tokens[a].lemma
        in _UNDERTAKINGS | _UNDERTAKING_NOUNS | {"reach", "violate", "break", "extend", "despite"}
        for a in tree.ancestors(i)
    ) or bool(
        {tree.tokens[k].lower for k in tree.kids(i, "amod", "nummod")}
        & {"temporary", "immediate", "humanitarian", "complete", "full", "permanent"}
    )


def _noun_of_stopping(view: View, i: int) -> Truce | None:
    """ "A halt to attacks" that is agreed, "the pause in the war" that began, a "lull" between two who are named."""
    tree = view.tree
    token = tree.tokens[i]
    objects = [o for p in ("to", "in", "of", "on") for o in tree.prep_objects(i, p)]
    if not objects and i + 1 < len(tree.tokens) and tree.tokens[i + 1].lower == "to":
        objects = tree.prep_objects_of(i + 1)  # "promised a halt to strikes", hung on the verb
    hit = next((o for o in objects if tree.tokens[o].lemma in FIGHTING and not _of_business(view, o)), None)
    if hit is not None and (_temporary_or_agreed(view, i) or _begun(view, i)):
        return Truce(i, token.start, tree.tokens[hit].end, stopped=hit)
    lull = token.lemma == "lull" and view.actors and _temporary_or_agreed(view, i)
    declared = tree.tokens[token.head].lemma in {"declare", "proclaim"} and token.dep == "dobj"
    if lull or (not objects and (declared or _timed(view, i)) and _announced(view, i)):
        return Truce(i, token.start, token.end)
    return None


def _timed(view: View, i: int) -> bool:
    """ "A 30-hour halt": for how long is said in the noun's own phrase."""
    below = {k for c in view.tree.kids(i, "nummod", "compound", "amod", "nmod") for k in view.tree.subtree(c)}
    return any(view.tree.at(m.start) in below for m in view.durations)


def _announced(view: View, i: int) -> bool:
    """Whether a pause is what somebody declares, offers or refuses, not one that just happens."""
    return view.tree.tokens[i].dep in {"dobj", "pobj", "nsubjpass"} and any(
        view.tree.tokens[a].lemma in _UNDERTAKINGS for a in list(view.tree.ancestors(i))[:2]
    )


def _of_business(view: View, i: int) -> bool:
    """ "The cessation of operations" of a broadcaster: operations that nothing calls military."""
    tree = view.tree
    words = {tree.tokens[k].lower for k in tree.kids(i, "amod", "compound", "nmod")}
    return tree.tokens[i].lemma in {"operation", "campaign"} and not (
        words & _MILITARY
        or view.actors_by_head.get(i)
        or tree.kids(i, "poss")
        or tree.prep_objects(i, "against")
    )


_MILITARY: Final = frozenset("military combat offensive ground air aerial naval hostile security".split())


def _of_no_war(view: View, i: int) -> bool:
    """Whether a truce is one in a trade war, a culture war and the like, or one of gangs."""
    tree = view.tree
    token = tree.tokens[i]
    made = (
        (i, token.head) if token.dep in {"dobj", "nsubjpass"} else (i,)
    )  # "reached a truce in its war with the gangs"
    wars = [
        o
        for at in made
        for o in tree.prep_objects(at, "in", "of", "on", "to")
        if tree.tokens[o].lemma in {"war", "battle"}
    ]
    gangs = {
        tree.tokens[o].lemma for at in (i, *wars) for o in tree.prep_objects(at, "with", "between", "among")
    } & {"gang", "cartel", "network", "mafia", "clan", "biker"}
    return bool(gangs) or any(
        tree.tokens[k].lower in _NOT_WARS for noun in (i, *wars) for k in tree.kids(noun, "compound", "amod")
    )


def _begun(view: View, i: int) -> bool:
    """ "The pause in the war began": what has a beginning or an end of its own was agreed on."""
    token = view.tree.tokens[i]
    return (
        token.lemma in {"pause", "halt", "lull"}
        and token.dep == "nsubj"
        and view.tree.tokens[token.head].lemma in _BEGINNING
    )


def _undertaken(view: View, i: int) -> bool:
    """Whether the stopping is undertaken or asked for, not just reported ("the rain stopped the fighting")."""
    tree = view.tree
    token = tree.tokens[i]
    head = tree.tokens[token.head]
    infinitive = any(tree.tokens[k].lower == "to" for k in tree.kids(i, "aux"))
    will = any(tree.tokens[k].lower in {"will", "would", "shall"} for k in tree.kids(i, "aux"))
    if infinitive and token.dep in {"xcomp", "acl", "ccomp", "advcl", "conj", "relcl"}:
        return (
            head.lemma in _UNDERTAKINGS | _UNDERTAKING_NOUNS
            or any(tree.tokens[a].lemma in _UNDERTAKINGS | _UNDERTAKING_NOUNS for a in tree.ancestors(i))
            or any(tree.tokens[o].lemma in _UNDERTAKING_NOUNS for o in tree.objects(head.i))
        )
    return will or (
        token.dep in {"pcomp", "ccomp"}
        and head.head != head.i
        and tree.tokens[head.head].lemma in _UNDERTAKINGS
    )
