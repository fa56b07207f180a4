"""Attacks that end a ceasefire or shake it: they come while it is in force, whatever becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import CeasefireRelation, Order
from worker.extraction.actwords import OVER
from worker.extraction.endings import in_vain
from worker.extraction.outcomes import turns_out
from worker.extraction.truces import FIGHTING

if TYPE_CHECKING:
    from worker.extraction.truces import Truce
    from worker.extraction.view import View

_ENDING: Final = frozenset("end shatter collapse break fall unravel crumble rock disrupt".split())
_STRAINING: Final = frozenset(
    "threaten test strain jeopardize jeopardise imperil endanger undermine upend upset shake dent weaken complicate "
    "challenge mar".split()
)
"""What an attack does to a ceasefire that stands all the same."""
_KEEPING: Final = frozenset(
    "enforce maintain uphold keep preserve consolidate implement monitor salvage save".split()
)
_NO_CEASEFIRE_YET: Final = frozenset(
    "talk negotiation effort proposal plan hope prospect chance push bid call draft offer initiative".split()
)
ENDS_TWO_WORDS: Final = frozenset({"down", "apart", "off", "up", "through"})


def ended_by(view: View, triggers: tuple[int, ...], truce: Truce) -> CeasefireRelation | None:
    """ "Fighting raged, ending a truce", "battles ended the truce", "the truce collapsed as shells fell": it still stood."""
    tree = view.tree
    kept = [a for a in tree.ancestors(truce.token) if tree.tokens[a].lemma in _KEEPING]
    for at in list(tree.ancestors(truce.token))[:3]:
        token = tree.tokens[at]
        if token.lemma in _NO_CEASEFIRE_YET and tree.tokens[truce.token].head not in kept:
            break  # "scuppering efforts to broker a truce", but not "to enforce the truce"
        put = token.lemma in {"put", "bring"} and any(tree.tokens[o].lemma == "end" for o in tree.objects(at))
        put = put or (
            token.lemma == "leave" and any(tree.tokens[o].lemma in OVER for o in tree.prep_objects(at, "in"))
        )
        put = put or (token.lemma == "deal" and any(tree.tokens[o].lemma == "blow" for o in tree.objects(at)))
        doubted = token.lemma in {"cast", "throw", "raise"} and "doubt" in {
            tree.tokens[o].lemma for o in tree.objects(at)
        }
        put = put or doubted
        if (
            token.lemma == "fall"
            and not {tree.tokens[k].lower for k in tree.kids(at, "prt", "advmod")} & ENDS_TWO_WORDS
        ):
            continue  # "the guns fell silent"
        ends = token.lemma in _ENDING | _STRAINING or put
        if token.pos != "VERB" or not ends or denied(view, at):
            continue
        clauses = tree.kids(at, "agent") + [
            k
            for k in tree.kids(at, "advcl", "prep")
            if not {tree.tokens[m].lower for m in (k, *tree.kids(k, "mark", "advmod"))}
            & {"before", "since", "by", "until"}
        ]
        through = {i for k in clauses for i in tree.subtree(k)} | {
            i for s in tree.subjects(at) for i in tree.subtree(s)
        }
        first = tree.tokens[tree.first_conjunct(at)]  # "killing 400 and putting an end to the truce"
        above = {first.i, *tree.ancestors(first.i)}
        participle = (
            first.dep == "advcl"
            and token.tag == "VBG"
            and any({t, tree.tokens[t].head} & above and t < first.i for t in triggers)
        )
        # "attacks in the east, where days of fighting have threatened the truce"
        where = token.dep == "relcl" and any(tree.tokens[k].tag == "WRB" for k in tree.kids(at, "advmod"))
        told = where and any(tree.tokens[i].lemma in FIGHTING for i in through)
        # "jets bomb a base as the truce falls apart"
        falls = token.dep == "advcl" and any(tree.tokens[k].lower == "as" for k in tree.kids(at, "mark"))
        falls = falls and any(token.head in {t, tree.tokens[t].head} for t in triggers)
        if participle or told or falls or any(t in through and t != at for t in triggers):
            return CeasefireRelation(order=Order.DURING, cue=token.text, start=token.start, end=token.end)
    return None


def shaken_by(view: View, triggers: tuple[int, ...], truce: Truce) -> CeasefireRelation | None:
    """ "The truce looked shaky after shells fell", "failed to stop the raids", "lasted two days before jets struck"."""
    tree = view.tree
    at = truce.token if tree.tokens[truce.token].dep == "ROOT" else tree.tokens[truce.token].head
    token = tree.tokens[at]
    if at != truce.token and truce.token not in tree.subjects(at):
        return None
    called = {tree.tokens[k].lower for k in tree.kids(at, "acomp", "oprd")}
    called |= {tree.tokens[o].lower for p in ("in", "under", "on", "at") for o in tree.prep_objects(at, p)}
    marks = set[str]()
    if not called.isdisjoint(_SHAKY):
        marks = {"after", "as", "when", "following"}
    elif token.lemma in {"last", "hold", "survive"}:
        marks = {"before", "until"}
    vain = [
        k for k in (at, *tree.kids(at, "xcomp")) if tree.tokens[k].lemma in _STOPPING and in_vain(view, k)
    ]
    if any(t > k and t in tree.subtree(k) for k in vain for t in triggers):
        return CeasefireRelation(order=Order.DURING, cue=token.text, start=token.start, end=token.end)
    for clause in tree.kids(at, "advcl", "prep"):
        said = {tree.tokens[k].lower for k in (clause, *tree.kids(clause, "mark", "advmod"))}
        if said & marks and any(t in tree.subtree(clause) for t in triggers) and not denied(view, at):
            return CeasefireRelation(order=Order.DURING, cue=token.text, start=token.start, end=token.end)
    return None


def after_its_start(view: View, triggers: tuple[int, ...], truce: Truce) -> CeasefireRelation | None:
    """ "The truce took effect, but rockets flew", "only for them to fly", "had barely come into force when they did": what its start did not bring.

    Before it, where the clause says so: "but jets had bombed the town".
    """
    tree = view.tree
    named = tree.compound_of(truce.token)
    at = tree.tokens[named].head
    starts = named in tree.subjects(at) and (_took_effect(view, at) or _is_made(view, at))
    on = tree.tokens[at]
    if on.lower == "on" and {tree.tokens[s].lemma for s in tree.subjects(on.head)} == {"ink"}:
        starts, at = True, on.head  # "the ink was barely dry on the truce when"
    if not starts or denied(view, at):
        return None
    but = [tree.tokens[k] for k in tree.kids(at, "cc") if tree.tokens[k].lower in {"but", "yet"}]
    told = [*zip(but, tree.kids(at, "conj"), strict=False)]
    if {
        tree.tokens[k].lower for a in (at, *tree.kids(at, "acomp")) for k in tree.kids(a, "advmod")
    } & _BARELY:
        marks = (tree.tokens[m] for k in tree.kids(at, "advcl") for m in tree.kids(k, "advmod", "mark"))
        told += [(when, when.head) for when in marks if when.lower == "when"]
    told += [(tree.tokens[k], k) for k in tree.kids(at, "advcl") if turns_out(view, k)]
    for cue, clause in told:
        if any(t in tree.subtree(clause) for t in triggers):
            order = Order.BEFORE if _went_before(view, clause) else Order.AFTER
            return CeasefireRelation(order=order, cue=cue.text, start=cue.start, end=cue.end)
    return None


def _took_effect(view: View, verb: int) -> bool:
    """ "Came into force", "took effect", "began", in the past."""
    tree = view.tree
    token = tree.tokens[verb]
    force = [*tree.objects(verb), *tree.prep_objects(verb, "into", "in")]
    begins = token.lemma in {"begin", "start"} or (
        token.lemma in {"come", "take", "go", "enter"} and any(tree.tokens[o].lemma in _FORCE for o in force)
    )
    have = {tree.tokens[k].lower for k in tree.kids(verb, "aux")} & {"has", "had"}
    return begins and (token.tag == "VBD" or bool(have))


def _is_made(view: View, verb: int) -> bool:
    """ "Was agreed", "was announced"."""
    tree = view.tree
    past = {tree.tokens[k].lower for k in tree.kids(verb, "auxpass")} & {"was", "been"}
    return tree.tokens[verb].lemma in _MAKING and bool(past)


def _went_before(view: View, verb: int) -> bool:
    """ "Had shelled the town", "shelled it until then": not "had fired rockets by noon", "it was not long before …"."""
    tree = view.tree
    had = any(tree.tokens[k].lower == "had" for k in tree.kids(verb, "aux"))
    soon = any(tree.tokens[k].lower in {"long", "hours"} for k in tree.kids(verb, "acomp", "attr"))
    earlier = {tree.tokens[k].lower for k in tree.subtree(verb)} & _EARLIER
    return (had and not tree.prep_objects(verb, "by")) or bool(earlier and not soon)


_FORCE: Final = frozenset({"effect", "force", "hold"})
_MAKING: Final = frozenset("agree announce declare sign reach broker conclude proclaim".split())
_BARELY: Final = frozenset({"barely", "hardly", "scarcely", "only", "just"})
_EARLIER: Final = frozenset("before earlier previously until till ahead prior".split())

_STOPPING: Final = frozenset("stop halt end prevent quell curb".split())
_SHAKY: Final = frozenset(
    "shaky fragile precarious uncertain doubt strain jeopardy peril danger tatters threat pressure risk brink verge "
    "wobbly unsteady".split()
)


def denied(view: View, at: int) -> bool:
    """Whether the breach is negated or only imagined: "did not break", "would violate", "if it violates"."""
    tree = view.tree
    for i in (at, tree.tokens[at].head):
        words = {tree.tokens[k].lower for k in tree.kids(i, "aux", "neg", "mark", "det")}
        if words & {
            "not",
            "n't",
            "never",
            "would",
            "could",
            "might",
            "may",
            "will",
            "if",
            "unless",
            "no",
            "without",
        }:
            return True
    return tree.tokens[tree.tokens[at].head].lemma in {
        "deny",
        "without",
        "prevent",
        "avoid",
        "warn",
        "threaten",
    }
