"""With what: weapons of a frame, their counts, and what became of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.event import Disposition, Weapon
from worker.extraction.salvos import count_of, downed_of, part_and_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.event import Quantity
    from worker.extraction.frames import Frame
    from worker.extraction.mention import WeaponMention
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_FLYING: Final = frozenset({"drone", "missile", "rocket", "bomb", "artillery", "mortar", "projectile"})
_FIRED: Final = frozenset(
    "launch fire shoot drop intercept down destroy use send unleash lob release deploy employ neutralize neutralise repel".split()
)
_FIELDED: Final = frozenset("deploy employ use involve fire launch unleash send comprise include".split())
"""What is said of the weapons of an attack in a clause beside it: "launched an attack, deploying 70 missiles"."""
_DOWNED: Final = frozenset("intercept down destroy neutralize neutralise repel".split())
_TALLIED: Final = frozenset("count record detect register track spot log identify".split())
"""What a defender does with what flies at it."""
_CONSISTING: Final = frozenset("consist comprise include involve feature number total see".split())
_SALVOS: Final = frozenset(
    "attack strike salvo barrage volley wave assault bombardment onslaught raid fusillade launch".split()
)
_CROSSING: Final = frozenset({"cross", "enter", "penetrate", "breach"})
_BETWEEN: Final = re.compile(
    r"(?i)\s*(?:drones?|missiles?|rockets?)?\s*(?:,\s*(?:including|among them|most of them)\b[^,;:.]{1,40})?(?:,|and|, and|as well as|along with|plus|or|including)\s*"
    r"(?:(?:at least|about|some|around|up to|more than|over|nearly|an|a|further|another)\s+)*(?:[\w,.]+\s+){0,4}"
)


def weapons_of(frame: Frame, cues: Cues) -> tuple[Weapon, ...]:
    """Weapons by noun phrase: the named system where one is named, its count, and what became of it."""
    view = frame.view
    downed = _brought_down(frame)
    phrases: dict[int, list[tuple[int, WeaponMention, Disposition]]] = {}
    for head, (mention, disposition) in _with_lists(frame).items():
        disposition = Disposition.INTERCEPTED if head in downed else disposition  # noqa: PLW2901
        top = view.phrase_head(mention.start, mention.end)
        phrases.setdefault(top if top is not None else head, []).append((head, mention, disposition))
    found: dict[tuple[str, Disposition], Weapon] = {}
    for top, members in sorted(phrases.items()):
        named = [m for m in members if not m[1].weapon.generic] or members[-1:]
        for head, mention, disposition in named:
            part, whole = part_and_whole(view, mention)
            count = count_of(view, mention, head, top, cues) if whole is None else whole
            if disposition is Disposition.INTERCEPTED and whole is not None:
                _keep(found, _weapon(mention, part, disposition))
                disposition = Disposition.LAUNCHED  # noqa: PLW2901
            _keep(found, _weapon(mention, count, disposition))
            rest = (
                downed_of(view, mention, count)
                if disposition is Disposition.LAUNCHED and count is not None
                else None
            )
            if rest is not None:
                _keep(found, _weapon(mention, rest, Disposition.INTERCEPTED))
    return tuple(found.values())


def gather_weapons(frame: Frame) -> None:
    """Weapons counted by the noun above them: "dozens of drones attacked Kyiv", "a swarm of drones hit the port"."""
    view, tree = frame.view, frame.view.tree
    for trigger in frame.triggers:
        for at in (*tree.subjects(trigger.i), *tree.prep_objects(trigger.i, "by")):
            if at in view.weapon_tokens:
                continue
            for below in tree.prep_objects(at, "of"):
                for mention in view.weapons_by_head.get(below, ()):
                    head = tree.head_of(mention.start, mention.end)
                    if (
                        head is not None
                        and below in view.weapon_tokens
                        and mention.weapon.weapon_class in _FLYING
                    ):
                        frame.weapons.setdefault(head, (mention, Disposition.LAUNCHED))

        for mention in _hung_on_a_place(view, trigger.i):
            head = tree.head_of(mention.start, mention.end)
            if head is not None:
                frame.weapons.setdefault(head, (mention, Disposition.LAUNCHED))
    for head, mention, disposition in (*_fielded(frame), *_itemised(frame)):
        frame.weapons.setdefault(head, (mention, disposition))


def _hung_on_a_place(view: View, trigger: int) -> list[WeaponMention]:
    """ "Hit bases in Israel and the Golan Heights with 340 rockets": of the attack, not of the Heights."""
    tree = view.tree
    found: list[WeaponMention] = []
    for k in tree.subtree(trigger) if view.weapon_tokens else ():
        token = tree.tokens[k]
        if token.dep != "prep" or token.lower != "with" or tree.tokens[token.head].tag not in {"NNP", "NNPS"}:
            continue
        weapons = [c for p in tree.prep_objects_of(k) for c in tree.conjuncts(p) if c in view.weapon_tokens]
        found += [
            m for c in weapons for m in view.weapons_by_head.get(c, ()) if m.weapon.weapon_class in _FLYING
        ]
    return found


def _fielded(frame: Frame) -> list[tuple[int, WeaponMention, Disposition]]:
    """ "Launched an attack on Kyiv, deploying 71 missiles and 450 drones": what a clause beside an attack says it was made with."""
    view, tree = frame.view, frame.view.tree
    if not view.weapon_tokens:
        return []
    clauses = [
        k
        for t in frame.triggers
        for k in tree.kids(t.i, "advcl", "acl")
        if tree.tokens[k].tag == "VBG" and tree.tokens[k].lemma in _FIELDED
    ]
    fielded = [c for k in clauses for o in tree.objects(k) for c in tree.conjuncts(o)]
    found = [(tree.head_of(m.start, m.end), m) for at in fielded for m in view.weapons_by_head.get(at, ())]
    return [
        (head, m, Disposition.LAUNCHED)
        for head, m in found
        if head is not None and m.weapon.weapon_class in _FLYING
    ]


def _itemised(frame: Frame) -> list[tuple[int, WeaponMention, Disposition]]:
    """What an attack is said to consist of: "the salvo comprised 40 drones", "its largest attack yet: 18 drones"."""
    view, tree = frame.view, frame.view.tree
    first = _after_colon(view)
    found = []
    for mention in view.weapons:
        head = tree.head_of(mention.start, mention.end)
        if head is None or mention.weapon.weapon_class not in _FLYING:
            continue
        made_of = _salvo_of(view, head)
        before = [t for t in frame.triggers if t.i < head and t.role != "kill"]
        if made_of is not None and any(t.i == made_of for t in frame.triggers):
            found.append((head, mention, Disposition.LAUNCHED))
        elif mention == first and before:
            downed = before[-1].role == "intercept"
            found.append((head, mention, Disposition.INTERCEPTED if downed else Disposition.LAUNCHED))
    return found


def _salvo_of(view: View, head: int) -> int | None:
    """The attack of which a verb says that it consists of the weapon `head`."""
    tree = view.tree
    token = tree.tokens[tree.first_conjunct(head)]
    above = tree.tokens[token.head]
    verb = tree.tokens[above.head] if token.dep == "pobj" and above.lower == "of" else above
    if verb.lemma not in _CONSISTING or token.dep not in {"dobj", "pobj", "attr"}:
        return None
    return next((s for s in tree.subjects(verb.i) if tree.tokens[s].lemma in _SALVOS), None)


def _after_colon(view: View) -> WeaponMention | None:
    """The weapon with which a list after a colon opens: "…: 14 cruise missiles and 23 drones"."""
    text = view.sentence.text
    found = (m for m in view.weapons if _COLON.search(text, 0, m.start) is not None)
    return next(found, None)


_COLON: Final = re.compile(
    r":\s+(?:(?:at least|about|some|around|up to|more than|over|nearly)\s+)?(?:[\w,.-]+\s+){0,3}$"
)


def _brought_down(frame: Frame) -> set[int]:
    """Heads of the weapons that an interception is of, whatever else is said of them ("launched by Russia")."""
    tree = frame.view.tree
    heads: set[int] = set()
    for trigger in frame.triggers:
        if trigger.role != "intercept":
            continue
        for at in tree.subjects(trigger.i) if tree.is_passive(trigger.i) else tree.objects(trigger.i):
            for below in (at, *tree.prep_objects(at, "of")):
                heads.update(tree.conjuncts(below))
    return heads


def _with_lists(frame: Frame) -> dict[int, tuple[WeaponMention, Disposition]]:
    """The frame's weapons and those listed after them: "2 Iskander-M missiles, four S-300s and 145 Shahed drones"."""
    view, tree = frame.view, frame.view.tree
    found = dict(frame.weapons)
    heads = {(m.start, m.end): (h, d) for h, (m, d) in found.items()}
    before: WeaponMention | None = None
    for mention in view.weapons:
        head = tree.head_of(mention.start, mention.end)
        if before is not None and head is not None and (mention.start, mention.end) not in heads:
            told = heads.get((before.start, before.end))
            if (
                told is not None
                and _BETWEEN.fullmatch(view.words(before.end, mention.start))
                and mention.weapon.weapon_class in _FLYING
            ):
                found[head] = mention, told[1]
                heads[mention.start, mention.end] = head, told[1]
        before = mention
    return found


