"""Times of events: half-open intervals, what an article can know of them, the reporting day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from worker.event import Interval, Precision

if TYPE_CHECKING:
    from worker.correlation.policy import Policy
    from worker.event import ArticleRef

DAY = timedelta(days=1)
NOON = timedelta(hours=12)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAYS_OF_SLACK = 3
"""An undated report may lie in an incident up to this many days from its own time."""
TEXT_SLACK = timedelta(hours=36)
"""How far behind an announcement a strike may seem to lie although the text says that it came after."""


def believed_publication(article: ArticleRef, policy: Policy) -> datetime | None:
    """`published_at`, or None where it is missing or lies in the future of when the article was seen."""
    published = article.published_at
    if published is None or published > article.seen_at + policy.future_tolerance:
        return None
    return published


def reference_of(article: ArticleRef, policy: Policy) -> datetime:
    """Believed publication, or when the article was seen."""
    return believed_publication(article, policy) or article.seen_at


def cut(interval: Interval, latest: datetime) -> Interval:
    """The part of an interval that an article published at `latest` can have known; never empty of meaning."""
    if interval.end <= latest:
        return interval
    return Interval(
        start=min(interval.start, latest),
        end=latest,
        precision=interval.precision,
        text=interval.text,
    )


def middle(interval: Interval) -> datetime:
    """The moment half way through."""
    return interval.start + (interval.end - interval.start) / 2


def reporting_day(moment: datetime) -> int:
    """Number of the reporting day, which runs from noon to noon UTC: outlets count by night."""
    return (moment - EPOCH + NOON) // DAY


def day_end(day: int) -> datetime:
    """The noon at which a reporting day ends."""
    return EPOCH + day * DAY + NOON


def first_day(moment: datetime) -> int:
    """The first reporting day that does not end before a moment."""
    return -((EPOCH + NOON - moment) // DAY)


def day_name(day: int) -> str:
    """ISO date of the midnight inside a reporting day: the night of 18 to 19 March is "2025-03-19"."""
    return (EPOCH + day * DAY).date().isoformat()


def dated(interval: Interval) -> bool:
    """Whether the text gives a time at all."""
    return interval.precision is not Precision.UNKNOWN
