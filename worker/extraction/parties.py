"""Between whom: the parties of a ceasefire or of talks, who is bound, who speaks, who mediates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from worker.extraction.actors import actors_of
from worker.extraction.places import find_places
from worker.extraction.truces import FIGHTING
from worker.extraction.wars import EVIDENT
from worker.lexicon.entries import ActorKind, AliasForm, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worker.event import Actor, Place
    from worker.extraction.context import Context
    from worker.extraction.view import View
    from worker.lexicon.entries import ConflictEntry

_BROKERS: Final = frozenset(
    "broker mediate sponsor facilitate organise organize arrange host oversee guarantee negotiate propose".split()
)
_ACTIVE_BROKERS: Final = frozenset("broker mediate sponsor facilitate host oversee".split())
_TRUCELESS: Final = frozenset({"isis", "al-qaeda", "aqap", "aqim", "al-nusra", "jnim"})
"""Groups that truces leave out: a party only where the text names them as one."""
_WHERE: Final = ("in", "for", "along", "on", "over", "across", "around", "at", "near", "throughout")
_ON: Final = ("on", "over", "about", "for")
"""Where the land stands that is talked of; after "in" and "at" stands the venue of talks."""
_FACTIONS: Final = frozenset("rebel insurgent guerrilla separatist opposition militant".split())


class Deed(Enum):
    """What is done, as far as it tells who is a party."""

    UNDERTAKING = auto()
    """Those who do it bind themselves ("agree", "declare"): a state that acts is a belligerent, unless the conflict
    spoken of is another one."""
    TALKS = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The words that name a ceasefire or talks, and what is done about it."""

    view: View
    tokens: Sequence[int]
    deed: Deed


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is in what part. `agents` are those who did the act, mediators and third parties included."""

    parties: tuple[Actor, ...]
    agents: tuple[Actor, ...]
    mediators: tuple[Actor, ...]
    conflict: str | None


def find_parties(
    view: View,
    tokens: Sequence[int],
    agents: Sequence[int],
    context: Context,
    deed: Deed,
) -> Parties:
    """Parties of what `tokens` name (the ceasefire and what stands for it, the word of the act), done by `agents`."""
    done_by = _unique(a for i in agents for a in actors_of(view, i, context))
    mediators = _mediators(view, tokens, context)
    aside = {m.id for m in mediators}
    named = [p for p in _named(view, tokens, context) if p.id not in aside and context.fights(p.id)]
    acting = [a for a in done_by if a.id not in aside and context.fights(a.id)]
    undertaking = deed is Deed.UNDERTAKING
    binding = acting if undertaking or _opposed(acting, context) else ()
    conflict = _conflict_spoken_of(_Phrase(view, tokens, deed), named, binding, context)
    parties = _of_conflict(named, acting, conflict, context) if conflict is not None else []
    if not parties and not acting:
        parties = _of_ground(view, context)
    if len({p.side for p in parties}) < len({p.side for p in named}) or not parties:
        parties = _of_words(view, named, acting, context, undertaking=undertaking)
    ids = {p.id for p in parties}
    third = tuple(a for a in done_by if a.id not in ids and a.id not in aside)
    return Parties(
        tuple(parties),
        done_by,
        tuple(m for m in mediators if m.id not in ids) or third,
        _conflict(parties, context),
    )


def _of_conflict(
    named: Sequence[Actor], acting: Sequence[Actor], conflict: ConflictEntry, context: Context
) -> list[Actor]:
    """The two sides of a known conflict: those of them that the words name, else the one most named in the article."""
    both = (
        len({s for a in named if (s := conflict.side_of(a.id))}) > 1
    )  # then whoever else acts is an ally or a mediator
    parties = [a for a in _unique(named if both else [*named, *acting]) if conflict.side_of(a.id) is not None]
    present = {conflict.side_of(p.id) for p in parties}
    missing = (s for s in conflict.sides if s.id not in present)
    parties.extend(context.actor(context.face(s.id, s.members), inferred=True) for s in missing)
    return parties


def _of_ground(view: View, context: Context) -> list[Actor]:
    """Both sides of a known conflict whose lands the sentence names ("the borders of Gaza and Israel are opened")."""
    lands = {p.country for p in find_places(view, range(len(view.tree.tokens)), context) if p.country}
    lands |= {m.alias.actor_id for m in view.actors}
    for conflict in context.lexicon.conflicts:
        if conflict.active(context.on) and all(lands & {s.id, *s.members} for s in conflict.sides):
            return [context.actor(s.id, inferred=True) for s in conflict.sides]
    return []


def _of_words(
    view: View, named: Sequence[Actor], acting: Sequence[Actor], context: Context, *, undertaking: bool
) -> list[Actor]:
    """What the words name where no known conflict is spoken of; a group alone has its home state as the other side."""
    parties = list(named)
    for actor in acting:
        fits = any(
            p.side == actor.side or context.lexicon.conflict_between(p.id, actor.id, context.on)
            for p in parties
        )
        if fits or undertaking or (context.kind(actor.id) is ActorKind.GROUP and not parties):
            parties.append(actor)
    parties = list(_unique(parties)) or [a for a in acting if _greatest(a.id, context, at_home=True)][:1]
    if len({p.side for p in parties}) != 1 or len(named) > 1:
        return parties
    one = parties[0]
    other = context.enemy_of(one.id)
    if other is None or other in _TRUCELESS:
        other = _greatest(one.id, context)
    if other is None and context.kind(one.id) is ActorKind.GROUP:
        entry = context.lexicon.actors.get(one.id)
        other = entry.countries[0] if entry and entry.countries else None
    elif other is None and any(t.lemma in _FACTIONS for t in view.tree.tokens):
        other = context.opponents_of(one.id)
    if other is not None and other not in {p.id for p in parties}:
        parties.append(context.actor(other, inferred=True))
    return parties


def _greatest(actor_id: str, context: Context, *, at_home: bool = False) -> str | None:
    """The enemy in the greatest war that an actor wages itself (for a state, `at_home`: on its own soil against a group)."""
    best: tuple[int, int, str] | None = None
    for conflict in context.lexicon.conflicts_of(actor_id, context.on):
        own = conflict.side_of(actor_id)
        other = next(s for s in conflict.sides if s.id != own)
        civil = conflict.countries == {actor_id} and context.kind(other.id) is ActorKind.GROUP
        waged = own == actor_id or context.kind(actor_id) is ActorKind.GROUP
        if waged and (civil or not at_home) and not _truceless(conflict, ()):
            best = max(
                best or (0, 0, ""),
                (_size(conflict), conflict.start.toordinal(), context.face(other.id, other.members)),
            )
    return best[2] if best else None


# ---- which conflict ----------------------------------------------------------------------------------------------


def _opposed(actors: Sequence[Actor], context: Context) -> bool:
    """Whether enemies act together: then it is about their war."""
    return any(
        context.lexicon.conflict_between(one.id, other.id, context.on) for one in actors for other in actors
    )


def _conflict_spoken_of(
    phrase: _Phrase, named: Sequence[Actor], acting: Sequence[Actor], context: Context
) -> ConflictEntry | None:
    """The known conflict that a ceasefire belongs to: by its parties, its place, a war that is named, the article's own."""
    view, tokens = phrase.view, phrase.tokens
    countries = _countries(phrase, context)
    text = view.sentence.text.lower()
    pair = [
        a for i in tokens for o in view.tree.prep_objects(i, "between") for a in actors_of(view, o, context)
    ]
    between = min(
        len({a.id for a in pair}), 2
    )  # "between Fatah and Hamas" is no war in which they are one side
    best: tuple[tuple[int, ...], ConflictEntry] | None = None
    candidates = {c.id: (s, -n, c) for n, (s, c) in enumerate(context.conflicts)}
    for there in context.lexicon.conflicts if countries else ():
        if there.active(context.on) and _fought_in(there, countries, context) > 0:
            candidates.setdefault(there.id, (0, -len(candidates), there))
    for actor in (*named, *acting):
        for known in context.lexicon.conflicts_of(actor.id, context.on):
            candidates.setdefault(known.id, (0, -len(candidates), known))
    for strength, rank, conflict in candidates.values():
        covered = len({s for a in named if (s := conflict.side_of(a.id))})
        if (
            (named and not covered)
            or (between and covered < between)
            or _truceless(conflict, (*named, *acting))
        ):
            continue
        done = len({s for a in acting if (s := conflict.side_of(a.id))})
        here = _fought_in(conflict, countries, context) if countries else 0
        topic = conflict.is_named_in(text)
        pointing = here or int(strength >= EVIDENT)
        opposed = covered + done > 1  # who oppose each other agree anywhere: "in Doha" is where they met
        if (here < 0 and not opposed) or not (
            opposed or topic or _is_meant(conflict, pointing, strength, (*named, *acting), context)
        ):
            continue
        acts = 0 if not acting else 1 if done else -1
        group = int(_group_named(conflict, context))
        key = (
            covered,
            int(opposed),
            int(here > 0),
            int(topic),
            int(done > 1),
            group,
            int(conflict.war),
            here,
            int(strength >= EVIDENT),
            acts,
            _homely(conflict, (*named, *acting)),
            strength,
            _often(conflict, context),
            _size(conflict),
            rank,
        )
        if best is None or key > best[0]:
            best = (key, conflict)
    return best[1] if best else None


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
    return all(c is conflict or _truceless(c, ()) for c in context.lexicon.conflicts_of(actor_id, context.on))


