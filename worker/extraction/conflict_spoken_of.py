"""Which known war a ceasefire or talks belong to: by those who are named, the land, a war's name, the article's own war."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from worker.extraction.actors import actors_of
from worker.extraction.enemies import TRUCELESS, fought_around
from worker.extraction.places import find_places
from worker.extraction.wars import EVIDENT
from worker.lexicon.entries import ActorKind, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worker.event import Actor, Place
    from worker.extraction.context import Context
    from worker.extraction.view import View
    from worker.lexicon.entries import ConflictEntry


_NAMED: Final = 6
"""Strength of a conflict both of whose sides are named in the text; more has one whose name the headline holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The words that name a ceasefire or talks; `where`: prepositions after which the land stands that they are about."""

    view: View
    tokens: Sequence[int]
    where: tuple[str, ...]


def conflict_spoken_of(
    phrase: Phrase, named: Sequence[Actor], acting: Sequence[Actor], context: Context
) -> ConflictEntry | None:
    """The known conflict that a ceasefire belongs to, of all that its words or the article point to; None if to none."""
    view = phrase.view
    pair = [
        actor
        for i in phrase.tokens
        for o in view.tree.prep_objects(i, "between")
        for actor in actors_of(view, o, context)
    ]
    places = _grounds(phrase, context) or ([] if named or acting or pair else _around(phrase, context))
    wars = [war for a in (*named, *acting) for war in wars_at_home(a, context)] if places else []
    if homes := {land for war in wars for land in war.countries}:  # who fights at home signs abroad
        venues = {p.name for p in find_places(view, _signed_at(phrase), context) if p.country not in homes}
        places = [p for p in places if p.name not in venues or not _is_city(p, context)]
    speech = _Speech(
        names=context.lexicon.wars_named_in(view.sentence.text.lower()),
        named=named,
        acting=acting,
        between=min(len({a.id for a in pair}), 2),
        places=places,
        countries=_countries(phrase, places),
        context=context,
    )
    pointed = [(key, c) for s, n, c in speech.candidates() if (key := speech.points_to(c, s, n)) is not None]
    return max(pointed, key=lambda p: p[0])[1] if pointed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speech:
    """What words and article say of the conflict that is meant."""

    names: frozenset[str]
    """The names of wars in the sentence."""
    named: Sequence[Actor]
    acting: Sequence[Actor]
    between: int
    """How many it is said to be between: "between Fatah and Hamas" is no war in which they are one side."""
    places: Sequence[Place]
    countries: tuple[str, ...]
    context: Context

    def candidates(self) -> Iterable[tuple[int, int, ConflictEntry]]:
        """The article's conflicts, those of the land, those of the actors; with the article's strength and their rank."""
        context = self.context
        found = {c.id: (s, -n, c) for n, (s, c) in enumerate(context.conflicts)}
        for there in context.lexicon.conflicts_on(context.on) if self.countries else ():
            if _fought_in(there, self.countries, context) > 0:
                found.setdefault(there.id, (0, -len(found), there))
        for actor in (*self.named, *self.acting):
            for known in context.lexicon.conflicts_of(actor.id, context.on):
                found.setdefault(known.id, (0, -len(found), known))
        return found.values()

    def points_to(self, conflict: ConflictEntry, strength: int, rank: int) -> tuple[int, ...] | None:
        """How strongly all this points to a conflict, the weightiest sign first; None where it cannot be meant."""
        context, actors = self.context, (*self.named, *self.acting)
        covered = _sides_of(self.named, conflict)
        if (self.named and not covered) or covered < self.between or is_truceless(conflict, actors):
            return None
        done = _sides_of(self.acting, conflict)
        here = _fought_in(conflict, self.countries, context) if self.countries else 0
        topic = conflict.is_one_of(self.names)
        evident = strength >= EVIDENT
        # Who oppose each other agree anywhere: "in Doha" is where they met. But the backers of a war's two sides
        # ("Egypt and Turkey signed the deal for Gaza") mean another one elsewhere.
        fighting = {side.id for side in conflict.sides} & {a.id for a in actors}
        opposed = _sides_of(actors, conflict) > 1 and (here >= 0 or bool(fighting))
        if here < 0 and not opposed:
            return None
        if (
            not opposed
            and not topic
            and not _is_meant(conflict, here or int(evident), strength, actors, context)
        ):
            return None
        return (
            covered,
            int(opposed),
            int(here > 0),
            max((0, *(fought_around(conflict, land, self.places) for land in self.countries))),
            int(topic),
            int(done > 1),
            int(not actors and conflict is context.main_conflict and (conflict.war or strength > _NAMED)),
            int(_group_named(conflict, context)),
            int(conflict.war),
            here,
            int(evident),
            0 if not self.acting else 1 if done else -1,
            _homely(conflict, actors),
            strength,
            _often(conflict, context),
            size_of(conflict),
            rank,
        )


def wars_at_home(actor: Actor, context: Context) -> list[ConflictEntry]:
    """The wars that a state fights on its own soil."""
    known = context.lexicon.conflicts_of(actor.id, context.on)
    return [war for war in known if war.war and actor.id in war.countries]


def _sides_of(actors: Sequence[Actor], conflict: ConflictEntry) -> int:
    """On how many sides of a conflict actors stand."""
    return len({side for a in actors if (side := conflict.side_of(a.id))}) if actors else 0


def _is_meant(
    conflict: ConflictEntry, pointing: int, strength: int, actors: Sequence[Actor], context: Context
) -> bool:
    """Whether enough points to a conflict of which one side at most is named; `pointing`: place or article say so."""
    groups = [a for a in actors if context.kind(a.id) is ActorKind.GROUP]
    covered = [a for a in actors if conflict.side_of(a.id) is not None]
    if actors and not covered:
        return pointing > 0 and not groups  # states that act in a war of others
    if strength >= EVIDENT or pointing > 0:
        return True
    principals = {s.id for s in conflict.sides}
    return any((a.id in principals or a in groups) and _only(a.id, conflict, context) for a in covered)


def _only(actor_id: str, conflict: ConflictEntry, context: Context) -> bool:
    """Whether an actor has no other war that could be meant."""
    return all(
        c is conflict or is_truceless(c, ()) for c in context.lexicon.conflicts_of(actor_id, context.on)
    )


def _homely(conflict: ConflictEntry, actors: Sequence[Actor]) -> int:
    """How many of the actors are the conflict's own belligerents rather than allies of one."""
    return sum(a.id in {s.id for s in conflict.sides} for a in actors)


