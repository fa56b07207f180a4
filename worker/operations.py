"""The commands that speak to a broker, and `config`: one function a command, each gives an exit code."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from worker.exits import ExitCode, Refusal
from worker.settings import Settings, SettingsError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence

    from worker.tools.topics import TopicReport


def settings_of(environ: Mapping[str, str]) -> Settings:
    """The settings in force; a wrong one is a usage error that names its variable."""
    try:
        return Settings.from_environ(environ)
    except SettingsError as error:
        raise Refusal(str(error)) from error


@contextmanager
def broker_errors_explained() -> Iterator[None]:
    """Turn what the broker refuses into one line and an exit code of its own."""
    from worker.tools.clients import BrokerError  # noqa: PLC0415 - kafka-python is slow to import

    try:
        yield
    except BrokerError as error:
        raise Refusal(str(error), code=ExitCode.BROKER) from error


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
    from worker.streaming.run import run_worker  # noqa: PLC0415 - wrong settings need no Faust

    return run_worker(settings)


def create_topics_command(arguments: Namespace) -> int:
    """Create the topics that are missing; one that is there but set up otherwise is told, and no failure."""
    settings = settings_of(arguments.environ)
    from worker.tools.topics import create_topics  # noqa: PLC0415 - see broker_errors_explained

    with broker_errors_explained():
        return _tell(
            create_topics(settings, replication=arguments.replication_factor, partitions=arguments.partitions)
        )


def check_topics_command(arguments: Namespace) -> int:
    """Compare the topics of the broker with their descriptions."""
    settings = settings_of(arguments.environ)
    from worker.tools.topics import check_topics  # noqa: PLC0415 - see broker_errors_explained

    with broker_errors_explained():
        reports = check_topics(settings)
    _tell(reports)
    return ExitCode.FAILED if any(report.problems for report in reports) else ExitCode.OK


def _tell(reports: Sequence[TopicReport]) -> None:
    """A line for each topic."""
    for report in reports:
        found = f"{report.partitions} partition{'s' if report.partitions != 1 else ''}"
        state = "created, " if report.created else ""
        problems = "; ".join(report.problems)
        sys.stdout.write(f"{report.name}: {state}{problems or found}\n")