def _homely(conflict: ConflictEntry, actors: Sequence[Actor]) -> int:
    """How many of the actors are the conflict's own belligerents rather than allies of one."""
    return sum(a.id in {s.id for s in conflict.sides} for a in actors)


def _group_named(conflict: ConflictEntry, context: Context) -> bool:
    """Whether the article names an armed group that fights in it: that tells wars in one country apart."""
    return any(
        context.kind(s.id) is ActorKind.GROUP and any(m in context.in_text for m in (s.id, *s.members))
        for s in conflict.sides
    )


def _often(conflict: ConflictEntry, context: Context) -> int:
    """How often the article names the less-named side."""
    return min(
        sum(context.in_text[m] * 2 + context.in_title[m] for m in {s.id, *s.members}) for s in conflict.sides
    )


def _size(conflict: ConflictEntry) -> int:
    """How many are known to fight in it: of two wars in one country the greater one is meant."""
    return sum(len(s.members) for s in conflict.sides)


def _truceless(conflict: ConflictEntry, named: Sequence[Actor]) -> bool:
    return any(
        s.id in _TRUCELESS and not any(a.id == s.id or a.id in s.members for a in named)
        for s in conflict.sides
    )


def _fought_in(conflict: ConflictEntry, countries: Sequence[str], context: Context) -> int:
    """2 for a war inside one of the countries, 1 for one that reaches there, -1 for one elsewhere."""
    states = {s.id for s in conflict.sides} | conflict.countries
    if not states & set(countries):
        return -1
    civil = any(context.kind(s.id) is ActorKind.GROUP for s in conflict.sides)
    inside = any(c in {s.id for s in conflict.sides} and conflict.countries == {c} for c in countries)
    return 2 if inside and civil else 1


