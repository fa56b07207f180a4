"""kafka-python clients from the settings: one place for addresses, TLS and SASL."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.errors import KafkaError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.settings import Settings

MOST_BYTES = 16 * 1024 * 1024
"""Largest message sent or read; the brokers' own limits are below."""


BOOTSTRAP_MS = 10_000
"""How long brokers may keep silent before a command gives up."""


class BrokerError(Exception):
    """The brokers cannot be reached, or refuse what is asked of them. The message is for the operator."""


def connection(settings: Settings) -> dict[str, Any]:
    """The options that every client takes."""
    options: dict[str, Any] = {
        "bootstrap_servers": list(settings.brokers),
        "security_protocol": settings.security_protocol.value,
        "client_id": "trucewatch-tools",
        "bootstrap_timeout_ms": BOOTSTRAP_MS,
    }
    if settings.uses_tls:
        options |= {
            "ssl_check_hostname": settings.ssl_check_hostname,
            "ssl_cafile": _text(settings.ssl_ca_file),
            "ssl_certfile": _text(settings.ssl_cert_file),
            "ssl_keyfile": _text(settings.ssl_key_file),
            "ssl_password": settings.ssl_key_password,
        }
    if settings.uses_sasl:
        options |= {
            "sasl_mechanism": settings.sasl_mechanism.value,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": settings.sasl_password,
        }
    return options


def admin_client(settings: Settings) -> KafkaAdminClient:
    """A client for topics and groups. Raises BrokerError."""
    return _made(KafkaAdminClient, settings, request_timeout_ms=20_000)


def producer(settings: Settings) -> KafkaProducer:
    """A producer that waits for all in-sync replicas and keeps the order. Raises BrokerError."""
    return _made(
        KafkaProducer,
        settings,
        acks="all",
        enable_idempotence=False,
        max_in_flight_requests_per_connection=1,
        retries=1_000,
        delivery_timeout_ms=120_000,
        linger_ms=5,
        batch_size=settings.producer_batch_bytes,
        max_request_size=MOST_BYTES,
    )


def consumer(settings: Settings) -> KafkaConsumer:
    """A consumer outside any group, which commits nothing. Raises BrokerError."""
    return _made(
        KafkaConsumer,
        settings,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )


def partitions_of(client: KafkaConsumer, topic: str) -> list[int]:
    """The partitions of a topic in order. Raises BrokerError if there is no such topic."""
    found = client.partitions_for_topic(topic)
    if not found:
        raise BrokerError(f"no topic {topic!r}: `trucewatch topics create` makes it")
    return sorted(found)


def batches(client: KafkaConsumer, *, wait: float) -> Iterator[list[Any]]:
    """What arrives, batch by batch, for ever; an empty list after `wait` seconds without anything."""
    while True:
        found = client.poll(timeout_ms=int(wait * 1000), max_records=500)
        yield sorted(
            (record for records in found.values() for record in records),
            key=lambda record: (record.topic, record.partition, record.offset),
        )


def _made(kind: Any, settings: Settings, **options: Any) -> Any:  # noqa: ANN401 - kafka-python is untyped
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
    try:
        return kind(**connection(settings), **options)
    except KafkaError as error:
        raise BrokerError(f"no broker at {', '.join(settings.brokers)}: {error}") from error
    except OSError as error:
        raise BrokerError(f"cannot connect to {', '.join(settings.brokers)}: {error}") from error


def _text(path: object) -> str | None:
    return None if path is None else str(path)
