"""From frames to strike events: clause + weapon + count + place + time."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.event import HAPPENED, CeasefireRelation, Evidence, Mode, Order, Status, StrikeEvent
from worker.extraction.actornouns import POSSESSIVES
from worker.extraction.assertion import assert_clause
from worker.extraction.attribution import attribute, find_authors
from worker.extraction.codes import strike_codes
from worker.extraction.coherence import cohere
from worker.extraction.confidence import UNRATED
from worker.extraction.continuing import as_history, continue_attack, goes_on
from worker.extraction.endings import in_vain, stopped_by
from worker.extraction.fires import burning
from worker.extraction.frames import Frame, find_frames
from worker.extraction.linking import CARRYING
from worker.extraction.merging import merge, strike_id
from worker.extraction.order import find_order
from worker.extraction.places import find_places
from worker.extraction.plausibility import is_strike
from worker.extraction.resolution import answer_back, resolve_roles
from worker.extraction.retelling import (
    actor_ids,
    is_anaphor,
    is_told_of,
    last_news,
    meant_by,
    name_again,
    names_attack,
    told_as_past,
)
from worker.extraction.sayers import told_by
from worker.extraction.sites import sites_of
from worker.extraction.timing import is_history, when_of
from worker.extraction.tolls import spread_figures
from worker.extraction.truces import find_truces
from worker.extraction.version import EXTRACTOR
from worker.extraction.weapons import weapons_of
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import ArticleRef, Place
    from worker.extraction.context import Context
    from worker.extraction.directions import Roles
    from worker.extraction.view import View

_NEXT: Final = 2
"""Sentences over which "the missiles" are still those of the attacker named before."""


_REAL: Final = HAPPENED | {Status.HISTORICAL, Status.DENIED}
"""What an attack that is named again may be; one that is only feared or planned is not gone on with."""


def find_strikes(views: Sequence[View], article: ArticleRef, context: Context) -> list[StrikeEvent]:
    """All strikes that the sentences of one article tell of, one event per direction and attack."""
    cues = context.lexicon.cues
    events: list[StrikeEvent] = []
    last: tuple[int, StrikeEvent] | None = None
    telling: tuple[int, Sequence[Frame]] = (0, ())
    """The last sentence that tells of attacks, and what it tells."""
    for n, view in enumerate(views):
        frames = list(find_frames(view, context, cues))
        answer_back(frames)
        near = telling[1] if n - telling[0] <= _NEXT else ()
        authors = find_authors(view, context) if near or frames else ()
        news = [f for f in frames if not (is_told_of(f) or _is_denied(f, context))]
        if near and not news and (of_them := attribute(near, authors)):
            frames = of_them
            events = [e for e in events if e.evidence[0].start != near[0].view.sentence.start]
        elif frames:
            own = [f for f in frames if not is_told_of(f)]
            if attribute(own, authors):
                # "drones damaged two buildings", said by one who "blamed Kyiv for the attack"
                frames = own
            telling = (n, frames)
        past = told_as_past(events, views[max(0, n - 1) : n])
        for frame in frames:
            told = meant_by(frame, events) or (last[1] if last is not None and n - last[0] <= _NEXT else None)
            if told is not None and told.assertion.status is Status.HISTORICAL and view.times:
                told = last_news(events)
            name_again(frame, events)
            found = _events_of(frame, article, context, told)
            if told is not None and goes_on(view) and told.assertion.status is Status.HISTORICAL:
                found = [as_history(e) for e in found]
            elif past and names_attack(frame) and not view.times:
                found = [as_history(e) if actor_ids(e) in map(actor_ids, past) else e for e in found]
            events.extend(found)
            last = next(((n, e) for e in found if e.actors and e.assertion.status in _REAL), last)
    events = cohere(events, len(views), context)
    return merge([_carried_out(e) for e in spread_figures(views, events, context)])


_BEFORE_A_COURT: Final = re.compile(r"(?i)\b(?:convict|sentenc|execut|foil|thwart|plot)")


def _carried_out(event: StrikeEvent) -> StrikeEvent:
    """ "Ordered strikes on Gaza; 104 people were killed": what has killed has been done."""
    killed = event.killed is not None and event.killed.low > 0
    tried = any(_BEFORE_A_COURT.search(e.text) for e in event.evidence)  # for planning it
    if event.assertion.status is not Status.PLANNED or not killed or tried:
        return event
    return replace(event, assertion=replace(event.assertion, status=Status.ASSERTED))


def _events_of(
    frame: Frame, article: ArticleRef, context: Context, told: StrikeEvent | None
) -> list[StrikeEvent]:
    view = frame.view
    burnt = burning(view, {t.i for t in frame.triggers})
    frame.targets = frame.targets or sorted(burnt)
    where = find_places(view, [*frame.targets, *frame.grounds, *sorted(burnt)], context)
    where = where or _there(frame, context) or _of_victims(frame, context) or _before_its_own(frame, context)
    where = where or _of_rescuers(frame, context)
    truces = _of_truces(frame)
    # "a raid inside the enclave"
    elsewhere_said = any(view.tree.tokens[g].lemma in _LANDS for g in frame.grounds)
    if not where and not elsewhere_said and not is_anaphor(frame):
        where = tuple(
            p
            for p in find_places(view, _own_clause(frame, context), context)
            if p.country in context.countries
        )
        elsewhere = [*_sources(view), *truces, *_venues(view)]
        sources = {p.name for p in find_places(view, elsewhere, context)}
        where = tuple(p for p in where if p.name not in sources and p.text not in _doers(view))
    fought = {
        land
        for a in frame.actors
        for w in context.lexicon.conflicts_of(a, context.on)
        for land in w.countries
    }
    # "Since a truce with Washington", "lorries that came from Senegal"
    away = {p.name for p in find_places(view, [*truces, *_left_behind(view)], context)}
    where = tuple(p for p in where if p.name not in away) or where
    spoken_of = tuple(p for p in where if p.country in {None, *context.countries, *fought})
    # "Carmel, south of Haifa", "Aleppo's Castello road" are no towns of a land that knows no war
    where = spoken_of or tuple(p for p in where if _may_be_at_war(p, context))
    origins = find_places(view, frame.origins, context)
    where = tuple(p for p in where if p.name not in {o.name for o in origins})
    found = []
    if told is not None:
        continue_attack(frame, told, where, context)
    for roles in resolve_roles(frame, where, origins, context):
        if not is_strike(frame, roles, where, context):
            continue
        found.append(_event(frame, roles, where, article, context))
    return found


def _may_be_at_war(place: Place, context: Context) -> bool:
    """Whether a country that the article does not speak of can be where it happened: not where its own war is plain."""
    at_war = any(
        place.country in {*war.countries, *(s.id for s in war.sides)}
        for war in context.lexicon.conflicts_on(context.on)
    )
    return at_war or context.main_conflict is None


def _there(frame: Frame, context: Context) -> tuple[Place, ...]:
    """ "The truce does not apply to Lebanon, and its jets struck targets there": the place last named before."""
    view = frame.view
    if "there" not in view.tree.words:
        return ()
    below = view.tree.subtree(frame.main)
    there = next((k for k in below if view.tree.tokens[k].lower == "there" and k > frame.main), None)
    if there is None or view.tree.tokens[there].dep != "advmod":
        return ()
    before = (find_places(view, [k], context) for k in reversed(range(there)))
    return next((places for places in before if places), ())


def _before_its_own(frame: Frame, context: Context) -> tuple[Place, ...]:
    """ "Thousands fled the town as troops shelled its outskirts", "left it after troops attacked their compound": that town."""
    tree = frame.view.tree
    owned = [
        t for t in frame.targets if any(tree.tokens[k].lower in POSSESSIVES for k in tree.kids(t, "poss"))
    ]
    clause = tree.tokens[tree.first_conjunct(frame.main)]
    if not owned or clause.dep != "advcl" or frame.recipients:
        return ()
    return find_places(frame.view, tree.objects(clause.head), context)


def _of_victims(frame: Frame, context: Context) -> tuple[Place, ...]:
    """ "Killed 40 people in Plateau State": where they were."""
    tree = frame.view.tree
    at = [p for v in frame.victims for p in tree.prep_objects(v, "in", "at", "near")]
    return find_places(frame.view, at, context)


def _of_rescuers(frame: Frame, context: Context) -> tuple[Place, ...]:
    """ "Gaza's civil defence said a strike killed six", "according to medics in Gaza": they count the dead where they work."""
    view = frame.view
    tellers = told_by(view, frame.main, context.lexicon.cues.assertion["say"])
    tellers += _according_to(view)
    counting = [
        t for t in tellers if any(view.tree.tokens[k].lemma in _COUNTING for k in view.tree.subtree(t))
    ]
    return find_places(view, counting, context)


_COUNTING: Final = frozenset(
    "health civil medic doctor paramedic rescuer rescue hospital ambulance emergency".split()
)


def _is_denied(frame: Frame, context: Context) -> bool:
    """ "Russia, which denied that it attacks power plants"."""
    return assert_clause(frame.view, frame.main, context.lexicon.cues).status is Status.DENIED


def _according_to(view: View) -> list[int]:
    tree = view.tree
    return [p for t in tree.tokens if t.lower == "according" for p in tree.prep_objects(t.i, "to")]


def _sources(view: View) -> list[int]:
    """What stands after "from", who speaks of an attack and who is spoken to: not where things land."""
    tree = view.tree
    found = [
        p for t in tree.tokens if t.lower == "from" and t.dep == "prep" for p in tree.prep_objects_of(t.i)
    ]
    found += tree.addressed()
    found += _according_to(view)
    found += [
        o for t in tree.tokens if t.lemma == "include" for o in tree.objects(t.i)
    ]  # "a coalition that includes Germany"
    found += [
        p
        for t in tree.tokens
        if t.lemma == "fly"
        for p in tree.prep_objects(t.i, "over", "through", "across")
    ]
    stated = {t.head for t in tree.tokens if t.lemma in _STATEMENTS and t.dep == "dobj"}
    speaking = (t.i for t in tree.tokens if t.lemma in _SPEAKING or t.i in stated)
    return found + [s for i in speaking for s in tree.kids(i, "nsubj")]


def _left_behind(view: View) -> list[int]:
    """Where what is on its way comes from: "lorries arriving from Senegal", "a tanker carrying gas from Qatar"."""
    tree = view.tree
    return [
        p
        for t in tree.tokens
        if t.lemma in _COMING | CARRYING and t.pos == "VERB"
        for k in (t.i, *tree.objects(t.i), *tree.prep_objects(t.i, "in", "at", "to"))
        for p in tree.prep_objects(k, "from")
    ]


def _venues(view: View) -> list[int]:
    """Where people meet: "talks in Doha", "will meet in Malaysia"."""
    tree = view.tree
    met = [
        t for t in tree.tokens if t.lemma in _MEETINGS or (t.lemma in {"meet", "convene"} and t.pos == "VERB")
    ]
    above = {t.i for t in met} | {t.head for t in met if t.dep in {"dobj", "nsubjpass"}}
    above |= {tree.tokens[t.head].head for t in met if t.dep == "pobj"}  # "agreed to talks in Doha"
    return [p for i in above for p in tree.prep_objects(i, "in", "at")]


_COMING: Final = frozenset("arrive come travel sail drive return depart head import".split())
_MEETINGS: Final = frozenset({"talk", "talks", "meeting", "summit", "negotiation", "conference"})
_STATEMENTS: Final = frozenset({"statement", "communique", "communiqué", "letter", "resolution", "appeal"})
_SPEAKING: Final = frozenset(
    "say express condemn denounce voice criticise criticize deplore urge warn blast slam assail".split()
)


def _of_truces(frame: Frame) -> list[int]:
    """Clauses that tell of a ceasefire and of no attack, whom it is with and what it is called: "days after they signed it in Doha", "the Minsk truce"."""
    tree = frame.view.tree
    triggers = {t.i for t in frame.triggers}
    found = []
    for truce in find_truces(frame.view):
        clause = next((a for a in tree.ancestors(truce.token) if tree.tokens[a].dep in _CLAUSES), None)
        if clause is not None and not triggers & set(tree.subtree(clause)):
            found.append(clause)
        head = tree.compound_of(truce.token)
        found += [k for k in tree.kids(head, "acl", "relcl") if not triggers & set(tree.subtree(k))]
        found += tree.prep_objects(head, "with")
        found += [k for k in tree.kids(head, "compound", "nmod") if tree.tokens[k].tag == "NNP"]
    return found


_LANDS: Final = frozenset({"enclave", "strip", "territory"})
"""What stands for a land that is named before."""
_CLAUSES: Final = frozenset({"advcl", "relcl", "acl", "pcomp"})


def _doers(view: View) -> set[str]:
    """States that stand after "by" ("fired by Russia"): who does it, not where."""
    tree = view.tree
    agents = [p for t in tree.tokens if t.dep == "agent" for p in tree.prep_objects_of(t.i)]
    return {m.text for p in agents for c in tree.conjuncts(p) for m in view.actors_by_head.get(c, ())}


def _own_clause(frame: Frame, context: Context) -> list[int]:
    """Tokens to look for a place in where no role names one: the clauses of the frame's triggers."""
    tree = frame.view.tree
    top = frame.main
    if tree.tokens[top].dep == "amod":
        return [tree.tokens[top].head]  # "met in Munich to speed aid to besieged towns"
    for at in tree.ancestors(top):
        if tree.tokens[top].dep in {"ccomp", "ROOT", "advcl"} and tree.tokens[top].pos == "VERB":
            break
        top = at
    told = context.lexicon.cues.strike_verbs
    said = [k for k in tree.kids(top, "ccomp") if frame.main < k and tree.tokens[k].lemma in told]
    if not said:
        return [top]
    # "Within hours of the strikes the Guards said that they had hit bases in Kuwait": those are others
    apart = {b for k in said for b in tree.subtree(k)}
    return [k for k in tree.children[top] if k not in apart]


