"""What the words leave to knowledge of the wars of the day: who holds a town, whom "the coalition" or "the rebels" means."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extraction.extracted import day, loaded, pairs, strikes, told
from worker.article import Article
from worker.event import HAPPENED, StrikeEvent
from worker.extraction import extract_many


@pytest.mark.parametrize(
    ("text", "on", "pair"),
    [
        ("A shell hit a school in Donetsk, killing three people.", day(2015, 3, 1), ("UKR", "RUS")),
        ("Shelling killed three people in Donetsk on Tuesday.", day(2023, 5, 3), ("UKR", "RUS")),
        ("Shelling killed three people in Kherson on Tuesday.", day(2023, 5, 3), ("RUS", "UKR")),
        ("Air strikes killed nine people in Mosul on Tuesday.", day(2016, 11, 2), (None, "isis")),
        ("Air strikes killed nine people in Idlib on Tuesday.", day(2019, 7, 3), (None, "syrian-opposition")),
        ("Shelling killed nine people in Kilinochchi on Tuesday.", day(2008, 12, 3), ("LKA", "ltte")),
        ("A drone hit a market in Stepanakert, killing nine people.", day(2020, 10, 14), ("AZE", "ARM")),
        ("Azerbaijani rockets hit a market in Martuni.", day(2020, 10, 14), ("AZE", "artsakh")),
        # rebels without a name attack the state, not the rebels who hold the town
        (
            "Ukraine beat back a rebel attack near Donetsk airport, its army said.",
            day(2014, 9, 13),
            ("dpr-lpr", "UKR"),
        ),
        # whoever holds a town can shell it no longer, whatever its enemies do there
        ("M23 shelling of Bunagana killed five people.", day(2022, 6, 5), ("m23", "COD")),
    ],
)
def test_who_holds_a_town_is_hit_there(text: str, on: datetime, pair: tuple[str | None, str]) -> None:
    assert pairs(text, on=on) == {pair}


@pytest.mark.parametrize(
    ("text", "on", "pair"),
    [
        ("Coalition airstrikes hit Gadhafi's tanks near Ajdabiya, rebels said.", day(2011, 3, 29), "LBY"),
        ("Coalition forces killed ten Taliban fighters in Helmand.", day(2007, 11, 29), "taliban"),
        ("Coalition forces killed ten insurgents near Falluja.", day(2004, 11, 29), "iraqi-insurgents"),
        ("Coalition airstrikes killed ten IS fighters in Mosul.", day(2016, 11, 29), "isis"),
    ],
)
def test_the_coalition_is_that_of_the_war(text: str, on: datetime, pair: str) -> None:
    assert pairs(text, on=on) == {("us-led-coalition", pair)}


def test_the_coalition_is_the_one_that_the_text_names() -> None:
    text = "Warplanes of the Saudi-led coalition bombed Sanaa. Coalition jets also struck Taiz."
    assert {a.id for e in told(text, on=day(2015, 5, 29)) for a in e.actors} == {"SAU"}


@pytest.mark.parametrize(
    ("text", "on", "pair"),
    [
        (
            "Islamic State in the Greater Sahara attacked a base in Niger, killing nine soldiers.",
            day(2025, 7, 1),
            ("isis", "NER"),
        ),
        ("ISIS-K claimed a bombing in Kabul that killed nine people.", day(2022, 9, 1), ("isis", "AFG")),
        (
            "Syrian troops shelled positions of Ahrar al-Sham in Idlib, killing nine fighters.",
            day(2016, 3, 1),
            ("SYR", "syrian-opposition"),
        ),
    ],
)
def test_a_branch_goes_by_the_name_of_its_movement(text: str, on: datetime, pair: tuple[str, str]) -> None:
    assert pairs(text, on=on) == {pair}


def test_what_is_written_of_a_branch_stays() -> None:
    [event] = told("ISIS-K attacked a mosque in Kabul, killing nine people.", on=day(2022, 9, 1))
    [actor] = event.actors
    assert (actor.id, actor.side, actor.name, actor.text) == ("isis", "isis", "Islamic State", "ISIS-K")


@pytest.mark.parametrize(
    ("text", "on", "pair"),
    [
        (
            "Turkish aircraft struck a Kurdish camp in northern Iraq. The US bombed Islamic State in Syria.",
            day(2015, 7, 27),
            ("TUR", "pkk"),
        ),
        ("Turkish forces shelled Kurdish positions near Kobani.", day(2019, 10, 12), ("TUR", "sdf")),
        (
            "A bomb killed three members of a government-backed militia in Mopti, Mali. JNIM is active there.",
            day(2024, 4, 19),
            ("jnim", "MLI"),
        ),
        (
            "The Taliban also attacked police in central Uruzgan province on Tuesday night, US officials said.",
            day(2020, 3, 6),
            ("taliban", "AFG"),
        ),
        (
            "Shells hit a UN school in Gaza. Israel and Hamas are at war.",
            day(2014, 8, 4),
            ("ISR", "palestine"),
        ),
        (
            "Al Qaeda's affiliate in the country, the Islamic State of Iraq, killed 52 people with blasts in Baghdad.",
            day(2012, 4, 19),
            ("isis", "IRQ"),
        ),
        (
            "Syrian jets hit a town near Aleppo which had been in the hands of rebels.",
            day(2015, 7, 2),
            ("SYR", "syrian-opposition"),
        ),
        (
            "No group claimed responsibility for the bombings in Baghdad that killed 15 people.",
            day(2012, 4, 20),
            (None, "IRQ"),
        ),
        (
            "One of the blasts in Kabul took the lives of two German soldiers, and the Taliban claimed it.",
            day(2010, 9, 8),
            ("taliban", "DEU"),
        ),
    ],
)
def test_who_is_meant(text: str, on: datetime, pair: tuple[str, str]) -> None:
    assert pair in pairs(text, on=on)


def test_guests_from_a_state_that_fights_nobody_are_not_who_is_hit() -> None:
    text = "Gunmen killed 25 Indians and one Nepali in Pahalgam."
    assert {recipient for _, recipient in pairs(text, on=day(2025, 4, 23))} == {"IND"}


def test_a_raid_is_no_target() -> None:
    text = "Violence culminated in air strikes on Aleppo and a US-led raid that killed scores of Syrian soldiers."
    assert pairs(text, on=day(2016, 9, 20)) == {("USA", "SYR")}


def test_rebels_are_not_the_group_that_fights_for_the_state() -> None:
    text = (
        "The Iran-backed Hezbollah group supports Syrian government forces near Aleppo. "
        "Rebels fired rockets on residential areas of the city, injuring seven."
    )
    found = [e for e in told(text, on=day(2016, 5, 8)) if e.injured is not None]
    assert {a.side for e in found for a in e.actors} == {"syrian-opposition"}


def test_an_article_without_a_date_is_of_the_war_that_its_groups_fight() -> None:
    text = (
        "A Scud missile fired by the regime hit a market in Raqqa, killing 35 people, the Syrian National Coalition said. "
        "The United States condemned the attack. Syria's civil war began after protests. The opposition Free Syrian Army "
        "will not take part in the talks, which the United States and Russia announced."
    )
    received = datetime(2026, 1, 1, tzinfo=UTC)
    article = Article(
        article_id="a",
        url=None,
        source="Test Wire",
        title=None,
        text=text,
        published_at=None,
        seen_at=received,
    )
    events = extract_many([article], *loaded())[0].events
    told_of = [e for e in events if isinstance(e, StrikeEvent) and e.assertion.status in HAPPENED]
    assert {(a.side, r.side) for e in told_of for a in e.actors for r in e.recipients} == {
        ("SYR", "syrian-opposition")
    }


@pytest.mark.parametrize(
    "text",
    [
        "The attack was retaliation for the killing of two Boko Haram fighters by local vigilantes in Yobe.",
        "Hassan Rouhani, the Iranian president, blasted leaders of the two Arab states over the deal with Israel.",
        "South Korea launched aircraft to intercept North Korean drones.",
        "ETA has fought for full independence from Spain.",
        "Turkey and Syria have been fighting for centuries.",
        "Russia and Ukraine fought a war over Kharkiv in the 1990s.",
        "ETA is listed as a terrorist group for its campaign of car bombings in Spain.",
        "Hamas broke its 2006 truce, only for Israel to bomb Gaza months later.",
        "Zelensky spoke on New Year's Day of resistance to Moscow's full-scale invasion of Ukraine.",
        "The United States is leading a campaign against Islamic State in Syria.",
        "Israel received the remains of a soldier, who was killed in Gaza hours after a ceasefire in the 2014 war.",
        "Besides resuming attacks against Israel, the Houthis could hit bases in Djibouti.",
    ],
)
def test_nothing_that_is_told_of_today(text: str) -> None:
    assert told(text, on=day(2025, 9, 3)) == ()


def test_the_worst_since_a_decade_is_of_today() -> None:
    text = "Turkey's army killed nine PKK fighters in the worst fighting since the insurgency in the 1990s."
    assert told(text, on=day(2016, 5, 13))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Ukraine downed a Russian aircraft on Tuesday.", ("UKR", "RUS")),
        ("Russian forces shelled Kharkiv, prompting Ukraine to fire back.", ("UKR", "RUS")),
        ("Shells fired from Russian positions landed in Kharkiv.", ("RUS", "UKR")),
        ("Dozens of Russian drones attacked Kharkiv overnight.", ("RUS", "UKR")),
        ("Two Ukrainian soldiers who were killed in a Russian attack were buried.", ("RUS", "UKR")),
        ("Russia and Ukraine accused each other of shelling Kharkiv.", ("UKR", "RUS")),
        ("Moscow is leading an air campaign against Ukraine.", ("RUS", "UKR")),
    ],
)
def test_who_strikes_whom_in_other_words(text: str, pair: tuple[str, str]) -> None:
    assert pair in pairs(text, on=day(2025, 5, 7))


def test_rockets_at_a_state_at_war_are_an_attack_by_whomever() -> None:
    assert pairs("Rockets were fired at Israel on Sunday.", on=day(2018, 11, 17)) == {(None, "ISR")}


def test_the_place_of_a_states_offensive_is_not_its_attacker() -> None:
    found = strikes("Turkey agrees to pause Syria offensive", on=day(2019, 10, 17))
    assert {a.id for e in found for a in e.actors} == {"TUR"}


def test_those_who_were_killed_are_counted() -> None:
    [event] = told("Nine people who were killed by M23 rebels in Walikale were buried.", on=day(2025, 7, 23))
    assert event.killed is not None
    assert event.killed.low == 9
