"""An article tells one story: what it leaves open in one sentence is what it says in another.

An attack whose attacker is not named is the attack, or one more attack, of whoever the article names as attacking
the same side. In a long article an attack of which nothing at all is named, and which nothing named supports, is
more often a figure of speech, a setting or another war than news: it is dropped.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.article import TextField
from worker.event import HAPPENED, Mode, Status
from worker.extraction.directions import with_conflict
from worker.extraction.merging import strike_id
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import Actor, StrikeEvent
    from worker.extraction.context import Context

LONG: Final = 8
"""Sentences from which an article is long: it names who fights somewhere."""
_REAL: Final = HAPPENED | {Status.HISTORICAL}


class Attested:
    """Who is said, by name, to attack whom: (attacker's side, attacked side) with how often."""

    def __init__(self, events: Sequence[StrikeEvent], main: str | None) -> None:
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.faces: dict[str, Actor] = {}
        """A named actor of each side."""
        self.attackers: dict[str, list[Actor]] = {}
        """All named actors of each side that attack."""
        for event in events:
            if event.assertion.status not in _REAL or not event.conflict:
                continue
            for actor in event.actors:
                for recipient in event.recipients:
                    if not actor.inferred and actor.side != recipient.side:
                        weight = 1 + 3 * (not recipient.inferred) + 6 * (event.conflict == main)
                        self.pairs[actor.side, recipient.side] += weight * len(event.evidence)
                        self.faces.setdefault(actor.side, actor)
                        self.attackers.setdefault(actor.side, []).append(actor)
                        self.faces.setdefault(recipient.side, recipient)

    def attacker_of(self, sides: set[str], *, not_by: str | None = None) -> Actor | None:
        """Who attacks one of the sides most, by name; not the side `not_by`."""
        found = [(n, a) for (a, r), n in self.pairs.items() if r in sides and a not in sides and a != not_by]
        return self.faces[max(found)[1]] if found else None

    def attacked_by(self, sides: set[str]) -> Actor | None:
        """Whom one of the sides attacks most, by name."""
        found = [(n, r) for (a, r), n in self.pairs.items() if a in sides and r not in sides]
        return self.faces[max(found)[1]] if found else None

    def holds(self, event: StrikeEvent) -> bool:
        """Whether a pair of the event is attested."""
        return any((a.side, r.side) in self.pairs for a in event.actors for r in event.recipients)


def cohere(events: Sequence[StrikeEvent], sentences: int, context: Context) -> list[StrikeEvent]:
    """Complete what is left open by what the article says elsewhere; drop what nothing supports."""
    main = context.main_conflict
    attested = Attested(events, main.id if main is not None else None)
    if not attested.pairs:
        return list(events)
    kept: list[StrikeEvent] = []
    for told in events:
        event = _jointly(_rewarred(told, attested, context), kept, context)
        if sentences >= LONG and _fights_nobody(event):
            continue
        if event.assertion.status not in _REAL or (attested.holds(event) and _fits(event, context)):
            kept.append(event)
            continue
        completed = _completed(event, attested, context)
        if completed is not None:
            kept.append(completed)
        elif sentences < LONG or _is_named(event) or _is_placed(event):
            kept.append(event)
    return [e for e in kept if not _is_told_again(e, kept)]


def _is_told_again(event: StrikeEvent, events: Sequence[StrikeEvent]) -> bool:
    """Whether a headline leaves a side open of an attack that the text tells with both."""
    if event.evidence[0].field is not TextField.TITLE or (event.actors and event.recipients):
        return False
    named = ({a.id for a in event.actors}, {r.id for r in event.recipients})
    return any(
        other is not event
        and other.actors
        and other.recipients
        and named[0] <= {a.id for a in other.actors}
        and named[1] <= {r.id for r in other.recipients}
        for other in events
    )


def _fights_nobody(event: StrikeEvent) -> bool:
    """ "a battle against the axis of evil": fighting without an enemy, place or victim."""
    return event.mode is Mode.GROUND and not (
        event.recipients or event.places or event.killed or event.injured or event.weapons
    )


def _rewarred(event: StrikeEvent, attested: Attested, context: Context) -> StrikeEvent:
    """An attack by a named side on an inferred one, of a war that is not the article's: on whom it attacks by name."""
    main = context.main_conflict
    if main is None or event.conflict == main.id or event.places or not event.recipients:
        return event
    if any(a.inferred for a in event.actors) or not all(r.inferred for r in event.recipients):
        return event
    sides = {a.side for a in event.actors}
    struck = attested.attacked_by(sides)
    if struck is None or not any(main.side_of(a.id) for a in event.actors) or main.side_of(struck.id) is None:
        return event
    roles = with_conflict(list(event.actors), [context.actor(struck.id, inferred=True)], context)
    found = replace(event, actors=roles.actors, recipients=roles.recipients, conflict=roles.conflict)
    return replace(found, event_id=strike_id(found))


def _jointly(event: StrikeEvent, before: Sequence[StrikeEvent], context: Context) -> StrikeEvent:
    """An attack by nobody named, of one of those who were just told to attack the same side together: by all of them."""
    last = before[-1] if before else None
    if last is None or len(last.actors) < _SEVERAL or any(a.inferred for a in last.actors):
        return event
    named = any(not a.inferred for a in event.actors)
    one_of = {a.id for a in event.actors} < {a.id for a in last.actors}
    if named or not event.actors or not one_of or event.assertion.status not in HAPPENED:
        return event
    if not {r.side for r in event.recipients} & {r.side for r in last.recipients}:
        return event
    actors = [context.actor(a.id, inferred=True) for a in last.actors]
    roles = with_conflict(actors, list(event.recipients), context)
    found = replace(event, actors=roles.actors, recipients=roles.recipients, conflict=roles.conflict)
    return replace(found, event_id=strike_id(found))


_SEVERAL: Final = 2


def _fits(event: StrikeEvent, context: Context) -> bool:
    """Whether an attack of which nothing is named belongs to the war that the article is about."""
    main = context.main_conflict
    return _is_named(event) or main is None or event.conflict == main.id


def _is_named(event: StrikeEvent) -> bool:
    """Whether the sentence itself names a side of the attack, or tells enough that it is an attack of its own."""
    return any(not a.inferred or a.text is not None for a in (*event.actors, *event.recipients))


def _is_placed(event: StrikeEvent) -> bool:
    """A bomb in a town, on a site of a kind or against a truce: no figure of speech, though nobody is named."""
    told = event.sites or event.ceasefire_relation is not None
    return bool(event.places and told and event.recipients) and event.mode not in {
        Mode.UNSPECIFIED,
        Mode.GROUND,
    }


def _flown_by(
    rebels: Actor, event: StrikeEvent, attested: Attested, context: Context
) -> tuple[Actor | None, Sequence[Actor]]:
    """Who flew an air raid, and on whom, where those who attack that side most have no aircraft.

    An ally of theirs; else, of one on a place in their land, whoever bombs the rebels, and of one that names whom it hit,
    another who attacks those.
    """
    allies = (a for a in attested.attackers.get(rebels.side, ()) if context.kind(a.id) is not ActorKind.GROUP)
    ally = next(allies, None)
    if ally is not None:
        return ally, event.recipients
    if any(not r.inferred for r in event.recipients):
        flying = attested.attacker_of({r.side for r in event.recipients}, not_by=rebels.side)
        return flying, event.recipients
    return attested.attacker_of({rebels.side}), [context.actor(rebels.id, inferred=True)]


def _completed(event: StrikeEvent, attested: Attested, context: Context) -> StrikeEvent | None:
    """The event with its open roles as attested; None where nothing fits."""
    if any(not a.inferred or a.text is not None for a in event.actors):
        return None  # named, or those of the place that it came from
    named = {r.side for r in event.recipients if not r.inferred}
    struck = {r.side for r in event.recipients}
    attacker = attested.attacker_of(named or struck)
    recipients: Sequence[Actor] = event.recipients
    if attacker is None and not event.actors:  # "killed nine rebels after an attack on its base": by those
        attacker = attested.attacked_by(named or struck)
    main = context.main_conflict
    flown = (
        event.mode is Mode.AIRSTRIKE and attacker is not None and context.kind(attacker.id) is ActorKind.GROUP
    )
    if attacker is not None and flown:
        attacker, recipients = _flown_by(attacker, event, attested, context)
    if attacker is None or attacker.side in named:
        return None
    if main is not None and event.conflict == main.id and main.side_of(attacker.id) is None and not flown:
        return None  # whoever attacks in another war that the article names in passing
    actors = [context.actor(attacker.id, inferred=True)]
    recipients = [r for r in recipients if r.side != attacker.side]
    roles = with_conflict(actors, recipients, context)
    found = replace(event, actors=roles.actors, recipients=roles.recipients, conflict=roles.conflict)
    return replace(found, event_id=strike_id(found))
