"""Numbers as they are written: digits, number words, and the vague words that stand for a range.

Reads a number that starts at a token; what the number counts, and whether it counts at all, is decided in
`worker.extraction.quantities`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST: Final = 10_000_000_000
"""A greater number counts nothing of ours (telephone numbers, identifiers)."""


class Token(NamedTuple):
    """A word, a number with its separators, or one punctuation mark; `low` is its case-folded text."""

    start: int
    end: int
    text: str
    low: str
    glued: bool
    """No white space before it."""


_TOKEN: Final = re.compile(
    r"\d+(?:[.,:/\u00a0\u202f]\d+)*[^\W\d_]*|[^\W\d_]+(?:['\u2019][^\W\d_]+)?\d*|[^\w\s]|_"
)

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


def parse_number(text: str) -> int | None:
    """Read a text that is one number and nothing else ("two", "145", "twenty-one"); "a" and "an" are one."""
    if text.strip().casefold() in {"a", "an"}:
        return 1
    tokens = tokenize(text)
    number = number_at(tokens, 0) if tokens else None
    return number.low if number is not None and number.after == len(tokens) and not number.vague else None


@dataclass(frozen=True, slots=True)
class Number:
    """What was read: `high` None means open above, `vague` that a word like "dozens" stands for the range."""

    low: int
    high: int | None
    after: int
    """Index of the first token after it."""
    vague: bool = False


def tokenize(text: str) -> list[Token]:
    """Split a text into tokens, in order."""
    tokens: list[Token] = []
    end = -1
    for match in _TOKEN.finditer(text):
        word, (start, last) = match.group(), match.span()
        tokens.append(Token(start, last, word, word.casefold(), start == end))
        end = last
    return tokens


def low_at(tokens: Sequence[Token], index: int) -> str:
    """Return the case-folded token at an index, "" beyond either end."""
    return tokens[index].low if 0 <= index < len(tokens) else ""


_PLAIN: Final = re.compile(r"[0-9]{1,11}|[0-9]{1,3}(?:[,\u00a0\u202f][0-9]{3}){1,3}")
_DECIMAL: Final = re.compile(r"[0-9]{1,4}\.[0-9]{1,3}")


STARTS: Final = frozenset({*_UNITS, *_TENS, *_VAGUE, "a", "an", "half"})
"""Words that a number can begin with."""


def number_at(tokens: Sequence[Token], index: int) -> Number | None:
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
        skip = 2 if low_at(tokens, index + 1) in {"a", "of"} else 1
        size = _GROUPS.get(low_at(tokens, index + skip))
        return Number(size // 2, size // 2, index + skip + 1) if size and size != _SCALES["hundred"] else None
    return None


def _digits(tokens: Sequence[Token], index: int) -> Number | None:
    written = tokens[index].text
    scale = _SCALES.get(low_at(tokens, index + 1))
    dozen = low_at(tokens, index + 1) == "dozen"
    if _PLAIN.fullmatch(written):
        if written[0] == "0" and len(written) > 1:
            return None
        value = int(re.sub(r"[^0-9]", "", written)) * (scale or (12 if dozen else 1))
        return Number(value, value, index + (2 if scale or dozen else 1))
    if scale and _DECIMAL.fullmatch(written):
        whole, _, part = written.partition(".")
        value = (int(whole) * 10 ** len(part) + int(part)) * scale // 10 ** len(part)
        return Number(value, value, index + 2)
    return None


def _words(tokens: Sequence[Token], index: int, *, current: int = 0) -> Number | None:
    """Add up "one hundred and forty-five", "twenty-one", "three thousand", "two dozen"; `current` is read already."""
    total = 0
    room = LARGEST
    at = index
    while at < len(tokens):
        word = tokens[at].low
        joined = at > index
        if word == "-" and joined and tokens[at].glued and _TENS.get(low_at(tokens, at - 1)):
            unit = _UNITS.get(low_at(tokens, at + 1), 0)
            if not 0 < unit < 10 or current % 10:  # noqa: PLR2004
                break
            current, at, room = current + unit, at + 2, 1
        elif (
            word == "and"
            and joined
            and low_at(tokens, at - 1) in _SCALES
            and low_at(tokens, at + 1) in _SMALL
        ):
            at += 1
        elif word in _SMALL and room > _SMALL[word]:
            current, at = current + _SMALL[word], at + 1
            room = 10 if word in _TENS else 1
        elif word in _GROUPS and 0 < current * _GROUPS[word] <= LARGEST:
            size = _GROUPS[word]
            if size > 100:  # noqa: PLR2004
                total, current = total + current * size, 0
                room = size
            else:
                current, room = current * size, size
            at += 1
        else:
            break
    return Number(total + current, total + current, at)


_SMALL: Final = {**_UNITS, **_TENS}


def _vague(tokens: Sequence[Token], index: int, *, article: bool = False) -> Number | None:
    word = tokens[index].low
    low, high = _VAGUE[word]
    after = index + 1
    if word in _NEEDS_ARTICLE and not article:
        return None
    following = low_at(tokens, after)
    if word in {"tens", "hundreds"} and following == "of" and low_at(tokens, after + 1) in _PLURAL_SCALE:
        scale = _PLURAL_SCALE[tokens[after + 1].low]
        base = 20 if word == "tens" else 200
        return Number(base * scale, base * 5 * scale - 1, after + 2, vague=True)
    if word == "tens":
        return None
    if word == "couple" and following == "of" and low_at(tokens, after + 1) in _GROUPS:
        after, following = after + 1, low_at(tokens, after + 1)  # "a couple of dozen"
    if word in {"several", "few", "couple"} and following in _GROUPS:
        size = _GROUPS[following]
        return Number(low * size, None if high is None else (high + 1) * size - 1, after + 1, vague=True)
    return Number(low, high, after, vague=word not in {"pair", "single", "couple"})


def _after_article(tokens: Sequence[Token], index: int) -> Number | None:
    """Read "a dozen", "a hundred and forty", "a couple", "a few"; a bare article counts nothing."""
    word = low_at(tokens, index + 1)
    if word == "half":
        return number_at(tokens, index + 1)
    if word in {"dozen", "score"}:
        return Number(_GROUPS[word], _GROUPS[word], index + 2)
    if word in _SCALES:
        return _words(tokens, index + 1, current=1)
    if word in _NEEDS_ARTICLE:
        return _vague(tokens, index + 1, article=True)
    return None
