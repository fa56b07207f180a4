"""Turns that an act takes by the words around it: to insist, to declare over, to be unready, to be accused of."""

from __future__ import annotations

from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from worker.extraction.actwords import LASTING
from worker.extraction.readings import READY
from worker.extraction.talkwords import ERRANDS
from worker.extraction.tree import VERBS

if TYPE_CHECKING:
    from worker.extraction.view import View


def charged(view: View, at: int) -> bool:
    """Whether a verb tells what somebody is accused of."""
    tree = view.tree
    while tree.tokens[at].dep == "xcomp":  # "of trying to wreck the deal"
        at = tree.tokens[at].head
    preposition = tree.tokens[tree.tokens[tree.first_conjunct(at)].head]
    above = tree.tokens[preposition.head]
    if above.dep == "dobj":  # "accused the other of …"
        above = tree.tokens[above.head]
    charged = above.lemma in {"accuse", "blame"}
    return tree.tokens[at].pos in VERBS and preposition.lower in {"of", "for"} and charged


_LONG_AGO: Final = timedelta(days=300)
_SOME_TIME_AGO: Final = timedelta(days=30)
"""By now a truce that lasted hours or days is forgotten."""


def of_earlier_ones(view: View, *nouns: int) -> bool:
    """ "Several earlier truces had collapsed", "one signed in January lasted a day": before the ceasefire told of."""
    tree = view.tree
    if any(_lasted_long_ago(view, n) for n in nouns):
        return True
    # "an earlier one, agreed in 2020"
    long_ago = any(m.interval.end < view.reference - _LONG_AGO for m in view.times)
    had = any(tree.tokens[k].lower == "had" for n in nouns for k in tree.kids(n, "aux"))
    return any(
        (tree.tokens[n].tag == "NNS" or long_ago or had)
        and {tree.tokens[k].lower for k in tree.kids(n, "amod")} & {"earlier", "previous", "past", "prior"}
        for n in nouns
    )


def _lasted_long_ago(view: View, at: int) -> bool:
    """ "A truce signed in January lasted barely a day", told in May."""
    tree = view.tree
    if tree.tokens[at].lemma not in LASTING:
        return False
    signed = {i for s in tree.subjects(at) for k in tree.kids(s, "acl", "relcl") for i in tree.subtree(k)}
    return any(
        tree.at(m.start) in signed and m.interval.end < view.reference - _SOME_TIME_AGO for m in view.times
    )


def insists(view: View, at: int) -> bool:
    """ "Says that Europe must call for a truce", "urge the king to advocate one": to demand a demand is one."""
    tree = view.tree
    if tree.tokens[at].lemma in {"have", "be", "need"}:
        return True
    for i in (at, *list(tree.ancestors(at))[:3]):
        auxiliaries = {tree.tokens[k].lower for k in tree.kids(i, "aux")}
        if auxiliaries & {"would", "could", "might", "may"} or tree.kids(i, "neg"):
            return False
        if auxiliaries & {"must", "should", "ought"} or tree.tokens[i].lemma in _INSISTING:
            return True
    return False


_INSISTING: Final = frozenset("urge call ask demand press push beg implore insist need want".split())


def declares_over(view: View, at: int) -> bool:
    """ "Declared the truce over" ends it."""
    tree = view.tree
    if tree.tokens[at].lemma not in {"declare", "announce", "pronounce"}:
        return False
    near = {at, *tree.children[at], *(k for o in tree.children[at] for k in tree.children[o])}
    return any(
        tree.tokens[k].lower in {"over", "dead", "finished"} and not tree.kids(k, "pobj") for k in near
    ) or any(tree.tokens[k].lower in {"meaningless", "void"} for k in tree.subtree(at))


def of_complying(view: View, at: int) -> bool:
    """ "Has not complied with the ceasefire" accuses of a breach; "the truce did not hold" does not."""
    tree = view.tree
    return any(tree.tokens[i].lemma in _KEEPING for i in (at, *tree.kids(at, "xcomp"))) and (
        tree.tokens[at].lemma in _KEEPING or tree.tokens[at].lemma == "fail"
    )


_KEEPING: Final = frozenset("comply abide adhere honour honor respect observe uphold stick".split())


