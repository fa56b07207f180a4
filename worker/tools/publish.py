"""Sending articles to the articles topic, and knowing that they have arrived."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from kafka.errors import KafkaError

from worker.tools.clients import BrokerError, partitions_of, producer
from worker.tools.clients import consumer as plain_consumer
from worker.wire import encode_article, headers_for_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from worker.article import Article
    from worker.settings import Settings

IN_FLIGHT = 1_000
"""Messages sent ahead of their acknowledgements: memory stays small however long the input is."""
ACK_TIMEOUT = 150.0


def publish(
    articles: Iterable[Article],
    settings: Settings,
    *,
    acknowledged: Callable[[int], None] | None = None,
) -> int:
    """Send the articles keyed by article_id, in order; how many the brokers have acknowledged, which is all.

    `acknowledged` is called with the number so far, for a progress bar. Raises BrokerError where the topic is
    missing or a broker does not take an article; what was acknowledged before stays sent (and sending it again
    changes nothing: event ids are made from the content).
    """
    require_topic(settings, settings.articles)
    client = producer(settings)
    sent, waiting = 0, deque[Any]()
    try:
        for article in articles:
            waiting.append(
                client.send(
                    settings.articles,
                    key=article.article_id.encode(),
                    value=encode_article(article),
                    headers=headers_for_article(article),
                )
            )
            while waiting and (len(waiting) >= IN_FLIGHT or waiting[0].is_done):
                sent = _settle(waiting, sent, acknowledged)
        while waiting:
            sent = _settle(waiting, sent, acknowledged)
    except KafkaError as error:
        raise BrokerError(f"{settings.articles}: article {sent + 1} was not taken: {error}") from error
    finally:
        client.close(timeout=5)
    return sent


def require_topic(settings: Settings, topic: str) -> None:
    """Raise BrokerError if there is no such topic: a producer would wait for it, or make it, unasked."""
    client = plain_consumer(settings)
    try:
        partitions_of(client, topic)
    finally:
        client.close()


def _settle(waiting: deque[Any], sent: int, acknowledged: Callable[[int], None] | None) -> int:
    waiting.popleft().get(timeout=ACK_TIMEOUT)
    if acknowledged is not None:
        acknowledged(sent + 1)
    return sent + 1
