"""Who struck whom where the words leave it open: place, weapon, origin and the article's conflict."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.extraction.extracted import day, pairs, strikes
from worker.event import Mode, SiteType

if TYPE_CHECKING:
    from worker.event import StrikeEvent

_2024 = datetime(2024, 11, 5, 12, tzinfo=UTC)


def _one(text: str, *, title: str | None = None, on: datetime = _2024) -> StrikeEvent:
    found = strikes(text, title=title, on=on)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Israeli jets bombed the Lebanese town of Khiam on Monday.", "LBN"),
        ("Israel carried out airstrikes in Khan Yunis in the Gaza Strip.", "palestine"),
        ("Russian missiles hit Kharkiv overnight.", "UKR"),
        ("Ukrainian drones struck Belgorod overnight.", "RUS"),
    ],
)
def test_the_place_says_who_is_hit(text: str, recipient: str) -> None:
    event = _one(text)
    assert {r.side for r in event.recipients} == {recipient}
    assert all(r.inferred == (r.text is None) for r in event.recipients)


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Houthi ministers died when Israel bombed the Yemeni capital.", "houthis"),
        ("Russian missiles hit the Ukrainian capital.", "UKR"),
        ("Israeli jets bombed a house in Zabadani, Beqaa Governorate, Lebanon.", "LBN"),
        ("Israel raids Jenin.", "palestine"),
        (
            "A truce with Hamas does not hold for Lebanon, Israel said, and its jets struck towns there.",
            "LBN",
        ),
        ('Netanyahu ordered "forceful strikes" on the Gaza Strip.', "palestine"),
        ("A Ukrainian missile struck the landing ship Minsk in Sevastopol.", "RUS"),
        ("Turkish-backed SNA fighters shelled villages near SDF positions in Syria.", "sdf"),
    ],
)
def test_what_is_hit_is_whose_the_words_around_it_say(text: str, recipient: str) -> None:
    assert {r.side for e in strikes(text, on=_2024) for r in e.recipients} == {recipient}


def test_a_missile_from_yemen_is_of_those_there_who_fight_the_side_that_is_hit() -> None:
    event = _one("A missile launched from Yemen hit the Israeli city of Tel Aviv.")
    assert [(a.id, a.inferred) for a in event.actors] == [("houthis", True)]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "A missile fired from Yemen fell in southern Israel. Hezbollah has fought Israel for a year.",
            "houthis",
        ),
        ("Rockets fired from Lebanon hit Safed. Hamas has fought Israel for a year.", "LBN"),
        ("Rockets fired from Gaza hit Sderot. Hezbollah has fought Israel for a year.", "palestine"),
        ("Drones launched from Ukraine hit Moscow.", "UKR"),
    ],
)
def test_what_flies_out_of_a_land_is_of_those_who_fight_from_there(text: str, actor: str) -> None:
    """Wherever it came from decides, whoever else the article names as an attacker."""
    first = next(e for e in strikes(text, on=_2024) if e.weapons)
    assert {actor} <= {name for a in first.actors for name in (a.id, a.side)}


def test_where_rockets_come_from_is_not_where_they_land() -> None:
    event = _one("The Israeli military said 40 rockets were fired from Lebanon early on Sunday.")
    assert {r.id for r in event.recipients} == {"ISR"}
    assert {a.side for a in event.actors} == {"LBN"}


def test_a_weapon_without_an_owner_belongs_to_the_enemy_of_the_article() -> None:
    text = "Ukraine and Russia are at war. In the Russian city of Krasnodar, an oil depot was hit by a drone."
    event = _one(text)
    assert [(a.id, a.inferred) for a in event.actors] == [("UKR", True)]


def test_an_answer_is_to_an_attack_by_those_who_are_struck() -> None:
    text = (
        "Turkish forces bombed Syrian army positions in retaliation for the killing of two Turkish soldiers."
    )
    pairs = {
        (e.actors[0].id, e.recipients[0].id)
        for e in strikes(text, on=datetime(2020, 3, 1, 12, tzinfo=UTC))
        if e.actors and e.recipients
    }
    assert pairs == {("TUR", "SYR"), ("SYR", "TUR")}


def test_a_list_of_countries_names_all_that_are_hit() -> None:
    text = "Iran launched missile strikes on sites in Kuwait, Bahrain and Qatar."
    assert {r.id for e in strikes(text) for r in e.recipients} == {"KWT", "BHR", "QAT"}


def test_soldiers_of_a_state_are_that_state() -> None:
    text = "Turkish forces killed 21 Syrian troops in Idlib."
    assert {r.id for e in strikes(text) for r in e.recipients} == {"SYR"}


def test_the_conflict_holds_both_sides() -> None:
    assert _one("Russian missiles hit Kharkiv overnight.").conflict == "RUS|UKR"


@pytest.mark.parametrize(
    ("text", "on", "pair"),
    [
        ("Hezbollah fired rockets at the Golan Heights.", (2024, 7, 27), ("hezbollah", "ISR")),
        ("Syrian forces fired mortars at the Golan Heights.", (2024, 7, 27), ("SYR", "ISR")),
        ("Drones hit an oil depot in Sevastopol in Crimea.", (2023, 8, 10), ("UKR", "RUS")),
        # the holder itself, and the time before it held it
        ("Russian jets bombed Sevastopol.", (2023, 8, 10), ("RUS", "UKR")),
        ("Russian troops attacked a base in Sevastopol.", (2014, 3, 10), ("RUS", "UKR")),
    ],
)
def test_what_falls_on_land_that_is_held_hits_its_holder(
    text: str, on: tuple[int, int, int], pair: tuple[str, str]
) -> None:
    assert pairs(text, on=day(*on)) == {pair}


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Israeli tanks attacked UNIFIL positions near Naqoura in Lebanon.", "un"),
        ("Israeli troops fired at UN peacekeepers in southern Lebanon, wounding two.", "un"),
        ("Israel struck a UN office in Gaza City.", "palestine"),
        ("Israeli jets bombed a UNRWA school in Gaza City.", "palestine"),
    ],
)
def test_a_force_is_hit_for_itself_an_office_where_it_stands(text: str, recipient: str) -> None:
    assert {r.id for e in strikes(text, on=_2024) for r in e.recipients} == {recipient}


@pytest.mark.parametrize(
    ("text", "on", "actors"),
    [
        ("Jets bombed Sudanese army positions in El Obeid. The RSF cheered.", (2025, 3, 19), set()),
        (
            "Warplanes bombed Syrian army positions near Homs. The Free Syrian Army watched.",
            (2012, 7, 1),
            set(),
        ),
        ("Drones struck Sudanese army positions in El Obeid. The RSF cheered.", (2025, 3, 19), {"rsf"}),
    ],
)
def test_rebels_have_no_aircraft(text: str, on: tuple[int, int, int], actors: set[str]) -> None:
    [event] = strikes(text, on=day(*on))
    assert {a.id for a in event.actors} == actors


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Iranian forces shelled Aleppo in Syria.", "syrian-opposition"),
        ("Hezbollah fighters shelled Homs in Syria.", "syrian-opposition"),
        ("Syrian troops shelled Aleppo.", "syrian-opposition"),
    ],
)
def test_an_ally_of_a_government_hits_its_rebels(text: str, recipient: str) -> None:
    assert {r for _, r in pairs(text, on=day(2013, 3, 10))} == {recipient}


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Israel attacked the occupied West Bank, killing two. Hamas and Israel are at war.", "palestine"),
        ("Israeli troops attacked a house in Nablus. Hamas and Israel are at war.", "palestine"),
        ("Israel bombed a house in Gaza City. Hamas and Israel are at war.", "hamas"),
        ("Israel attacked Hamas fighters in Nablus. Hamas and Israel are at war.", "hamas"),
    ],
)
def test_a_group_is_guessed_to_be_hit_on_its_own_ground_only(text: str, recipient: str) -> None:
    """Hamas holds Gaza, not the West Bank; where it is named, it is hit anywhere."""
    assert pairs(text, on=_2024) == {("ISR", recipient)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M23 seized the town of Sake in fighting with the Congolese army.", {("m23", "COD")}),
        ("The Arakan Army seized Paletwa in clashes with Myanmar's army.", {("arakan-army", "MMR")}),
        ("Congolese troops clashed with M23 near Sake.", {("m23", "COD"), ("COD", "m23")}),
    ],
)
def test_whoever_seizes_a_town_in_fighting_attacks(text: str, expected: set[tuple[str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "pair", "killed"),
    [
        ("Russian fire killed two people in Kherson.", ("RUS", "UKR"), 2),
        ("Two farmers were killed by Israeli fire near Rafah.", ("ISR", "palestine"), 2),
        ("Israeli tank fire killed two farmers in Gaza.", ("ISR", "palestine"), 2),
        (
            "Hezbollah fire killed four Israeli and two Thai workers in northern Israel.",
            ("hezbollah", "ISR"),
            6,
        ),
    ],
)
def test_whose_fire_kills(text: str, pair: tuple[str, str], killed: int) -> None:
    """Somebody's fire is gunfire, be it the subject or the agent of the killing."""
    event = _one(text)
    assert (event.actors[0].id, event.recipients[0].id) == pair
    assert event.killed is not None
    assert event.killed.low == killed


