"""Figures that sum up many attacks: the dead of a war, of all days since it began, of several days."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.extraction.dates import TimeRelation
from worker.extraction.view import read_once

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_OF_A_WAR: Final = re.compile(
    r"(?i)\b(?:years?|months?|decades?|weeks) of (?:\w+ ){0,2}(?:war|conflict|fighting|violence|bloodshed|combat|clashes|hostilities|battles)\b"
    r"|\b(?:war|conflict|uprising|insurgency|revolt),? (?:in which|has|have|had) \b"
    r"|\b(?:war|conflict|uprising|insurgency|revolt)\b(?:(?!strike|attack|raid|bomb|clash)[\w ,\u2019'-]){0,60}?"
    r" (?:that|which) (?:has|have|had) \b"
    r"|\d (?:[\w-]+ ){0,2}(?:violations|breaches)\b"
    r"|\bduring (?:last|this) (?:week|month|year|summer|winter|spring|autumn)['\u2019]s (?:\w+ ){0,2}(?:offensive|campaign|war|conflict|fighting|violence)\b"
)
"""What counts the dead of a war: no attack's own figure, even in the sentence of one."""
OF_A_WAR: Final = 10_000
"""Deaths that no attack of these decades has caused: they are counted over a war."""
_SEVERAL_DAYS: Final = timedelta(days=3)
_SPAN: Final = re.compile(r"(?i)\d.*(?:\bto\b|\band\b|-|\u2013).*\d")
_SINCE: Final = re.compile(r"(?i)\bsince\b")
_RECENT: Final = timedelta(days=8)
"""Days over which what is counted "since Wednesday" may still be one attack's."""


def is_sum(view: View, verb: int) -> bool:
    """Whether what a verb of harm counts is no attack's own figure, even in the sentence of one."""
    return _is_of_a_war(view) or _runs_on(view, verb) or _over_days(view)


@read_once
def _is_of_a_war(view: View) -> bool:
    return _OF_A_WAR.search(_WORST.sub(" ", view.lower)) is not None


def sums_up(view: View, cues: Cues) -> bool:
    """Whether a sentence counts the dead of many attacks: "since the war began", "in four years of fighting"."""
    text = _RECORD.sub(" ", view.lower)
    return _OF_A_WAR.search(text) is not None or any(p in text for p in cues.casualties["cumulative"])


_GREATEST: Final = r"(?:dead|blood|heavi|bigg|larg|fierc|broad|strong|grav|wid)(?:li|i)?est|worst|most \w+"
_WORST: Final = re.compile(rf"\b(?:{_GREATEST})\b[^.,;]*")
"""What an attack is the worst of ("one of the most intense assaults in recent weeks") sums up nothing."""
_RECORD: Final = re.compile(rf"\b(?:{_GREATEST}|(?:more|as) \w+)\b[^.,;]*")


def _runs_on(view: View, verb: int) -> bool:
    """ "Have been killed since the war began", "has since killed 40,000": a sum that grows."""
    if not _SINCE.search(view.sentence.text):
        return False
    tree = view.tree
    verb = tree.first_conjunct(verb)
    if tree.tokens[verb].dep in {"xcomp", "oprd"} and tree.tokens[tree.tokens[verb].head].lemma in {
        "report",
        "confirm",
    }:
        verb = tree.tokens[verb].head  # "have been reported killed"
    perfect = any(tree.tokens[k].lemma == "have" for k in tree.kids(verb, "aux"))
    recent = any(
        t.relation is TimeRelation.SINCE and timedelta() <= view.reference - t.interval.start <= _RECENT
        for t in view.times
    )
    return perfect and not recent and (_since_after(view, verb) or "since" in _adverbials(view, verb))


def _since_after(view: View, verb: int) -> bool:
    """ "Have been killed in strikes in Gaza since 7 October", whatever the parser hangs the time on."""
    rest = [t.lower for t in view.tree.tokens[verb + 1 :]]
    end = next((n for n, word in enumerate(rest) if word in {",", ";", ":", "."}), len(rest))
    return "since" in rest[:end] and not set(rest[:end]) & _SUPERLATIVES


_SUPERLATIVES: Final = frozenset(
    {"deadliest", "bloodiest", "worst", "heaviest", "biggest", "largest", "first"}
)
"""What is most "since the war began" counts nothing that goes on."""


def _adverbials(view: View, verb: int) -> set[str]:
    tree = view.tree
    marks = [m for k in tree.kids(verb, "advcl") for m in tree.kids(k, "mark", "prep", "advmod")]
    return {tree.tokens[k].lower for k in (*tree.kids(verb, "advmod", "prep", "mark"), *marks)}


def _over_days(view: View) -> bool:
    """ "187 people were killed from 30 September to 4 October"."""
    return any(
        t.interval.end - t.interval.start >= _SEVERAL_DAYS and _SPAN.search(t.text) for t in view.times
    )


def since_a_record(view: View, offset: int) -> bool:
    """ "The deadliest attack since a raid | killed 30": whether what stands there is what a record is counted from."""
    text = view.sentence.text
    return "since" in text and _SINCE_A_RECORD.search(text, 0, offset) is not None


_SINCE_A_RECORD: Final = re.compile(rf"(?i)\b(?:{_GREATEST}|first)\b[^.;]{{0,80}}\bsince\b[^,.;]{{0,60}}\Z")
