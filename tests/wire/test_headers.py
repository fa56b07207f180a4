"""Consumers route by headers alone."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.schemas.catalogue import example
from worker.wire import (
    decode_alert,
    decode_article,
    decode_event,
    dumps,
    headers_for_alert,
    headers_for_article,
    headers_for_event,
)

AT = datetime(2026, 4, 8, tzinfo=UTC)


def test_of_a_strike() -> None:
    event = decode_event(dumps(example("events/strike-full.json")))
    assert headers_for_event(event) == [
        ("ce_specversion", b"1.0"),
        ("ce_type", b"trucewatch.strike.v1"),
        ("ce_source", b"/trucewatch/extract"),
        ("ce_id", event.event_id.encode()),
        ("ce_time", b"2026-04-08T07:32:10Z"),
        ("content-type", b"application/json"),
    ]


def test_of_diplomacy() -> None:
    event = decode_event(dumps(example("events/diplomacy-demanded.json")))
    assert dict(headers_for_event(event))["ce_type"] == b"trucewatch.diplomacy.v1"


def test_each_revision_of_an_alert_is_an_occurrence_of_its_own() -> None:
    headers = [
        dict(headers_for_alert(decode_alert(dumps(example(f"alerts/{case}.json")))))
        for case in ("critical", "revised", "retracted")
    ]
    assert {header["ce_type"] for header in headers} == {b"trucewatch.alert.v1"}
    assert {header["ce_source"] for header in headers} == {b"/trucewatch/correlate"}
    alert_id = example("alerts/critical.json")["alert_id"]
    assert [header["ce_id"].decode() for header in headers] == [f"{alert_id}/{n}" for n in (1, 2, 3)]
    assert headers[1]["ce_time"] == b"2026-04-08T11:02:05Z"


def test_of_an_article_with_an_id_in_any_script() -> None:
    article = decode_article(
        dumps(example("articles/full.json") | {"article_id": "новини/1"}), received_at=AT
    )
    headers = dict(headers_for_article(article))
    assert headers["ce_id"].decode() == "новини/1"
    assert headers["ce_type"] == b"trucewatch.article.v1"
