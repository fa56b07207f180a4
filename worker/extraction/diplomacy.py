"""From ceasefire words to diplomacy events: which act, between whom, on what, from when."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.event import Act, Actor, Assertion, DiplomacyEvent, Domain, Evidence, Interval, Precision, Status
from worker.extraction.actors import actors_of
from worker.extraction.acts import TruceAct, find_acts, standing_for
from worker.extraction.acttimes import HALF_A_DAY, act_time, before_the_other_clause, over_before
from worker.extraction.codes import diplomacy_codes
from worker.extraction.confidence import UNRATED
from worker.extraction.dates import undated
from worker.extraction.echoes import PROPOSALS, find_echoes, find_pronouns
from worker.extraction.governing import FORCES, WRECKING
from worker.extraction.mediators import find_announcers, find_helpers
from worker.extraction.parties import Deed, Parties, find_parties
from worker.extraction.periods import find_length, find_period
from worker.extraction.quarrels import is_quarrel, of_a_crowd
from worker.extraction.readings import BACKGROUND
from worker.extraction.sayers import told_by
from worker.extraction.scope import find_scope, on_ground
from worker.extraction.sequence import REMEMBERED
from worker.extraction.settling import OPENING, diplomacy_id, settle_acts
from worker.extraction.talks import find_talks
from worker.extraction.truces import find_truces
from worker.extraction.version import EXTRACTOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import ArticleRef, Scope
    from worker.extraction.context import Context
    from worker.extraction.segment import Sentence
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_DECLARING: Final = frozenset({Act.CEASEFIRE_AGREED, Act.CEASEFIRE_DECLARED})
"""Acts whose own time is the declaration; "took effect" and "was extended" say nothing of when it was declared."""
_SIGNING: Final = frozenset({"sign", "ratify", "conclude", "seal"})
_DECLARED_BY: Final = frozenset({"declare", "announce", "order", "proclaim", "call"})
_ASKED: Final = frozenset({Act.CEASEFIRE_PROPOSED, Act.CEASEFIRE_DEMANDED})
_HISTORY: Final = timedelta(days=30)
_LATELY: Final = timedelta(days=2)
"""How long ago a ceasefire may have been made for its making to be news beside an attack despite it."""
_PEACE: Final = re.compile(r"(?i)\b(?:peace|truce|cease-?fire)\b")
_BESIDE: Final = 4
"""Characters between a sentence and the next one."""


def find_diplomacy(views: Sequence[View], article: ArticleRef, context: Context) -> list[DiplomacyEvent]:
    """All acts about ceasefires and talks that the sentences of one article tell of."""
    cues = context.lexicon.cues
    events: list[DiplomacyEvent] = []
    headed = _PEACE.search(context.title) is not None
    named: DiplomacyEvent | None = None
    before: Sentence | None = None
    helpers: list[Actor] = []
    length: timedelta | None = None
    efforts: list[DiplomacyEvent] = []
    for view in views:
        truces = find_truces(view)
        acts = [act for truce in truces for act in find_acts(view, truce, cues)]
        talks = find_talks(view, article, context, told=headed or named is not None or bool(truces))
        if talks:  # "will visit for talks, in efforts to broker a truce" is one thing, the talks
            acts = [a for a in acts if not (a.sought or _of_efforts(view, a) or _is_agenda(a, talks))]
        read = [(act, e) for act in acts if (e := _event(view, act, article, context)) is not None]
        found = [e for _, e in read]
        efforts.extend(e for act, e in read if act.sought or _is_effort(view, act))
        named = next((e for e in found), named)
        if named is not None:
            echoes = find_echoes(view, truces, cues)
            follows = before is not None and not truces and _follows(view.sentence, before)
            if follows or truces:
                echoes = [*echoes, *find_pronouns(view, cues, after=0 if follows else truces[0].end)]
            told = (_event(view, act, article, context) for act in echoes)
            found.extend(_of_the_same(e, named) for e in told if e is not None)
            if not (found or talks):
                helpers.extend(find_helpers(view, context))
                length = length or find_length(view)
        before = view.sentence if truces else None
        events.extend((*found, *talks))
    talking = {e.conflict for e in events if e.act in _TALKING}
    events = [e for e in events if e.conflict not in talking or e not in efforts]
    return settle_acts(events, named.conflict if named else None, helpers, length)


def _is_effort(view: View, found: TruceAct) -> bool:
    """ "Efforts to reach a truce gained momentum": beside talks they are the talks, no proposal of their own."""
    lemma = view.tree.tokens[found.governor].lemma
    return found.act is Act.CEASEFIRE_PROPOSED and lemma in {"effort", "attempt", "push", "bid", "drive"}


def _to_surrender(view: View, found: TruceAct) -> bool:
    """ "As they refused to lay down their weapons, a gun battle ensued": those who are cornered, not a side at war."""
    verb = view.tree.tokens[found.truce.token].lemma == "lay"
    return found.truce.verb and verb and found.act is Act.CEASEFIRE_REJECTED


_FEAST: Final = timedelta(days=3)
"""How long a holiday goes on at most, after which a truce for it is over."""
_TALKING: Final = frozenset({Act.TALKS_HELD, Act.TALKS_SCHEDULED})


def _of_efforts(view: View, found: TruceAct) -> bool:
    """ "Locked in talks, trying to hammer out a truce": what the talks are for, no proposal."""
    token = view.tree.tokens[found.governor]
    return found.act is Act.CEASEFIRE_PROPOSED and token.pos == "VERB" and token.lemma in _EFFORTS


def _is_agenda(found: TruceAct, talks: Sequence[DiplomacyEvent]) -> bool:
    """ "Met to discuss a truce": what they were to discuss is no second, unsure meeting."""
    unsure = found.assertion.status is Status.HYPOTHETICAL
    return unsure and any(found.act is t.act for t in talks)


_EFFORTS: Final = frozenset("try seek aim attempt work strive struggle scramble race hope".split())


def _of_the_same(echo: DiplomacyEvent, named: DiplomacyEvent) -> DiplomacyEvent:
    """An act on "the proposal" or on "it" is one on what was named before, with its scope."""
    if echo.conflict != named.conflict or echo.scope.domains != (Domain.GENERAL,):
        return echo
    event = replace(echo, scope=named.scope)
    return replace(event, event_id=diplomacy_id(event))


def _follows(sentence: Sentence, before: Sentence) -> bool:
    """Whether a sentence stands right after another."""
    return sentence.field is before.field and 0 <= sentence.start - before.end <= _BESIDE


def _event(view: View, found: TruceAct, article: ArticleRef, context: Context) -> DiplomacyEvent | None:
    tokens = [found.truce.token, *standing_for(view, found.truce), found.governor]
    if found.truce.stopped is not None:
        tokens.append(found.truce.stopped)
    undertaking = found.act in OPENING or found.act is Act.CEASEFIRE_ENDED
    deed = Deed.UNDERTAKING if undertaking else Deed.OTHER
    parties = find_parties(view, tuple(dict.fromkeys(tokens)), found.agents, context, deed)
    parties = _with_speaker(view, found, parties, context)
    act = _settled_act(view, found, parties, context)
    if _is_of_nobody(parties, act, context) or (_to_surrender(view, found) and not parties.agents):
        return None
    if is_quarrel(view, found, parties, context) or (act in _ASKED and of_a_crowd(view, found, parties)):
        return None
    if act in OPENING:
        announcers = find_announcers(view, found.governor, parties.parties, context)
        mediators = {m.id: m for m in (*announcers, *parties.mediators)}
        parties = replace(parties, mediators=tuple(mediators.values()))
    now = context.reference
    when = (
        undated(now)
        if found.to_come
        else act_time(view, found.governor, of_itself=act in OPENING, truce=found.truce.token)
    )
    told_after = before_the_other_clause(view, found.governor) if act is Act.CEASEFIRE_ENDED else None
    if told_after is not None:
        # "struck on Monday morning, hours after it had expired": over before Monday morning
        when = replace(told_after, end=told_after.start + HALF_A_DAY)
    elif (
        act is Act.CEASEFIRE_ENDED
        and when.precision is Precision.UNKNOWN
        and over_before(view, found.governor)
    ):
        when = replace(when, end=when.start + HALF_A_DAY)
    act, status = _of_its_day(view, found, act, when, context.lexicon.cues)
    if act is Act.CEASEFIRE_ENDED and status is Status.ASSERTED and _runs_out_later(view, found, when):
        status = Status.PLANNED
    scope = on_ground(find_scope(view, found.truce, found.governor, context), parties.parties, context)
    begun = act is Act.CEASEFIRE_IN_EFFECT and status is Status.ASSERTED and not _coming(view, found)
    start, end, duration = find_period(view, found.truce, found.governor, when, begun=begun)
    end = end or _feast_over(start, scope)
    if act is Act.CEASEFIRE_IN_EFFECT and status is Status.DENIED and end is not None:
        status, start, end = Status.ASSERTED, end, None  # "does not take effect until Sunday"
    bound, rejecting = _bound(act, parties, mutual=act is Act.CEASEFIRE_AGREED and _takes_two(view, found))
    if act is Act.CEASEFIRE_IN_EFFECT and not parties.agents:
        bound = _declarers(view, found.truce.token, parties, context) or bound
    opening = act in OPENING
    in_passing = when.precision is Precision.UNKNOWN and view.tree.tokens[found.governor].dep in {
        "acl",
        "relcl",
        "amod",
    }
    evidence = Evidence(
        field=view.sentence.field, text=view.sentence.text, start=view.sentence.start, end=view.sentence.end
    )
    event = DiplomacyEvent(
        event_id="",
        conflict=parties.conflict,
        article=article,
        extractor=EXTRACTOR,
        event_time=when,
        assertion=Assertion(status=status, attributed_to=found.assertion.attributed_to),
        confidence=UNRATED,
        evidence=(evidence,),
        codes=diplomacy_codes(
            act,
            by_party=bool(parties.agents) and not parties.mediators,
            mediated=bool(parties.mediators),
            signed="sign" in view.sentence.text.lower(),
        ),
        act=act,
        parties=parties.parties,
        bound=bound,
        rejecting=rejecting,
        speaker=_accusers(view, found, context) if act is Act.VIOLATION_ALLEGED else parties.agents,
        mediators=tuple(
            m
            for m in parties.mediators
            if act in OPENING or m not in parties.agents or act is Act.CEASEFIRE_PROPOSED
        ),
        scope=scope,
        declared_at=when if act in _DECLARING and not in_passing else None,
        effective_from=start if opening else None,
        effective_until=end if opening else None,
        duration=duration,
    )
    return replace(event, event_id=diplomacy_id(event))


def _is_of_nobody(parties: Parties, act: Act, context: Context) -> bool:
    """Whether nothing tells between whom it is."""
    if parties.parties:
        return False
    told = act is not Act.CEASEFIRE_MENTIONED and (parties.agents or context.speaks_of_arms)
    return parties.with_others or (context.main_conflict is None and not told)


def _coming(view: View, found: TruceAct) -> bool:
    """ "Will begin on Monday", "begins on Monday": the coming one, where the day itself is no Monday."""
    return found.to_come or view.tree.tokens[found.governor].tag in {"VBZ", "VBP"}


def _feast_over(start: Interval | None, scope: Scope) -> Interval | None:
    """When a truce for a holiday ends of itself."""
    if start is None or Domain.HOLIDAY not in scope.domains:
        return None
    return Interval(start=start.end, end=start.end + _FEAST, precision=Precision.UNKNOWN)


def _runs_out_later(view: View, found: TruceAct, when: Interval) -> bool:
    """ "The truce expires on Wednesday", told on a Monday: on the coming one."""
    governor = view.tree.tokens[found.governor]
    told = governor.tag in {"VBZ", "VBP"} and governor.lemma in {"expire", "end", "lapse", "run"}
    return told and when.precision is Precision.DAY and when.end.date() <= view.reference.date()


def _of_its_day(view: View, found: TruceAct, act: Act, when: Interval, cues: Cues) -> tuple[Act, Status]:
    """(act, status) of an act with its time: what lies a month back, or counts the days since, makes no ceasefire now."""
    governor, status = found.governor, found.assertion.status
    tree = view.tree
    since = any(tree.tokens[k].lower == "since" for k in tree.kids(governor, "mark")) or (
        tree.tokens[governor].dep == "pobj" and tree.tokens[tree.tokens[governor].head].lower == "since"
    )
    lately = when.precision is not Precision.UNKNOWN and when.end > view.reference - _LATELY
    if act is Act.CEASEFIRE_IN_EFFECT and since and not lately:
        return Act.CEASEFIRE_MENTIONED, status  # "the dead since the truce took effect"
    if act in OPENING and not lately and _looked_back_on(view, governor, cues):
        return Act.CEASEFIRE_MENTIONED, status
    given = tree.tokens[tree.tokens[found.truce.token].head].lower in BACKGROUND
    if act in OPENING and given and when.end <= view.reference - _LATELY:
        return Act.CEASEFIRE_MENTIONED, status  # "despite a truce that began last week"
    if status is not Status.ASSERTED or when.end > view.reference - _HISTORY:
        return act, status
    if act is Act.CEASEFIRE_IN_EFFECT and when.end > view.reference - REMEMBERED:
        return act, status  # "a truce that took hold last July"
    if act in OPENING or act in _ASKED:
        forgotten = when.end <= view.reference - REMEMBERED  # "signed in 1994": nobody is held to it now
        return Act.CEASEFIRE_MENTIONED, Status.HISTORICAL if forgotten else status
    return act, Status.HISTORICAL if act is not Act.CEASEFIRE_MENTIONED else status


def _looked_back_on(view: View, governor: int, cues: Cues) -> bool:
    """ "The only ship to pass since the signing of the deal": its making is what something else is counted from."""
    tree = view.tree
    token = tree.tokens[governor]
    preposition = tree.tokens[token.head]
    # "hours after the announcement" tells of it
    measured = tree.kids(preposition.i, "npadvmod") or tree.tokens[preposition.head].dep == "npadvmod"
    counted = preposition.lower in {"since", "after", "following"} and not measured
    return token.lemma in cues.act_nouns["agreed"] and token.dep == "pobj" and counted


def _with_speaker(view: View, found: TruceAct, parties: Parties, context: Context) -> Parties:
    """ "We agreed", said by a party, is that party's act; said by somebody else, he mediates and both are bound."""
    tree = view.tree
    if not any(tree.tokens[i].lower == "we" for i in found.agents):
        return parties
    speakers = _sayers(view, found, context.lexicon.cues.assertion["say"], context)
    sides = {p.side for p in parties.parties}
    if any(s.side in sides for s in speakers):
        return replace(parties, agents=speakers)
    return replace(parties, agents=(), mediators=parties.mediators or speakers)


