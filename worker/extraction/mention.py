"""Finding lexicon entries in a sentence: spans that name an actor, a weapon or a kind of site."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from worker.lexicon.entries import AliasForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from worker.event import SiteType
    from worker.lexicon import Lexicon
    from worker.lexicon.entries import ActorAlias, WeaponEntry

T = TypeVar("T")

_STRAIGHT: Final = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("‐", "-"), ("‑", "-"), ("\u00a0", " "))
"""What is written in several ways, and how it is looked for."""
_REMEMBERED: Final = 128
"""Sentences kept with what was found in them: those of one article, which is asked the same first as a whole."""
_SENTENCE: Final = 1_500
"""Characters of a text that is worth keeping."""
_SHIP: Final = re.compile(
    r"\b(?:(?:USS|USNS|HMS|HMCS|HMAS|INS)\s+(?:\w+\s+)?"
    r"|(?:ship|warship|vessel|boat|submarine|frigate|corvette|cruiser|destroyer|minesweeper|tanker|trawler)\s+)$"
)
"""Before a ship's name: "USS Carney" is nobody's prime minister, "the landing ship Minsk" not Belarus."""
_SHIP_REACH: Final = 40
"""Characters before a name in which that is looked for: all of a long text, for each name in it, takes for ever."""
_SHIP_NAMES: Final = frozenset({AliasForm.LEADER, AliasForm.METONYM})
_NAMED_AFTER: Final = re.compile(
    r"(?:[ -][A-Z][\w\u2019']+){0,2} (?:(?:Field|General|Maternity|Specialist|Speciali[sz]ed|Friendship|Memorial|Baptist|"
    r"Orthodox|Children[\u2019']s) )?(?:Hospital|University|Mosque|Church|Cathedral|Monastery|School|Quarter)\b"
)
"""What makes a nation part of a proper name: the Saudi Hospital of a town, its Indonesian Field Hospital."""
_SHARED: Final = re.compile(r"\b(?P<first>[A-Z]\w+) and (?P<second>[A-Z]\w+) (?P<noun>[a-z]\w+)")
"""Two names before one noun."""
_MINE: Final = re.compile(
    r"(?i)(?:\b(?:stepp\w+|tread\w*|trod) on (?:an? )?|\b(?:ran|run|drove|driv\w+) (?:on to|onto|over) (?:an? )?"
    r"|\b(?:vehicles?|trucks?|lorr(?:y|ies)|buses|bus|minibus|cars?|vans?|carts?|convoy|tractor|motorcycle|boat|tanker|patrol)"
    r" (?:had |has )?(?:hit|struck|triggered|set off) an? |\b(?:planted|planting|laid|laying|lays?) (?:\w+ )?"
    r"|\b(?:killed|wounded|injured|maimed|blown up|hit|destroyed|damaged) by an? )(?P<met>mines?)\b(?! \w+ers?\b)"
    r"|(?:^|(?:\b(?:a|the|one|two|three|when|after|as|of|from|and|in|by)|[,;:]) )(?P<does>mines?)(?= (?:explo\w+|blasts?|detonat\w+|blew up|went off|kill\w*|wound\w*|injur\w+|maim\w*|laid|planted)\b)"
)
"""A mine that is laid and not dug, by what it does and what is done with it: the word has no other mark.

