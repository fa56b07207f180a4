"""What the extractor knows: actors, conflicts, weapons, sites, places and cues, read from `data/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from worker.lexicon.actors import load_actors, load_not_actors
from worker.lexicon.conflicts import load_conflicts
from worker.lexicon.cues import Cues, load_cues
from worker.lexicon.entries import ActorKind, AliasForm
from worker.lexicon.holdings import load_holdings
from worker.lexicon.places import Gazetteer, load_gazetteer
from worker.lexicon.things import load_sites, load_weapons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from worker.event import Place
    from worker.lexicon.entries import (
        ActorAlias,
        ActorEntry,
        ConflictEntry,
        Holding,
        SiteEntry,
        WeaponEntry,
    )

__all__ = ["Lexicon", "load_lexicon"]

_REMEMBERED: Final = 1 << 12
"""Answers about actors on one day that are kept: the articles of a day ask of the same few hundred actors."""
_FIGHTERS: Final = frozenset(
    "rebels militants fighters forces insurgents separatists militia guerrillas".split()
)
_DAYS: Final = 64
"""Days whose conflicts are kept."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Lexicon:
    """Everything the extractor knows of the world. Immutable; share one."""

    actors: Mapping[str, ActorEntry]
    actor_aliases: tuple[ActorAlias, ...]
    conflicts: tuple[ConflictEntry, ...]
    weapons: Mapping[str, WeaponEntry]
    sites: tuple[SiteEntry, ...]
    cues: Cues
    places: Gazetteer
    holdings: tuple[Holding, ...] = ()
    not_actors: tuple[str, ...] = ()
    """Expressions that hold an actor's name and are not it ("Washington Post"): no actor is read inside them."""

    @cached_property
    def _by_member(self) -> Mapping[str, tuple[ConflictEntry, ...]]:
        found: dict[str, list[ConflictEntry]] = {}
        for conflict in self.conflicts:
            for side in conflict.sides:
                for member in side.members:
                    found.setdefault(member, []).append(conflict)
        return {member: tuple(conflicts) for member, conflicts in found.items()}

    def holding_of(self, place: Place, on: date) -> Holding | None:
        """Who holds a place that day where that is not the state it is counted to; None elsewhere."""
        country = place.country
        if country is None:
            return None
        return next((h for h in self.holdings if h.covers(place.name, place.admin1, country, on)), None)

    def holder_of(self, place: Place, on: date) -> str | None:
        """The id of who holds a place that day where that is not the state it is counted to; None elsewhere."""
        holding = self.holding_of(place, on)
        return None if holding is None else holding.holder

    @cached_property
    def _forces(self) -> frozenset[tuple[str, str]]:
        return frozenset((a.actor_id, a.text) for a in self.actor_aliases if a.form is AliasForm.MILITARY)

    @cached_property
    def demonyms(self) -> frozenset[str]:
        """All adjectives and names of peoples: "Thai" is no town in Malaysia."""
        return frozenset(a.text for a in self.actor_aliases if a.form is AliasForm.DEMONYM)

    @cached_property
    def peoples(self) -> Mapping[str, frozenset[str]]:
        """The groups that are named after a people or a part of a land: those of "Kurdish rebels" under "Kurdish"."""
        found: dict[str, set[str]] = {}
        for alias in self.actor_aliases:
            people, _, fighters = alias.text.partition(" ")
            group = self.kind_of(alias.actor_id) is ActorKind.GROUP
            if group and fighters in _FIGHTERS and people[0].isupper() and people not in self.demonyms:
                found.setdefault(people, set()).add(alias.actor_id)
        return {people: frozenset(groups) for people, groups in found.items()}

    def is_force(self, actor_id: str, text: str | None) -> bool:
        """Whether a text names an actor's armed force rather than the actor: "UNIFIL" rather than "the UN"."""
        return (actor_id, text) in self._forces

    def side_of(self, actor_id: str) -> str:
        """The side that an actor fights on by default; its own id where nothing is known."""
        entry = self.actors.get(actor_id)
        return entry.side if entry else actor_id

    def kind_of(self, actor_id: str) -> ActorKind | None:
        """What an actor is; None where nothing is known."""
        entry = self.actors.get(actor_id)
        return entry.kind if entry else None

    def fights(self, actor_id: str) -> bool:
        """Whether an actor can be a belligerent; of whom nothing is known may be one."""
        entry = self.actors.get(actor_id)
        return entry is None or entry.fights

    @lru_cache(_REMEMBERED)  # noqa: B019  -- a process has one lexicon, which lives as long as it does
    def conflicts_of(self, actor_id: str, on: date) -> tuple[ConflictEntry, ...]:
        """The known conflicts that an actor is a member of and that are fought on that day."""
        return tuple(c for c in self.conflicts_joined_by(actor_id) if c.active(on))

    @lru_cache(_DAYS)  # noqa: B019  -- as above
    def conflicts_on(self, day: date) -> tuple[ConflictEntry, ...]:
        """The known conflicts that are fought on a day."""
        return tuple(c for c in self.conflicts if c.active(day))

    def wars_named_in(self, folded: str) -> frozenset[str]:
        """The names of known conflicts that stand in a text in small letters (`ConflictEntry.is_one_of`)."""
        search, names = self._names_of_wars
        found = search.find_matches_as_indexes(folded, overlapping=True)
        return frozenset([names[number] for number, _, _ in found])

    @cached_property
    def _names_of_wars(self) -> tuple[AhoCorasick, tuple[str, ...]]:
        names = tuple(dict.fromkeys(name for c in self.conflicts for name in c.folded_topics))
        return AhoCorasick(names, matchkind=MatchKind.Standard), names

    def conflicts_joined_by(self, actor_id: str) -> tuple[ConflictEntry, ...]:
        """The known conflicts of any time that an actor is a member of."""
        return self._by_member.get(actor_id, ())

    @lru_cache(_REMEMBERED)  # noqa: B019  -- as above
    def conflict_between(self, first: str, second: str, on: date) -> ConflictEntry | None:
        """The known conflict in which two actors stand on opposite sides on that day.

        Of several, the one whose sides are named after them: the USA and IS meet in `USA|isis` rather than in
        Libya's war, in which both have a part too.
        """
        opposed = [
            conflict
            for conflict in self.conflicts_of(first, on)
            if conflict.side_of(second) not in {None, conflict.side_of(first)}
        ]
        named = {first, second}
        return max(opposed, key=lambda c: len(named & {side.id for side in c.sides}), default=None)


def load_lexicon() -> Lexicon:
    """Read the lexicon that ships with the package. Takes well under a second; raises ValueError on bad data."""
    actors, aliases = load_actors()
    return Lexicon(
        actors=actors,
        actor_aliases=aliases,
        conflicts=load_conflicts(actors),
        weapons=load_weapons(),
        sites=load_sites(),
        cues=load_cues(),
        places=load_gazetteer(),
        holdings=load_holdings(actors),
        not_actors=load_not_actors(),
    )
