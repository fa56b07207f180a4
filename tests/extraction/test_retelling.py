"""What an article tells over several sentences: attacks named again, asides on the past, sums, and who counts the dead."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import day, pairs, strikes, told
from worker.event import HAPPENED, Mode, Status


def _happened(text: str, *, title: str | None = None) -> set[tuple[str, str]]:
    return {
        (a.side, r.side) for e in told(text, title=title) for a in e.actors or () for r in e.recipients or ()
    }


@pytest.mark.parametrize(
    "text",
    [
        "Iran says 14 people were killed in Monday's strikes. Israel said it would go on.",
        "Strikes killed six civilians in Shiraz, Iran said, vowing revenge on Israel.",
    ],
)
def test_a_side_counts_its_own_dead(text: str) -> None:
    assert ("IRN", "ISR") not in _happened(text)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("M23 rebels say shelling killed six civilians in Masisi.", ("COD", "m23")),
        ("The RSF said 14 people were killed in a drone strike on Nyala.", ("SDN", "rsf")),
        ("Ukraine says four people were killed in a missile strike on Dnipro.", ("RUS", "UKR")),
        # who names the attacker, or counts soldiers, is not asked
        ("M23 rebels say they killed six soldiers in Masisi.", ("m23", "COD")),
        ("The RSF said it killed 14 soldiers in Nyala.", ("rsf", "SDN")),
    ],
)
def test_whose_dead_are_counted_by_whom(text: str, pair: tuple[str, str]) -> None:
    assert pair in _happened(text)
    assert (pair[1], pair[0]) not in _happened(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hamas urged mediators to exert pressure on Israel to enforce the truce and halt its attacks.",
        "Hamas called on the United States to put pressure on Israel to stop its attacks.",
        "Hamas asked Egypt to press Israel to end its attacks.",
    ],
)
def test_the_attacks_that_somebody_is_pressed_to_stop_are_his(text: str) -> None:
    assert _happened(text) <= {("ISR", "palestine")}


@pytest.mark.parametrize(
    "text",
    [
        "The strikes came a year on from 7 October 2023, when Hamas gunmen attacked Israel, killing 1,200 people.",
        "The war began after Hamas attacked southern Israel on 7 October last year.",
        "After the Oct. 7, 2023, Hamas-led attack on Israel, the war spread to Lebanon.",
        "Israel marks a year since Hamas gunmen killed 1,200 people in its south.",
        "Hamas attacked southern Israel on October 7, 2023. At least 1,200 people were killed in the attack.",
        "In April last year, Israel struck a consulate in Damascus. Iran retaliated by attacking Israel. It launched 300 drones.",
        "Previously, almost all missiles that the Houthis fired at Israel had been shot down.",
    ],
)
def test_what_lies_long_back_stays_there_over_sentences(text: str) -> None:
    assert not told(text)
    assert any(e.assertion.status is Status.HISTORICAL for e in strikes(text))


@pytest.mark.parametrize(
    "text",
    [
        "Two years after Russian troops attacked Kyiv, a drone hit Kharkiv on Monday.",
        "Russian forces shelled Kherson on Monday, a year after they left it.",
        "Russia attacked Odesa in April last year. Russian drones hit the port again on Tuesday.",
    ],
)
def test_an_aside_on_the_past_leaves_the_news(text: str) -> None:
    assert ("RUS", "UKR") in _happened(text)


def test_the_airstrikes_are_those_told_before_whatever_stands_between() -> None:
    found = told(
        "Thai jets bombed Cambodian targets on Monday. Each side accused the other of firing first, as in July. "
        "It was not clear whether the airstrikes had killed civilians. Soldiers fled from the airstrikes."
    )
    air = {(a.id, r.id) for e in found if e.mode is Mode.AIRSTRIKE for a in e.actors for r in e.recipients}
    assert air == {("THA", "KHM")}


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            "Israeli strikes on Gaza killed 26 people on Sunday. Since then, 900 people have been killed.",
            {26},
        ),
        ("Israeli strikes on Gaza killed 26 people. Israeli forces have since killed nearly 40,000.", {26}),
        ("Israeli strikes killed 26 people in Gaza, where 900 have been killed since the war began.", {26}),
        ("Russian shelling has killed four people in Kherson since Monday.", {4}),
        (
            "A Russian missile killed a girl in Kharkiv. At least six other people were killed and 59 hurt.",
            {7},
        ),
        ("Russian drones hit Lviv. A mother and three daughters were among seven people killed.", {7}),
    ],
)
def test_a_sum_is_no_attacks_own_figure(text: str, killed: set[int]) -> None:
    found = told(text)
    assert {e.killed.low for e in found if e.killed is not None} == killed
    assert all(e.assertion.status in HAPPENED for e in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ukraine's air defences shot down 24 out of 27 drones Russia launched.", ("RUS", "UKR")),
        ("Explosions were heard in Kyiv as air defences targeted Russian missiles.", ("RUS", "UKR")),
        ("Israel and Hamas agreed to a truce after rocket fire out of Gaza.", ("palestine", "ISR")),
        (
            "Multiple junta attacks killed six civilians in Rakhine, held by the Arakan Army.",
            ("MMR", "arakan-army"),
        ),
    ],
)
def test_who_attacked_is_read_off_the_defence_the_origin_and_the_rulers(
    text: str, expected: tuple[str, str]
) -> None:
    assert _happened(text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "Israel says Hamas is using schools to plan and carry out attacks.",
        "Israel accuses Hamas of exploiting civilian infrastructure to launch attacks.",
    ],
)
def test_a_means_to_attack_is_no_attack(text: str) -> None:
    assert not pairs(text) & {("hamas", "ISR")} or not told(text)


def test_a_weapon_used_to_attack_is_one() -> None:
    assert ("RUS", "UKR") in _happened("Russia is using drones to attack Kyiv.")


@pytest.mark.parametrize(
    "text",
    [
        "A Russian strike killed 51 people in one of the deadliest attacks since the invasion in February 2022.",
        "Russian missiles hit Lviv in the largest attack since the war began in 2022.",
    ],
)
def test_a_record_is_not_as_old_as_what_it_is_counted_from(text: str) -> None:
    assert all(e.assertion.status in HAPPENED for e in strikes(text))


@pytest.mark.parametrize(
    "text",
    [
        "The Lebanese foreign minister and the Israeli ambassador clashed at a heated meeting in New York.",
        "Two Israeli ministers clashed over the truce with Hamas in a session of parliament.",
    ],
)
def test_ministers_who_clash_fire_no_shot(text: str) -> None:
    assert not told(text)


def test_one_strike_is_made_by_one_side() -> None:
    text = "Israel bombed Tyre in the deadliest strike between Israel and Lebanon this year, killing nine."
    assert ("LBN", "ISR") not in _happened(text)


def test_what_a_group_is_does_not_make_it_three() -> None:
    found = told(
        "Hezbollah, the Iranian-backed militia and political Lebanese group, fired rockets at Israel."
    )
    assert [[a.id for a in e.actors] for e in found] == [["hezbollah"]]


def test_the_group_is_who_the_sentence_before_was_about() -> None:
    text = "Hezbollah says it acts in solidarity with Hamas. The group has fired 80 rockets at northern Israel this week."
    assert ("hezbollah", "ISR") in pairs(text)
    assert ("hamas", "ISR") not in pairs(text)


@pytest.mark.parametrize("words", ["the Hamas attacks of October 7", "the 7 October attack by Hamas"])
def test_a_named_day_is_that_of_its_year(words: str) -> None:
    """Two weeks after the day, in another year, it is not this year's."""
    text = f"The war between Israel and Hamas began after {words} on Israel."
    assert not told(text, on=day(2025, 10, 20))


def test_what_is_only_for_an_attack_is_not_gone_on_with() -> None:
    """ "The strikes" after it are those told before it."""
    text = (
        "Israeli air strikes hit two schools in Gaza City. Hamas used them as centres to plan attacks on Israeli troops, "
        "the army said. At least 30 people were killed in the strikes, rescuers said."
    )
    assert {(a.side, r.side) for e in told(text) if e.killed for a in e.actors for r in e.recipients} == {
        ("ISR", "palestine")
    }
