"""Words that mean a ceasefire: "truce", "cessation of hostilities", "agreed to halt strikes on energy"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from worker.extraction.accords import (
    ACCORDS,
    PLANS,
    is_answered_plan,
    is_broken_accord,
    is_joint_plan,
    is_signed_to_end_fighting,
    offered_plan,
)
from worker.extraction.undertakings import (
    MEANT,
    MILITARY,
    has_begun,
    is_agreed_or_temporary,
    is_announced,
    is_cut_short,
    is_of_no_arms,
    is_undertaken,
)
from worker.extraction.view import read_once

if TYPE_CHECKING:
    from collections.abc import Collection

    from worker.extraction.view import View

STOP_NOUNS: Final = frozenset(
    "halt end pause cessation stop suspension moratorium ban break lull calm truce".split()
)
STOP_VERBS: Final = frozenset(
    "halt stop pause cease suspend end hold freeze discontinue refrain abstain lay silence eliminate renounce forgo".split()
)
FIGHTING: Final = frozenset(
    "strike attack airstrike fighting hostility offensive operation bombing shelling bombardment raid fire violence "
    "war combat assault arm gun conflict campaign hostilities strikes exchange bloodshed shooting firing gunfire".split()
)
_CAMPAIGNS: Final = frozenset({"incursion", "invasion", "onslaught", "advance"})
"""What is not fought in any more where it is paused; whoever is urged to halt one is asked for no truce."""

_ATTACKING: Final = frozenset("fight attack shell bomb strike hit fire target bombard shoot".split())
_CARRYING_OUT: Final = frozenset("carry conduct launch stage mount commit undertake".split())
_PAUSES: Final = frozenset({"pause", "lull", "calm"})
_KEPT: Final = frozenset(
    "extend prolong renew lengthen rule reject refuse observe respect honour honor uphold break violate breach".split()
)
"""What is done with a pause that has been agreed on."""
_TARGETS: Final = frozenset(
    "energy power infrastructure grid electricity port ship vessel city town hospital plant refinery bridge railway rail "
    "road school pipeline substation dam airport".split()
)
"""What is promised to be spared."""
_FORCES: Final = frozenset(
    "force troop army fighter soldier military unit man side militia guerrilla rebel".split()
)
_NOT_WARS: Final = frozenset("trade tariff price culture political rating bidding drug turf gang".split())


_OTHER_NAMES: Final = (
    STOP_NOUNS
    | STOP_VERBS
    | ACCORDS
    | PLANS
    | {"proposal"}
    | _ATTACKING
    | _CARRYING_OUT
    | {"gun", "stand", "spare", "dial", "scale", "wind", "reduce"}
)
"""Lemmas that a ceasefire may have for its other names."""


@dataclass(frozen=True, slots=True)
class Truce:
    """A span that means a ceasefire, and the token whose place in the sentence decides the act.

    `verb` is True for "halt strikes": then `token` is the verb of stopping. `stopped` is the fighting that is to stop.
    """

    token: int
    start: int
    end: int
    verb: bool = False
    stopped: int | None = None


@read_once
def find_truces(view: View) -> tuple[Truce, ...]:
    """Every ceasefire that a sentence names, in order of their tokens."""
    tree = view.tree
    found: dict[int, Truce] = {}
    for start, end in view.ceasefires:
        head = _head_of(view, start, end)
        if head is not None and not _of_no_war(view, head):
            found.setdefault(head, Truce(head, start, end))
    for token in tree.tokens:
        if token.lemma not in _OTHER_NAMES or token.i in found or _is_aim(view, token.i, found):
            continue
        if (other := _by_another_name(view, token.i)) is not None:
            found[token.i] = other
    return tuple(found[i] for i in sorted(found))


def _is_aim(view: View, i: int, ceasefires: Collection[int]) -> bool:
    """ "A ceasefire to end the war": what it is for is no second one."""
    tree = view.tree
    token = tree.tokens[i]
    aim = token.pos == "VERB" and token.dep in {"acl", "advcl", "relcl", "xcomp"}
    to = any(tree.tokens[k].lower == "to" for k in tree.kids(i, "aux"))
    return aim and to and any(at in ceasefires for at in tree.conjuncts(token.head))


def _by_another_name(view: View, i: int) -> Truce | None:
    """What means a ceasefire without the word: guns that fall silent, a halt to attacks, an accord broken, a plan agreed on."""
    token = view.tree.tokens[i]
    if (
        (token.lemma == "gun" and _fall_silent(view, i))
        or is_broken_accord(view, i)
        or is_joint_plan(view, i)
        or is_answered_plan(view, i)
        or is_signed_to_end_fighting(view, i)
        or offered_plan(view, i) is not None
    ):
        return Truce(i, token.start, token.end)
    if token.pos == "NOUN" and token.lemma in STOP_NOUNS:
        stop = _noun_of_stopping(view, i)
        return stop if stop is not None and not _of_no_war(view, i) else None
    return _verb_of_stopping(view, i) if token.pos == "VERB" else None


def _head_of(view: View, start: int, end: int) -> int | None:
    """The word of a ceasefire's name that its sentence is built on: "cessation" in "a cessation of hostilities agreement"."""
    tree = view.tree
    first = tree.at(start)
    if first is not None and tree.tokens[first].pos == "NOUN" and tree.tokens[first].end < end:
        above = tree.tokens[tree.tokens[first].head]
        if not start <= above.start < end:
            return first
    return tree.head_of(start, end)


