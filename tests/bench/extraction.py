"""How fast articles become events, beside spaCy's full pipeline over the whole text of the same articles."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from tests.eval.corpora import BESIDE
from tests.hostile.corpus import costly_texts
from worker.article import Article
from worker.extraction import DEFAULT_MODEL, extract_many
from worker.reading import PlainText, read_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.language import Language

    from worker.extraction import Parser
    from worker.lexicon import Lexicon

STREAM = Path(__file__).parents[2] / "worker" / "samples" / "stream.jsonl"
WHOLE = BESIDE / "articles_dev.articles.jsonl"
EVERYDAY = Path(__file__).with_name("everyday.txt")


def extraction_figures(lexicon: Lexicon, parser: Parser, seconds: float) -> dict[str, float]:
    """Rates for each kind of article, each from at least `seconds`, and what the costliest hostile text takes."""
    kinds = {
        "relevant": relevant_articles(lexicon, parser),
        "whole": read_from(WHOLE) if WHOLE.exists() else [],
        "irrelevant": irrelevant_articles(lexicon, parser),
    }
    full = spacy.load(DEFAULT_MODEL)
    figures = {}
    for kind, articles in kinds.items():
        if not articles:
            continue
        texts = [f"{article.title or ''}\n{article.text}" for article in articles]
        ours, yardstick = times_of(
            partial(extract_many, articles, lexicon, parser), partial(parse_all, full, texts), seconds
        )
        figures[f"{kind} articles/s"] = len(articles) / ours
        figures[f"{kind}, full parse/s"] = len(articles) / yardstick
        figures[f"{kind}, times faster"] = yardstick / ours
    figures["costliest hostile text, times an ordinary one"] = costliest(kinds["relevant"], lexicon, parser)
    return figures


def times_of(
    first: Callable[[], object], second: Callable[[], object], seconds: float
) -> tuple[float, float]:
    """Processor time that one round of each takes, after one to warm up.

    They take turns, because a machine that others use too is not as fast now as it was a minute ago. What is kept
    of words and places is at hand, as after a day of news; the first whole articles take up to half as long again.
    """
    works, spent, rounds = (first, second), [0.0, 0.0], [0, 0]
    first()
    second()
    while min(spent) < seconds or 0 in rounds:
        turn = spent.index(min(spent))
        started = time.process_time()
        works[turn]()
        spent[turn] += time.process_time() - started
        rounds[turn] += 1
    return spent[0] / rounds[0], spent[1] / rounds[1]


def costliest(ordinary: Sequence[Article], lexicon: Lexicon, parser: Parser) -> float:
    """The most that a text of `tests.hostile` takes, in what ordinary articles of as many characters take."""
    length = sum(len(article.text) for article in ordinary)
    ratios = []
    for text in costly_texts().values():
        hostile = [replace(ordinary[0], text=text)]
        ours, theirs = times_of(
            partial(extract_many, hostile, lexicon, parser),
            partial(extract_many, ordinary, lexicon, parser),
            seconds=0,
        )
        ratios.append(ours / len(text) / (theirs / length))
    return max(ratios)


def parse_all(pipeline: Language, texts: Sequence[str]) -> int:
    """The yardstick: every word of every text parsed; how many there were."""
    return sum(len(document) for document in pipeline.pipe(texts))


def read_from(path: Path) -> list[Article]:
    """The articles of a file."""
    read = read_articles([str(path)], received_at=datetime.now(UTC), plain=PlainText())
    return [article for article in read if isinstance(article, Article)]


def relevant_articles(lexicon: Lexicon, parser: Parser) -> list[Article]:
    """The articles of the sample stream that give events."""
    articles = read_from(STREAM)
    answers = extract_many(articles, lexicon, parser)
    return [article for article, answer in zip(articles, answers, strict=True) if answer.events]


def irrelevant_articles(lexicon: Lexicon, parser: Parser) -> list[Article]:
    """Articles about nothing of interest, of five paragraphs each; ValueError if one is taken for relevant."""
    paragraphs = EVERYDAY.read_text("utf-8").strip().split("\n\n")
    articles = [
        Article(
            article_id=f"everyday-{first}-{step}",
            url=None,
            source="Everyday Gazette",
            title="News from the region",
            text="\n\n".join(paragraphs[(first + step * turn) % len(paragraphs)] for turn in range(5)),
            published_at=datetime(2025, 1, 1, tzinfo=UTC),
            seen_at=datetime(2025, 1, 1, tzinfo=UTC),
        )
        for first in range(len(paragraphs))
        for step in (1, 3, 7, 9)
    ]
    for answer in extract_many(articles, lexicon, parser):
        if answer.events:
            raise ValueError(f"{answer.article_id} gives events")
    return articles
