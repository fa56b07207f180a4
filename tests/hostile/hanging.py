"""What counts as a hang. A pace is for `make bench`; here only that every input comes to an end."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

HANG: Final = 20.0
"""Processor seconds for one input; the costliest takes about three, and a bad one never ends."""


@contextmanager
def without_hanging(what: str, limit: float = HANG) -> Iterator[None]:
    """AssertionError naming the input if the body takes `limit` processor seconds or longer."""
    started = time.process_time()
    yield
    took = time.process_time() - started
    assert took < limit, f"{what}: {took:.0f} s"
