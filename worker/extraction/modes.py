"""By what means: the mode of an attack, from what was used before what was done and who did it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.event import Disposition, Mode
from worker.extraction.linking import BLASTS
from worker.extraction.view import read_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from worker.extraction.frames import Frame
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_LOOSE: Final = frozenset({Mode.UNSPECIFIED, Mode.ARTILLERY, Mode.AIRSTRIKE, Mode.GROUND, Mode.BOMBING})
"""Modes of a verb alone, which a weapon says better: one bombards with missiles, bombs with drones."""
_IN_FLIGHT: Final = frozenset({Mode.DRONE, Mode.MISSILE, Mode.ARTILLERY, Mode.AIRSTRIKE})
"""What a blast is of where it is said to have been used."""
_SAID: Final = frozenset({"noun"})
_FROM_THE_AIR: Final = re.compile(
    r"(?i)\b(?:guided|glide|gliding|aerial|barrel|cluster|bunker-buster|air-dropped) bomb"
)
_PLANTED: Final = frozenset(
    "suicide car truck roadside ied parcel letter van motorcycle bomb terrorist".split()
)
_USED: Final = frozenset({"with", "using", "by", "via"})
_STRIKE_WORDS: Final = re.compile(r"(?:air-?strikes?|air-?raids?)")
_AIR_FORCE: Final = re.compile(
    r"(?i)\b(?:air forces?|IAF|war-?planes?|fighter jets?|jets|bombers|helicopters?|gunships?|military aircraft|combat aircraft)\b"
)
_NAVY: Final = re.compile(r"(?i)\b(?:navy|warships?|gunboats?|naval (?:forces?|ships?|vessels?))\b")
_GUNMEN: Final = re.compile(
    r"(?i)\b(?:gunm[ae]n|soldiers?|troops?|commandos?|insurgents?|rebels?|fighters?|militants?|paratroopers|infantry|"
    r"special forces|militia(?:men)?|guerrillas?|snipers?|raiders|tribesmen|bandits?|jihadis(?:ts?)?|armed men|herders|separatists?|"
    r"herdsmen|assailants|(?:security|police|army) units?|police(?:men)?)\b"
)
_SUICIDE: Final = re.compile(
    r"\bsuicide (?:bomb\w*|attack\w*|vests?|belts?|car|truck)|\bsuicide-bomb\w*|\bbombers? (?:blew|detonat)|\b(?:blew|blow|blows|blowing) (?:himself|herself|themselves) up"
)


def settle_modes(frames: Iterable[Frame], cues: Cues) -> None:
    """Put the mode that counts first into each frame's modes."""
    frames = list(frames)
    for frame in frames:
        mode = _mode_of(frame, cues, alone=len(frames) == 1)
        if mode is not Mode.UNSPECIFIED:
            frame.modes.insert(0, mode)


def _mode_of(frame: Frame, cues: Cues, *, alone: bool) -> Mode:
    tree = frame.view.tree
    whence = [tree.tokens[o].lower for t in frame.triggers for o in tree.prep_objects(t.i, "from")]
    if (mode := next((_FROM[w] for w in whence if w in _FROM), None)) is not None:
        return mode
    mode = _read(frame, cues, alone=alone)
    if mode is Mode.BOMBING and _bombs_from_the_air(frame):
        return Mode.AIRSTRIKE
    return mode


_FROM: Final = {"air": Mode.AIRSTRIKE, "sky": Mode.AIRSTRIKE, "sea": Mode.NAVAL}
"""What is hit from there."""


def _bombs_from_the_air(frame: Frame) -> bool:
    """ "Israeli bombing of Gaza": what a state's forces bomb they bomb from the air, unless a kind of bomb is said."""
    tree = frame.view.tree
    if _FROM_THE_AIR.search(frame.view.sentence.text):
        return True
    plain = any(
        (tree.tokens[t.i].lemma in {"bombing", "bomb"} or tree.tokens[t.i - 1].lower == "bombing")
        and tree.tokens[t.i - 1].lower not in _PLANTED
        for t in frame.triggers
    )
    states = bool(frame.actors) and all(a.isupper() for a in frame.actors)
    return plain and states and not frame.weapons and not _by_suicide(frame.view)


@read_once
def _by_suicide(view: View) -> bool:
    return _SUICIDE.search(view.lower) is not None


def _read(frame: Frame, cues: Cues, *, alone: bool) -> Mode:
    used = _of_weapons(frame, alone=alone)
    tokens = frame.view.tree.tokens
    nouns = [
        t.mode
        for t in frame.triggers
        if t.role in _SAID and t.mode is not Mode.UNSPECIFIED
        and not (used in _IN_FLIGHT and t.mode is Mode.BOMBING and tokens[t.i].lemma in BLASTS)
    ]  # fmt: skip
    said = frame.mode()
    if nouns:
        return (
            nouns[0]
            if nouns[0] not in _LOOSE - {Mode.AIRSTRIKE, Mode.BOMBING} or used is Mode.UNSPECIFIED
            else used
        )
    if (
        used is not Mode.UNSPECIFIED
        and said in _LOOSE
        and not (said is Mode.AIRSTRIKE and used is Mode.BOMBING)
        and not (said is Mode.ARTILLERY and used is Mode.GROUND)  # guns that shell are no rifles
    ):
        return used
    if said is not Mode.UNSPECIFIED:
        return said
    beside = _beside(frame.view, [t.i for t in frame.triggers], cues.modifier_modes) or _of_doers(frame)
    if beside is Mode.UNSPECIFIED and _are_dropped(frame):
        return Mode.AIRSTRIKE
    return beside


