"""What one sentence tells on from the one before: another attack by the same side, a strike back, more of what is past."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.event import HAPPENED, Mode, SiteType, Status
from worker.extraction.attachments import ANSWERS
from worker.extraction.hits import GUNMEN, REBELS, of_nobody, on_a_ship
from worker.extraction.merging import strike_id
from worker.extraction.retelling import names_attack
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Place, StrikeEvent
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame
    from worker.extraction.view import View


def continue_attack(frame: Frame, told: StrikeEvent, places: tuple[Place, ...], context: Context) -> None:
    """An attack without an attacker just after one with, in the same country: told of the same attacker."""
    if not frame.actors and told.actors and told.recipients and _they_were_hit(frame):
        # "They were bombed at a ceremony": those who were just told to be struck
        frame.recipients = {r.id: replace(r, text=None, inferred=True) for r in told.recipients}
    if frame.actors and not (frame.mutual or frame.recipients or frame.nearby):
        _strike_back(frame, told)
        _same_rebels(frame, told, context)
    if frame.actors or frame.mutual or frame.origins or _came_first(frame, told) or _of_culprits(frame):
        return
    if frame.mode() is Mode.AIRSTRIKE and any(context.kind(a.id) is ActorKind.GROUP for a in told.actors):
        return  # rebels have no aircraft
    if frame.unnamed and any(context.kind(a.id) is ActorKind.STATE for a in told.actors):
        return  # "in response to attacks by armed groups": not the army's own
    countries = {p.country for p in places}
    if countries and not countries & {p.country for p in told.places}:
        return
    actors = {a.id: replace(a, text=None, inferred=True) for a in told.actors}
    there = names_attack(frame) and {p.country for p in told.places} <= countries  # on occupied land
    if (
        countries
        and not there
        and countries <= actors.keys()
        and any(context.kind(r.id) is ActorKind.STATE for r in told.recipients)
    ):
        return  # what happens on a state's own land is not its attack on another state
    sides = {r.side for r in told.recipients}
    aboard = on_a_ship(frame) and any(s.type is SiteType.SHIP for s in told.sites)  # a flag is no side
    if not aboard and any(
        r.side not in sides and not context.at_war(actors, [r.id]) for r in frame.recipients.values()
    ):
        return
    frame.actors.update(actors)
    if not frame.recipients:
        frame.recipients.update({r.id: replace(r, text=None, inferred=True) for r in told.recipients})


def _they_were_hit(frame: Frame) -> bool:
    return bool(frame.recipients) and all(
        r.text is not None and r.text.lower() == "they" for r in frame.recipients.values()
    )


def _of_culprits(frame: Frame) -> bool:
    """ "The army seized the cell responsible for the bombings": made by those seized."""
    tree = frame.view.tree
    token = tree.tokens[tree.first_conjunct(frame.main)]
    return token.dep == "pobj" and tree.tokens[tree.tokens[token.head].head].lemma == "responsible"


def _came_first(frame: Frame, told: StrikeEvent) -> bool:
    """ "Strikes on Iran after an attack on a ship", told in one sentence: the ship was attacked by somebody else."""
    tree, sentence = frame.view.tree, frame.view.sentence
    after = (
        tree.tokens[frame.main].dep == "pobj" and tree.tokens[tree.tokens[frame.main].head].lower in _AFTER
    )
    return (
        after
        and of_nobody(frame)
        and any(e.field is sentence.field and e.start == sentence.start for e in told.evidence)
    )


_AFTER: Final = frozenset({"after", "following"})


def _strike_back(frame: Frame, told: StrikeEvent) -> None:
    """ "The army answered with air strikes": on whoever was just told to have attacked it."""
    tree = frame.view.tree
    words = [tree.tokens[a].lemma for a in (frame.main, *tree.ancestors(frame.main))]
    if set(words[:_ABOVE]) & ANSWERS and {r.id for r in told.recipients} & set(frame.actors):
        frame.recipients.update(
            {a.id: replace(a, text=None, inferred=True) for a in told.actors if a.id not in frame.actors}
        )


def _same_rebels(frame: Frame, told: StrikeEvent, context: Context) -> None:
    """ "The army said it had killed 145 militants": those who were just told to have attacked its side."""
    dead = {frame.view.tree.tokens[v].lemma for v in frame.victims}
    if (
        frame.recipients
        or not dead
        or not dead <= REBELS | GUNMEN
        or not {r.id for r in told.recipients} & set(frame.actors)
    ):
        return
    groups = [a for a in told.actors if context.kind(a.id) is ActorKind.GROUP]
    frame.recipients.update({a.id: replace(a, text=None, inferred=True) for a in groups})


_ABOVE: Final = 4


def goes_on(view: View) -> bool:
    """Whether a sentence goes on with what was told just before, without a time of its own."""
    text = view.sentence.text
    struck = not view.tree.words.isdisjoint(_GOING_ON) and _STRUCK_BACK.match(text) is not None
    return (struck or _ANSWER.match(text) is not None) and not view.times


_GOING_ON: Final = frozenset("it they retaliated responded answered replied hit struck returned".split())
"""One of these stands in whatever `_STRUCK_BACK` finds."""


def as_history(event: StrikeEvent) -> StrikeEvent:
    """The same attack told as one that lies long back."""
    if event.assertion.status not in HAPPENED:
        return event
    found = replace(event, assertion=replace(event.assertion, status=Status.HISTORICAL))
    return replace(found, event_id=strike_id(found))


_STRUCK_BACK: Final = re.compile(
    r"(?:[A-Z][\w’'-]+ ){1,3}(?:retaliated|responded|answered|replied|hit back|struck back|returned fire)\b"
    r"|(?:It|They) (?:then |also )?(?:launched|fired|sent|dropped|killed|struck|hit|attacked|used|shelled|bombed)\b"
)
"""What is told of the same episode: "Iran retaliated", "It launched 300 missiles"."""
_ANSWER: Final = re.compile(
    r"(?:In response|In retaliation|In reply|In return|(?:The|That|This|Those|These) (?:attack|(?:air ?)?strike|raid|bombing|assault|ambush|blast)s?\b)"
)
