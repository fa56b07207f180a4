"""What the strikes and the ceasefires of one article say of each other.

A truce is named without its parties beside an attack that names them, an attack without its attacker beside a
truce that names both sides; and an attack told to come "despite the truce" says that there is one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.event import (
    HAPPENED,
    Act,
    Assertion,
    CeasefireRelation,
    DiplomacyEvent,
    Order,
    Status,
    StrikeEvent,
)
from worker.extraction.codes import diplomacy_codes
from worker.extraction.conflict_spoken_of import is_truceless
from worker.extraction.directions import on_its_side
from worker.extraction.sequence import with_sequence
from worker.extraction.settling import OPENING, PRESUPPOSING, diplomacy_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worker.extraction.context import Context
    from worker.extraction.view import View
    from worker.lexicon.entries import ConflictEntry

_OF_A_CEASEFIRE: Final = OPENING | PRESUPPOSING
"""Acts that there is, or was, a ceasefire for."""
_RESUMING: Final = frozenset({"resume", "renew", "restart", "resumption"})


def reconcile(
    strikes: Sequence[StrikeEvent],
    diplomacy: Sequence[DiplomacyEvent],
    views: Sequence[View],
    context: Context,
) -> tuple[list[StrikeEvent], list[DiplomacyEvent]]:
    """Fill conflicts that one half knows into the other, and write down the ceasefires that strikes presuppose."""
    struck = _conflict_of((s.conflict for s in strikes if s.assertion.status in HAPPENED), context)
    told = struck or _conflict_of((d.conflict for d in diplomacy), context)
    if told is not None:
        diplomacy = [_between(event, told, context) for event in diplomacy]
    promised = _conflict_of((d.conflict for d in diplomacy if d.act in _OF_A_CEASEFIRE), context)
    if promised is not None:
        strikes = [_within(strike, promised) for strike in strikes]
    strikes = [_of_its_own(strike, diplomacy, context) for strike in strikes]
    strikes = with_sequence(_resumed(strikes, diplomacy, views), diplomacy, views)
    diplomacy = [*diplomacy, *_alleged(strikes, diplomacy)]
    return list(strikes), [*diplomacy, *_presupposed(strikes, diplomacy)]


def _conflict_of(ids: Iterable[str | None], context: Context) -> ConflictEntry | None:
    """The known conflict that all of them name, if they name one and the same."""
    named = {each for each in ids if each is not None}
    if len(named) != 1:
        return None
    return next((c for c in context.lexicon.conflicts_on(context.on) if c.id in named), None)


def _between(event: DiplomacyEvent, conflict: ConflictEntry, context: Context) -> DiplomacyEvent:
    known = event.conflict is not None or event.parties or event.act not in _OF_A_CEASEFIRE
    if known or is_truceless(conflict, ()):
        return event
    parties = tuple(
        replace(context.actor(context.face(side), inferred=True), side=side.id) for side in conflict.sides
    )
    told = replace(
        event, conflict=conflict.id, parties=parties, bound=parties if event.act in OPENING else ()
    )
    return replace(told, event_id=diplomacy_id(told))


def _within(strike: StrikeEvent, conflict: ConflictEntry) -> StrikeEvent:
    if strike.conflict is not None:
        return strike
    sides = {conflict.side_of(actor.id) for actor in (*strike.actors, *strike.recipients)}
    if not sides or None in sides:
        return strike
    return replace(
        strike,
        conflict=conflict.id,
        actors=tuple(on_its_side(a, conflict) for a in strike.actors),
        recipients=tuple(on_its_side(a, conflict) for a in strike.recipients),
    )


def _of_its_own(strike: StrikeEvent, diplomacy: Sequence[DiplomacyEvent], context: Context) -> StrikeEvent:
    """ "Bombed Beirut hours after the truce with Iran began", "despite the Gaza ceasefire": another one says nothing of its order."""
    relation = strike.ceasefire_relation
    if relation is None or strike.conflict is None:
        return strike
    sides = {a.side for a in (*strike.actors, *strike.recipients)}
    told_by_name = any(not a.inferred for a in strike.actors)
    told = [
        d
        for d in diplomacy
        if d.act in _OF_A_CEASEFIRE
        and d.assertion.status in HAPPENED
        and any(e.start <= relation.start < e.end for e in d.evidence)
    ]
    others = [
        d
        for d in told
        if d.conflict not in {None, strike.conflict}
        and (
            any(not p.inferred and p.side not in sides for p in d.parties)
            or (told_by_name and _of_another_land(d, strike.conflict, context))
        )
    ]
    return replace(strike, ceasefire_relation=None) if told and others == told else strike


def _of_another_land(truce: DiplomacyEvent, conflict: str, context: Context) -> bool:
    """Whether a truce is named after a land, or said to be in one, where its own war is fought and not the other."""
    wars = {c.id: c.countries for c in context.lexicon.conflicts_on(context.on)}
    alone = wars.get(truce.conflict or "", frozenset()) - wars.get(conflict, frozenset())
    names = [n for e in truce.evidence for m in _OF_A_LAND.finditer(e.text) for n in m.groups() if n]
    return any(place.country in alone for name in names for place in context.lexicon.places.lookup(name))


_OF_A_LAND: Final = re.compile(
    r"\b([A-Z]\w+) (?:cease-?fire|truce)\b|\b(?:cease-?fire|truce)(?: \w+){0,3} (?:in|for|across) ([A-Z]\w+)"
)


def _resumed(
    strikes: Sequence[StrikeEvent], diplomacy: Sequence[DiplomacyEvent], views: Sequence[View]
) -> Sequence[StrikeEvent]:
    """ "Israel extended the truce … Fighting has resumed": what resumes under a ceasefire comes after it."""
    standing = {d.conflict for d in diplomacy if d.act in OPENING and d.assertion.status in HAPPENED}
    over = {d.conflict for d in diplomacy if d.act is Act.CEASEFIRE_ENDED and d.assertion.status in HAPPENED}
    words = {}
    for view in views:
        token = next((t for t in view.tree.tokens if t.lemma in _RESUMING), None)
        if token is not None:
            words[view.sentence.field, view.sentence.start] = token
    done = []
    for strike in strikes:
        token = next((words[e.field, e.start] for e in strike.evidence if (e.field, e.start) in words), None)
        if token is None or strike.ceasefire_relation is not None or strike.conflict not in standing - over:
            done.append(strike)
            continue
        start = next(e.start for e in strike.evidence if (e.field, e.start) in words) + token.start
        relation = CeasefireRelation(
            order=Order.AFTER, cue=token.text, start=start, end=start + len(token.text)
        )
        done.append(replace(strike, ceasefire_relation=relation))
    return done


def _presupposed(strikes: Sequence[StrikeEvent], diplomacy: Sequence[DiplomacyEvent]) -> list[DiplomacyEvent]:
    """A mention for every conflict whose ceasefire only a strike's own words speak of ("despite the truce")."""
    known = {d.conflict for d in diplomacy if d.act in _OF_A_CEASEFIRE and d.assertion.status in HAPPENED}
    unreal = {
        (e.field, e.start)
        for d in diplomacy
        if d.act not in {Act.CEASEFIRE_MENTIONED, Act.CEASEFIRE_ENDED} and d.assertion.status not in HAPPENED
        for e in d.evidence
    }
    found: dict[str, DiplomacyEvent] = {}
    for strike in strikes:
        relation = strike.ceasefire_relation
        if relation is None or relation.order is Order.BEFORE or strike.assertion.status not in HAPPENED:
            continue
        if strike.conflict is None or strike.conflict in known:
            continue
        if any((e.field, e.start) in unreal for e in strike.evidence):
            continue  # "despite a call in which it would be agreed"
        found.setdefault(strike.conflict, _mention(strike))
    return list(found.values())


