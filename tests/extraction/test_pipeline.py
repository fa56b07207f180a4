"""The whole of it: what is skipped and why, invariants on any text, neighbours that change nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.eval.corpora import golden
from tests.extraction.extracted import NOON, events, loaded
from worker.article import Article, TextField
from worker.extraction import extract_many

_WORDS = (
    "Russia Ukraine Israel Hamas rebels army drones missiles struck attacked killed ten people after the ceasefire in "
    "Gaza Kharkiv and both sides said will not hours despite truce , . “ ” -LRB- `` by on from it they SHELLED 145"
).split()


def _article(text: str, title: str | None = None, article_id: str = "a") -> Article:
    return Article(
        article_id=article_id, url=None, source="s", title=title, text=text, published_at=NOON, seen_at=NOON
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("The central bank left rates unchanged.", "irrelevant"),
        (
            "Russische Truppen haben am Montag die Stadt Charkiw mit Raketen beschossen und dabei drei Menschen getötet, wie die örtlichen Behörden mitteilten.",
            "language",
        ),
        ("Russian missiles hit Kharkiv.", None),
    ],
)
def test_why_an_article_is_skipped(text: str, reason: str | None) -> None:
    lexicon, parser = loaded()
    assert extract_many([_article(text)], lexicon, parser)[0].skipped == reason


def test_a_language_that_is_said_counts() -> None:
    lexicon, parser = loaded()
    article = replace(_article("Russian missiles hit Kharkiv."), language="ru")
    assert extract_many([article], lexicon, parser)[0].skipped == "language"


@pytest.mark.parametrize(
    "title",
    [
        "Israeli airstrikes on Gaza; Gaza war",
        "Killed in action: the dead of Gaza",
        "Rafah fighting",
        "Israeli strike victims",
    ],
)
def test_a_headline_without_a_verb_gives_no_event(title: str) -> None:
    assert events("Officials met.", title=title) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Kharkiv hit by Russian missiles",
        "Russian strike in Kharkiv, at least nine dead",
        "Massive Russian attack on Kharkiv: nine dead",
        "WATCH: Russian drones hit Kharkiv",
        "Update: Russian strike on Kharkiv kills nine",
        "Explosions in Kharkiv amid Russian drone attack",
        "Russian missiles hit Kharkiv, killing three",
        "Three killed in Russian strike on Kharkiv",
        "Dozens dead after Israeli strike on Gaza clinic",
        "Refinery ablaze in Samara after Ukrainian drone attack",
    ],
)
def test_a_headline_with_a_verb_gives_one(title: str) -> None:
    found = events("Details of the war will follow.", title=title)
    assert {e.evidence[0].field for e in found} == {TextField.TITLE}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join), st.none() | st.text(max_size=30))
def test_evidence_is_exact_on_any_words(text: str, title: str | None) -> None:
    lexicon, parser = loaded()
    article = _article(text, title)
    for event in extract_many([article], lexicon, parser)[0].events:
        for evidence in event.evidence:
            assert article.field(evidence.field)[evidence.start : evidence.end] == evidence.text
        assert event.event_time.start <= event.event_time.end


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    lexicon, parser = loaded()
    assert extract_many([_article(text)], lexicon, parser)[0].article_id == "a"


def test_no_sentence_that_breaks_off_raises() -> None:
    """Rules look at the words beside a word: every golden case without its last stop, and broken off half-way."""
    lexicon, parser = loaded()
    texts = [case.article.text.rstrip(' .!?”"') for case in golden().cases]
    texts += [text[: text.rfind(" ", 0, len(text) // 2)] for text in texts]
    texts.append("Israel announces end of ceasefire")
    articles = [_article(text, article_id=str(n)) for n, text in enumerate(texts)]
    found = extract_many(articles, lexicon, parser)
    assert [each.article_id for each in found] == [article.article_id for article in articles]


def test_neighbours_change_nothing() -> None:
    lexicon, parser = loaded()
    texts = [
        "Russian missiles hit Kharkiv, killing three people.",
        "The central bank left rates unchanged.",
        "Israel and Hamas agreed to a ceasefire on Monday.",
        "FARC REBELS ATTACKED AN ARMY PATROL IN COLOMBIA ON SUNDAY.",
    ]
    articles = [_article(text, article_id=str(n)) for n, text in enumerate(texts)]
    together = extract_many(articles, lexicon, parser)
    assert together == tuple(extract_many([a], lexicon, parser)[0] for a in articles)
    assert together == tuple(reversed(extract_many(articles[::-1], lexicon, parser)))


def test_the_same_article_gives_the_same_ids() -> None:
    text = "Russian missiles hit Kharkiv, killing three people."
    assert [e.event_id for e in events(text)] == [e.event_id for e in events(text)]
