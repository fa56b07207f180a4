"""What weapons stand around a verb: who is armed, what flies, what is fired, what is brought down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.extraction.view import View

FLYING: Final = frozenset({"drone", "missile", "rocket", "bomb", "artillery", "mortar", "air-defence"})
IN_FLIGHT: Final = frozenset({"drone", "missile", "rocket", "bomb"})
CREWED: Final = frozenset({"aircraft", "ship", "tank", "vehicle", "helicopter"})


def armed_subject(view: View, i: int) -> bool:
    """Whether the subject of a verb is a weapon."""
    return any(s in view.weapon_tokens for h in view.tree.subjects(i) for s in view.tree.conjuncts(h))


def is_gunfire(view: View, i: int) -> bool:
    """ "Syrian fire", "army fire", "tank fire"; "a Russian fire" and a "Turkish hotel fire" are blazes."""
    tree = view.tree
    if tree.tokens[i].lower != "fire" or any(
        tree.tokens[k].lower in {"a", "an"} for k in tree.kids(i, "det")
    ):
        return False
    whose = view.actors_by_head.get(i, ())
    beside = [tree.tokens[k] for k in tree.kids(i, "compound", "nmod")]
    arms = {t.lemma for t in beside if not any(m.start <= t.start < m.end for m in whose)}
    return arms <= _FIRING and bool(whose or arms)


_FIRING: Final = frozenset(
    "tank sniper gun rifle machine artillery mortar rocket army police military troop enemy".split()
)


def targets(view: View, i: int) -> list[int]:
    """What a verb does something to, the noun that a participle stands beside included."""
    tree = view.tree
    found = [*tree.objects(i), *tree.kids(i, "nsubjpass")]
    if tree.tokens[i].dep in {"acl", "relcl"} or (not found and tree.tokens[i].dep == "conj"):
        found += [tree.tokens[i].head] if tree.tokens[i].dep != "conj" else tree.subjects(i)
    if not found and tree.tokens[i].tag == "VBN":
        found += tree.subjects(i)
    return [c for f in found for c in tree.conjuncts(f)]


def flies(view: View, i: int) -> bool:
    """Whether the subject is what comes down on a target."""
    return any(
        m.weapon.weapon_class in FLYING
        for s in view.tree.subjects(i)
        for m in view.weapons_by_head.get(s, ())
    )


def targets_weapons(view: View, i: int) -> bool:
    """Whether something that flies or drives is done something to."""
    return weapon_objects(view, i, FLYING | CREWED)


def with_of(view: View, heads: list[int]) -> list[int]:
    """ "A swarm of drones": what a noun is made of counts with it."""
    return list(dict.fromkeys([*heads, *(o for h in heads for o in view.tree.prep_objects(h, "of"))]))


def weapon_objects(view: View, i: int, classes: frozenset[str]) -> bool:
    """Whether a weapon of one of the classes is done something to."""
    heads = with_of(view, targets(view, i))
    return any(m.weapon.weapon_class in classes for h in heads for m in view.weapons_by_head.get(h, ()))


def weapon_below(view: View, i: int) -> bool:
    """Whether the object is a weapon that is fired, not one that people ride in."""
    heads = with_of(view, targets(view, i))
    return any(
        h in view.weapon_tokens
        and any(m.weapon.weapon_class not in CREWED for m in view.weapons_by_head.get(h, ()))
        for h in heads
    )


def shot_down(view: View, i: int) -> str:
    """An interception, or an attack where what falls has people in it or flies home."""
    hit = [m.weapon for h in with_of(view, targets(view, i)) for m in view.weapons_by_head.get(h, ())]
    flying = any(w.weapon_class in FLYING and not w.returns for w in hit)
    return "attack" if not flying and any(w.returns or w.weapon_class in CREWED for w in hit) else "intercept"
