"""Brokers for tests: the embedded one, and real Apache Kafka in KRaft mode from its jars.

`python -m tests.brokers fetch` (`make kafka`) copies Kafka with Maven into a cache outside the tree. Where
Java, Maven or the cache is missing, tests that need Kafka say that they are skipped; with CI=true they fail.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from worker.tools.embedded import EmbeddedBroker, free_port

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

__all__ = ["EmbeddedBroker", "KafkaMissingError", "RealKafka", "cluster_id", "fetch", "kafka_missing"]

KAFKA_VERSION = "4.1.1"
LOG4J_VERSION = "2.25.2"
JAVA_OPTIONS = ("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")
START_TIMEOUT = 60.0

_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>trucewatch</groupId><artifactId>kafka-for-tests</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{KAFKA_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId>
      <version>{LOG4J_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId>
      <version>{LOG4J_VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""

_LOG4J = """<Configuration status="error">
  <Appenders><Console name="out"><PatternLayout pattern="%d %p %c{1} %m%n"/></Console></Appenders>
  <Loggers>
    <Logger name="org.apache.kafka.coordinator.group" level="info"/>
    <Root level="warn"><AppenderRef ref="out"/></Root>
  </Loggers>
</Configuration>
"""


class KafkaMissingError(Exception):
    """Apache Kafka is not in the cache, or there is no Java."""


def cache_dir() -> Path:
    """Where Kafka's jars are kept: outside the tree, one directory per version."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "trucewatch" / f"kafka-{KAFKA_VERSION}"


def fetch() -> Path:
    """Copy Kafka and what it needs into the cache, unless they are there. Raises KafkaMissingError."""
    target = cache_dir()
    if (target / "complete").exists():
        return target
    maven = shutil.which("mvn")
    if maven is None:
        raise KafkaMissingError("Maven (mvn) is needed to fetch Apache Kafka")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as made:
        work = Path(made)
        (work / "pom.xml").write_text(_POM, encoding="utf-8")
        jars = work / "jars"
        goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
        subprocess.run(
            [maven, "-q", "-B", goal, "-DincludeScope=runtime", f"-DoutputDirectory={jars}"],
            cwd=work,
            check=True,
            timeout=900,
        )
        if not list(jars.glob("kafka_2.13-*.jar")):
            raise KafkaMissingError("Maven fetched no Kafka")
        (jars / "log4j2.xml").write_text(_LOG4J, encoding="utf-8")
        (jars / "complete").touch()
        with contextlib.suppress(OSError):
            jars.rename(target)
    return target


def cluster_id() -> str:
    """An id for a new cluster. One in 64 would begin with a dash, which `StorageTool` takes for an option."""
    while (found := urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        pass
    return found


def kafka_missing() -> str | None:
    """Why real Kafka cannot be started here; None if it can."""
    if shutil.which("java") is None:
        return "no Java"
    if not (cache_dir() / "complete").exists():
        return "Apache Kafka is not fetched: make kafka"
    return None


class RealKafka:
    """Apache Kafka as a context manager: one node, KRaft, loopback only, data in a temporary directory.

    It may be stopped, killed and started again in between; the address and the data stay.
    """

    def __init__(self, **settings: str) -> None:
        """`settings` overrides server properties, with dots written as double underscores."""
        self._overrides = {name.replace("__", "."): value for name, value in settings.items()}
        self._port = free_port()
        self._controller = free_port()
        self._home = Path()
        self._child: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None

    @property
    def address(self) -> str:
        """Host and port of the listener."""
        return f"127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        """Process id of the broker."""
        assert self._child is not None
        return self._child.pid

    def __enter__(self) -> Self:
        """Format the storage, start, wait until it answers. Raises KafkaMissingError."""
        missing = kafka_missing()
        if missing is not None:
            raise KafkaMissingError(missing)
        self._home = Path(tempfile.mkdtemp(prefix="trucewatch-kafka-"))
        try:
            self._configure()
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it and remove its data."""
        self.stop(kill=True)
        shutil.rmtree(self._home, ignore_errors=True)

    def start(self) -> None:
        """Start the broker on its data and wait until it answers."""
        self._output = (self._home / "out.log").open("ab")
        self._child = subprocess.Popen(
            [*self._java(), "kafka.Kafka", str(self._properties)],
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=self._home,
        )
        deadline = time.monotonic() + START_TIMEOUT
        while not self._answers():
            if self._child.poll() is not None or time.monotonic() > deadline:
                tail = (self._home / "out.log").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"Kafka did not start:\n{tail}")
            time.sleep(0.2)

    def stop(self, *, kill: bool = False) -> None:
        """Stop the broker, cleanly or not, and wait for it."""
        child, self._child = self._child, None
        if child is not None and child.poll() is None:
            child.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
            try:
                child.wait(timeout=30)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        if self._output is not None:
            self._output.close()
            self._output = None

    @property
    def _properties(self) -> Path:
        return self._home / "server.properties"

    def _java(self) -> list[str]:
        java = shutil.which("java")
        assert java is not None
        cache = cache_dir()
        log4j = f"-Dlog4j2.configurationFile={cache / 'log4j2.xml'}"
        return [java, *JAVA_OPTIONS, log4j, "-cp", f"{cache}/*"]

    def _configure(self) -> None:
        settings = {**self._defaults(), **self._overrides}
        text = "".join(f"{name}={value}\n" for name, value in settings.items())
        self._properties.write_text(text, encoding="utf-8")
        tool = [
            "kafka.tools.StorageTool",
            "format",
            "--standalone",
            "-t",
            cluster_id(),
            "-c",
            str(self._properties),
        ]
        subprocess.run([*self._java(), *tool], check=True, timeout=60, capture_output=True, cwd=self._home)

    def _defaults(self) -> Mapping[str, str]:
        ours, theirs = self._port, self._controller
        return {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.bootstrap.servers": f"127.0.0.1:{theirs}",
            "listeners": f"PLAINTEXT://127.0.0.1:{ours},CONTROLLER://127.0.0.1:{theirs}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{ours},CONTROLLER://127.0.0.1:{theirs}",
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "PLAINTEXT",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs": str(self._home / "data"),
            "auto.create.topics.enable": "false",
            "group.initial.rebalance.delay.ms": "0",
            "group.min.session.timeout.ms": "1000",
            "offsets.topic.num.partitions": "1",
            "offsets.topic.replication.factor": "1",
            "transaction.state.log.num.partitions": "1",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "share.coordinator.state.topic.num.partitions": "1",
            "share.coordinator.state.topic.replication.factor": "1",
            "share.coordinator.state.topic.min.isr": "1",
            "num.network.threads": "2",
            "num.io.threads": "2",
            "log.cleaner.dedupe.buffer.size": "10485760",
        }

    def _answers(self) -> bool:
        from kafka import KafkaAdminClient  # noqa: PLC0415 - only where Kafka is there
        from kafka.errors import KafkaError  # noqa: PLC0415

        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self._port)) != 0:
                return False
        try:
            client = KafkaAdminClient(bootstrap_servers=self.address, request_timeout_ms=3_000)
        except (KafkaError, OSError):
            return False
        client.close()
        return True


if __name__ == "__main__":
    if sys.argv[1:] != ["fetch"]:
        sys.exit("usage: python -m tests.brokers fetch")
    try:
        sys.stdout.write(f"Apache Kafka {KAFKA_VERSION} is in {fetch()}\n")
    except (KafkaMissingError, subprocess.SubprocessError, OSError) as problem:
        sys.exit(f"Apache Kafka could not be fetched: {problem}")
