"""Where: names in a locative position, resolved by the article's countries before population."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from worker.event import Place
from worker.lexicon.entries import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.extraction.context import Context
    from worker.extraction.view import View
    from worker.lexicon.entries import PlaceEntry

_MAX_WORDS: Final = 5
_NAME: Final = re.compile(r"(?:[^\W\d_][\w'’.\-]*)")
_LOCATIVE: Final = frozenset(
    "in on at near of from over into toward towards outside around between across to along inside off against "
    "through within throughout above beyond beside by about".split()
)
_FEATURE: Final = frozenset(
    "region oblast province district governorate city town village suburb neighbourhood neighborhood area valley "
    "port county state capital township municipality republic territory strip settlement camp prefecture".split()
)
_KIND_WORDS: Final = frozenset({"Oblast", "Province", "Region", "Governorate", "District", "City", "State", "Raion"})


def find_places(view: View, tokens: Iterable[int], context: Context) -> tuple[Place, ...]:
    """Places named at or below the tokens, in order, each once."""
    wanted = sorted({below for i in tokens for below in view.tree.subtree(i)})
    found: dict[str, Place] = {}
    skip = -1
    for i in wanted:
        if i <= skip or not _may_start(view, i):
            continue
        hit = _longest(view, i, context)
        if hit is not None:
            place, last = hit
            skip = last
            found.setdefault(place.name, place)
    return tuple(found.values())


def _may_start(view: View, i: int) -> bool:
    token = view.tree.tokens[i]
    return token.text[:1].isupper() and token.pos in {"PROPN", "NOUN", "ADJ", "X"} and token.dep not in {"nsubj_"}


def _longest(view: View, i: int, context: Context) -> tuple[Place, int] | None:
    tokens = view.tree.tokens
    for n in range(min(_MAX_WORDS, len(tokens) - i), 0, -1):
        last = i + n - 1
        if not tokens[last].text[:1].isalnum():
            continue
        text = view.words(tokens[i].start, tokens[last].end)
        entries = context.lexicon.places.lookup(text)
        if not entries and n > 1 and tokens[last].text in _KIND_WORDS:
            entries = context.lexicon.places.lookup(view.words(tokens[i].start, tokens[last - 1].end))
        entry = choose(entries, context) if entries else None
        if entry is not None and _is_place_here(view, i, last, entry):
            return as_place(entry, text), last
    return None


def _is_place_here(view: View, first: int, last: int, entry: PlaceEntry) -> bool:
    """Whether the words stand where a place can stand; a demonym or a person's name does not."""
    tokens = view.tree.tokens
    head = view.tree.head_of(tokens[first].start, tokens[last].end)
    if head is None:
        return False
    token = tokens[head]
    if token.tag == "JJ" and entry.kind is PlaceKind.COUNTRY:
        return False
    first_dep = tokens[view.tree.first_conjunct(head)]
    if token.dep in {"pobj", "dobj", "appos", "npadvmod", "nsubjpass", "ROOT", "pcomp", "dep"} or first_dep.dep in {
        "pobj", "dobj", "appos", "npadvmod", "nsubjpass",
    }:
        return True
    if token.dep in {"compound", "nmod", "amod", "poss"}:
        governor = tokens[token.head]
        return governor.lower in _FEATURE or governor.pos == "PROPN" or entry.kind is not PlaceKind.COUNTRY
    return token.dep == "nsubj" and entry.kind is not PlaceKind.COUNTRY


def choose(entries: tuple[PlaceEntry, ...], context: Context) -> PlaceEntry | None:
    """The likeliest of several places of one name: in a country the article is about first, then the largest.

    A small town in a country that the article does not speak of is more often a person or a thing: None.
    """
    best: tuple[float, PlaceEntry] | None = None
    for entry in entries:
        score = math.log10(max(entry.population, 1) + 10)
        if entry.kind in {PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.WATER}:
            score += 6
        if entry.kind is PlaceKind.ADMIN1:
            score += 2
        if entry.country is not None and entry.country in context.countries:
            score += 5
        elif entry.kind is PlaceKind.CITY and entry.population < _UNRELATED_TOWN:
            continue
        if best is None or score > best[0]:
            best = (score, entry)
    return best[1] if best else None


_UNRELATED_TOWN: Final = 150_000


def as_place(entry: PlaceEntry, text: str) -> Place:
    """A gazetteer entry as an event tells it."""
    return Place(
        name=entry.name,
        country=entry.country,
        admin1=entry.admin1,
        lat=entry.lat,
        lon=entry.lon,
        geonameid=entry.geonameid,
        text=text,
    )
