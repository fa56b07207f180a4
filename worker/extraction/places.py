"""Where: names in a locative position, resolved by the article's countries before population."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from worker.event import Place
from worker.extraction.view import read_once
from worker.lexicon.entries import AliasForm, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.extraction.context import Context
    from worker.extraction.view import View
    from worker.lexicon.entries import PlaceEntry

_MAX_WORDS: Final = 5
_FEATURE: Final = frozenset(
    "region oblast province district governorate city town village suburb neighbourhood neighborhood area valley "
    "port county state capital township municipality republic territory strip settlement camp prefecture "
    "cantonment airport airfield airbase barracks refinery crossing".split()
)
_KIND_WORDS: Final = frozenset(
    {"Oblast", "Province", "Region", "Governorate", "District", "City", "State", "Raion"}
)


def find_places(view: View, tokens: Iterable[int], context: Context) -> tuple[Place, ...]:
    """Places named at or below the tokens, in order, each once."""
    wanted = sorted({below for i in tokens for below in view.tree.subtree(i)})
    found: dict[str, Place] = {}
    known = _known(view)
    skip = -1
    for i in wanted:
        if i <= skip or not _may_start(view, i):
            continue
        if i not in known:
            known[i] = _longest(view, i, context)
        hit = known[i]
        if hit is not None:
            place, skip = hit
            found.setdefault(place.name, place)
    return tuple(found.values())


@read_once
def _known(_: View) -> dict[int, tuple[Place, int] | None]:
    """The places of a sentence by their first token, with the last, as far as somebody asked for them."""
    return {}


def _may_start(view: View, i: int) -> bool:
    token = view.tree.tokens[i]
    return token.text[:1].isupper() and token.pos in {"PROPN", "NOUN", "ADJ", "X"}


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
        if not entries or not _whole_name(view, i, last):
            continue
        entries = _of_the_ministry(view, _not_someone(view, i, last, entries))
        entries = _of_the_people(view, i, entries, context)
        if last + 1 < len(tokens) and tokens[last + 1].lower in _QUARTERS:
            entries = tuple(e for e in entries if e.kind is PlaceKind.CITY)  # "the Kashmir neighbourhood"
        entry = (
            choose(
                entries,
                context,
                within=_named_after(view, last, context),
                area=_is_area(view, last),
                text=text,
            )
            if entries
            else None
        )
        if entry is not None and _is_place_here(view, i, last, entry):
            return as_place(entry, text), last
    return None


_QUARTERS: Final = frozenset("neighbourhood neighborhood quarter suburb street road avenue square".split())
"""Parts of a town, which may be named after a land: no land lies there."""


def _not_someone(
    view: View, first: int, last: int, entries: tuple[PlaceEntry, ...]
) -> tuple[PlaceEntry, ...]:
    """What is left of the readings where the words name an actor: Hamas is not Hamm, the White House no Casablanca."""
    start, end = view.tree.tokens[first].start, view.tree.tokens[last].end
    for mention in view.actors:
        if not (mention.start < end and start < mention.end) or start < mention.start:
            continue  # "Lower Juba" is not Juba
        if mention.alias.form is AliasForm.DEMONYM and mention.end < end:
            continue  # "Pakistani Kashmir"
        within = mention.start < start or end < mention.end  # "Iraq" in "Islamic Resistance in Iraq"
        if mention.alias.form not in _PLACE_FORMS or (within and mention.alias.form is AliasForm.NAME):
            return ()
        home = view.finder.homes(mention.alias.actor_id)
        entries = tuple(
            e
            for e in entries
            if e.country in home or (e.name == mention.text and e.population > _UNRELATED_TOWN)
        )
    return entries


def _of_the_ministry(view: View, entries: tuple[PlaceEntry, ...]) -> tuple[PlaceEntry, ...]:
    """A ministry of health counts the dead of its own land: a village of that name in another is not meant."""
    if "ealth" not in view.sentence.text:
        return entries
    lands = {
        c
        for m in view.actors
        if _HEALTH.match(view.sentence.text, m.end) is not None
        for c in view.finder.homes(m.alias.actor_id)
    }
    return tuple(e for e in entries if not lands or e.country in lands or _is_known_for_war(e))


def _of_the_people(
    view: View, first: int, entries: tuple[PlaceEntry, ...], context: Context
) -> tuple[PlaceEntry, ...]:
    """ "The Malian town of Moura" is in Mali, or none that we know; a namesake may be meant where there is a war alone."""
    tokens = view.tree.tokens
    if not entries or first < _OF_A_TOWN or tokens[first - 1].lower != "of":
        return entries
    town = tokens[first - 2]
    if town.lower not in _TOWNS:
        return entries
    below = {tokens[k].start for k in view.tree.kids(town.i, "amod", "nmod", "compound")}
    lands = {
        land
        for m in view.actors
        if m.alias.form is AliasForm.DEMONYM and m.relation is None and m.start in below
        for land in view.finder.homes(m.alias.actor_id)
    }
    there = tuple(e for e in entries if e.country in lands)
    return there or tuple(e for e in entries if not lands or e.country in context.theatres)


_OF_A_TOWN: Final = 2
"""Words before the name in "town of Moura"."""
_TOWNS: Final = frozenset("city town village suburb port capital municipality".split())
_HEALTH: Final = re.compile(
    r"(?i)(?:[\u2019']s)? (?:(?:public )?health ministry|ministry of (?:public )?health)\b"
)
_PLACE_FORMS: Final = frozenset({AliasForm.NAME, AliasForm.METONYM})


def _is_area(view: View, last: int) -> bool:
    """Whether the word after a name makes it an area: "Kursk region"."""
    tokens = view.tree.tokens
    after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    return after in _AREA or tokens[last].lower in _AREA


_AREA: Final = frozenset("region oblast province governorate state district republic krai".split())


def _whole_name(view: View, first: int, last: int) -> bool:
    """Whether the words are a whole name: "Centre" in "Civil Defence Centre" is not a town."""
    tokens = view.tree.tokens
    before, after = first - 1, last + 1
    if (
        before >= 0
        and tokens[before].pos == "PROPN"
        and tokens[before].dep in {"compound", "amod", "nmod"}
        and tokens[before].head >= first
    ):
        return (
            tokens[before].lower in _DIRECTIONS - {"new"}
            or tokens[before].text.endswith(".")
            or tokens[before].lower in _FEATURE
        )
    if (
        after < len(tokens)
        and tokens[last].dep == "compound"
        and tokens[last].head >= after
        and tokens[after].pos == "PROPN"
    ):
        return tokens[after].lower in _FEATURE or tokens[after].text in _KIND_WORDS
    return True


_DIRECTIONS: Final = frozenset(
    "north south east west northern southern eastern western central upper lower greater old new".split()
)


def _named_after(view: View, last: int, context: Context) -> frozenset[str]:
    """Countries that the words after a name put it in: "Daraya, Mount Lebanon Governorate, Lebanon"."""
    tokens = view.tree.tokens
    found: set[str] = set()
    at = last + 1
    while (
        at + 1 < len(tokens)
        and (tokens[at].text in {",", "in"} or tokens[at].lower in _LINKS)
        and len(found) < _MAX_WORDS
    ):
        wide, last_of_it = _wide_place(view, at + 1, context)
        if wide and wide[0].kind is PlaceKind.COUNTRY:
            return frozenset({wide[0].country} if wide[0].country else ())
        if not wide and tokens[at + 1].lower in _LINKS | _DIRECTIONS:
            at += 1  # "Kafr Zita, northern Hama"
            continue
        if not wide:
            break
        found.update(e.country for e in wide if e.country)
        at = last_of_it + 1
    return frozenset(found)


def _wide_place(view: View, first: int, context: Context) -> tuple[list[PlaceEntry], int]:
    """The countries, provinces and regions that the longest name from a token on may mean, and its last token."""
    tokens = view.tree.tokens
    for n in range(min(_MAX_WORDS, len(tokens) - first), 0, -1):
        text = view.words(tokens[first].start, tokens[first + n - 1].end)
        entries = context.lexicon.places.lookup(text) if text[:1].isupper() else ()
        wide = [
            e
            for e in entries
            if e.kind in {PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.REGION} and e.country
        ]
        if wide:
            return wide, first + n - 1
    return [], first


_ARTICLES: Final = frozenset({"en", "el", "al", "ed", "es", "esh", "ech", "et", "ez", "er"})
"""Arabic articles as Lebanon and the Maghreb write them within a name."""
_LINKS: Final = frozenset(
    {"the", "northern", "southern", "eastern", "western", "central", "occupied", "region", "of"}
)


def _is_place_here(view: View, first: int, last: int, entry: PlaceEntry) -> bool:
    """Whether the words stand where a place can stand; a demonym or a person's name does not."""
    tokens = view.tree.tokens
    head = view.tree.head_of(tokens[first].start, tokens[last].end)
    if head is None:
        return False
    if _is_part_of_a_name(view, first, last):
        return False
    token = tokens[head]
    if token.tag == "JJ" and entry.kind is PlaceKind.COUNTRY:
        return False
    if tokens[last + 1 : last + 2] and tokens[last + 1].tag == "HYPH" and token.head > last:
        return False  # "Damascus-linked factions" are not there
    above = tokens[token.head]
    if token.dep == "pobj" and above.lower == "of" and tokens[above.head].lemma in _ORGANS:
        return False  # "the consulate of China" lies elsewhere
    if (
        entry.kind is PlaceKind.COUNTRY
        and above.lemma in {"border", "neighbour", "neighbor"}
        and token.dep == "dobj"
    ):
        return False  # "a region bordering Afghanistan"
    if entry.kind is PlaceKind.COUNTRY and above.lower == "with" and _is_beside(view, above.head):
        return False  # "near the border with Mali"
    first_dep = tokens[view.tree.first_conjunct(head)]
    if token.dep in {
        "pobj",
        "dobj",
        "appos",
        "npadvmod",
        "nsubjpass",
        "ROOT",
        "pcomp",
        "dep",
    } or first_dep.dep in {
        "pobj",
        "dobj",
        "appos",
        "npadvmod",
        "nsubjpass",
    }:
        return True
    if token.dep in {"compound", "nmod", "amod", "poss"}:
        governor = tokens[token.head]
        part = token.dep == "poss" and governor.lemma in _PARTS_OF_A_LAND  # "near Nigeria's border"
        part = part or governor.i in view.sites_by_head  # "a South Sudan hospital"
        named = governor.lower in _FEATURE or governor.pos == "PROPN"
        return named or part or entry.kind is not PlaceKind.COUNTRY
    return (
        token.dep == "nsubj"
        and entry.kind is not PlaceKind.COUNTRY
        and not _speaks_for_its_state(view, first, token.head)
    )


