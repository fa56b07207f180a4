"""A short run of the fault harness, so that every change goes through some crashes. Long ones: `make faults`."""

from __future__ import annotations

import pytest

from tests.conftest import require_kafka
from tests.faults.run import Wanted, run
from tests.faults.verdict import Verdict

FAULTS = 20
"""One of each kind."""


@pytest.mark.kafka
@pytest.mark.slow
def test_nothing_is_lost_or_wrong_after_one_fault_of_each_kind() -> None:
    require_kafka()
    said: list[str] = []
    wanted = Wanted(seed=3, faults=FAULTS, minutes=4, nodes=3)
    result = run(wanted, say=said.append)
    findings = [*result.verdict.lost, *result.verdict.wrong]
    assert not findings, "\n".join([*said, *findings[:20], result.line(wanted)])
    assert result.faults.total() >= FAULTS - 3, said
    assert result.verdict.figures["alerts"] > 0


def test_a_verdict_with_findings_is_not_good() -> None:
    assert Verdict().good
    assert not Verdict(lost=["an alert"]).good
    assert not Verdict(wrong=["an alert"]).good