def _countries(phrase: _Phrase, context: Context) -> tuple[str, ...]:
    """Countries that the ceasefire is said to be in: "in Yemen", "along the Thai-Cambodian border"."""
    view, tokens = phrase.view, phrase.tokens
    tree = view.tree
    where = _ON if phrase.deed is Deed.TALKS else _WHERE
    nested = [
        k for i in tokens for k in tree.kids(i, "prep") if tree.tokens[k].lower == "to"
    ]  # "agreed to in Sudan"
    below = [o for i in (*tokens, *nested) for o in tree.prep_objects(i, *where) if o not in tokens]
    starts = [m.start for m in view.actors if m.relation is None]
    places = find_places(view, below, context)
    fought = _lands_of_wars(context)
    # A city elsewhere is where the ceasefire was signed.
    found = [
        p.country
        for p in places
        if p.country and (not fought or p.country in fought or not _is_city(p, context))
    ]
    for at in below:
        if tree.tokens[at].lemma == "border":
            found.extend(m.alias.actor_id for m in view.actors_by_head.get(at, ()) if m.start in starts)
    return tuple(dict.fromkeys(found))


def _lands_of_wars(context: Context) -> set[str]:
    """Where the wars that the article is evidently about are fought, and who fights them."""
    wars = [c for score, c in context.conflicts if score >= EVIDENT]
    return {land for c in wars for land in (*c.countries, *(side.id for side in c.sides))}


