"""What `data/sites.toml` promises: examples match their type, counter-examples do not."""

from __future__ import annotations

import tomllib

import pytest

from tests.lexicon.phrases import find_owners
from worker.event import SiteType
from worker.lexicon.things import KNOWLEDGE, load_sites

ROWS = tomllib.loads((KNOWLEDGE / "sites.toml").read_text(encoding="utf-8"))["site"]
SITES = load_sites()
NOUNS = {noun: str(entry.type) for entry in SITES for noun in entry.nouns}
NEVER = tuple(phrase for entry in SITES for phrase in entry.never)


def owners(text: str) -> list[str]:
    return find_owners(text, NOUNS, NEVER)


def test_every_type_of_site_has_one_entry() -> None:
    assert sorted(entry.type for entry in SITES) == sorted(SiteType)


@pytest.mark.parametrize(("kind", "text"), [(row["type"], text) for row in ROWS for text in row["examples"]])
def test_an_example_names_its_type(kind: str, text: str) -> None:
    assert kind in owners(text)


@pytest.mark.parametrize(
    ("kind", "text"), [(row["type"], text) for row in ROWS for text in row.get("counter_examples", ())]
)
def test_a_counter_example_does_not_name_it(kind: str, text: str) -> None:
    assert kind not in owners(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian drones damaged the electricity system that powers railways", ["energy", "transport"]),
        ("a nuclear power plant and a power plant", ["nuclear", "energy"]),
        ("an aid convoy, not a convoy", ["humanitarian", "military"]),
        ("residential buildings and healthcare facilities", ["residential", "hospital"]),
        ("a school bus hit by shelling", ["transport"]),
    ],
)
def test_the_longest_noun_decides(text: str, expected: list[str]) -> None:
    assert owners(text) == expected