@pytest.mark.parametrize(
    "text",
    [
        "Border clashes resulted in the deaths of four Armenian and three Azerbaijani soldiers.",
        "Clashes on the border killed four Armenian and three Azerbaijani soldiers.",
        "Four Armenian and three Azerbaijani soldiers were killed in clashes on the border.",
    ],
)
def test_each_side_has_its_own_dead(text: str) -> None:
    """However the parser reads the two lots of people: each is what the other side killed."""
    found = strikes(text, on=datetime(2023, 4, 11, 12, tzinfo=UTC))
    killed = {e.recipients[0].id: e.killed.low for e in found if e.killed is not None}
    assert killed == {"ARM": 4, "AZE": 3}


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("A drone crashed into a power substation in Omdurman, cutting electricity.", ("rsf", "SDN")),
        ("A drone fell on an apartment block in Kharkiv.", ("RUS", "UKR")),
        ("A drone crashed into a house in Galati in Romania.", None),
        ("A drone crashed into a stadium in Chicago.", None),
    ],
)
def test_a_drone_that_comes_down_on_a_building_in_a_war_was_sent(
    text: str, pair: tuple[str, str] | None
) -> None:
    """By whoever fights those who live there; elsewhere it has gone astray."""
    assert pairs(text, on=day(2025, 7, 14)) == ({pair} if pair else set())


