"""Creating and checking the topics that `schemas/topics/` describes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kafka.admin import ConfigResource, ConfigResourceType, NewTopic
from kafka.errors import KafkaError, TopicAlreadyExistsError

from worker.tools.clients import BrokerError, admin_client
from worker.wire.schemas import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSpec:
    """A topic as its file describes it. `name` is without a deployment's prefix."""

    name: str
    description: str
    schema: str
    key: str
    partitions: int
    replication: int
    cleanup_policy: str
    retention_ms: int
    config: Mapping[str, str]

    @property
    def settings(self) -> dict[str, str]:
        """The topic's configuration for the broker."""
        return {
            "cleanup.policy": self.cleanup_policy,
            "retention.ms": str(self.retention_ms),
            **self.config,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReport:
    """What was found or done about one topic. `problems` is empty where all is as described."""

    name: str
    created: bool
    partitions: int
    problems: tuple[str, ...] = ()


def load_topics() -> tuple[TopicSpec, ...]:
    """The topics of the package, by name. Raises ValueError naming file and field."""
    folder = catalogue().joinpath("topics")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(_spec(file.name, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)


def full_name(name: str, settings: Settings) -> str:
    """The name of a described topic in a deployment."""
    known = {
        "articles": settings.articles,
        "events": settings.events,
        "alerts": settings.alerts,
        "articles.dead-letters": settings.dead_letters_of(settings.articles),
        "events.dead-letters": settings.dead_letters_of(settings.events),
    }
    return known.get(name, settings.topic_prefix + name)


def create_topics(
    settings: Settings, *, replication: int | None = None, partitions: int | None = None
) -> list[TopicReport]:
    """Create the topics that are missing; others are left as they are and reported.

    `replication` overrides the files' (which cannot exceed the number of brokers, and is cut to it);
    `partitions` overrides that of articles and events. Raises BrokerError.
    """
    admin = admin_client(settings)
    try:
        there = set(admin.list_topics())
        brokers = max(len(admin.describe_cluster()["brokers"]), 1)
        made: set[str] = set()
        for spec in load_topics():
            name = full_name(spec.name, settings)
            if name in there:
                continue
            count = partitions if partitions and spec.name in ("articles", "events") else spec.partitions
            new = NewTopic(
                name, count, min(replication or spec.replication, brokers), topic_configs=spec.settings
            )
            try:
                admin.create_topics([new], timeout_ms=20_000)
            except TopicAlreadyExistsError:
                continue  # another command was quicker
            made.add(name)
    except KafkaError as error:
        raise BrokerError(f"cannot create topics: {error}") from error
    finally:
        admin.close()
    return [
        TopicReport(
            name=report.name,
            created=report.name in made,
            partitions=report.partitions,
            problems=report.problems,
        )
        for report in check_topics(settings)
    ]


def check_topics(settings: Settings) -> list[TopicReport]:
    """Compare the topics of the brokers with their description. Raises BrokerError."""
    admin = admin_client(settings)
    try:
        names = {full_name(spec.name, settings): spec for spec in load_topics()}
        there = set(admin.list_topics())
        found = {
            topic["name"]: topic for topic in admin.describe_topics(sorted(there & set(names)))
        } if there & set(names) else {}  # fmt: skip
        return [_report(admin, name, spec, found.get(name)) for name, spec in names.items()]
    except KafkaError as error:
        raise BrokerError(f"cannot describe topics: {error}") from error
    finally:
        admin.close()


def _report(admin: Any, name: str, spec: TopicSpec, found: Mapping[str, Any] | None) -> TopicReport:  # noqa: ANN401
    if found is None:
        return TopicReport(name=name, created=False, partitions=0, problems=("is missing",))
    count = len(found["partitions"])
    problems = []
    if count < spec.partitions:
        problems.append(f"has {count} partitions, {spec.partitions} are described")
    configured = _configuration(admin, name)
    for key, wanted in spec.settings.items():
        actual = configured.get(key)
        if actual is not None and actual != wanted:
            problems.append(f"has {key} {actual}, {wanted} is described")
    return TopicReport(name=name, created=False, partitions=count, problems=tuple(problems))


def _configuration(admin: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - kafka-python is untyped
    """The topic's configuration; empty where the broker (the embedded one) does not tell it."""
    try:
        answer = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name)], config_filter="all")
    except (KafkaError, AttributeError, KeyError, TypeError, ValueError):
        return {}
    return _flatten(answer, name)


def _flatten(answer: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - nested by resource type and name
    if isinstance(answer, dict):
        for key, value in answer.items():
            if key == name and isinstance(value, dict):
                return {
                    str(setting): str(entry.get("value") if isinstance(entry, dict) else entry)
                    for setting, entry in value.items()
                    if entry is not None
                }
            nested = _flatten(value, name)
            if nested:
                return nested
    return {}


def _spec(file: str, raw: dict[str, Any]) -> TopicSpec:
    try:
        config = {str(key): str(value) for key, value in raw.get("config", {}).items()}
        return TopicSpec(
            name=raw["name"],
            description=raw["description"],
            schema=raw["schema"],
            key=raw["key"],
            partitions=int(raw["partitions"]),
            replication=int(raw["replication"]),
            cleanup_policy=raw["cleanup_policy"],
            retention_ms=int(raw["retention_ms"]),
            config=config,
        )
    except KeyError as error:
        raise ValueError(f"{file}: {error} is missing") from None
