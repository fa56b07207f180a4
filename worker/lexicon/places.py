"""Places by name: `Gazetteer.lookup("Kiev")`, answered from an index that `worker.lexicon.build_places` writes.

The index is one flat little-endian file, read whole: a table of spellings sorted for binary search, the places
each of them can mean (best first), fixed-size place records and a table of texts.
"""

from __future__ import annotations

import re
import struct
import sys
import unicodedata
from array import array
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path
from typing import Final

from worker.lexicon.entries import PlaceEntry, PlaceKind

INDEX_PATH: Final = Path(__file__).parent / "data" / "places.idx"
BUILD_COMMAND: Final = "python -m worker.lexicon.build_places"

MAGIC: Final = b"TWPLACE1"
HEADER: Final = struct.Struct("<8s6I")
"""Magic, then the sizes of: spellings (count), spelling bytes, meanings (count), places (count), texts (count),
text bytes. The sections follow in the order in which `Gazetteer` reads them."""
RECORD: Final = struct.Struct("<IiiIIIII")
"""geonameid (0: none), latitude and longitude in 1e-5 degrees, population, then texts by number: name,
country, admin1 (text 0 is empty and means None); last the kind by its position in `PlaceKind`."""
NO_COORDINATE: Final = 0x7FFFFFFF
COORDINATE_SCALE: Final = 100_000
KINDS: Final = tuple(PlaceKind)

AREA_WORDS: Final = frozenset({
    "area", "canton", "county", "department", "district", "emirate", "governorate", "krai", "kray", "muhafazah",
    "oblast", "prefecture", "province", "raion", "rayon", "region", "republic", "state", "territory", "wilayat",
})  # fmt: skip
TOWN_WORDS: Final = frozenset({"camp", "city", "municipality", "settlement", "suburb", "town", "village"})

DIRECTIONS: Final = frozenset({
    "central", "downtown", "east", "eastern", "far", "mid", "north", "northeast", "northeastern", "northern",
    "northwest", "northwestern", "occupied", "south", "southeast", "southeastern", "southern", "southwest",
    "southwestern", "west", "western",
})  # fmt: skip
REMEMBERED: Final = 1 << 14
"""Names whose places are kept at hand: news names the same few thousand again and again."""
DIRECTED_TOWN: Final = 50_000
"""Smaller towns have no north and south that a text speaks of."""

_UNDECOMPOSED: Final = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "a", "æ": "ae", "œ": "oe", "ħ": "h",
})  # fmt: skip
_APOSTROPHES: Final = re.compile("['`´‘’‛′ʹʻʼʽʾʿˈ＇]")
_SEPARATORS: Final = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """The form in which spellings are compared: lower case without diacritics, apostrophes and punctuation.

    "El" and "al" are one article (El-Fasher, Al Fashir) and a leading "the" falls away. Unknown scripts are
    kept, so that they match nothing instead of matching the empty string.
    """
    folded = name.lower() if name.isascii() else _unmarked(name)
    spaced = _SEPARATORS.sub(" ", _APOSTROPHES.sub("", folded))
    words = ["al" if word == "el" else word for word in spaced.split()]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def _unmarked(name: str) -> str:
    """Lower case without diacritics."""
    decomposed = unicodedata.normalize("NFKD", name).casefold().translate(_UNDECOMPOSED)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _unqualified(key: str) -> tuple[str, bool] | None:
    """The name inside "idlib province" or "village of yaroun" and whether an area is meant; None if there is none.

    >>> _unqualified("kursk region")
    ('kursk', True)
    """
    words = key.split()
    if len(words) > 1 and words[-1] in AREA_WORDS | TOWN_WORDS:
        return " ".join(words[:-1]), words[-1] in AREA_WORDS
    if len(words) > 2 and words[1] == "of" and words[0] in AREA_WORDS | TOWN_WORDS:  # noqa: PLR2004
        return fold(" ".join(words[2:])), words[0] in AREA_WORDS
    return None


def _undirected(key: str) -> str:
    """The name without leading words of direction: "north eastern syria" is "syria"."""
    words = key.split()
    while len(words) > 1 and words[0] in DIRECTIONS:
        del words[0]
    return " ".join(words)


