"""What the brokers will not let a worker do ends it with a message that says so, and loses nothing."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from kafka.admin import ACL, ACLOperation, ACLPermissionType, ResourcePattern, ResourceType

from tests.brokers import RealKafka
from tests.conftest import require_kafka
from tests.integration.harness import WorkerProcess, letters_of, settings_on
from tests.integration.test_pipeline import check_nothing_lost, some_articles
from worker.streaming.stopping import ExitCode
from worker.tools.clients import admin_client, producer
from worker.tools.embedded import free_port
from worker.tools.publish import publish
from worker.tools.topics import create_topics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.kafka


@pytest.fixture(scope="module")
def strict() -> Iterator[RealKafka]:
    """A broker that asks who may do what; whoever is named in no rule may do all."""
    require_kafka()
    with RealKafka(
        authorizer__class__name="org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        allow__everyone__if__no__acl__found="true",
    ) as broker:
        yield broker


class Rule:
    """Forbids one operation on one resource, and nothing else there."""

    def __init__(self, kind: ResourceType, name: str, operation: ACLOperation) -> None:
        where = ResourcePattern(kind, name)
        self.acls = [
            ACL("User:*", "*", ACLOperation.ALL, ACLPermissionType.ALLOW, where),
            ACL("User:*", "*", operation, ACLPermissionType.DENY, where),
        ]


@pytest.mark.parametrize(
    ("what", "code", "told"),
    [
        ("articles", ExitCode.CONFIG, "the brokers refuse this worker: TopicAuthorizationFailedError"),
        ("group", ExitCode.CONFIG, "the consumer group refuses this worker: GroupAuthorizationFailedError"),
        ("dead letters", ExitCode.UNSENDABLE, "dead-letters refused a message: TopicAuthorizationFailed"),
    ],
)
def test_a_missing_right(strict: RealKafka, tmp_path: Path, what: str, code: ExitCode, told: str) -> None:
    settings = settings_on(strict.address, embedded=False, state_dir=tmp_path / "state")
    create_topics(settings, partitions=2)
    letters = settings.dead_letters_of(settings.articles)
    rule = {
        "articles": Rule(ResourceType.TOPIC, settings.articles, ACLOperation.READ),
        "group": Rule(ResourceType.GROUP, settings.group_id, ACLOperation.READ),
        "dead letters": Rule(ResourceType.TOPIC, letters, ACLOperation.WRITE),
    }[what]
    articles = some_articles(40, seed=3)
    publish(articles, settings)
    client = producer(settings)
    client.send(settings.articles, key=b"k", value=b"{no json").get(30)
    client.close()
    admin = admin_client(settings)
    admin.create_acls(rule.acls)
    with WorkerProcess(settings, tmp_path) as worker:
        assert worker.wait(60) == code
        assert told in worker.log
        admin.delete_acls(rule.acls)
        worker.start()
        worker.until_worked_off(60)
        assert worker.terminate() == ExitCode.OK
    admin.close()
    assert len(letters_of(settings, settings.articles)) == 1
    check_nothing_lost(settings, articles)


def test_of_two_workers_of_one_name_the_first_ends(kafka: RealKafka, tmp_path: Path) -> None:
    settings = settings_on(
        kafka.address, embedded=False, state_dir=tmp_path / "state", instance_id="worker-1"
    )
    create_topics(settings, partitions=2)
    articles = some_articles(80, seed=4)
    other = dataclasses.replace(settings, web_port=free_port())
    with WorkerProcess(settings, tmp_path) as first:
        first.until_ready()
        publish(articles, settings)
        with WorkerProcess(other, tmp_path, name="second") as second:
            assert first.wait(60) == ExitCode.CONFIG
            assert "another worker has the TRUCEWATCH_INSTANCE_ID worker-1" in first.log
            second.until_worked_off(60)
            assert second.terminate() == ExitCode.OK
    check_nothing_lost(settings, articles)
