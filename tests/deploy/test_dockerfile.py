"""deploy/Dockerfile: linted, and its promises kept: pinned, unprivileged, one image for every command."""

from __future__ import annotations

import fnmatch
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.deploy.files import DOCKERFILE, ROOT, dockerfile, final_stage, image_environment, tool
from worker.cli import build_parser
from worker.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def lint(path: Path) -> list[str]:
    run = subprocess.run(
        [tool("hadolint"), "--no-color", str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    return run.stdout.splitlines()


def test_the_linter_finds_nothing() -> None:
    assert lint(DOCKERFILE) == []


def test_the_linter_would_find_something(tmp_path: Path) -> None:
    careless = tmp_path / "Dockerfile"
    careless.write_text("FROM python:latest\nRUN cd /tmp && pip install trucewatch\n", "utf-8")
    assert any("DL3007" in finding for finding in lint(careless))


def test_the_image_is_built_in_stages_and_keeps_only_what_runs() -> None:
    assert max(item.stage for item in dockerfile()) > 1
    copied = [item.words() for item in final_stage("COPY")]
    assert copied == [["--from=build", "/opt/trucewatch", "/opt/trucewatch"]]


def test_the_base_is_named_with_a_version_that_the_project_supports() -> None:
    (base,) = [item.text for item in dockerfile() if item.keyword == "ARG"]
    version = re.fullmatch(r"PYTHON_IMAGE=python:3\.(\d+)-slim-\w+", base)
    assert version
    assert f'"Programming Language :: Python :: 3.{version[1]}"' in (ROOT / "pyproject.toml").read_text(
        "utf-8"
    )


def test_nothing_is_installed_without_hashes_but_the_project_itself() -> None:
    installs = [
        command
        for item in dockerfile()
        if item.keyword == "RUN"
        for command in item.text.split("&&")
        if "pip install" in command
    ]
    assert len(installs) == 3
    assert all("--require-hashes" in command or "--no-deps --no-index" in command for command in installs)


def test_it_runs_as_a_user_without_rights() -> None:
    (user,) = final_stage("USER")
    assert int(user.text.partition(":")[0]) >= 10_000  # above the users of any host


def test_what_it_copies_exists_and_is_not_ignored() -> None:
    sources = [
        source
        for item in dockerfile()
        if item.keyword == "COPY" and "--from" not in item.text
        for source in item.words()[:-1]
    ]
    assert sources
    for source in sources:
        files = [path for path in [ROOT / source, *(ROOT / source).rglob("*")] if path.is_file()]
        sent = [path for path in files if not ignored(path.relative_to(ROOT).as_posix())]
        assert sent, f"{source} does not reach the build"


def ignored(path: str) -> bool:
    """Whether .dockerignore keeps a path from the build; its last matching line decides."""
    verdict = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.removeprefix("!").removeprefix("**/")
        if not pattern or line.startswith("#"):
            continue
        parts = path.split("/")
        prefixes = ["/".join(parts[: count + 1]) for count in range(len(parts))]
        candidates = [*prefixes, *(parts if "**/" in line else [])]
        if any(fnmatch.fnmatch(candidate, pattern) for candidate in candidates):
            verdict = not line.startswith("!")
    return verdict


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("worker/cli.py", False),
        ("worker/__pycache__/cli.pyc", True),
        ("requirements/runtime.txt", False),
        ("requirements/dev.txt", True),
        (".git/config", True),
        ("deploy/worker.env", True),
        ("worker/lexicon/data/places.idx", True),
    ],
)
def test_only_what_the_image_needs_is_sent_to_the_build(path: str, *, expected: bool) -> None:
    assert ignored(path) is expected


def test_the_entry_point_takes_any_command_and_runs_the_worker_by_default() -> None:
    (entry,) = final_stage("ENTRYPOINT")
    (default,) = final_stage("CMD")
    assert entry.words() == ["trucewatch"]
    assert build_parser().parse_args(default.words()).command.endswith(":run_command")


def test_its_environment_makes_valid_settings() -> None:
    settings = Settings.from_environ(image_environment())
    (volume,) = final_stage("VOLUME")
    (port,) = final_stage("EXPOSE")
    assert str(settings.state_dir) == volume.text
    assert str(settings.web_port) == port.text


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built as the Dockerfile builds it."""
    directory = tmp_path_factory.mktemp("wheel")
    run = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(directory)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    (built,) = directory.glob("*.whl")
    return built


def test_a_wheel_carries_every_file_of_the_package_and_its_contracts(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = [path for path in (ROOT / "worker").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    contracts = [path for path in (ROOT / "schemas").rglob("*") if path.suffix in {".json", ".toml", ".yaml"}]
    wanted = [path.relative_to(ROOT).as_posix() for path in package]
    wanted += [f"worker/{path.relative_to(ROOT).as_posix()}" for path in contracts]
    assert [name for name in wanted if name not in names] == []
    assert [name for name in names if name.startswith("tests/")] == []


def test_an_installed_wheel_finds_all_that_it_reads(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    check = (
        "import worker; from worker.lexicon import load_lexicon; from worker.wire.schemas import catalogue\n"
        "assert load_lexicon().places.lookup('Kyiv')\n"
        "print(worker.__file__, catalogue(), sep='\\n')"
    )
    run = subprocess.run(
        [sys.executable, "-c", check],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    assert all(line.startswith(f"{tmp_path}/worker/") for line in run.stdout.splitlines())


def test_the_index_of_places_is_there_before_the_wheel_is_built() -> None:
    (build,) = [item.text for item in dockerfile() if "hatchling build" in item.text]
    assert build.index("worker.lexicon.build_places") < build.index("hatchling build")
