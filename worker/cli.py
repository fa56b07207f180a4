"""The `trucewatch` command: parse arguments, call one function, turn what went wrong into an exit code.

What a command needs is imported when it runs, so that `--help` and wrong arguments are answered at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, date, datetime, time
from importlib import import_module
from typing import TYPE_CHECKING

from worker.exits import ExitCode, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Command = Callable[[argparse.Namespace], int]
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name

EPILOGUE = """\
exit codes:
  0    done
  1    some of the input was invalid, or some of the work failed; standard error says what
  2    wrong arguments or settings, or a file that cannot be read or written
  65   run: a topic was made anew or lost messages; a restart reads it from its beginning
  69   the broker cannot be reached, or refused
  70   run: one message after the other failed through a bug; a restart will not help
  75   run: the broker refused a message, or did not take it for too long; a restart goes on where it was
  78   run: the settings do not fit the broker, or it refuses what the worker must do
  124  run: stopping took too long and was cut short; a restart goes on where it was
  130  interrupted
  141  whoever read the output stopped reading

Settings come from the environment; `trucewatch config` shows them all.
"""
INPUT_HELP = (
    "JSON Lines (.jsonl), a JSON document (.json), plain text (.txt), a directory of them, "
    "or - for standard input"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; wrong arguments exit with 2 from within argparse.

    The clock and the environment are read here, once, and handed on with the arguments.
    """
    arguments = build_parser().parse_args(argv)
    arguments.now, arguments.environ = datetime.now(UTC), os.environ
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
    try:
        code = load_command(arguments.command)(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
        return ExitCode.BROKEN_PIPE
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Refusal as refusal:
        sys.stderr.write(f"trucewatch: {refusal}\n")
        return refusal.code
    return code


def load_command(path: str) -> Command:
    """The function behind "module:function", imported now."""
    module, _, function = path.partition(":")
    command: Command = getattr(import_module(module), function)
    return command


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; every leaf sets `command` to the "module:function" that carries it out."""
    parser = argparse.ArgumentParser(
        prog="trucewatch",
        description="Reads news, extracts strikes and diplomacy, alerts when an attack follows a ceasefire.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_offline(commands)
    _add_demo(commands)
    _add_operations(commands)
    _add(commands, "config", "worker.commands.operations:config_command", "print the settings in force")
    _add(
        commands,
        "version",
        "worker.commands.offline:version_command",
        "print the versions that events and alerts carry",
    )
    return parser


def _add(commands: Commands, name: str, command: str, summary: str) -> argparse.ArgumentParser:
    leaf = commands.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.", allow_abbrev=False
    )
    leaf.set_defaults(command=command)
    return leaf


def _add_offline(commands: Commands) -> None:
    extract = _add(
        commands,
        "extract",
        "worker.commands.offline:extract_command",
        "print the strikes and diplomacy that articles tell of",
    )
    extract.add_argument("--json", action="store_true", help="one line of JSON per article")
    _add_input(extract, nargs="*", default=["-"])
    replay = _add(
        commands,
        "replay",
        "worker.commands.offline:replay_command",
        "run articles through the whole pipeline, without Kafka",
    )
    replay.add_argument(
        "--alerts", metavar="FILE", help="write the final revision of every alert as JSON Lines"
    )
    replay.add_argument("--events", metavar="FILE", help="write every event as JSON Lines")
    replay.add_argument("--report", metavar="FILE", help="write what was counted as JSON")
    replay.add_argument("--isolated", action="store_true", help="treat every article as a stream of its own")
    _add_input(replay, nargs="+", default=None)


def _add_input(leaf: argparse.ArgumentParser, *, nargs: str, default: list[str] | None) -> None:
    leaf.add_argument("paths", metavar="FILE", nargs=nargs, default=default, help=INPUT_HELP)
    plain = leaf.add_argument_group("plain text", "what a plain-text file does not say of itself")
    plain.add_argument("--source", metavar="NAME", help="the outlet (default: the name of the file)")
    plain.add_argument(
        "--published-at",
        metavar="TIME",
        type=parse_moment,
        help="when it was published: 2025-03-19T12:00Z, or 2025-03-19 for noon UTC",
    )
    plain.add_argument("--title", metavar="TEXT", help="the headline")


def _add_demo(commands: Commands) -> None:
    demo = _add(
        commands,
        "demo",
        "worker.demo.show:demo_command",
        "show it all: broker, worker, sample stream, alerts as they come",
    )
    demo.add_argument(
        "--speed", type=parse_positive, default=1.0, metavar="X", help="publish X times as fast (default: 1)"
    )
    demo.add_argument("--port", type=parse_port, default=0, help="port of the page (default: a free one)")
    demo.add_argument(
        "--keep-running", action="store_true", help="keep the page up after the last alert, until Ctrl-C"
    )


def _add_operations(commands: Commands) -> None:
    _add(commands, "run", "worker.commands.operations:run_command", "run the worker until it is told to stop")
    _add_topics(commands)
    publish = _add(
        commands,
        "publish",
        "worker.commands.operations:publish_command",
        "send articles to the articles topic",
    )
    _add_input(publish, nargs="+", default=None)
    tail = _add(
        commands, "tail", "worker.commands.operations:tail_command", "follow the alerts as they are published"
    )
    tail.add_argument("--json", action="store_true", help="one line of JSON per alert")
    tail.add_argument("--from-beginning", action="store_true", help="show the alerts that are there first")
    _add_dead_letters(commands)


def _add_topics(commands: Commands) -> None:
    topics = commands.add_parser("topics", help="create or check the topics").add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    create = _add(
        topics,
        "create",
        "worker.commands.operations:create_topics_command",
        "create the topics that are missing",
    )
    create.add_argument(
        "--partitions", type=parse_count, help="of articles and events (default: what its description says)"
    )
    create.add_argument(
        "--replication-factor", type=parse_count, help="of each topic (default: the broker's)"
    )
    _add(
        topics,
        "check",
        "worker.commands.operations:check_topics_command",
        "compare the topics with their descriptions",
    )


def _add_dead_letters(commands: Commands) -> None:
    letters = commands.add_parser("dead-letters", help="list, show or send again what could not be used")
    leaves = letters.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, summary in (
        ("list", "list dead letters, a line each"),
        ("show", "print one dead letter and the message it holds"),
        ("replay", "send the messages of dead letters to their topics again, each once"),
    ):
        leaf = _add(leaves, name, f"worker.commands.letters:{name}_command", summary)
        if name == "show":
            leaf.add_argument(
                "position", metavar="TOPIC/PARTITION/OFFSET", type=parse_position, help="as `list` prints it"
            )
            continue
        leaf.add_argument("--topic", help="only those of this dead-letter topic")
        leaf.add_argument("--reason", help="only those with this reason code")
        leaf.add_argument("--engine", help="only those that this version of the code refused")
        if name == "replay":
            leaf.add_argument("--again", action="store_true", help="also those that were sent again before")


def parse_moment(text: str) -> datetime:
    """A time with its offset, or a day, which stands for its noon in UTC."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        moment = None
    if moment is not None and moment.tzinfo is not None:
        return moment.astimezone(UTC)
    try:
        return datetime.combine(date.fromisoformat(text.strip()), time(12), tzinfo=UTC)
    except ValueError:
        message = f"{text!r} is neither a time with an offset (2025-03-19T12:00Z) nor a day (2025-03-19)"
        raise argparse.ArgumentTypeError(message) from None


def parse_position(text: str) -> tuple[str, int, int]:
    """The place of a message: topic, partition, offset."""
    parts = text.rsplit("/", 2)
    if len(parts) != len(("topic", "partition", "offset")) or not all(map(str.isdecimal, parts[1:])):
        message = f"{text!r} is not TOPIC/PARTITION/OFFSET"
        raise argparse.ArgumentTypeError(message)
    return parts[0], int(parts[1]), int(parts[2])


def parse_positive(text: str) -> float:
    """A finite number above zero."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        message = f"{text!r} is not a number above 0"
        raise argparse.ArgumentTypeError(message)
    return number


def parse_count(text: str) -> int:
    """A whole number above zero."""
    if not text.isdecimal() or int(text) == 0:
        message = f"{text!r} is not a whole number above 0"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def parse_port(text: str) -> int:
    """A port number; 0 asks for a free one."""
    last = 65_535
    if not text.isdecimal() or int(text) > last:
        message = f"{text!r} is not a port between 0 and {last}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _close_quietly() -> None:
    """Point standard output at nothing, so that the interpreter's last flush does not complain either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
