"""Kafka headers that go with each message, and what a dead letter's headers tell when it is sent again.

Messages carry the required attributes of CloudEvents 1.0 in binary mode, so that a consumer can route them
without reading the value. Dead letters carry besides them the names that Kafka Streams gives to messages that
failed there (KIP-1034), which consoles know, and our own under `trucewatch.`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.wire.events import kind_of
from worker.wire.times import BadTime, format_time, parse_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from worker.alert import Alert
    from worker.article import Article
    from worker.event import Event
    from worker.wire.dead_letters import DeadLetter

Headers = list[tuple[str, bytes]]

ATTEMPT = "trucewatch.attempt"
FIRST_FAILED_AT = "trucewatch.first_failed_at"
REASON = "trucewatch.reason"
ENGINE = "trucewatch.engine"

_MOST_ATTEMPTS = 1_000_000
_OURS = "trucewatch."
_STREAMS = "__streams.errors."


def headers_for_article(article: Article) -> Headers:
    """Of an article: its id, and when it was seen."""
    return _cloud_event(
        "article", id_=article.article_id, source="/trucewatch/articles", time=article.seen_at
    )


def headers_for_event(event: Event) -> Headers:
    """Of an event: its id, `trucewatch.strike.v1` or `trucewatch.diplomacy.v1`, when its article was seen."""
    return _cloud_event(
        kind_of(event), id_=event.event_id, source="/trucewatch/extract", time=event.article.seen_at
    )


def headers_for_alert(alert: Alert) -> Headers:
    """Of an alert: id and revision (each revision is an occurrence), when its last evidence was seen."""
    id_ = f"{alert.alert_id}/{alert.revision}"
    return _cloud_event("alert", id_=id_, source="/trucewatch/correlate", time=alert.updated_at)


def headers_for_dead_letter(letter: DeadLetter) -> Headers:
    """Of a dead letter: where the message stood as its id, and why it failed in the names of KIP-1034."""
    origin = letter.origin
    id_ = f"{origin.topic}/{origin.partition}/{origin.offset}"
    headers = _cloud_event(
        "dead-letter", id_=id_, source=f"/trucewatch/{origin.topic}", time=letter.first_failed_at
    )
    texts = [
        (_STREAMS + "exception", letter.exception),
        (_STREAMS + "message", letter.detail),
        (_STREAMS + "stacktrace", letter.traceback or ""),
        (_STREAMS + "topic", origin.topic),
        (_STREAMS + "partition", str(origin.partition)),
        (_STREAMS + "offset", str(origin.offset)),
        (REASON, letter.reason.value),
        (ATTEMPT, str(letter.attempt)),
        (FIRST_FAILED_AT, format_time(letter.first_failed_at)),
        (ENGINE, letter.engine),
    ]
    return headers + [(name, _bytes(text)) for name, text in texts]


def headers_for_replay(letter: DeadLetter) -> list[tuple[str, bytes | None]]:
    """Of a message that is sent again: its own, and the history that `failures_before` reads."""
    kept = [(name, value) for name, value in letter.origin.headers if not name.startswith(_OURS)]
    return [
        *kept,
        (ATTEMPT, _bytes(str(letter.attempt))),
        (FIRST_FAILED_AT, _bytes(format_time(letter.first_failed_at))),
    ]


def failures_before(headers: Iterable[tuple[str, bytes | None]]) -> tuple[int, datetime | None]:
    """How often a message failed before, and when first; (0, None) for a first try or unreadable headers."""
    found = {name: value for name, value in headers if name.startswith(_OURS) and value}
    try:
        attempt = int(found[ATTEMPT])
        first_failed_at = parse_time(found[FIRST_FAILED_AT].decode())
    except (KeyError, ValueError, BadTime):
        return 0, None
    return (attempt, first_failed_at) if 0 < attempt <= _MOST_ATTEMPTS else (0, None)


def _cloud_event(kind: str, *, id_: str, source: str, time: datetime) -> Headers:
    return [
        ("ce_specversion", b"1.0"),
        ("ce_type", f"trucewatch.{kind}.v1".encode()),
        ("ce_source", _bytes(source)),
        ("ce_id", _bytes(id_)),
        ("ce_time", format_time(time).encode()),
        ("content-type", b"application/json"),
    ]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
