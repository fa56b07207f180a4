"""What a text says of the order of a strike and a ceasefire."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import strikes
from worker.event import Order


def _orders(text: str) -> set[Order | None]:
    return {e.ceasefire_relation.order if e.ceasefire_relation else None for e in strikes(text)}


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Russia struck Kharkiv with drones hours after a ceasefire with Ukraine took effect.", Order.AFTER),
        ("Israel bombed southern Lebanon despite a ceasefire with Hezbollah.", Order.AFTER),
        ("A truce took effect at dawn, but within hours Hezbollah fired rockets at Israel.", Order.AFTER),
        ("A truce took effect at dawn, but by noon Hezbollah had fired rockets at Israel.", Order.AFTER),
        (
            "A truce came into force on Monday, but it was not long before Hezbollah shelled Israel.",
            Order.AFTER,
        ),
        (
            "A truce with Hamas took effect on Sunday, but Israeli jets had bombed Gaza City.",
            Order.BEFORE,
        ),
        (
            "A truce with Hamas took effect on Sunday, but Israeli jets bombed Rafah until the last minute.",
            Order.BEFORE,
        ),
        ("The truce had barely come into force when Hezbollah fired rockets at Israel.", Order.AFTER),
        ("The ink was barely dry on the truce when Hezbollah fired rockets at Israel.", Order.AFTER),
        ("The truce took effect at dawn, only for Israeli tanks to open fire on Tyre.", Order.AFTER),
        ("A truce was announced at noon, only to be broken by Israeli shelling of Tyre.", Order.AFTER),
        ("Pakistani jets bombed Kabul hours before a 48-hour truce was to lapse.", Order.DURING),
        ("Pakistani jets bombed Kabul hours before a truce was due to expire.", Order.DURING),
        ("Pakistani jets bombed Kabul shortly before a truce ran out.", Order.DURING),
        ("Pakistani jets bombed Kabul as a truce neared its end.", Order.DURING),
        ("Thai jets bomb Cambodian positions as border truce falls apart", Order.DURING),
        ("Israel bombs Rafah as truce crumbles", Order.DURING),
        ("Israel bombs Rafah as ceasefire crumbles", Order.DURING),
        ("Pakistani jets bombed Kabul hours before a truce was to begin.", Order.BEFORE),
        (
            "Fighting flared between Houthi and Yemeni forces in Taiz minutes after a truce began.",
            Order.AFTER,
        ),
        ("A truce was announced on Sunday, yet Hezbollah fired rockets at Israel.", Order.AFTER),
        (
            "Pakistani artillery shelled Indian positions in Kashmir in violation of the ceasefire.",
            Order.AFTER,
        ),
        ("The RSF shelled Khartoum, breaking a truce with the Sudanese army.", Order.AFTER),
        ("Azerbaijan shelled Stepanakert in the first attack since the ceasefire with Armenia.", Order.AFTER),
        (
            "Israel struck Beirut with missiles just before a ceasefire with Hezbollah took effect.",
            Order.BEFORE,
        ),
        ("Russian drones hit Odesa on the eve of the truce with Ukraine.", Order.BEFORE),
        ("A ceasefire with Ukraine did not stop Russian forces from shelling Kharkiv.", Order.DURING),
        ("Russian shelling of Kharkiv cast doubt on the ceasefire.", Order.DURING),
        ("Russian shells fell on Kharkiv as a truce with Ukraine was supposed to be in force.", Order.DURING),
        ("No sooner had the truce begun than Russian shells fell on Kharkiv.", Order.AFTER),
        ("Thailand and Cambodia agreed to a ceasefire after weeks of fighting.", Order.BEFORE),
        ("Russian drones hit Odesa, the truce signed with Ukraine last week notwithstanding.", Order.AFTER),
        (
            "Two and a half hours after the ceasefire came into force, Iran fired missiles at Israel.",
            Order.AFTER,
        ),
        ("Israeli forces shelled Rafah during the truce with Hamas.", Order.DURING),
        ("Hamas fired rockets at Israel hours before the end of the ceasefire.", Order.DURING),
        # an attack that puts an end to a truce comes while it holds
        (
            "Azerbaijani shelling of Stepanakert put an end to the ceasefire with Armenia.",
            Order.DURING,
        ),
        ("Pakistani shells hit Poonch, bringing an end to the ceasefire with India.", Order.DURING),
        (
            "Israeli jets bombed Gaza City, killing forty and putting an end to the truce with Hamas.",
            Order.DURING,
        ),
        (
            "Thai jets bombed Cambodian posts along the border, leaving the truce in tatters.",
            Order.DURING,
        ),
        (
            "The army accused M23 of attacks in Kivu, where a week of fighting has strained the truce with Congo.",
            Order.DURING,
        ),
        ("The truce between Congo and M23 looked shaky after the rebels shelled Sake.", Order.DURING),
        ("The truce with Ukraine was under strain as Russian drones hit Odesa.", Order.DURING),
        ("The truce with Ukraine held for two days before Russian drones hit Odesa.", Order.DURING),
        ("The truce with Ukraine failed to stop Russian strikes on Kharkiv.", Order.DURING),
        ("The truce with Ukraine did not stop Russian shelling of Kharkiv.", Order.DURING),
        ("The truce with India was marred by Pakistani shelling of Poonch.", Order.DURING),
        ("Russian drones hit Odesa on Friday, the second day of a truce with Ukraine.", Order.AFTER),
        ("Pakistan had promised a truce, but Pakistani guns shelled Poonch on Friday.", Order.AFTER),
        ("Russian shelling of Kharkiv tests ceasefire", Order.DURING),
        ("Israeli shelling of Khiam tests ceasefire", Order.DURING),
        ("Shelling of Goma by the M23 breaks ceasefire", Order.AFTER),
        ("Israeli jets bombed Gaza City hours after the announcement on a truce with Hamas.", Order.AFTER),
        ("Israeli jets bombed Gaza City despite support for the truce with Hamas.", Order.AFTER),
        ("Israeli jets bombed Gaza City hours before an expected truce with Hamas.", Order.BEFORE),
    ],
)
def test_order_in_one_sentence(text: str, order: Order) -> None:
    """The cue that modifies the strike's clause decides."""
    assert _orders(text) == {order}


