"""What the text itself says of a strike's order to a ceasefire: "hours after", "despite", "minutes before"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import CeasefireRelation, Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worker.extraction.truces import Truce
    from worker.extraction.view import View

_AFTER: Final = frozenset("after following despite since notwithstanding although though".split())
_DURING: Final = frozenset("during amid amidst under throughout while".split())
_BEFORE: Final = frozenset("before until till ahead prior eve".split())
_BREAKING: Final = frozenset("violate breach break flout defy ignore disregard contravene shatter jeopardise jeopardize threaten undermine end test strain imperil scupper derail".split())
_CERTAIN_BREAKING: Final = frozenset("violate breach break flout defy ignore disregard contravene shatter".split())
_BREACH_NOUNS: Final = frozenset("violation breach defiance contravention spite infringement".split())


def find_order(view: View, triggers: Iterable[int], truces: Sequence[Truce]) -> CeasefireRelation | None:
    """The order that one sentence states between the strike of `triggers` and a ceasefire it names."""
    triggers = tuple(triggers)
    for truce in truces:
        for order, cue in _cues_of(view, truce.token):
            below = set(view.tree.subtree(_clause_of_cue(view, cue)))
            if truce.token in below and not any(t in below for t in triggers):
                token = view.tree.tokens[cue]
                start = _cue_start(view, cue)
                return CeasefireRelation(order=order, cue=view.words(start, token.end), start=start, end=token.end)
        relation = _broken_by(view, triggers, truce)
        if relation is not None:
            return relation
    return None


def _cues_of(view: View, truce: int) -> Iterable[tuple[Order, int]]:
    """Prepositions and conjunctions above a ceasefire word, nearest first."""
    tree = view.tree
    for at in (truce, *tree.ancestors(truce)):
        token = tree.tokens[at]
        for candidate in (at, *tree.kids(at, "mark", "advmod", "prep")):
            word = tree.tokens[candidate].lower
            if candidate != at and tree.tokens[candidate].dep == "prep":
                continue
            if word in _AFTER:
                yield Order.AFTER, candidate
            elif word in _DURING and (candidate == at or word == "while"):
                yield Order.DURING, candidate
            elif word in _BEFORE:
                yield Order.BEFORE, candidate
        if token.lemma in _BREACH_NOUNS and token.dep == "pobj" and tree.tokens[token.head].lower == "in":
            yield Order.AFTER, at
        if token.pos == "VERB" and token.lemma in _CERTAIN_BREAKING and token.dep == "advcl" and token.tag == "VBG":
            yield Order.AFTER, at


def _clause_of_cue(view: View, cue: int) -> int:
    token = view.tree.tokens[cue]
    return token.head if token.dep in {"mark", "advmod"} else cue


def _cue_start(view: View, cue: int) -> int:
    """ "hours after" rather than "after" alone."""
    tree = view.tree
    below = [k for k in tree.children[cue] if k < cue and tree.tokens[k].dep in {"npadvmod", "advmod", "pcomp"}]
    start = min([cue, *[s for k in below for s in tree.subtree(k)]])
    return tree.tokens[start].start


def _broken_by(view: View, triggers: tuple[int, ...], truce: Truce) -> CeasefireRelation | None:
    """ "violated the truce by shelling …", "attacks that broke the truce", "an attack … called a violation"."""
    tree = view.tree
    for at in tree.ancestors(truce.token):
        token = tree.tokens[at]
        breaking = token.pos == "VERB" and token.lemma in _CERTAIN_BREAKING
        breach = token.pos == "NOUN" and token.lemma in _BREACH_NOUNS
        if not breaking and not breach:
            continue
        clause = set(tree.subtree(at))
        below = [t for t in triggers if t in clause]
        subjects = set(tree.subjects(at)) if breaking else set()
        if below or subjects & set(triggers) or (breach and any(at in set(tree.subtree(t)) for t in triggers)) or any(a in triggers for a in tree.ancestors(at)):
            return CeasefireRelation(order=Order.AFTER, cue=token.text, start=token.start, end=token.end)
    return None
