"""JSON text to plain values and back: the only place that knows which JSON library is used."""

from __future__ import annotations

from typing import Any

import orjson

from worker.wire.errors import InvalidMessage, Reason

JsonObject = dict[str, Any]


def dumps(obj: object, *, pretty: bool = False) -> bytes:
    """Encode plain values as JSON; `pretty` indents by two for people.

    Raises TypeError for what JSON cannot say: other types, integers beyond 64 bits, lone surrogates.
    """
    return orjson.dumps(obj, option=orjson.OPT_INDENT_2 if pretty else None)


def loads(value: bytes | None) -> Any:  # noqa: ANN401 - what a JSON text holds is known to its reader only
    """Decode a JSON text, strictly: no NaN, no lone surrogates, no byte order mark, at most 1,024 levels.

    Raises `InvalidMessage` (no_value, not_utf8, not_json) and nothing else. Of a repeated name in an object
    the last one counts.
    """
    if not value:
        raise InvalidMessage(Reason.NO_VALUE, "the message has no value")
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError as error:
        try:
            value.decode()
        except UnicodeDecodeError as undecodable:
            detail = f"{undecodable.reason} at byte {undecodable.start}"
            raise InvalidMessage(Reason.NOT_UTF8, detail) from error
        raise InvalidMessage(Reason.NOT_JSON, str(error)) from error


def loads_object(value: bytes | None) -> JsonObject:
    """Decode a JSON text that must be an object; every message is one. Raises `InvalidMessage` only."""
    raw = loads(value)
    if type(raw) is not dict:
        detail = f"a message is a JSON object, not {_KINDS.get(type(raw), 'a number')}"
        raise InvalidMessage(Reason.SCHEMA_VIOLATION, detail, "")
    return raw


_KINDS: dict[type, str] = {list: "an array", str: "a string", bool: "a boolean", type(None): "null"}
