"""Bytes of the `articles` topic to `Article` and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.article import Article
from worker.wire.errors import InvalidMessage, Reason
from worker.wire.html_text import text_of_html
from worker.wire.jsontext import JsonObject, dumps, loads_object
from worker.wire.schemas import ARTICLE, check
from worker.wire.times import BadTime, format_time, parse_time

if TYPE_CHECKING:
    from datetime import datetime

MAX_VALUE_BYTES = 4_000_000
"""Largest value that is looked at: a page with its scripts, or a full text with every character escaped."""
MAX_HTML_BYTES = 2_000_000
"""Largest page, in UTF-8."""
MAX_TEXT_BYTES = 200_000
"""Largest text, as received or cleaned out of a page, in UTF-8: a book chapter, no article."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years outside are a scraper's defaults (0001-01-01), and time spans around them leave the calendar."""

_UNDETERMINED = frozenset({"", "und", "unknown"})


def decode_article(value: bytes | None, *, received_at: datetime) -> Article:
    """Decode and check one article; `received_at` (the time of the Kafka message) stands in for `fetched_at`.

    Unknown extra fields are let through and left out. `text` wins over `html` unless it is blank; an empty
    text without html is no fault, a news flash may be a headline only. A `published_at` in the future is kept
    as it is: correlation does not let such a date move time forward, and to drop the article would lose a
    report over a wrong clock. Raises `InvalidMessage` and nothing else, whatever the bytes.
    """
    if value is not None and len(value) > MAX_VALUE_BYTES:
        raise InvalidMessage(
            Reason.TOO_LARGE, f"{len(value)} bytes, the limit for a message is {MAX_VALUE_BYTES}", ""
        )
    return article_from_dict(loads_object(value), received_at=received_at)


def article_from_dict(raw: JsonObject, *, received_at: datetime) -> Article:
    """Read an article out of plain values; as `decode_article`, without the limit on the whole message."""
    check(ARTICLE, raw)
    fetched_at = _time(raw, "fetched_at")
    return Article(
        article_id=raw["article_id"],
        url=raw.get("url"),
        source=raw["source"],
        title=raw.get("title"),
        text=_text(raw),
        published_at=_time(raw, "published_at"),
        seen_at=received_at if fetched_at is None else fetched_at,
        language=_language(raw.get("language")),
    )


def encode_article(article: Article) -> bytes:
    """Encode as one JSON object; `decode_article` gives the equal article back."""
    return dumps(article_to_dict(article))


def article_to_dict(article: Article) -> JsonObject:
    """The article as plain values, in the order of the schema; `seen_at` is written as `fetched_at`."""
    published_at = article.published_at
    return {
        "article_id": article.article_id,
        "url": article.url,
        "source": article.source,
        "title": article.title,
        "text": article.text,
        "published_at": None if published_at is None else format_time(published_at),
        "fetched_at": format_time(article.seen_at),
        "language": article.language,
    }


def _text(raw: JsonObject) -> str:
    text: str | None = raw.get("text")
    html: str | None = raw.get("html")
    if html is None or (text is not None and text.strip()):
        return _within(text or "", MAX_TEXT_BYTES, "/text")
    return _within(text_of_html(_within(html, MAX_HTML_BYTES, "/html")), MAX_TEXT_BYTES, "/html")


def _within(text: str, limit: int, pointer: str) -> str:
    # Counting characters first spares the encoding of what is small, or hopeless, anyway.
    size = len(text) if len(text) > limit or len(text) * 4 <= limit else len(text.encode())
    if size > limit:
        raise InvalidMessage(Reason.TOO_LARGE, f"at least {size} bytes, the limit is {limit}", pointer)
    return text


def _time(raw: JsonObject, name: str) -> datetime | None:
    value: str | None = raw.get(name)
    if value is None:
        return None
    try:
        time = parse_time(value)
    except BadTime as error:
        raise InvalidMessage(Reason.BAD_TIME, f"{error}: {value}", f"/{name}") from error
    if not FIRST_YEAR <= time.year <= LAST_YEAR:
        detail = f"{value} is outside the years {FIRST_YEAR} to {LAST_YEAR}"
        raise InvalidMessage(Reason.BAD_TIME, detail, f"/{name}")
    return time


def _language(value: str | None) -> str | None:
    """The primary subtag ("en-GB" is "en"); what says nothing is None."""
    if value is None:
        return None
    primary = value.strip().lower().replace("_", "-").partition("-")[0]
    return None if primary in _UNDETERMINED else primary
