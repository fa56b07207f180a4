"""When an article without a date may have been written: by the days it writes out and the names in it that are in use."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from worker.extraction.timepatterns import MONTH_PATTERN, MONTHS
from worker.extraction.timespans import date_of
from worker.extraction.timewords import KNOWN_BY_THEIR_DAY
from worker.lexicon.entries import within

if TYPE_CHECKING:
    from worker.article import Article
    from worker.extraction.mention import Finder
    from worker.lexicon import Lexicon

_MARGIN: Final = 2
"""Mentions by which another day has to speak for itself more than the day of the article's receipt."""


def day_of(article: Article, finder: Finder, lexicon: Lexicon) -> date:
    """The day that the names of an article are judged by: its own, or one on which most of them are in use.

    That is the last day that is written out with its year, as captions and page heads do, else the latest one: "Ashraf
    Ghani" without a "former" speaks for a day of his presidency, however late the page was found.
    """
    received = article.reference_time.date()
    if article.published_at is not None:
        return received
    text = f"{article.title or ''}\n{article.text}"
    named = Counter(finder.tenures(text))
    days = {received}
    for tenure in named:
        days |= {until - timedelta(days=1) for _, until in tenure if until is not None and until <= received}

    def told(day: date) -> int:
        return sum(n for tenure, n in named.items() if any(within(*term, day) for term in tenure))

    best = max(days, key=lambda day: (told(day), day))
    written = _last_day_in(text, received, lexicon)
    if written is not None and told(written) + _MARGIN > told(best):
        return written
    return best if told(best) >= told(received) + _MARGIN else received


def _last_day_in(text: str, received: date, lexicon: Lexicon) -> date | None:
    """The last day that a text writes out with its year. Not "since 7 October 2023", nor a day that wars are counted from."""
    began = {war.start + timedelta(days=n) for war in lexicon.conflicts for n in (-1, 0, 1)}
    began |= {date(year, month, day) for (month, day), year in KNOWN_BY_THEIR_DAY.items()}
    found = set()
    for match in _WRITTEN_OUT.finditer(text):
        name = (match["month"] or match["month_first"]).rstrip(".").casefold()
        midnight = date_of(int(match["year"]), MONTHS[name], int(match["day"] or match["day_after"]))
        if midnight is not None:
            found.add(midnight.date())
    return max((day for day in found - began if day <= received), default=None)


_WRITTEN_OUT: Final = re.compile(
    r"(?<![Ss]ince )(?<![Ff]rom )(?<![Ss]ince the )\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<month>MONTH),? "
    r"|(?P<month_first>MONTH) ?(?P<day_after>\d{1,2})(?:st|nd|rd|th)?(?:, ?| |(?<=\d\d)))(?P<year>(?:19|20)\d\d)\b".replace(
        "MONTH", MONTH_PATTERN
    )
)
