"""A secret given in the environment comes out nowhere: config, errors, logs, metrics, pages, the settings' own text."""

from __future__ import annotations

import dataclasses
import io
import logging
import subprocess
import sys
import traceback
from typing import TYPE_CHECKING

import pytest

from tests.integration.harness import ROOT, environ_of
from worker.observability.logging import configure_logging, get_logger
from worker.settings import PREFIX, LogFormat, LogLevel, SecurityProtocol, Settings, SettingsError
from worker.streaming.connection import faust_credentials, plain_consumer, tls_context
from worker.tools import clients
from worker.tools.clients import BrokerError, admin_client
from worker.tools.embedded import free_port

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRETS = {"sasl_password": "pw-3f9c1b7e-never-print-me", "ssl_key_password": "kp-77aa41d0-never-print-me"}


def environ(**more: str) -> dict[str, str]:
    """An environment with every secret there is."""
    given = {PREFIX + name.upper(): value for name, value in SECRETS.items()}
    return {**given, f"{PREFIX}SASL_USERNAME": "desk", **more}


def settings() -> Settings:
    return dataclasses.replace(
        Settings.from_environ(environ()),
        security_protocol=SecurityProtocol.SASL_PLAINTEXT,
        brokers=(f"127.0.0.1:{free_port()}",),
    )


def assert_none_in(text: str) -> None:
    assert text
    for secret in SECRETS.values():
        assert secret not in text


def test_every_secret_of_the_settings_is_tested_here() -> None:
    marked = {item.name for item in dataclasses.fields(Settings) if item.metadata["secret"]}
    assert marked == set(SECRETS)
    suspicious = {
        item.name for item in dataclasses.fields(Settings) if "password" in item.name or "secret" in item.name
    }
    assert suspicious == set(SECRETS)


def test_the_settings_do_not_tell_it() -> None:
    given = settings()
    assert_none_in(f"{given!r} {given} {given.shown()} {given.catalogue()}")
    assert_none_in(repr(dataclasses.replace(given, web_port=1)))


@pytest.mark.parametrize(
    "arguments", [("config",), ("topics", "check"), ("run",), ("nonsense",), ("publish", "/none")]
)
def test_no_command_tells_it(arguments: tuple[str, ...]) -> None:
    asked = {**environ_of(settings()), f"{PREFIX}LOG_LEVEL": "debug", "PYTHONWARNINGS": "default"}
    given = subprocess.Popen(
        [sys.executable, "-m", "worker", *arguments],
        env=asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        output, _ = given.communicate(timeout=15)
    except subprocess.TimeoutExpired:  # `run` waits for its brokers
        given.terminate()
        output, _ = given.communicate(timeout=30)
    assert_none_in(output)


@pytest.mark.parametrize(
    "more",
    [
        {f"{PREFIX}SECURITY_PROTOCOL": "SASL_SSL", f"{PREFIX}SASL_USERNAME": ""},
        {f"{PREFIX}SECURITY_PROTOCOL": SECRETS["sasl_password"][:2]},
        {f"{PREFIX}WEB_PORT": "x"},
        {f"{PREFIX}SASL_PASWORD": SECRETS["sasl_password"]},
        {f"{PREFIX}SSL_CA_FILE": "/none", f"{PREFIX}SECURITY_PROTOCOL": "SASL_SSL"},
        {f"{PREFIX}SSL_CERT_FILE": "/none", f"{PREFIX}SECURITY_PROTOCOL": "SSL"},
    ],
)
def test_no_error_about_settings_tells_it(more: Mapping[str, str]) -> None:
    with pytest.raises(SettingsError) as refused:
        tls_context(Settings.from_environ(environ(**more)))
    assert_none_in("".join(traceback.format_exception(refused.value)))


async def test_neither_the_clients_nor_their_errors_tell_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "BOOTSTRAP_MS", 1_000)
    given = settings()
    assert_none_in(f"{faust_credentials(given)!r} {faust_credentials(given)}")
    consumer = plain_consumer(given)
    assert_none_in(repr(consumer))
    await consumer.stop()
    with pytest.raises(BrokerError) as refused:
        admin_client(given)
    assert_none_in("".join(traceback.format_exception(refused.value)))


def test_no_log_line_tells_it() -> None:
    out = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    given = settings()
    try:
        configure_logging(LogLevel.DEBUG, LogFormat.JSON, stream=out)
        failure = ValueError(given)
        get_logger("test").error("failed", settings=given, shown=given.shown(), exc_info=failure)
        logging.getLogger("faust").error("%s", faust_credentials(given))
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    assert_none_in(out.getvalue())
