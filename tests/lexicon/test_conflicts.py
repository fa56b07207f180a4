"""What `data/conflicts.toml` promises: known actors, two sides, dates in order, and every known war found."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from worker.lexicon import load_lexicon
from worker.lexicon.actors import load_actors
from worker.lexicon.conflicts import load_conflicts
from worker.lexicon.entries import ActorKind

LEXICON = load_lexicon()
ACTORS, CONFLICTS = LEXICON.actors, LEXICON.conflicts


def test_there_are_many_and_they_are_in_order() -> None:
    assert len(CONFLICTS) >= 200
    assert all((a.id, a.start) < (b.id, b.start) for a, b in pairwise(CONFLICTS))


def test_ids_are_the_sides_in_alphabetical_order() -> None:
    for conflict in CONFLICTS:
        sides = [side.id for side in conflict.sides]
        assert sides == sorted(sides)
        assert conflict.id == "|".join(sides)


def test_every_member_is_an_actor_that_stands_on_one_side() -> None:
    for conflict in CONFLICTS:
        first, second = (set(side.members) for side in conflict.sides)
        assert first | second <= set(ACTORS), conflict.id
        assert not first & second, conflict.id


def test_a_side_is_its_own_first_member_and_names_nobody_twice() -> None:
    for conflict in CONFLICTS:
        for side in conflict.sides:
            assert side.members[0] == side.id, conflict.id
            assert len(set(side.members)) == len(side.members), conflict.id


def test_whoever_fights_on_one_side_fights_against_the_other() -> None:
    for conflict in CONFLICTS:
        for own, other in (conflict.sides, conflict.sides[::-1]):
            assert {conflict.against(member).id for member in own.members} == {other.id}


def test_dates_are_in_order_and_one_pair_is_never_listed_twice_for_a_day() -> None:
    for conflict in CONFLICTS:
        assert conflict.end is None or conflict.start < conflict.end
    for before, after in pairwise(CONFLICTS):
        if before.id == after.id:
            assert before.end is not None, before.id
            assert before.end <= after.start, before.id


def test_a_conflict_is_fought_from_its_first_day_until_its_end() -> None:
    tigray = next(c for c in CONFLICTS if c.name == "Tigray War" and c.id == "ETH|tplf")
    assert tigray.end is not None
    assert tigray.active(tigray.start)
    assert not tigray.active(tigray.start - timedelta(days=1))
    assert tigray.active(tigray.end - timedelta(days=1))
    assert not tigray.active(tigray.end)


def test_theatres_are_states_or_parts_of_one_that_the_gazetteer_knows() -> None:
    for conflict in CONFLICTS:
        for place in conflict.theatre:
            state, _, part = place.partition(":")
            assert ACTORS[state].kind is ActorKind.STATE, conflict.name
            assert not part or state in {p.country for p in LEXICON.places.lookup(part)}, place


def test_names_are_among_the_topics() -> None:
    for conflict in CONFLICTS:
        assert conflict.topics[0] == conflict.name
        assert len(conflict.topics) >= 1


@pytest.mark.parametrize(
    ("first", "second", "on", "expected"),
    [
        ("RUS", "UKR", date(2025, 3, 19), "RUS|UKR"),
        ("dpr-lpr", "UKR", date(2015, 2, 16), "RUS|UKR"),
        ("ISR", "hamas", date(2023, 11, 24), "ISR|palestine"),
        ("ISR", "pij", date(2022, 8, 7), "ISR|palestine"),
        ("palestine", "ISR", date(2002, 4, 1), "ISR|palestine"),
        ("ISR", "hezbollah", date(2024, 11, 27), "ISR|LBN"),
        ("LBN", "ISR", date(2006, 8, 14), "ISR|LBN"),
        ("ARM", "AZE", date(2020, 10, 10), "ARM|AZE"),
        ("artsakh", "AZE", date(2023, 9, 20), "ARM|AZE"),
        ("SDN", "rsf", date(2023, 4, 24), "SDN|rsf"),
        ("COD", "m23", date(2025, 1, 27), "COD|m23"),
        ("COD", "RWA", date(2025, 1, 27), "COD|m23"),
        ("IRN", "ISR", date(2025, 6, 24), "IRN|ISR"),
        ("IRN", "USA", date(2026, 6, 26), "IRN|USA"),
        ("IRN", "KWT", date(2026, 7, 9), "IRN|USA"),
        ("houthis", "ISR", date(2024, 7, 20), "ISR|houthis"),
        ("houthis", "USA", date(2025, 5, 6), "USA|houthis"),
        ("SAU", "houthis", date(2016, 4, 11), "YEM|houthis"),
        ("YEM", "houthis", date(2022, 4, 2), "YEM|houthis"),
        ("YEM", "stc", date(2026, 1, 2), "YEM|stc"),
        ("IND", "PAK", date(2025, 5, 10), "IND|PAK"),
        ("IND", "kashmiri-militants", date(2000, 11, 28), "IND|kashmiri-militants"),
        ("KHM", "THA", date(2025, 12, 13), "KHM|THA"),
        ("AFG", "PAK", date(2025, 10, 19), "AFG|PAK"),
        ("PAK", "ttp", date(2022, 11, 28), "PAK|ttp"),
        ("SYR", "free-syrian-army", date(2012, 4, 12), "SYR|syrian-opposition"),
        ("RUS", "syrian-opposition", date(2016, 2, 27), "SYR|syrian-opposition"),
        ("SYR", "sdf", date(2026, 1, 18), "SYR|sdf"),
        ("TUR", "pkk", date(2013, 3, 21), "TUR|pkk"),
        ("TUR", "ypg", date(2019, 10, 17), "TUR|sdf"),
        ("COL", "farc", date(2012, 11, 20), "COL|farc"),
        ("COL", "eln", date(2017, 10, 1), "COL|eln"),
        ("LKA", "ltte", date(2006, 2, 22), "LKA|ltte"),
        ("ETH", "tplf", date(2022, 11, 2), "ETH|tplf"),
        ("GEO", "RUS", date(2008, 8, 12), "GEO|RUS"),
        ("GEO", "south-ossetia", date(2004, 8, 19), "GEO|south-ossetia"),
        ("SDN", "SSD", date(2012, 4, 26), "SDN|SSD"),
        ("SDN", "jem", date(2010, 2, 23), "SDN|darfur-rebels"),
        ("SDN", "splm-n", date(2011, 6, 28), "SDN|splm-n"),
        ("SSD", "splm-io", date(2014, 1, 23), "SSD|splm-io"),
        ("LBY", "lna", date(2020, 1, 12), "LBY|lna"),
        ("LBY", "libyan-rebels", date(2011, 3, 18), "LBY|libyan-rebels"),
        ("nato", "LBY", date(2011, 5, 1), "LBY|libyan-rebels"),
        ("IRQ", "isis", date(2016, 10, 17), "IRQ|isis"),
        ("SYR", "isis", date(2016, 3, 27), "SYR|isis"),
        ("USA", "isis", date(2019, 10, 27), "USA|isis"),
        ("USA", "kataib-hezbollah", date(2024, 2, 2), "USA|iraqi-militias"),
        ("MMR", "arakan-army", date(2022, 11, 26), "MMR|arakan-army"),
        ("MMR", "pdf", date(2025, 4, 2), "MMR|myanmar-rebels"),
        ("MMR", "kia", date(2013, 1, 19), "MMR|kia"),
        ("PHL", "milf", date(2003, 7, 19), "PHL|milf"),
        ("PHL", "npa", date(2016, 8, 21), "PHL|npa"),
        ("AFG", "taliban", date(2018, 6, 15), "AFG|taliban"),
        ("USA", "taliban", date(2020, 2, 29), "AFG|taliban"),
        ("IDN", "gam", date(2002, 12, 9), "IDN|gam"),
        ("ESP", "eta", date(2006, 3, 24), "ESP|eta"),
        ("NPL", "nepal-maoists", date(2005, 9, 3), "NPL|nepal-maoists"),
        ("UGA", "lra", date(2006, 8, 29), "UGA|lra"),
        ("BDI", "fnl", date(2008, 5, 26), "BDI|fnl"),
        ("CAF", "seleka", date(2013, 1, 11), "CAF|seleka"),
        ("NGA", "boko-haram", date(2014, 10, 17), "NGA|boko-haram"),
        ("NGA", "mend", date(2009, 7, 15), "NGA|mend"),
        ("MLI", "jnim", date(2025, 9, 1), "MLI|jnim"),
        ("MAR", "polisario", date(2020, 11, 13), "MAR|polisario"),
        ("KGZ", "TJK", date(2022, 9, 16), "KGZ|TJK"),
        ("DJI", "ERI", date(2008, 6, 10), "DJI|ERI"),
        ("THA", "brn", date(2020, 4, 3), "THA|brn"),
        ("CIV", "new-forces", date(2003, 5, 3), "CIV|new-forces"),
        ("LBR", "lurd", date(2003, 6, 17), "LBR|lurd"),
        ("SOM", "al-shabaab", date(2022, 10, 3), "SOM|al-shabaab"),
        ("YEM", "ahmar-tribesmen", date(2011, 5, 27), "YEM|yemeni-opposition"),
        ("IND", "nscn", date(2003, 1, 1), "IND|nscn"),
        ("MMR", "cnf", date(2012, 1, 7), "MMR|cnf"),
        ("KOR", "PRK", date(2010, 11, 23), "KOR|PRK"),
        ("YEM", "houthis", date(2026, 9, 1), "YEM|houthis"),
        ("ARE", "YEM", date(2025, 12, 30), "YEM|stc"),
        ("SAU", "stc", date(2025, 12, 26), "YEM|stc"),
        ("SOM", "south-west-somalia", date(2026, 3, 25), "SOM|south-west-somalia"),
        ("ECU", "comandos-de-la-frontera", date(2025, 5, 9), "ECU|farc-dissidents"),
        ("GUY", "VEN", date(2023, 12, 14), "GUY|VEN"),
        ("USA", "VEN", date(2026, 1, 3), "USA|VEN"),
    ],
)
def test_who_fights_whom(first: str, second: str, on: date, expected: str) -> None:
    forth, back = LEXICON.conflict_between(first, second, on), LEXICON.conflict_between(second, first, on)
    assert forth is not None
    assert forth.id == expected
    assert back == forth


@pytest.mark.parametrize(
    ("first", "second", "on"),
    [
        ("USA", "GBR", date(2024, 1, 1)),
        ("RUS", "UKR", date(2010, 1, 1)),
        ("hamas", "hezbollah", date(2024, 1, 1)),
        ("LKA", "ltte", date(2015, 1, 1)),
        ("SDN", "rsf", date(2019, 1, 1)),
        ("SYR", "RUS", date(2016, 1, 1)),
        ("EGY", "ISR", date(2023, 1, 1)),
        ("un", "RUS", date(2023, 1, 1)),
        ("SDN", "SSD", date(2025, 12, 8)),
        ("stc", "houthis", date(2026, 1, 5)),
    ],
)
def test_who_does_not(first: str, second: str, on: date) -> None:
    assert LEXICON.conflict_between(first, second, on) is None


def test_groups_fight_on_their_default_side_where_that_side_is_in_the_war() -> None:
    """A group's side and the side it stands on in a conflict agree wherever both name one of the two."""
    for conflict in CONFLICTS:
        ids = {side.id for side in conflict.sides}
        for side in conflict.sides:
            for member in side.members:
                default = ACTORS[member].side
                assert default not in ids or side.id in {default, member}, (conflict.id, member)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"sides": {"RUS": []}}, "two sides"),
        ({"sides": {"RUS": [], "nobody": []}}, "unknown actor 'nobody'"),
        ({"sides": {"RUS": ["UKR"], "UKR": []}}, "on both sides"),
        ({"end": date(1999, 1, 1)}, "ends before it begins"),
        ({"coalition": "nobody"}, "unknown actor 'nobody'"),
    ],
)
def test_bad_entries_are_refused(fields: dict[str, Any], fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"name": "A war", "sides": {"RUS": [], "UKR": []}, "start": date(2000, 1, 1), **fields}
    monkeypatch.setattr("worker.lexicon.conflicts.read_toml", lambda _: {"conflict": [entry]})
    with pytest.raises(ValueError, match=fault):
        load_conflicts(load_actors()[0])


