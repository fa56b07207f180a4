"""The offline commands on files of garbage: one line for each fault naming file, line and field, and they go on."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.hostile.corpus import GOOD, HOSTILE
from worker.cli import main
from worker.exits import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

GOOD_LINE = json.dumps(GOOD).encode()
LINES = {name: each for name, each in HOSTILE.items() if each.value and b"\n" not in each.value}
"""What can stand in one line of a file, line breaks being no fault of an article there."""
LINES.pop("UTF-16")
LINES.pop("byte order mark")


def mixed() -> list[bytes]:
    """A hostile line after each good one."""
    return [
        line
        for n, each in enumerate(LINES.values())
        for line in (json.dumps({**GOOD, "article_id": f"good-{n}"}).encode(), each.value or b"")
    ]


@pytest.mark.parametrize("command", ["extract", "replay"])
def test_each_fault_is_named_and_the_rest_is_read(
    command: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(b"\n".join(mixed()))
    if command == "extract":
        arguments = ["extract", "--json", str(path)]
    else:
        arguments = [
            "replay",
            str(path),
            "--alerts",
            str(tmp_path / "alerts"),
            "--report",
            str(tmp_path / "r"),
        ]
    assert main(arguments) == ExitCode.FAILED
    output, errors = capsysbinary.readouterr()
    told = [line for line in errors.decode().splitlines() if f"{path}:" in line]
    assert len(told) == len(LINES)
    for number, (name, each) in enumerate(LINES.items(), start=1):
        start = f"trucewatch: {path}:{2 * number}: "
        line = next((one for one in told if one.startswith(start)), None)
        assert line is not None, name
        assert line.endswith(f"({each.reason})")
        assert not each.pointer or line.startswith(f"{start}{each.pointer}: "), name
    assert "\x1b" not in errors.decode()
    if command == "extract":
        answers = [json.loads(line) for line in output.splitlines()]
        good = [one for one in answers if one["article_id"].startswith("good-")]
        assert len(good) == len(LINES)
        assert all(one["events"] for one in good)
    else:
        report = json.loads((tmp_path / "r").read_bytes())
        assert (report["articles"], sum(report["invalid"].values())) == (len(LINES), len(LINES))


@pytest.mark.parametrize("first", [b"garbage", b"\xff\xfe", b"\0\0", b"NaN", b"{", b"[", b"<html>"])
def test_a_bad_first_line_on_standard_input_hides_nothing(
    first: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(first + b"\n" + GOOD_LINE + b"\n")))
    assert main(["extract", "--json", "-"]) == ExitCode.FAILED
    output, errors = capsys.readouterr()
    assert [json.loads(line)["article_id"] for line in output.splitlines()] == ["good"]
    assert errors.startswith("trucewatch: stdin:1: ")


def test_a_directory_of_garbage_is_read_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe")
    (tmp_path / "b.json").write_bytes(b'[1, {"article_id": "x"}, null, [[]]]')
    (tmp_path / "c.jsonl").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "d.json").mkdir()
    (tmp_path / "e.json").write_bytes(b"[" * 100_000)
    (tmp_path / "z.jsonl").write_bytes(GOOD_LINE)
    assert main(["extract", "--json", str(tmp_path)]) == ExitCode.FAILED
    output, errors = capsys.readouterr()
    answered = {json.loads(line)["article_id"]: json.loads(line)["skipped"] for line in output.splitlines()}
    assert answered == {"a": "not_utf8", "x": "schema_violation", "good": None}
    assert f"{tmp_path / 'b.json'}: /1/source: " in errors
    assert f"{tmp_path / 'e.json'}:1: " in errors
    assert "Traceback" not in errors


def test_texts_cannot_write_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    marks = "\x1b]0;title\x07\x1b[2J\x9b31m\u202e\u2066"
    path = tmp_path / "marks.jsonl"
    path.write_text(
        "\n".join(
            json.dumps({**GOOD, name: f"{GOOD[name]} {marks}", "language": language})
            for name in ("source", "title", "text", "url")
            for language in ("en", 7)
        )
    )
    assert main(["extract", str(path)]) == ExitCode.FAILED
    assert main(["replay", str(path)]) == ExitCode.FAILED
    shown = "".join(capsys.readouterr())
    assert "Kyiv" in shown
    assert not set(shown) & set(
        marks.replace("title", "").replace("[2J", "").replace("31m", "").replace("]0;", "")
    )
