"""The demo's page: what it shows, what it never does, and whom it answers."""

from __future__ import annotations

import http.client
from html.parser import HTMLParser

import pytest

from tests.cli.alerts import SENTENCE, make_alert, make_evidence
from worker.alert import AlertStatus, Severity
from worker.demo.board import Board
from worker.demo.page import render_page
from worker.demo.server import PageServer

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)> & co'


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_shows_each_alert_with_its_evidence() -> None:
    page = render_page([make_alert()], state="2 of 73 articles read.")
    assert "1 alert. 2 of 73 articles read." in page
    assert "Russia strikes Ukraine hours after energy ceasefire" in page
    assert SENTENCE in page
    assert 'href="https://example.org/a1"' in page


def test_a_page_without_alerts_says_so() -> None:
    assert "No alert yet. Starting." in render_page([], state="Starting.")


def test_retracted_alerts_are_marked_and_do_not_count() -> None:
    page = render_page([make_alert(status=AlertStatus.RETRACTED, revision=2)], state="")
    assert 'class="critical retracted"' in page
    assert "0 alerts" in page
    assert SENTENCE not in page


def test_everything_is_escaped() -> None:
    alert = make_alert(
        alert_id=EVIL, title=EVIL, conflict=EVIL, evidence=(make_evidence(text=EVIL, source=EVIL, url=EVIL),)
    )
    page = render_page([alert], state=EVIL)
    tags = Tags(page)
    assert tags.open == []
    assert not {"script", "img"} & {tag for tag, _ in tags.seen}
    assert not any(name.startswith("on") for _, attributes in tags.seen for name in attributes)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[", "file:///etc/passwd"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    page = render_page([make_alert(evidence=(make_evidence(url=url),))], state="")
    assert "<a " not in page


def test_a_page_loads_nothing_from_elsewhere() -> None:
    tags = Tags(render_page([make_alert(severity=severity) for severity in Severity], state=""))
    assert not {"link", "script", "img", "iframe", "object"} & {tag for tag, _ in tags.seen}
    assert not any({"src", "srcset", "style"} & attributes.keys() for _, attributes in tags.seen)


def ask(
    server: PageServer, path: str = "/", *, host: str | None = None, method: str = "GET"
) -> http.client.HTTPResponse:
    port = int(server.url.rstrip("/").rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path, headers={"Host": host} if host else {})
    return connection.getresponse()


def test_the_server_gives_the_page_as_it_stands_and_forbids_scripts() -> None:
    board = Board()
    with PageServer(lambda: render_page(board.alerts(), state="")) as server:
        assert b"No alert yet" in ask(server).read()
        board.take(make_alert())
        answer = ask(server)
        assert SENTENCE.encode() in answer.read()
        assert (answer.getheader("Content-Security-Policy") or "").startswith("default-src 'none'")
        assert answer.getheader("Cache-Control") == "no-store"


def test_the_server_answers_nothing_else() -> None:
    with PageServer(lambda: "page") as server:
        assert ask(server, "/etc/passwd").status == 404
        assert ask(server, "/?x").status == 200
        assert ask(server, method="POST").status == 501
        assert ask(server, host="evil.example:80").status == 421
        head = ask(server, method="HEAD")
        assert (head.status, head.read()) == (200, b"")


def test_the_server_listens_on_loopback_and_a_port_in_use_is_an_error_at_once() -> None:
    with PageServer(lambda: "page") as server:
        assert server.url.startswith("http://127.0.0.1:")
        with pytest.raises(OSError, match="in use"):
            PageServer(lambda: "page", port=int(server.url.rstrip("/").rpartition(":")[2]))


def test_the_board_keeps_the_highest_revision() -> None:
    board = Board()
    assert board.take(make_alert(revision=2))
    assert not board.take(make_alert(revision=1))
    assert not board.take(make_alert(revision=2))
    assert board.standing() == 1
    assert board.take(make_alert(revision=3, status=AlertStatus.RETRACTED))
    assert (board.standing(), len(board.alerts()), board.knows("0011223344556677")) == (0, 1, True)
