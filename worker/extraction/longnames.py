"""Names with an "and" in them, which the parser takes for two: it reads a short name in their place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from worker.extraction.tree import Tree

if TYPE_CHECKING:
    from worker.lexicon import Lexicon

_SHORT: Final = "Hamas"
"""A word that is a name to the parser wherever it stands, and that takes a verb in the singular or the plural."""


@dataclass(frozen=True, slots=True)
class Shortened:
    """A sentence as it is parsed, and the names that were put short, as (start, end) in the sentence as written."""

    written: str
    text: str
    names: tuple[tuple[int, int], ...]

    def as_written(self, tree: Tree) -> Tree:
        """The tree of the shortened sentence on the offsets and words of the sentence as written."""
        if not self.names:
            return tree
        tokens, longer, names = [], 0, list(self.names)
        for token in tree.tokens:
            start, end = token.start + longer, token.end + longer
            if names and start == names[0][0]:
                _, end = names.pop(0)
                text = self.written[start:end]
                tokens.append(
                    replace(token, start=start, end=end, text=text, lower=text.lower(), lemma=text.lower())
                )
                longer += len(text) - len(_SHORT)
            else:
                tokens.append(replace(token, start=start, end=end))
        return Tree(tuple(tokens))


def shorten(text: str, lexicon: Lexicon) -> Shortened:
    """A sentence with its names of several parts put short."""
    if " and " not in text:
        return Shortened(text, text, ())
    found = _names_of(lexicon).find_matches_as_indexes(text)
    names = tuple((start, end) for _, start, end in found if _is_whole(text, start, end))
    parts, at = [], 0
    for start, end in names:
        parts += [text[at:start], _SHORT]
        at = end
    return Shortened(text, "".join([*parts, text[at:]]), names)


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum())


@lru_cache(maxsize=4)
def _names_of(lexicon: Lexicon) -> AhoCorasick:
    names = {a.text for a in lexicon.actor_aliases if " and " in a.text}
    return AhoCorasick(sorted(names), matchkind=MatchKind.LeftmostLongest)
