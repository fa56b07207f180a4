"""Figures of killed and injured: in one sentence, and beside the attack they belong to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.extracted import loaded, strikes, told
from tests.extraction.parsed import view_of
from worker.extraction.casualties import find_casualties


def _figures(text: str) -> tuple[list[int], list[int]]:
    found = find_casualties(view_of(text), loaded()[0].cues)
    return [c.killed.low for c in found if c.killed], [c.injured.low for c in found if c.injured]


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Two soldiers and a civilian were killed.", [3], []),
        ("The strike killed a family of six.", [6], []),
        ("Rebels killed 14 soldiers, two security sources said.", [14], []),
        ("Rebels killed 20 soldiers, two officials and a resident told reporters.", [20], []),
        ("A strike killed three medics, two journalists and a child.", [6], []),
        ("The attacks led to the deaths of six soldiers.", [6], []),
        ("The shelling took the lives of three people.", [3], []),
        ("The group holds 80 hostages and has killed 20 soldiers.", [20], []),
        ("One man was killed and another wounded.", [1], [1]),
        ("The army lost 34 soldiers on Friday.", [34], []),
        ("The airline lost 34 planes on Friday.", [], []),
        ("A farmer of 62 was killed and a woman aged 81 was wounded.", [1], [1]),
        ("A convoy of 14 soldiers was killed.", [14], []),
        ("Two women, aged 61 and 74, were killed.", [2], []),
        ("Shelling killed three people aged between 5 and 70.", [3], []),
        ("Two brothers, 7 and 12, were killed.", [2], []),
        ("A man aged 34 and 12 others were killed.", [13], []),
        ("One of the victims was a teacher.", [], []),
        ("Two of those killed were soldiers.", [], []),
        ("A nurse and her two sons were among nine people killed.", [9], []),
        ("Two children were among the dead after the raid killed nine.", [9], []),
        ("Two people were killed in Kryvyi Rih and two more died in Odesa.", [4], []),
        ("There were no reports of casualties.", [0], [0]),
        ("There were no immediate reports of casualties.", [], []),
        (
            "Fifteen Israelis, including nine soldiers of the army and five settlers, were also killed.",
            [15],
            [],
        ),
        ("The commander was killed together with three other people.", [4], []),
        ("A mayor was killed alongside two bodyguards.", [3], []),
        ("A mayor was killed together with two others.", [3], []),
        ("A missile killed the mayor, alongside two others.", [3], []),
        ("A mayor was killed with two others in the strike.", [3], []),
        ("The mayor was killed along with the talks.", [1], []),
        ("A missile hit a house, killing a couple and their son.", [3], []),
        ("A couple of dozen people were killed.", [24], []),
        ("Raids killed a general and a missile killed three.", [1, 3], []),
        ("Raiders hacked nine herders to death.", [9], []),
        ("Hospitals put the dead at 31.", [31], []),
        ("Relatives put the dead at rest on Monday.", [], []),
        ("Doctors put the number of villagers killed since Sunday at 17 and the injured at 85.", [17], [85]),
        ("Officials put the dead at 31 and the wounded at over 60.", [31], [60]),
        ("Troops fought back, killing at least 50 of the rebels, a provincial governor said.", [50], []),
        ("The blast killed four soldiers, a nurse and a boy, officials said.", [6], []),
        ("One soldier seriously injured, two others injured.", [], [3]),
        ("The attack left 5 dead and 12 wounded.", [5], [12]),
        ("The blast claimed the lives of 12 people.", [12], []),
        ("A spokesman said three people were killed.", [3], []),
        # in brackets, and with a noun for what was done
        ("Six pupils (four boys and two girls) and one teacher were killed.", [7], []),
        ("The killing of 40 villagers in the valley shocked the district.", [40], []),
        ("A lorry bomb hit the barracks, resulting in the deaths of three guards.", [3], []),
        ("The shelling led to the death of two men and four boys, and 11 others were injured.", [6], [11]),
        ("Two soldiers embraced martyrdom and nine raiders were sent to hell.", [2, 9], []),
        ("Four men of the National Guard and the Border Force were killed.", [4], []),
        ("Doctors counted 90 raids, including the deaths of 40 villagers.", [], []),
        ("Fighters executed a number of unarmed men.", [], []),
        ("No one was hurt.", [], [0]),
        ("There were no casualties.", [0], [0]),
        ("The strike killed a Hamas commander, his wife and three children.", [5], []),
        ("Officials said the death toll had risen to 18.", [18], []),
        ("More than 50 people have been killed, most of them women and children.", [50], []),
        ("Israeli forces killed five Palestinians, including a child, and wounded dozens.", [5], [24]),
        ("A suicide bombing in Kabul kills 6 people and injures 13.", [6], [13]),
        ("Two Hezbollah militants and Hussein Makki, a field commander, killed in Tyre.", [3], []),
        ("Seventeen people, including three children, were killed.", [17], []),
        ("Rescuers recovered 24 bodies from the rubble.", [24], []),
        ("Russian shelling in Kherson killed one and wounded 5 people.", [1], [5]),
        ("Nine Indians and at least three Pakistanis were killed.", [12], []),
        ("Seven soldiers and more than four civilians were killed.", [11], []),
        ("Sixty people were killed in the attack, five of them soldiers among them.", [60], []),
        ("Forty people, three soldiers among them, were killed.", [40], []),
        ("Dead: 12.", [12], []),
        ("Dead: at least 12. Injured: 40.", [12], [40]),
        ("Wounded: the pride of a nation.", [], []),
        # a name is one, whoever he belongs to, and so are those beside him
        ("A Turkish drone killed PKK commander Baran Kaya.", [1], []),
        ("The strike killed the French journalist Anne Dupont.", [1], []),
        ("The strike killed Hamas commander Yusuf Darwish and four others.", [5], []),
        ("The raid wounded the mayor and two guards.", [], [3]),
        ("Omar Masri and ten others were killed.", [11], []),
        # people by what they do
        ("The shell killed a writer and a nurse.", [2], []),
        ("A blogger and two photographers were killed.", [3], []),
        ("At least 30 people were killed or wounded.", [], []),
        ("The army said it had destroyed 12 tanks.", [], []),
    ],
)
def test_figures_of_a_sentence(text: str, killed: list[int], injured: list[int]) -> None:
    """Coordinated victims are added up, parts of a figure are none, a number for both says neither."""
    assert _figures(text) == (killed, injured)


@given(st.integers(2, 900), st.sampled_from(["people", "civilians", "soldiers", "Palestinians"]))
def test_any_number_is_read(number: int, people: str) -> None:
    """The number of a plain passive is that number."""
    assert _figures(f"At least {number} {people} were killed in the attack.")[0] == [number]


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        (
            "Russia attacked Kharkiv with drones. Five people died and 20 more were hurt, officials said.",
            5,
            20,
        ),
        ("Israel launched airstrikes on Khan Yunis in Gaza. No casualties were reported.", 0, 0),
        ("A Russian missile hit Odesa, killing three people. The death toll later rose to 18.", 18, None),
        (
            "A Russian missile hit Odesa, killing three people. Eight people were now known to have died.",
            8,
            None,
        ),
        (
            "A Russian missile hit Odesa, wounding 12 people. By evening the number of wounded had risen to 18.",
            None,
            18,
        ),
        (
            "Russia shelled Kherson. More than 10,000 civilians have been killed since the invasion.",
            None,
            None,
        ),
        ("Russian drones struck Sumy. Two people died in a car crash near Lviv.", None, None),
        ("Russian drones hit Odesa in Ukraine. Dead: 25. Injured: 73.", 25, 73),
        # those of the attacker are not the victims
        ("US jets struck the Houthis in Hodeidah. There were no US casualties.", None, None),
        ("Turkish jets bombed PKK camps in northern Iraq. There were no Turkish casualties.", None, None),
        ("Turkish jets bombed PKK camps in northern Iraq. There were no casualties.", 0, 0),
        ("Turkish guns shelled a village in Iraq in order to kill a PKK commander.", None, None),
        ("Turkish guns shelled a village in Iraq and killed a PKK commander.", 1, None),
        ("Nine people lost their lives in an Israeli strike on Gaza City.", 9, None),
        ("Ali Musa was killed with two others in an Israeli strike on Tyre, Lebanon.", 3, None),
        ("Six people were killed when the US Navy destroyed a boat in the Caribbean.", 6, None),
        # how many were meant by "dozens"; another toll is another
        ("The RSF raided a village near El Obeid and killed dozens. A doctor said 41 people died.", 41, None),
        (
            "The RSF raided a village near El Obeid and killed dozens. A doctor said nine people died.",
            24,
            None,
        ),
        # the worst "in recent months" sums up nothing
        (
            "Two died and seven others were injured after a drone strike hit Odesa, the heaviest in recent months.",
            2,
            7,
        ),
        (
            "The RSF shelled El Fasher. The two sides are in a war since 2023 that has killed 20,000 people.",
            None,
            None,
        ),
        (
            "Israel bombed Khiam in Lebanon. Beirut has counted 900 violations that killed 80 people.",
            None,
            None,
        ),
    ],
)
def test_figures_beside_an_attack(text: str, killed: int | None, injured: int | None) -> None:
    """A figure in the next sentence is the attack's, a total of the war and other deaths are not."""
    [event] = strikes(text)
    assert (event.killed and event.killed.low) == killed
    assert (event.injured and event.injured.low) == injured