def _group_named(conflict: ConflictEntry, context: Context) -> bool:
    """Whether the article names an armed group that fights in it: that tells wars in one country apart."""
    return any(
        context.kind(member) is ActorKind.GROUP and member in context.in_text
        for side in conflict.sides
        for member in side.members
    )


def _often(conflict: ConflictEntry, context: Context) -> int:
    """How often the article names the less-named side."""
    return min(context.times(s.members) for s in conflict.sides)


def size_of(conflict: ConflictEntry) -> int:
    """How many are known to fight in it: of two wars in one country the greater one is meant."""
    return sum(len(s.members) for s in conflict.sides)


def is_truceless(conflict: ConflictEntry, named: Sequence[Actor]) -> bool:
    """Whether a side is a group that truces leave out, and nobody of it is named as a party."""
    first, second = conflict.sides
    if first.id not in TRUCELESS and second.id not in TRUCELESS:
        return False
    return any(s.id in TRUCELESS and not any(a.id in s.members for a in named) for s in conflict.sides)


def _fought_in(conflict: ConflictEntry, countries: Sequence[str], context: Context) -> int:
    """2 for a war inside one of the countries, 1 for one that reaches there, -1 for one elsewhere."""
    states = {s.id for s in conflict.sides} | conflict.countries
    if not states & set(countries):
        return -1
    civil = any(context.kind(s.id) is ActorKind.GROUP for s in conflict.sides)
    inside = any(c in {s.id for s in conflict.sides} and conflict.countries == {c} for c in countries)
    return 2 if inside and civil else 1