def _verb_of_stopping(view: View, i: int) -> Truce | None:
    """ "Halt strikes", "stop firing", "refrain from the use of force", "stand down", "no longer target each other"."""
    tree = view.tree
    token = tree.tokens[i]
    hit: int | None = None
    if (token.lemma in STOP_VERBS or _winds_down(view, i)) and is_undertaken(view, i):
        hit = _what_stops(view, i)
    elif token.lemma == "stand" and {tree.tokens[k].lower for k in tree.kids(i, "prt")} == {"down"}:
        bound = [*tree.subjects(i), *tree.objects(token.head)]
        forces = any(tree.tokens[s].lemma in _FORCES or view.actors_by_head.get(s) for s in bound)
        hit = (
            i if forces and not tree.prep_objects(i, "as", "from", "in") and is_undertaken(view, i) else None
        )
    elif token.lemma == "spare" and is_undertaken(view, i):
        hit = (
            i
            if any(tree.tokens[k].lemma in _TARGETS for o in tree.objects(i) for k in tree.subtree(o))
            else None
        )
    elif token.lemma in _ATTACKING and (_no_longer(view, i) or _not_to(view, i)):
        hit = i if is_undertaken(view, i) else None
    elif token.lemma in _CARRYING_OUT and is_undertaken(view, i):
        hit = next(
            (o for o in tree.objects(i) if tree.tokens[o].lemma in FIGHTING and _no_more(view, o)), None
        )
    if hit is None or _of_business(view, hit):
        return None
    return Truce(i, token.start, max(token.end, tree.tokens[hit].end), verb=True, stopped=hit)


def _winds_down(view: View, i: int) -> bool:
    """ "Agreed to dial back the fighting", "to scale down attacks", "to reduce violence"."""
    tree = view.tree
    lemma, particles = tree.tokens[i].lemma, {tree.tokens[k].lower for k in tree.kids(i, "prt", "advmod")}
    return lemma == "reduce" or (lemma in {"dial", "scale", "wind"} and bool(particles & {"back", "down"}))


def _what_stops(view: View, i: int) -> int | None:
    """The fighting that a verb of stopping stops: its object, its gerund, or what is to cease by itself."""
    tree = view.tree
    lemma = tree.tokens[i].lemma
    stopped = [_measured(view, o) for o in tree.objects(i)]
    if lemma in {"stop", "cease", "refrain", "abstain", "halt"}:
        stopped += [k for k in tree.kids(i, "xcomp") if tree.tokens[k].lemma in _ATTACKING]
    if lemma in {"refrain", "abstain"}:
        below = tree.prep_objects(i, "from")
        stopped += below
        stopped += [b for b in below if tree.tokens[b].lemma in _ATTACKING]
    if lemma in {"cease", "stop", "end"} and not tree.objects(i):  # "called for hostilities to cease"
        # "the bombing will stop" undertakes nothing
        of_two = [s for s in tree.kids(i, "nsubj") if tree.tokens[s].lemma not in _OF_ONE_SIDE]
        stopped += [*of_two, *tree.prep_objects(tree.tokens[i].head, "for")]
    paused = _CAMPAIGNS if lemma in {"pause", "suspend"} else frozenset()
    if lemma == "hold":  # "hold fire"; those who "hold the town and repel attacks" go on
        stopped = [at for at in stopped if tree.tokens[at].lemma == "fire"]
    for at in stopped:
        if tree.tokens[at].lemma in FIGHTING | _ATTACKING | paused or (
            lemma == "lay" and tree.tokens[at].lemma == "weapon"
        ):
            return at if _is_of_fire(view, at) else None
        if tree.tokens[at].lemma == "use" and any(
            tree.tokens[o].lemma == "force" for o in tree.prep_objects(at, "of")
        ):
            return at
        if tree.tokens[at].lemma == "push" and [
            *tree.prep_objects(at, "into"),
            *tree.prep_objects(i, "into"),
        ]:
            return at
        if _is_military_activity(view, at):
            return at
    return None


