"""When an attack happened, and whether that is long past."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from worker.extraction.dates import TimeRelation, happened_within, undated
from worker.extraction.sums import OF_A_WAR, since_a_record
from worker.extraction.truces import find_truces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from worker.event import ArticleRef, Interval
    from worker.extraction.context import Context
    from worker.extraction.dates import TimeMention
    from worker.extraction.frames import Frame
    from worker.extraction.view import View

_BESIDE: Final = 40
"""Characters after a ceasefire within which a time is its own, whatever the parser hangs it on."""
_HISTORY: Final = timedelta(days=30)
_LONG_PAST: Final = timedelta(days=180)


def of_old(view: View, context: Context) -> bool:
    """ "Talks were suspended in 2008": whether all times of a sentence lie half a year back or more."""
    old = context.reference - _LONG_PAST
    return bool(view.times) and all(
        m.interval.end < old and _YEARS_BACK.search(m.text) is not None for m in view.times
    )


def is_history(frame: Frame, when: Interval, context: Context) -> bool:
    """Whether an attack lies more than a month back; of an article without a date only its own words can say so."""
    texts = [m.text for m in frame.view.times]
    if frame.killed is not None and frame.killed.low >= OF_A_WAR:
        return True
    if when.end <= context.reference - _HISTORY and (
        context.dated or (when.text is not None and _YEARS_BACK.search(when.text) is not None)
    ):
        return True
    if when.text is not None and _RELATIVE.search(when.text):
        # "a day earlier", told of "October 8 last year"
        return any(
            interval.end <= context.reference - _HISTORY
            for m in frame.view.times
            if m.text != when.text and (context.dated or _YEARS_BACK.search(m.text))
            for interval in (_past(m.interval, context.reference),)
        )
    if when.text is not None and _OCTOBER_7.search(when.text) and "hamas" in frame.actors:
        return (context.reference.year, context.reference.month) > _A_MONTH_AFTER
    if _is_anniversary(frame) or _is_what_for(frame) or _PREVIOUSLY.search(frame.view.sentence.text):
        return True
    if (
        (when.text is None and _is_what_a_record_is_since(frame))
        or _is_october_7(frame, context)
        or _is_september_11(frame, context)
        or _goes_on_for_long(frame, context)
        or ((when.text is None or not frame.roles - {"noun"}) and _is_an_old_invasion(frame, context))
    ):
        return True
    seized = frame.roles <= {"seize"} and frame.view.tree.tokens[frame.main].dep == "relcl"
    if seized and not texts:
        return True  # "a group that seized much of Yemen"
    text = frame.view.sentence.text
    if _of_years_past(frame, context):
        return True
    if _OLD_YEARS.search(text) or (_WAR_BEGAN.search(text) and not frame.view.times):
        return True
    long_ago = _EARLY_IN_THE_WAR.search(text) or _YEARS_OF_IT.search(text)
    return long_ago is not None and not _in_a_clause_apart(frame, long_ago.start())


_OCTOBER_7: Final = re.compile(
    r"(?i)\bOct(?:ober|\.)? 7(?:th)?(?!\w|, 20)|\b7(?:th)? Oct(?:ober|\.)?(?!\w| 20)"
)
"""The day of Hamas' attack of 2023, in whatever year it is told."""
_A_MONTH_AFTER: Final = (2023, 11)


def _is_october_7(frame: Frame, context: Context) -> bool:
    """ "As well as killing 1,200 people, the group took 250 hostages": what has no day because everybody knows it."""
    killed = frame.killed.low if frame.killed is not None else None
    known = (
        killed is not None
        and killed in _KILLED_ON_OCTOBER_7
        and bool(frame.actors.keys() & {"hamas", "palestine"})
    )
    return known and (context.reference.year, context.reference.month) > _A_MONTH_AFTER


def _is_september_11(frame: Frame, context: Context) -> bool:
    """ "Al-Qaeda carried out the 9/11 attacks": in whatever year it is told."""
    told = "al-qaeda" in frame.actors and _SEPTEMBER_11.search(frame.view.sentence.text) is not None
    return told and context.reference.year > _2001


_SEPTEMBER_11: Final = re.compile(r"\b9/11\b|\bSept(?:ember|\.)? 11(?:th)?\b")
_2001: Final = 2001
_KILLED_ON_OCTOBER_7: Final = range(1_100, 1_500)


