"""What a text gives, for the tests of the extraction: lexicon and parser are loaded once."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from worker.article import Article
from worker.event import HAPPENED, Act, DiplomacyEvent, StrikeEvent
from worker.extraction import extract_many, load_parser
from worker.lexicon import load_lexicon

if TYPE_CHECKING:
    from worker.event import Event
    from worker.extraction.syntax import Parser
    from worker.lexicon import Lexicon

NOON = datetime(2025, 3, 19, 12, tzinfo=UTC)
"""A Wednesday."""


@lru_cache(maxsize=1)
def loaded() -> tuple[Lexicon, Parser]:
    """The lexicon and the parser."""
    return load_lexicon(), load_parser()


def events(text: str, *, title: str | None = None, on: datetime = NOON) -> tuple[Event, ...]:
    """All events of a text published at `on`."""
    lexicon, parser = loaded()
    article = Article(
        article_id="a", url=None, source="Test Wire", title=title, text=text, published_at=on, seen_at=on
    )
    return extract_many([article], lexicon, parser)[0].events


def diplomacy(text: str, *, title: str | None = None, on: datetime = NOON) -> tuple[DiplomacyEvent, ...]:
    """The diplomacy events of a text."""
    return tuple(e for e in events(text, title=title, on=on) if isinstance(e, DiplomacyEvent))


def strikes(text: str, *, title: str | None = None, on: datetime = NOON) -> tuple[StrikeEvent, ...]:
    """The strike events of a text."""
    return tuple(e for e in events(text, title=title, on=on) if isinstance(e, StrikeEvent))


def told(text: str, *, title: str | None = None, on: datetime = NOON) -> tuple[StrikeEvent, ...]:
    """The strike events of a text that it tells as fact or as a claim."""
    return tuple(e for e in strikes(text, title=title, on=on) if e.assertion.status in HAPPENED)


def acts_of(text: str) -> set[str]:
    """What a text tells as done about a ceasefire, "ceasefire_" left out; bare mentions are nothing done."""
    return {
        e.act.removeprefix("ceasefire_")
        for e in diplomacy(text)
        if e.assertion.status in HAPPENED and e.act is not Act.CEASEFIRE_MENTIONED
    }


def pairs(text: str, *, on: datetime = NOON) -> set[tuple[str | None, str | None]]:
    """Who is told to have struck whom, by id; None for whoever is not known."""
    found: set[tuple[str | None, str | None]] = set()
    for event in told(text, on=on):
        actors: list[str | None] = [a.id for a in event.actors]
        recipients: list[str | None] = [r.id for r in event.recipients]
        found.update((a, r) for a in actors or [None] for r in recipients or [None])
    return found


def day(year: int, month: int, number: int) -> datetime:
    """Noon of a day."""
    return datetime(year, month, number, 12, tzinfo=UTC)
