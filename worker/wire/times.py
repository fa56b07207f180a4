"""Times and durations as messages write them: RFC 3339 in UTC with Z, ISO 8601 like PT1H or P30D."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_DURATION = re.compile(
    r"P(?=.)(?:(\d{1,9})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,6}))?S)?)?", re.ASCII
)
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_LONGEST = timedelta(days=1000 * 366)


class BadTime(ValueError):  # noqa: N818 - named like the reason code it becomes
    """A text that is no time or duration, or one outside the years 1000 to 2999; `text` is that text."""

    def __init__(self, text: str, detail: str) -> None:
        """Keep the text, so that its place in the message can be found."""
        self.text = text
        super().__init__(detail)


def format_time(time: datetime) -> str:
    """Write a timezone-aware time in UTC with Z, microseconds only where not zero; ValueError if naive."""
    if time.tzinfo is not UTC:
        if time.utcoffset() is None:
            detail = "a time without a timezone cannot be written"
            raise ValueError(detail)
        time = time.astimezone(UTC)
    return time.isoformat()[:-6] + "Z"


@lru_cache(maxsize=8192)
def parse_time(text: str) -> datetime:
    """Read an RFC 3339 time with any offset as UTC; digits beyond microseconds are dropped.

    Raises `BadTime` for anything else: no offset, a leap second, a day that does not exist, a year outside
    1000 to 2999, beyond which windows and durations would run out of the calendar.
    """
    if _RFC3339.fullmatch(text) is None:
        raise BadTime(text, "not an RFC 3339 time with an offset")
    try:
        time = datetime.fromisoformat(text if text[-1] == "Z" else text.upper())
        time = time if time.tzinfo is UTC else time.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadTime(text, f"no such time: {error}") from error
    if not _FIRST_YEAR <= time.year <= _LAST_YEAR:
        raise BadTime(text, f"no year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return time


def format_duration(duration: timedelta) -> str:
    """Write a duration exactly, days as the largest unit; zero is PT0S. ValueError if it is negative."""
    if duration.days < 0:
        detail = "a negative duration cannot be written"
        raise ValueError(detail)
    minutes, seconds = divmod(duration.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if duration.microseconds:
        clock += f"{seconds}.{duration.microseconds:06}".rstrip("0") + "S"
    elif seconds:
        clock += f"{seconds}S"
    days = f"{duration.days}D" if duration.days else ""
    return f"P{days}T{clock}" if clock else f"P{days}" if days else "PT0S"


def parse_duration(text: str) -> timedelta:
    """Read days, hours, minutes, seconds; `BadTime` for anything else (a month has no one length)."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise BadTime(text, "not a duration in days, hours, minutes and seconds")
    days, hours, minutes, seconds, fraction = match.groups(default="0")
    try:
        duration = timedelta(
            days=int(days),
            hours=int(hours),
            minutes=int(minutes),
            seconds=int(seconds),
            microseconds=int(fraction.ljust(6, "0")),
        )
    except OverflowError as error:
        raise BadTime(text, "longer than any calendar") from error
    if duration > _LONGEST:
        raise BadTime(text, f"longer than {_LONGEST.days} days")
    return duration
