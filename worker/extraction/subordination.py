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

from worker.extraction.tree import FINITE

if TYPE_CHECKING:
    from worker.extraction.tree import Token, Tree

_OPENING: Final = frozenset(
    {"after", "before", "since", "until", "till", "as", "once", "because", "although", "though"}
)
_SUBJECTS: Final = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_BETWEEN: Final = frozenset({"aux", "auxpass", "neg", "advmod"})
"""What may stand between a subject and its verb."""
_CLAUSES: Final = frozenset({"advcl", "ccomp", "ROOT", "parataxis", "conj"})


def with_subordinates(tree: Tree) -> Tree:
    """The tree with its clauses set right; the same tree where there is nothing to set right."""
    for repair in (
        _with_parts,
        _with_owners,
        _with_results,
        _with_own_subjects,
        _with_advancing,
        _with_believed,
        _with_launched,
        _with_contact_clauses,
    ):
        tree = repair(tree)
    if tree.words.isdisjoint(_OPENING):
        return tree
    tree = _with_main_clause(_with_marked(_with_whom(_with_what_was_hit(tree))))
    return _turned_round(_with_its_subject(_with_subjects(_with_own_objects(tree))))


def _with_parts(tree: Tree) -> Tree:
    """ "The RSF declares a truce; the army rejects it", taken for what the army rejects: the two stand side by side."""
    for mark in tree.tokens if ";" in tree.words else ():
        before = [k for k in tree.kids(mark.head, "ccomp") if k < mark.i < mark.head]
        second = tree.tokens[mark.head]
        if mark.text != ";" or not before or not (tree.kids(second.i, *_SUBJECTS) or second.pos == "NOUN"):
            continue
        first = tree.tokens[before[-1]]
        if tree.kids(first.i, *_SUBJECTS):
            tree = tree.with_tokens(first.in_place_of(second), replace(second, dep="conj", head=first.i))
    return tree


def _with_owners(tree: Tree) -> Tree:
    """ "By Sudan's Rapid Support Forces": the parser may take both names for what the word before them governs."""
    for mark in tree.tokens:
        owner = tree.tokens[mark.i - 1]
        if mark.tag != "POS" or mark.i == 0 or owner.pos != "PROPN" or owner.dep in _OWNERS:
            continue
        beside = (k for k in tree.kids(owner.head, owner.dep) if k > mark.i)
        owned = next(beside, None)
        if owned is not None and all(t.pos in _NAMING for t in tree.tokens[mark.i + 1 : owned + 1]):
            tree = tree.with_tokens(replace(owner, dep="poss", head=owned))
    return tree


_OWNERS: Final = frozenset({"poss", "compound", "ROOT"})
_NAMING: Final = frozenset({"PROPN", "NOUN", "ADJ", "NUM"})


def _with_results(tree: Tree) -> Tree:
    """ "The town where rebels attacked a base, killing nine": the rebels killed, not the town the clause is hung on."""
    for result in tree.tokens[1:]:
        noun = tree.tokens[result.head]
        if result.tag != "VBG" or result.dep != "acl" or tree.tokens[result.i - 1].text != ",":
            continue
        clauses = [k for k in tree.kids(noun.i, "relcl") if k < result.i and tree.kids(k, "nsubj")]
        if clauses and noun.pos in {"NOUN", "PROPN"}:
            tree = tree.with_tokens(replace(result, dep="advcl", head=clauses[-1]))
    return tree


def _with_own_subjects(tree: Tree) -> Tree:
    """Give each second clause the subject that stands right before its verb, coordinated with a noun of the first."""
    for verb in tree.tokens:
        if verb.dep != "conj" or verb.tag not in FINITE or not tree.kids(verb.i, "dobj"):
            continue
        subject = next((k for k in _ending_at(tree, verb.i - 1) if tree.tokens[k].dep == "conj"), None)
        if subject is None or tree.kids(verb.i, *_SUBJECTS) or verb.i in tree.subtree(subject):
            continue
        above = tree.tokens[tree.first_conjunct(subject)]
        if above.dep in {"dobj", "pobj"} and verb.head in tree.ancestors(above.i):
            tree = tree.with_tokens(replace(tree.tokens[subject], dep="nsubj", head=verb.i))
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
        return tree.with_tokens(
            replace(tree.tokens[subjects[0]], head=verb.i),
            replace(aside, dep="acl", head=subjects[0]),
        )
    return tree


