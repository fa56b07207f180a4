"""Days, months and years as spans of time, clipped to the years 1 to 9999 instead of overflowing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
LATEST: Final = datetime.max.replace(tzinfo=UTC)

Span = tuple[datetime, datetime]
"""[start, end) in UTC."""


def shift(moment: datetime, *, days: float = 0, hours: float = 0) -> datetime:
    """Add days and hours, clipped to what a datetime can hold."""
    delta = timedelta(days=days, hours=hours)
    try:
        return moment + delta
    except OverflowError:
        return LATEST if delta > timedelta(0) else EARLIEST


def days_from(day: datetime, count: int = 1) -> Span:
    """Return the `count` days that begin at midnight `day`."""
    return day, shift(day, days=count)


def midnight(moment: datetime) -> datetime:
    """Return the beginning of the UTC day of `moment`."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def date_of(year: int, month: int, day: int) -> datetime | None:
    """Return midnight of a date, None where the calendar has no such day."""
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def nearest_year(month: int, day: int, reference: datetime) -> int:
    """Return the year that puts a bare date nearest to the reference; within half a year, that is."""
    candidates = [
        found for year in (-1, 0, 1) if (found := date_of(reference.year + year, month, day)) is not None
    ]
    return min(candidates, key=lambda found: abs(found - reference)).year if candidates else reference.year


def month_span(year: int, month: int) -> Span | None:
    """Return a calendar month, None outside the years 1 to 9999."""
    start = date_of(year, month, 1)
    if start is None:
        return None
    return start, date_of(year + month // 12, month % 12 + 1, 1) or LATEST


def year_span(year: int) -> Span | None:
    """Return a calendar year, None outside the years 1 to 9999."""
    start = date_of(year, 1, 1)
    return (start, date_of(year + 1, 1, 1) or LATEST) if start else None


def part_of_month(span: Span, which: str) -> Span:
    """Return the "early", "mid" or "late" days of a month; all of it for any other word."""
    first, last = {"early": (0, 10), "mid": (9, 21), "late": (19, 31)}.get(which, (0, 31))
    return shift(span[0], days=first), min(span[1], shift(span[0], days=last))


def easter_sunday(year: int) -> datetime | None:
    """Return Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    if not 1 <= year <= LATEST.year:
        return None
    century, rest = divmod(year, 100)
    skipped = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - century // 4 - skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date_of(year, month, day + 1)


def orthodox_easter(year: int) -> datetime | None:
    """Return Easter Sunday of the eastern churches (Meeus' Julian computus, moved to the Gregorian calendar)."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    julian = date_of(year, month, day + 1)
    return julian and shift(julian, days=year // 100 - year // 400 - 2)