def _accusers(view: View, found: TruceAct, context: Context) -> tuple[Actor, ...]:
    """Who alleges a violation; nobody where the text itself tells of it."""
    words = context.lexicon.cues.assertion
    return _sayers(view, found, words["say"] | words["claim"], context)


def _sayers(view: View, found: TruceAct, words: frozenset[str], context: Context) -> tuple[Actor, ...]:
    """Who says what the act stands under."""
    return tuple(a for i in told_by(view, found.governor, words) for a in actors_of(view, i, context))


def _settled_act(view: View, found: TruceAct, parties: Parties, context: Context) -> Act:
    """The act with its agents taken into account: one side announcing alone declares, a mediator announces what is agreed.

    One side alone that agrees to a *proposal* has no ceasefire yet: the other may still refuse it.
    """
    act = found.act
    if act in {Act.CEASEFIRE_ENDED, Act.CEASEFIRE_REJECTED} and _laid_to_others(
        view, found, parties, context
    ):
        return Act.VIOLATION_ALLEGED
    # "accepted a proposal by Angola for a truce": the parser may hang the truce on the verb
    over = (*view.tree.ancestors(found.truce.token), *view.tree.objects(found.governor))
    above = {view.tree.tokens[a].lemma for a in over} | _of_drafts(view, found)
    if act is Act.CEASEFIRE_AGREED and len({a.side for a in parties.agents}) == 1:
        if above & PROPOSALS and not above & _SIGNING:
            return Act.CEASEFIRE_PROPOSED
        if view.tree.tokens[found.governor].lemma in _DECLARED_BY and "acceptance" not in above:
            act = Act.CEASEFIRE_DECLARED  # "ordered his troops to hold fire"
    if act is Act.CEASEFIRE_DECLARED:
        sides = {p.side for p in parties.parties}
        acting = {a.side for a in parties.agents} & sides
        if not acting and view.tree.tokens[found.governor].lemma in {"promise", "pledge"}:
            return Act.CEASEFIRE_PROPOSED  # others can promise none
        of_two = {view.tree.tokens[a].lemma for a in standing_for(view, found.truce)} & _DEALS
        between = view.tree.prep_objects(found.truce.token, "between")
        if len(acting) != 1 or of_two or between:  # "announced a ceasefire deal", "a truce between X and Y"
            return Act.CEASEFIRE_AGREED
    if act in _ASKED and parties.agents:
        told = [
            k for k in view.tree.kids(found.governor, "dobj", "dative") if view.tree.tokens[k].lemma in FORCES
        ]
        own = {a.side for t in told for a in actors_of(view, t, context)}
        if own and own == {a.side for a in parties.agents}:
            return Act.CEASEFIRE_DECLARED  # a leader who tells his fighters to cease fire
        by_party = {a.side for a in parties.agents} & {p.side for p in parties.parties}
        return act if not by_party else Act.CEASEFIRE_PROPOSED
    return act


