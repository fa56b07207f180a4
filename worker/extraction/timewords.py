"""The small expressions that times are made of: a day, a part of a day, a clock time, a period.

`find_time_words` reads them one by one; `worker.extraction.dates` puts neighbours together.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.event import Precision
from worker.extraction.agowords import read_ago, read_past
from worker.extraction.timepatterns import (
    FULL_WEEKDAY,
    MONTH_PATTERN,
    MONTHS,
    PARTS,
    SEASONAL,
    SUMMER,
    TIME_WORDS,
    WEEKDAYS,
    ZONES,
    Kind,
    TimeWord,
    word_at,
)
from worker.extraction.timespans import (
    Span,
    date_of,
    days_from,
    easter_sunday,
    midnight,
    month_span,
    nearest_year,
    orthodox_easter,
    part_of_month,
    shift,
    year_span,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime


def find_time_words(text: str, reference: datetime) -> Iterator[TimeWord]:
    """Yield the time words of `text` in order, never overlapping, counted from `reference` (UTC)."""
    for match in TIME_WORDS.finditer(text):
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        for name, read in _READERS.items():
            if name in groups:
                word = read(match, groups, reference)
                if word is not None:
                    yield word
                break


def _month_number(written: str) -> int | None:
    """Read a month's name; "may" and "march" in small letters are verbs."""
    return MONTHS.get(written.rstrip(".").casefold()) if written[:1].isupper() else None


def _read_iso(match: re.Match[str], groups: dict[str, str], _: datetime) -> TimeWord | None:
    written = groups["iso"]
    day = date_of(int(written[:4]), int(written[5:7]), int(written[8:10]))
    if day is None:
        return None
    if len(written) > len("2025-03-19"):
        hour, minute = int(written[11:13]), int(written[14:16])
        if hour < 24 and minute < 60:  # noqa: PLR2004
            start = day.replace(hour=hour, minute=minute)
            return word_at(match, Kind.PERIOD, Precision.MINUTE, (start, shift(start, hours=1 / 60)))
    return word_at(match, Kind.DAY, Precision.DAY, days_from(day))


def _read_numeric(match: re.Match[str], groups: dict[str, str], _: datetime) -> TimeWord | None:
    """Read "18.03.2025" (day first), and with slashes only what cannot be read in two ways."""
    first, second, year = (int(groups[f"numeric_{name}"]) for name in ("first", "second", "year"))
    american = groups["numeric_mark"] == "/"
    if american and first <= 12 and second <= 12 and first != second:  # noqa: PLR2004
        return None
    day = date_of(year, second, first) or (date_of(year, first, second) if american else None)
    return word_at(match, Kind.DAY, Precision.DAY, days_from(day)) if day else None


