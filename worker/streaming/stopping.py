"""Why a worker stops and how long that may take: exit codes, the exceptions that carry them, the deadline of a stop."""

from __future__ import annotations

import os
import queue
import threading
import time
from enum import IntEnum
from typing import TYPE_CHECKING

from worker.observability.logging import get_logger

if TYPE_CHECKING:
    from collections.abc import Callable

log = get_logger("stopping")

LAST_WORD = 1.0
"""Seconds for the last line of the log: one that nobody reads must not hold up the end."""


class ExitCode(IntEnum):
    """What `trucewatch run` returns to its supervisor; after sysexits.h where there is a name for it."""

    OK = 0
    """Asked to stop, and stopped cleanly."""
    CRASHED = 1
    """An error nobody foresaw; the log has its traceback."""
    LOG_CUT = 65
    """A log ends before what was worked off: its topic was made anew, or brokers lost messages. Start it again: it reads
    that log from its beginning, and nothing comes twice that was there before."""
    UNAVAILABLE = 69
    """No broker could be reached at start, or the topics are not there."""
    SOFTWARE = 70
    """The breaker: one message after the other failed through a bug. A restart will not help, a fix will."""
    UNSENDABLE = 75
    """The brokers refused a message, or did not take it for too long. What was not committed comes again after a restart."""
    CONFIG = 78
    """A setting is missing or wrong, brokers refuse what the worker must do, or partitions were added to `events`."""
    CUT_SHORT = 124
    """Asked to stop, and ended before all was done: TRUCEWATCH_SHUTDOWN_TIMEOUT was over. The log says what was left;
    what was not committed comes again."""


class FatalError(Exception):
    """Ends the worker with `exit_code`; nothing unfinished is committed."""

    exit_code: ExitCode = ExitCode.CRASHED


class BreakerOpenError(FatalError):
    """Too many messages in a row became `unexpected` dead letters."""

    exit_code = ExitCode.SOFTWARE


class SendFailedError(FatalError):
    """The brokers refused a message, or did not take it in time."""

    exit_code = ExitCode.UNSENDABLE


class UnavailableError(FatalError):
    """The brokers or the topics are not there."""

    exit_code = ExitCode.UNAVAILABLE


class LogCutError(FatalError):
    """A log has become shorter than what was worked off."""

    exit_code = ExitCode.LOG_CUT


class RefusedError(FatalError):
    """The brokers do not let this worker do its work, and will not."""

    exit_code = ExitCode.CONFIG


class MisplacedError(FatalError):
    """Conflicts are remembered on another partition than their next events would come to."""

    exit_code = ExitCode.CONFIG


def exit_code_of(error: BaseException) -> ExitCode:
    """With what a worker ends that ends by this error."""
    return error.exit_code if isinstance(error, FatalError) else ExitCode.CRASHED


class Stop:
    """A stop, from the wish to it until the process is gone, within `seconds` whatever holds it up.

    Faust waits for its consumer's thread in a way that blocks the event loop and that no time-out ends; that thread waits
    for brokers, which may not answer; and an interpreter that ends waits for every thread, an extraction included. So a
    thread of ours ends the process when time is up. Like any kill that loses nothing: what was not committed comes again.
    """

    def __init__(self, seconds: float, *, end: Callable[[int], object] = os._exit) -> None:
        """Nothing is asked yet. `end` ends the process, with an exit code."""
        self.asked = False
        """Whether somebody has asked for it, by a signal."""
        self.code = ExitCode.CUT_SHORT
        """With which to end when time is up."""
        self.undone = "all"
        """What is left to do."""
        self._seconds = seconds
        self._end = end
        self._begun: queue.SimpleQueue[None] = queue.SimpleQueue()
        threading.Thread(target=self._watch, name="stop", daemon=True).start()

    def ask(self, *_signal: object) -> None:
        """Take note of the wish; a signal handler, so it takes no lock that the interrupted code might hold."""
        self.asked = True
        self.begin()

    def begin(self) -> None:
        """Let the time run; if it runs already it goes on."""
        self._begun.put(None)

    def _watch(self) -> None:
        self._begun.get()
        time.sleep(self._seconds)
        teller = threading.Thread(target=self._tell, daemon=True)
        teller.start()
        teller.join(LAST_WORD)
        self._end(self.code)

    def _tell(self) -> None:
        log.error("stop_cut_short", seconds=self._seconds, undone=self.undone, exit_code=int(self.code))
