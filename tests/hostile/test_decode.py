"""Messages that are no articles: each is refused with its reason and the place of the fault, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.hostile.corpus import HOSTILE
from tests.hostile.hanging import without_hanging
from worker.wire import InvalidMessage, decode_article, decode_event

NOW = datetime(2025, 3, 19, 13, tzinfo=UTC)


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_refused_with_reason_and_place(name: str) -> None:
    hostile = HOSTILE[name]
    with without_hanging(name), pytest.raises(InvalidMessage) as refused:
        decode_article(hostile.value, received_at=NOW)
    assert (refused.value.reason, refused.value.pointer) == (hostile.reason, hostile.pointer)
    assert len(refused.value.detail) <= 300


@pytest.mark.parametrize("name", HOSTILE)
def test_no_article_is_an_event_either(name: str) -> None:
    with pytest.raises(InvalidMessage):
        decode_event(HOSTILE[name].value)
