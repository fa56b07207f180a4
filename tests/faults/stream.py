"""The articles of a run, drawn from a seed, and what is known of them beforehand.

The project's sample stream is repeated at other times, years apart, so that every round is a story of its own.
The real extraction reads each article once; correlation undisturbed then gives the alerts to expect. Those do
not hang on the order of arrival as long as nothing counts as late, which a long grace takes care of.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from worker.alert import AlertStatus
from worker.correlation import advance, new_state
from worker.extraction import Extraction, extract_many, load_parser
from worker.lexicon import load_lexicon
from worker.wire import (
    Reason,
    decode_article,
    decode_event,
    dumps,
    encode_article,
    encode_event,
    loads,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from worker.alert import Alert
    from worker.article import Article
    from worker.correlation import ConflictState, Policy

SAMPLES = Path(__file__).parents[2] / "worker" / "samples" / "stream.jsonl"
ROUND = timedelta(days=364)
"""Between two rounds: whole weeks, so that weekdays in the texts stay true."""
DISORDER = 40
"""Places by which an article may be ahead or behind on arrival."""
COPIES = (0, 0, 1, 1, 3)
"""How often an article arrives again, drawn from these."""
LOOKED_UP_SECONDS = 0.008
"""What one article takes where its events are known: less than reading it, enough to be struck in the middle."""
GARBAGE = 0.05
"""Messages that are no article, per article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message for `articles`. `reason` is that of the dead letter to expect, None for an article."""

    key: bytes
    value: bytes | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is known of each article by its bytes: the bytes of its events, and why it was skipped, if it was."""

    events: dict[bytes, tuple[bytes, ...]]
    skipped: dict[bytes, str | None]

    def outcome(self, value: bytes) -> str:
        """What the worker is to log of the article."""
        if reason := self.skipped[value]:
            return f"skipped_{reason}"
        return "events" if self.events[value] else "no_events"


def read_truth(rounds: int) -> Truth:
    """Have the real extraction read the samples in all their rounds."""
    received = datetime(2026, 1, 1, tzinfo=UTC)
    lines = SAMPLES.read_bytes().splitlines()
    samples = [decode_article(line, received_at=received) for line in lines if line]
    articles = [_in_round(article, number) for number in range(rounds) for article in samples]
    found = extract_many(articles, load_lexicon(), load_parser())
    values = [encode_article(article) for article in articles]
    return Truth(
        events={
            value: tuple(encode_event(event) for event in extraction.events)
            for value, extraction in zip(values, found, strict=True)
        },
        skipped={
            value: extraction.skipped and str(extraction.skipped)
            for value, extraction in zip(values, found, strict=True)
        },
    )


def _in_round(article: Article, number: int) -> Article:
    return replace(
        article,
        article_id=f"{article.article_id}.{number}",
        published_at=article.published_at and article.published_at - number * ROUND,
        seen_at=article.seen_at - number * ROUND,
    )


def draw_stream(truth: Truth, chance: random.Random) -> list[Sent]:
    """The messages in the order of sending: all articles out of order, copies and garbage among them."""
    order = [value for value in truth.events for _ in range(1 + chance.choice(COPIES))]
    placed = [(at + chance.uniform(-DISORDER, DISORDER), as_sent(value)) for at, value in enumerate(order)]
    placed += [
        (chance.uniform(0, len(order)), _garbage(number, chance))
        for number in range(int(len(order) * GARBAGE))
    ]
    return [sent for _, sent in sorted(placed, key=lambda one: one[0])]


def as_sent(value: bytes) -> Sent:
    """An article as its message, keyed by its id."""
    article_id: str = loads(value)["article_id"]
    return Sent(key=article_id.encode(), value=value)


def _garbage(number: int, chance: random.Random) -> Sent:
    key = f"garbage-{number}".encode()
    value, reason = chance.choice((
        (b"{no json " + key, Reason.NOT_JSON),
        (b"\xff\xfe" + key, Reason.NOT_UTF8),
        (None, Reason.NO_VALUE),
    ))  # fmt: skip
    return Sent(key=key, value=value, reason=reason)


def expected_alerts(truth: Truth, policy: Policy) -> dict[str, Alert]:
    """The alerts that stand when the events of all articles are correlated undisturbed, at their last revision."""
    states: dict[str, ConflictState] = {}
    alerts: dict[str, Alert] = {}
    for values in truth.events.values():
        for event in map(decode_event, values):
            if event.conflict is None:
                continue
            state = states.get(event.conflict)
            if state is None:
                state = states[event.conflict] = new_state(event.conflict)
            alerts.update((alert.alert_id, alert) for alert in advance(state, event, policy).alerts)
    return {name: alert for name, alert in alerts.items() if alert.status is not AlertStatus.RETRACTED}


def write_truth(truth: Truth, path: Path) -> None:
    """Keep it for the workers, one article a line."""
    with path.open("wb") as file:
        for value, events in truth.events.items():
            line = [value.decode(), truth.skipped[value], [event.decode() for event in events]]
            file.write(dumps(line) + b"\n")


def extraction_by(path: Path) -> Callable[[Sequence[Article], object, object], list[Extraction]]:
    """An extraction that knows the answers of the file, and fails on every other article."""
    known: dict[Article, tuple[str | None, list[str]]] = {}
    for line in path.read_bytes().splitlines():
        value, skipped, events = loads(line)
        article = decode_article(value.encode(), received_at=datetime(2026, 1, 1, tzinfo=UTC))
        known[article] = skipped, events

    def extract(articles: Sequence[Article], _lexicon: object, _parser: object) -> list[Extraction]:
        time.sleep(LOOKED_UP_SECONDS * len(articles))
        return [_extraction(article, *known[article]) for article in articles]

    return extract


def _extraction(article: Article, skipped: str | None, events: list[str]) -> Extraction:
    return Extraction(
        article_id=article.article_id,
        events=tuple(decode_event(event.encode()) for event in events),
        skipped=skipped,
    )