def loose_weapons(view: View, cues: Cues) -> tuple[Weapon, ...]:
    """Counted weapons that a sentence without an attack of its own says were fired or brought down."""
    tree = view.tree
    found: dict[tuple[str, Disposition], Weapon] = {}
    listed: Disposition | None = None
    before: WeaponMention | None = None
    for mention in view.weapons:
        head = tree.head_of(mention.start, mention.end)
        if head is None or mention.weapon.weapon_class not in _FLYING:
            continue
        top = view.phrase_head(mention.start, mention.end)
        top = head if top is None else top
        fate = _fate(view, mention, top)
        if fate is None and before is not None and _BETWEEN.fullmatch(view.words(before.end, mention.start)):
            fate = listed
        before, listed = mention, fate
        count = count_of(view, mention, head, top, cues) if fate is not None else None
        if fate is not None and count is not None:
            _keep(found, _weapon(mention, count, fate))
    return tuple(found.values())


def _fate(view: View, mention: WeaponMention, top: int) -> Disposition | None:
    """What a verb of firing, of tallying or of bringing down says of a weapon; None where there is none."""
    tree = view.tree
    first = tree.tokens[tree.first_conjunct(top)]
    verb = tree.tokens[first.head]
    if verb.lemma in _FIRED and first.dep in {"dobj", "nsubjpass"}:
        return Disposition.INTERCEPTED if _downs(view, verb.i) else Disposition.LAUNCHED
    if verb.lemma in _TALLIED and first.dep in {"dobj", "nsubjpass"}:
        return Disposition.LAUNCHED
    if (verb.lemma in _CROSSING and first.dep == "nsubj") or _salvo_of(view, top) is not None:
        return Disposition.LAUNCHED
    return _fate_of_list(view) if mention == _after_colon(view) else None


