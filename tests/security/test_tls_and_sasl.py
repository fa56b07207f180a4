"""Worker and tools on a real broker that asks for TLS and SCRAM: they get in, nobody else does, nothing leaks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import require_kafka
from tests.integration.harness import (
    ROOT,
    WorkerProcess,
    alerts_of,
    environ_of,
    eventually,
    letters_of,
    settings_on,
)
from tests.security.secured import PASSWORD, SecuredKafka, make_authority
from tests.streaming.fakes import make_article
from worker.exits import ExitCode as CommandExit
from worker.settings import SaslMechanism, SecurityProtocol
from worker.tools import clients
from worker.tools.clients import BrokerError, producer
from worker.tools.publish import publish
from worker.tools.topics import check_topics, create_topics
from worker.wire import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from worker.settings import Settings

pytestmark = [pytest.mark.kafka, pytest.mark.slow]


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredKafka]:
    require_kafka()
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make certificates with")
    with SecuredKafka(tmp_path_factory.mktemp("certificates")) as broker:
        yield broker


@pytest.fixture
def refused_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is not let in gives up sooner than people would; who is let in needs a fraction of a second."""
    monkeypatch.setattr(clients, "BOOTSTRAP_MS", 3_000)
    monkeypatch.setenv("BROKER_PATIENCE", "8")


def settings_of(broker: SecuredKafka, **changes: object) -> Settings:
    return broker.settings(settings_on(broker.address, embedded=False), **changes)


def command(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `trucewatch` with these settings in its environment."""
    return subprocess.run(
        [sys.executable, "-m", "worker", *arguments],
        env=environ_of(settings),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("mechanism", [SaslMechanism.SCRAM_SHA_256, SaslMechanism.SCRAM_SHA_512])
def test_worker_and_tools_get_in(secured: SecuredKafka, tmp_path: Path, mechanism: SaslMechanism) -> None:
    settings = settings_of(secured, sasl_mechanism=mechanism, state_dir=tmp_path / "state")
    create_topics(settings)
    assert all(report.partitions for report in check_topics(settings))
    with WorkerProcess(settings, tmp_path) as worker:
        worker.until_ready()
        publish([make_article("a1", "ceasefire RUS UKR 2025-03-18T10:00"),
                 make_article("a2", "strike RUS UKR 2025-03-19T02:00")], settings)  # fmt: skip
        client = producer(settings)
        client.send(settings.articles, value=b"{").get(30)
        client.close()
        eventually(
            lambda: alerts_of(settings) and letters_of(settings, settings.articles),
            timeout=40,
            what=lambda: worker.log[-3000:],
        )
        pages = "".join(worker.get(path)[1] for path in ("/metrics", "/live", "/ready"))
        assert worker.terminate() == 0
        assert PASSWORD not in worker.log + pages
    assert [letter.reason for letter in letters_of(settings, settings.articles)] == [Reason.NOT_JSON]
    listed = command(settings, "dead-letters", "list")
    assert listed.returncode == 0
    assert "not_json" in listed.stdout


@pytest.mark.parametrize(
    "changes",
    [
        {"sasl_password": "pw-wrong-but-secret-too"},
        {"sasl_username": "somebody"},
        {"security_protocol": SecurityProtocol.PLAINTEXT},
        {"security_protocol": SecurityProtocol.SSL},
    ],
    ids=["wrong password", "unknown user", "plain text", "without a user"],
)
@pytest.mark.usefixtures("refused_soon")
def test_nobody_else_gets_in(secured: SecuredKafka, changes: dict[str, object]) -> None:
    settings = settings_of(secured, **changes)
    with pytest.raises(BrokerError):
        create_topics(settings)


def test_a_refused_command_says_where_and_keeps_the_secret(secured: SecuredKafka) -> None:
    settings = settings_of(secured, sasl_password="pw-wrong-but-secret-too")  # noqa: S106 - it is the point
    told = command(settings, "topics", "check")
    assert told.returncode == CommandExit.BROKER
    assert secured.address in told.stderr
    assert "Traceback" not in told.stderr
    for secret in (PASSWORD, "pw-wrong-but-secret-too"):
        assert secret not in told.stdout + told.stderr


@pytest.mark.usefixtures("refused_soon")
def test_a_broker_with_another_authority_is_not_trusted(secured: SecuredKafka, tmp_path: Path) -> None:
    other = make_authority(tmp_path, "other")
    settings = settings_of(secured, ssl_ca_file=other)
    with pytest.raises(BrokerError):
        create_topics(settings)


@pytest.mark.usefixtures("refused_soon")
def test_a_worker_with_a_wrong_password_says_so_and_stops(secured: SecuredKafka, tmp_path: Path) -> None:
    settings = settings_of(secured, sasl_password="pw-wrong-but-secret-too")  # noqa: S106 - it is the point
    with WorkerProcess(settings, tmp_path) as worker:
        assert worker.wait(90) == os.EX_UNAVAILABLE
        assert "pw-wrong-but-secret-too" not in worker.log
        assert secured.address in worker.log
