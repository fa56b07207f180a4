"""Attacks named again: "the airstrikes", "the attack", of which an article has told before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.event import HAPPENED, Mode, SiteType, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import StrikeEvent
    from worker.extraction.frames import Frame
    from worker.extraction.triggers import Trigger
    from worker.extraction.view import View

DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
"""What stands before a noun for what is known."""


def told_as_past(events: Sequence[StrikeEvent], before: Sequence[View]) -> list[StrikeEvent]:
    """The attacks of the sentence before that lie long back, where all that it tells of does."""
    starts = {(v.sentence.field, v.sentence.start) for v in before}
    told = [e for e in events if (e.evidence[0].field, e.evidence[0].start) in starts]
    return told if all(e.assertion.status is Status.HISTORICAL for e in told) else []


def last_news(events: Sequence[StrikeEvent]) -> StrikeEvent | None:
    """The attack told before an aside on the past, which "Sunday's attack" goes on with."""
    return next((e for e in reversed(events) if e.actors and e.assertion.status in HAPPENED), None)


def meant_by(frame: Frame, events: Sequence[StrikeEvent]) -> StrikeEvent | None:
    """The attack that "the airstrikes" or "the ship" names again: the last one told of by the same means, or on a ship."""
    if not frame.actors and _on_the_ship(frame):
        at_sea = [e for e in reversed(events) if any(s.type is SiteType.SHIP for s in e.sites)]
        return next((e for e in at_sea if not e.recipients), at_sea[0] if at_sea else None)
    mode = frame.mode()
    if mode in {Mode.UNSPECIFIED, Mode.GROUND} or not is_anaphor(frame):
        return None
    return next(
        (e for e in reversed(events) if e.mode is mode and e.actors and e.assertion.status in HAPPENED), None
    )


def _on_the_ship(frame: Frame) -> bool:
    """ "The ship was struck by a drone": one that was told of."""
    tree = frame.view.tree
    return any(
        m.type is SiteType.SHIP and any(tree.tokens[k].lower == "the" for k in tree.kids(t, "det"))
        for t in frame.targets
        for m in frame.view.sites_by_head.get(t, ())
    )


def name_again(frame: Frame, events: Sequence[StrikeEvent]) -> None:
    """ "The group said it carried out the attack": on whom the attack told of was, if it was the group's."""
    roles = (frame.recipients, frame.targets, frame.grounds, frame.origins, frame.victims, frame.nearby)
    if not frame.actors or frame.mutual or any(roles) or not names_attack(frame):
        return
    ids = frozenset(frame.actors)
    told = next((e for e in reversed(events) if actor_ids(e) == ids and e.recipients), None)
    if told is not None and told.assertion.status in HAPPENED:
        frame.recipients.update({r.id: replace(r, text=None, inferred=True) for r in told.recipients})


def names_attack(frame: Frame) -> bool:
    """ "12 were killed in the rebel assault": whether an attack is named as known."""
    return any(_is_known(frame, t) for t in frame.triggers)


def actor_ids(event: StrikeEvent) -> frozenset[str]:
    """Who attacks, as a set to compare."""
    return frozenset(a.id for a in event.actors)


def is_anaphor(frame: Frame) -> bool:
    """ "The attack", "the alleged bombing", of which nothing is said: one told of before, wherever this clause plays."""
    bare = not (frame.actors or frame.recipients or frame.grounds or frame.nearby or frame.origins)
    return bare and not (frame.mutual or frame.unnamed) and is_told_of(frame)


def is_told_of(frame: Frame) -> bool:
    """Whether a frame only names an attack that was told of before: "the blast", "this attack"."""
    return not (frame.targets or frame.weapons or frame.victims) and all(
        _is_known(frame, t) for t in frame.triggers
    )


def _is_known(frame: Frame, trigger: Trigger) -> bool:
    """ "The assault", "this blast": a noun with the article of what is known."""
    tree = frame.view.tree
    return trigger.role == "noun" and any(
        tree.tokens[k].lower in DEFINITE for k in tree.kids(trigger.i, "det")
    )
