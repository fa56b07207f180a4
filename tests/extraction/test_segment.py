"""Where sentences begin and end, in texts of every shape that scrapers send."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.article import Article, TextField
from worker.extraction.segment import MAX_SENTENCE, MAX_SENTENCES, segment


def article(text: str, *, title: str | None = None) -> Article:
    """Build an article of which only title and text matter."""
    return Article(
        article_id="a",
        url=None,
        source="s",
        title=title,
        text=text,
        published_at=None,
        seen_at=datetime(2025, 3, 19, tzinfo=UTC),
    )


def sentences(text: str) -> list[str]:
    """Return the sentences of a body, line breaks within them as spaces."""
    return [" ".join(sentence.text.split()) for sentence in segment(article(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One fell. Two rose.", ["One fell.", "Two rose."]),
        ("The U.S. Army said so. It left.", ["The U.S. Army said so.", "It left."]),
        ("Gen. Karo spoke. Lt. Col. Bran left.", ["Gen. Karo spoke.", "Lt. Col. Bran left."]),
        ("It began at 5 p.m. Tuesday. All went home.", ["It began at 5 p.m. Tuesday.", "All went home."]),
        ("It ended on Nov. 30 as agreed. Good.", ["It ended on Nov. 30 as agreed.", "Good."]),
        ("\u201cWe agreed. We signed.\u201d They left.", ["\u201cWe agreed. We signed.\u201d", "They left."]),
        (
            '"We went," she said. "They stayed." He left.',
            ['"We went," she said.', '"They stayed."', "He left."],
        ),
        ('It fell, said Mr. "Big" Karo. All left.', ['It fell, said Mr. "Big" Karo.', "All left."]),
        ("Two fell in Kara.[", ["Two fell in Kara."]),
        ("By Ana Bran and Jo Karo Reporting from Kara, Bran The army left.", ["The army left."]),
        ("They left. Advertisement SKIP ADVERTISEMENT It was over.", ["They left.", "It was over."]),
        (
            "They met on March 18.Then they left the city.",
            ["They met on March 18.", "Then they left the city."],
        ),
        (
            "It was over.According to the army, two fell.",
            ["It was over.", "According to the army, two fell."],
        ),
        (
            "\u201cIt is over.\u201dThe army left the town.",
            ["\u201cIt is over.\u201d", "The army left the town."],
        ),
        ("Mail st.Peter or see www.Example.Com now.", ["Mail st.Peter or see www.Example.Com now."]),
        ("KARA, March 19 (Agency) - Two fell.", ["Two fell."]),
        ("KARA/BORO (Reuters) - Two fell.", ["Two fell."]),
        ("Kara, Northland (AP) \u2014 Two fell.", ["Two fell."]),
        ("Kara, Northland \u2013 Two fell.", ["Two fell."]),
        ("Kara City, South Northland - Two fell.", ["Two fell."]),
        ("Kara, Northland - and two fell.", ["Kara, Northland - and two fell."]),
        ("KARA, 27 MAR 89 -- [TEXT] TWO FELL.", ["TWO FELL."]),
        ("KARA, May 21. /ABCD/. Two fell.", ["Two fell."]),
        ("14:32 GMT - Two fell.", ["Two fell."]),
        ("09:05 GMT\nTwo fell in Kara.", ["Two fell in Kara."]),
        ("\u2022 Two fell.\n\u2022 Three rose.", ["Two fell.", "Three rose."]),
        ("A line\r\n\r\nTwo fell.\r\nThree rose.", ["Two fell.", "Three rose."]),
        ("Damage is massive The army said two fell.", ["Damage is massive", "The army said two fell."]),
        ("They told The Herald Tribune so.", ["They told The Herald Tribune so."]),
        # pages that were flattened keep their paragraphs as blanks
        ("Talks go on in Kara      The army left", ["Talks go on in Kara", "The army left"]),
        ("Talks with the    Kara army go on.", ["Talks with the Kara army go on."]),
        ("", []),
        (" \n\t \n", []),
    ],
)
def test_sentences_are_found(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "   KARA, 27 MAR 89 -- [TEXT] ACCORDING TO OFFICIAL SOURCES, THE HOLY WEEK\n"
        "TRUCE WAS APPARENTLY BROKEN OVER THE WEEKEND BY SEVERAL FRONTS OF THE\n"
        "REBELS IN THE NORTH.  ONE OFFICER AND FOUR SOLDIERS WERE KILLED DURING\n"
        "THE ATTACKS.\n\n"
        "   THE MINISTRY REPORTED THE FIRST INCIDENT TOOK PLACE AT LA PUENTE,\n"
        "WHERE A PATROL WAS AMBUSHED.\n"
    )
    assert sentences(text) == [
        "ACCORDING TO OFFICIAL SOURCES, THE HOLY WEEK TRUCE WAS APPARENTLY BROKEN OVER THE WEEKEND BY SEVERAL FRONTS OF THE REBELS IN THE NORTH.",
        "ONE OFFICER AND FOUR SOLDIERS WERE KILLED DURING THE ATTACKS.",
        "THE MINISTRY REPORTED THE FIRST INCIDENT TOOK PLACE AT LA PUENTE, WHERE A PATROL WAS AMBUSHED.",
    ]


def test_one_sentence_per_line_stays_apart_without_full_stops() -> None:
    text = "Drones hit the depot in Kara on Monday night\nThe army of Northland denied that it was behind it\nTalks go on."
    assert len(sentences(text)) == 3


def test_the_title_comes_first_and_fields_have_their_own_offsets() -> None:
    found = segment(article("Two fell.", title="Drones hit Kara"))
    assert [(s.field, s.start, s.text) for s in found] == [
        (TextField.TITLE, 0, "Drones hit Kara"),
        (TextField.TEXT, 0, "Two fell."),
    ]


def test_paragraphs_are_numbered() -> None:
    assert [s.paragraph for s in segment(article("One fell. Two rose.\n\nThree stood still."))] == [0, 0, 1]


def test_the_title_said_again_in_the_body_counts_once() -> None:
    found = segment(article("Drones hit Kara depot\nTwo people fell ill.", title="Drones hit Kara depot"))
    assert [s.text for s in found] == ["Drones hit Kara depot", "Two people fell ill."]


def test_a_sentence_said_again_counts_once() -> None:
    said = "Ten civilians were hurt in the shelling of the northern district of the city. "
    assert sentences(said + "The army left. " + said) == [said.strip(), "The army left."]


def test_an_endless_sentence_is_cut_at_clauses() -> None:
    found = segment(
        article("".join(f"the army moved on through village {i} in the hills, " for i in range(2_000)))
    )
    assert all(len(s.text) <= MAX_SENTENCE for s in found)
    assert all(s.text.endswith("hills,") for s in found)
    assert len(found) > 10


def test_a_thousand_sentences_are_capped() -> None:
    assert len(segment(article("".join(f"Town {i} was quiet. " for i in range(1_000))))) == MAX_SENTENCES


def test_huge_texts_are_read_in_bounded_time() -> None:
    for piece in (
        "a",
        " ",
        "\n",
        "x\n",
        "\u201c",
        "(",
        ".",
        "a,",
        "He said. ",
        "... Read More ",
        "Image caption ",
        "Ab Cd/",
        "\ud800",
    ):
        segment(article(piece * (2_000_000 // len(piece)), title=piece * 10_000))


PIECES = st.sampled_from(
    [
        *(
            "The army fired. ",
            "Two fell",
            "\n",
            "\n\n",
            "\r\n",
            " ",
            ".",
            "\u201c",
            "\u201d",
            "U.S. ",
            "5 p.m. ",
            "Tuesday ",
            "Read more",
        ),
        *(
            "...",
            "Image caption ",
            "KARA (AP) - ",
            "14:32 GMT ",
            "\u2022 ",
            "\ud83d\ude00",
            "\ud800",
            "(Photo: Ab/AP)",
            "a" * 60,
            "word " * 30,
        ),
        *("THE LATEST NEWS\n", "\u2028", "\x00", "\x85", "A.B", "end.Next one ", ", "),
    ]
)


@given(
    st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)),
    st.one_of(st.none(), st.text(max_size=40)),
)
@settings(max_examples=300)
def test_any_article_gives_exact_ordered_sentences(text: str, title: str | None) -> None:
    whole = article(text, title=title)
    ends = {TextField.TITLE: 0, TextField.TEXT: 0}
    for sentence in segment(whole):
        assert sentence.text == whole.field(sentence.field)[sentence.start : sentence.end]
        assert ends[sentence.field] <= sentence.start < sentence.end
        assert sentence.text == sentence.text.strip()
        assert len(sentence.text) <= MAX_SENTENCE
        ends[sentence.field] = sentence.end
