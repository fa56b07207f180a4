"""Each example obeys its schema and runs through the code; each bad one is refused for the reason it states."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, cast

import jsonschema
import pytest

from tests.schemas.catalogue import (
    DECODERS,
    ENCODERS,
    INVALID,
    RECEIVED_AT,
    TOPICS,
    VALID,
    example,
    schema,
    schema_of,
)
from worker.wire import InvalidMessage, Reason, decode_article, decode_dead_letter, decode_event

if TYPE_CHECKING:
    from collections.abc import Callable

    from worker.article import Article

READ_BUT_WRITTEN_OTHERWISE = {
    "articles/minimal.json": "what is not there is written as null",
    "articles/html-only.json": "the page becomes text",
    "articles/text-and-html.json": "text wins, the page is left out",
    "articles/local-time.json": "times become UTC, a language its primary subtag",
    "articles/unknown-fields.json": "unknown fields are left out",
    "articles/future-date.json": "what is not there is written as null",
    "articles/other-language.json": "what is not there is written as null",
}
"""Articles come from elsewhere: what is read of these is not written the same way again."""

DECODER_KNOWS_MORE = {"bad_time", "no_text"}
"""Reasons that a schema cannot find in every case: a calendar, the readable part of a page."""


def test_every_topic_has_examples_and_no_other_has() -> None:
    assert {path.split("/")[0] for path in VALID} == set(TOPICS)
    assert {path.split("/")[0] for path in INVALID} == set(TOPICS)


@pytest.mark.parametrize("path", VALID)
def test_valid_example_obeys_its_schema(path: str) -> None:
    validator = jsonschema.Draft202012Validator(
        schema(schema_of(path)), format_checker=jsonschema.FormatChecker()
    )
    assert [error.message for error in validator.iter_errors(example(path))] == []


@pytest.mark.parametrize("path", VALID)
def test_valid_example_is_read_and_written_again(path: str) -> None:
    name = schema_of(path)
    value = DECODERS[name](json.dumps(example(path)).encode())
    written = ENCODERS[name](value)
    assert DECODERS[name](written) == value
    assert (json.loads(written) == example(path)) == (path not in READ_BUT_WRITTEN_OTHERWISE)


@pytest.mark.parametrize("path", INVALID)
def test_invalid_example_is_refused_for_its_reason(path: str) -> None:
    case = example(path)
    value = case["raw"].encode() if "raw" in case else json.dumps(case["value"]).encode()
    with pytest.raises(InvalidMessage) as refused:
        DECODERS[schema_of(path)](value)
    assert (refused.value.reason, refused.value.pointer) == (case["reason"], case["pointer"])
    assert refused.value.detail
    assert case["why"]


@pytest.mark.parametrize("path", [path for path in INVALID if "value" in example(path)])
def test_the_schema_alone_refuses_it_too(path: str) -> None:
    case = example(path)
    if case["reason"] in DECODER_KNOWS_MORE:
        return
    assert not jsonschema.Draft202012Validator(schema(schema_of(path))).is_valid(case["value"])


def test_every_reason_a_decoder_gives_has_an_example_or_a_test_of_its_own() -> None:
    # Not UTF-8 cannot stand in a JSON file, and a file too large should not: see tests/wire/test_articles.py.
    elsewhere = {Reason.NOT_UTF8, Reason.TOO_LARGE, Reason.UNEXPECTED}
    assert {example(path)["reason"] for path in INVALID} == set(Reason) - elsewhere


def test_evidence_of_the_examples_stands_in_their_articles() -> None:
    articles: dict[str, Article] = {}
    for path in VALID:
        if path.startswith("articles/"):
            article = cast("Article", DECODERS["article.v1"](json.dumps(example(path)).encode()))
            articles[article.article_id] = article
    quotes = [
        (quote.get("article_id") or event["article"]["id"], quote)
        for event in (example(path) for path in VALID if path.startswith(("events/", "alerts/")))
        for quote in event["evidence"]
    ]
    known = [(articles[article_id], quote) for article_id, quote in quotes if article_id in articles]
    assert len(known) > 10
    for article, quote in known:
        field: str = article.text if quote["field"] == "text" else article.title or ""
        assert field[quote["start"] : quote["end"]] == quote["text"]


@pytest.mark.parametrize("path", [path for path in VALID if "dead-letters/" in path])
def test_dead_letters_of_the_examples_fail_again_in_the_same_way(path: str) -> None:
    letter = decode_dead_letter(json.dumps(example(path)).encode())
    if letter.reason is Reason.UNEXPECTED:
        return
    decode: Callable[[bytes | None], object] = decode_event
    if letter.origin.topic == "articles":
        decode = partial(decode_article, received_at=RECEIVED_AT)
    with pytest.raises(InvalidMessage) as refused:
        decode(letter.origin.value)
    assert (refused.value.reason, refused.value.pointer) == (letter.reason, letter.pointer)
