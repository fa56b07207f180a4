"""A bound on time and memory for every article, by design: what is too much is left unread, and said to be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest

from tests.extraction.extracted import loaded
from tests.hostile.baits import baits, patterns
from tests.hostile.corpus import costly_texts
from tests.hostile.hanging import without_hanging
from worker.article import Article
from worker.extraction import Extraction, extract_many, pipeline
from worker.extraction.mention import finder_of
from worker.extraction.pipeline import MAX_EVENTS, MAX_READ
from worker.extraction.segment import MAX_SENTENCE, MAX_SENTENCES, segment
from worker.extraction.tree import Tree
from worker.extraction.view import View
from worker.wire import decode_event, encode_event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.extraction.syntax import Parser

NOON = datetime(2025, 3, 19, 12, tzinfo=UTC)
TEXTS = costly_texts()


def article(text: str, *, title: str | None = "Russia attacks Kyiv", name: str = "a") -> Article:
    return Article(
        article_id=name, url=None, source="Test Wire", title=title, text=text, published_at=NOON, seen_at=NOON
    )


def extracted(*articles: Article) -> tuple[Extraction, ...]:
    lexicon, parser = loaded()
    return extract_many(articles, lexicon, parser)


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_hangs(name: str) -> None:
    text = TEXTS[name]
    extracted(article("Russia attacked Kyiv with drones."))
    with without_hanging(name):
        (extraction,) = extracted(article(text))
    assert len(extraction.events) <= MAX_EVENTS
    for event in extraction.events:
        assert decode_event(encode_event(event)) == event
        for evidence in event.evidence:
            assert article(text).field(evidence.field)[evidence.start : evidence.end] == evidence.text


def test_what_is_left_unread_is_said() -> None:
    many = "".join(f"Russia attacked Kyiv with {n} drones. " for n in range(MAX_SENTENCES + 1))
    long = TEXTS["different ceasefires"][: MAX_READ + 10_000]
    short = "Russia attacked Kyiv with drones."
    truncated = [e.truncated for e in extracted(*(article(text) for text in (many, long, short)))]
    assert truncated == [True, True, False]


def test_a_batch_of_long_articles_is_not_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon, _ = loaded()
    at_once: list[int] = []

    class Counting:
        def parse(self, texts: Sequence[str]) -> list[Tree]:
            at_once.append(sum(map(len, texts)))
            return [Tree(())] * len(texts)

    def nothing(read: Any, _views: object, _lexicon: object) -> Extraction:  # noqa: ANN401 - of the pipeline's own
        return Extraction(article_id=read.article.article_id, events=())

    monkeypatch.setattr(pipeline, "_extract", nothing)
    many = [article(TEXTS["places"], name=str(n)) for n in range(12)]
    found = extract_many(many, lexicon, cast("Parser", Counting()))
    assert [extraction.article_id for extraction in found] == [one.article_id for one in many]
    assert len(at_once) > 1
    assert max(at_once) <= pipeline._TOGETHER + MAX_READ


def test_nothing_in_a_sentence_is_longer_than_the_limit() -> None:
    for text in TEXTS.values():
        sentences = segment(article(text))
        assert len(sentences) <= MAX_SENTENCES
        assert all(len(sentence.text) <= MAX_SENTENCE for sentence in sentences)
        assert all(" " * 61 not in sentence.text for sentence in sentences)


@pytest.mark.parametrize("length", [180, 1_300])
def test_no_pattern_can_be_baited(length: int) -> None:
    lexicon, _ = loaded()
    finder = finder_of(lexicon)
    tried = 0
    for name, pattern in patterns().items():
        for bait in set(baits(pattern, length)):
            text = "".join(f"Russia attacked Kyiv with {bait} drones {n} number.\n{bait}\n" for n in range(4))
            with without_hanging(f"{name}: {bait[:60]}", limit=5):
                for sentence in segment(article(text)):
                    view = View(sentence, Tree(()), finder, NOON, NOON.date())
                    assert None not in (
                        view.times,
                        view.quantities,
                        view.durations,
                        view.weapons,
                        view.actors,
                    )
            tried += 1
    assert tried > 300
