"""Clauses of time that the parser takes apart."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.extracted import loaded
from worker.extraction import repairs
from worker.extraction.subordination import with_subordinates
from worker.extraction.tree import Token, Tree

_KINDS = {
    "NNP": ("Russia", "PROPN", ("appos", "nsubj", "conj", "pobj")),
    "NNS": ("drones", "NOUN", ("nsubj", "dobj", "pobj", "conj", "npadvmod")),
    "VBD": ("attacked", "VERB", ("advcl", "ccomp", "conj", "relcl", "parataxis")),
    "VBG": ("starting", "VERB", ("ccomp", "csubj", "acl", "advcl")),
    "IN": ("after", "ADP", ("prep", "mark")),
    "NN": ("call", "NOUN", ("pobj", "dobj", "conj")),
    "VB": ("halt", "VERB", ("acl", "xcomp", "conj")),
    "CC": ("and", "CCONJ", ("cc",)),
    ",": (",", "PUNCT", ("punct",)),
    ":": (";", "PUNCT", ("punct",)),
    "VBG of attacks": ("shelling", "VERB", ("conj", "pcomp", "xcomp")),
    "WDT": ("that", "PRON", ("nsubj",)),
    "VBD of claims": ("claimed", "VERB", ("advcl", "ccomp", "conj")),
    "JJ": ("other", "ADJ", ("amod",)),
    "JJ of breaches": ("breached", "ADJ", ("amod",)),
    "NN of attacks": ("shelling", "NOUN", ("amod", "dobj")),
    "IN of": ("of", "ADP", ("prep",)),
    "VBP": ("deal", "VERB", ("ccomp", "conj")),
    "NN of meetings": ("meet", "NOUN", ("dobj", "conj")),
}
"""Words by tag (and a note after it), with what they may be in a tree."""
_PIECES = (
    ("NNS", "NNP", "VBD"),
    ("VBG", "NNS", "VBD"),
    ("IN", "NNP"),
    ("NNP",),
    ("VBD",),
    ("VBD", ":", "NNP", "VBD"),
    ("IN", "NN", "IN", "NNP", "VB"),
    ("NNP", ",", "NNP", "VBD"),
    ("VBD", "NNP", "CC", "NN"),
    ("VBD", "IN", "NNS", "VBG of attacks", "WDT"),
    ("VBD of claims", "JJ", "JJ of breaches", "NN"),
    ("NNP", "NN of attacks", "IN of", "NNP"),
    ("VBD", "NN", "VBP"),
    ("NNP", "NN of meetings"),
)


def _tree(text: str) -> Tree:
    _, parser = loaded()
    return with_subordinates(repairs.with_subjects(parser.parse([text])[0]))


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
        (
            "RSF commander Hemedti declares a unilateral three-month humanitarian truce a day after army chief al-Burhan rejected a proposal by the Quad.",
            "rejected",
            "chief",
        ),
        ("The RSF declares a truce; the army rejects the latest US proposal.", "declares", "RSF"),
        ("Pakistan, Afghanistan meet in Doha after truce is broken", "meet", "Pakistan"),
        (
            "Ukraine struck an oil refinery in Samara and Russia hit a power plant in Kharkiv, officials said.",
            "hit",
            "Russia",
        ),
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
    ("text", "word", "dep", "head"),
    [
        # side by side, not the one the report of the other
        (
            "The RSF declares a truce; the army rejects the latest US proposal.",
            "declares",
            "ROOT",
            "declares",
        ),
        # what was agreed, not what was called for
        ("Putin agrees in a call with Trump to halt strikes on Ukraine.", "halt", "xcomp", "agrees"),
        # what is signed, what the other did, what goes on
        (
            "The Israeli and Hamas teams sign the hostage release and ceasefire deal in Doha.",
            "deal",
            "dobj",
            "sign",
        ),
        ("Israel strikes Gaza as both sides claim the other breached truce.", "truce", "dobj", "breached"),
        ("RSF shelling of towns prompts fears of famine.", "shelling", "nsubj", "prompts"),
        # killed as well
        ("The strike killed Hassan Nasrallah and at least 30 other people.", "people", "conj", "Nasrallah"),
    ],
)
def test_what_is_hung_on_the_wrong_word_is_hung_on_the_right_one(
    text: str, word: str, dep: str, head: str
) -> None:
    tree = _tree(text)
    found = next(t for t in tree.tokens if t.text == word)
    assert (found.dep, tree.tokens[found.head].text) == (dep, head)


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


@st.composite
def _any_trees(draw: st.DrawFn) -> Tree:
    """Trees such as few parsers give, of the words that are set right: any below any, but without a circle."""
    tags = [
        tag for piece in draw(st.lists(st.sampled_from(_PIECES), min_size=2, max_size=4)) for tag in piece
    ]
    first, *rest = draw(st.permutations(range(len(tags))))
    heads = {first: first}
    for i in rest:
        beside = i - 1 in heads and draw(st.booleans())
        heads[i] = i - 1 if beside else draw(st.sampled_from(sorted(heads)))
    tokens = []
    for i, tag in enumerate(tags):
        word, pos, labels = _KINDS[tag]
        dep = "ROOT" if heads[i] == i else draw(st.sampled_from(labels))
        start, lower = 9 * i, word.lower()
        lemma = lower.removesuffix("ing").removesuffix("ed").removesuffix("s")
        tokens.append(
            Token(i, start, start + len(word), word, lower, lemma, pos, tag.split()[0], dep, heads[i])
        )
    return Tree(tuple(tokens))


@settings(max_examples=1000)
@given(_any_trees())
def test_what_is_set_right_is_still_a_tree(tree: Tree) -> None:
    """A circle would have everybody who climbs a tree climb for ever."""
    right = with_subordinates(repairs.with_subjects(tree))
    for token in right.tokens:
        above = list(islice(right.ancestors(token.i), len(right.tokens)))
        assert len(above) < len(right.tokens)


def test_two_lots_of_people_that_are_all_of_a_heading() -> None:
    """ "Four Armenian and three Azerbaijani soldiers" with the last as root: the first becomes it, and nothing a circle."""
    read = (
        ("four", "CD", "nummod", 1),
        ("Armenian", "NNP", "amod", 5),
        ("and", "CC", "cc", 1),
        ("three", "CD", "conj", 1),
        ("Azerbaijani", "NNP", "amod", 5),
        ("soldiers", "NNS", "ROOT", 5),
    )
    tokens = (
        Token(i, 12 * i, 12 * i + len(word), word, word.lower(), word.lower(), "NOUN", tag, dep, head)
        for i, (word, tag, dep, head) in enumerate(read)
    )
    right = repairs.with_subjects(Tree(tuple(tokens)))
    assert [t.head for t in right.tokens] == [1, 1, 1, 5, 5, 1]
