"""The commands that speak to a broker, and `config`."""

from __future__ import annotations

import signal
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from worker.commands.given import Complaints, articles_of, broker_errors_told, settings_of, with_progress
from worker.exits import ExitCode
from worker.settings import Settings
from worker.terminal import open_console, print_alert
from worker.wire import alert_to_dict, dumps

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from worker.tools.topics import TopicReport

# Imports of faust and kafka-python stand inside the functions: they are slow, and wrong settings or
# arguments are told without them.


def config_command(arguments: Namespace) -> int:
    """Print every setting as the environment gives it, with its meaning; secrets are masked."""
    shown = settings_of(arguments.environ).shown()
    for variable, default, meaning in Settings.catalogue():
        value = shown[variable]
        mark = "" if value == default else f" (default: {default or 'unset'})"
        sys.stdout.write(f"# {meaning}{mark}\n{variable}={value}\n")
    return ExitCode.OK


def run_command(arguments: Namespace) -> int:
    """Run the worker until it is told to stop; the exit code is the worker's own."""
    settings = settings_of(arguments.environ)
    # Until the worker listens itself: what follows takes seconds, and process 1 of a container ignores what it does not
    # ask for.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ExitCode.OK))
    from worker.streaming.run import run_worker  # noqa: PLC0415

    return run_worker(settings)


def create_topics_command(arguments: Namespace) -> int:
    """Create the topics that are missing; one that is there but set up otherwise is told, and no failure."""
    settings = settings_of(arguments.environ)
    from worker.tools.topics import create_topics  # noqa: PLC0415

    with broker_errors_told():
        reports = create_topics(
            settings, replication=arguments.replication_factor, partitions=arguments.partitions
        )
    _tell(reports)
    return ExitCode.OK if all(report.partitions for report in reports) else ExitCode.FAILED


def check_topics_command(arguments: Namespace) -> int:
    """Compare the topics of the broker with their descriptions."""
    settings = settings_of(arguments.environ)
    from worker.tools.topics import check_topics  # noqa: PLC0415

    with broker_errors_told():
        reports = check_topics(settings)
    _tell(reports)
    return ExitCode.FAILED if any(report.problems for report in reports) else ExitCode.OK


def publish_command(arguments: Namespace) -> int:
    """Send articles to the articles topic and say how many the broker has acknowledged."""
    settings, complaints = settings_of(arguments.environ), Complaints()
    arriving = articles_of(arguments)
    from worker.tools.publish import publish  # noqa: PLC0415

    with broker_errors_told(), ExitStack() as stack:
        shown = with_progress(arriving, paths=arguments.paths, complaints=complaints, stack=stack)
        count = publish(complaints.valid_of(shown), settings)
    sys.stdout.write(f"{count} article{'s' if count != 1 else ''} sent to {settings.articles}\n")
    return complaints.verdict()


def tail_command(arguments: Namespace) -> int:
    """Follow the alerts until interrupted; with `--json` one line of JSON for each revision."""
    settings, console = settings_of(arguments.environ), open_console(sys.stdout)
    from worker.tools.tail import follow_alerts  # noqa: PLC0415

    with broker_errors_told():
        for alert in follow_alerts(settings, from_beginning=arguments.from_beginning):
            if arguments.json:
                sys.stdout.buffer.write(dumps(alert_to_dict(alert)) + b"\n")
            else:
                print_alert(console, alert)
            sys.stdout.flush()
    return ExitCode.OK


def _tell(reports: Sequence[TopicReport]) -> None:
    """A line for each topic."""
    for report in reports:
        found = f"{report.partitions} partition{'s' if report.partitions != 1 else ''}"
        state = "created, " if report.created else ""
        problems = "; ".join(report.problems)
        sys.stdout.write(f"{report.name}: {state}{problems or found}\n")
