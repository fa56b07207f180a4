"""Clauses of time that the parser takes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.extraction.extracted import loaded
from worker.extraction.subordination import with_subordinates

if TYPE_CHECKING:
    from worker.extraction.tree import Tree


def _tree(text: str) -> Tree:
    _, parser = loaded()
    return with_subordinates(parser.parse([text])[0])


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        (
            "Shells hit Khartoum hours after a week-long truce between the army and the RSF was due to begin.",
            "was",
            "truce",
        ),
        (
            "Guns fell silent in Aleppo as a truce between the government and rebels took hold.",
            "took",
            "truce",
        ),
        ("Troops left Gaza as a 72-hour cease-fire went into effect Tuesday.", "went", "fire"),
    ],
)
def test_a_clause_has_its_subject(text: str, verb: str, subject: str) -> None:
    """What opens the clause is no preposition."""
    tree = _tree(text)
    at = next(t.i for t in tree.tokens if t.text == verb)
    assert subject in {tree.tokens[s].text for s in tree.subjects(at)}


@pytest.mark.parametrize(
    "text",
    [
        "Israel bombed Gaza City after the truce with Hamas.",
        "After the attack on the port Russia agreed to a truce.",
        "Troops fired as a warning and left.",
    ],
)
def test_prepositions_stay(text: str) -> None:
    """A phrase with a subject of its own behind it is no clause."""
    assert any(t.dep == "prep" and t.lower in {"after", "as"} for t in _tree(text).tokens)


def test_the_main_clause_is_not_what_the_other_reports() -> None:
    """ "X bombed a village, days after Y declared a truce": Y declares a truce, not that X bombed."""
    tree = _tree(
        "Army aircraft bombed a village in the north, killing ten people, days after the junta declared a ceasefire."
    )
    bombed = next(t for t in tree.tokens if t.text == "bombed")
    declared = next(t for t in tree.tokens if t.text == "declared")
    assert bombed.head == bombed.i
    assert (declared.dep, declared.head) == ("advcl", bombed.i)


@pytest.mark.parametrize(
    ("text", "verb", "subject", "noun"),
    [
        ("They shot down 24 out of 27 drones Russia launched overnight.", "launched", "Russia", "drones"),
        ("Israel intercepted the missiles Iran fired on Sunday.", "fired", "Iran", "missiles"),
    ],
)
def test_a_clause_without_that_has_its_subject_and_its_noun(
    text: str, verb: str, subject: str, noun: str
) -> None:
    tree = _tree(text)
    clause = next(t for t in tree.tokens if t.text == verb)
    assert [tree.tokens[s].text for s in tree.kids(clause.i, "nsubj")] == [subject]
    assert tree.tokens[clause.head].text == noun