def _of_drafts(view: View, found: TruceAct) -> set[str]:
    """ "Accepted a draft agreement": a proposal still."""
    tree = view.tree
    nouns = (found.truce.token, *standing_for(view, found.truce))
    return {tree.tokens[k].lemma for n in nouns for k in tree.kids(n, "amod", "compound")} & {"draft"}


def _laid_to_others(view: View, found: TruceAct, parties: Parties, context: Context) -> bool:
    """ "Hamas said Israel had overturned the truce": one side's word for what the other did to it."""
    if view.tree.tokens[found.governor].lemma not in WRECKING or not parties.agents:
        return False
    doing = {a.side for a in parties.agents}
    said = {a.side for a in _accusers(view, found, context)}
    return bool(said & {p.side for p in parties.parties}) and not said & doing


def _declarers(view: View, truce: int, parties: Parties, context: Context) -> tuple[Actor, ...]:
    """ "The truce that Putin had declared took effect", "Putin's truce": it binds who declared it."""
    tree = view.tree
    ids = {p.id for p in parties.parties}
    tokens = [
        s
        for k in tree.kids(truce, "relcl", "acl")
        if tree.tokens[k].lemma in _DECLARED_BY
        for s in tree.kids(k, "nsubj")
    ]
    tokens += [
        b
        for k in tree.kids(truce, "acl")
        if tree.tokens[k].lemma in _DECLARED_BY
        for b in tree.prep_objects(k, "by")
    ]
    tokens += tree.kids(truce, "poss")
    found = tuple(a for t in tokens for a in actors_of(view, t, context) if a.id in ids)
    return found if len(found) == 1 else ()


