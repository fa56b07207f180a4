"""What one report says of a ceasefire: that it begins, holds, ends or is rejected, which promise it is, and who is bound."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from worker.correlation.conflicts import opposite, side_of, sides_of
from worker.correlation.windows import believed_publication, cut
from worker.event import HAPPENED, Act, Domain, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from worker.correlation.policy import Policy
    from worker.event import Actor, DiplomacyEvent, Interval

GENERAL = "general"

Carried = tuple[object, ...]
"""One thing that a report tells of the terms."""


class Part(StrEnum):
    """What a report does in the life of a ceasefire."""

    ANNOUNCE = "announce"
    """Gives its declaration."""
    HOLD = "hold"
    """Says that it is in effect or extended, without saying when it was declared."""
    MENTION = "mention"
    """Presupposes it."""
    END = "end"
    REJECT = "reject"
    DENY = "deny"
    """Takes back what the same voice said before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CeasefireReport:
    """A diplomacy event as the correlation reads it; derived from the event alone."""

    event: DiplomacyEvent
    part: Part
    scope_class: str
    time: Interval
    """Declaration, ending, …: when what it reports happened, cut to what the article can have known."""
    reference: datetime
    published: datetime | None
    rank: tuple[datetime, str]
    """Its place among those seen."""
    order: tuple[datetime, datetime, str]
    """Its place in the story."""
    parties: tuple[Actor, ...]
    """Those parties that are of the conflict."""
    bound: tuple[Actor, ...]
    """Who has undertaken it by the report's own words."""
    bound_by_default: tuple[Actor, ...]
    """Who has, where this report gives the ceasefire: an agreement binds all its parties unless it says whom."""
    awaited: str | None
    """The side whose answer is still open, where the other accepts a ceasefire that takes two."""
    carries: frozenset[Carried]
    """The terms it tells, by which it is quoted."""
    carries_opening: frozenset[Carried]
    """The same where it gives the ceasefire."""


_PARTS = {
    Act.CEASEFIRE_AGREED: Part.ANNOUNCE,
    Act.CEASEFIRE_DECLARED: Part.ANNOUNCE,
    Act.CEASEFIRE_IN_EFFECT: Part.HOLD,
    Act.CEASEFIRE_EXTENDED: Part.HOLD,
    Act.CEASEFIRE_MENTIONED: Part.MENTION,
    Act.VIOLATION_ALLEGED: Part.MENTION,
    Act.CEASEFIRE_ENDED: Part.END,
    Act.CEASEFIRE_REJECTED: Part.REJECT,
}


def scope_class(event: DiplomacyEvent) -> str:
    """The class of promises that reports must share to be of one ceasefire.

    What says most about the ceasefire decides: where it holds, for how long or what for, then what it spares.
    """
    domains = event.scope.domains
    if Domain.LOCAL in domains:
        return f"local:{(event.scope.region or '').strip().casefold()}"
    for domain in (Domain.HOLIDAY, Domain.GENERAL, Domain.HOSTAGES, Domain.HUMANITARIAN):
        if domain in domains:
            return domain.value
    if Domain.ENERGY in domains or Domain.INFRASTRUCTURE in domains:
        return "energy+infrastructure"
    return domains[0].value if domains else GENERAL


def read_diplomacy(event: DiplomacyEvent, policy: Policy) -> CeasefireReport | None:
    """The report in an event; None where it neither opens, keeps nor ends anything."""
    part = _PARTS.get(event.act)
    if part is None:
        return None
    if event.assertion.status is Status.DENIED:
        part = Part.DENY
    elif event.assertion.status not in HAPPENED:
        return None
    published = believed_publication(event.article, policy)
    reference = published or event.article.seen_at
    declared = event.declared_at
    if part is Part.HOLD and declared is not None:
        part = Part.ANNOUNCE
    elif part is Part.ANNOUNCE and declared is None:
        part = Part.HOLD  # "the truce that they had declared", told in passing
    time = event.event_time
    if part is Part.ANNOUNCE:
        time = declared or time
        if time.end < reference - policy.window:
            part = Part.MENTION
    time = cut(time, reference)
    sides = sides_of(event.conflict or "")
    parties, bound = _own(event.parties, sides), _own(event.bound, sides)
    default = bound or _bound_by_default(event, part, parties, sides)
    return CeasefireReport(
        event=event,
        part=part,
        scope_class=scope_class(event),
        time=time,
        reference=reference,
        published=published,
        rank=(event.article.seen_at, event.event_id),
        order=(time.end if part is Part.END else reference, reference, event.event_id),
        parties=parties,
        bound=bound,
        bound_by_default=default,
        awaited=_awaited(event, part, sides),
        carries=frozenset(_carried(event, parties, bound)),
        carries_opening=frozenset((*_carried(event, parties, default), *_carried_by_opening(event))),
    )


def _own(actors: tuple[Actor, ...], sides: tuple[str, ...]) -> tuple[Actor, ...]:
    """Those of the actors that are of the conflict."""
    return tuple([actor for actor in actors if side_of(actor, sides) in sides])


def _bound_by_default(
    event: DiplomacyEvent, part: Part, parties: tuple[Actor, ...], sides: tuple[str, ...]
) -> tuple[Actor, ...]:
    """An agreement binds all its parties, a declaration binds who declares it."""
    if part not in (Part.ANNOUNCE, Part.HOLD):
        return ()
    speaker = _own(event.speaker, sides) if event.act is Act.CEASEFIRE_DECLARED else ()
    return speaker or parties


def _awaited(event: DiplomacyEvent, part: Part, sides: tuple[str, ...]) -> str | None:
    """Who has not answered yet: "agrees to a truce" takes two, "agrees to spare the power plants" is kept alone."""
    accepting = {side_of(actor, sides) for actor in event.bound}
    alone = part is Part.ANNOUNCE and event.act is Act.CEASEFIRE_AGREED and len(accepting) == 1
    if not alone or scope_class(event) in _KEPT_ALONE:
        return None
    return opposite(min(accepting), sides)


_KEPT_ALONE = frozenset({"energy+infrastructure", Domain.MARITIME.value, Domain.AIR.value})
"""What a side can leave off by itself."""


def _carried(
    event: DiplomacyEvent, parties: tuple[Actor, ...], bound: tuple[Actor, ...]
) -> Iterable[Carried]:
    for actor in (*bound, *event.mediators, *parties):
        yield ("actor", actor.id, actor.name, actor.inferred)
    for actor in bound:
        yield ("bound", actor.id)
    for actor in event.mediators:
        yield ("mediator", actor.id)
    if event.effective_from is not None:
        yield ("effective", event.effective_from)


def _carried_by_opening(event: DiplomacyEvent) -> Iterable[Carried]:
    for domain in event.scope.domains:
        yield ("domain", domain)
    yield ("act", event.act, event.assertion.status)
    yield ("region", event.scope.region)
