"""Articles to events. The reading order of this package, one line per step."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from worker.article import TextField
from worker.event import ArticleRef
from worker.extraction.acronyms import of_others
from worker.extraction.branches import in_its_name
from worker.extraction.breaches import with_orders
from worker.extraction.casing import in_natural_case
from worker.extraction.coherence import LONG
from worker.extraction.confidence import is_doubtful_aside, rate_acts, rate_strikes
from worker.extraction.diplomacy import find_diplomacy
from worker.extraction.echoes import with_echoes
from worker.extraction.fingerprint import content_hash, fingerprint
from worker.extraction.gate import gate_of, is_english
from worker.extraction.mention import finder_of
from worker.extraction.plainnames import with_plain_names
from worker.extraction.reconciling import reconcile
from worker.extraction.segment import MAX_SENTENCES, segment
from worker.extraction.stories import contexts
from worker.extraction.strikes import find_strikes
from worker.extraction.undated import day_of
from worker.extraction.verbless import parse_all
from worker.extraction.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from worker.article import Article
    from worker.event import Event
    from worker.extraction.context import Context
    from worker.extraction.mention import Finder
    from worker.extraction.segment import Sentence
    from worker.extraction.syntax import Parser
    from worker.lexicon import Lexicon

MAX_READ: Final = 60_000
"""Characters parsed of one article, in whole sentences; the longest live blogs say less than this of interest."""
MAX_EVENTS: Final = 200
"""Events of one article; no report tells of more, and what compares every event with every other stays quick."""
_TOGETHER: Final = 200_000
"""Characters parsed at once, so that memory does not grow with the number of long articles in a batch."""
_SPACES: Final = "\n\t\r\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one article gave. `skipped` is None where it was read, else why not: language, irrelevant, empty."""

    article_id: str
    events: tuple[Event, ...]
    skipped: str | None = None
    truncated: bool = False
    """Whether more stands in the article than was read (`MAX_READ`, `MAX_EVENTS`, `segment.MAX_SENTENCES`)."""


@dataclass(frozen=True, slots=True)
class _Read:
    """An article that may tell of something, and those of its sentences that are parsed."""

    article: Article
    on: date
    """The day that its names are judged by."""
    finder: Finder
    """Finds those whom it names."""
    sentences: tuple[Sentence, ...]
    worth: Sequence[Sentence]
    truncated: bool


def extract_many(articles: Sequence[Article], lexicon: Lexicon, parser: Parser) -> tuple[Extraction, ...]:
    """Extract the events of each article, in order. What stands beside an article changes nothing about it."""
    found: dict[int, Extraction] = {}
    waiting: dict[int, _Read] = {}
    length = 0
    for n, article in enumerate(articles):
        read = _read(article, lexicon, parser)
        if isinstance(read, Extraction):
            found[n] = read
            continue
        waiting[n] = read
        length += sum(len(s.text) for s in read.worth)
        if length > _TOGETHER:
            found |= _extract_all(waiting, lexicon, parser)
            waiting, length = {}, 0
    found |= _extract_all(waiting, lexicon, parser)
    return tuple(found[n] for n in range(len(articles)))


def _read(article: Article, lexicon: Lexicon, parser: Parser) -> _Read | Extraction:
    """Choose the sentences that are worth parsing; an article without any is done."""
    reason = _unreadable(article)
    if reason is not None:
        return Extraction(article_id=article.article_id, events=(), skipped=reason)
    finder = finder_of(lexicon)
    gate, on = gate_of(lexicon), day_of(article, finder, lexicon)
    if not gate.admits(article.title or "", article.text, on):
        return Extraction(article_id=article.article_id, events=(), skipped="irrelevant")
    whole = segment(article)
    sentences = in_natural_case(
        whole,
        on,
        lexicon,
        finder,
        lambda word: parser.is_word(word) or gate.opens(word),
    )
    worth = with_echoes(sentences, [s for s in sentences if gate.opens(s.text)])
    kept = _within(worth, MAX_READ)
    truncated = len(kept) < len(worth) or len(whole) >= MAX_SENTENCES
    return _Read(article, on, finder.without(of_others(article.text, finder, on)), sentences, kept, truncated)


