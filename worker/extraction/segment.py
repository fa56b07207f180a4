"""Where the sentences of an article are: offsets into the text as received, boilerplate left out.

Text -> lines -> blocks (hard-wrapped lines joined, boilerplate lines dropped) -> pieces (datelines, time stamps and
caption marks cut off, glued sentences cut apart) -> sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import sentencex  # type: ignore[import-untyped]

from worker.article import TextField
from worker.extraction.boilerplate import is_boilerplate
from worker.extraction.layout import Span, story_blocks, stripped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.article import Article

MAX_SENTENCE: Final = 1_500
"""Characters; a longer sentence is cut at a clause boundary, because a parser's cost grows with length."""
MAX_SENTENCES: Final = 400
"""Sentences kept of one article: what stands below them is never the news."""
MAX_CHARACTERS: Final = 400_000
"""Characters looked at of one field."""
_MAX_BLOCK: Final = 5_000
"""Characters split into sentences at once."""


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
    """Split title and text into sentences, in reading order, never overlapping; the title comes first.

    Any text is fine; what is too long is cut (`MAX_SENTENCE`, `MAX_SENTENCES`, `MAX_CHARACTERS`).
    """
    sentences: list[Sentence] = []
    seen: set[str] = set()
    for field in (TextField.TITLE, TextField.TEXT):
        whole = article.field(field)[:MAX_CHARACTERS]
        title = (article.title or "")[:MAX_CHARACTERS] if field is TextField.TEXT else ""
        label = _LABEL.match(whole) if field is TextField.TITLE else None
        for paragraph, start, end in story_blocks(whole, title):
            for first, last in _sentences(whole, max(start, label.end() if label else 0), end):
                if len(sentences) == MAX_SENTENCES:
                    return tuple(sentences)
                text = whole[first:last]
                if field is TextField.TEXT and len(text) > _REPEATED and text in seen:
                    continue
                seen.add(text)
                sentences.append(Sentence(field=field, start=first, end=last, text=text, paragraph=paragraph))
    return tuple(sentences)


_LABEL: Final = re.compile(
    r"(?:(?i:watch|video|updated?|breaking(?: news)?|live(?: updates?)?|exclusive))\s*[:|\u2013\u2014-]\s+(?=[A-Z\d])"
)
"""What stands before a title and would make a line of the text a teaser."""
_REPEATED: Final = 40
"""Characters above which a sentence that stands twice is a copy (a standfirst, a pull quote)."""


_DATELINE: Final = re.compile(
    r"(?:[A-Z][A-Z'\u2019. -]{2,40}(?:[,/]\s?[^.!?\n()\u2014]{1,40}?)?\s*(?:\([A-Z][\w /.&-]{1,30}\)\s*)?(?:--?|\u2013|\u2014)\s"
    r"|[A-Z][\w'\u2019., /-]{1,60}?\((?:AP|AFP|UPI|TASS|Xinhua|Reuters|REUTERS|CNN|dpa|DPA|EFE|ANI|PTI|IANS|WAFA|IRNA|Interfax|[A-Z]{2,10})\)\s*"
    r"(?:--?|\u2013|\u2014)\s*"
    r"|\((?:AP|AFP|UPI|CNN|Reuters|REUTERS|Xinhua|BBC|[A-Z]{2,10})\)\s*(?:--?|\u2013|\u2014|:)\s*|(?:CNN|AP|AFP|BBC)\s*(?:\u2014|\u2013|--)\s*"
    r"|(?:[A-Z][A-Z .'-]{2,30}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?),\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}"
    r"\s?(?:\([^()]{2,30}\)\s?)?(?:(?:--?|\u2013|\u2014)|\.\s/[^/]{2,20}/\.?)\s"
    r"|[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2}, [A-Z][a-z]+(?: [A-Z][a-z]+){0,2} [-\u2013\u2014] (?=[A-Z\u201c\"'\u2018]))"
    r"(?:\[TEXT\]\s*)?"
)
"""Place, date and agency before the first words: "KYIV, March 19 (Agency) - "."""
_LIVE_STAMP: Final = re.compile(
    r"(?:[\u2022*\u25cf\u25ba-]\s*)?(?:\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?\s*)?(?:GMT|UTC|BST|ET|EST|EDT|CET|local time)?|\d{4}\s*GMT)"
    r"(?:\s*\(\d{1,2}[:.]\d\d\s*GMT\))?\s*[-:|\u2013\u2014]?\s+(?=[A-Z\u201c\"'\u2018])"
)
"""Time of a live blog's entry before its first words."""
_BULLET: Final = re.compile(
    r"[\u2022\u25cf\u25aa\u25ba\u25a0\u2023*\u00b7]\s+|[-\u2013\u2014]{1,2}\s+(?=[A-Z\d\"\u201c])"
)


