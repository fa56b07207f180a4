"""Articles to events. The reading order of this package, one line per step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from worker.article import TextField
from worker.event import ArticleRef
from worker.extraction.casing import in_natural_case
from worker.extraction.context import Context
from worker.extraction.diplomacy import find_diplomacy
from worker.extraction.echoes import with_echoes
from worker.extraction.fingerprint import content_hash, fingerprint
from worker.extraction.gate import gate_of, is_english
from worker.extraction.mention import finder_of
from worker.extraction.order import with_orders
from worker.extraction.segment import segment
from worker.extraction.strikes import find_strikes
from worker.extraction.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.article import Article
    from worker.event import Event
    from worker.extraction.segment import Sentence
    from worker.extraction.syntax import Parser
    from worker.lexicon import Lexicon

EXTRACTOR: Final = "0.1.0"
"""Version of the extraction: every change of what an article gives raises it."""

_SPACES: Final = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "\u00a0": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one article gave. `skipped` is None where it was read, else why not: language, irrelevant, empty."""

    article_id: str
    events: tuple[Event, ...]
    skipped: str | None = None


def extract_many(articles: Sequence[Article], lexicon: Lexicon, parser: Parser) -> tuple[Extraction, ...]:
    """Extract the events of each article, in order. What stands beside an article changes nothing about it."""
    gate, finder = gate_of(lexicon), finder_of(lexicon)
    read: list[tuple[Article, tuple[Sentence, ...], list[Sentence]] | Extraction] = []
    for article in articles:
        reason = _unreadable(article)
        if reason is None and not gate.admits(article.title or "", article.text, article.reference_time.date()):
            reason = "irrelevant"
        if reason is not None:
            read.append(Extraction(article_id=article.article_id, events=(), skipped=reason))
            continue
        sentences = in_natural_case(segment(article), article.reference_time.date(), lexicon, finder)
        worth = with_echoes(sentences, [s for s in sentences if gate.opens(s.text)])
        read.append((article, sentences, worth))
    trees = iter(
        parser.parse([s.text.translate(_SPACES) for r in read if isinstance(r, tuple) for s in r[2]])
    )
    done = []
    for entry in read:
        if isinstance(entry, Extraction):
            done.append(entry)
            continue
        article, sentences, worth = entry
        views = [View(s, next(trees), finder, article.reference_time) for s in worth]
        done.append(_extract(article, sentences, views, lexicon))
    return tuple(done)


def _unreadable(article: Article) -> str | None:
    if article.language is not None and not article.language.lower().startswith("en"):
        return "language"
    if not article.text.strip():
        return "empty"
    return None if is_english(article.text) else "language"


def _extract(
    article: Article, sentences: tuple[Sentence, ...], views: list[View], lexicon: Lexicon
) -> Extraction:
    dated = article.published_at is not None
    finder = finder_of(lexicon)
    context = Context(sentences, article.title, article.reference_time, lexicon, finder, dated=dated)
    ref = ArticleRef(
        id=article.article_id,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        seen_at=article.seen_at,
        content_hash=content_hash(article),
        fingerprint=fingerprint(article.text),
    )
    views = [v for v in views if v.sentence.field is TextField.TEXT or v.is_clause]
    strikes = find_strikes(views, ref, context, EXTRACTOR)
    diplomacy = find_diplomacy(views, ref, context, EXTRACTOR)
    strikes = with_orders(strikes, diplomacy, views)
    events = tuple(_as_received(event, article) for event in (*strikes, *diplomacy))
    return Extraction(article_id=article.article_id, events=events)


def _as_received(event: Event, article: Article) -> Event:
    """Evidence in the words of the article, which may have been read in another case."""
    evidence = tuple(replace(e, text=article.field(e.field)[e.start : e.end]) for e in event.evidence)
    return event if evidence == event.evidence else replace(event, evidence=evidence)
