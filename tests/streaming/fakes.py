"""Stand-ins for tests of the shell: an extraction that obeys its articles, a correlation that hides nothing.

An article's text has one event per line: "ceasefire RUS UKR 2025-03-18T10:00", "strike RUS UKR
2025-03-19T02:00". The line "fail" makes the extraction fail on it, "slow 2" makes it take two seconds.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.factories import make_article_ref, make_diplomacy, make_interval, make_strike
from worker.alert import (
    Alert,
    AlertCeasefire,
    AlertIncident,
    AlertOrder,
    AlertStatus,
    CeasefireStatus,
    InScope,
    Origin,
    Severity,
)
from worker.article import Article
from worker.event import Act, Domain, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import Event

PUBLISHED = datetime(2025, 3, 19, 12, tzinfo=UTC)


def make_article(article_id: str, *lines: str, source: str | None = None) -> Article:
    """An article whose text says what the extraction is to find in it."""
    return Article(
        article_id=article_id,
        url=f"https://news.example/{article_id}",
        source=source or f"Outlet {article_id}",
        title=None,
        text="\n".join(lines),
        published_at=PUBLISHED,
        seen_at=PUBLISHED + timedelta(minutes=5),
        language="en",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """As `worker.extraction.Extraction`."""

    article_id: str
    events: tuple[Event, ...]
    skipped: str | None
    truncated: bool = False


def extract_lines(articles: Sequence[Article], _lexicon: object, _parser: object) -> list[Any]:
    """Do what the articles say."""
    return [_extract(article) for article in articles]


def _extract(article: Article) -> Found:
    events: list[Event] = []
    for line in article.text.splitlines():
        word, *rest = line.split()
        if word == "fail":
            raise RuntimeError(f"told to fail by {article.article_id}")
        if word == "slow":
            time.sleep(float(rest[0]))
            continue
        if word not in ("strike", "ceasefire"):
            continue
        events.append(_event(word, rest, article))
    return Found(
        article_id=article.article_id, events=tuple(events), skipped=None if events else "irrelevant"
    )


def _event(word: str, rest: list[str], article: Article) -> Event:
    first, second, when = rest
    ref = make_article_ref(
        article.article_id, source=article.source, published_at=article.published_at, seen_at=article.seen_at
    )
    conflict = "|".join(sorted((first, second)))
    if word == "strike":
        return make_strike(
            (first,), (second,), conflict=conflict, article=ref, event_time=make_interval(when)
        )
    return make_diplomacy(
        Act.CEASEFIRE_AGREED,
        (first, second),
        bound=(first,),
        conflict=conflict,
        article=ref,
        event_time=make_interval(when),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeStep:
    """As `worker.correlation.Step`."""

    alerts: tuple[Alert, ...]
    changed: bool
    late: object | None = None


class ChainEngine:
    """One alert per conflict whose title is a hash chain over the events, at one revision per event.

    Any event lost, doubled or out of order shows in it.
    """

    def __init__(self, id_: str = "chain-1", *, salt: str = "") -> None:
        """Engines of different `salt` come to different alerts."""
        self.id = id_
        self._salt = salt

    def new_state(self, conflict: str) -> dict[str, Any]:
        return {"conflict": conflict, "chain": self._salt, "ids": []}

    def advance(self, state: dict[str, Any], event: Event, *, at: datetime | None = None) -> FakeStep:
        if event.confidence == 0:
            raise RuntimeError("told to fail")
        known = event.event_id in state["ids"]
        if not known:
            state["ids"].append(event.event_id)
            chained = f"{state['chain']}/{event.event_id}"
            state["chain"] = hashlib.blake2b(chained.encode(), digest_size=8).hexdigest()
        return FakeStep(alerts=(self._alert(state),), changed=not known)

    def alerts(self, state: dict[str, Any]) -> list[Alert]:
        return [self._alert(state)] if state["ids"] else []

    def dump(self, state: dict[str, Any]) -> dict[str, Any]:
        return {**state, "ids": list(state["ids"])}

    def load(self, raw: dict[str, Any]) -> dict[str, Any]:
        if set(raw) != {"conflict", "chain", "ids"}:
            raise ValueError("unknown version")
        return {**raw, "ids": list(raw["ids"])}

    def _alert(self, state: dict[str, Any]) -> Alert:
        return make_alert(
            f"alert-{state['conflict']}",
            revision=len(state["ids"]),
            title=state["chain"],
            conflict=state["conflict"],
            engine=self.id,
        )


def make_alert(  # noqa: PLR0913 - a factory: every field can be named
    alert_id: str = "alert-1",
    *,
    revision: int = 1,
    title: str = "Attack after a ceasefire",
    conflict: str = "RUS|UKR",
    engine: str = "chain-1",
    status: AlertStatus | None = None,
    severity: Severity = Severity.HIGH,
    first_seen_at: datetime = PUBLISHED,
) -> Alert:
    """An alert of no particular content."""
    when = make_interval("2025-03-18T10:00")
    return Alert(
        alert_id=alert_id,
        revision=revision,
        status=status or (AlertStatus.RAISED if revision == 1 else AlertStatus.REVISED),
        rule="attack_after_ceasefire",
        severity=severity,
        title=title,
        conflict=conflict,
        ceasefire=AlertCeasefire(
            id="c1",
            act=Act.CEASEFIRE_AGREED,
            parties=(),
            bound=(),
            mediators=(),
            scope=Scope(domains=(Domain.GENERAL,)),
            declared_at=when,
            effective_from=when,
            effective_until=None,
            status=CeasefireStatus.IN_EFFECT,
            origin=Origin.ANNOUNCED,
        ),
        incident=AlertIncident(
            id="i1",
            actors=(),
            recipients=(),
            event_time=when,
            modes=(),
            weapons=(),
            sites=(),
            places=(),
            killed=None,
            injured=None,
            reports=1,
            independent_sources=1,
        ),
        lag=timedelta(hours=16),
        order=AlertOrder.CERTAIN,
        in_scope=InScope.YES,
        evidence=(),
        superseded_by=None,
        engine=engine,
        first_seen_at=first_seen_at,
        updated_at=PUBLISHED,
    )
