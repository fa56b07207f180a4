"""Sentences in which the parser took a noun for a verb or a verb for a noun, parsed again with a word that is only one.

News in the present tense is full of verbs that could be nouns in the plural: "The army bombards three districts" is
read as a list of nouns. In the past tense they can not. "Continuing ceasefire talks" is read as what a ceasefire does;
negotiations can not be. The tree of the changed sentence is laid back on the words as written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from worker.extraction.subordination import with_subordinates
from worker.extraction.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.extraction.syntax import Parser
    from worker.extraction.tree import Token
    from worker.lexicon.cues import Cues

_VERBAL: Final = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUNISH: Final = frozenset({"NN", "NNS", "VB"})
_OBJECT_STARTS: Final = frozenset(
    "a an the its their his at over more nearly about some several dozens hundreds least fire".split()
)
_FLYING: Final = frozenset("jet drone missile rocket plane warplane aircraft helicopter".split())
_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS"})
_MODIFIERS: Final = ("compound", "amod", "nmod", "nummod", "det", "poss")
_PAST: Final = {
    "strike": "struck", "hit": "hit", "shoot": "shot", "fight": "fought", "overrun": "overran", "sink": "sank",
    "seize": "seized", "retake": "retook", "begin": "began", "keep": "kept", "make": "made", "do": "did",
    "drop": "dropped", "slam": "slammed", "rip": "ripped", "tear": "tore", "fall": "fell", "spar": "sparred",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A word that the parser may have mistaken, the word to try in its place and the tags that then prove it right."""

    token: Token
    word: str
    tags: frozenset[str]


def parse_all(texts: Sequence[str], parser: Parser, cues: Cues) -> list[Tree]:
    """Parse sentences; those with a word that the parser seems to have mistaken once more with a clearer one."""
    trees = parser.parse(texts)
    again = {n: doubt for n, tree in enumerate(trees) if (doubt := _doubt(tree, cues)) is not None}
    changed = [texts[n][: d.token.start] + d.word + texts[n][d.token.end :] for n, d in again.items()]
    for (n, doubt), tree in zip(again.items(), parser.parse(changed), strict=True):
        word = next((t for t in tree.tokens if t.start == doubt.token.start), None)
        if word is not None and word.tag in doubt.tags:
            trees[n] = _as_written(tree, doubt.token, len(doubt.word))
    return [with_subordinates(_with_subject(tree)) for tree in trees]


def _doubt(tree: Tree, cues: Cues) -> _Doubt | None:
    verb = _hidden_verb(tree, cues)
    if verb is not None:
        return _Doubt(verb, _past(verb.lemma), _FINITE)
    claim = next((t for t in tree.tokens[1:-2] if _is_claimed(tree, t)), None)
    if claim is not None:
        return _Doubt(claim, "claimed", _FINITE)
    truce = next((t for t in tree.tokens if t.tag in _VERBAL and t.lower in _TRUCES), None)
    if truce is not None:  # nobody ceasefires
        return _Doubt(truce, "armistice", _NOUNS)
    talks = next((t for t in tree.tokens[1:] if _are_talks(tree, t)), None)
    return _Doubt(talks, "negotiations", _NOUNS) if talks is not None else None


def _is_claimed(tree: Tree, token: Token) -> bool:
    """ "The Houthis claim to have …" with the claim taken for a noun."""
    after = [t.lower for t in tree.tokens[token.i + 1 : token.i + 3]]
    return token.tag in _NOUNISH and token.lower == "claim" and after == ["to", "have"]


def _are_talks(tree: Tree, token: Token) -> bool:
    """ "Ceasefire talks", "peace talks" with the talks taken for a verb."""
    return token.tag == "VBZ" and token.lower == "talks" and tree.tokens[token.i - 1].lower in _TALKED_OF


_TRUCES: Final = frozenset({"ceasefire", "truce"})
_TALKED_OF: Final = frozenset({"ceasefire", "fire", "truce", "peace"})


def _with_subject(tree: Tree) -> Tree:
    """Headlines: "Israeli jet strikes depot", where the parser sees the verb and takes its subject for a modifier."""
    for verb in tree.tokens:
        if verb.tag not in _FINITE or not tree.kids(verb.i, "dobj") or tree.subjects(verb.i):
            continue
        before = [k for k in tree.kids(verb.i, *_MODIFIERS) if k < verb.i]
        if not before or tree.tokens[before[-1]].tag not in _NOUNS or before[-1] != verb.i - 1:
            continue
        subject = before[-1]
        return Tree(
            tuple(
                replace(t, dep="nsubj")
                if t.i == subject
                else replace(t, head=subject)
                if t.i in before
                else t
                for t in tree.tokens
            )
        )
    return tree


def _hidden_verb(tree: Tree, cues: Cues) -> Token | None:
    """The word of a verbless sentence that stands between two noun phrases and can be a verb of attack."""
    tokens = tree.tokens
    if any(t.tag in _FINITE for t in tokens):
        return None
    for token, after in pairwise(tokens[1:]):
        before = tokens[token.i - 1]
        if (
            token.tag not in _NOUNISH
            or token.lemma not in cues.strike_verbs
            or not before.text[-1:].isalnum()
        ):
            continue
        starts_object = after.lower in _OBJECT_STARTS or after.tag in {"CD", "NNP", "NNPS", "JJ"}
        starts_object = starts_object or before.tag == after.tag == "NNS"  # "drones damage buildings"
        starts_object = starts_object or (
            before.lower in _FLYING and after.tag == "NN"
        )  # "jet strikes depot"
        if starts_object and before.tag not in {"DT", "JJ", "CD", "IN", "TO"}:
            return token
    return None


def _past(lemma: str) -> str:
    if lemma in _PAST:
        return _PAST[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    return lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else lemma + "ed"


def _as_written(tree: Tree, verb: Token, length: int) -> Tree:
    """Put a tree of the changed sentence back on the offsets and words of the sentence as written."""
    longer = length - (verb.end - verb.start)
    tokens = []
    for token in tree.tokens:
        if token.start < verb.start:
            tokens.append(token)
        elif token.start == verb.start:
            tokens.append(replace(token, end=verb.end, text=verb.text, lower=verb.lower, lemma=verb.lemma))
        else:
            tokens.append(replace(token, start=token.start - longer, end=token.end - longer))
    return Tree(tuple(tokens))
