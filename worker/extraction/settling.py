"""What all sentences of an article together say of its ceasefires: one event per act, and what each knows of the others."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.event import HAPPENED, Act, DiplomacyEvent, Domain, Precision, Scope, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from worker.event import Actor

OPENING: Final = frozenset(
    {Act.CEASEFIRE_AGREED, Act.CEASEFIRE_DECLARED, Act.CEASEFIRE_IN_EFFECT, Act.CEASEFIRE_EXTENDED}
)
PRESUPPOSING: Final = frozenset({Act.VIOLATION_ALLEGED, Act.CEASEFIRE_ENDED, Act.CEASEFIRE_MENTIONED})
"""Acts on a ceasefire that has been told of already: what it covers need not be said again."""


def diplomacy_id(event: DiplomacyEvent) -> str:
    """The same article, span and content give the same id on every machine."""
    first = event.evidence[0]
    parts = (
        event.article.id,
        "diplomacy",
        first.field,
        str(first.start),
        str(first.end),
        event.act,
        event.assertion.status,
        ",".join(p.id for p in event.parties),
        ",".join(b.id for b in event.bound),
        ",".join(event.scope.domains),
    )
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _one_sided(events: Sequence[DiplomacyEvent]) -> list[DiplomacyEvent]:
    """What one side accepts and another rejects is no ceasefire yet, but a proposal."""
    refused = {
        e.conflict: {a.side for a in e.rejecting}
        for e in events
        if e.act is Act.CEASEFIRE_REJECTED and e.assertion.status is Status.ASSERTED and e.rejecting
    }
    done = []
    for event in events:
        accepting = {a.side for a in event.bound}
        refusing = refused.get(event.conflict)
        if (
            event.act is Act.CEASEFIRE_AGREED
            and refusing
            and len(accepting) == 1
            and not accepting & refusing
        ):
            proposal = replace(
                event,
                act=Act.CEASEFIRE_PROPOSED,
                bound=(),
                declared_at=None,
                effective_from=None,
                effective_until=None,
            )
            done.append(replace(proposal, event_id=diplomacy_id(proposal)))
        else:
            done.append(event)
    return done


def _completed(
    event: DiplomacyEvent,
    beside: Sequence[DiplomacyEvent],
    helpers: Sequence[Actor],
    length: timedelta | None,
) -> DiplomacyEvent:
    """What is told once of the one ceasefire of a conflict holds of every act on it: who mediated, how long, what for."""
    if event.conflict is None or event.assertion.status not in HAPPENED:
        return event
    opened = [e for e in beside if e.act in OPENING and e.assertion.status in HAPPENED]
    lengths = {e.duration for e in (*opened, *_mentions(beside)) if e.duration is not None}
    covered = {e.scope.domains for e in opened}
    ids = {a.id for a in (*event.parties, *event.speaker)}
    named = [m for e in beside if e.act is not Act.CEASEFIRE_ENDED for m in e.mediators]
    between = {m.id: m for m in (*named, *helpers) if m.id not in ids}
    found = replace(
        event,
        mediators=event.mediators
        or (tuple(between.values()) if event.act is not Act.VIOLATION_ALLEGED else ()),
        duration=event.duration or _only(lengths) or length if event.act in OPENING else event.duration,
    )
    if event.act in PRESUPPOSING and event.scope.domains == (Domain.GENERAL,) and len(covered) == 1:
        scope = next(e.scope for e in opened)
        found = replace(found, scope=scope)
        found = replace(found, event_id=diplomacy_id(found))
    return found


def _mentions(events: Sequence[DiplomacyEvent]) -> list[DiplomacyEvent]:
    return [e for e in events if e.act is Act.CEASEFIRE_MENTIONED and e.assertion.status in HAPPENED]


def _only(lengths: set[timedelta]) -> timedelta | None:
    return next(iter(lengths)) if len(lengths) == 1 else None


def settle_acts(
    told: Sequence[DiplomacyEvent],
    conflict: str | None = None,
    helpers: Sequence[Actor] = (),
    length: timedelta | None = None,
) -> list[DiplomacyEvent]:
    """One event per act, status, conflict and scope; a bare mention gives way to an act on the same ceasefire.

    `helpers` mediate in `conflict`, and its ceasefire has that `length`, as sentences say that tell of no act.
    """
    sided = _one_sided(told)
    events = [
        _completed(
            event,
            [e for e in sided if e.conflict == event.conflict],
            helpers if event.conflict == conflict else (),
            length if event.conflict == conflict else None,
        )
        for event in sided
    ]
    kept: dict[tuple[object, ...], DiplomacyEvent] = {}
    for event in events:
        key = (
            event.act,
            event.assertion.status,
            event.conflict or tuple(p.id for p in event.parties),
            _who(event),
        )
        kept[key] = _joined(kept[key], event) if key in kept else event
    done = list(kept.values())
    acted = {e.conflict for e in done if e.act in OPENING and e.assertion.status in HAPPENED}
    return [e for e in done if e.act is not Act.CEASEFIRE_MENTIONED or e.conflict not in acted]


def _who(event: DiplomacyEvent) -> tuple[str, ...]:
    return tuple(sorted(a.id for a in event.rejecting)) if event.act is Act.CEASEFIRE_REJECTED else ()


def _joined(one: DiplomacyEvent, two: DiplomacyEvent) -> DiplomacyEvent:
    domains = [d for d in Domain if d in {*one.scope.domains, *two.scope.domains}]
    both = any(len(e.scope.domains) > 1 and Domain.GENERAL in e.scope.domains for e in (one, two))
    if len(domains) > 1 and Domain.GENERAL in domains and not both:
        domains.remove(Domain.GENERAL)
    parties = {p.id: p for p in (*two.parties, *one.parties)}
    explicit = [b for b in (one.bound, two.bound) if b and len(b) < len(parties)]
    bound = explicit[0] if explicit else one.bound or two.bound
    time = min(
        (one.event_time, two.event_time),
        key=lambda t: (t.precision is Precision.UNKNOWN, t.start.date(), t.end - t.start, t.start),
    )
    event = replace(
        one,
        evidence=tuple(dict.fromkeys((*one.evidence, *two.evidence))),
        event_time=time,
        parties=tuple(parties.values()),
        bound=bound,
        speaker=tuple({a.id: a for a in (*two.speaker, *one.speaker)}.values()),
        mediators=tuple(
            a for a in {m.id: m for m in (*two.mediators, *one.mediators)}.values() if a.id not in parties
        ),
        scope=Scope(domains=tuple(domains), region=one.scope.region or two.scope.region),
        declared_at=time if one.declared_at else None,
        effective_from=one.effective_from or two.effective_from,
        effective_until=one.effective_until or two.effective_until,
        duration=one.duration or two.duration,
    )
    return replace(event, event_id=diplomacy_id(event))
