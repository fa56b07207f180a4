"""When an attack happened, and whether that is long past."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.extraction.dates import happened_within, undated
from worker.extraction.truces import find_truces

if TYPE_CHECKING:
    from datetime import datetime

    from worker.event import ArticleRef, Interval
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame
    from worker.extraction.view import View

_BESIDE: Final = 40
"""Characters after a ceasefire within which a time is its own, whatever the parser hangs it on."""
_HISTORY: Final = timedelta(days=30)


def is_history(frame: Frame, when: Interval, context: Context) -> bool:
    """Whether an attack lies more than a month back; of an article without a date only its own words can say so."""
    texts = [m.text for m in frame.view.times]
    if when.end <= context.reference - _HISTORY and (
        context.dated or (when.text is not None and _YEARS_BACK.search(when.text) is not None)
    ):
        return True
    if when.text is not None and _RELATIVE.search(
        when.text
    ):  # "a day earlier", told of "October 8 last year"
        return any(
            interval is not None and interval.end <= context.reference - _HISTORY
            for m in frame.view.times
            if m.text != when.text and (context.dated or _YEARS_BACK.search(m.text))
            for interval in (happened_within(m, reference=context.reference),)
        )
    seized = frame.roles <= {"seize"} and frame.view.tree.tokens[frame.main].dep == "relcl"
    if seized and not texts:
        return True  # "a group that seized much of Yemen"
    return _OLD_YEARS.search(frame.view.sentence.text) is not None


_YEARS_BACK: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\bago\b|\blast (?:year|month|January|February|March|April|May|June|July|August|"
    r"September|October|November|December)|\byears?\b|\bOct(?:ober|\.)? 7\b|\b7 Oct(?:ober|\.)?(?!\w)",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(r"\b(?:earlier|later|before|after|following|previous|that)\b", re.IGNORECASE)
_OLD_YEARS: Final = re.compile(r"\b(?:from|between|in) (?:1[5-9]\d\d|20[01]\d)\s*(?:to|and|-|–|,)")


def _past(time: Interval | None, now: datetime) -> Interval | None:
    """ "The October 7 attack", told in August: a day to come can only be last year's."""
    bare = time is not None and time.text is not None and _MONTH_DAY.search(time.text) is not None
    if (
        time is None
        or not bare
        or time.start < now
        or any(len(w) == _YEAR_DIGITS for w in _NUMBER.findall(time.text or ""))
    ):
        return time
    if _LEAP_DAY in ((time.start.month, time.start.day), (time.end.month, time.end.day)):
        return time
    return replace(
        time, start=time.start.replace(year=time.start.year - 1), end=time.end.replace(year=time.end.year - 1)
    )


_LEAP_DAY: Final = (2, 29)
_YEAR_DIGITS: Final = 4
_NUMBER: Final = re.compile(r"\d+")
_MONTH_DAY: Final = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}\b|"
    r"\b\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)


def _belongs_to(view: View, truce: int, time: int) -> bool:
    """Whether a time stands in the same breath after a ceasefire: "the ceasefire it declared itself on April 2"."""
    between = view.words(truce, time)
    return 0 <= time - truce <= _BESIDE and not set(between) & {",", ";", ":"}


def when_of(frame: Frame, article: ArticleRef, context: Context) -> Interval:
    """The time nearest to the triggers, cut to the reference; else the default of an undated attack."""
    now = context.reference
    view, tree = frame.view, frame.view.tree
    triggers = [tree.tokens[t.i].start for t in frame.triggers]
    clause = {below for t in frame.triggers for below in tree.subtree(t.i)}
    truces = find_truces(frame.view)
    elsewhere = {below for t in truces for below in tree.subtree(t.token)}
    best: tuple[tuple[bool, int], Interval] | None = None
    for mention in frame.view.times:
        if tree.at(mention.start) in elsewhere or any(
            _belongs_to(view, t.end, mention.start) and not any(t.end <= i < mention.start for i in triggers)
            for t in truces
        ):
            continue  # "the ceasefire reached in 2020"
        interval = _past(happened_within(mention, reference=now), now)
        if interval is None or interval.start >= now:
            continue
        distance = (tree.at(mention.start) not in clause, min(abs(mention.start - t) for t in triggers))
        if best is None or distance < best[0]:
            best = (distance, interval)
    if best is None:
        return undated(now)
    interval = best[1]
    return replace(interval, end=min(interval.end, now)) if article.published_at is not None else interval
