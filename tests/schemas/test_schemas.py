"""Each schema is a good one, and says the same as the types."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from tests.schemas.catalogue import NAMES, SCHEMAS, schema
from worker.alert import Alert
from worker.event import DiplomacyEvent, StrikeEvent
from worker.wire import DeadLetter
from worker.wire import schemas as shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED_OTHERWISE = {"weapon_class": "class"}
"""Fields whose name on the wire is another."""

AS_STRINGS: dict[type, str] = {datetime: "string", timedelta: "string", bytes: "string", str: "string"}


def test_the_schemas_are_these() -> None:
    assert NAMES == ["alert.v1", "article.v1", "dead-letter.v1", "event.v1"]
    assert set(NAMES) == {shipped.ARTICLE, shipped.EVENT, shipped.ALERT, shipped.DEAD_LETTER}


@pytest.mark.parametrize("name", NAMES)
def test_is_valid_2020_12(name: str) -> None:
    content = schema(name)
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert content["$id"] == f"urn:trucewatch:schema:{name}"
    jsonschema.Draft202012Validator.check_schema(content)


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_described(name: str) -> None:
    undescribed = [path for path, field in fields_of(schema(name)) if not field.get("description")]
    assert undescribed == []


@pytest.mark.parametrize("name", NAMES)
def test_every_part_is_used(name: str) -> None:
    content = schema(name)
    text = json.dumps(content)
    assert [part for part in content.get("$defs", {}) if f'"#/$defs/{part}"' not in text] == []


def test_a_part_that_several_messages_share_is_the_same_in_each() -> None:
    event, alert = schema("event.v1")["$defs"], schema("alert.v1")["$defs"]
    shared = event.keys() & alert.keys()
    assert shared == {"quantity", "interval", "actor", "weapon", "site", "place", "scope"}
    assert {name: event[name] for name in shared} == {name: alert[name] for name in shared}


def test_the_code_reads_these_very_files() -> None:
    for name in NAMES:
        assert shipped.schema(name) == schema(name)
    assert shipped.catalogue().joinpath("topics").is_dir()
    assert (SCHEMAS / "README.md").is_file()


def fields_of(node: object, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a schema, at whatever depth; conditions of `if` and branches of a choice are none."""
    if isinstance(node, dict):
        for name, member in node.items():
            if name == "properties":
                for field, content in member.items():
                    yield f"{path}/{field}", content
                    yield from fields_of(content, f"{path}/{field}")
            elif name not in ("if", "anyOf"):
                yield from fields_of(member, f"{path}/{name}")
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from fields_of(item, f"{path}/{index}")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("event.v1", StrikeEvent),
        ("event.v1", DiplomacyEvent),
        ("alert.v1", Alert),
        ("dead-letter.v1", DeadLetter),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_schema_and_type_have_the_same_fields(name: str, kind: type) -> None:
    content = schema(name)
    root = dict(content)
    if name == "event.v1":
        own = content["$defs"]["strike" if kind is StrikeEvent else "diplomacy"]
        shared = {field: rule for field, rule in content["properties"].items() if field != "kind"}
        root = {
            "properties": shared | own["properties"],
            "required": [*content["required"], *own["required"]],
        }
    compare(kind, root, content["$defs"], kind.__name__)


def compare(kind: type, node: dict[str, Any], parts: dict[str, Any], where: str) -> None:
    """Hold the fields of a dataclass, their types and those of its parts against an object of a schema."""
    hints = typing.get_type_hints(kind, localns={"datetime": datetime})
    fields = {NAMED_OTHERWISE.get(field.name, field.name): field.name for field in dataclasses.fields(kind)}
    assert set(fields) == set(node["properties"]), where
    assert set(fields) <= set(node["required"]), f"{where}: everything written is always there"
    for name, field in fields.items():
        compare_field(hints[field], node["properties"][name], parts, f"{where}.{name}")


def compare_field(hint: Any, node: dict[str, Any], parts: dict[str, Any], where: str) -> None:  # noqa: ANN401
    """Hold one field against its rule: null or not, array or not, the members of an enumeration."""
    inner, nullable = without_none(hint)
    accepts_null = jsonschema.Draft202012Validator({"$defs": parts, **node}).is_valid(None)
    assert accepts_null == nullable, f"{where}: null"
    if "anyOf" in node:
        node = node["anyOf"][1]
    if "$ref" in node:
        node = parts[node["$ref"].removeprefix("#/$defs/")]
    if typing.get_origin(inner) is tuple:
        assert node["type"] == "array", where
        item = typing.get_args(inner)[0]
        if typing.get_origin(item) is not tuple:  # headers are pairs here and objects there
            compare_field(item, node["items"], parts, f"{where}[]")
    elif dataclasses.is_dataclass(inner):
        compare(typing.cast("type", inner), node, parts, where)
    elif issubclass(inner, StrEnum):
        assert node["enum"] == [member.value for member in inner], where
    elif "enum" not in node:
        expected = AS_STRINGS.get(inner) or {int: "integer", float: "number", bool: "boolean"}[inner]
        types_ = node["type"] if isinstance(node["type"], list) else [node["type"]]
        assert types_[0] == expected, where


def without_none(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - type expressions have no type of their own
    """The type apart from None, and whether None is allowed."""
    if isinstance(hint, types.UnionType):
        (inner,) = [part for part in typing.get_args(hint) if part is not types.NoneType]
        return inner, True
    return hint, False