def _sentences(whole: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of one block that are not boilerplate."""
    for piece_start, piece_end in _pieces(whole, start, end):
        pending: Span | None = None
        for first, last in _split(whole, piece_start, piece_end):
            begin = _opened(whole, first, last)
            if begin >= last or is_boilerplate(whole[begin:last]):
                continue
            if pending is not None and _credit_follows(whole, pending, begin):
                pending = None
            if pending is not None:
                yield from _capped(whole, *pending)
            pending = begin, last
        if pending is not None:
            yield from _capped(whole, *pending)


def _credit_follows(whole: str, sentence: Span, begin: int) -> bool:
    """Whether a sentence is a caption, shown by the photographer's name that was cut off between it and the next."""
    between = whole[sentence[1] : begin]
    return "/" in between and bool(_CREDIT_START.match(between.lstrip()))


_CREDIT_START: Final = re.compile(
    r"[A-Z][\w.'\u2019-]+(?:\s[A-Z][\w.'\u2019-]+){0,3}\s?/\s?(?:Reuters|REUTERS|AFP|AP|EPA|Getty Images|Anadolu|Xinhua|Sipa)"
    r"(?:/(?:Getty Images|File|Getty))?\s+(?=[A-Z\u2018\u201c'\"])"
)
"""A photographer and agency before the first words of the next sentence: the one before was a caption."""
_OPENING_SIGNS: Final = "-\u2013\u2014:/"
"""One of these stands in whatever comes before a sentence's own words and begins with a letter."""
_NAME: Final = r"[A-Z][\w.'\u2019-]+"
_BYLINE: Final = re.compile(
    rf"By\s?(?:{_NAME}\s){{2,4}}(?:and\s(?:{_NAME}\s){{2,4}})?Reporting\sfrom\s(?:{_NAME}\s?){{1,3}}"
    rf"(?:,\s(?:(?:Saudi|South|North|New|United|Sri)\s)?{_NAME}\s)?(?=[A-Z\u201c])"
)
"""Who writes from where, before the first words: "By X Y Reporting from Beirut, Lebanon"."""
_OPENINGS: Final = (_BULLET, _LIVE_STAMP, _BYLINE, _DATELINE, _CREDIT_START)


def _opened(whole: str, first: int, last: int) -> int:
    """Return where a sentence's own words begin, after bullet, time stamp, dateline or credit."""
    head = whole[first : min(last, first + 200)]
    if head[:1].isalpha() and not head.startswith("By") and not any(sign in head for sign in _OPENING_SIGNS):
        return stripped(whole, first, last)[0]
    for opening in _OPENINGS:
        found = opening.match(whole[first : min(last, first + 200)])
        if found and first + found.end() < last:
            first += found.end()
    return stripped(whole, first, last)[0]


_MARK: Final = re.compile(
    r"Image\s(?:copyright|source),?\s(?:[A-Z][\w/.-]*\s){1,4}?Image\scaption\s|Image\scaption\s"
    r"|Date\sof\spublication\s\d{1,2}\s[A-Z][a-z]+\s\d{4}\s"
    r"|(?:SKIP\s)?(?:Advertisement|ADVERTISEMENT)\s(?:SKIP\sADVERTISEMENT\s)?(?=[A-Z\u201c])"
    r"|Enlarge\sthis\simage\stoggle\scaption\s|(?:AFP|AP|Reuters)\svideo\sRelated\svideo\s"
)
"""What stands before a caption where a page was flattened into one line."""
_LISTED: Final = re.compile(
    r"\b(?:THE\s)?LATEST\sNEWS\b|\bRELATED\s(?:NEWS|STORIES|ARTICLES)\b|(?:\.{3}|\u2026)\s?(?:Read|READ)\s(?:More|more|MORE)\b"
)
"""Signs of a list of other stories in a page that was flattened into one line; one alone proves nothing."""
_NEW_START: Final = re.compile(
    r"(?P<cut>\s)(?:(?<=[a-z]{2}\s)|(?<=[a-z]{2}['\u2019\u201d\"]\s))"
    r"(?=(?:The|A|An|In|It|He|She|They|But|This|These|There|Although|However)\s[a-z])"
)
"""A sentence begins although the one before has no full stop (a heading, a caption)."""
_GLUED: Final = re.compile(
    r"(?:[.!?](?:(?<=[a-z]{2}.)|(?<=[\d\u201d\"\u2019)].))|[\u201d\"\u2019](?<=[a-z][.!?].))"
    r"(?P<cut>)(?=[\u201c\"]?[A-Z][\w'\u2019]*[\s,])"
)
"""Two sentences without a space between them."""
_QUOTE_OPENS: Final = re.compile(
    r"(?P<cut>\s)(?<=[a-z\d)\"\u201d'\u2019][.!?]\s)\s*(?=[\"\u201c'\u2018][A-Z])"
)
"""An opening quotation mark after a full stop; a straight one is easily taken for the end of the quote before."""
_NO_STOP: Final = re.compile(
    r"(?:\b(?:[Ss]t|Dr|Mr|Mrs|Ms|Gen|Lt|Col|Maj|Sgt|Capt|Cmdr|Adm|Brig|Rep|Sen|Gov|Prof|Rev|Hon|No|Nos|vs|etc|Inc|Ltd|Co|Jr|Sr"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Pres|Fr|Mt|Ft|Art|approx|est)|[./@]\w+)\.$"
)


