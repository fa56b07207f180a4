"""Counts in a text: "two", "145", "at least 40", "dozens of", "between 30 and 40", "no" casualties.

Only counts of things are mentions. Years, dates, clock times, ordinals, percentages, money, measures, ages and
designations ("S-300", "Resolution 1701") are numbers but count nothing that was launched, hit, killed or hurt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from worker.event import Qualifier, Quantity
from worker.extraction.counting import counts_nothing, is_date
from worker.extraction.numerals import (
    LARGEST,
    STARTS,
    Number,
    Token,
    low_at,
    number_at,
    parse_number,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["QuantityMention", "find_quantities", "parse_number"]

MAX_MENTIONS: Final = 1_000
"""Mentions returned for one text at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMention:
    """A count as written: `text` is `text[start:end]` of what was searched and covers the qualifier too.

    `number_start` to `number_end` is the number alone ("40" of "at least 40", "30 to 40" of a range), so that
    it can be aligned with the tokens of a parse.
    """

    start: int
    end: int
    text: str
    quantity: Quantity
    number_start: int
    number_end: int


def _phrases(written: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in written.split("|"))


_MORE: Final = _phrases(
    "more than|over|well over|greater than|in excess of|just over|upwards of|upward of|exceeding"
)
_LESS: Final = _phrases("fewer than|less than|just under")
_AT_LEAST: Final = _phrases(
    "at least|no fewer than|not fewer than|no less than|not less than|a minimum of|minimum of|nothing less than"
)
_AT_MOST: Final = _phrases(
    "up to|as many as|at most|no more than|not more than|a maximum of|maximum of|at the most"
)
_ABOUT: Final = _phrases(
    "about|around|some|roughly|nearly|almost|approximately|an estimated|estimated|close to|approx|approx .|circa"
    "|just about|as few as|reportedly"
) - {("reportedly",)}
_LONGEST_PHRASE: Final = 3
_PHRASE_GAP: Final = frozenset({"another", "some", "a", "an", "further", "about", "around"})
"""Words that may stand between a qualifier and its number: "at least another 40"."""
_PREPOSITION_AFTER: Final = frozenset(
    "down flew flies fly flying hovered circled passed crossed intercepted destroyed detected fired dropped exploded seen"
    " them control power".split()
)
"""Before "over", these make it a place ("shot down over two regions") and not "more than"."""
_CASUALTY: Final = frozenset(
    "casualty casualties fatality fatalities injury injuries death deaths victim victims wounded killed dead injured"
    " hurt harmed losses damage hits".split()
)
_HARMED: Final = frozenset("killed injured hurt wounded harmed died dead damaged hit".split())
_NOT_BETWEEN: Final = frozenset(
    "of in to the and or is was were for on that information word evidence claim responsibility doubt comment details"
    " about than , . ; : ! ? - \u2014 \u2013 ( )".split()
)
_REACH: Final = 5


def find_quantities(text: str) -> tuple[QuantityMention, ...]:
    """Find the counts in `text`, in order, never overlapping; at most `MAX_MENTIONS` of them."""
    tokens = tokenize(text)
    found: list[QuantityMention] = []
    position = floor = 0
    while position < len(tokens) and len(found) < MAX_MENTIONS:
        word = tokens[position].low
        if word not in _STARTS and not word[0].isdigit():
            position += 1
            continue
        nothing = _nothing_at(tokens, position)
        if nothing:
            found.append(
                _cut(text, tokens, (position, position + nothing), (position, position + nothing), _NOTHING)
            )
            position += nothing
            floor = position
            continue
        number = number_at(tokens, position)
        if number is None:
            position += 1
            continue
        mention, after = _mention(text, tokens, position, number, floor)
        if mention is not None:
            found.append(mention)
        position = floor = max(after, position + 1)
    return tuple(found)


_STARTS: Final = STARTS | {"no", "without", "zero", "nobody", "none"}
_NOTHING: Final = Quantity(low=0, high=0)


def _nothing_at(tokens: Sequence[Token], index: int) -> int:
    """Return how many tokens say "none" here ("no" casualties, "no one" was hurt); 0 where none does."""
    word = tokens[index].low
    if word in {"no", "without", "zero"}:
        if word == "no" and low_at(tokens, index + 1) == "one":
            return 2 if _ahead(tokens, index + 2, _HARMED, frozenset(".;:!?")) else 0
        return 1 if _ahead(tokens, index + 1, _CASUALTY, _NOT_BETWEEN) else 0
    if word in {"nobody", "none"}:
        return 1 if _ahead(tokens, index + 1, _HARMED, frozenset(".;:!?")) else 0
    return 0


def _ahead(tokens: Sequence[Token], index: int, wanted: frozenset[str], stop: frozenset[str]) -> bool:
    for token in tokens[index : index + _REACH]:
        if token.low in wanted:
            return True
        if token.low in stop:
            return False
    return False


def _cut(
    text: str, tokens: Sequence[Token], whole: tuple[int, int], number: tuple[int, int], quantity: Quantity
) -> QuantityMention:
    start, end = tokens[whole[0]].start, tokens[whole[1] - 1].end
    return QuantityMention(
        start=start,
        end=end,
        text=text[start:end],
        quantity=quantity,
        number_start=tokens[number[0]].start,
        number_end=tokens[number[1] - 1].end,
    )