@pytest.mark.parametrize(
    ("text", "pair", "place"),
    [
        ("Drones spark fire at Russian oil terminal", ("UKR", "RUS"), None),
        ("Ukrainian drone sparks blaze at refinery in Samara", ("UKR", "RUS"), "Samara"),
        ("Power was cut in Port Sudan after drones hit a substation.", ("rsf", "SDN"), "Port Sudan"),
        ("Power failed in Kyiv after drones hit a substation in Odesa.", ("RUS", "UKR"), "Odesa"),
        ("Ministers met in Cairo after drones hit a substation.", None, None),
        ("Faulty wires spark fire at Russian oil terminal", None, None),
    ],
)
def test_energy_sites_that_burn_or_fail(text: str, pair: tuple[str, str] | None, place: str | None) -> None:
    """The attack is where what fails is told of, unless it has a place of its own; talks elsewhere are no such place."""
    found = strikes(text, on=datetime(2025, 7, 14, 12, tzinfo=UTC))
    assert {(a.id, r.id) for e in found for a in e.actors for r in e.recipients} == (
        {pair} if pair else set()
    )
    assert all(s.type is SiteType.ENERGY for e in found for s in e.sites)
    assert {p.text for e in found for p in e.places} == ({place} if place else set())


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Russian drones shot down over Kyiv, mayor says", ("RUS", "UKR")),
        ("Houthi missile brought down near Jerusalem", ("houthis", "ISR")),
        ("Iranian missile intercepted over Haifa, Israel says", ("IRN", "ISR")),
        ("Russian jet shot down over Kharkiv, Ukraine says", ("UKR", "RUS")),
    ],
)
def test_what_headlines_say_was_shot_down(text: str, pair: tuple[str, str]) -> None:
    """Without "were": drones shoot nothing down, and a drone shot down was sent by its owner, while a jet was hit."""
    assert pairs(text, on=day(2025, 6, 20)) == {pair}


