"""Which words of a parsed sentence open a strike, and in what role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick

from worker.event import Mode
from worker.extraction.view import read_once

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_VERB_TAGS: Final = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_FLYING: Final = frozenset({"drone", "missile", "rocket", "bomb", "artillery", "mortar", "air-defence"})
_IN_FLIGHT: Final = frozenset({"drone", "missile", "rocket", "bomb"})
_CREWED: Final = frozenset({"aircraft", "ship", "tank", "vehicle", "helicopter"})
_LABOUR: Final = frozenset({"strike", "walkout"})
_WEAK_NOUNS: Final = frozenset(
    "operation wave attempt hit invasion offensive aggression reprisal battle combat hostility fight".split()
)
"""Nouns that open a strike only with a belligerent or a weapon in their own phrase."""
_CAUSES: Final = frozenset({"battle", "fight"})
"""Nouns that, with what they are for or against, name a cause rather than an event."""
_ALARMS: Final = frozenset({"siren", "alert", "warning", "alarm", "shelter", "drill"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A token that opens a strike. `role` is that of `cues.toml`, or "noun"."""

    i: int
    role: str
    mode: Mode = Mode.UNSPECIFIED


@read_once
def find_triggers(view: View, cues: Cues) -> tuple[Trigger, ...]:
    """The triggers of a sentence, in order. A labour strike, a cyber attack or a storm that hits gives none."""
    if _searched(cues.not_sentence).find_matches_as_indexes(view.sentence.text.lower()):
        return ()
    found = []
    for token in view.tree.tokens:
        trigger = None
        if token.pos in {"VERB", "AUX"} or token.tag in _VERB_TAGS:
            trigger = _verb(view, token.i, cues)
        elif token.pos in {"NOUN", "PROPN"}:
            trigger = _noun(view, token.i, cues)
        if trigger is not None:
            found.append(trigger)
    return tuple(found)