def _read_day_of_month(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    key = "mdy" if "mdy" in groups else "dmy"
    name = re.search(MONTH_PATTERN, groups[key], re.IGNORECASE)
    month = _month_number(name.group()) if name else None
    if month is None:
        return None
    first = int(re.sub(r"\D", "", groups[f"{key}_day"]))
    last = int(re.sub(r"\D", "", groups.get(f"{key}_last", groups[f"{key}_day"])))
    said = groups.get(f"{key}_year", "")
    year = (
        int(said)
        if said.isdecimal()
        else reference.year - 1
        if said
        else nearest_year(month, first, reference)
    )
    if not said and _NAMED_AFTER_IT.match(match.string, match.end()):
        year = KNOWN_BY_THEIR_DAY.get((month, first), year)
    if year < 100:  # noqa: PLR2004
        year += 1900 if year > reference.year % 100 else reference.year // 100 * 100
    start, final = date_of(year, month, first), date_of(year, month, last)
    if start is None or final is None or final < start:
        return word_at(match, Kind.DAY, Precision.DAY, days_from(start)) if start else None
    precision = Precision.DAY if final == start else Precision.WEEK
    return word_at(match, Kind.DAY, precision, (start, shift(final, days=1)))


KNOWN_BY_THEIR_DAY: Final = {(10, 7): 2023, (9, 11): 2001}
"""The years of attacks that are named after their day: "the October 7 attacks", "the September 11 attacks"."""
_NAMED_AFTER_IT: Final = re.compile(
    r"(?i)(?:\s+(?:hamas|terror|terrorist))?\s+(?:attacks?|massacre|assault)\b"
)
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which each begins, north of the equator."""


def _read_season(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    """Read "last summer", "in the winter of 2023": three months, the last ones that are over, or begin in that year."""
    month = _SEASONS[(groups.get("season_last") or groups["season_of"]).casefold()]
    year = int(groups.get("season_year", reference.year))
    start = date_of(year, month, 1)
    end = date_of(year + (month + 3) // 13, (month + 2) % 12 + 1, 1)
    if "season_last" in groups and end is not None and end > reference:
        start, end = (
            date_of(year - 1, month, 1),
            date_of(year - 1 + (month + 3) // 13, (month + 2) % 12 + 1, 1),
        )
    return word_at(match, Kind.PERIOD, Precision.YEAR, (start, end)) if start and end else None


def _read_month_of_year(match: re.Match[str], groups: dict[str, str], _: datetime) -> TimeWord | None:
    name = re.match(MONTH_PATTERN, groups["month_year"], re.IGNORECASE)
    month = _month_number(name.group()) if name else None
    span = month_span(int(groups["month_year_year"]), month) if month else None
    return word_at(match, Kind.PERIOD, Precision.MONTH, span) if span else None


def _read_weekday(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    which = groups.get("weekday_which", "").casefold()
    name = groups["weekday"].split()[-1].rstrip(".")
    if len(name) < FULL_WEEKDAY and not name[0].isupper():
        return None
    today = midnight(reference)
    back = (today.weekday() - WEEKDAYS[name.casefold()]) % 7
    past = days_from(shift(today, days=-back))
    coming = days_from(shift(today, days=7 - back))
    if which in {"last", "past"}:
        past = past if back else days_from(shift(today, days=-7))
        return word_at(match, Kind.DAY, Precision.DAY, past)
    if which in {"next", "coming"}:
        return word_at(match, Kind.DAY, Precision.DAY, coming)
    if which == "this" and back:
        past, coming = coming, past
    word = word_at(match, Kind.DAY, Precision.DAY, past)
    return replace(word, alternative=coming, weekday=True) if word and coming[0] < coming[1] else word


def _read_near(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    words = groups["near"].casefold().split()
    today = midnight(reference)
    if words[0] == "this":
        hours = PARTS[" ".join(words[1:])]
    elif words[-1] in {"tonight", "night"}:
        hours = PARTS["night"] if words[0] == "tonight" else PARTS["overnight"]
    else:
        offset = {"yesterday": -1, "day": -1, "today": 0, "tomorrow": 1}[words[-1]]  # "the previous day"
        offset *= 2 if words[0] == "the" and words[-1] != "day" else 1
        return word_at(match, Kind.DAY, Precision.DAY, days_from(shift(today, days=offset)))
    span = shift(today, hours=hours[0]), shift(today, hours=hours[1])
    word = word_at(match, Kind.PERIOD, Precision.PART_OF_DAY, span)
    return word if word is None else replace(word, hours=hours)


_SATURDAY: Final = 5


def _read_period(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    which, unit = groups["period_which"].casefold(), groups["period_unit"].casefold()
    step = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    today = midnight(reference)
    if unit == "weekend":
        monday = shift(today, days=-today.weekday())
        begun = today.weekday() >= _SATURDAY
        saturday = shift(monday, days=_SATURDAY)
        if not begun and which not in {"this", "coming", "next"}:
            saturday = shift(saturday, days=-7)
        if begun and which in {"last", "next"}:
            saturday = shift(saturday, days=7 * step)
        return word_at(match, Kind.PERIOD, Precision.WEEK, (saturday, shift(saturday, days=2)))
    if which == "the":
        return None
    if unit == "week":
        monday = shift(today, days=7 * step - today.weekday())
        return _until_now(match, Precision.WEEK, days_from(monday, 7), reference)
    if unit == "month":
        months = reference.year * 12 + reference.month - 1 + step
        span = month_span(months // 12, months % 12 + 1)
        return _until_now(match, Precision.MONTH, span, reference) if span else None
    span = year_span(reference.year + step)
    return _until_now(match, Precision.YEAR, span, reference) if span else None


def _until_now(
    match: re.Match[str], precision: Precision, span: Span, reference: datetime
) -> TimeWord | None:
    if match.group().casefold().startswith("earlier"):
        span = span[0], min(span[1], max(reference, shift(span[0], hours=1)))
    return word_at(match, Kind.PERIOD, precision, span)


def _read_month(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    month = _month_number(groups["month_name"])
    if month is None:
        return None
    which = groups["month_which"].casefold()
    year = reference.year - (month > reference.month or (which == "last" and month == reference.month))
    past, coming = month_span(year, month), month_span(year + 1, month)
    if which in {"next", "this"} and month != reference.month and coming:
        past = coming
    past, coming = (span and part_of_month(span, which) for span in (past, coming))
    word = word_at(match, Kind.PERIOD, Precision.MONTH, past) if past else None
    if word is None:
        return None
    start = (
        word.start if which in {"late", "early", "mid", "last", "this", "next"} else match.start("month_name")
    )
    return replace(word, start=start, alternative=None if which in {"last", "next"} else coming)


def _read_year(match: re.Match[str], groups: dict[str, str], _: datetime) -> TimeWord | None:
    span = year_span(int(groups["year_year"]))
    return word_at(match, Kind.PERIOD, Precision.YEAR, span) if span else None


def _read_holiday(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    name = " ".join(groups["holiday"].casefold().replace("\u2019", "'").split())
    if not groups["holiday"][0].isupper():
        return None
    days = []
    for year in (reference.year - 1, reference.year, reference.year + 1):
        if "easter" in name:  # of one church or the other: the one that the news is nearer to
            days += [orthodox_easter(year), *([] if name.startswith("orthodox") else [easter_sunday(year)])]
        elif name.startswith("orthodox"):
            days.append(date_of(year, 1, 6 if name.endswith("eve") else 7))
        elif name.startswith("christmas"):
            days.append(date_of(year, 12, 24 if name.endswith("eve") else 25))
        else:
            days.append(date_of(year, 12, 31) if name.endswith("eve") else date_of(year, 1, 1))
    known = [day for day in days if day is not None]
    if not known:
        return None
    nearest = min(known, key=lambda day: abs(day - reference))
    return word_at(match, Kind.DAY, Precision.DAY, days_from(nearest))


def _read_clock(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    which = next(n for n in ("", "2", "3") if f"clock_hour{n}" in groups)
    hour = int(groups[f"clock_hour{which}"])
    minute = int(groups.get(f"clock_minute{which}", 0))
    half = groups.get("clock_half", "").casefold().replace(".", "")
    if half and not 1 <= hour <= 12:  # noqa: PLR2004
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    zone = groups.get(f"clock_zone{which}", "z" if "clock_z" in groups else "").casefold()
    ahead = ZONES.get(zone)
    if ahead is not None and zone in SEASONAL and reference.month in SUMMER:
        ahead += 1
    start = hour + minute / 60 - (ahead or 0)
    exact = ahead is not None and bool(minute or which)
    word = word_at(match, Kind.CLOCK, Precision.MINUTE if exact else Precision.HOUR)
    return word and replace(word, hours=(start, start + (1 / 60 if exact else 1)), zoned=ahead is not None)


def _read_part(match: re.Match[str], groups: dict[str, str], _: datetime) -> TimeWord | None:
    name = groups.get("part_name", groups.get("part_edge", "early hours")).casefold()
    full = f"{groups.get('part_when', '').casefold()} {name}".strip()
    hours = PARTS.get(full, PARTS[name])
    precision = Precision.HOUR if name in {"noon", "midday", "midnight"} else Precision.PART_OF_DAY
    word = word_at(match, Kind.PART, precision)
    return word and replace(word, hours=hours, name=full)


def merged_part(first: TimeWord, second: TimeWord) -> TimeWord:
    """Return one part of the day for two: "early" on Monday "morning"."""
    if "early hours" in {first.name, second.name}:
        return replace(first, hours=PARTS["early hours"])
    edge, named = (first, second) if first.name in {"early", "late"} else (second, first)
    return replace(named, hours=PARTS.get(f"{edge.name} {named.name}", named.hours))


_READERS: Final[dict[str, Callable[[re.Match[str], dict[str, str], datetime], TimeWord | None]]] = {
    "iso": _read_iso,
    "numeric": _read_numeric,
    "mdy": _read_day_of_month,
    "dmy": _read_day_of_month,
    "season": _read_season,
    "month_year": _read_month_of_year,
    "weekday": _read_weekday,
    "near": _read_near,
    "ago": read_ago,
    "past": read_past,
    "period": _read_period,
    "holiday": _read_holiday,
    "clock": _read_clock,
    "part": _read_part,
    "month": _read_month,
    "year": _read_year,
}