def _mention(
    text: str, tokens: Sequence[Token], index: int, number: Number, floor: int
) -> tuple[QuantityMention | None, int]:
    """Put a number and the words around it together; None where it counts nothing. Also say where to go on."""
    if number.low > LARGEST or number.low == 0:
        return None, number.after
    upper = _upper_end(tokens, index, number)
    after = upper.after if upper else number.after
    if is_date(tokens, index, number.after) or is_date(tokens, index, after):
        return None, after
    if upper is not None and upper.low <= number.low:
        return None, after
    if counts_nothing(tokens, index, number if upper is None else upper):
        return None, after
    number_after = after
    quantity, after = _suffixed(tokens, number, after)
    if upper is not None:
        quantity = Quantity(low=number.low, high=upper.high, qualifier=Qualifier.RANGE)
    first, kind = _qualifier_before(tokens, index, floor)
    if upper is not None and low_at(tokens, index - 1) == "between" and index > floor:
        first = index - 1
    elif kind is not None:
        quantity = _qualified(quantity, kind, vague=number.vague)
    return _cut(text, tokens, (first, after), (index, number_after), quantity), after


def _upper_end(tokens: Sequence[Token], index: int, number: Number) -> Number | None:
    """Read the second number of "30-40", "30 to 40", "two or three", "between 30 and 40"."""
    joint = number.after
    word = low_at(tokens, joint)
    if word in {"-", "\u2013", "\u2014"}:
        if word != "-" or tokens[joint].glued:
            second = number_at(tokens, joint + 1) if joint + 1 < len(tokens) else None
            return second if second is not None and (second.high is not None) else None
        return None
    before = low_at(tokens, index - 1)
    wanted = {"between": {"and", "to"}, "from": set[str]()}.get(before, {"to", "or"})
    if word not in wanted or joint + 1 >= len(tokens):
        return None
    second = number_at(tokens, joint + 1)
    return second if second is not None and second.low > number.low and not second.vague else None


def _suffixed(tokens: Sequence[Token], number: Number, after: int) -> tuple[Quantity, int]:
    """Read what may follow a number: "40 or more", "40-plus", "40 or so"."""
    qualifier = Qualifier.ABOUT if number.vague else Qualifier.EXACT
    plain = Quantity(low=number.low, high=number.high, qualifier=qualifier)
    words = low_at(tokens, after), low_at(tokens, after + 1)
    at_least = Quantity(low=number.low, high=None, qualifier=Qualifier.AT_LEAST)
    if words[0] == "+" and tokens[after].glued:
        return at_least, after + 1
    if words in {("or", "more"), ("-", "plus"), ("and", "counting")}:
        return at_least, after + 2
    if words == ("or", "so"):
        return Quantity(low=number.low, high=number.high, qualifier=Qualifier.ABOUT), after + 2
    if words in {("or", "fewer"), ("or", "less")}:
        return Quantity(low=0, high=number.high, qualifier=Qualifier.AT_MOST), after + 2
    return plain, after


def _qualifier_before(tokens: Sequence[Token], index: int, floor: int) -> tuple[int, Qualifier | str | None]:
    """Return the first token of the qualifier of a number and its kind; the number's own where it has none."""
    ends = [index]
    if index - 1 >= floor and tokens[index - 1].low in _PHRASE_GAP:
        ends.append(index - 1)
    for end in reversed(ends):
        for length in range(min(_LONGEST_PHRASE, end - floor), 0, -1):
            kind = _kind_of(tokens, end - length, end)
            if kind is not None:
                return end - length, kind
    return index, None


def _kind_of(tokens: Sequence[Token], first: int, end: int) -> Qualifier | str | None:
    words = tuple(token.low for token in tokens[first:end])
    if words in _MORE:
        return None if words == ("over",) and low_at(tokens, first - 1) in _PREPOSITION_AFTER else "more"
    for kind, phrases in (
        ("less", _LESS),
        (Qualifier.AT_LEAST, _AT_LEAST),
        (Qualifier.AT_MOST, _AT_MOST),
        (Qualifier.ABOUT, _ABOUT),
    ):
        if words in phrases:
            return kind
    return None


def _qualified(quantity: Quantity, kind: Qualifier | str, *, vague: bool) -> Quantity:
    low, high = quantity.low, quantity.high
    if kind in {"more", Qualifier.AT_LEAST}:
        return Quantity(low=low, high=None, qualifier=Qualifier.AT_LEAST)
    if kind == "less":
        top = (high if high is not None else low) - (0 if vague else 1)
        return Quantity(low=0, high=top, qualifier=Qualifier.AT_MOST)
    if kind == Qualifier.AT_MOST:
        return Quantity(low=1, high=high, qualifier=Qualifier.AT_MOST)
    return (
        quantity
        if quantity.qualifier is Qualifier.RANGE
        else Quantity(low=low, high=high, qualifier=Qualifier.ABOUT)
    )
