"""Who holds land that is counted to another state, read from `data/held.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.lexicon.actors import read_toml
from worker.lexicon.entries import Holding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.lexicon.entries import ActorEntry


def load_holdings(actors: Mapping[str, ActorEntry]) -> tuple[Holding, ...]:
    """Holdings in the order of the file. Raises ValueError where a holder or a state is no actor, or no land is named."""
    holdings = tuple(_holding(fields) for fields in read_toml("held")["held"])
    for holding in holdings:
        for actor_id in (holding.holder, holding.country):
            if actor_id not in actors:
                message = f"held.toml: unknown actor {actor_id!r}"
                raise ValueError(message)
        if not (holding.places or holding.admin1):
            message = f"held.toml: no land is named that {holding.holder} holds of {holding.country}"
            raise ValueError(message)
    return holdings


def _holding(fields: Mapping[str, Any]) -> Holding:
    return Holding(
        holder=fields["holder"],
        country=fields["country"],
        places=frozenset(fields.get("places", ())),
        admin1=frozenset(fields.get("admin1", ())),
        since=fields["since"],
        until=fields.get("until"),
        governs=fields.get("governs", False),
    )
