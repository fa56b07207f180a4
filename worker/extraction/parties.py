"""Between whom: the parties of a ceasefire or of talks, who is bound, who speaks, who mediates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from worker.extraction.actornouns import GROUP_NOUNS
from worker.extraction.actors import actors_of, unique
from worker.extraction.conflict_spoken_of import (
    Phrase,
    conflict_spoken_of,
    is_truceless,
    size_of,
    wars_at_home,
)
from worker.extraction.enemies import TRUCELESS
from worker.extraction.mediators import are_powers, find_go_betweens, find_mediators
from worker.extraction.places import find_places
from worker.extraction.truces import FIGHTING
from worker.extraction.undertakings import is_owed
from worker.lexicon.entries import ActorKind, AliasForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import Actor
    from worker.extraction.context import Context
    from worker.extraction.view import View
    from worker.lexicon.entries import ConflictEntry, ConflictSide

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
class Parties:
    """Who is in what part. `agents` are those who did the act, mediators and third parties included."""

    parties: tuple[Actor, ...]
    agents: tuple[Actor, ...]
    mediators: tuple[Actor, ...]
    conflict: str | None
    with_others: bool = False
    """The other side is named and unknown: the enemy in a known war is no party."""


def find_parties(
    view: View,
    tokens: Sequence[int],
    agents: Sequence[int],
    context: Context,
    deed: Deed,
) -> Parties:
    """Parties of what `tokens` name (the ceasefire and what stands for it, the word of the act), done by `agents`."""
    beside = [context.actor(a) for a in context.in_text]
    done_by = unique(context.of_that_name(a, beside) for i in agents for a in _doers(view, i, context))
    mediators = find_mediators(view, tokens, context)
    aside = {m.id for m in mediators}
    named = [context.of_that_name(p, beside) for p in _named(view, tokens, context)]
    named = [p for p in named if p.id not in aside and context.fights(p.id)]
    asked = _asked(view, tokens, context)
    named += [a for a in asked if context.at_war([a.id], [b.id for b in (*done_by, *asked)])]
    acting = [a for a in done_by if a.id not in aside and context.fights(a.id)]
    if deed is Deed.TALKS:
        hosts = _strangers(named, acting, context)
        named = [a for a in named if a not in hosts]
        done_by = unique((*done_by, *hosts))
    if _with_another_group(view, tokens, named, context):
        return Parties(unique((*named, *acting)), done_by, mediators, None, with_others=True)
    undertaking = deed is Deed.UNDERTAKING
    # Wherever the envoys of a state travel that has a war on its soil, it is about that war.
    at_home = [a for a in acting if wars_at_home(a, context)]
    binding = acting if undertaking or _opposed(acting, context) else at_home
    phrase = Phrase(view=view, tokens=tokens, where=_ON if deed is Deed.TALKS else _WHERE)
    conflict = conflict_spoken_of(phrase, named, binding, context)
    if conflict is None and named and {a.id for a in named} <= {a.id for a in done_by}:
        # "Before Trump's ceasefire announcement": whose the announcement is has done it, and may be no party
        conflict = conflict_spoken_of(phrase, (), binding, context)
        named = [] if conflict is not None else named
    signing = [*named, *acting] if undertaking and _speaks_of_peace(view, tokens) else []
    if _make_friends(signing, conflict, context):
        return Parties((), done_by, mediators, None, with_others=True)
    if conflict is not None and (
        _each_with_the_other(view, agents, acting, conflict) or _sign_elsewhere(signing, conflict, context)
    ):
        conflict = None
    powers: list[Actor] = []
    if conflict is not None:
        outsiders = [a for a in acting if conflict.side_of(a.id) is None]
        if are_powers(acting, [s.id for s in conflict.sides], outsiders, context):
            powers, acting = acting, []
    apart = [*powers, *mediators]
    parties = _of_conflict(named, acting, conflict, context, apart) if conflict is not None else []
    if not parties and not acting:
        parties = _of_ground(view, context)
    if len({p.side for p in parties}) < len({p.side for p in named}) or not parties:
        parties = _of_words(view, named, acting, context, undertaking=undertaking)
    ids = {p.id for p in parties}
    third = tuple(a for a in done_by if a.id not in ids and a.id not in aside)
    between = tuple(m for m in find_go_betweens(view, tokens, context) if m.id not in ids)
    return Parties(
        tuple(parties),
        done_by,
        unique((*(tuple(m for m in mediators if m.id not in ids) or third), *between)),
        _conflict(parties, context),
    )


def _speaks_of_peace(view: View, tokens: Sequence[int]) -> bool:
    named = {view.tree.tokens[k].lower for i in tokens for k in (i, *view.tree.kids(i, "compound"))}
    return not named.isdisjoint({"peace", "normalisation", "normalization"})


def _make_friends(signing: Sequence[Actor], conflict: ConflictEntry | None, context: Context) -> bool:
    """ "The Emirates and Bahrain sign a peace deal with Israel": of states that were not at war, about no war of theirs."""
    states = len({a.id for a in signing}) > 1 and all(context.kind(a.id) is ActorKind.STATE for a in signing)
    one_side = conflict is None or len({s for a in signing if (s := conflict.side_of(a.id))}) == 1
    return states and one_side and not _fought_once(signing, context)


def _sign_elsewhere(signing: Sequence[Actor], conflict: ConflictEntry, context: Context) -> bool:
    """ "Ethiopia and Eritrea signed a peace deal in Jeddah": a war of their own, whatever is fought where they sign."""
    return _fought_once(signing, context) and not any(conflict.side_of(a.id) for a in signing)


def _fought_once(actors: Sequence[Actor], context: Context) -> bool:
    """Whether a war between them is known, of whatever time."""
    wars = context.lexicon.conflicts
    return any(len({s for a in actors if (s := war.side_of(a.id))}) > 1 for war in wars)


def _each_with_the_other(
    view: View, agents: Sequence[int], acting: Sequence[Actor], conflict: ConflictEntry
) -> bool:
    """ "Both countries agreed": with each other, though in a war that is known they are on one side."""
    tokens = [k for i in agents for k in (i, *view.tree.kids(i, "det", "predet", "nummod", "cc", "preconj"))]
    both = any(view.tree.tokens[k].lower == "both" for k in tokens)
    return both and len(acting) == 2 and len({conflict.side_of(a.id) for a in acting}) == 1  # noqa: PLR2004


def _strangers(named: Sequence[Actor], acting: Sequence[Actor], context: Context) -> list[Actor]:
    """Of those whom a side of the article's war meets, who stands outside it: "Netanyahu met Trump about the truce in Gaza"."""
    war = context.main_conflict
    if war is None or not any(war.side_of(a.id) for a in acting) or any(war.side_of(a.id) for a in named):
        return []
    return [a for a in named if not context.at_war([a.id], [b.id for b in acting])]


