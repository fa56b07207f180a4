"""How times are written: the patterns of small expressions, and what their words stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.event import Precision
    from worker.extraction.timespans import Span


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


MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
        "|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        "monday mon|tuesday tues tue|wednesday wed|thursday thurs thur thu|friday fri|saturday sat|sunday sun".split(
            "|"
        )
    )
    for name in names.split()
}
FULL_WEEKDAY: Final = 6
PARTS: Final[dict[str, tuple[float, float]]] = {
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
SUMMER: Final = range(4, 11)
ZONES: Final = {
    "gmt": 0, "utc": 0, "z": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
    "est": -5, "edt": -4, "et": -5, "pst": -8, "pdt": -7, "pt": -8,
    "eastern time": -5, "washington time": -5, "moscow time": 3, "kyiv time": 2, "damascus time": 3, "baghdad time": 3,
    "tehran time": 3.5, "riyadh time": 3, "islamabad time": 5, "delhi time": 5.5,
}  # fmt: skip
"""Hours ahead of UTC, in winter for those whose name hides the season ("ET", "PT")."""
SEASONAL: Final = frozenset({"et", "pt", "eastern time", "washington time", "kyiv time"})
UNIT_DAYS: Final = {
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3650,
}  # fmt: skip

# An alternative that looks at the first letter before it tries its words is left three times as fast.
MONTH_PATTERN = (
    r"(?=[ADFJMNOS])(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
FULL_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WEEKDAY = (
    r"(?=[MTWFS])(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Mon|Tues?|Wed|Thurs?|Thur|Fri|Sat|Sun)\.)"
)
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
    "mdy": rf"{MONTH_PATTERN}\s*(?P<mdy_day>{_NUMBER_OF_DAY})(?:{_DASH}(?P<mdy_last>{_NUMBER_OF_DAY})(?![:.,]\d|\s*[ap]\.?m\b))?"
    rf"(?:,?\s+(?P<mdy_year>{_YEAR}|last\s+year))?(?![\w:-]|[.,]\d)",
    "dmy": rf"(?P<dmy_day>{_NUMBER_OF_DAY})(?:{_DASH}(?P<dmy_last>{_NUMBER_OF_DAY}))?\s+(?:of\s+)?{MONTH_PATTERN}"
    rf"(?:,?\s+(?P<dmy_year>{_YEAR}|last\s+year|\d\d(?=\s+(?:--|\()))\b)?",
    "season": rf"last\s+(?P<season_last>spring|summer|autumn|fall|winter)|(?:(?:in\s+)?the\s+)?"
    rf"(?P<season_of>spring|summer|autumn|fall|winter)\s+of\s+(?P<season_year>{_YEAR})",
    "month_year": rf"{MONTH_PATTERN}(?:,|\s+of)?\s+(?P<month_year_year>{_YEAR})",
    "weekday": rf"(?:(?P<weekday_which>last|past|next|this|coming)\s+)?{_WEEKDAY}",
    "near": r"the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tomorrow|tonight"
    r"|the\s+previous\s+day|last\s+night|this\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening)|earlier\s+(?:today|yesterday)",
    "ago": rf"(?:(?P<ago_count>{_COUNT})\s+)?(?P<ago_unit>{_UNIT})s?\s+(?P<ago_how>ago(?:\s+(?:today|this\s+(?:week(?:end)?|month)))?|earlier)\b",
    "past": rf"(?:(?:last|past|previous|recent)\s+)(?:(?P<past_count>{_COUNT})\s+(?P<past_unit>{_UNIT})s?|(?P<past_some>{_UNIT})s)\b",
    "period": r"(?:earlier\s+|this\s+(?:time|week|month)\s+(?=last\s+year))?(?P<period_which>last|past|this|next|coming|the)\s+(?P<period_unit>week(?:end)?|month|year)\b(?!-)",
    "holiday": r"(?:Orthodox\s+)?Christmas(?:\s+Eve|\s+Day)?|New\s+Year['\u2019]?s?(?:\s+(?:Eve|Day))?\b(?!\s+(?-i:[A-Z]))|(?:Orthodox\s+)?Easter(?:\s+Sunday)?\b",
    "clock": rf"(?=\d)(?:(?P<clock_hour>[01]?\d|2[0-4])(?:[:.](?P<clock_minute>[0-5]\d))?\s*(?P<clock_half>[ap]\.m\.|[ap]\.?m\b)(?:\s*\(?(?P<clock_zone>{_ZONE}))?"
    rf"|(?P<clock_hour2>[01]?\d|2[0-4]):(?P<clock_minute2>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?:\s*\(?(?P<clock_zone2>{_ZONE})|(?P<clock_z>Z\b))?"
    rf"|(?P<clock_hour3>[01]\d|2[0-4])(?P<clock_minute3>[0-5]\d)\s*(?:hours\s*)?(?P<clock_zone3>{_ZONE}|hours\b|hrs\b))",
    "part": r"(?=[ADEILMNOS])(?:(?:in\s+the\s+)?(?P<part_hours>(?:early|small)(?:\s+morning)?\s+hours)\b|(?:(?P<part_when>early|late)(?:\s+|-))?(?:in\s+the\s+)?(?P<part_name>morning|afternoon|evening|night(?!mare)|overnight"
    rf"|dawn|daybreak|dusk|nightfall|noon|midday|midnight)\b|(?P<part_edge>early|late)(?!\s+(?:on\s+)?{FULL_MONTH}\b(?!\s+\d))(?=\s+(?:on\s+)?(?:(?-i:[A-Z])|yesterday|today|tomorrow)))",
    "month": rf"(?<![\w-])(?:(?P<month_which>in|since|until|till|by|during|from|of|late|early|mid|last|this|next|through|before|after)[\s-]+)"
    rf"(?P<month_name>{FULL_MONTH})\b(?!\s+\d|['\u2019])",
    "year": rf"(?=[12])(?:(?<=\ba\s)|(?<=\bits\s)|(?<=\btheir\s)|(?<=['\u2019]s\s)|(?<=\bin\s)|(?<=\bsince\s)|(?<=\bof\s)|(?<=\bthe\s)|(?<=\bduring\s)|(?<=\buntil\s)|(?<=\bby\s)|(?<=\bfrom\s)|(?<=\bbefore\s)"
    rf"|(?<=\bafter\s)|(?<=\blate\s)|(?<=\bearly\s)|(?<=\bmid-))(?P<year_year>{_YEAR})(?![,.]\d|-\w|\s+(?:people|civilians|troops|soldiers|pounds?|lbs?|kg|k?m|miles?|metres?|meters?|dollars?|euros?)\b)",
}
TIME_WORDS: Final = re.compile(
    r"(?<![\w$\u00a3\u20ac])(?:"
    + "|".join(rf"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items())
    + ")",
    re.IGNORECASE,
)


def word_at(
    match: re.Match[str], kind: Kind, precision: Precision, span: Span | None = None
) -> TimeWord | None:
    """The time word of a match; None where its interval would be empty (a year before the calendar begins)."""
    if span is not None and span[0] >= span[1]:
        return None
    return TimeWord(start=match.start(), end=match.end(), kind=kind, precision=precision, span=span)
