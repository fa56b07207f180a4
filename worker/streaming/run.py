"""Running a worker in this process: start, watch, stop cleanly on a signal, and say by the exit code why."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.metadata
import signal
import time
from functools import partial
from typing import TYPE_CHECKING

from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    KafkaError,
    ProducerClosed,
    TopicAuthorizationFailedError,
)
from faust.exceptions import NotReady

from worker.observability import metrics as m
from worker.observability.endpoint import Endpoint
from worker.observability.logging import configure_logging, get_logger
from worker.settings import Role, SettingsError
from worker.streaming.app import WorkerApp, create_app
from worker.streaming.background import in_background
from worker.streaming.connection import plain_consumer
from worker.streaming.engine import CorrelationEngine, policy_of
from worker.streaming.lag import watch_lag
from worker.streaming.log_reader import LogReader
from worker.streaming.stopping import (
    ExitCode,
    FatalError,
    RefusedError,
    SendFailedError,
    Stop,
    UnavailableError,
    exit_code_of,
)

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from worker.settings import Settings
    from worker.streaming.app import Extract

log = get_logger("run")

BEAT = 0.5
"""Seconds between two signs of life of the event loop."""
LOOK = 0.1
"""Seconds between two looks at what there may be to do."""
BROKER_PATIENCE = 60.0
"""Seconds for which brokers and topics may be missing at the start."""


def run_worker(settings: Settings, *, extract: Extract | None = None) -> int:
    """Run until SIGTERM or SIGINT, or until something is beyond repair: the last thing that a process does.

    `extract` replaces the real extraction, for tests. Returns an `ExitCode`. Until the parser is loaded, which takes
    seconds, signals do what they did before: nothing has begun that would have to be stopped.
    """
    configure_logging(settings.log_level, settings.log_format)
    try:
        app = _make_app(settings, extract)
    except SettingsError as error:
        log.error("settings", error=str(error))  # noqa: TRY400 - the message is for the operator
        return ExitCode.CONFIG
    stop = Stop(settings.shutdown_timeout)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop.ask)
    code = _run(app, settings, stop)
    stop.code, stop.undone = code, "threads that still run"
    stop.begin()
    return code


def _run(app: WorkerApp, settings: Settings, stop: Stop) -> ExitCode:
    try:
        with contextlib.ExitStack() as stack:
            port = 0
            if settings.web_enabled:
                parts = app.parts
                endpoint = Endpoint(
                    host=settings.web_host, port=settings.web_port, metrics=parts.metrics, health=parts.health
                )
                port = stack.enter_context(endpoint).port
            log.info("starting", version=_version(), roles=settings.roles, group=settings.group_id,
                     brokers=settings.brokers, web_port=port)  # fmt: skip
            asyncio.run(_serve(app, settings, stop))
    except FatalError as error:
        log.error("stopped", reason=str(error), exit_code=int(error.exit_code))  # noqa: TRY400
        return error.exit_code
    except OSError as error:
        log.error("stopped", reason=repr(error), exit_code=int(ExitCode.CRASHED))  # noqa: TRY400
        return ExitCode.CRASHED
    except Exception:
        log.exception("crashed", exit_code=int(ExitCode.CRASHED))
        return ExitCode.CRASHED
    log.info("stopped", exit_code=0)
    return ExitCode.OK


def _make_app(settings: Settings, extract: Extract | None) -> WorkerApp:
    engine = CorrelationEngine(policy_of(settings))
    if settings.roles is Role.CORRELATE or extract is not None:
        app = create_app(settings, lexicon=None, parser=None, extract=extract, engine=engine)
        extractor = ""
    else:
        from worker.extraction import EXTRACTOR, load_parser  # noqa: PLC0415 - seconds to load: only where needed
        from worker.lexicon import load_lexicon  # noqa: PLC0415

        extractor = EXTRACTOR
        app = create_app(settings, lexicon=load_lexicon(), parser=load_parser(), engine=engine)
    app.parts.metrics.gauge(m.BUILD, 1, _version(), extractor, engine.id)
    return app


def _version() -> str:
    try:
        return importlib.metadata.version("trucewatch")
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


async def _serve(app: WorkerApp, settings: Settings, stop: Stop) -> None:
    parts = app.parts
    background = (
        in_background(_beat(app), "beat", fatal=parts.fatal),
        in_background(
            watch_lag(parts, lambda: plain_consumer(settings), partial(_go_back, app)),
            "lag",
            fatal=parts.fatal,
        ),
    )
    starting: asyncio.Task[object] | None = None
    try:
        if await _unless_asked(stop, _wait_for_topics(settings)):
            starting = asyncio.create_task(app.start())
            await _watch(app, starting, stop)
    except Exception as error:  # noqa: BLE001 - raised again when all is stopped
        parts.fatal(error)
    parts.health.stopping = True
    failure = _failure(app, asked_to_stop=stop.asked)
    if failure is not None:
        stop.code = exit_code_of(failure)
    log.info("stopping", asked=stop.asked, seconds=settings.shutdown_timeout)
    stop.begin()
    if starting is not None:
        await _stop(app, starting, stop)
    for task in background:
        task.cancel()
    failure = failure or _failure(app, asked_to_stop=stop.asked)
    if failure is not None:
        raise failure


async def _watch(app: WorkerApp, starting: asyncio.Task[object], stop: Stop) -> None:
    """Wait for a reason to stop."""
    parts, told = app.parts, False
    while not stop.asked:
        if starting.done():
            starting.result()
            parts.health.started = True
        if parts.failure is not None or app.crashed or app.should_stop:
            return
        if not told and not parts.health.missing():
            told = True
            log.info("ready", partitions=len(parts.offsets.owned()))
        await asyncio.sleep(LOOK)


async def _go_back(app: WorkerApp) -> None:
    await app.consumer.perform_seek()  # there is none before the app is started


async def _beat(app: WorkerApp) -> None:
    while True:
        app.parts.health.beat(time.monotonic())
        await asyncio.sleep(BEAT)


async def _unless_asked(stop: Stop, work: Coroutine[None, None, None]) -> bool:
    """Do the work unless asked to stop before it is done; whether it was done."""
    task = asyncio.create_task(work)
    while not task.done() and not stop.asked:
        await asyncio.wait({task}, timeout=LOOK)
    if not task.done():
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        return False
    task.result()
    return True


async def _wait_for_topics(settings: Settings) -> None:
    """Wait until the brokers answer and the topics are there; raises UnavailableError when they stay away."""
    reader = LogReader(lambda: plain_consumer(settings))
    wanted: list[str] = []
    if settings.roles is not Role.CORRELATE:
        wanted += [settings.articles, settings.events, settings.dead_letters_of(settings.articles)]
    if settings.roles is not Role.EXTRACT:
        wanted += [settings.events, settings.alerts, settings.dead_letters_of(settings.events)]
    wanted = list(dict.fromkeys(wanted))
    deadline = time.monotonic() + BROKER_PATIENCE
    told = ""
    while True:
        try:
            missing = [topic for topic in wanted if not await reader.partitions_now(topic)]
            problem = (
                f"no topic {', '.join(missing)}, or no right to see it: `trucewatch topics create` makes them"
                if missing
                else ""
            )
        except (KafkaError, OSError) as error:
            problem = f"no broker at {', '.join(settings.brokers)}: {error!r}"
        if not problem:
            return
        if time.monotonic() > deadline:
            raise UnavailableError(problem)
        if problem != told:
            told = problem
            log.warning("waiting", reason=problem)
        await asyncio.sleep(1)


async def _stop(app: WorkerApp, starting: asyncio.Task[object], stop: Stop) -> None:
    """Agents, a last commit, snapshots; `stop` sees to it that this ends."""
    stop.undone = "a last commit, leaving the group, snapshots"
    await app.stop()
    stop.undone = "snapshots"
    await app.parts.partitions.close()
    stop.undone = "connections"
    starting.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await starting


def _failure(app: WorkerApp, *, asked_to_stop: bool) -> BaseException | None:
    """What ended the worker, if it was not a request."""
    reason: BaseException | None = app.parts.failure or getattr(app, "crash_reason", None)
    if reason is not None and asked_to_stop and came_of_stopping(reason):
        log.info("stopped_while_sending", reason=str(reason))
        return None
    if isinstance(reason, GroupAuthorizationFailedError | TopicAuthorizationFailedError):
        return RefusedError(f"the brokers refuse this worker: {reason!r}")
    if isinstance(reason, KafkaConnectionError) and not app.parts.health.started:
        return UnavailableError(f"the brokers went away while the worker started: {reason!r}")
    return reason


def came_of_stopping(error: BaseException) -> bool:
    """Whether it only says that a message met the producer on its way out.

    Nothing is lost by that: what was not acknowledged is not committed and comes again.
    """
    return isinstance(error, SendFailedError) and isinstance(error.__cause__, ProducerClosed | NotReady)
