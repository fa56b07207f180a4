"""Who attacked and who was hit, by the words around the attack: warded off, claimed, blamed on somebody, used by somebody."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import day, pairs, strikes, told


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("Myanmar's army said it repelled a drone attack by the Arakan Army.", "MMR"),
        ("Pakistani troops foiled an attack by militants on a checkpoint in Quetta.", "PAK"),
        ("Somali soldiers beat back an assault on their base in Afgooye.", "SOM"),
        ("Congolese soldiers fended off an attack on their base.", "COD"),
        ("An RSF attack on El Obeid was repulsed by the Sudanese army.", "SDN"),
    ],
)
def test_whoever_wards_an_attack_off_was_attacked(text: str, struck: str) -> None:
    [event] = told(text)
    assert [(r.id, r.inferred) for r in event.recipients] == [(struck, False)]
    assert struck not in {a.id for a in event.actors}


def test_whoever_pushes_an_attack_ahead_was_not_attacked() -> None:
    """ "Push" without "back" or "off" wards off nothing."""
    assert pairs("The Sudanese army pushed an attack on RSF positions in El Obeid.") == {("SDN", "rsf")}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Houthis claimed an attack on an Israeli ship in the Red Sea.", "houthis"),
        ("Al-Shabaab claimed a bombing in Mogadishu that killed nine Somali soldiers.", "al-shabaab"),
        ("The PKK claimed an attack on a Turkish base in northern Iraq.", "pkk"),
        ("Air strikes attributed to Israel hit a depot near Homs in Syria.", "ISR"),
        ("Drone strikes attributed to Turkey hit a base in Sinjar, Iraq.", "TUR"),
        ("An attack blamed on the PKK killed two Turkish soldiers in Hakkari.", "pkk"),
        ("A bombing blamed on al-Shabaab killed six people in Mogadishu.", "al-shabaab"),
        ("Drones that the Ukrainian army flew hit a depot in Belgorod.", "UKR"),
        ("A drone belonging to the RSF exploded at the market of El Obeid in Sudan.", "rsf"),
        ("A Sudanese Rapid Support Forces drone attack hit a market in El Obeid.", "rsf"),
        ("A drone flown by Sudan's Rapid Support Forces hit a camp near El Obeid.", "rsf"),
        ("The RSF took Sudan's town of Bara as they pressed their assault on El Obeid.", "rsf"),
    ],
)
def test_an_attack_is_that_of_whom_the_words_give_it_to(text: str, actor: str) -> None:
    [event] = told(text)
    assert [(a.id, a.inferred) for a in event.actors] == [(actor, False)]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Kenya's president claimed an attack by al-Shabaab had failed in Lamu.", "KEN"),
        (
            "Air strikes in a report attributed to Israel's press office hit a depot near Homs in Syria.",
            "ISR",
        ),
    ],
)
def test_a_claim_about_somebody_else_and_a_report_are_no_attack_of_the_speaker(text: str, actor: str) -> None:
    assert actor not in {a.id for e in strikes(text) for a in e.actors}


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("France asked Turkey to cease its attacks on the SDF in Syria.", ("TUR", "sdf")),
        ("Saudi Arabia called on the RSF to stop its shelling of El Fasher in Sudan.", ("rsf", "SDN")),
        ("Egypt urged Israel to stop its bombardment of Gaza.", ("ISR", "palestine")),
    ],
)
def test_the_attacks_that_somebody_is_urged_to_stop_are_his(text: str, pair: tuple[str, str]) -> None:
    assert pairs(text) == {pair}


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Israel shot down a rocket from Lebanon.", ("LBN", "ISR")),
        ("Kuwait intercepted two missiles from Iran.", ("IRN", "KWT")),
        ("Jordan shot down three drones from Iran.", ("IRN", "JOR")),
    ],
)
def test_a_weapon_that_was_brought_down_has_an_origin(text: str, pair: tuple[str, str]) -> None:
    [event] = told(text)
    assert event.intercepted
    assert [(a.side, r.side) for a in event.actors for r in event.recipients] == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine downed 30 Russian drones with machine guns.",
        "Ukrainian forces shot down nine Russian drones using Gepard guns.",
    ],
)
def test_what_brought_a_weapon_down_is_no_weapon_of_the_attack(text: str) -> None:
    [event] = told(text)
    assert {w.weapon_class for w in event.weapons} == {"drone"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Iran fired missiles at Israel. British and Jordanian jets helped to shoot down the missiles.",
            {("IRN", "ISR")},
        ),
        (
            "US jets bombed Houthi depots in Yemen, the first strikes on Iran's ally in a year.",
            {("USA", "houthis")},
        ),
        (
            "Russian missiles killed nine people in Lviv, Ukraine's deadliest attack of the month.",
            {("RUS", "UKR")},
        ),
        ("Israel said on Monday that Iran had fired two missiles at its south.", {("IRN", "ISR")}),
        ("North Korea fired two missiles towards the east.", set()),
        (
            "The Arakan Army shelled a Myanmar naval base. The army answered with air strikes on Ponnagyun.",
            {("arakan-army", "MMR"), ("MMR", "arakan-army")},
        ),
        ("Russia launched 140 drones overnight, the Ukrainian air force said.", {("RUS", "UKR")}),
        # a verb that has no object is told of its subject
        ("Ukraine said: Moscow targeted with record drone attack.", {("UKR", "RUS")}),
        ("Russian bombers struck with ten missiles, Ukraine said.", {("RUS", "UKR")}),
        # those "from" a group are of it; what comes from a land is fired there
        ("Israel killed nine men from the Amal movement in Tyre.", {("ISR", "amal")}),
        ("Two Israelis were killed by rockets from Gaza in Ashkelon.", {("palestine", "ISR")}),
        # a bomb on wheels is no army's; "terrorists" are no foreign army
        (
            "India condemned it. Nine Pakistani soldiers died when a lorry filled with explosives hit a post in Bannu.",
            {("ttp", "PAK")},
        ),
        # where a truce was signed nobody is hit
        (
            "M23 rebels killed 30 civilians in Rutshuru, going on with attacks despite a truce signed in Doha.",
            {("m23", "COD")},
        ),
        # whom the last clause tells of
        (
            "The army went to Ituri's border region, where ADF fighters raided a village, killing nine farmers.",
            {("adf", "COD")},
        ),
        # a border that it lies near is no land that is hit; accused of each other
        ("An Israeli strike killed six people in the Beqaa near the Syrian border.", {("ISR", "LBN")}),
        ("Israeli jets bombed a convoy near the Syrian border.", {("ISR", "SYR")}),
        (
            "The Taliban accuse Pakistan of breaking the truce with air raids on three places in Paktika.",
            {("PAK", "AFG")},
        ),
        ("Kabul accused Pakistan of violating the truce with air raids on Kunar.", {("PAK", "AFG")}),
        (
            "Armenia and Azerbaijan accused each other of attacks on border posts.",
            {("ARM", "AZE"), ("AZE", "ARM")},
        ),
    ],
)
def test_who_is_hit_and_who_only_stands_by(text: str, expected: set[tuple[str, str]]) -> None:
    """Helpers of a defence, allies named by their patron and the land of a record are no attackers and not attacked."""
    assert pairs(text, on=day(2025, 6, 24)) == expected


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("US and Israeli air strikes killed nine people in Tehran.", 9),
        ("US, Israeli air strikes kill nine in Tehran", 9),
        ("Hopes for calm faded amid US and Israeli strikes on Iran.", None),
    ],
)
def test_strikes_of_two_are_one_attack_of_both(text: str, killed: int | None) -> None:
    [event] = told(text, on=day(2026, 3, 7))
    assert [a.id for a in event.actors] == ["USA", "ISR"]
    assert (event.killed and event.killed.low) == killed


def test_strikes_of_a_government_and_its_ally_are_one_attack_of_both() -> None:
    [event] = told(
        "Nine people were killed in Syrian regime and Russian bombing on Tuesday.", on=day(2016, 7, 7)
    )
    assert [a.id for a in event.actors] == ["SYR", "RUS"]


@pytest.mark.parametrize(
    "text",
    [
        "Russian strikes killed nine people in Kyiv, while Ukrainian drones killed two in Belgorod.",
        "Ukrainian drones killed two people in Belgorod while Russian missiles killed nine in Kyiv.",
    ],
)
def test_attacks_that_a_sentence_sets_against_each_other_keep_their_own_doers_and_dead(text: str) -> None:
    found = {(e.actors[0].id, e.recipients[0].id, e.killed and e.killed.low) for e in told(text)}
    assert found == {("RUS", "UKR", 9), ("UKR", "RUS", 2)}


def test_a_crew_is_that_of_what_was_hit() -> None:
    """Not of whoever says that he killed it."""
    text = "Hamas said its fighters had detonated a bomb near an Israeli tank, killing its crew."
    assert pairs(text) == {("hamas", "ISR")}


def test_each_weapon_has_its_target() -> None:
    """ "Fired drones at one and a missile at another"."""
    text = "The Houthis fired two drones at Tel Aviv and a cruise missile at the US carrier Harry Truman."
    assert pairs(text) == {("houthis", "ISR"), ("houthis", "USA")}


@pytest.mark.parametrize(
    "text",
    [
        "Gaza's civil defence said an Israeli strike on a house killed six people.",
        "Gaza medics said Israeli fire killed six people.",
        "Israeli strikes killed six people, according to Gaza's health ministry.",
    ],
)
def test_those_who_count_the_dead_work_where_they_died(text: str) -> None:
    """Where nothing else says where it was."""
    assert pairs(text) == {("ISR", "palestine")}
