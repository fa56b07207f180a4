"""With what: weapons of a frame, their counts, and what became of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.event import Disposition, Qualifier, Quantity, Weapon
from worker.extraction.casualties import quantity_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.extraction.frames import Frame
    from worker.extraction.mention import WeaponMention
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_FLYING: Final = frozenset({"drone", "missile", "rocket", "bomb", "artillery", "mortar"})
_COUNTED_STRIKES: Final = frozenset({"strike", "attack", "launch"})
_FIRED: Final = frozenset(
    "launch fire shoot drop intercept down destroy use send unleash lob release neutralize neutralise repel".split()
)
_DOWNED: Final = frozenset("intercept down destroy neutralize neutralise repel".split())
_REACH: Final = 6
_BETWEEN: Final = re.compile(
    r"(?i)\s*(?:drones?|missiles?|rockets?)?\s*(?:,|and|, and|as well as|along with|plus|or|including)\s*"
    r"(?:(?:at least|about|some|around|up to|more than|over|nearly|an|a|further|another)\s+)*(?:[\w,.]+\s+){0,4}"
)
_CAME_DOWN: Final = re.compile(
    r"(?i)\s*(?:of (?:which|them|those)\s+|(?:drones|missiles|rockets)\s+)?(?:were|was|have been|had been|being)\s+(?:\w+ly\s+)?"
    r"(?:shot down|intercepted|downed|destroyed|neutrali[sz]ed|brought down|repelled)"
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
            part, whole = _part_and_whole(view, mention)
            count = _count(view, mention, head, top, cues) if whole is None else whole
            if disposition is Disposition.INTERCEPTED and whole is not None:
                _keep(found, _weapon(mention, part, disposition))
                disposition = Disposition.LAUNCHED  # noqa: PLW2901
            _keep(found, _weapon(mention, count, disposition))
            rest = (
                _intercepted_of(view, mention)
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
        fate = _fate(view, top)
        if fate is None and before is not None and _BETWEEN.fullmatch(view.words(before.end, mention.start)):
            fate = listed
        before, listed = mention, fate
        count = _count(view, mention, head, top, cues) if fate is not None else None
        if fate is not None and count is not None:
            _keep(found, _weapon(mention, count, fate))
    return tuple(found.values())


def _fate(view: View, top: int) -> Disposition | None:
    """What a verb of firing or of bringing down says of a weapon; None where there is none."""
    tree = view.tree
    first = tree.first_conjunct(top)
    verb = tree.tokens[tree.tokens[first].head]
    if verb.lemma not in _FIRED or tree.tokens[first].dep not in {"dobj", "nsubjpass"}:
        return None
    return Disposition.INTERCEPTED if _downs(view, verb.i) else Disposition.LAUNCHED


def _downs(view: View, verb: int) -> bool:
    tokens = view.tree.tokens
    return tokens[verb].lemma in _DOWNED or any(tokens[k].lower == "down" for k in view.tree.children[verb])


def firing_subjects(view: View) -> tuple[list[int], list[int]]:
    """Who fires weapons in a sentence, and who brings them down."""
    tree = view.tree
    fired: list[int] = []
    downed: list[int] = []
    for top in sorted(view.weapons_by_head):
        verb = tree.tokens[tree.first_conjunct(top)].head
        if _fate(view, top) is not None:
            who = tree.prep_objects(verb, "by") if tree.is_passive(verb) else tree.subjects(verb)
            (downed if _downs(view, verb) else fired).extend(who)
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


def _count(view: View, mention: WeaponMention, head: int, top: int, cues: Cues) -> Quantity | None:
    if _goes_on(view, mention):
        return (
            None if top in view.weapon_tokens else _strikes_counted(view, top, cues)
        )  # "55 drone strikes" counts strikes, "a missile attack" no missile
    count = _number_before(view, mention.start)
    if count is not None:
        return count
    if _follows_another(view, mention):
        return None  # "33 Kh-101/Kh-55 missiles": the number is told once
    own = top if top in view.weapon_tokens else head
    count = _numbered(view, own)
    return count if count is not None else _counted_by(view, own, cues)


def _goes_on(view: View, mention: WeaponMention) -> bool:
    """Whether the weapon only modifies the noun after it."""
    tokens = view.tree.tokens
    last = view.tree.at(mention.end - 1)
    if last is None or tokens[last].tag in {"NNS", "NNPS"}:
        return False
    inside = {i for m in view.weapons for i in map(view.tree.at, range(m.start, m.end))}
    at = last + 1
    while (
        at + 1 < len(tokens) and tokens[at].lower in {"and", ",", "/", "-"} and at + 1 in view.weapon_tokens
    ):
        at += 2  # "a missile and drone attack"
    return (
        at < len(tokens)
        and at not in inside
        and (
            tokens[at].pos in {"NOUN", "PROPN"}
            or tokens[at].lower in {"strike", "strikes", "attack", "attacks"}
        )
    )


def _numbered(view: View, own: int) -> Quantity | None:
    """The number of the noun phrase, unless it is part of a name ("Al-Yassin 105") or counts another member of a list."""
    inside = [(m.start, m.end) for m in view.weapons]
    for mention in view.quantities:
        at = view.tree.at(mention.number_start)
        if (
            at is not None
            and at in view.tree.children[own]
            and not any(a <= mention.number_start < b for a, b in inside)
        ):
            between = view.tree.tokens[at + 1 : own]
            return None if any(t.lower in {"and", ","} for t in between) else mention.quantity
    token = view.tree.tokens[own]
    if token.tag in {"NN", "NNP"} and {view.tree.tokens[k].lower for k in view.tree.children[own]} & {
        "a",
        "an",
        "one",
        "another",
    }:
        return Quantity(low=1, high=1, qualifier=Qualifier.EXACT)
    return None


def _number_before(view: View, start: int) -> Quantity | None:
    """The number that stands before a weapon with nothing but its adjectives between: "33 Kh-101", "two short-range …"."""
    tokens = view.tree.tokens
    at = view.tree.at(start)
    if at is None:
        return None
    numbers = {view.tree.at(m.number_end - 1): m for m in view.quantities}
    inside = [(m.start, m.end) for m in view.weapons]
    for j in range(at - 1, max(-1, at - 1 - _REACH), -1):
        mention = numbers.get(j)
        if mention is not None:
            return mention.quantity
        token = tokens[j]
        if any(a <= token.start < b for a, b in inside) or token.lower in {"and", "or", ",", "the"}:
            return None
        if token.pos not in {"ADJ", "NOUN", "PROPN", "ADV", "PUNCT", "ADP", "VERB"} or token.text in {
            ".",
            ";",
            ":",
        }:
            return None
        if token.pos == "ADP" and (token.lower != "of" or j - 1 not in numbers):
            return None
        if token.pos == "VERB" and token.tag not in {"VBN", "VBG"}:
            return None
    return None


def _part_and_whole(view: View, mention: WeaponMention) -> tuple[Quantity | None, Quantity | None]:
    """ "seven of the ten missiles": the part that is told of, and how many there were."""
    tokens = view.tree.tokens
    at = view.tree.at(mention.start)
    part: Quantity | None = None
    for number in view.quantities:
        first, last = view.tree.at(number.start), view.tree.at(number.number_end - 1)
        if at is None or first is None or last is None or last >= at:
            break
        before = [t.lower for t in tokens[max(0, first - 2) : first]]
        between = {t.lower for t in tokens[last + 1 : at]}
        if before == ["of", "the"] and at - last <= _REACH and not between & {"and", ",", "of"}:
            return part, number.quantity
        part = number.quantity
    return None, None


def _intercepted_of(view: View, mention: WeaponMention) -> Quantity | None:
    """ "40 drones, 32 of which were shot down": the number of them that came down, told after them."""
    for number in view.quantities:
        if number.number_start > mention.end and _CAME_DOWN.match(view.sentence.text, number.number_end):
            return number.quantity
    return None


def _follows_another(view: View, mention: WeaponMention) -> bool:
    """Whether a slash ties a weapon to the one before it."""
    return view.sentence.text[max(0, mention.start - 1) : mention.start] == "/"


def _counted_by(view: View, i: int, cues: Cues) -> Quantity | None:
    """ "dozens of drones", "seven of the ten missiles": the count stands above the weapon."""
    tree = view.tree
    token = tree.tokens[i]
    if token.dep == "pobj" and tree.tokens[token.head].lower == "of":
        above = tree.tokens[token.head].head
        return (
            quantity_of(view, above, cues, implied=False)
            if tree.tokens[above].pos in {"NUM", "NOUN", "DET", "PRON"} and _is_number(view, above)
            else None
        )
    return None


def _is_number(view: View, i: int) -> bool:
    """Whether a token is (part of) a number itself: in "two waves of drones" the waves are counted."""
    token = view.tree.tokens[i]
    return any(m.start <= token.start < m.end for m in view.quantities)


def _strikes_counted(view: View, top: int, cues: Cues) -> Quantity | None:
    token = view.tree.tokens[top]
    if token.tag == "NNS" and token.lemma in _COUNTED_STRIKES:
        return quantity_of(view, top, cues, implied=False)
    return None


def together(first: Iterable[Weapon], second: Iterable[Weapon]) -> tuple[Weapon, ...]:
    """Weapons of two tellings of one attack: each kind and fate once, counted where one of them counts."""
    found: dict[tuple[str, Disposition], Weapon] = {}
    for weapon in (*first, *second):
        _keep(found, weapon)
    return tuple(sorted(found.values(), key=lambda w: (w.id, w.disposition)))
