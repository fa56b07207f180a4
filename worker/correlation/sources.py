"""How many of the articles that tell of an incident know it of themselves.

Articles of one outlet are one source, and so are copies of one text in many outlets (fingerprints with enough
equal bytes). What is alike in steps is one source too, so that the order of arrival is no matter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

SOURCES_QUOTED = 5
"""So many sources have their places and words in an alert."""
STEPS = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Numbers of sources and reports are published at these steps, so that not every report is a revision."""


def stepped(count: int) -> int:
    """The greatest step that is not above the count."""
    return STEPS[bisect_right(STEPS, count) - 1] if count else 0


def quoted(count: int) -> int:
    """Of how many sources an alert has places and words."""
    return min(stepped(count), SOURCES_QUOTED)


def similarity(first: bytes, second: bytes) -> float:
    """Share of equal bytes at equal positions; 0 where a fingerprint is missing or of another length."""
    if not first or len(first) != len(second):
        return 0.0
    return (int.from_bytes(first) ^ int.from_bytes(second)).to_bytes(len(first)).count(0) / len(first)


class Sources:
    """Articles joined into independent sources."""

    def __init__(self, copy_similarity: float) -> None:
        """Start without any article."""
        self._alike = copy_similarity
        self._parent: dict[str, str] = {}
        self._outlets: dict[str, str] = {}
        self._prints: dict[int, dict[int, str]] = defaultdict(dict)
        """By their length the texts' fingerprints as numbers (every new one is held against all), and their articles."""
        self.count = 0
        """Independent sources."""
        self.regrouped = 0
        """How often the `root` of an article became another one."""

    @property
    def articles(self) -> int:
        """Articles, copies included."""
        return len(self._parent)

    def root(self, article_id: str) -> str:
        """The article that stands for all of the same source."""
        parent = self._parent
        while (above := parent[article_id]) != article_id:
            parent[article_id] = parent[above]
            article_id = above
        return article_id

    def add(self, article_id: str, outlet: str, fingerprint: bytes) -> None:
        """One more article; adding it again changes nothing."""
        is_new = article_id not in self._parent
        if is_new:
            self._parent[article_id] = article_id
            self.count += 1
        self._join(article_id, self._outlets.setdefault(outlet.casefold(), article_id), is_new=is_new)
        if not fingerprint:
            return
        size, number = len(fingerprint), int.from_bytes(fingerprint)
        prints = self._prints[size]
        known = prints.get(number)
        if known is not None:
            self._join(article_id, known, is_new=is_new)
            return
        for owner in [
            owner
            for other, owner in prints.items()
            if (number ^ other).to_bytes(size).count(0) / size >= self._alike
        ]:
            self._join(article_id, owner, is_new=is_new)
        prints[number] = article_id

    def _join(self, article_id: str, other_id: str, *, is_new: bool) -> None:
        """Let the source of the other article stand for both."""
        one, other = self.root(article_id), self.root(other_id)
        if one != other:
            self._parent[one] = other
            self.count -= 1
            if one != article_id or not is_new:
                self.regrouped += 1
