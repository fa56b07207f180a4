"""Every way in which English says that something is done about a ceasefire."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import acts_of, day, diplomacy
from worker.event import Act, Status


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        # agreed
        ("India and Pakistan agreed to a full and immediate ceasefire on Saturday.", {"agreed"}),
        (
            "Thailand and Cambodia have reached a ceasefire agreement, Malaysia's prime minister said.",
            {"agreed"},
        ),
        ("A ceasefire was signed by Armenia and Azerbaijan in Moscow.", {"agreed"}),
        (
            "The Sudanese army and the Rapid Support Forces accepted a truce brokered by Saudi Arabia.",
            {"agreed"},
        ),
        (
            "Ethiopia and the Tigray People's Liberation Front signed a peace deal in Pretoria on Wednesday.",
            {"agreed"},
        ),
        ("The Colombian government and the ELN rebels concluded a six-month truce.", {"agreed"}),
        ("M23 rebels and the Congolese government agreed to halt fighting.", {"agreed"}),
        ("Qatar brokered a truce between Israel and Hamas.", {"agreed"}),
        ("Hamas agreed to extend the truce with Israel by two days.", {"extended"}),
        ("Iran says a deal with the United States has been reached to end the war.", {"agreed"}),
        ("Iran and the US signed a memorandum of understanding to end the war.", {"agreed"}),
        ("Israel and Hezbollah have agreed to dial back the fighting, Trump says.", {"agreed"}),
        ("Israel and Hezbollah agreed to scale down attacks on each other.", {"agreed"}),
        # declared
        ("The Taliban declared a three-day ceasefire with Afghan forces for Eid.", {"declared"}),
        ("Russia announced a unilateral 30-hour Easter truce in Ukraine.", {"declared"}),
        ("The PKK declared a ceasefire with Turkey.", {"declared"}),
        ("The Rapid Support Forces said that they had halted their attacks on El Fasher.", {"declared"}),
        ("Russia and Ukraine declared a two-day truce starting at 6 p.m. on Saturday.", {"agreed"}),
        # in effect
        ("India and Pakistan have had a ceasefire in Kashmir since 2021.", {"in_effect"}),
        (
            "A memorandum of understanding to end the war between Iran and the US takes effect on Monday.",
            {"in_effect"},
        ),
        ("The ceasefire between Israel and Hezbollah took effect at 4 a.m. on Wednesday.", {"in_effect"}),
        ("The truce between Armenia and Azerbaijan is holding.", {"in_effect"}),
        ("A ceasefire between Israel and Hamas came into force on Sunday.", {"in_effect"}),
        ("The ceasefire between India and Pakistan appears to be holding.", {"in_effect"}),
        ("A humanitarian truce in Sudan between the army and the RSF began on Monday.", {"in_effect"}),
        ("Hamas called an end to a de facto truce with Israel.", {"ended"}),
        ("Ukraine is ready for peace talks with Russia, Zelensky said.", {"proposed"}),
        ("Ukraine is ready to resume peace talks with Russia.", {"proposed"}),
        ("Ukraine offered Russia direct talks on ending the war.", {"proposed"}),
        ("Trump issues a new 12-day ultimatum to Russia to end the war in Ukraine.", {"demanded"}),
        # extended
        ("Israel and Hamas extended their truce by two days.", {"extended"}),
        (
            "The truce in Yemen between the government and the Houthis was renewed for two months.",
            {"extended"},
        ),
        # asked
        ("Ukraine proposed a 30-day ceasefire with Russia.", {"proposed"}),
        ("The United Nations called for an immediate ceasefire between Israel and Hezbollah.", {"demanded"}),
        ("The African Union urged the Sudanese army and the RSF to agree to a ceasefire.", {"demanded"}),
        (
            "The Security Council adopted a resolution demanding a ceasefire between Israel and Hamas.",
            {"demanded"},
        ),
        ("France and Germany renewed their call for a truce between Russia and Ukraine.", {"demanded"}),
        ("The Houthis offered a truce to Saudi Arabia.", {"proposed"}),
        # one side's acceptance, whose "for a ceasefire" the parser hangs on the verb; "to start" is its time
        ("Congo's government accepted a proposal by Angola for a ceasefire with M23 rebels.", {"proposed"}),
        ("Ukraine proposed a ceasefire with Russia to start on Sunday.", {"proposed"}),
        # rejected
        ("Hamas rejected the truce with Israel.", {"rejected"}),
        ("Russia has ruled out a ceasefire with Ukraine.", {"rejected"}),
        ("The RSF refused to accept a ceasefire with the Sudanese army.", {"rejected"}),
        ("Israel turned down the ceasefire with Hamas.", {"rejected"}),
        ("Israel said it will not agree to a ceasefire with Hamas.", {"rejected"}),
        ("Azerbaijan rejected a truce proposal by Armenia.", {"rejected", "proposed"}),
        ("Israel dismissed calls for a ceasefire with Hezbollah.", {"rejected"}),
        ("A truce was accepted by Israel but rejected by Hamas.", {"proposed", "rejected"}),
        # ended
        ("The ceasefire between Israel and Hamas expired on Friday.", {"ended"}),
        ("The truce between Israel and Hamas collapsed.", {"ended"}),
        ("The ELN called off its ceasefire with the Colombian government.", {"ended"}),
        ("The Pakistani Taliban ended their ceasefire with the government of Pakistan.", {"ended"}),
        ("The ceasefire between Armenia and Azerbaijan broke down.", {"ended"}),
        ("Turkey said its ceasefire with the PKK was over.", {"ended"}),
        ("Russia withdrew from the ceasefire with Ukraine.", {"ended"}),
        ("The collapse of the truce between Israel and Hamas was announced on Tuesday.", {"ended"}),
        # violated
        ("India accused Pakistan of violating the ceasefire.", {"violation_alleged"}),
        ("Cambodia said Thailand had breached the truce.", {"violation_alleged"}),
        ("Ukraine recorded 30 Russian violations of the ceasefire.", {"violation_alleged"}),
        ("Armenia and Azerbaijan blamed each other for breaking the truce.", {"violation_alleged"}),
        ("Hezbollah has not complied with the ceasefire with Israel, the army said.", {"violation_alleged"}),
        # whoever is not ready or unwilling rejects
        ("Russia is not ready for a ceasefire with Ukraine, Zelensky said.", {"rejected"}),
        ("Azerbaijan was not willing to accept a truce with Armenia.", {"rejected"}),
        ("The Houthis are unwilling to accept a truce with Saudi Arabia.", {"rejected"}),
        ("The RSF is ready for a ceasefire with the Sudanese army.", {"proposed"}),
        ("Hamas shot down a ceasefire proposal from Israel.", {"rejected", "proposed"}),
        ("Libyan rebels rejected an African Union peace plan.", {"rejected"}),
        ("Netanyahu rejects a US plan for peace accepted by Hamas.", {"rejected"}),
        ("Iran has rejected a United States proposal to end the war.", {"rejected"}),
        ("Hamas has accepted Trump's peace plan.", {"proposed"}),
        ("Both Israel and Hamas accepted a plan to end the war in Gaza.", {"agreed"}),
        ("Parliament rejected a plan for peacetime schools in Kyiv.", set()),
        ("The Kurdistan Workers' Party announced that it was ending its armed struggle.", {"declared"}),
        ("Russia shot down Ukraine's ceasefire proposal.", {"rejected", "proposed"}),
        # called dead or over, it is ended; called a success, it is not
        ("The RSF has declared its truce dead.", {"ended"}),
        ("Pakistan pronounced the ceasefire with India dead.", {"ended"}),
        ("The ELN pronounced its ceasefire with the Colombian government over.", {"ended"}),
        ("Israel declared the ceasefire with Hamas a success.", set()),
        # an accord between belligerents, broken
        ("Congo accused M23 of breaching the Doha declaration by shelling Uvira.", {"violation_alleged"}),
        ("Armenia called the shelling by Azerbaijan a violation of an accord.", {"violation_alleged"}),
        ("Washington accused Beijing of violating the trade agreement.", set()),
        ("Hamas said Israel had torn up the ceasefire.", {"violation_alleged"}),
        ("Israel will answer any violation of the ceasefire by Hezbollah.", set()),
        # what is said of it as it goes on
        ("The truce between Israel and Hamas entered its third week.", {"in_effect"}),
        ("Israel said it had resumed enforcing the ceasefire with Hamas.", {"in_effect"}),
        ("Washington considers the ceasefire between Israel and Iran to be in effect.", {"in_effect"}),
        ("Israeli fire has killed 40 people in Lebanon since the truce with Hezbollah began.", set()),
        ("The first phase of the truce between Israel and Hamas began.", {"in_effect"}),
        ("A truce meant to end the war between Israel and Iran was holding.", {"in_effect"}),
        ("Israel bombed Gaza despite a deal with Hamas meant to end the war.", set()),
        (
            "Rwanda accused Congo of shelling Gisenyi a day after the truce began.",
            {"in_effect", "violation_alleged"},
        ),
        ("The president invited the ELN to declare a truce with Colombia.", {"demanded"}),
        (
            "Oman brokered a truce between the Houthis and Saudi Arabia, the first since the start of the war in 2015.",
            {"agreed"},
        ),
        ("Rwanda accused Congo of shelling Gisenyi during the truce.", {"violation_alleged"}),
        # what a deal includes, wherever the parser hangs it
        (
            "M23 signed a deal with Congo on the mines of Kivu that includes a ceasefire.",
            {"agreed"},
        ),
        (
            "The Syrian army and the SDF reached an agreement to merge their troops, including a ceasefire.",
            {"agreed"},
        ),
        # plans that several accept; one alone, or outsiders, make no peace
        ("Israel and Hamas signed off on the first stage of a peace plan.", {"agreed"}),
        ("Armenia and Azerbaijan accepted the peace plan.", {"agreed"}),
        ("France and Germany signed a plan for rail traffic.", set()),
        ("Hamas studied the peace plan.", set()),
        # the other's terms
        ("Israel agreed to the conditions to finalise a truce with Hamas.", {"agreed"}),
        ("Hamas set out its conditions to agree to a truce with Israel.", set()),
        ("The RSF announced its acceptance of a truce with the Sudanese army.", {"agreed"}),
        ("The minister risked undermining acceptance of the truce with the RSF.", set()),
        # a pause that somebody ends
        (
            "Russia fired drones at power plants in Kyiv, ending a week's pause in strikes on the grid.",
            {"ended"},
        ),
        # an accord by the place where it was signed, broken
        ("M23 rebels attacked Uvira in violation of accords signed in Doha.", {"violation_alleged"}),
        ("Congo said the firm had violated agreements signed on mining.", set()),
        # whose declaration comes after somebody's refusal
        (
            "Hemedti declares a truce a day after army chief al-Burhan rejected a plan for Sudan by the Quad.",
            {"declared"},
        ),
        # refused; who asked is told, or nobody
        ("Netanyahu dismissed calls for a ceasefire with Hamas.", {"rejected"}),
        ("Netanyahu dismissed French calls for a ceasefire with Hamas.", {"rejected", "demanded"}),
        ("The United States vetoed a resolution that demanded a ceasefire in Gaza.", {"rejected"}),
        (
            "The NPA declared a truce with the Philippines. The army will not reciprocate.",
            {"declared", "rejected"},
        ),
        ("Netanyahu recommended that the cabinet approve a truce with Hezbollah.", {"proposed"}),
        # what is needed is asked for
        ("A truce is needed between Thailand and Cambodia, Malaysia said.", {"demanded"}),
        (
            "A ceasefire between Armenia and Azerbaijan is urgently needed, the United Nations said.",
            {"demanded"},
        ),
        # made by talks
        ("Talks in Doha produced a ceasefire between Congo and M23.", {"agreed"}),
        ("Mediation by Oman yielded a truce between the United States and the Houthis.", {"agreed"}),
        ("Talks in Doha produced no ceasefire between Congo and M23.", set()),
        # not to agree rejects, unless it is only a condition
        ("The RSF and the Sudanese army do not agree to a truce.", {"rejected"}),
        ("If they do not agree to a truce, Thailand and Cambodia face sanctions.", set()),
        ("Unless Armenia and Azerbaijan do not sign a ceasefire, aid will stop.", set()),
        # who wants attacks to end asks for a truce, a crowd asks nobody for one
        ("France demanded an end to Israeli strikes on Gaza.", {"demanded"}),
        ("Protesters demanded a ceasefire between Israel and Hamas.", {"demanded"}),
        ("Protesters demanded an end to Israeli strikes on Gaza.", set()),
        ("Thousands called for a halt to Russian attacks on Ukraine.", set()),
    ],
)
def test_act(text: str, acts: set[str]) -> None:
    """Verbs, nouns, passives, infinitives and coordination each say their act."""
    assert acts_of(text) & {a.removeprefix("ceasefire_") for a in Act if not a.startswith("talks")} == acts


@pytest.mark.parametrize(
    "text",
    [
        "Trump said a ceasefire between Russia and Ukraine could be agreed within weeks.",
        "The two sides failed to reach a ceasefire in the war between Israel and Hamas.",
        "If a truce between Israel and Hamas is agreed, hostages will be freed.",
        "Witkoff expressed confidence in the possibility of a ceasefire agreement between Russia and Ukraine.",
        "A temporary halt to Russian attacks on Ukraine would be agreed, Trump said.",
        "No ceasefire was reached between Armenia and Azerbaijan.",
        "Fighting went on despite the ceasefire between Armenia and Azerbaijan.",
        "Israel denied that it had violated the ceasefire with Hezbollah.",
        "Without reaching a truce, Russia and Ukraine left the hall.",
        "The UN said it expected breaches of the truce between Armenia and Azerbaijan.",
        "Kerry warned Assad of consequences if Syria did not stick to the ceasefire with the rebels.",
        "A truce between Armenia and Azerbaijan failed to halt the worst fighting in years.",
        "Washington and Beijing agreed to a trade truce.",
        "A deal to end the war between Russia and Ukraine is within reach, Trump said.",
        "A deal to end the war between Russia and Ukraine is 90% ready, Zelensky said.",
        "A deal to end the war between Russia and Ukraine remains elusive.",
        "The so-called Minsk-II ceasefire between Ukraine and the rebels is teetering.",
    ],
)
def test_what_is_only_possible_or_denied_is_no_act(text: str) -> None:
    """Conditions, modals, negation and background assert nothing."""
    assert not acts_of(text) & {"agreed", "declared", "in_effect", "extended", "ended", "violation_alleged"}


def test_what_is_hoped_for_is_not_to_come() -> None:
    """ "Will" in somebody's hopes."""
    for hope in ("hopes", "doubts"):
        (event,) = diplomacy(f"The secretary {hope} that Hamas will accept Israel's offer of a truce.")
        assert event.assertion.status is Status.HYPOTHETICAL


