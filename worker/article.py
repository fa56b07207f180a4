"""What came in: one news article, as the scraper sent it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TextField(StrEnum):
    """Field of an article that evidence offsets point into."""

    TITLE = "title"
    """The headline, as received."""
    TEXT = "text"
    """The body: `text` as received, or what was cleaned out of `html`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article. All times are timezone-aware and in UTC.

    `text` is never HTML: where a message carried only `html`, the decoder has cleaned it, and evidence
    offsets point into the cleaned text. `published_at` may be unknown; `seen_at` never is (`fetched_at`,
    or else the time of the Kafka message), so every article can be placed in time.
    """

    article_id: str
    url: str | None
    source: str
    """The outlet: copies of one text within one outlet and across outlets are told apart by it."""
    title: str | None
    text: str
    published_at: datetime | None
    seen_at: datetime
    language: str | None = None
    """ISO 639-1 code, or None where the scraper did not say (then it is taken to be English)."""

    @property
    def reference_time(self) -> datetime:
        """The time that relative dates ("Tuesday night") are counted from."""
        return self.published_at or self.seen_at

    def field(self, name: TextField) -> str:
        """The text that offsets of evidence in field `name` point into."""
        return (self.title or "") if name is TextField.TITLE else self.text
