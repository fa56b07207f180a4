"""All capitals to the case of running text: a parser and a lexicon that know "Colombia" read "COLOMBIA" badly.

Every offset is kept: the result is as long as what came in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.lexicon.entries import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from worker.extraction.mention import ActorMention, Finder
    from worker.extraction.segment import Sentence
    from worker.lexicon import Lexicon

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_SHOUTED: Final = 0.8
"""Share of capitals among the letters from which a sentence is taken to be set in capitals."""
_SHORTEST: Final = 20
"""Letters below which capitals are more likely an abbreviation than a way of writing."""


def in_natural_case(
    sentences: tuple[Sentence, ...], on: date, lexicon: Lexicon, finder: Finder
) -> tuple[Sentence, ...]:
    """Give sentences set in capitals the case of running text; all others stay as they are."""
    shouted = {n for n, sentence in enumerate(sentences) if _is_shouted(sentence.text)}
    if not shouted:
        return sentences
    mentions = {n: _mentions(sentences[n].text, on, finder) for n in shouted}
    homes = {home for found in mentions.values() for m in found for home in finder.homes(m.alias.actor_id)}
    return tuple(
        replace(s, text=_recased(s.text, mentions[n], lexicon, homes)) if n in shouted else s
        for n, s in enumerate(sentences)
    )


def _is_shouted(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    if capitals < _SHOUTED * _SHORTEST:
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= _SHORTEST and capitals / letters >= _SHOUTED


def _mentions(text: str, on: date, finder: Finder) -> list[ActorMention]:
    """Actors whose name is an abbreviation, or would be read if each word began with a capital."""
    return [*finder.actors(text, on), *finder.actors(_titled(text), on)]


def _recased(text: str, mentions: Iterable[ActorMention], lexicon: Lexicon, homes: set[str]) -> str:
    named = {i for m in mentions for i in range(m.start, m.end) if not m.text.isupper()}
    kept = {i for m in mentions for i in range(m.start, m.end) if m.text.isupper()}
    letters = list(text)
    for match in _WORD.finditer(text):
        start, end = match.span()
        if start in kept:
            continue
        lower = _lowered(match[0])
        if start in named or _is_place(match[0], lexicon, homes):
            lower = lower[:1].upper() + lower[1:]
        letters[start:end] = lower
    first = next((m.start() for m in _WORD.finditer(text)), None)
    if first is not None:
        letters[first] = text[first]
    return "".join(letters)


def _is_place(word: str, lexicon: Lexicon, homes: set[str]) -> bool:
    if len(word) < 4:  # noqa: PLR2004  -- shorter words are hardly ever places, and often places as well
        return False
    entries = lexicon.places.lookup(_titled(word))
    return any(e.kind is PlaceKind.COUNTRY or e.country in homes for e in entries)


def _titled(text: str) -> str:
    return _WORD.sub(lambda m: m[0][:1] + _lowered(m[0][1:]), text)


def _lowered(text: str) -> str:
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)
