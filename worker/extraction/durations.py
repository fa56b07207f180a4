"""How long: "a 30-hour truce", "for two weeks", "a week-long pause". Re-exported by `worker.extraction.dates`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from worker.extraction.numerals import parse_number

MAX_MENTIONS: Final = 500
"""Mentions returned for one text at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationMention:
    """A length of time as written: "30-hour", "two weeks". A month counts 30 days, a year 365."""

    start: int
    end: int
    text: str
    duration: timedelta


_HOURS: Final = {
    "minute": 1 / 60, "hour": 1, "day": 24, "night": 24, "week": 168, "weekend": 48, "fortnight": 336, "month": 720,
    "year": 8_760,
}  # fmt: skip
_UNIT: Final = "minute|hour|day|night|weekend|week|fortnight|month|year"
_COUNT: Final = (
    r"\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven"
    r"|eight|nine))?"
)
_FURTHER: Final = "(?:more|further|additional|extra|full|whole|consecutive|straight)"
_ORDINAL: Final = "(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
"""Of the day by which something is prolonged: "by a seventh day"."""
_DURATION: Final = re.compile(
    rf"(?<![\w.,-])(?:(?P<count>{_COUNT})(?P<half>-and-a-half|\s+and\s+a\s+half)?(?:\s+|-|\u2011)(?:{_FURTHER}\s+)?(?P<unit>{_UNIT})s?(?:['\u2019]|\b)(?:[\s-]+long\b)?"
    rf"|(?P<long>{_UNIT})-?long\b"
    rf"|half[\s-]an?[\s-](?P<halved>hour|day)\b"
    rf"|\b(?:an?|one)\s+(?P<genitive>day|week|fortnight|month|year)['\u2019]s(?=\s)"
    rf"|(?<=\bby\s)an?\s+(?:{_FURTHER}|{_ORDINAL})\s+(?P<by>{_UNIT})\b"
    rf"|(?:(?<=\bfor\s)|(?<=\blasting\s)|(?<=\bof\s)|(?<=\bwithin\s)|(?<=\bby\s))(?:an?|another)\s+(?P<single>{_UNIT})\b)"
    r"(?![\s-]+(?:old|ago|earlier|later|before|after|prior|sentences?|terms?)\b|-\w)",
    re.IGNORECASE,
)
_OTHER_WORD_BEFORE: Final = re.compile(r"\b(?:last|past|previous|aged|every|first|recent)\s+$", re.IGNORECASE)


def find_durations(text: str) -> tuple[DurationMention, ...]:
    """Find the lengths of time in `text`, in order, never overlapping; ages, "ago" and "the past …" are none."""
    found: list[DurationMention] = []
    for match in _DURATION.finditer(text):
        hours = _hours(match)
        if not hours or _OTHER_WORD_BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        found.append(
            DurationMention(
                start=match.start(), end=match.end(), text=match.group(), duration=timedelta(hours=hours)
            )
        )
        if len(found) == MAX_MENTIONS:
            break
    return tuple(found)


def _hours(match: re.Match[str]) -> float:
    groups = match.groupdict()
    single = groups["long"] or groups["single"] or groups["genitive"] or groups["by"]
    if single:
        return _HOURS[single.casefold()]
    if groups["halved"]:
        return _HOURS[groups["halved"].casefold()] / 2
    count = parse_number(groups["count"]) or 0
    return (count + (0.5 if groups["half"] else 0)) * _HOURS[groups["unit"].casefold()]
