"""How many: the count of a weapon in the order of the words, and the part of a salvo that came down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.extraction.harmed import quantity_of
from worker.extraction.victims import ONE

if TYPE_CHECKING:
    from worker.event import Quantity
    from worker.extraction.mention import WeaponMention
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_COUNTED_STRIKES: Final = frozenset({"strike", "attack", "launch", "explosion", "blast"})
_REACH: Final = 6
_KINDS: Final = frozenset(
    "ballistic cruise guided hypersonic short-range medium-range long-range anti-ship".split()
)
"""Adjectives that share the noun after "and": "30 ballistic and cruise missiles"."""


def count_of(view: View, mention: WeaponMention, head: int, top: int, cues: Cues) -> Quantity | None:
    """The count of the weapon at token `head` in the noun phrase of token `top`; None where none is told."""
    if _goes_on(view, mention):
        # "55 drone strikes" counts strikes, "a missile attack" no missile
        return None if top in view.weapon_tokens else _strikes_counted(view, top, cues)
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
            or (
                tokens[at].lower in {"strike", "strikes", "attack", "attacks"}
                and not (
                    tokens[at].tag == "VBZ" and last in view.tree.subjects(at)
                )  # "a drone strikes a bus"
            )
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
    return ONE if view.tree.tokens[own].tag in {"NN", "NNP"} and _is_one(view, own) else None


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
        if token.lower == "and" and tokens[j - 1].lower in _KINDS:
            continue
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


def part_and_whole(view: View, mention: WeaponMention) -> tuple[Quantity | None, Quantity | None]:
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


def downed_of(view: View, mention: WeaponMention, count: Quantity) -> Quantity | None:
    """ "40 drones, 32 of which were shot down": the number of them that came down, told after them.

    Of "438 drones and 14 missiles were shot down" each kind has its own.
    """
    for number in view.quantities:
        if number.number_start <= mention.end or not _came_down(view, number.number_end):
            continue
        kind = next((w for w in view.weapons if w.start >= number.number_end), None)
        counted = kind is not None and _COUNTED_KIND.fullmatch(view.words(number.number_end, kind.start))
        other = counted and kind is not None and kind.weapon.weapon_class != mention.weapon.weapon_class
        if not other and (number.quantity.low or 0) <= (count.low or 0):
            return number.quantity
    return None


_COUNTED_KIND: Final = re.compile(r"(?:\s*[\w-]+){0,2}\s*")


def _came_down(view: View, end: int) -> bool:
    """Whether a number is followed by what says that those it counts, perhaps with others of a list, came down."""
    text = view.sentence.text
    found = _DOWN.search(text, end)
    if found is None:
        return False
    between = [t for t in view.tree.tokens if end <= t.start < found.start()]
    return all(t.pos in _LISTING or t.lower in {"which", "them", "those", "of", ","} for t in between)


_LISTING: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "CCONJ", "ADV"})
_DOWN: Final = re.compile(
    r"(?i)\b(?:were|was|have been|had been|being)\s+(?:\w+ly\s+)?"
    r"(?:shot down|intercepted|downed|destroyed|neutrali[sz]ed|brought down|repelled)"
)


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
    if token.tag == "NN" and token.lemma in {"explosion", "blast"} and _is_one(view, top):
        return ONE  # "a car bomb explosion"
    return None


def _is_one(view: View, at: int) -> bool:
    """Whether an article or a word says that a noun in the singular is one."""
    return bool({view.tree.tokens[k].lower for k in view.tree.children[at]} & {"a", "an", "one", "another"})