def _fate_of_list(view: View) -> Disposition | None:
    """What is said, before the colon, of the weapons that a sentence lists after it."""
    tokens = view.tree.tokens
    before = [t for t in tokens if t.start < view.sentence.text.find(":")]
    if any(t.pos == "VERB" and (t.lemma in _DOWNED or _downs(view, t.i)) for t in before):
        return Disposition.INTERCEPTED
    return Disposition.LAUNCHED if any(t.lemma in _FIRED | _SALVOS for t in before) else None


def _downs(view: View, verb: int) -> bool:
    tokens = view.tree.tokens
    return tokens[verb].lemma in _DOWNED or any(tokens[k].lower == "down" for k in view.tree.children[verb])


def firing_subjects(view: View) -> tuple[list[int], list[int]]:
    """Who fires weapons in a sentence, and who counts them or brings them down."""
    tree = view.tree
    fired: list[int] = []
    downed: list[int] = []
    for mention in view.weapons:
        top = view.phrase_head(mention.start, mention.end)
        if top is None or mention.weapon.weapon_class not in _FLYING:
            continue
        verb = tree.tokens[tree.first_conjunct(top)].head
        if tree.tokens[verb].lemma in _FIRED | _TALLIED and _fate(view, mention, top) is not None:
            defending = _downs(view, verb) or tree.tokens[verb].lemma in _TALLIED
            (downed if defending else fired).extend(tree.doers(verb))
    return fired, downed


def _weapon(mention: WeaponMention, count: Quantity | None, disposition: Disposition) -> Weapon:
    return Weapon(
        id=mention.weapon.id,
        name=mention.text,
        weapon_class=mention.weapon.weapon_class,
        count=count,
        disposition=disposition,
    )


def _keep(found: dict[tuple[str, Disposition], Weapon], weapon: Weapon) -> None:
    key = weapon.id, weapon.disposition
    if key not in found or found[key].count is None:
        found[key] = weapon


def together(first: Iterable[Weapon], second: Iterable[Weapon]) -> tuple[Weapon, ...]:
    """Weapons of two tellings of one attack: each kind and fate once, counted where one of them counts."""
    found: dict[tuple[str, Disposition], Weapon] = {}
    for weapon in (*first, *second):
        _keep(found, weapon)
    return tuple(sorted(found.values(), key=lambda w: (w.id, w.disposition)))