def _with_another_group(view: View, tokens: Sequence[int], named: Sequence[Actor], context: Context) -> bool:
    """ "With a civil rights alliance", "between Fatah and Islamist groups": the enemy in a known war is no party.

    "The rebels" are those who are spoken of.
    """
    tree = view.tree
    groups = bool(named) and all(context.kind(a.id) is ActorKind.GROUP for a in named)
    pairs = [tree.subtree(at) for i in tokens for at in tree.prep_objects(i, "between")]
    pairs = [below for below in pairs if any(tree.tokens[k].dep == "cc" for k in below)]
    if groups:
        return any(_is_some_group(view, k) for below in pairs for k in below)
    others = [k for i in tokens for at in tree.prep_objects(i, "with") for k in tree.conjuncts(at)]
    others += [k for below in pairs for k in below if tree.tokens[k].dep in {"pobj", "conj"}]
    return any(_is_some_group(view, k) and tree.kids(k, "det", "amod") for k in others) or bool(
        named and any(_is_unknown_name(view, k) for below in pairs for k in below)
    )


def _is_some_group(view: View, i: int) -> bool:
    """ "A rebel group", "local gunmen", not "the group", "its rebels", "M23 rebels"."""
    tree = view.tree
    definite = {"the", "this", "that", "these", "those", "both"}
    return (
        tree.tokens[i].lemma in GROUP_NOUNS | _BODIES
        and not any(tree.tokens[k].lower in definite for k in tree.kids(i, "det"))
        and not tree.kids(i, "poss", "nummod", "appos")
        and not _has_name(view, i)
    )


_BODIES: Final = frozenset(
    "alliance coalition jirga tribe tribesman gunman clan council party union committee assembly".split()
)


def _is_unknown_name(view: View, i: int) -> bool:
    """A name beside another that stands for no actor or day of the lexicon: "and Firqat al-Ghuraba"."""
    tree = view.tree
    token = tree.tokens[i]
    below = set(tree.subtree(i))
    starts = [*(m.start for m in view.actors), *(m.start for m in view.times)]
    named = any(tree.at(start) in below for start in starts)
    return token.pos == "PROPN" and token.dep == "conj" and not named