def test_the_dead_of_what_somebody_is_accused_of() -> None:
    """ "Accused X of bombing homes and killing nine" tells of one attack, by X."""
    (event,) = strikes("Kabul accused Islamabad of bombing homes in Khost and killing nine children.")
    assert [a.id for a in event.actors] == ["PAK"]
    assert event.killed is not None
    assert event.killed.low == 9


def test_what_a_record_is_counted_from_has_its_own_figure() -> None:
    text = "A Russian missile hit Odesa, killing three. It was the deadliest strike since a raid killed 30."
    [event] = told(text)
    assert event.killed is not None
    assert event.killed.low == 3


def test_a_new_toll_is_that_of_the_headline_too() -> None:
    """The headline's figure, overtaken in the text, would otherwise be a second attack."""
    text = "A Russian missile hit a market in Odesa, killing nine people. The death toll later rose to 12."
    [event] = strikes(text, title="Russian missile kills nine in Odesa")
    assert event.killed is not None
    assert event.killed.low == 12


@pytest.mark.parametrize(
    ("after", "killed"),
    [
        ("In Gaza, 41,000 people have been killed, officials there say.", None),
        ("In Israel two people were killed, medics said.", 2),
        ("Two people were killed, medics said.", 2),
        ("In Haifa two people were killed, medics said.", 2),
        ("In Sudan two people were killed, medics said.", None),
    ],
)
def test_a_toll_stays_in_the_land_where_it_was_counted(after: str, killed: int | None) -> None:
    """The dead of another war are not those of the attack just told."""
    [event] = strikes(f"The Houthis of Yemen fired a ballistic missile at the Israeli city of Haifa. {after}")
    assert (event.killed.low if event.killed else None) == killed