def _is_part_of_a_name(view: View, first: int, last: int) -> bool:
    """ "Aali en Nahri" is neither an Aali nor a Nahri."""
    tokens = view.tree.tokens
    for article, other in ((first - 1, first - 2), (last + 1, last + 2)):
        inside = min(article, other) >= 0 and max(article, other) < len(tokens)
        if inside and tokens[article].text in _ARTICLES and tokens[other].text[:1].isupper():
            return True
    return False


_PARTS_OF_A_LAND: Final = frozenset(
    "border frontier coast capital north south east west northeast northwest southeast southwest interior".split()
)


def _is_beside(view: View, i: int) -> bool:
    """ "Near the border", "along the frontier": on this side of it."""
    border = view.tree.tokens[i]
    return border.lemma in {"border", "frontier"} and view.tree.tokens[border.head].lower in {
        "at",
        "near",
        "to",
        "along",
        "by",
    }


def _speaks_for_its_state(view: View, first: int, verb: int) -> bool:
    """ "Islamabad had broken it", "Kyiv says": a capital that does something is its state, one that suffers is a place."""
    start = view.tree.tokens[first].start
    capital = any(m.start == start and m.alias.form is AliasForm.METONYM for m in view.actors)
    return capital and view.tree.tokens[verb].lemma not in _SUFFERING