@lru_cache(maxsize=2)
def _searched(phrases: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(phrases)


def _verb(view: View, i: int, cues: Cues) -> Trigger | None:
    token = view.tree.tokens[i]
    doer = token.dep in _CLAUSES and view.tree.kids(i, "nsubj")  # "government shelling", read as a clause
    if token.tag == "VBG" and token.dep in _NOUN_LABELS and token.lemma in _GERUNDS and not doer:
        return None if _since_it_began(view, i) else Trigger(i, "noun", _GERUNDS[token.lemma])
    if token.lemma in {"exchange", "trade"} and _object_lemmas(view, i) & _EXCHANGED:
        return Trigger(i, "clash", _mode_below(view, i, cues))
    if token.lemma == "open" and "fire" in _object_lemmas(view, i):
        return Trigger(i, "attack", Mode.GROUND)
    down = any(view.tree.tokens[k].lower == "down" for k in view.tree.kids(i, "prt", "advmod"))
    if token.lemma == "go":
        return _goes_off(view, i)
    if token.lemma in {"bring", "take"}:
        return Trigger(i, _shot_down(view, i)) if down and _targets_weapons(view, i) else None
    roles = cues.strike_verbs.get(token.lemma)
    if roles is None or _is_accident(view, i, cues) or _as_allies(view, i):
        return None
    if token.lemma == "shoot":
        return _shot(view, i, down=down)
    if token.lemma in {"cause", "inflict", "do", "set"}:
        return Trigger(i, "destroy") if _does_damage(view, i) else None
    if "kill" not in roles and _figurative(view, i, cues) and not _weapon_below(view, i):
        return None
    return _by_role(view, i, roles, cues)


def _goes_off(view: View, i: int) -> Trigger | None:
    """ "A bomb went off in a market"."""
    off = any(view.tree.tokens[k].lower == "off" for k in view.tree.kids(i, "prt", "advmod"))
    armed = any(s in view.weapon_tokens for s in view.tree.subjects(i))
    return Trigger(i, "explode", Mode.BOMBING) if off and armed else None


def _as_allies(view: View, i: int) -> bool:
    """ "Soldiers are fighting alongside the rebels": not against them, and no news of a fight."""
    token = view.tree.tokens[i]
    return token.lemma in {"fight", "battle"} and bool(view.tree.prep_objects(i, "alongside"))


def _does_damage(view: View, i: int) -> bool:
    """ "Caused damage to the port", "set an oil depot on fire"."""
    tree = view.tree
    if tree.tokens[i].lemma != "set":
        return "damage" in _object_lemmas(view, i)
    aflame = {tree.tokens[k].lower for k in tree.kids(i, "acomp", "oprd", "advmod", "amod")}
    return bool(aflame & _AFLAME) or "fire" in {tree.tokens[p].lemma for p in tree.prep_objects(i, "on")}


_AFLAME: Final = frozenset({"ablaze", "alight", "afire"})


def _by_role(view: View, i: int, roles: frozenset[str], cues: Cues) -> Trigger | None:
    """The trigger of a verb by its roles in the cues, the most telling first."""
    lemma = view.tree.tokens[i].lemma
    if "intercept" in roles:
        brought_down = _weapon_below(view, i) or (lemma == "down" and _targets_weapons(view, i))
        return Trigger(i, _shot_down(view, i)) if brought_down else None
    if "destroy" in roles and _weapon_objects(view, i, _IN_FLIGHT):
        return Trigger(i, _shot_down(view, i))
    if "launch" in roles:
        return _launched(view, i, roles)
    if "shake" in roles:
        shaken = {view.tree.tokens[s].lemma for s in view.tree.subjects(i)}
        return Trigger(i, "attack") if shaken & {*cues.strike_nouns, "fire"} else None
    role = next((r for r in _PLAIN_ROLES if r in roles), None)
    return Trigger(i, role, _verb_mode(lemma)) if role is not None else None


def _launched(view: View, i: int, roles: frozenset[str]) -> Trigger | None:
    if _weapon_below(view, i):
        return Trigger(i, "launch")
    if not view.tree.is_passive(i) and not view.tree.objects(i) and _flies(view, i):
        return Trigger(i, "explode")  # "rockets rained on the town"
    if "conduct" in roles:
        return Trigger(i, "conduct")
    bare = view.tree.tokens[i].lemma == "fire" and not view.tree.objects(i)
    return Trigger(i, "attack", Mode.GROUND) if bare else None


def _shot(view: View, i: int, *, down: bool) -> Trigger | None:
    """ "shot down" a drone, "shot" a missile at a city, "shot dead" a man."""
    if down:
        known = _targets_weapons(view, i) or any(m.weapon.weapon_class in _FLYING for m in view.weapons)
        return Trigger(i, _shot_down(view, i)) if known and not _is_no_weapon(view, i) else None
    if _weapon_below(view, i):
        return Trigger(i, "launch")
    return Trigger(i, "kill" if "dead" in _words_after(view, i) else "attack", Mode.GROUND)


def _is_accident(view: View, i: int, cues: Cues) -> bool:
    """Whether a storm, a train or a crash does it."""
    token = view.tree.tokens[i]
    lemmas = _subject_lemmas(view, i) & cues.not_subjects
    if any(view.actors_by_head.get(s) or view.tree.kids(s, "poss") for s in view.tree.subjects(i)):
        lemmas -= _VESSELS  # "British aircraft bombed", "its aircraft bombed"
    if lemmas and not _weapon_below(view, i):
        return True
    if token.lemma in _FALLS and _only_falls(view, i):
        return True
    above = view.tree.tokens[token.head]
    return token.dep == "advcl" and above.lemma in _ACCIDENTS and _only_falls(view, above.i)


_VESSELS: Final = frozenset({"aircraft", "plane", "ship"})
_CLAUSES: Final = frozenset({"csubj", "csubjpass"})
_NOUN_LABELS: Final = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "compound"}) | _CLAUSES
_GERUNDS: Final = {"fight": Mode.GROUND, "bomb": Mode.BOMBING, "shell": Mode.ARTILLERY}
_EXCHANGED: Final = frozenset({"fire", "gunfire", "attack", "strike", "blow", "shelling"})
_PLAIN_ROLES: Final = ("attack", "kill", "destroy", "clash", "seize", "explode", "conduct")