def test_rebel_held_is_what_the_rebels_of_the_war_hold() -> None:
    """Not the jihadists of whom the sentence before told."""
    text = (
        "Syrian jets bombed Syrian rebels in Aleppo. The ceasefire leaves out Islamic State. "
        "Artillery fire also hit the rebel-held town of Talbiseh."
    )
    found = strikes(text, on=datetime(2016, 9, 20, 12, tzinfo=UTC))
    struck = [e for e in found if e.mode is Mode.ARTILLERY]
    assert {r.id for e in struck for r in e.recipients} == {"syrian-opposition"}


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("Six Congolese soldiers were killed in clashes with M23.", "COD"),
        ("Eleven Sudanese soldiers were killed in fighting with the RSF.", "SDN"),
    ],
)
def test_those_who_die_in_clashes_with_others_are_the_other_side(text: str, struck: str) -> None:
    """They are named as one side of it, so nothing is guessed."""
    found = strikes(text)
    assert len(found) == 2
    assert not any(r.inferred for e in found for r in (*e.actors, *e.recipients))
    assert struck in {r.id for e in found for r in e.recipients}


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        (
            "Rebels captured two towns. Syria's army fights Syrian rebels, and rebels fight Syria.",
            (2013, 6, 1),
            {("syrian-opposition", "SYR")},
        ),
        (
            "Rebels captured two towns. Libya's army fights rebels. Libya's rebels want Tripoli.",
            (2011, 8, 1),
            {("libyan-rebels", "LBY")},
        ),
    ],
)
def test_rebels_who_take_towns_somewhere_fight_the_war_of_the_article(
    text: str, on: tuple[int, int, int], expected: set[tuple[str, str]]
) -> None:
    assert expected <= pairs(text, on=day(*on))


