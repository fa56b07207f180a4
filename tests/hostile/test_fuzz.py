"""A few hundred fuzzed inputs in every run of the tests; `make fuzz` tries many thousands."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.hostile.fuzzing import TARGETS
from tests.hostile.hanging import without_hanging


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_is_answered_or_refused(name: str) -> None:
    strategy, check, _ = TARGETS[name]

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def run(value: object) -> None:
        with without_hanging(name):
            check(value)

    run()
