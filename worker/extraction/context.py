"""What an article is about as a whole: who is named in it, and which known conflicts that points to."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from worker.article import TextField
from worker.event import Actor
from worker.lexicon.entries import ActorKind, AliasForm, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from worker.article import Article
    from worker.extraction.mention import ActorMention, Finder
    from worker.extraction.segment import Sentence
    from worker.lexicon import Lexicon
    from worker.lexicon.entries import ConflictEntry, ConflictSide, PlaceEntry

_TEXT_WEIGHT: Final = 3
_TITLE_WEIGHT: Final = 2
_TOPIC_WEIGHT: Final = 2
EVIDENT: Final = 4
"""Score from which an article is about a conflict: both sides named, or its name and one of them."""


class Context:
    """An article's actors in the order of reading, and the conflicts they point to."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        article: Article,
        lexicon: Lexicon,
        finder: Finder,
    ) -> None:
        self.lexicon = lexicon
        self.reference = article.reference_time
        self.on: date = self.reference.date()
        self._read: list[tuple[tuple[int, int], ActorMention]] = []
        self.in_text: Counter[str] = Counter()
        self.as_place: Counter[str] = Counter()
        self.rebels = 0
        self._towns: set[str] = set()
        self.speaks_of_a_ceasefire = False
        self._grounds: set[tuple[int, int]] = set()
        """Where a state is named as a mere place."""
        for sentence in sentences:
            mentions = finder.actors(sentence.text, self.on)
            self.rebels += len(_REBELS.findall(sentence.text))
            for mention, after in zip_longest(mentions, mentions[1:]):
                if sentence.field is TextField.TEXT and self._count(sentence.text, mention, after):
                    self._grounds.add((_rank(sentence), sentence.start + mention.start))
                self._read.append(((_rank(sentence), sentence.start + mention.start), mention))
            self._count_towns(_TOWN.finditer(sentence.text))
            self.speaks_of_a_ceasefire |= bool(finder.ceasefires(sentence.text))
        self._title = article.title or ""
        self._count_towns(_CAPITALISED.finditer(self._title))
        self.rebels += len(_REBELS.findall(self._title))
        self.in_title: Counter[str] = Counter(
            m.alias.actor_id for m in finder.actors(self._title, self.on) if m.relation is None
        )
        self.dated = article.published_at is not None
        if not self.dated:
            self.on = self._day_of_an_undated(self.on)

    def _count(self, text: str, mention: ActorMention, after: ActorMention | None) -> bool:
        """Count a mention as an actor, or as a mere place: "in Yemen", "Yemen's Houthis"; True for a place."""
        actor_id = mention.alias.actor_id
        if (
            mention.alias.form in {AliasForm.NAME, AliasForm.METONYM}
            and self.kind(actor_id) is ActorKind.STATE
            and _PLACED.search(text[max(0, mention.start - 40) : mention.start])
        ):
            self.as_place[actor_id] += 1
            return True
        if (
            after is not None
            and after.start - mention.end <= _ADJACENT
            and self.kind(after.alias.actor_id) is ActorKind.GROUP
        ):
            entry = self.lexicon.actors[after.alias.actor_id]
            if actor_id in entry.countries:
                self.as_place[actor_id] += 1
                return True
        self.in_text[actor_id] += 1
        return False

    def _count_towns(self, matches: Iterable[re.Match[str]]) -> None:
        """A town or region speaks of its state as a mere place: "in Zaporizhzhia" is in Ukraine."""
        for match in matches:
            words = match[1].split()
            for n in range(len(words), 0, -1):
                entries = self.lexicon.places.lookup(" ".join(words[:n]))
                if not entries:
                    continue
                country = entries[0].country
                if country is not None and country in self.lexicon.actors and self._is_well_known(entries):
                    self.as_place[country] += 1
                    self._towns.update((entries[0].name, entries[0].admin1 or ""))
                break

    def _is_well_known(self, entries: Sequence[PlaceEntry]) -> bool:
        """Whether a reader takes a name for its first entry: a large town, or a smaller one where there is war."""
        place = entries[0]
        if place.kind not in {PlaceKind.CITY, PlaceKind.ADMIN1, PlaceKind.REGION}:
            return False
        at_war = place.country in self._countries_at_war
        if place.kind is not PlaceKind.CITY and not at_war:
            return False
        least = 0 if place.kind is not PlaceKind.CITY else _TOWN_AT_WAR if at_war else _LARGE
        others = [_OUTWEIGHS * e.population for e in entries if e.country != place.country]
        return place.population >= max([least, *others])

    @cached_property
    def _countries_at_war(self) -> frozenset[str]:
        """Where wars of the day are fought."""
        return frozenset(c for w in self.lexicon.conflicts if w.active(self.on) for c in w.countries)

    # ---- actors ------------------------------------------------------------------------------------------

    def actor(self, actor_id: str, *, text: str | None = None, inferred: bool = False) -> Actor:
        """An `Actor` on its default side."""
        entry = self.lexicon.actors.get(actor_id)
        return Actor(
            id=actor_id,
            side=entry.side if entry else actor_id,
            name=entry.name if entry else None,
            text=text,
            inferred=inferred,
        )

    def kind(self, actor_id: str) -> ActorKind | None:
        """What an actor is; None if the lexicon does not know it."""
        entry = self.lexicon.actors.get(actor_id)
        return entry.kind if entry else None

    def fights(self, actor_id: str) -> bool:
        """Whether an actor can be a belligerent."""
        entry = self.lexicon.actors.get(actor_id)
        return entry is None or entry.fights

    def named(self, actor_id: str) -> bool:
        """Whether the article names an actor."""
        return actor_id in self.in_text or actor_id in self.in_title or actor_id in self.as_place

    def _before(self, sentence: Sentence, offset: int) -> Iterable[ActorMention]:
        """Mentions before an offset, nearest first; states named as mere places come last."""
        place = (_rank(sentence), sentence.start + offset)
        read = [(at, mention) for at, mention in self._read if at < place]
        actors = [mention for at, mention in reversed(read) if at not in self._grounds]
        return (*actors, *(mention for at, mention in reversed(read) if at in self._grounds))

    def group_before(self, sentence: Sentence, offset: int, *, meant: bool = True) -> str | None:
        """The armed group that "the group" or "the rebels" means: the last one named, or, if one is `meant`, the conflict's."""
        for mention in self._before(sentence, offset):
            if self.kind(mention.alias.actor_id) is ActorKind.GROUP and mention.relation is None:
                return mention.alias.actor_id
        sides = self.both_sides() if meant else ()
        return next((a for a in sides if self.kind(a) is ActorKind.GROUP), None)

    def state_before(self, sentence: Sentence, offset: int) -> str | None:
        """The state that "the army" or "the government" means: a side of the article's conflict, else the last named."""
        sides = [a for a in self.both_sides() if self.kind(a) is ActorKind.STATE]
        if len(sides) == 1:
            return sides[0]
        for mention in self._before(sentence, offset):
            if self.kind(mention.alias.actor_id) is ActorKind.STATE and mention.relation is None:
                return mention.alias.actor_id
        return None

    def subject_before(self, sentence: Sentence, offset: int) -> str | None:
        """What "it" or "they" means: the first actor named in this sentence before it, or in the one before."""
        place = (_rank(sentence), sentence.start + offset)
        here = [(at, m) for at, m in self._read if (_rank(sentence), sentence.start) <= at < place]
        here.sort(key=lambda read: read[0] in self._grounds)  # "Yemen's Houthis": the Houthis
        for _, mention in here:
            if self.fights(mention.alias.actor_id) and mention.relation is None:
                return mention.alias.actor_id
        earlier = [
            at for at, _ in self._read if at < (_rank(sentence), sentence.start) and at[0] == _rank(sentence)
        ]
        if not earlier:
            return None
        near = [
            m
            for at, m in self._read
            if earlier[-1][1] - _NEAR <= at[1] <= earlier[-1][1] and at[0] == earlier[-1][0]
        ]
        return next(
            (m.alias.actor_id for m in near if self.fights(m.alias.actor_id) and m.relation is None), None
        )

    # ---- conflicts ---------------------------------------------------------------------------------------

    def strength(self, conflict: ConflictEntry) -> int:
        """How strongly the article points to a conflict."""
        sides = conflict.sides if self.rebels or conflict.id in self._joined else ()
        score = sum(self._side_strength(side, conflict) for side in sides)
        if score > _TEXT_WEIGHT and not self._reaches(conflict):
            score = _TEXT_WEIGHT
        if self._is_headed(conflict):
            score += _TOPIC_WEIGHT
        return score

    @cached_property
    def _joined(self) -> frozenset[str]:
        """Ids of the conflicts of which the article names a member: a few of some two hundred."""
        named = (*self.in_text, *self.in_title, *self.as_place)
        return frozenset(c.id for actor_id in named for c in self.lexicon.conflicts_joined_by(actor_id))

    def _is_headed(self, conflict: ConflictEntry) -> bool:
        """Whether the headline names a conflict."""
        return any(topic.lower() in self._folded_title for topic in conflict.topics)

    def _side_strength(self, side: ConflictSide, conflict: ConflictEntry) -> int:
        members = (side.id, *side.members)
        if not self.in_text.keys().isdisjoint(members):
            return _TEXT_WEIGHT
        rebels = self.rebels and self._generic_rebels(side, conflict)
        if rebels and self.rebels >= _OFTEN:
            return _TEXT_WEIGHT
        if rebels or not self.in_title.keys().isdisjoint(members):
            return _TITLE_WEIGHT
        return 0 if self.as_place.keys().isdisjoint(members) else 1

    def _reaches(self, conflict: ConflictEntry) -> bool:
        """Whether the article speaks of where a conflict is fought, or of a group that fights it: allies alone do not."""
        if any(self.named(country) for country in conflict.countries):
            return True
        return any(
            self.kind(side.id) is ActorKind.GROUP and self.named(side.id) for side in conflict.sides
        ) or (all(self.named(side.id) for side in conflict.sides))

    def _generic_rebels(self, side: ConflictSide, conflict: ConflictEntry) -> bool:
        """Whether "the rebels" may mean this side: a state's armed opposition at large."""
        other = next(s for s in conflict.sides if s is not side)
        return (
            self.kind(side.id) is ActorKind.GROUP
            and self.kind(other.id) is ActorKind.STATE
            and (side.id.endswith(_OPPOSITION) or len(self.lexicon.conflicts_of(other.id, self.on)) == 1)
        )

    @cached_property
    def _folded_title(self) -> str:
        return self._title.lower()

    def _day_of_an_undated(self, seen: date) -> date:
        """The day to judge an article without a date by: when it was seen, or the last day of the war it is about."""
        evident = [
            (self._weight(c), c.start, c) for c in self.lexicon.conflicts if self.strength(c) >= EVIDENT
        ]
        today = max((weight for weight, _, c in evident if c.active(seen)), default=0)
        weight, _, best = max(evident, key=lambda e: e[:2], default=(0, seen, None))
        if best is None or best.end is None or best.active(seen) or weight <= 2 * today:
            return seen
        return min(seen, best.end - timedelta(days=1))

    @cached_property
    def conflicts(self) -> tuple[tuple[int, ConflictEntry], ...]:
        """Known conflicts of the day with their strength, strongest first, later start first among equals."""
        scored = [(self.strength(c), c) for c in self.lexicon.conflicts if c.active(self.on)]
        scored = [(s, c) for s, c in scored if s]
        return tuple(
            sorted(scored, key=lambda p: (-p[0], -self._weight(p[1]), -p[1].start.toordinal(), p[1].id))
        )

    def _weight(self, conflict: ConflictEntry) -> int:
        """How often the members of the less-named side are named; generic rebels are members of the side they mean."""
        return min(self._named_times(side, conflict) for side in conflict.sides)

    def _named_times(self, side: ConflictSide, conflict: ConflictEntry) -> int:
        times = sum(self.in_text[m] * 2 + self.in_title[m] for m in {side.id, *side.members})
        return times + (self.rebels * 2 if self._generic_rebels(side, conflict) else 0)

    @cached_property
    def main_conflict(self) -> ConflictEntry | None:
        """The conflict that the article is about, if that is evident."""
        if self.conflicts and self.conflicts[0][0] >= EVIDENT:
            return self.conflicts[0][1]
        return self._war_of_the_land() if self.speaks_of_a_ceasefire else None

    def _war_of_the_land(self) -> ConflictEntry | None:
        """The war at home of the one country that an article about a ceasefire speaks of, where no side is named."""
        wars = [
            conflict
            for conflict in self.lexicon.conflicts
            if conflict.active(self.on)
            and any(side.id in self.as_place and side.id in conflict.countries for side in conflict.sides)
        ]
        lands = {side.id for conflict in wars for side in conflict.sides if side.id in self.as_place}
        groups = {a for a in self.in_text if self.kind(a) is ActorKind.GROUP}
        wars = [war for war in wars if all(war.side_of(group) for group in groups)]
        if len(lands) != 1 or not wars:
            return None
        return max(wars, key=lambda war: (self._names_a_town_of(war), *_breadth(war)))

    def _names_a_town_of(self, conflict: ConflictEntry) -> bool:
        """Whether a town or region named lies in a part of a country where a conflict is fought, or names it."""
        parts = {t.partition(":")[2] for t in conflict.theatre}
        return any(
            town in parts or any(town in topic for topic in conflict.topics) for town in self._towns if town
        )

    def both_sides(self) -> tuple[str, ...]:
        """The two belligerents of the article's conflict, each by its most-named member."""
        if self.main_conflict is None:
            return ()
        return tuple(self.face(side.id, side.members) for side in self.main_conflict.sides)

    def face(self, side_id: str, members: Sequence[str]) -> str:
        """The member of a side that the article names most; the side's own id if it names none.

        Generic "rebels" are the side's own name where it is a state's armed opposition.
        """
        rebels = self.rebels * 2 if side_id.endswith(_OPPOSITION) else 0
        if self.kind(side_id) is ActorKind.GROUP:  # its allied states are not who "the rebels" are
            members = [m for m in members if self.kind(m) is ActorKind.GROUP]
            if any(self.in_text[m] for m in members if m != side_id):
                rebels = 0  # a group with a name is who they are
        named = [
            (self.in_text[m] * 2 + self.in_title[m] + (rebels if m == side_id else 0), m == side_id, m)
            for m in dict.fromkeys((side_id, *members))
        ]
        return max(named, key=lambda n: (n[0], n[1]))[2] if named else side_id

    def group_called(self, noun: str) -> str | None:
        """The one group of a country spoken of that is known by a plain noun: "bandits" in Nigeria."""
        found = [
            entry.id
            for entry in self.lexicon.actors.values()
            if entry.kind is ActorKind.GROUP
            and entry.id.endswith(f"-{noun}s")
            and set(entry.countries[:1]) & self.countries
        ]
        return found[0] if len(found) == 1 and noun in _PLAIN_NOUNS else None

    def militants_of(self, state: str) -> str | None:
        """Who "Syrian rebels", "Gaza militants" are: those who fight a state, or the group that stands for it."""
        return self.opponents_of(state) or next(
            (
                side.id
                for conflict in self.lexicon.conflicts_of(state, self.on)
                for side in conflict.sides
                if side.id != state
                and side.id == conflict.side_of(state)
                and self.lexicon.actors[side.id].countries[:1] == (state,)
            ),
            None,
        )

    def opponents_of(self, state: str) -> str | None:
        """The group that fights a state ("Syrian rebels"): one the article names, else the most evident one."""
        main = self.main_conflict
        if main is not None and main.side_of(state) is not None:
            enemies = next(s for s in main.sides if s.id != main.side_of(state))
            if self.kind(enemies.id) is ActorKind.GROUP:
                return self.face(enemies.id, enemies.members)
        best: tuple[int, bool, bool, int, str] | None = None
        for conflict in self.lexicon.conflicts_of(state, self.on):
            own = conflict.side_of(state)
            other = next(s for s in conflict.sides if s.id != own)
            if self.kind(other.id) is not ActorKind.GROUP or state != own:
                continue
            entry = self.lexicon.actors.get(other.id)
            home = entry is not None and entry.countries[:1] == (state,)
            face = self.face(other.id, other.members)
            score = (self.strength(conflict), conflict.war, home, conflict.start.toordinal(), face)
            best = max(best, score) if best else score
        return best[4] if best else self._proxy_in(state)

    def only_state_against(self, actor_id: str, country: str) -> str | None:
        """The one state that fights an actor in a country that day: whose drones fall there, where nobody is named."""
        states = {
            side.id
            for conflict in self.lexicon.conflicts_of(actor_id, self.on)
            for side in conflict.sides
            if side.id != conflict.side_of(actor_id)
            and country in conflict.countries
            and actor_id in self._principals(conflict)
            and self.kind(side.id) is ActorKind.STATE
            and conflict.war
        }
        return states.pop() if len(states) == 1 else None

    def rebels_bombed_in(self, country: str) -> str | None:
        """Whom an air raid by nobody named hits in a country at war with itself: only its government has an air force."""
        wars = [c for c in self.lexicon.conflicts if c.war and c.active(self.on) and country in c.countries]
        sides = {side.id for war in wars for side in war.sides}
        if {s for s in sides if self.kind(s) is ActorKind.STATE} != {country}:
            return None
        rebels = [s for war in wars for s in war.sides if s.id != country and war.side_of(country) == country]
        return self.face(rebels[0].id, rebels[0].members) if len(rebels) == 1 else None

    def _principals(self, conflict: ConflictEntry) -> set[str]:
        """The two sides of a conflict by their own names and as the states that they stand for."""
        homes = {
            c
            for s in conflict.sides
            if s.id in self.lexicon.actors
            for c in self.lexicon.actors[s.id].countries[:1]
        }
        return {s.id for s in conflict.sides} | homes

    def _proxy_in(self, state: str) -> str | None:
        """The separatists whom a foreign power backs in a state, as a member of that power's side."""
        for conflict in self.lexicon.conflicts_of(state, self.on):
            for side in conflict.sides:
                for member in side.members if side.id != conflict.side_of(state) else ():
                    entry = self.lexicon.actors[member]
                    if entry.kind is ActorKind.GROUP and state in entry.countries:
                        return member
        return None

    def enemy_of(self, actor_id: str, *, country: str | None = None, named_only: bool = False) -> str | None:
        """Who fights an actor here: the other side of the most evident conflict, in whose theatre the place lies.

        `named_only` asks for a conflict whose other side the article names.
        """
        own_wars = [(s, c) for s, c in self.conflicts if c.side_of(actor_id) is not None]
        for score, conflict in sorted(own_wars, key=lambda p: self._likelihood(p[1], actor_id, country)):
            own = conflict.side_of(actor_id)
            if own is None or (country is not None and not self._in_theatre(conflict, country)):
                continue
            other = next(s for s in conflict.sides if s.id != own)
            if named_only and not any(
                self.in_text[m] or self.in_title[m] for m in (other.id, *other.members)
            ):
                continue
            if score >= EVIDENT or self._only_enemy(actor_id, conflict, country):
                return self.face(other.id, other.members)
        return None

    def _likelihood(
        self, conflict: ConflictEntry, actor_id: str, country: str | None
    ) -> tuple[bool, bool, bool, bool, int, bool, int]:
        """Sort key among conflicts that an actor may be fighting: enemies named, its war at home, the graver, the wider."""
        own = conflict.side_of(actor_id)
        other = next(s for s in conflict.sides if s.id != own)
        named = sum(self.in_text[m] * 2 + self.in_title[m] for m in dict.fromkeys((other.id, *other.members)))
        if self._generic_rebels(other, conflict):
            named += self.rebels * 2
        return (
            not named,
            not self._is_headed(conflict),
            not self.named(other.id) and not self._generic_rebels(other, conflict),
            not self._civil_war(conflict, actor_id, country),
            -named,
            not conflict.war,
            -sum(len(s.members) for s in conflict.sides),
        )

    def _civil_war(self, conflict: ConflictEntry, actor_id: str, country: str | None) -> bool:
        """Whether a state that strikes at home fights a group there: that comes before its foreign enemies."""
        if country is None or actor_id != country or conflict.side_of(actor_id) != actor_id:
            return False
        other = next(s for s in conflict.sides if s.id != actor_id)
        entry = self.lexicon.actors.get(other.id)
        return entry is not None and entry.kind is ActorKind.GROUP and country in entry.countries

    def _only_enemy(self, actor_id: str, conflict: ConflictEntry, country: str | None) -> bool:
        """Whether an actor fights only one conflict there, or only one that is a war."""
        own = [
            c
            for c in self.lexicon.conflicts_of(actor_id, self.on)
            if (country is None or self._in_theatre(c, country))
            and (actor_id in {s.id for s in c.sides} or self.kind(actor_id) is ActorKind.GROUP)
        ]
        home = country is not None or actor_id in conflict.countries or self.kind(actor_id) is ActorKind.GROUP
        return ([c for c in own if c.war and home] or own) == [conflict]

    @staticmethod
    def _in_theatre(conflict: ConflictEntry, country: str) -> bool:
        states = {m for side in conflict.sides for m in (side.id, *side.members)}
        return country in states or country in conflict.countries

    @cached_property
    def title_countries(self) -> tuple[str, ...]:
        """Countries of the towns and regions that the headline names."""
        words = re.findall(r"[\w'’-]+", self._title)
        found: dict[str, None] = {}
        for n in (3, 2, 1):
            for i in range(len(words) - n + 1):
                text = " ".join(words[i : i + n])
                if not text[0].isupper() or text in _COMMON:
                    continue
                entry = next(
                    (e for e in self.lexicon.places.lookup(text) if e.country in self.countries), None
                )
                if entry is not None and entry.country is not None and entry.kind is not PlaceKind.COUNTRY:
                    found.setdefault(entry.country)
        return tuple(found)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Countries that the article speaks of: states named, homes of groups named, theatres of its conflicts."""
        found: set[str] = set()
        for actor_id in (*self.in_text, *self.in_title, *self.as_place):
            entry = self.lexicon.actors.get(actor_id)
            if entry is not None:
                found.update(entry.countries or ((actor_id,) if entry.kind is ActorKind.STATE else ()))
        for score, conflict in self.conflicts:
            if score >= EVIDENT:
                found.update(conflict.countries)
        return frozenset(found)

    def tells_of_trade(self, sentence: str) -> bool:
        """Whether a sentence or the headline speaks of tariffs or a trade war."""
        return bool(_TRADE.search(sentence) or _TRADE.search(self._title))

    @property
    def land_of_the_war(self) -> tuple[str, ...]:
        """The state at war with a group on its own soil that the article is about: there people die where no place is said."""
        war = self.main_conflict
        sides = {side.id for side in war.sides} if war is not None else set()
        return tuple(war.countries) if war is not None and war.countries <= sides else ()

    @cached_property
    def theatres(self) -> frozenset[str]:
        """Countries where those named fight wars: "Israel … in Rafah" is in Gaza, though Gaza is not named."""
        return frozenset(
            country
            for actor_id in (*self.in_text, *self.in_title)
            for conflict in self.lexicon.conflicts_of(actor_id, self.on)
            if conflict.war and any(side.id == actor_id for side in conflict.sides)
            for country in conflict.countries
        )

    def is_place(self, actor: Actor) -> bool:
        """Whether the words for a state may mean its territory: "Yemen", not "Yemeni soldiers"."""
        return actor.text is None or self.lexicon.places.lookup(actor.text) != ()

    def belligerent_from(self, country: str) -> str | None:
        """Who attacks from a country: the group or the state there that fights in a war the article is about."""
        for score, conflict in self.conflicts:
            for side in conflict.sides if score >= EVIDENT else ():
                entry = self.lexicon.actors.get(side.id)
                if entry is not None and entry.kind is ActorKind.GROUP and country in entry.countries:
                    # What flies abroad is rarely the state's that has such a group in its land.
                    return self.face(side.id, side.members)
            if score >= EVIDENT and any(side.id == country for side in conflict.sides):
                return country
        return country if country in self.lexicon.actors else None

    def _fights_beside(self, state: str, enemy: str, attacker: str) -> bool:
        """Whether a state that is not the attacker's first enemy fights on that enemy's side: it is hit for itself."""
        war = self.lexicon.conflict_between(attacker, enemy, self.on)
        return (
            war is not None
            and self.kind(enemy) is ActorKind.STATE
            and state != enemy
            and war.side_of(state) == war.side_of(enemy)
        )

    def owner_of(self, country: str, *, attacker: str | None = None) -> str | None:
        """Who is hit where a strike lands in a country: the attacker's enemy there, else the state itself."""
        if attacker is not None:
            enemy = self.enemy_of(attacker, country=country)
            if enemy is not None:
                return country if self._fights_beside(country, enemy, attacker) else enemy
            for conflict in sorted(
                self.lexicon.conflicts_of(attacker, self.on),
                key=lambda c: self._likelihood(c, attacker, country),
            ):
                own = conflict.side_of(attacker)
                other = next(s for s in conflict.sides if s.id != own)
                if country == other.id or country in other.members:
                    home = self.lexicon.actors.get(other.id)
                    return other.id if home is not None and country in home.countries else country
                # Itself, or the government there whose ally it is: Russia in Syria.
                principal = own in {attacker, country} or self.kind(attacker) is ActorKind.GROUP
                principal = principal or self.named(other.id)
                if principal and country in conflict.countries and self.kind(other.id) is ActorKind.GROUP:
                    return other.id
        if country == attacker:
            return None
        holder = self._holder_of(country) if attacker is None else None
        return holder or (country if country in self.lexicon.actors else None)

    def _holder_of(self, country: str) -> str | None:
        """The group of the article's war whose land a country is, where its state is no side of that war."""
        sides = self.main_conflict.sides if self.main_conflict is not None else ()
        if any(country == side.id or country in side.members for side in sides):
            return None
        groups = [s for s in sides if self.kind(s.id) is ActorKind.GROUP]
        return next((s.id for s in groups if country in self.lexicon.actors[s.id].countries), None)