def _event(
    frame: Frame,
    roles: Roles,
    places: tuple[Place, ...],
    article: ArticleRef,
    context: Context,
) -> StrikeEvent:
    view = frame.view
    mode = _mode(frame, roles, context)
    when = when_of(frame, article, context)
    assertion = assert_clause(view, frame.main, context.lexicon.cues)
    status = assertion.status
    if status in HAPPENED and is_history(frame, when, context):
        status = Status.HISTORICAL
    weapons = weapons_of(frame, context.lexicon.cues)
    sites = sites_of(frame)
    intercepted = frame.intercepted and not (frame.killed and frame.killed.low) and not sites
    sentence = view.sentence
    evidence = Evidence(field=sentence.field, text=sentence.text, start=sentence.start, end=sentence.end)
    event = StrikeEvent(
        event_id="",
        conflict=roles.conflict,
        article=article,
        extractor=EXTRACTOR,
        event_time=when,
        assertion=replace(assertion, status=status),
        confidence=UNRATED,
        evidence=(evidence,),
        codes=strike_codes(
            mode,
            guided=any(m.weapon.guided for m, _ in frame.weapons.values()),
            air_launched=any(m.weapon.launch == "air" for m, _ in frame.weapons.values()),
            suicide="suicide" in sentence.text.lower(),
            intercepted=intercepted,
        ),
        actors=roles.actors,
        recipients=roles.recipients,
        mode=mode,
        weapons=weapons,
        sites=sites,
        places=places,
        killed=frame.killed,
        injured=frame.injured,
        intercepted=intercepted,
        ceasefire_relation=_relation(frame),
    )
    return replace(event, event_id=strike_id(event))


