"""Whose figures: to which attack a number of killed or injured belongs, in its sentence and in the ones beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Final

from worker.event import HAPPENED, Status
from worker.extraction.actors import actors_of
from worker.extraction.assertion import assert_clause
from worker.extraction.casualties import find_casualties
from worker.extraction.counted import (
    hit_by,
    land_of,
    lies_in,
    own_part,
    parts_by_kind,
    parts_by_side,
    side_of_the_speaker,
    sides_of,
)
from worker.extraction.retelling import DEFINITE
from worker.extraction.sites import damaged_sites, site_of_people
from worker.extraction.sums import OF_A_WAR, is_sum, since_a_record, sums_up
from worker.extraction.triggers import find_triggers
from worker.extraction.victims import add
from worker.extraction.weapons import firing_subjects, loose_weapons, together
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worker.event import Quantity, StrikeEvent
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame
    from worker.extraction.harmed import Casualties
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_NEAR: Final = 450
"""Characters over which "five people died" is still told of the attack before it; two sentences of a wire."""
_FAR: Final = 1500
"""Characters over which what a named side fired is counted with its attack told before."""
_BOTH: Final = 2
_BESIDE: Final = 40
"""Characters between two sentences that stand side by side."""


def assign_figures(view: View, frames: Sequence[Frame], cues: Cues, context: Context) -> None:
    """Give each figure to the frame that its trigger belongs to, else to the only frame of the sentence."""
    by_token = {t.i: f for f in frames for t in f.triggers}
    figures = find_casualties(view, cues)
    own = any(f.killed is not None and not f.toll for f in figures)
    for found in figures:
        frame = _frame_of(view, found, by_token) or _told_last(view, found, by_token)
        frame = frame or (frames[0] if len(frames) == 1 else None)
        if (found.toll and own) or frame is None or is_sum(view, found.trigger):
            continue
        of_all = found.killed is not None and view.tree.tokens[found.trigger].lower == "dead"
        if frame.killed is not None and frame.killed.low == 1 and of_all:
            frame.killed = found.killed  # "the commander was killed in a strike that left five dead"
        frame.killed = frame.killed or found.killed
        frame.injured = frame.injured or found.injured
        if found.people is not None and found.people not in frame.victims and found.trigger not in by_token:
            frame.victims.append(found.people)
            for actor in actors_of(view, found.people, context):
                frame.recipients.setdefault(actor.id, actor)


def _frame_of(view: View, found: Casualties, by_token: dict[int, Frame]) -> Frame | None:
    frame = by_token.get(found.trigger)
    if frame is not None:
        return frame
    above = next((by_token[a] for a in _above(view, found.trigger) if a in by_token), None)
    below = next((by_token[b] for b in view.tree.subtree(found.trigger) if b in by_token), None)
    return below or above


def _above(view: View, trigger: int) -> Iterator[int]:
    """What a figure hangs on, and what does that: "clashes left 30 dead"."""
    for at in view.tree.ancestors(trigger):
        yield at
        yield from view.tree.kids(at, "nsubj")


def _told_last(view: View, found: Casualties, by_token: dict[int, Frame]) -> Frame | None:
    """ "…, killing 12": of the attack that the words before tell of, wherever the parser hangs it."""
    if view.tree.tokens[found.trigger].tag != "VBG":
        return None
    before = [i for i in by_token if i < found.trigger]
    return by_token[max(before)] if before else None


@dataclass(slots=True)
class _Told:
    """The events of one sentence, by their place in the list of all."""

    view: View
    events: list[int]


def spread_figures(
    views: Sequence[View], events: Sequence[StrikeEvent], context: Context
) -> list[StrikeEvent]:
    """Give figures that stand beside an attack, in a sentence without one of its own, to that attack.

    "Five people died, officials said." after the strike, "Ten people are killed. The army shelled the camp."
    before it. A figure that an attack has already is kept; a cumulative toll of the war is no attack's.
    """
    settled = list(events)
    cues = context.lexicon.cues
    told = [_Told(v, [n for n, e in enumerate(events) if _stands_in(e, v)]) for v in views]
    for n, here in enumerate(told):
        if not here.events:
            if (at := _just_told(n, told, settled)) is not None:
                settled[at] = _damaged_too(settled[at], here.view, cues)
            if (at := _attack_by(n, told, settled, context)) is not None:
                settled[at] = _counted_too(settled[at], here.view, cues)
        if len(here.events) > 1:
            _split_by_side(here, settled, context)
        elif here.events:
            _without_attackers(here, settled, context)
            settled[here.events[0]] = _damaged_too(settled[here.events[0]], here.view, cues)
        loose = [c for c in find_casualties(here.view, cues) if _loose(here, c, settled, cues)]
        if not loose or (not here.events and _tells_another(here.view, cues)):
            continue
        for found in loose:
            for at in _whose(n, told, settled, found, context):
                _give(at, found, here.view, settled, context)
    return settled


def _give(at: int, found: Casualties, view: View, events: list[StrikeEvent], context: Context) -> None:
    """Count what was found with an attack, and with the same attack as the headline or another sentence told it."""
    own = own_part(events[at], found, view, context)
    for same in _told_alike(at, events):
        events[same] = _given(events[same], own, view)


def _told_alike(at: int, events: Sequence[StrikeEvent]) -> list[int]:
    """The events of one attack that are told with the same number of dead."""

    def told(event: StrikeEvent) -> tuple[object, ...]:
        sides = ({a.id for a in who} for who in (event.actors, event.recipients))
        return (*sides, event.killed, event.assertion.status)

    def elsewhere(event: StrikeEvent) -> bool:
        here, there = ({p.name for p in e.places} for e in (events[at], event))
        return bool(here and there) and here.isdisjoint(there)

    counted = events[at].killed is not None
    return [
        n
        for n, event in enumerate(events)
        if n == at or (counted and told(event) == told(events[at]) and not elsewhere(event))
    ]


def _split_by_side(here: _Told, events: list[StrikeEvent], context: Context) -> None:
    """ "Four soldiers and three rebels were killed in a clash": to each direction those of the side it hit."""
    for found in find_casualties(here.view, context.lexicon.cues):
        sides = parts_by_side(here.view, found, context)
        if not sides or not all(side for side, _ in sides):
            sides = parts_by_kind(here.view, found)
        counted = [at for at in here.events if _has(events[at], found)]
        shares = {at: [n for side, n in sides if side & hit_by(events[at], context)] for at in counted}
        if not all(side for side, _ in sides) or not any(shares.values()):
            continue
        for at, own in shares.items():
            number = reduce(add, own) if own else None
            if len(own) < len(sides) and found.killed is not None:
                events[at] = replace(events[at], killed=number)
            elif len(own) < len(sides):
                events[at] = replace(events[at], injured=number)


def _without_attackers(here: _Told, events: list[StrikeEvent], context: Context) -> None:
    """ "Seven officers and six militants were killed in an attack on the base": the dead of the attack are the seven.

    Whoever is no fighter is counted with those whom it hit.
    """
    at = here.events[0]
    kinds = {context.kind(r.id) for r in events[at].recipients}
    for found in find_casualties(here.view, context.lexicon.cues) if kinds == {ActorKind.STATE} else ():
        parts = parts_by_kind(here.view, found)
        hit = [n for kind, n in parts if ActorKind.GROUP.value not in kind]
        if hit and len(hit) < len(parts) and _has(events[at], found):
            number = reduce(add, hit)
            events[at] = replace(
                events[at],
                killed=number if found.killed is not None else events[at].killed,
                injured=number if found.injured is not None else events[at].injured,
            )


def _has(event: StrikeEvent, found: Casualties) -> bool:
    killed = found.killed is not None and event.killed == found.killed
    return killed or (found.injured is not None and event.injured == found.injured)


def _tells_another(view: View, cues: Cues) -> bool:
    """Whether a sentence has an attack of its own, even one that nothing is known of; "the attack" is the one before."""
    tokens = view.tree.tokens
    for trigger in find_triggers(view, cues):
        if trigger.role == "noun":
            first = {tokens[k].lower for k in view.tree.children[trigger.i]}
            if not first & DEFINITE:
                return True
        elif trigger.role in {"attack", "launch", "clash", "intercept"}:
            return True
    return False


def _stands_in(event: StrikeEvent, view: View) -> bool:
    first = event.evidence[0]
    return first.field is view.sentence.field and first.start == view.sentence.start


def _loose(here: _Told, found: Casualties, events: Sequence[StrikeEvent], cues: Cues) -> bool:
    """Whether no event of the sentence has this figure, and it is a figure of one attack that happened."""
    if found.killed is not None and found.killed.low >= OF_A_WAR:
        return False
    if sums_up(here.view, cues) or any(
        is_sum(here.view, f.trigger) for f in find_casualties(here.view, cues)
    ):
        return False
    if {t.lower for t in here.view.tree.tokens} & cues.casualties["other_causes"]:
        return False
    if since_a_record(here.view, here.view.tree.tokens[found.trigger].start):
        return False
    for at in here.events:
        event = events[at]
        if (found.killed is not None and event.killed == found.killed) or (
            found.injured is not None and event.injured == found.injured
        ):
            return False
    none = not _any(found)
    return assert_clause(here.view, found.trigger, cues).status in (
        HAPPENED | {Status.DENIED} if none else HAPPENED
    )


def _whose(
    n: int, told: Sequence[_Told], events: Sequence[StrikeEvent], found: Casualties, context: Context
) -> list[int]:
    """The events that a figure is told of: those of its own sentence, of the nearest before it, of the next."""
    here = told[n]
    start = here.view.sentence.start
    near = [here]
    near += [
        t
        for t in reversed(told[:n])
        if t.view.sentence.field is here.view.sentence.field and start - t.view.sentence.end <= _NEAR
    ]
    near += [
        t
        for t in told[n + 1 : n + 2]
        if t.view.sentence.field is here.view.sentence.field
        and t.view.sentence.start - here.view.sentence.end <= _BESIDE
    ]
    people = [i for i, _ in found.parts] or ([] if found.people is None else [found.people])
    victims = {name for i in people for name in sides_of(here.view, i, context)}
    victims = victims or side_of_the_speaker(here.view, found, context)
    land = land_of(here.view, found, context)
    for other in near:
        more = n > 0 and other is told[n - 1] and _OTHERS.match(here.view.sentence.text) is not None
        fitting = [
            at
            for at in other.events
            if _fits(events[at], victims, found, own=other is here, more=more)
            and lies_in(events[at], land, context)
        ]
        if fitting:
            return _together(fitting, events, own=other is here)
        if (
            other is here
            and here.events
            and all(events[at].assertion.status is Status.HISTORICAL for at in here.events)
        ):
            return []  # of what is told there as the past
        if other.events and other is not here and found.killed is not None and found.killed.low == 0:
            return []  # "no casualties" is said of the attack just told
    return []


def _just_told(n: int, told: Sequence[_Told], events: Sequence[StrikeEvent]) -> int | None:
    """The attack told last before a sentence, if it is near and hit something."""
    here = told[n].view.sentence
    for other in reversed(told[:n]):
        if other.view.sentence.field is not here.field or here.start - other.view.sentence.end > _NEAR:
            return None
        hits = [
            at
            for at in other.events
            if events[at].assertion.status in HAPPENED and not events[at].intercepted
        ]
        if other.events:
            return hits[-1] if hits else None
    return None


def _damaged_too(event: StrikeEvent, view: View, cues: Cues) -> StrikeEvent:
    """Add the sites that its sentence, or the next one, says were hit: "drones attacked Odesa; a depot was on fire"."""
    words = {t.lower for t in view.tree.tokens}
    if event.assertion.status not in HAPPENED or words & cues.casualties["other_causes"]:
        return event
    known = {s.type for s in event.sites}
    new = tuple(s for s in damaged_sites(view) if s.type not in known)
    return replace(event, sites=(*event.sites, *new)) if new else event


def _attack_by(n: int, told: Sequence[_Told], events: Sequence[StrikeEvent], context: Context) -> int | None:
    """The attack before a sentence in whose count of weapons fired, or brought down, it belongs: by who fires, or defends."""
    view = told[n].view
    fired, downed = firing_subjects(view)
    named = [i for i in fired if view.tree.tokens[i].pos != "PRON"]  # "they launched": those just told of
    actors = {a.id for i in named for a in actors_of(view, i, context)}
    defenders = {a.id for i in downed for a in actors_of(view, i, context)}
    if not actors and not defenders:
        return _just_told(n, told, events)
    for other in reversed(told[:n]):
        if (
            other.view.sentence.field is not view.sentence.field
            or view.sentence.start - other.view.sentence.end > _FAR
        ):
            return None
        for at in reversed(other.events):
            event = events[at]
            by = actors & {a.id for a in event.actors} or defenders & {r.id for r in event.recipients}
            if by and event.assertion.status in HAPPENED:
                return at
    return None


def _counted_too(event: StrikeEvent, view: View, cues: Cues) -> StrikeEvent:
    """Add the counts of weapons that a later sentence gives: "They launched five ballistic missiles"."""
    known = {w.id for w in event.weapons if w.count is not None}
    new = tuple(w for w in loose_weapons(view, cues) if w.id not in known)
    return replace(event, weapons=together(new, event.weapons)) if new else event


_OTHERS: Final = re.compile(
    r"(?i)(?:at least )?(?:another )?[\w-]+ (?:others?|other (?:people|civilians|residents)|more(?: people)?) (?:were|was|died|had|have)\b"
)
"""A sentence that counts more victims of the attack told just before: "Six other people were killed"."""


def _fits(event: StrikeEvent, victims: set[str], found: Casualties, *, own: bool, more: bool = False) -> bool:
    if event.assertion.status not in HAPPENED:
        return False
    sides = {r.side for r in event.recipients} | {r.id for r in event.recipients}
    foreign = not victims & {name for a in event.actors for name in (a.id, a.side)}
    guessed = all(r.inferred for r in event.recipients)  # "a Pakistani and two Indians died" in a third land
    if victims and sides and not victims & sides and not (foreign and guessed):
        return False
    for new, known in ((found.killed, event.killed), (found.injured, event.injured)):
        if found.toll and new is not None and known is not None:
            return not own and new.low > known.low
    counted = event.killed is None or more or _names_more_exactly(found.killed, event.killed)
    return (found.killed is not None and counted) or (found.injured is not None and event.injured is None)


def _names_more_exactly(number: Quantity | None, told: Quantity) -> bool:
    """Whether a number says how many were meant by "dozens" or "hundreds"."""
    if number is None or told.high is None or told.high < _BOTH * told.low:
        return False
    narrow = number.high is None or number.high < _BOTH * number.low
    return narrow and told.low <= number.low <= told.high


def _any(found: Casualties) -> bool:
    return bool((found.killed and found.killed.low) or (found.injured and found.injured.low))


def _together(fitting: list[int], events: Sequence[StrikeEvent], *, own: bool) -> list[int]:
    """The last of several attacks of a sentence; both directions of one clash; all on one side that it adds up."""
    last = events[fitting[-1]]
    mirror = {a.id for a in last.actors}, {r.id for r in last.recipients}
    return [
        at
        for at in fitting
        if at == fitting[-1]
        or (
            ({r.id for r in events[at].recipients}, {a.id for a in events[at].actors}) == mirror and mirror[0]
        )
        or (own and {r.id for r in events[at].recipients} == mirror[1])
    ]


def _given(event: StrikeEvent, found: Casualties, view: View) -> StrikeEvent:
    killed = (
        found.killed if found.killed is not None and (event.killed is None or found.toll) else event.killed
    )
    if found.killed is not None and event.killed is not None and not found.toll:
        exact = _names_more_exactly(found.killed, event.killed)
        killed = found.killed if exact else add(event.killed, found.killed)  # "six other people"
    known = {s.type for s in event.sites}
    people = site_of_people(view, found.people) if found.people is not None else ()
    return replace(
        event,
        killed=killed,
        injured=(found.injured if found.toll else None) or event.injured or found.injured,
        intercepted=event.intercepted and not _any(found),
        sites=(*event.sites, *(s for s in people if s.type not in known)),
    )
