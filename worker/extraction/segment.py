"""Where the sentences of an article are: offsets into the text as received, boilerplate left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sentencex

from worker.article import TextField
from worker.extraction.boilerplate import is_boilerplate, kept_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.article import Article

MAX_SENTENCE = 1_500
"""Characters; a longer sentence is cut at a clause boundary, because a parser's cost grows with length."""
MAX_SENTENCES = 400
"""Sentences kept of one article: what stands below them is never the news."""
MAX_CHARACTERS = 400_000
"""Characters looked at of one field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of an article: `text` is exactly `article.field(field)[start:end]`, in code points.

    A hard-wrapped text has line breaks within sentences; for reading they count as spaces. `paragraph` numbers
    the blocks of a field from 0 (dropped ones included, so that neighbours of a dropped block are not adjacent).
    """

    field: TextField
    start: int
    end: int
    text: str
    paragraph: int


def segment(article: Article) -> tuple[Sentence, ...]:
    """Split title and text into sentences, in reading order, never overlapping; the title comes first."""
    sentences: list[Sentence] = []
    for field in (TextField.TITLE, TextField.TEXT):
        whole = article.field(field)[:MAX_CHARACTERS]
        for paragraph, (start, end) in enumerate(_blocks(whole)):
            for first, last in _sentences(whole, start, end):
                if len(sentences) == MAX_SENTENCES:
                    return tuple(sentences)
                sentences.append(
                    Sentence(field=field, start=first, end=last, text=whole[first:last], paragraph=paragraph)
                )
    return tuple(sentences)


_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")


def _blocks(whole: str) -> Iterator[tuple[int, int]]:
    spans = [_stripped(whole, m.start(), m.end()) for m in _LINE.finditer(whole)]
    spans = [span for span in spans if span[0] < span[1]]
    for span, kept in zip(spans, kept_lines([whole[a:b] for a, b in spans]), strict=True):
        if kept:
            yield span


def _stripped(whole: str, start: int, end: int) -> tuple[int, int]:
    piece = whole[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, start + len(piece.strip()))


def _sentences(whole: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    flat = re.sub(r"[\s\ud800-\udfff]", " ", whole[start:end])
    for boundary in sentencex.get_sentence_boundaries("en", flat):
        first, last = _stripped(whole, start + boundary["start_index"], start + boundary["end_index"])
        if first < last and not is_boilerplate(whole[first:last]):
            yield first, last
