"""Acronyms that an article introduces for somebody else than the lexicon knows by them: "Special Action Force (SAF)"."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from worker.extraction.mention import Finder

_INTRODUCED: Final = re.compile(r"\((?P<acronym>[A-Z]{2,7})\)")
_WORDS: Final = re.compile(r"[A-Z][\w'’-]*")
_BEFORE: Final = 90
"""Characters in which the name before an acronym is looked for."""
_OWNER: Final = 16
"""Characters before the name in which its state is looked for."""
_ALIKE: Final = 0.8
"""From here on two names are spellings of one: "People's Defense Force", "People's Defence Forces"."""


def of_others(text: str, finder: Finder, on: date) -> frozenset[str]:
    """The acronyms by which an article calls whom it introduces under a name that is not the known bearer's."""
    found = set()
    for match in _INTRODUCED.finditer(text):
        acronym = match["acronym"]
        known = {m.alias.actor_id for m in finder.actors(acronym, on)}
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        name = _name_before(before, acronym)
        if not known or name is None:
            continue
        whose = before[: -len(name) - 1][-_OWNER:] + name  # "the US Central Intelligence Agency"
        if known & {m.alias.actor_id for m in finder.actors(whose, on)}:
            continue
        spellings = (s for actor in known for s in finder.names(actor))
        if not any(SequenceMatcher(None, name.lower(), s.lower()).ratio() >= _ALIKE for s in spellings):
            found.add(acronym)
    return frozenset(found)


def _name_before(text: str, acronym: str) -> str | None:
    """The words whose initials an acronym is made of."""
    words = list(_WORDS.finditer(text))[-len(acronym) :]
    initials = "".join(word.group()[0] for word in words)
    return text[words[0].start() :].rstrip() if words and initials == acronym else None