def test_victims_of_the_other_side_are_not_given() -> None:
    """Figures whose victims are named belong to the attack on their side."""
    events = strikes(
        "Hezbollah fired rockets at northern Israel. Israeli jets bombed Tyre. Two Israeli soldiers were killed."
    )
    killed = {r.id: e.killed for e in events for r in e.recipients if e.killed}
    assert killed.keys() == {"ISR"}


def test_the_dead_of_a_clash_by_side() -> None:
    """Each direction has the victims of the side it hit, not the sum."""
    events = strikes(
        "Ten Hezbollah fighters and two Israeli soldiers were killed in clashes in southern Lebanon."
    )
    assert {e.recipients[0].id: e.killed.low for e in events if e.killed} == {"ISR": 2, "hezbollah": 10}


def test_all_who_are_listed_are_shot_dead() -> None:
    (event,) = strikes("A man and two women were shot dead by Israeli troops at a checkpoint near Hebron.")
    assert event.killed is not None
    assert event.killed.low == 3


@pytest.mark.parametrize(
    ("text", "by_actor"),
    [
        ("Six soldiers and 14 militants died in a gun battle in Bannu, Pakistan.", {"PAK": 14, "ttp": 6}),
        ("Six policemen were killed in clashes with militants in Bannu, Pakistan.", {"PAK": None, "ttp": 6}),
        ("Four Israeli soldiers died in fighting with Hezbollah in Khiam.", {"ISR": None, "hezbollah": 4}),
        (
            "Thailand and Cambodia clashed. A Thai guard and four Cambodians were killed.",
            {"THA": 4, "KHM": 1},
        ),
        ("Nine people died in fighting between the army and the RSF in Bara.", {"SDN": 9, "rsf": 9}),
        ("An Israeli strike killed three fighters in Khiam, Lebanon.", {"ISR": 3}),
    ],
)
def test_the_dead_of_a_fight_by_who_they_are(text: str, by_actor: dict[str, int | None]) -> None:
    """Soldiers are a state's, militants a group's, whether or not the sides have a name; people are anybody's."""
    found = {e.actors[0].id: e.killed and e.killed.low for e in strikes(text) if e.actors}
    assert found == by_actor
