"""Figures of victims in the order of the words: "two soldiers and a civilian were killed", "killing 12 people".

Headlines and wire prose break the parser; what stands between a number and the word that says killed or injured
does not depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from worker.extraction.victims import (
    HARMED,
    KILLED,
    ONE,
    PARTS,
    add,
    after_number,
    are_of_a_noun,
    is_coordinated,
    is_either,
    is_national,
    is_part,
    is_person,
    modifies,
    numbers_of,
    starts_another,
)

if TYPE_CHECKING:
    from worker.event import Quantity
    from worker.extraction.quantities import QuantityMention
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_REACH: Final = 14
_FARTHEST: Final = 40
_PASSED: Final = frozenset(
    "be is are was were been being have has had get got gets reportedly also both all either left leaves leaving aged "
    "reported confirmed believed feared to declared pronounced found still now slightly lightly seriously critically "
    "badly severely moderately mildly fatally gravely initially already later instantly allegedly who - 's \u2019s of "
    "and from the a an one his her their its with in as & or".split()
)
_PASSED_POS: Final = frozenset({"ADJ", "DET", "ADV", "AUX", "CCONJ", "PART", "NUM"})
_OTHERS: Final = frozenset({"other", "others", "another", "more", "additional"})
_ENDS: Final = frozenset({".", ";", ":", "\u2014", "\u2013", "(", ")", "but", "while", "when", "after", "as"})
_NEGATIONS: Final = frozenset({"not", "n't", "nor", "never"})
_HARMING: Final = ("kill", "injur", "wound", "hurt", "maim", "leav", "damag", "destroy")
_STEMS: Final = (("kill", "kill"), ("injur", "injure"), ("wound", "wound"))
HARM_STEMS: Final = tuple(stem for stem, _ in _STEMS)
_BARE: Final = frozenset(". , and in at on as after ; near but while others more of during".split())
"""What may follow a number that stands for people by itself: "injures 13 in Kabul"."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people and the token that says what became of them."""

    trigger: int
    people: int | None
    quantity: Quantity
    killed: bool
    merged: tuple[int, ...] = ()
    """Triggers whose numbers are part of this one."""
    parts: tuple[tuple[int, Quantity], ...] = ()
    """The people and numbers that were added up."""


@dataclass(slots=True)
class _Count:
    """What one walk has added up."""

    total: Quantity
    pending: Quantity
    """The number whose people are still to come."""
    people: int | None = None
    seen: set[int] = field(default_factory=set)
    parts: list[tuple[int, Quantity]] = field(default_factory=list)

    def name(self, people: int) -> None:
        """Say who the last number counts."""
        self.people = people
        self.parts.append((people, self.pending))

    def more(self, number: Quantity) -> None:
        """Add a number."""
        self.total, self.pending = add(self.total, number), number


def read_figures(view: View, cues: Cues) -> tuple[Figure, ...]:
    """The figures of a sentence, one for each token that says killed or injured; coordinated victims are added up."""
    reader = _Reader(view, cues)
    found: dict[tuple[int, bool], Figure] = {}
    for at, mention in sorted(reader.numbers.items()):
        if at in reader.taken or is_part(view, at, mention) or reader.is_total(at) or _is_a_source(view, at):
            continue
        if are_of_a_noun(
            view, at, reader.leads, cues
        ):  # "the deaths of two men and a boy": the noun counts them
            reader.taken |= reader.listed(at, mention)
            continue
        figure = reader.before(at, mention) or reader.after(at, mention)
        if figure is None or (figure.trigger, figure.killed) in found:
            continue
        if _beside_a_name(view, at):
            figure = replace(figure, quantity=add(ONE, figure.quantity))
        earlier = next((f for f in reversed(found.values()) if f.killed == figure.killed), None)
        if earlier is not None and _counts_others(view, at, figure):
            figure = replace(
                figure,
                quantity=add(earlier.quantity, figure.quantity),
                merged=(*earlier.merged, earlier.trigger),
                parts=(*earlier.parts, *figure.parts),
            )
            del found[earlier.trigger, earlier.killed]
        found[figure.trigger, figure.killed] = figure
    return tuple(found[key] for key in sorted(found))