def _are_dropped(frame: Frame) -> bool:
    """ "Two bombs were dropped on the village", by nobody who is said to be on the ground."""
    tokens = frame.view.tree.tokens
    bombs = any(m.weapon.weapon_class == "bomb" for m, _ in frame.weapons.values())
    return bombs and any(tokens[t.i].lemma == "drop" for t in frame.triggers)


def _of_weapons(frame: Frame, *, alone: bool) -> Mode:
    """The mode of the weapons in the frame, else of those that the sentence says were used."""
    for mention, disposition in frame.weapons.values():
        if mention.weapon.mode is not Mode.UNSPECIFIED and (
            disposition is not Disposition.INTERCEPTED or frame.intercepted
        ):
            return mention.weapon.mode
    if not alone:
        return Mode.UNSPECIFIED
    tree = frame.view.tree
    for mention in frame.view.weapons:
        at = tree.head_of(mention.start, mention.end)
        if at is None or mention.weapon.mode is Mode.UNSPECIFIED:
            continue
        first = tree.tokens[tree.first_conjunct(at)]
        above = tree.tokens[first.head]
        if (first.dep == "pobj" and above.lower in _USED) or (
            first.dep == "dobj" and above.lemma in {"use", "detonate", "wear", "plant"}
        ):
            return mention.weapon.mode
    return Mode.UNSPECIFIED


def _beside(view: View, triggers: Iterable[int], modes: Mapping[str, Mode]) -> Mode | None:
    """ "launches drone strikes", "launches airstrikes": the word beside the trigger, whatever the parser takes it for."""
    tokens = view.tree.tokens
    for i in triggers:
        near = [*view.tree.children[i], tokens[i].head, i - 1]
        if any(_STRIKE_WORDS.fullmatch(tokens[k].lower) for k in near if 0 <= k < len(tokens)):
            return Mode.AIRSTRIKE
        for k in (
            i - 1,
            *(c - 1 for c in view.tree.children[i] if tokens[c].lemma in {"strike", "attack", "raid"}),
        ):
            if k >= 0 and tokens[k].lower in modes:
                return modes[tokens[k].lower]
    return None


def _of_doers(frame: Frame) -> Mode:
    """ "The air force struck", "gunmen attacked", "troops killed": who acts tells how, where nothing else does."""
    view = frame.view
    if _by_suicide(view):
        return Mode.BOMBING
    doers = " ".join(_subject_words(frame))
    if _AIR_FORCE.search(doers):
        return Mode.AIRSTRIKE
    if _NAVY.search(doers):
        return Mode.NAVAL
    done = {view.tree.tokens[t.i].lemma for t in frame.triggers}
    if "launch" in frame.roles and any(_PROJECTILE.search(m.text) for m, _ in frame.weapons.values()):
        return Mode.ARTILLERY  # rockets or shells, whoever fires them
    on_foot = _GUNMEN.search(doers) is not None or _SHOOTING.search(view.lower) is not None
    met = _by_rebels_on_a_place(frame, done) or _met_on_the_ground(frame)
    if (on_foot or met) and not done & {"strike", "airstrike", "target"}:
        return Mode.GROUND
    return Mode.UNSPECIFIED


def _by_rebels_on_a_place(frame: Frame, done: set[str]) -> bool:
    """A group without an air force that attacks a village or a post goes there."""
    groups = bool(frame.actors) and not any(a.isupper() for a in frame.actors)
    hit = {frame.view.tree.tokens[t].lemma for t in frame.targets}
    return groups and bool(done & {"attack", "storm", "raid", "assault"}) and bool(hit & _POSTS)


def _met_on_the_ground(frame: Frame) -> bool:
    """Whether attackers died in their attack beside others, or were beaten back: who bombs from afar is not."""
    tree = frame.view.tree
    hurt = {tree.tokens[v].lemma for v in frame.victims}
    if (hurt & _ATTACKERS and hurt - _ATTACKERS) or _THEM_INCLUDED.search(frame.view.lower):
        return True
    attacks = [tree.tokens[t.i] for t in frame.triggers if t.role == "noun"]
    return any(a.dep in {"dobj", "nsubjpass"} and tree.tokens[a.head].lemma in _BEATING for a in attacks)


_ATTACKERS: Final = frozenset(
    "militant attacker assailant gunman gunmen insurgent terrorist jihadist".split()
)
_THEM_INCLUDED: Final = re.compile(
    r"\bincluding (?:\w+ )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|the) "
    r"(?:of the )?(?:attackers|assailants|militants|gunmen)\b"
)
_BEATING: Final = frozenset({"repel", "repulse", "beat", "thwart", "foil"})
_PROJECTILE: Final = re.compile(r"(?i)\bprojectiles?$")
_SHOOTING: Final = re.compile(r"\b(?:mass shooting|in a shooting|shooting attack|gun attack|armed attack)\b")
_POSTS: Final = frozenset(
    "town village base camp checkpoint post position barracks outpost station convoy farm settlement community".split()
)


def _subject_words(frame: Frame) -> Iterable[str]:
    view, tree = frame.view, frame.view.tree
    for trigger in frame.triggers:
        if trigger.role == "intercept":
            continue  # "was shot down by the air force": who defends tells nothing of the means
        doers = tree.doers(trigger.i)
        if trigger.role == "noun":
            doers = tree.prep_objects(trigger.i, "by")
            first = min((k for k in tree.subtree(trigger.i) if trigger.i - k < 6), default=trigger.i)  # noqa: PLR2004  -- a phrase
            yield view.words(tree.tokens[first].start, tree.tokens[trigger.i].start)
        for at in doers:
            first = min((k for k in tree.subtree(at) if k <= at and at - k < 6), default=at)  # noqa: PLR2004  -- a phrase
            yield view.words(tree.tokens[first].start, tree.tokens[at].end)
