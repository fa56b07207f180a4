"""Apache Kafka of one or three nodes whose listeners for workers are reached through proxies only.

Each worker has a listener of its own on each node, so that the network can be cut for one worker alone; the
harness itself, and the nodes among each other, use another that nothing disturbs.
"""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from tests.brokers import JAVA_OPTIONS, KafkaMissingError, cache_dir, cluster_id, kafka_missing
from tests.faults.proxy import Proxies, Proxy
from worker.tools.embedded import free_port

if TYPE_CHECKING:
    from types import TracebackType

START_TIMEOUT = 90.0


class Node:
    """One broker, which is a controller too. `proxies` has one proxy per worker."""

    def __init__(self, number: int, home: Path, proxies: Proxies, workers: int) -> None:
        """Choose the ports and open the proxies; nothing is started."""
        self.number = number
        self.port, self.controller = free_port(), free_port()
        self.proxies: list[Proxy] = [proxies.add(free_port()) for _ in range(workers)]
        self.home = home / f"node-{number}"
        self.home.mkdir()
        self._child: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None

    @property
    def address(self) -> str:
        """Host and port of the undisturbed listener."""
        return f"127.0.0.1:{self.port}"

    @property
    def running(self) -> bool:
        """Whether its process is there."""
        return self._child is not None and self._child.poll() is None

    @property
    def listens(self) -> bool:
        """Whether its undisturbed listener is open."""
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def configure(self, cluster: str, voters: str, nodes: int) -> None:
        """Write its properties and format its storage."""
        text = "".join(f"{name}={value}\n" for name, value in self._properties(voters, nodes).items())
        (self.home / "server.properties").write_text(text, encoding="utf-8")
        tool = ["kafka.tools.StorageTool", "format", "-t", cluster, "-c", "server.properties"]
        subprocess.run([*_java(), *tool], check=True, timeout=120, capture_output=True, cwd=self.home)

    def start(self) -> None:
        """Start it; does not wait."""
        self._output = (self.home / "out.log").open("ab")
        self._child = subprocess.Popen(
            [*_java(), "kafka.Kafka", "server.properties"],
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=self.home,
        )

    def signal(self, number: signal.Signals) -> None:
        """Send its process a signal."""
        assert self._child is not None
        self._child.send_signal(number)

    def stop(self, *, kill: bool) -> None:
        """Stop it, cleanly or not, and wait until it is gone."""
        child, self._child = self._child, None
        if child is not None and child.poll() is None:
            child.send_signal(signal.SIGCONT)
            child.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
            try:
                child.wait(timeout=30)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        if self._output is not None:
            self._output.close()
            self._output = None

    def _properties(self, voters: str, nodes: int) -> dict[str, str]:
        replicas, in_sync = str(min(nodes, 3)), "2" if nodes > 1 else "1"
        own = [("CONTROLLER", self.controller, self.controller), ("DIRECT", self.port, self.port)]
        own += [(f"W{n}", proxy.target, proxy.port) for n, proxy in enumerate(self.proxies)]
        properties = {
            "process.roles": "broker,controller",
            "node.id": str(self.number),
            "controller.quorum.voters": voters,
            "listeners": ",".join(f"{name}://127.0.0.1:{port}" for name, port, _ in own),
            "advertised.listeners": ",".join(f"{name}://127.0.0.1:{seen}" for name, _, seen in own[1:]),
            "listener.security.protocol.map": ",".join(f"{name}:PLAINTEXT" for name, _, _ in own),
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "DIRECT",
            "log.dirs": str(self.home / "kafka"),
            "auto.create.topics.enable": "false",
            "min.insync.replicas": in_sync,
            "group.initial.rebalance.delay.ms": "0",
            "group.min.session.timeout.ms": "1000",
            "num.network.threads": "1",
            "num.io.threads": "2",
            "log.cleaner.dedupe.buffer.size": "10485760",
            "offsets.topic.num.partitions": "3",
            "transaction.state.log.num.partitions": "1",
            "share.coordinator.state.topic.num.partitions": "1",
        }
        for topic in ("offsets.topic", "transaction.state.log", "share.coordinator.state.topic"):
            properties[f"{topic}.replication.factor"] = replicas
        for topic in ("transaction.state.log", "share.coordinator.state.topic"):
            properties[f"{topic}.min.isr"] = in_sync
        return properties


