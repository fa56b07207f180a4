"""What is documented from the code: the runbook's tables of settings and exit codes, and the page of metrics.

`make docs` (`python -m tests.runbook`) writes the tables into `deploy/README.md`, between the marks that name them, and
`docs/metrics.md`; tests compare. Both are changed where they come from: `worker/settings.py`, `worker/exits.py`,
`worker/streaming/stopping.py`, `worker/observability/metrics.py`.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from worker.exits import ExitCode as CommandExit
from worker.observability.metrics import render_catalogue
from worker.settings import Settings
from worker.streaming.stopping import ExitCode as WorkerExit

ROOT = Path(__file__).parents[1]
RUNBOOK = ROOT / "deploy" / "README.md"
METRICS = ROOT / "docs" / "metrics.md"


def settings_table() -> str:
    """Every setting, its default and its meaning."""
    rows = [
        f"| `{variable}` | {f'`{default}`' if default else ''} | {meaning} |"
        for variable, default, meaning in Settings.catalogue()
    ]
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])


def codes_table(codes: type[CommandExit | WorkerExit]) -> str:
    """Exit codes with their meaning, which is the docstring of the member. ValueError where one has none."""
    source = inspect.getsource(codes)
    rows = []
    for code in codes:
        meaning = re.search(rf'\b{code.name} = \d+\n\s+"""(.*?)"""', source, re.DOTALL)
        if meaning is None:
            raise ValueError(f"{codes.__module__}: {code.name} has no meaning")
        rows.append(f"| {code.value} | {' '.join(meaning[1].split())} |")
    return "\n".join(["| code | meaning |", "|---|---|", *rows])


def written(text: str) -> str:
    """The runbook with all its tables as they are now. ValueError where the marks of one are missing."""
    tables = {
        "settings": settings_table(),
        "exit codes of the worker": codes_table(WorkerExit),
        "exit codes of the commands": codes_table(CommandExit),
    }
    for name, table in tables.items():
        before, begin, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition("\n<!-- end -->")
        if not begin or not end:
            raise ValueError(f"no place for the table: {name}")
        text = before + begin + table + end + after
    return text


if __name__ == "__main__":
    RUNBOOK.write_text(written(RUNBOOK.read_text("utf-8")), "utf-8")
    METRICS.write_text(render_catalogue(), "utf-8")
