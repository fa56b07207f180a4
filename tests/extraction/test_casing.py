"""Texts in capitals are read in the case of running text, offsets kept."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.extracted import loaded, strikes
from worker.article import TextField
from worker.extraction.casing import in_natural_case
from worker.extraction.mention import finder_of
from worker.extraction.segment import Sentence

_DAY = date(1989, 3, 27)


def _natural(text: str, *, below: str = "") -> str:
    """A headline as it is read above a text."""
    lexicon, parser = loaded()
    sentences = tuple(
        Sentence(field=field, start=0, end=len(said), text=said, paragraph=0)
        for field, said in ((TextField.TITLE, text), (TextField.TEXT, below))
    )
    return in_natural_case(sentences, _DAY, lexicon, finder_of(lexicon), parser.is_word)[0].text


def test_names_keep_their_capitals() -> None:
    found = _natural("FARC REBELS ATTACKED AN ARMY PATROL IN COLOMBIA ON SUNDAY.")
    assert found == "FARC rebels attacked an army patrol in Colombia on sunday."


def test_running_text_stays_as_it_is() -> None:
    text = "The IDF and NATO said the RSF and SAF had met."
    assert _natural(text) == text


@pytest.mark.parametrize(
    ("set_like_a_title", "as_in_running_text"),
    [
        (
            "Myanmar Army Hits Hospital In Rakhine, Killing 31",
            "Myanmar army hits hospital in Rakhine, killing 31",
        ),
        (
            "Truce Begins On Friday In El Fasher And Khan Yunis",
            "Truce begins on Friday in El Fasher and Khan Yunis",
        ),
        ("RSF Rejects US-Proposed Truce", "RSF rejects US-proposed truce"),
        ("Kurdish Fighters Attack Ships In Red Sea", "Kurdish fighters attack ships in Red Sea"),
    ],
)
def test_headlines_set_like_titles_are_read_as_running_text(
    set_like_a_title: str, as_in_running_text: str
) -> None:
    assert _natural(set_like_a_title) == as_in_running_text


def test_what_the_text_writes_with_a_capital_is_a_name() -> None:
    headline = "Rice Meets Rebels As Shelling Goes On"
    assert _natural(headline, below="On Monday Rice met them.") == "Rice meets rebels as shelling goes on"
    assert _natural("Talks With Rice Begin", below="Envoys met Rice.") == "Talks with Rice begin"
    assert _natural("Talks With Rice Begin", below="They talked of rice.") == "Talks with rice begin"


def test_a_name_of_two_words_is_no_headline() -> None:
    assert _natural("Sergeant Field") == "Sergeant Field"


def test_evidence_is_in_the_words_of_the_article() -> None:
    text = "RUSSIAN FORCES ATTACKED THE UKRAINIAN CITY OF KHARKIV WITH MISSILES."
    (event,) = strikes(text)
    assert [a.id for a in event.actors] == ["RUS"]
    assert event.evidence[0].text == text


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll", "Zs", "Po")), max_size=60))
def test_length_is_kept(text: str) -> None:
    assert len(_natural(text)) == len(text)