Of what stands before it only an article or nothing may: a gold mine that explodes is a pit.
"""
_RELATED: Final = re.compile(
    r"-(?:based|backed|supported|sponsored|aligned|allied|linked|friendly|supplied|made|designed|built|"
    r"manufactured|produced|funded|trained|armed|born|style|speaking|appointed|installed|run|"
    r"(?P<by>led)|"
    r"(?P<mediator>brokered|mediated|proposed|negotiated|announced|arranged|guaranteed|facilitated|drafted|hosted)|"
    r"(?P<target>bound)|"
    r"(?P<attacker>hit|struck|bombed|shelled|attacked)|"
    r"(?P<owner>flagged|owned|operated|registered)|"
    r"(?P<holder>held|controlled|occupied|administered|annexed|ruled|governed))\b"
    r"|(?: terror(?:ist)?)? prox(?:y|ies)\b"
)


Tenure = tuple[tuple["date | None", "date | None"], ...]
"""When a name is in use, as [since, until) of each of its bearers; None where that has no end."""
_FORMER: Final = re.compile(r"(?i)\b(?:former|ex-?|late|then|ousted|deposed)[ -](?:[\w'’.]+ ){0,2}$")
"""Before the name of somebody who is not what he was."""
_SHARED_SUFFIX: Final = re.compile(r"-(?:(?:,| and| or) (?:the )?)?[A-Z][\w.]*(?=-)")


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A span that names an actor. `relation` is what a suffix makes of it: "Houthi-controlled" is a holder."""

    start: int
    end: int
    text: str
    alias: ActorAlias
    relation: str | None = None
    """None (the actor itself), "mediator", "target", "holder", "owner", or "other" (a link that says nothing of roles)."""


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A span that names a weapon."""

    start: int
    end: int
    text: str
    weapon: WeaponEntry


@dataclass(frozen=True, slots=True)
class SiteMention:
    """A span that names a kind of site."""

    start: int
    end: int
    text: str
    type: SiteType


class _Phrases:
    """Whole-word search for many phrases at once, longest match first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases = tuple(dict.fromkeys(phrases))
        self._automaton = AhoCorasick(self.phrases, matchkind=MatchKind.Standard)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Non-overlapping (start, end, phrase), leftmost longest among those that are whole words."""
        hits = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum()
        ]
        hits.sort()
        found: list[tuple[int, int, str]] = []
        last = 0
        for start, end, index in hits:
            if start >= last:
                last = -end
                found.append((start, last, self.phrases[index]))
        return found


class _Entries(Generic[T]):
    """Spellings of entries: one with a capital letter is matched as written, any other without regard to case.

    `never` are longer expressions that hide a spelling: in "think tank" there is no tank.
    """

    def __init__(self, spellings: Mapping[str, T], never: Iterable[str]) -> None:
        self._folded: dict[str, dict[str, T]] = {}
        """The spellings that differ in capitals alone, with their entries, by what they fold to."""
        for spelling, entry in spellings.items():
            self._folded.setdefault(fold(spelling), {}).setdefault(_straightened(spelling), entry)
        self._phrases = _Phrases((*self._folded, *(p for p in map(fold, never) if p not in self._folded)))

    def find(self, text: str) -> Iterator[tuple[int, int, T]]:
        """(start, end, entry) of each spelling found."""
        straight = _straightened(text)
        for start, end, phrase in self._phrases.find(fold(text)):
            for spelling, entry in self._folded.get(phrase, {}).items():
                if spelling == phrase or straight[start:end] == spelling or straight[start:end].isupper():
                    yield start, end, entry
                    break


class Finder:
    """All lexicon entries, ready to be found in text. Build it once per lexicon: `finder_of`."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._aliases: dict[str, list[ActorAlias]] = {}
        for alias in lexicon.actor_aliases:
            for spelling in _as_written(alias.text):
                self._aliases.setdefault(spelling, []).append(alias)
        self._actors = _Phrases(
            (*self._aliases, *(s for name in lexicon.not_actors for s in _as_written(name)))
        )
        self._weapons = _Entries(
            {alias: entry for entry in lexicon.weapons.values() for alias in entry.aliases},
            (phrase for entry in lexicon.weapons.values() for phrase in entry.never),
        )
        self._sites = _Entries(
            {noun: entry.type for entry in lexicon.sites for noun in entry.nouns},
            (phrase for entry in lexicon.sites for phrase in entry.never),
        )
        self._land_mine = next(e for e in lexicon.weapons.values() if "landmine" in e.aliases)
        self._homes = {a.id: frozenset(a.countries or (a.id,)) for a in lexicon.actors.values()}
        self._not_ceasefire = _Phrases(lexicon.cues.not_ceasefire)
        self._ceasefire_nouns = _Phrases(
            form for noun in lexicon.cues.ceasefire_nouns for form in (noun, f"{noun}s")
        )
        self._ceasefire_verbs = _Phrases(lexicon.cues.ceasefire_verbs)
        self._unmeant: frozenset[str] = frozenset()
        self._actors_of = lru_cache(_REMEMBERED)(self._find_actors)
        self._ceasefires_of = lru_cache(_REMEMBERED)(self._find_ceasefires)

    def without(self, words: frozenset[str]) -> Finder:
        """The same names but for some that mean others in an article."""
        if not words:
            return self
        other = copy(self)
        other._unmeant = words  # noqa: SLF001  -- its own class
        return other

    def names(self, actor_id: str) -> tuple[str, ...]:
        """The spellings of an actor's names."""
        return tuple(
            s for s, aliases in self._aliases.items() if any(a.actor_id == actor_id for a in aliases)
        )

    def homes(self, actor_id: str) -> frozenset[str]:
        """Countries that an actor is based in."""
        return self._homes.get(actor_id, frozenset({actor_id}))

    def actors(self, text: str, on: date) -> tuple[ActorMention, ...]:
        """Actors named in `text`, by the aliases that are valid on that day."""
        found = (self._find_actors if len(text) > _SENTENCE else self._actors_of)(text, on)
        return tuple(m for m in found if m.text not in self._unmeant) if self._unmeant else found

    def _find_actors(self, text: str, on: date) -> tuple[ActorMention, ...]:
        found = []
        for start, end, phrase in self._actors.find(_straightened(text)):
            alias = next((a for a in self._aliases.get(phrase, ()) if a.is_used(on)), None)
            if alias is not None and not (alias.form in _SHIP_NAMES and _after_ship(text, start)):
                namesake = alias.form is AliasForm.DEMONYM and _NAMED_AFTER.match(text, end)
                relation = "other" if namesake else _relation(text, end)
                found.append(ActorMention(start, end, text[start:end], alias, relation))
        taken = {mention.start for mention in found}
        found += [mention for mention in self._of_shared_nouns(text, on) if mention.start not in taken]
        return tuple(sorted(found, key=lambda mention: mention.start))

    def tenures(self, text: str) -> Iterator[Tenure]:
        """The days on which each name in a text means somebody, of those names that do so for a time only."""
        for start, _, phrase in self._actors.find(_straightened(text)):
            used = tuple({(a.since, a.until) for a in self._aliases.get(phrase, ())})
            if used and (None, None) not in used and not _FORMER.search(text[max(0, start - 24) : start]):
                yield used

    def _of_shared_nouns(self, text: str, on: date) -> Iterator[ActorMention]:
        """ "Bedouin and Druze fighters": the first of two groups that share a noun, which goes by half its name."""
        for match in _SHARED.finditer(text):
            aliases = self._aliases.get(f"{match['first']} {match['noun']}", ())
            alias = next((a for a in aliases if a.is_used(on)), None)
            if alias is not None and f"{match['second']} {match['noun']}" in self._aliases:
                yield ActorMention(match.start("first"), match.end("first"), match["first"], alias)

    def weapons(self, text: str) -> tuple[WeaponMention, ...]:
        """Weapons named in `text`."""
        found = [*self._weapons.find(text), *((*span, self._land_mine) for span in _mines(text))]
        found.sort(key=lambda hit: hit[0])
        return tuple(WeaponMention(start, end, text[start:end], entry) for start, end, entry in found)

    def sites(self, text: str) -> tuple[SiteMention, ...]:
        """Kinds of site named in `text`."""
        mines = _mines(text)
        return tuple(
            SiteMention(start, end, text[start:end], kind)
            for start, end, kind in self._sites.find(text)
            if (start, end) not in mines
        )

    def ceasefires(self, text: str) -> tuple[tuple[int, int], ...]:
        """Spans of nouns that mean a ceasefire; trade truces and Armistice Day are none."""
        return (self._find_ceasefires if len(text) > _SENTENCE else self._ceasefires_of)(text)

    def _find_ceasefires(self, text: str) -> tuple[tuple[int, int], ...]:
        folded = fold(text)
        found = self._ceasefire_nouns.find(folded)
        other = self._not_ceasefire.find(folded) if found else ()
        return tuple((start, end) for start, end, _ in found if not any(a <= start < b for a, b, _ in other))

    def ceasefire_verbs(self, text: str) -> tuple[tuple[int, int], ...]:
        """Spans of verb phrases that mean to stop fighting ("halt strikes")."""
        return tuple((start, end) for start, end, _ in self._ceasefire_verbs.find(fold(text)))


