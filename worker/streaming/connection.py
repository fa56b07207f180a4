"""How the worker reaches its brokers: addresses, TLS and SASL, for Faust and for plain aiokafka clients."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import faust
from aiokafka import AIOKafkaConsumer

from worker.settings import SettingsError

if TYPE_CHECKING:
    from worker.settings import Settings


def tls_context(settings: Settings) -> ssl.SSLContext | None:
    """The TLS context, or None for connections without TLS. Raises SettingsError naming the file."""
    if not settings.uses_tls:
        return None
    try:
        context = ssl.create_default_context(
            cafile=None if settings.ssl_ca_file is None else str(settings.ssl_ca_file)
        )
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"TRUCEWATCH_SSL_CA_FILE: {settings.ssl_ca_file}: {error}") from None
    context.check_hostname = settings.ssl_check_hostname
    if settings.ssl_cert_file is not None:
        key = settings.ssl_key_file
        try:
            context.load_cert_chain(settings.ssl_cert_file, key, settings.ssl_key_password)
        except (OSError, ssl.SSLError) as error:
            where = f"{settings.ssl_cert_file}, {key}"
            raise SettingsError(
                f"TRUCEWATCH_SSL_CERT_FILE, TRUCEWATCH_SSL_KEY_FILE: {where}: {error}"
            ) from None
    return context


def faust_credentials(settings: Settings) -> Any:  # noqa: ANN401 - Faust is untyped
    """What Faust's `broker_credentials` takes; None for plain text."""
    context = tls_context(settings)
    if settings.uses_sasl:
        return faust.SASLCredentials(
            username=settings.sasl_username,
            password=settings.sasl_password,
            mechanism=settings.sasl_mechanism.value,
            ssl_context=context,
        )
    return None if context is None else faust.SSLCredentials(context=context)


def plain_consumer(settings: Settings) -> AIOKafkaConsumer:
    """A consumer without a group, not started: it reads logs from the beginning and commits nothing."""
    sasl: dict[str, Any] = {}
    if settings.uses_sasl:
        sasl = {
            "sasl_mechanism": settings.sasl_mechanism.value,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": settings.sasl_password,
        }
    return AIOKafkaConsumer(
        bootstrap_servers=list(settings.brokers),
        client_id="trucewatch-log-reader",
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        request_timeout_ms=int(settings.request_timeout * 1000),
        max_partition_fetch_bytes=4 * 1024 * 1024,
        security_protocol=settings.security_protocol.value,
        ssl_context=tls_context(settings),
        **sasl,
    )
