"""When an article without a date may have been written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.extraction.extracted import loaded
from worker.article import Article
from worker.event import StrikeEvent
from worker.extraction import extract_many
from worker.extraction.mention import finder_of
from worker.extraction.undated import day_of

RECEIVED = datetime(2026, 1, 1, 12, tzinfo=UTC)


def _article(text: str, *, published_at: datetime | None = None) -> Article:
    return Article(
        article_id="a", url=None, source="Test Wire", title=None, text=text, published_at=published_at,
        seen_at=RECEIVED,
    )  # fmt: skip


def _day(text: str, *, published_at: datetime | None = None) -> date:
    lexicon, _ = loaded()
    return day_of(_article(text, published_at=published_at), finder_of(lexicon), lexicon)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        (
            "Afghan President Ashraf Ghani condemned the bombing of a wedding in Kabul. Mr Ghani blamed the Taliban.",
            date(2021, 8, 15),
        ),
        (
            "Syrian President Bashar al-Assad met envoys in Damascus. Assad said that his army would retake Idlib.",
            date(2024, 12, 8),
        ),
    ],
)
def test_whoever_is_in_office_tells_the_latest_day(text: str, before: date) -> None:
    assert before.replace(year=before.year - 1) < _day(text) < before


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit the port of Odesa on Tuesday night.",
        "Former president Ashraf Ghani wrote of his last days in Kabul. The former president Ashraf Ghani lives abroad.",
        "A biography of Ashraf Ghani was reviewed.",
    ],
)
def test_without_such_a_name_it_is_the_day_of_receipt(text: str) -> None:
    assert _day(text) == RECEIVED.date()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Palestinians inspect a house in Gaza City, October 26, 2018. REUTERS", date(2018, 10, 26)),
        ("Published 30 September 2024. On Sept. 29, 2024, Israeli jets struck Beirut.", date(2024, 9, 30)),
        ("The Economist, November 27th 2025. The truce of March 2nd 2020 held.", date(2025, 11, 27)),
        ("Last updated at Nov 012017. The regime shelled a school.", date(2017, 11, 1)),
        # what a war is counted from, and days to come
        ("Some 40,000 people have been killed in Gaza since July 8, 2014.", RECEIVED.date()),
        ("Hamas attacked Israel on October 7, 2023.", RECEIVED.date()),
        ("The truce between Israel and Hamas lasts until March 1, 2026.", RECEIVED.date()),
        ("On February 31, 2019 nothing was struck.", RECEIVED.date()),
    ],
)
def test_the_last_day_that_is_written_out_is_its_own(text: str, written: date) -> None:
    assert _day(text) == written


def test_names_of_a_later_time_outdo_a_day_that_is_written_out() -> None:
    text = "On 12 May 2009 he fled. Afghan President Ashraf Ghani, Mr Ghani and Ashraf Ghani condemned the Taliban."
    assert date(2020, 8, 15) < _day(text) < date(2021, 8, 15)


def test_an_article_with_a_date_is_judged_by_it() -> None:
    published = datetime(2022, 5, 3, tzinfo=UTC)
    assert _day("President Ashraf Ghani and Mr Ghani", published_at=published) == published.date()


def test_names_of_an_undated_article_mean_whom_they_meant_then() -> None:
    lexicon, parser = loaded()
    text = (
        "Taliban fighters attacked a police post in Kunduz, killing nine officers. Afghan President Ashraf Ghani "
        "condemned the attack. Mr Ghani called on the Taliban to stop."
    )
    events = extract_many([_article(text)], lexicon, parser)[0].events
    struck = [e for e in events if isinstance(e, StrikeEvent)]
    assert {(a.id, r.id) for e in struck for a in e.actors for r in e.recipients} == {("taliban", "AFG")}
