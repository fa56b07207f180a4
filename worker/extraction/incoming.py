"""Attacks on their way: weapons engaged by air defences, reported as incoming or approaching; fighters beaten back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.actors import is_group
from worker.extraction.armed import IN_FLIGHT, flies, targets, weapon_objects, with_of
from worker.extraction.phrasal import FIGHTERS

if TYPE_CHECKING:
    from worker.extraction.view import View

_MEETING: Final = frozenset("engage confront tackle counter face".split())
"""Verbs whose object is met where it is a weapon in flight."""
_SEEING: Final = frozenset("report detect identify spot register track announce".split())
"""Verbs that tell of an attack where the weapons come in: one also tracks missiles that are tested."""
_REACTING: Final = {"respond": "to", "react": "to", "deal": "with", "cope": "with", "activate": "against"}
_SHOOTING: Final = frozenset({"fire", "shoot", "open"})
"""What air defences do at weapons; anybody else attacks with it."""
_COMING: Final = frozenset({"approach", "head"})
_BEATING_BACK: Final = frozenset("beat fight fend hold ward".split())
"""With "back" or "off" said of defenders; who drives or pushes others back may attack himself."""
_REPELLING: Final = frozenset({"repel", "repulse"})
_MET: Final = _MEETING | _SEEING | _SHOOTING | _REACTING.keys()
_BEATEN: Final = _BEATING_BACK | _REPELLING
LEMMAS: Final = _MET | _COMING | _BEATEN
_MANY: Final = frozenset("salvo wave barrage swarm volley".split())
_DEFENCES: Final = frozenset({"defence", "defense", "battery", "defender"})
_SIRENS: Final = frozenset({"siren", "sirens", "alarm"})


def is_met(view: View, i: int) -> bool:
    """ "Air defences engaged drones", "reported incoming missiles", "dealt with 14 drones", "faces a wave of missiles"."""
    tree = view.tree
    lemma = tree.tokens[i].lemma
    if lemma not in _MET:
        return False
    doers = [c for s in tree.subjects(i) for c in tree.conjuncts(s)]
    if lemma in _SHOOTING:
        defending = any(_is_defence(view, d) for d in doers)
        return defending and any(_flies_in(view, w) for w in met(view, i))
    if not any(view.actors_by_head.get(d) or tree.tokens[d].lemma in _DEFENCES for d in doers):
        return False
    if lemma in _REACTING:
        return any(_flies_in(view, w) for w in met(view, i))
    if lemma in _SEEING and not any(_comes_in(view, w) for w in met(view, i)):
        return False
    return weapon_objects(view, i, IN_FLIGHT)


def is_beaten_back(view: View, i: int) -> bool:
    """ "The army beat back the rebels", "the rebels were repelled": fighters who attacked, not their attack."""
    tree = view.tree
    lemma = tree.tokens[i].lemma
    if lemma not in _BEATEN:
        return False
    particles = {tree.tokens[k].lower for k in tree.kids(i, "prt", "advmod")}
    if lemma in _BEATING_BACK and particles.isdisjoint({"back", "off"}):
        return False
    fighters = [c for h in targets(view, i) for c in tree.conjuncts(h)]
    return any(is_group(view, f) or tree.tokens[f].lemma in FIGHTERS for f in fighters)


def met(view: View, i: int) -> list[int]:
    """What somebody who meets weapons meets: objects, and what he reacts to."""
    tree = view.tree
    if tree.tokens[i].lemma in _SHOOTING:
        shot = [w for at in (i, *tree.objects(i)) for w in tree.prep_objects(at, "at", "on")]
        return [c for w in shot for c in tree.conjuncts(w)]
    reacted = _REACTING.get(tree.tokens[i].lemma)
    heads = tree.prep_objects(i, reacted) if reacted else [] if tree.is_passive(i) else tree.objects(i)
    return [c for h in with_of(view, heads) for c in tree.conjuncts(h)]


def comes_near(view: View, i: int) -> bool:
    """ "Missiles approached", "missiles were heading for the city", "incoming missiles set off sirens"."""
    tree = view.tree
    if tree.tokens[i].lemma != "set":
        return tree.tokens[i].lemma in _COMING and flies(view, i)
    off = any(tree.tokens[k].lower == "off" for k in tree.kids(i, "prt", "advmod"))
    sounded = any(tree.tokens[o].lemma in _SIRENS for o in tree.objects(i))
    return off and sounded and flies(view, i)


def _is_defence(view: View, i: int) -> bool:
    """ "Air defences", "anti-aircraft guns"."""
    words = {view.tree.tokens[k].lower for k in view.tree.subtree(i)}
    return view.tree.tokens[i].lemma in _DEFENCES or bool(
        words & {"anti-aircraft", "aircraft", "antiaircraft"}
    )


def _flies_in(view: View, i: int) -> bool:
    return any(m.weapon.weapon_class in IN_FLIGHT for m in view.weapons_by_head.get(i, ()))


def _comes_in(view: View, i: int) -> bool:
    """ "Incoming missiles", "a salvo of missiles"."""
    tree = view.tree
    incoming = any(tree.tokens[k].lower == "incoming" for k in tree.kids(i, "amod"))
    return incoming or tree.tokens[i].lemma in _MANY
