"""Replay without Kafka: order, isolation, counts, and memory that does not grow with what nobody asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.fakes import article, fake_extract_many
from worker.alert import Severity
from worker.correlation import Policy
from worker.offline import BATCH, ReplayResult, Takers, extract_in_batches, replay
from worker.reading import InvalidArticle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.article import Article
    from worker.event import Event
    from worker.extraction import Parser
    from worker.lexicon import Lexicon

START = datetime(2025, 3, 18, 12, tzinfo=UTC)
NOBODY = cast("Lexicon", None)
NOTHING = cast("Parser", None)


@pytest.fixture(autouse=True)
def fake_extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.offline.extract_many", fake_extract_many)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def run(
    articles: Iterable[Article | InvalidArticle], *, isolated: bool = False, takers: Takers | None = None
) -> ReplayResult:
    return replay(articles, lexicon=NOBODY, parser=NOTHING, policy=Policy(), isolated=isolated, takers=takers)


BROKEN = InvalidArticle(where="news.jsonl:2", pointer="/text", reason="missing_text", detail="no text")
TRUCE = article("truce", "RUS~UKR", day(0))
STRIKE = article("strike", "RUS>UKR", day(2))


def test_an_attack_after_a_truce_raises_an_alert() -> None:
    (alert,) = run([TRUCE, STRIKE]).alerts
    assert (alert.conflict, alert.severity) == ("RUS|UKR", Severity.CRITICAL)
    assert {evidence.article_id for evidence in alert.evidence} == {"truce", "strike"}


def test_an_attack_alone_raises_none() -> None:
    assert run([STRIKE]).alerts == ()


def test_isolated_articles_know_nothing_of_each_other() -> None:
    assert run([TRUCE, STRIKE], isolated=True).alerts == ()


def test_isolated_ids_are_scoped_by_the_article() -> None:
    both = replace(article("both", "RUS~UKR; RUS>UKR!", day(2)))
    twin = replace(both, article_id="twin")
    streamed = run([both, twin])
    isolated = run([both, twin], isolated=True)
    assert len(streamed.alerts) == len({alert.alert_id for alert in streamed.alerts})
    assert [alert.alert_id.partition(":")[0] for alert in isolated.alerts] == ["both", "twin"]
    assert all(alert.ceasefire.id.startswith(alert.alert_id.partition(":")[0]) for alert in isolated.alerts)


def test_alerts_come_in_order_of_first_seen_then_id() -> None:
    articles = [article("t", "RUS~UKR", day(0))]
    articles += [article(f"s{number}", "RUS>UKR; UKR>RUS", day(number)) for number in range(2, 8)]
    alerts = run(articles).alerts
    assert len(alerts) == 12
    assert list(alerts) == sorted(alerts, key=lambda alert: (alert.first_seen_at, alert.alert_id))


def test_only_the_last_revision_of_an_alert_remains() -> None:
    again = [article(f"more{number}", "RUS>UKR", day(2), source=f"Outlet {number}") for number in range(4)]
    alerts = run([TRUCE, STRIKE, *again]).alerts
    assert len(alerts) == len({alert.alert_id for alert in alerts}) == 1
    assert alerts[0].revision > 1


def test_invalid_articles_are_told_counted_and_passed_over() -> None:
    told: list[InvalidArticle] = []
    result = run([TRUCE, BROKEN, STRIKE], takers=Takers(invalid=told.append))
    assert told == [BROKEN]
    assert result.summary.invalid == {"missing_text": 1}
    assert (result.summary.articles, result.summary.alerts) == (2, 1)


def test_events_go_to_their_taker_and_are_not_kept_then() -> None:
    taken: list[Event] = []
    result = run([TRUCE, STRIKE], takers=Takers(event=taken.append))
    assert [event.article.id for event in taken] == ["truce", "strike"]
    assert result.events == ()
    assert run([TRUCE, STRIKE]).events == tuple(taken)


def test_the_summary_counts_what_came_and_what_became_of_it() -> None:
    articles = [TRUCE, STRIKE, article("a", "weather", day(3)), article("b", "nothing", day(3))]
    summary = run(articles).summary
    assert (summary.articles, summary.silent, summary.skipped) == (4, 1, {"irrelevant": 1})
    assert summary.events == {"diplomacy": 1, "strike": 1}
    assert summary.acts == {"ceasefire_agreed": 1}
    assert summary.strikes == {"drone": 1}
    assert summary.severities == {"critical": 1}
    assert summary.conflicts == {"RUS|UKR": 1}
    assert (summary.alerts, summary.retracted, summary.uncorrelated) == (1, 0, 0)


def test_what_comes_after_the_grace_is_counted_by_its_reason() -> None:
    late = article("late", "RUS>UKR", day(1))
    assert run([TRUCE, article("now", "RUS>UKR", day(20)), late]).summary.late == {"after_grace": 1}


def test_batches_keep_the_order_and_the_place_of_invalid_articles() -> None:
    arriving: list[Article | InvalidArticle] = [
        BROKEN if number % 7 == 3 else article(str(number), "nothing", day(0))
        for number in range(3 * BATCH + 5)
    ]
    parts = extract_in_batches(arriving, lexicon=NOBODY, parser=NOTHING)
    assert [part if isinstance(part, InvalidArticle) else part[0] for part in parts] == arriving


def test_articles_are_taken_batch_by_batch_not_all_at_once() -> None:
    taken = 0

    def endless() -> Iterable[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield article(str(taken), "nothing", day(0))

    next(extract_in_batches(endless(), lexicon=NOBODY, parser=NOTHING))
    assert taken == BATCH


@given(repeats=st.lists(st.sampled_from([TRUCE, STRIKE]), min_size=1, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_repeating_articles_changes_no_alert(repeats: list[Article]) -> None:
    once = run(list(dict.fromkeys(repeats))).alerts
    many = run(repeats).alerts
    assert [(a.alert_id, a.severity, a.incident.reports) for a in once] == [
        (a.alert_id, a.severity, a.incident.reports) for a in many
    ]