_OF_ONE_SIDE: Final = frozenset({"bombing", "airstrike", "shelling", "bombardment"})


def _is_of_fire(view: View, i: int) -> bool:
    """Not commercial exchanges."""
    return view.tree.tokens[i].lemma != "exchange" or bool(view.tree.prep_objects(i, "of"))


def _is_military_activity(view: View, i: int) -> bool:
    tree = view.tree
    beside = [c for k in tree.kids(i, "amod", "compound") for c in tree.conjuncts(k)]
    words = {tree.tokens[k].lower for k in beside}
    return tree.tokens[i].lemma in {"activity", "action", "act", "struggle"} and bool(words & MILITARY)


def _fall_silent(view: View, i: int) -> bool:
    """ "The guns fell silent": a truce told by what it brings."""
    tree = view.tree
    verb = tree.tokens[tree.tokens[i].head]
    silent = {tree.tokens[k].lower for k in tree.kids(verb.i, "acomp", "oprd", "advmod")} & {
        "silent",
        "quiet",
    }
    return tree.tokens[i].dep == "nsubj" and verb.lemma in {"fall", "go"} and bool(silent)


def _measured(view: View, i: int) -> int:
    """ "An end to four years of bloodshed": what is measured by its length."""
    if view.tree.tokens[i].lemma not in {"year", "month", "week", "day", "decade", "hour", "night"}:
        return i
    return next(iter(view.tree.prep_objects(i, "of")), i)


def _no_longer(view: View, i: int) -> bool:
    return any(view.tree.tokens[k].lower in {"longer", "more"} for k in view.tree.kids(i, "advmod")) and any(
        view.tree.tokens[k].lower in {"no", "any"}
        for c in view.tree.children[i]
        for k in (c, *view.tree.children[c])
    )


def _not_to(view: View, i: int) -> bool:
    """ "Agreed not to hit cities": what is negated is an infinitive."""
    tree = view.tree
    words = {tree.tokens[k].lower for k in tree.kids(i, "neg", "aux")}
    return words >= {"not", "to"} and tree.tokens[i].dep in {"xcomp", "acl", "advcl"}


def _no_more(view: View, i: int) -> bool:
    words = {view.tree.tokens[k].lower for k in view.tree.subtree(i)}
    return "no" in words and bool(words & {"more", "further", "new"})


def _noun_of_stopping(view: View, i: int) -> Truce | None:
    """ "A halt to attacks" that is agreed, "the pause in the war" that began, a "lull" between two who are named."""
    tree = view.tree
    token = tree.tokens[i]
    if token.dep == "dobj" and tree.tokens[token.head].lemma in {"put", "bring"}:
        return None  # "putting an end to fifty years of war" tells what a deal or an attack does
    objects = [
        o
        for p in ("to", "in", "of", "on")
        for o in tree.prep_objects(i, p)
        if tree.tokens[o].lemma != "own" and (_measured(view, o) != o or not _is_length(view, o))
    ]
    kept = (
        token.lemma in _PAUSES
        and token.dep in {"dobj", "nsubjpass"}
        and tree.tokens[token.head].lemma in _KEPT
    )
    if kept and len({m.alias.actor_id for m in view.actors}) > 1:
        return Truce(i, token.start, token.end)
    after = next((t for t in tree.tokens[i + 1 :] if t.pos != "PUNCT"), None)
    if not objects and after is not None and after.lower in {"to", "on", "in"}:
        hung = tree.prep_objects_of(after.i)  # "promised a halt to strikes", hung on the verb
        objects = [o for o in hung if tree.tokens[o].lemma in FIGHTING]
    if not objects:  # "a pause aimed at halting attacks"
        meant = [k for k in tree.kids(i, "acl") if tree.tokens[k].lemma in MEANT]
        objects = [k for m in meant for k in tree.subtree(m) if tree.tokens[k].lemma in FIGHTING]
    objects = [_measured(view, o) for o in objects]
    if token.lemma == "ban":  # "a ban on strikes by nurses"
        objects = [
            o
            for o in objects
            if tree.prep_objects(o, "on", "against")
            or any(tree.tokens[k].lower in _ARMS for k in tree.subtree(o))
        ]
    warlike = (o for o in objects if tree.tokens[o].lemma in FIGHTING or _is_military_activity(view, o))
    hit = next((o for o in warlike if not _of_business(view, o)), None)
    kept = is_agreed_or_temporary(view, i) or has_begun(view, i) or is_cut_short(view, i)
    if hit is not None and kept:
        return Truce(i, token.start, tree.tokens[hit].end, stopped=hit)
    lull = token.lemma == "lull" and view.actors and is_agreed_or_temporary(view, i)
    declared = tree.tokens[token.head].lemma in {"declare", "proclaim"} and token.dep == "dobj"
    apart = not [o for o in objects if tree.tokens[o].lemma not in {"delivery", "aid", "supply"}]
    timed = _timed(view, i)
    if (
        lull
        or (_is_for_aid(view, i) and is_announced(view, i) and view.actors)
        or (apart and ((declared or timed) and is_announced(view, i)))
        or (apart and timed and has_begun(view, i))
    ):
        return Truce(i, token.start, token.end)
    return None


