"""Acronyms that an article introduces for somebody else than the lexicon knows by them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extraction.extracted import day, loaded, strikes
from worker.extraction.acronyms import of_others
from worker.extraction.mention import finder_of

TODAY = date(2025, 3, 19)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Commandos of the Special Action Force (SAF) were killed.", {"SAF"}),
        # the known bearer, spelt otherwise, named by its state, or not introduced at all
        ("The Sudanese Armed Forces (SAF) bombed Nyala.", set()),
        ("People's Defense Force (PDF) fighters took the town.", set()),
        ("The director of the US Central Intelligence Agency (CIA) met envoys.", set()),
        ("The army (SAF) bombed Nyala.", set()),
        # an acronym that nobody is known by
        ("The Syrian Observatory for Human Rights (XYZ) said so.", set()),
    ],
)
def test_acronyms_of_others(text: str, others: set[str]) -> None:
    assert of_others(text, finder_of(loaded()[0]), TODAY) == others


def test_they_name_nobody_known_in_that_article() -> None:
    text = (
        "Officers of the Special Action Force (SAF) were killed in a firefight with the MILF in Maguindanao, the "
        "Philippines. The SAF had hunted two men of the MILF."
    )
    assert "SDN" not in {a.id for e in strikes(text, on=day(2015, 1, 30)) for a in (*e.actors, *e.recipients)}
