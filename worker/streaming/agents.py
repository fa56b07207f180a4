"""The two agents: articles to events, events to alerts. Decode, call one pure function, send, then note it done.

Nothing is noted as done before the brokers have acknowledged all that came of it.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from worker.event import StrikeEvent
from worker.observability import metrics as m
from worker.observability.logging import get_logger
from worker.streaming.continuity import runs_from
from worker.streaming.dead_letter import Breaker, letter_for, outgoing_letter
from worker.streaming.outbox import Outgoing
from worker.streaming.partition_state import Outcome
from worker.streaming.published import outgoing_alert
from worker.streaming.record import from_faust
from worker.wire import InvalidMessage, decode_article, encode_event, headers_for_event

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from concurrent.futures import Executor

    from worker.article import Article
    from worker.event import Event
    from worker.extraction import Extraction
    from worker.observability.health import Health
    from worker.observability.metrics import Metrics
    from worker.settings import Settings
    from worker.streaming.continuity import Run
    from worker.streaming.log_reader import Log
    from worker.streaming.offsets import Offsets
    from worker.streaming.outbox import Outbox
    from worker.streaming.partition_state import Folded, PartitionState
    from worker.streaming.partitions import Partitions
    from worker.streaming.record import TP, Record

log_extract = get_logger("extract")
log_correlate = get_logger("correlate")


@dataclass(kw_only=True)
class Surroundings:
    """What both agents need of the shell around them."""

    settings: Settings
    offsets: Offsets
    reader: Log
    outbox: Outbox
    metrics: Metrics
    health: Health

    async def runs(self, messages: Sequence[Any], limit: int) -> AsyncIterator[tuple[int, list[Run]]]:
        """What the consumer delivered, without what is no longer ours, holes filled, in bounded portions.

        Each portion comes with its generation, by which it is noted as done.
        """
        generation = self.offsets.generation
        delivered: dict[TP, list[Record]] = {}
        for message in messages:
            if message.generation_id == generation:
                record = from_faust(message)
                delivered.setdefault(record.tp, []).append(record)
        portion: list[Run] = []
        for tp, records in delivered.items():
            if not self.offsets.owns(tp, generation):
                continue
            expected = self.offsets.next(tp)
            async for run in runs_from(expected, tp, records, reader=self.reader, metrics=self.metrics):
                portion.append(run)
                if sum(len(waiting.records) for waiting in portion) >= limit:
                    yield generation, portion
                    portion = []
        if portion:
            yield generation, portion

    def done(self, runs: Sequence[Run], generation: int) -> None:
        """All of the runs is worked off and acknowledged."""
        for run in runs:
            last = run.records[-1] if run.records else None
            if self.offsets.done(run.tp, run.end, generation, last):
                self.health.moved(run.tp, time.monotonic())


class Extractor:
    """Articles to events. Extraction runs in a thread, so that heartbeats and the web endpoint go on."""

    def __init__(
        self,
        around: Surroundings,
        *,
        extract: Callable[[Sequence[Article]], Sequence[Extraction]],
        executor: Executor,
        version: str,
    ) -> None:
        """`version` stands in dead letters."""
        self._around = around
        self._extract = extract
        self._executor = executor
        self._version = version
        self._breaker = Breaker(around.settings.unexpected_limit)

    async def work_off(self, messages: Sequence[Any]) -> None:
        """Work off a batch as Faust delivered it."""
        async for generation, runs in self._around.runs(messages, self._around.settings.extract_batch):
            records = [record for run in runs for record in run.records]
            started = time.monotonic()
            results = await self._results(records)
            seconds = (time.monotonic() - started) / max(len(records), 1)
            outgoing: list[Outgoing] = []
            for index, record in enumerate(records):
                results[index], messages = self._written(record, results[index])
                outgoing += messages
            await self._around.outbox.send(outgoing)
            self._around.done(runs, generation)
            self._around.metrics.observe(m.BATCH_SIZE, len(records), "extract")
            for record, result in zip(records, results, strict=True):
                self._tell(record, result, seconds)

    async def _results(self, records: Sequence[Record]) -> list[Extraction | Exception]:
        results: list[Extraction | Exception | None] = [None] * len(records)
        articles: list[tuple[int, Article]] = []
        for index, record in enumerate(records):
            try:
                received_at = record.time or datetime.now(UTC)
                articles.append((index, decode_article(record.value, received_at=received_at)))
            except InvalidMessage as error:
                results[index] = error
            except Exception as error:  # noqa: BLE001 - a bug of ours must cost one article, not the stream
                results[index] = error
        started = time.monotonic()
        found = await self._extract_all([article for _, article in articles])
        if articles:
            self._around.metrics.observe(m.EXTRACTION_SECONDS, (time.monotonic() - started) / len(articles))
        for (index, _), result in zip(articles, found, strict=True):
            results[index] = result
        return [result for result in results if result is not None]

    async def _extract_all(self, articles: Sequence[Article]) -> Sequence[Extraction | Exception]:
        """Together, and where that fails one by one, so that one article costs no other."""
        if not articles:
            return []
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._executor, self._extract, articles)
            if len(found) == len(articles):
                return found
            problem: Exception = ValueError(f"{len(found)} extractions of {len(articles)} articles")
        except Exception as error:  # noqa: BLE001 - put aside as `unexpected`, and the breaker watches
            problem = error
        if len(articles) == 1:
            return [problem]
        log_extract.warning("batch_failed", articles=len(articles), error=repr(problem))
        return [(await self._extract_all([article]))[0] for article in articles]

    def _written(
        self, record: Record, result: Extraction | Exception
    ) -> tuple[Extraction | Exception, list[Outgoing]]:
        """The messages that say what was found; an extraction that cannot be written becomes a dead letter."""
        if not isinstance(result, Exception):
            try:
                messages = [self._event(record, event) for event in result.events]
            except Exception as error:  # noqa: BLE001 - a bug of ours must cost one article, not the stream
                result = error
            else:
                self._breaker.went_well()
                return result, messages
        if not isinstance(result, InvalidMessage):
            self._breaker.failed(result)
        letter = letter_for(record, result, engine=self._version)
        return result, [outgoing_letter(letter, self._around.settings.dead_letters_of(record.topic))]

    def _event(self, record: Record, event: Event) -> Outgoing:
        return Outgoing(
            topic=self._around.settings.events,
            key=(event.conflict or event.article.id).encode(),
            value=encode_event(event),
            headers=tuple(headers_for_event(event)),
            timestamp=None if record.time is None else record.timestamp,
        )

    def _tell(self, record: Record, result: Extraction | Exception, seconds: float) -> None:
        """One canonical line, and the counts."""
        count = self._around.metrics.count
        place = {"topic": record.topic, "partition": record.partition, "offset": record.offset}
        if isinstance(result, Exception):
            reason = result.reason.value if isinstance(result, InvalidMessage) else "unexpected"
            count(m.ARTICLES, "dead_letter")
            count(m.DEAD_LETTERS, record.topic, reason)
            detail = result.detail if isinstance(result, InvalidMessage) else repr(result)
            log_extract.warning("article", **place, outcome="dead_letter", reason=reason, detail=detail[:200])
            return
        outcome = (
            f"skipped_{result.skipped}" if result.skipped else "events" if result.events else "no_events"
        )
        count(m.ARTICLES, outcome)
        if result.truncated:
            count(m.TRUNCATED)
        for event in result.events:
            count(m.EVENTS, *_kind_and_act(event))
            if event.conflict is None:
                count(m.CONFLICT_UNKNOWN)
        log_extract.info("article", article_id=result.article_id[:200], **place, outcome=outcome,
                         events=len(result.events), truncated=result.truncated, seconds=round(seconds, 4))  # fmt: skip


class Correlator:
    """Events to alerts, by the state of each partition."""

    def __init__(self, around: Surroundings, *, partitions: Partitions, version: str) -> None:
        """`version` stands in dead letters."""
        self._around = around
        self._partitions = partitions
        self._version = version
        self._breaker = Breaker(around.settings.unexpected_limit)

    async def work_off(self, messages: Sequence[Any]) -> None:
        """Work off a batch as Faust delivered it."""
        async for generation, runs in self._around.runs(messages, self._around.settings.correlate_batch):
            for run in runs:
                state = await self._partitions.ready(run.tp[1])
                if state is None or not self._around.offsets.owns(run.tp, generation):
                    continue
                folded = latest_of_each(await self._partitions.fold(state, run))
                outgoing = [message for each in folded for message in self._outgoing(each, state)]
                await self._around.outbox.send(outgoing)
                self._around.done([run], generation)
                self._around.metrics.observe(m.BATCH_SIZE, len(run.records), "correlate")
                self._around.metrics.gauge(m.STATE_CONFLICTS, state.conflicts, str(run.tp[1]))
                for each in folded:
                    self._tell(each)
        await self._partitions.save_due()

    def _outgoing(self, folded: Folded, state: PartitionState) -> list[Outgoing]:
        record = folded.record
        if folded.error is not None:
            if folded.outcome is Outcome.UNEXPECTED:
                self._breaker.failed(folded.error)
            letter = letter_for(record, folded.error, engine=self._version)
            return [outgoing_letter(letter, self._around.settings.dead_letters_of(record.topic))]
        self._breaker.went_well()
        return [
            outgoing_alert(
                state.published(alert),
                topic=self._around.settings.alerts,
                base=state.bases.get(alert.alert_id, 0),
                timestamp=None if record.time is None else record.timestamp,
            )
            for alert in folded.alerts
        ]

    def _tell(self, folded: Folded) -> None:
        """One canonical line, and the counts."""
        count, record = self._around.metrics.count, folded.record
        place = {"topic": record.topic, "partition": record.partition, "offset": record.offset}
        count(m.CORRELATED, folded.outcome)
        if folded.error is not None:
            invalid = isinstance(folded.error, InvalidMessage)
            reason = folded.error.reason.value if isinstance(folded.error, InvalidMessage) else "unexpected"
            count(m.DEAD_LETTERS, record.topic, reason)
            detail = str(folded.error) if invalid else repr(folded.error)
            log_correlate.warning(
                "event", **place, outcome=folded.outcome, reason=reason, detail=detail[:200]
            )
            return
        if folded.late is not None:
            count(m.LATE, folded.late)
        for alert in folded.alerts:
            if folded.outcome is Outcome.APPLIED:
                count(m.ALERTS, alert.severity, alert.status)
            else:
                count(m.ALERTS_RESENT, "repeated")
            log_correlate.info("alert", alert_id=alert.alert_id, revision=alert.revision, status=alert.status,
                               severity=alert.severity, conflict=alert.conflict)  # fmt: skip
        event = folded.event
        log_correlate.info("event", event_id=event.event_id if event else None,
                           article_id=event.article.id[:200] if event else None,
                           conflict=event.conflict if event else None, **place, outcome=folded.outcome,
                           late=folded.late, alerts=len(folded.alerts))  # fmt: skip


def latest_of_each(folded: Sequence[Folded]) -> list[Folded]:
    """The same with each alert only where it stands last: what one article revises six times goes out once.

    Revisions are counted by the fold, event by event, so leaving some out gives none another content, however
    the log is cut into batches; and nothing is noted as done before the last one is out.
    """
    told: set[str] = set()
    kept: list[Folded] = []
    for each in reversed(folded):
        alerts = tuple(alert for alert in each.alerts if alert.alert_id not in told)
        told.update(alert.alert_id for alert in alerts)
        kept.append(each if len(alerts) == len(each.alerts) else each._replace(alerts=alerts))
    return kept[::-1]


def _kind_and_act(event: Event) -> tuple[str, str]:
    if isinstance(event, StrikeEvent):
        return "strike", event.mode.value
    return "diplomacy", event.act.value
