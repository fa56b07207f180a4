"""What an article is about: who is named, which war that points to, and on which day."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.extraction.extracted import loaded
from worker.article import Article
from worker.extraction.context import Context
from worker.extraction.mention import finder_of
from worker.extraction.segment import segment


def _context(text: str, *, title: str | None = None, on: datetime, dated: bool = True) -> Context:
    lexicon, _ = loaded()
    article = Article(
        article_id="a",
        url=None,
        source="s",
        title=title,
        text=text,
        published_at=on if dated else None,
        seen_at=on,
    )
    return Context(segment(article), article, lexicon, finder_of(lexicon))


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def test_the_war_of_the_two_sides_named() -> None:
    context = _context("Israel struck Gaza. Hamas fired rockets at Israel.", on=_day(2024, 5, 1))
    assert context.main_conflict is not None
    assert context.main_conflict.id == "ISR|palestine"


def test_rebels_are_the_opposition_of_the_state_that_is_named() -> None:
    text = "Syrian troops shelled Homs. The rebels hit back, and rebels took a checkpoint near Turkey."
    context = _context(text, on=_day(2012, 6, 20))
    assert context.enemy_of("SYR") == "syrian-opposition"


def test_allied_states_are_not_the_rebels() -> None:
    text = "Gaddafi's forces shelled Misrata. Rebels held the port. NATO, NATO and NATO said Libya's rebels need time."
    context = _context(text, on=_day(2011, 4, 11))
    assert context.enemy_of("LBY") == "libyan-rebels"


def test_a_war_of_allies_elsewhere_is_not_the_articles() -> None:
    context = _context("Turkey and Russia spoke. Turkey's president met Russia's.", on=_day(2020, 3, 5))
    assert context.main_conflict is None or context.main_conflict.id != "LBY|lna"


def test_a_state_that_is_only_a_place_is_counted_as_one() -> None:
    context = _context(
        "Houthi fighters in Yemen fired at Israel. Yemen's Houthis claimed it.", on=_day(2024, 5, 1)
    )
    assert context.as_place["YEM"] == 2
    assert context.in_text["YEM"] == 0


def test_an_undated_article_is_judged_by_the_day_it_was_seen_where_its_war_goes_on() -> None:
    context = _context("Israel struck Gaza. Hamas vowed revenge on Israel.", on=_day(2024, 5, 1), dated=False)
    assert context.on == _day(2024, 5, 1).date()


def test_an_undated_article_about_a_war_that_is_over_is_judged_by_that_war() -> None:
    text = "Tamil Tigers attacked Sri Lankan troops. Sri Lanka's army shelled the Tamil Tigers in Jaffna."
    context = _context(text, on=_day(2025, 5, 1), dated=False)
    assert context.main_conflict is not None
    assert "ltte" in context.main_conflict.id
    assert context.on < _day(2025, 5, 1).date()


def test_who_attacks_from_a_country() -> None:
    context = _context("The Houthis threatened Israel. Israel warned the Houthis.", on=_day(2024, 9, 15))
    assert context.belligerent_from("YEM") == "houthis"
