"""Who may import whom, and which parts must stay pure: read off the syntax trees of `worker/`.

The directions are what keeps the worker easy to change, so a breach is named in full: file, line, import, rule.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]

SHELL = ("worker/streaming", "worker/tools", "worker/observability", "worker/commands", "worker/cli.py")
"""The parts that may touch the outside world: network, clock, logs, metrics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyIn:
    """A module that only some places may import."""

    module: str
    places: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverIn:
    """A place that must not import or name something."""

    place: str
    names: tuple[str, ...]
    why: str


ONLY_IN = (
    OnlyIn(module="faust", places=("worker/streaming",), why="the stream processor stays behind the shell"),
    OnlyIn(module="mode", places=("worker/streaming",), why="faust's service layer belongs to the shell"),
    OnlyIn(module="kafka", places=("worker/tools",), why="kafka-python serves the operator commands alone"),
    OnlyIn(module="msgspec", places=("worker/wire",), why="bytes become values in one place"),
    OnlyIn(module="orjson", places=("worker/wire",), why="bytes become values in one place"),
    OnlyIn(
        module="jsonschema_rs",
        places=("worker/wire",),
        why="what a valid message is, is decided in one place",
    ),
    OnlyIn(
        module="spacy", places=("worker/extraction/syntax.py",), why="the parser can be exchanged in one file"
    ),
    OnlyIn(module="structlog", places=SHELL, why="pure parts do not log"),
    OnlyIn(module="prometheus_client", places=SHELL, why="pure parts do not count"),
    OnlyIn(module="os.environ", places=("worker/settings.py", *SHELL), why="settings are read once"),
)

PURE = ("worker/extraction", "worker/correlation", "worker/wire")
OUTSIDE_WORLD = (
    "asyncio",
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "logging",
    "open",
    "os.environ",
    "os.getenv",
    "pickle",
    "print",
    "random",
    "secrets",
    "socket",
    "subprocess",
    "threading",
    "time.monotonic",
    "time.time",
    "urllib.request",
    "uuid.uuid4",
)

BUILT_IN = ("open", "print")
"""Of these, the names that need no import."""

NEVER_IN = (
    NeverIn(
        place="worker/extraction", names=("worker.correlation",), why="they meet on the events topic only"
    ),
    NeverIn(
        place="worker/correlation", names=("worker.extraction",), why="they meet on the events topic only"
    ),
    *(
        NeverIn(place=place, names=OUTSIDE_WORLD, why="pure: no clock, chance, environment, file or output")
        for place in PURE
    ),
    *(
        NeverIn(
            place=place,
            names=(
                "worker.cli",
                "worker.settings",
                "worker.streaming",
                "worker.tools",
                "worker.observability",
            ),
            why="the inner parts do not know the shell",
        )
        for place in (*PURE, "worker/lexicon")
    ),
    NeverIn(
        place="worker/lexicon",
        names=("worker.extraction", "worker.correlation", "worker.wire"),
        why="knowledge does not depend on what is made of it",
    ),
    NeverIn(
        place="worker/streaming",
        names=("worker.cli",),
        why="the command line starts the shell, not the reverse",
    ),
)

CONTRACTS = ("worker/article.py", "worker/event.py", "worker/alert.py")
"""What every part speaks in: standard library and each other only."""

Use = tuple[str, int, str]
"""Path of the file, line, dotted name that is imported or reached for."""


def sources() -> dict[str, str]:
    """Every module of the package by its path from the top of the repository."""
    found = sorted((ROOT / "worker").rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in found}