def _is_a_source(view: View, at: int) -> bool:
    """ "According to a local leader, 102 people were killed": who says so is none of them."""
    return [t.lower for t in view.tree.tokens[max(0, at - 2) : at]] == ["according", "to"]


def _counts_others(view: View, at: int, figure: Figure) -> bool:
    """ "…, two others killed", "and one lightly injured": people beside those who were counted before."""
    tokens = view.tree.tokens
    if any(t.lower == "since" for t in tokens[figure.trigger + 1 : figure.trigger + 2]):
        return False  # "with hundreds more killed since Monday": of other days
    words = {t.lower for t in tokens[at : max(figure.trigger, figure.people or 0) + 1]}
    one_more = tokens[at].lower in {"one", "another"} and at > 0 and tokens[at - 1].lower == "and"
    return bool(words & _OTHERS) or one_more


def _beside_a_name(view: View, at: int) -> bool:
    """ "Killed Bilal al-Sudani and ten others": one more than the number says."""
    tokens = view.tree.tokens
    others = {t.lower for t in tokens[at + 1 : at + 3]} & _OTHERS
    if not others or at < _NAME_AND or tokens[at - 1].lower != "and":
        return False
    name = tokens[at - 2]
    if name.dep == "pobj" and tokens[name.head].lower not in {"of", "including"}:
        return False  # "were killed in Kryvyi Rih and two others in Odesa"
    return name.tag == "NNP" and not any(m.start < name.end <= m.end for m in view.actors)


_NAME_AND: Final = 2


