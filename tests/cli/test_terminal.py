"""How events and alerts look on a terminal and elsewhere."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from tests.cli.alerts import SENTENCE, make_alert, make_evidence
from tests.factories import make_diplomacy, make_strike
from worker.alert import AlertStatus
from worker.article import Article
from worker.extraction import Extraction
from worker.terminal import (
    MAX_TEXT,
    highlighted,
    open_console,
    print_alert,
    print_change,
    print_extraction,
)

TEXT = "Drones hit the city. The two sides agreed to a ceasefire.\nNothing else happened."
ARTICLE = Article(
    article_id="a1",
    url=None,
    source="Harbor Daily",
    title="A night of drones",
    text=TEXT,
    published_at=datetime(2025, 3, 19, 12, tzinfo=UTC),
    seen_at=datetime(2025, 3, 19, 12, tzinfo=UTC),
)
EVENTS = (make_strike(sites=["energy"]),)


def terminal(width: int = 80) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=True,
        width=width,
        color_system="truecolor",
        emoji=False,
        markup=False,
    )


def text_of(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_card_fits_the_terminal_and_is_coloured(width: int) -> None:
    console = terminal(width)
    print_alert(console, make_alert())
    plain = Console(file=io.StringIO(), width=width, force_terminal=True, no_color=True, color_system=None)
    print_alert(plain, make_alert())
    assert "\x1b[1;31m CRITICAL" in text_of(console)
    assert all(len(line) <= width for line in text_of(plain).splitlines())


def test_elsewhere_a_card_is_plain_lines_that_are_never_broken() -> None:
    stream = io.StringIO()
    long = "word " * 100
    print_alert(open_console(stream, width=40), make_alert(evidence=(make_evidence(text=long),)))
    lines = stream.getvalue().splitlines()
    assert lines[0] == "CRITICAL RUS|UKR: Russia strikes Ukraine hours after energy ceasefire"
    assert (
        f'  evidence: "{long.strip()}" (Harbor Daily, 19 Mar 2025 12:00 UTC, https://example.org/a1)' in lines
    )
    assert "\x1b" not in stream.getvalue()


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    print_alert(console, make_alert())
    assert "\x1b[31m" not in text_of(console)
    assert "[1;31m" not in text_of(console)


def test_a_retracted_card_proves_nothing_any_more() -> None:
    stream = io.StringIO()
    print_alert(open_console(stream), make_alert(status=AlertStatus.RETRACTED, revision=2))
    assert stream.getvalue().startswith("CRITICAL retracted, revision 2 RUS|UKR: ")
    assert SENTENCE not in stream.getvalue()


def test_a_change_is_one_line() -> None:
    stream = io.StringIO()
    print_change(open_console(stream, width=40), make_alert(revision=2))
    (line,) = stream.getvalue().splitlines()
    assert line.startswith("CRITICAL revised, revision 2 RUS|UKR: ")
    assert line.endswith("(3 reports, 2 independent)")


def test_nothing_that_an_article_holds_steers_the_terminal() -> None:
    evil = "\x1b]0;owned\x07 [red]not markup[/red] \u202e"
    alert = make_alert(title=evil, evidence=(make_evidence(text=evil, source=evil, url=evil),))
    for console in (terminal(), open_console(io.StringIO())):
        print_alert(console, alert)
        print_change(console, alert)
        output = text_of(console)
        assert "\x1b]" not in output
        assert "\x07" not in output
        assert "\u202e" not in output
        assert "[red]not markup[/red]" in output


def test_evidence_is_highlighted_at_its_very_words() -> None:
    truce = make_diplomacy()
    shown = highlighted(ARTICLE, EVENTS)
    (span,) = shown.spans
    assert shown.plain[span.start : span.end] == "Drones hit the city."
    assert shown.plain.startswith("A night of drones\n\nDrones hit")
    assert {str(span.style) for span in highlighted(ARTICLE, (*EVENTS, truce)).spans} == {
        "red",
        "green",
    }


def test_of_a_long_article_only_paragraphs_with_evidence_are_shown() -> None:
    filler = "\n".join("Something else." for _ in range(MAX_TEXT // 10))
    long = Article(
        article_id="a1",
        url=None,
        source="Harbor Daily",
        title=None,
        text=f"{TEXT}\n{filler}",
        published_at=None,
        seen_at=ARTICLE.seen_at,
    )
    shown = highlighted(long, EVENTS).plain
    assert "Drones hit the city." in shown
    assert "Something else." not in shown
    assert len(shown) < len(TEXT) + 5


def test_an_article_on_a_terminal_is_a_table_and_its_text() -> None:
    console = terminal(100)
    print_extraction(console, ARTICLE, Extraction(article_id="a1", events=EVENTS))
    output = text_of(console)
    assert "drone strike" in output
    assert "sites: energy" in output
    assert "\x1b[31mDrones hit the city." in output


def test_an_article_elsewhere_is_a_line_for_each_event() -> None:
    stream = io.StringIO()
    print_extraction(open_console(stream), ARTICLE, Extraction(article_id="a1", events=EVENTS))
    lines = stream.getvalue().splitlines()
    assert lines[:2] == ["A night of drones", "  Harbor Daily, 19 Mar 2025 12:00 UTC, a1"]
    assert lines[2].startswith("  drone strike: Russia → Ukraine; sites: energy; when: ")
    assert lines[3] == '    evidence: "Drones hit the city." (text 0-20)'


def test_an_article_without_events_says_why() -> None:
    stream = io.StringIO()
    print_extraction(
        open_console(stream), ARTICLE, Extraction(article_id="a1", events=(), skipped="language")
    )
    assert "no events (language)" in stream.getvalue()


def test_what_did_not_happen_is_dimmed() -> None:
    (span,) = highlighted(ARTICLE, (make_strike(status="denied"),)).spans
    assert str(span.style) == "dim red"


def test_a_byline_does_not_repeat_the_heading() -> None:
    stream = io.StringIO()
    untitled = replace(ARTICLE, title=None, source="a1")
    print_extraction(open_console(stream), untitled, Extraction(article_id="a1", events=()))
    assert stream.getvalue().splitlines()[:2] == ["a1", "  19 Mar 2025 12:00 UTC"]
