"""Counts in a text: "two", "145", "at least 40", "dozens of", "between 30 and 40", "no" casualties.

Only counts of things are mentions. Years, dates, clock times, ordinals, percentages, money, measures, ages and
designations ("S-300", "Resolution 1701") are numbers but count nothing that was launched, hit, killed or hurt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from worker.event import Quantity, Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_MENTIONS: Final = 1_000
"""Mentions returned for one text at most."""
_LARGEST: Final = 10_000_000_000
"""A greater number counts nothing of ours (telephone numbers, identifiers)."""


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


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    low: str
    glued: bool
    """No white space before it."""


_TOKEN: Final = re.compile(r"\d+(?:[.,:/\u00a0\u202f]\d+)*[^\W\d_]*|[^\W\d_]+(?:['\u2019][^\W\d_]+)?\d*|[^\w\s]|_")

_UNITS: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_TENS: Final = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_GROUPS: Final = {**_SCALES, "dozen": 12, "score": 20}

_VAGUE: Final[dict[str, tuple[int, int | None]]] = {
    "dozens": (24, 99),
    "scores": (40, 99),
    "tens": (20, 99),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "millions": (2_000_000, None),
    "several": (3, 9),
    "few": (3, 5),
    "handful": (3, 5),
    "couple": (2, 2),
    "pair": (2, 2),
    "multiple": (2, None),
    "single": (1, 1),
}
"""What a vague word stands for. "several" begins at three: writers say "two" or "a couple" for two."""
_NEEDS_ARTICLE: Final = frozenset({"few", "handful", "couple", "pair", "single"})
_PLURAL_SCALE: Final = {"thousands": 1_000, "millions": 1_000_000}

_BEFORE: Final[tuple[tuple[tuple[str, ...], Qualifier], ...]] = tuple(
    (tuple(words.split()), qualifier)
    for qualifier, phrases in (
        (
            Qualifier.AT_LEAST,
            "at least|no fewer than|not fewer than|no less than|not less than|a minimum of|minimum of|upwards of",
        ),
        (Qualifier.AT_MOST, "up to|as many as|at most|no more than|not more than|a maximum of|maximum of"),
        (
            Qualifier.ABOUT,
            "about|around|some|roughly|nearly|almost|approximately|an estimated|estimated|close to|approx .|approx"
            "|circa|more or less|just under|just about",
        ),
    )
    for words in phrases.split("|")
)
_MORE: Final = tuple(
    tuple(p.split()) for p in "more than|over|well over|greater than|in excess of|just over|above".split("|")
)
_LESS: Final = tuple(
    tuple(p.split()) for p in "fewer than|less than|under|below".split("|")
)
_QUALIFIER_WORDS: Final = 3

_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul"
    " aug sep sept oct nov dec".split()
)
_MEASURES: Final = frozenset(
    "km kms kilometer kilometers kilometre kilometres mile miles mi m meter meters metre metres cm mm centimeters"
    " centimetres millimeter millimetre millimeters millimetres foot feet ft inch inches yard yards nm nautical knots"
    " knot kg kgs kilo kilos kilogram kilograms gram grams lb lbs pound pounds ton tons tonne tonnes kt kiloton"
    " kilotons megaton megatons mw gw kw megawatt megawatts gigawatt gigawatts kilowatt kilowatts litre litres liter"
    " liters gallon gallons barrels acre acres hectare hectares square sq cubic mph kph kmh degree degrees percent per"
    " pc percentage pct basis point points second seconds sec secs minute minutes min mins hour hours hr hrs day days"
    " night nights week weeks weekend weekends fortnight month months year years decade decades century centuries"
    " dollar dollars euro euros yuan ruble rubles rouble roubles rupee rupees shekel shekels pounds sterling yen lira"
    " dinar dinars riyal riyals hryvnia hryvnias usd eur gbp cents a.m am pm gmt utc est edt et bst ist cet local"
    " time times fold third thirds half halves quarter quarters fifth fifths sixth tenth tenths caliber calibre o'clock"
    " st nd rd th mm kilometers-long yo".split()
)
_LABELS: Final = frozenset(
    "article articles resolution resolutions chapter section paragraph flight route road highway freeway channel no"
    " number nos page pages room gate phase stage part unit area building block sector zone district ward day covid"
    " cop version volume vol issue season episode apollo annex act clause rule level grade category tier war grad"
    " platform line size shahed fateh fajr badr qassam mohajer geran lancet zelzal kornet iskander boeing airbus mig"
    " su sukhoi tupolev tu il antonov mi ka ak rpg formula bbc cctv item order decree task age aged ages group division"
    " euro world mark model type pier terminal exit apartment flat suite top group".split()
) - {"day"}
_CASUALTY: Final = frozenset(
    "casualty casualties fatality fatalities injury injuries death deaths victim victims wounded killed dead injured"
    " hurt harmed survivors survivor losses loss".split()
)


def find_quantities(text: str) -> tuple[QuantityMention, ...]:
    """Find the counts in `text`, in order, never overlapping; at most `MAX_MENTIONS` of them."""
    tokens = _tokens(text)
    found: list[QuantityMention] = []
    position = floor = 0
    while position < len(tokens) and len(found) < MAX_MENTIONS:
        number = _number_at(tokens, position)
        if number is None:
            position += 1
            continue
        mention = _mention(text, tokens, position, number, floor)
        if mention is not None:
            found.append(mention)
        position = floor = max(number.after, position + 1)
    return tuple(found)


def parse_number(text: str) -> int | None:
    """Read a text that is one number and nothing else ("two", "145", "twenty-one"); "a" and "an" are one."""
    if text.strip().casefold() in {"a", "an"}:
        return 1
    tokens = _tokens(text)
    number = _number_at(tokens, 0) if tokens else None
    return number.low if number is not None and number.after == len(tokens) and not number.vague else None


@dataclass(frozen=True, slots=True)
class _Number:
    low: int
    high: int | None
    after: int
    """Index of the first token after it."""
    vague: bool = False


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    end = -1
    for match in _TOKEN.finditer(text):
        word = match.group()
        tokens.append(_Token(match.start(), match.end(), word, word.casefold(), match.start() == end))
        end = match.end()
    return tokens


def _low(tokens: Sequence[_Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""


_PLAIN: Final = re.compile(r"\d{1,11}|\d{1,3}(?:[,\u00a0\u202f]\d{3})+")
_DECIMAL: Final = re.compile(r"\d{1,4}\.\d{1,3}")


def _number_at(tokens: Sequence[_Token], index: int) -> _Number | None:
    """Read the number that starts at a token: digits, number words, or a vague word."""
    token = tokens[index]
    if token.low[0].isdigit():
        return _digits(tokens, index)
    if token.low in _UNITS or token.low in _TENS:
        return _words(tokens, index)
    if token.low in _VAGUE:
        return _vague(tokens, index)
    if token.low in {"a", "an"}:
        return _after_article(tokens, index)
    if token.low == "half":
        skip = 2 if _low(tokens, index + 1) in {"a", "of"} else 1
        size = _GROUPS.get(_low(tokens, index + skip))
        return _Number(size // 2, size // 2, index + skip + 1) if size and size != _SCALES["hundred"] else None
    return None


def _digits(tokens: Sequence[_Token], index: int) -> _Number | None:
    written = tokens[index].text
    scale = _SCALES.get(_low(tokens, index + 1))
    dozen = _low(tokens, index + 1) == "dozen"
    if _PLAIN.fullmatch(written):
        if written[0] == "0" and len(written) > 1:
            return None
        value = int(re.sub(r"[^0-9]", "", written)) * (scale or (12 if dozen else 1))
        return _Number(value, value, index + (2 if scale or dozen else 1))
    if scale and _DECIMAL.fullmatch(written):
        whole, _, part = written.partition(".")
        value = (int(whole) * 10 ** len(part) + int(part)) * scale // 10 ** len(part)
        return _Number(value, value, index + 2)
    return None


def _words(tokens: Sequence[_Token], index: int) -> _Number | None:
    """Add up "one hundred and forty-five", "twenty-one", "three thousand", "two dozen"."""
    total = current = 0
    room = _LARGEST
    at = index
    while at < len(tokens):
        word = tokens[at].low
        joined = at > index
        if word == "-" and joined and tokens[at].glued and _TENS.get(_low(tokens, at - 1)):
            unit = _UNITS.get(_low(tokens, at + 1), 0)
            if not 0 < unit < 10 or current % 10:  # noqa: PLR2004
                break
            current, at, room = current + unit, at + 2, 1
        elif word == "and" and joined and _low(tokens, at - 1) in _SCALES and _low(tokens, at + 1) in _SMALL:
            at += 1
        elif word in _SMALL and room > _SMALL[word]:
            current, at = current + _SMALL[word], at + 1
            room = 10 if word in _TENS else 1
        elif word in _GROUPS and joined and current:
            size = _GROUPS[word]
            if size > 100:  # noqa: PLR2004
                total, current = total + current * size, 0
                room = size
            else:
                current, room = current * size, size
            at += 1
        else:
            break
    return _Number(total + current, total + current, at)


_SMALL: Final = {**_UNITS, **_TENS}


def _vague(tokens: Sequence[_Token], index: int, *, article: bool = False) -> _Number | None:
    word = tokens[index].low
    low, high = _VAGUE[word]
    after = index + 1
    if word in _NEEDS_ARTICLE and not article:
        return None
    following = _low(tokens, after)
    if word in {"tens", "hundreds"} and following == "of" and _low(tokens, after + 1) in _PLURAL_SCALE:
        scale = _PLURAL_SCALE[tokens[after + 1].low]
        base = 20 if word == "tens" else 200
        return _Number(base * scale, base * 5 * scale - 1, after + 2, vague=True)
    if word == "tens":
        return None
    if word in {"several", "few", "couple"} and following in _GROUPS:
        size = _GROUPS[following]
        return _Number(low * size, None if high is None else (high + 1) * size - 1, after + 1, vague=True)
    return _Number(low, high, after, vague=word not in {"pair", "single", "couple"})


def _after_article(tokens: Sequence[_Token], index: int) -> _Number | None:
    """Read "a dozen", "a hundred and forty", "a couple", "a few"; a bare article counts nothing."""
    word = _low(tokens, index + 1)
    if word == "half":
        return _number_at(tokens, index + 1)
    if word in {"dozen", "score"}:
        return _Number(_GROUPS[word], _GROUPS[word], index + 2)
    if word in _SCALES:
        size = _SCALES[word]
        return _Number(size, size, index + 2)
    if word in _NEEDS_ARTICLE:
        return _vague(tokens, index + 1, article=True)
    return None


def _mention(
    text: str, tokens: Sequence[_Token], index: int, number: _Number, floor: int
) -> QuantityMention | None:
    """Put a number and the words around it together; None where it counts nothing."""
    if number.low > _LARGEST or _counts_nothing(tokens, index, number.after):
        return None
    first, last = index, number.after
    qualifier = Qualifier.ABOUT if number.vague else Qualifier.EXACT
    quantity = Quantity(low=number.low, high=number.high, qualifier=qualifier)
    phrase = next(_qualifier_before(tokens, index, floor), None)
    if phrase is not None:
        first = index - phrase[0]
        quantity = _qualified(number, phrase[1])
    return QuantityMention(
        start=tokens[first].start,
        end=tokens[last - 1].end,
        text=text[tokens[first].start : tokens[last - 1].end],
        quantity=quantity,
        number_start=tokens[index].start,
        number_end=tokens[number.after - 1].end,
    )


def _qualifier_before(tokens: Sequence[_Token], index: int, floor: int) -> Iterator[tuple[int, str]]:
    for length in range(_QUALIFIER_WORDS, 0, -1):
        if index - length < floor:
            continue
        words = tuple(token.low for token in tokens[index - length : index])
        if words in _MORE:
            yield length, "more"
        if words in _LESS:
            yield length, "less"
        for phrase, qualifier in _BEFORE:
            if words == phrase:
                yield length, qualifier.value


def _qualified(number: _Number, kind: str) -> Quantity:
    if kind == "more":
        return Quantity(low=number.low, high=None, qualifier=Qualifier.AT_LEAST)
    if kind == "less":
        top = (number.high or number.low) - (0 if number.vague else 1)
        return Quantity(low=0, high=max(0, top), qualifier=Qualifier.AT_MOST)
    if kind == Qualifier.AT_LEAST:
        return Quantity(low=number.low, high=None, qualifier=Qualifier.AT_LEAST)
    if kind == Qualifier.AT_MOST:
        return Quantity(low=min(1, number.low), high=number.high, qualifier=Qualifier.AT_MOST)
    return Quantity(low=number.low, high=number.high, qualifier=Qualifier.ABOUT)


def _counts_nothing(tokens: Sequence[_Token], index: int, after: int) -> bool:
    before, following = _low(tokens, index - 1), _low(tokens, after)
    if following in _MEASURES or before in _LABELS or before in {"$", "£", "€", "#", "+"} or following in {"%", "°"}:
        return True
    return before in _MONTHS or following in _MONTHS
