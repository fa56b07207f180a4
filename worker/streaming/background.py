"""What runs beside the agents: it may be cancelled, but never end unseen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


def in_background(
    work: Coroutine[None, None, None], name: str, *, fatal: Callable[[BaseException], None]
) -> asyncio.Task[None]:
    """Start it. If it ends of its own accord `fatal` is told: a worker that watches only half of itself must end."""
    task = asyncio.create_task(work, name=name)
    task.add_done_callback(lambda done: _look_at(done, fatal))
    return task


def _look_at(task: asyncio.Task[None], fatal: Callable[[BaseException], None]) -> None:
    if not task.cancelled():
        fatal(task.exception() or RuntimeError(f"{task.get_name()} has ended"))