class Gazetteer:
    """All known places, by any of their spellings. Immutable; safe to share between threads."""

    __slots__ = (
        "_found",
        "_meaning_starts",
        "_meanings",
        "_records",
        "_spelling_starts",
        "_spellings",
        "_texts",
    )

    def __init__(self, index: bytes) -> None:
        """Read an index; raises ValueError if it is not one of this version or is cut short."""
        if len(index) < HEADER.size or not index.startswith(MAGIC):
            message = f"not a place index of this version; build it with: {BUILD_COMMAND}"
            raise ValueError(message)
        _, spellings, spelling_bytes, meanings, places, texts, text_bytes = HEADER.unpack_from(index)
        sizes = (
            4 * (spellings + 1),
            4 * (spellings + 1),
            4 * meanings,
            4 * (texts + 1),
            RECORD.size * places,
            spelling_bytes,
            text_bytes,
        )
        if len(index) != HEADER.size + sum(sizes):
            message = f"the place index is damaged; build it again with: {BUILD_COMMAND}"
            raise ValueError(message)
        sections = []
        start = HEADER.size
        for size in sizes:
            sections.append(index[start : start + size])
            start += size
        self._spelling_starts = _numbers(sections[0])
        self._meaning_starts = _numbers(sections[1])
        self._meanings = _numbers(sections[2])
        text_starts = _numbers(sections[3])
        self._records = sections[4]
        self._spellings = sections[5]
        self._texts = tuple(
            sections[6][text_starts[number] : text_starts[number + 1]].decode() for number in range(texts)
        )
        self._found = lru_cache(REMEMBERED)(self._search)

    def __len__(self) -> int:
        """How many spellings are known."""
        return len(self._spelling_starts) - 1

    def __contains__(self, name: object) -> bool:
        """Whether the exact name, folded, is a known spelling."""
        return isinstance(name, str) and self._position(fold(name)) is not None

    def lookup(self, name: str) -> tuple[PlaceEntry, ...]:
        """The places that a name can mean, the likeliest first; empty when unknown.

        Countries and regions come before towns, then the more populous first; a province that bears the name
        of its capital comes after it, unless the name says so ("Idlib province", "Kursk region"). A part that
        has no entry of its own gives the whole: "northern Iraq" is Iraq, "central Kyiv" is Kyiv.
        """
        return self._found(name)

    def _search(self, name: str) -> tuple[PlaceEntry, ...]:
        key = fold(name)
        found = self._meaning(key)
        if found:
            return found
        whole = _undirected(key)
        if whole != key:
            parts = self._meaning(whole)
            return tuple(
                entry
                for entry in parts
                if entry.kind is not PlaceKind.CITY or entry.population >= DIRECTED_TOWN
            )
        inner = _unqualified(key)
        if inner is None:
            return ()
        bare, area = inner
        entries = self._meaning(bare)
        wanted = [entry for entry in entries if (entry.kind is not PlaceKind.CITY) == area]
        if area:  # "Kyiv region" is Kyiv Oblast rather than the division that the city is by itself
            wanted.sort(key=lambda entry: fold(entry.name) == bare)
        return tuple(wanted) or entries

    def _meaning(self, key: str) -> tuple[PlaceEntry, ...]:
        position = self._position(key)
        if position is None:
            return ()
        start, end = self._meaning_starts[position], self._meaning_starts[position + 1]
        return tuple(self._place(number) for number in self._meanings[start:end])

    def _position(self, key: str) -> int | None:
        """Binary search for a folded spelling."""
        wanted = key.encode()
        starts, spellings = self._spelling_starts, self._spellings

        def spelling(number: int) -> bytes:
            return spellings[starts[number] : starts[number + 1]]

        found = bisect_left(range(len(self)), wanted, key=spelling)
        return found if found < len(self) and spelling(found) == wanted else None

    def _place(self, number: int) -> PlaceEntry:
        geonameid, lat, lon, population, name, country, admin1, kind = RECORD.unpack_from(
            self._records, number * RECORD.size
        )
        return PlaceEntry(
            name=self._texts[name],
            kind=KINDS[kind],
            country=self._texts[country] or None,
            admin1=self._texts[admin1] or None,
            lat=None if lat == NO_COORDINATE else lat / COORDINATE_SCALE,
            lon=None if lon == NO_COORDINATE else lon / COORDINATE_SCALE,
            population=population,
            geonameid=geonameid or None,
        )


def _numbers(section: bytes) -> array[int]:
    """A section of unsigned 32-bit little-endian numbers."""
    numbers = array("I")
    numbers.frombytes(section)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def load_gazetteer(path: Path = INDEX_PATH) -> Gazetteer:
    """Read the place index. Raises FileNotFoundError naming the command that builds it, or ValueError."""
    try:
        index = path.read_bytes()
    except FileNotFoundError as error:
        message = f"the place index {path} is missing; build it with: {BUILD_COMMAND}"
        raise FileNotFoundError(message) from error
    return Gazetteer(index)