def _is_city(place: Place, context: Context) -> bool:
    entries = context.lexicon.places.lookup(place.text)
    return bool(entries) and entries[0].kind is PlaceKind.CITY


# ---- who is named ------------------------------------------------------------------------------------------------


def _named(view: View, tokens: Sequence[int], context: Context) -> list[Actor]:
    """Actors in the ceasefire's own phrase: "between X and Y", "with X", "the X-Y truce", "X's truce", "its war with X"."""
    tree = view.tree
    found: list[Actor] = []
    for i in tokens:
        links = (
            ("between", "with", "among", "by", "from", "against")
            if tree.tokens[i].pos in {"NOUN", "PROPN"}
            else ("between", "with", "among")
        )
        if tree.tokens[i].lemma in FIGHTING:  # "stop its bombardment of", "an end to Israel's strikes on"
            for at in tree.kids(i, "poss"):
                found.extend(actors_of(view, at, context))
        for at in tree.prep_objects(i, *links):
            them = tree.tokens[at].lower in {"them", "two", "both"}
            found.extend(_before(view, at, context) if them else actors_of(view, at, context))
        for at in (
            o
            for o in tree.prep_objects(i, "in", "to", "for")
            if tree.tokens[o].lemma in {"war", "conflict", "fighting", "hostility", "campaign"}
        ):
            for below in tree.prep_objects(at, "between", "with", "against"):
                found.extend(actors_of(view, below, context))
        inside = [
            m
            for m in view.actors_by_head.get(i, ())
            if m.relation is None
            and tree.head_of(m.start, m.end) != i
            and m.alias.form is not AliasForm.METONYM
        ]  # a capital only tells where it was made: "the Doha agreement"
        if len(inside) > 1 or tree.tokens[i].lemma not in context.lexicon.cues.act_nouns["proposed"]:
            found.extend(
                context.actor(m.alias.actor_id, text=m.text) for m in inside
            )  # one alone proposes: "the UN plan"
    return list(_unique(found))


def _before(view: View, i: int, context: Context) -> list[Actor]:
    """ "Between them": the first two belligerents named in the sentence before the word."""
    start = view.tree.tokens[i].start
    named = (
        m for m in view.actors if m.end <= start and m.relation is None and context.fights(m.alias.actor_id)
    )
    return list(_unique(context.actor(m.alias.actor_id, text=m.text) for m in named))[:2]


def _mediators(view: View, tokens: Sequence[int], context: Context) -> tuple[Actor, ...]:
    """ "Brokered by X", "X-brokered", "mediators X and Y", "X is mediating"."""
    tree = view.tree
    found: list[Actor] = [
        context.actor(m.alias.actor_id, text=m.text) for m in view.actors if m.relation == "mediator"
    ]
    for token in tree.tokens:
        if (
            token.pos == "VERB"
            and token.lemma in _BROKERS
            and (token.head in tokens or token.i in tokens or token.dep in {"acl", "relcl"})
        ):
            for at in tree.prep_objects(token.i, "by"):
                found.extend(actors_of(view, at, context))
            if token.tag != "VBN" and token.lemma in _ACTIVE_BROKERS:
                for s in tree.subjects(token.i):
                    found.extend(actors_of(view, s, context))
        elif token.lemma in {"mediator", "broker"} and token.pos in {"NOUN", "PROPN"}:
            found.extend(actors_of(view, token.i, context))
            for k in tree.kids(token.i, "appos"):
                found.extend(actors_of(view, k, context))
            if token.dep in {"compound", "nmod", "appos"}:
                found.extend(actors_of(view, token.head, context))
    return _unique(found)


def _conflict(parties: Sequence[Actor], context: Context) -> str | None:
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
