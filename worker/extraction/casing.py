"""All Capitals and Headlines Set Like Titles to the case of running text, in which a parser and a lexicon read them best.

"COLOMBIA" is no name that they know, and "Hits" between two names is taken for a third. Every offset is kept: the
result is as long as what came in.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from worker.lexicon.entries import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from worker.extraction.mention import ActorMention, Finder
    from worker.extraction.segment import Sentence
    from worker.lexicon import Lexicon

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_SHOUTED: Final = 0.8
"""Share of capitals among the letters from which a sentence is taken to be set in capitals."""
_SHORTEST: Final = 20
"""Letters below which capitals are more likely an abbreviation than a way of writing."""
_SHORT: Final = 4
"""Letters below which a title leaves words small, as it likes."""
_LEAST_TITLED: Final = 3
"""Longer words that a title has at least: a name of two is one in running text too."""
_ALWAYS_NAMES: Final = frozenset(
    "Arab Kurd Kurds Kurdish Druze Tuareg Bedouin Sunni Shia Shiite Alawite Islamic Islamist Muslim Christian Orthodox "
    "Jewish European African Asian Easter Ramadan Christmas Lent Nowruz".split()
) | {*calendar.day_name, *calendar.month_name}
"""Words that a dictionary without capitals has as well, beside the names of actors and places."""


def in_natural_case(
    sentences: tuple[Sentence, ...],
    on: date,
    lexicon: Lexicon,
    finder: Finder,
    is_word: Callable[[str], bool],
) -> tuple[Sentence, ...]:
    """Give sentences set in capitals or like titles the case of running text; all others stay as they are.

    `is_word` says whether a dictionary has a word in some form.
    """
    return _titles_lowered(_shouts_lowered(sentences, on, lexicon, finder), on, lexicon, finder, is_word)


def _shouts_lowered(
    sentences: tuple[Sentence, ...], on: date, lexicon: Lexicon, finder: Finder
) -> tuple[Sentence, ...]:
    shouted = {n for n, sentence in enumerate(sentences) if _is_shouted(sentence.text)}
    if not shouted:
        return sentences
    mentions = {n: _mentions(sentences[n].text, on, finder) for n in shouted}
    homes = {home for found in mentions.values() for m in found for home in finder.homes(m.alias.actor_id)}
    return tuple(
        replace(s, text=_recased(s.text, mentions[n], lexicon, homes)) if n in shouted else s
        for n, s in enumerate(sentences)
    )


def _titles_lowered(
    sentences: tuple[Sentence, ...],
    on: date,
    lexicon: Lexicon,
    finder: Finder,
    is_word: Callable[[str], bool],
) -> tuple[Sentence, ...]:
    titled = {n for n, sentence in enumerate(sentences) if _is_titled(sentence.text)}
    if not titled:
        return sentences
    running = [m for n, s in enumerate(sentences) if n not in titled for m in _WORD.finditer(s.text)]
    small = {m[0] for m in running if m[0].islower()}
    capital = {m[0] for m in running if m.start() and m[0].istitle()} - set(map(str.title, small))

    def is_common(word: str) -> bool:
        lower = _lowered(word)
        return lower in small or (word not in capital and is_word(lower))

    return tuple(
        replace(s, text=_untitled(s.text, finder.actors(s.text, on), lexicon, is_common))
        if n in titled
        else s
        for n, s in enumerate(sentences)
    )


def _is_titled(text: str) -> bool:
    """Whether every longer word begins with a capital."""
    longer = [m[0] for m in _WORD.finditer(text) if len(m[0]) >= _SHORT]
    return len(longer) >= _LEAST_TITLED and all(word[0].isupper() for word in longer)


def _untitled(
    text: str,
    mentions: Iterable[ActorMention],
    lexicon: Lexicon,
    is_common: Callable[[str], bool],
) -> str:
    named = [m for m in mentions if not m.alias.text.islower()]
    kept = {i for m in named for i in range(m.start, m.end)}
    words = list(_WORD.finditer(text))
    letters = list(text)
    for n, match in enumerate(words[1:], start=1):
        word = match[0]
        if (
            match.start() in kept
            or not word.istitle()
            or word in _ALWAYS_NAMES
            or (len(word) >= _SHORT and lexicon.places.lookup(word))
            or any(_is_name_of_two(text, *pair, lexicon) for pair in pairwise(words[n - 1 : n + 2]))
        ):
            continue
        if is_common(word):
            letters[match.start()] = _lowered(word[0])
    return "".join(letters)


def _is_name_of_two(text: str, first: re.Match[str], second: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether two words are a place: "Khan Yunis", "El-Obeid", "Red Sea"."""
    between = text[first.end() : second.start()]
    return between in {" ", "-"} and bool(lexicon.places.lookup(text[first.start() : second.end()]))


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
    if len(word) < _SHORT:  # hardly ever a place, and often the name of one as well
        return False
    entries = lexicon.places.lookup(_titled(word))
    return any(e.kind is PlaceKind.COUNTRY or e.country in homes for e in entries)


def _titled(text: str) -> str:
    return _WORD.sub(lambda m: m[0][:1] + _lowered(m[0][1:]), text)


def _lowered(text: str) -> str:
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)
