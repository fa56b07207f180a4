"""The commands that need no broker: extract, replay, version."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import asdict
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, BinaryIO

from worker.commands.given import Complaints, articles_of, open_sink, settings_of, with_progress
from worker.correlation import engine_id
from worker.exits import ExitCode
from worker.extraction import EXTRACTOR, load_parser
from worker.lexicon import load_lexicon
from worker.offline import Takers, extract_in_batches, replay
from worker.reading import STDIN, InvalidArticle
from worker.streaming.engine import policy_of
from worker.terminal import open_console, print_alert, print_extraction, print_summary
from worker.wire import alert_to_dict, dumps, event_to_dict

if TYPE_CHECKING:
    from argparse import Namespace

    from worker.article import Article
    from worker.event import Event
    from worker.extraction import Extraction
    from worker.offline import ReplayResult


def extract_command(arguments: Namespace) -> int:
    """Print what each article says: a table for people, or with `--json` one line of JSON per article."""
    output, complaints = open_console(sys.stdout), Complaints()
    arriving = articles_of(arguments)
    with ExitStack() as stack:
        if arguments.json or not output.is_terminal:
            arriving = with_progress(arriving, paths=arguments.paths, complaints=complaints, stack=stack)
        for part in extract_in_batches(arriving, lexicon=load_lexicon(), parser=load_parser()):
            if isinstance(part, InvalidArticle):
                complaints.refuse(part)
            if arguments.json:
                _write_answer(sys.stdout.buffer, part)
            elif not isinstance(part, InvalidArticle):
                print_extraction(output, *part)
    return complaints.verdict()


def replay_command(arguments: Namespace) -> int:
    """Run articles through the whole pipeline without Kafka and write what comes out."""
    complaints = Complaints()
    policy = policy_of(settings_of(arguments.environ))
    arriving = articles_of(arguments)
    with ExitStack() as files:
        alerts, events, report = (
            open_sink(path, files) for path in (arguments.alerts, arguments.events, arguments.report)
        )

        def take_event(event: Event) -> None:
            if events:
                _write_line(events, event_to_dict(event))

        with ExitStack() as stack:
            result = replay(
                with_progress(arriving, paths=arguments.paths, complaints=complaints, stack=stack),
                lexicon=load_lexicon(),
                parser=load_parser(),
                policy=policy,
                isolated=arguments.isolated,
                takers=Takers(event=take_event, invalid=complaints.refuse),
            )
        if alerts:
            for alert in result.alerts:
                _write_line(alerts, alert_to_dict(alert))
        if report:
            report.write(dumps(asdict(result.summary), pretty=True) + b"\n")
    if STDIN not in (arguments.alerts, arguments.events, arguments.report):
        _show(result, alerts=arguments.alerts is None)
    return complaints.verdict()


def version_command(arguments: Namespace) -> int:
    """Print the versions that alerts and events carry."""
    sys.stdout.write(f"trucewatch {version_of('trucewatch')}\n")
    engine = engine_id(policy_of(settings_of(arguments.environ)))
    sys.stdout.write(f"extractor {EXTRACTOR}\nengine {engine}\n")
    return ExitCode.OK


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


def _show(result: ReplayResult, *, alerts: bool) -> None:
    console = open_console(sys.stdout)
    for alert in result.alerts if alerts else ():
        print_alert(console, alert)
    print_summary(console, result.summary)
