"""A worker under a flood of hostile messages: every good article is read, every other one put aside untouched."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.hostile.corpus import HOSTILE
from tests.integration.harness import WorkerProcess, events_of, eventually, letters_of, settings_on
from tests.streaming.fakes import make_article
from worker.streaming.stopping import ExitCode
from worker.tools.clients import producer
from worker.tools.dead_letters import Filter, read_dead_letters, replay_dead_letters
from worker.tools.topics import create_topics
from worker.wire import Reason, encode_article

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from worker.settings import Settings
    from worker.tools.embedded import EmbeddedBroker
    from worker.wire import DeadLetter

pytestmark = pytest.mark.broker

LARGEST = 900_000
"""Bytes of a message that a broker takes by default."""
FLOOD = {name: each for name, each in HOSTILE.items() if len(each.value or b"") < LARGEST}
STRIKE = "strike RUS UKR 2025-03-19T02:00"


@pytest.fixture
def settings(embedded: EmbeddedBroker, tmp_path: Path) -> Settings:
    return settings_on(
        embedded.address, embedded=True, state_dir=tmp_path / "state", unexpected_limit=4, extract_batch=8
    )


def send(settings: Settings, values: Iterable[tuple[str, bytes | None]]) -> None:
    """Send values with the name of the case as key and header."""
    client = producer(settings)
    for name, value in values:
        client.send(settings.articles, key=name.encode(), value=value, headers=[("case", name.encode())])
    client.flush(60)
    client.close()


def test_the_flood_costs_no_good_article(settings: Settings, tmp_path: Path) -> None:
    create_topics(settings)
    good = {f"good {name}": encode_article(make_article(f"good {n}", STRIKE)) for n, name in enumerate(FLOOD)}
    mixed = [pair for name, each in FLOOD.items()
             for pair in ((name, each.value), (f"good {name}", good[f"good {name}"]))]  # fmt: skip
    with WorkerProcess(settings, tmp_path) as worker:
        send(settings, mixed)
        worker.until_ready()
        eventually(
            lambda: (
                len(events_of(settings)) >= len(good)
                and len(letters_of(settings, settings.articles)) >= len(FLOOD)
            ),
            timeout=60,
            what=lambda: worker.log[-3000:],
        )
        assert worker.terminate() == ExitCode.OK
    assert sorted(e.article.id for e in events_of(settings)) == sorted(f"good {n}" for n in range(len(good)))
    letters = letters_of(settings, settings.articles)
    found = {(letter.origin.key or b"").decode(): letter for letter in letters}
    assert len(letters) == len(FLOOD)
    for name, each in FLOOD.items():
        check(found[name], name)
        assert (found[name].reason, found[name].pointer) == (each.reason, each.pointer)
        assert found[name].origin.value == each.value
    assert_filters_select(settings, letters)


def check(letter: DeadLetter, name: str) -> None:
    """Whatever the message was, the letter says all that came with it."""
    assert letter.origin.headers == (("case", name.encode()),)
    assert letter.origin.offset >= 0
    assert letter.origin.timestamp is not None
    assert letter.attempt == 1
    assert letter.engine


def assert_filters_select(settings: Settings, letters: list[DeadLetter]) -> None:
    """Each filter gives exactly the letters that it names."""
    for reason in {letter.reason for letter in letters}:
        chosen = [found.letter for found in read_dead_letters(settings, Filter(reason=reason))]
        assert len(chosen) == sum(letter.reason is reason for letter in letters)
        assert {letter.reason for letter in chosen if letter is not None} == {reason}
    engine = letters[0].engine
    assert len(list(read_dead_letters(settings, Filter(engine=engine)))) == len(letters)
    assert not list(read_dead_letters(settings, Filter(engine="another")))


def test_the_breaker_stops_a_worker_that_fails_on_everything(settings: Settings, tmp_path: Path) -> None:
    create_topics(settings)
    failing = [(f"a{n}", encode_article(make_article(f"a{n}", "fail"))) for n in range(40)]
    with WorkerProcess(settings, tmp_path) as worker:
        send(settings, failing)
        assert worker.wait(60) == os.EX_SOFTWARE
        assert "failed unexpectedly" in worker.log
        assert "TRUCEWATCH_UNEXPECTED_LIMIT" in worker.log
        first = len(letters_of(settings, settings.articles))
        assert first < len(failing)
        worker.start()
        assert worker.wait(60) == os.EX_SOFTWARE
    put_aside = {letter.origin.key for letter in letters_of(settings, settings.articles)}
    assert len(put_aside) < len(failing)


def test_a_replay_is_idempotent_and_counts_attempts(settings: Settings, tmp_path: Path) -> None:
    create_topics(settings)
    with WorkerProcess(settings, tmp_path) as worker:
        send(settings, [("bad", b"{"), ("worse", b"[]"), ("a1", encode_article(make_article("a1", STRIKE)))])
        eventually(
            lambda: len(letters_of(settings, settings.articles)) == 2,
            timeout=60,
            what=lambda: worker.log[-3000:],
        )
        (letter,) = read_dead_letters(settings, Filter(reason=Reason.NOT_JSON))
        wanted = Filter(topic=letter.topic, partition=letter.partition, offset=letter.offset)
        done = [replay_dead_letters(settings, wanted) for _ in range(3)]
        assert [(each.sent, each.already) for each in done] == [(1, 0), (0, 1), (0, 1)]
        eventually(
            lambda: len(letters_of(settings, settings.articles)) == 3,
            timeout=60,
            what=lambda: worker.log[-3000:],
        )
        assert worker.terminate() == ExitCode.OK
    again = [letter for letter in letters_of(settings, settings.articles) if letter.attempt == 2]
    assert [(letter.origin.key, letter.origin.value, letter.reason) for letter in again] == [
        (b"bad", b"{", Reason.NOT_JSON)
    ]
    assert {event.article.id for event in events_of(settings)} == {"a1"}
