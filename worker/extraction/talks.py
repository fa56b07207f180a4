"""Talks about ending or pausing a conflict: scheduled, held, suspended."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.event import Act, DiplomacyEvent, Evidence, Interval, Precision, Status
from worker.extraction.assertion import assert_clause
from worker.extraction.codes import diplomacy_codes
from worker.extraction.parties import find_parties
from worker.extraction.places import find_places

if TYPE_CHECKING:
    from worker.event import ArticleRef
    from worker.extraction.context import Context
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_UNDATED: Final = timedelta(hours=36)
_NOUNS: Final = frozenset({"talk", "negotiation", "consultation", "summit", "dialogue"})
_PEACE: Final = frozenset({"peace", "ceasefire", "cease-fire", "truce", "armistice", "hostilities", "ceasefires"})
_MEETING: Final = frozenset({"meet", "negotiate"})
_HELD: Final = frozenset("hold meet conclude begin start end continue resume take open host convene underway".split())
_SCHEDULED: Final = frozenset("schedule plan agree set expect invite propose arrange slate".split())
_SUSPENDED: Final = frozenset("suspend halt break collapse fail walk cancel postpone stall pause abandon end withdraw quit leave".split())


def find_talks(view: View, article: ArticleRef, context: Context, extractor: str) -> list[DiplomacyEvent]:
    """Talks that one sentence tells of."""
    found = []
    cues = context.lexicon.cues
    for token in view.tree.tokens:
        if token.pos == "NOUN" and token.lemma in _NOUNS:
            act, governor = _act_of_noun(view, token.i)
        elif token.pos == "VERB" and token.lemma in _MEETING:
            act, governor = _act_of_verb(view, token.i, cues), token.i
        else:
            continue
        if act is None or not _about_peace(view, token.i, context):
            continue
        event = _event(view, token.i, governor, act, article, context, extractor)
        if event is not None:
            found.append(event)
    return found[:1]


def _about_peace(view: View, i: int, context: Context) -> bool:
    words = {t.lower for t in view.tree.tokens}
    if words & _PEACE or {"end", "war"} <= words or {"end", "conflict"} <= words:
        return True
    named = {m.alias.actor_id for m in view.actors}
    main = context.main_conflict
    if main is None:
        return False
    sides = {s for n in named if (s := main.side_of(n))}
    return len(sides) > 1 or (bool(sides) and bool(view.tree.tokens[i].lemma in _NOUNS) and len(named) > 1)


def _act_of_noun(view: View, i: int) -> tuple[Act | None, int]:
    tree = view.tree
    token = tree.tokens[i]
    if token.dep == "pobj" and tree.tokens[tree.tokens[token.head].head].lemma in {"round", "day", "end", "start", "resumption", "session", "suspension", "collapse", "breakdown"}:
        above = tree.tokens[tree.tokens[token.head].head]
        if above.lemma in {"suspension", "collapse", "breakdown", "end"}:
            return Act.TALKS_SUSPENDED, above.i
        i, token = above.i, above
    if token.dep in {"nsubj", "nsubjpass", "dobj"}:
        verb = token.head
        governor = tree.tokens[verb]
        auxiliaries = {tree.tokens[k].lower for k in tree.kids(verb, "aux")}
        if auxiliaries & {"will", "to", "would"} or governor.lemma in _SCHEDULED:
            return Act.TALKS_SCHEDULED, verb
        if governor.lemma in _SUSPENDED and not (governor.lemma == "end" and token.dep == "nsubj"):
            return Act.TALKS_SUSPENDED, verb
        if governor.lemma in _HELD:
            return Act.TALKS_HELD, verb
        return None, i
    if token.dep == "pobj":
        above = tree.tokens[tree.tokens[token.head].head]
        if above.lemma in {"withdraw", "walk", "pull", "suspend"}:
            return Act.TALKS_SUSPENDED, above.i
        if above.lemma in {"agree", "invite", "return", "plan", "prepare"}:
            return Act.TALKS_SCHEDULED, above.i
        if above.lemma in {"meet", "arrive", "gather", "attend"}:
            return Act.TALKS_HELD, above.i
    return None, i


def _act_of_verb(view: View, i: int, cues: Cues) -> Act | None:
    tree = view.tree
    status = assert_clause(view, i, cues).status
    if status is Status.ASSERTED and tree.subjects(i):
        return Act.TALKS_HELD if tree.tokens[i].lemma == "meet" else None
    if status is Status.PLANNED:
        return Act.TALKS_SCHEDULED
    return None


def _event(view: View, i: int, governor: int, act: Act, article: ArticleRef, context: Context, extractor: str) -> DiplomacyEvent | None:
    tree = view.tree
    agents = tuple(s for s in tree.subjects(governor) if s != i)
    parties = find_parties(view, tuple(dict.fromkeys((i, governor))), agents, context)
    if not parties.parties:
        return None
    assertion = assert_clause(view, governor, context.lexicon.cues)
    if act is Act.TALKS_SCHEDULED and assertion.status in {Status.PLANNED, Status.HYPOTHETICAL}:
        assertion = replace(assertion, status=Status.ASSERTED)
    where = find_places(view, [*tree.prep_objects(governor, "in", "at"), *tree.prep_objects(i, "in", "at")], context)
    sentence = view.sentence
    event = DiplomacyEvent(
        event_id="",
        conflict=parties.conflict or (context.main_conflict.id if context.main_conflict else None),
        article=article,
        extractor=extractor,
        event_time=_when(view, act, context),
        assertion=assertion,
        confidence=0.85,
        evidence=(Evidence(field=sentence.field, text=sentence.text, start=sentence.start, end=sentence.end),),
        codes=diplomacy_codes(act, by_party=False, mediated=bool(parties.mediators), signed=False),
        act=act,
        parties=parties.parties,
        speaker=parties.agents,
        mediators=tuple(m for m in parties.mediators if m.id not in {p.id for p in parties.parties}),
        venue=", ".join(dict.fromkeys(p.text for p in where)) or None,
    )
    parts = (article.id, "talks", sentence.field, str(sentence.start), act, ",".join(p.id for p in event.parties))
    return replace(event, event_id=hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest())


def _when(view: View, act: Act, context: Context) -> Interval:
    """Talks to come take the coming reading of a day ("on Sunday"); talks held the past one."""
    now = context.reference
    for mention in view.times:
        interval = mention.interval
        if act is Act.TALKS_SCHEDULED:
            if interval.end > now:
                return interval
            if mention.alternative is not None:
                return mention.alternative
        elif interval.start < now:
            return interval
    if act is Act.TALKS_SCHEDULED:
        return Interval(start=now, end=now + timedelta(days=30), precision=Precision.UNKNOWN)
    return Interval(start=now - _UNDATED, end=now, precision=Precision.UNKNOWN)
