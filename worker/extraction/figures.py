"""Figures of victims in the order of the words: "two soldiers and a civilian were killed", "killing 12 people".

Headlines and wire prose break the parser; what stands between a number and the word that says killed or injured
does not depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from worker.event import Qualifier, Quantity
from worker.extraction.quantities import QuantityMention

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_REACH: Final = 14
_AUXILIARIES: Final = frozenset(
    "be is are was were been being have has had get got gets reportedly also both all either left leaves leaving "
    "reported confirmed believed feared to declared pronounced found still now slightly lightly seriously "
    "critically badly severely moderately mildly fatally gravely initially already later instantly allegedly who".split()
)
_LINKS: Final = frozenset({"-", "’s", "'s", "of", "and", "from", "the", "a", "an", "one", "his", "her", "their", "its", "with", "in", "as", "&", "or"})
_PARTS: Final = frozenset({"including", "among", "mostly", "mainly", "many", "most", "half", "namely", "third", "whom", "them"})
_ONE: Final = frozenset({"a", "an", "one", "another", "his", "her", "their", "its"})
_OTHERS: Final = frozenset({"other", "others", "another", "more", "additional"})
_MANY: Final = frozenset("couple dozen hundred thousand family staff crew personnel police people force body other more number".split())
_CLAUSE_ENDS: Final = frozenset({".", ";", ":", "—", "–", "(", ")", "but", "while", "when", "after", "as"})
_HURT_NOW: Final = frozenset({"killed", "dead", "died", "die", "dies", "perished", "slain", "lifeless", "martyred"})
_INJURED_NOW: Final = frozenset({"injured", "wounded", "hurt", "maimed", "hospitalised", "hospitalized"})
_HARMING: Final = ("kill", "injur", "wound", "hurt", "maim", "leav", "damag", "destroy")
_UNHURT: Final = frozenset({"un", "not", "n't", "nor", "never"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people and the token that says what became of them."""

    trigger: int
    people: int | None
    quantity: Quantity
    killed: bool


def read_figures(view: View, cues: Cues) -> tuple[Figure, ...]:
    """The figures of a sentence, one for each token that says killed or injured; coordinated victims are added up."""
    found: dict[tuple[int, bool], Figure] = {}
    taken: set[int] = set()
    numbers = _numbers(view, cues)
    for at, mention in sorted(numbers.items()):
        if at in taken or _is_part(view, at, mention):
            continue
        figure = _before(view, at, mention, numbers, cues, taken) or _after(view, at, mention, numbers, cues, taken)
        if figure is None or (figure.trigger, figure.killed) in found:
            continue
        earlier = next((f for f in reversed(found.values()) if f.killed == figure.killed), None)
        if earlier is not None and _counts_others(view, at, figure):
            figure = replace(figure, quantity=add(earlier.quantity, figure.quantity))
            del found[earlier.trigger, earlier.killed]
        found[figure.trigger, figure.killed] = figure
    return tuple(found[key] for key in sorted(found))


def _counts_others(view: View, at: int, figure: Figure) -> bool:
    """ "…, two others killed", "and one lightly injured": people beside those who were counted before."""
    words = {t.lower for t in view.tree.tokens[at : max(figure.trigger, figure.people or 0) + 1]}
    return bool(words & _OTHERS) or (
        view.tree.tokens[at].lower in {"one", "another"} and at > 0 and view.tree.tokens[at - 1].lower == "and"
    )


def _numbers(view: View, cues: Cues) -> Mapping[int, QuantityMention]:
    """Numbers by the token they stand at; "a soldier" and "an Israeli woman" count one."""
    found = {}
    for mention in view.quantities:
        at = view.tree.at(mention.number_start)
        if at is not None:
            found[at] = mention
    tokens = view.tree.tokens
    for token in tokens:
        if token.lower not in {"a", "an"} or token.i in found:
            continue
        head = next((t for t in tokens[token.i + 1 : token.i + 6] if not _within_phrase(view, t.i)), None)
        if head is not None and head.tag == "NN" and _is_person(view, head.i, cues) and head.lower not in _MANY:
            found[token.i] = QuantityMention(
                start=token.start, end=token.end, text=token.text, quantity=Quantity(low=1, high=1), number_start=token.start, number_end=token.end
            )
    return found