def _only_falls(view: View, i: int) -> bool:
    """Whether what comes down has a crew, or is said to come down and to hit nothing: an accident, or a loss."""
    below = [m for s in view.tree.subjects(i) for m in view.weapons_by_head.get(s, ())]
    if any(m.weapon.weapon_class in _CREWED for m in below):
        return True
    return view.tree.tokens[i].lemma == "crash" and not view.tree.prep_objects(
        i, "into", "in", "on", "onto", "near", "at"
    )


_ACCIDENTS: Final = frozenset({"crash", "collide", "collapse", "derail", "capsize"})
_FALLS: Final = frozenset({"crash", "fall", "land", "slam"})


def _verb_mode(lemma: str) -> Mode:
    modes = {
        "bomb": Mode.AIRSTRIKE,
        "bombard": Mode.ARTILLERY,
        "shell": Mode.ARTILLERY,
        "torpedo": Mode.NAVAL,
        "strafe": Mode.AIRSTRIKE,
        "ambush": Mode.GROUND,
        "storm": Mode.GROUND,
        "raid": Mode.GROUND,
        "dynamite": Mode.BOMBING,
        "rocket": Mode.ARTILLERY,
        "firebomb": Mode.BOMBING,
        "overrun": Mode.GROUND,
        "invade": Mode.GROUND,
        "clash": Mode.GROUND,
        "fight": Mode.GROUND,
        "battle": Mode.GROUND,
        "skirmish": Mode.GROUND,
        "capture": Mode.GROUND,
        "seize": Mode.GROUND,
        "recapture": Mode.GROUND,
        "retake": Mode.GROUND,
        "occupy": Mode.GROUND,
        "carpet-bomb": Mode.AIRSTRIKE,
        "detonate": Mode.BOMBING,
        "explode": Mode.BOMBING,
    }
    return modes.get(lemma, Mode.UNSPECIFIED)


def _noun(view: View, i: int, cues: Cues) -> Trigger | None:
    tree = view.tree
    token = tree.tokens[i]
    own = cues.strike_nouns.get(token.lemma) or cues.strike_nouns.get(token.lower)
    if own is None and token.lemma != "fire":
        return None
    if token.dep == "compound" and _speaks_for_both(view, token.head, cues):
        return None
    if token.lemma in _CLASHES and _of_protesters(view, i):
        return None
    below = [k for k in tree.children[i] if tree.tokens[k].dep in {"compound", "amod", "nmod", "poss"}]
    words = {tree.tokens[k].lemma for k in below} | {tree.tokens[k].lower for k in below}
    if token.lemma == "fire":
        mode = _modifier_mode(view, i, below, cues)
        return Trigger(i, "noun", mode) if mode is not Mode.UNSPECIFIED else None
    if own is None or words & cues.not_modifiers - view.armed_words:
        return None
    if (token.lemma in _WEAK_NOUNS and _in_passing(view, i, cues)) or _since_it_began(view, i):
        return None
    if token.lemma in _CAUSES and tree.prep_objects(i, "against", "for", "over"):
        return None  # "the fight against Hamas", "a battle for votes"
    if (token.lemma in _LABOUR and _labour(view, i, cues)) or _of_nobody(view, i):
        return None
    said = _modifier_mode(view, i, below, cues)
    mode = own if said is Mode.UNSPECIFIED else said
    if (
        token.lemma in _WEAK_NOUNS
        and (mode is Mode.UNSPECIFIED or (token.lemma == "invasion" and said is Mode.UNSPECIFIED))
        and not view.actors_by_head.get(i)
        and "military" not in words
    ):
        return None
    return Trigger(i, "noun", mode)


