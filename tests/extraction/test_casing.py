"""Texts in capitals are read in the case of running text, offsets kept."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.extracted import loaded, strikes
from worker.article import TextField
from worker.extraction.casing import in_natural_case
from worker.extraction.mention import finder_of
from worker.extraction.segment import Sentence

_DAY = date(1989, 3, 27)


def _natural(text: str) -> str:
    lexicon, _ = loaded()
    sentence = Sentence(field=TextField.TEXT, start=0, end=len(text), text=text, paragraph=0)
    return in_natural_case((sentence,), _DAY, lexicon, finder_of(lexicon))[0].text


def test_names_keep_their_capitals() -> None:
    found = _natural("FARC REBELS ATTACKED AN ARMY PATROL IN COLOMBIA ON SUNDAY.")
    assert found == "FARC rebels attacked an army patrol in Colombia on sunday."


def test_running_text_stays_as_it_is() -> None:
    text = "The IDF and NATO said the RSF and SAF had met."
    assert _natural(text) == text


def test_evidence_is_in_the_words_of_the_article() -> None:
    text = "RUSSIAN FORCES ATTACKED THE UKRAINIAN CITY OF KHARKIV WITH MISSILES."
    (event,) = strikes(text)
    assert [a.id for a in event.actors] == ["RUS"]
    assert event.evidence[0].text == text


@given(st.text(alphabet=st.characters(categories=("Lu", "Zs", "Po")), max_size=60))
def test_length_is_kept(text: str) -> None:
    assert len(_natural(text)) == len(text)
