"""What the text of an environment variable means, by the type of its setting, and how a value is written as such a text."""

from __future__ import annotations

import re
import types
import typing
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_BROKER = re.compile(r"^(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):\d{1,5}$")
_NAME = re.compile(r"^[A-Za-z0-9._-]{1,200}$")
_DURATION = re.compile(r"^(\d+(?:\.\d+)?)\s*(s|m|h|d)$")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}


def parse_value(variable: str, text: str, hint: Any, metadata: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """The value in the text of a variable, by the type and the bounds of its setting.

    Raises ValueError with a sentence for whoever set the variable; it never shows a secret.
    """
    kind = _plain_type(hint)
    try:
        value = _PARSERS[kind](text) if kind in _PARSERS else kind(text)
    except ValueError as error:
        shown = "" if metadata["secret"] else f" {text!r}"
        msg = f"{variable}:{shown} is not {_expected(kind, error)}"
        raise ValueError(msg) from None
    if (
        kind is str
        and not metadata["secret"]
        and variable.endswith(("_TOPIC", "_PREFIX", "_ID"))
        and not _NAME.match(text)
    ):
        msg = f"{variable}: {text!r} may hold only letters, digits, '.', '_' and '-'"
        raise ValueError(msg)
    size = value.total_seconds() if isinstance(value, timedelta) else value
    for bound in ("least", "most"):
        limit = metadata[bound]
        if limit is not None and (size < limit if bound == "least" else size > limit):
            msg = f"{variable}: {text} must be at {bound} {limit:g}"
            raise ValueError(msg)
    return value


def _plain_type(hint: Any) -> Any:  # noqa: ANN401
    """The type of a setting without `None`; `tuple[str, ...]` is `tuple`."""
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    return typing.get_origin(hint) or hint


def _expected(kind: Any, error: ValueError) -> str:  # noqa: ANN401
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "one of " + ", ".join(kind)
    return {
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        timedelta: "a duration such as 30d, 72h, 10m or 5s",
    }.get(kind, str(error))


def _parse_brokers(text: str) -> tuple[str, ...]:
    brokers = tuple(part.strip() for part in text.split(",") if part.strip())
    if not brokers or not all(_BROKER.match(broker) for broker in brokers):
        msg = "host:port, or several separated by commas"
        raise ValueError(msg)
    return brokers


def _parse_bool(text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise ValueError


def _parse_float(text: str) -> float:
    value = float(text)
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN differs from itself
        raise ValueError
    return value


def _parse_duration(text: str) -> timedelta:
    match = _DURATION.match(text)
    if match is None:
        raise ValueError
    try:
        return timedelta(**{_UNITS[match[2]]: float(match[1])})
    except OverflowError:
        raise ValueError from None


_PARSERS: Mapping[Any, Callable[[str], Any]] = {
    tuple: _parse_brokers,
    bool: _parse_bool,
    float: _parse_float,
    timedelta: _parse_duration,
}


def show_value(value: object) -> str:
    """A value as it would be written in its variable; empty where it is unset."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, timedelta):
        hours = value.total_seconds() / 3600
        return f"{hours:g}h"
    return f"{value:g}" if isinstance(value, float) else str(value)
