"""Brokers that tests share: started once where the first test asks for one, stopped at the end."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.brokers import EmbeddedBroker, RealKafka, kafka_missing

if TYPE_CHECKING:
    from collections.abc import Iterator


# A shell that starts a job in the background has it ignore interrupts, and its children as well, which some tests send.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def kafka() -> Iterator[RealKafka]:
    """One node of real Apache Kafka."""
    require_kafka()
    with RealKafka() as broker:
        yield broker


@pytest.fixture(scope="session")
def embedded() -> Iterator[EmbeddedBroker]:
    """The embedded broker."""
    with EmbeddedBroker() as broker:
        yield broker


def require_kafka() -> None:
    """Skip, saying why, where real Kafka is missing; in continuous integration that is a failure."""
    missing = kafka_missing()
    if missing is None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"real Kafka is required in CI: {missing}")
    pytest.skip(missing)
