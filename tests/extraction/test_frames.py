"""Who struck whom, read off one sentence: actives, passives, conjunctions, relative clauses, nouns."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extraction.extracted import pairs, strikes

_2016 = datetime(2016, 11, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian forces attacked the Ukrainian city of Kharkiv.", {("RUS", "UKR")}),
        ("The Ukrainian city of Kharkiv was attacked by Russian forces.", {("RUS", "UKR")}),
        ("Ukrainian drones struck an oil refinery in the Russian city of Saratov.", {("UKR", "RUS")}),
        ("An Israeli airstrike on Khan Yunis killed five Palestinians.", {("ISR", "palestine")}),
        ("The shelling of Kherson by Russian troops killed two Ukrainian civilians.", {("RUS", "UKR")}),
        ("Hezbollah fired rockets that hit the Israeli town of Kiryat Shmona.", {("hezbollah", "ISR")}),
        ("Houthi fighters launched drones at an Israeli air base.", {("houthis", "ISR")}),
        ("Russia and Ukraine launched drone attacks on each other.", {("RUS", "UKR"), ("UKR", "RUS")}),
        (
            "Sudanese army troops clashed with the Rapid Support Forces in Khartoum.",
            {("SDN", "rsf"), ("rsf", "SDN")},
        ),
        (
            "Fighting between the Sudanese army and the Rapid Support Forces killed 20 people in Khartoum.",
            {("SDN", "rsf"), ("rsf", "SDN")},
        ),
        ("Ukraine's air force said it shot down 57 Russian drones.", {("RUS", "UKR")}),
        ("Russia's Defence Ministry said 57 Ukrainian drones had been intercepted.", {("UKR", "RUS")}),
        ("Al-Shabaab militants ambushed a convoy of Somali soldiers.", {("al-shabaab", "SOM")}),
        ("Israel's army came under attack from Hamas fighters in Gaza.", {("hamas", "ISR")}),
        ("A series of airstrikes by Turkey hit PKK camps in northern Iraq.", {("TUR", "pkk")}),
    ],
)
def test_who_struck_whom(text: str, expected: set[tuple[str, str]]) -> None:
    assert pairs(text) == expected


def test_triggers_of_one_attack_are_one_event() -> None:
    found = strikes("A Russian missile hit a school in Kharkiv, killing five people and injuring ten.")
    assert len(found) == 1
    assert found[0].killed is not None
    assert found[0].injured is not None


def test_opposed_attacks_of_one_sentence_are_two_events() -> None:
    text = "Russia struck Kharkiv with missiles while Ukraine hit Belgorod with drones."
    assert pairs(text) == {("RUS", "UKR"), ("UKR", "RUS")}


def test_those_whom_somebody_fights_with_do_not_fight_each_other() -> None:
    found = pairs("Taliban fighters clashed with German and Afghan forces in Kunduz.", on=_2016)
    assert ("taliban", "AFG") in found
    assert ("DEU", "AFG") not in found
    assert ("AFG", "DEU") not in found
