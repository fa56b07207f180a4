"""Which war an article is about: how strongly the names in it point to each known conflict of the day."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from worker.lexicon.entries import ActorKind, PlaceKind

if TYPE_CHECKING:
    from datetime import date

    from worker.extraction.named import Named
    from worker.lexicon import Lexicon
    from worker.lexicon.entries import ConflictEntry, ConflictSide

_TEXT_WEIGHT: Final = 3
_TITLE_WEIGHT: Final = 2
_TOPIC_WEIGHT: Final = 3
EVIDENT: Final = 4
"""Score from which an article is about a conflict: both sides named, or its name and a place or one of them."""


class Wars:
    """The known conflicts as the names of an article point to them on one day."""

    def __init__(self, named: Named, lexicon: Lexicon, on: date) -> None:
        self.named = named
        self.lexicon = lexicon
        self.on = on

    # ---- how strongly ------------------------------------------------------------------------------------

    def strength(self, conflict: ConflictEntry) -> int:
        """How strongly the article points to a conflict."""
        sides = conflict.sides if self.named.rebels or conflict.id in self._joined else ()
        score = sum(self._side_strength(side, conflict) for side in sides)
        if score > _TEXT_WEIGHT and not self._reaches(conflict):
            score = _TEXT_WEIGHT
        if self.is_headed(conflict):
            score += _TOPIC_WEIGHT
        return score

    @cached_property
    def _joined(self) -> frozenset[str]:
        """Ids of the conflicts of which the article names a member: a few of some two hundred."""
        named = (*self.named.in_text, *self.named.in_title, *self.named.as_place)
        return frozenset(c.id for actor_id in named for c in self.lexicon.conflicts_joined_by(actor_id))

    def is_headed(self, conflict: ConflictEntry) -> bool:
        """Whether the headline names a conflict."""
        return conflict.is_one_of(self._headed)

    @cached_property
    def _headed(self) -> frozenset[str]:
        return self.lexicon.wars_named_in(self.named.title.lower())

    def _side_strength(self, side: ConflictSide, conflict: ConflictEntry) -> int:
        if not self.named.in_text.keys().isdisjoint(side.members):
            return _TEXT_WEIGHT
        rebels = self.named.rebels and self.are_rebels(side, conflict)
        if rebels and self.named.rebels >= OFTEN:
            return _TEXT_WEIGHT
        if rebels or not self.named.in_title.keys().isdisjoint(side.members):
            return _TITLE_WEIGHT
        return 0 if self.named.as_place.keys().isdisjoint(side.members) else 1

    def _reaches(self, conflict: ConflictEntry) -> bool:
        """Whether the article speaks of where a conflict is fought, or of a group that fights it: allies alone do not."""
        if any(country in self.named for country in conflict.countries):
            return True
        return any(
            self.lexicon.kind_of(side.id) is ActorKind.GROUP and side.id in self.named
            for side in conflict.sides
        ) or all(side.id in self.named for side in conflict.sides)

    def are_rebels(self, side: ConflictSide, conflict: ConflictEntry) -> bool:
        """Whether "the rebels" may mean this side: a state's armed opposition at large."""
        other = conflict.against(side.id)
        return (
            self.lexicon.kind_of(side.id) is ActorKind.GROUP
            and self.lexicon.kind_of(other.id) is ActorKind.STATE
            and (
                side.id.endswith(OPPOSITION)
                or (conflict.war and len(self.lexicon.conflicts_of(other.id, self.on)) == 1)
            )
        )

    def times(self, side: ConflictSide, conflict: ConflictEntry) -> int:
        """How often a side's members are named; rebels without a name are members of the side they mean."""
        times = self.named.times(side.members)
        if self._only_by_an_ally(side):
            times = 0
        rebels = self.named.rebels
        return times + (rebels * 2 if rebels and self.are_rebels(side, conflict) else 0)

    def _only_by_an_ally(self, side: ConflictSide) -> bool:
        """Whether of a group's side only states are named, in an article that names other groups: not whose war it is about."""
        if self.lexicon.kind_of(side.id) is not ActorKind.GROUP or not self._groups:
            return False
        return self._groups.isdisjoint(side.members) and not self.named.rebels

    @cached_property
    def _groups(self) -> frozenset[str]:
        """Armed groups that the article names."""
        named = (*self.named.in_text, *self.named.in_title)
        return frozenset(a for a in named if self.lexicon.kind_of(a) is ActorKind.GROUP)

    def _weight(self, conflict: ConflictEntry) -> int:
        """How often the less-named side is named."""
        return min(self.times(side, conflict) for side in conflict.sides)

    # ---- which -------------------------------------------------------------------------------------------

    def day_of_an_undated(self) -> date:
        """The day to judge an article without a date by: when it was seen, or the last day of the war it is about."""
        seen = self.on
        evident = [
            (self._weight(c), c.start, c) for c in self.lexicon.conflicts if self.strength(c) >= EVIDENT
        ]
        today = max((weight for weight, _, c in evident if c.active(seen)), default=0)
        weight, _, best = max(evident, key=lambda e: e[:2], default=(0, seen, None))
        if best is None or best.end is None or best.active(seen) or weight <= 2 * today:
            return seen
        return min(seen, best.end - timedelta(days=1))

    @cached_property
    def by_strength(self) -> tuple[tuple[int, ConflictEntry], ...]:
        """Known conflicts of the day with their strength, strongest first.

        Among equals those come last that are fought neither by nor in a state of the headline ("Mali army admits losses
        in Wagner battle"), and first whose sides are named more often, then the later start.
        """
        scored = [(self.strength(c), c) for c in self.lexicon.conflicts_on(self.on)]
        scored = [(s, c) for s, c in scored if s]
        return tuple(
            sorted(
                scored,
                key=lambda p: (
                    -p[0],
                    self._is_elsewhere(p[1]),
                    -self._weight(p[1]),
                    not p[1].is_one_of(frozenset(self.named.wars)),
                    -p[1].start.toordinal(),
                    p[1].id,
                ),
            )
        )

    def _is_elsewhere(self, conflict: ConflictEntry) -> bool:
        """Whether the headline names states of which none fights a conflict or is where it is fought."""
        states = [a for a in self.named.in_title if self.lexicon.kind_of(a) is ActorKind.STATE]
        return bool(states) and not any(s in conflict.countries or conflict.side_of(s) for s in states)

    @cached_property
    def main(self) -> ConflictEntry | None:
        """The conflict that the article is about, if that is evident."""
        if self.by_strength and self.by_strength[0][0] >= EVIDENT:
            return self.by_strength[0][1]
        return self._war_of_the_land() if self.named.speaks_of_a_ceasefire else None

    def _war_of_the_land(self) -> ConflictEntry | None:
        """The war at home of the one country that an article about a ceasefire speaks of, where no side is named."""
        as_place = self.named.as_place
        wars = [
            conflict
            for conflict in self.lexicon.conflicts_on(self.on)
            if any(side.id in as_place and side.id in conflict.countries for side in conflict.sides)
        ]
        lands = {side.id for conflict in wars for side in conflict.sides if side.id in as_place}
        groups = {a for a in self.named.in_text if self.lexicon.kind_of(a) is ActorKind.GROUP}
        wars = [war for war in wars if all(war.side_of(group) for group in groups)]
        if len(lands) != 1 or not wars:
            return None
        return max(wars, key=lambda war: (self._names_a_town_of(war), *_breadth(war)))

    def _names_a_town_of(self, conflict: ConflictEntry) -> bool:
        """Whether a town or region named lies in a part of a country where a conflict is fought, or names it."""
        parts = {t.partition(":")[2] for t in conflict.theatre}
        return any(
            town in parts or any(town in topic for topic in conflict.topics) for town in self.named.towns
        )

    # ---- by whom and where -------------------------------------------------------------------------------

    def both_sides(self) -> tuple[str, ...]:
        """The two belligerents of the article's conflict, each by its most-named member; else the only two states named."""
        if self.main:
            return tuple(map(self.face, self.main.sides))
        states = [a for a in self.named.in_text if self.lexicon.kind_of(a) is ActorKind.STATE]
        return tuple(states) if len(states) == 2 else ()  # noqa: PLR2004

    def face(self, side: ConflictSide) -> str:
        """The member of a side that the article names most; the side's own id if it names none.

        "Rebels" without a name are a mention of the side itself, where it is a state's armed opposition.
        """
        # a side may be called by one that came later
        known = ((m, self.lexicon.actors.get(m)) for m in side.members)
        members = [m for m, e in known if e is None or e.existed(self.on)] or list(side.members)
        rebels = self.named.rebels * 2 if side.id.endswith(OPPOSITION) else 0
        if self.lexicon.kind_of(side.id) is ActorKind.GROUP:  # its allied states are not who "the rebels" are
            members = [m for m in members if self.lexicon.kind_of(m) is ActorKind.GROUP]
        elif side.id in self.named:  # nor are those who came to fight for a state the state
            members = [m for m in members if not self._came_to(side.id, m)]
        named = [(self.named.times([m]) + (rebels if m == side.id else 0), m == side.id, m) for m in members]
        return max(named, key=lambda n: (n[0], n[1]))[2]

    def _came_to(self, state: str, group: str) -> bool:
        """Whether a group is at home elsewhere than in the state it fights for, as Hezbollah in Syria's war."""
        homes = self.lexicon.actors[group].countries
        return self.lexicon.kind_of(group) is ActorKind.GROUP and bool(homes) and state not in homes

    @cached_property
    def countries(self) -> frozenset[str]:
        """Countries that the article speaks of: states named, homes of groups named, theatres of its conflicts."""
        found: set[str] = set()
        for actor_id in (*self.named.in_text, *self.named.in_title, *self.named.as_place):
            entry = self.lexicon.actors.get(actor_id)
            if entry is not None:
                found.update(entry.countries or ((actor_id,) if entry.kind is ActorKind.STATE else ()))
        for score, conflict in self.by_strength:
            if score >= EVIDENT:
                found.update(conflict.countries)
        return frozenset(found)

    @property
    def land_of_the_war(self) -> tuple[str, ...]:
        """The state at war with a group on its own soil that the article is about: there people die where no place is said."""
        sides = {side.id for side in self.main.sides} if self.main is not None else set()
        at_home = self.main is not None and len(self.main.countries) == 1 and self.main.countries <= sides
        return tuple(self.main.countries) if self.main is not None and at_home else ()

    @cached_property
    def theatres(self) -> frozenset[str]:
        """Countries where those named fight wars: "Israel … in Rafah" is in Gaza, though Gaza is not named."""
        return frozenset(
            country
            for actor_id in (*self.named.in_text, *self.named.in_title)
            for conflict in self.lexicon.conflicts_of(actor_id, self.on)
            if conflict.war and any(side.id == actor_id for side in conflict.sides)
            for country in conflict.countries
        )

    @cached_property
    def title_countries(self) -> tuple[str, ...]:
        """Countries of the towns and regions that the headline names."""
        words = re.findall(r"[\w'’-]+", self.named.title)
        topics = [(t, c) for _, c in self.by_strength for t in c.topics if t in self.named.title]
        found: dict[str, None] = {}
        for n in (3, 2, 1):
            for i in range(len(words) - n + 1):
                text = " ".join(words[i : i + n])
                if not text[0].isupper() or text in _COMMON or text in self.lexicon.demonyms:
                    continue
                entry = next(
                    (e for e in self.lexicon.places.lookup(text) if e.country in self.countries), None
                )
                if entry is not None and entry.country is not None and entry.kind is not PlaceKind.COUNTRY:
                    if any(text in topic and entry.country not in c.countries for topic, c in topics):
                        continue  # "Moro conflict": what a war is called, no town of another land
                    holders = (
                        h.holder
                        for h in self.lexicon.holdings
                        if h.covers(entry.name, entry.admin1, entry.country, self.on)
                    )
                    found.setdefault(next(holders, entry.country))
        main = self.main
        fought = main.countries | {m for s in main.sides for m in s.members} if main is not None else set()
        return tuple(c for c in found if c in fought) or tuple(found)  # talks may be held elsewhere


def _breadth(conflict: ConflictEntry) -> tuple[int, int]:
    """Of two wars in one country the wider is meant, then the later."""
    return sum(len(side.members) for side in conflict.sides), conflict.start.toordinal()


_COMMON: Final = frozenset(
    {"The", "Of", "In", "On", "War", "Crisis", "Attack", "Battle", "North", "South", "East", "West"}
)
OPPOSITION: Final = ("-opposition", "-rebels")
"""How the ids of a state's armed opposition at large end."""
OFTEN: Final = 2
"""Mentions of rebels from which they count as a side named."""
