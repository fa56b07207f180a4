"""Whom "the rebels", "the army", "it" mean: the antecedent among those named before, or a side of the article's war."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from worker.extraction.enemies import TRUCELESS
from worker.extraction.named import position
from worker.extraction.wars import OFTEN, OPPOSITION
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from worker.extraction.named import Naming
    from worker.extraction.segment import Sentence
    from worker.extraction.wars import Wars

_PLAIN_NOUNS: Final = frozenset({"bandit", "militia", "gang"})
_NEAR: Final = 300
"""Characters that a pronoun is taken to reach back beyond its own sentence."""
_SENTENCE: Final = 150
_REBELS: Final = re.compile(r"(?i)(separatist|rebel|insurgent|guerrilla|paramilitar|jihadist)")
_THE_GROUP: Final = re.compile(r"The (?:group|movement|organi[sz]ation)\b")
_OPENING: Final = 4
"""Where "the group" stands that opens a sentence."""


class Anaphora:
    """Expressions without a name of their own, each by the kind of actor that it can stand for."""

    def __init__(self, wars: Wars, militants_of: Callable[[str], str | None]) -> None:
        self._wars = wars
        self._militants_of = militants_of
        self._namings = wars.named.namings
        self._lexicon = wars.lexicon

    def group_before(self, sentence: Sentence, offset: int, *, meant: bool = True) -> str | None:
        """The armed group that "the group" or "the rebels" means: the last one named, or the conflict's.

        The latter only where one is `meant`, as by "the rebels", or where the article speaks of rebels over and over.
        """
        called = self._called_so(sentence, offset)
        named = called or self._of_kind(ActorKind.GROUP, self._before(sentence, offset))
        if (noun := _REBELS.match(sentence.text, offset)) is not None:
            named = [group for group in named if not self._serves_a_state(group)]
            if noun[1].casefold() in {"rebel", "insurgent"} and not called:
                named.sort(key=lambda group: group in TRUCELESS)  # not "the rebels"
                named = [self._rebels_at_large(group) for group in named]
        if offset <= _OPENING and _THE_GROUP.match(sentence.text):
            named = self._of_kind(ActorKind.GROUP, self._told_of_before(sentence)) or named
        if not named and (meant or self._wars.named.rebels >= OFTEN):
            named = self._of_kind(ActorKind.GROUP, self._wars.both_sides())
            named.sort(key=self._serves_a_state)
        return next(iter(named), None)

    def _rebels_at_large(self, group: str) -> str:
        """The opposition that a group is one of, where the article's war is that opposition's: "the rebels" are all of it."""
        main = self._wars.main
        side = main.side_of(group) if main is not None else None
        return side if side is not None and side.endswith(OPPOSITION) else group

    def _serves_a_state(self, group: str) -> bool:
        """Whether a group fights on a state's side of the article's war, as Hezbollah did in Syria: no rebels of it."""
        main = self._wars.main
        return main is not None and any(
            group in side.members and self._lexicon.kind_of(side.id) is ActorKind.STATE for side in main.sides
        )

    def _called_so(self, sentence: Sentence, offset: int) -> list[str]:
        """ "The separatists", after "Tuareg separatists" and "Wagner" were named: those who were called so, nearest first."""
        noun = _REBELS.match(sentence.text, offset)
        if noun is None:
            return []
        end = position(sentence, offset)
        told = (
            n
            for n in reversed(self._namings)
            if n.at < end and noun[1].casefold() in n.mention.text.casefold()
        )
        return self._of_kind(ActorKind.GROUP, _actors(told))

    def state_before(self, sentence: Sentence, offset: int) -> str | None:
        """The state that "the army" or "the government" means: a side of the article's conflict, else the last named."""
        if self._wars.land_of_the_war and _RULERS.match(sentence.text, offset):
            return self._wars.land_of_the_war[0]  # whichever ally of it is named
        sides = self._of_kind(ActorKind.STATE, self._wars.both_sides())
        before = self._before(sentence, offset)
        if len(sides) == 1:
            return self._neighbour(sides[0], sentence, offset) or sides[0]
        homes = (
            h for g in self._of_kind(ActorKind.GROUP, before) for h in self._lexicon.actors[g].countries[:1]
        )
        return next(iter(self._of_kind(ActorKind.STATE, (*before, *homes))), self.only_state())

    def _neighbour(self, side: str, sentence: Sentence, offset: int) -> str | None:
        """ "Benin's government said 54 soldiers were killed by jihadists", where the article's war is theirs with Mali: Benin's."""
        start, end = position(sentence, 0), position(sentence, offset)
        near = [n.mention.alias.actor_id for n in self._namings if start <= n.at < end and not n.as_place]
        named = next(iter(self._of_kind(ActorKind.STATE, near[:1])), None)
        enemy = next((s for s in self._wars.both_sides() if s != side), None)
        if named is None or named == side or enemy is None:
            return None
        known = self._lexicon.conflict_between(named, enemy, self._wars.on)
        return named if known is not None else None

    def only_state(self) -> str | None:
        """The one state that an article speaks of, be it by its towns or by a group that fights it: "the army", before either."""
        named = self._wars.named
        states = self._of_kind(ActorKind.STATE, {*named.in_text, *named.as_place})
        fought = {self._state_against(g) for g in self._of_kind(ActorKind.GROUP, named.in_text)}
        found = set(states) or fought - {None}
        return found.pop() if len(found) == 1 else None

    def _state_against(self, group: str) -> str | None:
        """The state where a group is at home, unless it fights but one other: "two soldiers died as Hezbollah fired"."""
        home = next(iter(self._lexicon.actors[group].countries), None)
        wars = self._lexicon.conflicts_of(group, self._wars.on)
        sides = {s.id for war in wars for s in war.sides if group not in s.members}
        foes = self._of_kind(ActorKind.STATE, sides)
        return foes[0] if home not in foes and len(foes) == 1 else home

    def subject_before(self, sentence: Sentence, offset: int) -> str | None:
        """What "it" or "they" means: the first actor named in this sentence before it, or in the one before."""
        start, end = position(sentence, 0), position(sentence, offset)
        here = [n for n in self._namings if start <= n.at < end]
        if _ONE.match(sentence.text, offset):
            here = _not_coordinated(here, sentence)
        earlier = [n for n in self._namings if n.at < start and n.at[0] == start[0]]
        near = [n for n in earlier if n.at[1] >= earlier[-1].at[1] - _NEAR]
        starts = self._wars.named.starts
        last = [n for n in near if n.at >= starts[max(bisect_left(starts, start) - 1, 0)]]
        meant = [n for namings in (here, last, near) for n in sorted(namings, key=lambda n: n.as_place)]
        if meant and meant[0].of_rebels:
            # "Jihadists in Mali attacked a base. They killed ..."
            return self._militants_of(meant[0].mention.alias.actor_id)
        # "Yemen's Houthis": the Houthis
        return next((a for a in _actors(meant) if self._lexicon.fights(a)), None)

    def group_called(self, noun: str) -> str | None:
        """The one group of a country spoken of that is known by a plain noun: "bandits" in Nigeria."""
        if noun not in _PLAIN_NOUNS:
            return None
        found = [
            entry.id
            for entry in self._lexicon.actors.values()
            if entry.kind is ActorKind.GROUP
            and entry.id.endswith(f"-{noun}s")
            and set(entry.countries[:1]) & self._wars.countries
        ]
        return found[0] if len(found) == 1 else None

    def _before(self, sentence: Sentence, offset: int) -> list[str]:
        """Actors named before an offset, nearest first; states named as mere places come last."""
        end = position(sentence, offset)
        read = [n for n in reversed(self._namings) if n.at < end]
        return _actors(sorted(read, key=lambda n: n.as_place))

    def _told_of_before(self, sentence: Sentence) -> list[str]:
        """Actors of the sentence before, first named first: "the group" that opens a sentence is who that was about."""
        start = position(sentence, 0)
        earlier = [n for n in self._namings if n.at < start and n.at[0] == start[0]]
        near = [
            n for n in earlier if n.at[1] >= earlier[-1].at[1] - _SENTENCE and start[1] - n.at[1] <= _NEAR
        ]
        return _actors(sorted(near, key=lambda n: n.as_place))

    def _of_kind(self, kind: ActorKind, actor_ids: Iterable[str]) -> list[str]:
        return [a for a in actor_ids if self._lexicon.kind_of(a) is kind]


_RULERS: Final = re.compile(r"(?i)(?:regime|government)\b")
_ONE: Final = re.compile(r"(?i)its?\b")
_AND: Final = re.compile(r"\s*(?:,|and)\s+(?:the\s+)?")


def _not_coordinated(namings: list[Naming], sentence: Sentence) -> list[Naming]:
    """Those that "it" can mean: not two of "the US and UK"."""
    start = position(sentence, 0)[1]
    joined = {
        k
        for k, (one, two) in enumerate(pairwise(namings))
        if _AND.fullmatch(sentence.text, one.at[1] - start + len(one.mention.text), two.at[1] - start)
    }
    return [n for k, n in enumerate(namings) if k not in joined and k - 1 not in joined]


def _actors(namings: Iterable[Naming]) -> list[str]:
    """Those named themselves: "Houthi-controlled" speaks of somewhere else."""
    return [n.mention.alias.actor_id for n in namings if n.mention.relation is None]
