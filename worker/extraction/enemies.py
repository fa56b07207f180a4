"""Who fights whom: the other side of the war that an actor is in, here, by what the article names and by what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.wars import EVIDENT
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import Place
    from worker.extraction.wars import Wars
    from worker.lexicon.entries import ConflictEntry

TRUCELESS: Final = frozenset({"isis", "al-qaeda", "aqap", "aqim", "al-nusra", "jnim", "kashmiri-militants"})
"""Groups that truces leave out: a party only where the text names them as one."""


class Enemies:
    """The enemies of states and groups in the wars of an article."""

    def __init__(self, wars: Wars) -> None:
        self._wars = wars
        self._named = wars.named
        self._lexicon = wars.lexicon
        self._on = wars.on
        self._known: dict[tuple[str, str | None, bool], str | None] = {}
        """The enemies asked for already: an article asks for the same ones in every sentence."""

    # ---- of an actor -------------------------------------------------------------------------------------

    def enemy_of(self, actor_id: str, *, country: str | None = None, named_only: bool = False) -> str | None:
        """Who fights an actor here: the other side of the most evident conflict, in whose theatre the place lies.

        `named_only` asks for a conflict whose other side the article names.
        """
        asked = actor_id, country, named_only
        if asked not in self._known:
            self._known[asked] = self._enemy_of(actor_id, country, named_only=named_only)
        return self._known[asked]

    def _enemy_of(self, actor_id: str, country: str | None, *, named_only: bool) -> str | None:
        own_wars = [(s, c) for s, c in self._wars.by_strength if c.side_of(actor_id) is not None]
        for score, conflict in sorted(own_wars, key=lambda p: self._likelihood(p[1], actor_id, country)):
            if country is not None and not _in_theatre(conflict, country):
                continue
            other = conflict.against(actor_id)
            if named_only and not self._named.times(other.members):
                continue
            if score >= EVIDENT or self._only_enemy(actor_id, conflict, country):
                return self._wars.face(other)
        return None

    def hit_by(self, attacker: str, *, country: str | None = None) -> str | None:
        """Whom an attacker hits where nothing but the country is said: its enemy.

        A group that fights a state at home hits that state, rather than an ally of it that is named more often.
        """
        enemy = self.enemy_of(attacker, country=country)
        if enemy is None or self._lexicon.kind_of(attacker) is not ActorKind.GROUP:
            return enemy
        war = self._lexicon.conflict_between(attacker, enemy, self._on)
        state = war.side_of(enemy) if war is not None else None
        if state is None or state not in self._named or self._lexicon.kind_of(state) is not ActorKind.STATE:
            return enemy
        return state if country in {None, state} and self._is_group_of(attacker, state) else enemy

    def _likelihood(
        self, conflict: ConflictEntry, actor_id: str, country: str | None
    ) -> tuple[bool, bool, bool, bool, bool, bool, int, bool, int]:
        """Sort key among conflicts that an actor may be fighting: enemies named, its own war, at home, the graver, the wider."""
        other = conflict.against(actor_id)
        named = self._wars.times(other, conflict)
        return (
            _only_helps(conflict, country, actor_id),
            not named,
            not self._wars.is_headed(conflict),
            other.id not in self._named and not self._wars.are_rebels(other, conflict),
            not self._civil_war(conflict, actor_id, country),
            actor_id not in {side.id for side in conflict.sides},
            -named,
            not conflict.war,
            -sum(len(s.members) for s in conflict.sides),
        )

    def _civil_war(self, conflict: ConflictEntry, actor_id: str, country: str | None) -> bool:
        """Whether a state that strikes at home fights a group there: that comes before its foreign enemies."""
        if country is None or conflict.side_of(actor_id) != country:
            return False  # its own war, or that of a government which it helps
        return self._is_group_of(conflict.against(actor_id).id, country)

    def _is_group_of(self, actor_id: str, country: str) -> bool:
        """Whether an actor is an armed group that is based in a country or fights there."""
        entry = self._lexicon.actors.get(actor_id)
        return entry is not None and entry.kind is ActorKind.GROUP and country in entry.countries

    def _only_enemy(self, actor_id: str, conflict: ConflictEntry, country: str | None) -> bool:
        """Whether an actor fights only one conflict there, or only one that is a war."""
        is_group = self._lexicon.kind_of(actor_id) is ActorKind.GROUP
        own = [
            c
            for c in self._lexicon.conflicts_of(actor_id, self._on)
            if (country is None or (_in_theatre(c, country) and not _only_helps(c, country, actor_id)))
            and (is_group or actor_id in {s.id for s in c.sides} or self._civil_war(c, actor_id, country))
        ]
        home = country is not None or actor_id in conflict.countries or is_group
        if country is None and not (conflict.war or is_group):
            return False  # "British jets bombed a depot": hardly one of the IRA's
        return ([c for c in own if c.war and home] or own) == [conflict]

    # ---- of a state --------------------------------------------------------------------------------------

    def opponents_of(self, state: str, places: Sequence[Place] = ()) -> str | None:
        """The group that fights a state ("Syrian rebels"): one the article names, that of the place, or the most evident one."""
        main = self._wars.main
        if main is not None and main.side_of(state) is not None:
            enemies = main.against(state)
            if self._lexicon.kind_of(enemies.id) is ActorKind.GROUP:
                return self._wars.face(enemies)
        regions = {p.admin1 for p in places}
        best: tuple[bool, int, int, bool, bool, int, str] | None = None
        for conflict in self._lexicon.conflicts_of(state, self._on):
            if conflict.side_of(state) != state:
                continue
            other = conflict.against(state)
            if self._lexicon.kind_of(other.id) is not ActorKind.GROUP or not _reaches(conflict, places):
                continue
            around = fought_around(conflict, state, places)
            if around < 0 and not conflict.war:
                continue  # a small insurgency elsewhere in the land
            ground = self._lexicon.actors[other.id].ground
            if ground is not None and ground[0] in regions:
                return self._wars.face(other)
            home = self._lexicon.actors[other.id].countries[:1] == (state,)
            face = self._wars.face(other)
            strength = self._wars.strength(conflict)
            left_out = self._named.speaks_of_a_ceasefire and face in TRUCELESS and face not in self._named
            score = (
                not left_out, strength, around, conflict.war, home, conflict.start.toordinal(), face
            )  # fmt: skip
            best = max(best, score) if best else score
        return best[-1] if best else self._proxy_in(state, places)

    def rebels_around(self, state: str, places: Sequence[Place]) -> str | None:
        """Whom a state fights in that part of its land, where the article names nobody who fights it."""
        if self._wars.main is not None and self._wars.main.side_of(state) is not None:
            return None
        wars = [
            (fought_around(conflict, state, places), conflict.start, conflict.against(state))
            for conflict in self._lexicon.conflicts_of(state, self._on)
            if conflict.side_of(state) == state
        ]
        groups = [(n, start, s) for n, start, s in wars if self._lexicon.kind_of(s.id) is ActorKind.GROUP]
        if any(self._named.times(side.members) for _, _, side in groups):
            return None
        near, _, side = max(groups, key=lambda g: g[:2], default=(0, None, None))
        return self._wars.face(side) if near > 0 and side is not None else None

    def _proxy_in(self, state: str, places: Sequence[Place]) -> str | None:
        """The separatists whom a foreign power backs in a state, as a member of that power's side."""
        for conflict in self._lexicon.conflicts_of(state, self._on):
            if not _reaches(conflict, places):
                continue
            for side in conflict.sides:
                for member in side.members if side.id != conflict.side_of(state) else ():
                    if self._is_group_of(member, state):
                        return member
        return None

    def militants_of(self, state: str) -> str | None:
        """Who "Syrian rebels", "Gaza militants" are: those who fight a state, or the group that stands for it."""
        return self.opponents_of(state) or next(
            (
                side.id
                for conflict in self._lexicon.conflicts_of(state, self._on)
                for side in conflict.sides
                if side.id != state
                and side.id == conflict.side_of(state)
                and self._lexicon.actors[side.id].countries[:1] == (state,)
            ),
            None,
        )

    # ---- in a country ------------------------------------------------------------------------------------

    def only_state_against(self, actor_id: str, country: str) -> str | None:
        """The one state that fights an actor in a country that day: whose drones fall there, where nobody is named."""
        states = {
            side.id
            for conflict in self._lexicon.conflicts_of(actor_id, self._on)
            for side in conflict.sides
            if side.id != conflict.side_of(actor_id)
            and country in conflict.countries
            and actor_id in self._principals(conflict)
            and self._lexicon.kind_of(side.id) is ActorKind.STATE
            and conflict.war
        }
        return states.pop() if len(states) == 1 else None

    def _principals(self, conflict: ConflictEntry) -> set[str]:
        """The two sides of a conflict by their own names and as the states that they stand for."""
        homes = {
            c
            for s in conflict.sides
            if s.id in self._lexicon.actors
            for c in self._lexicon.actors[s.id].countries[:1]
        }
        return {s.id for s in conflict.sides} | homes

    def rebels_bombed_in(self, country: str) -> str | None:
        """Whom an air raid by nobody named hits in a country at war with itself: only its government has an air force."""
        wars = [c for c in self._lexicon.conflicts_on(self._on) if c.war and country in c.countries]
        sides = {side.id for war in wars for side in war.sides}
        if {s for s in sides if self._lexicon.kind_of(s) is ActorKind.STATE} != {country}:
            return None
        rebels = [s for war in wars for s in war.sides if s.id != country and war.side_of(country) == country]
        return self._wars.face(rebels[0]) if len(rebels) == 1 else None

    def belligerent_from(self, country: str) -> str | None:
        """Who attacks from a country: the group or the state there that fights in a war the article is about."""
        for score, conflict in self._wars.by_strength:
            if score < EVIDENT:
                break
            for side in conflict.sides:
                if self._is_group_of(side.id, country):
                    # What flies abroad is rarely the state's that has such a group in its land.
                    return self._wars.face(side)
            if any(side.id == country for side in conflict.sides):
                return country
        return self._group_firing_from(country) or (country if country in self._lexicon.actors else None)

    def _group_firing_from(self, country: str) -> str | None:
        """The group at home in a country that fights somebody whom the article names: what flies out is its."""
        groups = [
            (self._named.times(conflict.against(side.id).members), side.id)
            for conflict in self._lexicon.conflicts_on(self._on)
            for side in conflict.sides
            if self._lexicon.kind_of(side.id) is ActorKind.GROUP
            and self._lexicon.actors[side.id].countries[:1] == (country,)
            and country not in conflict.against(side.id).members
        ]
        times, group = max(groups, default=(0, None))
        return group if times else None

    def owner_of(self, country: str, *, attacker: str | None = None) -> str | None:
        """Who is hit where a strike lands in a country: the attacker's enemy there, else the state itself."""
        owner = self._holder_of(country) if attacker is None else self._enemy_in(country, attacker)
        if owner is not None:
            return owner
        state = self._lexicon.actors.get(country)
        if state is None or country == attacker or self._are_allies(attacker, state.side):
            return None
        return state.side

    def _are_allies(self, attacker: str | None, other: str) -> bool:
        """Whether two groups have an enemy in common and do not fight each other: neither hits the other."""
        if attacker is None or self._lexicon.conflict_between(attacker, other, self._on) is not None:
            return False
        groups = all(self._lexicon.kind_of(a) is ActorKind.GROUP for a in (attacker, other))
        theirs, its = (
            {c.against(a).id for c in self._lexicon.conflicts_of(a, self._on)} for a in (other, attacker)
        )
        return groups and not theirs.isdisjoint(its)

    def _holder_of(self, country: str) -> str | None:
        """The group of the article's war whose land a country is, where its state is no side of that war.

        Where the war is fought elsewhere and the state is at war with the group too ("attacks in Burkina Faso", told with
        those in Mali) it is the state's.
        """
        main = self._wars.main
        if main is None or any(country in side.members for side in main.sides):
            return None
        groups = (s.id for s in main.sides if self._is_group_of(s.id, country))
        wars = ((g, self._lexicon.conflict_between(g, country, self._on)) for g in groups)
        here = country in main.countries
        return next((g for g, war in wars if here or war is None or not war.war), None)

    def _enemy_in(self, country: str, attacker: str) -> str | None:
        """Whom an attacker hits in a country: its enemy in the article's wars, else in the wars of the day."""
        is_group = self._lexicon.kind_of(attacker) is ActorKind.GROUP
        enemy = self.hit_by(attacker, country=country)
        if (
            is_group
            and (enemy is None or enemy not in self._named or self._is_mission(enemy))
            and self._fights_at_home(attacker, country)
        ):
            return country
        if enemy is not None:
            return country if self._fights_beside(country, enemy, attacker) else enemy
        for conflict in sorted(
            self._lexicon.conflicts_of(attacker, self._on),
            key=lambda c: self._likelihood(c, attacker, country),
        ):
            other = conflict.against(attacker)
            if country in other.members:
                home = self._lexicon.actors.get(other.id)
                return other.id if home is not None and country in home.countries else country
            # It is the side itself, or an ally of the government there (Russia in Syria), or the enemy is named.
            own = conflict.side_of(attacker)
            principal = is_group or own in {attacker, country} or other.id in self._named
            fought_here = country in conflict.countries
            if principal and fought_here and self._lexicon.kind_of(other.id) is ActorKind.GROUP:
                return other.id
        return None

    def _is_mission(self, actor_id: str) -> bool:
        return self._lexicon.kind_of(actor_id) is ActorKind.ORGANISATION

    def _fights_at_home(self, group: str, country: str) -> bool:
        """Whether a group fights the state in whose land it strikes: that comes before foreigners who help against it."""
        war = self._lexicon.conflict_between(group, country, self._on)
        return war is not None and self._lexicon.kind_of(country) is ActorKind.STATE

    def _fights_beside(self, state: str, enemy: str, attacker: str) -> bool:
        """Whether a state that is not the attacker's first enemy fights on that enemy's side: it is hit for itself."""
        war = self._lexicon.conflict_between(attacker, enemy, self._on)
        return (
            war is not None
            and self._lexicon.kind_of(enemy) is ActorKind.STATE
            and state != enemy
            and war.side_of(state) == war.side_of(enemy)
        )


def fought_around(conflict: ConflictEntry, state: str, places: Sequence[Place]) -> int:
    """2 where a war is known to be fought in one of the places, 1 in its province; -1 where only in other parts."""
    parts = {t.partition(":")[2] for t in conflict.theatre if t.startswith(f"{state}:")}
    if any({p.name, p.text} & parts for p in places):
        return 2
    if any(p.admin1 in parts for p in places):
        return 1
    elsewhere = parts and state not in conflict.theatre and any(p.admin1 for p in places)
    return -1 if elsewhere else 0


def _reaches(conflict: ConflictEntry, places: Sequence[Place]) -> bool:
    """Whether a war may be fought in one of the places; where none is known, anywhere."""
    countries = [p.country for p in places if p.country]
    return not countries or any(_in_theatre(conflict, country) for country in countries)


def _in_theatre(conflict: ConflictEntry, country: str) -> bool:
    return country in conflict.countries or any(country in side.members for side in conflict.sides)


def _only_helps(conflict: ConflictEntry, country: str | None, actor_id: str) -> bool:
    """Whether a country is that of a third who only helps in a war elsewhere: it is rarely fought there."""
    return country not in {None, actor_id} and country not in {
        *conflict.countries,
        *(side.id for side in conflict.sides),
    }
