"""What is encoded comes back equal, and what is written obeys the schema."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from worker.wire import (
    DeadLetter,
    Origin,
    Reason,
    decode_alert,
    decode_article,
    decode_dead_letter,
    decode_event,
    encode_alert,
    encode_article,
    encode_dead_letter,
    encode_event,
    loads,
)
from worker.wire.schemas import ALERT, ARTICLE, DEAD_LETTER, EVENT, check

if TYPE_CHECKING:
    from worker.alert import Alert
    from worker.article import Article
    from worker.event import Event

LATER = datetime(2200, 1, 1, tzinfo=UTC)


@given(strategies.articles())
def test_article(article: Article) -> None:
    value = encode_article(article)
    assert decode_article(value, received_at=LATER) == article
    check(ARTICLE, loads(value))


@given(strategies.events())
def test_event(event: Event) -> None:
    value = encode_event(event)
    assert decode_event(value) == event
    check(EVENT, loads(value))


@given(strategies.alerts())
def test_alert(alert: Alert) -> None:
    value = encode_alert(alert)
    assert decode_alert(value) == alert
    check(ALERT, loads(value))


def origins() -> st.SearchStrategy[Origin]:
    """Messages of any bytes."""
    return st.builds(
        Origin,
        topic=strategies.ids(),
        partition=strategies.numbers(),
        offset=strategies.numbers(),
        timestamp=strategies.optional(strategies.times()),
        key=strategies.optional(st.binary(max_size=20)),
        value=strategies.optional(st.binary(max_size=200)),
        headers=strategies.some(st.tuples(strategies.texts(), strategies.optional(st.binary(max_size=20)))),
    )


def dead_letters() -> st.SearchStrategy[DeadLetter]:
    """Dead letters for every reason."""
    return st.builds(
        DeadLetter,
        reason=strategies.members(Reason),
        detail=strategies.texts(),
        pointer=strategies.optional(strategies.texts()),
        exception=strategies.texts(),
        traceback=strategies.optional(strategies.texts()),
        origin=origins(),
        attempt=strategies.numbers(),
        first_failed_at=strategies.times(),
        engine=strategies.texts(),
    )


@given(dead_letters())
def test_dead_letter(letter: DeadLetter) -> None:
    value = encode_dead_letter(letter)
    assert decode_dead_letter(value) == letter
    check(DEAD_LETTER, loads(value))
