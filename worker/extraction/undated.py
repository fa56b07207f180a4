"""When an article without a date may have been written: by the names in it that hold an office or exist for a time."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.lexicon.entries import within

if TYPE_CHECKING:
    from datetime import date

    from worker.article import Article
    from worker.extraction.mention import Finder

_MARGIN: Final = 2
"""Mentions by which another day has to speak for itself more than the day of the article's receipt."""


def day_of(article: Article, finder: Finder) -> date:
    """The day that the names of an article are judged by: its own, or the latest on which most of them are in use.

    "Ashraf Ghani" without a "former" speaks for a day of his presidency, however late the page was found.
    """
    received = article.reference_time.date()
    if article.published_at is not None:
        return received
    named = Counter(finder.tenures(f"{article.title or ''}\n{article.text}"))
    days = {received}
    for tenure in named:
        days |= {until - timedelta(days=1) for _, until in tenure if until is not None and until <= received}

    def told(day: date) -> int:
        return sum(n for tenure, n in named.items() if any(within(*term, day) for term in tenure))

    best = max(days, key=lambda day: (told(day), day))
    return best if told(best) >= told(received) + _MARGIN else received