_ORGANS: Final = frozenset(
    "consulate embassy general ambassador government president minister ministry army citizen national king".split()
)
_SUFFERING: Final = frozenset("be come suffer face see remain wake endure lie".split())


def choose(
    entries: tuple[PlaceEntry, ...],
    context: Context,
    *,
    within: frozenset[str] = frozenset(),
    area: bool = False,
    text: str = "",
) -> PlaceEntry | None:
    """The likeliest of several places of one name: in a country the article is about first, then the largest.

    `within` are countries that the text itself puts it in; `area` says that the text calls it a region. A small town in a country that the article does not
    speak of is more often a person or a thing: None.
    """
    if within and not any(e.country in within for e in entries):
        entries = tuple(e for e in entries if e.population >= _UNRELATED_TOWN)  # "Daraya, Lebanon" is another
    entries = tuple(e for e in entries if e.country in within) or entries
    best: tuple[float, PlaceEntry] | None = None
    for entry in entries:
        score = math.log10(max(entry.population, 1) + 10)
        if entry.kind in {PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.WATER}:
            score += 6
        if entry.kind is PlaceKind.ADMIN1:
            score += 2 if area else -2
        at_war = entry.country in context.theatres and _is_known_for_war(entry)
        if at_war or (entry.country is not None and entry.country in context.countries):
            score += 5
        elif (
            entry.kind is PlaceKind.CITY
            and entry.population < _UNRELATED_TOWN
            and entry.country not in within
            and not (_is_listed(entry) and " " in text)
        ):
            continue
        if entry.name.casefold() == text.casefold():
            score += 1.5  # today's name before a historic or a translated one
        if best is None or score > best[0]:
            best = (score, entry)
    return best[1] if best else None


def _is_known_for_war(entry: PlaceEntry) -> bool:
    """Whether those who read of a war know a place by its name: a town, or one listed for its part in a war."""
    return entry.population >= _TOWN_IN_A_WAR or _is_listed(entry)


def _is_listed(entry: PlaceEntry) -> bool:
    """Whether a place is none of the gazetteer's but listed by us ("Ben Gurion Airport")."""
    return entry.kind is PlaceKind.CITY and not entry.population


_UNRELATED_TOWN: Final = 150_000
_TOWN_IN_A_WAR: Final = 30_000
"""Inhabitants from which a town is known by its name to those who read of a war there."""


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
