"""How far event time has come in one conflict, and what is late against it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from worker.correlation.windows import believed_publication

if TYPE_CHECKING:
    from worker.correlation.policy import Policy
    from worker.event import ArticleRef


class LateReason(StrEnum):
    """Why an event counts as late."""

    AFTER_GRACE = "after_grace"
    """Published more than the grace before the watermark: matched with what is still remembered."""
    FORGOTTEN = "forgotten"
    """Published before all that is remembered: not matched."""


BEGINNING = datetime.min.replace(tzinfo=UTC)
HOUR = timedelta(hours=1)


def moved(
    watermark: datetime | None, article: ArticleRef, policy: Policy, at: datetime | None = None
) -> datetime | None:
    """The watermark after an article: only a believable `published_at` moves it, and never back.

    `at` is the log's own time: what claims to be from far beyond it would have everything else forgotten.
    """
    published = believed_publication(article, policy)
    if published is None or (watermark is not None and published <= watermark):
        return watermark
    if at is not None and published - policy.grace > at:
        return watermark
    return published


@dataclass(slots=True)
class Settling:
    """The watermark that forgets: the one that was reached a grace ago by the log's own clock.

    Articles come from several partitions, and a backlog of months is read out of step: the watermark runs with
    the fastest of them. By the clock of the log they are minutes apart, so what the others still bring is
    waited for. Without that clock (a replay in order) the watermark itself forgets.
    """

    clock: datetime | None = None
    reached: datetime | None = None
    marks: deque[tuple[datetime, datetime]] = field(default_factory=deque)
    """The hours of the log in which it has moved, and how far; no more than the grace has hours."""
    _due: datetime | None = field(default=None, compare=False, repr=False)
    """When the first of these has been waited for; None where that has yet to be found out."""

    def tick(self, at: datetime | None, watermark: datetime | None, policy: Policy) -> None:
        """The log is at `at` and the watermark at `watermark`."""
        clock, marks = self.clock, self.marks
        if at is not None and (clock is None or at > clock):
            self.clock = clock = at
        if clock is None:
            self.reached = watermark
            return
        while marks and (self._due is None or clock >= self._due):
            self._due = marks[0][0] + policy.grace + HOUR
            if clock >= self._due:
                self.reached, self._due = marks.popleft()[1], None
        if watermark is None or watermark == (marks[-1][1] if marks else self.reached):
            return
        if marks and clock - marks[-1][0] < HOUR:
            hour, _ = marks.pop()  # the time of the first is the same after that
        else:
            hour = clock.replace(minute=0, second=0, microsecond=0)
        marks.append((hour, watermark))


def horizon(watermark: datetime | None, policy: Policy) -> datetime | None:
    """Before this moment nothing is remembered, except ceasefires that are still watched."""
    if watermark is None or watermark - BEGINNING < policy.window + policy.grace:
        return None
    return watermark - policy.window - policy.grace


def lateness(
    watermark: datetime | None, edge: datetime | None, reference: datetime, policy: Policy
) -> LateReason | None:
    """Where an article with this reference time stands; exactly the grace is on time.

    `edge` is the horizon behind which things have been forgotten, None where nothing has.
    """
    if edge is not None and reference < edge:
        return LateReason.FORGOTTEN
    if watermark is None or watermark - reference <= policy.grace:
        return None
    return LateReason.AFTER_GRACE
