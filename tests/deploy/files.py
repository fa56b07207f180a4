"""The deployment files as values: the Compose file as Docker Compose itself resolves it, the Dockerfile by line."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
COMPOSE_FILE = ROOT / "docker-compose.yml"


def tool(name: str) -> str:
    """A program that came with the development dependencies, beside the interpreter."""
    return str(Path(sys.executable).parent / name)


@cache
def compose() -> dict[str, Any]:
    """The Compose file, validated against the Compose schema and resolved; AssertionError with its complaint."""
    # A bare environment: nothing of this machine may be needed to read the file.
    run = subprocess.run(
        [tool("docker-compose"), "--file", str(COMPOSE_FILE), "config", "--format", "json"],
        env={"PATH": os.defpath, "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    loaded: dict[str, Any] = json.loads(run.stdout)
    return loaded


def services() -> dict[str, dict[str, Any]]:
    """The services of the Compose file by name."""
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def own_services() -> dict[str, dict[str, Any]]:
    """Those that run our image."""
    return {name: service for name, service in services().items() if "build" in service}


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of the Dockerfile, continuation lines joined."""

    stage: int
    keyword: str
    text: str

    def words(self) -> list[str]:
        """The arguments: of the exec form as a list says them, else split as a shell would."""
        exec_form = re.search(r"\[.*\]$", self.text)
        return list(json.loads(exec_form[0])) if exec_form else shlex.split(self.text)


@cache
def dockerfile() -> tuple[Instruction, ...]:
    """The Dockerfile's instructions in order; `stage` counts the FROMs, from 1."""
    lines = [line for line in DOCKERFILE.read_text("utf-8").splitlines() if not line.lstrip().startswith("#")]
    found: list[Instruction] = []
    stage = 0
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        keyword, _, text = line.strip().partition(" ")
        if not keyword:
            continue
        stage += keyword == "FROM"
        found.append(Instruction(stage, keyword, " ".join(text.split())))
    return tuple(found)


def final_stage(keyword: str) -> list[Instruction]:
    """The instructions of one keyword in the stage that becomes the image."""
    last = dockerfile()[-1].stage
    return [item for item in dockerfile() if item.stage == last and item.keyword == keyword]


def image_environment() -> dict[str, str]:
    """What ENV of the final stage sets."""
    pairs = [word.partition("=") for item in final_stage("ENV") for word in item.words()]
    return {name: value for name, _, value in pairs}


def health_command(service: dict[str, Any]) -> list[str] | None:
    """The command of a service's health check: its own, or the image's; None where it is switched off."""
    check = service.get("healthcheck")
    if check is None:
        return final_stage("HEALTHCHECK")[0].words()
    if check.get("disable"):
        return None
    form, *command = check["test"]
    assert form == "CMD", "a health check needs no shell"
    return list(command)
