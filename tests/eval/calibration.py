"""Fits the confidence of events to annotated news and says how far it can be trusted.

`python -m tests.eval.calibration` prints the weights for `worker/extraction/confidence.py` and a reliability table:
events by the confidence that a fit gives them which has not seen their article, and how many of them are right.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

import numpy as np

from tests.eval.answers import answers_to
from tests.eval.corpora import beside, golden
from tests.eval.matching import KINETIC, given_pairs, match, side, wanted_pairs
from tests.eval.measures import asserted_acts, coarse, coarse_act
from worker.event import StrikeEvent
from worker.extraction.confidence import (
    ACT_FEATURES,
    MANY_CONFLICTS,
    SEVERAL_CONFLICTS,
    STRIKE_FEATURES,
    act_features,
    strike_features,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tests.eval.corpora import Case
    from tests.eval.measures import Answer
    from worker.event import DiplomacyEvent

    Numbers = NDArray[np.float64]

FOLDS: Final = 10
RIDGE: Final = 1.0
"""Pull of every weight towards zero: as strong as the evidence of a few events."""
EDGES: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
ROUNDS: Final = 50
TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One extracted event: its features, whether it is right, the article that it is from, its present confidence."""

    article_id: str
    features: tuple[str, ...]
    right: bool
    confidence: float


def strike_examples(case: Case, answer: Answer) -> list[Example]:
    """The strikes that are said to have happened; right where the pair of sides is."""
    matched = {
        (given.actor, given.recipient)
        for _, given in match(wanted_pairs(case.strikes), given_pairs(answer.events))
    }
    told = [event for event in answer.events if isinstance(event, StrikeEvent)]
    return [
        Example(
            article_id=case.article.article_id,
            features=strike_features(event, told),
            right=bool(matched & _pairs(event)),
            confidence=event.confidence,
        )
        for event in told
        if event.assertion.status in KINETIC
    ]


def _pairs(event: StrikeEvent) -> set[tuple[str | None, str | None]]:
    actors = [side(actor.id) for actor in event.actors] or [None]
    recipients = [side(recipient.id) for recipient in event.recipients] or [None]
    return set(product(actors, recipients))


def act_examples(case: Case, answer: Answer) -> list[Example]:
    """The acts that are said to be done; right where their class is and no party is named too much."""
    told = asserted_acts(answer.events)
    return [
        Example(
            article_id=case.article.article_id,
            features=act_features(event, told),
            right=_is_right(event, case),
            confidence=event.confidence,
        )
        for event in told
    ]


def _is_right(event: DiplomacyEvent, case: Case) -> bool:
    """Where any act is annotated, a ceasefire that is only mentioned is right."""
    kind = coarse_act(event)
    alike = [act for act in case.acts if kind is None or (act.asserted and coarse(act.act) == kind)]
    named = {side(party) for act in alike for party in act.parties}
    return bool(alike) and {side(party.id) for party in event.parties} <= named


def fit(examples: Sequence[Example], names: Sequence[str]) -> Numbers:
    """Weights of a ridge logistic regression by Newton's method: the base first, then one per name."""
    rows, right = _matrix(examples, names), np.array([one.right for one in examples], dtype=np.float64)
    pull = np.diag([0.0, *([RIDGE] * len(names))])
    weights: Numbers = np.zeros(len(names) + 1)
    for _ in range(ROUNDS):
        chance = _chance(rows @ weights)
        slope = rows.T @ (right - chance) - pull @ weights
        bend = (rows.T * (chance * (1 - chance))) @ rows + pull
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if float(np.abs(step).max()) < TOLERANCE:
            break
    return weights


def held_out(examples: Sequence[Example], names: Sequence[str]) -> Numbers:
    """The confidence of each example by a fit to the articles of other folds."""
    articles = {article: number for number, article in enumerate(sorted({e.article_id for e in examples}))}
    folds = np.array([articles[one.article_id] % FOLDS for one in examples])
    found: Numbers = np.zeros(len(examples))
    for fold in range(FOLDS):
        weights = fit([one for one, at in zip(examples, folds, strict=True) if at != fold], names)
        found[folds == fold] = _chance(_matrix(examples, names)[folds == fold] @ weights)
    return found


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> Numbers:
    return np.array(
        [[1.0, *(float(name in one.features) for name in names)] for one in examples], dtype=np.float64
    )


def _chance(odds: Numbers) -> Numbers:
    chance: Numbers = 1 / (1 + np.exp(-odds))
    return chance


def reliability(chances: Numbers, examples: Sequence[Example]) -> str:
    """The table: bins of confidence, how many events, their mean confidence, how many of them are right."""
    right = np.array([one.right for one in examples], dtype=np.float64)
    lines = ["| confidence | events | mean confidence | right |", "|---|---|---|---|"]
    for low, high in pairwise(EDGES):
        inside = (chances >= low) & ((chances < high) | (high == EDGES[-1]))
        if inside.any():
            lines.append(
                f"| {low:.1f} to {high:.1f} | {inside.sum()} | {chances[inside].mean():.2f} | {right[inside].mean():.2f} |"
            )
    error = float(np.mean((chances - right) ** 2))
    guess = float(np.mean((right.mean() - right) ** 2))
    lines.append(f"\nBrier score {error:.3f}; {guess:.3f} if every event had the mean {right.mean():.2f}.")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print weights and reliability of both kinds of events."""
    strikes: list[Example] = []
    acts: list[Example] = []
    for corpus in (golden(), *beside()):
        answers = answers_to(corpus.cases)
        for case in corpus.cases:
            answer = answers[case.article.article_id]
            strikes += strike_examples(case, answer)
            acts += act_examples(case, answer)
    for title, examples, names in (
        ("who struck whom", strikes, (*STRIKE_FEATURES, SEVERAL_CONFLICTS, MANY_CONFLICTS)),
        ("which act", acts, (*ACT_FEATURES, SEVERAL_CONFLICTS, MANY_CONFLICTS)),
    ):
        weights = fit(examples, names)
        sys.stdout.write(f"\n## {title}: {len(examples)} events\n\nbase {weights[0]:.2f}\n")
        for name, weight in zip(names, weights[1:], strict=True):
            having = [one for one in examples if name in one.features]
            share = sum(one.right for one in having) / max(1, len(having))
            sys.stdout.write(f'    "{name}": {weight:.2f},  # {len(having)} events, {share:.2f} right\n')
        sys.stdout.write(f"\nheld out:\n\n{reliability(held_out(examples, names), examples)}")
        present = np.array([one.confidence for one in examples])
        sys.stdout.write(f"\nas it is now:\n\n{reliability(present, examples)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
