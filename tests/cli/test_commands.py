"""The command line as one types it: outputs, exit codes, complaints."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from worker.cli import build_parser, load_command, main
from worker.exits import ExitCode

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

TRUCE = "Russia and Ukraine agreed on Monday to an immediate ceasefire after a phone call, the Kremlin said."
STRIKE = "Russian drones attacked Kyiv on Tuesday night, killing three people, hours after the ceasefire took effect."


def line(article_id: str, text: object, published_at: str = "2025-03-19T12:00:00Z", **fields: object) -> str:
    return json.dumps(
        {
            "article_id": article_id,
            "url": None,
            "source": f"Outlet of {article_id}",
            "title": None,
            "text": text,
            "published_at": published_at,
            **fields,
        }
    )


@pytest.fixture
def news(tmp_path: Path) -> Path:
    file = tmp_path / "news.jsonl"
    file.write_text(
        "\n".join(
            [line("a1", TRUCE, "2025-03-17T18:00:00Z"), line("a2", STRIKE), line("a3", "Rain is expected.")]
        ),
        encoding="utf-8",
    )
    return file


def lines_of(output: str) -> list[dict[str, Any]]:
    return [json.loads(text) for text in output.splitlines()]


def leaves(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    below = [
        child
        for action in parser._actions
        if isinstance(choices := action.choices, dict)
        for child in choices.values()
    ]
    return [leaf for child in below for leaf in leaves(child)] if below else [parser]


def test_every_command_names_a_function_that_exists() -> None:
    found = leaves(build_parser())
    assert len(found) == 13
    for leaf in found:
        assert callable(load_command(leaf.get_default("command"))), leaf.prog


def test_help_tells_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = set(map(int, re.findall(r"^  (\d+) ", capsys.readouterr().out, re.MULTILINE)))
    assert set(map(int, ExitCode)) <= told


def test_help_needs_nothing_slow() -> None:
    script = (
        "import sys; from worker.cli import build_parser; build_parser().format_help();"
        "print([m for m in ('spacy', 'faust', 'kafka', 'rich', 'orjson', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["extract", "--published-at", "yesterday", "x.txt"],
        ["extract", "--published-at", "2025-03-19T12:00", "x.txt"],
        ["replay"],
        ["demo", "--speed", "0"],
        ["demo", "--speed", "nan"],
        ["demo", "--port", "70000"],
        ["topics"],
        ["topics", "create", "--partitions", "0"],
        ["dead-letters", "show", "somewhere"],
        ["extract", "--jso", "x.jsonl"],
    ],
)
def test_wrong_arguments_are_a_usage_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == ExitCode.USAGE
    assert "usage:" in capsys.readouterr().err


def test_a_missing_file_is_a_usage_error_that_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "/no/such/file.jsonl"]) == ExitCode.USAGE
    assert capsys.readouterr().err == "trucewatch: /no/such/file.jsonl: no such file or directory\n"


def test_a_file_that_cannot_be_written_is_told_before_any_work(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", "--alerts", "/no/such/place/alerts.jsonl", str(news)]) == ExitCode.USAGE
    assert "/no/such/place/alerts.jsonl" in capsys.readouterr().err


def test_a_missing_input_leaves_the_output_as_it_was(tmp_path: Path) -> None:
    alerts = tmp_path / "alerts.jsonl"
    alerts.write_text("earlier\n", encoding="utf-8")
    assert main(["replay", "--alerts", str(alerts), str(tmp_path / "nothing")]) == ExitCode.USAGE
    assert alerts.read_text(encoding="utf-8") == "earlier\n"


def test_a_wrong_setting_is_a_usage_error_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRUCEWATCH_GRACE", "soon")
    assert main(["config"]) == ExitCode.USAGE
    assert "TRUCEWATCH_GRACE" in capsys.readouterr().err


def test_config_shows_every_setting_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRUCEWATCH_SASL_PASSWORD", "hunter2")
    assert main(["config"]) == ExitCode.OK
    output = capsys.readouterr().out
    assert "hunter2" not in output
    assert re.search(r"^TRUCEWATCH_GRACE=", output, re.MULTILINE)


def test_extract_answers_every_article_in_order(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--json", str(news)]) == ExitCode.OK
    answers = lines_of(capsys.readouterr().out)
    assert [sorted(answer) for answer in answers] == [["article_id", "events", "skipped"]] * 3
    assert [answer["article_id"] for answer in answers] == ["a1", "a2", "a3"]
    assert answers[0]["events"]
    assert answers[1]["events"]
    assert answers[2] == {"article_id": "a3", "events": [], "skipped": "irrelevant"}


def test_extract_complains_of_an_invalid_article_answers_for_it_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(f"{line('a1', 7)}\n{{not json\n{line('a2', TRUCE)}\n", encoding="utf-8")
    assert main(["extract", "--json", str(file)]) == ExitCode.FAILED
    output, complaints = capsys.readouterr()
    first, second = lines_of(output)
    assert first == {"article_id": "a1", "events": [], "skipped": "schema_violation"}
    assert second["article_id"] == "a2"
    assert f"trucewatch: {file}:1: /text: " in complaints
    assert f"trucewatch: {file}:2: " in complaints
    assert complaints.endswith("trucewatch: 2 invalid articles\n")


def test_extract_for_people_is_plain_where_it_is_no_terminal(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(news)]) == ExitCode.OK
    output = capsys.readouterr().out
    assert "\x1b" not in output
    assert re.search(r"^  drone strike: .*\N{RIGHTWARDS ARROW}", output, re.MULTILINE)
    assert "no events (irrelevant)" in output
    assert max(map(len, output.splitlines())) > 120


def test_plain_text_takes_its_date_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "note.txt"
    file.write_text(STRIKE, encoding="utf-8")
    assert (
        main(["extract", "--json", "--source", "Desk", "--published-at", "2025-03-19", str(file)])
        == ExitCode.OK
    )
    (answer,) = lines_of(capsys.readouterr().out)
    (strike,) = [event for event in answer["events"] if event["kind"] == "strike"]
    assert strike["article"]["source"] == "Desk"
    assert strike["article"]["published_at"] == "2025-03-19T12:00:00Z"
    assert strike["event_time"]["start"].startswith("2025-03-18")


def test_replay_writes_alerts_events_and_a_report(
    news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alerts, events, report = tmp_path / "alerts", tmp_path / "events", tmp_path / "report"
    arguments = ["--alerts", str(alerts), "--events", str(events), "--report", str(report)]
    assert main(["replay", *arguments, str(news)]) == ExitCode.OK
    raised = lines_of(alerts.read_text(encoding="utf-8"))
    assert {alert["conflict"] for alert in raised} == {"RUS|UKR"}
    assert raised == sorted(raised, key=lambda alert: (alert["first_seen_at"], alert["alert_id"]))
    counted = json.loads(report.read_text(encoding="utf-8"))
    assert counted["articles"] == 3
    assert counted["alerts"] + counted["retracted"] == len(raised)
    assert sum(counted["events"].values()) == len(lines_of(events.read_text(encoding="utf-8")))
    assert capsys.readouterr().out.startswith("articles: 3")


def test_replay_for_people_shows_cards_and_a_summary(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(news)]) == ExitCode.OK
    output = capsys.readouterr().out
    assert re.search(r"^(CRITICAL|HIGH|MEDIUM|LOW)[^:]* RUS\|UKR: ", output, re.MULTILINE)
    assert "  promised: " in output
    assert f'evidence: "{STRIKE}"' in output


def test_replay_to_standard_output_holds_alerts_only(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--alerts", "-", str(news)]) == ExitCode.OK
    assert all(alert["alert_id"] for alert in lines_of(capsys.readouterr().out))


def test_the_same_replay_gives_the_same_bytes(news: Path, tmp_path: Path) -> None:
    outputs = [tmp_path / "one", tmp_path / "two"]
    for output in outputs:
        assert main(["replay", "--alerts", str(output), str(news)]) == ExitCode.OK
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


def test_isolated_articles_raise_only_what_they_tell_themselves(news: Path, tmp_path: Path) -> None:
    alerts = tmp_path / "alerts"
    assert main(["replay", "--isolated", "--alerts", str(alerts), str(news)]) == ExitCode.OK
    raised = lines_of(alerts.read_text(encoding="utf-8"))
    assert {alert["alert_id"].partition(":")[0] for alert in raised} <= {"a1", "a2"}
    assert all(len({evidence["article_id"] for evidence in alert["evidence"]}) == 1 for alert in raised)


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(line(f"a{number}", "Rain.") for number in range(4_000)), encoding="utf-8")
    script = f"{sys.executable} -m worker extract --json {file} | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["/bin/bash", "-c", script], capture_output=True, text=True, check=True)
    answer, code = done.stdout.splitlines()
    assert json.loads(answer)["article_id"] == "a0"
    assert int(code) == ExitCode.BROKEN_PIPE
    assert done.stderr == ""


def test_version_names_what_events_and_alerts_carry(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == ExitCode.OK
    assert re.fullmatch(r"trucewatch \S+\nextractor \S+\nengine \S+\+\w{8}\n", capsys.readouterr().out)


def test_python_m_worker_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "worker", "config"],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    assert "TRUCEWATCH_BROKERS=" in done.stdout


def test_a_worker_that_is_still_loading_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loading(ModuleType):
        def __getattr__(self, name: str) -> object:
            signal.raise_signal(signal.SIGTERM)
            return super().__getattribute__(name)

    monkeypatch.setitem(sys.modules, "worker.streaming.run", Loading("worker.streaming.run"))
    before = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(SystemExit) as left:
            main(["run"])
    finally:
        signal.signal(signal.SIGTERM, before)
    assert left.value.code == ExitCode.OK
