"""Storms, crashes and falls that a verb of attacking tells of: nobody attacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.actors import RULERS
from worker.extraction.armed import CREWED, is_gunfire, weapon_below

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues


def is_accident(view: View, i: int, cues: Cues) -> bool:
    """Whether a storm, a train or a crash does it."""
    token = view.tree.tokens[i]
    if token.lemma in _FALLS and _subject_lemmas(view, i) & _AIRCRAFT:
        return True  # "a Turkish military plane crashes in Georgia"
    lemmas = _subject_lemmas(view, i) & cues.not_subjects
    if "fire" in lemmas:
        shooting = (is_gunfire(view, s) for s in (*view.tree.subjects(i), *view.tree.prep_objects(i, "by")))
        lemmas -= {"fire"} if any(shooting) else set()
    if lemmas and (
        token.lemma in _ON_PURPOSE
        or any(
            _is_owned(view, o) for s in view.tree.subjects(i) for o in (s, *view.tree.prep_objects(s, "of"))
        )
    ):
        lemmas -= _VESSELS  # "aircraft bombed", "British aircraft hit", "its aircraft hit", "aircraft of the army", "army planes"
    if lemmas and not weapon_below(view, i):
        return not _is_laden(view, i)
    if token.lemma in _FALLS and _only_falls(view, i):
        return True
    if token.lemma == "explode" and _is_aboard(view, i):
        return True
    above = view.tree.tokens[token.head]
    fallen = bool(_subject_lemmas(view, above.i) & _AIRCRAFT) or _only_falls(view, above.i)
    accident = above.lemma in _MISHAPS or (above.lemma in _ACCIDENTS and fallen)
    return token.dep == "advcl" and accident


def _is_laden(view: View, i: int) -> bool:
    """ "A vehicle filled with explosives hit the convoy"."""
    tree = view.tree
    return any(
        tree.tokens[k].lemma.startswith("explosive") for s in tree.subjects(i) for k in tree.subtree(s)
    )


def _is_owned(view: View, i: int) -> bool:
    words = {view.tree.tokens[k].lower for k in view.tree.kids(i, "compound", "amod")}
    return bool(
        view.actors_by_head.get(i) or view.tree.kids(i, "poss") or words & (RULERS | {"military", "enemy"})
    )


_AIRCRAFT: Final = frozenset("aircraft plane airplane aeroplane airliner helicopter jet".split())
_VESSELS: Final = frozenset({"aircraft", "plane", "ship"})
_ON_PURPOSE: Final = frozenset("bomb bombard shell strafe raid attack target pound".split())


def _only_falls(view: View, i: int) -> bool:
    """Whether what comes down has a crew, or is said to come down and to hit nothing: an accident, or a loss."""
    below = [m for s in view.tree.subjects(i) for m in view.weapons_by_head.get(s, ())]
    if any(m.weapon.weapon_class in CREWED for m in below):
        return True
    return view.tree.tokens[i].lemma == "crash" and not view.tree.prep_objects(
        i, "into", "in", "on", "onto", "near", "at"
    )


def _is_aboard(view: View, i: int) -> bool:
    """ "A speedboat explodes at a port": what people ride in, unless it is a car."""
    below = [m.weapon.weapon_class for s in view.tree.subjects(i) for m in view.weapons_by_head.get(s, ())]
    return bool(below) and set(below) <= CREWED - {"vehicle", "tank"}


_MISHAPS: Final = frozenset({"collide", "derail", "capsize"})
_ACCIDENTS: Final = frozenset({"crash", "collapse"})
_FALLS: Final = frozenset({"crash", "fall", "land", "slam"})


def _subject_lemmas(view: View, i: int) -> set[str]:
    token = view.tree.tokens[i]
    if token.dep in {"relcl", "acl"} and not view.tree.is_passive(i):
        pronouns = [k for k in view.tree.kids(i, "nsubj") if view.tree.tokens[k].tag in {"WDT", "WP"}]
        if pronouns or not view.tree.kids(i, "nsubj"):
            return {view.tree.tokens[token.head].lemma}
    if view.tree.kids(i, "nsubjpass"):
        return {view.tree.tokens[t].lemma for t in view.tree.prep_objects(i, "by")}
    return {view.tree.tokens[t].lemma for t in view.tree.kids(i, "nsubj")}
