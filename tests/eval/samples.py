"""Streams replayed as one, and their alerts held against those that a careful reader would raise.

The project's own sample stream, and real news of months where the repository has some beside it: what no item by itself
shows is an act that should not have been one, and makes alerts of all the attacks of the days after.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.eval.corpora import ANNOTATIONS
from worker.alert import AlertStatus
from worker.correlation import Policy
from worker.extraction import load_parser
from worker.lexicon import load_lexicon
from worker.offline import replay
from worker.reading import PlainText, read_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from worker.alert import Alert

SAMPLES = Path(__file__).parents[2] / "worker" / "samples"

Key = tuple[str, str, str, str]
"""Conflict, side that attacked, side that was attacked, severity."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the alerts of a stream compare with the expected ones."""

    stream: str
    found: Counter[Key]
    missing: Counter[Key]
    unwanted: Counter[Key]
    wrong: Counter[Key]
    """Those that are known not to be right: nobody wants them, and nobody need read them again."""

    @property
    def right(self) -> bool:
        """Whether they are exactly the expected ones."""
        return not self.missing and not self.unwanted

    def __str__(self) -> str:
        """A line of figures and a line for every difference."""
        hits, missed, extra = self.found.total(), self.missing.total(), self.unwanted.total()
        known = f", {self.wrong.total()} known to be wrong" if self.wrong else ""
        lines = [f"{self.stream}: {hits} alerts as expected, {missed} missing, {extra} unwanted{known}"]
        lines += [f"  missing   {' '.join(key)}" for key in sorted(self.missing.elements())]
        lines += [f"  unwanted  {' '.join(key)}" for key in sorted(self.unwanted.elements())]
        return "\n".join(lines) + "\n"


def judge(
    alerts: Sequence[Alert], expected: Sequence[dict[str, str]], stream: str = "sample stream"
) -> Verdict:
    """Compare alerts that stand with those expected, each a mapping of conflict, actor, recipient, severity.

    One with `wrong` (why) is known to come, and not to be right.
    """
    got = Counter(
        (alert.conflict, _side(alert.incident.actors), _side(alert.incident.recipients), str(alert.severity))
        for alert in alerts
        if alert.status is not AlertStatus.RETRACTED
    )
    wanted = _counted(one for one in expected if "wrong" not in one)
    wrong = _counted(one for one in expected if "wrong" in one)
    surplus = got - wanted
    return Verdict(stream, got & wanted, wanted - got, surplus - wrong, surplus & wrong)


def _counted(expected: Iterable[dict[str, str]]) -> Counter[Key]:
    return Counter((one["conflict"], one["actor"], one["recipient"], one["severity"]) for one in expected)


def judge_samples() -> Verdict:
    """Replay the sample stream as `trucewatch replay` does, and judge it."""
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    return judge(_alerts_of(SAMPLES / "stream.jsonl"), expected["alerts"])


def judge_beside(directory: Path) -> Iterator[Verdict]:
    """The same of streams beside the repository, as far as their alerts were read and written down."""
    for noted in sorted(ANNOTATIONS.glob("*.alerts.json")):
        name = noted.name.removesuffix(".alerts.json")
        articles = directory / f"{name}.articles.jsonl"
        if articles.exists():
            yield judge(_alerts_of(articles), json.loads(noted.read_text("utf-8"))["alerts"], name)


def _alerts_of(articles: Path) -> Sequence[Alert]:
    read = read_articles([str(articles)], received_at=datetime.now(UTC), plain=PlainText())
    return replay(read, lexicon=load_lexicon(), parser=load_parser(), policy=Policy()).alerts


def _side(actors: Sequence[object]) -> str:
    return str(getattr(actors[0], "side", "?")) if actors else "?"
