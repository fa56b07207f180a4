"""Why a worker stops: exit codes, and the exceptions that carry them."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What `trucewatch run` returns to its supervisor; after sysexits.h where there is a name for it."""

    OK = 0
    """Asked to stop, and stopped cleanly."""
    CRASHED = 1
    """An error nobody foresaw; the log has its traceback."""
    UNAVAILABLE = 69
    """No broker could be reached at start, or the topics are not there."""
    SOFTWARE = 70
    """The breaker: one message after the other failed through a bug. A restart will not help, a fix will."""
    UNSENDABLE = 75
    """The brokers did not take a message for too long. What was not committed comes again after a restart."""
    CONFIG = 78
    """A setting is missing or wrong."""


class FatalError(Exception):
    """Ends the worker with `exit_code`; nothing unfinished is committed."""

    exit_code = ExitCode.CRASHED


class BreakerOpenError(FatalError):
    """Too many messages in a row became `unexpected` dead letters."""

    exit_code = ExitCode.SOFTWARE


class SendFailedError(FatalError):
    """The brokers refused a message, or did not take it in time."""

    exit_code = ExitCode.UNSENDABLE


class UnavailableError(FatalError):
    """The brokers or the topics are not there."""

    exit_code = ExitCode.UNAVAILABLE
