"""The tree: offsets, treebank marks, coordination, passives; total on any text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.extracted import loaded

if TYPE_CHECKING:
    from worker.extraction.tree import Tree


def _tree(text: str) -> Tree:
    _, parser = loaded()
    return parser.parse([text])[0]


def _at(tree: Tree, word: str) -> int:
    return next(t.i for t in tree.tokens if t.text == word)


def test_brackets_of_a_treebank_are_brackets_and_keep_their_offsets() -> None:
    text = "Libya -LRB- Reuters -RRB- - Rebels said , `` We won . ''"
    tree = _tree(text)
    words = {t.text: text[t.start : t.end] for t in tree.tokens}
    assert words["("] == "-LRB-"
    assert words[")"] == "-RRB-"
    assert words['"'] in {"``", "''"}
    assert words["Rebels"] == "Rebels"


def test_conjuncts_in_order() -> None:
    tree = _tree("Russia fired drones, missiles and rockets.")
    assert [tree.tokens[i].text for i in tree.conjuncts(_at(tree, "drones"))] == [
        "drones",
        "missiles",
        "rockets",
    ]


def test_a_passive_has_its_agent() -> None:
    tree = _tree("The port was shelled by Russian artillery.")
    verb = _at(tree, "shelled")
    assert tree.is_passive(verb)
    assert [tree.tokens[i].text for i in tree.prep_objects(verb, "by")] == ["artillery"]


def test_what_stands_beside_a_sentence_changes_nothing_about_its_tree() -> None:
    _, parser = loaded()
    text = "Ukraine shot down 40 drones."
    assert parser.parse(["Peace.", text, "Israel struck."])[1] == parser.parse([text])[0]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_a_tree_with_exact_offsets(text: str) -> None:
    tree = _tree(text)
    for token in tree.tokens:
        assert 0 <= token.start <= token.end <= len(text)
        assert token.i in tree.subtree(token.i)
        assert tree.head_of(token.start, token.end) in {token.i, None}
        list(tree.ancestors(token.i))
        tree.subjects(token.i)