def _of_nobody(view: View, i: int) -> bool:
    """ "A green light for killing", not "the killings" or "the killing of a guard"."""
    tree = view.tree
    token = tree.tokens[i]
    told = view.actors_by_head.get(i) or tree.kids(i, "poss", "prep") or token.tag == "NNS"
    return token.lemma == "killing" and not told


def _speaks_for_both(view: View, head: int, cues: Cues) -> bool:
    """Whether a noun takes the word before it along: "strike missiles", "assault rifles", "bombing raid", "combat zones"."""
    lemma = view.tree.tokens[head].lemma
    return head in view.weapon_tokens or lemma in cues.strike_nouns or lemma in _ALARMS | _NAMED_FOR


def _of_protesters(view: View, i: int) -> bool:
    """ "Clashes between protesters and police"."""
    tree = view.tree
    fighters = [c for o in tree.prep_objects(i, "between", "with") for c in tree.conjuncts(o)]
    return any(tree.tokens[f].lemma in _CROWDS for f in fighters)


_CLASHES: Final = frozenset({"clash", "fighting", "battle", "skirmish"})
_CROWDS: Final = frozenset(
    "protester demonstrator rioter fan supporter student worker farmer striker".split()
)
_NAMED_FOR: Final = frozenset(
    "zone area group force troop unit vehicle aircraft helicopter readiness experience capability footage".split()
)
"""Heads that a word for fighting only names."""


def _since_it_began(view: View, i: int) -> bool:
    """ "since fighting began": a date, not news."""
    tree = view.tree
    token = tree.tokens[i]
    return token.dep in {"nsubj", "nsubjpass"} and any(
        tree.tokens[k].lower == "since" for k in tree.kids(token.head, "mark")
    )


def _in_passing(view: View, i: int, cues: Cues) -> bool:
    """Whether a campaign is only a date ("since the start of the invasion") or a topic ("protest against the offensive")."""
    tree = view.tree
    token = tree.tokens[i]
    if token.dep != "pobj":
        return False
    preposition = tree.tokens[token.head]
    above = tree.tokens[preposition.head]
    topic = preposition.lower in _ON_A_TOPIC and above.lemma not in {*cues.strike_verbs, *cues.strike_nouns}
    return (
        topic
        or preposition.lower in {"since", "before"}
        or (
            preposition.lower == "of"
            and above.lemma in {"start", "beginning", "outbreak", "onset", "eve", "anniversary"}
        )
    )


_ON_A_TOPIC: Final = frozenset({"against", "over", "about", "under", "during", "amid", "with"})


def _modifier_mode(view: View, i: int, below: list[int], cues: Cues) -> Mode:
    for k in below:
        for word in (view.tree.tokens[k].lower, view.tree.tokens[k].lemma):
            if word in cues.modifier_modes:
                return cues.modifier_modes[word]
    for mention in view.weapons_by_head.get(i, ()):
        if mention.weapon.mode is not Mode.UNSPECIFIED:
            return mention.weapon.mode
    return Mode.UNSPECIFIED


def _labour(view: View, i: int, cues: Cues) -> bool:
    tree = view.tree
    token = tree.tokens[i]
    if (
        token.dep == "pobj"
        and tree.tokens[token.head].lower == "on"
        and not tree.kids(i, "det", "amod", "compound", "nummod")
    ):
        return True  # "on strike"
    governor = tree.tokens[token.head].lemma if token.head != i else ""
    return token.dep in {"dobj", "pobj"} and governor in cues.not_modifiers | {"join", "call"}


def _shot_down(view: View, i: int) -> str:
    """An interception, or an attack where what falls has people in it or flies home."""
    hit = [m.weapon for h in _with_of(view, _targets(view, i)) for m in view.weapons_by_head.get(h, ())]
    flying = any(w.weapon_class in _FLYING and not w.returns for w in hit)
    return (
        "attack" if not flying and any(w.returns or w.weapon_class in _CREWED for w in hit) else "intercept"
    )


