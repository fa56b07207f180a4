"""Events and alerts on a terminal: colour and layout where there is one, one plain line per thing where not.

`NO_COLOR`, `FORCE_COLOR` and `TERM=dumb` are honoured. Text of articles is written with every control
character made visible: nothing that an outlet printed can steer the reader's terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from worker.alert import AlertStatus, Severity
from worker.article import TextField
from worker.event import StrikeEvent
from worker.rows import alert_rows, event_heading, event_rows, is_fact, proofs_of, say_reports, say_standing
from worker.wording import clean, in_one_line, quoted, say_assertion, say_interval, say_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from worker.alert import Alert, AlertEvidence
    from worker.article import Article
    from worker.event import Event, Evidence
    from worker.extraction import Extraction
    from worker.offline import ReplaySummary
    from worker.rows import Row

SEVERITY_STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "bold dark_orange3",
    Severity.MEDIUM: "bold yellow3",
    Severity.LOW: "bold cyan",
}
STRIKE_STYLE = "red"
DIPLOMACY_STYLE = "green"
CUE_STYLE = "underline"
MAX_TEXT = 4_000
"""Longest article in characters that is shown whole; of longer ones only paragraphs that hold evidence are."""
MAX_EVIDENCE = 4
"""Sentences that a card shows; the rest is counted."""


def open_console(stream: TextIO, *, width: int | None = None) -> Console:
    """A console that writes to `stream` and knows whether that is a terminal."""
    return Console(file=stream, width=width, highlight=False, soft_wrap=False, emoji=False, markup=False)


def open_progress(console: Console) -> Progress:
    """A progress bar that shows only on a terminal and leaves nothing behind."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def print_extraction(console: Console, article: Article, extraction: Extraction) -> None:
    """One article: what it says happened, and its text with the evidence highlighted."""
    if console.is_terminal:
        console.print(_extraction_view(article, extraction))
        return
    for line in _extraction_lines(article, extraction):
        console.print(line, soft_wrap=True)


def print_alert(console: Console, alert: Alert) -> None:
    """One alert as a card."""
    if console.is_terminal:
        console.print(alert_card(alert))
        return
    for line in alert_lines(alert):
        console.print(line, soft_wrap=True)


def print_change(console: Console, alert: Alert) -> None:
    """A line on an alert that was shown before and has changed."""
    line = Text(_label(alert), SEVERITY_STYLES[alert.severity])
    reports = f" ({say_reports(alert.incident)})" if alert.status is not AlertStatus.RETRACTED else ""
    line.append(f": {in_one_line(alert.title)}{reports}", "not bold default")
    console.print(line, soft_wrap=not console.is_terminal)


def print_summary(console: Console, summary: ReplaySummary) -> None:
    """The numbers of a replay in a few lines."""
    invalid = f", {sum(summary.invalid.values())} invalid" if summary.invalid else ""
    without = sum(summary.skipped.values()) + summary.silent
    console.print(f"articles: {summary.articles}, {without} without events{invalid}", soft_wrap=True)
    for label, counts in (("events", summary.events), ("acts", summary.acts), ("late", summary.late)):
        if counts:
            console.print(f"{label}: {_counted(counts)}", soft_wrap=True)
    severities = f" ({_counted(summary.severities)})" if summary.severities else ""
    retracted = f", {summary.retracted} retracted" if summary.retracted else ""
    console.print(f"alerts: {summary.alerts}{severities}{retracted}", soft_wrap=True)


def alert_card(alert: Alert) -> RenderableType:
    """What was promised, what happened, how long after, who says so, and the sentences that prove it."""
    style = SEVERITY_STYLES[alert.severity]
    retracted, proofs = alert.status is AlertStatus.RETRACTED, proofs_of(alert)
    body = Table.grid(padding=(0, 1))
    body.add_column(style="dim", justify="right", no_wrap=True)
    body.add_column(ratio=1)
    for label, value in alert_rows(alert):
        body.add_row(label, Text(value))
    for evidence in alert.evidence[:MAX_EVIDENCE]:
        body.add_row(
            "",
            Text(
                quoted(evidence.text),
                "italic",
            ),
        )
        body.add_row("", Text(_origin(evidence), "dim"))
    if len(proofs) > MAX_EVIDENCE:
        body.add_row("", Text(f"and {len(proofs) - MAX_EVIDENCE} more sentences", "dim"))
    title = Text(in_one_line(alert.title), "strike" if retracted else "bold")
    return Panel(
        Group(title, body),
        title=Text(_label(alert), style),
        title_align="left",
        border_style="dim" if retracted else style.removeprefix("bold "),
        box=box.ROUNDED,
        padding=(0, 1),
    )


