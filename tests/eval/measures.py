"""The figures: what is right, too much and missing, per measure, and the cases in which it is not all right."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from tests.eval.matching import KINETIC, given_pairs, match, side, wanted_pairs
from worker.event import Act, DiplomacyEvent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.eval.corpora import Case, GoldAct
    from tests.eval.matching import Given, Wanted
    from worker.event import Event, Quantity

HAS_A_STRIKE: Final = "has a strike"
WHO: Final = "who struck whom"
ACTS: Final = "which act"
PARTIES: Final = "parties of an open ceasefire"
ALERT: Final = "alert from the item alone"
SHARES: Final = (
    "killed", "injured", "weapon count", "mode", "a site type", "day of a strike", "scope", "duration", "mediator",
)  # fmt: skip
"""Slots: the share that is right, of matched strikes and of acts that are there."""
MEASURES: Final = (HAS_A_STRIKE, WHO, ACTS, PARTIES, ALERT, *SHARES)

_OPEN: Final = frozenset(
    {Act.CEASEFIRE_AGREED, Act.CEASEFIRE_DECLARED, Act.CEASEFIRE_IN_EFFECT, Act.CEASEFIRE_EXTENDED}
)
_GOLD_OPEN: Final = frozenset({"agreed", "declared", "in_effect", "extended"})
_ASKED: Final = frozenset({"proposed", "demanded"})
_HALF_A_DAY: Final = timedelta(hours=12)
_LONGEST_DAY: Final = timedelta(hours=48)
"""An interval longer than this does not say which day."""


@dataclass(slots=True)
class Figure:
    """A count of right, surplus and missing answers, and the ids of the cases with any of the latter two."""

    share: bool = False
    """Whether it is of a slot: what is not right is neither surplus nor missing, and the score is the share."""
    right: int = 0
    surplus: int = 0
    missing: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, case: Case, right: int, surplus: int, missing: int) -> None:
        """Count one case."""
        self.right, self.surplus, self.missing = (
            self.right + right,
            self.surplus + surplus,
            self.missing + missing,
        )
        if (surplus or missing) and case.article.article_id not in self.wrong:
            self.wrong.append(case.article.article_id)

    @property
    def precision(self) -> float:
        """Share of the answers that are right; 0 where there are none."""
        return self.right / (self.right + self.surplus) if self.right + self.surplus else 0.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 0 where nothing was wanted."""
        return self.right / (self.right + self.missing) if self.right + self.missing else 0.0

    @property
    def score(self) -> float:
        """F1; of a slot the share that is right."""
        if self.share:
            return self.recall
        return 2 * self.right / (2 * self.right + self.surplus + self.missing) if self.right else 0.0

    @property
    def of(self) -> int:
        """How many answers the figure rests on."""
        return self.right + self.surplus + self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was extracted from the article of a case, and whether it alone raised an alert."""

    events: tuple[Event, ...] = ()
    alerted: bool = False


def measure(cases: Sequence[Case], answers: Mapping[str, Answer]) -> dict[str, Figure]:
    """All figures, by measure; a measure that no case speaks to is left out."""
    figures = {name: Figure(share=name in SHARES) for name in MEASURES}
    for case in cases:
        answer = answers[case.article.article_id]
        _measure_strikes(case, answer, figures)
        _measure_acts(case, answer, figures)
        if case.alert is not None:
            wanted, given = case.alert, answer.alerted
            figures[ALERT].add(
                case, int(wanted and given), int(given and not wanted), int(wanted and not given)
            )
    return {name: figure for name, figure in figures.items() if figure.of}


def _measure_strikes(case: Case, answer: Answer, figures: dict[str, Figure]) -> None:
    wanted, given = wanted_pairs(case.strikes), given_pairs(answer.events)
    any_wanted, any_given = bool(wanted), bool(given)
    figures[HAS_A_STRIKE].add(
        case,
        int(any_wanted and any_given),
        int(any_given and not any_wanted),
        int(any_wanted and not any_given),
    )
    found = match(wanted, given)
    figures[WHO].add(case, len(found), len(given) - len(found), len(wanted) - len(found))
    for one, other in found:
        for name, right in _slots(one, other):
            figures[name].add(case, int(right), 0, int(not right))


def _slots(wanted: Wanted, given: Given) -> list[tuple[str, bool]]:
    """(slot, whether it is right) of a matched strike, for every slot that the annotation fills."""
    strike, events = wanted.strike, given.events
    slots: list[tuple[str, bool]] = []
    if strike.killed is not None:
        slots.append(("killed", strike.killed in _lows([e.killed for e in events])))
    if strike.injured is not None:
        slots.append(("injured", strike.injured in _lows([e.injured for e in events])))
    counts = _lows([w.count for e in events for w in e.weapons])
    slots += [("weapon count", count in counts) for count in strike.counts]
    if strike.modes:
        slots.append(("mode", bool(strike.modes & {e.mode.value for e in events})))
    if strike.sites:
        slots.append(("a site type", bool(strike.sites & {s.type.value for e in events for s in e.sites})))
    if strike.when is not None:
        start = datetime.combine(strike.when, time(), UTC)
        times = [e.event_time for e in events]
        slots.append(
            (
                "day of a strike",
                any(
                    t.start < start + 3 * _HALF_A_DAY
                    and start - _HALF_A_DAY < t.end
                    and t.end - t.start <= _LONGEST_DAY
                    for t in times
                ),
            )
        )
    return slots


def _lows(quantities: Sequence[Quantity | None]) -> set[int]:
    return {quantity.low for quantity in quantities if quantity is not None}


def coarse(act: str) -> str | None:
    """The class in which acts are compared: what opens a ceasefire, what asks for one, else itself; mentions in none."""
    if act in _GOLD_OPEN:
        return "open"
    if act in _ASKED:
        return "asked"
    return None if act in {"background", "mentioned"} else act


def coarse_act(event: DiplomacyEvent) -> str | None:
    """The same of an extracted act."""
    return coarse(event.act.value.removeprefix("ceasefire_"))


def asserted_acts(events: Sequence[Event]) -> list[DiplomacyEvent]:
    """The acts that are said to be done."""
    return [e for e in events if isinstance(e, DiplomacyEvent) and e.assertion.status in KINETIC]


def _measure_acts(case: Case, answer: Answer, figures: dict[str, Figure]) -> None:
    gold = [act for act in case.acts if act.asserted]
    events = asserted_acts(answer.events)
    wanted = {coarse(act.act) for act in gold} - {None}
    given = {coarse_act(event) for event in events} - {None}
    figures[ACTS].add(case, len(wanted & given), len(given - wanted), len(wanted - given))
    open_wanted = {side(p) for act in gold if act.act in _GOLD_OPEN for p in act.parties}
    open_given = {side(p.id) for e in events if e.act in _OPEN for p in e.parties}
    figures[PARTIES].add(
        case, len(open_wanted & open_given), len(open_given - open_wanted), len(open_wanted - open_given)
    )
    for act in gold:
        alike = [e for e in events if coarse_act(e) == coarse(act.act)]
        for name, right in _act_slots(act, alike) if alike and coarse(act.act) else ():
            figures[name].add(case, int(right), 0, int(not right))


def _act_slots(act: GoldAct, alike: Sequence[DiplomacyEvent]) -> list[tuple[str, bool]]:
    """(slot, whether it is right) of an act that was found."""
    slots = []
    if act.scope:
        slots.append(("scope", bool(act.scope & {d.value for e in alike for d in e.scope.domains})))
    if act.hours is not None:
        slots.append(("duration", timedelta(hours=act.hours) in {e.duration for e in alike}))
    if act.mediators:
        named = {side(a.id) for e in alike for a in (*e.mediators, *e.speaker)}
        slots.append(("mediator", bool({side(m) for m in act.mediators} & named)))
    return slots
