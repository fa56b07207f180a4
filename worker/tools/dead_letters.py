"""Messages that were put aside: list, show, and send again to where they came from."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kafka import TopicPartition
from kafka.errors import KafkaError

from worker.tools.clients import BrokerError, batches, consumer, partitions_of, producer
from worker.wire import InvalidMessage, Reason, decode_dead_letter, headers_for_replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from worker.settings import Settings
    from worker.wire import DeadLetter

WAIT = 0.5
PATIENCE = 10
"""Empty polls in a row, before the end of a partition, after which its reading is given up."""
REPLAYED = "trucewatch.replay_of"
"""Header of a message that was sent again: topic/partition/offset of its dead letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A dead letter and where it lies itself. `letter` is None, and `fault` says why, if it is unreadable."""

    topic: str
    partition: int
    offset: int
    letter: DeadLetter | None
    fault: str | None = None

    @property
    def position(self) -> str:
        """topic/partition/offset."""
        return f"{self.topic}/{self.partition}/{self.offset}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which dead letters are meant; what is None does not matter."""

    topic: str | None = None
    """Full name of the dead-letter topic."""
    reason: Reason | None = None
    engine: str | None = None
    """Version of the code that refused it."""
    partition: int | None = None
    offset: int | None = None

    def admits(self, found: Found) -> bool:
        """Whether this one is meant. An unreadable one has no reason and no engine."""
        letter = found.letter
        return (
            (self.partition is None or found.partition == self.partition)
            and (self.offset is None or found.offset == self.offset)
            and (self.reason is None or (letter is not None and letter.reason is self.reason))
            and (self.engine is None or (letter is not None and letter.engine == self.engine))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What a replay did."""

    sent: int
    already: int
    """Left out because they were sent again before."""
    unkept: int
    """Left out because the original was too large to be kept."""


def dead_letter_topics(settings: Settings) -> tuple[str, ...]:
    """Full names of the topics that dead letters lie in."""
    return settings.dead_letters_of(settings.articles), settings.dead_letters_of(settings.events)


def read_dead_letters(settings: Settings, wanted: Filter | None = None) -> Iterator[Found]:
    """The dead letters there are now, oldest first within a partition. Raises BrokerError."""
    wanted = wanted or Filter()
    topics = dead_letter_topics(settings) if wanted.topic is None else (wanted.topic,)
    client = consumer(settings)
    try:
        for record in _all_records(client, topics):
            found = _found(record)
            if wanted.admits(found):
                yield found
    except KafkaError as error:
        raise BrokerError(f"dead letters cannot be read: {error}") from error
    finally:
        client.close()


def replay_dead_letters(
    settings: Settings,
    wanted: Filter | None = None,
    *,
    again: bool = False,
    told: Callable[[Found], None] | None = None,
) -> Replay:
    """Send the original messages again, key and value untouched, to the topics they came from.

    Idempotent: each carries the position of its dead letter in a header, and those found on their topic
    already are left out (unless `again`). Two replays at the same moment may still both send one; that is
    harmless, as event ids are made from the content. Only our own topics are written to, whatever a dead
    letter says of its origin. Raises BrokerError.
    """
    origins = {settings.dead_letters_of(topic): topic for topic in (settings.articles, settings.events)}
    chosen = [found for found in read_dead_letters(settings, wanted) if found.letter is not None]
    unkept = [found for found in chosen if found.letter is not None and found.letter.origin.value is None
              and found.letter.reason is not Reason.NO_VALUE]  # fmt: skip
    gone = {found.position for found in unkept}
    before: set[str] = set()
    if not again:
        for topic in {origins[found.topic] for found in chosen if found.topic in origins}:
            before |= replayed_before(settings, topic)
    sending = [
        found
        for found in chosen
        if found.topic in origins and found.position not in before and found.position not in gone
    ]
    _send(settings, sending, origins, told)
    already = sum(found.position in before for found in chosen)
    return Replay(sent=len(sending), already=already, unkept=len(unkept))


def replayed_before(settings: Settings, topic: str) -> set[str]:
    """Positions of the dead letters whose messages were sent to `topic` again."""
    client = consumer(settings)
    try:
        return {
            value.decode("utf-8", "replace")
            for record in _all_records(client, [topic])
            for name, value in record.headers or ()
            if name == REPLAYED and value is not None
        }
    finally:
        client.close()


def _send(
    settings: Settings,
    sending: list[Found],
    origins: dict[str, str],
    told: Callable[[Found], None] | None,
) -> None:
    if not sending:
        return
    client = producer(settings)
    try:
        for found in sending:
            letter = found.letter
            if letter is None:
                continue
            # A history of the letter itself, and not one that it was replayed under before.
            original = dataclasses.replace(letter.origin, headers=_without_mark(letter.origin.headers))
            headers = headers_for_replay(dataclasses.replace(letter, origin=original))
            client.send(
                origins[found.topic],
                key=letter.origin.key,
                value=letter.origin.value,
                headers=[*headers, (REPLAYED, found.position.encode())],
            ).get(timeout=150)
            if told is not None:
                told(found)
    except KafkaError as error:
        raise BrokerError(f"a message could not be sent again: {error}") from error
    finally:
        client.close(timeout=5)


def _without_mark(
    headers: tuple[tuple[str, bytes | None], ...],
) -> tuple[tuple[str, bytes | None], ...]:
    return tuple((name, value) for name, value in headers if name != REPLAYED)


def _all_records(client: Any, topics: Iterable[str]) -> Iterator[Any]:  # noqa: ANN401 - kafka-python is untyped
    """The records of topics from the first to those that are last now, each partition in order."""
    places = [TopicPartition(topic, number) for topic in topics for number in partitions_of(client, topic)]
    client.assign(places)
    client.seek_to_beginning(*places)
    ends, quiet = client.end_offsets(places), 0
    for records in batches(client, wait=WAIT):
        yield from records
        quiet = 0 if records else quiet + 1
        # The embedded broker reports an end that is too early: one empty poll more decides there.
        if quiet and (quiet >= PATIENCE or all(client.position(place) >= ends[place] for place in places)):
            return


def _found(record: Any) -> Found:  # noqa: ANN401 - kafka-python is untyped
    place = {"topic": record.topic, "partition": record.partition, "offset": record.offset}
    try:
        return Found(**place, letter=decode_dead_letter(record.value))
    except InvalidMessage as error:
        return Found(**place, letter=None, fault=str(error))
