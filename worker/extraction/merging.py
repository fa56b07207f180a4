"""One attack told in several sentences of an article is one event."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.event import Mode, Order, Precision, SiteType, StrikeEvent
from worker.extraction.victims import add
from worker.extraction.weapons import together

if TYPE_CHECKING:
    from worker.event import CeasefireRelation, Quantity


def strike_id(event: StrikeEvent) -> str:
    """The same article, span and content give the same id on every machine."""
    first = event.evidence[0]
    parts = (
        event.article.id,
        "strike",
        first.field,
        str(first.start),
        str(first.end),
        ",".join(a.id for a in event.actors),
        ",".join(r.id for r in event.recipients),
        event.mode,
        event.assertion.status,
    )
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def merge(events: list[StrikeEvent]) -> list[StrikeEvent]:
    """Put together what an article says of the same attack in several sentences."""
    kept: list[StrikeEvent] = []
    for event in events:
        more = _adds(event)
        for n, other in enumerate(kept):
            if _same_attack(other, event, more=more):
                kept[n] = _merged(other, event, more=more)
                break
        else:
            kept.append(event)
    return kept


def _same_attack(one: StrikeEvent, two: StrikeEvent, *, more: bool) -> bool:
    """Whether two are one attack; `more`: the second counts more victims of it than the first."""
    if one.assertion.status != two.assertion.status:
        return False
    if {a.id for a in one.actors} != {a.id for a in two.actors} or not _same_hit(one, two):
        return False
    if one.mode != two.mode and Mode.UNSPECIFIED not in {one.mode, two.mode}:
        return False
    if one.intercepted != two.intercepted or _came_later(one, two):
        return False
    differ = (one.killed and two.killed and one.killed != two.killed) or (
        one.injured and two.injured and one.injured != two.injured
    )
    if differ and (not more or not _just_told(one, two)):
        return False
    if Precision.UNKNOWN in {one.event_time.precision, two.event_time.precision}:
        return not _far_apart(one, two)
    return one.event_time.start < two.event_time.end and two.event_time.start < one.event_time.end


def _came_later(one: StrikeEvent, two: StrikeEvent) -> bool:
    """Whether one is told to have come before a ceasefire, and the other, in another sentence, soon after what was told."""
    before = one.ceasefire_relation is not None and one.ceasefire_relation.order is Order.BEFORE
    first = two.evidence[0]
    return before and first not in one.evidence and _SOON.search(first.text) is not None


_SOON: Final = re.compile(
    r"(?i)\bwithin (?:minutes|hours|an hour|a day)\b(?! of)|\b(?:minutes|hours) (?:later|afterwards?)\b"
)


def _far_apart(one: StrikeEvent, two: StrikeEvent) -> bool:
    """Whether one is told to have come after a ceasefire and the other lies a week before what it is told with."""
    late, early = sorted((one, two), key=lambda e: e.event_time.end, reverse=True)
    after = late.ceasefire_relation is not None and late.ceasefire_relation.order is Order.AFTER
    return after and early.event_time.end < late.event_time.start - _A_WEEK


_A_WEEK: Final = timedelta(days=7)


def _same_hit(one: StrikeEvent, two: StrikeEvent) -> bool:
    """Whether the same is hit; a ship may be told of first without her flag."""
    hit, again = {r.id for r in one.recipients}, {r.id for r in two.recipients}
    ships = all(any(s.type is SiteType.SHIP for s in e.sites) for e in (one, two))
    return hit == again or (ships and bool(one.actors) and not (hit and again))


def _just_told(one: StrikeEvent, two: StrikeEvent) -> bool:
    """Whether one attack was told right before the other: a title, or a lead far above, has counted them all."""
    last, first = one.evidence[-1], two.evidence[0]
    named = _NAMED.search(first.text) is not None
    return last.field is first.field and (named or first.start - last.end <= _BESIDE)


_BESIDE: Final = 300
"""Characters between sentences of which the later goes on with the earlier."""


def _adds(event: StrikeEvent) -> bool:
    """Whether a sentence counts more victims of the attack told before: "Five others were also killed in the attack"."""
    return any(_MORE.search(e.text) for e in event.evidence[:1])


_NAMED: Final = re.compile(
    r"(?i)\b(?:others?|another|more(?! than))\b.{0,60}\bin the (?:same )?"
    r"(?:attack|strike|airstrike|air strike|bombing|raid|blast|shelling)\b"
)
_MORE: Final = re.compile(
    _NAMED.pattern
    + r"|^(?:at least )?[\w-]+ (?:other|more) (?:people|civilians|residents|persons?|children|women|men|soldiers|were) "
    r"(?:were |was |have been |had been )?(?:also )?(?:killed|died|dead)\b",
)


def _sum(one: Quantity | None, two: Quantity | None, *, more: bool) -> Quantity | None:
    return add(one, two) if more and one is not None and two is not None else one or two


def _merged(one: StrikeEvent, two: StrikeEvent, *, more: bool) -> StrikeEvent:
    mode = one.mode if one.mode is not Mode.UNSPECIFIED else two.mode
    when = min(
        (one.event_time, two.event_time), key=lambda t: (t.precision is Precision.UNKNOWN, t.end - t.start)
    )
    event = replace(
        one,
        recipients=one.recipients or two.recipients,
        mode=mode,
        codes=one.codes if mode is one.mode else two.codes,
        event_time=when,
        evidence=tuple(dict.fromkeys((*one.evidence, *two.evidence))),
        weapons=together(one.weapons, two.weapons),
        sites=tuple({s.type: s for s in (*two.sites, *one.sites)}.values()),
        places=tuple({p.name: p for p in (*one.places, *two.places)}.values()),
        killed=_sum(one.killed, two.killed, more=more),
        injured=_sum(one.injured, two.injured, more=more),
        ceasefire_relation=_order(one.ceasefire_relation, two.ceasefire_relation),
    )
    return replace(event, event_id=strike_id(event))


def _order(one: CeasefireRelation | None, two: CeasefireRelation | None) -> CeasefireRelation | None:
    """What is said of the order; attacks that a truce was to stop, told beside those that came all the same, give way."""
    said = [relation for relation in (one, two) if relation is not None]
    return next((r for r in said if r.order is not Order.BEFORE), said[0] if said else None)