def _goes_on_for_long(frame: Frame, context: Context) -> bool:
    """ "Two years of fighting have left the city in ruins", "have been fighting since April last year": a war, and no news of it."""
    tree = frame.view.tree
    for trigger in frame.triggers:
        token = tree.tokens[trigger.i]
        of = tree.tokens[token.head]
        if token.dep == "pobj" and of.lower == "of" and tree.tokens[of.head].lemma in {"year", "decade"}:
            return True
        perfect = {tree.tokens[k].lower for k in tree.kids(trigger.i, "aux")} & {"have", "has"}
        lengths = {
            tree.tokens[o].lemma for p in ("over", "for", "during") for o in tree.prep_objects(trigger.i, p)
        }
        if perfect and not lengths.isdisjoint({"year", "decade", "century", "generation"}):
            return True  # "has repeatedly fought it over the past decade"
        if perfect and trigger.role == "clash" and not lengths.isdisjoint(_CAUSES):
            return True  # "has fought for full independence"
        if token.dep == "relcl" and token.tag == "VBD" and not lengths.isdisjoint({"week", "month", "year"}):
            return True  # "return to the town, which jets bombed for weeks"
        if trigger.role == "clash" and token.tag == "VBG" and perfect:
            since = (m for m in frame.view.times if m.relation is TimeRelation.SINCE)
            return any(m.interval.start <= context.reference - _HISTORY for m in since)
    return False


_CAUSES: Final = frozenset(
    "independence autonomy freedom statehood homeland right secession rule state".split()
)


def _of_years_past(frame: Frame, context: Context) -> bool:
    """ "Fought a war in the 1990s", "its 2006 ceasefire, only to be broken months later with a bomb"."""
    text = frame.view.sentence.text
    years = [int(year) for year in _YEAR.findall(text)]
    if years and max(years) < context.on.year - 1 and _YEARS_LATER.search(text):
        return True
    decade = _DECADE.search(text)
    return decade is not None and decade["since"] is None and not _in_a_clause_apart(frame, decade.start())


def _is_what_for(frame: Frame) -> bool:
    """ "Is listed for its campaign of bombings", "the remains of a soldier who was killed": told to say who somebody is."""
    above = [frame.view.tree.tokens[a] for a in frame.view.tree.ancestors(frame.main)]
    lemmas = [token.lemma for token in above]
    known = "campaign" in lemmas[:2] and not _LISTING.isdisjoint(lemmas)
    return known or any(token.lower == "remains" and token.pos == "NOUN" for token in above)


_LISTING: Final = frozenset("list blacklist designate outlaw proscribe brand".split())


def _is_an_old_invasion(frame: Frame, context: Context) -> bool:
    """ "Positions on the Russian invasion of Ukraine", "after it invaded", three years on: the war, not an attack in it."""
    tree = frame.view.tree
    for i in (t.i for t in frame.triggers):
        marks = {tree.tokens[k].lower for k in tree.kids(i, "mark", "advmod")}
        if tree.kids(i, "npadvmod"):
            return False  # "hours after it invaded"
        begun_with = tree.tokens[i].lemma == "invade" and not marks.isdisjoint({"after", "since", "before"})
        if not (begun_with or tree.tokens[i].lemma == "invasion"):
            return False
    wars = [w for a in frame.actors for w in context.lexicon.conflicts_of(a, context.on) if w.war]
    begun = [
        w.start
        for w in wars
        if any(w.side_of(r) for r in (*frame.recipients, *context.in_text) if r not in frame.actors)
    ]
    return bool(begun) and all(start <= (context.reference - _INVADING).date() for start in begun)


_INVADING: Final = timedelta(days=180)
"""How long an invasion is the news of a war."""


def _is_what_a_record_is_since(frame: Frame) -> bool:
    """ "The deadliest attack since a raid killed 30": told of the raid."""
    tokens = frame.view.tree.tokens
    return all(since_a_record(frame.view, tokens[t.i].start) for t in frame.triggers)


def _is_anniversary(frame: Frame) -> bool:
    """ "A year since gunmen killed 1,200", "two years after the invasion": what the years are counted from."""
    if not any(unit in frame.view.lower for unit in ("year", "decade")):
        return False
    text = frame.view.sentence.text
    starts = [frame.view.tree.tokens[t.i].start for t in frame.triggers]
    for match in _YEARS_SINCE.finditer(text):
        clause = text[match.end() : min(starts)]
        if match.end() <= min(starts) and "," not in clause and not _NEW_CLAUSE.search(clause):
            return True
    return False


