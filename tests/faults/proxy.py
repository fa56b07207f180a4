"""A TCP proxy that the harness puts between a worker and a broker, to cut, hold or slow down what passes."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

LOOPBACK = "127.0.0.1"
CHUNK = 65_536


class Passage(StrEnum):
    """What a proxy does with what comes."""

    OPEN = "open"
    REFUSED = "refused"
    """Connections are reset, new ones closed at once."""
    SILENT = "silent"
    """Connections stay, nothing passes; afterwards all of it does, as after lost packets."""


class Proxy:
    """From a port of its own on loopback to a broker's. Its methods may be called from any thread."""

    def __init__(self, target: int) -> None:
        """`target` is the port of the broker's listener."""
        self.target = target
        self.port = 0
        self.latency = 0.0
        """Seconds that each chunk waits, either way."""
        self.passage = Passage.OPEN
        self._writers: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        """Listen."""
        server = await asyncio.start_server(self._accept, LOOPBACK, 0)
        self.port = int(server.sockets[0].getsockname()[1])

    def reset(self) -> None:
        """Abort all connections; in the loop's thread."""
        for writer in self._writers:
            writer.transport.abort()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.passage is Passage.REFUSED:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection(LOOPBACK, self.target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, back}
        try:
            await asyncio.gather(self._pump(reader, back), self._pump(there, writer))
        finally:
            self._writers -= {writer, back}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(CHUNK):
                if self.latency:
                    await asyncio.sleep(self.latency)
                while self.passage is Passage.SILENT:  # noqa: ASYNC110 - set from another thread
                    await asyncio.sleep(0.05)
                writer.write(chunk)
                await writer.drain()
        writer.transport.abort()


class Proxies:
    """All proxies of a run, in one thread with one loop; a context manager."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxies", daemon=True)

    def __enter__(self) -> Self:
        """Start the loop."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections and stop."""
        asyncio.run_coroutine_threadsafe(self._cancel_all(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def add(self, target: int) -> Proxy:
        """A new proxy to a port."""
        proxy = Proxy(target)
        asyncio.run_coroutine_threadsafe(proxy.start(), self._loop).result(10)
        return proxy

    def set_passage(self, proxy: Proxy, passage: Passage) -> None:
        """Open or close the way; refusing also ends the connections there are."""
        proxy.passage = passage
        if passage is Passage.REFUSED:
            self._loop.call_soon_threadsafe(proxy.reset)

    async def _cancel_all(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
