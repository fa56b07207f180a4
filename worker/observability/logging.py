"""Logs: structlog to standard error, JSON for machines, coloured lines for people; one line per message.

Lines carry ids, counts and codes, never the text of an article and never a secret.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any, TextIO

import structlog

from worker.settings import LogFormat, LogLevel
from worker.wire import dumps

if TYPE_CHECKING:
    from collections.abc import MutableMapping

LONGEST_VALUE = 2_000
"""Longest text in a field of a log line; a traceback keeps its end, where the error is."""


def configure_logging(level: LogLevel, style: LogFormat, *, stream: TextIO | None = None) -> None:
    """Send all logging, that of the libraries included, to `stream` (standard error) in one form."""
    out = stream or sys.stderr
    console = style is LogFormat.CONSOLE or (style is LogFormat.AUTO and out.isatty())
    number = logging.getLevelNamesMapping()[level.value.upper()]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=out.isatty())
        if console
        else structlog.processors.JSONRenderer(_to_json)
    )
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _cut_long_values,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared[:-2],
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared[:-2], structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _cut_long_values,
            renderer,
        ],
    )
    target = logging.StreamHandler(out)
    target.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [target]
    root.setLevel(number)
    quiet_libraries(number)


def quiet_libraries(level: int) -> None:
    """Let the libraries speak only of trouble, unless everything was asked for."""
    for name, least in _LIBRARIES.items():
        logging.getLogger(name).setLevel(level if level <= logging.DEBUG else max(level, least))


_LIBRARIES = {
    "aiokafka": logging.ERROR,
    # aiokafka asks a topic it does not know yet for its metadata, and warns of each of them.
    "aiokafka.cluster": logging.CRITICAL,
    "asyncio": logging.WARNING,
    "faust": logging.WARNING,
    "kafka": logging.CRITICAL,
    "mode": logging.WARNING,
    # Faust gives its services the logger of the module that subclasses them.
    "worker": logging.WARNING,
}


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module; `name` is a noun of our own such as "extract"."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(f"trucewatch.{name}")
    return logger


_FIRST = ("timestamp", "level", "logger", "event")
"""Fields that every line begins with, in this order."""


def _to_json(line: MutableMapping[str, Any], **_options: Any) -> str:  # noqa: ANN401 - as json.dumps
    first = {key: line[key] for key in _FIRST if key in line}
    return dumps(_plain(first | dict(line))).decode()


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if -(2**53) < value < 2**53 else str(value)
    if isinstance(value, dict):
        return {_plain_text(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return _plain_text(value)


def _plain_text(value: object) -> str:
    text = str(value)
    return text.encode("utf-8", "backslashreplace").decode()


def _cut_long_values(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key, value in line.items():
        if isinstance(value, str) and len(value) > LONGEST_VALUE:
            line[key] = "…" + value[-LONGEST_VALUE:] if key == "exception" else value[:LONGEST_VALUE] + "…"
    return line
