"""Remembered values to plain JSON-able ones and back, driven by the types of the dataclasses.

A dataclass becomes the list of its fields, so a state of thousands of events stays small. What the state is
written as is private to its version: `state.py` refuses any other.
"""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_plain(value: object) -> Any:  # noqa: ANN401  (any plain JSON value)
    """str, int, float, bool, None and lists of them; times as whole microseconds since 1970 (UTC)."""
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return (value - _EPOCH) // _MICROSECOND
    if isinstance(value, timedelta):
        return value // _MICROSECOND
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if is_dataclass(value):
        return [to_plain(getattr(value, name)) for name in _names(type(value))]  # type: ignore[arg-type]
    message = f"cannot be remembered: {type(value).__name__}"
    raise TypeError(message)


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  (any dataclass)
    return tuple(field.name for field in fields(kind))


def from_plain(kind: Any, plain: Any) -> Any:  # noqa: ANN401  (the type decides)
    """The value of type `kind` that `to_plain` wrote; ValueError or TypeError where it does not fit."""
    return _reader(kind)(plain)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401  (one return for each kind of type)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = _reader(next(option for option in get_args(kind) if option is not types.NoneType))
        return lambda plain: None if plain is None else inner(plain)
    if origin is tuple:
        item = _reader(get_args(kind)[0])
        return lambda plain: tuple(item(each) for each in plain)
    if kind is datetime:
        return lambda plain: _EPOCH + plain * _MICROSECOND
    if kind is timedelta:
        return lambda plain: plain * _MICROSECOND
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return lambda plain: plain


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    hints = get_type_hints(kind)
    readers = [(field.name, _reader(hints[field.name])) for field in fields(kind)]

    def read(plain: list[Any]) -> Any:  # noqa: ANN401
        pairs = zip(readers, plain, strict=True)
        return kind(**{name: reader(each) for (name, reader), each in pairs})

    return read
