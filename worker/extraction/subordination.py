"""Clauses that the parser has taken apart: "hours after a truce was to begin", "… , days after X declared a truce".

Which of two attacks came after a ceasefire is said in clauses of time, so it is worth setting them right:
- the word that opens a clause is taken for a preposition, and the subject of the clause for its object;
- the clause is taken for the sentence, and the sentence for a clause that it reports.
And whose attack it was is said by the subject of a clause, which is taken for an object of the one before, or for
another name of a noun: "killed a general and a missile killed four", "the drones Russia launched".
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from worker.extraction.tree import FINITE, Tree

if TYPE_CHECKING:
    from worker.extraction.tree import Token

_OPENING: Final = frozenset(
    {"after", "before", "since", "until", "till", "as", "once", "because", "although", "though"}
)
_SUBJECTS: Final = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_BETWEEN: Final = frozenset({"aux", "auxpass", "neg", "advmod"})
"""What may stand between a subject and its verb."""
_CLAUSES: Final = frozenset({"advcl", "ccomp", "ROOT", "parataxis", "conj"})


def with_subordinates(tree: Tree) -> Tree:
    """The tree with its clauses set right; the same tree where there is nothing to set right."""
    tree = _with_contact_clauses(_with_advancing(_with_own_subjects(tree)))
    if tree.words.isdisjoint(_OPENING):
        return tree
    return _turned_round(_with_subjects(tree))


def _with_own_subjects(tree: Tree) -> Tree:
    """Give each second clause the subject that stands right before its verb, coordinated with an object of the first."""
    for verb in tree.tokens:
        if verb.dep != "conj" or verb.tag not in FINITE or not tree.kids(verb.i, "dobj"):
            continue
        subject = next((k for k in _ending_at(tree, verb.i - 1) if tree.tokens[k].dep == "conj"), None)
        if subject is None or tree.kids(verb.i, *_SUBJECTS) or verb.i in tree.subtree(subject):
            continue
        above = tree.tokens[tree.first_conjunct(subject)]
        if above.dep == "dobj" and above.head == verb.head:
            own = replace(tree.tokens[subject], dep="nsubj", head=verb.i)
            tree = Tree(tuple(own if t.i == subject else t for t in tree.tokens))
    return tree


def _ending_at(tree: Tree, i: int) -> list[int]:
    """The nouns whose phrase ends with a token, the innermost first."""
    found = []
    for at in (i, *tree.ancestors(i)):
        if tree.subtree(at)[-1] != i:
            break
        if tree.tokens[at].pos in {"NOUN", "PROPN"}:
            found.append(at)
    return found


def _with_advancing(tree: Tree) -> Tree:
    """ "Said that its troops advancing on the front have captured two villages": the troops have captured them."""
    for verb in tree.tokens:
        if verb.dep != "ccomp" or tree.kids(verb.i, *_SUBJECTS):
            continue
        if not {tree.tokens[k].tag for k in tree.kids(verb.i, "aux")} & FINITE:
            continue
        beside = [tree.tokens[k] for k in tree.kids(verb.head, "ccomp") if k < verb.i]
        aside = next((b for b in beside if b.tag == "VBG" and not tree.kids(b.i, "aux")), None)
        subjects = tree.kids(aside.i, "nsubj") if aside is not None else []
        if aside is None or len(subjects) != 1:
            continue
        changed = {
            subjects[0]: replace(tree.tokens[subjects[0]], head=verb.i),
            aside.i: replace(aside, dep="acl", head=subjects[0]),
        }
        return Tree(tuple(changed.get(t.i, t) for t in tree.tokens))
    return tree


def _with_contact_clauses(tree: Tree) -> Tree:
    """ "The drones Russia launched": the parser takes Russia for another name of the drones."""
    for doer, verb in pairwise(tree.tokens):
        named = doer.dep == "appos" and doer.tag == "NNP" and doer.head == doer.i - 1
        if not named or verb.tag not in FINITE or verb.dep not in _CLAUSES | {"relcl"} or verb.dep == "ROOT":
            continue
        noun = tree.tokens[doer.head]
        above = verb.i in tree.ancestors(noun.i)
        if noun.tag not in {"NN", "NNS"} or tree.kids(verb.i, *_SUBJECTS) or above:
            continue
        changed = {
            doer.i: replace(doer, dep="nsubj", head=verb.i),
            verb.i: replace(verb, dep="relcl", head=noun.i),
        }
        tree = Tree(tuple(changed.get(t.i, t) for t in tree.tokens))
    return tree


def _with_subjects(tree: Tree) -> Tree:
    """Give each verb without a subject the one that a word before it has swallowed."""
    for opening in tree.tokens:
        if opening.lower not in _OPENING or opening.dep != "prep":
            continue
        below = tree.kids(opening.i, "pobj")
        clause = _clause_after(tree, opening) if not tree.children[opening.i] else None
        if clause is not None:
            changed = {opening.i: replace(opening, dep="mark", head=clause.i)}
            if clause.dep == "ccomp":
                changed[clause.i] = replace(clause, dep="advcl")
            tree = Tree(tuple(changed.get(t.i, t) for t in tree.tokens))
            continue
        verb = _verb_after(tree, below[0]) if len(below) == 1 else None
        if verb is None or (verb.head == verb.i and opening.head != verb.i):
            continue
        above = tree.tokens[opening.head]
        governor = above if above.i != verb.i and verb.i not in tree.ancestors(above.i) else None
        changed = {
            opening.i: replace(opening, dep="mark", head=verb.i),
            below[0]: replace(
                tree.tokens[below[0]],
                dep="nsubjpass" if tree.kids(verb.i, "auxpass") else "nsubj",
                head=verb.i,
            ),
        }
        if governor is not None:
            changed[verb.i] = replace(verb, dep="advcl", head=governor.i)
        elif verb.dep == "ccomp":
            changed[verb.i] = replace(verb, dep="advcl")
        tree = Tree(tuple(changed.get(t.i, t) for t in tree.tokens))
    return tree


def _clause_after(tree: Tree, opening: Token) -> Token | None:
    """The verb of "hours after X began" where "after" hangs on the hours and X is the subject all the same."""
    span = tree.tokens[opening.head]
    if span.dep != "npadvmod" or span.i > opening.i:
        return None
    verb = tree.tokens[span.head]
    subjects = tree.kids(verb.i, *_SUBJECTS)
    begins = any(tree.subtree(s)[0] == opening.i + 1 for s in subjects)
    return verb if begins and verb.i > opening.i else None


def _verb_after(tree: Tree, noun: int) -> Token | None:
    """The finite verb without a subject that a noun phrase stands right before."""
    phrase = tree.subtree(noun)
    i = phrase[-1] + 1
    while i < len(tree.tokens) and tree.tokens[i].dep in _BETWEEN and tree.tokens[i].head > i:
        i += 1
    if i == len(tree.tokens):
        return None
    verb = tree.tokens[i]
    helpers = [tree.tokens[k] for k in tree.kids(i, "aux", "auxpass")]
    finite = verb.tag in FINITE or any(h.tag in FINITE for h in helpers)
    if verb.pos not in {"VERB", "AUX"} or not finite or verb.dep not in _CLAUSES or verb.head in phrase:
        return None
    return None if tree.kids(i, *_SUBJECTS) else verb


def _turned_round(tree: Tree) -> Tree:
    """ "X bombed a village, days after Y declared a truce", read as if Y declared that X bombed: X's clause is the main one."""
    for i in sorted({t.head for t in tree.tokens if t.dep == "ccomp" and t.head != t.i}):
        verb, told = tree.tokens[i], tree.kids(i, "ccomp")
        marks = [k for k in tree.kids(verb.i, "mark") if tree.tokens[k].lower in _OPENING]
        if not marks or not told[0] < marks[0] < verb.i or not tree.kids(verb.i, *_SUBJECTS):
            continue
        main = told[0]
        after = [k for k in tree.children[verb.i] if main < k < marks[0]]
        if not any(tree.tokens[k].text == "," for k in after):
            continue
        changed = {
            main: replace(tree.tokens[main], dep=verb.dep, head=main if verb.head == verb.i else verb.head),
            verb.i: replace(verb, dep="advcl", head=main),
        }
        return Tree(tuple(changed.get(t.i, t) for t in tree.tokens))
    return tree
