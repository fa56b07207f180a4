"""Modes: the weapon before the verb, and who acts where nothing else says."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import strikes


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Russian forces bombarded Mariupol in Ukraine with missiles.", "missile"),
        ("Russian forces bombarded Mariupol in Ukraine.", "artillery"),
        ("Russian guided bombs hit Kharkiv in Ukraine.", "airstrike"),
        ("Israel bombed Gaza City.", "airstrike"),
        ("Russian guided bomb attacks killed two people in Kharkiv, Ukraine.", "airstrike"),
        ("Israeli bombing raids killed ten people in Gaza City.", "airstrike"),
        ("A suicide bomber attacked Afghan troops in Kabul, killing six.", "bombing"),
        ("Israeli soldiers killed three Palestinians in Jenin.", "ground"),
        ("Israeli warplanes attacked Tyre in Lebanon.", "airstrike"),
        ("Hezbollah launched drone strikes on two Israeli bases in Acre.", "drone"),
        ("A Russian strike on Kharkiv, Ukraine, killed three people.", "unspecified"),
    ],
)
def test_mode(text: str, mode: str) -> None:
    """What was used decides, then what was done, then who did it."""
    assert strikes(text)[0].mode == mode
