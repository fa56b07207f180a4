"""Which sentences are worth parsing. Cheap before dear: most of a news stream says nothing of interest."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from worker.extraction.mention import finder_of, fold
from worker.lexicon.entries import ActorKind, AliasForm

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from worker.extraction.mention import ActorMention
    from worker.lexicon import Lexicon
    from worker.lexicon.entries import ActorAlias


class _Stems:
    """Search for the first word that begins with one of many stems."""

    def __init__(self, stems: Iterable[str]) -> None:
        self._automaton = AhoCorasick(sorted({fold(stem) for stem in stems}), matchkind=MatchKind.Standard)

    def in_folded(self, folded: str) -> bool:
        """Whether a word of a folded text begins with a stem."""
        return any(
            start == 0 or not folded[start - 1].isalnum()
            for _, start, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True)
        )


class Gate:
    """Opens for a text in which a word begins with a stem of the cues, admits an article that may be about a war."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._any = _Stems(lexicon.cues.gate_stems)
        self._war, self._force, self._armed = (
            _Stems(lexicon.cues.gate_words[name]) for name in ("war", "force", "armed")
        )
        self._lexicon = lexicon

    def opens(self, text: str) -> bool:
        """Whether a sentence may hold an event. A False is final; a True only says that parsing is worth it."""
        return self._any.in_folded(fold(text))

    def admits(self, title: str, text: str, on: date) -> bool:
        """Whether an article is worth reading: a word of war, or violence with somebody armed to do it."""
        whole = f"{fold(title)}\n{fold(text)}"
        if self._war.in_folded(whole):
            return True
        if not self._any.in_folded(whole):
            return False
        if self._armed.in_folded(whole):
            return True
        force = self._force.in_folded(whole)
        finder = finder_of(self._lexicon)
        named = (*finder.actors(title, on), *finder.actors(text, on))
        return any(self._fights(m.alias, force=force) for m in named) or self._at_war(named, on)

    def _at_war(self, named: Iterable[ActorMention], on: date) -> bool:
        """Whether two who fight each other are named: whatever they do together may be news of their war."""
        ids = sorted({m.alias.actor_id for m in named if m.relation is None})
        return any(
            self._lexicon.conflict_between(one, other, on) is not None for one, other in combinations(ids, 2)
        )

    def _fights(self, alias: ActorAlias, *, force: bool) -> bool:
        entry = self._lexicon.actors.get(alias.actor_id)
        armed = (
            force or (entry is not None and entry.kind is ActorKind.GROUP) or alias.form is AliasForm.MILITARY
        )
        return entry is not None and entry.fights and armed


@lru_cache(maxsize=2)
def gate_of(lexicon: Lexicon) -> Gate:
    """The gate of a lexicon."""
    return Gate(lexicon)


_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the of and to in a is that for on was with as by at from has have had it his he be are were an after this "
    "said will not but who their they which been its over into than more least all near including against across "
    "during between through while when where one two people".split()
)


def is_english(text: str) -> bool:
    """Whether the most common English words make up their usual share; a text under 20 words is taken to be.

    A sentence or two, full of names, may have few of them: of 7,400 texts of news that are English, those under 40 words
    had 0.09 and more, the longer ones 0.17.
    """
    words = _WORD.findall(text[:4000].lower())
    if len(words) < 20:  # noqa: PLR2004  -- a headline can do without any of them
        return True
    least = 0.06 if len(words) < 40 else 0.12  # noqa: PLR2004
    return sum(map(_ENGLISH.__contains__, words)) / len(words) > least
