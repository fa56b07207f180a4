"""What is worth reading at all: a war's words, or violence with somebody armed; in which language."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import NOON, loaded
from worker.extraction.gate import gate_of, is_english


@pytest.mark.parametrize(
    "text",
    [
        "Russian missiles hit Kharkiv.",
        "A ceasefire between the two sides took effect.",
        "Gunmen killed three soldiers in Mali.",
        "Hezbollah and Israel held talks on the border.",
        "Israel attacked Khan Yunis.",
        "Clashes broke out between the army and tribesmen.",
    ],
)
def test_a_war_is_admitted(text: str) -> None:
    lexicon, _ = loaded()
    assert gate_of(lexicon).admits("", text, NOON.date())
    assert gate_of(lexicon).opens(text)


@pytest.mark.parametrize(
    "text",
    [
        "The central bank hit its target after talks with the industry.",
        "A fire at a warehouse in Leeds was put out; no deaths were reported.",
        "The company launched an operation to recover the drop in sales.",
        "She died at the age of 90.",
        "The film hits screens on Friday.",
        "Floods damaged hundreds of homes and killed two people in Spain.",
        "",
    ],
)
def test_other_news_is_not(text: str) -> None:
    lexicon, _ = loaded()
    assert not gate_of(lexicon).admits("", text, NOON.date())


def test_a_headline_alone_can_open_an_article() -> None:
    lexicon, _ = loaded()
    assert gate_of(lexicon).admits("Russian missiles hit Kharkiv", "Details to follow.", NOON.date())


def test_a_stem_within_a_word_opens_nothing() -> None:
    lexicon, _ = loaded()
    assert not gate_of(lexicon).opens("The whitening paint is nice.")


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (
            "Die Bundesregierung hat am Montag beschlossen, dass die Steuern im kommenden Jahr für alle Bürger des Landes wieder sinken sollen.",
            False,
        ),
        (
            "Le président de la République a annoncé lundi que les négociations reprendraient dans les prochains jours avec tous les partenaires.",
            False,
        ),
        (
            "The government decided on Monday that taxes will fall next year for all of the citizens of the country, it said in a statement.",
            True,
        ),
        (
            "Russia's three-day ceasefire for Victory Day comes into force; Ukraine says Russian glide bombs hit Sumy region twice.",
            True,
        ),
        ("Missiles hit Kharkiv", True),
    ],
)
def test_language(text: str, *, english: bool) -> None:
    assert is_english(text) is english


@pytest.mark.parametrize(
    "text",
    [
        "Two policemen were gunned down in Diyarbakir.",
        "The M23 takes control of Uvira.",
        "Troops gain control of the airport.",
        "The army began a counteroffensive near Wad Madani.",
        "They were caught in the crossfire.",
        "Both sides agreed to stop all firing.",
        "The town has been besieged for a year.",
    ],
)
def test_what_opens_an_event_opens_the_gate(text: str) -> None:
    lexicon, _ = loaded()
    assert gate_of(lexicon).opens(text)
