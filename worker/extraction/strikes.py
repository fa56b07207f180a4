"""From frames to strike events: clause + weapon + count + place + time."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.event import (
    Actor,
    CeasefireRelation,
    Disposition,
    Evidence,
    Interval,
    Mode,
    Precision,
    Site,
    SiteType,
    Status,
    StrikeEvent,
    Weapon,
)
from worker.extraction.assertion import assert_clause
from worker.extraction.casualties import quantity_of
from worker.extraction.codes import strike_codes
from worker.extraction.dates import happened_within
from worker.extraction.frames import Frame, find_frames
from worker.extraction.order import find_order
from worker.extraction.places import find_places
from worker.extraction.resolution import Roles, resolve_roles
from worker.extraction.truces import find_truces

from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import ArticleRef, Assertion, Place
    from worker.extraction.context import Context
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_UNDATED: Final = timedelta(hours=36)
"""How far back an attack of unknown time may lie: newspapers report the last night and the day before it."""
_HISTORY: Final = timedelta(days=30)
_SITE_WEIGHT: Final = 0.05


def find_strikes(views: Sequence[View], article: ArticleRef, context: Context, extractor: str) -> list[StrikeEvent]:
    """All strikes that the sentences of one article tell of, one event per direction and attack."""
    cues = context.lexicon.cues
    events: list[StrikeEvent] = []
    for view in views:
        for frame in find_frames(view, context, cues):
            events.extend(_events_of(frame, article, context, extractor))
    return merge(events)


def _events_of(frame: Frame, article: ArticleRef, context: Context, extractor: str) -> list[StrikeEvent]:
    view, cues = frame.view, context.lexicon.cues
    assertion = assert_clause(view, frame.main, cues)
    where = find_places(view, [*frame.targets, *frame.grounds], context)
    if not where:
        where = tuple(p for p in find_places(view, _own_clause(frame), context) if p.country in context.countries)
    origins = find_places(view, frame.origins, context)
    where = tuple(p for p in where if p.name not in {o.name for o in origins})
    found = []
    for roles in resolve_roles(frame, where, origins, context):
        if not _is_strike(frame, roles, where, context):
            continue
        found.append(_event(frame, roles, where, assertion, article, context, extractor))
    return found


def _own_clause(frame: Frame) -> list[int]:
    """Tokens to look for a place in where no role names one: the clauses of the frame's triggers."""
    tree = frame.view.tree
    top = frame.main
    for at in tree.ancestors(top):
        if tree.tokens[top].dep in {"ccomp", "ROOT", "advcl"} and tree.tokens[top].pos == "VERB":
            break
        top = at
    return [top]


def _is_strike(frame: Frame, roles: Roles, places: tuple[Place, ...], context: Context) -> bool:
    """Whether enough is said that this is an attack in an armed conflict, not an accident, a crime or a figure of speech."""
    mode = frame.mode()
    armed = bool(frame.weapons) or mode not in {Mode.UNSPECIFIED, Mode.GROUND}
    named = [a for a in roles.actors if not a.inferred]
    hit = bool(roles.recipients or frame.targets or places or frame.killed or frame.injured or frame.victims)
    warring = context.main_conflict is not None
    if frame.roles <= {"kill", "explode"} and not frame.weapons:
        return bool(named and roles.recipients and _fighters(named, roles, context)) or (
            bool(roles.recipients) and warring and bool(frame.killed) and bool(frame.view.ceasefires)
        )
    if frame.roles <= {"destroy"} and not frame.weapons:
        return bool(named and roles.recipients and roles.conflict)
    if frame.roles <= {"seize"}:
        return bool(named and roles.conflict and _known(roles, context))
    if frame.roles <= {"explode"}:
        return bool(frame.weapons) and bool(roles.recipients) and (warring or bool(frame.killed or frame.injured))
    if frame.roles <= {"launch"} and not (frame.killed or frame.injured or frame.sites_hit):
        aimed = bool(frame.targets or frame.grounds or frame.recipients or places)
        group = any(context.kind(a.id) is ActorKind.GROUP for a in named)
        return bool(roles.recipients) and (aimed or group) and (_known(roles, context) or warring)  # else a test or a launch into space
    if named and not roles.recipients and not any(
        c.side_of(a.id) for a in named for s, c in context.conflicts if s >= context.evident
    ):
        return False  # a state's police at home
    if named:
        return hit and (armed or bool(roles.recipients) or warring or mode is Mode.GROUND)
    if frame.mutual:
        return warring and bool(roles.recipients or roles.actors)
    if armed:
        return hit and (bool(roles.recipients) or warring)
    return bool(roles.recipients) and (warring or _militants(frame)) and (hit or mode is Mode.GROUND)