def _has_name(view: View, i: int) -> bool:
    """ "M23 rebels", but not the groups of "Fatah and Islamist groups"."""
    tree = view.tree
    heads = (tree.head_of(m.start, m.end) for m in view.actors_by_head.get(i, ()))
    return any(h == i or (h is not None and not tree.kids(h, "cc")) for h in heads)


def _doers(view: View, i: int, context: Context) -> Sequence[Actor]:
    """Who a word in the role of a doer stands for; "Moscow's" in "Moscow's undertaking" included."""
    found = actors_of(view, i, context)
    token = view.tree.tokens[i]
    if found or token.dep not in {"poss", "amod", "compound", "nmod"}:
        return found
    return [
        context.actor(m.alias.actor_id, text=m.text)
        for m in view.actors_by_head.get(token.head, ())
        if m.relation is None and m.start <= token.start < m.end
    ]


def _of_conflict(
    named: Sequence[Actor],
    acting: Sequence[Actor],
    conflict: ConflictEntry,
    context: Context,
    powers: Sequence[Actor],
) -> list[Actor]:
    """The two sides of a known conflict: those of them that the words name, else the one most named in the article."""
    # Where both sides are named, whoever else acts is an ally or a mediator.
    both = len({s for a in named if (s := conflict.side_of(a.id))}) > 1
    parties = [a for a in unique(named if both else [*named, *acting]) if conflict.side_of(a.id) is not None]
    present = {conflict.side_of(p.id) for p in parties}
    missing = (s for s in conflict.sides if s.id not in present)
    parties.extend(context.actor(_party_of(s, context, powers), inferred=True) for s in missing)
    return parties


def _party_of(side: ConflictSide, context: Context, powers: Sequence[Actor]) -> str:
    """Who stands for a side that is not named: its member most spoken of, but no power that acts for it, nobody truces leave out."""
    face = context.face(side)
    return side.id if face in TRUCELESS or face in {p.id for p in powers} else face


def _of_ground(view: View, context: Context) -> list[Actor]:
    """Both sides of a known conflict whose lands the sentence names ("the borders of Gaza and Israel are opened")."""
    lands = {p.country for p in find_places(view, range(len(view.tree.tokens)), context) if p.country}
    lands |= {m.alias.actor_id for m in view.actors}
    for conflict in context.lexicon.conflicts_on(context.on):
        if all(lands.intersection(s.members) for s in conflict.sides):
            return [context.actor(s.id, inferred=True) for s in conflict.sides]
    return []


def _of_words(
    view: View, named: Sequence[Actor], acting: Sequence[Actor], context: Context, *, undertaking: bool
) -> list[Actor]:
    """What the words name where no known conflict is spoken of; a group alone has its home state as the other side."""
    parties = list(named)
    for actor in acting if named else _at_war_themselves(acting, context):
        fits = any(
            p.side == actor.side or context.lexicon.conflict_between(p.id, actor.id, context.on)
            for p in parties
        )
        if fits or undertaking or (context.kind(actor.id) is ActorKind.GROUP and not parties):
            parties.append(actor)
    parties = list(unique(parties)) or [a for a in acting if _greatest(a.id, context, at_home=True)][:1]
    if len({p.side for p in parties}) != 1 or len(named) > 1:
        return parties
    one = parties[0]
    state = context.kind(one.id) is ActorKind.STATE
    if state and context.main_conflict is None and _fights_abroad_only(one.id, context):
        return parties  # "Trump calls a truce": with one of many, or with none of them
    other = context.enemy_of(one.id)
    if other is None or other in TRUCELESS:
        other = _greatest(one.id, context)
    if other is None and context.kind(one.id) is ActorKind.GROUP:
        entry = context.lexicon.actors.get(one.id)
        other = entry.countries[0] if entry and entry.countries else None
    elif other is None and any(t.lemma in _FACTIONS for t in view.tree.tokens):
        other = context.opponents_of(one.id)
    if other is not None and other not in {p.id for p in parties}:
        parties.append(context.actor(other, inferred=True))
    return parties


def _at_war_themselves(acting: Sequence[Actor], context: Context) -> Sequence[Actor]:
    """ "Putin and Trump agreed to halt strikes": of states at peace with each other, the one that has a war at home."""
    at_home = [a for a in acting if wars_at_home(a, context)]
    return at_home if len(at_home) == 1 and not _opposed(acting, context) else acting


def _fights_abroad_only(state: str, context: Context) -> bool:
    """Whether a state is in several wars, none of them on its own soil."""
    wars = context.lexicon.conflicts_of(state, context.on)
    return len(wars) > 1 and not any(state in war.countries for war in wars)


