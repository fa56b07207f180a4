"""Whether a number counts anything: years, dates, times, measures, money, ages and designations do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.numerals import Number, Token, low_at

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul"
    " aug sep sept oct nov dec".split()
)
_MEASURES: Final = frozenset(
    # length, area, weight, volume
    "km kms kilometer kilometers kilometre kilometres mile miles mi m meter meters metre metres cm mm centimeters"
    " centimetres millimeter millimetre millimeters millimetres feet ft inch inches yards nm nautical knots knot kg kgs"
    " kilo kilos kilogram kilograms gram grams lb lbs pound pounds ton tons tonne tonnes kt kiloton kilotons megaton"
    " megatons litre litres liter liters gallon gallons barrels acre acres hectare hectares square sq cubic caliber calibre"
    # power, speed, warmth, shares
    " mw gw kw megawatt megawatts gigawatt gigawatts kilowatt kilowatts mph kph kmh degree degrees percent per pc"
    " percentage pct basis point points times fold third thirds half halves quarter quarters fifth fifths tenth tenths"
    # time
    " second seconds sec secs minute minutes min mins hour hours hr hrs day days nights week weeks weekend weekends"
    " fortnight month months year years yr yrs decade decades century centuries a.m am pm gmt utc est edt et bst cet"
    " o'clock o\u2019clock"
    # money
    " dollar dollars euro euros yuan ruble rubles rouble roubles rupee rupees shekel shekels yen lira dinar dinars riyal"
    " riyals hryvnia hryvnias usd eur gbp cents".split()
)
_CURRENCY: Final = frozenset("$ \u00a3 \u20ac \u00a5 \u20b9 \u20bd \u20aa rs usd eur # + \u00a7".split())
_LABELS: Final = frozenset(
    "article articles resolution resolutions chapter section paragraph flight route highway freeway motorway channel no"
    " number numbers nos page pages phase stage age aged ages covid version grade level category tier".split()
)
"""Words whose number is a name, in capitals or not."""
_NAMES: Final = frozenset(
    "road room gate part unit area building block sector zone district ward day cop vol issue season episode apollo annex"
    " act clause war platform line order task group division brigade battalion regiment corps pier terminal exit suite model"
    " mark type round top big shahed fateh fajr badr qassam mohajer geran lancet zelzal kornet iskander storm boeing airbus"
    " mig su sukhoi tupolev tu il antonov mi ka ak rpg formula bbc radio tv super catch windows agenda vision"
    " expo euro falcon starship soyuz".split()
)
"""Names with a number, where they begin with a capital: "Shahed 136", "Sector 4"."""
_ABBREVIATED: Final = frozenset("no nos art vol fig pp p para sec".split())
_YEARS: Final = range(1400, 2101)
_YEAR_DIGITS: Final = 4
_LAST_DAY: Final = 31
_AGES: Final = range(1, 111)
_HOURS: Final = range(24)
_DATE_BEFORE: Final = frozenset(
    "in since until till by during from of the before after late early mid around for between through at".split()
)


def is_date(tokens: Sequence[Token], index: int, after: int) -> bool:
    """Whether the digits from `index` up to `after` are the day of a month ("March 18", "18-20 March")."""
    day = tokens[index].text
    if not day.isdecimal() or int(day[:9]) > _LAST_DAY:
        return False
    if _month(tokens, after) or (low_at(tokens, after) == "of" and _month(tokens, after + 1)):
        return True
    back = index - 2 if low_at(tokens, index - 1) == "." else index - 1
    if not _month(tokens, back):
        return False
    # "on 18 March 12 people": that month has its day already.
    return not low_at(tokens, back - 1).isdecimal()


def _month(tokens: Sequence[Token], index: int) -> bool:
    return low_at(tokens, index) in _MONTHS and tokens[index].text[0].isupper()


def counts_nothing(tokens: Sequence[Token], index: int, number: Number) -> bool:
    """Whether the number that starts at `index` (and ends where `number` does) is no count of things."""
    return (
        _measured(tokens, number.after)
        or _named(tokens, index)
        or _compound(tokens, index, number.after)
        or _is_year(tokens, index, number.after)
        or _is_clock(tokens, index, number.after)
        or _is_age(tokens, index, number)
        or (tokens[index].low == "one" and _is_pronoun(tokens, index))
    )


def _measured(tokens: Sequence[Token], after: int) -> bool:
    word = low_at(tokens, after)
    return word in _MEASURES or word in {"%", "\u00b0", "\u2030"}


def _named(tokens: Sequence[Token], index: int) -> bool:
    before = low_at(tokens, index - 1)
    if before in _CURRENCY or before in _LABELS:
        return True
    if before == "." and low_at(tokens, index - 2) in _ABBREVIATED:
        return True
    if before == "of" and low_at(tokens, index - 2) == "group":
        return True
    digits = tokens[index].low[0].isdecimal() or tokens[index].text[0].isupper()
    return digits and before in _NAMES and tokens[index - 1].text[0].isupper()


def _compound(tokens: Sequence[Token], index: int, after: int) -> bool:
    """Whether a hyphen ties the number to a word: "S-300", "72-hour", "three-man", and telephone numbers."""
    if (
        index > 1
        and tokens[index].glued
        and tokens[index - 1].glued
        and tokens[index - 1].low in "-/.\u2011_"
    ):
        return True
    if not (after + 1 < len(tokens) and tokens[after].low in "-\u2011/_" and tokens[after].glued):
        return False
    return tokens[after + 1].glued and low_at(tokens, after + 1) not in {"plus", "-"}


def _is_year(tokens: Sequence[Token], index: int, after: int) -> bool:
    written = tokens[index].text
    if len(written) != _YEAR_DIGITS or not written.isdecimal() or int(written) not in _YEARS:
        return False
    before = low_at(tokens, index - 1)
    if before in _DATE_BEFORE or _month(tokens, index - 1):
        return True
    if before == "," and low_at(tokens, index - 2).isdecimal() and _month(tokens, index - 3):
        return True
    following = low_at(tokens, after)
    return not (
        following in {"people", "men", "women", "children"}
        or (following.endswith("s") and following.isalpha())
    )


def _is_clock(tokens: Sequence[Token], index: int, after: int) -> bool:
    if (
        low_at(tokens, after) in {"a", "p"}
        and low_at(tokens, after + 1) == "."
        and low_at(tokens, after + 2) == "m"
    ):
        return True
    if low_at(tokens, after) == "local" and low_at(tokens, after + 1) == "time":
        return True
    written = tokens[index].text
    at = low_at(tokens, index - 1) == "at" and low_at(tokens, index + 1) not in {"people", "points"}
    return at and len(written) == _YEAR_DIGITS and written.isdecimal() and int(written[:2]) in _HOURS


def _is_age(tokens: Sequence[Token], index: int, number: Number) -> bool:
    """Whether a number between commas after a name is somebody's age: "Ivan Petrenko, 45, said"."""
    if not tokens[index].low[0].isdecimal() or number.low not in _AGES or low_at(tokens, index - 1) != ",":
        return False
    name = tokens[index - 2].text[0].isupper() and tokens[index - 2].text.isalpha() if index > 1 else False
    return name and low_at(tokens, number.after) in {",", ";", ".", ")", ""}


def _is_pronoun(tokens: Sequence[Token], index: int) -> bool:
    before, following = low_at(tokens, index - 1), low_at(tokens, index + 1)
    if before in {"no", "any", "every", "some", "each", "the", "this", "that", "which", "another", "only"}:
        return before != "only" or following in {"who", "that", "to", "of"}
    if following in {"another", "can", "should", "would", "must", "could", "'s", "\u2019s"}:
        return True
    return following == "of" and any(
        token.low in {"most", "best", "largest", "biggest"} for token in tokens[index + 2 : index + 5]
    )