def _below(phrase: Phrase) -> list[int]:
    """What stands after the prepositions of place of a ceasefire's words."""
    tree, tokens = phrase.view.tree, phrase.tokens
    # "agreed to in Sudan"
    nested = [k for i in tokens for k in tree.kids(i, "prep") if tree.tokens[k].lower == "to"]
    # "a cessation of hostilities in Syria"
    nested += [o for i in tokens for o in tree.prep_objects(i, "of") if tree.tokens[o].lemma in _FIGHTING]
    return [
        o
        for i in (*tokens, *nested)
        for o in tree.prep_objects(i, *phrase.where)
        if o not in tokens and tree.tokens[o].lemma not in _TRAVELS
    ]


_FIGHTING: Final = frozenset("hostility fighting violence attack".split())
_TRAVELS: Final = frozenset({"way", "trip", "visit", "tour"})
"""On which envoys are: where to is no land that is fought over."""


def _signed_at(phrase: Phrase) -> list[int]:
    """Where it is done, as against what it is about: "agreed in Juba", "sign a ceasefire in Addis Ababa"."""
    tree = phrase.view.tree
    verbs = [i for i in phrase.tokens if tree.tokens[i].pos == "VERB"]
    signed = [o for i in verbs if tree.tokens[i].lemma == "sign" for o in tree.objects(i)]
    return [o for i in (*verbs, *signed) for o in tree.prep_objects(i, "in", "at")]


def _grounds(phrase: Phrase, context: Context) -> list[Place]:
    """Places that the ceasefire is said to be in; a city elsewhere is where it was signed."""
    fought, tree = _lands_of_wars(context), phrase.view.tree
    before = [k for i in phrase.tokens for k in tree.kids(i, "compound") if tree.tokens[k].tag == "NNP"]
    called = find_places(
        phrase.view, before, context
    )  # "the Gaza ceasefire", but the Minsk one was signed there
    return [
        p
        for p in find_places(phrase.view, _below(phrase), context)
        if p.country and (not fought or p.country in fought or not _is_city(p, context))
    ] + [p for p in called if p.country and not _is_city(p, context)]


def _around(phrase: Phrase, context: Context) -> list[Place]:
    """ "Calm returned to Khartoum as a truce took hold": where the main clause is set, if that is a land at war."""
    tree = phrase.view.tree
    clause = next(
        (a for i in phrase.tokens for a in (i, *tree.ancestors(i)) if tree.tokens[a].dep == "advcl"), None
    )
    if clause is None:
        return []
    where = tree.prep_objects(tree.tokens[clause].head, *phrase.where, "to")
    wars = [war for war in context.lexicon.conflicts_on(context.on) if war.war]
    # a neighbour's land that a war reaches into is not where its truce is felt
    lands = {s.id for war in wars for s in war.sides} & {c for war in wars for c in war.countries}
    return [p for p in find_places(phrase.view, where, context) if p.country in lands]


def _countries(phrase: Phrase, places: Sequence[Place]) -> tuple[str, ...]:
    """Countries that the ceasefire is said to be in: "in Yemen", "along the Thai-Cambodian border"."""
    view = phrase.view
    starts = [m.start for m in view.actors if m.relation is None]
    found = [p.country for p in places if p.country]
    for at in _below(phrase):
        if view.tree.tokens[at].lemma == "border":
            found.extend(m.alias.actor_id for m in view.actors_by_head.get(at, ()) if m.start in starts)
    return tuple(dict.fromkeys(found))


def _lands_of_wars(context: Context) -> set[str]:
    """Where the wars that the article is evidently about are fought, and who fights them."""
    wars = [c for score, c in context.conflicts if score >= EVIDENT]
    return {land for c in wars for land in (*c.countries, *(side.id for side in c.sides))}


def _is_city(place: Place, context: Context) -> bool:
    entries = context.lexicon.places.lookup(place.text)
    return bool(entries) and entries[0].kind is PlaceKind.CITY