def _mode(frame: Frame, roles: Roles, context: Context) -> Mode:
    """What is said; the "strikes" of a state on a group that has no air force come from the air."""
    mode = frame.mode()
    tokens = frame.view.tree.tokens
    groups = bool(roles.actors) and all(context.kind(a.id) is ActorKind.GROUP for a in roles.actors)
    planted = any(t.role == "attack" and tokens[t.i].lemma == "bomb" for t in frame.triggers)
    if mode is Mode.AIRSTRIKE and planted and groups:
        return Mode.BOMBING  # "al-Shabaab bombs several shops"
    if (
        mode is Mode.UNSPECIFIED
        and "raid" in frame.view.lower
        and _RAID_ON_FOOT.search(frame.view.sentence.text)
    ):
        return Mode.GROUND
    bare = any(t.role == "noun" and tokens[t.i].lemma == "strike" for t in frame.triggers)
    if mode is not Mode.UNSPECIFIED or not bare:
        return mode
    states = bool(roles.actors) and all(context.kind(a.id) is ActorKind.STATE for a in roles.actors)
    struck = bool(roles.recipients) and all(context.kind(r.id) is ActorKind.GROUP for r in roles.recipients)
    return Mode.AIRSTRIKE if states and struck else mode


_RAID_ON_FOOT: Final = re.compile(
    r"(?i)\b(?:army|forces|troops|soldiers?|police|commandos?) raids?\b"
    r"|\braids? by (?:[\w'’-]+ ){0,3}(?:army|forces|troops|soldiers|police|commandos|military)\b"
)


def _relation(frame: Frame) -> CeasefireRelation | None:
    stopping = stopped_by(frame.view, frame.main)
    if stopping is not None and not in_vain(frame.view, stopping):
        # also where no word calls their stopping a truce
        stop, start = frame.view.tree.tokens[stopping], frame.view.sentence.start
        return CeasefireRelation(
            order=Order.BEFORE, cue=stop.text, start=start + stop.start, end=start + stop.end
        )
    truces = find_truces(frame.view)
    found = find_order(frame.view, (t.i for t in frame.triggers), truces) if truces else None
    if found is None:
        return None
    offset = frame.view.sentence.start
    return replace(found, start=found.start + offset, end=found.end + offset)
