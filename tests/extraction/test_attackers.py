"""Who attacked whom where the words leave a side open: by the place, the weapon, the article's one state, its one war."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extraction.extracted import told

Pairs = set[tuple[str | None, str | None]]
_OPEN = None


def _pairs(text: str, on: tuple[int, int, int], title: str | None = None) -> Pairs:
    events = told(text, on=datetime(*on, 12, tzinfo=UTC), title=title)
    return {
        (a.id if a else None, r.id if r else None)
        for e in events
        for a in (e.actors or (_OPEN,))
        for r in (e.recipients or (_OPEN,))
    }


@pytest.mark.parametrize(
    ("text", "on", "pair"),
    [
        # rebels by the part of the land
        ("Militants attacked a police post in Mastung, killing six.", (2025, 5, 6), ("bla", "PAK")),
        ("Militants attacked a police post in Bannu, killing six.", (2025, 5, 6), ("ttp", "PAK")),
        (
            "Gunmen killed fourteen worshippers in a mosque in Zamfara.",
            (2025, 8, 3),
            ("nigerian-bandits", "NGA"),
        ),
        ("Rebels stormed the town of Masisi and killed nine people.", (2025, 1, 9), ("m23", "COD")),
        ("Rebels killed nine villagers in an attack near Oicha.", (2025, 1, 9), ("adf", "COD")),
        ("The military bombed a school in Kyauktaw, killing twelve.", (2025, 9, 9), ("MMR", "arakan-army")),
        # the army, the junta, by the one state that is spoken of
        ("An army drone strike killed eight people in El Fasher.", (2025, 6, 6), ("SDN", "rsf")),
        ("Junta jets bombed a monastery in Sagaing.", (2025, 7, 7), ("MMR", "myanmar-rebels")),
        ("The army recaptured the palace in Khartoum on Friday.", (2025, 3, 21), ("SDN", "rsf")),
        ("Jihadists attacked two army bases in Djibo.", (2025, 5, 11), ("jnim", "BFA")),
        ("Two bombs were dropped on a clinic in Pekon.", (2025, 4, 4), ("MMR", "myanmar-rebels")),
        ("The army lost the town of Sake to M23 rebels.", (2025, 1, 28), ("m23", "COD")),
        ("Afghan forces lost Kunduz to the Taliban.", (2021, 8, 8), ("taliban", "AFG")),
        ("RSF fighters executed 40 men in El Fasher.", (2025, 11, 10), ("rsf", "SDN")),
        ("Pakistani troops killed 16 Taliban fighters in Swat.", (2009, 5, 3), ("PAK", "ttp")),
        ("Israeli troops fired at suspects in southern Gaza.", (2025, 11, 10), ("ISR", "palestine")),
        ("Israel, which is no party to it, bombed Beirut airport.", (2025, 5, 6), ("ISR", "LBN")),
        (
            "Ukrainian drones forced Moscow's airports to close and hit an oil refinery in Ufa.",
            (2025, 9, 23),
            ("UKR", "RUS"),
        ),
        ("Militias led by Fano attacked Gondar in Ethiopia.", (2025, 1, 5), ("fano", "ETH")),
        # what is destroyed on the ground, and what is shot at in the air
        ("The army destroyed nine trucks and four drones of the RSF.", (2026, 3, 1), ("SDN", "rsf")),
        ("Ukrainian air defences fired at Russian drones over Kyiv.", (2025, 11, 7), ("RUS", "UKR")),
        # whose drones they are where rebels have none
        ("A drone strike killed nine people at a clinic in Gondar.", (2025, 8, 3), ("ETH", "fano")),
        # a plain noun, where one group is known by it
        ("Bandits killed thirty people in Zamfara.", (2025, 8, 3), ("nigerian-bandits", "NGA")),
        # soldiers who fall in the field, in ambushes, by mines, in a land that is not the group's home
        ("Two Israeli soldiers were killed in southern Gaza.", (2025, 8, 3), ("palestine", "ISR")),
        ("Three soldiers died in an ambush near Djibo.", (2025, 5, 11), ("jnim", "BFA")),
        ("Four soldiers were killed by a roadside bomb in Bannu.", (2025, 5, 6), ("ttp", "PAK")),
        ("Three soldiers are killed in a JNIM attack in Djibo.", (2025, 5, 11), ("jnim", "BFA")),
        ("Niger's army lost nine soldiers when men on motorcycles attacked.", (2025, 6, 6), ("isis", "NER")),
        # soldiers of a side, and what belongs to those told of before
        ("Indian soldiers came under attack near Poonch.", (2025, 5, 8), (_OPEN, "IND")),
        (
            "Aid workers left Khan Younis after Israeli troops attacked their compound.",
            (2025, 7, 8),
            ("ISR", "palestine"),
        ),
        ("Russian snipers shot dead two people in Kharkiv.", (2025, 7, 8), ("RUS", "UKR")),
        ("Russia sent dozens of drones against Kharkiv.", (2025, 7, 8), ("RUS", "UKR")),
        # from where they come
        ("Gaza rockets hit Ashkelon.", (2014, 8, 23), ("palestine", "ISR")),
        ("Gaza militants fire rockets at Ashkelon.", (2021, 5, 12), ("palestine", "ISR")),
        ("Yemen missile hits Tel Aviv.", (2024, 10, 12), ("houthis", "ISR")),
        ("Iran missiles hit Haifa.", (2026, 3, 12), ("IRN", "ISR")),
        # two states that bomb each other's works
        (
            "The Ryazan refinery was hit overnight, Ukraine's General Staff said.",
            (2025, 8, 3),
            ("UKR", "RUS"),
        ),
        # what left one land was meant for another
        ("A missile from Yemen was shot down near Israeli airspace.", (2025, 8, 3), ("houthis", "ISR")),
        # guests of a land are hit by those who fight there
        ("Two Ugandan soldiers were killed by militants in Baidoa.", (2023, 5, 5), ("al-shabaab", "UGA")),
        # suicide bombers and planted bombs are no state's
        ("A suicide bomber killed nine recruits in Mogadishu.", (2025, 5, 5), ("al-shabaab", "SOM")),
        # those who accuse of attacks on their own land
        (
            "Iraq accused Turkey of shelling inside Iraq that killed nine tourists.",
            (2022, 7, 7),
            ("TUR", "IRQ"),
        ),
        # the state kills fighters, be it said or not
        (
            "Six militants belonging to the Baloch Liberation Army were killed in Kalat.",
            (2025, 6, 6),
            ("PAK", "bla"),
        ),
        # on the way to somewhere
        ("Five drones heading for Moscow were shot down.", (2025, 6, 6), ("UKR", "RUS")),
        ("The army chief of Sudan survived a drone attack in Gebeit.", (2024, 8, 1), ("rsf", "SDN")),
        # claims and responsibility
        (
            "Gunmen killed nine people in Sousse. Islamic State said it was responsible.",
            (2015, 6, 27),
            ("isis", "TUN"),
        ),
        # weapons of one state alone
        ("B-2 bombers struck the plant at Fordow.", (2025, 6, 22), ("USA", "IRN")),
        # ships that fire
        ("Missiles launched from American ships hit Tripoli.", (2011, 3, 20), ("USA", "LBY")),
    ],
)
def test_who_attacks_whom(text: str, on: tuple[int, int, int], pair: tuple[str, str]) -> None:
    assert _pairs(text, on) == {pair}


@pytest.mark.parametrize(
    ("text", "on", "sides"),
    [
        ("Russia and Ukraine exchanged hundreds of drone strikes.", (2025, 12, 25), {"RUS", "UKR"}),
        (
            "Three soldiers and five militants were killed in a gun battle in Bannu.",
            (2025, 10, 8),
            {"PAK", "ttp"},
        ),
        (
            "The army and the M23 traded blame for drone strikes that killed four in Mwenga.",
            (2025, 8, 8),
            {"COD", "m23"},
        ),
    ],
)
def test_either_attacks_the_other(text: str, on: tuple[int, int, int], sides: set[str]) -> None:
    one, other = sorted(sides)
    assert _pairs(text, on) == {(one, other), (other, one)}


@pytest.mark.parametrize(
    ("text", "on", "recipients"),
    [
        (
            "Two Nepali peacekeepers of the UN were killed in an ambush near Bambari.",
            (2018, 4, 4),
            {"NPL", "un"},
        ),
        ("The RSF killed two peacekeepers at a UN base in Kadugli.", (2025, 12, 13), {"un"}),
        ("Three US soldiers were killed in an ambush in Niger.", (2017, 10, 5), {"USA"}),
    ],
)
def test_foreign_soldiers_are_hit_for_themselves(
    text: str, on: tuple[int, int, int], recipients: set[str]
) -> None:
    assert {r for _, r in _pairs(text, on)} == recipients


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Iran executed three men for spying.", (2024, 6, 6)),
        ("The Houthis executed nine men over the killing of an official.", (2021, 9, 18)),
        ("Al-Shabaab fighters executed six men by firing squad for spying.", (2022, 1, 15)),
        ("Iran's navy fired missiles at mock targets in a three-day exercise in the Gulf.", (2024, 9, 5)),
        ("British nurses suspended their strikes after a truce with the government.", (2023, 7, 10)),
        ("Gunmen opened fire in a bar in Guayaquil, killing eight.", (2025, 5, 5)),
        ("A speedboat exploded at a port in Ternate, Indonesia, killing six.", (2024, 10, 12)),
        (
            "A Turkish military plane crashed in Georgia near the Azerbaijani border, killing 20.",
            (2025, 11, 12),
        ),
        ("Two Israeli soldiers were killed in a crash in southern Gaza.", (2025, 8, 3)),
        ("The refinery in Ryazan was hit by new sanctions.", (2025, 8, 3)),
        ("Five people died in a turf war between gangs in Marseille.", (2025, 8, 3)),
        ("Men on motorbikes robbed a bank in Medellín.", (2025, 8, 3)),
        ("A soldier shot dead four fellow soldiers at a barracks in Kerman, Iran.", (2024, 1, 21)),
        ("Two people were killed in a car-ramming attack in Haifa.", (2025, 3, 3)),
        ("The suspect was shot dead by police in Tel Aviv.", (2025, 3, 3)),
        ("Forty people are killed when an earthquake strikes Herat, Afghanistan.", (2023, 10, 7)),
        ("Police fired on a demonstration in Lima, Peru, killing nine.", (2023, 1, 9)),
        ("North Korea fired a missile into the Sea of Japan, South Korea said.", (2023, 2, 18)),
        ("The opposition in Sudan launched an attack on the budget.", (2025, 2, 2)),
        ("Recruits killed two soldiers in an attack at a range in Gifu, Japan.", (2023, 6, 14)),
    ],
)
def test_no_attack_of_a_war(text: str, on: tuple[int, int, int]) -> None:
    assert _pairs(text, on) == set()


def test_a_headline_that_leaves_a_side_open_is_told_again() -> None:
    title = "US drone attack kills six"
    text = "Six militants were killed by a US drone strike in North Waziristan, Pakistan, officials said."
    assert _pairs(text, (2015, 5, 16), title) == {("USA", "ttp")}


def test_another_clause_after_a_semicolon_says_nothing_of_the_first() -> None:
    text = "Israeli tanks shelled Jabalia, killing nine people; the army did not comment."
    assert _pairs(text, (2025, 7, 7)) == {("ISR", "palestine")}


def test_it_is_whom_the_sentence_before_is_about() -> None:
    """Not whoever was named first in the paragraph above it."""
    text = (
        "Palestinian officials say that 305 people have been killed since the truce began. "
        "Israel bombed a refugee camp near Sidon in Lebanon on Tuesday. "
        "It said that it had hit a Hamas compound."
    )
    pairs = _pairs(text, (2025, 11, 20))
    assert ("ISR", "hamas") in pairs
    assert {actor for actor, _ in pairs} == {"ISR"}


def test_each_land_where_a_target_is_said_to_lie() -> None:
    text = "Iranian drones hit a desalination plant in Kuwait and a gas field in Qatar."
    assert _pairs(text, (2026, 3, 5)) == {("IRN", "KWT"), ("IRN", "QAT")}


def test_an_attack_after_others_fought_is_no_part_of_their_fight() -> None:
    text = "Israeli jets bombed Damascus after fighting between Druze militias and Bedouin tribes in Sweida."
    pairs = _pairs(text, (2025, 7, 16))
    assert {hit for actor, hit in pairs if actor == "ISR"} == {"SYR"}
    assert ("druze-militias", "syrian-bedouin") in pairs
