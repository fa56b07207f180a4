"""What a scraper may send, and what becomes of what it should not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.schemas.catalogue import VALID, example
from worker.article import Article, TextField
from worker.wire import InvalidMessage, Reason, decode_article, dumps, encode_article
from worker.wire.articles import MAX_HTML_BYTES, MAX_TEXT_BYTES, MAX_VALUE_BYTES
from worker.wire.errors import MAX_DETAIL
from worker.wire.schemas import pointer

RECEIVED_AT = datetime(2026, 4, 8, 12, tzinfo=UTC)
TEN_MB = 10_000_000


def decode(**fields: Any) -> Article:  # noqa: ANN401 - whatever a scraper sends
    """Decode an article with these fields beside the ones that must be there."""
    return decode_article(
        json.dumps({"article_id": "1", "source": "Northern Courier"} | fields).encode(),
        received_at=RECEIVED_AT,
    )


def refused(**fields: Any) -> InvalidMessage:  # noqa: ANN401 - whatever a scraper sends
    """The verdict on an article with these fields."""
    with pytest.raises(InvalidMessage) as caught:
        decode(**fields)
    return caught.value


def test_fetched_at_is_when_it_was_seen() -> None:
    assert decode(text="x", fetched_at="2026-04-08T07:00:00Z").seen_at == datetime(2026, 4, 8, 7, tzinfo=UTC)


@pytest.mark.parametrize("fields", [{}, {"fetched_at": None}])
def test_the_time_of_the_message_stands_in_for_fetched_at(fields: dict[str, None]) -> None:
    assert decode(text="x", **fields).seen_at == RECEIVED_AT


def test_times_become_utc() -> None:
    article = decode(text="x", published_at="2026-04-08T01:15:30.25+03:00")
    assert article.published_at == datetime(2026, 4, 7, 22, 15, 30, 250_000, tzinfo=UTC)
    assert article.published_at.tzinfo is UTC


def test_a_date_in_the_future_is_kept() -> None:
    assert decode(text="x", published_at="2031-01-01T00:00:00Z").published_at == datetime(
        2031, 1, 1, tzinfo=UTC
    )


@pytest.mark.parametrize("field", ["published_at", "fetched_at"])
@pytest.mark.parametrize(
    "time",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00Z",
        "1899-12-31T23:59:59Z",
        "2200-01-01T00:00:00Z",
        "2026-04-08T07:30:00",
        "2026-04-08 07:30:00Z",
        "2026-04-08T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2026-02-29T00:00:00Z",
        "20260408T073000Z",
        "1775633400",
        "",
        "2026-04-08T07:30:00Z\n",
        "\u0662\u0660\u0662\u0666-04-08T07:30:00Z",
    ],
)
def test_no_usable_time(field: str, time: str) -> None:
    verdict = refused(text="x", **{field: time})
    assert (verdict.reason, verdict.pointer) == (Reason.BAD_TIME, f"/{field}")


def test_text_up_to_the_limit_in_bytes() -> None:
    assert len(decode(text="a" * MAX_TEXT_BYTES).text) == MAX_TEXT_BYTES
    assert len(decode(text="я" * (MAX_TEXT_BYTES // 2)).text) == MAX_TEXT_BYTES // 2


@pytest.mark.parametrize("text", ["a" * (MAX_TEXT_BYTES + 1), "я" * (MAX_TEXT_BYTES // 2 + 1), "𝄞" * 50_001])
def test_text_over_the_limit_in_bytes(text: str) -> None:
    verdict = refused(text=text)
    assert (verdict.reason, verdict.pointer) == (Reason.TOO_LARGE, "/text")


def test_text_of_ten_megabytes() -> None:
    verdict = refused(text="x" * TEN_MB)
    assert (verdict.reason, verdict.pointer) == (Reason.TOO_LARGE, "")
    assert str(MAX_VALUE_BYTES) in verdict.detail


def test_page_over_the_limit() -> None:
    verdict = refused(html="<p>" + "x" * MAX_HTML_BYTES)
    assert (verdict.reason, verdict.pointer) == (Reason.TOO_LARGE, "/html")


def test_page_with_too_much_text() -> None:
    paragraphs = "".join(
        f"<p>Paragraph {number} of a book that somebody scraped.</p>" for number in range(6000)
    )
    verdict = refused(html=f"<html><body><article>{paragraphs}</article></body></html>")
    assert (verdict.reason, verdict.pointer) == (Reason.TOO_LARGE, "/html")


def test_page_becomes_its_article() -> None:
    page = example("articles/html-only.json")
    article = decode(html=page["html"])
    assert "Engineers restored power to the south of the city on Thursday" in article.field(TextField.TEXT)
    assert "All rights reserved" not in article.text
    assert "<" not in article.text
    assert "var x" not in article.text


@pytest.mark.parametrize(
    "fragment", ["<p>{}</p>", "<div>{}</div>", "{}", "<!DOCTYPE html><title>News</title><p>{}"]
)
def test_a_fragment_as_feeds_carry_it_is_a_page_too(fragment: str) -> None:
    sentence = "Two drones were shot down over Sumy on Wednesday, the governor said."
    assert decode(html=fragment.format(sentence)).text == sentence


def test_null_character_does_not_end_a_page() -> None:
    page = example("articles/html-only.json")["html"]
    assert decode(html=page.replace("Engineers", "\0Engineers")).text == decode(html=page).text


def test_text_wins_over_html_unless_blank() -> None:
    page = example("articles/html-only.json")["html"]
    assert decode(text="Plain.", html=page).text == "Plain."
    assert "Engineers" in decode(text=" \n", html=page).text
    assert "Engineers" in decode(text=None, html=page).text


def test_empty_text_without_html_is_a_flash() -> None:
    assert decode(title="Truce announced", text="").text == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en-GB", "en"),
        ("en_US", "en"),
        (" uk ", "uk"),
        ("tlh", "tlh"),
        ("", None),
        ("und", None),
        (None, None),
    ],
)
def test_language_is_its_primary_subtag(written: str | None, read: str | None) -> None:
    assert decode(text="x", language=written).language == read


def test_null_characters_stay_where_they_are() -> None:
    article = decode(text="a\0b", title="\0")
    assert (article.text, article.title) == ("a\0b", "\0")
    assert decode_article(encode_article(article), received_at=RECEIVED_AT) == article


@pytest.mark.parametrize(
    "value",
    [
        b'{"article_id": "1", "source": "x", "text": "\\ud83d"}',
        b'{"article_id": "1", "source": "x", "text": "\\ude00\\ud83d"}',
        b'{"article_id": "1", "source": "x", "text": "y", "n": 1e999}',
        b'{"article_id": "1", "source": "x", "text": "y", "n": NaN}',
        b'\xef\xbb\xbf{"article_id": "1", "source": "x", "text": "y"}',
        b'{"article_id": "1", "source": "x", "text": "y"} {}',
        b'{"article_id": "1", "source": "x", "text": "tab\there"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\0" * 100,
    ],
)
def test_not_json(value: bytes) -> None:
    with pytest.raises(InvalidMessage) as caught:
        decode_article(value, received_at=RECEIVED_AT)
    assert (caught.value.reason, caught.value.pointer) == (Reason.NOT_JSON, None)


@pytest.mark.parametrize(
    "value",
    [b"\xff", b'{"article_id": "1", "source": "x", "text": "caf\xe9"}', '{"text": "x"}'.encode("utf-16")],
)
def test_not_utf8(value: bytes) -> None:
    with pytest.raises(InvalidMessage) as caught:
        decode_article(value, received_at=RECEIVED_AT)
    assert caught.value.reason is Reason.NOT_UTF8


@pytest.mark.parametrize("value", [None, b""])
def test_no_value(value: bytes | None) -> None:
    with pytest.raises(InvalidMessage) as caught:
        decode_article(value, received_at=RECEIVED_AT)
    assert caught.value.reason is Reason.NO_VALUE


def test_deep_extra_fields_are_let_through() -> None:
    value = b'{"article_id": "1", "source": "x", "text": "y", "z": ' + b"[" * 1000 + b"]" * 1000 + b"}"
    assert decode_article(value, received_at=RECEIVED_AT).text == "y"


def test_the_verdict_does_not_quote_the_message_at_length() -> None:
    verdict = refused(text="x", title=["y" * 100_000])
    assert verdict.pointer == "/title"
    assert len(verdict.detail) <= MAX_DETAIL


def test_pointer_escapes_names() -> None:
    assert pointer(["a/b", 0, "m~n"]) == "/a~1b/0/m~0n"


@given(st.binary(max_size=200))
def test_any_bytes_are_an_article_or_invalid(value: bytes) -> None:
    decode_or_refuse(value)


@given(st.sampled_from([path for path in VALID if path.startswith("articles/")]), st.data())
def test_an_example_with_bytes_changed_is_an_article_or_invalid(path: str, data: st.DataObject) -> None:
    value = bytearray(dumps(example(path)))
    for position in data.draw(st.lists(st.integers(0, len(value) - 1), min_size=1, max_size=5)):
        value[position] = data.draw(st.integers(0, 255))
    decode_or_refuse(bytes(value))


def whole_minutes(offset: timedelta) -> timezone:
    """A zone whose offset RFC 3339 can write."""
    return timezone(timedelta(minutes=offset // timedelta(minutes=1)))


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False)
    | strategies.texts(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(strategies.texts(5), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["article_id", "url", "source", "title", "text", "html", "published_at", "fetched_at", "language"]
        ),
        json_values | strategies.times().map(datetime.isoformat),
    )
)
def test_any_fields_are_an_article_or_invalid(fields: dict[str, Any]) -> None:
    decode_or_refuse(dumps({"article_id": "1", "source": "x", "text": "y"} | fields))


@given(st.datetimes(timezones=st.timedeltas(timedelta(hours=-15), timedelta(hours=15)).map(whole_minutes)))
def test_any_time_of_any_zone_is_read_or_refused(time: datetime) -> None:
    fields = {"article_id": "1", "source": "x", "text": "y", "published_at": time.isoformat()}
    result = outcome(dumps(fields))
    if isinstance(result, InvalidMessage):
        assert result.reason is Reason.BAD_TIME
        assert not 1901 <= time.year <= 2198
    else:
        assert result.published_at == time


def outcome(value: bytes) -> Article | InvalidMessage:
    """The article, or the verdict; anything else that is raised fails the test."""
    try:
        return decode_article(value, received_at=RECEIVED_AT)
    except InvalidMessage as verdict:
        return verdict


def decode_or_refuse(value: bytes) -> None:
    """Decode; what is read can be written and read again, what is not has a reason."""
    result = outcome(value)
    if isinstance(result, InvalidMessage):
        assert result.reason in set(Reason) - {Reason.UNEXPECTED}
        assert len(result.detail) <= MAX_DETAIL
    else:
        assert outcome(encode_article(result)) == result