def test_what_is_measured_to_has_happened() -> None:
    """The present of a chronicle: "hours before X and Y agree" tells of an agreement, "before X agrees" of none yet."""
    assert acts_of("A bus was bombed hours before Israel and Hamas agree to a truce.") == {"agreed"}
    assert not acts_of("Hamas is to free all captives before Israel agrees to a truce.")


def test_a_rejection_in_another_sentence() -> None:
    """ "The proposal" and "to do so" stand for the ceasefire named before."""
    found = acts_of("Egypt proposed a ceasefire between Israel and Hamas. Israel rejected the proposal.")
    assert {"proposed", "rejected"} & found == {"proposed", "rejected"} or found == {"demanded", "rejected"}
    assert "rejected" in acts_of("Israel extended the truce with Hamas, but Hamas refused to do so.")


def test_other_deals_are_not_taken_for_the_ceasefire() -> None:
    """ "The trade deal" after a truce is another matter."""
    assert acts_of("Israel and Hamas agreed to a truce. Parliament rejected the trade deal.") == {"agreed"}


@pytest.mark.parametrize(
    ("text", "title", "are"),
    [
        # tariffs
        ("China and the United States agreed to a truce and cut tariffs by half.", None, False),
        ("Brazil and India extended their truce on steel tariffs.", None, False),
        ("The European Union and the United States extended their truce on steel tariffs.", None, False),
        ("Japan and Canada agreed to extend the truce.", "Trade war cools", False),
        ("India and Pakistan agreed to a ceasefire after Trump threatened tariffs.", None, True),
        ("Russia and Ukraine agreed to a truce hours after Washington imposed tariffs.", None, True),
        ("China and the United States agreed to a 60-day tariff truce.", None, False),
        ("The two parties announced a 10-day political truce in Israel.", None, False),
        # drugs and gangs
        ("A truce in the drug war between Colombia and its cartels was signed.", None, False),
        ("Ecuador reached a truce in its war with the gangs.", None, False),
        ("Colombia reached a truce in its war with the ELN.", None, True),
        # business
        ("The broadcaster announced the cessation of operations in Yemen on Monday.", None, False),
        ("Two airlines agreed on a temporary suspension of operations in Lebanon.", None, False),
        ("Israel and Lebanon agreed to a temporary halt to military operations.", None, True),
        ("Saudi Arabia announced a temporary halt to operations against the Houthis.", None, True),
    ],
)
def test_truces_of_no_war(text: str, title: str | None, *, are: bool) -> None:
    """Of tariffs where they are spoken of and no known war is between the parties, of gangs, of broadcasters."""
    found = [e for e in diplomacy(text, title=title) if e.act is not Act.CEASEFIRE_MENTIONED]
    assert bool(found) is are


