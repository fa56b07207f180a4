"""What tells of an attack in an armed conflict, and what of a crime, a test or an accident."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import pairs, told

_QUETTA = " The Balochistan Liberation Army has fought Pakistan for years."
_BAIDOA = " Somalia has fought al-Shabaab since 2007."


@pytest.mark.parametrize(
    ("text", "are"),
    [
        # gunmen who shoot dead, where the article is about a war
        ("A mayor was shot dead by gunmen in Quetta." + _QUETTA, True),
        ("Two Somali soldiers were shot dead by gunmen in Baidoa." + _BAIDOA, True),
        ("A man was shot dead by gunmen in Marseille in France.", False),
        # clashes that a truce ends
        ("A truce was agreed after clashes that killed twelve people in Papua New Guinea.", True),
        ("Six people were killed in clashes in Honduras before elders agreed a truce.", True),
        ("Six people were killed in clashes in Honduras before elders met.", False),
        # a post of an army at war
        ("Somali soldiers beat back an assault on their base in Afgooye.", True),
        ("Congolese soldiers fended off an attack on a checkpoint.", True),
        ("Portuguese soldiers fended off an attack on a checkpoint.", False),
        # missiles fired at nobody
        ("The Houthis fired two missiles towards Eilat in Israel.", True),
        ("North Korea fired two missiles towards the north-east.", False),
        ("North Korea fired two missiles into the sea off South Korea.", False),
        ("Russia launched 140 drones overnight. Ukraine has fought Russia since 2022.", True),
        # the dead of a war, where a truce is told of
        ("Nine Palestinians were killed in Gaza. Israel and Hamas agreed to a ceasefire.", True),
        ("In Gaza 900 people have been killed since the war began. Israel and Hamas agreed a truce.", False),
        # towns taken by rebels who are not named
        ("Rebels seized two towns. Myanmar's army fights rebels. Myanmar's rebels want peace.", True),
        ("Rebels seized the party's conference in Portugal.", False),
        # what fighters storm is a market with stalls
        ("Al-Shabaab fighters stormed a market in Mogadishu.", True),
        ("The company stormed the market in Somalia.", False),
        # an offensive is somebody's where it kills fighters
        ("An offensive against ISIS fighters in Sinai has killed 40 of them. Egypt's army spoke.", True),
        # no forces, no flight, no war
        ("Israeli settlers attacked farmers near Nablus, injuring three Palestinians.", False),
        ("Israeli settlers and soldiers attacked farmers near Nablus, injuring three Palestinians.", True),
        ("Israel called off air strikes on Gaza.", False),
        ("The raid on Gaza was cancelled by Israel's army.", False),
        ("South Korea held a drill simulating North Korean drones attacking Seoul.", False),
        # an attempt on a life is one, another is not; nor are words and weather fought with
        ("It is an attempt by Moscow to prolong the war in Ukraine.", False),
        ("An assassination attempt on a Ukrainian general by Russian agents failed.", True),
        ("The group is clashing with Kabul over a prisoner dispute, the Taliban said.", False),
        ("Israeli soldiers battled the deluge in Gaza.", False),
        # told of for ever
        ("Al-Qaeda carried out the 9/11 attacks on the United States.", False),
        # barrel bombs that are used
        ("The Syrian army used barrel bombs in Daraa, killing 17 people.", True),
        ("The Syrian army used barrel bombs for a display.", False),
    ],
)
def test_what_is_a_strike(text: str, *, are: bool) -> None:
    first = text.split(". ", maxsplit=1)[0].rstrip(".")
    assert bool([e for e in told(text) if any(first in i.text for i in e.evidence)]) is are


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An attack on a substation left 20,000 people in Belgorod without power.", {("UKR", "RUS")}),
        ("A strike on an oil refinery in Ryazan halted production.", {("UKR", "RUS")}),
        ("Power was cut in Chernihiv after a raid on an energy facility.", {("RUS", "UKR")}),
        # strikes of workers, cyber attacks and lands at peace
        ("A strike at an oil refinery in Port Harcourt halted production.", set()),
        ("A cyber attack on the power grid left Kyiv in the dark.", set()),
        ("An attack on a substation left a county in North Carolina without power.", set()),
    ],
)
def test_works_that_are_attacked_where_states_bomb_each_others(
    text: str, expected: set[tuple[str, str]]
) -> None:
    assert pairs(text) == expected
