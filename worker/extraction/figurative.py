"""Verbs of attack that tell of none: "struck a deal", "clashed at a meeting", "fought his extradition", "bombarded with calls"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.actors import is_group
from worker.extraction.armed import armed_subject, targets, weapon_below
from worker.extraction.phrasal import FIGHTERS

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues


def is_figurative(view: View, i: int, cues: Cues, *, kills: bool) -> bool:
    """Whether a verb of attack is a figure of speech; `kills`: whether it is one of killing, which seldom is."""
    if _is_no_fight(view, i) or _with_words(view, i) or _is_arrest(view, i, cues) or _finds_fault(view, i):
        return True
    return not kills and _is_of_another_thing(view, i, cues) and not weapon_below(view, i)


def _is_arrest(view: View, i: int, cues: Cues) -> bool:
    """ "Captured two leaders of the group": people are arrested, towns are taken."""
    taken = [view.tree.tokens[t].lemma for t in targets(view, i)]
    people = cues.casualties["people"] | {"figure", "aide", "head", "briton", "american"}
    return (
        view.tree.tokens[i].lemma in {"capture", "seize"} and bool(taken) and all(t in people for t in taken)
    )


def _is_no_fight(view: View, i: int) -> bool:
    """ "Fighting alongside the rebels", "fought his extradition", "ministers clashed at a meeting": no news of a fight."""
    tree = view.tree
    token = tree.tokens[i]
    if token.lemma == "clash":
        foes = {tree.tokens[c].lemma for o in tree.prep_objects(i, "with") for c in tree.conjuncts(o)}
        return _is_of_words(view, i) or (bool(foes) and foes <= _CROWDS)
    if token.lemma not in {"fight", "battle"}:
        return False
    endured = any(
        tree.tokens[o].lemma in _ENDURED for o in (*tree.objects(i), *tree.prep_objects(i, "against"))
    )
    striving = token.lemma == "battle" and any(
        tree.tokens[k].tag == "VB" for k in tree.kids(i, "xcomp", "advcl")
    )
    return endured or striving or bool(tree.prep_objects(i, "alongside"))


_CROWDS: Final = frozenset(
    "protester demonstrator rioter marcher striker supporter fan student vendor crowd mob".split()
)
_ENDURED: Final = frozenset(
    "extradition charge allegation accusation lawsuit case ruling verdict corruption fraud crime trafficking smuggling "
    "terror terrorism extremism radicalism racism discrimination disinformation poverty hunger famine inflation recession "
    "disease virus pandemic epidemic outbreak cancer addiction fire blaze wildfire flame flood deluge rain storm snow heat cold "
    "weather current tide odds election".split()
)
"""What people fight without an enemy: illness, charges, evils."""


def _is_of_words(view: View, i: int) -> bool:
    """ "The two ministers clashed at a meeting": no shot was fired."""
    tree = view.tree
    who = {tree.tokens[c].lemma for s in tree.subjects(i) for c in tree.conjuncts(s)}
    where = {tree.tokens[o].lemma for o in tree.prep_objects(i, "at", "in", "during", "over", "on")}
    how = [
        k
        for p in tree.kids(i, "prep")
        for k in tree.kids(p, "pcomp")
        if tree.tokens[p].lower in {"over", "on"}
    ]
    topics = {tree.tokens[o].lemma for o in tree.prep_objects(i, "over", "on", "about")} & _TOPICS
    return bool(who & _SPEAKERS or where & _MEETINGS or how or topics)


_SPEAKERS: Final = frozenset(
    "minister ambassador envoy lawmaker senator diplomat politician president candidate delegate representative".split()
)
_TOPICS: Final = frozenset(
    "dispute row term deal plan policy issue handling approach proposal draft resolution bill budget demand wording appointment".split()
)
"""What people clash over in words: "over the terms of a deal", "over how to proceed"; armies clash over land."""
_MEETINGS: Final = frozenset(
    "meeting council session debate hearing summit parliament assembly interview".split()
)


def _is_of_another_thing(view: View, i: int, cues: Cues) -> bool:
    """Whether an object makes the verb something else ("struck a deal"), unless it is a side's thing one can hit."""
    armed = view.tree.tokens[i].lemma in _LITERAL or armed_subject(view, i) or _by_fighters(view, i)
    struck = view.tree.kids(i, "nsubjpass") if view.tree.tokens[i].lemma == "strike" else []
    if any(view.tree.tokens[s].lemma in cues.not_objects - _THINGS for s in struck):
        return True  # "a deal was struck"
    return any(
        view.tree.tokens[o].lemma in cues.not_objects
        and not (view.tree.tokens[o].lemma in _THINGS and (armed or view.actors_by_head.get(o)))
        for o in view.tree.objects(i)
    )


def _by_fighters(view: View, i: int) -> bool:
    """Whether an armed group or fighters do it: what they storm is a market with stalls."""
    tree = view.tree
    doers = (c for d in tree.doers(i) for c in tree.conjuncts(d))
    return any(tree.tokens[d].lemma in FIGHTERS or is_group(view, d) for d in doers)


_LITERAL: Final = frozenset("bomb bombard shell strafe torpedo firebomb".split())
"""Verbs that nobody uses of markets and companies but for what they say."""
_THINGS: Final = frozenset({"asset", "headquarter", "vehicle", "company", "market", "platform"})
"""Objects that, said to be a side's or hit by a weapon, can be hit by an attack."""


def _with_words(view: View, i: int) -> bool:
    """ "Bombarded Iran with demands": what they are bombarded with is no weapon."""
    if view.tree.tokens[i].lemma not in _PELTING:
        return False
    hail = [c for o in view.tree.prep_objects(i, "with") for c in view.tree.conjuncts(o)]
    return any(view.tree.tokens[c].lemma in _WORDS for c in hail)


def _finds_fault(view: View, i: int) -> bool:
    """ "Blasted the RSF for its strikes", "blasted leaders over the deal": what somebody is blasted for is a fault."""
    tree = view.tree
    over = {tree.tokens[o].lemma for o in tree.prep_objects(i, "over") if tree.tokens[o].pos == "NOUN"}
    faults = {tree.tokens[o].lemma for o in tree.prep_objects(i, "for")} | (over - _GROUNDS)
    faults -= _SPANS
    return tree.tokens[i].lemma in _SCOLDING and bool(tree.objects(i)) and bool(faults)


_SCOLDING: Final = frozenset({"blast", "slam", "hammer", "assail", "savage"})
_GROUNDS: Final = frozenset("city town village area region province border territory course".split())
_SPANS: Final = frozenset("time day hour week weekend night month year minute reason control".split())
_PELTING: Final = frozenset({"bombard", "pound", "bomb", "hammer", "assault", "attack"})
_WORDS: Final = frozenset(
    "demand question message call email letter request image picture advert advertisement ad criticism insult tariff "
    "sanction propaganda slogan complaint proposal".split()
)
