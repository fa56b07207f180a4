"""How sure an event is: the chance that a careful reader would write down the same, from what the event shows of itself.

Two logistic models of a few yes-or-no features. Their weights were fitted to annotated news by
`python -m tests.eval.calibration`, which prints them anew; docs/quality.md says how far the figures can be trusted.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from worker.article import TextField
from worker.event import Act, Domain, Mode, Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from worker.event import DiplomacyEvent, StrikeEvent

E = TypeVar("E", "StrikeEvent", "DiplomacyEvent")

UNRATED: Final = 0.0
"""Confidence of an event that is still being put together."""
_EVEN: Final = 0.5
"""Confidence of what is as likely wrong as right."""

STRIKE_BASE: Final = 2.60
STRIKE_WEIGHTS: Final[Mapping[str, float]] = {
    "actor unknown": -1.32,
    "actor inferred": -0.44,
    "recipient unknown": -1.23,
    "recipient inferred": -0.32,
    "conflict unknown": -1.09,
    "mode unspecified": -0.51,
    "ground attack": -0.21,
    "time told": 0.81,
    "told more than once": 0.89,
    "order to a ceasefire told": -0.45,
    "article of several conflicts": -0.94,
    "article of many conflicts": -1.86,
}
"""Log odds by feature, added to the base: of who struck whom."""

ACT_BASE: Final = 2.51
ACT_WEIGHTS: Final[Mapping[str, float]] = {
    "parties unknown": -0.09,
    "a party inferred": -0.98,
    "all parties inferred": 0.04,
    "more than two parties": -1.59,
    "mediator named": 0.16,
    "partial scope": 0.62,
    "conflict unknown": -0.02,
    "speaker known": 0.36,
    "time told": 0.48,
    "told more than once": 0.19,
    "asked for": -0.11,
    "ended or rejected": 0.16,
    "violation alleged": 0.66,
    "talks": -0.78,
    "only mentioned": 1.05,
    "article of several conflicts": -1.71,
    "article of many conflicts": -0.45,
}
"""Log odds by feature, added to the base: of the act."""

STRIKE_FEATURES: Final[Mapping[str, Callable[[StrikeEvent], bool]]] = {
    "actor unknown": lambda e: not e.actors,
    "actor inferred": lambda e: any(a.inferred for a in e.actors),
    "recipient unknown": lambda e: not e.recipients,
    "recipient inferred": lambda e: any(r.inferred for r in e.recipients),
    "conflict unknown": lambda e: e.conflict is None,
    "mode unspecified": lambda e: e.mode is Mode.UNSPECIFIED,
    "ground attack": lambda e: e.mode is Mode.GROUND,
    "time told": lambda e: e.event_time.precision is not Precision.UNKNOWN,
    "told more than once": lambda e: len(e.evidence) > 1,
    "order to a ceasefire told": lambda e: e.ceasefire_relation is not None,
}
SEVERAL_CONFLICTS: Final = "article of several conflicts"
MANY_CONFLICTS: Final = "article of many conflicts"
_TWO: Final = 2
_ASKED: Final = frozenset({Act.CEASEFIRE_PROPOSED, Act.CEASEFIRE_DEMANDED})
_OVER: Final = frozenset({Act.CEASEFIRE_ENDED, Act.CEASEFIRE_REJECTED})
_TALKS: Final = frozenset({Act.TALKS_SCHEDULED, Act.TALKS_HELD, Act.TALKS_SUSPENDED})
ACT_FEATURES: Final[Mapping[str, Callable[[DiplomacyEvent], bool]]] = {
    "parties unknown": lambda e: not e.parties,
    "a party inferred": lambda e: any(p.inferred for p in e.parties),
    "all parties inferred": lambda e: bool(e.parties) and all(p.inferred for p in e.parties),
    "more than two parties": lambda e: len(e.parties) > _TWO,
    "mediator named": lambda e: bool(e.mediators),
    "partial scope": lambda e: e.scope.domains != (Domain.GENERAL,),
    "conflict unknown": lambda e: e.conflict is None,
    "speaker known": lambda e: bool(e.speaker),
    "time told": lambda e: e.event_time.precision is not Precision.UNKNOWN,
    "told more than once": lambda e: len(e.evidence) > 1,
    "asked for": lambda e: e.act in _ASKED,
    "ended or rejected": lambda e: e.act in _OVER,
    "violation alleged": lambda e: e.act is Act.VIOLATION_ALLEGED,
    "talks": lambda e: e.act in _TALKS,
    "only mentioned": lambda e: e.act is Act.CEASEFIRE_MENTIONED,
}


def rate_strikes(events: Sequence[StrikeEvent]) -> list[StrikeEvent]:
    """The same strikes of one article with their confidence: that this side struck that one."""
    return [
        replace(event, confidence=_chance(STRIKE_BASE, STRIKE_WEIGHTS, strike_features(event, events)))
        for event in events
    ]


def is_doubtful_aside(strike: StrikeEvent) -> bool:
    """Whether a strike is more likely read wrongly than rightly and the article tells it once in passing.

    That is: in one sentence of the text, without a time, dead or injured, or an order to a ceasefire.
    """
    told_once = len(strike.evidence) == 1 and strike.evidence[0].field is TextField.TEXT
    bare = strike.event_time.precision is Precision.UNKNOWN and strike.ceasefire_relation is None
    return told_once and bare and not (strike.killed or strike.injured) and strike.confidence < _EVEN


def rate_acts(events: Sequence[DiplomacyEvent]) -> list[DiplomacyEvent]:
    """The same acts with their confidence: that this was done about a ceasefire or talks, between these."""
    return [
        replace(event, confidence=_chance(ACT_BASE, ACT_WEIGHTS, act_features(event, events)))
        for event in events
    ]


def strike_features(event: StrikeEvent, told: Sequence[StrikeEvent]) -> tuple[str, ...]:
    """The features that a strike has among all that its article tells of."""
    return _features(event, STRIKE_FEATURES, len({one.conflict for one in told}))


def act_features(event: DiplomacyEvent, told: Sequence[DiplomacyEvent]) -> tuple[str, ...]:
    """The features that an act has among all that its article tells of."""
    return _features(event, ACT_FEATURES, len({one.conflict for one in told}))


def _features(event: E, named: Mapping[str, Callable[[E], bool]], conflicts: int) -> tuple[str, ...]:
    own = [name for name, holds in named.items() if holds(event)]
    own += [SEVERAL_CONFLICTS] if conflicts > 1 else []
    own += [MANY_CONFLICTS] if conflicts > _TWO else []
    return tuple(own)


def _chance(base: float, weights: Mapping[str, float], features: Sequence[str]) -> float:
    odds = base + sum(weights.get(name, 0.0) for name in features)
    return min(max(round(1 / (1 + math.exp(-odds)), 2), 0.01), 0.99)  # a chance, never certain
