"""The Faust application: settings, the two agents, and what ties them to the consumer group."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import faust
from mode import CrashingSupervisor

from worker.observability import metrics as m
from worker.observability.health import Health
from worker.observability.logging import get_logger
from worker.observability.metrics import Metrics
from worker.settings import Role
from worker.streaming.agents import Correlator, Extractor, Surroundings
from worker.streaming.connection import faust_credentials, plain_consumer
from worker.streaming.engine import CorrelationEngine, policy_of
from worker.streaming.log_reader import LogReader, is_another
from worker.streaming.offsets import Offsets
from worker.streaming.outbox import Outbox
from worker.streaming.partitions import Partitions
from worker.streaming.recovery import Tables
from worker.streaming.topics import Topics
from worker.streaming.transport import Ties, log_transport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from worker.article import Article
    from worker.extraction import Extraction, Parser
    from worker.lexicon import Lexicon
    from worker.settings import Settings
    from worker.streaming.partition_state import Engine
    from worker.streaming.record import TP

    Extract = Callable[[Sequence[Article], Lexicon | None, Parser | None], Sequence[Extraction]]

log = get_logger("app")

MOST_BYTES = 16 * 1024 * 1024
"""Largest request of the producer; the brokers' own limits are far below."""


@dataclass(kw_only=True)
class WorkerParts:
    """What `create_app` hangs on the app as `app.parts`, for the runner and for tests."""

    settings: Settings
    metrics: Metrics
    health: Health
    offsets: Offsets
    partitions: Partitions
    failure: BaseException | None = None
    """Why the worker must end, where something else than an agent found out."""

    def fatal(self, error: BaseException) -> None:
        """The worker must end; the first reason counts."""
        self.failure = self.failure or error


class WorkerApp(faust.App):
    """A Faust app that writes no files of its own."""

    parts: WorkerParts

    async def on_first_start(self) -> None:
        """Do not make the data directories: there are no tables."""


def create_app(  # noqa: PLR0913 - what a test may replace
    settings: Settings,
    *,
    lexicon: Lexicon | None,
    parser: Parser | None,
    extract: Extract | None = None,
    extractor_version: str | None = None,
    engine: Engine | None = None,
    metrics: Metrics | None = None,
    health: Health | None = None,
) -> WorkerApp:
    """Make the app; nothing connects before it is started. `extract` and `engine` default to the real ones.

    A worker that only correlates needs neither lexicon nor parser.
    """
    metrics = metrics or Metrics()
    health = health or Health(stuck_after=settings.stuck_after)
    engine = engine or CorrelationEngine(policy_of(settings))
    offsets = Offsets()
    app = _faust_app(settings)
    topics = Topics(app, settings)
    outbox = Outbox(topics.send, timeout=settings.send_timeout, metrics=metrics)
    reader = LogReader(partial(plain_consumer, settings))

    def fatal(error: BaseException) -> None:
        app.parts.fatal(error)

    partitions = Partitions(
        settings,
        engine=engine,
        reader=reader,
        outbox=outbox,
        metrics=metrics,
        health=health,
        fatal=fatal,
    )
    around = Surroundings(
        settings=settings, offsets=offsets, reader=reader, outbox=outbox, metrics=metrics, health=health
    )
    app.parts = WorkerParts(
        settings=settings, metrics=metrics, health=health, offsets=offsets, partitions=partitions
    )
    if settings.roles is not Role.CORRELATE:
        if extract is None:
            from worker.extraction import EXTRACTOR, extract_many  # noqa: PLC0415 - heavy: only where needed

            extract, extractor_version = cast("Extract", extract_many), extractor_version or EXTRACTOR
        extractor = Extractor(
            around,
            extract=_bind(extract, lexicon, parser),
            executor=ThreadPoolExecutor(max_workers=1, thread_name_prefix="extract"),
            version=extractor_version or "test",
        )
        _add_extract(app, topics, extractor, settings)
    if settings.roles is not Role.EXTRACT:
        _add_correlate(app, topics, Correlator(around, partitions=partitions, version=engine.id), settings)
    _tie_to_group(app, reader)
    return app