def _within_phrase(view: View, i: int) -> bool:
    token = view.tree.tokens[i]
    return token.pos in {"ADJ", "ADV", "PROPN", "NUM", "PUNCT"} and token.text != "," or _modifies(view, i)


def _is_part(view: View, at: int, mention: QuantityMention) -> bool:
    """ "including three children", "of whom three", "three of them": no figure of its own."""
    tokens = view.tree.tokens
    first = view.tree.at(mention.start)
    before = {t.lower for t in tokens[max(0, (first if first is not None else at) - 3) : at]}
    after = [t.lower for t in tokens[at + 1 : at + 3]]
    return bool(before & _PARTS) or after in (["of", "them"], ["of", "whom"], ["of", "those"])


def _after(  # noqa: PLR0913  -- the state of one walk
    view: View, at: int, mention: QuantityMention, numbers: Mapping[int, QuantityMention], cues: Cues, taken: set[int]
) -> Figure | None:
    """ "12 people, including a child, were killed": walk to the right, over those who are counted."""
    tokens = view.tree.tokens
    total, people, skipping, seen = mention.quantity, None, False, {at}
    last = view.tree.at(mention.end - 1)
    first = (last if last is not None else at) + 1
    for j in range(first, min(first + _REACH, len(tokens))):
        token = tokens[j]
        word = token.lower
        if skipping and not (word in _HURT_NOW | _INJURED_NOW and token.dep != "amod"):
            skipping = word != ","
            continue
        if word in _HURT_NOW | _INJURED_NOW and not _says_of_others(view, j):
            if is_either(view, j):
                return None
            taken |= seen
            return Figure(j, people, total, word in _HURT_NOW)
        if word == ",":
            skipping = j + 1 < len(tokens) and tokens[j + 1].lower in _PARTS | {"a", "an", "the", "all"} and j + 1 not in numbers
            continue
        if word in _PARTS:
            skipping = True
            continue
        if j in numbers:
            if people is not None and tokens[j - 1].lower == "," and not _coordinated(view, numbers[j]):
                skipping = True  # an apposition: "Hussein Makki, a commander"
                continue
            if people is None or _is_part(view, j, numbers[j]) or not _coordinated(view, numbers[j]):
                return None
            total, people = add(total, numbers[j].quantity), None
            seen.add(j)
            continue
        if word in _CLAUSE_ENDS or word in _UNHURT:
            return None
        if token.pos in {"NOUN", "PROPN", "PRON"} or token.lemma in cues.casualties["people"]:
            if _is_person(view, j, cues) or (people is not None and not _modifies(view, j) and _starts_another(view, j)):
                if people is not None and not _modifies(view, j) and _starts_another(view, j):
                    total = add(total, Quantity(low=1, high=1))
                people = j if not _modifies(view, j) else people
            elif not _modifies(view, j) and people is None:
                return None
            continue
        if token.pos in {"ADJ", "DET", "ADV", "AUX", "CCONJ", "PART", "NUM"} or word in _AUXILIARIES | _LINKS:
            continue
        return None
    return None


def is_either(view: View, j: int) -> bool:
    """ "killed or wounded": a number for both says neither."""
    tokens = view.tree.tokens
    words = _HURT_NOW | _INJURED_NOW
    after = j + 2 < len(tokens) and tokens[j + 1].lower in {"or", "and", "/"} and tokens[j + 2].lower in words
    before = j > 1 and tokens[j - 1].lower in {"or", "and", "/"} and tokens[j - 2].lower in words
    return after or before


