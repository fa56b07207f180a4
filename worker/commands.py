"""The commands that need no broker: extract, replay, version. One function a command, each gives an exit code."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import asdict
from importlib.metadata import version as version_of
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from worker.correlation import Policy, engine_id
from worker.exits import ExitCode, Refusal
from worker.extraction import EXTRACTOR, load_parser
from worker.lexicon import load_lexicon
from worker.offline import Takers, extract_in_batches, replay
from worker.reading import STDIN, InvalidArticle, PlainText, count_articles, read_articles
from worker.terminal import open_console, open_progress, print_alert, print_extraction, print_summary
from worker.wire import alert_to_dict, dumps, event_to_dict

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from worker.article import Article
    from worker.event import Event
    from worker.extraction import Extraction
    from worker.offline import ReplayResult


def extract_command(arguments: Namespace) -> int:
    """Print what each article says: a table for people, or with `--json` one line of JSON per article."""
    output, complaints = open_console(sys.stdout), open_console(sys.stderr)
    invalid = 0
    with ExitStack() as stack:
        arriving = _read(arguments)
        if arguments.json or not output.is_terminal:
            arriving = _with_progress(arriving, arguments.paths, complaints, stack)
        parts = extract_in_batches(arriving, lexicon=load_lexicon(), parser=load_parser())
        for part in parts:
            if isinstance(part, InvalidArticle):
                invalid += 1
                complain(complaints, str(part))
            if arguments.json:
                _write_answer(sys.stdout.buffer, part)
            elif not isinstance(part, InvalidArticle):
                print_extraction(output, *part)
    return _verdict(invalid, complaints)


def replay_command(arguments: Namespace) -> int:
    """Run articles through the whole pipeline without Kafka and write what comes out."""
    complaints = open_console(sys.stderr)
    invalid: list[str] = []

    def refuse(article: InvalidArticle) -> None:
        invalid.append(article.where)
        complain(complaints, str(article))

    def take_event(event: Event) -> None:
        if events:
            _write_line(events, event_to_dict(event))

    with ExitStack() as stack:
        alerts, events, report = (
            _open_sink(path, stack) for path in (arguments.alerts, arguments.events, arguments.report)
        )
        with ExitStack() as bar:
            result = replay(
                _with_progress(_read(arguments), arguments.paths, complaints, bar),
                lexicon=load_lexicon(),
                parser=load_parser(),
                policy=Policy(),
                isolated=arguments.isolated,
                takers=Takers(event=take_event, invalid=refuse),
            )
        if alerts:
            for alert in result.alerts:
                _write_line(alerts, alert_to_dict(alert))
        if report:
            report.write(dumps(asdict(result.summary), pretty=True) + b"\n")
    if STDIN not in (arguments.alerts, arguments.events, arguments.report):
        _show(result, open_console(sys.stdout), alerts=arguments.alerts is None)
    return _verdict(len(invalid), complaints)


def version_command(arguments: Namespace) -> int:  # noqa: ARG001 - all commands take what was parsed
    """Print the versions that alerts and events carry."""
    sys.stdout.write(f"trucewatch {version_of('trucewatch')}\n")
    sys.stdout.write(f"extractor {EXTRACTOR}\nengine {engine_id(Policy())}\n")
    return ExitCode.OK


def complain(console: Console, message: str) -> None:
    """One line on stderr, under the name of the program, also while a progress bar is shown."""
    console.print(f"trucewatch: {message}", soft_wrap=True)


def _read(arguments: Namespace) -> Iterator[Article | InvalidArticle]:
    plain = PlainText(source=arguments.source, published_at=arguments.published_at, title=arguments.title)
    return read_articles(arguments.paths, received_at=arguments.now, plain=plain)


def _with_progress(
    articles: Iterable[Article | InvalidArticle], paths: list[str], console: Console, stack: ExitStack
) -> Iterator[Article | InvalidArticle]:
    """The same articles; while they are taken, a bar on the terminal grows."""
    if not console.is_terminal:
        yield from articles
        return
    bar = stack.enter_context(open_progress(console))
    yield from bar.track(articles, total=count_articles(paths), description="articles")


def _open_sink(path: str | None, stack: ExitStack) -> BinaryIO | None:
    if path is None:
        return None
    if path == STDIN:
        return sys.stdout.buffer
    try:
        return stack.enter_context(Path(path).open("wb"))
    except OSError as error:
        message = f"{path}: {(error.strerror or str(error)).lower()}"
        raise Refusal(message) from error


def _write_answer(output: BinaryIO, part: tuple[Article, Extraction] | InvalidArticle) -> None:
    """The line that answers for one article; none where not even its id can be told."""
    if isinstance(part, InvalidArticle):
        if part.article_id is not None:
            _write_line(output, {"article_id": part.article_id, "events": [], "skipped": part.reason})
        return
    article, extraction = part
    events = [event_to_dict(event) for event in extraction.events]
    _write_line(output, {"article_id": article.article_id, "events": events, "skipped": extraction.skipped})


def _write_line(output: BinaryIO, value: object) -> None:
    output.write(dumps(value) + b"\n")


def _show(result: ReplayResult, console: Console, *, alerts: bool) -> None:
    if alerts:
        for alert in result.alerts:
            print_alert(console, alert)
    print_summary(console, result.summary)


def _verdict(invalid: int, console: Console) -> int:
    if not invalid:
        return ExitCode.OK
    complain(console, f"{invalid} invalid article{'s' if invalid > 1 else ''}")
    return ExitCode.FAILED
