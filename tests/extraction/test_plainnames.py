"""Plainer names in place of those that the parser gets wrong, and the tree put back on the words as written."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import loaded, told
from worker.extraction.plainnames import with_plain_names

LONG = "Islamic State of Iraq and the Levant"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (f"Clashes between the {LONG} and the army", "Clashes between the Hamas and the army"),
        (f"{LONG} and {LONG}", "Hamas and Hamas"),
        (f"{LONG}ine", f"{LONG}ine"),
        ("Trump hopes for a truce", "Biden hopes for a truce"),
        ("Trumpeters and drummers", "Trumpeters and drummers"),
        ("Russia and Ukraine", "Russia and Ukraine"),
        ("", ""),
    ],
)
def test_names_of_two_parts_and_names_that_are_verbs(written: str, plain: str) -> None:
    lexicon, _ = loaded()
    assert with_plain_names(written, lexicon).text == plain


@pytest.mark.parametrize(
    "written",
    [
        f"Fighting between the {LONG} and Iraqi forces killed twelve people near Hit.",
        f"Trump said that {LONG} fighters and the Justice and Equality Movement met.",
        f"An anti-{LONG}-led group, ({LONG}) and {LONG}.",
        "Nothing to change here.",
    ],
)
def test_the_tree_stands_on_the_words_as_written(written: str) -> None:
    lexicon, parser = loaded()
    plain = with_plain_names(written, lexicon)
    tree = plain.as_written(parser.parse([plain.text])[0])
    assert [written[t.start : t.end] for t in tree.tokens] == [t.text for t in tree.tokens]
    assert all(t.lower == t.text.lower() for t in tree.tokens)


def test_a_group_with_an_and_in_its_name_fights_as_one() -> None:
    told_of = told(f"Fighting between the {LONG} and Iraqi government forces killed 12 people near Hit.")
    assert {(a.id, r.id) for e in told_of for a in e.actors for r in e.recipients} == {
        ("isis", "IRQ"),
        ("IRQ", "isis"),
    }
