"""The `dead-letters` commands: list, show, replay."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from worker.commands.given import broker_errors_told, settings_of
from worker.exits import ExitCode, Refusal
from worker.wire import Reason
from worker.wording import in_one_line, say_moment

if TYPE_CHECKING:
    from argparse import Namespace

    from worker.settings import Settings
    from worker.tools.dead_letters import Filter, Found
    from worker.wire import DeadLetter

# kafka-python is imported inside the functions: it is slow, and wrong arguments are told without it.


def list_command(arguments: Namespace) -> int:
    """A line for each dead letter: position, reason, field, detail."""
    settings = settings_of(arguments.environ)
    wanted = _filter(arguments, settings)
    from worker.tools.dead_letters import read_dead_letters  # noqa: PLC0415

    with broker_errors_told():
        for found in read_dead_letters(settings, wanted):
            _tell(found)
    return ExitCode.OK


def show_command(arguments: Namespace) -> int:
    """One dead letter: why, since when, where the message came from, and the message."""
    settings = settings_of(arguments.environ)
    topic, partition, offset = arguments.position
    from worker.tools.dead_letters import Filter, dead_letter_topics, read_dead_letters  # noqa: PLC0415

    if topic not in dead_letter_topics(settings):
        message = f"{topic} is none of the dead-letter topics ({', '.join(dead_letter_topics(settings))})"
        raise Refusal(message)
    with broker_errors_told():
        wanted = Filter(topic=topic, partition=partition, offset=offset)
        found = next(read_dead_letters(settings, wanted), None)
    if found is None:
        message = f"no dead letter at {topic}/{partition}/{offset}"
        raise Refusal(message, code=ExitCode.FAILED)
    sys.stdout.write(f"position: {found.position}\n")
    if found.letter is None:
        sys.stdout.write(f"unreadable: {in_one_line(found.fault or '')}\n")
        return ExitCode.FAILED
    _show(found.letter)
    return ExitCode.OK


def replay_command(arguments: Namespace) -> int:
    """Send messages again to the topics they came from, those left out that were sent before."""
    settings = settings_of(arguments.environ)
    wanted = _filter(arguments, settings)
    from worker.tools.dead_letters import replay_dead_letters  # noqa: PLC0415

    with broker_errors_told():
        done = replay_dead_letters(
            settings,
            wanted,
            again=arguments.again,
            told=_tell,
        )
    sys.stdout.write(f"{done.sent} sent, {done.already} sent before, {done.unkept} not kept\n")
    return ExitCode.OK


def _filter(arguments: Namespace, settings: Settings) -> Filter:
    from worker.tools.dead_letters import Filter, dead_letter_topics  # noqa: PLC0415

    if arguments.reason is not None and arguments.reason not in set(Reason):
        message = f"--reason: {arguments.reason!r} is none of {', '.join(Reason)}"
        raise Refusal(message)
    if arguments.topic is not None and arguments.topic not in dead_letter_topics(settings):
        message = f"--topic: {arguments.topic!r} is none of {', '.join(dead_letter_topics(settings))}"
        raise Refusal(message)
    reason = None if arguments.reason is None else Reason(arguments.reason)
    return Filter(topic=arguments.topic, reason=reason, engine=arguments.engine)


def _tell(found: Found) -> None:
    sys.stdout.write(f"{_summary(found)}\n")


def _summary(found: Found) -> str:
    letter = found.letter
    if letter is None:
        return f"{found.position}  unreadable  {in_one_line(found.fault or '')}"
    pointer = f"{in_one_line(letter.pointer)}  " if letter.pointer else ""
    return f"{found.position}  {letter.reason}  {pointer}{in_one_line(letter.detail)}"


def _show(letter: DeadLetter) -> None:
    origin = letter.origin
    rows = [
        ("reason", letter.reason.value),
        ("detail", letter.detail),
        ("field", letter.pointer),
        ("exception", letter.exception),
        ("origin", f"{origin.topic}/{origin.partition}/{origin.offset}"),
        ("message time", say_moment(origin.timestamp) if origin.timestamp else None),
        ("first failed", say_moment(letter.first_failed_at)),
        ("attempt", str(letter.attempt)),
        ("engine", letter.engine),
        ("key", None if origin.key is None else origin.key.decode(errors="replace")),
    ]
    for label, value in rows:
        if value:
            sys.stdout.write(f"{label}: {in_one_line(value)}\n")
    if letter.traceback:
        sys.stdout.write(f"{letter.traceback.rstrip()}\n")
    sys.stdout.write("message:\n")
    sys.stdout.flush()
    sys.stdout.buffer.write((b"" if origin.value is None else origin.value) + b"\n")
