"""Each topic has a schema, an owner and settings that Kafka knows, and AsyncAPI says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.schemas.catalogue import DECODERS, NAMES, SCHEMAS, TOPICS, VALID, example, schema, schema_of
from worker.wire import (
    dumps,
    headers_for_alert,
    headers_for_article,
    headers_for_dead_letter,
    headers_for_event,
)
from worker.wire.articles import MAX_VALUE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

FIELDS = {
    "name": str,
    "description": str,
    "schema": str,
    "key": str,
    "partitions": int,
    "replication": int,
    "retention_ms": int,
    "cleanup_policy": str,
    "producers": list,
    "consumers": list,
    "config": dict,
}
TOPIC_SETTINGS = {"max.message.bytes", "message.timestamp.type", "min.compaction.lag.ms", "segment.ms"}
DAY = 24 * 3600 * 1000

HEADERS_FOR: dict[str, Callable[[Any], list[tuple[str, bytes]]]] = {
    "article.v1": headers_for_article,
    "event.v1": headers_for_event,
    "alert.v1": headers_for_alert,
    "dead-letter.v1": headers_for_dead_letter,
}

ASYNCAPI: dict[str, Any] = yaml.safe_load((SCHEMAS / "asyncapi.yaml").read_text())


@pytest.mark.parametrize("topic", TOPICS)
def test_topic_is_complete(topic: str) -> None:
    content = TOPICS[topic]
    assert {field: type(value) for field, value in content.items()} == FIELDS
    assert content["name"] == topic
    assert content["schema"] in NAMES
    assert content["producers"]
    assert content["consumers"]
    assert content["partitions"] > 0
    assert content["config"].keys() <= TOPIC_SETTINGS


def test_every_schema_has_a_topic() -> None:
    assert {content["schema"] for content in TOPICS.values()} == set(NAMES)


def test_retention_is_what_the_design_says() -> None:
    kept = {topic: (content["cleanup_policy"], content["retention_ms"]) for topic, content in TOPICS.items()}
    assert kept == {
        "articles": ("delete", 180 * DAY),
        "events": ("delete", 180 * DAY),
        "alerts": ("compact", -1),
        "articles.dead-letters": ("delete", 30 * DAY),
        "events.dead-letters": ("delete", 30 * DAY),
    }
    assert TOPICS["alerts"]["config"]["min.compaction.lag.ms"] == 3600 * 1000


@pytest.mark.parametrize("topic", ["articles", "events"])
def test_a_dead_letter_has_room_for_the_largest_message(topic: str) -> None:
    kafka_default = 1_048_588
    largest = TOPICS[topic]["config"].get("max.message.bytes", kafka_default)
    in_base64 = (largest + 2) // 3 * 4
    assert in_base64 + 100_000 < TOPICS[f"{topic}.dead-letters"]["config"]["max.message.bytes"]


def test_the_topic_takes_more_than_the_decoder_looks_at() -> None:
    assert TOPICS["articles"]["config"]["max.message.bytes"] > MAX_VALUE_BYTES


def resolved(reference: str) -> dict[str, Any]:
    """What a `$ref` inside asyncapi.yaml points at."""
    node: Any = ASYNCAPI
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    content: dict[str, Any] = node
    return content


def references(node: object) -> list[str]:
    """Every `$ref` below `node`."""
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [found for member in node.values() for found in references(member)]
    if isinstance(node, list):
        return [found for item in node for found in references(item)]
    return []


def test_asyncapi_has_the_shape_of_version_3() -> None:
    assert ASYNCAPI["asyncapi"] == "3.0.0"
    assert set(ASYNCAPI) == {"asyncapi", "info", "defaultContentType", "channels", "operations", "components"}
    assert {"title", "version"} <= ASYNCAPI["info"].keys()
    for operation in ASYNCAPI["operations"].values():
        assert operation["action"] in {"send", "receive"}
        assert operation["channel"]["$ref"].startswith("#/channels/")
    for message in ASYNCAPI["components"]["messages"].values():
        assert message["payload"]["schemaFormat"] == "application/schema+json;version=draft-2020-12"


def test_asyncapi_references_lead_somewhere() -> None:
    for reference in references(ASYNCAPI):
        if reference.startswith("#/"):
            assert resolved(reference)
        else:
            assert schema(reference.removeprefix("./").removesuffix(".schema.json"))


def test_asyncapi_channels_are_the_topics_with_their_schemas() -> None:
    found = {
        channel["address"]: {
            resolved(message["$ref"])["payload"]["schema"]["$ref"] for message in channel["messages"].values()
        }
        for channel in ASYNCAPI["channels"].values()
    }
    assert found == {topic: {f"./{content['schema']}.schema.json"} for topic, content in TOPICS.items()}


def test_asyncapi_leaves_nothing_unused() -> None:
    used = set(references(ASYNCAPI))
    parts = {
        f"#/components/{kind}/{name}" for kind, members in ASYNCAPI["components"].items() for name in members
    }
    assert parts <= used
    channels = {f"#/channels/{name}" for name in ASYNCAPI["channels"]}
    in_operations = {operation["channel"]["$ref"] for operation in ASYNCAPI["operations"].values()}
    assert channels - in_operations == set()


def test_the_headers_are_those_that_asyncapi_promises() -> None:
    trait = resolved("#/components/messageTraits/cloudEvent")["headers"]
    failure = resolved("#/components/messages/deadLetter")["headers"]
    kinds = set(trait["properties"]["ce_type"]["enum"])
    seen = set()
    for path in VALID:
        headers = dict(HEADERS_FOR[schema_of(path)](DECODERS[schema_of(path)](dumps(example(path)))))
        promised = set(trait["required"])
        if schema_of(path) == "dead-letter.v1":
            promised |= set(failure["required"])
        assert set(headers) == promised
        seen.add(headers["ce_type"].decode())
    assert seen == kinds
