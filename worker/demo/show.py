"""The demo command: everything is started, the sample stream is published, alerts are shown as they come.

It ends by itself once the worker has read all articles and no further alert comes, or at Ctrl-C; either
way it stops what it started. Nothing is written to disk.
"""

from __future__ import annotations

import contextlib
import shutil
import signal
import sys
import threading
import time
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from worker.article import Article
from worker.commands.given import broker_errors_told
from worker.demo.board import Board
from worker.demo.page import render_page
from worker.demo.server import PageServer
from worker.demo.stage import Stage, open_stage
from worker.exits import ExitCode, Refusal
from worker.reading import PlainText, read_articles
from worker.terminal import open_console, print_alert, print_change
from worker.tools.publish import publish
from worker.tools.tail import follow_alerts

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from rich.console import Console

    from worker.alert import Alert

PACE = 0.6
"""Seconds between two articles at speed 1: slow enough to read along, a minute for the whole stream."""
QUIET = 4.0
"""Seconds without an alert after which, all articles read, no more are expected."""
PATIENCE = 120.0
"""Seconds after the last article within which the worker must have read them all."""

OPENING = """\
Trucewatch demo: {count} invented articles about real wars go through a broker and a worker on this machine.
The alerts also stand at {url}
Ctrl-C stops everything.
"""
CLOSING = """\
{standing} alerts stand after {read} articles.
Withdrawn, as an article was corrected or another alert took over: {retracted}.

What each article says, with the evidence highlighted:
    {program} extract {stream}
The same alerts without a broker, in seconds:
    {program} replay {stream}
Alerts from articles of your own (JSON Lines, a directory, or plain text) as JSON:
    {program} replay --alerts - FILE
This demo with the page left open:
    {program} demo --keep-running
"""


def demo_command(arguments: Namespace) -> int:
    """Play the sample stream; the exit code is 0 if it was played to its end, or stopped after that."""
    console, played = open_console(sys.stdout), False
    try:
        with _ending_like_ctrl_c(), _sample_stream() as stream, broker_errors_told():
            articles = _articles(stream, now=arguments.now)
            play = Play(articles, console=console, speed=arguments.speed)
            with _page(play, port=arguments.port) as page:
                console.print(OPENING.format(count=len(articles), url=page.url), soft_wrap=True)
                with open_stage(arguments.environ) as stage, _stop_announced(console):
                    play.run(stage)
                    played = True
                    _say_closing(console, play, stream)
                    if arguments.keep_running:
                        console.print(f"The page stays at {page.url} until Ctrl-C.", soft_wrap=True)
                        threading.Event().wait()
    except KeyboardInterrupt:
        if not played:
            raise
    return ExitCode.OK


class Play:
    """One run through the sample stream, and how far it is."""

    def __init__(self, articles: Sequence[Article], *, console: Console, speed: float) -> None:
        """Nothing has happened yet."""
        self.board = Board()
        self.articles_read = 0
        self._articles = articles
        self._console = console
        self._pause = PACE / speed
        self._begun = threading.Event()
        self._over = threading.Event()
        self._published = threading.Event()
        self._failure: Exception | None = None
        self._last_alert = 0.0
        self._last_article = 0.0

    @property
    def total(self) -> int:
        """How many articles there are."""
        return len(self._articles)

    @property
    def state(self) -> str:
        """One line for the page."""
        return f"{self.articles_read} of {self.total} articles read."

    def run(self, stage: Stage) -> None:
        """Publish in a thread of its own, show what comes in this one, return when it is over."""
        publisher = threading.Thread(target=self._publish, args=(stage,), name="publisher", daemon=True)
        publisher.start()
        try:
            alerts = follow_alerts(
                stage.settings,
                from_beginning=True,
                stop=lambda: self._is_over(stage),
                ready=self._begun.set,
            )
            for alert in alerts:
                self._last_alert = time.monotonic()
                self._show(alert)
        finally:
            self._over.set()
            publisher.join(timeout=10)
        if self._failure is not None:
            raise self._failure

    def _show(self, alert: Alert) -> None:
        known = self.board.knows(alert.alert_id)
        if self.board.take(alert):
            (print_change if known else print_alert)(self._console, alert)

    def _publish(self, stage: Stage) -> None:
        try:
            self._begun.wait()
            publish(self._paced(), stage.settings)
        except Exception as failure:  # noqa: BLE001 - raised again by `run`, in the thread that tells the user
            self._failure = failure
        finally:
            self._last_article = time.monotonic()
            self._published.set()

    def _paced(self) -> Iterator[Article]:
        for article in self._articles:
            if self._over.wait(self._pause):
                return
            yield article

    def _is_over(self, stage: Stage) -> bool:
        self.articles_read = stage.articles_read()
        if not self._published.is_set():
            return False
        if self._failure is not None:
            return True
        now = time.monotonic()
        if self.articles_read < self.total:
            if now - self._last_article > PATIENCE:
                message = (
                    f"the worker has read {self.articles_read} of {self.total} articles and stopped reading"
                )
                raise Refusal(message, code=ExitCode.FAILED)
            return False
        return now - max(self._last_alert, self._last_article) > QUIET


@contextlib.contextmanager
def _sample_stream() -> Iterator[str]:
    """The path of the sample stream, also where the package is not unpacked."""
    with as_file(files("worker").joinpath("samples", "stream.jsonl")) as path:
        yield str(path)


def _articles(stream: str, *, now: datetime) -> list[Article]:
    articles = read_articles([stream], received_at=now, plain=PlainText())
    return [article for article in articles if isinstance(article, Article)]


def _page(play: Play, *, port: int) -> PageServer:
    try:
        return PageServer(lambda: render_page(play.board.alerts(), state=play.state), port=port)
    except OSError as error:
        message = f"--port {port}: {(error.strerror or str(error)).lower()}"
        raise Refusal(message) from error


def _say_closing(console: Console, play: Play, stream: str) -> None:
    standing = play.board.standing()
    retracted = len(play.board.alerts()) - standing
    closing = CLOSING.format(
        standing=standing,
        read=play.articles_read,
        retracted=retracted,
        program=_program(),
        stream=_from_here(stream),
    )
    console.print(closing, soft_wrap=True)


def _program() -> str:
    """How this command is called here: it may not be on the search path."""
    if shutil.which("trucewatch"):
        return "trucewatch"
    return "python -m worker" if sys.argv[0].endswith("__main__.py") else _from_here(sys.argv[0])


def _from_here(path: str) -> str:
    """The path as one types it here."""
    given = Path(path)
    return str(given.relative_to(Path.cwd())) if given.is_relative_to(Path.cwd()) else path


@contextlib.contextmanager
def _stop_announced(console: Console) -> Iterator[None]:
    """Answer Ctrl-C at once: stopping the worker takes a few seconds."""
    try:
        yield
    except KeyboardInterrupt:
        console.print("\nStopping the worker and the broker.")
        raise


@contextlib.contextmanager
def _ending_like_ctrl_c() -> Iterator[None]:
    """Let a closed terminal or a polite kill end the demo as Ctrl-C does: nothing is left running."""

    def interrupt(_number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    wanted = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, interrupt) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
