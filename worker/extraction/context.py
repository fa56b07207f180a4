"""What the sentences of an article are read against: the questions that only the article as a whole answers."""

from __future__ import annotations

from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Final

from worker.event import Actor
from worker.extraction.anaphora import Anaphora
from worker.extraction.enemies import Enemies
from worker.extraction.named import Named
from worker.extraction.wars import Wars
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from worker.article import Article
    from worker.event import Place
    from worker.extraction.mention import Finder
    from worker.extraction.segment import Sentence
    from worker.lexicon import Lexicon
    from worker.lexicon.entries import ConflictEntry


_MISSIONS: Final = ("un", "african-union")
"""Who sends peacekeepers."""


class Context:
    """One article's answers, each from the module that is named for its question."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        article: Article,
        on: date,
        lexicon: Lexicon,
        finder: Finder,
    ) -> None:
        self.lexicon = lexicon
        self.kind = lexicon.kind_of
        self.fights = lexicon.fights

        self.title = article.title or ""
        self.reference = article.reference_time
        self.dated = article.published_at is not None
        named = Named(sentences, article.title or "", lexicon, finder, on)
        self.in_text, self.as_place = named.in_text, named.as_place
        self.speaks_of_a_ceasefire = named.speaks_of_a_ceasefire
        self.speaks_of_a_claim = named.speaks_of_a_claim
        self.speaks_of_arms = named.speaks_of_arms
        self.tells_of_trade = named.tells_of_trade
        self.tells_of_labour = named.tells_of_labour
        self.tells_of_a_drill = named.tells_of_a_drill
        self.tells_of_gangs = named.tells_of_gangs
        self.tells_of_drills = named.tells_of_drills
        self.tells_of_a_mishap = named.tells_of_a_mishap
        self.times = named.times
        self.strikers = named.strikers

        wars = Wars(named, lexicon, on)
        if not self.dated:
            wars = Wars(named, lexicon, wars.day_of_an_undated())
        self._wars = wars
        self.on = wars.on
        self.both_sides = wars.both_sides
        self.face = wars.face

        enemies = Enemies(wars)
        self.enemy_of = enemies.enemy_of
        self.hit_by = enemies.hit_by
        self.opponents_of = enemies.opponents_of
        self.militants_of = enemies.militants_of
        self.rebels_around = enemies.rebels_around
        self.only_state_against = enemies.only_state_against
        self.rebels_bombed_in = enemies.rebels_bombed_in
        self.belligerent_from = enemies.belligerent_from
        self.owner_of = enemies.owner_of

        anaphora = Anaphora(wars, enemies.militants_of)
        self.group_before = anaphora.group_before
        self.state_before = anaphora.state_before
        self.subject_before = anaphora.subject_before
        self.group_called = anaphora.group_called
        self.only_state = anaphora.only_state

    @property
    def conflicts(self) -> tuple[tuple[int, ConflictEntry], ...]:
        """Known conflicts of the day with their strength, strongest first."""
        return self._wars.by_strength

    @property
    def main_conflict(self) -> ConflictEntry | None:
        """The conflict that the article is about, if that is evident."""
        return self._wars.main

    @property
    def countries(self) -> frozenset[str]:
        """Countries that the article speaks of."""
        return self._wars.countries

    @property
    def land_of_the_war(self) -> tuple[str, ...]:
        """The state at war on its own soil that the article is about."""
        return self._wars.land_of_the_war

    @property
    def theatres(self) -> frozenset[str]:
        """Countries where those named fight wars."""
        return self._wars.theatres

    @property
    def title_countries(self) -> tuple[str, ...]:
        """Countries of the towns and regions that the headline names."""
        return self._wars.title_countries

    def mission(self) -> str | None:
        """Whose peacekeepers an article speaks of; those of the UN where it names nobody, but in Somalia."""
        named = next((m for m in _MISSIONS if m in self.in_text), None)
        return named or (None if "SOM" in self.countries else "un")

    @cached_property
    def coalition(self) -> str | None:
        """Whom "the coalition" means: one that the text names, else that of the strongest of the conflicts which have one."""
        known = [war.coalition for _, war in self.conflicts if war.coalition]
        return next((c for c in known if c in self.in_text), next(iter(known), None))

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

    def at_war(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether any of some actors is in a known conflict of the day with any of others."""
        return any(self.lexicon.conflict_between(a, b, self.on) for a, b in product(some, others))

    def of_that_name(self, actor: Actor, foes: Iterable[Actor]) -> Actor:
        """ "The Taliban attacked a base in Peshawar": the movement that fights Pakistan, where its namesake does not."""
        states = [f.id for f in foes if self.kind(f.id) is ActorKind.STATE]
        if self.kind(actor.id) is not ActorKind.GROUP or not states or self.at_war([actor.id], states):
            return actor
        sworn = [
            g.id
            for g in self.lexicon.actors.values()
            if g.affiliate_of == actor.id and g.existed(self.on) and self.at_war([g.id], states)
        ]
        return self.actor(sworn[0], text=actor.text) if len(sworn) == 1 else actor

    def holder_of(self, place: Place) -> str | None:
        """Who holds a place that is counted to another state; of a day that nobody knows nothing is said."""
        return self.lexicon.holder_of(place, self.on) if self.dated else None

    def is_place(self, actor: Actor) -> bool:
        """Whether the words for a state may mean its territory: "Yemen", not "Yemeni soldiers"."""
        return actor.text is None or self.lexicon.places.lookup(actor.text) != ()
