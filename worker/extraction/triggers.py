"""Which words of a parsed sentence open a strike, and in what role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick

from worker.event import Mode
from worker.extraction.actors import is_group
from worker.extraction.armed import (
    FLYING,
    IN_FLIGHT,
    armed_subject,
    flies,
    shot_down,
    targets,
    targets_weapons,
    weapon_below,
    weapon_objects,
)
from worker.extraction.figurative import is_figurative
from worker.extraction.fires import LIGHTING, sets_fire
from worker.extraction.incoming import LEMMAS as INCOMING
from worker.extraction.incoming import comes_near, is_beaten_back, is_met
from worker.extraction.mishaps import is_accident
from worker.extraction.phrasal import FIGHTERS, WITH_A_WORD, has_fallen, has_lost, opening_with
from worker.extraction.strikenouns import EXCHANGED, is_verbal_noun, mode_of_noun, mode_said
from worker.extraction.victims import SOLDIERS, is_fatal
from worker.extraction.view import read_once

if TYPE_CHECKING:
    from worker.extraction.tree import Token
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues


@dataclass(frozen=True, slots=True)
class Trigger:
    """A token that opens a strike. `role` is that of `cues.toml`, or "noun"."""

    i: int
    role: str
    mode: Mode = Mode.UNSPECIFIED


@read_once
def find_triggers(view: View, cues: Cues) -> tuple[Trigger, ...]:
    """The triggers of a sentence, in order. A labour strike, a cyber attack or a storm that hits gives none."""
    if _searched(cues.not_sentence).find_matches_as_indexes(view.lower) or _is_of_crime_or_space(view, cues):
        return ()
    found = []
    ceasefires = view.ceasefires
    for token in view.tree.tokens:
        trigger = None
        if ceasefires and any(start <= token.start < end for start, end in ceasefires):
            continue  # "a cessation of hostilities"
        if token.pos in {"NOUN", "PROPN"} or is_verbal_noun(view, token.i):
            mode = mode_of_noun(view, token.i, cues)
            trigger = Trigger(token.i, "noun", mode) if mode is not None else None
        elif token.pos in {"VERB", "AUX"}:
            trigger = _verb(view, token.i, cues)
        if trigger is not None:
            found.append(trigger)
    return tuple(found)


def _is_of_crime_or_space(view: View, cues: Cues) -> bool:
    """ "A feud of drug cartels", not "an airstrike on a camp of criminal gangs", "a strike on a drug trafficking vessel"."""
    if not _searched(cues.not_alone).find_matches_as_indexes(view.lower):
        return False
    return not _FROM_AFAR.search(view.lower)


_FROM_AFAR: Final = re.compile(
    r"\bair ?-?(?:strike|raid|force)|\b(?:strike|attack)s? (?:\w+ ){0,7}(?:on|against) (?:\w+ ){0,4}(?:boat|vessel)s?\b"
)


@lru_cache(maxsize=4)
def _searched(phrases: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(phrases)


def _verb(view: View, i: int, cues: Cues) -> Trigger | None:
    token = view.tree.tokens[i]
    roles = cues.strike_verbs.get(token.lemma)
    if (roles is None and token.lemma not in _WITH_OTHERS) or _hits_nobody(view, token):
        return None
    if (told := _on_its_way(view, i) or _of_fire(view, i, cues) or _of_a_loss(view, i)) is not None:
        return told
    down = any(view.tree.tokens[k].lower == "down" for k in view.tree.kids(i, "prt", "advmod"))
    if token.lemma in WITH_A_WORD or (token.lemma == "fall" and has_fallen(view, i)):
        found = opening_with(view, i, down=down)
        return Trigger(i, *found) if found is not None else None
    if token.lemma == "target" and _is_by_defences(view, i) and targets_weapons(view, i):
        return Trigger(i, "intercept")
    if token.lemma in {"bring", "take"} and down:
        return Trigger(i, shot_down(view, i)) if targets_weapons(view, i) else None
    if roles is None or token.lemma == "lose" or is_accident(view, i, cues) or _by_police(view, i):
        return None
    if is_figurative(view, i, cues, kills="kill" in roles):
        return None
    if token.lemma == "shoot":
        return _shot(view, i, down=down)
    if token.lemma in {"cause", "inflict", "do"}:
        return Trigger(i, "destroy") if "damage" in _object_lemmas(view, i) else None
    return _by_role(view, i, roles, cues)


def _of_a_loss(view: View, i: int) -> Trigger | None:
    """ "Their convoy hit a roadside bomb", "the army lost 34 soldiers": told by those who suffered it."""
    lemma = view.tree.tokens[i].lemma
    if lemma in {"hit", "strike", "trigger"} and weapon_objects(view, i, _LAID):
        return Trigger(i, "explode", Mode.BOMBING)
    if lemma != "lose":
        return None
    if _object_lemmas(view, i) & SOLDIERS:
        return Trigger(i, "kill")
    return Trigger(i, "fall", Mode.GROUND) if has_lost(view, i) else None


def _on_its_way(view: View, i: int) -> Trigger | None:
    """ "Air defences engaged drones", "missiles were heading for the city", "the army beat back the rebels"."""
    if is_met(view, i):
        return Trigger(i, "meet")
    if is_beaten_back(view, i):
        return Trigger(i, "repel", Mode.GROUND)
    return Trigger(i, "explode") if comes_near(view, i) else None


_LAID: Final = frozenset({"ied", "mine"})


def _executed(view: View, i: int, cues: Cues) -> Trigger | None:
    """ "Rebels executed fifteen drivers", "executed a raid"; not "Iran executed three men", "executed nine over a murder", which is what courts do."""
    tree = view.tree
    hurt = targets(view, i)
    if not any(tree.tokens[t].lemma in cues.casualties["people"] for t in hurt):
        return Trigger(i, "conduct")
    fighters = any(is_group(view, d) or tree.tokens[d].lemma in FIGHTERS for d in tree.doers(i))
    punished = not tree.lemmas.isdisjoint(_PUNISHING) or bool(tree.prep_objects(i, "over", "for"))
    return Trigger(i, "kill") if fighters and not punished else None


_PUNISHING: Final = frozenset(
    "convict sentence court squad hanging spy spying treason collaborator informant informer".split()
)
"""What is told with those whom a group puts to death as a state does."""


def _of_fire(view: View, i: int, cues: Cues) -> Trigger | None:
    """ "Exchanged fire", "opened fire", "set fire to a depot"."""
    lemma = view.tree.tokens[i].lemma
    if lemma in {"exchange", "trade"} and _exchanged(view, i) & EXCHANGED:
        return Trigger(i, "clash", _mode_below(view, i, cues))
    if lemma == "open" and "fire" in _object_lemmas(view, i):
        return Trigger(i, "attack", Mode.GROUND)
    lit = lemma in LIGHTING and sets_fire(view, i) and not is_accident(view, i, cues)
    return Trigger(i, "destroy") if lit else None


def _exchanged(view: View, i: int) -> set[str]:
    """What is exchanged: "fire", "hundreds of drone strikes", the strikes of which the parser hangs beside the drones."""
    objects = view.tree.objects(i)
    return {
        view.tree.tokens[o].lemma
        for o in (*objects, *(p for o in objects for p in view.tree.prep_objects(o, "of")))
    }


def _hits_nobody(view: View, token: Token) -> bool:
    """ "A targeted campaign" hits nobody, nor does a court that strikes down a law; "were killed in the West Bank and occupied East Jerusalem" seizes nothing.

    Nor do guns that fall silent, nor who seizes on a word.
    """
    after = view.tree.tokens[token.i + 1 : token.i + 2]
    if any(t.lower in _ASIDE.get(token.lemma, ()) for t in after):
        return True
    if (
        token.lemma == "fight"
        and token.dep in {"advcl", "acl", "pcomp"}
        and view.tree.prep_objects(token.i, "for")
    ):
        return not view.tree.prep_objects(token.i, "against", "with") and not view.tree.objects(token.i)
    if token.dep == "conj" and token.lower in {"occupied", "annexed"}:
        own = view.tree.kids(token.i, "nsubj", "nsubjpass", "aux", "auxpass")
        return not own and view.tree.is_passive(token.head)
    return token.dep == "amod" and token.lemma in {"target", "ram"}  # "a vehicle-ramming attack"


_ASIDE: Final = {
    "strike": {"down", "off", "out"},
    "seize": {"on", "upon"},
    "fall": {"silent", "quiet", "short", "apart", "behind", "through", "ill"},
}
"""Words that make something else of the verb before them."""


def _is_by_defences(view: View, i: int) -> bool:
    """ "Air defences targeted Russian missiles"."""
    return any(view.tree.tokens[s].lemma in {"defence", "defense"} for s in view.tree.subjects(i))


_WITH_OTHERS: Final = (
    frozenset({"exchange", "trade", "open", "bring", "take", "lose"}) | WITH_A_WORD | LIGHTING | INCOMING
)
"""Verbs that tell of an attack only together with another word."""


def _by_police(view: View, i: int) -> bool:
    """ "Police raided a casino", "the suspect was shot by police"."""
    tree = view.tree
    lemma = tree.tokens[i].lemma
    if lemma != "raid" and not (lemma in {"shoot", "kill"} and _is_suspect(view, i)):
        return False
    if not tree.is_passive(i):
        return any(tree.tokens[d].lemma in _POLICE for d in tree.subjects(i))
    doers = (d for c in tree.conjuncts(i) for d in tree.prep_objects(c, "by"))  # "shot and killed by police"
    return any(tree.tokens[d].lemma in _POLICE for d in doers)


def _is_suspect(view: View, i: int) -> bool:
    return bool({view.tree.tokens[t].lemma for t in targets(view, i)} & _SUSPECTS)


_SUSPECTS: Final = frozenset("perpetrator suspect culprit knifeman offender".split())
_POLICE: Final = frozenset("police policeman officer agent detective prosecutor investigator customs".split())


def _by_role(view: View, i: int, roles: frozenset[str], cues: Cues) -> Trigger | None:
    """The trigger of a verb by its roles in the cues, the most telling first."""
    lemma = view.tree.tokens[i].lemma
    if lemma == "execute":
        return _executed(view, i, cues)
    if "intercept" in roles:
        return _brought_down(view, i)
    if "destroy" in roles and weapon_objects(view, i, IN_FLIGHT):
        return Trigger(i, "attack" if _before_launch(view) or _among_others(view, i) else shot_down(view, i))
    if lemma in _HITTING_BACK and _weapons_with(view, i):
        return Trigger(i, "launch")
    if "launch" in roles:
        return None if _used_for(view, i) else _launched(view, i, roles)
    if "shake" in roles:
        shaken = {view.tree.tokens[s].lemma for s in view.tree.subjects(i)}
        return Trigger(i, "attack") if shaken & {*cues.strike_nouns, "fire"} else None
    role = next((r for r in _PLAIN_ROLES if r in roles), None)
    if (role == "clash" and _of_a_long_war(view, i)) or (role == "seize" and _of_goods(view, i)):
        return None
    if role == "conduct" and (_of_meeting_it(view, i) or _of_a_load(view, i)):
        return None
    return Trigger(i, role, _verb_mode(lemma)) if role is not None else None


def _brought_down(view: View, i: int) -> Trigger | None:
    """ "Intercepted two missiles", "downed a drone", "downed an aircraft", which people ride in."""
    lemma = view.tree.tokens[i].lemma
    if lemma == "down" and {view.tree.tokens[t].lemma for t in targets(view, i)} & _PLANES:
        return Trigger(i, "attack")
    brought_down = weapon_below(view, i) or (lemma == "down" and targets_weapons(view, i))
    if lemma == "disable" and not brought_down and armed_subject(view, i):
        return Trigger(i, "destroy")  # "sea drones disabled two tankers"
    return Trigger(i, shot_down(view, i)) if brought_down else None


def _of_a_long_war(view: View, i: int) -> bool:
    """ "The RSF, which has fought the army since 2023": who it is, no news of a fight."""
    tree = view.tree
    perfect = any(tree.tokens[k].lemma == "have" for k in tree.kids(i, "aux"))
    return tree.tokens[i].dep == "relcl" and perfect and bool(tree.prep_objects(i, "since", "for"))


def _of_meeting_it(view: View, i: int) -> bool:
    """ "Continues to intercept waves of attacks": what goes on is the defence."""
    tree = view.tree
    return any(tree.tokens[k].lemma in _MEETING for k in tree.kids(i, "xcomp"))


def _of_goods(view: View, i: int) -> bool:
    """ "Seizes over 30 terminals", "seized power": what is none of the things that are fought for."""
    tree = view.tree
    objects = tree.objects(i)
    held = {tree.tokens[o].lemma for o in objects if not tree.prep_objects(o, "of", "over")}
    coup = any(tree.tokens[o].lemma == "coup" for o in tree.prep_objects(i, "in", "by", "during", "after"))
    if held & {"power", "office"} or coup:
        return True  # within a state: who is hit by it is none of two sides
    fought_for = any(o in view.sites_by_head or tree.tokens[o].lemma in _GROUND for o in objects)
    return bool(objects) and not fought_for and all(tree.kids(o, "nummod") for o in objects)


_GROUND: Final = frozenset(
    "town village city position base outpost post checkpoint settlement area district point hill region province "
    "hostage soldier captive sailor locality kilometre kilometer mile".split()
)


def _of_a_load(view: View, i: int) -> bool:
    """ "A bus carrying refugees": what is carried, not carried out."""
    tree = view.tree
    out = any(tree.tokens[k].lower == "out" for k in tree.kids(i, "prt", "advmod"))
    people = any(tree.tokens[o].tag in {"NNS", "NN"} and view.actors_by_head.get(o) for o in tree.objects(i))
    return tree.tokens[i].lemma == "carry" and not out and people


_MEETING: Final = frozenset("intercept repel repulse thwart foil face suffer resist".split())


def _used_for(view: View, i: int) -> bool:
    """ "A building used to launch rockets": what a place is said to be for; drones that are used are at work."""
    tree = view.tree
    above = tree.tokens[tree.tokens[i].head]
    if above.lower == "for":
        above = tree.tokens[above.head]
    used = above.lemma == "use" and (above.tag == "VBN" or tree.is_passive(above.i))
    what = tree.subjects(above.i) or [above.head]
    return used and not any(w in view.weapon_tokens for w in what)


def _before_launch(view: View) -> bool:
    """ "Destroyed missiles that were about to be launched": an attack on those who would have launched them."""
    return _UNLAUNCHED.search(view.sentence.text) is not None


def _among_others(view: View, i: int) -> bool:
    """ "Destroyed nine trucks and four drones of the group": not in flight, where what stands on the ground is too."""
    grounded = any(
        m.weapon.weapon_class in _GROUNDED for t in targets(view, i) for m in view.weapons_by_head.get(t, ())
    )
    return grounded or any(t in view.sites_by_head for t in targets(view, i))


_GROUNDED: Final = frozenset({"tank", "vehicle", "ship"})
_UNLAUNCHED: Final = re.compile(
    r"\b(?:(?:about|ready|prepared|preparing) to\b|being prepared\b|prepped to\b|on the ground\b|before (?:they|it) could\b"
    r"|in (?:an? |the )?[\w-]+-(?:held|controlled)\b)"
)


def _weapons_with(view: View, i: int) -> bool:
    """ "Retaliated with drones and missiles"."""
    return any(w in view.weapon_tokens for w in view.tree.prep_objects(i, "with"))


_HITTING_BACK: Final = frozenset("retaliate respond reply answer".split())


def _launched(view: View, i: int, roles: frozenset[str]) -> Trigger | None:
    if weapon_below(view, i):
        return Trigger(i, "launch")
    if (
        view.tree.tokens[i].lemma == "launch"
        and {view.tree.tokens[o].lemma for o in view.tree.objects(i)} & _PLANES
    ):
        return None  # "launched aircraft to intercept the drones"
    if not view.tree.is_passive(i) and not view.tree.objects(i) and flies(view, i):
        return Trigger(i, "explode")  # "rockets rained on the town"
    if "conduct" in roles:
        return Trigger(i, "conduct")
    bare = view.tree.tokens[i].lemma == "fire" and not view.tree.objects(i)
    return Trigger(i, "attack", Mode.GROUND) if bare else None


def _shot(view: View, i: int, *, down: bool) -> Trigger | None:
    """ "shot down" a drone, "shot" a missile at a city, "shot dead" a man."""
    if down:
        if {view.tree.tokens[t].lemma for t in targets(view, i)} & _PLANES:
            return Trigger(i, "attack")
        known = targets_weapons(view, i) or any(m.weapon.weapon_class in FLYING for m in view.weapons)
        return Trigger(i, shot_down(view, i)) if known and not _is_no_weapon(view, i) else None
    if weapon_below(view, i):
        return Trigger(i, "launch")
    dead = "dead" in _words_after(view, i) or is_fatal(view.tree, i)
    return Trigger(i, "kill" if dead else "attack", Mode.GROUND)


_PLANES: Final = frozenset("aircraft plane airliner warplane airplane helicopter".split())


_PLAIN_ROLES: Final = ("attack", "kill", "destroy", "clash", "seize", "explode", "conduct")


def _verb_mode(lemma: str) -> Mode:
    return _MODES.get(lemma, Mode.UNSPECIFIED)


_MODES: Final = {
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
    "retook": Mode.GROUND,
    "occupy": Mode.GROUND,
    "carpet-bomb": Mode.AIRSTRIKE,
    "detonate": Mode.BOMBING,
    "explode": Mode.BOMBING,
}
"""Verbs that say by what means."""


def _is_no_weapon(view: View, i: int) -> bool:
    """ "Shot down an unidentified object", "a balloon": nobody is at war with it."""
    lemmas = {view.tree.tokens[t].lemma for t in targets(view, i)}
    return bool(lemmas & {"object", "balloon", "ufo", "proposal", "plan", "bill"})


def _object_lemmas(view: View, i: int) -> set[str]:
    return {view.tree.tokens[t].lemma for t in view.tree.objects(i)}


def _words_after(view: View, i: int) -> set[str]:
    return {t.lower for t in view.tree.tokens[i + 1 : i + 4]}


def _mode_below(view: View, i: int, cues: Cues) -> Mode:
    for k in view.tree.objects(i):
        below = [c for c in view.tree.children[k] if view.tree.tokens[c].dep in {"compound", "amod"}]
        mode = mode_said(view, k, below, cues)
        if mode is not Mode.UNSPECIFIED:
            return mode
    return Mode.GROUND