def _with_believed(tree: Tree) -> Tree:
    """ "Drones believed to be Ukrainian hit a depot", taken for what they believed: it is what they hit.

    So of drones believed to have been launched by somebody.
    """
    for believed in tree.tokens if not tree.lemmas.isdisjoint(BELIEVED) else ():
        joined = tree.kids(believed.i, "cc")
        told = [
            k
            for k in tree.kids(believed.i, *(("ccomp",) if joined else ("ccomp", "conj")))
            if k > believed.i and not tree.kids(k, *_SUBJECTS)
        ]
        being = [
            k for k in tree.kids(believed.i, "xcomp") if tree.tokens[k].lemma == "be" or tree.is_passive(k)
        ]
        who = tree.kids(believed.i, "nsubj")
        if believed.lemma not in BELIEVED or believed.tag != "VBD" or not (told and being and who):
            continue
        verb, moved = tree.tokens[told[0]], replace(believed, dep="acl", head=who[0], tag="VBN")
        mark = [replace(tree.tokens[k], head=verb.i) for k in tree.children[believed.i] if k > verb.i]
        tree = tree.with_tokens(
            verb.in_place_of(believed),
            replace(tree.tokens[who[0]], head=verb.i),
            moved,
            *mark,
        )
    return tree


def _with_launched(tree: Tree) -> Tree:
    """ "A missile believed to have been fired by rebels hit a ship": fired by rebels, as far as anybody knows."""
    for fired in tree.tokens if not tree.lemmas.isdisjoint(BELIEVED) else ():
        believed = tree.tokens[fired.head]
        aside = fired.dep == "xcomp" and believed.lemma in BELIEVED and believed.dep == "acl"
        if aside and tree.kids(fired.i, "auxpass") and not tree.kids(fired.i, "neg"):
            tree = tree.with_tokens(
                replace(fired, dep="acl", head=believed.head),
                replace(believed, dep="dep", head=fired.i),
                *(replace(tree.tokens[k], dep="dep") for k in tree.kids(fired.i, "aux", "auxpass")),
            )
    return tree


BELIEVED: Final = frozenset({"believe", "suspect", "think", "presume"})
"""What is done of somebody whose side nobody knows for sure."""


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
        tree = tree.with_tokens(
            replace(doer, dep="nsubj", head=verb.i),
            replace(verb, dep="relcl", head=noun.i),
        )
    return tree


def _with_own_objects(tree: Tree) -> Tree:
    """ "Declares a truce a day after army chief al-Burhan refused one": the truce is declared, it refuses nothing."""
    for opening in tree.tokens:
        if opening.lower not in _OPENING or opening.dep != "prep":
            continue
        span = tree.tokens[opening.head]
        noun = tree.tokens[span.head] if span.dep == "npadvmod" else span
        clause, main = tree.tokens[noun.head], tree.tokens[tree.tokens[noun.head].head]
        subjects = [k for k in tree.kids(clause.i, "nsubj") if k > opening.i]
        told = noun.dep == "nsubj" and clause.dep == "ccomp" and subjects
        if not told or not main.i < noun.i < opening.i < clause.i or tree.kids(main.i, "dobj"):
            continue
        swallowed = [
            replace(tree.tokens[k], dep="nsubj", head=clause.i) for k in tree.kids(opening.i, "pobj")
        ]
        return tree.with_tokens(
            replace(span, head=clause.i),  # it may be the noun
            replace(noun, dep="dobj", head=main.i),
            replace(opening, dep="mark", head=clause.i),
            replace(clause, dep="advcl"),
            *swallowed,
        )
    return tree


def _with_subjects(tree: Tree) -> Tree:
    """Give each verb without a subject the one that a word before it has swallowed."""
    for opening in tree.tokens:
        if opening.lower not in _OPENING or opening.dep != "prep":
            continue
        below = tree.kids(opening.i, "pobj")
        clause = _clause_after(tree, opening) if not tree.children[opening.i] else None
        if clause is not None:
            tree = tree.with_tokens(
                replace(opening, dep="mark", head=clause.i),
                replace(clause, dep="advcl" if clause.dep == "ccomp" else clause.dep),
            )
            continue
        verb = (_past_beside(tree, below[0]) or _verb_after(tree, below[0])) if len(below) == 1 else None
        if verb is None or (verb.head == verb.i and opening.head != verb.i):
            continue
        above = tree.tokens[opening.head]
        governs = above.i != verb.i and verb.i not in tree.ancestors(above.i)
        subject = "nsubjpass" if tree.kids(verb.i, "auxpass") else "nsubj"
        tree = tree.with_tokens(
            replace(opening, dep="mark", head=verb.i),
            replace(tree.tokens[below[0]], dep=subject, head=verb.i),
            replace(
                verb,
                dep="advcl" if governs or verb.dep == "ccomp" else verb.dep,
                head=above.i if governs else verb.head,
            ),
        )
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


def _past_beside(tree: Tree, noun: int) -> Token | None:
    """ "As a truce got under way": a verb in the past that hangs on a noun as a participle does, and is none."""
    beside = (tree.tokens[k] for k in tree.kids(noun, "acl") if k > noun)
    return next((v for v in beside if v.tag == "VBD" and v.lemma in _INTRANSITIVE), None)


