"""How well copies of one text are told from different texts: `python -m tests.eval.near_duplicates`.

Every text of at least `LEAST_WORDS` words, of the samples and of the corpora beside the repository, is edited in the
ways in which outlets edit an agency report, and its fingerprint is compared with those of the copies and of all other texts.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.eval.corpora import BESIDE, beside
from worker.article import Article
from worker.correlation import Policy
from worker.correlation.sources import similarity
from worker.extraction.fingerprint import fingerprint
from worker.reading import PlainText, read_articles
from worker.wire.html_text import text_of_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SAMPLES: Final = Path(__file__).parents[2] / "worker" / "samples" / "stream.jsonl"
LEAST_WORDS: Final = 45
"""Shorter texts are a headline and a sentence."""
WHOLE_WORDS: Final = 150
"""From here on a text is a whole article."""
ROUND_UP: Final = 12
"""Samples that make up as much text as a whole article (the middle one of those beside has 695 words)."""
THRESHOLDS: Final = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)

LEAD: Final = (
    "Diplomats woke to another round of accusations on the day after the attack, and nobody at the table could say "
    "whether the promises of the week would outlive it, our correspondent writes."
)
SUFFIX: Final = (
    "\n\nThis report was compiled with material from news agencies. Additional reporting by our staff in the capital; "
    "editing by the night desk. Follow us on all channels, sign up for the morning letter and never miss a story. "
    "Copyright by the outlet; all rights reserved. It may not be published, broadcast or redistributed without leave.\n"
)
TEASERS: Final = (
    "Read more: Election results in full\n\nWatch: Storm hits the coast\n\nMost popular\nTen ways to sleep better\n"
    "The best films of the year\nA recipe for spring\n\n"
)
SYNONYMS: Final = {
    "said": "stated", "killed": "slain", "attack": "assault", "people": "persons", "after": "following", "about": "around",
    "also": "too", "more": "further", "officials": "authorities", "on": "upon", "but": "yet", "including": "among them",
}  # fmt: skip


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?]) +|\n+", text.strip())


def _other_lead(text: str) -> str:
    sentences = _sentences(text)
    return " ".join((LEAD, *sentences[1:]))


def _first(share: float) -> Callable[[str], str]:
    def cut(text: str) -> str:
        sentences = _sentences(text)
        return " ".join(sentences[: max(1, round(len(sentences) * share))])

    return cut


def _reworded(text: str) -> str:
    return re.sub(r"\w+", lambda match: SYNONYMS.get(match[0], match[0]), text)


def _without_every_fifth(text: str) -> str:
    return " ".join(one for number, one in enumerate(_sentences(text)) if number % 5 != 4)


def _as_page(text: str) -> str:
    paragraphs = "".join(f"<p>{part}</p>" for part in re.split(r"\n+", text))
    page = (
        f"<html><head><title>News</title></head><body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
        f"<article><h1>News</h1>{paragraphs}</article><aside><h3>Most read</h3><ul><li>Storm hits the coast</li></ul></aside>"
        f"<footer>Copyright</footer></body></html>"
    )
    return text_of_html(page)


def _desk(text: str) -> str:
    return "LONDON, Wednesday — " + _first(0.75)(_other_lead(_reworded(text))) + SUFFIX


EDITS: Final[Mapping[str, Callable[[str], str]]] = {
    "other dateline": lambda text: "GENEVA, 3 June (Wire) – " + re.sub(r"^[A-Z ,]+.{0,30}? [-–—] ", "", text),
    "other lead": _other_lead,
    "last quarter cut": _first(0.75),
    "last half cut": _first(0.5),
    "outlet's suffix": lambda text: text + SUFFIX,
    "teasers before it": lambda text: TEASERS + text,
    "hard-wrapped capitals": lambda text: re.sub(r"(.{60,70}) ", r"\1\n", text).upper(),
    "words replaced": _reworded,
    "every fifth sentence dropped": _without_every_fifth,
    "as an HTML page": _as_page,
    "a desk's edit (all of these in part)": _desk,
}


def texts() -> list[Article]:
    """The articles to edit: long enough, and the first of those that begin alike (the samples hold copies)."""
    paths = [str(SAMPLES)]
    if any(corpus.name == "articles_dev" for corpus in beside()):
        paths.append(str(BESIDE / "articles_dev.articles.jsonl"))
    read = read_articles(paths, received_at=datetime(2026, 1, 1, tzinfo=UTC), plain=PlainText())
    found: dict[str, Article] = {}
    for one in read:
        if isinstance(one, Article) and len(one.text.split()) >= LEAST_WORDS:
            found.setdefault(_sentences(one.text)[0], one)
    return list(found.values())


def with_whole_articles(articles: Sequence[Article]) -> list[Article]:
    """The articles, and where no whole article is among them (none lies beside the repository), round-ups in their stead.

    A round-up is so many samples one after the other: what outlets cut and reword is seldom three sentences long.
    """
    if any(len(article.text.split()) >= WHOLE_WORDS for article in articles):
        return list(articles)
    windows = (articles[at : at + ROUND_UP] for at in range(len(articles) - ROUND_UP + 1))
    round_ups = [replace(some[0], text="\n\n".join(one.text for one in some)) for some in windows]
    return [*articles, *round_ups]


def print_of(text: str) -> bytes:
    """The fingerprint, in bytes as the correlation compares them."""
    return bytes.fromhex(fingerprint(text))


def copies(articles: Sequence[Article]) -> Iterator[tuple[str, float]]:
    """(edit, similarity) of every text and every edited copy of it."""
    for article in articles:
        own = print_of(article.text)
        for name, edit in EDITS.items():
            yield name, similarity(own, print_of(edit(article.text)))


def quoting(articles: Sequence[Article], share: float) -> list[float]:
    """Similarities of every text and the next one with the first `share` of the former's sentences quoted in it."""
    found = []
    for one, other in pairwise(articles):
        mixed = f"{_first(share)(one.text)} {other.text}"
        found.append(similarity(print_of(one.text), print_of(mixed)))
    return found


def strangers(articles: Sequence[Article]) -> list[float]:
    """Similarities of all pairs of different texts."""
    prints = [print_of(article.text) for article in articles]
    return [similarity(one, other) for one, other in combinations(prints, 2)]


def main() -> int:
    """Print the table of docs/quality.md."""
    articles = texts()
    found: dict[str, list[float]] = {}
    for name, alike in copies(articles):
        found.setdefault(name, []).append(alike)
    apart = strangers(articles)
    write = sys.stdout.write
    write(
        f"{len(articles)} texts, {len(apart)} pairs of different ones, threshold {Policy().copy_similarity}\n\n"
    )
    write("| kind of pair | worst | median | " + " | ".join(f"≥ {t}" for t in THRESHOLDS) + " |\n")
    write("|---|---|---|" + "---|" * len(THRESHOLDS) + "\n")
    unlike = {
        "another report that quotes a fifth of it": quoting(articles, 0.2),
        "another report that quotes a third of it": quoting(articles, 1 / 3),
        "different texts": apart,
    }
    for name, values in {**found, **unlike}.items():
        ordered = sorted(values)
        shares = " | ".join(f"{sum(v >= t for v in values) / len(values):.3f}" for t in THRESHOLDS)
        edge = ordered[-1] if name in unlike else ordered[0]
        write(f"| {name} | {edge:.2f} | {ordered[len(ordered) // 2]:.2f} | {shares} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