_PREVIOUSLY: Final = re.compile(
    r"\A(?:Previously|In the past)\b"
    r"|\b(?i:in|during) (?:past|previous|earlier) (?:years|wars|conflicts|offensives|campaigns|rounds|battles|invasions)\b"
)
_YEARS_SINCE: Final = re.compile(
    r"(?i)\b(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|several|many) "
    r"(?:(?:full|half|long) )?(?:years?|decades?) (?:since|after|on from)\b"
)
_NEW_CLAUSE: Final = re.compile(r"(?i)\b(?:and|but|as|while)\b")
_YEARS_BACK: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\bago\b|\blast (?:year|month|January|February|March|April|May|June|July|August|"
    r"September|October|November|December)|\byears?\b|\bOct(?:ober|\.)? 7\b|\b7 Oct(?:ober|\.)?(?!\w)",
    re.IGNORECASE,
)
_DECADE: Final = re.compile(
    r"(?P<since>\b(?:since|than) (?:[\w-]+ ){0,8})?\b(?:in|during|of|from|through) the (?:early[ -]|late[ -]|mid-?)?(?:1[5-9]\d0s|20[01]0s)\b"
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_YEARS_LATER: Final = re.compile(r"\b(?:days?|weeks?|months?|years?) (?:later|afterwards?|earlier|before)\b")
_RELATIVE: Final = re.compile(r"\b(?:earlier|later|before|after|following|previous|that)\b", re.IGNORECASE)
_OLD_YEARS: Final = re.compile(r"\b(?:from|between|in) (?:1[5-9]\d\d|20[01]\d)\s*(?:to|and|-|–|,)")


_EARLY_IN_THE_WAR: Final = re.compile(
    r"(?i)\b(?:early|first|opening) (?:days?|hours|weeks|months|stages?|phase) of the (?:war|conflict|invasion)\b"
    r"|\bduring the (?:Iraq|Gulf|Vietnam|Korean|Cold|Bosnian|Kosovo|Falklands|Second World|First World|Six-Day|Yom Kippur|"
    r"Iran\u2013Iraq|Iran-Iraq|2006 Lebanon|Lebanese Civil|Algerian|Soviet\u2013Afghan) War\b"
)
"""What is told of the beginning of a war that goes on, or of one that is over."""


_YEARS_OF_IT: Final = re.compile(r"(?i)\b(?:years|decades) (?:in|during) which\b")


_WAR_BEGAN: Final = re.compile(
    r"(?i)\bwar (?:in \w+ )?(?:began|started|broke out|erupted|was (?:triggered|sparked)) (?:after|when|with|by)\b"
)
"""What a war began with is known, where no day is told of it."""


def early_in_the_war(view: View) -> bool:
    """Whether a sentence tells of the first days or weeks of a war that goes on."""
    return _EARLY_IN_THE_WAR.search(view.sentence.text) is not None


def _past(time: Interval, now: datetime) -> Interval:
    """ "The October 7 attack", told in August: a day to come can only be last year's."""
    bare = time.text is not None and _MONTH_DAY.search(time.text) is not None
    if not bare or time.start < now or any(len(w) == _YEAR_DIGITS for w in _NUMBER.findall(time.text or "")):
        return time
    if _LEAP_DAY in ((time.start.month, time.start.day), (time.end.month, time.end.day)):
        return time
    return replace(
        time, start=time.start.replace(year=time.start.year - 1), end=time.end.replace(year=time.end.year - 1)
    )


_LEAP_DAY: Final = (2, 29)
_YEAR_DIGITS: Final = 4
_NUMBER: Final = re.compile(r"\d+")
_MONTH_DAY: Final = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}\b|"
    r"\b\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)


def _belongs_to(view: View, truce: int, time: int) -> bool:
    """Whether a time stands in the same breath after a ceasefire: "the ceasefire it declared itself on April 2"."""
    between = view.words(truce, time)
    return 0 <= time - truce <= _BESIDE and not set(between) & {",", ";", ":"}


def _time_of(frame: Frame, mention: TimeMention, now: datetime) -> Interval | None:
    """When what a frame tells with this mention lies: at the time itself if it is named by it, else as the words tie it."""
    named = replace(mention, interval=_past(mention.interval, now))
    return named.interval if _is_of_that_time(frame, mention) else happened_within(named, reference=now)


def _is_of_that_time(frame: Frame, mention: TimeMention) -> bool:
    """ "After the October 7 attack", "since 8 October, when rebels attacked": the attack was then, not after."""
    tree = frame.view.tree
    day = {tree.at(i) for i in range(mention.start, mention.end)}
    for trigger in frame.triggers:
        if trigger.role == "noun" and _before_noun(frame.view, mention, trigger.i):
            return True
        clauses = (a for a in (trigger.i, *tree.ancestors(trigger.i)) if tree.tokens[a].dep == "relcl")
        clause = next(clauses, None)
        when = clause is not None and any(tree.tokens[k].lower == "when" for k in tree.kids(clause, "advmod"))
        if clause is not None and when and tree.tokens[clause].head in day:
            return True
    return False


