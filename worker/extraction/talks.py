"""Talks about ending or pausing a conflict: scheduled, held, suspended."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.event import Act, Assertion, DiplomacyEvent, Evidence, Interval, Precision, Status
from worker.extraction.actors import actors_of
from worker.extraction.assertion import MODALS
from worker.extraction.bids import BIDS, bid_for_talks, bid_to_negotiate, parties_of_bid
from worker.extraction.codes import diplomacy_codes
from worker.extraction.confidence import UNRATED
from worker.extraction.dates import undated
from worker.extraction.parties import Deed, Parties, find_parties
from worker.extraction.places import find_places
from worker.extraction.sayers import told_by
from worker.extraction.standing import stands
from worker.extraction.talkwords import (
    DELEGATES,
    PEACE,
    act_of_meeting,
    act_of_talks,
    acts_after,
    goes_on_in,
    is_talk,
    of_peace,
    said_to_come,
    sent_for,
    sits_down,
    who_meets,
    will_speak,
)
from worker.extraction.timing import early_in_the_war, of_old
from worker.extraction.truces import find_truces
from worker.extraction.version import EXTRACTOR

if TYPE_CHECKING:
    from worker.event import Actor, ArticleRef
    from worker.extraction.context import Context
    from worker.extraction.view import View

_BETWEEN_THEM: Final = frozenset({"mediate", "shuttle"})
"""What is done between those who talk, who are named by it."""
_OPEN_STATES: Final = frozenset({Status.ASSERTED, Status.CLAIMED, Status.PLANNED})


@dataclass(frozen=True, slots=True)
class _Talks:
    """Talks in a sentence: the word for them, the word that decides the act, how they stand and who talks."""

    token: int
    governor: int
    act: Act
    status: Status
    parties: Parties


def find_talks(
    view: View, article: ArticleRef, context: Context, *, told: bool = False
) -> list[DiplomacyEvent]:
    """Talks that one sentence tells of, one event per act. `told`: the article has named a ceasefire by now."""
    events: dict[Act, DiplomacyEvent] = {}
    for token in view.tree.tokens:
        for act, governor in _acts_of(view, token.i, context, told=told):
            if act in events:
                continue
            status = Status.ASSERTED if act in BIDS else _status(view, governor, act, context)
            if (
                status is None
                or early_in_the_war(view)
                or (act is not Act.TALKS_SCHEDULED and of_old(view, context))
            ):
                continue
            found = _Talks(token.i, governor, act, status, _parties(view, token.i, governor, act, context))
            if _about_peace(view, found, context, told=told):
                events[act] = _event(view, found, article, context)
    return list(events.values())


def _acts_of(view: View, i: int, context: Context, *, told: bool) -> list[tuple[Act, int]]:
    """What is done with talks, where a word means some, and the words that decide it."""
    token = view.tree.tokens[i]
    if is_talk(view, i) or (told and goes_on_in(view, i)):
        if (bid := bid_for_talks(view, i, context.lexicon.cues)) is not None:
            return [bid]
        act, governor = act_of_talks(view, i)
        later = acts_after(view, governor) if governor in view.tree.ancestors(i) else []
        return [(act, governor), *later] if act is not None else later
    if token.lemma == "negotiate" and (bid := bid_to_negotiate(view, i)) is not None:
        return [bid]
    if token.pos != "VERB" or not _is_meeting(view, i):
        return []
    act = act_of_meeting(view, i)
    return [(act, i)] if act is not None else []


def _is_meeting(view: View, i: int) -> bool:
    """ "Met", "negotiate", "will sit down", "mediates between them"."""
    lemma = view.tree.tokens[i].lemma
    between = lemma in _BETWEEN_THEM and bool(view.tree.prep_objects(i, "between"))
    return between or lemma in {"meet", "negotiate"} or sits_down(view, i) or will_speak(view, i)


def _status(view: View, governor: int, act: Act, context: Context) -> Status | None:
    """How the talks stand; None where they are only wished for, possible or denied."""
    tree = view.tree
    if said_to_come(view, governor):
        return Status.ASSERTED if act is Act.TALKS_SCHEDULED else None
    if (
        tree.tokens[governor].pos in {"VERB", "AUX"}
        and {tree.tokens[k].lower for k in tree.kids(governor, "aux")} & MODALS
    ):
        announced = (
            tree.tokens[governor].dep == "ccomp" and tree.tokens[tree.tokens[governor].head].tag == "VBD"
        )
        leaving = act is Act.TALKS_SUSPENDED and announced  # "said it would withdraw from the talks"
        return Status.ASSERTED if leaving else None
    if _only_wished(view, governor):
        return None
    if act is Act.TALKS_SUSPENDED and tree.tokens[governor].pos == "NOUN" and tree.kids(governor, "poss"):
        return Status.ASSERTED  # "its pause on the talks does not mean …"
    status = stands(view, sent_for(view, governor), "talks", context.lexicon.cues).status
    if status not in _OPEN_STATES:
        return None
    if status is Status.PLANNED and act is Act.TALKS_HELD:
        return None
    return Status.ASSERTED if status is Status.PLANNED else status


def _only_wished(view: View, governor: int) -> bool:
    """ "Does not plan to enter talks", "is willing to hold them"."""
    tree, at = view.tree, governor
    while tree.tokens[at].dep == "xcomp":
        at = tree.tokens[at].head
        if tree.kids(at, "neg") or tree.tokens[at].lemma in _WISHING:
            return True
    return False


_WISHING: Final = frozenset("willing ready prepared open".split())


def _parties(view: View, i: int, governor: int, act: Act, context: Context) -> Parties:
    tree = view.tree
    agents = tuple(
        s
        for s in (
            *tree.subjects(governor),
            *(tree.objects(governor) if tree.tokens[governor].lemma == "meet" else ()),
        )
        if s != i
    )
    about = [t.token for t in find_truces(view)] if will_speak(view, i) else []
    if act in BIDS:
        return parties_of_bid(view, (i, governor), act, agents, context)
    agents = agents or _who_were_there(view, i, context)
    return find_parties(view, tuple(dict.fromkeys((i, governor, *about))), agents, context, Deed.TALKS)


def _who_were_there(view: View, i: int, context: Context) -> tuple[int, ...]:
    """ "Pakistan and Afghanistan agreed to avoid escalation during talks": enemies who do something at talks hold them."""
    tree = view.tree
    preposition = tree.tokens[tree.tokens[i].head]
    if tree.tokens[i].dep != "pobj" or preposition.lower not in {"during", "at", "in", "after", "following"}:
        return ()
    verb = next((a for a in tree.ancestors(preposition.i) if tree.tokens[a].pos == "VERB"), preposition.i)
    doers = tuple(tree.subjects(verb))
    with_whom = tree.prep_objects(i, "with")  # "left the city following talks with the government"
    sides = [a.id for s in (*doers, *with_whom) for a in actors_of(view, s, context)]
    return doers if context.at_war(sides, sides) else ()


def _about_peace(view: View, found: _Talks, context: Context, *, told: bool) -> bool:
    """Whether the talks are about a conflict: they say so, enemies hold them, or a mediator holds them with a side."""
    tree, i, parties = view.tree, found.token, found.parties
    if any(t.lemma in {"anniversary", "commemorate"} for t in tree.tokens):
        return False
    noun = tree.tokens[i].pos != "VERB"
    below = {tree.tokens[k].lemma for k in tree.subtree(i)} | {tree.tokens[k].lower for k in tree.subtree(i)}
    if noun and of_peace(below):
        return True
    if tree.tokens[i].lemma in _BETWEEN_THEM:
        return not all(p.inferred for p in parties.parties) and parties.conflict is not None
    other = _of_another_kind(view, i)
    if told and (noun or who_meets(view, i) & _TABLE) and not other:
        return parties.conflict is not None or context.main_conflict is not None
    if will_speak(view, i):
        relatives = [tree.tokens[s].head for s in tree.subjects(i) if tree.tokens[s].tag == "WP"]
        callers = who_meets(view, i) | {tree.tokens[tree.tokens[r].head].lemma for r in relatives}
        who = bool(parties.agents) or bool(callers & _CALLERS)
        return who and bool(parties.parties) and parties.conflict is not None
    whole = {t.lemma for t in tree.tokens}
    named = bool(whole & PEACE) or ("war" in whole and bool(whole & {"end", "settle", "settlement"}))
    partners = tree.prep_objects(i, "with") if noun or found.act in BIDS else named
    by = {a.id for a in (*parties.agents, *_tellers(view, found.governor, context))} if partners else set()
    asked = tree.objects(found.governor) if found.act in BIDS else []
    by |= {a.id for o in asked for c in tree.conjuncts(o) for a in actors_of(view, c, context)}
    stated = {p.side for p in parties.parties if not p.inferred or p.id in by}
    envoys = not noun and who_meets(view, i) & {"negotiator", "delegation", "delegate", "envoy"}
    if envoys and len(stated) > 1 and parties.conflict is not None and context.main_conflict is not None:
        return True  # negotiators of enemies meet to negotiate
    if len(stated) > 1 and not other and (noun or named or found.act in BIDS):
        return parties.conflict is not None and (context.main_conflict is not None or named)
    main = context.main_conflict
    if parties.conflict is not None and named and (noun or stated):
        return True
    if main is None:
        return False
    principal = {s.id for s in main.sides} & {
        a.id for a in (*parties.parties, *parties.agents) if not a.inferred
    }
    return bool(principal) and ((told and noun and len({m.alias.actor_id for m in view.actors}) > 1) or named)


def _tellers(view: View, governor: int, context: Context) -> tuple[Actor, ...]:
    """ "Russia said that talks with Ukraine would resume": whose talks they are."""
    tellers = told_by(view, governor, context.lexicon.cues.assertion["say"])
    return tuple(a for t in tellers for a in actors_of(view, t, context))


def _of_another_kind(view: View, i: int) -> bool:
    tree = view.tree
    # "with the government": with whom, not about what
    partners = {
        k
        for p in tree.kids(i, "prep")
        if tree.tokens[p].lower in {"with", "between"}
        for k in tree.subtree(p)
    }
    words = {tree.tokens[k].lemma for k in tree.subtree(i) if k not in partners}
    return bool(words & _OTHER_KINDS)


_TABLE: Final = DELEGATES | {"official", "commander", "country", "neighbour", "neighbor", "rival", "foe"}
"""Who meets, where a ceasefire has been told of, to talk about it: "the two sides", "delegates", "local commanders"."""
_CALLERS: Final = DELEGATES | frozenset("chief officer commander general minister leader president".split())
"""Who talks to an enemy by phone."""
_OTHER_KINDS: Final = frozenset(
    "trade coalition tariff tax budget wage pay merger climate nuclear gas oil grain business security "
    "economic investment loan debt parliament government election unity flight visa fishery dam".split()
)
"""What talks are about that are no talks about a war."""


def _event(view: View, found: _Talks, article: ArticleRef, context: Context) -> DiplomacyEvent:
    tree, parties, act = view.tree, found.parties, found.act
    where = find_places(
        view, [o for at in (found.governor, found.token) for o in tree.prep_objects(at, "in", "at")], context
    )
    sentence = view.sentence
    stated = tuple(p for p in parties.parties if not p.inferred)
    at_table = stated if len(stated) > 1 else parties.parties
    event = DiplomacyEvent(
        event_id="",
        conflict=_conflict(at_table, parties, context),
        article=article,
        extractor=EXTRACTOR,
        event_time=_when(view, found, context),
        assertion=Assertion(
            status=found.status,
            attributed_to=stands(view, found.governor, "talks", context.lexicon.cues).attributed_to,
        ),
        confidence=UNRATED,
        evidence=(
            Evidence(field=sentence.field, text=sentence.text, start=sentence.start, end=sentence.end),
        ),
        codes=diplomacy_codes(act, by_party=False, mediated=bool(parties.mediators), signed=False),
        act=act,
        parties=at_table,
        speaker=parties.agents,
        mediators=tuple(m for m in parties.mediators if m.id not in {p.id for p in at_table}),
        venue=", ".join(dict.fromkeys(p.text for p in where)) or None,
    )
    parts = (
        article.id,
        "talks",
        sentence.field,
        str(sentence.start),
        act,
        ",".join(p.id for p in event.parties),
    )
    return replace(
        event,
        event_id=hashlib.blake2b(
            "\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=12
        ).hexdigest(),
    )


def _conflict(at_table: tuple[Actor, ...], parties: Parties, context: Context) -> str | None:
    """The conflict of those who talk; a mediator's talks with one side belong to that side's conflict."""
    for one in at_table:
        for other in at_table:
            known = context.lexicon.conflict_between(one.id, other.id, context.on)
            if known is not None:
                return known.id
    main = context.main_conflict
    if main is not None and (not at_table or any(main.side_of(p.id) for p in at_table)):
        return main.id
    return parties.conflict


def _when(view: View, found: _Talks, context: Context) -> Interval:
    """Talks to come take the coming reading of a day ("on Sunday"); talks held the past one. Their own verb's day is first."""
    now, tree = context.reference, view.tree
    later = {k for c in tree.kids(found.governor, "conj") for k in tree.subtree(c)}
    own = set(tree.subtree(found.governor)) - later
    for mention in sorted(view.times, key=lambda m: tree.at(m.start) not in own):
        interval = mention.interval
        if found.act is Act.TALKS_SCHEDULED:
            if interval.end > now:
                return interval
            if mention.alternative is not None:
                return mention.alternative
        elif interval.start < now:
            return interval
    if found.act is Act.TALKS_SCHEDULED:
        return Interval(start=now, end=now + timedelta(days=30), precision=Precision.UNKNOWN)
    return undated(now)
