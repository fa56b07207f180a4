"""The sample stream replayed, and its alerts held against those that a careful reader would raise."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from worker.alert import AlertStatus
from worker.correlation import Policy
from worker.extraction import load_parser
from worker.lexicon import load_lexicon
from worker.offline import replay
from worker.reading import PlainText, read_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.alert import Alert

SAMPLES = Path(__file__).parents[2] / "worker" / "samples"

Key = tuple[str, str, str, str]
"""Conflict, side that attacked, side that was attacked, severity."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the alerts of the sample stream compare with the expected ones."""

    found: Counter[Key]
    missing: Counter[Key]
    unwanted: Counter[Key]

    @property
    def right(self) -> bool:
        """Whether they are exactly the expected ones."""
        return not self.missing and not self.unwanted

    def __str__(self) -> str:
        """A line of figures and a line for every difference."""
        hits, missed, extra = self.found.total(), self.missing.total(), self.unwanted.total()
        lines = [f"sample stream: {hits} alerts as expected, {missed} missing, {extra} unwanted"]
        lines += [f"  missing   {' '.join(key)}" for key in sorted(self.missing.elements())]
        lines += [f"  unwanted  {' '.join(key)}" for key in sorted(self.unwanted.elements())]
        return "\n".join(lines) + "\n"


def judge(alerts: Sequence[Alert], expected: Sequence[dict[str, str]]) -> Verdict:
    """Compare alerts that stand with those expected, each a mapping of conflict, actor, recipient, severity."""
    got = Counter(
        (alert.conflict, _side(alert.incident.actors), _side(alert.incident.recipients), str(alert.severity))
        for alert in alerts
        if alert.status is not AlertStatus.RETRACTED
    )
    wanted = Counter((one["conflict"], one["actor"], one["recipient"], one["severity"]) for one in expected)
    return Verdict(got & wanted, wanted - got, got - wanted)


def judge_samples() -> Verdict:
    """Replay the sample stream as `trucewatch replay` does, and judge it."""
    articles = read_articles(
        [str(SAMPLES / "stream.jsonl")], received_at=datetime.now(UTC), plain=PlainText()
    )
    result = replay(articles, lexicon=load_lexicon(), parser=load_parser(), policy=Policy())
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    return judge(result.alerts, expected["alerts"])


def _side(actors: Sequence[object]) -> str:
    return str(getattr(actors[0], "side", "?")) if actors else "?"