def test_entries_out_of_order_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        {"name": "B", "sides": {"RUS": [], "UKR": []}, "start": date(2000, 1, 1)},
        {"name": "A", "sides": {"IND": [], "PAK": []}, "start": date(2000, 1, 1)},
    ]
    monkeypatch.setattr("worker.lexicon.conflicts.read_toml", lambda _: {"conflict": entries})
    with pytest.raises(ValueError, match="must come after"):
        load_conflicts(load_actors()[0])


@pytest.mark.parametrize("day", [date(1995, 7, 1), date(2014, 8, 1), date(2025, 3, 19)])
def test_the_conflicts_of_a_day_are_those_that_are_fought_on_it(day: date) -> None:
    lexicon = load_lexicon()
    assert lexicon.conflicts_on(day) == tuple(c for c in lexicon.conflicts if c.active(day))


@pytest.mark.parametrize(
    "text",
    [
        "the gaza war enters its second year",
        "veterans of the sierra leone civil war and of the gaza war met",
        "a quiet day at the lake",
        "",
    ],
)
def test_a_text_names_the_conflicts_whose_names_stand_in_it(text: str) -> None:
    lexicon = load_lexicon()
    names = lexicon.wars_named_in(text)
    named = [c for c in lexicon.conflicts if any(topic.lower() in text for topic in c.topics)]
    assert [c for c in lexicon.conflicts if c.is_one_of(names)] == named
    assert bool(named) == ("war" in text)
