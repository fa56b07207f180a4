"""The topics as Faust knows them: raw bytes in and out, `worker.wire` does the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from worker.settings import Settings
    from worker.streaming.outbox import Outgoing


class Topics:
    """Channels by full name, made once."""

    def __init__(self, app: Any, settings: Settings) -> None:  # noqa: ANN401 - Faust is untyped
        """Declare nothing on the broker: `trucewatch topics create` does that."""
        names = (
            settings.articles,
            settings.events,
            settings.alerts,
            settings.dead_letters_of(settings.articles),
            settings.dead_letters_of(settings.events),
        )
        self._channels = {name: raw_topic(app, name) for name in names}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - Faust's channel
        """The channel of a topic."""
        return self._channels[name]

    async def send(self, message: Outgoing) -> Awaitable[object]:
        """Hand a message to the producer; what is returned resolves when the brokers have it."""
        waiting: Awaitable[object] = await self._channels[message.topic].send(
            key=message.key,
            value=message.value,
            timestamp=None if message.timestamp is None else message.timestamp / 1000,
            headers=list(message.headers),
        )
        return waiting


def raw_topic(app: Any, name: str) -> Any:  # noqa: ANN401 - Faust is untyped
    """A topic of bytes, tombstones included."""
    return app.topic(
        name,
        key_type=bytes,
        value_type=bytes,
        key_serializer="raw",
        value_serializer="raw",
        allow_empty=True,
    )
