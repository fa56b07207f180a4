"""The whole pipeline without Kafka: articles in, alerts out, through the very functions that the worker calls."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from worker.alert import AlertStatus
from worker.article import Article
from worker.correlation import advance, new_state
from worker.event import StrikeEvent
from worker.extraction import extract_many
from worker.reading import InvalidArticle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from worker.alert import Alert
    from worker.correlation import ConflictState, Policy
    from worker.event import Event
    from worker.extraction import Extraction, Parser
    from worker.lexicon import Lexicon

BATCH = 64
"""Articles parsed together; more gain no speed and delay the first answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaySummary:
    """What came in and what was made of it, in numbers; every mapping is ordered by its key."""

    articles: int
    invalid: dict[str, int]
    """By reason code."""
    skipped: dict[str, int]
    """Valid articles that were not read through, by reason."""
    truncated: int
    """Articles of which only the beginning was read, having more sentences or events than one may have."""
    silent: int
    """Articles that were read and tell of no event."""
    events: dict[str, int]
    """By kind: strike, diplomacy."""
    strikes: dict[str, int]
    """By mode."""
    acts: dict[str, int]
    """Diplomacy events by act."""
    statuses: dict[str, int]
    """Events of both kinds by how they are asserted."""
    uncorrelated: int
    """Events whose conflict stays unknown: published, never correlated."""
    late: dict[str, int]
    """Events that came after the grace of their conflict, by reason."""
    conflicts: dict[str, int]
    """Alerts that stand, by conflict."""
    severities: dict[str, int]
    """Alerts that stand, by severity."""
    alerts: int
    retracted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayResult:
    """The final revision of every alert, ordered by first_seen_at then alert_id, retracted ones included."""

    alerts: tuple[Alert, ...]
    events: tuple[Event, ...]
    """In order of arrival; empty where a taker took them."""
    summary: ReplaySummary


def _ignore(_article: InvalidArticle) -> None:
    """Invalid articles are counted in any case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Takers:
    """Who is told of things as a replay meets them."""

    event: Callable[[Event], None] | None = None
    """Takes every event in order of arrival; without one the result keeps them all."""
    invalid: Callable[[InvalidArticle], None] = _ignore
    """Takes every article that cannot be used."""


def extract_in_batches(
    articles: Iterable[Article | InvalidArticle], *, lexicon: Lexicon, parser: Parser, size: int = BATCH
) -> Iterator[tuple[Article, Extraction] | InvalidArticle]:
    """Pair every article with what was extracted from it, in the order of arrival, invalid ones in their place."""
    arriving = iter(articles)
    while batch := list(islice(arriving, size)):
        valid = [article for article in batch if isinstance(article, Article)]
        extractions = iter(extract_many(valid, lexicon, parser) if valid else ())
        for article in batch:
            yield article if isinstance(article, InvalidArticle) else (article, next(extractions))


def replay(  # noqa: PLR0913 - the pure functions' own arguments, and what to do with the results
    articles: Iterable[Article | InvalidArticle],
    *,
    lexicon: Lexicon,
    parser: Parser,
    policy: Policy,
    isolated: bool = False,
    takers: Takers | None = None,
) -> ReplayResult:
    """Extract and correlate articles in the order given, as one stream, or each as a stream of its own.

    `isolated` gives every article an empty memory and scopes the ids of its alerts by the article, so that
    equal alerts of two articles stay two. Memory holds the alerts, the bounded state per conflict and the
    events, unless a taker takes them.
    """
    taken = takers or Takers()
    tally = _Tally()
    alerts: dict[str, Alert] = {}
    kept: list[Event] = []
    take_event = taken.event or kept.append
    states: dict[str, ConflictState] = {}
    for arrived in extract_in_batches(articles, lexicon=lexicon, parser=parser):
        if isinstance(arrived, InvalidArticle):
            tally.invalid[arrived.reason] += 1
            taken.invalid(arrived)
            continue
        article, extraction = arrived
        tally.count_article(extraction)
        if isolated:
            states = {}
        for event in extraction.events:
            take_event(event)
            raised = _correlate(event, states=states, policy=policy, tally=tally)
            _keep_latest(
                alerts, (scope_to_article(one, article.article_id) if isolated else one for one in raised)
            )
    final = sorted(alerts.values(), key=lambda alert: (alert.first_seen_at, alert.alert_id))
    return ReplayResult(alerts=tuple(final), events=tuple(kept), summary=tally.summary(final))


def _keep_latest(alerts: dict[str, Alert], arrived: Iterable[Alert]) -> None:
    for alert in arrived:
        known = alerts.get(alert.alert_id)
        if known is None or known.revision < alert.revision:
            alerts[alert.alert_id] = alert


def scope_to_article(alert: Alert, article_id: str) -> Alert:
    """The same alert with its own id and those of its ceasefire and incident prefixed by the article's id."""
    return replace(
        alert,
        alert_id=f"{article_id}:{alert.alert_id}",
        superseded_by=f"{article_id}:{alert.superseded_by}" if alert.superseded_by else None,
        ceasefire=replace(alert.ceasefire, id=f"{article_id}:{alert.ceasefire.id}"),
        incident=replace(alert.incident, id=f"{article_id}:{alert.incident.id}"),
    )


def _correlate(
    event: Event, *, states: dict[str, ConflictState], policy: Policy, tally: _Tally
) -> tuple[Alert, ...]:
    tally.count_event(event)
    if event.conflict is None:
        return ()
    state = states.get(event.conflict)
    if state is None:
        state = states[event.conflict] = new_state(event.conflict)
    step = advance(state, event, policy)
    if step.late is not None:
        tally.late[str(step.late)] += 1
    return step.alerts


class _Tally:
    """Counts while a replay runs."""

    def __init__(self) -> None:
        """Start at zero."""
        self.articles = 0
        self.silent = 0
        self.truncated = 0
        self.uncorrelated = 0
        self.invalid: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        self.strikes: Counter[str] = Counter()
        self.acts: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.late: Counter[str] = Counter()

    def count_article(self, extraction: Extraction) -> None:
        """One valid article."""
        self.articles += 1
        self.truncated += extraction.truncated
        if extraction.skipped is not None:
            self.skipped[extraction.skipped] += 1
        elif not extraction.events:
            self.silent += 1

    def count_event(self, event: Event) -> None:
        """One event of either kind."""
        self.statuses[event.assertion.status.value] += 1
        self.uncorrelated += event.conflict is None
        if isinstance(event, StrikeEvent):
            self.events["strike"] += 1
            self.strikes[event.mode.value] += 1
        else:
            self.events["diplomacy"] += 1
            self.acts[event.act.value] += 1

    def summary(self, alerts: Iterable[Alert]) -> ReplaySummary:
        """The numbers of a finished replay."""
        given = tuple(alerts)
        standing = [alert for alert in given if alert.status is not AlertStatus.RETRACTED]
        return ReplaySummary(
            articles=self.articles,
            invalid=_ordered(self.invalid),
            skipped=_ordered(self.skipped),
            truncated=self.truncated,
            silent=self.silent,
            events=_ordered(self.events),
            strikes=_ordered(self.strikes),
            acts=_ordered(self.acts),
            statuses=_ordered(self.statuses),
            uncorrelated=self.uncorrelated,
            late=_ordered(self.late),
            conflicts=_ordered(Counter(alert.conflict for alert in standing)),
            severities=_ordered(Counter(alert.severity.value for alert in standing)),
            alerts=len(standing),
            retracted=len(given) - len(standing),
        )


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