_INTRANSITIVE: Final = frozenset({"get", "go", "come", "begin", "start", "fall", "hold"})


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


def _with_what_was_hit(tree: Tree) -> Tree:
    """Headlines: "Jets bomb Rafah as truce crumbles", with Rafah for what crumbles: it is bombed, the truce crumbles."""
    for opening in tree.tokens:
        hit = tree.tokens[opening.head]
        second = tree.tokens[hit.head]
        first = tree.tokens[second.head]
        below = tree.kids(opening.i, "pobj")
        astray = (
            opening.lower in _OPENING
            and opening.dep == "prep"
            and hit.dep == "nsubj"
            and second.dep == "ccomp"
        )
        if not astray or not below or tree.subtree(below[0])[-1] != second.i - 1:
            continue
        if first.i < hit.i and not tree.kids(first.i, "dobj"):
            return tree.with_tokens(
                replace(hit, dep="dobj", head=first.i),
                replace(opening, dep="mark", head=second.i),
                replace(tree.tokens[below[0]], dep="nsubj", head=second.i),
                replace(second, dep="advcl"),
            )
    return tree


def _with_whom(tree: Tree) -> Tree:
    """ "After a truce with the rebels broke down", taken for rebels that broke down: it is the truce, and they are whom it is with."""
    for link in tree.tokens[1:-1]:
        truce = tree.tokens[link.head]
        opening = tree.tokens[truce.head]
        if (
            link.dep != "prep"
            or tree.children[link.i]
            or truce.dep != "pobj"
            or opening.lower not in _OPENING
        ):
            continue
        for verb in (t for t in tree.tokens[link.i + 1 :] if t.tag in FINITE and t.dep in {"ccomp", "advcl"}):
            subjects = tree.kids(verb.i, "nsubj")
            if len(subjects) == 1 and tree.subtree(subjects[0])[0] == link.i + 1:
                return tree.with_tokens(
                    replace(tree.tokens[subjects[0]], dep="pobj", head=link.i),
                    replace(truce, dep="nsubj", head=verb.i),
                    replace(opening, dep="mark", head=verb.i),
                    replace(verb, dep="advcl", head=opening.head),
                )
    return tree


def _with_marked(tree: Tree) -> Tree:
    """ "Before a truce was to lapse", with the truce for an object of the word that opens the clause: it is the subject."""
    for opening in tree.tokens:
        verb = tree.tokens[opening.head]
        below = tree.kids(opening.i, "pobj")
        if (
            opening.dep == "mark"
            and opening.lower in _OPENING
            and below
            and not tree.kids(verb.i, *_SUBJECTS)
        ):
            tree = tree.with_tokens(replace(tree.tokens[below[0]], dep="nsubj", head=verb.i))
    return tree


def _with_main_clause(tree: Tree) -> Tree:
    """ "Jets bombed the town hours before a truce was due to expire", the first taken for the subject of the second."""
    for verb in tree.tokens:
        second = tree.tokens[verb.head]
        if verb.dep != "csubj" or verb.tag != "VBD" or tree.kids(verb.i, "mark"):
            continue
        for opening in (tree.tokens[k] for k in tree.kids(verb.i, "prep")):
            below = tree.kids(opening.i, "pobj")
            if opening.lower in _OPENING and below and tree.subtree(below[0])[-1] == second.i - 1:
                return tree.with_tokens(
                    verb.in_place_of(second),
                    replace(second, dep="advcl", head=verb.i),
                    replace(opening, dep="mark", head=second.i),
                    replace(tree.tokens[below[0]], dep="nsubj", head=second.i),
                )
    return tree


def _with_its_subject(tree: Tree) -> Tree:
    """ "Fighting flared minutes after a truce began", taken for fighting, flared, that began: it flared."""
    for began in tree.tokens:
        marks = [k for k in tree.kids(began.i, "mark") if tree.tokens[k].lower in _OPENING]
        subjects = tree.kids(began.i, *_SUBJECTS) if marks and began.head == began.i else []
        before = [k for k in subjects if k < marks[0]]
        if len(before) != 1 or not any(k > marks[0] for k in subjects):
            continue
        told = [
            k for k in tree.kids(before[0], "acl") if k < marks[0] and tree.tokens[k].tag in {"VBN", "VBD"}
        ]
        if len(told) == 1:
            return tree.with_tokens(
                replace(tree.tokens[told[0]], dep="ROOT", head=told[0], tag="VBD"),
                replace(tree.tokens[before[0]], head=told[0]),
                replace(began, dep="advcl", head=told[0]),
            )
    return tree


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
        return tree.with_tokens(
            tree.tokens[main].in_place_of(verb),
            replace(verb, dep="advcl", head=main),
        )
    return tree
