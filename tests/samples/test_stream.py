"""The sample stream gives the alerts that a careful reader would raise, and no others."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files

import pytest

from worker.alert import Alert, AlertStatus
from worker.article import Article
from worker.correlation import Policy
from worker.extraction import load_parser
from worker.lexicon import load_lexicon
from worker.offline import ReplayResult, replay
from worker.reading import PlainText, read_articles

SAMPLES = files("worker").joinpath("samples")
EXPECTED = json.loads(SAMPLES.joinpath("expected.json").read_text(encoding="utf-8"))
ONE_DAY = timedelta(days=1)
HALF_A_DAY = ONE_DAY / 2


@cache
def articles() -> tuple[Article, ...]:
    read = tuple(
        read_articles(
            [str(SAMPLES.joinpath("stream.jsonl"))],
            received_at=datetime(2026, 1, 1, tzinfo=UTC),
            plain=PlainText(),
        )
    )
    valid = tuple(article for article in read if isinstance(article, Article))
    assert len(valid) == len(read)
    return valid


@cache
def replayed() -> ReplayResult:
    return replay(articles(), lexicon=load_lexicon(), parser=load_parser(), policy=Policy())


def key(alert: Alert) -> tuple[str, str, str, str]:
    incident = alert.incident
    (actor,) = {actor.side for actor in incident.actors}
    (recipient,) = {actor.side for actor in incident.recipients}
    return alert.conflict, actor, recipient, alert.severity.value


def wanted(entry: dict[str, str]) -> tuple[str, str, str, str]:
    return entry["conflict"], entry["actor"], entry["recipient"], entry["severity"]


def falls_on(alert: Alert, day: str) -> bool:
    """Whether it touches that day in some time zone: articles speak of local days and nights."""
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    time = alert.incident.event_time
    return time.start < start + ONE_DAY + HALF_A_DAY and time.end > start - HALF_A_DAY


def the_alert(conflict: str, actor: str, day: str) -> Alert:
    standing = [alert for alert in replayed().alerts if alert.status is not AlertStatus.RETRACTED]
    (alert,) = [alert for alert in standing if key(alert)[:2] == (conflict, actor) and falls_on(alert, day)]
    return alert


def test_the_stream_is_in_order_of_arrival_and_its_addresses_are_reserved_ones() -> None:
    seen = [article.seen_at for article in articles()]
    assert seen == sorted(seen)
    assert all(article.url and article.url.startswith("https://example.org/") for article in articles())


def test_only_a_corrected_article_comes_twice() -> None:
    counts = Counter(article.article_id for article in articles())
    assert [article_id for article_id, count in counts.items() if count > 1] == ["harbor-0005"]


def test_the_alerts_are_those_of_a_careful_reader() -> None:
    standing = [alert for alert in replayed().alerts if alert.status is not AlertStatus.RETRACTED]
    assert Counter(map(key, standing)) == Counter(map(wanted, EXPECTED["alerts"]))


@pytest.mark.parametrize("entry", EXPECTED["alerts"], ids=lambda entry: f"{entry['conflict']} {entry['day']}")
def test_each_alert_is_there_on_its_day(entry: dict[str, str]) -> None:
    standing = [alert for alert in replayed().alerts if alert.status is not AlertStatus.RETRACTED]
    found = [alert for alert in standing if key(alert) == wanted(entry) and falls_on(alert, entry["day"])]
    assert len(found) == 1, entry["why"]


def test_what_was_corrected_is_retracted() -> None:
    retracted = [alert for alert in replayed().alerts if alert.status is AlertStatus.RETRACTED]
    for entry in EXPECTED["retracted"]:
        assert any(
            key(alert)[:3] == wanted({**entry, "severity": ""})[:3] and falls_on(alert, entry["day"])
            for alert in retracted
        ), entry["why"]


def test_a_late_report_is_counted_and_strengthens_its_alert() -> None:
    assert sum(replayed().summary.late.values()) >= 1
    assert the_alert("ISR|LBN", "ISR", "2024-11-28").incident.independent_sources == 2


def test_copies_of_one_agency_text_count_once() -> None:
    incident = the_alert("RUS|UKR", "RUS", "2025-03-19").incident
    assert (incident.reports, incident.independent_sources) == (3, 2)
