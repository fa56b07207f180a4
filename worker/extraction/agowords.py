"""Times counted back from the day of the report: "two days ago", "in the past week"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.event import Precision
from worker.extraction.numerals import parse_number
from worker.extraction.timepatterns import UNIT_DAYS, Kind, TimeWord, word_at
from worker.extraction.timespans import days_from, midnight, shift

if TYPE_CHECKING:
    from datetime import datetime


def read_ago(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    """Read "two days ago"; "hours earlier" hangs on another time of the text and gets a wide interval."""
    unit = groups["ago_unit"].casefold()
    written = groups.get("ago_count")
    count = _count(written) if written else None
    today = midnight(reference)
    if groups["ago_how"].casefold() == "earlier" or count is None:
        if written is None and not re.search(rf"{unit}s\s", match.group(), re.IGNORECASE):
            return None
        most = (count or 5) * UNIT_DAYS[unit]
        if unit in {"minute", "hour"}:
            return word_at(
                match, Kind.PERIOD, Precision.HOUR, (shift(reference, days=-max(most, 1)), reference)
            )
        span = shift(today, days=-most - 1), shift(today, days=0 if unit == "day" else -most / 2)
        return word_at(match, Kind.PERIOD, Precision.WEEK if unit == "day" else _PRECISIONS[unit], span)
    if unit == "day":
        return word_at(match, Kind.DAY, Precision.DAY, days_from(shift(today, days=-count)))
    middle = shift(reference, days=-count * UNIT_DAYS[unit])
    half = UNIT_DAYS[unit] / 2 if unit != "hour" else UNIT_DAYS[unit]
    span = shift(middle, days=-half), shift(middle, days=half)
    return word_at(match, Kind.PERIOD, _PRECISIONS[unit], span)


def _count(written: str) -> float | None:
    words = written.casefold().split()
    if words[0] == "half":
        return 0.5
    if words[-1] == "several":
        return None
    if words[-1] == "few":
        return 3
    return 2 if "couple" in words else parse_number(written)


_PRECISIONS: Final = {
    "minute": Precision.HOUR,
    "hour": Precision.HOUR,
    "day": Precision.DAY,
    "week": Precision.WEEK,
    "fortnight": Precision.WEEK,
    "month": Precision.MONTH,
    "year": Precision.YEAR,
    "decade": Precision.YEAR,
}
_RECENT: Final = {
    "minute": 1 / 24,
    "hour": 0.5,
    "day": 7,
    "week": 30,
    "month": 180,
    "year": 1_095,
    "decade": 10_950,
}
"""How far back, in days, "in recent hours", "in the past days" reach."""


def read_past(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    """Read "in the past two days", "in recent weeks": a time that ends with the report."""
    unit = (groups.get("past_unit") or groups["past_some"]).casefold()
    count = _count(groups["past_count"]) if "past_count" in groups else None
    reach = _RECENT.get(unit, 30) if count is None else count * UNIT_DAYS[unit]
    precision = next(
        (
            found
            for most, found in (
                (0.5, Precision.HOUR),
                (1, Precision.DAY),
                (7, Precision.WEEK),
                (31, Precision.MONTH),
            )
            if reach <= most
        ),
        Precision.YEAR,
    )
    return word_at(match, Kind.PERIOD, precision, (shift(reference, days=-reach), reference))
