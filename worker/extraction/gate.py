"""Which sentences are worth parsing. Cheap before dear: most of a news stream says nothing of interest."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from worker.extraction.mention import fold

if TYPE_CHECKING:
    from worker.lexicon import Lexicon


class Gate:
    """Opens for a text in which a word begins with a stem of the cues."""

    def __init__(self, lexicon: Lexicon) -> None:
        stems = sorted({fold(stem) for stem in lexicon.cues.gate_stems})
        self._automaton = AhoCorasick(stems, matchkind=MatchKind.Standard)

    def opens(self, text: str) -> bool:
        """Whether `text` may hold an event. A False is final; a True only says that parsing is worth it."""
        folded = fold(text)
        return any(
            start == 0 or not folded[start - 1].isalnum()
            for _, start, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True)
        )


@lru_cache(maxsize=2)
def gate_of(lexicon: Lexicon) -> Gate:
    """The gate of a lexicon."""
    return Gate(lexicon)


_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the of and to in a is that for on was with as by at from has have had it his he be are were an after this "
    "said will not but who their they which been its".split()
)


def is_english(text: str) -> bool:
    """Whether the most common English words make up their usual share; a text under 20 words is taken to be."""
    words = _WORD.findall(text[:4000].lower())
    if len(words) < 20:  # noqa: PLR2004  -- a headline can do without any of them
        return True
    return sum(word in _ENGLISH for word in words) / len(words) > 0.12  # noqa: PLR2004