def _up_to_the_attack(frame: Frame, mention: TimeMention) -> Iterator[int]:
    """The words that a time hangs on, those below the attack that the frame tells of."""
    tree, own = frame.view.tree, {t.i for t in frame.triggers}
    at = tree.at(mention.start)
    return takewhile(lambda i: i not in own, () if at is None else tree.ancestors(at))


def _of_another_attack(frame: Frame, mention: TimeMention, context: Context) -> bool:
    """ "In retaliation for an attack that killed 26 last month", "… for Tuesday's strike": when that one was."""
    tree = frame.view.tree
    for above in _up_to_the_attack(frame, mention):
        token = tree.tokens[above]
        if token.pos == "NOUN" and token.lemma in context.lexicon.cues.strike_nouns:
            return {t.i for t in frame.triggers}.isdisjoint(tree.subtree(above))
    return False


def _of_who_it_was(frame: Frame, mention: TimeMention) -> bool:
    """ "A commander, who took part in the raid of October 7, was killed": the day of what is told of somebody."""
    if any(t.role == "noun" and _before_noun(frame.view, mention, t.i) for t in frame.triggers):
        return False
    return _in_a_clause_apart(frame, mention.start)


def _in_a_clause_apart(frame: Frame, offset: int) -> bool:
    """Whether what stands there is told in a relative clause that the attack is no part of."""
    tree = frame.view.tree
    own = {t.i for t in frame.triggers}
    at = tree.at(offset)
    above = takewhile(lambda i: i not in own, () if at is None else tree.ancestors(at))
    return any(tree.tokens[a].dep == "relcl" and own.isdisjoint(tree.subtree(a)) for a in above)


def _of_what_is_planned(frame: Frame, mention: TimeMention) -> bool:
    """ "As monitors prepared to meet on Wednesday": the day of what is still to be done."""
    tree = frame.view.tree
    for above in _up_to_the_attack(frame, mention):
        token = tree.tokens[above]
        to = token.tag == "VB" and any(tree.tokens[k].lower == "to" for k in tree.kids(above, "aux"))
        if to and tree.tokens[token.head].lemma in _PLANNING:
            return True
    return False


_PLANNING: Final = frozenset("prepare plan expect due set schedule intend slate ready".split())


def _before_noun(view: View, mention: TimeMention, noun: int) -> bool:
    """ "The Oct. 7, 2023, rebel-led attack": whether a time stands in the phrase of a noun, wherever it is hung."""
    tree = view.tree
    first, last = tree.at(mention.start), tree.at(mention.end - 1)
    if first is None or last is None or not first < noun or first == 0:
        return False
    between = tree.tokens[last + 1 : noun]
    plain = all(t.tag == "VBN" or t.pos not in _LEAVING for t in between) and len(between) <= _PHRASE
    return plain and tree.tokens[first - 1].lower in {"the", "that", "this"}


_LEAVING: Final = frozenset({"ADP", "VERB", "AUX", "SCONJ", "CCONJ"})
_PHRASE: Final = 6


def when_of(frame: Frame, article: ArticleRef, context: Context) -> Interval:
    """The time nearest to the triggers, cut to the reference; else the default of an undated attack."""
    now = context.reference
    view, tree = frame.view, frame.view.tree
    triggers = [tree.tokens[t.i].start for t in frame.triggers]
    clause = {below for t in frame.triggers for below in tree.subtree(t.i)}
    truces = find_truces(frame.view)
    elsewhere = {below for t in truces for below in tree.subtree(t.token)}
    best: tuple[tuple[bool, int], Interval] | None = None
    for mention in frame.view.times:
        if tree.at(mention.start) in elsewhere or any(
            _belongs_to(view, t.end, mention.start) and not any(t.end <= i < mention.start for i in triggers)
            for t in truces
        ):
            continue  # "the ceasefire reached in 2020"
        if _of_another_attack(frame, mention, context) or _of_what_is_planned(frame, mention):
            continue
        if _of_who_it_was(frame, mention):
            continue
        if since_a_record(view, mention.start) and not all(since_a_record(view, i) for i in triggers):
            continue  # "the deadliest attack since the invasion in February 2022"
        interval = _time_of(frame, mention, now)
        if interval is None or interval.start >= now:
            continue
        distance = (tree.at(mention.start) not in clause, min(abs(mention.start - t) for t in triggers))
        if best is None or distance < best[0]:
            best = (distance, interval)
    if best is None:
        return undated(now)
    interval = best[1]
    return replace(interval, end=min(interval.end, now)) if article.published_at is not None else interval