@pytest.mark.parametrize(
    "text",
    [
        "The idea was to have Russia and Ukraine sign a truce.",
        "The aim is for Israel and Hamas to agree to a ceasefire by Friday.",
        "Had Russia agreed to a ceasefire, Ukraine would have kept its drones at home.",
        "The White House said Russia would halt strikes on Ukraine.",
        "There was no ceasefire with Ukraine on Monday, Russia said.",
        # who tells that of another declares nothing
        "The Rapid Support Forces said that the army had halted its attacks on El Fasher.",
    ],
)
def test_what_is_aimed_at_or_told_of_others_is_not_agreed(text: str) -> None:
    assert not acts_of(text) & {"agreed", "declared", "in_effect"}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The clash left the truce between India and Pakistan intact.", "in_effect"),
        ("Troops fired into the air, leaving intact the truce between Israel and Hamas.", "in_effect"),
        ("Shells fell on the truce, which took effect between Israel and Hamas on Monday.", "in_effect"),
        ("Russia keeps to a moratorium declared by Putin on strikes on Ukrainian power plants.", "in_effect"),
        ("India and Pakistan reached an understanding to stop all firing and military action.", "agreed"),
        ("Russia and Ukraine traded accusations of breaching the truce.", "violation_alleged"),
        ("Pakistan rejects ceasefire with India", "rejected"),
        ("Putin agrees to pause attacks on Ukraine's energy grid", "agreed"),
        # verbs of headlines that are nouns as well
        ("Israel and Hamas sign ceasefire deal", "agreed"),
        ("Thailand and Cambodia agree truce", "agreed"),
        ("Thailand and Cambodia strike truce deal", "agreed"),
        ("India, Pakistan sign ceasefire deal", "agreed"),
        ("Russia, Ukraine extend truce", "extended"),
        ("Armenia and Azerbaijan extend ceasefire by two weeks", "extended"),
        ("Russia and Ukraine trade blame over truce violations", "violation_alleged"),
        ("Israel says no ceasefire with Hamas", "rejected"),
        ("Israel: no ceasefire with Hamas until hostages are freed", "rejected"),
        ("There will be no ceasefire with Ukraine, Russia said.", "rejected"),
        ("The Kremlin said Russia would refrain from hitting Ukrainian power plants.", "declared"),
    ],
)
def test_a_truce_that_stands_falls_or_is_made_in_other_words(text: str, act: str) -> None:
    assert acts_of(text) == {act}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The attack threatens a two-year truce between Russia and Ukraine.", Status.ASSERTED),
        ("The strikes threaten to bury hopes for a ceasefire between Russia and Ukraine.", Status.THREATENED),
    ],
)
def test_a_truce_that_is_in_danger_stands(text: str, status: Status) -> None:
    [event] = diplomacy(text)
    assert (event.act, event.assertion.status) == (Act.CEASEFIRE_MENTIONED, status)


def test_a_truce_between_nobody_named_is_of_the_conflict_that_the_headline_names() -> None:
    text = "Fighting went on at the border on Monday. A ceasefire has been agreed, mediators said."
    [event] = diplomacy(text, title="Thailand and Cambodia at war over temples", on=day(2025, 7, 29))
    assert event.conflict == "KHM|THA"
