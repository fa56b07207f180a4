"""The small expressions that times are made of: a day, a part of a day, a clock time, a period.

`find_time_words` reads them one by one; `worker.extraction.dates` puts neighbours together. All arithmetic is
clipped to the years 1 to 9999 instead of overflowing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from worker.event import Precision
from worker.extraction.quantities import parse_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
LATEST: Final = datetime.max.replace(tzinfo=UTC)

Span = tuple[datetime, datetime]
"""[start, end) in UTC."""


class Kind(StrEnum):
    """What a time word can be combined with."""

    DAY = "day"
    """One day or a few, that a part of the day or a clock time can narrow."""
    PART = "part"
    """Hours of a day still to be found."""
    CLOCK = "clock"
    """An hour or minute of a day still to be found."""
    PERIOD = "period"
    """Complete in itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWord:
    """One small expression. `span` belongs to days and periods; `hours` (from midnight) to parts and clocks."""

    start: int
    end: int
    kind: Kind
    precision: Precision
    span: Span | None = None
    alternative: Span | None = None
    hours: tuple[float, float] = (0.0, 24.0)
    weekday: bool = False
    """Named by its weekday only, so that a date beside it ("Sunday 23 March") decides."""
    name: str = ""
    """Of a part of the day: "early", "night", "late evening"."""
    zoned: bool = False
    """A clock time whose zone is written."""


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


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
        "|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        "monday mon|tuesday tues tue|wednesday wed|thursday thurs thur thu|friday fri|saturday sat|sunday sun".split(
            "|"
        )
    )
    for name in names.split()
}
_FULL_WEEKDAY: Final = 6
_PARTS: Final[dict[str, tuple[float, float]]] = {
    "morning": (6, 12),
    "early morning": (0, 9),
    "late morning": (9, 12),
    "afternoon": (12, 18),
    "early afternoon": (12, 15),
    "late afternoon": (15, 18),
    "evening": (18, 24),
    "early evening": (17, 21),
    "late evening": (20, 24),
    "night": (18, 30),
    "early night": (18, 24),
    "late night": (21, 30),
    "overnight": (-6, 6),
    "dawn": (3, 8),
    "daybreak": (3, 8),
    "dusk": (17, 21),
    "nightfall": (17, 21),
    "early hours": (0, 6),
    "small hours": (0, 6),
    "early": (0, 9),
    "late": (17, 24),
    "noon": (12, 13),
    "midday": (12, 13),
    "midnight": (24, 25),
}
"""Hours from midnight of the named day; beyond 24 is the next day, below 0 the day before."""
_SUMMER: Final = range(4, 11)
_ZONES: Final = {
    "gmt": 0, "utc": 0, "z": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
    "est": -5, "edt": -4, "et": -5, "pst": -8, "pdt": -7, "pt": -8,
}  # fmt: skip
"""Hours ahead of UTC, in winter for those whose name hides the season ("ET", "PT")."""
_SEASONAL: Final = frozenset({"et", "pt"})
_UNIT_DAYS: Final = {
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3650,
}  # fmt: skip

_MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_FULL_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Mon|Tues?|Wed|Thurs?|Thur|Fri|Sat|Sun)\.)"
_NUMBER_OF_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d\b"
_DASH = r"\s*(?:-|\u2013|\u2014|\bto\b|\band\b|\bor\b)\s*"
_COUNT = (
    r"(?:\d{1,4}|half\s+an?|an?|(?:a\s+)?(?:few|couple(?:\s+of)?)|several|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety)(?:-[a-z]{3,5})?)"
)
_UNIT = r"(?:minute|hour|day|week|fortnight|month|year|decade)"
_ZONE = r"(?:GMT|UTC|BST|CES?T|EES?T|MSK|E[SD]?T|P[SD]T|local\s+time|(?-i:[A-Z])[a-z]+\s+time)\b"