def _alleged(strikes: Sequence[StrikeEvent], diplomacy: Sequence[DiplomacyEvent]) -> list[DiplomacyEvent]:
    """ "Accused Iran of firing missiles during the truce": who is accused of that is accused of a breach."""
    known = {d.conflict for d in diplomacy if d.act is Act.VIOLATION_ALLEGED}
    found: dict[str, DiplomacyEvent] = {}
    for strike in strikes:
        relation = strike.ceasefire_relation
        if relation is None or relation.order is Order.BEFORE or strike.conflict in known | {None}:
            continue
        own = [e for e in strike.evidence if e.start <= relation.start < e.end and _ACCUSED.search(e.text)]
        if own and strike.assertion.status in HAPPENED and strike.conflict is not None:
            event = replace(_mention(strike), act=Act.VIOLATION_ALLEGED, evidence=tuple(own[:1]))
            found.setdefault(strike.conflict, replace(event, event_id=diplomacy_id(event)))
    return list(found.values())


_ACCUSED: Final = re.compile(r"(?i)\baccus(?:es|ed|ing)\b")


def _mention(strike: StrikeEvent) -> DiplomacyEvent:
    event = DiplomacyEvent(
        event_id="",
        conflict=strike.conflict,
        article=strike.article,
        extractor=strike.extractor,
        event_time=strike.event_time,
        assertion=Assertion(status=Status.ASSERTED),
        confidence=strike.confidence,
        evidence=strike.evidence[:1],
        codes=diplomacy_codes(Act.CEASEFIRE_MENTIONED, by_party=False, mediated=False, signed=False),
        act=Act.CEASEFIRE_MENTIONED,
        parties=tuple({a.id: a for a in (*strike.actors, *strike.recipients)}.values()),
    )
    return replace(event, event_id=diplomacy_id(event))
