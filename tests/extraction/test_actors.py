"""Who is meant: names, organs of states, groups, and references back."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import strikes

_SETTING = "The Sudanese army and the Rapid Support Forces have fought since April. "


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The Israel Defense Forces bombed a building in Gaza City.", {"ISR"}),
        ("Forces loyal to Khalifa Haftar attacked Libyan government troops near Tripoli.", {"lna"}),
        ("Lebanon's Hezbollah fired rockets at northern Israel.", {"hezbollah"}),
        ("Kurdish fighters of the SDF attacked Turkish soldiers in Manbij.", {"sdf"}),
        ("The Kremlin's forces struck Odesa with missiles.", {"RUS"}),
    ],
)
def test_named(text: str, actors: set[str]) -> None:
    assert {a.id for e in strikes(text) for a in e.actors} == actors


def test_the_army_is_that_of_the_state_at_war() -> None:
    found = strikes(_SETTING + "The army bombed RSF positions in Khartoum.")
    assert "SDN" in {a.id for e in found for a in e.actors}


def test_the_group_is_the_one_named_before() -> None:
    text = "Israel warned Hezbollah on Monday. Hours later the group fired rockets at Haifa in Israel."
    assert {a.id for e in strikes(text) for a in e.actors} == {"hezbollah"}


def test_militants_without_a_name_are_never_a_state() -> None:
    text = "Militants attacked a Pakistani army post near the border with Afghanistan, killing five soldiers."
    assert "AFG" not in {a.id for e in strikes(text) for a in e.actors}


def test_they_in_a_quotation_is_not_who_was_named() -> None:
    text = 'President Trump said: "They killed an Israeli soldier." Hamas and Israel traded blame.'
    assert "USA" not in {a.id for e in strikes(text) for a in e.actors}


def test_civilians_attack_nobody() -> None:
    text = "Russian civilians attacked Ukrainian officials in Kherson."
    assert not [a for e in strikes(text) for a in e.actors if not a.inferred]


def test_warships_of_a_navy_are_of_its_state() -> None:
    text = "The USS Carney shot down two Houthi drones over the Red Sea."
    assert {(a.id, r.id) for e in strikes(text) for a in e.actors for r in e.recipients} == {
        ("houthis", "USA")
    }


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Yemen's Houthis spoke on Sunday. They fired two missiles at Israel.", "houthis"),
        ("Lebanon's Hezbollah issued a statement. It fired rockets at Haifa in Israel.", "hezbollah"),
        ("Somalia's al-Shabaab issued a statement. It attacked an Ethiopian army base.", "al-shabaab"),
        ("Lebanon's government spoke to Hezbollah. It attacked an Israeli base.", "LBN"),
    ],
)
def test_they_are_who_is_named_not_the_land_he_is_named_by(text: str, actor: str) -> None:
    assert {a.id for e in strikes(text) for a in e.actors} == {actor}


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Rebel groups, including the Arakan Army, attacked bases of Myanmar's army.", {"arakan-army"}),
        ("Militant groups including M23 attacked Goma in Congo.", {"m23"}),
        ("Former Hezbollah fighters attacked an Israeli base.", set()),
        ("Former M23 rebels attacked Congolese troops in Goma.", set()),
    ],
)
def test_groups_by_their_list_and_those_who_left_them(text: str, actors: set[str]) -> None:
    """ "Groups, including X" are X; who once was of X is not X."""
    assert {a.id for e in strikes(text) for a in e.actors if not a.inferred} == actors
