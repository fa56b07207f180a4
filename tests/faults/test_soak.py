"""More articles than a worker can read, for half a minute. For long: `make soak`."""

from __future__ import annotations

import pytest

from tests.conftest import require_kafka
from tests.faults.soak import soak

SECONDS = 25.0


@pytest.mark.kafka
@pytest.mark.slow
def test_a_worker_that_cannot_keep_up_says_so_and_loses_nothing() -> None:
    require_kafka()
    said: list[str] = []
    soaked = soak(SECONDS, say=said.append)
    assert not soaked.problems, "\n".join([*said, *soaked.problems[:20], soaked.line()])
    assert soaked.figures["alert_messages"] > 0
