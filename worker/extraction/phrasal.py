"""Verbs that open a strike only with another word: "went off", "fell to", "blew up", "took the town of"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Mode
from worker.extraction.actors import is_group
from worker.extraction.armed import armed_subject, flies, targets, weapon_below, with_of

if TYPE_CHECKING:
    from worker.extraction.view import View

Opening = tuple[str, Mode]
"""The role of a trigger and the mode that its verb says."""


def opening_with(view: View, i: int, *, down: bool) -> Opening | None:
    """ "A bomb went off", "rockets came down on homes", "fighters entered the city of Uvira"."""
    tree = view.tree
    lemma = tree.tokens[i].lemma
    if lemma in {"go", "set"}:
        return ("explode", Mode.BOMBING) if _goes_off(view, i) else None
    if lemma == "come":
        return ("explode", Mode.UNSPECIFIED) if down and flies(view, i) else None
    if lemma == "fall":
        return ("fall", Mode.GROUND) if has_fallen(view, i) else None
    if lemma == "blow":
        return _blown(view, i)
    if lemma == "break":
        return ("attack", Mode.GROUND) if _breaks_through(view, i) else None
    if lemma in {"gun", "mow"}:
        crowd = {tree.tokens[o].lemma for o in tree.objects(i)} & _CROWD
        return ("kill", Mode.GROUND) if down and not crowd else None
    if lemma in _TO_DEATH:
        dead = "death" in {tree.tokens[p].lemma for p in tree.prep_objects(i, "to")}
        return ("kill", Mode.GROUND) if dead else _burnt(view, i)
    if lemma == "knock":
        out = any(tree.tokens[k].lower == "out" for k in tree.kids(i, "prt", "advmod"))
        return ("destroy", Mode.UNSPECIFIED) if out and armed_subject(view, i) else None
    if lemma in {"send", "use"}:
        return _sent(view, i)
    return ("seize", Mode.GROUND) if _takes(view, i) else None


def _goes_off(view: View, i: int) -> bool:
    """ "A bomb went off", "rebels set off a bomb", not an alarm."""
    tree = view.tree
    off = any(tree.tokens[k].lower == "off" for k in tree.kids(i, "prt", "advmod"))
    if tree.tokens[i].lemma == "set":
        return off and any(o in view.weapon_tokens for t in targets(view, i) for o in tree.conjuncts(t))
    return off and any(w in view.weapon_tokens for s in tree.subjects(i) for w in tree.subtree(s))


def _sent(view: View, i: int) -> Opening | None:
    """ "Sent drones at the port", "used drones against it", "used barrel bombs, killing nine", "sent four to hell"."""
    tree = view.tree
    sends = tree.tokens[i].lemma == "send"
    if sends and any(tree.tokens[p].lemma == "hell" for p in tree.prep_objects(i, "to")):
        return "kill", Mode.GROUND
    sent = with_of(view, tree.objects(i))  # "dozens of drones against the city"
    words = {tree.tokens[k].lower for o in (i, *sent) for k in tree.kids(o, "prep")}
    aimed = bool(words & (_AIMED_AT if sends else {"against"}))
    aimed = aimed or (
        not sends and any(tree.tokens[k].lemma in _HARMING for k in tree.kids(i, "advcl", "conj"))
    )
    return ("launch", Mode.UNSPECIFIED) if aimed and weapon_below(view, i) else None


_HARMING: Final = frozenset("kill wound injure destroy hit strike result".split())


def _takes(view: View, i: int) -> bool:
    """ "Rebels entered the city of Uvira", "troops advanced into Homs", "the army took the village of Sinah", "… control of it"."""
    tree = view.tree
    lemma = tree.tokens[i].lemma
    rebels = lemma == "enter"  # soldiers enter a town without a fight as well
    armed = any(
        tree.tokens[s].lemma in (_REBELS if rebels else _REBELS | _SOLDIERS) or is_group(view, s)
        for h in tree.subjects(i)
        for s in tree.conjuncts(h)
    )
    into = ("into", "on") if lemma in {"advance", "march"} else ("into",)
    where = tree.objects(i) if lemma in {"enter", "take", "gain"} else tree.prep_objects(i, *into)
    back = any(tree.tokens[k].lower == "back" for k in tree.kids(i, "prt", "advmod"))
    if lemma == "take" and back and armed:
        return any(
            w in view.sites_by_head or tree.tokens[w].lemma in _TOWNS or tree.tokens[w].pos == "PROPN"
            for w in where
        )
    over = any(tree.tokens[k].lower == "over" for k in tree.kids(i, "prt"))
    if lemma == "take" and over and _by_rebels(view, i):
        return bool(where) and all(w in view.sites_by_head or tree.tokens[w].lemma in _TOWNS for w in where)
    if lemma in {"take", "gain"}:
        control = [w for w in where if tree.tokens[w].lemma == "control"]
        named = [w for w in where if tree.tokens[w].pos == "PROPN" or tree.tokens[w].lemma in _TOWNS]
        over_what = [o for w in (*control, i) for o in tree.prep_objects(w, "of", "over") if control]
        where = over_what or named
    towns = [at for w in where for at in (w, *tree.prep_objects(w, "of", "in"), *tree.kids(w, "compound"))]
    capital = any(tree.tokens[w].lemma == "capital" for w in where)  # "advanced on the Yemeni capital"
    return armed and (capital or any(tree.tokens[at].pos == "PROPN" for at in towns))


def _by_rebels(view: View, i: int) -> bool:
    """Whether those who do it are rebels: they take a school over by force, governments do not."""
    doers = [c for h in view.tree.subjects(i) for c in view.tree.conjuncts(h)]
    return bool(doers) and all(view.tree.tokens[d].lemma in _REBELS or is_group(view, d) for d in doers)


def _burnt(view: View, i: int) -> Opening | None:
    """ "Rebels burnt down the village", "the army torched shops"."""
    tree = view.tree
    doers = [] if tree.is_passive(i) else [c for s in tree.subjects(i) for c in tree.conjuncts(s)]
    armed = any(is_group(view, d) or tree.tokens[d].lemma in _REBELS | _SOLDIERS for d in doers)
    burnt = armed and tree.tokens[i].lemma in {"burn", "torch"} and tree.objects(i)
    return ("destroy", Mode.GROUND) if burnt else None


def _breaks_through(view: View, i: int) -> bool:
    """ "Rebels broke through army lines", "troops broke through its defences"."""
    tree = view.tree
    doers = [c for s in tree.subjects(i) for c in tree.conjuncts(s)]
    armed = any(is_group(view, d) or tree.tokens[d].lemma in FIGHTERS for d in doers)
    return armed and any(tree.tokens[o].lemma in LINES for o in tree.prep_objects(i, "through"))


def _blown(view: View, i: int) -> Opening | None:
    """ "Rebels blew up a bridge", "a mine blew up a minibus", "a bomber blew himself up", "blew a hole in the hull"."""
    tree = view.tree
    up = any(tree.tokens[k].lower in {"up", "apart"} for k in tree.kids(i, "prt", "advmod"))
    hurt = [o for o in tree.objects(i) if not tree.tokens[o].lower.endswith(("self", "selves"))]
    if not up:
        holed = any(tree.tokens[o].lemma == "hole" for o in hurt)
        return ("destroy", Mode.UNSPECIFIED) if holed and armed_subject(view, i) else None
    if hurt or tree.is_passive(i):
        return ("attack", Mode.BOMBING)
    return ("explode", Mode.BOMBING) if armed_subject(view, i) else None


def has_fallen(view: View, i: int) -> bool:
    """ "The town fell to the rebels"."""
    tree = view.tree
    return _to_fighters(view, i) and _are_towns(view, tree.subjects(i))


def has_lost(view: View, i: int) -> bool:
    """ "The army lost the town to the rebels"."""
    tree = view.tree
    sides = [c for s in tree.subjects(i) for c in tree.conjuncts(s)]
    armed = any(view.actors_by_head.get(s) or tree.tokens[s].lemma in FIGHTERS for s in sides)
    return armed and _to_fighters(view, i) and _are_towns(view, tree.objects(i))


def _to_fighters(view: View, i: int) -> bool:
    tree = view.tree
    things = tree.objects(i)
    # "Lost Goris to the army", hung on the town
    hung = [i, *things, *(o for t in things for o in tree.prep_objects(t, "of"))]
    victors = [c for at in hung for v in tree.prep_objects(at, "to") for c in tree.conjuncts(v)]
    return any(view.actors_by_head.get(v) or tree.tokens[v].lemma in FIGHTERS for v in victors)


def _are_towns(view: View, heads: list[int]) -> bool:
    tree = view.tree
    lost = [a for h in heads for c in tree.conjuncts(h) for a in (c, *tree.prep_objects(c, "of"))]
    return any(tree.tokens[at].pos == "PROPN" or tree.tokens[at].lemma in _TOWNS for at in lost)


LINES: Final = frozenset("line defence defense position front trench fortification".split())
"""What fighters break through."""
_TO_DEATH: Final = frozenset("hack stab beat burn torch club".split())
WITH_A_WORD: Final = _TO_DEATH | frozenset(
    "go set come enter take gain advance march push sweep roll knock send use blow break gun mow".split()
)
_CROWD: Final = frozenset({"protester", "demonstrator", "rioter"})
_AIMED_AT: Final = frozenset({"at", "into", "against", "over", "toward", "towards"})
_TOWNS: Final = frozenset("town city village capital port base airport".split())
_REBELS: Final = frozenset(
    "fighter rebel militant guerrilla insurgent jihadist gunman gunmen gang militia".split()
)
_SOLDIERS: Final = frozenset("soldier troop force tank army".split())
FIGHTERS: Final = _REBELS | _SOLDIERS
