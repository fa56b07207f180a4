"""Which extracted strike answers which annotated one: pairs of sides, matched one to one.

By side, since "Hezbollah" and "Lebanon" are one side against Israel; an annotation that leaves a role open is answered
by silence or by an inference that says it is one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Final

from worker.event import Status, StrikeEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.eval.corpora import GoldStrike
    from worker.event import Event

_SIDE: Final = {
    "LBN": ("hezbollah",),
    "palestine": ("hamas", "pij", "PSE", "pse", "gaza", "fatah"),
    "RUS": ("dpr-lpr", "donbas-separatists", "wagner"),
    "ARM": ("artsakh",),
    "m23": ("RWA",),
    "sdf": ("ypg",),
    "syrian-opposition": ("free-syrian-army", "sna", "hts"),
    "AFG-taliban": ("taliban",),
    "isis": ("isil", "islamic-state"),
    "IRN": ("irgc",),
}
_SIDE_OF: Final = {member: one for one, members in _SIDE.items() for member in members}
KINETIC: Final = frozenset({Status.ASSERTED, Status.CLAIMED})
_KINETIC_GOLD: Final = frozenset({"happened", "claimed"})


def side(actor_id: str | None) -> str | None:
    """The side that an id stands for in a comparison."""
    return None if actor_id is None else _SIDE_OF.get(actor_id, _SIDE_OF.get(actor_id.lower(), actor_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One side attacks another, by the annotation; None is a side left open."""

    actor: str | None
    recipient: str | None
    strike: GoldStrike


@dataclass(slots=True, kw_only=True)
class Given:
    """One side attacks another, by the extraction: all events of the pair together."""

    actor: str | None
    recipient: str | None
    inferred: tuple[bool, bool]
    """Whether actor and recipient are declared to be inferences."""
    events: list[StrikeEvent] = field(default_factory=list)


def wanted_pairs(strikes: Iterable[GoldStrike]) -> list[Wanted]:
    """The attacks that happened, one per pair; both sides on both ends of one entry are a clash."""
    found: dict[tuple[str | None, str | None], Wanted] = {}
    for strike in strikes:
        if strike.status not in _KINETIC_GOLD:
            continue
        mutual = len(strike.actor) > 1 and len(strike.recipient) > 1
        for actor, recipient in product(strike.actor or (None,), strike.recipient or (None,)):
            key = (side(actor), side(recipient))
            if not (mutual and key[0] == key[1]):
                found.setdefault(key, Wanted(actor=key[0], recipient=key[1], strike=strike))
    return list(found.values())


def given_pairs(events: Iterable[Event]) -> list[Given]:
    """The strikes that are said to have happened, merged by pair."""
    found: dict[tuple[str | None, str | None], Given] = {}
    for event in events:
        if not isinstance(event, StrikeEvent) or event.assertion.status not in KINETIC:
            continue
        mutual = len(event.actors) > 1 and len(event.recipients) > 1
        for actor, recipient in product(event.actors or (None,), event.recipients or (None,)):
            key = (side(actor.id if actor else None), side(recipient.id if recipient else None))
            if mutual and key[0] == key[1]:
                continue
            inferred = (actor is not None and actor.inferred, recipient is not None and recipient.inferred)
            pair = found.setdefault(key, Given(actor=key[0], recipient=key[1], inferred=inferred))
            pair.events.append(event)
    return list(found.values())


def match(wanted: Sequence[Wanted], given: Sequence[Given]) -> list[tuple[Wanted, Given]]:
    """Pair them off one to one, those with fewest open sides first."""
    free = list(given)
    found = []
    for pair in sorted(wanted, key=lambda w: (w.actor is None) + (w.recipient is None)):
        answer = next((g for g in free if _agree(pair, g)), None)
        if answer is not None:
            free.remove(answer)
            found.append((pair, answer))
    return found


def _agree(wanted: Wanted, given: Given) -> bool:
    return _same(wanted.actor, given.actor, inferred=given.inferred[0]) and _same(
        wanted.recipient, given.recipient, inferred=given.inferred[1]
    )


def _same(wanted: str | None, given: str | None, *, inferred: bool) -> bool:
    return wanted == given if wanted is not None else given is None or inferred
