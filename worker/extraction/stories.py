"""Pages of several stories: news in brief, round-ups, radio bulletins. Each is read against its own war."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from worker.article import TextField
from worker.extraction.context import Context
from worker.extraction.wars import EVIDENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from worker.article import Article
    from worker.extraction.mention import Finder
    from worker.extraction.segment import Sentence
    from worker.lexicon import Lexicon
    from worker.lexicon.entries import ConflictEntry

_ENDS: Final = re.compile(r"[.!?:;,\u2026\"\u201d')]$")
"""How a heading does not end."""
_UNDER_A_PLACE: Final = re.compile(r"[A-Z][\w\u2019' -]{2,30}: [A-Z]")
"""How the parts of a bulletin are headed: "Gaza: A ceasefire that …"."""
_LEAST, _LONGEST = 3, 20
"""Words of a heading."""


def contexts(
    sentences: Sequence[Sentence], article: Article, on: date, lexicon: Lexicon, finder: Finder
) -> tuple[tuple[Sentence, Context], ...]:
    """The stories of an article in order: the first sentence of each, and what it is read against.

    A heading begins another one where what follows is evidently about another war, of which the story before does not
    name both sides; a line that was dropped, or a paragraph of a round-up, does where it names neither. A page of one story
    is read as a whole.
    """
    whole = Context(sentences, article, on, lexicon, finder)
    parts = list(_sections(sentences))
    if _is_of_many_wars([c for score, c in whole.conflicts if score >= EVIDENT]):
        paragraphs = list(_paragraphs(sentences))
        mains = (Context(p, article, on, lexicon, finder).main_conflict for p in paragraphs)
        if _is_of_many_wars([war for war in mains if war is not None]):
            parts = paragraphs  # the news of a week
    if len(parts) < 2:  # noqa: PLR2004
        return ((sentences[0], whole),) if sentences else ()
    stories: list[list[Sentence]] = [list(parts[0])]
    told = Context(parts[0], article, on, lexicon, finder)
    for part in parts[1:]:
        own = Context(part, replace(article, title=part[0].text), on, lexicon, finder)
        if _is_another(own, told, headed=_ENDS.search(part[0].text.rstrip()) is None):
            stories.append(list(part))
            told = own
        else:
            stories[-1].extend(part)
    if len(stories) == 1:
        return ((sentences[0], whole),)
    headed = [article, *(replace(article, title=story[0].text) for story in stories[1:])]
    return tuple(
        (story[0], Context(story, one, on, lexicon, finder))
        for story, one in zip(stories, headed, strict=True)
    )


_MANY: Final = 3
"""Wars that have nothing to do with each other from which a page of paragraphs is a round-up."""


def _is_of_many_wars(wars: Sequence[ConflictEntry]) -> bool:
    """Whether many of the wars have no side in common with any other of those."""
    apart: list[set[str]] = []
    for war in wars:
        members = {m for side in war.sides for m in side.members}
        if all(members.isdisjoint(others) for others in apart):
            apart.append(members)
    return len(apart) >= _MANY


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    for _, group in groupby(sentences, key=lambda s: (s.field, s.paragraph)):
        yield list(group)


def _is_another(own: Context, told: Context, *, headed: bool) -> bool:
    """Whether a section is evidently about a war that the story before does not tell of."""
    war = own.main_conflict
    if headed and war is None and told.main_conflict is not None and _UNDER_A_PLACE.match(own.title):
        members = {m for side in told.main_conflict.sides for m in side.members}
        lands = {*own.in_text, *own.as_place, *own.title_countries}
        return bool(lands) and lands.isdisjoint(members | told.main_conflict.countries)
    if war is None or war is told.main_conflict:
        return False
    named = [any(m in told.in_text for m in side.members) for side in war.sides]
    return not (all(named) if headed else any(named))


def _sections(sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """The sentences cut before each heading of the text, those included that were left out as furniture of the page."""
    start = 0
    for n in range(1, len(sentences)):
        if n > start and (_is_heading(sentences, n) or _is_cut_off(sentences, n)):
            yield sentences[start:n]
            start = n
    yield sentences[start:]


def _is_cut_off(sentences: Sequence[Sentence], n: int) -> bool:
    """Whether a line stands before a sentence that was dropped: a heading whose words its story does not use, or a caption."""
    one, before = sentences[n], sentences[n - 1]
    return one.field is before.field is TextField.TEXT and one.paragraph > before.paragraph + 1


def _is_heading(sentences: Sequence[Sentence], n: int) -> bool:
    """Whether a sentence is a line of its own between others, without a stop at its end."""
    one, before, after = sentences[n], sentences[n - 1], sentences[n + 1 : n + 2]
    if one.field is not TextField.TEXT or before.field is not TextField.TEXT or not after:
        return False
    alone = one.paragraph not in {before.paragraph, after[0].paragraph}
    words = len(one.text.split())
    return alone and _LEAST <= words <= _LONGEST and _ENDS.search(one.text.rstrip()) is None
