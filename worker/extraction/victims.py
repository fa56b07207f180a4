"""Who is counted among the killed and injured: people in the order of the words, one by one and in lists."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from worker.event import Qualifier, Quantity
from worker.extraction.quantities import QuantityMention

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.extraction.tree import Tree
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

PARTS: Final = frozenset("including among mostly mainly many most half namely third whom them".split())
"""Words after which a number is part of one told before."""
KILLED: Final = frozenset("killed dead died die dies perished slain lifeless martyred".split())
INJURED: Final = frozenset("injured wounded hurt maimed hospitalised hospitalized".split())
RANKS: Final = frozenset("officer captain major colonel lieutenant sergeant corporal brigadier".split())
SOLDIERS: Final = RANKS | frozenset(
    "soldier troop fighter serviceman servicemen policeman policemen men".split()
)
"""Whom a side that has "lost" them mourns."""
HARMED: Final = KILLED | INJURED
ONE: Final = Quantity(low=1, high=1)
TWO: Final = Quantity(low=2, high=2)
_ONE_WORDS: Final = frozenset("a an one another his her their its".split())
MANY: Final = frozenset(
    "couple dozen hundred thousand family staff crew personnel police people force body other more number".split()
)
_REACH: Final = 6


def numbers_of(view: View, cues: Cues) -> Mapping[int, QuantityMention]:
    """Numbers by the token they stand at; "a soldier" and "an Israeli woman" count one."""
    found = {}
    for mention in view.quantities:
        at, last = view.tree.at(mention.number_start), view.tree.at(mention.end - 1)
        pair = last is not None and _is_pair(view, last)
        if at is not None and not _is_age(view, mention, cues) and not pair:
            found[at] = mention
    tokens = view.tree.tokens
    for token in tokens:
        if token.lower not in {"a", "an"} or token.i in found:
            continue
        head = next(
            (t for t in tokens[token.i + 1 : token.i + _REACH] if not _within_phrase(view, t.i)), None
        )
        person = (
            head is not None
            and not _tells(view, head.i, cues)
            and head.tag == "NN"
            and is_person(view, head.i, cues)
            and head.lower not in MANY
        )
        pair = head is not None and _is_pair(view, head.i)
        if person or pair or is_national(view, token.i + 1):
            found[token.i] = QuantityMention(
                start=token.start,
                end=token.end,
                text=token.text,
                quantity=TWO if pair else ONE,
                number_start=token.start,
                number_end=token.end,
            )
    return found


def _is_pair(view: View, i: int) -> bool:
    """ "A couple and their son": two people; "a couple of shells", "a couple more" only count."""
    token, after = view.tree.tokens[i], view.tree.tokens[i + 1 : i + 2]
    return token.lower == "couple" and not any(t.lower in {"of", "more", "dozen", "hundred"} for t in after)


def _tells(view: View, i: int, cues: Cues) -> bool:
    """ "Killing nine fighters, a local official said": the official is who says so."""
    token = view.tree.tokens[i]
    return token.dep == "nsubj" and view.tree.tokens[token.head].lemma in cues.assertion["say"]


def _is_age(view: View, mention: QuantityMention, cues: Cues) -> bool:
    """ "A man of 70 was killed", "a teacher aged 34": how old one of them was."""
    tokens = view.tree.tokens
    first = view.tree.at(mention.start)
    if first is None or first < _AGED:
        return False
    if tokens[first - 1].lower == "aged" or _in_ages(view, first, cues):
        return True
    head = tokens[first - 2]
    return (
        tokens[first - 1].lower == "of"
        and head.tag == "NN"
        and head.lower not in MANY
        and is_person(view, head.i, cues)
        and not (first + 1 < len(tokens) and tokens[first + 1].tag in {"NNS", "NNPS"})
    )


def _in_ages(view: View, first: int, cues: Cues) -> bool:
    """ "Aged 61 and 74", "aged between 5 and 70", "two brothers, 7 and 12, were": one of several ages."""
    tokens = view.tree.tokens
    after = tokens[first + 1].lower if first + 1 < len(tokens) else "."
    if not tokens[first].text.isdecimal() or after not in _AFTER_AGES:
        return False
    j = first - 1
    while j > 0 and (tokens[j].text.isdecimal() or tokens[j].lower in _BETWEEN_AGES):
        j -= 1
    if tokens[j].lower in {"aged", "ages"}:
        return True
    opened = tokens[j + 1].text == "," and j + 2 < len(tokens) and tokens[j + 2].text.isdecimal()
    several = {t.lower for t in tokens[j + 2 : first + 3]} & {"and"}
    return opened and bool(several) and tokens[j].tag in {"NNS", "NN"} and is_person(view, j, cues)


_BETWEEN_AGES: Final = frozenset({",", "and", "to", "between", "from", "-", "\u2013", "or"})
_AFTER_AGES: Final = frozenset(
    {",", ".", ";", ")", "and", "to", "-", "\u2013", "or", "were", "was", "died", "who", "years"}
)
_AGED: Final = 2


def is_national(view: View, i: int) -> bool:
    """ "A Pakistani and two Indians": a nationality that stands alone is a person."""
    tokens = view.tree.tokens
    if i + 1 >= len(tokens) or tokens[i + 1].lower not in _AFTER_A_PERSON:
        return False
    return any(m.start == tokens[i].start and m.alias.form == "demonym" for m in view.actors)


_AFTER_A_PERSON: Final = frozenset(
    {"and", "was", "were", "died", ",", "in", "near", "at", "outside", "inside", "who"}
)


def _within_phrase(view: View, i: int) -> bool:
    token = view.tree.tokens[i]
    return (token.pos in {"ADJ", "ADV", "PROPN", "NUM", "PUNCT", "PART"} and token.text != ",") or modifies(
        view, i
    )


def after_number(view: View, at: int, mention: QuantityMention) -> int:
    """The token that follows a number with all that belongs to it."""
    last = view.tree.at(mention.end - 1)
    return (last if last is not None else at) + 1


def are_of_a_noun(view: View, at: int, leads: set[int], cues: Cues) -> bool:
    """ "The deaths of at least three guards": whether a number, with the words that lead to it, counts what a noun says."""
    tokens, words = view.tree.tokens, cues.casualties
    first = at
    while first - 1 in leads:
        first -= 1
    of = first > 1 and tokens[first - 1].lower == "of"
    return of and tokens[first - 2].lemma in words["killed_nouns"] | words["injured_nouns"]


def is_part(view: View, at: int, mention: QuantityMention) -> bool:
    """ "including three children", "of whom three", "three of them": no figure of its own."""
    tokens = view.tree.tokens
    first = view.tree.at(mention.start)
    start = first if first is not None else at
    before = {t.lower for t in tokens[max(0, start - 3) : at]}
    if start > 0 and tokens[start - 1].lower == "among":
        before.discard("among")  # "was among seven people killed": all of them
    told = [t.lower for t in tokens[at + 1 : at + 6]]  # "63 people, five soldiers among them"
    among = any(pair == ["among", "them"] for pair in map(list, pairwise(told)))
    of = tokens[at + 1].lower == "of" if at + 1 < len(tokens) else False
    of_them = of and bool(set(told[1:3]) & _THE_HARMED) and not set(told[1:3]) & {"people"}
    return bool(before & PARTS) or among or of_them


_THE_HARMED: Final = frozenset(
    "them whom those victims dead killed wounded injured casualties fatalities".split()
)
"""Whom a number is of that counts no others: "one of the victims", "two of those killed"."""


def is_coordinated(view: View, mention: QuantityMention) -> bool:
    """Whether a number follows "and" or a comma: one more in a list."""
    tokens = view.tree.tokens
    first = view.tree.at(mention.start)
    if first is not None and first > 0 and tokens[first - 1].lower in _ONE_WORDS:
        first -= 1  # "and her two children"
    if first is None or first == 0:
        return False
    if tokens[first].lower in {"a", "an"} and tokens[first - 1].lower == ",":
        return tokens[first - 2].pos != "PROPN"  # "Hussein Makki, a commander" is one
    return tokens[first - 1].lower in {"and", ",", "&", "plus"}


def starts_another(view: View, j: int) -> bool:
    """Whether the person is one more in a list: "and a civilian", "and her son", "and Hussein Makki"."""
    if modifies(view, j):
        return False
    tokens = view.tree.tokens
    k = j - 1
    while k >= 0 and tokens[k].pos in {"ADJ", "NOUN", "PROPN"}:
        k -= 1
    if _is_of_whom(view, j):
        return False  # "six men of the army and the Frontier Corps"
    if k >= 0 and tokens[k].lower == "and" and tokens[j].pos == "PROPN":
        return j - k > 1 and not any(m.start < tokens[j].end and tokens[k].end < m.end for m in view.actors)
    if tokens[j].tag != "NN" or k <= 0 or tokens[k].lower not in _ONE_WORDS:
        return False
    return tokens[k - 1].lower == "and" or (
        tokens[k - 1].lower == "," and tokens[k].lower in {"his", "her", "their"}
    )


def _is_of_whom(view: View, j: int) -> bool:
    """Whether a name is listed with a body that people are of, not with people."""
    tree = view.tree
    first = tree.tokens[tree.first_conjunct(j)]
    return (
        first.i != j
        and first.dep == "pobj"
        and first.pos == "PROPN"
        and tree.tokens[first.head].lower == "of"
    )


def is_person(view: View, j: int, cues: Cues) -> bool:
    """Whether a noun means people: soldiers, Palestinians, firemen."""
    token = view.tree.tokens[j]
    people = cues.casualties["people"]
    if token.lemma in people or token.lower in people or (j > 0 and is_national(view, j)):
        return True
    if token.tag in {"NNPS", "NNS", "NN"} and any(
        m.start <= token.start and token.end <= m.end and m.alias.form == "demonym" for m in view.actors
    ):
        return True
    return token.lower.endswith(("men", "women")) and len(token.text) > len("women")


def modifies(view: View, j: int) -> bool:
    """Whether a noun only modifies the next one: "army soldiers"."""
    tokens = view.tree.tokens
    return (
        j + 1 < len(tokens) and tokens[j + 1].pos in {"NOUN", "PROPN"} and tokens[j + 1].lower not in HARMED
    )


def is_either(view: View, j: int) -> bool:
    """ "killed or wounded": a number for both says neither."""
    tokens = view.tree.tokens
    after = (
        j + 2 < len(tokens) and tokens[j + 1].lower in {"or", "and", "/"} and tokens[j + 2].lower in HARMED
    )
    before = j > 1 and tokens[j - 1].lower in {"or", "and", "/"} and tokens[j - 2].lower in HARMED
    return after or before


def is_fatal(tree: Tree, verb: int) -> bool:
    """ "Fatally shot", "fatally wounded"."""
    return any(tree.tokens[k].lower == "fatally" for k in tree.kids(verb, "advmod"))


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