_ARMS: Final = frozenset({"drone", "missile", "rocket", "air", "artillery", "long-range"})
"""With what those strikes are made that are no matter of work."""


def _is_for_aid(view: View, i: int) -> bool:
    """ "A pause to let aid in", "daily pauses for aid deliveries"."""
    tree = view.tree
    clauses = tree.kids(i, "acl", "advcl", "xcomp", "relcl")
    below = {k for at in (*clauses, *tree.prep_objects(i, "for")) for k in tree.subtree(at)}
    return tree.tokens[i].lemma in _PAUSES and any(tree.tokens[k].lemma in _AID for k in below)


_AID: Final = frozenset(
    {"aid", "relief", "evacuate", "evacuation", "wounded", "supply", "medicine", "vaccination"}
)


def _timed(view: View, i: int) -> bool:
    """ "A 30-hour halt": for how long is said in the noun's own phrase."""
    below = {k for c in view.tree.kids(i, "nummod", "compound", "amod", "nmod") for k in view.tree.subtree(c)}
    below |= {k for o in view.tree.prep_objects(i, "of") for k in view.tree.subtree(o)}
    return any(view.tree.at(m.start) in below for m in view.durations)


def _is_length(view: View, i: int) -> bool:
    below = {*view.tree.subtree(i)}
    return view.tree.tokens[i].tag == "NNS" and any(view.tree.at(m.start) in below for m in view.durations)


def _of_business(view: View, i: int) -> bool:
    """ "The cessation of operations" of a broadcaster, which nothing calls military; the end of a strike of players."""
    tree = view.tree
    if tree.tokens[i].lemma == "strike" and {t.lemma for t in tree.tokens} & _AT_WORK:
        return True
    return is_of_no_arms(view, i) and not (view.actors_by_head.get(i) or tree.kids(i, "poss"))


_AT_WORK: Final = frozenset(
    "player owner worker employee employer union teacher nurse staff wage pay".split()
)


_IN_A_ROW: Final = re.compile(
    r"(?i)\s+(?:in|over)\s+(?:(?!border|territor|land|armed|blood|deadly)[\w-]+\s+){0,4}(?:row|feud|spat|dispute|quarrel)\b"
)
"""After a truce: "in the latest row over aid for Airbus"."""


def _of_no_war(view: View, i: int) -> bool:
    """Whether a truce is one in a trade war, a culture war and the like, or one of gangs."""
    tree = view.tree
    token = tree.tokens[i]
    # "reached a truce in its war with the gangs"
    made = (i, token.head) if token.dep in {"dobj", "nsubjpass"} else (i,)
    wars = [
        o
        for at in made
        for o in tree.prep_objects(at, "in", "of", "on", "to")
        if tree.tokens[o].lemma in {"war", "battle"}
    ]
    sides = [o for at in (i, *wars) for o in tree.prep_objects(at, "with", "between", "among")]
    sides += tree.subjects(token.head) if token.dep == "dobj" else []
    gangs = {tree.tokens[o].lemma for o in sides} & {"gang", "cartel", "network", "mafia", "clan", "biker"}
    if _IN_A_ROW.match(view.sentence.text[token.end :]):
        return True
    if any(tree.tokens[o].lemma == "word" for w in wars for o in tree.prep_objects(w, "of")):
        return True  # "a truce in their war of words"
    return bool(gangs) or any(
        tree.tokens[k].lower in _NOT_WARS for noun in (i, *wars) for k in tree.kids(noun, "compound", "amod")
    )
