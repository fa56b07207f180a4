"""The adversarial corpus, made by code: messages that are no articles, and texts that are costly to read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from worker.wire import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 200_000
"""Bytes of text that an article may have."""

GOOD: Final[dict[str, Any]] = {
    "article_id": "good",
    "url": "https://news.example/good",
    "source": "Test Wire",
    "title": "Russia attacks Kyiv",
    "text": "Russia attacked Kyiv with 5 drones on Tuesday, hours after the ceasefire with Ukraine was agreed.",
    "published_at": "2025-03-19T12:00:00Z",
    "fetched_at": "2025-03-19T12:05:00Z",
    "language": "en",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A message that is no article, and what has to be said of it."""

    value: bytes | None
    reason: Reason
    pointer: str | None = None


def _with(**fields: object) -> bytes:
    return json.dumps({**GOOD, **fields}).encode()


def _without(name: str, **fields: object) -> bytes:
    return json.dumps({key: value for key, value in {**GOOD, **fields}.items() if key != name}).encode()


_BOMB: Final = 100_000
_OTHER_TYPES: Final[tuple[object, ...]] = (7, True, ["x"], {"x": {}})

HOSTILE: Final[dict[str, Hostile]] = {
    "tombstone": Hostile(value=None, reason=Reason.NO_VALUE),
    "nothing": Hostile(value=b"", reason=Reason.NO_VALUE),
    "not UTF-8": Hostile(value=b'{"article_id": "\xff\xfe"}', reason=Reason.NOT_UTF8),
    "UTF-16": Hostile(value=json.dumps(GOOD).encode("utf-16"), reason=Reason.NOT_UTF8),
    "overlong UTF-8": Hostile(value=b'{"article_id": "\xc0\xaf"}', reason=Reason.NOT_UTF8),
    "byte order mark": Hostile(value=b"\xef\xbb\xbf" + _with(), reason=Reason.NOT_JSON),
    "cut short": Hostile(value=_with()[:-7], reason=Reason.NOT_JSON),
    "two documents": Hostile(value=_with() + _with(), reason=Reason.NOT_JSON),
    "null bytes": Hostile(value=b"\0" * 500, reason=Reason.NOT_JSON),
    "markup": Hostile(value=b"<html><script>alert(1)</script></html>", reason=Reason.NOT_JSON),
    "pickle": Hostile(value=b"cos\nsystem\n(S'true'\ntR.", reason=Reason.NOT_JSON),
    "YAML tag": Hostile(value=b"!!python/object/apply:os.system ['true']", reason=Reason.NOT_JSON),
    "bomb of arrays": Hostile(value=b"[" * _BOMB, reason=Reason.NOT_JSON),
    "closed bomb": Hostile(value=b"[" * _BOMB + b"]" * _BOMB, reason=Reason.NOT_JSON),
    "bomb of objects": Hostile(value=b'{"a":' * _BOMB, reason=Reason.NOT_JSON),
    "NaN": Hostile(value=b'{"article_id": "a", "source": "s", "text": NaN}', reason=Reason.NOT_JSON),
    "infinity": Hostile(value=b'{"article_id": "a", "n": -Infinity}', reason=Reason.NOT_JSON),
    "huge number": Hostile(value=b'{"article_id": "a", "n": 1e999}', reason=Reason.NOT_JSON),
    "number of 5,000 digits": Hostile(value=b'{"n": ' + b"9" * 5_000 + b"}", reason=Reason.NOT_JSON),
    "lone surrogate": Hostile(value=b'{"article_id": "a", "text": "\\ud800"}', reason=Reason.NOT_JSON),
    "null": Hostile(value=b"null", reason=Reason.SCHEMA_VIOLATION, pointer=""),
    "array": Hostile(value=b"[{}]", reason=Reason.SCHEMA_VIOLATION, pointer=""),
    "text": Hostile(value=b'"attack"', reason=Reason.SCHEMA_VIOLATION, pointer=""),
    "number": Hostile(value=b"7", reason=Reason.SCHEMA_VIOLATION, pointer=""),
    "no id": Hostile(value=_without("article_id"), reason=Reason.SCHEMA_VIOLATION, pointer="/article_id"),
    "no source": Hostile(value=_without("source"), reason=Reason.SCHEMA_VIOLATION, pointer="/source"),
    "no text": Hostile(value=_without("text"), reason=Reason.MISSING_TEXT, pointer="/text"),
    "id with a control character": Hostile(
        value=_with(article_id="a\0b"), reason=Reason.SCHEMA_VIOLATION, pointer="/article_id"
    ),
    "id of 10,000 characters": Hostile(
        value=_with(article_id="a" * 10_000), reason=Reason.SCHEMA_VIOLATION, pointer="/article_id"
    ),
    "title of a megabyte": Hostile(
        value=_with(title="Russia attacks Kyiv. " * 50_000), reason=Reason.SCHEMA_VIOLATION, pointer="/title"
    ),
    **{
        f"{name} is {type(value).__name__}": Hostile(
            value=_with(**{name: value}), reason=Reason.SCHEMA_VIOLATION, pointer=f"/{name}"
        )
        for name in ("article_id", "url", "source", "title", "text", "published_at", "language")
        for value in _OTHER_TYPES
    },
    "year 1": Hostile(
        value=_with(published_at="0001-01-01T00:00:00Z"), reason=Reason.BAD_TIME, pointer="/published_at"
    ),
    "year 9999": Hostile(
        value=_with(published_at="9999-12-31T23:59:59Z"), reason=Reason.BAD_TIME, pointer="/published_at"
    ),
    "out of the calendar by its zone": Hostile(
        value=_with(fetched_at="9999-12-31T23:59:59-14:00"), reason=Reason.BAD_TIME, pointer="/fetched_at"
    ),
    "zone of 99 hours": Hostile(
        value=_with(published_at="2025-03-19T12:00:00+99:99"), reason=Reason.BAD_TIME, pointer="/published_at"
    ),
    "no zone": Hostile(
        value=_with(published_at="2025-03-19T12:00:00"), reason=Reason.BAD_TIME, pointer="/published_at"
    ),
    "10 MB": Hostile(value=_with(text="attack " * 1_500_000), reason=Reason.TOO_LARGE, pointer=""),
    "a little too long": Hostile(
        value=_with(text="x" * (LONGEST + 1)), reason=Reason.TOO_LARGE, pointer="/text"
    ),
    "too long in UTF-8": Hostile(
        value=_with(text="\u2019" * (LONGEST // 2)), reason=Reason.TOO_LARGE, pointer="/text"
    ),
    "a hundred thousand sentences": Hostile(
        value=_with(text="He left. " * 100_000), reason=Reason.TOO_LARGE, pointer="/text"
    ),
    "a sentence of a million characters": Hostile(
        value=_with(text="and " * 250_000), reason=Reason.TOO_LARGE, pointer="/text"
    ),
    "page of scripts": Hostile(
        value=_with(text="", html="<script>attack()</script>" * 1_000), reason=Reason.NO_TEXT, pointer="/html"
    ),
    "page of nothing but depth": Hostile(
        value=_with(text="", html="<html><body>" + "<div>" * 50_000), reason=Reason.NO_TEXT, pointer="/html"
    ),
}
"""Every way in which a message fails to be an article."""

_ENGLISH: Final = (
    "The weather in the north of the country was as it has been and it is to stay so for a week. " * 45
)
"""What makes the reader believe that a text is English, whatever follows."""


def _repeated(unit: str) -> str:
    return (_ENGLISH + unit * (LONGEST // len(unit)))[:LONGEST]


def _counted(sentence: Callable[[int], str]) -> str:
    text, number = [_ENGLISH], 0
    length = len(_ENGLISH)
    while length < LONGEST:
        text.append(sentence(number))
        length += len(text[-1])
        number += 1
    return "".join(text)[:LONGEST]


def costly_texts() -> dict[str, str]:
    """Texts of the greatest length allowed that make each step of the reading do as much as it can."""
    return {
        "as many events as there are clauses": _counted(
            lambda n: (
                f"In town{n} Russia attacked Kyiv with {n} drones and missiles and killed {n} people and "
                "the ceasefire with Ukraine was violated, "
            )
        ),
        "different attacks": _counted(
            lambda n: (
                f"On March {n % 28 + 1} Russia attacked Kyiv, Odesa and Lviv with {n} Shahed drones, "
                f"killing {n} people and wounding {n + 1}, hours after the ceasefire with Ukraine was agreed. "
            )
        ),
        "different ceasefires": _counted(
            lambda n: (
                f"The ceasefire of March {n % 28 + 1} between Russia, Ukraine, Hamas and Israel, agreed in "
                f"Geneva{n}, was extended for {n} days and then rejected by Turkey. "
            )
        ),
        "places": _counted(
            lambda n: (
                f"Israel struck {n} sites in Gaza, Beirut, Damascus, Sanaa, Tehran, Rafah, Khan Younis, "
                "Jabalia, Tyre, Sidon, Baalbek, Homs, Hama, Idlib and Aleppo. "
            )
        ),
        "one sentence": _repeated("Russia attacked Kyiv with drones and "),
        "one word": "Russia attacked Kyiv with drones. " + _repeated("a"),
        "two hundred thousand spaces": _ENGLISH + "Russia attacked Kyiv" + " " * 190_000 + "with drones.",
        "gaps within sentences": _counted(
            lambda n: f"Russia attacked Kyiv with {n} drones{' ' * 1_400}and missiles. "
        ),
        "lines": _counted(lambda n: f"Headline {n} says that Russia attacks Kyiv again\n"),
        "capitals": _counted(lambda n: f"RUSSIA ATTACKED KYIV WITH {n} DRONES AND KILLED {n} PEOPLE. "),
        "quotation marks": _repeated('Russia "attacked" "'),
        "right to left and no width": _repeated("Russia \u202eattacked\u200b Kyiv\u2066 with drones\u2069. "),
        "combining characters": _ENGLISH + "Russia attacked Kyiv, e" + "\u0301" * 90_000,
        "null characters": _repeated("Russia\0attacked\0Kyiv. "),
        "markup": _repeated("<script>Russia attacked Kyiv</script>&amp;<b onload=x()> "),
        "numbers": "Russia attacked Kyiv with " + "9" * 100_000 + " drones. " + _ENGLISH,
        "number words": _ENGLISH + "Russia attacked Kyiv with " + "hundred thousand " * 11_000 + "drones.",
        "times": _repeated(
            "Russia attacked Kyiv on 31 December 9999, in 1500, 9999 years ago, at 24:59 GMT. "
        ),
        "emoji": _ENGLISH + "Russia attacked Kyiv. \U0001f680" * 7_000,
        "teasers": _repeated("Read more: Russia attacked Kyiv\n"),
        "echoes": _counted(
            lambda n: f"Hamas number {n} refused to do so because of the deal and the ceasefire. "
        ),
    }
