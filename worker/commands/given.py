"""What a command was given: articles, settings, files to write to, and somebody to complain to."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from worker.article import Article
from worker.exits import ExitCode, Refusal
from worker.reading import STDIN, InvalidArticle, PlainText, count_articles, read_articles
from worker.settings import Settings, SettingsError
from worker.terminal import open_console, open_progress

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import ExitStack


class Complaints:
    """Standard error: one line for each invalid article, and the exit code that follows from them."""

    def __init__(self) -> None:
        """Nothing was wrong so far."""
        self.console = open_console(sys.stderr)
        self.invalid = 0

    def refuse(self, article: InvalidArticle) -> None:
        """Say what is wrong with an article and count it."""
        self.invalid += 1
        self.say(str(article))

    def say(self, message: str) -> None:
        """One line under the name of the program, above the progress bar where there is one."""
        self.console.print(f"trucewatch: {message}", soft_wrap=True)

    def valid_of(self, articles: Iterable[Article | InvalidArticle]) -> Iterator[Article]:
        """The articles that can be used; the others are complained of."""
        for article in articles:
            if isinstance(article, Article):
                yield article
            else:
                self.refuse(article)

    def verdict(self) -> int:
        """The exit code; says how many articles were invalid if any was."""
        if not self.invalid:
            return ExitCode.OK
        self.say(f"{self.invalid} invalid article{'s' if self.invalid > 1 else ''}")
        return ExitCode.FAILED


def settings_of(environ: Mapping[str, str]) -> Settings:
    """The settings in force; a wrong one is a usage error that names its variable."""
    try:
        return Settings.from_environ(environ)
    except SettingsError as error:
        raise Refusal(str(error)) from error


@contextmanager
def broker_errors_told() -> Iterator[None]:
    """Turn what the broker refuses into one line and an exit code of its own."""
    from worker.tools.clients import BrokerError  # noqa: PLC0415 - kafka-python is slow to import

    try:
        yield
    except BrokerError as error:
        raise Refusal(str(error), code=ExitCode.BROKER) from error


def articles_of(arguments: Namespace) -> Iterator[Article | InvalidArticle]:
    """The articles of the paths given. Raises `Refusal` for a path that cannot be read, before any is."""
    plain = PlainText(source=arguments.source, published_at=arguments.published_at, title=arguments.title)
    return read_articles(arguments.paths, received_at=arguments.now, plain=plain)


def with_progress(
    articles: Iterable[Article | InvalidArticle],
    *,
    paths: list[str],
    complaints: Complaints,
    stack: ExitStack,
) -> Iterator[Article | InvalidArticle]:
    """The same articles; while they are taken a bar on the terminal grows, until `stack` closes."""
    if not complaints.console.is_terminal:
        yield from articles
        return
    bar = stack.enter_context(open_progress(complaints.console))
    yield from bar.track(articles, total=count_articles(paths), description="articles")


def open_sink(path: str | None, stack: ExitStack) -> BinaryIO | None:
    """The file to write to, "-" being standard output; None where none was asked for."""
    if path is None:
        return None
    if path == STDIN:
        return sys.stdout.buffer
    try:
        return stack.enter_context(Path(path).open("wb"))
    except OSError as error:
        message = f"{path}: {(error.strerror or str(error)).lower()}"
        raise Refusal(message) from error
