"""How many of the articles that tell of an incident know it of themselves.

Articles of one outlet are one source, and so are copies of one text in many outlets (fingerprints with enough
equal bytes). What is alike in steps is one source too, so that the order of arrival is no matter.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.correlation.incidents import StrikeReport

SOURCES_QUOTED = 5
"""So many sources have their places and words in an alert."""
STEPS = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Numbers of sources and reports are published at these steps, so that not every report is a revision."""


def stepped(count: int) -> int:
    """The greatest step that is not above the count."""
    return STEPS[bisect_right(STEPS, count) - 1] if count else 0


def similarity(first: bytes, second: bytes) -> float:
    """Share of equal bytes at equal positions; 0 where a fingerprint is missing or of another length."""
    if not first or len(first) != len(second):
        return 0.0
    return _equal_bytes(int.from_bytes(first), int.from_bytes(second), len(first)) / len(first)


def _equal_bytes(first: int, second: int, size: int) -> int:
    return (first ^ second).to_bytes(size).count(0)


class Sources:
    """Articles joined into independent sources."""

    def __init__(self, copy_similarity: float) -> None:
        """Start without any article."""
        self._alike = copy_similarity
        self._parent: dict[str, str] = {}
        self._outlets: dict[str, str] = {}
        self._prints: dict[bytes, tuple[int, str]] = {}
        """Each text's fingerprint, the same as a number (made once: every new one is held against all), and article."""
        self.count = 0
        """Independent sources."""

    @classmethod
    def of(cls, reports: Iterable[StrikeReport], copy_similarity: float) -> Sources:
        """The sources of some reports."""
        sources = cls(copy_similarity)
        for report in reports:
            article = report.event.article
            sources.add(article.id, article.source, report.fingerprint)
        return sources

    @property
    def articles(self) -> int:
        """Articles, copies included."""
        return len(self._parent)

    def __contains__(self, article_id: str) -> bool:
        """Whether the article is among them."""
        return article_id in self._parent

    def root(self, article_id: str) -> str:
        """The article that stands for all of the same source."""
        parent = self._parent
        while parent[article_id] != article_id:
            parent[article_id] = parent[parent[article_id]]
            article_id = parent[article_id]
        return article_id

    def add(self, article_id: str, outlet: str, fingerprint: bytes) -> None:
        """One more article; adding it again changes nothing."""
        if article_id not in self._parent:
            self._parent[article_id] = article_id
            self.count += 1
        self._join(article_id, self._outlets.setdefault(outlet.casefold(), article_id))
        if not fingerprint:
            return
        known = self._prints.get(fingerprint)
        if known is not None:
            self._join(article_id, known[1])
            return
        one, size, number = self.root(article_id), len(fingerprint), int.from_bytes(fingerprint)
        for other, (other_number, owner) in self._prints.items():
            if len(other) != size or self.root(owner) == one:
                continue
            if _equal_bytes(number, other_number, size) / size >= self._alike:
                self._join(article_id, owner)
                one = self.root(article_id)
        self._prints[fingerprint] = number, article_id

    def _join(self, first: str, second: str) -> None:
        one, other = self.root(first), self.root(second)
        if one != other:
            self._parent[max(one, other)] = min(one, other)
            self.count -= 1
