"""What is dropped from a page, and that nothing of the story is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from worker.article import Article
from worker.extraction.boilerplate import is_boilerplate, kept_lines
from worker.extraction.segment import segment

BODY = (
    "Northland fired missiles at the river city of Portavo on Tuesday, the governor of the region said.",
    "A substation burned until the morning and four workers were treated for burns, according to the city hospital.",
    "The two governments had announced a ceasefire for energy sites on Monday after a week of talks by the lake.",
    "The northern army did not comment on the strike, and residents of Portavo queued for water.",
)


def page(*lines: str) -> list[str]:
    """Return the sentences kept of a page with these lines."""
    article = Article(
        article_id="a",
        url=None,
        source="s",
        title=None,
        text="\n\n".join(lines),
        published_at=None,
        seen_at=datetime(2025, 5, 3, tzinfo=UTC),
    )
    return [sentence.text for sentence in segment(article)]


@pytest.mark.parametrize(
    "furniture",
    [
        ("Connect with us", "Published", "on"),
        ("Read more: Rebels shell a market in Zhar despite truce",),
        ("Also read: Rebels shell a market in Zhar despite truce",),
        ("WATCH: Rebels shell a market in Zhar",),
        ("Related article", "Rebels shell a market in Zhar after truce expires"),
        ("Don't miss", "Rebels shell a market in Zhar", "Minister resigns over gas prices"),
        ("Strike on the city kills four workers, governor says",),
        ("Most read", "1. Rebels shell a market in Zhar", "2. Minister resigns over gas prices"),
        ("Sign up for our newsletter and get the news each morning.",),
        ("Subscribe to our channel", "Follow us on social media"),
        ("We use cookies to improve your experience.", "Accept all cookies"),
        ("\u00a9 2025 The Portavo Herald. All rights reserved.",),
        ("Copyright 2025 Portavo Herald",),
        ("(Photo: \u00a9 SomeOne)",),
        ("FILE PHOTO: Soldiers stand guard near the border in Zhar, May 1, 2025. REUTERS/Ana Berg",),
        (
            "Rockets are seen over Zhar during the rebel attack on May 1, 2025.(Ana Berg/AFP via Getty Images)",
        ),
        ("Smoke rises over Zhar after an air strike [Ana Berg/Reuters]",),
        ("Smoke rises above the market of Zhar on Friday, hours after a truce was agreed",),
        ("This picture taken on May 1 shows a rocket being fired at Zhar.",),
        ("Ana Berg is a reporter for the Portavo Herald.",),
        ("Leave a comment", "12 comments"),
        ("Share this", "Print", "14:32 GMT", "3 hours ago"),
        ("Tags: war, peace, Portavo",),
        ("REBELS SHELL MARKET IN ZHAR, LEAVING 3 DEAD, POLICE SAY",),
        ("Minister resigns over soaring gasoline prices amid parliamentary revolt",),
        ("The Associated Press contributed to this report.",),
        ("(Reporting by Ana Berg; editing by Ole Dahl)",),
        ("CLICK HERE TO GET THE HERALD APP",),
        ("World Rebels Shell Market In Zhar Rebels Shell Market In Zhar Listen \u00b7 3:26 3:26",),
        (
            "THE LATEST NEWS",
            "Zhar president agrees rebel integration in ceasefire deal",
            "The president of Zhar announces a plan for rebels to join the army and transfer control of cities...",
            "Read More",
            "Zhar president agrees rebel integration in ceasefire deal",
            "Di Tendenza/Trending",
        ),
        (
            "Zhar president agrees rebel integration in ceasefire deal",
            "The president of Zhar announces a plan for rebels to join the army and transfer control of cities...",
            "Read More",
        ),
    ],
)
@pytest.mark.parametrize("place", [1, 3, 4])
def test_furniture_goes_and_the_story_stays(furniture: tuple[str, ...], place: int) -> None:
    assert page(*BODY[:place], *furniture, *BODY[place:]) == list(BODY)


def test_a_list_of_other_stories_in_a_flattened_page_goes() -> None:
    teasers = (
        " THE LATEST NEWS Zhar president agrees deal The president of Zhar announces a plan for rebels... Read More Zhar"
        " president agrees deal Trade row widens Eight countries warn that measures could harm... Read More Trade row widens"
    )
    assert page(" ".join(BODY) + teasers) == list(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Northland strikes again with drones and missiles: substation damaged in Portavo",
        "The road to peace",
        "NEW CIVIL WAR?",
        "\u201cWe will respond.\u201d",
        "It was over.",
        "Both sides published on Monday what they had agreed.",
        "The newsletter of the rebels claimed the attack.",
        "More than 40 people were hurt.",
        "Related talks were held in the capital.",
        "Share prices fell after the strike.",
        "He stands by the ceasefire, the governor said.",
        "The photo shows the crater, the army said.",
        "Watch towers were hit by drones.",
        "On Monday the army withdrew.",
        "Comment was not available from the ministry.",
        "Follow-up talks are planned.",
        "Subscribers of the grid lost power.",
        "The truce was first agreed in 2014 (Reuters).",
        "The article of the treaty was broken, Northland said.",
    ],
)
def test_what_only_looks_like_furniture_stays(line: str) -> None:
    assert line in page(*BODY[:2], line, *BODY[2:])


def test_a_subtitle_above_the_story_stays() -> None:
    subtitle = "Northland strikes again: substation damaged in Portavo"
    assert page("Connect with us", subtitle, *BODY) == [subtitle, *BODY]


def test_a_text_of_headlines_only_is_kept() -> None:
    lines = ["Read more", "Related", "Trending"]
    assert kept_lines(lines) == [True, True, True]


@pytest.mark.parametrize(
    "sentence", ["", "***", "14:32 GMT", "\u2022", "2025-03-19 23:07", "[", "Advertisement"]
)
def test_what_says_nothing_is_furniture(sentence: str) -> None:
    assert is_boilerplate(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Northland Wire 2025, ALL RIGHTS RESERVED.",
        "Two colleagues in Zhar Contributed to this report.",
        "Readers may opt out at any time.",
        "Press the Subscribe button below.",
        "Our morning Newsletter brings you the day in five minutes.",
        "A neighbour and friend, Ada Marlow, is a freelance journalist based in Portavo.",
        "Ada Marlow joins 'The Evening Hour' to discuss the truce.",
        "Ada Marlow reports from Portavo on 'The Evening Hour'.",
    ],
)
def test_furniture_is_seen_anywhere_in_a_sentence(sentence: str) -> None:
    assert is_boilerplate(sentence)