class _Reader:
    """Walks from a number to the word that says what became of those it counts."""

    def __init__(self, view: View, cues: Cues) -> None:
        self.view, self.cues, self.tokens = view, cues, view.tree.tokens
        self.numbers = numbers_of(view, cues)
        self.leads = {k for at, m in self.numbers.items() for k in range(view.tree.at(m.start) or at, at)}
        """Words that belong to a number after them: "at least", "up to"."""
        self.taken: set[int] = set()

    def is_total(self, at: int) -> bool:
        """ "Four of the 25 people aboard are dead": how many there were."""
        before = [t.lower for t in self.tokens[max(0, at - 2) : at]]
        return at in self.numbers and before == ["of", "the"] and at - 3 in self.numbers

    def listed(self, at: int, mention: QuantityMention) -> set[int]:
        """The numbers of a list of people that begins with one."""
        return self._object(at, mention).seen

    def after(self, at: int, mention: QuantityMention) -> Figure | None:
        """ "12 people, including a child, were killed": walk to the right, over those who are counted."""
        count = _Count(mention.quantity, mention.quantity, seen={at})
        first, skipping, bracketed = after_number(self.view, at, mention), False, False
        reach = first + _REACH
        for j in range(first, len(self.tokens)):
            reach += skipping  # an aside is not counted
            if j >= min(reach, first + _FARTHEST):
                return None
            word = self.tokens[j].lower
            if bracketed or word == "(":  # "nine children (five boys and four girls) and a woman"
                bracketed = word != ")"
                reach += 1
                continue
            if word == "among" and ({j + 1, j + 2} & (self.numbers.keys() | self.leads) or self._the_dead(j)):
                return None  # "were among seven people killed": part of those
            if word in HARMED and self.tokens[j - 1].lower == "the":
                return None  # "at 20 and the injured at 60"
            if (
                word in HARMED
                and not self._says_of_others(j)
                and not (skipping and self.tokens[j].dep == "amod")
            ):
                return self._figure(j, count)
            if skipping:
                skipping = word != ","
            elif self._opens_aside(j, count):
                skipping = True
            elif not self._counts_on(j, count):
                return None
        return None

    def _the_dead(self, j: int) -> bool:
        """ "Were among the dead": of whom another number is told."""
        after = [t.lower for t in self.tokens[j + 1 : j + 3]]
        return (
            len(after) > 1
            and len(self.numbers) > 1
            and after[0] in {"the", "those"}
            and after[1] in HARMED | {"victims"}
        )

    def _figure(self, j: int, count: _Count) -> Figure | None:
        if is_either(self.view, j):
            return None
        self.taken |= count.seen
        return Figure(j, count.people, count.total, self.tokens[j].lower in KILLED, parts=tuple(count.parts))

    def _opens_aside(self, j: int, count: _Count) -> bool:
        """Whether what follows up to a comma only says more of those counted: "including …", ", a commander"."""
        word = self.tokens[j].lower
        if word in PARTS:
            return True
        if word == "," and j + 1 < len(self.tokens):
            return self.tokens[j + 1].lower in PARTS | {"a", "an", "the", "all"} and j + 1 not in self.numbers
        listed = j in self.numbers and is_coordinated(self.view, self.numbers[j])
        return (
            j in self.numbers and not listed and count.people is not None and self.tokens[j - 1].lower == ","
        )

    def _counts_on(self, j: int, count: _Count) -> bool:
        """Take one token in; False where the walk ends without a word that says killed or injured."""
        token, word = self.tokens[j], self.tokens[j].lower
        if word == "," or j in self.leads or self.is_total(j):
            return True
        if j in self.numbers:
            number = self.numbers[j]
            if count.people is None or is_part(self.view, j, number) or not is_coordinated(self.view, number):
                return False
            count.more(number.quantity)
            count.people = None
            count.seen.add(j)
            return True
        if word in _ENDS or word in _NEGATIONS:
            return False
        if self._is_noun(j):
            return self._takes_noun(j, count)
        return token.pos in _PASSED_POS or word in _PASSED

    def _is_noun(self, j: int) -> bool:
        token = self.tokens[j]
        national = token.pos == "ADJ" and is_national(self.view, j)
        return (
            national
            or token.pos in {"NOUN", "PROPN", "PRON"}
            or token.lemma in self.cues.casualties["people"]
        )

    def _takes_noun(self, j: int, count: _Count) -> bool:
        """Take a noun in: those counted, one more of them, or a modifier; anything else counted first ends the walk."""
        if modifies(self.view, j):
            return True
        if count.people is not None and self.tokens[j].dep in {"nsubj", "nsubjpass"}:
            return False  # "killed a general and a missile killed four"
        if count.people is not None and starts_another(self.view, j) and not self._is_named(j, count.people):
            count.more(ONE)
            count.name(j)
        elif is_person(self.view, j, self.cues) or (count.people is None and self._another_follows(j)):
            count.name(j)
        return count.people is not None

    def _is_named(self, j: int, people: int) -> bool:
        """ "Two commanders, Ali Hassan and Omar Said": who they are, not one more."""
        first = self.tokens[self.view.tree.first_conjunct(j)]
        return first.dep == "appos" and first.head == people and self.tokens[j].pos == "PROPN"

    def _another_follows(self, j: int) -> bool:
        """ "Thirty-four VDP and six soldiers": what is listed with people is people."""
        if j + 2 >= len(self.tokens) or self.tokens[j + 1].lower not in {"and", ","}:
            return False
        at = j + 2
        if at not in self.numbers:
            return False
        first = after_number(self.view, at, self.numbers[at])
        return any(is_person(self.view, k, self.cues) for k in range(first, min(first + 2, len(self.tokens))))

    def _says_of_others(self, j: int) -> bool:
        """ "killed 12" after a number belongs to what follows: an active verb with its own object."""
        perfect = self.tokens[j - 1].lower in {"has", "have", "had"}  # "holds 80 hostages and has killed 20"
        if self.tokens[j].lower in {"dead", "died", "perished"} or (
            self.tokens[j].tag == "VBN" and not perfect
        ):
            return False
        after = [t.lower for t in self.tokens[j + 1 : j + 3]]
        if not after:
            return False
        if after[0] == "at":
            return after[1:] == ["least"]
        return self.tokens[j + 1].pos in {"NUM", "DET"} or after[0] in {"more", "several", "dozens"}

    def before(self, at: int, mention: QuantityMention) -> Figure | None:
        """ "killing at least 12 people and a soldier", "injures 13": the verb stands before the number."""
        first = self.view.tree.at(mention.start)
        j = (first if first is not None else at) - 1
        while j >= 0 and self.tokens[j].lower in {
            "another",
            "some",
            "further",
            "the",
            "an",
            "least",
            "at",
            "up",
            "to",
        }:
            j -= 1
        if j < 0:
            return None
        lemma = next(
            (stem for start, stem in _STEMS if self.tokens[j].lower.startswith(start)), self.tokens[j].lemma
        )
        words = self.cues.casualties
        killing = lemma in words["killed_verbs"] and lemma not in {"die", "perish"}
        if not (killing or lemma in words["injured_verbs"]) or self._looks_back(j):
            return None
        count = self._object(at, mention)
        lives = count.people is not None and self.tokens[count.people].lemma == "life"
        if (lemma == "claim" and not lives) or (count.people is None and not self._is_bare(at, mention)):
            return None
        self.taken |= count.seen
        return Figure(j, count.people, count.total, killing, parts=tuple(count.parts))

    def _looks_back(self, j: int) -> bool:
        """ "were killed three days ago", "Two killed, 13 injured": the participle is said of those before it."""
        if self.tokens[j].lower.endswith(("ing", "s")):
            return False
        back = {t.lower for t in self.tokens[max(0, j - 3) : j]}
        after = self.tokens[j + 1].lower if j + 1 < len(self.tokens) else ""
        return bool(back & {"were", "was", "are", "is", "been", "being", "be"}) or after in {
            ",",
            "and",
            "in",
            "by",
        }

    def _is_bare(self, at: int, mention: QuantityMention) -> bool:
        after = after_number(self.view, at, mention)
        return after >= len(self.tokens) or self.tokens[after].lower in _BARE

    def _object(self, at: int, mention: QuantityMention) -> _Count:
        """The victims from a number on: "two soldiers and a civilian" is three."""
        count = _Count(mention.quantity, mention.quantity, seen={at})
        pending: int | None = None
        first = after_number(self.view, at, mention)
        for j in range(first, min(first + _REACH, len(self.tokens))):
            if self._ends_object(j, count):
                break
            if j in self.numbers:
                pending = j
            elif self._is_noun(j) and not modifies(self.view, j):
                listed = count.people is not None and self.tokens[j].tag == "NNS"
                if pending is not None and (listed or is_person(self.view, j, self.cues)):
                    count.more(self.numbers[pending].quantity)
                    count.seen.add(pending)
                    pending = None
                    count.name(j)
                elif not self._takes_noun(j, count):
                    break
        return count

    def _ends_object(self, j: int, count: _Count) -> bool:
        token, word = self.tokens[j], self.tokens[j].lower
        if word in _ENDS or word in PARTS or word in HARMED or word.startswith(_HARMING):
            return True
        if j in self.numbers:
            number = self.numbers[j]
            return (
                count.people is None
                or self._tells(j)
                or is_part(self.view, j, number)
                or not is_coordinated(self.view, number)
            )
        if token.pos in {"VERB", "AUX"}:
            return token.tag not in {"VBN", "VBG"}
        least = word == "at" and j + 1 < len(self.tokens) and self.tokens[j + 1].lower == "least"
        return token.pos in {"ADP", "SCONJ"} and word not in {"of", "from"} and not least

    def _tells(self, j: int) -> bool:
        """ "Killed 14 soldiers, two security sources said": those who say so are not among the dead."""
        number = self.tokens[j]
        people = self.tokens[self.view.tree.first_conjunct(number.head if number.dep == "nummod" else j)]
        return people.dep == "nsubj" and self.tokens[people.head].lemma in self.cues.assertion["say"]
