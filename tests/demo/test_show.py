"""The demo from its start to its end, and cut short: the alerts of the offline replay, nothing left running."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest

from worker.exits import ExitCode

pytestmark = [pytest.mark.broker, pytest.mark.slow]
STREAM = str(files("worker").joinpath("samples", "stream.jsonl"))
TIMEOUT = 240


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "worker", "demo", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TRUCEWATCH_BROKERS": "nowhere.example:1"},
    )


def descendants(pid: int) -> set[int]:
    """All processes below one, by the kernel's own table."""
    below: dict[int, set[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), set()).add(int(entry.parent.name))
    found, todo = set[int](), [pid]
    while todo:
        children = below.get(todo.pop(), set()) - found
        found |= children
        todo += children
    return found


def running(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


def wait_for_children(demo: subprocess.Popen[str], count: int) -> set[int]:
    deadline = time.monotonic() + 60
    while len(children := descendants(demo.pid)) < count:
        assert demo.poll() is None, demo.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return children


def test_it_ends_by_itself_with_the_alerts_of_the_replay() -> None:
    demo = start("--speed", "20")
    output, errors = demo.communicate(timeout=TIMEOUT)
    assert (demo.returncode, errors) == (ExitCode.OK, "")
    replay = subprocess.run(
        [sys.executable, "-m", "worker", "replay", STREAM], capture_output=True, text=True, check=True
    ).stdout
    expected = re.search(r"^alerts: (\d+)", replay, re.MULTILINE)
    shown = re.search(r"^(\d+) alerts stand after 73 articles", output, re.MULTILINE)
    assert expected is not None
    assert shown is not None
    assert shown[1] == expected[1]
    assert re.search(r"^    (trucewatch|python -m worker) replay ", output, re.MULTILINE)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the process table of Linux")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_in_the_middle_it_leaves_nothing_running(number: signal.Signals) -> None:
    demo = start("--speed", "0.1")
    children = wait_for_children(demo, 2)
    demo.send_signal(number)
    demo.communicate(timeout=60)
    assert demo.returncode == ExitCode.INTERRUPTED
    assert running(children) == set()


@pytest.mark.skipif(sys.platform != "linux", reason="only there the kernel ends the children")
def test_killed_it_leaves_nothing_running() -> None:
    demo = start("--speed", "0.1")
    children = wait_for_children(demo, 2)
    demo.kill()
    demo.communicate(timeout=60)
    deadline = time.monotonic() + 30
    while running(children) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert running(children) == set()


def test_a_port_in_use_is_told_before_anything_is_started() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        demo = start("--port", str(taken.getsockname()[1]))
        output, errors = demo.communicate(timeout=60)
    assert demo.returncode == ExitCode.USAGE
    assert "already in use" in errors
    assert output == ""