def _says_of_others(view: View, j: int) -> bool:
    """ "killed 12" after a number belongs to what follows: an active verb with its own object."""
    tokens = view.tree.tokens
    if tokens[j].lower in {"dead", "died", "perished"} or tokens[j].tag == "VBN":
        return False
    following = tokens[j + 1] if j + 1 < len(tokens) else None
    return following is not None and (following.pos in {"NUM", "DET"} or following.lower in {"at", "more", "several", "dozens"}) and (
        following.lower != "at" or (j + 2 < len(tokens) and tokens[j + 2].lower == "least")
    )


def _before(  # noqa: PLR0913  -- the state of one walk
    view: View, at: int, mention: QuantityMention, numbers: Mapping[int, QuantityMention], cues: Cues, taken: set[int]
) -> Figure | None:
    """ "killing at least 12 people and a soldier", "injures 13": the verb stands before the number."""
    tokens = view.tree.tokens
    first = view.tree.at(mention.start)
    j = (first if first is not None else at) - 1
    while j >= 0 and tokens[j].lower in {"another", "some", "further", "the", "an", "least", "at", "up", "to"}:
        j -= 1
    if j < 0:
        return None
    token = tokens[j]
    lemma = _verb_lemma(token.lower, token.lemma)
    killing, hurting = lemma in cues.casualties["killed_verbs"], lemma in cues.casualties["injured_verbs"]
    if lemma in {"die", "perish", "claim", "eliminate"} and lemma != "claim":
        killing = lemma == "eliminate"
    if not (killing or hurting) or _is_passive_here(view, j):
        return None
    total, people, seen = _object(view, at, mention, numbers, cues)
    if lemma == "claim" and (people is None or tokens[people].lemma not in {"life"}):
        return None
    if people is None and not _bare(view, at, mention):
        return None
    taken |= seen
    return Figure(j, people, total, killing)


def _verb_lemma(word: str, lemma: str) -> str:
    for suffix, stem in (("kill", "kill"), ("injur", "injure"), ("wound", "wound")):
        if word.startswith(suffix):
            return stem
    return lemma


def _is_passive_here(view: View, j: int) -> bool:
    """ "were killed three days ago", "Two killed, 13 injured": the participle looks back."""
    tokens = view.tree.tokens
    if tokens[j].lower.endswith("ing") or tokens[j].lower.endswith("s"):
        return False
    back = [t.lower for t in tokens[max(0, j - 3) : j]]
    return bool(set(back) & {"were", "was", "are", "is", "been", "being", "be"}) or (
        j + 1 < len(tokens) and tokens[j + 1].lower in {",", "and", "in", "by"}
    )


def _bare(view: View, at: int, mention: QuantityMention) -> bool:
    """Whether the number stands for people by itself: "injures 13.", "kills 13 and injures 55"."""
    tokens = view.tree.tokens
    last = view.tree.at(mention.end - 1)
    after = (last if last is not None else at) + 1
    if after >= len(tokens):
        return True
    return tokens[after].lower in {".", ",", "and", "in", "at", "on", "as", "after", ";", "near", "but", "while", "others", "more", "of", "during"}


