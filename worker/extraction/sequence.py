"""The order of a strike and a ceasefire that other sentences tell of: by what follows, by dates, by what still stands.

"The truce began on Friday. Hours later shells fell" has the order in its words; "a truce was agreed last November"
in a date; "under the truce, troops have pulled back" in that it is in force on the day that is told of.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.event import HAPPENED, Act, CeasefireRelation, Order, Precision, Status
from worker.extraction.settling import OPENING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worker.article import TextField
    from worker.event import DiplomacyEvent, Evidence, StrikeEvent
    from worker.extraction.view import View

_REACH: Final = 3
"""Sentences after the one that opens a ceasefire in which "hours later" counts from it."""
REMEMBERED: Final = timedelta(days=540)
"""A ceasefire that is only recalled is the one in force for about so long; "the 2015 agreement" seldom is."""
_NEWS: Final = timedelta(days=8)
"""How far back an attack may lie that is told as news beside a ceasefire in force."""
_AFTERWARDS: Final = re.compile(
    r"(?i)\b(?:(?:just |only |barely |mere )?(?:seconds|minutes|moments|hours|days|weeks|an hour|a day|a week|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:minutes|hours|days|weeks)) (?:later|afterwards?)"
    r"|(?:soon|shortly|not long) after(?:wards?)?(?=,| )|since then|ha(?:s|ve) since\b"
    r"|within (?:minutes|hours|a day|days)(?: of (?:it|its start|the start|that|taking effect))?(?=,|\.| )"
    r"|by (?:the )?(?:next|following|\w+day|early|late)? ?(?:morning|midday|noon|afternoon|evening|nightfall|dawn)\b"
    r"|(?:the )?(?:next|following) (?:day|morning|night)\b|after (?:it|the truce|the ceasefire) (?:began|took effect|started)"
    r"|(?:minutes|hours|days|soon|shortly) after (?:the|that|this) (?:announcement|deal|agreement|accord|signing)\b)"
)
_DESPITE_IT: Final = re.compile(
    r"(?i)\b(?:despite|notwithstanding|in spite of|in (?:breach|violation|defiance) of) (?:the|that|this) "
    r"(?:deal|agreement|accord|arrangement|pact|understanding|announcement|reprieve|respite)\b"
)
"""What is done all the same, where "the deal" is a ceasefire that was just told of."""
_GOING_ON: Final = re.compile(
    r"(?i)\b(?:continu(?:ed|es?|ing)|persist(?:ed|s)?|went on|kept (?:up|on|firing|shelling|bombing|attacking)"
    r"|resum(?:ed|es)|(?:were|was|are|is) still\b|(?:did|had|has|have) not (?:stop|cease|let up|end)(?:ped|d|ed)?|carried on|pressed on|raged on)"
)
_BUT_GOING_ON: Final = re.compile(
    r"(?i)\b(?:but|though|although|yet|even as)\b[^.;]*?" + _GOING_ON.pattern.removeprefix("(?i)")
)
_BEFOREHAND: Final = re.compile(
    r"(?i)\b(?:earlier|before (?:it|the|that|midnight|announcing)|minutes before|hours before|prior to|until (?:then|midnight)|"
    r"ahead of|in the run-up|on the eve|leading up|in the meantime)\b"
    r"|\b(?:extend|prolong|renew)\w*\b[^.;]*?\bafter (?:the |their )?(?:[\w-]+ ){0,4}(?:clashes|fighting|hostilities|violence)\b"
)
_BEFORE_IT_BEGAN: Final = re.compile(
    r"(?i)\b(?:seconds|minutes|moments|hours|days|shortly|just) before (?:it|that|the (?:truce|cease-?fire|deal|lull)) "
    r"(?:began|started|took effect|(?:came|went|entered) into|was (?:to|due|set|announced|agreed|signed))\b"
)
"""What is told by itself of an attack before the ceasefire of the sentence before."""
_BEFORE_IT_WAS_MADE: Final = re.compile(
    r"(?i)\b(?:minutes|moments|hours|days|a day|the day|shortly|just) before the (?:announcement|deal|agreement|accord|signing)\b"
)
"""The same of a ceasefire that the article tells to have been made."""
OF_THE_WAR: Final = re.compile(
    r"(?i)\b(?:(?:in|during|over|after) (?:[\w-]+ ){0,4}(?:hours|days|nights|weeks|months|years) of (?:[\w-]+ ){0,2}?"
    r"(?:war|fighting|conflict|bombardment|(?:air ?)?strikes|attacks|raids|shelling|clashes|bombing|battles|hostilities|violence)"
    r"|since the (?:war|conflict|fighting|offensive) (?:began|started|erupted|broke out)"
    r"|(?:war|conflict|fighting|violence|crisis)\b[^.;]{0,60}?\b(?:erupted|began|broke out|started|triggered|sparked|set off))\b"
)
"""How a war began and what it has cost: told beside a ceasefire, but no attack under it."""
_TRUCE: Final = r"(?:cease-?fire|truce|armistice|cessation of hostilities|lull|pause)"
_IN_FORCE: Final = re.compile(
    r"(?i)\b(?:under (?:the|a|its|that|this|their)\b[^.;]{0,60}?\b" + _TRUCE + r"\b"
    r"|(?:the|a|this|that|their|its) (?:[\w-]+ ){0,4}" + _TRUCE + r"(?: (?:agreement|deal|accord))?"
    r"(?: (?:with|between|in) [^.;,]{1,50}?)?(?:,[^,.;]{3,80},)? (?:has|have) (?:\w+ly |so far |mostly )?"
    r"(?:held|halted|stopped|paused|ended|quieted|calmed|reduced|eased|brought|silenced|lowered|curbed|allowed|been in)"
    r"|(?:fragile|shaky|tenuous|uneasy|brittle|delicate|nominal|precarious|tattered|strained|months?-old|weeks?-old|"
    r"days?-old|year-old|(?:year|month|week|day)s?-long|ongoing|current|existing) (?:[\w.-]+ ){0,3}"
    + _TRUCE
    + r"\b"
    r"|(?:has|have) had an? (?:[\w-]+ ){0,4}" + _TRUCE + r"\b[^.;]{0,60}\bsince\b"
    r"|"
    + _TRUCE
    + r"(?: (?:agreement|deal|accord))? (?:that|which) (?:(?:has|have) (?:\w+ )?held|(?:is|are) (?:\w+ )?(?:holding|in (?:force|effect|place)))\b"
    r"|since (?:the|a) (?:[\w.-]+ ){0,3}"
    + _TRUCE
    + r"(?: (?:agreement|deal|accord))? (?:began|started|took|came|went|was)"
    r"|"
    + _TRUCE
    + r"\b[^.;,]{0,40} since it (?:began|started|took effect|came into (?:force|effect)|went into effect)"
    r"|the "
    + _TRUCE
    + r"(?: (?:agreement|deal|accord))? (?:remains|remained|is|was) (?:fragile|shaky|tenuous|precarious)"
    r"|" + _TRUCE + r"(?: (?:agreement|deal|accord))?(?: (?:with|between|in) [^.;,]{1,50}?)?"
    r" (?:(?:is|was|remains|remained) (?:still )?(?:in (?:force|effect|place)|holding)|"
    r"(?:still )?holds|enter(?:s|ed) (?:its|the|a) [\w-]+ (?:day|week|month)\b))"
    r"(?! (?:talks|proposal|plan|negotiations|offer|efforts?|bid))"
)
"""What is said of a ceasefire that is in force while the text is written."""
_DOUBTS: Final = frozenset(
    {
        Act.CEASEFIRE_ENDED,
        Act.CEASEFIRE_PROPOSED,
        Act.CEASEFIRE_DEMANDED,
        Act.CEASEFIRE_REJECTED,
        Act.TALKS_SUSPENDED,
    }
)
"""Acts beside which a bare mention of a ceasefire may mean one that is over, or one that is to be."""


_LATER_ON: Final = re.compile(
    r"(?i)\b"
    + _TRUCE
    + r"\b[^.]*?(?:;|, (?:and|yet|while|with)\b|\bbut\b|\bonly for\b)(?:(?!\b"
    + _TRUCE
    + r"\b)[^.;])*?"
    r"\b((?:minutes|hours|a day|days) (?:later|afterwards?))\b|\bno sooner had\b[^.;]*?\b"
    + _TRUCE
    + r"\b[^.;]*?\b(than)\b"
)
"""A second clause that comes after the ceasefire of the first: "the truce begins at dawn; shells fall hours later"."""


def with_sequence(
    strikes: Sequence[StrikeEvent], diplomacy: Sequence[DiplomacyEvent], views: Sequence[View]
) -> list[StrikeEvent]:
    """Give strikes without an order the one that they have to the ceasefire of their conflict by what is told around them."""
    order = {(v.sentence.field, v.sentence.start): n for n, v in enumerate(views)}
    acts: dict[str, list[DiplomacyEvent]] = {}
    for event in diplomacy:
        if event.conflict is not None:
            acts.setdefault(event.conflict, []).append(event)
    return [
        _ordered(strike, acts[strike.conflict], order)
        if strike.ceasefire_relation is None
        and strike.assertion.status in HAPPENED
        and strike.conflict in acts
        else strike
        for strike in strikes
    ]


def _ordered(
    strike: StrikeEvent, acts: Sequence[DiplomacyEvent], order: Mapping[tuple[TextField, int], int]
) -> StrikeEvent:
    over = any(a.act is Act.CEASEFIRE_ENDED and a.assertion.status in HAPPENED for a in acts)
    made = any(a.act in OPENING and a.assertion.status in HAPPENED for a in acts)
    for pattern in () if over else (_BEFORE_IT_BEGAN, *([_BEFORE_IT_WAS_MADE] if made else [])):
        for evidence in strike.evidence:
            if (match := pattern.search(evidence.text)) is not None:
                return replace(strike, ceasefire_relation=_said(evidence, match, Order.BEFORE))
    beforehand = any(_BEFOREHAND.search(e.text) for e in strike.evidence)
    if over or beforehand or all(OF_THE_WAR.search(e.text) for e in strike.evidence):
        return strike
    relation = _following(strike, acts, order) or _dated(strike, acts) or _standing(strike, acts)
    return strike if relation is None else replace(strike, ceasefire_relation=relation)


def _following(
    strike: StrikeEvent, acts: Sequence[DiplomacyEvent], order: Mapping[tuple[TextField, int], int]
) -> CeasefireRelation | None:
    """ "Hours later", "but shelling continued", in a sentence soon after the one that opens a ceasefire."""
    opened = [
        order[key]
        for a in acts
        if a.act in OPENING and a.assertion.status in HAPPENED
        for e in a.evidence
        if (key := (e.field, e.start)) in order
    ]
    for evidence in strike.evidence:
        at = order.get((evidence.field, evidence.start))
        if at is None:
            continue
        for pattern, said in (
            ((_BUT_GOING_ON, Order.DURING), (_LATER_ON, Order.AFTER)) if at in opened else ()
        ):
            if (match := pattern.search(evidence.text)) is not None:
                return _said(evidence, match, said)
        if any(0 < at - n <= _REACH for n in opened):
            for pattern, said in (
                (_AFTERWARDS, Order.AFTER),
                (_DESPITE_IT, Order.AFTER),
                (_GOING_ON, Order.DURING),
            ):
                if (match := pattern.search(evidence.text)) is not None:
                    return _said(evidence, match, said)
    return None


def _dated(strike: StrikeEvent, acts: Sequence[DiplomacyEvent]) -> CeasefireRelation | None:
    """A ceasefire that is recalled, or said to be in force, with its date before the attack."""
    for act in acts:
        made = act.event_time
        if (
            act.act not in _RECALLED
            or act.assertion.status not in {*HAPPENED, Status.HISTORICAL}
            or made.precision is Precision.UNKNOWN
            or made.text is None
            or not timedelta() <= strike.event_time.start - made.end <= REMEMBERED
        ):
            continue
        for evidence in act.evidence:
            if (match := re.search(re.escape(made.text), evidence.text)) is not None:
                return _said(evidence, match, Order.AFTER)
    return None


_RECALLED: Final = frozenset({Act.CEASEFIRE_MENTIONED, Act.CEASEFIRE_IN_EFFECT})


def _standing(strike: StrikeEvent, acts: Sequence[DiplomacyEvent]) -> CeasefireRelation | None:
    """A ceasefire that is said to be in force beside an attack of these days."""
    if any(a.act in _DOUBTS and a.assertion.status in HAPPENED for a in acts):
        return None
    published = strike.article.published_at
    if published is not None and strike.event_time.start < published - _NEWS:
        return None
    for act in acts:
        pattern = _pattern_of(act)
        if pattern is None:
            continue
        for evidence in act.evidence:
            if (match := pattern.search(evidence.text)) is not None:
                return _said(evidence, match, Order.DURING)
    return None


def _pattern_of(act: DiplomacyEvent) -> re.Pattern[str] | None:
    """The words by which an act says that a ceasefire stands: it is in force, prolonged, or has an end to come."""
    status = act.assertion.status
    if act.act is Act.CEASEFIRE_ENDED:
        return _TO_RUN_OUT if status in {Status.PLANNED, Status.HYPOTHETICAL} else None
    if status not in HAPPENED:
        return None
    if act.act is Act.CEASEFIRE_EXTENDED:
        return _PROLONGED
    return _IN_FORCE if act.act in _RECALLED else None


_PROLONGED: Final = re.compile(r"(?i)\b(?:ext(?:end|ension)|prolong|renew)\w*")
_TO_RUN_OUT: Final = re.compile(
    r"(?i)\b(?:will (?:expire|run out|lapse)|(?:expires|runs out|lapses)\b|(?:is|are) (?:due|set) to (?:expire|end|run out|lapse))"
)


def _said(evidence: Evidence, match: re.Match[str], order: Order) -> CeasefireRelation:
    words = match.lastindex or 0
    return CeasefireRelation(
        order=order,
        cue=match.group(words),
        start=evidence.start + match.start(words),
        end=evidence.start + match.end(words),
    )
