"""Copies of one text are recognised, different texts about one event are not."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.article import Article
from worker.extraction.fingerprint import MIN_WORDS, content_hash, fingerprint

REPORT = """\
PORTAVO, May 3 (Agency) - Northland fired two ballistic missiles and a swarm of drones at the river city of Portavo
overnight, officials said, hours after both governments had promised to leave power stations alone. The regional
governor said a substation burned until the morning and four workers were treated for burns. Trains to the coast stood
still because signals had no current. The northern army did not comment on the strike. A spokesman for the mediators
said monitors would travel to the site on Thursday and speak with engineers there. Residents queued for water, and
schools stayed closed for a second day in a row. The two sides had announced the pause on Monday after a week of talks
in a hotel by the lake, and each has since accused the other of breaking it.
"""
OTHER_REPORT = """\
At least four people were hurt when missiles from Northland struck an electricity facility in Portavo late on Tuesday,
the governor of the region wrote. It was the first attack of its kind since the pause for energy sites was announced at
the beginning of the week. Rail traffic towards the sea was interrupted for hours, the operator said, while crews worked
to restore the supply. Observers of the agreement plan a visit. In the capital, the foreign minister called the attack
proof that the other side never meant what it signed, and asked the mediators for a clear word.
"""


def share(one: str, other: str) -> float:
    """Share of equal bytes at equal positions."""
    pairs = [(one[i : i + 2], other[i : i + 2]) for i in range(0, 128, 2)]
    return sum(a == b for a, b in pairs) / len(pairs)


def article(*, title: str | None, text: str) -> Article:
    """Build an article of which only title and text matter."""
    return Article(
        article_id="a",
        url=None,
        source="s",
        title=title,
        text=text,
        published_at=None,
        seen_at=datetime(2025, 5, 3, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "copy",
    [
        REPORT.replace("PORTAVO, May 3 (Agency) - ", "Portavo: "),
        REPORT.replace("Trains to the coast stood\nstill because signals had no current. ", ""),
        REPORT
        + "Additional material from our correspondent in the capital; this text is updated during the day.",
        REPORT.upper().replace("\n", " "),
        REPORT.replace("Portavo", "Portav\u00f3"),
        "Live. " + REPORT.replace("officials said", "local officials said").replace("second day", "2nd day"),
    ],
)
def test_an_edited_copy_is_recognised(copy: str) -> None:
    assert share(fingerprint(REPORT), fingerprint(copy)) >= 0.6


def test_different_texts_about_one_event_are_told_apart() -> None:
    assert share(fingerprint(REPORT), fingerprint(OTHER_REPORT)) < 0.4


def test_the_signature_is_the_same_on_every_machine_and_run() -> None:
    signature = fingerprint(REPORT)
    assert len(signature) == 128
    assert signature == fingerprint(REPORT)
    assert signature.startswith(KNOWN_START)


KNOWN_START = "9cbeb4c8a3236193"


@pytest.mark.parametrize("words", [0, 1, MIN_WORDS - 1])
def test_a_short_text_has_none(words: int) -> None:
    assert fingerprint("word " * words) == ""


def test_from_the_least_length_on_there_is_one() -> None:
    assert len(fingerprint(" ".join(f"word{i}" for i in range(MIN_WORDS)))) == 128


def test_the_hash_is_of_title_and_text_and_of_nothing_else() -> None:
    plain = content_hash(article(title="A", text="bc"))
    assert len(plain) == 32
    assert plain != content_hash(article(title="Ab", text="c"))
    assert plain != content_hash(article(title="A", text="bd"))
    assert content_hash(article(title=None, text="x")) == content_hash(article(title="", text="x"))


@given(st.text())
@settings(max_examples=60)
def test_any_text_has_a_hash_and_perhaps_a_signature(text: str) -> None:
    assert len(content_hash(article(title=text, text=text))) == 32
    assert len(fingerprint(text)) in {0, 128}
    assert len(fingerprint("\ud800 " + text * 40)) in {0, 128}


@pytest.mark.parametrize("text", [REPORT, REPORT.replace("Portavo", "Портаво"), REPORT.replace("'", "’")])
def test_a_fingerprint_is_that_of_the_library_with_its_own_hash(text: str) -> None:
    words = re.findall(r"[^\W_]+", text.casefold())
    signature = MinHash(num_perm=64, seed=1)
    signature.update_batch({" ".join(words[i : i + 3]).encode() for i in range(len(words) - 2)})
    assert fingerprint(text) == "".join(f"{int(value) & 0xFF:02x}" for value in signature.hashvalues)
