"""Articles from files: JSON Lines, JSON documents, plain text, or a directory of them. What is wrong says where.

A file is read one article at a time, so memory does not grow with it. An article that cannot be used is an
`InvalidArticle` in its place among the others, never an exception: whoever reads on decides what that means.
What makes the whole input unusable (no such file, an empty directory) is an `Refusal`.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from worker.exits import Refusal
from worker.wire import InvalidMessage, decode_article, dumps, loads
from worker.wire.times import format_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from worker.article import Article

STDIN = "-"
"""The path that means standard input."""
LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
DOCUMENT_SUFFIX = ".json"
TEXT_SUFFIX = ".txt"
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """What a plain-text file does not say of itself."""

    source: str | None = None
    """The outlet. None: the file's own name stands in, so that two files are two outlets."""
    published_at: datetime | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidArticle:
    """An article that cannot be used: where it stands, which field is at fault, and why."""

    where: str
    """File and line ("news.jsonl:3"), or the file alone where it is one document."""
    pointer: str | None
    """JSON pointer of the field, None where the whole is at fault."""
    reason: str
    """Stable code, as on a dead letter."""
    detail: str
    article_id: str | None = None
    """The id, where one can be read."""

    def __str__(self) -> str:
        """One line: `news.jsonl:3: /text: is missing (missing_field)`."""
        pointer = f"{self.pointer}: " if self.pointer else ""
        return f"{self.where}: {pointer}{self.detail} ({self.reason})"


def read_articles(
    paths: Iterable[str], *, received_at: datetime, plain: PlainText
) -> Iterator[Article | InvalidArticle]:
    """All articles of all paths, in order; a directory's files by name, "-" is standard input.

    `received_at` stands in for `fetched_at` where that is missing, or `published_at` does where it is earlier:
    so an old article read today is placed in its own time, the same on every day it is read. Raises
    `Refusal` for a path that cannot be opened, before anything of any path is read.
    """
    files = [file for path in paths for file in article_files(path)]
    return chain.from_iterable(_read_file(file, received_at=received_at, plain=plain) for file in files)


def count_articles(paths: Sequence[str]) -> int | None:
    """How many articles the paths hold, for a progress bar; None where only reading them would tell."""
    total = 0
    for path in paths:
        for file in article_files(path):
            if file is None or file.suffix.lower() not in LINES_SUFFIXES | {TEXT_SUFFIX}:
                return None
            if file.suffix.lower() == TEXT_SUFFIX:
                total += 1
                continue
            with file.open("rb") as lines:
                total += sum(1 for line in lines if line.strip())
    return total


def article_files(path: str) -> tuple[Path | None, ...]:
    """The files that a path stands for, None being standard input. Raises `Refusal`."""
    if path == STDIN:
        return (None,)
    given = Path(path)
    if not given.is_dir():
        try:
            with given.open("rb"):
                return (given,)
        except OSError as error:
            message = f"{path}: {(error.strerror or str(error)).lower()}"
            raise Refusal(message) from error
    wanted = LINES_SUFFIXES | {DOCUMENT_SUFFIX, TEXT_SUFFIX}
    found = sorted(file for file in given.rglob("*") if file.suffix.lower() in wanted and file.is_file())
    if not found:
        message = f"{path}: no .jsonl, .ndjson, .json or .txt file in this directory"
        raise Refusal(message)
    return tuple(found)


def _read_file(
    file: Path | None, *, received_at: datetime, plain: PlainText
) -> Iterator[Article | InvalidArticle]:
    if file is None:
        yield from _read_stream(
            sys.stdin.buffer, name="stdin", suffix="", received_at=received_at, plain=plain
        )
        return
    with file.open("rb") as stream:
        yield from _read_stream(
            stream, name=str(file), suffix=file.suffix.lower(), received_at=received_at, plain=plain
        )


def _read_stream(
    stream: BinaryIO, *, name: str, suffix: str, received_at: datetime, plain: PlainText
) -> Iterator[Article | InvalidArticle]:
    """Read a stream as what its suffix says, or else as what its first line looks like."""
    first = stream.readline().removeprefix(BOM)
    if suffix in LINES_SUFFIXES or (suffix != TEXT_SUFFIX and isinstance(_json(first), dict)):
        yield from _read_lines(chain((first,), stream), name=name, received_at=received_at)
        return
    whole = first + stream.read()
    if suffix == TEXT_SUFFIX or (suffix != DOCUMENT_SUFFIX and not _looks_like_json(whole)):
        yield _read_text(whole, name=name, received_at=received_at, plain=plain)
        return
    document = _json(whole)
    if isinstance(document, list):
        for index, item in enumerate(document):
            yield _decode(dumps(item), where=name, received_at=received_at, parent=f"/{index}")
    elif isinstance(document, dict):
        yield _decode(whole, where=name, received_at=received_at)
    else:
        yield from _read_lines(whole.splitlines(keepends=True), name=name, received_at=received_at)


def _looks_like_json(whole: bytes) -> bool:
    """Whether a text without a telling name holds JSON: it begins so, or a line below a broken first one does."""
    return whole.lstrip()[:1] in (b"{", b"[") or any(
        isinstance(_json(line), dict) for line in whole.splitlines() if line.startswith(b"{")
    )


def _read_lines(
    lines: Iterable[bytes], *, name: str, received_at: datetime
) -> Iterator[Article | InvalidArticle]:
    for number, line in enumerate(lines, start=1):
        value = line.strip()
        if value:
            yield _decode(value, where=f"{name}:{number}", received_at=received_at)


def _read_text(
    value: bytes, *, name: str, received_at: datetime, plain: PlainText
) -> Article | InvalidArticle:
    identity = (
        Path(name).stem if name != "stdin" else f"stdin-{hashlib.blake2b(value, digest_size=8).hexdigest()}"
    )
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError as error:
        line = value.count(b"\n", 0, error.start) + 1
        column = error.start - value.rfind(b"\n", 0, error.start)
        detail = f"byte {value[error.start]:#04x} at column {column} is not UTF-8"
        return InvalidArticle(
            where=f"{name}:{line}", pointer="/text", reason="not_utf8", detail=detail, article_id=identity
        )
    message = {
        "article_id": identity,
        "url": None,
        "source": plain.source or identity,
        "title": plain.title,
        "text": text,
        "published_at": format_time(plain.published_at) if plain.published_at else None,
        "fetched_at": None,
        "language": None,
    }
    return _decode(dumps(message), where=name, received_at=received_at)


def _decode(value: bytes, *, where: str, received_at: datetime, parent: str = "") -> Article | InvalidArticle:
    try:
        article = decode_article(value, received_at=received_at)
    except InvalidMessage as error:
        pointer = f"{parent}{error.pointer or ''}" or None
        return InvalidArticle(
            where=where,
            pointer=pointer,
            reason=str(error.reason),
            detail=error.detail,
            article_id=_id_in(value),
        )
    published_at = article.published_at
    if article.seen_at == received_at and published_at is not None and published_at < received_at:
        return replace(article, seen_at=published_at)
    return article


def _id_in(value: bytes) -> str | None:
    message = _json(value)
    identity = message.get("article_id") if isinstance(message, dict) else None
    return identity if isinstance(identity, str) else None


def _json(value: bytes) -> object:
    """The JSON value, or None where it is not JSON (JSON's own null is of no use here either)."""
    try:
        return loads(value)
    except InvalidMessage:
        return None
