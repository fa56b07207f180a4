"""How the place index is laid out and which meaning of a name comes first; read back by `worker.lexicon.places`."""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from worker.lexicon.entries import PlaceEntry, PlaceKind
from worker.lexicon.places import COORDINATE_SCALE, HEADER, KINDS, MAGIC, NO_COORDINATE, RECORD, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ARTICLE_COUNTRIES: Final = frozenset(
    "ARE BHR DJI DZA EGY ERI ESH IRN IRQ ISR JOR KWT LBN LBY MAR MRT OMN PSE QAT SAU SDN SOM SSD SYR TCD TUN "
    "YEM".split()
)
"""Where the Arabic article is written, assimilated ("ash-", "ar-") or left out at a writer's liking."""
ARABIC_ARTICLES: Final = frozenset({"ad", "al", "an", "ar", "as", "ash", "at", "az"})
SURE_POPULATION: Final = 300_000
"""A town of this size is found by its own name even if that is a common word."""
CAPITAL_OF_AREA: Final = 20_000
"""A town of this size that bears its province's name is what the bare name means first."""
ALTERNATE_DISCOUNT: Final = 4
CAPITAL_BONUS: Final = 20
BY_HAND_POPULATION: Final = 30_000
"""Between towns of one name the larger is meant first, where a town known by this name only as an alternate counts
for a quarter of its people, a national capital for twenty times, and one written by hand for at least so many."""
MIN_SPELLING: Final = 3
_SPELLED: Final = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")


@dataclass(kw_only=True)
class Draft:
    """A place being put together, with all spellings that shall find it, folded."""

    entry: PlaceEntry
    spellings: list[str] = field(default_factory=list)
    by_hand: set[str] = field(default_factory=set)
    """Spellings that were written by hand: sure to mean the place, even where they are words."""
    capital: bool = False
    """The capital of its country."""


def _folded(draft: Draft, not_places: frozenset[str]) -> Iterator[str]:
    """All spellings of a place, with and without the Arabic article where it is customary."""
    own = fold(draft.entry.name)
    for spelling in dict.fromkeys(draft.spellings):
        large = draft.entry.kind is PlaceKind.CITY and draft.entry.population >= SURE_POPULATION
        sure = spelling in draft.by_hand or (large and spelling == own)
        variants = [spelling]
        if draft.entry.country in ARTICLE_COUNTRIES and draft.entry.kind is not PlaceKind.COUNTRY:
            first, _, rest = spelling.partition(" ")
            bare = rest if first in ARABIC_ARTICLES and rest else spelling
            variants += [bare, f"al {bare}"] if bare != spelling or len(bare) > MIN_SPELLING else []
        for variant in variants:
            if not sure and (variant in not_places or len(variant) < MIN_SPELLING):
                continue
            if _SPELLED.fullmatch(variant):
                yield variant


def encode(drafts: Sequence[Draft], not_places: frozenset[str]) -> bytes:
    """Lay out the index; see `worker.lexicon.places` for the format."""
    order = sorted(drafts, key=lambda draft: (KINDS.index(draft.entry.kind), _identity(draft.entry)))
    meanings: dict[str, list[int]] = defaultdict(list)
    for number, draft in enumerate(order):
        for spelling in dict.fromkeys(_folded(draft, not_places)):
            meanings[spelling].append(number)
    texts = ["", *sorted({text for draft in order for text in _texts(draft.entry)} - {""})]
    numbers = {text: number for number, text in enumerate(texts)}
    spellings = sorted(meanings, key=str.encode)
    ranked = [
        meanings[spelling] if len(meanings[spelling]) == 1 else _ranked(spelling, meanings[spelling], order)
        for spelling in spellings
    ]
    spelling_blob = [spelling.encode() for spelling in spellings]
    text_blob = [text.encode() for text in texts]
    header = HEADER.pack(
        MAGIC,
        len(spellings),
        sum(map(len, spelling_blob)),
        sum(map(len, ranked)),
        len(order),
        len(texts),
        sum(map(len, text_blob)),
    )
    sections = (
        _pack(_starts(spelling_blob)),
        _pack(_starts(ranked)),
        _pack([number for meaning in ranked for number in meaning]),
        _pack(_starts(text_blob)),
        b"".join(_record(draft.entry, numbers) for draft in order),
        *spelling_blob,
        *text_blob,
    )
    return header + b"".join(sections)


def _identity(entry: PlaceEntry) -> tuple[str, str, int, float, float]:
    return (entry.country or "", entry.name, entry.geonameid or 0, entry.lat or 0.0, entry.lon or 0.0)


def _texts(entry: PlaceEntry) -> tuple[str, str, str]:
    return (entry.name, entry.country or "", entry.admin1 or "")


def _ranked(spelling: str, numbers: Sequence[int], order: Sequence[Draft]) -> list[int]:
    """The meanings of one spelling, best first."""
    weights = {number: _weight(spelling, order[number]) for number in numbers}
    capitals: dict[tuple[str | None, str | None], int] = {}
    for number, weight in weights.items():
        entry = order[number].entry
        if entry.kind is PlaceKind.CITY and entry.population >= CAPITAL_OF_AREA:
            key = (entry.country, entry.admin1)
            capitals[key] = max(weight, capitals.get(key, 0))

    def rank(number: int) -> tuple[int, int, bool, int]:
        entry = order[number].entry
        first = {PlaceKind.COUNTRY: 0, PlaceKind.REGION: 1, PlaceKind.WATER: 1}.get(entry.kind, 2)
        is_area = entry.kind is PlaceKind.ADMIN1
        weight = capitals.get((entry.country, entry.name), weights[number]) if is_area else weights[number]
        return (first, -weight, is_area, number)

    return sorted(weights, key=rank)


def _weight(spelling: str, draft: Draft) -> int:
    """How many people speak for a place when it is named so."""
    weight = draft.entry.population
    if draft.entry.kind is PlaceKind.CITY:
        if spelling in draft.by_hand:
            weight = max(weight, BY_HAND_POPULATION)
        elif spelling != fold(draft.entry.name):
            weight //= ALTERNATE_DISCOUNT
        if draft.capital:
            weight *= CAPITAL_BONUS
    return weight


def _record(entry: PlaceEntry, texts: dict[str, int]) -> bytes:
    name, country, admin1 = (texts[text] for text in _texts(entry))
    lat, lon = (
        NO_COORDINATE if degrees is None else round(degrees * COORDINATE_SCALE)
        for degrees in (entry.lat, entry.lon)
    )
    kind = KINDS.index(entry.kind)
    return RECORD.pack(entry.geonameid or 0, lat, lon, entry.population, name, country, admin1, kind)


def _starts(parts: Iterable[Sequence[object]]) -> list[int]:
    """Where each part starts when they are joined, and where the last one ends."""
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    return starts


def _pack(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)
