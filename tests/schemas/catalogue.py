"""The files of `schemas/`, as the tests of this directory see them."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worker import wire

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMAS = Path(__file__).parents[2] / "schemas"
RECEIVED_AT = datetime(2026, 5, 4, 12, tzinfo=UTC)

NAMES = sorted(path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.schema.json"))
TOPICS: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text()) for path in sorted((SCHEMAS / "topics").glob("*.toml"))
}
VALID = sorted(str(path.relative_to(SCHEMAS / "examples")) for path in SCHEMAS.glob("examples/*/*.json"))
INVALID = sorted(
    str(path.relative_to(SCHEMAS / "examples")) for path in SCHEMAS.glob("examples/*/invalid/*.json")
)

DECODERS: dict[str, Callable[[bytes], object]] = {
    "article.v1": lambda value: wire.decode_article(value, received_at=RECEIVED_AT),
    "event.v1": wire.decode_event,
    "alert.v1": wire.decode_alert,
    "dead-letter.v1": wire.decode_dead_letter,
}
ENCODERS: dict[str, Callable[[Any], bytes]] = {
    "article.v1": wire.encode_article,
    "event.v1": wire.encode_event,
    "alert.v1": wire.encode_alert,
    "dead-letter.v1": wire.encode_dead_letter,
}


def schema(name: str) -> dict[str, Any]:
    """The schema of that name."""
    content: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    return content


def example(path: str) -> dict[str, Any]:
    """The example at `<topic>/<case>.json`."""
    content: dict[str, Any] = json.loads((SCHEMAS / "examples" / path).read_text())
    return content


def schema_of(path: str) -> str:
    """Name of the schema that an example is held to."""
    name: str = TOPICS[path.split("/", maxsplit=1)[0]]["schema"]
    return name
