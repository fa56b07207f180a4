"""Who is said, a sentence later, to be behind an attack."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extraction.extracted import pairs, told

_BLAST = "A bomb kills nine people in Ankara."


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (f"{_BLAST} The government blamed the PKK for the blast.", "pkk"),
        (f"{_BLAST} The attack is blamed on Islamic State.", "isis"),
        (f"{_BLAST} Islamic State claimed responsibility.", "isis"),
        (f"{_BLAST} Responsibility was claimed by Islamic State.", "isis"),
        (f"{_BLAST} Officials say that Islamic State was behind it.", "isis"),
        (
            "Thirty people are shot dead in a village near Maiduguri, Nigeria. Boko Haram is blamed.",
            "boko-haram",
        ),
    ],
)
def test_the_author_is_named_afterwards(text: str, actor: str) -> None:
    """An attack by nobody named is the attack of whoever is blamed for it just after."""
    found = told(text, on=datetime(2016, 3, 14, 12, tzinfo=UTC))
    assert any(a.id == actor and not a.inferred for e in found for a in e.actors)


def test_the_author_is_named_in_the_same_sentence() -> None:
    """Who speaks of an attack says whose it was."""
    text = "Drones damaged two houses near Moscow, said the city's mayor, who blamed Ukraine for the attack."
    assert pairs(text, on=datetime(2023, 7, 30, 12, tzinfo=UTC)) == {("UKR", "RUS")}


@pytest.mark.parametrize(
    "text",
    [
        f"{_BLAST} No group has claimed responsibility.",
        f"{_BLAST} The government blamed Iran for the fall of the lira.",
        f"{_BLAST} Iran was not behind it, officials say.",
        f"{_BLAST} Islamic State denied responsibility.",
        "Turkish jets bomb PKK camps in northern Iraq. The PKK is blamed for a fall in tourism.",
    ],
)
def test_nobody_is_named(text: str) -> None:
    """What is denied, or blamed for something else, names no author; an attacker who was named stays."""
    found = told(text, on=datetime(2016, 3, 14, 12, tzinfo=UTC))
    named = {a.id for e in found for a in e.actors if not a.inferred}
    assert not named & {"isis", "IRN"}
    assert "pkk" not in {a.id for e in found for a in e.actors if "TUR" in named}