class Cluster:
    """One or three nodes as a context manager; data in a temporary directory that is removed at the end."""

    def __init__(self, nodes: int, *, workers: int) -> None:
        """`workers` is how many workers get listeners of their own."""
        self._count, self._workers = nodes, workers
        self.network = Proxies()
        self.nodes: list[Node] = []
        self._home = Path()

    def __enter__(self) -> Self:
        """Format, start, wait until all answer. Raises KafkaMissingError."""
        missing = kafka_missing()
        if missing is not None:
            raise KafkaMissingError(missing)
        self._home = Path(tempfile.mkdtemp(prefix="trucewatch-cluster-"))
        self.network.__enter__()
        try:
            self.nodes = [
                Node(number, self._home, self.network, self._workers) for number in range(1, self._count + 1)
            ]
            voters = ",".join(f"{node.number}@127.0.0.1:{node.controller}" for node in self.nodes)
            cluster = cluster_id()
            for node in self.nodes:
                node.configure(cluster, voters, self._count)
            for node in self.nodes:
                node.start()
            self.wait_whole(START_TIMEOUT)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the nodes and remove their data."""
        for node in self.nodes:
            node.stop(kill=True)
        self.network.__exit__(None, None, None)
        shutil.rmtree(self._home, ignore_errors=True)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The undisturbed listeners."""
        return tuple(node.address for node in self.nodes)

    def addresses_for(self, worker: int) -> tuple[str, ...]:
        """The listeners of one worker, behind its proxies."""
        return tuple(f"127.0.0.1:{node.proxies[worker].port}" for node in self.nodes)

    def logs(self) -> dict[str, str]:
        """What each node has written, by name."""
        return {node.home.name: (node.home / "out.log").read_text(errors="replace") for node in self.nodes}

    def admin(self) -> KafkaAdminClient:
        """A client on the undisturbed listeners."""
        return KafkaAdminClient(bootstrap_servers=list(self.addresses), request_timeout_ms=10_000)

    def is_whole(self) -> bool:
        """Whether all nodes are there and every partition has all its replicas in sync and a leader."""
        if not all(node.running and node.listens for node in self.nodes):
            return False  # a client that finds nobody yet looks again after half a minute
        try:
            admin = self.admin()
        except (KafkaError, OSError):
            return False
        try:
            if len(admin.describe_cluster()["brokers"]) < len(self.nodes):
                return False
            return all(
                partition["leader_id"] >= 0 and len(partition["isr_nodes"]) == len(partition["replica_nodes"])
                for partition in partitions_in(admin)
            )
        except (KafkaError, OSError):
            return False
        finally:
            admin.close()

    def wait_whole(self, timeout: float) -> None:
        """Wait until it is whole."""
        deadline = time.monotonic() + timeout
        while not self.is_whole():
            if time.monotonic() > deadline:
                tails = [log[-1500:] for log in self.logs().values()]
                raise RuntimeError("\n".join(["the cluster does not become whole:", *tails]))
            time.sleep(0.5)


def partitions_in(admin: KafkaAdminClient, *topics: str) -> list[dict[str, Any]]:
    """The partitions of the topics, or of all, as the brokers describe them."""
    described = admin.describe_topics(list(topics) or None)
    return [{**partition, "topic": topic["name"]} for topic in described for partition in topic["partitions"]]


def _java() -> list[str]:
    java = shutil.which("java")
    assert java is not None
    cache = cache_dir()
    return [java, *JAVA_OPTIONS, f"-Dlog4j2.configurationFile={cache / 'log4j2.xml'}", "-cp", f"{cache}/*"]
