"""Sentences in which the parser saw no verb: "The army bombards three districts" read as a list of nouns.

News in the present tense is full of verbs that could be nouns in the plural. In the past tense they can not, so
such a sentence is parsed once more with the verb put there, and the tree is laid back on the words as written.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from worker.extraction.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.extraction.syntax import Parser
    from worker.extraction.tree import Token
    from worker.lexicon.cues import Cues

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUNISH: Final = frozenset({"NN", "NNS", "VB"})
_OBJECT_STARTS: Final = frozenset(
    "a an the its their his at over more nearly about some several dozens hundreds least fire".split()
)
_PAST: Final = {
    "strike": "struck", "hit": "hit", "shoot": "shot", "fight": "fought", "overrun": "overran", "sink": "sank",
    "seize": "seized", "retake": "retook", "begin": "began", "keep": "kept", "make": "made", "do": "did",
    "drop": "dropped", "slam": "slammed", "rip": "ripped", "tear": "tore", "fall": "fell", "spar": "sparred",
}  # fmt: skip


def parse_all(texts: Sequence[str], parser: Parser, cues: Cues) -> list[Tree]:
    """Parse sentences; those without a finite verb once more with what may be one in the past tense."""
    trees = parser.parse(texts)
    again = {n: token for n, tree in enumerate(trees) if (token := _hidden_verb(tree, cues)) is not None}
    pasts = {n: _past(token.lemma) for n, token in again.items()}
    changed = [texts[n][: t.start] + pasts[n] + texts[n][t.end :] for n, t in again.items()]
    for (n, token), tree in zip(again.items(), parser.parse(changed), strict=True):
        verb = next((t for t in tree.tokens if t.start == token.start), None)
        if verb is not None and verb.tag in _FINITE:
            trees[n] = _as_written(tree, token, len(pasts[n]))
    return trees


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
