"""Lines and paragraphs of a page: wrapped lines joined, and only the blocks that belong to the story."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from worker.extraction.boilerplate import kept_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Span = tuple[int, int]
"""[start, end) in code points of the whole text."""
_WRAP_WIDTH: Final = range(40, 101)
"""Widths at which texts are wrapped by hand or by old wires."""
_LINE: Final = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_MAX_GAP: Final = 60
"""White space up to which words stand in one line: a wider gap is the gap between columns, and patterns that
meet white space without an end would take very long to give up."""
_GAP: Final = re.compile(rf"\s{{{_MAX_GAP + 1},}}|\s{{5,{_MAX_GAP}}}(?=[A-Z\u201c\u2018\"])")
"""So is a narrower one before what opens a sentence: pages that were flattened have their paragraphs and teasers so."""


def story_blocks(whole: str, title: str) -> Iterator[tuple[int, int, int]]:
    """Yield (paragraph number, start, end) of what belongs to the story."""
    spans = (stripped(whole, start, end) for start, end in _columns(whole))
    lines = [span for span in spans if span[0] < span[1]]
    blocks = list(_unwrapped(whole, lines))
    kept = kept_lines([whole[start:end] for start, end in blocks], title)
    for number, (start, end) in enumerate(blocks):
        if kept[number]:
            yield number, start, end


def _columns(whole: str) -> Iterator[Span]:
    """Yield the lines of a text, cut at wide gaps."""
    for line in _LINE.finditer(whole):
        start = line.start()
        for gap in _GAP.finditer(whole, line.start(), line.end()):
            yield start, gap.start()
            start = gap.end()
        yield start, line.end()


def stripped(whole: str, start: int, end: int) -> Span:
    """Return a span without the white space at its ends; empty where there is nothing else."""
    piece = whole[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def _unwrapped(whole: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Join lines that a narrow column broke, and lines that plainly go on in the next."""
    narrow = _is_narrow(whole, lines)
    open_block: Span | None = None
    last_line: Span = (0, 0)
    for line in lines:
        if (
            open_block is not None
            and _adjacent(whole, last_line, line)
            and _goes_on(whole, last_line, line, narrow=narrow)
        ):
            open_block = open_block[0], line[1]
        else:
            if open_block is not None:
                yield open_block
            open_block = line
        last_line = line
    if open_block is not None:
        yield open_block


def _is_narrow(whole: str, lines: Sequence[Span]) -> bool:
    """Whether a text was wrapped at a fixed width: most lines end where the next word no longer fitted."""
    short = [end - start for start, end in lines if end - start < _WRAP_WIDTH.stop]
    width = max(short, default=0)
    if width not in _WRAP_WIDTH or len(short) < 0.9 * len(lines):
        return False
    full = broken = small = 0
    for line, following in pairwise(lines):
        if _adjacent(whole, line, following) and not _ENDED.search(whole, line[0], line[1]):
            broken += 1
            full += line[1] - line[0] + len(_first_word(whole, following)) > 0.85 * width
            small += not whole[following[0]].isupper()
    # Sentences that stand one to a line without full stops begin with capitals; old wires are all in capitals.
    going_on = small > 0.3 * broken or whole[:_SAMPLE].isupper()
    return broken > 1 and full > 0.6 * broken and going_on


_SAMPLE: Final = 2_000
"""Characters that tell whether a text is written in capitals."""


_ENDED: Final = re.compile(r"[.!?:\u2026][\"'\u201d\u2019)]?\Z")


def _first_word(whole: str, line: Span) -> str:
    return whole[line[0] : min(line[1], line[0] + 40)].split(maxsplit=1)[0]


def _adjacent(whole: str, line: Span, following: Span) -> bool:
    gap = whole[line[1] : following[0]]
    return len(gap) <= _MAX_GAP and len(_BREAK.findall(gap)) == 1


_BREAK: Final = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def _goes_on(whole: str, line: Span, following: Span, *, narrow: bool) -> bool:
    head = whole[following[0]]
    ended = _ENDED.search(whole[max(line[0], line[1] - 3) : line[1]]) is not None
    if head in "-\u2013\u2022*\u25cf":
        return False
    if narrow:
        return True
    return not ended and (
        head.islower() or (whole[line[1] - 1] == "," and line[1] - line[0] < _WRAP_WIDTH.stop)
    )