def _breadth(conflict: ConflictEntry) -> tuple[int, int]:
    """Of two wars in one country the wider is meant, then the later."""
    return sum(len(side.members) for side in conflict.sides), conflict.start.toordinal()


_PLACED: Final = re.compile(
    r"\b(?:in|from|near|across|inside|over|throughout|outside|around|within|to|border with)\s+"
    r"(?:the\s+(?:\w+\s+)?(?:capital|city|town|village)\s+(?:of\s+)?)?(?:\w+ern\s+)?$"
)
_TRADE: Final = re.compile(
    r"\b(?:tariffs?|trade (?:war|dispute|deal)|import dut(?:y|ies)|levies)\b", re.IGNORECASE
)
_REBELS: Final = re.compile(r"\b(?:rebels?|insurgents?|opposition|separatists?|guerrillas?)\b", re.IGNORECASE)
_TOWN: Final = re.compile(
    r"\b(?:in|at|near|on|of|over|outside|around|hit|hits|hitting|struck|and)\s+(?:the\s+(?:city\s+of\s+|occupied\s+)?)?"
    r"([A-Z][\w’-]+(?: (?:[a-z]{2}-)?[A-Z][\w’-]+){0,2})"
)
_CAPITALISED: Final = re.compile(r"\b([A-Z][\w’-]+(?: (?:[a-z]{2}-)?[A-Z][\w’-]+){0,2})")
_TOWN_AT_WAR: Final = 10_000
"""Inhabitants from which a town in a country at war is."""
_LARGE: Final = 50_000
"""Inhabitants from which a town is known to the reader by its name."""
_OUTWEIGHS: Final = 5
"""How many times larger it has to be than its namesakes in other countries."""
_ADJACENT: Final = 4
"""Characters between "Yemen" and "Houthis" in "Yemen's Houthis"."""
_COMMON: Final = frozenset(
    {"The", "Of", "In", "On", "War", "Crisis", "Attack", "Battle", "North", "South", "East", "West"}
)
_PLAIN_NOUNS: Final = frozenset({"bandit", "militia", "gang"})
_OPPOSITION: Final = ("-opposition", "-rebels")
"""How the ids of a state's armed opposition at large end."""
_OFTEN: Final = 2
"""Mentions of rebels from which they count as a side named."""
_NEAR: Final = 300
"""Characters that a pronoun is taken to reach back beyond its own sentence."""


def _rank(sentence: Sentence) -> int:
    return 0 if sentence.field is TextField.TITLE else 1