def _within(sentences: Sequence[Sentence], limit: int) -> Sequence[Sentence]:
    """The first sentences, as many as stay within so many characters."""
    length = 0
    for n, sentence in enumerate(sentences):
        length += len(sentence.text)
        if length > limit:
            return sentences[:n]
    return sentences


def _extract_all(waiting: Mapping[int, _Read], lexicon: Lexicon, parser: Parser) -> dict[int, Extraction]:
    """Parse the sentences of several articles together, and extract each article; by their numbers."""
    texts = [with_plain_names(_on_one_line(s.text), lexicon) for read in waiting.values() for s in read.worth]
    parsed = parse_all([t.text for t in texts], parser, lexicon.cues)
    trees = (text.as_written(tree) for text, tree in zip(texts, parsed, strict=True))
    found = {}
    for n, read in waiting.items():
        views = [View(s, next(trees), read.finder, read.article.reference_time, read.on) for s in read.worth]
        found[n] = _extract(read, views, lexicon)
    return found


def _on_one_line(text: str) -> str:
    for space in _SPACES:
        text = text.replace(space, " ")
    return text


def _unreadable(article: Article) -> str | None:
    if article.language is not None and not article.language.lower().startswith("en"):
        return "language"
    if not article.text.strip():
        return "empty"
    return None if is_english(article.text) else "language"


def _extract(read: _Read, views: list[View], lexicon: Lexicon) -> Extraction:
    article, sentences = read.article, read.sentences
    ref = ArticleRef(
        id=article.article_id,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        seen_at=article.seen_at,
        content_hash=content_hash(article),
        fingerprint=fingerprint(article.text),
    )
    views = [v for v in views if v.is_clause or (v.sentence.field is TextField.TEXT and not v.is_heading)]
    stories = contexts(sentences, article, read.on, lexicon, read.finder)
    told: list[Event] = []
    for (_, context), own in zip(stories, _by_story(views, [first for first, _ in stories]), strict=True):
        told += _tell(own, ref, context)
    events = tuple(_as_received(event, article) for event in told[:MAX_EVENTS])
    truncated = read.truncated or len(told) > MAX_EVENTS
    return Extraction(article_id=article.article_id, events=events, truncated=truncated)


def _by_story(views: Sequence[View], firsts: Sequence[Sentence]) -> list[list[View]]:
    """The sentences of each story, by the first of each."""
    found: list[list[View]] = [[] for _ in firsts]
    starts = [(s.field is TextField.TEXT, s.start) for s in firsts]
    for view in views:
        at = bisect_right(starts, (view.sentence.field is TextField.TEXT, view.sentence.start))
        found[max(at - 1, 0)].append(view)
    return found


def _tell(views: list[View], ref: ArticleRef, context: Context) -> tuple[Event, ...]:
    """The events of one story."""
    strikes = find_strikes(views, ref, context)
    diplomacy = find_diplomacy(views, ref, context)
    strikes = rate_strikes(with_orders(strikes, diplomacy, views))
    diplomacy = rate_acts(diplomacy)
    strikes, diplomacy = reconcile(strikes, diplomacy, views, context)
    if len(views) >= LONG:
        strikes = [s for s in strikes if not is_doubtful_aside(s)]
    told: tuple[Event, ...] = (*strikes, *diplomacy)
    return tuple(in_its_name(event, context.lexicon) for event in told)


def _as_received(event: Event, article: Article) -> Event:
    """Evidence in the words of the article, which may have been read in another case."""
    if all(article.field(e.field)[e.start : e.end] == e.text for e in event.evidence):
        return event
    evidence = tuple(replace(e, text=article.field(e.field)[e.start : e.end]) for e in event.evidence)
    return replace(event, evidence=evidence)
