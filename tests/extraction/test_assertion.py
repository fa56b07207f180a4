"""How a strike is asserted: as fact, a claim, denied, planned, threatened, only possible, or long past."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extraction.extracted import strikes
from worker.event import Order, Status

_TOLD = {Status.ASSERTED, Status.CLAIMED}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russia struck Kharkiv with missiles.", Status.ASSERTED),
        ("Ukraine said Russia struck Kharkiv with missiles.", Status.ASSERTED),
        ("Russia denied that its forces struck a hospital in Kharkiv.", Status.DENIED),
        ("Hamas claimed that its fighters attacked Israeli troops in Rafah.", Status.CLAIMED),
        ("Israel will attack Hamas in Rafah, its prime minister said.", Status.PLANNED),
        ("Israel plans to attack Hamas in Rafah.", Status.PLANNED),
        ("Al-Shabaab fighters tried to storm a base in Somalia.", Status.ASSERTED),
        ("Al-Shabaab fighters wanted to storm a base in Somalia.", Status.PLANNED),
        ("Al-Shabaab fighters will try to storm a base in Somalia.", Status.PLANNED),
        ("Iran threatened to attack Israel with missiles.", Status.THREATENED),
        ("Russia could attack Ukraine with missiles again.", Status.HYPOTHETICAL),
        ("Israel says the hall in Gaza was used by Hamas to launch rockets at Ashdod.", Status.HYPOTHETICAL),
        ("The house was a centre used to plan and carry out attacks on Israeli troops.", Status.HYPOTHETICAL),
        ("Hamas fighters were using a school in Gaza to fire rockets at Israel.", Status.HYPOTHETICAL),
        ("ADF fighters used machetes to kill nine villagers in Beni, Congo.", Status.ASSERTED),
        ("Drones were used to attack the port of Odesa in Ukraine.", Status.ASSERTED),
        ("Russia used drones to attack the port of Odesa.", Status.ASSERTED),
        ("If Hezbollah attacks Israel with rockets, Israel answers.", Status.HYPOTHETICAL),
        ("Hamas attacked Israel with rockets in October 2023.", Status.HISTORICAL),
        ("A man was convicted over the Islamic State attack on Paris.", Status.HISTORICAL),
        ("Kyiv denied reports of a Ukrainian attack on Belgorod.", Status.DENIED),
        ("Pakistan rejected false claims of an attack on an Indian base.", Status.DENIED),
        ("Kyiv denied the attack on Belgorod.", Status.DENIED),
        ("Israel ordered strikes on Gaza; officials later counted 104 dead.", Status.ASSERTED),
        (
            "Drones believed to have been launched from Ukraine hit a refinery in Ryazan, Russia.",
            Status.ASSERTED,
        ),
        ("Mourners prepared to bury the victims of a Russian strike on Sumy.", Status.ASSERTED),
        ("Ukraine vowed an answer to a Russian strike that killed nine people.", Status.ASSERTED),
        ("Ukraine condemned Russia for an attack on Kharkiv.", Status.ASSERTED),
        ("Ukraine blamed Russian drones for an attack on a depot in Kharkiv.", Status.ASSERTED),
        ("Russia used missiles in an attack on Kharkiv.", Status.ASSERTED),
        (
            "Shops will close to protest an attack by Boko Haram in Nigeria that left 20 dead.",
            Status.ASSERTED,
        ),
        ("Ukraine fears a Russian strike that could kill hundreds.", Status.HYPOTHETICAL),
        ("Germany warned Ukraine against attacking Belgorod.", Status.HYPOTHETICAL),
        ("Germany warned Ukraine against an attack on Belgorod.", Status.HYPOTHETICAL),
        ("Amnesty accused Russia of bombing hospitals in Ukraine.", Status.CLAIMED),
        ("Amnesty accused Russia of bombing hospitals in past offensives.", Status.HISTORICAL),
        ("A 2022 Russian strike on a theatre in Mariupol killed hundreds.", Status.HISTORICAL),
        (
            "The attack recalled a 2022 massacre in which Russian troops killed dozens in Bucha.",
            Status.HISTORICAL,
        ),
        ("A year ago this week, Ukrainian rockets hit a school in Belgorod.", Status.HISTORICAL),
        ("It was the deadliest attack since a Russian raid on Kharkiv killed 30 people.", Status.HISTORICAL),
        ("It is not the first time that Hamas has fired rockets at Israel from schools.", Status.HISTORICAL),
        ("It is the first time that Hamas has fired such rockets at Israel.", Status.ASSERTED),
        ("Turkey has repeatedly fought the SDF over the past decade.", Status.HISTORICAL),
        ("The blast in Bamako was the worst attack by JNIM in the past decade.", Status.ASSERTED),
        ("India and Pakistan have fought three wars over Kashmir.", Status.HISTORICAL),
        ("The war, fought between Armenia and Azerbaijan in the nineties, is still felt.", Status.HISTORICAL),
        (
            "Europe doubted whether a Ukrainian strike on the palace in Russia had happened.",
            Status.HYPOTHETICAL,
        ),
        ("The pact obliges Pakistan to help if Saudi Arabia is attacked by Iran.", Status.HYPOTHETICAL),
    ],
)
def test_status(text: str, status: Status) -> None:
    assert status in {e.assertion.status for e in strikes(text)} or (
        status not in _TOLD and not strikes(text)
    )
    if status not in _TOLD:
        assert not _TOLD & {e.assertion.status for e in strikes(text)}


@pytest.mark.parametrize(
    "text",
    [
        "“It cannot be the case that Russia attacks our energy sector,” Zelenskyy said.",
        "That would leave Ukraine vulnerable to Russian attack.",
        "Russia and Ukraine agreed to halt strikes on energy facilities.",
        "The two leaders discussed a halt to Russian attacks on Ukraine.",
        "Israel warned of the threat of a Hezbollah attack.",
        "Ukraine said it was ready to strike back if Russia attacks.",
        # what something is for, what somebody can or means to do
        "Russia's destroyer is capable of strikes on Kharkiv with cruise missiles.",
        "Russia bought drones for use in attacks on Ukraine.",
        "Pakistan promised not to let militants use its soil as a base for attacks on India.",
        "Analysts say Russia lacks the missiles for another large attack on Ukraine.",
        "Students in Kharkiv learned what to do in a Russian missile attack.",
        "The minister said a Russian attack on Kharkiv was imminent.",
        "Russia said it had no intention of attacking Ukraine.",
        "Russia was deterred from attacking Ukraine.",
        "The law lets Israel strike Lebanon without a vote.",
    ],
)
def test_what_has_not_happened_is_not_told(text: str) -> None:
    assert not _TOLD & {e.assertion.status for e in strikes(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Putin ordered an end to attacks on Ukraine's power plants.",
        "Iran announced that it was halting its attacks on Israel.",
        "The UN envoy called on the RSF to stop its attacks on El Fasher.",
        "The EU urged Russia to halt its offensive against Ukraine.",
        "Egypt urged Israel to stop bombing Gaza City.",
        "Russia has suspended its attacks on Ukraine.",
        "Washington has agreed to a truce with the Houthis and will stop its airstrikes.",
    ],
)
def test_attacks_that_are_to_stop_have_been_made_and_come_before_the_truce(text: str) -> None:
    (event,) = strikes(text)
    assert event.assertion.status in _TOLD
    assert event.ceasefire_relation is None or event.ceasefire_relation.order is Order.BEFORE


@pytest.mark.parametrize(
    "text",
    [
        "Israel threatened Lebanon with airstrikes if Hezbollah does not disarm.",
        "Russia has threatened Kyiv with missile strikes.",
    ],
)
def test_who_is_threatened_with_strikes_is_not_struck(text: str) -> None:
    assert {e.assertion.status for e in strikes(text)} == {Status.THREATENED}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Taliban gunmen tried to storm a camp of the Pakistani army in Bannu.", True),
        ("Pakistani Taliban gunmen will try to storm a camp of the army in Bannu.", False),
        ("Pakistani Taliban gunmen did not try to storm the camp of the army in Bannu.", False),
        ("Russia called its strikes on Kyiv revenge for the attack on the Crimean bridge.", True),
        ("Hamas called for an attack on Tel Aviv.", False),
    ],
)
def test_an_assault_that_fails_is_one_and_a_name_is_no_call(text: str, *, told: bool) -> None:
    """To try to storm is to attack; to call a thing revenge for an attack is not to call for one."""
    assert any(e.assertion.status in _TOLD for e in strikes(text)) is told


def test_an_answer_to_what_is_long_past_is_past_too() -> None:
    text = (
        "Israel and the Houthis traded threats on Sunday. In July 2024 a Houthi drone struck Tel Aviv. "
        "In response, Israeli jets attacked Hodeidah in Yemen."
    )
    found = strikes(text, on=datetime(2024, 9, 15, 12, tzinfo=UTC))
    assert found
    assert not _TOLD & {e.assertion.status for e in found}


def test_who_says_so() -> None:
    (event,) = strikes("Hamas claimed that its fighters attacked Israeli troops in Rafah.")
    assert event.assertion.attributed_to == "Hamas"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # what is said to go on goes on as the verb says
        ("Russia will go on attacking Ukrainian power plants, Putin said.", Status.PLANNED),
        ("The RSF kept on shelling El Fasher in Sudan.", Status.ASSERTED),
        ("Turkey carried on bombing PKK camps in northern Iraq.", Status.ASSERTED),
        # whoever flees an attack flees one that is made, whatever is said of the fleeing
        ("Villagers were forced to flee Israeli strikes on Tyre in Lebanon.", Status.ASSERTED),
        ("Residents will flee RSF attacks on El Fasher.", Status.ASSERTED),
        ("Thousands fear Russian shelling of Kupiansk in Ukraine.", Status.HYPOTHETICAL),
        # a dismissal denies what it is a dismissal of, not what came before it
        ("Putin dismissed the general after Ukraine struck Engels air base in Russia.", Status.ASSERTED),
        ("Sudan's president dismissed a minister after the RSF shelled Omdurman.", Status.ASSERTED),
        ("Russia denied that its forces shelled Sumy in Ukraine.", Status.DENIED),
        # stopping tells of no attack to come
        ("Hezbollah will stop firing rockets at Israel, its leader said.", Status.HYPOTHETICAL),
        ("Ukraine will cease attacking Russian refineries, Zelensky said.", Status.HYPOTHETICAL),
        ("Ukraine will start attacking Russian refineries, Zelensky said.", Status.PLANNED),
        ("The United States stops bombing the Houthis, Trump says.", Status.HYPOTHETICAL),
        ("Israel did not stop bombing Lebanon.", Status.ASSERTED),
        ("Israel and Hezbollah have stopped shelling each other.", Status.HYPOTHETICAL),
        ("Fighting between Armenia and Azerbaijan had not stopped by noon.", Status.ASSERTED),
        # what came before is a fact under any main clause
        ("Putin vowed an answer after Ukraine bombed Engels air base.", Status.ASSERTED),
        ("Netanyahu told ministers to wait because Hezbollah fired rockets at Metula.", Status.ASSERTED),
        # none
        ("Nobody attacked Armenian villages, Azerbaijan said.", Status.DENIED),
        ("None of the rockets hit Haifa, Israel said of Hezbollah's fire.", Status.DENIED),
    ],
)
def test_status_of_what_hangs_on_another_verb(text: str, status: Status) -> None:
    assert {e.assertion.status for e in strikes(text)} == {status}


@pytest.mark.parametrize(
    "text",
    [
        "Neither side shelled the other in Kashmir on Friday, India said of Pakistan.",
        "Neither army attacked Stepanakert on Friday, Armenia said of Azerbaijan.",
    ],
)
def test_neither_did(text: str) -> None:
    assert not _TOLD & {e.assertion.status for e in strikes(text)}
