"""Annotated articles: the project's own golden cases, and corpora beside the repository where there are any.

The annotation is that of `golden/README.md`; a field that is left out has its empty value.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worker.article import Article
from worker.reading import PlainText, read_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GOLDEN = Path(__file__).with_name("golden")
BESIDE = Path(__file__).parents[3] / "shared" / "eval"
"""Where annotated corpora may lie: publishers' texts, which are never part of the repository."""
ANNOTATIONS = Path(__file__).with_name("annotations")
"""What we wrote down about some articles of a corpus that comes without annotation: by their ids, without their texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStrike:
    """A strike as a careful reader wrote it down; ids and words as in the annotation."""

    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    status: str
    modes: frozenset[str]
    counts: tuple[int, ...]
    """The counts of its weapons, those without a number left out."""
    sites: frozenset[str]
    killed: int | None
    """The least number; None where not said."""
    injured: int | None
    when: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldAct:
    """An act about a ceasefire or talks as a careful reader wrote it down."""

    act: str
    parties: tuple[str, ...]
    mediators: tuple[str, ...]
    scope: frozenset[str]
    hours: int | None
    """For how long, where a length is said."""
    asserted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One article and what a careful reader takes from it."""

    article: Article
    kind: str
    """What it tests ("passives"); the corpus' name where its cases are of no kind."""
    strikes: tuple[GoldStrike, ...]
    acts: tuple[GoldAct, ...]
    alert: bool | None
    """Whether it alone should raise an alert; None where two readings are defensible."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Cases under a name. `digest` is that of the files' bytes: figures are comparable where it is equal."""

    name: str
    digest: str
    cases: tuple[Case, ...]
    gold: Path | None = None
    """The file of its annotation, where it is one."""


def golden() -> Corpus:
    """The project's own cases: every line of every file of `golden/`."""
    files = sorted(GOLDEN.glob("*.jsonl"))
    cases = [golden_case(line, file.stem) for file in files for line in _lines(file)]
    return Corpus(name="golden", digest=_digest(files), cases=tuple(cases))


def beside(directory: Path = BESIDE) -> tuple[Corpus, ...]:
    """Every `NAME.articles.jsonl` of a directory that has a `NAME.gold.jsonl` there or among our own annotations.

    None where there is no such directory.
    """
    golds = [*directory.glob("*.gold.jsonl"), *ANNOTATIONS.glob("*.gold.jsonl")]
    named = {gold.name.removesuffix(".gold.jsonl"): gold for gold in reversed(golds)}
    pairs = [(gold, directory / f"{name}.articles.jsonl") for name, gold in sorted(named.items())]
    return tuple(_read_pair(gold, source) for gold, source in pairs if source.exists())


def _read_pair(gold: Path, source: Path) -> Corpus:
    name = gold.name.removesuffix(".gold.jsonl")
    read = read_articles([str(source)], received_at=datetime(2026, 1, 1, tzinfo=UTC), plain=PlainText())
    articles = {article.article_id: article for article in read if isinstance(article, Article)}
    cases = tuple(_case(articles[line["id"]], line, kind=name) for line in _lines(gold))
    return Corpus(name=name, digest=_digest([source, gold]), cases=cases, gold=gold)


def golden_case(line: Mapping[str, Any], kind: str) -> Case:
    day = line.get("date")
    published_at = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC) if day else None
    article = Article(
        article_id=line["id"],
        url=None,
        source=line.get("source", "Golden Wire"),
        title=line.get("title"),
        text=line["text"],
        published_at=published_at,
        seen_at=published_at or datetime(2025, 1, 1, tzinfo=UTC),
        language="en",
    )
    return _case(article, line, kind=kind)


def _case(article: Article, line: Mapping[str, Any], *, kind: str) -> Case:
    expected: bool | None = line.get("attack_after_ceasefire") is not None
    if "alert" in line:
        expected = None if line["alert"] is None else line["alert"]["expected"]
    return Case(
        article=article,
        kind=kind,
        strikes=tuple(_strike(one) for one in line.get("strikes", ())),
        acts=tuple(_act(one) for one in line.get("diplomacy", ())),
        alert=expected,
        note=line.get("note", ""),
    )


def _strike(raw: Mapping[str, Any]) -> GoldStrike:
    return GoldStrike(
        actor=tuple(raw.get("actor", ())),
        recipient=tuple(raw.get("recipient", ())),
        status=raw.get("status", "happened"),
        modes=frozenset(raw.get("modes", ())) - {"unspecified"},
        counts=tuple(one["count"] for one in raw.get("weapons", ()) if one.get("count")),
        sites=frozenset(raw.get("sites", ())) - {"other"},
        killed=(raw.get("killed") or [None])[0],
        injured=(raw.get("injured") or [None])[0],
        when=_day(raw.get("when")),
    )


def _act(raw: Mapping[str, Any]) -> GoldAct:
    return GoldAct(
        act=raw["act"],
        parties=tuple(raw.get("parties", ())),
        mediators=tuple(raw.get("mediators", ())),
        scope=frozenset(raw.get("scope", ())) - {"general"},
        hours=raw.get("duration_hours"),
        asserted=raw.get("status", "asserted") == "asserted",
    )


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None  # not said, or said as a month


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
