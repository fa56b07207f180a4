"""Settings come from a mapping, name the variable that is wrong, and never show a secret."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from worker.settings import MASK, Role, SecurityProtocol, Settings, SettingsError


def test_defaults_need_no_variable() -> None:
    settings = Settings.from_environ({"HOME": "/", "TRUCEWATCH_STATE_DIR": " "})
    assert settings == Settings()
    assert settings.web_host == "127.0.0.1"
    assert settings.state_dir is None


def test_values_are_read_by_their_type() -> None:
    settings = Settings.from_environ(
        {
            "TRUCEWATCH_BROKERS": "a:9092, b.example:9093,[::1]:9094",
            "TRUCEWATCH_ROLES": "correlate",
            "TRUCEWATCH_WEB_ENABLED": "no",
            "TRUCEWATCH_STATE_DIR": "/var/lib/trucewatch",
            "TRUCEWATCH_WINDOW": "45d",
            "TRUCEWATCH_GRACE": "1.5h",
            "TRUCEWATCH_TOPIC_PREFIX": "test.",
        }
    )
    assert settings.brokers == ("a:9092", "b.example:9093", "[::1]:9094")
    assert settings.roles is Role.CORRELATE
    assert not settings.web_enabled
    assert settings.state_dir == Path("/var/lib/trucewatch")
    assert (settings.window, settings.grace) == (timedelta(days=45), timedelta(minutes=90))
    assert settings.dead_letters_of(settings.articles) == "test.articles.dead-letters"


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("BROKERS", "localhost"),
        ("BROKERS", ","),
        ("ROLES", "everything"),
        ("WEB_PORT", "80000"),
        ("WEB_PORT", "eighty"),
        ("WEB_ENABLED", "perhaps"),
        ("EXTRACT_BATCH", "0"),
        ("SEND_TIMEOUT", "nan"),
        ("WINDOW", "30"),
        ("WINDOW", "999999999999d"),
        ("GROUP_ID", "a b"),
        ("BROKRES", "a:1"),
    ],
)
def test_errors_name_the_variable(variable: str, text: str) -> None:
    with pytest.raises(SettingsError, match="TRUCEWATCH_" + variable):
        Settings.from_environ({"TRUCEWATCH_" + variable: text})


def test_settings_must_fit_each_other() -> None:
    with pytest.raises(SettingsError, match="TRUCEWATCH_REQUEST_TIMEOUT"):
        Settings(request_timeout=20)
    with pytest.raises(SettingsError, match="TRUCEWATCH_SASL_PASSWORD"):
        Settings(security_protocol=SecurityProtocol.SASL_SSL, sasl_username="worker")
    with pytest.raises(SettingsError, match="must differ"):
        Settings(events_topic="articles")


def test_a_secret_is_never_shown() -> None:
    settings = Settings(
        security_protocol=SecurityProtocol.SASL_SSL,
        sasl_username="worker",
        sasl_password="hunter2",  # noqa: S106 - not a password of anything
        ssl_key_password="hunter2",  # noqa: S106
    )
    assert "hunter2" not in repr(settings) + str(settings.shown()) + str(Settings.catalogue())
    assert settings.shown()["TRUCEWATCH_SASL_PASSWORD"] == MASK
    with pytest.raises(SettingsError) as error:
        Settings.from_environ({"TRUCEWATCH_SASL_PASSWORDS": "hunter2"})
    assert "hunter2" not in str(error.value)


def test_what_is_shown_can_be_read_again() -> None:
    settings = Settings(window=timedelta(days=45), brokers=("a:1", "b:2"), state_dir=Path("/s"))
    assert Settings.from_environ(settings.shown()) == settings


def test_every_setting_says_what_it_means() -> None:
    assert all(text.endswith(".") for _, _, text in Settings.catalogue())
