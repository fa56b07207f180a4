"""Every deployment setting, read once from a mapping (usually the environment) into one frozen value."""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worker.variables import parse_value, show_value

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "TRUCEWATCH_"

MASK = "********"
"""What stands for a secret wherever settings are shown."""


class SettingsError(ValueError):
    """A setting is missing or wrong. The message names the variable; it never shows a secret."""


class Role(StrEnum):
    """Which agents a worker runs."""

    BOTH = "both"
    EXTRACT = "extract"
    CORRELATE = "correlate"


class LogFormat(StrEnum):
    """How log lines look."""

    AUTO = "auto"
    """For people where standard error is a terminal, JSON elsewhere."""
    JSON = "json"
    CONSOLE = "console"


class LogLevel(StrEnum):
    """The least severe line that is written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class SecurityProtocol(StrEnum):
    """How the worker speaks to the brokers."""

    PLAINTEXT = "PLAINTEXT"
    SSL = "SSL"
    SASL_PLAINTEXT = "SASL_PLAINTEXT"
    SASL_SSL = "SASL_SSL"


class SaslMechanism(StrEnum):
    """How the worker proves who it is."""

    PLAIN = "PLAIN"
    SCRAM_SHA_256 = "SCRAM-SHA-256"
    SCRAM_SHA_512 = "SCRAM-SHA-512"


def _setting(
    text: str,
    *,
    default: Any = dataclasses.MISSING,  # noqa: ANN401 - as dataclasses.field
    least: float | None = None,
    most: float | None = None,
    secret: bool = False,
) -> Any:  # noqa: ANN401 - as dataclasses.field
    """A field with its meaning and its bounds, from which errors, `config` and the documentation are made."""
    metadata = {"text": text, "least": least, "most": most, "secret": secret}
    return field(default=default, repr=not secret, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All deployment settings. The variable of `log_level` is `TRUCEWATCH_LOG_LEVEL`, and so on."""

    brokers: tuple[str, ...] = _setting(
        "Bootstrap servers, host:port, separated by commas.", default=("127.0.0.1:9092",)
    )
    group_id: str = _setting("Consumer group; workers that share it share the work.", default="trucewatch")
    instance_id: str | None = _setting(
        "Name of this member for static membership (the pod's name): a restart then needs no rebalance.",
        default=None,
    )
    roles: Role = _setting("Which agents run: both, extract or correlate.", default=Role.BOTH)
    topic_prefix: str = _setting("Put before every topic's name.", default="")
    articles_topic: str = _setting("Topic that articles are read from.", default="articles")
    events_topic: str = _setting("Topic that events are written to and read from.", default="events")
    alerts_topic: str = _setting("Topic that alerts are written to.", default="alerts")
    dead_letter_suffix: str = _setting(
        "Added to a topic's name for its dead letters.", default=".dead-letters"
    )
    state_dir: Path | None = _setting(
        "Directory for snapshots of the state (a cache: it may be lost); none are written if unset.",
        default=None,
    )
    snapshot_every: int = _setting("Events of a partition between two snapshots.", default=5_000, least=1)
    replay_tail: int = _setting(
        "Alerts of that many events before the committed offset are sent again on taking a partition.",
        default=1_000,
        least=0,
    )

    web_host: str = _setting("Address that /metrics, /live and /ready are served on.", default="127.0.0.1")
    web_port: int = _setting("Its port; 0 takes a free one.", default=8080, least=0, most=65_535)
    web_enabled: bool = _setting("Whether they are served at all.", default=True)
    log_level: LogLevel = _setting("Least severe line to log.", default=LogLevel.INFO)
    log_format: LogFormat = _setting("json, console, or auto (by terminal).", default=LogFormat.AUTO)

    security_protocol: SecurityProtocol = _setting(
        "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.", default=SecurityProtocol.PLAINTEXT
    )
    ssl_ca_file: Path | None = _setting(
        "CA certificates (PEM) to trust; the system's if unset.", default=None
    )
    ssl_cert_file: Path | None = _setting("Client certificate (PEM).", default=None)
    ssl_key_file: Path | None = _setting("Its private key (PEM).", default=None)
    ssl_key_password: str | None = _setting("Password of that key.", default=None, secret=True)
    ssl_check_hostname: bool = _setting("Whether a broker's name must match its certificate.", default=True)
    sasl_mechanism: SaslMechanism = _setting(
        "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.", default=SaslMechanism.SCRAM_SHA_512
    )
    sasl_username: str | None = _setting("User name, for the SASL protocols.", default=None)
    sasl_password: str | None = _setting("Password, for the SASL protocols.", default=None, secret=True)

    extract_batch: int = _setting("Most articles parsed together.", default=32, least=1, most=1_000)
    correlate_batch: int = _setting("Most events folded before alerts are sent.", default=200, least=1)
    batch_wait: float = _setting("Seconds a batch waits for more messages.", default=0.05, least=0.001)
    send_timeout: float = _setting(
        "Seconds for which a message that the broker does not take is tried again before the worker stops.",
        default=300.0,
        least=0.1,
    )
    unexpected_limit: int = _setting(
        "The worker stops after that many dead letters with reason `unexpected` in a row.",
        default=20,
        least=1,
    )
    stuck_after: float = _setting(
        "Seconds without progress on a partition that has messages, or out of the group, after which /live fails.",
        default=300.0,
        least=1,
    )
    shutdown_timeout: float = _setting(
        "Seconds a stop may take; what is not done by then is left, and the exit code is 124.",
        default=20.0,
        least=0.1,
    )

    session_timeout: float = _setting("Kafka session time-out in seconds.", default=45.0, least=0.5)
    heartbeat_interval: float = _setting("Seconds between heartbeats.", default=3.0, least=0.1)
    rebalance_timeout: float = _setting("Seconds a rebalance may take.", default=60.0, least=1)
    request_timeout: float = _setting(
        "Seconds for a request to a broker; more than the two above.", default=90.0, least=1
    )
    producer_timeout: float = _setting("Seconds for one attempt to send.", default=30.0, least=0.5)
    producer_batch_bytes: int = _setting(
        "Most bytes in one batch of a partition; 1 puts every record in its own.", default=131_072, least=1
    )
    commit_interval: float = _setting("Seconds between commits.", default=1.0, least=0.05)
    metadata_age: float = _setting(
        "Seconds after which the brokers are asked again for their topics: how soon added partitions are read.",
        default=60.0,
        least=1,
    )

    window: timedelta = _setting(
        "How long a ceasefire without an end stays watched.", default=timedelta(days=30), least=0
    )
    grace: timedelta = _setting("How late an event may come.", default=timedelta(hours=72), least=0)

    def __post_init__(self) -> None:
        """Check what no single setting shows."""
        if self.request_timeout <= max(self.rebalance_timeout, self.session_timeout):
            msg = (
                f"{PREFIX}REQUEST_TIMEOUT ({self.request_timeout:g}) must exceed {PREFIX}REBALANCE_TIMEOUT "
                f"({self.rebalance_timeout:g}) and {PREFIX}SESSION_TIMEOUT ({self.session_timeout:g})"
            )
            raise SettingsError(msg)
        if self.heartbeat_interval >= self.session_timeout:
            msg = f"{PREFIX}HEARTBEAT_INTERVAL must be less than {PREFIX}SESSION_TIMEOUT"
            raise SettingsError(msg)
        if self.uses_sasl and not (self.sasl_username and self.sasl_password):
            msg = (
                f"{PREFIX}SECURITY_PROTOCOL is {self.security_protocol}: set {PREFIX}SASL_USERNAME "
                f"and {PREFIX}SASL_PASSWORD"
            )
            raise SettingsError(msg)
        if len({self.articles, self.events, self.alerts}) < 3:  # noqa: PLR2004 - three topics
            msg = f"{PREFIX}ARTICLES_TOPIC, {PREFIX}EVENTS_TOPIC and {PREFIX}ALERTS_TOPIC must differ"
            raise SettingsError(msg)

    @property
    def articles(self) -> str:
        """Full name of the topic that articles are read from."""
        return self.topic_prefix + self.articles_topic

    @property
    def events(self) -> str:
        """Full name of the events topic."""
        return self.topic_prefix + self.events_topic

    @property
    def alerts(self) -> str:
        """Full name of the alerts topic."""
        return self.topic_prefix + self.alerts_topic

    @property
    def uses_sasl(self) -> bool:
        """Whether the brokers ask for a user and a password."""
        return self.security_protocol in (SecurityProtocol.SASL_PLAINTEXT, SecurityProtocol.SASL_SSL)

    @property
    def uses_tls(self) -> bool:
        """Whether connections are encrypted."""
        return self.security_protocol in (SecurityProtocol.SSL, SecurityProtocol.SASL_SSL)

    def dead_letters_of(self, topic: str) -> str:
        """Full name of the topic that dead letters of `topic` (a full name) go to."""
        return topic + self.dead_letter_suffix

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings; an empty variable counts as unset. Raises SettingsError naming the variable."""
        hints = typing.get_type_hints(cls)
        known = {PREFIX + item.name.upper(): item for item in dataclasses.fields(cls)}
        values: dict[str, Any] = {}
        for variable, text in environ.items():
            if not variable.startswith(PREFIX):
                continue
            item = known.get(variable)
            if item is None:
                msg = f"{variable}: no such setting"
                raise SettingsError(msg)
            if text.strip():
                try:
                    values[item.name] = parse_value(variable, text.strip(), hints[item.name], item.metadata)
                except ValueError as error:
                    raise SettingsError(str(error)) from None
        return cls(**values)

    def shown(self) -> dict[str, str]:
        """All settings as they are said to people: variable to text, secrets masked, unset ones empty."""
        shown = {}
        for item in dataclasses.fields(self):
            value = getattr(self, item.name)
            hidden = item.metadata["secret"] and value is not None
            shown[PREFIX + item.name.upper()] = MASK if hidden else show_value(value)
        return shown

    @classmethod
    def catalogue(cls) -> tuple[tuple[str, str, str], ...]:
        """(variable, default, meaning) of every setting, in order, for `config` and the documentation."""
        return tuple(
            (PREFIX + item.name.upper(), show_value(item.default), str(item.metadata["text"]))
            for item in dataclasses.fields(cls)
        )
