"""`/metrics`, `/live` and `/ready` over HTTP, read-only, from a thread of its own.

A thread of its own, so that a blocked event loop shows as a failing `/live` and not as a time-out.
"""

from __future__ import annotations

import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from worker.observability.metrics import READY

if TYPE_CHECKING:
    from types import TracebackType

    from worker.observability.health import Health
    from worker.observability.metrics import Metrics


class Endpoint:
    """The web endpoint, as a context manager. `port` is the one taken, also where 0 was asked for."""

    def __init__(self, *, host: str, port: int, metrics: Metrics, health: Health) -> None:
        """Bind at once, so that a taken port is an error at start (OSError)."""
        pages = _pages(metrics, health)
        self._server = _Server((host, port), pages)
        self._thread = threading.Thread(target=self._server.serve_forever, name="endpoint", daemon=True)

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        """Start to serve."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], pages: type[BaseHTTPRequestHandler]) -> None:
        if ":" in address[0]:
            import socket  # noqa: PLC0415 - only for an IPv6 address

            self.address_family = socket.AF_INET6
        super().__init__(address, pages)


def _pages(metrics: Metrics, health: Health) -> type[BaseHTTPRequestHandler]:
    class Pages(BaseHTTPRequestHandler):
        server_version = "trucewatch"
        sys_version = ""
        timeout = 10

        def do_GET(self) -> None:
            path = self.path.split("?", 1)[0]
            if path == "/metrics":
                metrics.gauge(READY, 0 if health.missing() else 1)
                self._answer(HTTPStatus.OK, generate_latest(metrics.registry), CONTENT_TYPE_LATEST)
            elif path == "/live":
                self._verdict(health.faults(time.monotonic()))
            elif path == "/ready":
                self._verdict(health.missing())
            else:
                self._answer(HTTPStatus.NOT_FOUND, b"/metrics /live /ready\n")

        do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

        def _verdict(self, problems: list[str]) -> None:
            status = HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK
            self._answer(status, ("\n".join(problems) or "ok").encode() + b"\n")

        def _answer(self, status: HTTPStatus, body: bytes, kind: str = "text/plain; charset=utf-8") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - as the base class
            """Say nothing: probes come every few seconds."""

    return Pages