@pytest.mark.parametrize(
    "text",
    [
        "A tanker was hit by a missile in the Red Sea. Iran and Israel traded threats.",
        "A Panamanian bulk carrier was hit by a drone in the Red Sea. Iran and Israel traded threats.",
    ],
)
def test_a_ship_is_of_no_side_of_the_articles_war(text: str) -> None:
    assert not {r.id for e in strikes(text) for r in e.recipients} & {"IRN", "ISR"}


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("Minova fell to the M23 on Monday.", (2025, 1, 22), {("m23", "COD")}),
        ("The Syrian town of Maarat has fallen to rebels.", (2024, 12, 2), {("syrian-opposition", "SYR")}),
        ("The chairmanship fell to Mr Diop of Senegal.", (2024, 12, 2), set()),
        ("The rouble fell to a new low against the dollar.", (2024, 12, 2), set()),
        ("Leaves fell to the ground in Moscow.", (2024, 12, 2), set()),
        ("The M23 opened a new offensive near Walikale.", (2025, 3, 2), {("m23", "COD")}),
        ("Israel's army launched an operation in Tulkarm.", (2025, 1, 27), {("ISR", "palestine")}),
        ("Pakistani troops began an offensive in Tirah.", (2025, 9, 2), {("PAK", "ttp")}),
        ("Police launched an operation against smugglers in Spain.", (2025, 9, 2), set()),
        ("The army launched a rescue operation in flooded Pakistan.", (2025, 9, 2), set()),
        ("Ukraine's postal service began operations in Poland.", (2025, 9, 2), set()),
    ],
)
def test_what_falls_and_what_is_launched(
    text: str, on: tuple[int, int, int], expected: set[tuple[str, str]]
) -> None:
    assert pairs(text, on=day(*on)) == expected


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        (
            "The last soldiers of the Syrian army left Hasakah after four days of clashes with the SDF.",
            (2026, 1, 12),
            {("SYR", "sdf"), ("sdf", "SYR")},
        ),
        (
            "Cambodia and Thailand sign a ceasefire after two weeks of fighting.",
            (2025, 12, 27),
            {("KHM", "THA"), ("THA", "KHM")},
        ),
        (
            "Hezbollah fighters battled Israeli troops in Aitaroun.",
            (2024, 10, 20),
            {("hezbollah", "ISR"), ("ISR", "hezbollah")},
        ),
        (
            "Nine militants were killed in a raid in Bajaur, Pakistan's army said.",
            (2024, 9, 4),
            {("PAK", "ttp")},
        ),
        ("Rebels of the FDLR killed six Congolese soldiers.", (2024, 9, 4), {("fdlr", "COD")}),
        ("Rockets from Lebanon hit homes in Safed, Israel.", (2024, 9, 4), {("LBN", "ISR")}),
        ("US forces sank a boat in the Caribbean, killing four.", (2025, 10, 4), {("USA", None)}),
        ("A cargo vessel sank after attacks by Houthi drones.", (2024, 3, 4), {("houthis", None)}),
        (
            "The US bombed militants of Islamic State in Nigeria at the request of its government.",
            (2025, 12, 26),
            {("USA", "isis")},
        ),
        (
            "Three Armenian soldiers were killed by Azerbaijani fire near Vardenis.",
            (2022, 9, 20),
            {("AZE", "ARM")},
        ),
        ("A man was killed by a sniper of the Armenian army in Azerbaijan.", (2023, 3, 2), {("ARM", "AZE")}),
        (
            "Yemeni rebels said they had downed an American MQ-9 Reaper drone.",
            (2024, 5, 17),
            {("houthis", "USA")},
        ),
        ("The army of Sudan retook Bara from the RSF.", (2025, 9, 12), {("SDN", "rsf")}),
        ("Insurgents beheaded six people in northern Mozambique.", (2023, 9, 17), {("isis", "MOZ")}),
        (
            "Islamist militants seized a port in Mozambique after days of fighting.",
            (2021, 3, 29),
            {("isis", "MOZ")},
        ),
        ("Armed gangs attacked a prison in Port-au-Prince.", (2024, 3, 4), {("haitian-gangs", "HTI")}),
        (
            "Nine NPA rebels were killed by Philippine soldiers during clashes.",
            (2024, 3, 4),
            {("PHL", "npa")},
        ),
        (
            "A US frigate shot down drones that the Houthis had launched at Israel.",
            (2024, 3, 4),
            {("houthis", "ISR")},
        ),
        (
            "A Palestinian was shot dead by a group of Israeli civilians in Nablus.",
            (2024, 3, 4),
            set(),
        ),
        ("The envoy warned of an escalation of fighting in Gaza.", (2024, 3, 4), set()),
        (
            "Four people were killed in an attack on the Ukrainian city of Sumy.",
            (2025, 4, 4),
            {("RUS", "UKR")},
        ),
        (
            "Two Israeli soldiers were killed by a bomb in Jabalia, Gaza.",
            (2025, 7, 7),
            {("palestine", "ISR")},
        ),
        ("Islamic State bombed a shrine in Hama, Syria.", (2025, 12, 26), {("isis", "SYR")}),
        ("Russian jets bombed a clinic in Idlib.", (2016, 7, 29), {("RUS", "syrian-opposition")}),
        (
            "The MILF and the army exchanged fire in Basilan.",
            (2022, 11, 9),
            {("PHL", "milf"), ("milf", "PHL")},
        ),
        (
            "A Thai ranger died in an exchange of gunfire between Thai and Cambodian patrols.",
            (2025, 7, 29),
            {("THA", "KHM"), ("KHM", "THA")},
        ),
        (
            "Bedouin tribal gunmen attacked Druze farms near Suwayda.",
            (2025, 7, 18),
            {("syrian-bedouin", "druze-militias")},
        ),
        (
            "A reservist was killed when militants fired at a bulldozer in Jabalia, the Israeli army said.",
            (2025, 10, 20),
            {("palestine", "ISR")},
        ),
        ("Hamas said its fighters ambushed soldiers in Rafah.", (2025, 10, 20), {("hamas", "ISR")}),
        (
            "The Taliban said their fighters had killed forty soldiers at a Pakistani post.",
            (2025, 10, 12),
            {("AFG", "PAK")},
        ),
        (
            "Islamic State-linked rebels killed nine people in Komanda, eastern Congo.",
            (2025, 7, 27),
            {("adf", "COD")},
        ),
        ("Pro-Russian rebels shelled Avdiivka.", (2015, 2, 17), {("dpr-lpr", "UKR")}),
        (
            "Armenia accuses Azerbaijan of using drones against Sotk.",
            (2022, 9, 14),
            {("AZE", "ARM")},
        ),
        (
            "Drones hit a Saudi refinery. The Houthis claim responsibility; Riyadh blames Iran.",
            (2019, 9, 14),
            {("houthis", "SAU")},
        ),
        ("Washington has allowed Ukraine to use its missiles against Russia.", (2024, 11, 18), set()),
        (
            "Israeli raids killed a general and an Iranian missile killed three people in Haifa.",
            (2025, 6, 20),
            {("ISR", "IRN"), ("IRN", "ISR")},
        ),
        (
            "Russian rockets killed a nurse in Sumy, and Ukrainian drones wounded two men in Belgorod.",
            (2025, 6, 20),
            {("RUS", "UKR"), ("UKR", "RUS")},
        ),
        (
            "Iran fired missiles at Israel and at American bases in Kuwait.",
            (2026, 3, 2),
            {("IRN", "ISR"), ("IRN", "USA")},
        ),
        ("Benin's army lost nine men in a jihadist attack.", (2025, 1, 8), {("jnim", "BEN")}),
        ("JNIM fighters torched a village near Djibo.", (2025, 1, 8), {("jnim", "BFA")}),
        ("Bakers burnt their loaves in Djibo, Burkina Faso.", (2025, 1, 8), set()),
        ("Police raided a casino in Poipet, Cambodia.", (2025, 7, 1), set()),
        ("Indian troops killed three militants in Kupwara.", (2024, 7, 24), {("IND", "kashmiri-militants")}),
        (
            "Two policemen were killed by rebels in Chhattisgarh, India.",
            (2024, 7, 24),
            {("naxalites", "IND")},
        ),
        (
            "Four militants were killed in a gunfight in Shopian.",
            (2024, 7, 24),
            {("IND", "kashmiri-militants"), ("kashmiri-militants", "IND")},
        ),
    ],
)
def test_fighters_are_opposed_by_whom_the_words_say(
    text: str, on: tuple[int, int, int], expected: set[tuple[str, str | None]]
) -> None:
    assert pairs(text, on=day(*on)) == expected


