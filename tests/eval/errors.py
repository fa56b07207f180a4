"""Error lists for people: every case that a measure found wrong, with its text, what was wanted and what was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.eval.measures import ALERT
from worker.event import StrikeEvent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.eval.corpora import Case, Corpus, GoldAct, GoldStrike
    from tests.eval.measures import Answer, Figure
    from worker.event import Actor, Event, Quantity

_LONGEST: Final = 6_000
"""Characters of an article that are shown."""


def write_errors(
    directory: Path, corpus: Corpus, figures: Mapping[str, Figure], answers: Mapping[str, Answer]
) -> None:
    """Write one Markdown file per measure under `directory/<corpus>/`."""
    where = directory / corpus.name
    where.mkdir(parents=True, exist_ok=True)
    cases = {case.article.article_id: case for case in corpus.cases}
    for name, figure in figures.items():
        head = f"# {corpus.name}: {name} — {len(figure.wrong)} cases not all right\n"
        parts = [head, *(describe(cases[one], answers[one], name) for one in figure.wrong)]
        (where / f"{name.replace(' ', '-')}.md").write_text("\n".join(parts), "utf-8")


def describe(case: Case, answer: Answer, measure: str) -> str:
    """One case as a reader wants to see it."""
    article = case.article
    day = article.published_at.date().isoformat() if article.published_at else "no date"
    lines = [f"## {article.article_id} ({case.kind}, {day})", ""]
    lines += [f"**{article.title}**", ""] if article.title else []
    lines += [article.text[:_LONGEST] + (" […]" if len(article.text) > _LONGEST else ""), "", "wanted:"]
    lines += [f"- {line}" for line in (*map(_gold_strike, case.strikes), *map(_gold_act, case.acts))]
    lines += [f"- alert: {_yes(case.alert)}"] if measure == ALERT else []
    lines += ["", "given:", *(f"- {_event(event)}" for event in answer.events)]
    lines += [f"- alert: {_yes(answer.alerted)}"] if measure == ALERT else []
    lines += ["", f"note: {case.note}"] if case.note else []
    return "\n".join(lines) + "\n"


def _yes(value: bool | None) -> str:  # noqa: FBT001 - the only thing it speaks of
    return "not scored" if value is None else "yes" if value else "no"


def _gold_strike(strike: GoldStrike) -> str:
    figures = [
        f"{name} {value}"
        for name, value in (("killed", strike.killed), ("injured", strike.injured), ("on", strike.when))
        if value is not None
    ]
    figures += [f"count {count}" for count in strike.counts]
    words = " ".join(sorted(strike.modes | strike.sites))
    return f"{strike.status}: {'+'.join(strike.actor) or '?'} → {'+'.join(strike.recipient) or '?'} {words} {', '.join(figures)}".rstrip()


def _gold_act(act: GoldAct) -> str:
    extra = f" for {act.hours} h" if act.hours is not None else ""
    by = f", mediated by {'+'.join(act.mediators)}" if act.mediators else ""
    flag = "" if act.asserted else " (not asserted)"
    return (
        f"{act.act}{flag}: {'+'.join(act.parties) or '?'} {' '.join(sorted(act.scope))}{extra}{by}".rstrip()
    )


def _event(event: Event) -> str:
    sentences = " | ".join(" ".join(one.text.split()) for one in event.evidence)
    if isinstance(event, StrikeEvent):
        told = f"{_names(event.actors)} → {_names(event.recipients)} {event.mode.value}"
        told += "".join(f" {site.type.value}" for site in event.sites)
        told += "".join(f" {weapon.name}×{_number(weapon.count)}" for weapon in event.weapons)
        told += f" killed {_number(event.killed)} injured {_number(event.injured)}"
    else:
        scope = " ".join(domain.value for domain in event.scope.domains)
        told = f"{event.act.value} {_names(event.parties)} by {_names(event.speaker)} {scope}"
        told += f" mediated by {_names(event.mediators)}" if event.mediators else ""
    return f"{event.assertion.status.value}: {told} [{event.confidence:.2f}] — “{sentences}”"


def _names(actors: tuple[Actor, ...]) -> str:
    return "+".join(f"{a.id}{'*' if a.inferred else ''}" for a in actors) or "?"


def _number(quantity: Quantity | None) -> str:
    return "–" if quantity is None else str(quantity.low)
