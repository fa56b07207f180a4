"""Serves the demo's page on loopback, from a thread of its own, and to nobody who asks by another name."""

from __future__ import annotations

import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from worker.demo.page import CONTENT_SECURITY_POLICY

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

LOOPBACK = "127.0.0.1"


class PageServer:
    """A context manager that serves what `render` gives at `/`. `port` 0 takes a free one."""

    def __init__(self, render: Callable[[], str], *, port: int = 0) -> None:
        """Bind the port at once, so that a port in use shows before anything else is started (OSError)."""
        self._server = _Server((LOOPBACK, port), _requests(render))
        self._thread = threading.Thread(target=self._server.serve_forever, name="page", daemon=True)

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{LOOPBACK}:{self._server.server_port}/"

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


def _requests(render: Callable[[], str]) -> type[BaseHTTPRequestHandler]:
    class Requests(BaseHTTPRequestHandler):
        server_version = "trucewatch"
        sys_version = ""
        timeout = 10

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            status = self._verdict()
            body = render().encode() if status is HTTPStatus.OK else f"{status.phrase}\n".encode()
            kind = "text/html" if status is HTTPStatus.OK else "text/plain"
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            if with_body:
                self.wfile.write(body)

        def _verdict(self) -> HTTPStatus:
            """Another name for this address means that another site sent the browser here: it gets nothing."""
            name, _, _ = self.headers.get("Host", "").rpartition(":")
            if name not in (LOOPBACK, "localhost"):
                return HTTPStatus.MISDIRECTED_REQUEST
            return HTTPStatus.OK if self.path.partition("?")[0] == "/" else HTTPStatus.NOT_FOUND

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class
            """Say nothing: the terminal belongs to the alerts."""

    return Requests
