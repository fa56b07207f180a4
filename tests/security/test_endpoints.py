"""The web endpoints: on loopback unless told otherwise, read-only, and silent about what they run on."""

from __future__ import annotations

import http.client
import ipaddress
import socket
from typing import TYPE_CHECKING

import pytest

from worker.demo.server import LOOPBACK, PageServer
from worker.observability.endpoint import Endpoint
from worker.observability.health import Health
from worker.observability.metrics import Metrics
from worker.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITES = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PROPFIND")


@pytest.fixture(params=["worker", "demo"])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    if request.param == "worker":
        health = Health(stuck_after=60)
        with Endpoint(host=Settings().web_host, port=0, metrics=Metrics(), health=health) as endpoint:
            yield endpoint.port
    else:
        with PageServer(lambda: "page") as server:
            yield int(server.url.rsplit(":", 1)[1].strip("/"))


def test_both_bind_to_loopback_by_default() -> None:
    assert ipaddress.ip_address(Settings().web_host).is_loopback
    assert ipaddress.ip_address(LOOPBACK).is_loopback


@pytest.mark.parametrize("method", WRITES)
def test_nothing_can_be_written(port: int, method: str) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    client.request(method, "/metrics", body=b"x" * 10)
    assert client.getresponse().status >= 400
    client.close()


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "//etc/passwd",
        "/%2e%2e/",
        "/debug",
        "/config",
        "/live/../metrics/x",
        "/" + "a" * 70_000,
    ],
)
def test_no_other_page_is_there(port: int, path: str) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    client.request("GET", path)
    answer = client.getresponse()
    body = answer.read().decode()
    assert answer.status >= 400
    assert "root:" not in body
    assert "Python" not in str(answer.headers)
    client.close()


@pytest.mark.parametrize(
    "sent", [b"", b"\0" * 100, b"GET", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00", b"A" * 100_000]
)
def test_garbage_on_the_port_does_not_stop_it(port: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as garbage:
        garbage.sendall(sent)
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    client.request("GET", "/")
    assert client.getresponse().status in (200, 404)
    client.close()