def _is_no_weapon(view: View, i: int) -> bool:
    """ "Shot down an unidentified object", "a balloon": nobody is at war with it."""
    lemmas = {view.tree.tokens[t].lemma for t in _targets(view, i)}
    return bool(lemmas & {"object", "balloon", "ufo", "proposal", "plan", "bill"})


def _targets(view: View, i: int) -> list[int]:
    tree = view.tree
    found = [*tree.objects(i), *tree.kids(i, "nsubjpass")]
    if tree.tokens[i].dep in {"acl", "relcl"} or (not found and tree.tokens[i].dep == "conj"):
        found += [tree.tokens[i].head] if tree.tokens[i].dep != "conj" else tree.subjects(i)
    if not found and tree.tokens[i].tag == "VBN":
        found += tree.subjects(i)
    return [c for f in found for c in tree.conjuncts(f)]


def _flies(view: View, i: int) -> bool:
    """Whether the subject is what comes down on a target."""
    return any(
        m.weapon.weapon_class in _FLYING
        for s in view.tree.subjects(i)
        for m in view.weapons_by_head.get(s, ())
    )


def _targets_weapons(view: View, i: int) -> bool:
    return _weapon_objects(view, i, _FLYING | _CREWED)


def _with_of(view: View, heads: list[int]) -> list[int]:
    """ "A swarm of drones": what a noun is made of counts with it."""
    return list(dict.fromkeys([*heads, *(o for h in heads for o in view.tree.prep_objects(h, "of"))]))


def _weapon_objects(view: View, i: int, classes: frozenset[str]) -> bool:
    heads = _with_of(view, _targets(view, i))
    return any(m.weapon.weapon_class in classes for h in heads for m in view.weapons_by_head.get(h, ()))


def _weapon_below(view: View, i: int) -> bool:
    heads = _with_of(view, _targets(view, i))
    return any(
        h in view.weapon_tokens
        and any(m.weapon.weapon_class not in _CREWED for m in view.weapons_by_head.get(h, ()))
        for h in heads
    )


def _figurative(view: View, i: int, cues: Cues) -> bool:
    """Whether an object makes the verb something else ("struck a deal"), unless it is a side's thing one can hit."""
    return any(
        view.tree.tokens[o].lemma in cues.not_objects
        and not (view.tree.tokens[o].lemma in _THINGS and view.actors_by_head.get(o))
        for o in view.tree.objects(i)
    )


_THINGS: Final = frozenset({"asset", "headquarter", "vehicle", "company"})
"""Objects that, said to be a side's, can be hit by an attack."""


def _object_lemmas(view: View, i: int) -> set[str]:
    return {view.tree.tokens[t].lemma for t in view.tree.objects(i)}


def _subject_lemmas(view: View, i: int) -> set[str]:
    token = view.tree.tokens[i]
    if token.dep in {"relcl", "acl"} and not view.tree.is_passive(i):
        pronouns = [k for k in view.tree.kids(i, "nsubj") if view.tree.tokens[k].tag in {"WDT", "WP"}]
        if pronouns or not view.tree.kids(i, "nsubj"):
            return {view.tree.tokens[token.head].lemma}
    if view.tree.kids(i, "nsubjpass"):
        return {view.tree.tokens[t].lemma for t in view.tree.prep_objects(i, "by")}
    return {view.tree.tokens[t].lemma for t in view.tree.kids(i, "nsubj")}


def _words_after(view: View, i: int) -> set[str]:
    return {t.lower for t in view.tree.tokens[i + 1 : i + 4]}


def _mode_below(view: View, i: int, cues: Cues) -> Mode:
    for k in view.tree.objects(i):
        below = [c for c in view.tree.children[k] if view.tree.tokens[c].dep in {"compound", "amod"}]
        mode = _modifier_mode(view, k, below, cues)
        if mode is not Mode.UNSPECIFIED:
            return mode
    return Mode.GROUND
