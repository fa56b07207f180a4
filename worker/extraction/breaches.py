"""The order of a strike and a ceasefire that another sentence says: it calls the attack a breach, or tells of a collapse."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.event import HAPPENED, Act, CeasefireRelation, Order, Precision, Status
from worker.extraction.sequence import OF_THE_WAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.article import TextField
    from worker.event import DiplomacyEvent, Evidence, StrikeEvent
    from worker.extraction.view import View

_REACH: Final = 2
"""Sentences (of those read) that a word about a breach reaches to either side."""
_FAR: Final = 8
"""The same where the attack itself is taken up: "the alleged bombing would be the most serious breach yet"."""
_ANAPHOR: Final = re.compile(
    r"\b(?:the|this|these|those)\s+(?:\w+\s+)?(?:attacks?|air ?strikes?|strikes?|bombings?|raids?|assaults?|shelling)\b",
    re.IGNORECASE,
)
_BREACH_WORDS: Final = re.compile(
    r"\b(?:(?:in\s+)?(?:violat|breach|contraven|flout|infring|sabotag|overturn|trampl)\w*|br(?:eak|oke)\w*"
    r"|t(?:ear|ore|orn)\w*\s+up)\b(?:\s+of\b)?",
    re.IGNORECASE,
)


def with_orders(
    strikes: Sequence[StrikeEvent], diplomacy: Sequence[DiplomacyEvent], views: Sequence[View]
) -> list[StrikeEvent]:
    """Give each strike without an order of its own the one that a breach or a collapse told of beside it says."""
    place = {(v.sentence.field, v.sentence.start): n for n, v in enumerate(views)}
    breaches = [
        (place[key], event, relation, _FAR if _ANAPHOR.search(evidence.text) else _REACH)
        for event in diplomacy
        if not _long_past(event)
        for evidence in event.evidence
        if (key := (evidence.field, evidence.start)) in place
        and (relation := _as_breach(evidence, event) or _as_danger(evidence, event)) is not None
    ]
    return [_ordered(strike, breaches, place) for strike in strikes] if breaches else list(strikes)


def _long_past(event: DiplomacyEvent) -> bool:
    """ "Several ceasefires announced in 2023 collapsed within days" says nothing of today's attack."""
    years = (int(y) for e in event.evidence[:1] for y in _YEAR.findall(e.text))
    taken_up = any(_ANAPHOR.search(e.text) for e in event.evidence[:1])  # "the strikes mark a breakdown"
    return (
        event.act is Act.CEASEFIRE_ENDED
        and not taken_up
        and any(y < event.event_time.end.year for y in years)
    )


_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_TOLD: Final = {
    Act.VIOLATION_ALLEGED: HAPPENED,
    Act.CEASEFIRE_ENDED: HAPPENED | {Status.HYPOTHETICAL},
}
"""A ceasefire that "appears close to collapse" as shells fall still stands, and so does one that collapses by them."""
_COLLAPSE_WORDS: Final = re.compile(
    r"\b(?:collaps|unravel|crumbl|falter|broken|(?:br(?:eak|oke)\w*|fall\w*|fell) (?:down|apart)|breakdown)\w*",
    re.IGNORECASE,
)


def _was_over(event: DiplomacyEvent, strike: StrikeEvent) -> bool:
    """ "The truce collapsed two weeks ago" says nothing of today's attack but that no truce stood."""
    over = event.event_time
    dated = event.act is Act.CEASEFIRE_ENDED and over.precision is not Precision.UNKNOWN
    return dated and over.end <= strike.event_time.start


def _as_breach(evidence: Evidence, event: DiplomacyEvent) -> CeasefireRelation | None:
    if event.assertion.status not in _TOLD.get(event.act, ()):
        return None
    violated = event.act is Act.VIOLATION_ALLEGED
    match = (_BREACH_WORDS if violated else _COLLAPSE_WORDS).search(evidence.text)
    if match is None:
        return None
    return CeasefireRelation(
        order=Order.AFTER if violated else Order.DURING,
        cue=match.group(),
        start=evidence.start + match.start(),
        end=evidence.start + match.end(),
    )


_ENDANGERS: Final = re.compile(
    _ANAPHOR.pattern + r"[^.;]{0,40}?\b(?:(?:could|may|might) (?:end|break|wreck|derail|bury|spell)"
    r"|(?:threaten|risk|endanger|jeopardi[sz]e|imperil|undermine|test|strain)(?:s|d|ed|ing)?)\b"
    r"[^.;]{0,40}?\b(?:cease-?fire|truce|armistice|lull)\b",
    re.IGNORECASE,
)


def _as_danger(evidence: Evidence, event: DiplomacyEvent) -> CeasefireRelation | None:
    """ "The attack could end a long truce", "the strikes threaten the ceasefire": what they endanger stands."""
    if event.act not in {Act.CEASEFIRE_ENDED, Act.CEASEFIRE_MENTIONED}:
        return None
    match = _ENDANGERS.search(evidence.text)
    if match is None:
        return None
    return CeasefireRelation(
        order=Order.DURING,
        cue=match.group(),
        start=evidence.start + match.start(),
        end=evidence.start + match.end(),
    )


def _ordered(
    strike: StrikeEvent,
    breaches: Sequence[tuple[int, DiplomacyEvent, CeasefireRelation, int]],
    place: dict[tuple[TextField, int], int],
) -> StrikeEvent:
    if strike.ceasefire_relation is not None or strike.assertion.status not in HAPPENED:
        return strike
    if all(OF_THE_WAR.search(e.text) for e in strike.evidence):
        return strike  # "after four days of strikes": what the breach is of came later
    at = [place[key] for e in strike.evidence if (key := (e.field, e.start)) in place]
    near = [
        (min(abs(n - a) for a in at), n, relation, reach)
        for n, event, relation, reach in breaches
        if at and (strike.conflict or event.conflict) == (event.conflict or strike.conflict)
        if not _was_over(event, strike)
    ]
    # A collapse in the strike's own sentence stands in a clause whose order has been read there; not "the attack could …".
    near = [
        b
        for b in near
        if b[0] <= b[3] and (b[0] or b[2].order is not Order.DURING or _ANAPHOR.match(b[2].cue))
    ]
    best = min(near, key=lambda b: b[:2], default=None)
    if best is None:
        return strike
    return replace(strike, ceasefire_relation=best[2])
