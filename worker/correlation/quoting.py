"""Whose words an alert quotes: the first seen for each thing that is told, then the first of each further source."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from worker.alert import AlertEvidence
from worker.correlation.sources import quoted

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from worker.correlation.incidents import StrikeReport
    from worker.correlation.rules.attack_after_ceasefire import Statements
    from worker.correlation.sources import Sources
    from worker.correlation.telling import Tally
    from worker.correlation.terms import Ceasefire
    from worker.event import Event


def quote_of(event: Event) -> AlertEvidence | None:
    """The first of its sentences that prove an event; None where it gives none."""
    if not event.evidence:
        return None
    article, words = event.article, event.evidence[0]
    return AlertEvidence(
        article_id=article.id,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        field=words.field,
        text=words.text,
        start=words.start,
        end=words.end,
    )


class Evidence(NamedTuple):
    """The evidence of an alert, and what it was made from."""

    quotes: tuple[AlertEvidence, ...]
    quoted: tuple[StrikeReport, ...]
    told: tuple[AlertEvidence, ...]
    first_seen_at: datetime
    updated_at: datetime


def evidence_of(ceasefire: Ceasefire, quoted: tuple[StrikeReport, ...]) -> Evidence:
    """The words on a ceasefire, then those of some reports; when the first and the last of them were seen."""
    seen = [*ceasefire.quotes_seen, *[report.rank[0] for report in quoted]]
    told = (*ceasefire.quotes, *[report.quote for report in quoted if report.quote is not None])
    return Evidence(ceasefire.quotes, quoted, told, min(seen), max(seen))


class Quotes:
    """The reports of an incident that are quoted: a fold over them, begun anew where their sources are others."""

    def __init__(self, limit: int) -> None:
        """Nothing read yet; `limit` is the most reports that are quoted."""
        self._limit = limit
        self._begin((0, 0))

    def _begin(self, grouped: tuple[int, int]) -> None:
        self._grouped = grouped
        self._read = 0
        self._chosen: list[StrikeReport] = []
        self._told: set[object] = set()
        self._voices: set[str] = set()
        self._quoted: tuple[StrikeReport, ...] = ()

    def of(self, tally: Tally, statements: Statements) -> tuple[StrikeReport, ...]:
        """Of the reports, those quoted, first seen first: the first that the alert rests on in any case."""
        sources, counted, before = tally.sources, statements.counted, len(self._chosen)
        grouped = quoted(sources.count), sources.regrouped
        if self._grouped != grouped:
            self._begin(grouped)
            if statements.first is not None:
                self._hear(statements.first, sources, counted)
            before = 0
        for report in islice(tally.reports, self._read, None):
            if len(self._chosen) == self._limit:
                break
            self._hear(report, sources, counted)
        self._read = len(tally.reports)
        if len(self._chosen) > before:
            self._quoted = tuple(sorted(self._chosen, key=lambda report: report.rank))
        return self._quoted

    def _hear(self, report: StrikeReport, sources: Sources, counted: Collection[str]) -> None:
        event, told = report.event, self._told
        kind = ("counted", event.event_id in counted, report.order, report.claimed)
        voice = sources.root(event.article.id)
        is_new_voice = voice not in self._voices and len(self._voices) < self._grouped[0]
        if is_new_voice or kind not in told or not report.figures <= told:
            self._chosen.append(report)
            told.add(kind)
            told |= report.figures
            self._voices.add(voice)
