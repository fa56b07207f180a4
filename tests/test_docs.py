"""What the documentation says exists: files, commands, targets, settings, exit codes, metrics, examples."""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
from pathlib import Path

import pytest

import worker
from tests.runbook import METRICS, RUNBOOK, written
from worker.cli import build_parser
from worker.observability.metrics import render_catalogue
from worker.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    {
        *ROOT.glob("*.md"),
        *(ROOT / "deploy").rglob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "schemas").rglob("*.md"),
    }
)
HANDBOOK = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "deploy" / "README.md"]
CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def page_ids(pages: list[Path]) -> list[str]:
    return [page.relative_to(ROOT).as_posix() for page in pages]


def code_lines(page: Path) -> list[str]:
    """Every line of code blocks and every inline code of a page, comments cut off."""
    found = CODE.findall(page.read_text("utf-8"))
    return [
        re.split(r"\s{2,}#", line)[0].strip() for block in found for line in "\n".join(block).splitlines()
    ]


# --- links ------------------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, made as the usual Markdown renderers make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=page_ids(PAGES))
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        aim = (page.parent / path).resolve() if path else page
        if not aim.exists() or (anchor and anchor not in anchors(aim)):
            broken.append(target)
    assert not broken


def test_every_file_named_in_the_readme_exists() -> None:
    table = (
        (ROOT / "README.md").read_text("utf-8").partition("## Where is it decided?")[2].partition("\n## ")[0]
    )
    named = re.findall(r"`((?:worker|schemas|deploy)/[\w./-]*)`", table)
    assert len(named) > 15
    assert [path for path in named if not (ROOT / path).exists()] == []


# --- commands ---------------------------------------------------------------------------------------------


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", HANDBOOK, ids=page_ids(HANDBOOK))
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    named = {match for line in code_lines(page) for match in re.findall(r"\bmake ([a-z][a-z-]*)", line)}
    assert named - targets() == set()


def words_of(line: str) -> list[str] | None:
    """What follows `trucewatch` in a line of documentation, or None where the command is not meant."""
    match = re.search(r"^.*(?<![\w:-])trucewatch((?: (?![…#])[^\s]+)+)", line)
    return re.sub(r'"[^"]*"', "WORD", match[1]).split() if match else None


def leaf(words: list[str]) -> tuple[argparse.ArgumentParser, list[str]]:
    """The parser of the command that `words` begin with, and the words that are left; ValueError if none."""
    parser = build_parser()
    rest = list(words)
    while choices := _choices(parser):
        if not rest or rest[0] not in choices:
            raise ValueError(f"no such command: trucewatch {' '.join(words)}")
        parser = choices[rest.pop(0)]
    return parser, rest


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def commands(parser: argparse.ArgumentParser, name: str = "trucewatch") -> list[str]:
    choices = _choices(parser)
    return (
        [name] if not choices else [c for key, sub in choices.items() for c in commands(sub, f"{name} {key}")]
    )


@pytest.mark.parametrize("page", HANDBOOK, ids=page_ids(HANDBOOK))
def test_every_command_that_a_page_names_exists_with_its_options(page: Path) -> None:
    wrong = []
    lines = [words for line in code_lines(page) if (words := words_of(line))]
    for words in lines:
        if words[0].startswith("-") or words == ["."]:
            continue
        try:
            parser, rest = leaf(words)
        except ValueError as error:
            wrong.append(str(error))
            continue
        known = {option for action in parser._actions for option in action.option_strings}
        wrong += [
            f"{' '.join(words)}: {word}" for word in rest if word.startswith("--") and word not in known
        ]
    assert not wrong
    assert lines or page.name == "CONTRIBUTING.md"


def test_a_command_that_does_not_exist_is_found_out() -> None:
    with pytest.raises(ValueError, match="no such command"):
        leaf(["topics", "destroy"])


def test_every_command_is_named_in_the_handbook_or_the_changelog() -> None:
    text = "\n".join(page.read_text("utf-8") for page in [*HANDBOOK, ROOT / "CHANGELOG.md"])
    unnamed = [name for name in commands(build_parser()) if not _mentions(text, name)]
    assert not unnamed


def _mentions(text: str, command: str) -> bool:
    return command in text or f"`{command.removeprefix('trucewatch ')}`" in text


# --- settings, exit codes, alarms -------------------------------------------------------------------------


def test_the_tables_of_the_runbook_are_those_of_the_code() -> None:
    text = RUNBOOK.read_text("utf-8")
    assert text == written(text), "`make docs` writes them anew"


def test_the_page_of_metrics_is_the_catalogue_of_the_code() -> None:
    assert METRICS.read_text("utf-8") == render_catalogue(), "`make docs` writes it anew"


def test_a_runbook_without_a_place_for_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for the table: settings"):
        written("# Runbook\n")


def test_every_setting_named_in_a_page_exists() -> None:
    known = {f"TRUCEWATCH_{item.name.upper()}" for item in dataclasses.fields(Settings)}
    named = {
        name for page in PAGES for name in re.findall(r"\bTRUCEWATCH_[A-Z_]*[A-Z]", page.read_text("utf-8"))
    }
    assert named - known == set()


# --- the worked example -----------------------------------------------------------------------------------


def worked_example() -> list[tuple[Path, str]]:
    """(file, what the README shows of it), in order: the first block of code of the page."""
    block = re.search(r"```text\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert block
    parts = re.split(r"^\w+ +\((schemas/examples/\S+\.json)\)\n", block[1], flags=re.MULTILINE)
    return [
        (ROOT / path, " ".join(shown.split())) for path, shown in zip(parts[1::2], parts[2::2], strict=True)
    ]


def is_part(shown: object, whole: object) -> bool:
    """Whether everything that `shown` says stands in `whole`; lists may be shown in part, in their order."""
    if isinstance(shown, dict):
        return isinstance(whole, dict) and all(
            key in whole and is_part(shown[key], whole[key]) for key in shown
        )
    if isinstance(shown, list):
        if not isinstance(whole, list):
            return False
        rest = iter(whole)
        return all(any(is_part(item, other) for other in rest) for item in shown)
    return shown == whole


def test_the_worked_example_is_taken_from_the_examples_of_the_schemas() -> None:
    parts = worked_example()
    assert [path.parent.name for path, _ in parts] == ["articles", "events", "alerts"]
    for path, shown in parts:
        whole = json.loads(path.read_text("utf-8"))
        if shown.startswith("{"):
            assert is_part(json.loads(shown), whole), path.name
        else:
            assert shown.strip('“”"') in f"{whole['title']}\n{whole['text']}", path.name


@pytest.mark.parametrize(
    ("shown", "whole", "expected"),
    [
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}, {"b": 1, "c": 3}], "d": 4}, True),
        ({"a": [1, 2]}, {"a": [2, 1]}, False),
        ({"a": None}, {}, False),
        ({"a": "x"}, {"a": "y"}, False),
    ],
)
def test_what_is_shown_counts_as_taken_only_where_it_agrees(
    shown: object, whole: object, *, expected: bool
) -> None:
    assert is_part(shown, whole) is expected


# --- the map of the package -------------------------------------------------------------------------------


def test_the_map_of_the_package_names_every_entry_and_no_other() -> None:
    named = set(re.findall(r"^- `(\w+)`", worker.__doc__ or "", re.MULTILINE))
    entries = {
        path.stem
        for path in (ROOT / "worker").iterdir()
        if (path.suffix == ".py" or path.is_dir()) and not path.name.startswith("__")
    }
    assert named == entries
