"""Ceasefires told without their word: what stops, by whose will, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import acts_of, told


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        # not to strike any more
        ("Russia and Ukraine agreed not to strike each other's cities for a month.", {"agreed"}),
        ("The Houthis pledged that they would no longer attack American ships.", {"declared"}),
        ("The ELN rebels said they would stage no further attacks in Colombia.", {"declared"}),
        ("Ukraine and Russia agreed to refrain from the use of force at sea.", {"agreed"}),
        ("Moscow promised to abstain from bombing Ukrainian ports until Sunday.", {"declared", "agreed"}),
        ("Russia promised to spare Ukrainian power plants over the winter.", {"declared", "agreed"}),
        # arms at rest
        ("Putin ordered his forces in Ukraine to cease all military activity on Friday.", {"declared"}),
        (
            "Kyiv and Moscow told their troops to stand down along the front for Easter.",
            {"agreed", "declared"},
        ),
        ("The guns fell silent in Gaza after fifteen months of war between Israel and Hamas.", {"in_effect"}),
        ("Sudan's army and the RSF said they would lay down their weapons for Eid.", {"declared", "agreed"}),
        # pauses
        ("Israel agreed to daily pauses of four hours in northern Gaza, the army said.", {"agreed"}),
        ("Israel and Hamas agreed to prolong their pause by a third day.", {"extended"}),
        ("Norway arranged a halt to the shooting between Israel and Hezbollah.", {"agreed"}),
        ("Thailand and Cambodia signed an accord to end two weeks of fighting.", {"agreed"}),
        ("Turkey agreed to suspend its incursion into Syria against the SDF.", {"agreed"}),
        # for a time, by whoever does it
        ("Russia pauses strikes on Ukraine's energy grid for a week", {"declared"}),
        ("The Saudi-led coalition halted its strikes on Yemen for Ramadan.", {"declared"}),
        ("Israel paused its air strikes on Gaza for four hours to let aid in.", {"declared"}),
        # their own attacks, by whoever halts them
        ("Russia halts strikes on Ukraine", {"declared"}),
        ("Pakistan has suspended its attacks on India.", {"declared"}),
        ("Israel stopped its bombing of Gaza City on Monday.", {"declared"}),
        ("Thailand announced a halt to its attacks on Cambodia.", {"declared"}),
        ("Russia vowed not to stop its attacks on Ukraine.", {"rejected"}),
        # part of a deal
        ("Sudan and the RSF signed a declaration that provides for a humanitarian truce.", {"agreed"}),
        ("The Israeli cabinet approved a deal to pause the fighting in Gaza for six weeks.", {"agreed"}),
        (
            "Armenia and Azerbaijan signed a text under which a ceasefire is to hold along the border.",
            {"agreed", "in_effect"},
        ),
        ("Israel and Hamas reached agreement on the first phase of a truce.", {"agreed"}),
        ("Sudan and the RSF agreed to several steps, including a truce in Darfur.", {"agreed"}),
        ("Armenia and Azerbaijan agreed on a plan that includes a ceasefire on their border.", {"agreed"}),
        (
            "Turkey announced accords with Russia and Ukraine to introduce a ban on attacks on ports.",
            {"agreed"},
        ),
        ("Russia and Ukraine agreed to a moratorium on attacks on power stations.", {"agreed"}),
        # asked for
        ("Qatar proposed that Israel and Hamas stop firing at noon.", {"proposed"}),
        ("The UN appealed to Israel to end its raids on Gaza.", {"demanded"}),
        ("The African Union called for hostilities in Sudan to cease at once.", {"demanded"}),
        ("Russia must stop its attacks on Kharkiv, the French president said.", {"demanded"}),
        ("A UN court ordered Israel to stop its offensive in Rafah.", {"demanded"}),
        # refused
        ("The Taliban ruled out prolonging the truce with Pakistan.", {"rejected"}),
        ("Hamas brushed aside an Israeli truce offer.", {"rejected", "proposed"}),
    ],
)
def test_what_stops(text: str, acts: set[str]) -> None:
    """One of the acts, and no other: "agreed" or "declared" is the same promise."""
    found = acts_of(text)
    assert found
    assert found <= acts


@pytest.mark.parametrize(
    "text",
    [
        "The minister agreed to stand down as leader of Israel's governing party.",
        "The Israeli cabinet agreed to a ban on strikes by teachers.",
        "Kenya's courts upheld a ban on strikes in hospitals run by the military.",
        "The United Nations urged the RSF to halt its incursions into El Fasher.",
        "Rail managers in Ukraine agreed to halt operations on two lines.",
        "Russian forces struck Odesa, putting an end to a week of calm talk of peace.",
        "Heavy rain stopped the fighting between Thai and Cambodian troops.",
        "Fans agreed to refrain from using fireworks at the match between Israel and Russia.",
        "The Pentagon said the Houthis would attack American ships no matter what.",
        "Two rival singers called a truce after months of insults.",
        "The mayor spared the city of Odesa another tax.",
        "Ukraine halted Russian attacks near Pokrovsk for a third day.",
        "Teachers in Israel suspended strikes for a week.",
        "Ukraine's air defences stopped a Russian missile attack on Kyiv.",
        "Russia has not stopped its attacks on Kharkiv.",
        "Russia's defence minister vowed not to stop its attacks on Ukraine.",
        "An airline paused flights to Israel for a week.",
    ],
)
def test_what_is_no_ceasefire(text: str) -> None:
    """Work, office, weather, sport and quarrels."""
    assert not acts_of(text) & {"agreed", "declared", "in_effect", "extended"}


@pytest.mark.parametrize(
    "text",
    [
        "Russia agreed to refrain from bombing Ukrainian ports.",
        "Egypt proposed that Israel and Hamas stop shooting on Friday.",
        "The ELN rebels said they would stage no further attacks in Colombia.",
    ],
)
def test_attacks_that_are_to_stop_are_not_told(text: str) -> None:
    """Nothing has been struck by what is given up."""
    assert told(text) == ()


def test_to_hold_a_town_and_repel_attacks_is_no_truce() -> None:
    assert not acts_of("The RSF shelled Bara. Sudan's army holds the town and repels assaults near it.")
    assert acts_of("Sudan's army and the RSF agreed to hold their fire in Bara.") == {"agreed"}
