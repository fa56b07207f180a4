"""A long log of events as a desk sees them: months of a few wars at once, copies, corrections, repeats, late ones.

Made from events that were extracted from real texts, moved in time and told of other wars, so that every field
is filled as the extraction fills it.
"""

from __future__ import annotations

import heapq
import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from worker.event import Actor, DiplomacyEvent, Interval, Quantity, StrikeEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from worker.event import ArticleRef, Event

E = TypeVar("E", bound=Interval | None)

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
OUTLETS = 60
COPIES, CORRECTIONS, REPEATS, LATE = 0.35, 0.03, 0.08, 0.02
"""Shares of articles that copy another one, come again changed, come again as they are, come days late."""
STRIKES_ALONE = 6
"""How much more often an article tells of strikes alone than the samples do, which are about ceasefires."""
TRUCE_EVERY, TALKED_OF = 90.0, 7.0
"""Days between two ceasefires of one war, and for how many days after one articles are about it.

That makes 4 to 5 of 100 events ones of diplomacy, as among all that two years of world news tell; of a ceasefire
30 days are watched.
"""


def event_log(
    samples: Iterable[Event], count: int, *, wars: int = 20, days: int = 180, seed: int = 1
) -> list[Event]:
    """`count` events in order of arrival; a few of the wars have most of the articles.

    `samples` are the events of some articles; those whose conflict is unknown are left out.
    """
    by_article: dict[str, list[Event]] = defaultdict(list)
    for event in samples:
        if event.conflict is not None and event.article.published_at is not None:
            by_article[event.article.id].append(event)
    chance = random.Random(seed)  # noqa: S311 - a reproducible measurement
    arriving = _Desk(list(by_article.values()), chance, wars=wars, span=timedelta(days=days)).arrivals(count)
    return [event for _, event in zip(range(count), arriving, strict=False)]


