"""Nothing that was received, read or configured is ever run: no module has the means to."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import worker

WORKER = Path(worker.__file__).parent
MODULES = sorted(WORKER.rglob("*.py"))
FORBIDDEN_IMPORTS = frozenset(
    "pickle cPickle _pickle dill cloudpickle shelve marshal yaml joblib jsonpickle code codeop xmlrpc telnetlib ftplib".split()
)
FORBIDDEN_CALLS = frozenset({"eval", "exec", "compile", "__import__", "breakpoint", "input"})
FORBIDDEN_METHODS = frozenset(
    {("os", "system"), ("os", "popen"), ("os", "execv"), ("os", "execvp"), ("pty", "spawn"), ("runpy", "run_path"),
     ("importlib", "import_module"), ("tempfile", "mktemp"), ("ssl", "_create_unverified_context")}
)  # fmt: skip
STARTS_A_PROGRAM = {"worker/tools/child.py"}
"""For the embedded broker and the demo's worker: fixed programs, no text of anybody in their arguments."""
ASKS_ITSELF = {"worker/demo/stage.py"}
"""The demo asks the worker that it started whether it is ready."""
FETCHES = frozenset("requests urllib.request http.client httpx aiohttp urllib3".split())
"""No module follows a link that an article holds, or asks anything of the network but the brokers."""


def findings(path: Path) -> list[str]:
    """What in a module is forbidden, with its line."""
    name = path.relative_to(WORKER.parent).as_posix()
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        what = _fault(node, name)
        if what is not None:
            found.append(f"{name}:{getattr(node, 'lineno', 0)}: {what}")
    return found


def _fault(node: ast.AST, name: str) -> str | None:
    if isinstance(node, ast.Import | ast.ImportFrom):
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        for module in modules:
            fetches = module in FETCHES and name not in ASKS_ITSELF
            if module.split(".")[0] in FORBIDDEN_IMPORTS or fetches:
                return f"imports {module}"
            if module == "subprocess" and name not in STARTS_A_PROGRAM:
                return "starts programs"
    if not isinstance(node, ast.Call):
        return None
    if any(k.arg == "shell" and not _is_false(k.value) for k in node.keywords):
        return "runs a shell"
    if isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
        return f"calls {node.func.id}"
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        called = node.func.value.id, node.func.attr
        if called in FORBIDDEN_METHODS:
            return f"calls {'.'.join(called)}"
    return None


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_no_module_can_run_what_it_was_given() -> None:
    assert [fault for path in MODULES for fault in findings(path)] == []
    assert len(MODULES) > 100


@pytest.mark.parametrize(
    "source",
    [
        "import pickle", "from yaml import load", "eval('1')", "exec(text)", "__import__('os')", "import subprocess",
        "os.system('true')", "run('true', shell=True)", "import urllib.request", "from marshal import loads",
    ],
)  # fmt: skip
def test_the_rule_finds_what_it_forbids(source: str) -> None:
    assert any(_fault(node, "worker/any.py") for node in ast.walk(ast.parse(source)))