def _pieces(whole: str, start: int, end: int) -> Iterator[Span]:
    """Cut a block where a new sentence begins that no sentence splitter can see."""
    listed = [found.start() for found in _LISTED.finditer(whole, start, end)]
    if len(listed) > 1:
        # A cut-off teaser goes back to the full stop before it.
        at = listed[0]
        end = at if whole[at].isalpha() else start + max(whole[start:at].rfind(stop) + 1 for stop in ".!?")
    begin = _opened(whole, start, end)
    start = begin if begin < end else start
    block = whole[start:end]
    cuts = {0, len(block)}
    for mark in _MARK.finditer(block):
        cuts |= {mark.start(), mark.end()}
    cuts |= {found.start("cut") for found in _NEW_START.finditer(block)}
    for pattern in (_GLUED, _QUOTE_OPENS):
        for found in pattern.finditer(block):
            at = found.start("cut")
            if not _NO_STOP.search(block[max(0, at - 30) : at]):
                cuts.add(at)
    at = 0
    while len(block) - at > _MAX_BLOCK:
        at += _clause_end(block[at : at + _MAX_BLOCK])
        cuts.add(at)
    ordered = sorted(cuts)
    for first, last in pairwise(ordered):
        if not _MARK.fullmatch(block, first, last) and not _caption(block, first, last):
            yield start + first, start + last


def _caption(block: str, first: int, last: int) -> bool:
    """Whether a piece is the caption after a mark, cut off from the body behind it."""
    return (
        first > 0
        and last < len(block)
        and block[:first].endswith(("Image caption ", "Related video "))
        and (
            last - first < 200 and not re.search(r"[.!?]\s*$", block[first:last])  # noqa: PLR2004
        )
    )


_JOIN: Final = re.compile(
    r"\b[ap]\.m\.\s+(?=(?:on|local|GMT|UTC|E[SD]?T|\(|[A-Z][a-z]+\stime\b|[A-Z][a-z]+day\b|January|February|March|April|May|June|July|August"
    r"|September|October|November|December))"
    r"|\b(?:No|Nos|Lt|Col|Gen|Maj|Sgt|Capt|Cmdr|Adm|Brig|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Oct|Nov|Dec)\.\s+(?=[A-Z\d])"
    r"|\bU\.[SNK]\.\s+(?=(?:Army|Navy|Air|President|Secretary|State|Department|Marine|Security|Special|envoy|and|or)\b)"
)


def _split(whole: str, start: int, end: int) -> Iterator[Span]:
    """Split a piece with the sentence splitter, mending its cuts after "p.m.", ranks and months."""
    flat = whole[start:end]
    if not flat.isprintable():
        flat = re.sub(r"[\s\ud800-\udfff]", " ", flat)
    mended = {found.end() for found in _JOIN.finditer(flat)}
    first = start
    for boundary in sentencex.get_sentence_boundaries("en", flat):
        at = boundary["end_index"]
        glued = at < len(flat) and flat[at - 1] != " " != flat[at]
        if glued or (at in mended and at < len(flat)):
            continue
        span = stripped(whole, first, start + at)
        first = start + at
        dangling = len(whole[span[0] : span[1]]) - len(whole[span[0] : span[1]].rstrip("[( "))
        if span[0] < span[1] - dangling:
            yield span[0], span[1] - dangling


_STOPS: Final = (re.compile(r"[.!?]\s"), re.compile(r"[;:,\u2014]\s|\s[-\u2013]\s"), re.compile(r"\s"))


def _clause_end(window: str) -> int:
    """Return where to cut a window that is too long: after its last sentence, clause or word, else at its end."""
    for stop in _STOPS:
        ends = [found.end() for found in stop.finditer(window, len(window) // 2)]
        if ends:
            return ends[-1]
    return len(window)


def _capped(whole: str, start: int, end: int) -> Iterator[Span]:
    while end - start > MAX_SENTENCE:
        window = whole[start : start + MAX_SENTENCE]
        at = _clause_end(window)
        span = stripped(whole, start, start + at)
        if span[0] < span[1]:
            yield span
        start += at
    span = stripped(whole, start, end)
    if span[0] < span[1]:
        yield span
