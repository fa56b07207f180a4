"""Child processes: stopped in the end, also when Ctrl-C comes while they are being started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from typing import IO, TYPE_CHECKING

import pytest

from worker.tools.child import child_process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SLEEPING = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)",
]


@pytest.fixture
def output() -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        yield file


def wait_until_up(child: subprocess.Popen[bytes], output: IO[bytes]) -> None:
    while os.fstat(output.fileno()).st_size == 0:
        assert child.poll() is None


def test_it_is_stopped_at_the_end(output: IO[bytes]) -> None:
    with child_process(SLEEPING, output=output, env=os.environ, stop_timeout=60) as child:
        wait_until_up(child, output)
    assert child.returncode == -signal.SIGTERM


def test_it_is_killed_if_it_does_not_go(output: IO[bytes]) -> None:
    with child_process(DEAF, output=output, env=os.environ, stop_timeout=0.1) as child:
        wait_until_up(child, output)
    assert child.returncode == -signal.SIGKILL


@pytest.mark.parametrize("early", [True, False], ids=["before the fork", "after the fork"])
def test_ctrl_c_while_it_is_started_is_neither_lost_nor_loses_the_child(
    output: IO[bytes], monkeypatch: pytest.MonkeyPatch, *, early: bool
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    handler = signal.getsignal(signal.SIGINT)
    popen: Callable[..., subprocess.Popen[bytes]] = subprocess.Popen

    def interrupted(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        if early:
            signal.raise_signal(signal.SIGINT)
        started.append(popen(*arguments, **options))
        signal.raise_signal(signal.SIGINT)
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", interrupted)
    with (
        pytest.raises(KeyboardInterrupt),
        child_process(SLEEPING, output=output, env=os.environ, stop_timeout=60),
    ):
        pytest.fail("the interrupt was lost")
    assert started[0].returncode == -signal.SIGTERM
    assert signal.getsignal(signal.SIGINT) is handler
