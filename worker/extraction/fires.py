"""Fires that an attack set: depots set ablaze, blazes sparked by drones, buildings that burn after a strike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import SiteType
from worker.extraction.armed import armed_subject
from worker.extraction.fillers import FIRES, PIECES
from worker.extraction.tree import VERBS

if TYPE_CHECKING:
    from worker.extraction.view import View

LIGHTING: Final = frozenset("set ignite spark start trigger cause light torch".split())
"""Verbs that tell of an attack where what they light, and who lights it, say so."""
_AFLAME: Final = frozenset({"ablaze", "alight", "afire"})


def sets_fire(view: View, i: int) -> bool:
    """ "Set an oil depot ablaze", "set fire to it", "drones sparked a blaze at a refinery", "drones torched a depot"."""
    tree = view.tree
    lemma = tree.tokens[i].lemma
    lit = {tree.tokens[o].lemma for o in tree.objects(i)}
    if lemma == "set":
        return _is_aflame(view, i) or (bool(lit & FIRES) and bool(tree.prep_objects(i, "to")))
    if not (armed_subject(view, i) or _by_debris(view, i)):
        return False
    return bool(lit) if lemma in {"ignite", "torch"} else bool(lit & FIRES)


def burning(view: View, attacks: set[int]) -> set[int]:
    """What burns after one of the attacks: "a depot caught fire when drones fell", "a fire broke out at a depot after a raid"."""
    found: set[int] = set()
    for t in attacks:
        at = followed(view, t)
        if at is None:
            continue
        found.update(_burnt(view, at))
    return found


def alight(view: View) -> set[int]:
    """What burns in a sentence: "an oil depot was set ablaze", "a fire broke out at the terminal"."""
    return {k for t in view.tree.tokens if t.pos in VERBS for k in _burnt(view, t.i)}


def _burnt(view: View, verb: int) -> list[int]:
    """What a verb says to burn, and where."""
    tree = view.tree
    subjects = tree.subjects(verb)
    burnt = subjects if _burns(view, verb) else []
    blaze = not FIRES.isdisjoint(tree.tokens[s].lemma for s in subjects)
    if not burnt and not blaze:
        return [s for s in subjects if _stands_still(view, verb, s)]
    consumed = tree.objects(verb) if blaze else []  # "a fire engulfed a depot"
    where = [o for k in (verb, *subjects) for o in tree.prep_objects(k, "at", "in", "near")]
    return [*burnt, *consumed, *where]


def _stands_still(view: View, verb: int, i: int) -> bool:
    """ "A refinery halted work", "was shut down": works that an attack stops were hit."""
    works = any(m.type in _WORKS for m in view.sites_by_head.get(i, ()))
    return works and view.tree.tokens[verb].lemma in _STOPPING


_WORKS: Final = frozenset({SiteType.ENERGY, SiteType.INDUSTRY, SiteType.NUCLEAR})
_STOPPING: Final = frozenset({"halt", "stop", "suspend", "cease", "shut", "close", "idle", "disconnect"})


def followed(view: View, attack: int) -> int | None:
    """The verb of what is told to have come after an attack, or from it."""
    tree = view.tree
    token = tree.tokens[attack]
    if token.dep == "advcl" and {tree.tokens[k].lower for k in tree.kids(attack, "mark", "advmod")} & _WHEN:
        return token.head
    preposition = tree.tokens[token.head]
    if token.dep != "pobj" or preposition.lower not in _AFTER:
        return None
    # "a fire broke out at a refinery in Ufa | in a drone attack", hung on the refinery
    return next((a for a in tree.ancestors(preposition.i) if tree.tokens[a].pos in VERBS), None)


def _burns(view: View, i: int) -> bool:
    tree = view.tree
    lemma = tree.tokens[i].lemma
    caught = lemma == "catch" and "fire" in {tree.tokens[o].lemma for o in tree.objects(i)}
    lit = lemma in {"be", "go", "erupt"} or (lemma == "set" and tree.is_passive(i))
    return caught or lemma in {"burn", "collapse"} or (lit and _is_aflame(view, i))


def _is_aflame(view: View, i: int) -> bool:
    """Whether "ablaze" or "on fire" stands with a verb or its object, wherever the parser hangs it."""
    tree = view.tree
    for at in (i, *tree.objects(i), *tree.subjects(i)):
        said = {
            tree.tokens[k].lower for k in tree.kids(at, "acomp", "oprd", "advmod", "amod", "dobj", "attr")
        }
        if said & _AFLAME or FIRES & {tree.tokens[p].lemma for p in tree.prep_objects(at, "on")}:
            return True
    return False


def _by_debris(view: View, i: int) -> bool:
    """ "Debris from a drone sparked a fire", "falling drone debris caused a blaze"."""
    below = [set(view.tree.subtree(s)) for s in view.tree.subjects(i)]
    return any(b & view.weapon_tokens and PIECES & {view.tree.tokens[k].lemma for k in b} for b in below)


_WHEN: Final = frozenset({"after", "when", "as"})
_AFTER: Final = frozenset({"after", "following", "from", "during", "by", "in"})
