"""How far event time has come in one conflict, and what is late against it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from worker.correlation.windows import believed_publication

if TYPE_CHECKING:
    from datetime import datetime

    from worker.correlation.policy import Policy
    from worker.event import ArticleRef


class LateReason(StrEnum):
    """Why an event counts as late."""

    AFTER_GRACE = "after_grace"
    """Published more than the grace before the watermark: matched with what is still remembered."""
    FORGOTTEN = "forgotten"
    """Published before all that is remembered: not matched."""


def moved(watermark: datetime | None, article: ArticleRef, policy: Policy) -> datetime | None:
    """The watermark after an article: only a believable `published_at` moves it, and never back."""
    published = believed_publication(article, policy)
    if published is None or (watermark is not None and published <= watermark):
        return watermark
    return published


def horizon(watermark: datetime | None, policy: Policy) -> datetime | None:
    """Before this moment nothing is remembered, except ceasefires that are still watched."""
    return None if watermark is None else watermark - policy.window - policy.grace


def lateness(watermark: datetime | None, reference: datetime, policy: Policy) -> LateReason | None:
    """Where an article with this reference time stands against the watermark; exactly the grace is on time."""
    if watermark is None or reference >= watermark - policy.grace:
        return None
    if reference >= watermark - policy.window - policy.grace:
        return LateReason.AFTER_GRACE
    return LateReason.FORGOTTEN
