"""Talks about ending or pausing a conflict: scheduled, held, suspended."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.event import Act, Assertion, DiplomacyEvent, Evidence, Interval, Precision, Status
from worker.extraction.codes import diplomacy_codes
from worker.extraction.confidence import UNRATED
from worker.extraction.dates import undated
from worker.extraction.parties import Deed, Parties, find_parties
from worker.extraction.places import find_places
from worker.extraction.standing import stands
from worker.extraction.version import EXTRACTOR

if TYPE_CHECKING:
    from worker.event import Actor, ArticleRef
    from worker.extraction.context import Context
    from worker.extraction.view import View

_NOUNS: Final = frozenset({"negotiation", "consultation", "dialogue"})
_GATHERINGS: Final = frozenset({"summit", "conference", "meeting"})
"""Talks only where they are called so: "peace summit", "a meeting to discuss the truce"."""
_PARTS: Final = frozenset("round day session series resumption start opening".split())
_STOPS: Final = frozenset("suspension collapse breakdown end failure cancellation".split())
_PEACE: Final = frozenset(
    "peace ceasefire cease-fire truce armistice hostilities ceasefires hostility pause cease".split()
)
_HELD: Final = frozenset(
    "hold conduct have meet conclude begin start end continue resume take open host convene reconvene restart relaunch revive underway conduct lead join attend enter complete finish progress proceed".split()
)
_GOING_ON: Final = frozenset({"continue", "hold", "resume", "conduct"})
_HOSTING: Final = frozenset("host hold mediate broker lead sponsor convene".split())
_SCHEDULED: Final = frozenset(
    "schedule plan agree set expect invite arrange slate return announce prepare".split()
)
_SUSPENDED: Final = frozenset(
    "suspend halt break collapse fail walk cancel postpone stall pause abandon withdraw quit leave freeze scrap falter end boycott".split()
)
_COMING: Final = frozenset({"will", "shall", "'ll"})
_UNREAL: Final = frozenset("would could might may should can must".split())
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
    """Talks that one sentence tells of. `told` says that the article has named a ceasefire before."""
    for token in view.tree.tokens:
        noun = _is_talk(view, token.i)
        if noun:
            act, governor = _act_of_noun(view, token.i)
        elif token.pos == "VERB" and token.lemma in {"meet", "negotiate"}:
            act, governor = _act_of_verb(view, token.i), token.i
        else:
            continue
        if act is None:
            continue
        status = _status(view, governor, act, context)
        if status is None:
            continue
        found = _Talks(token.i, governor, act, status, _parties(view, token.i, governor, context))
        if _about_peace(view, found, context, told=told):
            return [_event(view, found, article, context)]
    return []


def _is_talk(view: View, i: int) -> bool:
    token = view.tree.tokens[i]
    if token.pos not in {"NOUN", "PROPN"}:  # a noun by its place, whatever the tagger says
        return token.lower == "talks" and token.dep in {"nsubj", "nsubjpass", "dobj", "pobj"}
    if token.lemma in _GATHERINGS:
        below = [i, *view.tree.prep_objects(i, "with")]
        return any(
            view.tree.tokens[k].lemma in _PEACE
            for at in below
            for k in view.tree.kids(at, "compound", "amod", "nmod")
        )
    return token.lemma in _NOUNS or token.lower == "talks"


def _act_of_noun(view: View, i: int) -> tuple[Act | None, int]:
    """(act, the word that decides it) of talks, by what governs them."""
    tree = view.tree
    token = tree.tokens[i]
    while (
        token.dep == "pobj"
        and tree.tokens[tree.tokens[token.head].head].lemma in _PARTS | _STOPS
        and tree.tokens[token.head].lower in {"of", "to", "in"}
    ):
        token = tree.tokens[tree.tokens[token.head].head]
        if token.lemma in _STOPS:
            return Act.TALKS_SUSPENDED, token.i
    if token.dep in {"nsubj", "nsubjpass", "dobj", "conj"}:
        verb = tree.tokens[tree.tokens[tree.first_conjunct(token.i)].head]
        going_on = [k for k in tree.kids(token.i, "amod") if tree.tokens[k].lemma in _GOING_ON]
        if going_on and tree.tokens[going_on[0]].tag == "VBG" and tree.kids(verb.i, "ccomp") == []:
            return Act.TALKS_HELD, going_on[0]  # "are continuing ceasefire talks", read as an adjective
        return _by_verb(view, verb.i, subject=token.dep == "nsubj"), verb.i
    hosted = next((k for k in tree.kids(token.i, "acl") if tree.tokens[k].lemma in _HOSTING), None)
    if hosted is not None and tree.tokens[hosted].tag == "VBN":
        return Act.TALKS_HELD, hosted
    return _by_preposition(view, token.i) if token.dep == "pobj" else (None, i)


def _by_preposition(view: View, i: int) -> tuple[Act | None, int]:
    """(act, the word that decides it) of talks after a preposition: "walked out of the talks", "will visit for talks"."""
    tree = view.tree
    token = tree.tokens[i]
    above = tree.tokens[tree.tokens[token.head].head]
    if above.pos == "ADP":  # "walked out of the talks"
        above = tree.tokens[above.head]
    preposition = tree.tokens[token.head].lower
    told = tree.prep_objects(token.i, "with", "between") or any(m.relation == "mediator" for m in view.actors)
    if preposition in {"after", "following", "before"} and told:
        return (Act.TALKS_SCHEDULED if preposition == "before" else Act.TALKS_HELD), token.i
    if above.lemma in {"withdraw", "walk", "pull"} and preposition in {"from", "of"}:
        return Act.TALKS_SUSPENDED, above.i
    if (
        above.pos in {"VERB", "AUX"}
        and preposition in {"for", "in", "to", "at"}
        and above.lemma
        in {
            "agree",
            "return",
            "meet",
            "visit",
            "travel",
            "invite",
            "go",
            "arrive",
            "gather",
            "fly",
            "attend",
            "engage",
            "sit",
            "take",
            "head",
            "be",
            "send",
        }
    ):
        scheduled = above.lemma in {"agree", "invite", "return"} or _to_come(view, above.i)
        return (Act.TALKS_SCHEDULED if scheduled else Act.TALKS_HELD), above.i
    return None, i


def _by_verb(view: View, verb: int, *, subject: bool) -> Act | None:
    tree = view.tree
    lemma = tree.tokens[verb].lemma
    words = {tree.tokens[k].lower for k in tree.kids(verb, "prt", "advmod", "prep", "acomp")}
    if (
        lemma in _SUSPENDED
        and (lemma != "end" or not subject)
        and (lemma != "break" or words & {"down", "off", "up"})
    ):
        return Act.TALKS_SUSPENDED
    if (lemma == "call" and "off" in words) or (lemma == "be" and "over" in words):
        return Act.TALKS_SUSPENDED
    if lemma in _SCHEDULED and not (subject and lemma != "expect"):
        return Act.TALKS_SCHEDULED
    if lemma in _HELD or (lemma == "be" and words & {"underway", "ongoing", "due"}):
        return Act.TALKS_SCHEDULED if _to_come(view, verb) or "due" in words else Act.TALKS_HELD
    return None


def _act_of_verb(view: View, i: int) -> Act | None:
    """ "X met Y", "X and Y are negotiating", "agreed to negotiate"."""
    tree = view.tree
    if not tree.subjects(i):
        return None
    if _to_come(view, i):
        return Act.TALKS_SCHEDULED
    token = tree.tokens[i]
    if token.lemma == "negotiate" and not (token.tag in {"VBG", "VBP"} and not tree.objects(i)):
        return None
    return Act.TALKS_HELD if token.tag in {"VBD", "VBZ", "VBP", "VBG"} else None


def _to_come(view: View, i: int) -> bool:
    """Whether a verb tells of what will be: "will resume", "is to begin", "plans to hold", "agreed to meet"."""
    tree = view.tree
    auxiliaries = {tree.tokens[k].lower for k in tree.kids(i, "aux")}
    if auxiliaries & _COMING:
        return True
    head = tree.tokens[tree.tokens[i].head]
    if "to" in auxiliaries:
        return head.lemma in _SCHEDULED | {"be", "due", "intend", "ready"} and tree.tokens[i].dep in {
            "xcomp",
            "ccomp",
            "ROOT",
            "advcl",
        }
    return False


def _status(view: View, governor: int, act: Act, context: Context) -> Status | None:
    """How the talks stand; None where they are only wished for, possible or denied."""
    tree = view.tree
    if (
        tree.tokens[governor].pos in {"VERB", "AUX"}
        and {tree.tokens[k].lower for k in tree.kids(governor, "aux")} & _UNREAL
    ):
        return None
    status = stands(view, governor, "talks", context.lexicon.cues).status
    if status not in _OPEN_STATES:
        return None
    if status is Status.PLANNED and act is not Act.TALKS_SCHEDULED:
        return None
    return Status.ASSERTED if status is Status.PLANNED else status


def _parties(view: View, i: int, governor: int, context: Context) -> Parties:
    tree = view.tree
    agents = tuple(
        s
        for s in (
            *tree.subjects(governor),
            *(tree.objects(governor) if tree.tokens[governor].lemma == "meet" else ()),
        )
        if s != i
    )
    return find_parties(view, tuple(dict.fromkeys((i, governor))), agents, context, Deed.TALKS)


def _about_peace(view: View, found: _Talks, context: Context, *, told: bool) -> bool:
    """Whether the talks are about a conflict: they say so, enemies hold them, or a mediator holds them with a side."""
    tree, i, parties = view.tree, found.token, found.parties
    if any(t.lemma in {"anniversary", "commemorate"} for t in tree.tokens):
        return False
    noun = tree.tokens[i].pos != "VERB"
    below = {tree.tokens[k].lemma for k in tree.subtree(i)} | {tree.tokens[k].lower for k in tree.subtree(i)}
    if noun and (below & _PEACE or ({"end"} & below and {"war", "conflict", "fighting", "violence"} & below)):
        return True
    stated = {p.side for p in parties.parties if not p.inferred}
    whole = {t.lemma for t in tree.tokens}
    if len(stated) > 1 and (noun or whole & _PEACE or {"end", "war"} <= whole):
        return parties.conflict is not None and (context.main_conflict is not None or bool(whole & _PEACE))
    main = context.main_conflict
    if parties.conflict is not None and whole & _PEACE and (noun or stated):
        return True
    if main is None:
        return False
    principal = {s.id for s in main.sides} & {
        a.id for a in (*parties.parties, *parties.agents) if not a.inferred
    }
    return bool(principal) and (
        (told and noun and len({m.alias.actor_id for m in view.actors}) > 1) or bool(whole & _PEACE)
    )


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
        event_time=_when(view, act, context),
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
    return undated(now)