@lru_cache(maxsize=2)
def finder_of(lexicon: Lexicon) -> Finder:
    """The finder of a lexicon; building one takes about a tenth of a second."""
    return Finder(lexicon)


def fold(text: str) -> str:
    """Lower case with straight quotes and hyphens, every offset kept."""
    if text.isascii():
        return text.lower()
    text = _straightened(text)
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow: "İ".lower() is two code points
        lower = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lower


def _straightened(text: str) -> str:
    if not text.isascii():
        for written, straight in _STRAIGHT:  # far cheaper than `str.translate`
            text = text.replace(written, straight)
    return text


def _as_written(name: str) -> set[str]:
    """A name within a sentence and at its beginning: "pro-Russian rebels", "Pro-Russian rebels"."""
    straight = _straightened(name)
    return {straight, straight[:1].upper() + straight[1:]}


def _mines(text: str) -> set[tuple[int, int]]:
    """Spans of mines that were laid."""
    if "mine" not in text and "MINE" not in text and "Mine" not in text:
        return set()
    return {match.span(match.lastgroup or 0) for match in _MINE.finditer(text)}


def _after_ship(text: str, start: int) -> bool:
    return _SHIP.search(text, max(start - _SHIP_REACH, 0), start) is not None


def _relation(text: str, end: int) -> str | None:
    shared = _SHARED_SUFFIX.match(text, end)  # "Russian- and U.S.-brokered", "US-Russia-brokered"
    match = _RELATED.match(text, end if shared is None else shared.end())
    if match is None:
        return None
    if match["by"]:
        return None
    return match.lastgroup or "other"
