"""What an article is about: who is named, which war that points to, and on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.extraction.extracted import day, loaded
from worker.article import Article
from worker.extraction.context import Context
from worker.extraction.mention import finder_of
from worker.extraction.segment import segment

if TYPE_CHECKING:
    from datetime import datetime


def _article(text: str, *, title: str | None = None, on: datetime, dated: bool = True) -> Article:
    published = on if dated else None
    return Article(
        article_id="a", url=None, source="s", title=title, text=text, published_at=published, seen_at=on
    )


def _context(text: str, *, title: str | None = None, on: datetime, dated: bool = True) -> Context:
    lexicon, _ = loaded()
    article = _article(text, title=title, on=on, dated=dated)
    return Context(segment(article), article, article.reference_time.date(), lexicon, finder_of(lexicon))


def test_the_war_of_the_two_sides_named() -> None:
    context = _context("Israel struck Gaza. Hamas fired rockets at Israel.", on=day(2024, 5, 1))
    assert context.main_conflict is not None
    assert context.main_conflict.id == "ISR|palestine"


def test_rebels_are_the_opposition_of_the_state_that_is_named() -> None:
    text = "Syrian troops shelled Homs. The rebels hit back, and rebels took a checkpoint near Turkey."
    context = _context(text, on=day(2012, 6, 20))
    assert context.enemy_of("SYR") == "syrian-opposition"


def test_allied_states_are_not_the_rebels() -> None:
    text = "Gaddafi's forces shelled Misrata. Rebels held the port. NATO, NATO and NATO said Libya's rebels need time."
    context = _context(text, on=day(2011, 4, 11))
    assert context.enemy_of("LBY") == "libyan-rebels"


def test_a_war_of_allies_elsewhere_is_not_the_articles() -> None:
    context = _context("Turkey and Russia spoke. Turkey's president met Russia's.", on=day(2020, 3, 5))
    assert context.main_conflict is None or context.main_conflict.id != "LBY|lna"


def test_a_state_that_is_only_a_place_is_counted_as_one() -> None:
    context = _context(
        "Houthi fighters in Yemen fired at Israel. Yemen's Houthis claimed it.", on=day(2024, 5, 1)
    )
    assert context.as_place["YEM"] == 2
    assert context.in_text["YEM"] == 0


def test_an_undated_article_is_judged_by_the_day_it_was_seen_where_its_war_goes_on() -> None:
    context = _context("Israel struck Gaza. Hamas vowed revenge on Israel.", on=day(2024, 5, 1), dated=False)
    assert context.on == day(2024, 5, 1).date()


def test_an_undated_article_about_a_war_that_is_over_is_judged_by_that_war() -> None:
    text = "Tamil Tigers attacked Sri Lankan troops. Sri Lanka's army shelled the Tamil Tigers in Jaffna."
    context = _context(text, on=day(2025, 5, 1), dated=False)
    assert context.main_conflict is not None
    assert "ltte" in context.main_conflict.id
    assert context.on < day(2025, 5, 1).date()


def test_who_attacks_from_a_country() -> None:
    context = _context("The Houthis threatened Israel. Israel warned the Houthis.", on=day(2024, 9, 15))
    assert context.belligerent_from("YEM") == "houthis"


@pytest.mark.parametrize(
    ("text", "theatre", "is_one"),
    [
        ("Israel's army spoke on Sunday.", "PSE", True),
        ("Turkish commanders met on Sunday.", "SYR", True),
        ("Portuguese commanders met on Sunday.", "AGO", False),
        # those who only help in a war are not known by it
        ("Kenya's president spoke on Sunday.", "YEM", False),
    ],
)
def test_where_those_named_fight_wars(text: str, theatre: str, *, is_one: bool) -> None:
    assert (theatre in _context(text, on=day(2024, 5, 20)).theatres) is is_one


@pytest.mark.parametrize(
    ("text", "land"),
    [
        ("Congo's army fights M23. M23 fights Congo.", ("COD",)),
        ("Myanmar's army fights the Arakan Army. The Arakan Army fights Myanmar.", ("MMR",)),
        ("Sudan's army fights the RSF. The RSF fights Sudan.", ("SDN",)),
        ("Israel struck Gaza. Hamas fired rockets at Israel.", ()),
        ("Officials met on Monday.", ()),
    ],
)
def test_the_land_of_a_war_is_that_of_the_one_state_on_whose_soil_it_is_fought(
    text: str, land: tuple[str, ...]
) -> None:
    assert _context(text, on=day(2024, 5, 20)).land_of_the_war == land


@pytest.mark.parametrize(
    ("sentence", "title", "tells"),
    [
        ("Canada answered with tariffs on steel.", None, True),
        ("Import duties will rise by half.", None, True),
        ("The truce will be extended.", "Trade war cools", True),
        ("The truce will be extended.", "War cools", False),
        ("They trade blows in a war.", None, False),
    ],
)
def test_what_tells_of_trade(sentence: str, title: str | None, *, tells: bool) -> None:
    context = _context("Officials met on Monday.", title=title, on=day(2025, 5, 1))
    assert context.tells_of_trade(sentence) is tells


_CONGO = "Rebels took a town. The army of Congo fights M23. M23 says Congo broke its word."
_OFTEN = "Rebels took a town. Rebels hold Goma, and rebels fight the army of Congo. M23 and Congo are at war."


@pytest.mark.parametrize(
    ("text", "meant", "group"),
    [
        (_CONGO, True, "m23"),
        (_CONGO, False, None),
        (_OFTEN, False, "m23"),
        ("Rebels took a town. Officials met.", True, None),
    ],
)
def test_rebels_before_any_group_is_named_are_the_wars_where_they_are_meant(
    text: str, group: str | None, *, meant: bool
) -> None:
    """Meant by "the rebels", or by an article that speaks of rebels over and over."""
    context = _context(text, on=day(2025, 3, 19))
    first, *_ = segment(_article(text, on=day(2025, 3, 19)))
    assert context.group_before(first, 0, meant=meant) == group


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Yemen's Houthis spoke. They fired.", "houthis"),
        ("Lebanon's Hezbollah spoke. It fired.", "hezbollah"),
        ("Lebanon spoke to Hezbollah. It fired.", "LBN"),
    ],
)
def test_it_is_who_was_named_not_the_land_he_is_named_by(text: str, subject: str) -> None:
    context = _context(text, on=day(2024, 5, 20))
    *_, last = segment(_article(text, on=day(2024, 5, 20)))
    assert context.subject_before(last, 0) == subject


@pytest.mark.parametrize(
    ("attacker", "on", "owner"),
    [
        # an ally of the government hits its rebels, whoever fights the government the government
        ("IRN", (2013, 3, 10), "syrian-opposition"),
        ("hezbollah", (2013, 3, 10), "syrian-opposition"),
        ("TUR", (2013, 3, 10), "SYR"),
    ],
)
def test_whom_somebody_hits_in_a_country(attacker: str, on: tuple[int, int, int], owner: str) -> None:
    context = _context("Officials met on Monday.", on=day(*on))
    assert context.owner_of("SYR", attacker=attacker) == owner