def _object(
    view: View, at: int, mention: QuantityMention, numbers: Mapping[int, QuantityMention], cues: Cues
) -> tuple[Quantity, int | None, set[int]]:
    """The victims from a number on: "two soldiers and a civilian" is three."""
    tokens = view.tree.tokens
    total, people, seen = mention.quantity, None, {at}
    pending: tuple[Quantity, int] | None = None
    last = view.tree.at(mention.end - 1)
    first = (last if last is not None else at) + 1
    for j in range(first, min(first + _REACH, len(tokens))):
        token = tokens[j]
        word = token.lower
        if word in _CLAUSE_ENDS or word in _PARTS:
            break
        if token.lemma == "life":
            return total, j, seen
        if word.startswith(_HARMING) or word in _HURT_NOW | _INJURED_NOW or (token.pos in {"VERB", "AUX"} and token.tag not in {"VBN", "VBG"}):
            pending = None
            break
        if j in numbers:
            if people is None or _is_part(view, j, numbers[j]) or not _coordinated(view, numbers[j]):
                break
            pending = (numbers[j].quantity, j)
            continue
        if token.pos in {"NOUN", "PROPN", "PRON"} or token.lemma in cues.casualties["people"]:
            if not _is_person(view, j, cues) and not (people is not None and not _modifies(view, j) and _starts_another(view, j)):
                if people is None and not _modifies(view, j):
                    return total, None, seen
                continue
            if _modifies(view, j):
                continue
            if pending is not None:
                total, seen, pending = add(total, pending[0]), {*seen, pending[1]}, None
            elif people is not None and _starts_another(view, j):
                total = add(total, Quantity(low=1, high=1))
            people = people if people is not None else j
        elif token.pos in {"ADP", "SCONJ"} and word not in {"of", "from"}:
            break
    return total, people, seen


def _coordinated(view: View, mention: QuantityMention) -> bool:
    """Whether a number follows "and" or a comma: one more in a list."""
    tokens = view.tree.tokens
    first = view.tree.at(mention.start)
    if first is not None and first > 0 and tokens[first - 1].lower in _ONE:
        first -= 1  # "and her two children"
    if first is None or first == 0:
        return False
    if tokens[first].lower in {"a", "an"} and tokens[first - 1].lower == ",":
        return tokens[first - 2].pos != "PROPN"  # "Hussein Makki, a commander" is one
    return tokens[first - 1].lower in {"and", ",", "&", "plus"}


def _starts_another(view: View, j: int) -> bool:
    """Whether the person is one more in a list: "and a civilian", "and her son"."""
    tokens = view.tree.tokens
    k = j - 1
    while k >= 0 and (tokens[k].pos in {"ADJ", "NOUN", "PROPN"} and tokens[k].lower not in {"and", ","}):
        k -= 1
    if k >= 0 and tokens[k].lower == "and" and tokens[j].pos == "PROPN":
        return j - k > 1 and not any(m.start < tokens[j].end and tokens[k].end < m.end for m in view.actors)  # "and Hussein Makki"
    if tokens[j].tag != "NN" or k <= 0 or tokens[k].lower not in _ONE:
        return False
    return tokens[k - 1].lower == "and" or (tokens[k - 1].lower == "," and tokens[k].lower in {"his", "her", "their"})


def _is_person(view: View, j: int, cues: Cues) -> bool:
    token = view.tree.tokens[j]
    if token.lemma in cues.casualties["people"] or token.lower in cues.casualties["people"]:
        return True
    if token.tag in {"NNPS", "NNS", "NN"} and any(
        m.start <= token.start and token.end <= m.end and m.alias.form == "demonym" for m in view.actors
    ):
        return True  # "12 Palestinians"
    return token.lower.endswith(("men", "women")) and len(token.text) > len("women")


def _modifies(view: View, j: int) -> bool:
    """Whether a noun only modifies the next one: "army soldiers"."""
    tokens = view.tree.tokens
    return j + 1 < len(tokens) and tokens[j + 1].pos in {"NOUN", "PROPN"} and tokens[j + 1].lower not in _HURT_NOW | _INJURED_NOW


def add(one: Quantity, two: Quantity) -> Quantity:
    """Two counts together; open above where one of them is."""
    high = one.high + two.high if one.high is not None and two.high is not None else None
    if high is None:
        qualifier = Qualifier.AT_LEAST
    elif one.qualifier is two.qualifier is Qualifier.EXACT:
        qualifier = Qualifier.EXACT
    else:
        qualifier = Qualifier.ABOUT
    return Quantity(low=one.low + two.low, high=high, qualifier=qualifier)

