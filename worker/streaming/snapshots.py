"""Snapshots of a partition's state in files: a cache, never the truth. Anything odd about one, and it is ignored."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worker.streaming.record import digest_of
from worker.wire import InvalidMessage, decode_alert, dumps, encode_alert, loads

if TYPE_CHECKING:
    from pathlib import Path

    from worker.alert import Alert
    from worker.streaming.partition_state import PartitionState
    from worker.streaming.record import TP

FORMAT = 1
_MAGIC = b"trucewatch-state"
_MOST_BYTES = 2_000_000_000
"""A snapshot that unpacks to more is not one of ours."""


class UnusableSnapshotError(Exception):
    """A snapshot is there and cannot be used; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a file held.

    `last_offset` and `last_digest` name the record folded last: if the log has another one there, it is
    another log.
    """

    next_offset: int
    last_offset: int
    last_digest: str
    conflicts: dict[str, dict[str, Any]]
    tail: tuple[tuple[int, tuple[Alert, ...]], ...]
    bases: dict[str, int]
    settled: dict[str, str]


def snapshot_path(directory: Path, tp: TP) -> Path:
    """The file of a partition."""
    return directory / f"{re.sub(r'[^A-Za-z0-9._-]', '_', tp[0])}-{tp[1]}.state"


def pack(state: PartitionState, tp: TP, settled: dict[str, str]) -> bytes | None:
    """The bytes of a snapshot; None where nothing was folded yet."""
    if state.last is None:
        return None
    body = {
        "format": FORMAT,
        "topic": tp[0],
        "partition": tp[1],
        "engine": state.engine,
        "next": state.next,
        "last": [state.last.offset, digest_of(state.last)],
        "conflicts": state.dump(),
        "tail": [
            [offset, [encode_alert(alert).decode() for alert in alerts]]
            for offset, alerts in state.dump_tail()
        ],
        "bases": state.bases,
        "settled": settled,
    }
    return seal(zlib.compress(dumps(body), 1))


def seal(packed: bytes) -> bytes:
    """Put format and checksum before the body."""
    check = hashlib.blake2b(packed, digest_size=16).hexdigest().encode()
    return b" ".join((_MAGIC, str(FORMAT).encode(), check)) + b"\n" + packed


def unpack(content: bytes, *, tp: TP, engine: str) -> Snapshot:
    """Read a snapshot. Raises UnusableSnapshotError for another format, topic or engine, and for damage."""
    head, _, packed = content.partition(b"\n")
    words = head.split(b" ")
    if len(words) != 3 or words[0] != _MAGIC:  # noqa: PLR2004 - magic, format, checksum
        raise UnusableSnapshotError("not a snapshot")
    if words[1] != str(FORMAT).encode():
        raise UnusableSnapshotError(f"format {words[1][:20]!r}, this version writes {FORMAT}")
    if hashlib.blake2b(packed, digest_size=16).hexdigest().encode() != words[2]:
        raise UnusableSnapshotError("damaged: the checksum does not fit")
    try:
        unpacker = zlib.decompressobj()
        raw = loads(unpacker.decompress(packed, _MOST_BYTES))
        if (raw["topic"], raw["partition"]) != tp:
            raise UnusableSnapshotError(f"of {raw['topic']}/{raw['partition']}")
        if raw["engine"] != engine:
            raise UnusableSnapshotError(f"of engine {raw['engine']}, this is {engine}")
        return Snapshot(
            next_offset=int(raw["next"]),
            last_offset=int(raw["last"][0]),
            last_digest=str(raw["last"][1]),
            conflicts=dict(raw["conflicts"]),
            tail=tuple(
                (int(offset), tuple(decode_alert(alert.encode()) for alert in alerts))
                for offset, alerts in raw["tail"]
            ),
            bases={str(name): int(base) for name, base in raw["bases"].items()},
            settled={str(name): str(text) for name, text in raw["settled"].items()},
        )
    except (InvalidMessage, KeyError, TypeError, ValueError, AttributeError, IndexError, zlib.error) as error:
        raise UnusableSnapshotError(f"unreadable: {error!r}") from error


def write_file(path: Path, content: bytes) -> None:
    """Write so that the file is whole or not there: beside it, synced, renamed.

    Always beside it under the same name: what a kill leaves there is written over, and does not fill the disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