_PATTERNS: Final[dict[str, str]] = {
    "iso": r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?(?![\d-])",
    "numeric": r"(?P<numeric_first>\d{1,2})(?P<numeric_mark>[./])(?P<numeric_second>\d{1,2})(?P=numeric_mark)(?P<numeric_year>\d{4})(?!\d)",
    "mdy": rf"{_MONTH}\s*(?P<mdy_day>{_NUMBER_OF_DAY})(?:{_DASH}(?P<mdy_last>{_NUMBER_OF_DAY})(?![:.,]\d|\s*[ap]\.?m\b))?"
    rf"(?:,?\s+(?P<mdy_year>{_YEAR}))?(?![\w:-]|[.,]\d)",
    "dmy": rf"(?P<dmy_day>{_NUMBER_OF_DAY})(?:{_DASH}(?P<dmy_last>{_NUMBER_OF_DAY}))?\s+(?:of\s+)?{_MONTH}"
    rf"(?:,?\s+(?P<dmy_year>{_YEAR}|\d\d(?=\s+(?:--|\()))\b)?",
    "month_year": rf"{_MONTH}(?:,|\s+of)?\s+(?P<month_year_year>{_YEAR})",
    "weekday": rf"(?:(?P<weekday_which>last|past|next|this|coming)\s+)?{_WEEKDAY}",
    "near": r"the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tomorrow|tonight"
    r"|last\s+night|this\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening)|earlier\s+(?:today|yesterday)",
    "ago": rf"(?:(?P<ago_count>{_COUNT})\s+)?(?P<ago_unit>{_UNIT})s?\s+(?P<ago_how>ago|earlier)\b",
    "past": rf"(?:(?:last|past|previous|recent)\s+)(?:(?P<past_count>{_COUNT})\s+(?P<past_unit>{_UNIT})s?|(?P<past_some>{_UNIT})s)\b",
    "period": r"(?:earlier\s+)?(?P<period_which>last|past|this|next|coming|the)\s+(?P<period_unit>week(?:end)?|month|year)\b(?!-)",
    "holiday": r"Christmas\s+Eve|Christmas(?:\s+Day)?|New\s+Year['\u2019]?s?(?:\s+(?:Eve|Day))?\b(?!\s+(?-i:[A-Z]))|Easter(?:\s+Sunday)?\b",
    "clock": rf"(?P<clock_hour>[01]?\d|2[0-4])(?:[:.](?P<clock_minute>[0-5]\d))?\s*(?P<clock_half>[ap]\.m\.|[ap]\.?m\b)(?:\s*\(?(?P<clock_zone>{_ZONE}))?"
    rf"|(?P<clock_hour2>[01]?\d|2[0-4]):(?P<clock_minute2>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?:\s*\(?(?P<clock_zone2>{_ZONE})|(?P<clock_z>Z\b))?"
    rf"|(?P<clock_hour3>[01]\d|2[0-4])(?P<clock_minute3>[0-5]\d)\s*(?:hours\s*)?(?P<clock_zone3>{_ZONE}|hours\b|hrs\b)",
    "part": r"(?:in\s+the\s+)?(?P<part_hours>(?:early|small)(?:\s+morning)?\s+hours)\b|(?:(?P<part_when>early|late)(?:\s+|-))?(?:in\s+the\s+)?(?P<part_name>morning|afternoon|evening|night(?!mare)|overnight"
    rf"|dawn|daybreak|dusk|nightfall|noon|midday|midnight)\b|(?P<part_edge>early|late)(?!\s+(?:on\s+)?{_FULL_MONTH}\b(?!\s+\d))(?=\s+(?:on\s+)?(?:(?-i:[A-Z])|yesterday|today|tomorrow))",
    "month": rf"(?<![\w-])(?:(?P<month_which>in|since|until|till|by|during|from|of|late|early|mid|last|this|next|through|before|after)[\s-]+)"
    rf"(?P<month_name>{_FULL_MONTH})\b(?!\s+\d|['\u2019])",
    "year": rf"(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bof\s)|(?<=\bthe\s)|(?<=\bduring\s)|(?<=\buntil\s)|(?<=\bby\s)|(?<=\bfrom\s)|(?<=\bbefore\s)"
    rf"|(?<=\bafter\s)|(?<=\blate\s)|(?<=\bearly\s)|(?<=\bmid-))(?P<year_year>{_YEAR})(?![,.]\d|-\w|\s+(?:people|civilians|troops|soldiers))",
}
_WORDS: Final = re.compile(
    r"(?<![\w$\u00a3\u20ac])(?:"
    + "|".join(rf"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items())
    + ")",
    re.IGNORECASE,
)


def find_time_words(text: str, reference: datetime) -> Iterator[TimeWord]:
    """Yield the time words of `text` in order, never overlapping, counted from `reference` (UTC)."""
    for match in _WORDS.finditer(text):
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        for name, read in _READERS.items():
            if name in groups:
                word = read(match, groups, reference)
                if word is not None:
                    yield word
                break


def _word(
    match: re.Match[str], kind: Kind, precision: Precision, span: Span | None = None
) -> TimeWord | None:
    if span is not None and span[0] >= span[1]:
        return None
    return TimeWord(start=match.start(), end=match.end(), kind=kind, precision=precision, span=span)


def _date(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _nearest_year(month: int, day: int, reference: datetime) -> int:
    """Return the year that puts a bare date nearest to the reference; within half a year, that is."""
    candidates = [
        found for year in (-1, 0, 1) if (found := _date(reference.year + year, month, day)) is not None
    ]
    return min(candidates, key=lambda found: abs(found - reference)).year if candidates else reference.year


def _month_number(written: str) -> int | None:
    """Read a month's name; "may" and "march" in small letters are verbs."""
    return _MONTHS.get(written.rstrip(".").casefold()) if written[:1].isupper() else None


def _read_iso(match: re.Match[str], groups: dict[str, str], _: datetime) -> TimeWord | None:
    written = groups["iso"]
    day = _date(int(written[:4]), int(written[5:7]), int(written[8:10]))
    if day is None:
        return None
    if len(written) > len("2025-03-19"):
        hour, minute = int(written[11:13]), int(written[14:16])
        if hour < 24 and minute < 60:  # noqa: PLR2004
            start = day.replace(hour=hour, minute=minute)
            return _word(match, Kind.PERIOD, Precision.MINUTE, (start, shift(start, hours=1 / 60)))
    return _word(match, Kind.DAY, Precision.DAY, days_from(day))


def _read_numeric(match: re.Match[str], groups: dict[str, str], _: datetime) -> TimeWord | None:
    """Read "18.03.2025" (day first), and with slashes only what cannot be read in two ways."""
    first, second, year = (int(groups[f"numeric_{name}"]) for name in ("first", "second", "year"))
    american = groups["numeric_mark"] == "/"
    if american and first <= 12 and second <= 12 and first != second:  # noqa: PLR2004
        return None
    day = _date(year, second, first) or (_date(year, first, second) if american else None)
    return _word(match, Kind.DAY, Precision.DAY, days_from(day)) if day else None


def _read_day_of_month(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    key = "mdy" if "mdy" in groups else "dmy"
    name = re.search(_MONTH, groups[key], re.IGNORECASE)
    month = _month_number(name.group()) if name else None
    if month is None:
        return None
    first = int(re.sub(r"\D", "", groups[f"{key}_day"]))
    last = int(re.sub(r"\D", "", groups.get(f"{key}_last", groups[f"{key}_day"])))
    year = int(groups.get(f"{key}_year", 0)) or _nearest_year(month, first, reference)
    if year < 100:  # noqa: PLR2004
        year += 1900 if year > reference.year % 100 else reference.year // 100 * 100
    start, final = _date(year, month, first), _date(year, month, last)
    if start is None or final is None or final < start:
        return _word(match, Kind.DAY, Precision.DAY, days_from(start)) if start else None
    precision = Precision.DAY if final == start else Precision.WEEK
    return _word(match, Kind.DAY, precision, (start, shift(final, days=1)))


def _month_span(year: int, month: int) -> Span | None:
    start = _date(year, month, 1)
    if start is None:
        return None
    return start, _date(year + month // 12, month % 12 + 1, 1) or LATEST


def _read_month_of_year(match: re.Match[str], groups: dict[str, str], _: datetime) -> TimeWord | None:
    name = re.match(_MONTH, groups["month_year"], re.IGNORECASE)
    month = _month_number(name.group()) if name else None
    span = _month_span(int(groups["month_year_year"]), month) if month else None
    return _word(match, Kind.PERIOD, Precision.MONTH, span) if span else None


def _read_weekday(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    which = groups.get("weekday_which", "").casefold()
    name = groups["weekday"].split()[-1].rstrip(".")
    if len(name) < _FULL_WEEKDAY and not name[0].isupper():
        return None
    today = midnight(reference)
    back = (today.weekday() - _WEEKDAYS[name.casefold()]) % 7
    past = days_from(shift(today, days=-back))
    coming = days_from(shift(today, days=7 - back))
    if which in {"last", "past"}:
        past = past if back else days_from(shift(today, days=-7))
        return _word(match, Kind.DAY, Precision.DAY, past)
    if which in {"next", "coming"}:
        return _word(match, Kind.DAY, Precision.DAY, coming)
    if which == "this" and back:
        past, coming = coming, past
    word = _word(match, Kind.DAY, Precision.DAY, past)
    return replace(word, alternative=coming, weekday=True) if word and coming[0] < coming[1] else word


def _read_near(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    words = groups["near"].casefold().split()
    today = midnight(reference)
    if words[0] == "this":
        hours = _PARTS[" ".join(words[1:])]
    elif words[-1] in {"tonight", "night"}:
        hours = _PARTS["night"] if words[0] == "tonight" else _PARTS["overnight"]
    else:
        offset = {"yesterday": -1, "today": 0, "tomorrow": 1}[words[-1]]
        offset *= 2 if words[0] == "the" else 1
        return _word(match, Kind.DAY, Precision.DAY, days_from(shift(today, days=offset)))
    span = shift(today, hours=hours[0]), shift(today, hours=hours[1])
    word = _word(match, Kind.PERIOD, Precision.PART_OF_DAY, span)
    return word if word is None else replace(word, hours=hours)


def _read_ago(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    """Read "two days ago"; "hours earlier" hangs on another time of the text and gets a wide interval."""
    unit = groups["ago_unit"].casefold()
    written = groups.get("ago_count")
    count = _count(written) if written else None
    today = midnight(reference)
    if groups["ago_how"].casefold() == "earlier" or count is None:
        if written is None and not re.search(rf"{unit}s\s", match.group(), re.IGNORECASE):
            return None
        most = (count or 5) * _UNIT_DAYS[unit]
        if unit in {"minute", "hour"}:
            return _word(
                match, Kind.PERIOD, Precision.HOUR, (shift(reference, days=-max(most, 1)), reference)
            )
        span = shift(today, days=-most - 1), shift(today, days=0 if unit == "day" else -most / 2)
        return _word(match, Kind.PERIOD, Precision.WEEK if unit == "day" else _PRECISIONS[unit], span)
    if unit == "day":
        return _word(match, Kind.DAY, Precision.DAY, days_from(shift(today, days=-count)))
    middle = shift(reference, days=-count * _UNIT_DAYS[unit])
    half = _UNIT_DAYS[unit] / 2 if unit != "hour" else _UNIT_DAYS[unit]
    span = shift(middle, days=-half), shift(middle, days=half)
    return _word(match, Kind.PERIOD, _PRECISIONS[unit], span)


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


def _read_past(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    unit = (groups.get("past_unit") or groups["past_some"]).casefold()
    count = _count(groups["past_count"]) if "past_count" in groups else None
    reach = _RECENT.get(unit, 30) if count is None else count * _UNIT_DAYS[unit]
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
    return _word(match, Kind.PERIOD, precision, (shift(reference, days=-reach), reference))


def _read_period(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    which, unit = groups["period_which"].casefold(), groups["period_unit"].casefold()
    step = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    today = midnight(reference)
    if unit == "weekend":
        monday = shift(today, days=-today.weekday())
        saturday = shift(
            monday, days=5 if today.weekday() >= 5 or which in {"this", "coming", "next"} else -2
        )  # noqa: PLR2004
        if which == "last" and today.weekday() >= 5:  # noqa: PLR2004
            saturday = shift(saturday, days=-7)
        return _word(match, Kind.PERIOD, Precision.WEEK, (saturday, shift(saturday, days=2)))
    if which == "the":
        return None
    if unit == "week":
        monday = shift(today, days=7 * step - today.weekday())
        return _until_now(match, Precision.WEEK, days_from(monday, 7), reference)
    if unit == "month":
        months = reference.year * 12 + reference.month - 1 + step
        span = _month_span(months // 12, months % 12 + 1)
        return _until_now(match, Precision.MONTH, span, reference) if span else None
    span = _year_span(reference.year + step)
    return _until_now(match, Precision.YEAR, span, reference) if span else None


def _until_now(
    match: re.Match[str], precision: Precision, span: Span, reference: datetime
) -> TimeWord | None:
    if match.group().casefold().startswith("earlier"):
        span = span[0], min(span[1], max(reference, shift(span[0], hours=1)))
    return _word(match, Kind.PERIOD, precision, span)


def _year_span(year: int) -> Span | None:
    start = _date(year, 1, 1)
    return (start, _date(year + 1, 1, 1) or LATEST) if start else None


def _read_month(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    month = _month_number(groups["month_name"])
    if month is None:
        return None
    which = groups["month_which"].casefold()
    year = reference.year - (month > reference.month or (which == "last" and month == reference.month))
    past, coming = _month_span(year, month), _month_span(year + 1, month)
    if which in {"next", "this"} and month != reference.month and coming:
        past = coming
    past, coming = (span and _part_of_month(span, which) for span in (past, coming))
    word = _word(match, Kind.PERIOD, Precision.MONTH, past) if past else None
    if word is None:
        return None
    start = (
        word.start if which in {"late", "early", "mid", "last", "this", "next"} else match.start("month_name")
    )
    return replace(word, start=start, alternative=None if which in {"last", "next"} else coming)


def _part_of_month(span: Span, which: str) -> Span:
    first, last = {"early": (0, 10), "mid": (9, 21), "late": (19, 31)}.get(which, (0, 31))
    return shift(span[0], days=first), min(span[1], shift(span[0], days=last))


def _read_year(match: re.Match[str], groups: dict[str, str], _: datetime) -> TimeWord | None:
    span = _year_span(int(groups["year_year"]))
    return _word(match, Kind.PERIOD, Precision.YEAR, span) if span else None


def _read_holiday(match: re.Match[str], groups: dict[str, str], reference: datetime) -> TimeWord | None:
    name = " ".join(groups["holiday"].casefold().replace("\u2019", "'").split())
    if not groups["holiday"][0].isupper():
        return None
    days = []
    for year in (reference.year - 1, reference.year, reference.year + 1):
        if name.startswith("easter"):
            days.append(_easter(year))
        elif name.startswith("christmas"):
            days.append(_date(year, 12, 24 if name.endswith("eve") else 25))
        else:
            days.append(_date(year, 12, 31) if name.endswith("eve") else _date(year, 1, 1))
    known = [day for day in days if day is not None]
    if not known:
        return None
    nearest = min(known, key=lambda day: abs(day - reference))
    return _word(match, Kind.DAY, Precision.DAY, days_from(nearest))


def _easter(year: int) -> datetime | None:
    """Return Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    if not 1 <= year <= datetime.max.year:
        return None
    century, rest = divmod(year, 100)
    skipped = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - century // 4 - skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return _date(year, month, day + 1)


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
    ahead = _ZONES.get(zone)
    if ahead is not None and zone in _SEASONAL and reference.month in _SUMMER:
        ahead += 1
    start = hour + minute / 60 - (ahead or 0)
    exact = ahead is not None and bool(minute or which)
    word = _word(match, Kind.CLOCK, Precision.MINUTE if exact else Precision.HOUR)
    return word and replace(word, hours=(start, start + (1 / 60 if exact else 1)), zoned=ahead is not None)


def _read_part(match: re.Match[str], groups: dict[str, str], _: datetime) -> TimeWord | None:
    name = groups.get("part_name", groups.get("part_edge", "early hours")).casefold()
    full = f"{groups.get('part_when', '').casefold()} {name}".strip()
    hours = _PARTS.get(full, _PARTS[name])
    precision = Precision.HOUR if name in {"noon", "midday", "midnight"} else Precision.PART_OF_DAY
    word = _word(match, Kind.PART, precision)
    return word and replace(word, hours=hours, name=full)


def merged_part(first: TimeWord, second: TimeWord) -> TimeWord:
    """Return one part of the day for two: "early" on Monday "morning"."""
    if "early hours" in {first.name, second.name}:
        return replace(first, hours=_PARTS["early hours"])
    edge, named = (first, second) if first.name in {"early", "late"} else (second, first)
    return replace(named, hours=_PARTS.get(f"{edge.name} {named.name}", named.hours))


_READERS: Final[dict[str, Callable[[re.Match[str], dict[str, str], datetime], TimeWord | None]]] = {
    "iso": _read_iso,
    "numeric": _read_numeric,
    "mdy": _read_day_of_month,
    "dmy": _read_day_of_month,
    "month_year": _read_month_of_year,
    "weekday": _read_weekday,
    "near": _read_near,
    "ago": _read_ago,
    "past": _read_past,
    "period": _read_period,
    "holiday": _read_holiday,
    "clock": _read_clock,
    "part": _read_part,
    "month": _read_month,
    "year": _read_year,
}
