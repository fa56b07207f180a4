"""Floors of the figures: kept in `floors.toml`, never lowered, raised by `make eval ARGS=--raise`."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.eval.measures import Figure

FLOORS: Final = Path(__file__).with_name("floors.toml")
_HEADER: Final = """\
# The least that every measure has to reach, per corpus; the hash says which state of the corpus it was measured on.
# F1, or of a slot how many are right: its share falls when one more strike is found whose slot is not yet right.
# Written by `make eval ARGS=--raise`, which never lowers a floor of the same hash.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """Floors of one corpus by measure, and the digest of the corpus they were measured on."""

    digest: str
    least: Mapping[str, float]


def read_floors(path: Path = FLOORS) -> dict[str, Floors]:
    """All floors by name of the corpus; none where there is no file yet."""
    if not path.exists():
        return {}
    raw = tomllib.loads(path.read_text("utf-8"))
    return {name: Floors(digest=table["hash"], least=table["floors"]) for name, table in raw.items()}


def below(floors: Floors, figures: Mapping[str, Figure]) -> dict[str, tuple[float, float]]:
    """The measures that do not reach their floor: (floor, figure); one without any answer left has the figure 0."""
    reached = {name: _held(figures[name]) if name in figures else 0.0 for name in floors.least}
    return {name: (least, reached[name]) for name, least in floors.least.items() if reached[name] < least}


def raised(floors: Floors | None, digest: str, figures: Mapping[str, Figure]) -> Floors:
    """Floors with every figure that is above its floor taken over; anew where the corpus is another one."""
    known = floors.least if floors is not None and floors.digest == digest else {}
    names = dict.fromkeys((*figures, *known))
    reached = {name: _rounded_down(_held(figures[name])) if name in figures else 0.0 for name in names}
    return Floors(digest=digest, least={name: max(reached[name], known.get(name, 0.0)) for name in names})


def write_floors(floors: Mapping[str, Floors], path: Path = FLOORS) -> None:
    """Write all floors, in the order of their names."""
    parts = [_HEADER]
    for name, table in sorted(floors.items()):
        parts.append(f'\n[{name}]\nhash = "{table.digest}"\n\n[{name}.floors]\n')
        parts += [f'"{measure}" = {least:.3f}\n' for measure, least in table.least.items()]
    path.write_text("".join(parts), "utf-8")


def _held(figure: Figure) -> float:
    return float(figure.right) if figure.share else figure.score


def _rounded_down(value: float) -> float:
    """Three digits, never above the value: a figure always reaches its own floor."""
    return math.floor(value * 1000) / 1000
