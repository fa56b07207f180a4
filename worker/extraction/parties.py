"""Between whom: the parties of a ceasefire or of talks, who is bound, who speaks, who mediates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from worker.extraction.actors import actors_of
from worker.extraction.places import find_places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.event import Actor
    from worker.extraction.context import Context
    from worker.extraction.view import View

_BROKERS: Final = frozenset("broker mediate negotiate sponsor facilitate propose organise organize arrange host".split())


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is in what part. `agents` are those who did the act, mediators and third parties included."""

    parties: tuple[Actor, ...]
    agents: tuple[Actor, ...]
    mediators: tuple[Actor, ...]
    conflict: str | None


def find_parties(view: View, tokens: tuple[int, ...], agents: tuple[int, ...], context: Context) -> Parties:
    """Parties of what the tokens name (the ceasefire word, the act's verb), with `agents` who did it."""
    done_by = _unique(a for i in agents for a in actors_of(view, i, context))
    mediators = _mediators(view, tokens, context)
    named = _named(view, tokens, context)
    mediator_ids = {m.id for m in mediators}
    parties = [p for p in named if p.id not in mediator_ids and context.fights(p.id)]
    for agent in done_by:
        if agent.id not in mediator_ids and _belligerent(agent, parties, context):
            parties.append(agent)
    parties = list(_unique(parties))
    if not parties:
        parties = _from_place(view, tokens, context)
    if not parties and context.main_conflict is not None:
        parties = [context.actor(a, inferred=True) for a in context.both_sides()]
    if len({p.side for p in parties}) == 1:
        enemy = context.enemy_of(parties[0].id)
        if enemy is not None:
            parties.append(context.actor(enemy, inferred=True))
    third = tuple(a for a in done_by if a.id not in {p.id for p in parties} and a.id not in mediator_ids)
    return Parties(tuple(parties), done_by, mediators or third, _conflict(parties, context))


def _belligerent(agent: Actor, parties: list[Actor], context: Context) -> bool:
    """Whether who acts fights in the conflict that is spoken of, rather than mediating in it."""
    if not context.fights(agent.id):
        return False
    for party in parties:
        if party.id == agent.id:
            return True
        if context.lexicon.conflict_between(agent.id, party.id, context.on) is not None:
            return True
    if parties and len({p.side for p in parties}) > 1:
        return any(p.side == agent.side for p in parties)
    main = context.main_conflict
    if main is not None:
        if main.side_of(agent.id) is not None:
            return True
        return any(
            strength >= context.evident and conflict.side_of(agent.id) is not None for strength, conflict in context.conflicts
        )
    return context.enemy_of(agent.id) is not None or bool(context.lexicon.conflicts_of(agent.id, context.on)) or not parties


def _named(view: View, tokens: tuple[int, ...], context: Context) -> list[Actor]:
    tree = view.tree
    found: list[Actor] = []
    for i in tokens:
        for at in tree.prep_objects(i, "between", "with", "among"):
            found.extend(actors_of(view, at, context))
        for mention in view.actors_by_head.get(i, ()):
            head = tree.head_of(mention.start, mention.end)
            if mention.relation is None and head != i:
                found.append(context.actor(mention.alias.actor_id, text=mention.text))
        for at in tree.prep_objects(i, "by", "from"):
            if tree.tokens[i].pos == "NOUN":
                found.extend(actors_of(view, at, context))
    return list(_unique(found))


def _mediators(view: View, tokens: tuple[int, ...], context: Context) -> tuple[Actor, ...]:
    tree = view.tree
    found: list[Actor] = []
    for mention in view.actors:
        if mention.relation == "mediator":
            found.append(context.actor(mention.alias.actor_id, text=mention.text))
    for token in tree.tokens:
        if token.pos == "VERB" and token.lemma in _BROKERS and (token.head in tokens or token.i in tokens or token.dep in {"acl", "relcl"}):
            for at in tree.prep_objects(token.i, "by"):
                found.extend(actors_of(view, at, context))
            if token.tag != "VBN" and token.lemma not in {"negotiate", "propose"}:
                for s in tree.subjects(token.i):
                    found.extend(actors_of(view, s, context))
        elif token.lemma in {"mediator", "broker"}:
            found.extend(actors_of(view, token.i, context))
            for k in tree.kids(token.i, "appos"):
                found.extend(actors_of(view, k, context))
    return _unique(found)


def _from_place(view: View, tokens: tuple[int, ...], context: Context) -> list[Actor]:
    """ "a ceasefire in Syria": both sides of the conflict that is fought there."""
    for place in find_places(view, [*tokens, *range(len(view.tree.tokens))], context):
        if place.country is None:
            continue
        for _, conflict in context.conflicts:
            states = {s.id for s in conflict.sides} | {t.split(":")[0] for t in conflict.theatre}
            if place.country in states:
                return [context.actor(context.face(s.id, s.members), inferred=True) for s in conflict.sides]
    return []


def _conflict(parties: list[Actor], context: Context) -> str | None:
    for one in parties:
        for other in parties:
            known = context.lexicon.conflict_between(one.id, other.id, context.on)
            if known is not None:
                return known.id
    sides = sorted({p.side for p in parties})
    return "|".join(sides[:2]) if len(sides) > 1 else None


def _unique(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.id, actor)
    return tuple(found.values())
