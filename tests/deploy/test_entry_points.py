"""What docker-compose.yml starts, started here: the same commands, environments and health checks, no engine.

The embedded broker stands in for the service `kafka`; paths inside containers are given their places on this
machine. All else is taken from the file as it is.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.deploy.files import (
    ROOT,
    final_stage,
    health_command,
    image_environment,
    own_services,
    services,
)
from worker.observability.metrics import ARTICLES
from worker.settings import Settings
from worker.tools.embedded import EmbeddedBroker, free_port, settings_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

pytestmark = [pytest.mark.broker, pytest.mark.slow]

PATIENCE = 60.0
"""Seconds for each step, on a machine that is busy with other things."""


class Deployment:
    """The services of docker-compose.yml that run our image, as processes against one broker."""

    def __init__(self, address: str, directory: Path) -> None:
        self.address = address
        self.directory = directory
        self.web_port = free_port()

    def environment(self, name: str) -> dict[str, str]:
        """A service's environment as its container has it, addresses and paths those of this machine."""
        inside = image_environment() | own_services()[name]["environment"]
        path = f"{Path(sys.executable).parent}:{os.defpath}"
        ours = {variable: value for variable, value in inside.items() if variable.startswith("TRUCEWATCH_")}
        settings = Settings.from_environ(ours)
        there, here = settings.shown(), settings_for(settings, self.address).shown()
        ours |= {variable: value for variable, value in here.items() if value != there[variable]}
        ours |= {
            "TRUCEWATCH_STATE_DIR": str(self.directory / "state"),
            "TRUCEWATCH_WEB_HOST": "127.0.0.1",
            "TRUCEWATCH_WEB_PORT": str(self.web_port),
        }
        return {**inside, **ours, "PATH": path, "HOME": str(self.directory)}

    def command(self, name: str) -> list[str]:
        """A service's whole command: entry point and arguments, mounted paths those on this machine."""
        service = own_services()[name]
        mounts = {
            volume["target"]: volume["source"]
            for volume in service.get("volumes", [])
            if volume["type"] == "bind"
        }
        (entry,) = final_stage("ENTRYPOINT")
        words = [*entry.words(), *service["command"]]
        return [self._here(word, mounts) for word in words]

    @staticmethod
    def _here(word: str, mounts: Mapping[str, str]) -> str:
        for inside, outside in mounts.items():
            if word == inside or word.startswith(f"{inside}/"):
                return outside + word.removeprefix(inside)
        return word

    def run(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run a service that ends by itself."""
        return subprocess.run(
            self.command(name),
            env=self.environment(name),
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    @contextlib.contextmanager
    def running(self, name: str) -> Iterator[Running]:
        """Start a service that lasts; whatever happens, it does not outlive the block."""
        child = subprocess.Popen(
            self.command(name),
            env=self.environment(name),
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield Running(child)
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()

    def healthy(self, name: str) -> bool:
        """Run a service's health check as the engine would."""
        command = health_command(own_services()[name])
        assert command
        return self._passes(name, command)

    def live(self, name: str) -> bool:
        """Run the image's own health check."""
        (check,) = final_stage("HEALTHCHECK")
        return self._passes(name, check.words())

    def _passes(self, name: str, command: list[str]) -> bool:
        run = subprocess.run(
            command, env=self.environment(name), capture_output=True, check=False, timeout=PATIENCE
        )
        return run.returncode == 0


class Running:
    """A process whose output is read all the time, so that a full pipe never stops it."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self.child = child
        self.text = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.child.stdout
        for line in self.child.stdout:
            self.text += line

    def stop(self, *, within: float) -> int:
        """Ask it to stop as the engine does, and return its exit code."""
        (asked,) = final_stage("STOPSIGNAL")
        self.child.send_signal(signal.Signals[asked.text])
        code = self.child.wait(timeout=within)
        self._reader.join(timeout=5)
        return code


def until(condition: Callable[[], bool], what: Callable[[], str], *, running: Running) -> None:
    """Wait until `condition()` holds; fail with what is wanted when the process ends or time is up."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        ended = running.child.poll() is not None
        if ended or time.monotonic() > deadline:
            why = "the process has ended" if ended else "not in time"
            pytest.fail(f"{why}; wanted: {what()}\n{running.text[-4000:]}")
        time.sleep(0.2)


@pytest.fixture(scope="module")
def titles() -> set[str]:
    """Titles of the alerts that a replay of the sample stream leaves standing."""
    sample = next(volume["source"] for volume in own_services()["feed"]["volumes"])
    run = subprocess.run(
        [sys.executable, "-m", "worker", "replay", "--alerts", "-", f"{sample}/stream.jsonl"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    alerts = [json.loads(line) for line in run.stdout.splitlines()]
    found = {alert["title"] for alert in alerts if alert["status"] != "retracted"}
    assert len(found) > 5
    return found


def test_the_deployment_starts_in_order_raises_the_alerts_of_the_sample_and_stops(
    tmp_path: Path, titles: set[str]
) -> None:
    with EmbeddedBroker() as broker:
        deployment = Deployment(broker.address, tmp_path)
        assert not deployment.healthy("worker")

        created = deployment.run("topics")
        assert created.returncode == 0, created.stdout + created.stderr
        assert deployment.run("topics").returncode == 0  # as after a restart of the deployment

        with deployment.running("worker") as worker:
            until(lambda: deployment.healthy("worker"), lambda: "the worker healthy", running=worker)
            assert deployment.live("worker")

            fed = deployment.run("feed")
            assert fed.returncode == 0, fed.stdout + fed.stderr

            with deployment.running("alerts") as alerts:
                until(
                    lambda: not unseen(titles, alerts),
                    lambda: f"{unseen(titles, alerts)} shown",
                    running=alerts,
                )

            assert scraped(deployment.web_port, f"{ARTICLES.name}{{") > 50
            grace = float(services()["worker"]["stop_grace_period"].removesuffix("s"))
            assert worker.stop(within=grace) == 0, worker.text

        log = [json.loads(line) for line in worker.text.splitlines()]
        assert [line for line in log if line.get("level") in {"error", "critical"}] == []
        assert not deployment.live("worker")


def unseen(titles: set[str], reader: Running) -> list[str]:
    """The titles that do not stand yet in what the reader has shown, wherever it broke its lines."""
    shown = " ".join(reader.text.split())
    return sorted(title for title in titles if " ".join(title.split()) not in shown)


def scraped(port: int, prefix: str) -> float:
    """The sum of a metric over its labels, as Prometheus would read it."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(prefix))