def _bind(
    extract: Extract, lexicon: Lexicon | None, parser: Parser | None
) -> Callable[[Sequence[Article]], Sequence[Extraction]]:
    return lambda articles: extract(articles, lexicon, parser)


def _add_extract(app: WorkerApp, topics: Topics, extractor: Extractor, settings: Settings) -> None:
    @app.agent(topics[settings.articles], name="extract")
    async def extract(stream: Any) -> None:  # noqa: ANN401 - Faust's stream
        async for batch in stream.noack_take(settings.extract_batch, within=settings.batch_wait):
            await extractor.work_off([event.message for event in batch])


def _add_correlate(app: WorkerApp, topics: Topics, correlator: Correlator, settings: Settings) -> None:
    @app.agent(topics[settings.events], name="correlate")
    async def correlate(stream: Any) -> None:  # noqa: ANN401 - Faust's stream
        async for batch in stream.noack_take(settings.correlate_batch, within=settings.batch_wait):
            await correlator.work_off([event.message for event in batch])


def _tie_to_group(app: WorkerApp, reader: LogReader) -> None:
    """Start from the committed offsets of each generation; commit what `Offsets` says."""
    parts = app.parts

    async def begin(generation: int, committed: Mapping[TP, int | None]) -> None:
        new = parts.offsets.begin(generation, committed)
        parts.health.own(set(committed), time.monotonic())
        if parts.settings.roles is not Role.EXTRACT:
            events = parts.settings.events
            await parts.partitions.begin(
                generation, {number: at for (topic, number), at in committed.items() if topic == events}
            )
        if new:
            parts.metrics.count(m.REBALANCES)
            log.info("generation_began", generation=generation, partitions=len(committed))

    ties = Ties(
        offsets=parts.offsets,
        begin=begin,
        lacks=reader.lacks,
        is_another=partial(is_another, reader),
        fatal=parts.fatal,
    )
    app.transport = log_transport(app.conf.broker_consumer, app, ties)

    @app.on_partitions_revoked.connect  # type: ignore[arg-type]
    async def revoked(_app: Any, *partitions: Any, **_options: Any) -> None:  # noqa: ANN401
        parts.health.leave(time.monotonic())
        parts.offsets.revoke((tp.topic, tp.partition) for tp in partitions[0])

    @app.on_rebalance_complete.connect  # type: ignore[arg-type]
    async def complete(_app: Any, *_arguments: Any, **_options: Any) -> None:  # noqa: ANN401
        if not app.consumer.assignment():
            await begin(app.consumer_generation_id, {})


def _faust_app(settings: Settings) -> WorkerApp:
    return WorkerApp(
        settings.group_id,
        broker=";".join(f"kafka://{broker}" for broker in settings.brokers),
        broker_credentials=faust_credentials(settings),
        broker_client_id=settings.instance_id or settings.group_id,
        store="memory://",
        TableManager=Tables,
        autodiscover=False,
        processing_guarantee="at_least_once",
        agent_supervisor=CrashingSupervisor,
        stream_wait_empty=False,
        stream_buffer_maxsize=512,
        broker_commit_interval=settings.commit_interval,
        broker_session_timeout=settings.session_timeout,
        broker_heartbeat_interval=settings.heartbeat_interval,
        broker_rebalance_timeout=settings.rebalance_timeout,
        broker_request_timeout=settings.request_timeout,
        consumer_auto_offset_reset="earliest",
        consumer_metadata_max_age_ms=int(settings.metadata_age * 1000),
        producer_metadata_max_age_ms=int(settings.metadata_age * 1000),
        consumer_group_instance_id=settings.instance_id,
        producer_acks=-1,
        producer_linger=0.005,
        producer_request_timeout=settings.producer_timeout,
        producer_max_batch_size=settings.producer_batch_bytes,
        producer_max_request_size=MOST_BYTES,
        topic_disable_leader=True,
        topic_allow_declare=False,
        worker_redirect_stdouts=False,
        web_enabled=False,
    )