class _Desk:
    """Articles as they come in."""

    def __init__(
        self, articles: Sequence[Sequence[Event]], chance: random.Random, *, wars: int, span: timedelta
    ) -> None:
        self._articles = articles
        self._strikes_alone = [
            article for article in articles if all(isinstance(event, StrikeEvent) for event in article)
        ]
        self._weights = [STRIKES_ALONE if article in self._strikes_alone else 1 for article in articles]
        self._chance = chance
        self._span = span
        self._wars = range(wars)
        self._shares = [1 / (number + 1) for number in self._wars]
        self._prints: dict[int, list[bytes]] = defaultdict(list)
        self._truces = {number: chance.uniform(0, TRUCE_EVERY) for number in self._wars}

    def arrivals(self, count: int) -> Iterator[Event]:
        """At least `count` events, by the time at which they are seen."""
        per_article = sum(map(len, self._strikes_alone)) / len(self._strikes_alone)
        articles = int(count / per_article * 1.1) + 50
        waiting: list[tuple[datetime, int, list[Event]]] = []
        for number in range(articles):
            published = BEGIN + self._span * number / articles
            while waiting and waiting[0][0] <= published:
                yield from heapq.heappop(waiting)[2]
            for turn, events in enumerate(self._tellings(number, published)):
                heapq.heappush(waiting, (events[0].article.seen_at, 4 * number + turn, events))
        while waiting:
            yield from heapq.heappop(waiting)[2]

    def _tellings(self, number: int, published: datetime) -> Iterator[list[Event]]:
        """An article, and how it comes again."""
        chance = self._chance
        (war,) = chance.choices(self._wars, self._shares)
        delay = timedelta(minutes=chance.expovariate(1 / 40))
        if chance.random() < LATE:
            delay += timedelta(days=chance.uniform(0.5, 4))
        events = self._told(number, war, published, published + delay)
        yield events
        if chance.random() < REPEATS:
            yield events
        if chance.random() < CORRECTIONS:
            seen = published + delay + timedelta(hours=chance.uniform(1, 20))
            yield [_corrected(event, seen, chance) for event in events]

    def _told(self, number: int, war: int, published: datetime, seen: datetime) -> list[Event]:
        if self._is_talked_of(war, published):
            (sample,) = self._chance.choices(self._articles, self._weights)
        else:
            sample = self._chance.choice(self._strikes_alone)
        article = sample[0].article
        moved = published - (article.published_at or published)
        ref = replace(
            article,
            id=f"article-{number}",
            source=f"Outlet {self._chance.randrange(OUTLETS)}",
            published_at=published,
            seen_at=seen,
            content_hash=f"{number:032x}",
            fingerprint=self._fingerprint(war).hex(),
        )
        return [
            self._retold(event, ref, war, moved, f"{number}-{place}") for place, event in enumerate(sample)
        ]

    def _retold(self, event: Event, ref: ArticleRef, war: int, moved: timedelta, name: str) -> Event:
        conflict = "|".join(f"{side}.{war}" for side in (event.conflict or "").split("|"))
        if isinstance(event, StrikeEvent):
            return replace(
                event,
                event_id=name,
                article=ref,
                conflict=conflict,
                event_time=_moved(event.event_time, moved),
                actors=_sided(event.actors, war),
                recipients=_sided(event.recipients, war),
                killed=_figure(event.killed, self._chance),
                injured=_figure(event.injured, self._chance),
            )
        if event.declared_at is not None:
            moved = self._truce(war, event.declared_at.start + moved) - event.declared_at.start
        return replace(
            event,
            event_id=name,
            article=ref,
            conflict=conflict,
            event_time=_moved(event.event_time, moved),
            declared_at=_moved(event.declared_at, moved),
            effective_from=_moved(event.effective_from, moved),
            effective_until=_moved(event.effective_until, moved),
            parties=_sided(event.parties, war),
            bound=_sided(event.bound, war),
            rejecting=_sided(event.rejecting, war),
            speaker=_sided(event.speaker, war),
        )

    def _is_talked_of(self, war: int, moment: datetime) -> bool:
        """Whether a ceasefire of the war is news."""
        since = moment - BEGIN - timedelta(days=self._truces[war])
        return since >= timedelta() and since % timedelta(days=TRUCE_EVERY) < timedelta(days=TALKED_OF)

    def _truce(self, war: int, moment: datetime) -> datetime:
        """When the last ceasefire before a moment was declared, or that moment where there was none."""
        first = BEGIN + timedelta(days=self._truces[war])
        return moment if moment < first else moment - (moment - first) % timedelta(days=TRUCE_EVERY)

    def _fingerprint(self, war: int) -> bytes:
        """That of a new text, or of one told before with a few words changed."""
        chance, known = self._chance, self._prints[war]
        if known and chance.random() < COPIES:
            text = bytearray(chance.choice(known[-30:]))
            for _ in range(chance.randrange(20)):
                text[chance.randrange(len(text))] = chance.randrange(256)
        else:
            text = bytearray(chance.randbytes(64))
        known.append(bytes(text))
        return bytes(text)


def _corrected(event: Event, seen: datetime, chance: random.Random) -> Event:
    ref = replace(event.article, seen_at=seen, content_hash=f"{event.article.content_hash}-2")
    name = f"{event.event_id}-2"
    if isinstance(event, DiplomacyEvent):
        return replace(event, event_id=name, article=ref)
    return replace(event, event_id=name, article=ref, killed=_figure(event.killed, chance))


def _moved(interval: E, by: timedelta) -> E:
    if interval is None:
        return interval
    return replace(interval, start=interval.start + by, end=interval.end + by)


def _sided(actors: tuple[Actor, ...], war: int) -> tuple[Actor, ...]:
    return tuple(replace(actor, id=f"{actor.id}.{war}", side=f"{actor.side}.{war}") for actor in actors)


def _figure(quantity: Quantity | None, chance: random.Random) -> Quantity | None:
    if quantity is None or chance.random() < 0.5:
        return quantity
    return replace(quantity, low=quantity.low + chance.randrange(3), high=None)
