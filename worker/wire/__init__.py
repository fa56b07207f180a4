"""Bytes on a topic to domain values and back; pure, and the only part that knows JSON.

- `articles`, `events`, `alerts`, `dead_letters`: one module per topic, `decode_*` and `encode_*`
- `headers`: the CloudEvents headers that go with each message
- `errors`: `InvalidMessage` and the stable `Reason` codes; nothing else is ever raised for bad bytes
- `shapes`: the types that a JSON text is decoded into; `parts`, `times`: what several messages share
- `html_text`: pages to text
- `schemas`: the JSON Schemas of `schemas/`, compiled at first use; `jsontext`: the JSON library
"""

from worker.wire.alerts import alert_to_dict, decode_alert, encode_alert
from worker.wire.articles import decode_article, encode_article
from worker.wire.dead_letters import (
    DeadLetter,
    Origin,
    dead_letter,
    decode_dead_letter,
    encode_dead_letter,
)
from worker.wire.errors import InvalidMessage, Reason
from worker.wire.events import decode_event, encode_event, event_to_dict
from worker.wire.headers import (
    failures_before,
    headers_for_alert,
    headers_for_article,
    headers_for_dead_letter,
    headers_for_event,
    headers_for_replay,
)
from worker.wire.jsontext import dumps, loads

__all__ = [
    "DeadLetter",
    "InvalidMessage",
    "Origin",
    "Reason",
    "alert_to_dict",
    "dead_letter",
    "decode_alert",
    "decode_article",
    "decode_dead_letter",
    "decode_event",
    "dumps",
    "encode_alert",
    "encode_article",
    "encode_dead_letter",
    "encode_event",
    "event_to_dict",
    "failures_before",
    "headers_for_alert",
    "headers_for_article",
    "headers_for_dead_letter",
    "headers_for_event",
    "headers_for_replay",
    "loads",
]