def alert_lines(alert: Alert) -> Iterator[str]:
    """The card as plain lines, none of them broken, an empty one at the end."""
    yield f"{_label(alert)}: {in_one_line(alert.title)}"
    for label, value in alert_rows(alert):
        yield f"  {label}: {value}"
    for evidence in proofs_of(alert):
        yield f'  evidence: "{in_one_line(evidence.text)}" ({_origin(evidence)})'
    yield ""


def _label(alert: Alert) -> str:
    return f"{alert.severity.value.upper()}{say_standing(alert)} {alert.conflict}"


def _origin(evidence: AlertEvidence) -> str:
    when = say_moment(evidence.published_at) if evidence.published_at else "undated"
    return ", ".join(in_one_line(part) for part in (evidence.source, when, evidence.url) if part)


def _extraction_view(article: Article, extraction: Extraction) -> RenderableType:
    heading = Text(_heading(article), "bold")
    parts: list[RenderableType] = [heading, Text(_byline(article), "dim")]
    if not extraction.events:
        parts.append(Text(_nothing(extraction), "dim italic"))
        return Padding(Group(*parts), (0, 0, 1, 0))
    parts += [_event_table(extraction.events), Padding(highlighted(article, extraction.events), (0, 0, 0, 2))]
    return Padding(Group(*parts), (0, 0, 1, 0))


def _event_table(events: Iterable[Event]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("what", ratio=3)
    table.add_column("who", ratio=4)
    table.add_column("what else", ratio=6)
    table.add_column("when", ratio=4)
    table.add_column("status", ratio=3, min_width=len("hypothetical"))
    for event in events:
        kind, parties = event_heading(event)
        more = "\n".join(f"{label}: {value}" for label, value in event_rows(event))
        table.add_row(
            Text(kind, f"bold {_style(event)}" if is_fact(event) else "dim"),
            Text(parties),
            Text(more),
            Text(say_interval(event.event_time)),
            Text(say_assertion(event)),
        )
    return table


def highlighted(article: Article, events: Iterable[Event]) -> Text:
    """The article's title and text with the evidence of strikes and of diplomacy in their colours.

    What did not happen, or not now, is dimmed; where one sentence tells of both, the strike shows.
    """
    given = tuple(events)
    title = clean(article.title or "")
    shown = Text(f"{title}\n\n" if title else "")
    starts = {TextField.TITLE: 0, TextField.TEXT: len(shown)}
    shown.append(clean(article.text))
    for event in sorted(given, key=lambda event: (is_fact(event), isinstance(event, StrikeEvent))):
        for evidence in event.evidence:
            offset = starts[evidence.field]
            style = _style(event) if is_fact(event) else f"dim {_style(event)}"
            shown.stylize(style, offset + evidence.start, offset + evidence.end)
        relation = event.ceasefire_relation if isinstance(event, StrikeEvent) else None
        if relation and event.evidence:
            offset = starts[event.evidence[0].field]
            shown.stylize(CUE_STYLE, offset + relation.start, offset + relation.end)
    return shown if len(shown) <= MAX_TEXT else _with_evidence_only(shown)


def _with_evidence_only(shown: Text) -> Text:
    """Leave out every paragraph without a highlighted word."""
    kept: list[Text] = []
    for paragraph in shown.split("\n"):
        if paragraph.spans:
            kept.append(paragraph)
        elif not kept or kept[-1].plain != "\N{HORIZONTAL ELLIPSIS}":
            kept.append(Text("\N{HORIZONTAL ELLIPSIS}", "dim"))
    return Text("\n").join(kept)


def _extraction_lines(article: Article, extraction: Extraction) -> Iterator[str]:
    yield _heading(article)
    yield f"  {_byline(article)}"
    if not extraction.events:
        yield f"  {_nothing(extraction)}"
    for event in extraction.events:
        kind, parties = event_heading(event)
        rows: tuple[Row, ...] = (
            *event_rows(event),
            ("when", say_interval(event.event_time)),
            ("status", say_assertion(event)),
        )
        yield f"  {kind}: {parties}; " + "; ".join(f"{label}: {value}" for label, value in rows)
        yield from (f"    evidence: {_quoted(evidence)}" for evidence in event.evidence)
    yield ""


def _quoted(evidence: Evidence) -> str:
    return f'"{in_one_line(evidence.text)}" ({evidence.field.value} {evidence.start}-{evidence.end})'


def _heading(article: Article) -> str:
    return in_one_line(article.title or article.article_id)


def _byline(article: Article) -> str:
    when = say_moment(article.published_at) if article.published_at else "undated"
    parts = dict.fromkeys(in_one_line(part) for part in (article.source, when, article.article_id))
    return ", ".join(part for part in parts if part != _heading(article))


def _nothing(extraction: Extraction) -> str:
    return f"no events ({extraction.skipped})" if extraction.skipped else "no events"


def _style(event: Event) -> str:
    return STRIKE_STYLE if isinstance(event, StrikeEvent) else DIPLOMACY_STYLE


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items())