def _fighters(named: list[Actor], roles: Roles, context: Context) -> bool:
    return roles.conflict is not None and (_known(roles, context) or len(named) > 0)


def _known(roles: Roles, context: Context) -> bool:
    return any(
        context.lexicon.conflict_between(a.id, r.id, context.on) for a in roles.actors for r in roles.recipients
    )


def _militants(frame: Frame) -> bool:
    words = {t.lemma for t in frame.view.tree.tokens}
    return bool(words & {"gunman", "gunmen", "militant", "insurgent", "rebel", "terrorist", "suicide", "separatist", "jihadist", "extremist"})


def _event(
    frame: Frame, roles: Roles, places: tuple[Place, ...], assertion: Assertion, article: ArticleRef, context: Context, extractor: str
) -> StrikeEvent:
    view = frame.view
    mode = frame.mode()
    when = _when(frame, article, context)
    status = assertion.status
    if status in {Status.ASSERTED, Status.CLAIMED} and when.end <= context.reference - _HISTORY:
        status = Status.HISTORICAL
    weapons = _weapons(frame, context.lexicon.cues)
    sites = _sites(frame)
    intercepted = frame.intercepted and not (frame.killed and frame.killed.low) and not sites
    sentence = view.sentence
    evidence = Evidence(field=sentence.field, text=sentence.text, start=sentence.start, end=sentence.end)
    event = StrikeEvent(
        event_id="",
        conflict=roles.conflict,
        article=article,
        extractor=extractor,
        event_time=when,
        assertion=replace(assertion, status=status),
        confidence=_confidence(roles, mode, status),
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


def strike_id(event: StrikeEvent) -> str:
    """The same article, span and content give the same id on every machine."""
    first = event.evidence[0]
    parts = (
        event.article.id, "strike", first.field, str(first.start), str(first.end),
        ",".join(a.id for a in event.actors), ",".join(r.id for r in event.recipients), event.mode, event.assertion.status,
    )
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _confidence(roles: Roles, mode: Mode, status: Status) -> float:
    score = 0.95
    score -= 0.15 * any(a.inferred for a in roles.actors) + 0.1 * any(r.inferred for r in roles.recipients)
    score -= 0.25 * (not roles.actors) + 0.2 * (not roles.recipients) + 0.05 * (mode is Mode.UNSPECIFIED)
    score -= 0.1 * (status is not Status.ASSERTED)
    return round(max(score, 0.1), 2)


def _relation(frame: Frame) -> CeasefireRelation | None:
    truces = find_truces(frame.view)
    if not truces:
        return None
    found = find_order(frame.view, (t.i for t in frame.triggers), truces)
    if found is None:
        return None
    offset = frame.view.sentence.start
    return replace(found, start=found.start + offset, end=found.end + offset)


def _when(frame: Frame, article: ArticleRef, context: Context) -> Interval:
    """The time nearest to the triggers, cut to the reference; else the default of an undated attack."""
    now = context.reference
    triggers = [frame.view.tree.tokens[t.i].start for t in frame.triggers]
    best: tuple[int, Interval] | None = None
    for mention in frame.view.times:
        interval = happened_within(mention, reference=now)
        if interval is None or interval.start >= now:
            continue
        distance = min(abs(mention.start - t) for t in triggers)
        if best is None or distance < best[0]:
            best = (distance, interval)
    if best is None:
        return Interval(start=now - _UNDATED, end=now, precision=Precision.UNKNOWN)
    interval = best[1]
    return replace(interval, end=min(interval.end, now)) if article.published_at is not None else interval


def _weapons(frame: Frame, cues: Cues) -> tuple[Weapon, ...]:
    """Weapons by noun phrase: the named system where one is named, its count, and what became of it."""
    view = frame.view
    phrases: dict[int, list[tuple[int, str, Disposition]]] = {}
    entries = {head: mention for head, (mention, _) in frame.weapons.items()}
    for head, (mention, disposition) in frame.weapons.items():
        top = view.phrase_head(mention.start, mention.end)
        phrases.setdefault(top if top is not None else head, []).append((head, mention.weapon.id, disposition))
    found: dict[str, Weapon] = {}
    for top, members in sorted(phrases.items()):
        named = [m for m in members if not entries[m[0]].weapon.generic] or members[-1:]
        for head, weapon_id, disposition in named:
            mention = entries[head]
            own = top if top in view.weapon_tokens else head
            count = quantity_of(view, own, cues) if own == top or own in view.weapon_tokens else None
            if count is None:
                count = _counted_by(view, own, cues)
            if top not in view.weapon_tokens and head != top:
                count = None  # "55 drone strikes" counts strikes, "a missile attack" no missile
                count = _strikes_counted(view, top, cues)
            weapon = Weapon(id=weapon_id, name=mention.text, weapon_class=mention.weapon.weapon_class, count=count, disposition=disposition)
            if weapon_id not in found or found[weapon_id].count is None:
                found[weapon_id] = weapon
    return tuple(found.values())


def _counted_by(view: View, i: int, cues: Cues) -> object:
    """ "dozens of drones": the count stands above the weapon."""
    tree = view.tree
    token = tree.tokens[i]
    if token.dep == "pobj" and tree.tokens[token.head].lower == "of":
        return quantity_of(view, tree.tokens[token.head].head, cues, implied=False)
    return None


def _strikes_counted(view: View, top: int, cues: Cues) -> object:
    token = view.tree.tokens[top]
    if token.tag == "NNS" and token.lemma in {"strike", "attack", "launch"}:
        return quantity_of(view, top, cues, implied=False)
    return None


def _sites(frame: Frame) -> tuple[Site, ...]:
    view = frame.view
    tokens = {b for i in (*frame.targets, *frame.grounds, *frame.victims) for b in view.tree.subtree(i)}
    for trigger in frame.triggers:
        tokens.update(view.tree.children[trigger.i])
    found: dict[SiteType, Site] = {}
    for mention in view.sites:
        at = view.tree.head_of(mention.start, mention.end)
        if at in tokens:
            found.setdefault(mention.type, Site(type=mention.type, text=mention.text))
    return tuple(found.values())


# ---- one attack told in several sentences ------------------------------------------------------------------------


def merge(events: list[StrikeEvent]) -> list[StrikeEvent]:
    """Put together what an article says of the same attack in several sentences."""
    kept: list[StrikeEvent] = []
    for event in events:
        for n, other in enumerate(kept):
            if _same_attack(other, event):
                kept[n] = _merged(other, event)
                break
        else:
            kept.append(event)
    return kept


def _same_attack(one: StrikeEvent, two: StrikeEvent) -> bool:
    if one.assertion.status != two.assertion.status:
        return False
    if {a.id for a in one.actors} != {a.id for a in two.actors} or {r.id for r in one.recipients} != {r.id for r in two.recipients}:
        return False
    if one.mode != two.mode and Mode.UNSPECIFIED not in {one.mode, two.mode}:
        return False
    if one.intercepted != two.intercepted:
        return False
    if (one.killed and two.killed and one.killed != two.killed) or (one.injured and two.injured and one.injured != two.injured):
        return False
    if Precision.UNKNOWN in {one.event_time.precision, two.event_time.precision}:
        return True
    return one.event_time.start < two.event_time.end and two.event_time.start < one.event_time.end


def _merged(one: StrikeEvent, two: StrikeEvent) -> StrikeEvent:
    weapons = {w.id: w for w in (*two.weapons, *one.weapons)}
    for weapon in two.weapons:
        if weapons[weapon.id].count is None:
            weapons[weapon.id] = weapon
    mode = one.mode if one.mode is not Mode.UNSPECIFIED else two.mode
    when = min((one.event_time, two.event_time), key=lambda t: (t.precision is Precision.UNKNOWN, t.end - t.start))
    event = replace(
        one,
        mode=mode,
        codes=one.codes if mode is one.mode else two.codes,
        event_time=when,
        confidence=max(one.confidence, two.confidence),
        evidence=tuple(dict.fromkeys((*one.evidence, *two.evidence))),
        weapons=tuple(sorted(weapons.values(), key=lambda w: w.id)),
        sites=tuple({s.type: s for s in (*two.sites, *one.sites)}.values()),
        places=tuple({p.name: p for p in (*one.places, *two.places)}.values()),
        killed=one.killed or two.killed,
        injured=one.injured or two.injured,
        ceasefire_relation=one.ceasefire_relation or two.ceasefire_relation,
    )
    return replace(event, event_id=strike_id(event))
