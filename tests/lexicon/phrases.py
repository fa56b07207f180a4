"""A plain whole-word matcher, so that the tests of the lexicon need no extractor."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def find_owners(text: str, aliases: Mapping[str, str], never: Iterable[str]) -> list[str]:
    """The owners of the aliases in a text, leftmost longest; an expression of `never` hides what it covers."""
    straight = text.replace("’", "'")
    hits: list[tuple[int, int, str | None]] = []
    for phrase, owner in [*aliases.items(), *((phrase, None) for phrase in never if phrase not in aliases)]:
        wanted = phrase.replace("’", "'")
        searched = straight if wanted != wanted.lower() else straight.lower()
        start = searched.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if not (searched[start - 1 : start].isalnum() or searched[end : end + 1].isalnum()):
                hits.append((start, -end, owner))
            start = searched.find(wanted, start + 1)
    found: list[str] = []
    free = 0
    for start, end, owner in sorted(hits, key=lambda hit: hit[:2]):
        if start >= free:
            free = -end
            if owner is not None:
                found.append(owner)
    return found
