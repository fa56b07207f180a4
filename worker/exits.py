"""How a command ends: the exit codes, and the one exception that carries one."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of `trucewatch`; they are part of its interface."""

    OK = 0
    """Done."""
    FAILED = 1
    """Some of the input was invalid, or some of the work failed; standard error says what."""
    USAGE = 2
    """Wrong arguments or settings, or a file that cannot be read or written."""
    BROKER = 69
    """The broker cannot be reached, or refused."""
    INTERRUPTED = 130
    """Ctrl-C."""
    BROKEN_PIPE = 141
    """Whoever read the output stopped reading, as in `trucewatch replay FILE | head`."""


class Refusal(Exception):  # noqa: N818 - what the user is told, not a fault of the program
    """A command that cannot be carried out as asked: one line for the user, and the exit code."""

    def __init__(self, message: str, *, code: ExitCode = ExitCode.USAGE) -> None:
        """Keep both."""
        super().__init__(message)
        self.code = code
