"""Bytes on a topic to domain values and back; pure, and the only part that knows JSON.

- `articles`, `events`, `alerts`, `dead_letters`: one module per topic, `decode_*` and `encode_*`
- `headers`: the CloudEvents headers that go with each message
- `errors`: `InvalidMessage` and the stable `Reason` codes; nothing else is ever raised for bad bytes
- `parts`, `times`: what several messages share; `html_text`: pages to text
- `schemas`: the JSON Schemas of `schemas/`, compiled at first use; `jsontext`: the JSON library
"""

from worker.wire.alerts import alert_to_dict, decode_alert, encode_alert
from worker.wire.articles import decode_article, encode_article
from worker.wire.errors import InvalidMessage, Reason
from worker.wire.events import decode_event, encode_event, event_to_dict
from worker.wire.jsontext import dumps, loads

__all__ = [
    "InvalidMessage",
    "Reason",
    "alert_to_dict",
    "decode_alert",
    "decode_article",
    "decode_event",
    "dumps",
    "encode_alert",
    "encode_article",
    "encode_event",
    "event_to_dict",
    "loads",
]
