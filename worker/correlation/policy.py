"""The numbers a correlation runs by, and the identity that alerts carry of the code and the numbers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cached_property

CODE_VERSION = "1.1.0"
"""Raised whenever the same events may give other alerts than before."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Every limit of the correlation. All durations are event time, never the wall clock."""

    window: timedelta = timedelta(days=30)
    """How long a ceasefire without an end stays watched after the last report that says it holds."""
    holiday: timedelta = timedelta(days=7)
    """The same for a holiday truce: no feast that wars have paused for lasts longer."""
    grace: timedelta = timedelta(hours=72)
    """How far behind the watermark an article may be published without counting as late."""
    merge_within: timedelta = timedelta(hours=72)
    """Declarations of one scope class no further apart than this are one ceasefire."""
    future_tolerance: timedelta = timedelta(hours=1)
    """How far `published_at` may lie after `seen_at` and still be believed."""
    copy_similarity: float = 0.4
    """Share of equal fingerprint bytes from which two texts count as copies: measured, see docs/quality.md."""
    evidence_limit: int = 12
    """Most sentences that one alert carries."""
    max_events: int = 20_000
    """Most events remembered per conflict; beyond it the oldest incidents are forgotten first."""

    def digest(self) -> str:
        """Eight hex digits that differ wherever any number differs."""
        text = ";".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
        return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()

    @cached_property
    def engine(self) -> str:
        """As `engine_id` has it."""
        return f"{CODE_VERSION}+{self.digest()}"


def engine_id(policy: Policy) -> str:
    """What alerts say they were made by: "<code version>+<policy hash>"."""
    return policy.engine