def uses(path: str, source: str) -> list[Use]:
    """Every module that a file imports and every dotted name that it reaches for, in full."""
    tree = ast.parse(source, filename=path)
    aliases: dict[str, str] = {}
    found: list[Use] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                aliases[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
                found.append((path, node.lineno, alias.name))
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            for alias in node.names:
                aliases[alias.asname or alias.name] = f"{base}.{alias.name}"
                found.append((path, node.lineno, f"{base}.{alias.name}"))
    found += [
        (path, node.lineno, name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name) and (name := _dotted(node, aliases))
    ]
    return found


def _absolute(path: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = PurePosixPath(path).parts[: -node.level]
    return ".".join((*package, *([node.module] if node.module else [])))


def _dotted(node: ast.expr, aliases: dict[str, str]) -> str | None:
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    root = aliases.get(node.id) or (node.id if node.id in BUILT_IN else None)
    return ".".join((root, *reversed(names))) if root else None


def _within(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")


def _names(used: str, name: str) -> bool:
    return used == name or used.startswith(f"{name}.")


def breaches(path: str, source: str) -> list[str]:
    """Each breach of the rules above in one file, as a sentence that says what to do about it."""
    found: dict[str, None] = {}
    for _, line, used in uses(path, source):
        for only in ONLY_IN:
            if _names(used, only.module) and not any(_within(path, place) for place in only.places):
                where = ", ".join(only.places)
                found[f"{path}:{line} uses {used}: {only.module} only in {where} ({only.why})"] = None
        for never in NEVER_IN:
            if _within(path, never.place) and any(_names(used, name) for name in never.names):
                found[f"{path}:{line} uses {used}: never in {never.place} ({never.why})"] = None
        if path in CONTRACTS and not _standard_or_contract(path, used, source, line):
            found[f"{path}:{line} imports {used}: a contract imports the standard library only"] = None
    return list(found)


def _standard_or_contract(path: str, used: str, source: str, line: int) -> bool:
    if not source.splitlines()[line - 1].lstrip().startswith(("import ", "from ")):
        return True
    module = used.partition(".")[0]
    allowed = tuple(
        contract.removesuffix(".py").replace("/", ".") for contract in CONTRACTS if contract != path
    )
    return module in sys.stdlib_module_names or used.startswith(allowed)


def _runs_at_import(source: str) -> list[int]:
    """Lines of bare calls at module level: something would happen at import."""
    return [
        node.lineno
        for node in ast.parse(source).body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]


def test_every_import_goes_in_an_allowed_direction() -> None:
    found = [breach for path, source in sources().items() for breach in breaches(path, source)]
    assert not found, "\n".join(found)


def test_nothing_happens_at_import() -> None:
    found = [
        f"{path}:{line} calls something at import"
        for path, source in sources().items()
        if not path.endswith("/__main__.py")  # running is what it is for
        for line in _runs_at_import(source)
    ]
    assert not found, "\n".join(found)


def test_every_place_that_a_rule_names_exists() -> None:
    places = {place for only in ONLY_IN for place in only.places} | {never.place for never in NEVER_IN}
    missing = sorted(place for place in places | set(CONTRACTS) if not (ROOT / place).exists())
    assert not missing, f"rules speak of places that are gone: {missing}"


@pytest.mark.parametrize(
    ("path", "source", "named"),
    [
        ("worker/correlation/engine.py", "import faust", "faust"),
        ("worker/streaming/app.py", "from kafka.admin import KafkaAdminClient", "kafka.admin"),
        ("worker/tools/tail.py", "import orjson as json", "orjson"),
        ("worker/extraction/strikes.py", "from spacy.tokens import Doc", "spacy.tokens"),
        ("worker/extraction/strikes.py", "from worker.correlation import advance", "worker.correlation"),
        ("worker/extraction/strikes.py", "from ..correlation import advance", "worker.correlation"),
        (
            "worker/correlation/engine.py",
            "def f() -> None:\n    from worker import extraction",
            "worker.extraction",
        ),
        (
            "worker/correlation/engine.py",
            "from datetime import datetime\nx = datetime.now()",
            "datetime.datetime.now",
        ),
        (
            "worker/correlation/engine.py",
            "import datetime as dt\nx = dt.datetime.now(dt.UTC)",
            "datetime.now",
        ),
        ("worker/wire/events.py", "import os\nx = os.environ['HOME']", "os.environ"),
        ("worker/wire/events.py", "def f() -> None:\n    open('x')", "open"),
        ("worker/lexicon/actors.py", "from worker.extraction import extract_many", "worker.extraction"),
        ("worker/event.py", "import numpy", "numpy"),
        ("worker/event.py", "from worker.lexicon import Lexicon", "worker.lexicon"),
    ],
)
def test_a_breach_is_named_with_file_and_import(path: str, source: str, named: str) -> None:
    found = breaches(path, source)
    assert found
    assert found[0].startswith(path)
    assert any(named in breach for breach in found)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("worker/streaming/app.py", "import faust"),
        ("worker/wire/events.py", "import orjson"),
        ("worker/alert.py", "from datetime import datetime\nfrom worker.event import Event"),
        ("worker/correlation/engine.py", "from worker.event import Event\nx = Event.opened"),
        ("worker/correlation/engine.py", "def f(watermark: object) -> object:\n    return watermark.now"),
        ("worker/extraction/strikes.py", "mode = 1\nkafka = mode.random"),
    ],
)
def test_what_is_allowed_stays_allowed(path: str, source: str) -> None:
    assert breaches(path, source) == []
