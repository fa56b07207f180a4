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
        ("Hezbollah fighters fired 12 projectiles at northern Israel.", "artillery"),
        ("Russian guided bomb attacks killed two people in Kharkiv, Ukraine.", "airstrike"),
        ("Israeli bombing raids killed ten people in Gaza City.", "airstrike"),
        ("A suicide bomber attacked Afghan troops in Kabul, killing six.", "bombing"),
        ("Israeli soldiers killed three Palestinians in Jenin.", "ground"),
        ("Israeli warplanes attacked Tyre in Lebanon.", "airstrike"),
        ("Hezbollah launched drone strikes on two Israeli bases in Acre.", "drone"),
        ("A Russian strike on Kharkiv, Ukraine, killed three people.", "unspecified"),
        # groups plant bombs, states drop them
        ("Al-Shabaab bombs several shops in Mogadishu.", "bombing"),
        ("The PKK bombed a police station in Diyarbakir, Turkey.", "bombing"),
        ("Myanmar's army bombed Arakan Army positions in Rakhine.", "airstrike"),
        # soldiers raid on foot
        ("Three Palestinians were killed in an Israeli army raid in Jenin.", "ground"),
        ("Two Palestinians were killed in a raid by Israeli forces on Tulkarm.", "ground"),
        ("A Turkish raid on a PKK camp in northern Iraq killed four fighters.", "unspecified"),
    ],
)
def test_mode(text: str, mode: str) -> None:
    """What was used decides, then what was done, then who did it."""
    assert strikes(text)[0].mode == mode