def _takes_two(view: View, found: TruceAct) -> bool:
    """ "Signed a truce with the army", "announced a ceasefire deal": done with the other, whoever tells of it."""
    governor = view.tree.tokens[found.governor]
    accepted = any(view.tree.tokens[a].lemma == "acceptance" for a in view.tree.ancestors(found.truce.token))
    if accepted or governor.dep in {"relcl", "acl"}:
        return False  # "the truce that it signed": what the accused undertook
    return governor.lemma in _SIGNING | _REACHING | _DECLARED_BY


_REACHING: Final = frozenset({"reach", "strike", "clinch", "negotiate"})
_DEALS: Final = frozenset({"agreement", "deal", "accord", "pact", "treaty", "understanding"})


def _bound(act: Act, parties: Parties, *, mutual: bool) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who has undertaken it, and who has refused it."""
    ids = {p.id for p in parties.parties}
    acting = tuple(a for a in parties.agents if a.id in ids)
    if act is Act.CEASEFIRE_REJECTED:
        return (), acting
    if act not in OPENING:
        return (), ()
    if act in {Act.CEASEFIRE_IN_EFFECT, Act.CEASEFIRE_EXTENDED}:
        named = tuple(p for p in parties.parties if not p.inferred)
        both = len({p.side for p in named}) > 1  # "the ceasefire between Israel and Hamas"
        return acting or (named if both else ()), ()
    if mutual:
        return parties.parties, ()
    return acting or parties.parties, ()
