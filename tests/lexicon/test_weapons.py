"""What `data/weapons.toml` promises: examples match their entry, counter-examples do not."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.lexicon.phrases import find_owners
from worker.event import Mode
from worker.lexicon.things import KNOWLEDGE, load_weapons, plural

if TYPE_CHECKING:
    from pathlib import Path

ROWS = tomllib.loads((KNOWLEDGE / "weapons.toml").read_text(encoding="utf-8"))["weapon"]
WEAPONS = load_weapons()
ALIASES = {alias: entry.id for entry in WEAPONS.values() for alias in entry.aliases}
NEVER = tuple(phrase for entry in WEAPONS.values() for phrase in entry.never)


def owners(text: str) -> list[str]:
    return find_owners(text, ALIASES, NEVER)


@pytest.mark.parametrize(("weapon", "text"), [(row["id"], text) for row in ROWS for text in row["examples"]])
def test_an_example_names_its_weapon(weapon: str, text: str) -> None:
    assert weapon in owners(text)


@pytest.mark.parametrize(
    ("weapon", "text"), [(row["id"], text) for row in ROWS for text in row.get("counter_examples", ())]
)
def test_a_counter_example_does_not_name_it(weapon: str, text: str) -> None:
    assert weapon not in owners(text)


def test_a_sentence_with_three_weapons_names_each_once() -> None:
    text = (
        "two Iskander-M ballistic missiles, four S-300 anti-aircraft guided missiles, "
        "145 Shahed strike drones as well as numerous decoy drones"
    )
    assert owners(text) == ["iskander-m", "s-300", "shahed-136", "decoy-drone"]


def test_every_entry_is_well_formed() -> None:
    assert len(WEAPONS) >= 120
    for weapon, entry in WEAPONS.items():
        assert weapon == entry.id
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", weapon)
        assert entry.aliases, weapon
        assert not [alias for alias in entry.aliases if alias != alias.strip() or not alias]


def test_generic_words_have_the_ids_that_the_extractor_speaks_of() -> None:
    generic = {"drone", "missile", "ballistic-missile", "rocket", "mortar", "shell", "bomb", "projectile"}
    assert generic <= {entry.id for entry in WEAPONS.values() if entry.generic}


def test_air_defence_is_never_a_way_to_strike() -> None:
    modes = {entry.mode for entry in WEAPONS.values() if entry.weapon_class == "air-defence"}
    assert modes == {Mode.UNSPECIFIED}


@pytest.mark.parametrize("written", ["Kh-101", "Kh 101", "Kh101", "Kh-101s"])
def test_a_designation_is_known_with_and_without_its_hyphen(written: str) -> None:
    assert ALIASES[written] == "kh-101"


@pytest.mark.parametrize(
    ("noun", "expected"),
    [("battery", "batteries"), ("Grad", "Grads"), ("tank", "tanks"), ("torch", "torches"), ("gas", "gas")],
)
def test_plural(noun: str, expected: str) -> None:
    assert plural(noun) == expected


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ('id = "a"\naliases = ["b"]', "'a' is taken"),
        ('id = "B c"\naliases = ["b"]', "not a slug"),
        ('id = "b"\naliases = ["A"]', "belongs to a and to b"),
        ('id = "b"\naliases = ["b"]\nlaunch = "moon"', "launch 'moon'"),
    ],
)
def test_a_wrong_file_is_refused_with_the_entry_named(tmp_path: Path, second: str, message: str) -> None:
    rest = 'name = "x"\nclass = "drone"\nmode = "drone"\n'
    path = tmp_path / "weapons.toml"
    path.write_text(
        f'[[weapon]]\nid = "a"\naliases = ["a"]\n{rest}\n[[weapon]]\n{rest}{second}\n', encoding="utf-8"
    )
    with pytest.raises(ValueError, match=re.escape(message)):
        load_weapons(path)
