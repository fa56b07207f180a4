"""Every example of the cue file goes through the extraction: what opens a strike opens one, what only looks like it does not."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import strikes
from worker.event import Status
from worker.lexicon.cues import read_cues

_TOLD = {Status.ASSERTED, Status.CLAIMED}
_ENTRIES = [*read_cues()["strike_verb"], *read_cues()["strike_noun"]]


def _told(text: str) -> list[str]:
    return [str(e.mode) for e in strikes(text) if e.assertion.status in _TOLD]


@pytest.mark.parametrize("text", [t for entry in _ENTRIES for t in entry["examples"]])
def test_an_example_gives_a_strike(text: str) -> None:
    assert _told(text)


@pytest.mark.parametrize("text", [t for entry in _ENTRIES for t in entry["counter_examples"]])
def test_a_counter_example_gives_none(text: str) -> None:
    assert _told(text) == []


def test_every_entry_has_an_example() -> None:
    assert all(entry["examples"] for entry in _ENTRIES)
