"""Names that the parser takes apart, or for verbs: it reads plainer ones in their place.

A name with an "and" in it ("Islamic State of Iraq and the Levant") is two to it, and one that begins a sentence and is
a verb as well may be what somebody does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from worker.extraction.tree import Tree

if TYPE_CHECKING:
    from worker.lexicon import Lexicon

_GROUP: Final = "Hamas"
"""A word that is a name to the parser wherever it stands, and that takes a verb in the singular or the plural."""
_VERBS: Final = {"Trump": "Biden"}
"""Names that are verbs at the beginning of a sentence, and others that are none."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A sentence as it is parsed, and where in the sentence as written a plainer name stands for which name."""

    written: str
    text: str
    names: tuple[tuple[int, int, str], ...]

    def as_written(self, tree: Tree) -> Tree:
        """The tree of the plainer sentence on the offsets and words of the sentence as written."""
        if not self.names:
            return tree
        tokens, longer, names = [], 0, list(self.names)
        for token in tree.tokens:
            start, end = token.start + longer, token.end + longer
            while names and start <= names[0][0] < end:  # the name, or a word that it is part of
                first, last, plain = names.pop(0)
                end += last - first - len(plain)
            longer = end - token.end
            text = self.written[start:end]
            if text == token.text:
                tokens.append(replace(token, start=start, end=end))
            else:
                lower = text.lower()
                tokens.append(replace(token, start=start, end=end, text=text, lower=lower, lemma=lower))
        return Tree(tuple(tokens))


def with_plain_names(text: str, lexicon: Lexicon) -> Plain:
    """A sentence with plainer names in place of those that the parser gets wrong."""
    names = [(0, len(name), plain) for name, plain in _VERBS.items() if text.startswith(f"{name} ")]
    if " and " in text:
        found = _names_of(lexicon).find_matches_as_indexes(text)
        names += [(start, end, _GROUP) for _, start, end in found if _is_whole(text, start, end)]
    parts, at = [], 0
    for start, end, plain in names:
        parts += [text[at:start], plain]
        at = end
    return Plain(text, "".join([*parts, text[at:]]), tuple(names))


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum())


@lru_cache(maxsize=4)
def _names_of(lexicon: Lexicon) -> AhoCorasick:
    names = {a.text for a in lexicon.actor_aliases if " and " in a.text}
    return AhoCorasick(sorted(names), matchkind=MatchKind.LeftmostLongest)
