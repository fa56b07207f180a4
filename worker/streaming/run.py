"""Running a worker in this process: start, watch, stop cleanly on a signal, and say by the exit code why."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.metadata
import signal
import threading
import time
from typing import TYPE_CHECKING

from aiokafka.errors import KafkaError, ProducerClosed
from faust.exceptions import NotReady

from worker.observability import metrics as m
from worker.observability.endpoint import Endpoint
from worker.observability.logging import configure_logging, get_logger
from worker.settings import Role, SettingsError
from worker.streaming.app import WorkerApp, create_app
from worker.streaming.connection import plain_consumer
from worker.streaming.engine import CorrelationEngine, policy_of
from worker.streaming.lag import watch_lag
from worker.streaming.log_reader import LogReader
from worker.streaming.stopping import ExitCode, FatalError, SendFailedError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from worker.settings import Settings
    from worker.streaming.app import Extract

log = get_logger("run")

BEAT = 0.5
"""Seconds between two signs of life of the event loop, and between looks at the stop flags."""
BROKER_PATIENCE = 60.0
"""Seconds for which brokers and topics may be missing at the start."""


def run_worker(
    settings: Settings,
    *,
    extract: Extract | None = None,
    on_ready: Callable[[WorkerApp, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> int:
    """Run until SIGTERM or SIGINT (or until `stop` says so), or until something is beyond repair.

    `extract` replaces the real extraction, for tests. `on_ready` is called once with the app and the port of
    the web endpoint (0 if it is off). Returns an `ExitCode`.
    """
    configure_logging(settings.log_level, settings.log_format)
    asked = _ask_on_signals()
    try:
        app = _make_app(settings, extract)
    except SettingsError as error:
        log.error("settings", error=str(error))  # noqa: TRY400 - the message is for the operator
        return ExitCode.CONFIG
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

            def to_stop() -> bool:
                return asked.is_set() or (stop is not None and stop())

            asyncio.run(_serve(app, settings, lambda: on_ready and on_ready(app, port), to_stop))
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


def _ask_on_signals() -> threading.Event:
    """Set on SIGTERM and SIGINT from now on: loading the parser takes seconds, and may be interrupted too."""
    asked = threading.Event()
    with contextlib.suppress(ValueError):  # not in the main thread: `stop` is asked instead
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: asked.set())
    return asked


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


async def _serve(
    app: WorkerApp,
    settings: Settings,
    ready: Callable[[], object],
    stop: Callable[[], bool],
) -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    with contextlib.suppress(ValueError, RuntimeError):  # not in the main thread: `stop` is asked instead
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, asked.set)
    beating = asyncio.create_task(_beat(app, asked, stop))
    watching = asyncio.create_task(watch_lag(app.parts, lambda: plain_consumer(settings)))
    starting: asyncio.Task[object] | None = None
    try:
        if not await _unless(asked, _wait_for_topics(settings)):
            return
        starting = asyncio.create_task(app.start())
        await _watch(app, starting, asked, ready)
    finally:
        app.parts.health.stopping = True
        watching.cancel()
        await _stop(app, settings, starting)
        beating.cancel()
    _raise_failure(app, asked_to_stop=asked.is_set())


async def _watch(
    app: WorkerApp, starting: asyncio.Task[object], asked: asyncio.Event, ready: Callable[[], object]
) -> None:
    """Wait for a reason to stop."""
    parts, told = app.parts, False
    while not asked.is_set():
        if starting.done():
            starting.result()
            parts.health.started = True
        if parts.failure is not None or app.crashed or app.should_stop:
            return
        if not told and not parts.health.missing():
            told = True
            log.info("ready", partitions=len(parts.offsets.owned()))
            ready()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asked.wait(), 0.1)


async def _beat(app: WorkerApp, asked: asyncio.Event, stop: Callable[[], bool]) -> None:
    while True:
        app.parts.health.beat(time.monotonic())
        if stop():
            asked.set()
        await asyncio.sleep(BEAT)


async def _unless(asked: asyncio.Event, work: Coroutine[None, None, None]) -> bool:
    """Do the work unless asked to stop before it is done; whether it was done."""
    task = asyncio.create_task(work)
    waiting = asyncio.create_task(asked.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
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
    wanted = [settings.articles] if settings.roles is Role.EXTRACT else [settings.events, settings.alerts]
    if settings.roles is Role.BOTH:
        wanted.insert(0, settings.articles)
    deadline = time.monotonic() + BROKER_PATIENCE
    told = ""
    while True:
        try:
            missing = [topic for topic in wanted if not await reader.partitions_now(topic)]
            problem = (
                f"no topic {', '.join(missing)}: `trucewatch topics create` makes them" if missing else ""
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


async def _stop(app: WorkerApp, settings: Settings, starting: asyncio.Task[object] | None) -> None:
    """Stop within the time-out: agents, a last commit, snapshots."""
    if starting is None:
        return
    try:
        async with asyncio.timeout(settings.shutdown_timeout):
            await app.stop()
            await app.parts.partitions.close()
    except TimeoutError:
        log.warning("stop_cut_short", seconds=settings.shutdown_timeout)
    starting.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await starting


def _raise_failure(app: WorkerApp, *, asked_to_stop: bool) -> None:
    """Raise what ended the worker, if it was not a request."""
    reason = app.parts.failure or getattr(app, "crash_reason", None)
    if reason is None:
        return
    if asked_to_stop and came_of_stopping(reason):
        log.info("stopped_while_sending", reason=str(reason))
        return
    raise reason


def came_of_stopping(error: BaseException) -> bool:
    """Whether it only says that a message met the producer on its way out.

    Nothing is lost by that: what was not acknowledged is not committed and comes again.
    """
    return isinstance(error, SendFailedError) and isinstance(error.__cause__, ProducerClosed | NotReady)
