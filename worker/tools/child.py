"""A child process that is stopped in the end, whatever happens to us: the demo's worker, the embedded broker."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Child = subprocess.Popen[bytes]

_PR_SET_PDEATHSIG = 1
_INTERRUPTS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextlib.contextmanager
def child_process(
    command: Sequence[str], *, output: IO[bytes], env: Mapping[str, str], stop_timeout: float
) -> Iterator[Child]:
    """Run `command` with all it says going to `output`; at the end ask it to stop, after `stop_timeout` kill it.

    It has a session of its own: Ctrl-C in the terminal is for us, and we stop it when the time has come.
    """
    child: Child | None = None
    try:
        with _interrupts_deferred():
            child = subprocess.Popen(  # noqa: S603 - the commands are our own
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - sets a flag
                env=env,
            )
        yield child
    finally:
        if child is not None:
            child.terminate()
            try:
                child.wait(timeout=stop_timeout)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


@contextlib.contextmanager
def _interrupts_deferred() -> Iterator[None]:
    """Let Ctrl-C and its kin wait until the block is over.

    Raised while a process forks, `KeyboardInterrupt` is swallowed by the interpreter's fork hooks, or
    the child runs on with nobody who knows of it.
    """
    if threading.current_thread() is not threading.main_thread():  # only the main one is interrupted
        yield
        return
    caught: list[int] = []
    before = {number: signal.signal(number, lambda got, _frame: caught.append(got)) for number in _INTERRUPTS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if caught:
        signal.raise_signal(caught[0])


def _die_with_parent() -> None:
    """In the child, before it becomes the command: have the kernel end it when we are killed."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