@pytest.mark.parametrize(
    ("text", "on", "attacker"),
    [
        ("The Taliban attacked a base in Peshawar, killing nine Pakistani soldiers.", day(2009, 7, 2), "ttp"),
        ("The Taliban attacked a base in Kabul, killing nine Afghan soldiers.", day(2009, 7, 2), "taliban"),
        ("Warplanes suspected to be Israeli struck an Iranian convoy in Syria.", day(2024, 4, 2), "ISR"),
        ("Drones believed to be Ukrainian hit an oil depot in Ryazan.", day(2024, 4, 2), "UKR"),
        ("Gunmen thought to be from al-Shabaab attacked a bus in Kenya.", day(2024, 4, 2), "al-shabaab"),
        ("Troops backed by Russian jets captured Palmyra from ISIS.", day(2016, 3, 28), "SYR"),
        ("Army units backed by the Arab coalition captured Mocha from the Houthis.", day(2017, 2, 8), "YEM"),
        (
            "Four Ukrainian soldiers were killed by shelling in Donbas, the Ukrainian army said.",
            day(2024, 4, 2),
            "RUS",
        ),
        ("Azerbaijani shelling killed five people in Stepanakert.", day(2020, 10, 14), "AZE"),
    ],
)
def test_who_is_meant_by_a_name_a_guess_or_a_backer(text: str, on: datetime, attacker: str) -> None:
    assert {a.id for e in strikes(text, on=on) for a in e.actors} == {attacker}


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("A Saudi-led air raid on Sanaa killed 11 people.", {"houthis", "YEM"}),
        ("The Saudi-led coalition bombed rebel positions in Sanaa.", {"houthis"}),
    ],
)
def test_a_raid_on_land_that_a_group_holds_is_on_its_state_too(text: str, recipients: set[str]) -> None:
    assert {r.id for e in strikes(text, on=day(2015, 10, 6)) for r in e.recipients} == recipients


def test_the_attackers_among_the_dead_are_no_victims() -> None:
    text = "Nine shoppers, three policemen and four gunmen were killed when al-Shabaab fighters stormed a market in Mogadishu."
    assert [e.killed.low for e in strikes(text, on=day(2019, 2, 2)) if e.killed is not None] == [12]
