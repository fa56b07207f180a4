"""From when until when a ceasefire is to hold, and for how long."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.event import Interval, Precision
from worker.extraction.dates import TimeRelation

if TYPE_CHECKING:
    from datetime import date

    from worker.extraction.durations import DurationMention
    from worker.extraction.truces import Truce
    from worker.extraction.view import View


_A_DAY: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=92)
"""A span of days longer than this is no length of a ceasefire but a year or a season spoken of."""


def find_period(
    view: View, truce: Truce, act: int, declared: Interval, *, begun: bool = False
) -> tuple[Interval | None, Interval | None, timedelta | None]:
    """(effective_from, effective_until, duration) as far as the sentence says them; `begun`: it is in effect already."""
    near, now = set(view.tree.subtree(truce.token)) | set(view.tree.subtree(act)), view.reference
    near -= _of_meeting(view, near)
    start: Interval | None = None
    end: Interval | None = None
    for mention in view.times:
        at = view.tree.at(mention.start)
        if at not in near:
            continue
        interval = mention.interval
        if interval.precision is Precision.YEAR and view.tree.tokens[at].dep != "pobj":
            continue  # "the 2026 ceasefire"
        bounds = _bounds(interval)
        if mention.relation is TimeRelation.UNTIL:
            end = mention.alternative if mention.alternative and interval.end <= now else interval
        elif bounds is not None and interval.end > now:  # "declared a truce for May 8 to 10"
            start, end = bounds
            if mention.relation is TimeRelation.FROM:  # "from 2 to 22 April" tells of days, not for how long
                return start, end, _duration(view, truce, near)
        elif mention.relation is TimeRelation.FROM or _begins(view, at):
            # Told as to come on the day it is told, it is that day's: the hour of publication is often not exact.
            past = interval.end <= now and _local_day(interval) < now.date() and not begun
            start = _either_midnight(mention.alternative if mention.alternative and past else interval)
        elif interval.start >= now and not begun and (start is None or interval.start < start.start):
            start, end = interval, end or (interval if interval.end - interval.start > _A_DAY else None)
    start = start or (_soon(view, near) if not begun else None)
    duration = _duration(view, truce, near) or _length(start, end)
    known = start is not None or declared.precision not in {Precision.UNKNOWN, Precision.YEAR}
    if end is None and duration is not None and known:
        end = _later(start or declared, duration)
    return start, end, duration


def _local_day(time: Interval) -> date:
    """The last day of a time where it is told of: "00:01 Moscow time on Thursday" is Wednesday in UTC."""
    exact = time.precision in {Precision.MINUTE, Precision.HOUR}
    return (time.end + _EASTMOST if exact else time.end).date()


_EASTMOST: Final = timedelta(hours=6)
"""How far ahead of UTC the easternmost of the lands at war live."""


def _length(start: Interval | None, end: Interval | None) -> timedelta | None:
    """How long it lasts from the one to the other, if that can be the length of a ceasefire."""
    if start is None or end is None:
        return None
    length = end.end - start.start
    return length if timedelta() < length <= _LONGEST else None


def _later(time: Interval, duration: timedelta) -> Interval:
    return Interval(start=time.start + duration, end=time.end + duration, precision=time.precision)


def _bounds(time: Interval) -> tuple[Interval, Interval] | None:
    """The first and the last day (or hour) of "8 to 10 May": when a truce begins, and when it ends."""
    unit = _UNITS.get(time.precision)
    if (
        unit is None
        or time.text is None
        or not _FROM_TO.search(time.text)
        or time.end - time.start < 2 * unit
    ):
        return None
    precision = Precision.DAY if unit == _A_DAY else time.precision
    return (
        replace(time, end=time.start + unit, precision=precision),
        replace(time, start=time.end - unit, precision=precision),
    )


_UNITS: Final = {Precision.HOUR: timedelta(hours=1), Precision.DAY: _A_DAY, Precision.WEEK: _A_DAY}
_FROM_TO: Final = re.compile(r"(?i)\b(?:to|until|till|through|and)\b|\w ?[-\u2013] ?\w")


def _soon(view: View, near: set[int]) -> Interval | None:
    """ "Is to take effect within 24 hours": from now until then."""
    for mention in view.durations:
        words = _until_it_begins(view, mention)
        if words is not None and view.tree.at(mention.start) in near:
            end = view.reference + mention.duration
            return Interval(start=view.reference, end=end, precision=Precision.DAY, text=words)
    return None


def _until_it_begins(view: View, mention: DurationMention) -> str | None:
    """The words "within 24 hours" where it begins or takes effect within them, which is not how long it lasts."""
    words = _WITHIN.search(view.sentence.text[: mention.end])
    return words[0] if words is not None and _begins(view, view.tree.at(mention.start)) else None


_WITHIN: Final = re.compile(r"(?i)\bwithin\s+(?:the next\s+)?[\w-]+\s+\w+$")


def _of_meeting(view: View, near: set[int]) -> set[int]:
    """ "Agreed to maintain the truce and meet again on 6 November": the words on when they meet."""
    tree = view.tree
    meeting = {
        k
        for k in near
        if tree.tokens[k].dep == "conj"
        and (
            tree.tokens[k].lemma in _MEETING
            or any(
                tree.tokens[o].lemma in {"talk", "meeting", "round", "negotiation"}
                for o in tree.kids(k, "dobj", "nsubj")
            )
        )
    }
    return {below for k in meeting for below in tree.subtree(k)}


_MEETING: Final = frozenset("meet reconvene negotiate".split())


def find_length(view: View) -> timedelta | None:
    """ "It is to last two months", "the first phase runs for six weeks": how long a ceasefire told of before is to be."""
    tree = view.tree
    for token in tree.tokens:
        if token.lemma not in {"last", "run"} or token.pos != "VERB":
            continue
        subjects = {tree.tokens[s].lemma for s in tree.subjects(token.i)}
        if token.dep in {"relcl", "acl"}:  # "the first phase, to last six weeks"
            subjects.add(tree.tokens[token.head].lemma)
        below = set(tree.subtree(token.i))
        if subjects & _OF_LENGTH:
            return next((m.duration for m in view.durations if tree.at(m.start) in below), None)
    return None


_OF_LENGTH: Final = frozenset(
    "it phase stage truce ceasefire pause deal agreement lull calm arrangement fire".split()
)


def _either_midnight(time: Interval) -> Interval:
    """ "From midnight on Friday" is said of the beginning of Friday and of its end: from the one to the other."""
    if time.text is None or "midnight on" not in time.text.lower():
        return time
    return replace(time, start=time.start - _A_DAY, precision=Precision.DAY)


def _begins(view: View, at: int | None) -> bool:
    """Whether a time is that of a beginning, not of the "third day" that a ceasefire enters."""
    above = list(view.tree.ancestors(at))[:3] if at is not None else []
    entered = {view.tree.tokens[o].lemma for a in above for o in view.tree.objects(a)}
    if entered & {"day", "week", "month"}:
        return False
    own = next((i for i, a in enumerate(above) if view.tree.tokens[a].pos in {"VERB", "AUX"}), len(above))
    # "came into force before dawn and was holding by noon": noon is the other verb's
    return any(view.tree.tokens[a].lemma in _BEGINNING for a in above[: own + 1])


_BEGINNING: Final = frozenset("begin start take commence come enter go".split())


def _duration(view: View, truce: Truce, near: set[int]) -> timedelta | None:
    head = view.tree.tokens[truce.token]
    around = near | ({*view.tree.subtree(head.head)} if head.dep in {"compound", "amod", "nmod"} else set())
    if truce.stopped is not None:  # "to stop a four-day exchange of fire"
        around -= {i for k in view.tree.kids(truce.stopped, *_LENGTHS) for i in view.tree.subtree(k)}
    for mention in view.durations:
        before, after = view.sentence.text[: mention.start], view.sentence.text[mention.end :]
        elsewhere = _OF_ELSE.match(after) or _SO_LONG_NONE.search(before) or _until_it_begins(view, mention)
        if view.tree.at(mention.start) in around and not elsewhere:
            return mention.duration
    return None


_OF_ELSE: Final = re.compile(
    r"[\s-]+(?:(?:\w+\s+)?(?:conflict|war|insurgency|rebellion|fighting|siege|campaign)\b|of\s+(?!(?:calm|quiet|silence|peace|truce|ceasefire|ceasefires|pause)\b)|late\b|early\b|behind\b|into\b|since\b|after\b|old\b|(?:a|each|every|per) day\b(?! (?:after|before|earlier|later))|daily\b)",
    re.IGNORECASE,
)
_SO_LONG_NONE: Final = re.compile(
    r"(?i)\b(?:in|delay of|delayed by)\s+(?:about |over |nearly |almost |more than )?$"
)
"""Before one: "the first truce in six years", "began after a delay of three hours"."""
_LENGTHS: Final = ("nummod", "amod", "compound", "nmod")