def refusable(view: View, at: int) -> bool:
    """ "Will not accept" refuses; "has not reached" or "was not signed" does not."""
    token = view.tree.tokens[at]
    if not any(view.tree.kids(i, "neg") for i in (at, token.head)):
        return False
    return (
        token.lemma
        in {
            "accept",
            "agree",
            "approve",
            "consent",
            "allow",
            "negotiate",
            "discuss",
            "declare",
            "want",
            "commit",
            "consider",
            "have",
            "grant",
            "be",
        }
        and token.tag != "VBN"
    )


def not_sought(view: View, at: int) -> bool:
    """ "Is not seeking a ceasefire" turns one down; "has not proposed one" does not."""
    token = view.tree.tokens[at]
    return (
        token.lemma in {"seek", "want", "pursue", "request", "consider"}
        and token.tag in {"VBG", "VB", "VBZ", "VBP"}
        and bool(view.tree.kids(at, "neg"))
    )


def on_an_errand(view: View, at: int) -> bool:
    """ "Mediators flew to Tehran to finalise the deal": talks, whatever comes of them."""
    tree = view.tree
    token = tree.tokens[at]
    aim = token.tag == "VB" and token.dep in {"advcl", "xcomp"}
    return aim and token.lemma in _WORKING_OUT and tree.tokens[token.head].lemma in ERRANDS


_WORKING_OUT: Final = frozenset("finalise finalize negotiate broker clinch hammer conclude mediate".split())


def given_up(view: View, truce: int, at: int) -> bool:
    """ "Ready to abandon its efforts to broker a truce", "will pass on brokering one": nothing is sought any more."""
    tree = view.tree
    below = [*takewhile(lambda i: i != at, tree.ancestors(truce)), at]
    if tree.tokens[at].pos == "NOUN":
        below += list(tree.ancestors(at))[:2]
    for above in below:
        particles = {tree.tokens[k].lower for k in tree.kids(above, "prt", "advmod", "prep")}
        if tree.tokens[above].lemma in {"abandon", "forsake", "quit"}:
            return True
        if particles & _GIVING_UP.get(tree.tokens[above].lemma, frozenset()):
            return True
    return False


_GIVING_UP: Final = {
    "give": frozenset({"up"}),
    "walk": frozenset({"away"}),
    "step": frozenset({"away", "back"}),
    "pass": frozenset({"on"}),
}


def bidden(view: View, at: int) -> bool:
    """ "Issue a decree to halt operations, agree to a cease-fire and lift the emergency": an imperative."""
    tree = view.tree
    first = tree.first_conjunct(at)
    verbs = [tree.tokens[k] for k in {at, first}]
    plain = all(v.tag in {"VB", "VBP"} and not tree.kids(v.i, "aux", "nsubj", "nsubjpass") for v in verbs)
    return plain and tree.tokens[first].dep == "ROOT" and tree.tokens[first].tag == "VB"


def conditional(view: View, at: int) -> bool:
    """ "If they do not agree to a truce"."""
    return any(view.tree.tokens[k].lower in {"if", "unless"} for k in view.tree.kids(at, "mark"))


def threat_unless(view: View, at: int) -> int | None:
    """ "Threatened sanctions if it does not agree to a truce" demands one: the verb of the threat."""
    tree = view.tree
    above = (a for a in tree.ancestors(at) if tree.tokens[a].pos in VERBS)
    return next((a for a in above if tree.tokens[a].lemma in {"threaten", "warn"} and tree.subjects(a)), None)


def upon_condition(view: View, at: int) -> bool:
    """ "Will cease attacks if its terms are met", "agreed not to attack unless …": nothing is in effect yet."""
    tree = view.tree
    clauses = [k for above in (at, *list(tree.ancestors(at))[:2]) for k in tree.kids(above, "advcl", "prep")]
    marks = {tree.tokens[m].lower for k in clauses if k > at for m in (k, *tree.kids(k, "mark"))}
    return bool(marks & {"if", "unless", "provided", "providing"})


def unready(view: View, at: int) -> bool:
    """ "Is not ready for a ceasefire", "was not willing to accept one"."""
    tree = view.tree
    token = tree.tokens[at]
    return token.lemma in READY and token.dep == "acomp" and bool(tree.kids(token.head, "neg"))
