"""Who holds land that is counted to another state, read from `data/held.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from worker.lexicon.entries import Holding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.lexicon.entries import ActorEntry

_FILE: Final = Path(__file__).parent / "data" / "held.toml"


def load_holdings(actors: Mapping[str, ActorEntry], path: Path = _FILE) -> tuple[Holding, ...]:
    """Holdings in the order of the file. Raises ValueError where a holder or a state is no actor."""
    found = []
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["held"]:
        for actor_id in (row["holder"], row["country"]):
            if actor_id not in actors:
                message = f"{path.name}: {actor_id!r} is no actor"
                raise ValueError(message)
        found.append(
            Holding(
                holder=row["holder"],
                country=row["country"],
                places=frozenset(row.get("places", ())),
                admin1=frozenset(row.get("admin1", ())),
                since=row["since"],
                until=row.get("until"),
            )
        )
    return tuple(found)
