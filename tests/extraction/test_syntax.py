"""The tree: offsets, treebank marks, coordination, passives; total on any text."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.extracted import loaded
from worker.extraction.network import Vectors
from worker.extraction.syntax import DEFAULT_MODEL

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import TrainablePipe

    from worker.extraction.tree import Tree


def _tree(text: str) -> Tree:
    _, parser = loaded()
    return parser.parse([text])[0]


def _at(tree: Tree, word: str) -> int:
    return next(t.i for t in tree.tokens if t.text == word)


@pytest.mark.parametrize(
    ("sentence", "form", "lemma"),
    [
        ("Egypt hopes both will agree.", "hopes", "hope"),
        ("Rebels staged an attack.", "staged", "stage"),
        ("They are waging war.", "waging", "wage"),
        ("Clashes raged for hours.", "raged", "rage"),
        ("The port was spared.", "spared", "spare"),
        ("Talks are slated for Monday.", "slated", "slate"),
        ("The talks were deadlocked.", "deadlocked", "deadlock"),
        ("A drone gutted the house.", "gutted", "gut"),
        ("The armies sparred at the border.", "sparred", "spar"),
        ("They overran two bases.", "bases", "base"),
    ],
)
def test_lemmas_are_those_that_news_mean(sentence: str, form: str, lemma: str) -> None:
    """Not "hop", "stag", "wag", "rag", "spar", "slat" and "basis"."""
    tree = _tree(sentence)
    assert tree.tokens[_at(tree, form)].lemma == lemma


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


@pytest.fixture(scope="module")
def pipeline() -> Language:
    """The pipeline as it is delivered."""
    return spacy.load(DEFAULT_MODEL)


SENTENCES = (
    "There is a fragile ceasefire in Gaza, but they're gonna fight on.",
    "Militants ain't leaving the villages they'd seized, y'all.",
    "Russian missiles hit 3 sites near Kharkiv's airport; officials say 12 people were wounded.",
    "Shelling by the army got worse on Tuesday.",
    "The  attack\tkilled nobody.",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_the_rules_say_of_a_word_what_they_say_of_it_in_its_sentence(text: str, pipeline: Language) -> None:
    words = [(t.text, t.lemma_.lower(), t.pos_, t.tag_) for t in pipeline(text)]
    assert [(t.text, t.lemma, t.pos, t.tag) for t in _tree(text).tokens] == words


def test_the_parse_is_that_of_the_parser_as_it_is_delivered(pipeline: Language) -> None:
    _, parser = loaded()
    for text, ours in zip(SENTENCES, parser.parse(SENTENCES), strict=True):
        theirs = pipeline.make_doc(text)
        for token in theirs:
            token.is_sent_start = token.i == 0
        for _, component in pipeline.pipeline:
            theirs = component(theirs)
        assert [(t.head, t.dep) for t in ours.tokens] == [(t.head.i, t.dep_) for t in theirs]


def test_words_have_the_vectors_that_the_network_as_it_is_delivered_gives_them(pipeline: Language) -> None:
    documents = [pipeline.make_doc(text) for text in (*SENTENCES, "", *SENTENCES)]
    network = cast("TrainablePipe", pipeline.get_pipe("tok2vec")).model
    vectors = Vectors(network)
    for texts in (documents[3:], documents):  # some of the words are remembered
        for ours, theirs in zip(vectors.of(texts), network.predict(texts), strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-4)  # they are between -10 and 10


def test_words_have_the_same_vectors_to_the_last_bit_in_any_company(pipeline: Language) -> None:
    documents = [pipeline.make_doc(text) for text in SENTENCES]
    vectors = Vectors(cast("TrainablePipe", pipeline.get_pipe("tok2vec")).model)
    alone = [vectors.of([document])[0] for document in documents]
    for order in (range(5), (4, 2, 0, 3, 1), (1, 1, 3)):
        for n, together in zip(order, vectors.of([documents[n] for n in order]), strict=True):
            np.testing.assert_array_equal(together, alone[n])


def test_the_dictionary_has_words_and_their_regular_forms() -> None:
    _, parser = loaded()
    assert all(map(parser.is_word, ["strike", "strikes", "killing", "agreed", "with"]))
    assert not any(map(parser.is_word, ["zelenskyy", "kramatorsk", ""]))