@pytest.mark.parametrize(
    "text",
    [
        "Israel bombed Gaza City after the truce with Hamas expired.",
        "A truce with Hamas was to take effect on Sunday, but Israeli jets bombed Gaza City.",
        "A truce with Hamas has not come into force, but Israeli jets bombed Gaza City.",
        "Israel bombed Gaza City despite calls for a ceasefire with Hamas.",
        "Israel bombed Gaza City despite pleas for a halt to the fighting with Hamas.",
        "Israel bombed Gaza City despite progress toward a ceasefire deal with Hamas.",
        "Israel bombed Gaza City despite optimism about a ceasefire with Hamas.",
        "Israel bombed Gaza City a day after the vote for a ceasefire with Hamas.",
        "Israel bombed Gaza City while envoys worked on a ceasefire with Hamas.",
        "Israel bombed Gaza City despite a proposed ceasefire with Hamas.",
        "Israel bombed Gaza City, a day after Egypt said that a ceasefire was close.",
        "Israel bombed Gaza City, a week after it turned down a truce with Hamas.",
        "India had promised a truce, but Pakistani guns shelled Poonch on Friday.",
        "Israel bombs Gaza City despite ceasefire hopes",
        "Israel bombs Gaza City despite ceasefire calls",
        "Russian drones hit Odesa amid efforts to broker a truce with Ukraine.",
        "Russian drones hit Odesa after Ukraine rejected a ceasefire.",
        "Pakistani shells hit Poonch after the truce with India ran out.",
        "Ethiopian jets bombed Mekelle two days after a truce with Tigray's rebels broke down.",
        "Ethiopian jets bombed Mekelle after Ethiopia pulled out of a truce.",
        "Ethiopian jets bombed Mekelle after Ethiopia declared the truce dead.",
        # a truce with somebody else
        "The Houthis fired a missile at Eilat, a week after a truce with the United States.",
        "Russian guns shelled Kharkiv days after the Gaza truce.",
        "Israeli jets bombed Tyre hours after a ceasefire began in Gaza.",
        "Israeli jets bombed Beirut hours after the ceasefire with Iran took effect.",
        "M23 rebels seized Walikale, ignoring calls for a truce with Congo.",
        "The RSF shelled El Fasher, defying a demand for a ceasefire with the army.",
        "Israel bombed Gaza City.",
        "Israel bombed Gaza City, putting Hamas and its truce proposal under pressure.",
    ],
)
def test_no_order_without_a_ceasefire_that_stands(text: str) -> None:
    """After its end, or where it is only asked for, no strike is after a ceasefire."""
    assert _orders(text) == {None}


def test_a_breach_told_of_in_the_next_sentence() -> None:
    """ "It called it a violation" gives the strike its order, with offsets of the words."""
    text = "Israel struck the Lebanese town of Khiam on Monday. Hezbollah called it a violation of the ceasefire."
    found = [e.ceasefire_relation for e in strikes(text) if e.ceasefire_relation]
    assert found
    assert found[0].order is Order.AFTER
    assert text[found[0].start : found[0].end] == found[0].cue


def test_offsets_of_the_cue() -> None:
    """The cue is cut out of the text at its offsets."""
    text = (
        "The talks ended. Russia struck Kharkiv with drones hours after a ceasefire with Ukraine took effect."
    )
    relation = next(e.ceasefire_relation for e in strikes(text) if e.ceasefire_relation)
    assert text[relation.start : relation.end] == relation.cue == "hours after"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("More Israeli air strikes on Gaza despite ceasefire", {Order.AFTER}),
        ("Russian shelling of Kharkiv despite truce", {Order.AFTER}),
        ("Israeli air strikes on Gaza and the ceasefire", set()),
        ("Russian shelling of Kharkiv: what we know", set()),
    ],
)
def test_a_headline_without_a_verb_tells_of_a_breach_and_else_of_a_topic(
    title: str, told: set[Order]
) -> None:
    found = strikes("Residents fled the city.", title=title)
    assert {e.ceasefire_relation.order for e in found if e.ceasefire_relation} == told
    assert bool(found) is bool(told)