def _greatest(actor_id: str, context: Context, *, at_home: bool = False) -> str | None:
    """The enemy in the greatest war that an actor wages itself; a group's war on its own state comes before its feuds.

    `at_home`: only of a war on its own soil against a group, or of its only war.
    """
    best: tuple[tuple[bool, bool, int, int], str] | None = None
    entry, known = context.lexicon.actors.get(actor_id), context.lexicon.conflicts_of(actor_id, context.on)
    for conflict in known:
        other = conflict.against(actor_id)
        home = conflict.countries == {actor_id} and context.kind(other.id) is ActorKind.GROUP
        home = home or (conflict.war and actor_id in conflict.countries and len(known) == 1)
        waged = conflict.side_of(actor_id) == actor_id or context.kind(actor_id) is ActorKind.GROUP
        abroad = context.kind(actor_id) is not ActorKind.GROUP and actor_id not in conflict.countries
        unnamed = context.kind(other.id) is ActorKind.GROUP and context.in_text.keys().isdisjoint(
            other.members
        )
        if abroad and unnamed:
            continue  # "the truce announced by Washington" is none with a group that nobody speaks of
        if waged and (home or not at_home) and not is_truceless(conflict, ()):
            rebellion = entry is not None and other.id in entry.countries[:1]
            rank = conflict.war, rebellion, size_of(conflict), conflict.start.toordinal()
            best = max(best or (rank, ""), (rank, context.face(other)))
    return best[1] if best else None


def _opposed(actors: Sequence[Actor], context: Context) -> bool:
    """Whether enemies act together: then it is about their war."""
    ids = [a.id for a in actors]
    return context.at_war(ids, ids)


def _named(view: View, tokens: Sequence[int], context: Context) -> list[Actor]:
    """Actors in the ceasefire's own phrase: "between X and Y", "with X", "the X-Y truce", "X's truce", "its war with X"."""
    tree, act_nouns = view.tree, context.lexicon.cues.act_nouns
    found: list[Actor] = []
    for i in tokens:
        asked = act_nouns["proposed"] | act_nouns["demanded"]  # "calls from the US": its own, no party's
        made = tree.tokens[i].pos in {"NOUN", "PROPN"} and tree.tokens[i].lemma not in asked
        links = ("between", "with", "among", *(("by", "from", "against") if made else ()))
        for at in _fighting(view, i):
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
        # A capital only tells where it was made: "the Doha agreement".
        inside = [
            m
            for m in view.actors_by_head.get(i, ())
            if m.relation is None
            and tree.head_of(m.start, m.end) != i
            and m.alias.form is not AliasForm.METONYM
        ]
        if len(inside) > 1 or tree.tokens[i].lemma not in act_nouns["proposed"]:
            # One alone proposes: "the UN plan".
            found.extend(context.actor(m.alias.actor_id, text=m.text) for m in inside)
    return list(unique(found))


def _fighting(view: View, i: int) -> list[int]:
    """Who fights whom in what is to stop: "stop bombing the Houthis", "Russia must stop", "Israel's strikes on Lebanon"."""
    tree = view.tree
    found = tree.subjects(i) if is_owed(view, i) else []
    if tree.tokens[i].pos == "VERB" and tree.tokens[i].dep == "xcomp":
        found += tree.objects(i)
    if tree.tokens[i].lemma in FIGHTING:
        found += [*tree.kids(i, "poss"), *tree.prep_objects(i, "on", "against")]
    return found


def _asked(view: View, tokens: Sequence[int], context: Context) -> list[Actor]:
    """ "Asks Russia for a ceasefire", "called on India and Pakistan to agree to one"."""
    tree = view.tree
    asking = (i for i in tokens if tree.tokens[i].lemma in {"ask", "offer"})
    asked = [o for i in asking for o in tree.kids(i, "dobj", "dative")]
    asked += [o for i in tokens if tree.tokens[i].lemma == "call" for o in tree.prep_objects(i, "on", "upon")]
    return [a for o in asked for a in actors_of(view, o, context)]


def _before(view: View, i: int, context: Context) -> list[Actor]:
    """ "Between them": the first two belligerents named in the sentence before the word."""
    start = view.tree.tokens[i].start
    named = (
        m for m in view.actors if m.end <= start and m.relation is None and context.fights(m.alias.actor_id)
    )
    return list(unique(context.actor(m.alias.actor_id, text=m.text) for m in named))[:2]


def _conflict(parties: Sequence[Actor], context: Context) -> str | None:
    for one in parties:
        for other in parties:
            known = context.lexicon.conflict_between(one.id, other.id, context.on)
            if known is not None:
                return known.id
    sides = sorted({p.side for p in parties})
    return "|".join(sides[:2]) if len(sides) > 1 else None
