"""Copies of one text are one source and different texts are not, at the threshold that the correlation uses."""

from __future__ import annotations

import pytest

from tests.eval.near_duplicates import EDITS, copies, quoting, strangers, texts, with_whole_articles
from worker.correlation import Policy

THRESHOLD = Policy().copy_similarity
FOUND = {
    "other dateline": 1.0,
    "last quarter cut": 1.0,
    "outlet's suffix": 1.0,
    "teasers before it": 1.0,
    "hard-wrapped capitals": 1.0,
    "words replaced": 0.95,
    "every fifth sentence dropped": 1.0,
    "as an HTML page": 1.0,
    "last half cut": 0.8,
    "other lead": 0.5,
    "a desk's edit (all of these in part)": 0.25,
}
"""The least share of copies to be recognised, by edit; the last two change most of a text of three sentences."""


def test_every_edit_has_its_share() -> None:
    assert set(FOUND) == set(EDITS)


@pytest.mark.parametrize("edit", EDITS)
def test_edited_copies_are_recognised(edit: str) -> None:
    alike = [value for name, value in copies(with_whole_articles(texts())) if name == edit]
    assert sum(value >= THRESHOLD for value in alike) >= FOUND[edit] * len(alike)


def test_different_texts_are_never_taken_for_copies_not_even_where_one_quotes_the_other() -> None:
    articles = texts()
    assert max(strangers(articles)) < THRESHOLD / 2
    assert max(quoting(articles, 0.2)) < THRESHOLD
    assert max(quoting(articles, 1 / 3)) < THRESHOLD
