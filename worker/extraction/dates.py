"""When: times and durations that a text names, as intervals in UTC counted from a reference time.

Times without a zone are read as UTC; parts of the day have fixed hours (`_PARTS`). Small expressions ("Tuesday",
"night", "5 p.m.") are found first, then neighbours are put together ("Tuesday night at 11 p.m.").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from worker.event import Interval, Precision
from worker.extraction.durations import DurationMention, find_durations
from worker.extraction.timepatterns import Kind, TimeWord
from worker.extraction.timespans import Span, days_from, midnight, shift
from worker.extraction.timewords import find_time_words, merged_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "DurationMention",
    "TimeMention",
    "TimeRelation",
    "find_durations",
    "find_times",
    "happened_within",
    "undated",
]

MAX_MENTIONS: Final = 500
"""Mentions returned for one text at most."""


class TimeRelation(StrEnum):
    """How the words before a time tie what is told to it."""

    AT = "at"
    """"on Tuesday", "Tuesday": in the interval itself."""
    SINCE = "since"
    """"since March 18": from the interval until the reference time."""
    UNTIL = "until"
    """"until 1 May", "through Sunday"."""
    BEFORE = "before"
    """"before Friday", "by Friday", "ahead of Friday"."""
    AFTER = "after"
    """"after Friday", "following Friday's attack"."""
    FROM = "from"
    """"from 10:00 GMT on Friday", "starting Monday", "as of Monday"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time as written: `text` is `text[start:end]` of what was searched, without the word of the relation.

    `interval` is the named time itself, whatever the relation ("since March 18" has the interval of March 18);
    `happened_within` turns it into the time in which something told of may have happened. `alternative` is the
    next such time where the words alone leave it open ("on Sunday": the most recent one, or, in a sentence
    about the future, the coming one); None where they do not.
    """

    start: int
    end: int
    text: str
    interval: Interval
    relation: TimeRelation = TimeRelation.AT
    alternative: Interval | None = None


_RELATIONS: Final = {
    "since": TimeRelation.SINCE,
    "until": TimeRelation.UNTIL,
    "till": TimeRelation.UNTIL,
    "through": TimeRelation.UNTIL,
    "before": TimeRelation.BEFORE,
    "by": TimeRelation.BEFORE,
    "ahead of": TimeRelation.BEFORE,
    "prior to": TimeRelation.BEFORE,
    "after": TimeRelation.AFTER,
    "following": TimeRelation.AFTER,
    "from": TimeRelation.FROM,
    "starting": TimeRelation.FROM,
    "beginning": TimeRelation.FROM,
    "effective": TimeRelation.FROM,
    "as of": TimeRelation.FROM,
    "between": TimeRelation.AT,
}
_LOOK_BACK: Final = 40
_RELATION_BEFORE: Final = re.compile(
    r"\b(" + "|".join(_RELATIONS).replace(" ", r"\s+") + r")"
    r"(?:\s+(?:the|at|on|in|about|around|least|(?:end|start|beginning|middle)\s+of)){0,4}\s*$",
    re.IGNORECASE,
)
_ON_FROM: Final = re.compile(r"\bon\s+from\s+(?:the\s+)?$", re.IGNORECASE)
_EVE_BEFORE: Final = re.compile(r"\beve\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_BESIDE: Final = re.compile(
    r"(?:['\u2019]s)?\s*[,()]?\s*(?:(?:on|of|at|in|the|into|around|about)\s+){0,3}", re.IGNORECASE
)
_TO: Final = re.compile(
    r"\s*(?:-|\u2013|\u2014|\bto\b|\buntil\b|\btill\b|\bthrough\b|\binto\b|\band\b)\s*(?:the\s+)?",
    re.IGNORECASE,
)
_GAP: Final = 24


def find_times(text: str, *, reference: datetime) -> tuple[TimeMention, ...]:
    """Find the times named in `text`, in order, never overlapping; at most `MAX_MENTIONS` of them.

    A weekday is the most recent one on or before the day of `reference`; a date without a year is the one
    nearest to it (within half a year either way); a clock time or part of a day that stands alone is the most
    recent one that has begun. "last night" and "overnight" are the night before the day of `reference`.
    """
    now = _in_utc(reference)
    clusters: list[_Cluster] = []
    for word in find_time_words(text, now):
        if clusters and clusters[-1].take(word, text):
            continue
        if len(clusters) > MAX_MENTIONS:
            break
        clusters.append(_Cluster([word]))
    mentions = [m for m in (cluster.mention(text, now) for cluster in clusters) if m is not None]
    return tuple(_ranges(text, mentions))[:MAX_MENTIONS]


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


class _Cluster:
    """Time words that stand together and name one time."""

    def __init__(self, words: list[TimeWord]) -> None:
        self._words = words

    def take(self, word: TimeWord, text: str) -> bool:
        """Add a word that belongs to the same time; say whether it does."""
        gap_start = self._words[-1].end
        if word.start - gap_start > _GAP or not self._beside(text[gap_start : word.start]):
            return False
        kinds = {found.kind for found in self._words}
        days = [found for found in self._words if found.kind is Kind.DAY]
        same_day = bool(days) and word.kind is Kind.DAY and (days[0].weekday != word.weekday)
        if Kind.PERIOD in kinds or word.kind is Kind.PERIOD:
            return False
        if word.kind in kinds and not same_day and not self._refines(word):
            return False
        self._words.append(word)
        return True

    def _beside(self, gap: str) -> bool:
        """Whether what stands between ties two words together; a night also runs "from March 18 to 19"."""
        if self._words[-1].hours[0] < 0 or self._words[-1].name == "night":
            gap = re.sub(r"^\s*(?:from|between)\s", " ", gap)
        return _BESIDE.fullmatch(gap) is not None

    def _refines(self, word: TimeWord) -> bool:
        """Whether a second part or clock time says the first again: "early Monday morning", "7 a.m. (0500 GMT)"."""
        same = [found for found in self._words if found.kind is word.kind]
        if word.kind is Kind.CLOCK:
            return word.zoned and not same[-1].zoned
        edges = {"early", "late", "early hours"}
        return word.kind is Kind.PART and len(same) == 1 and (same[0].name in edges) != (word.name in edges)

    def mention(self, text: str, now: datetime) -> TimeMention | None:
        first, last = self._words[0], self._words[-1]
        span, alternative, precision = self._resolve(now)
        before = text[max(0, first.start - _LOOK_BACK) : first.start]
        relation = _relation(before)
        if relation is TimeRelation.BEFORE and first.name in {"dawn", "daybreak"}:
            span, relation = (midnight(span[0]), span[1]), TimeRelation.AT  # "before dawn on Monday"
        if relation is TimeRelation.AFTER and first.name == "midnight" and len(self._words) > 1:
            # "shortly after midnight on Monday": in the first hours of that day
            start = shift(span[0], days=-1)
            span, relation = (start, shift(start, hours=_SMALL_HOURS)), TimeRelation.AT
        if _EVE_BEFORE.search(before):
            span = shift(span[0], days=-1), shift(span[1], days=-1)
        if span[0] >= span[1]:
            return None
        words = text[first.start : last.end]
        other = alternative and Interval(
            start=alternative[0], end=alternative[1], precision=precision, text=words
        )
        if alternative and alternative[0] >= alternative[1]:
            other = None
        return TimeMention(
            start=first.start,
            end=last.end,
            text=words,
            interval=Interval(start=span[0], end=span[1], precision=precision, text=words),
            relation=relation,
            alternative=other,
        )

    def _resolve(self, now: datetime) -> tuple[Span, Span | None, Precision]:
        """Narrow the day by the part of the day or the clock time; find a day for them where none is named."""
        # A date decides over its weekday, a clock time with its zone over the local one.
        by_kind = {
            word.kind: word for word in sorted(self._words, key=lambda word: (not word.weekday, word.zoned))
        }
        whole = by_kind.get(Kind.PERIOD)
        if whole is not None and whole.span is not None:
            return whole.span, whole.alternative, whole.precision
        day, part, clock = by_kind.get(Kind.DAY), by_kind.get(Kind.PART), by_kind.get(Kind.CLOCK)
        parts = [word for word in self._words if word.kind is Kind.PART]
        if len(parts) > 1:
            part = merged_part(parts[0], parts[1])
        narrow = clock or part
        if day is not None and day.span is not None:
            if narrow is None:
                return day.span, day.alternative, day.precision
            other = _narrowed(day.alternative, narrow, part) if day.alternative else None
            return _narrowed(day.span, narrow, part), other, narrow.precision
        today = days_from(midnight(now))
        narrow = narrow or self._words[0]
        span = _narrowed(today, narrow, part)
        if span[0] > now:
            return _moved(span, -1), span, narrow.precision
        return span, _moved(span, 1), narrow.precision


def _moved(span: Span, days: int) -> Span:
    return shift(span[0], days=days), shift(span[1], days=days)


def _narrowed(span: Span, narrow: TimeWord, part: TimeWord | None) -> Span:
    """Cut hours out of a day; of several days ("the night of March 18-19") from the first to the last."""
    first, last = span[0], shift(span[1], days=-1)
    start, end = narrow.hours
    if first < last and (end > _DAY_HOURS or start < 0):
        start, end = start % _DAY_HOURS, end % _DAY_HOURS
    if narrow.kind is Kind.CLOCK and part is not None and end <= 12 <= part.hours[0] and not narrow.zoned:  # noqa: PLR2004
        start, end = start + 12, end + 12
    return shift(first, hours=start), shift(last, hours=end)


_DAY_HOURS: Final = 24
_SMALL_HOURS: Final = 4


def _relation(before: str) -> TimeRelation:
    if _ON_FROM.search(before):
        return TimeRelation.AT  # "a year on from 7 October 2023" begins nothing
    found = _RELATION_BEFORE.search(before)
    return _RELATIONS[" ".join(found.group(1).casefold().split())] if found else TimeRelation.AT


def _ranges(text: str, mentions: Sequence[TimeMention]) -> Iterator[TimeMention]:
    """Join "from Friday to Sunday", "between 10 and 12 May", "overnight from March 18 to 19"."""
    position = 0
    while position < len(mentions):
        left = mentions[position]
        right = mentions[position + 1] if position + 1 < len(mentions) else None
        joined = _joined(text, left, right) if right is not None else None
        yield joined or left
        position += 2 if joined else 1


def _joined(text: str, left: TimeMention, right: TimeMention) -> TimeMention | None:
    if right.start - left.end > _GAP:
        return None
    connector = _TO.fullmatch(text, left.end, right.start)
    before = text[max(0, left.start - _LOOK_BACK) : left.start]
    if connector is None:
        return None
    opening = re.search(r"\b(from|between)\s+(?:the\s+)?$", before, re.IGNORECASE)
    word = connector.group().strip().casefold()
    if (word.startswith("and") and not (opening and opening.group(1).casefold() == "between")) or (
        word[:1].isalpha() and opening is None and not word.startswith(("to", "into", "through"))
    ):
        return None
    start, end = left.interval.start, right.interval.end
    if end <= start and right.alternative is not None:
        end = right.alternative.end
    if end <= start:
        return None
    words = text[left.start : right.end]
    if "night" in left.text.casefold() and right.interval.precision is Precision.DAY:
        # "overnight Tuesday into Wednesday" is one night, not two days.
        start = shift(left.interval.end, hours=12) if "overnight" in left.text.casefold() else start
        end = shift(right.interval.start, hours=6)
        if end <= start:
            return None
    precision = Precision.WEEK if left.interval.precision is Precision.DAY else left.interval.precision
    return TimeMention(
        start=left.start,
        end=right.end,
        text=words,
        interval=Interval(start=start, end=end, precision=precision, text=words),
    )


def happened_within(mention: TimeMention, *, reference: datetime) -> Interval | None:
    """Return the time in which something told with this mention lies, if it has happened by `reference`.

    "since March 18" reaches to the reference, "before Friday" has no beginning (None).
    """
    now, interval = _in_utc(reference), mention.interval
    if mention.relation in {TimeRelation.BEFORE, TimeRelation.UNTIL}:
        return None
    if mention.relation is TimeRelation.AT:
        return interval
    start = interval.end if mention.relation is TimeRelation.AFTER else interval.start
    if start >= now:
        return None
    return Interval(start=start, end=now, precision=_coarser(interval.precision), text=interval.text)


def undated(reference: datetime) -> Interval:
    """When something happened that is told as news without a time: in the day and a half before."""
    return Interval(start=reference - _NEWS, end=reference, precision=Precision.UNKNOWN)


_NEWS: Final = timedelta(hours=36)


def _coarser(precision: Precision) -> Precision:
    fine = {Precision.MINUTE, Precision.HOUR, Precision.PART_OF_DAY, Precision.DAY}
    return Precision.WEEK if precision in fine else precision
