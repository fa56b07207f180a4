"""Bait for a regular expression: strings that repeat what one of its loops eats, and then fail to match."""

from __future__ import annotations

import importlib
import pkgutil
import re
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, Final

import worker.extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TRIED: Final = "a A1,-.\t\u2014"
_OF_CATEGORY: Final = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_NOT_WORD": r"\W",
}
_ENDLESS: Final = 3
"""Repetitions from which a loop is worth a bait."""


def patterns() -> dict[str, re.Pattern[str]]:
    """Every regular expression that stands in a module of the extraction, by the name of one place."""
    found: dict[str, tuple[str, re.Pattern[str]]] = {}
    for entry in pkgutil.iter_modules(worker.extraction.__path__, "worker.extraction."):
        for name, value in vars(importlib.import_module(entry.name)).items():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                    found.setdefault(one.pattern, (f"{entry.name}.{name}", one))
    return dict(found.values())


def baits(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Strings of that length, each of them the food of one loop of the pattern over and over."""
    for before, eaten in sorted(_loops(_parser.parse(pattern.pattern, pattern.flags), "")):
        if not eaten:
            continue
        for unit, head in ((eaten, before), (before + eaten, ""), ((before + eaten)[:-1], "")):
            if unit:
                yield (head + unit * (length // len(unit) + 1))[:length]


def _loops(tree: Iterable[Any], before: str) -> set[tuple[str, str]]:
    """(what leads to a loop, what it eats) for every loop."""
    found: set[tuple[str, str]] = set()
    for item in tree:
        kind, argument = str(item[0]), item[1]
        if "REPEAT" in kind:
            if argument[1] > _ENDLESS:
                found.add((before, _sample(argument[2])))
            found |= _loops(argument[2], before)
        for inside in _inside(kind, argument):
            found |= _loops(inside, before)
        before += _sample([item])
    return found


def _inside(kind: str, argument: Any) -> list[Any]:  # noqa: ANN401 - the parser's own trees
    if kind == "SUBPATTERN":
        return [argument[3]]
    if kind == "ATOMIC_GROUP":
        return [argument]
    if kind == "BRANCH":
        return list(argument[1])
    return [argument[1]] if kind in {"ASSERT", "ASSERT_NOT"} else []


def _sample(tree: Iterable[Any]) -> str:
    """A short text that a tree matches, or nearly."""
    out = ""
    for item in tree:
        kind, argument = str(item[0]), item[1]
        if kind == "LITERAL":
            out += chr(argument)
        elif kind in {"ANY", "NOT_LITERAL"}:
            out += "a"
        elif kind == "IN":
            out += _member(argument)
        elif "REPEAT" in kind:
            out += _sample(argument[2]) * max(argument[0], 1)
        elif kind in {"SUBPATTERN", "ATOMIC_GROUP", "BRANCH"}:
            out += _sample(_inside(kind, argument)[0])
    return out


def _member(choices: list[Any]) -> str:
    """A character of a class."""
    negated = str(choices[0][0]) == "NEGATE"
    tried = _TRIED + "".join(
        chr(c if isinstance(c, int) else c[0]) for k, c in choices[negated:] if "CATEGORY" not in str(k)
    )
    return next((c for c in tried if _admits(choices[negated:], c) != negated), "a")


def _admits(choices: list[Any], character: str) -> bool:
    for kind, argument in choices:
        if str(kind) == "LITERAL" and chr(argument) == character:
            return True
        if str(kind) == "RANGE" and argument[0] <= ord(character) <= argument[1]:
            return True
        if str(kind) == "CATEGORY" and re.match(_OF_CATEGORY[str(argument)], character):
            return True
    return False
