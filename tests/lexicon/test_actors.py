"""What the actor files promise: every alias has one owner on every day, examples name theirs, dates decide."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lexicon.phrases import find_owners
from worker.lexicon.actors import (
    FORM_BY_KEY,
    KIND_BY_FILE,
    load_actors,
    load_not_actors,
    read_toml,
)
from worker.lexicon.entries import ActorKind, AliasForm

if TYPE_CHECKING:
    from worker.lexicon.entries import ActorAlias

ACTORS, ALIASES = load_actors()
NOT_ACTORS = load_not_actors()
TODAY = date(2026, 11, 1)
LISTED: dict[str, dict[str, Any]] = {
    actor_id: fields for name in KIND_BY_FILE for actor_id, fields in read_toml(name).items()
}
KEYS = frozenset(
    {
        "name",
        "side",
        "countries",
        "fights",
        "since",
        "until",
        "shared",
        "ground",
        "affiliate_of",
        "branch_of",
        "drones",
        "examples",
        "counter_examples",
        *FORM_BY_KEY,
    }
)
LOWER_CASE_NAMES = {"janjaweed", "shabiha", "colectivos", "peshmerga", "anti-balaka"}
NOT_STATES_OF_THE_UN = {"PSE", "TWN", "VAT", "ESH", "XKX"}


def valid(alias: ActorAlias, on: date) -> bool:
    return (alias.since is None or alias.since <= on) and (alias.until is None or on < alias.until)


def owners_on(on: date) -> dict[str, str]:
    return {alias.text: alias.actor_id for alias in ALIASES if valid(alias, on)}


def owner(text: str, on: date = TODAY) -> str | None:
    return owners_on(on).get(text)


CASES = [(actor, text) for actor, fields in LISTED.items() for text in fields.get("examples", ())]
COUNTER_CASES = [
    (actor, text) for actor, fields in LISTED.items() for text in fields.get("counter_examples", ())
]


def test_the_lexicon_is_broad() -> None:
    kinds = [actor.kind for actor in ACTORS.values()]
    assert kinds.count(ActorKind.STATE) == 198
    assert kinds.count(ActorKind.GROUP) >= 300
    assert kinds.count(ActorKind.ORGANISATION) >= 60
    assert len({alias.text for alias in ALIASES if alias.form is AliasForm.LEADER}) >= 1500


def test_states_are_those_of_iso_3166() -> None:
    codes = {country.alpha_3 for country in pycountry.countries} | {"XKX"}
    states = {actor.id for actor in ACTORS.values() if actor.kind is ActorKind.STATE}
    assert states <= codes
    assert states >= NOT_STATES_OF_THE_UN


def test_ids_are_codes_for_states_and_slugs_for_all_others() -> None:
    for actor in ACTORS.values():
        shape = r"[A-Z]{3}" if actor.kind is ActorKind.STATE else r"[a-z0-9]+(-[a-z0-9]+)*"
        assert re.fullmatch(shape, actor.id), actor.id


def test_entries_have_only_the_documented_keys() -> None:
    for actor, fields in LISTED.items():
        assert set(fields) <= KEYS, actor


def test_every_side_and_every_country_is_an_actor() -> None:
    for actor in ACTORS.values():
        assert actor.side in ACTORS, actor.id
        assert ACTORS[actor.side].side == actor.side, actor.id
        for country in actor.countries:
            assert ACTORS[country].kind is ActorKind.STATE, actor.id


def test_a_branch_fights_on_the_side_of_its_movement() -> None:
    branches = [actor for actor in ACTORS.values() if actor.branch_of is not None]
    assert branches
    for actor in branches:
        assert actor.branch_of is not None
        assert ACTORS[actor.branch_of].side == actor.side, actor.id


def test_every_state_has_a_name_and_nearly_every_one_a_demonym() -> None:
    forms = {(alias.actor_id, alias.form) for alias in ALIASES}
    states = [actor.id for actor in ACTORS.values() if actor.kind is ActorKind.STATE]
    assert not [state for state in states if (state, AliasForm.NAME) not in forms]
    without = {state for state in states if (state, AliasForm.DEMONYM) not in forms}
    assert without == {"DMA", "PSE", "VAT"}


def test_an_alias_has_one_owner_on_every_day() -> None:
    """Walks the days on which anything changes: between them nothing does."""
    by_text: dict[str, list[ActorAlias]] = {}
    for alias in ALIASES:
        if not alias.shared:
            by_text.setdefault(alias.text, []).append(alias)
    for text, aliases in by_text.items():
        days = {day for alias in aliases for day in (alias.since, alias.until) if day} | {date.min}
        for day in days:
            assert len({alias.actor_id for alias in aliases if valid(alias, day)}) <= 1, (text, day)


def test_shared_aliases_are_really_shared() -> None:
    shared: dict[str, set[str]] = {}
    for alias in ALIASES:
        if alias.shared:
            shared.setdefault(alias.text, set()).add(alias.actor_id)
    assert shared == {"Congo": {"COD", "COG"}, "Congolese": {"COD", "COG"}}


def test_aliases_are_names_as_written() -> None:
    small = {alias.text for alias in ALIASES if alias.text == alias.text.lower()}
    assert {text for text in small if " " not in text} == LOWER_CASE_NAMES
    for alias in ALIASES:
        assert alias.text == " ".join(alias.text.split()), alias
        assert len(alias.text) > 1, alias


@pytest.mark.parametrize(
    "word",
    [
        "us",
        "Us",
        "Bush",
        "May",
        "Brown",
        "Rice",
        "Powell",
        "Johnson",
        "Khan",
        "Sharif",
        "Singh",
        "Kim",
        "IS",
        "WHO",
        "It",
    ],
)
def test_common_words_and_surnames_stand_for_nobody(word: str) -> None:
    assert word not in {alias.text for alias in ALIASES}


@pytest.mark.parametrize(("actor", "text"), CASES)
def test_an_example_names_its_actor(actor: str, text: str) -> None:
    days = (TODAY, date(2023, 8, 1), date(2005, 8, 1))
    assert any(actor in find_owners(text, owners_on(day), NOT_ACTORS) for day in days)


@pytest.mark.parametrize(("actor", "text"), COUNTER_CASES)
def test_a_counter_example_does_not_name_it(actor: str, text: str) -> None:
    for day in (TODAY, date(2023, 8, 1)):
        assert actor not in find_owners(text, owners_on(day), NOT_ACTORS)


@pytest.mark.parametrize(
    "text",
    [
        "the Washington Post reported",
        "in the Gulf of Mexico",
        "the Jordan Valley",
        "Native Americans",
        "Fox News",
    ],
)
def test_no_actor_is_read_inside_what_only_holds_its_name(text: str) -> None:
    assert find_owners(text, owners_on(TODAY), NOT_ACTORS) == []


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("Taliban", date(2021, 8, 14), "taliban"),
        ("Taliban", date(2021, 8, 15), "AFG"),
        ("President Bush", date(2004, 6, 1), "USA"),
        ("President Bush", date(2010, 6, 1), None),
        ("Trump", date(2018, 6, 1), "USA"),
        ("Trump", date(2023, 6, 1), None),
        ("Trump", date(2025, 3, 19), "USA"),
        ("Assad", date(2024, 12, 7), "SYR"),
        ("Assad", date(2024, 12, 8), None),
        ("al-Jolani", date(2024, 12, 1), "hts"),
        ("al-Sharaa", date(2025, 3, 10), "SYR"),
        ("SPLA", date(2005, 1, 9), "splm"),
        ("SPLA", date(2012, 4, 10), "SSD"),
        ("National Transitional Council", date(2011, 6, 1), "libyan-rebels"),
        ("National Transitional Council", date(2012, 1, 1), "LBY"),
        ("Maoist rebels", date(2004, 5, 1), "nepal-maoists"),
        ("Maoist rebels", date(2010, 5, 1), "naxalites"),
        ("Prime Minister Sharif", date(2015, 1, 1), "PAK"),
        ("Prime Minister Sharif", date(2020, 1, 1), None),
        ("Annan", date(2004, 1, 1), "un"),
        ("Annan", date(2012, 4, 12), "un"),
        ("Tusk", date(2016, 1, 1), "eu"),
        ("Tusk", date(2024, 6, 1), "POL"),
    ],
)
def test_who_a_name_stands_for_depends_on_the_day(text: str, on: date, expected: str | None) -> None:
    assert owner(text, on) == expected


@pytest.mark.parametrize(
    ("actor", "side"),
    [
        ("hezbollah", "LBN"),
        ("hamas", "palestine"),
        ("pij", "palestine"),
        ("fatah", "palestine"),
        ("PSE", "palestine"),
        ("dpr-lpr", "RUS"),
        ("wagner", "RUS"),
        ("artsakh", "ARM"),
        ("ypg", "sdf"),
        ("free-syrian-army", "syrian-opposition"),
        ("sna", "syrian-opposition"),
        ("hts", "syrian-opposition"),
        ("rsf", "rsf"),
        ("UKR", "UKR"),
    ],
)
def test_sides(actor: str, side: str) -> None:
    assert ACTORS[actor].side == side


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kremlin", "RUS"),
        ("IRGC", "IRN"),
        ("Revolutionary Guards", "IRN"),
        ("IDF", "ISR"),
        ("Al-Quds Brigades", "pij"),
        ("Saudi-led coalition", "SAU"),
        ("Rapid Support Forces", "rsf"),
        ("Türkiye", "TUR"),
        ("Kiev", "UKR"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("Centcom", "USA"),
        ("FARDC", "COD"),
        ("Zelenskyy", "UKR"),
        ("Zelensky", "UKR"),
        ("Hemedti", "rsf"),
        ("Witkoff", "USA"),
    ],
)
def test_usual_names(text: str, expected: str) -> None:
    assert owner(text) == expected


def test_organisations_do_not_fight_unless_they_say_so() -> None:
    fighting = {a.id for a in ACTORS.values() if a.kind is ActorKind.ORGANISATION and a.fights}
    assert fighting == {"nato", "ecowas"}


@given(st.sampled_from(ALIASES), st.dates(date(2000, 1, 1), date(2026, 12, 31)))
def test_a_dated_alias_is_valid_inside_its_days_only(alias: ActorAlias, on: date) -> None:
    owners = {a.actor_id for a in ALIASES if a.text == alias.text and valid(a, on)}
    assert (alias.actor_id in owners) >= valid(alias, on)
    if alias.since and alias.until:
        assert alias.since < alias.until


def test_a_clash_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    files: dict[str, dict[str, Any]] = {
        "states": {"AAA": {"name": "Aland"}, "BBB": {"name": "Bland", "names": ["Aland"]}},
        "groups": {},
        "organisations": {},
        "leaders": {},
    }
    monkeypatch.setattr("worker.lexicon.actors.read_toml", files.__getitem__)
    with pytest.raises(ValueError, match="'Aland' is claimed by AAA and BBB"):
        load_actors()
    files["states"]["BBB"]["names"] = [{"text": "Aland", "since": date(2020, 1, 1)}]
    with pytest.raises(ValueError, match="claimed"):
        load_actors()
    files["states"]["AAA"]["names"] = [{"text": "Aland", "until": date(2020, 1, 1)}]
    _, aliases = load_actors()
    assert [alias.actor_id for alias in aliases] == ["AAA", "BBB"]


def test_a_branch_of_nobody_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    files: dict[str, dict[str, Any]] = {
        "states": {},
        "groups": {"branch": {"name": "A branch", "branch_of": "nobody"}},
        "organisations": {},
        "leaders": {},
    }
    monkeypatch.setattr("worker.lexicon.actors.read_toml", files.__getitem__)
    with pytest.raises(ValueError, match="unknown actor 'nobody'"):
        load_actors()


def test_a_leader_of_nobody_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    files: dict[str, dict[str, Any]] = {
        "states": {},
        "groups": {},
        "organisations": {},
        "leaders": {"AAA": [{"names": ["Ann Author"], "role": "president"}]},
    }
    monkeypatch.setattr("worker.lexicon.actors.read_toml", files.__getitem__)
    with pytest.raises(ValueError, match="unknown actor 'AAA'"):
        load_actors()
