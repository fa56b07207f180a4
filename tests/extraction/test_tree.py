"""Who does what a verb says, where the words of the sentence stand apart from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.extraction.parsed import view_of


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        # whoever is told to do something does it
        ("France urged Azerbaijan to halt its offensive.", "halt", "Azerbaijan"),
        ("Washington pressed Pakistan to agree to a ceasefire.", "agree", "Pakistan"),
        ("The African Union called on the RSF to observe a truce.", "observe", "RSF"),
        ("Jordan persuaded Hamas to release ten captives.", "release", "Hamas"),
        # kept from it, he is still the one who would have done it
        ("Washington kept Pakistan from striking the base.", "striking", "Pakistan"),
        ("France prevented Turkey from shelling Kobani.", "shelling", "Turkey"),
        ("India accused Pakistan of shelling Poonch.", "shelling", "Pakistan"),
        # a promise is one's own, and so is what one does after talking to somebody
        ("Israel promised Egypt to stop the bombing.", "stop", "Israel"),
        ("Russia agreed with Turkey to halt the fighting.", "halt", "Russia"),
        ("Iran met Iraq after striking the base.", "striking", "Iran"),
        ("The film shows a drone circling a tank before destroying it.", "destroying", "drone"),
    ],
)
def test_who_does_what_an_infinitive_or_a_gerund_says(text: str, verb: str, subject: str) -> None:
    tree = view_of(text).tree
    at = next(t.i for t in tree.tokens if t.text == verb)
    assert [tree.tokens[s].text for s in tree.subjects(at)] == [subject]


def test_a_tree_knows_the_token_at_each_offset_of_the_sentence_and_at_no_other() -> None:
    view = view_of("Rebels  shelled a town; nobody was hurt.")
    tree, text = view.tree, view.sentence.text
    for offset in range(-3, len(text) + 3):
        covering = [t.i for t in tree.tokens if t.start <= offset < t.end]
        assert tree.at(offset) == (covering[0] if covering else None)
    assert {"rebels", ";", "was"} <= tree.words
    assert {"shell", "be", "town"} <= tree.lemmas


def test_a_change_that_would_close_a_circle_is_none() -> None:
    """Whoever climbs such a tree would climb for ever."""
    tree = view_of("Shelling that hit eight houses killed three people in Gaza.").tree
    root = next(t for t in tree.tokens if t.head == t.i)
    below = next(t for t in tree.tokens if t.i != root.i and root.i in tree.ancestors(t.i))
    assert tree.with_tokens(replace(root, dep="pobj", head=below.i)) is tree
    assert tree.with_tokens(replace(below, dep="dobj")).tokens[below.i].dep == "dobj"
