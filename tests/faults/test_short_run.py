"""A short run of the fault harness, so that every change goes through some crashes. Long ones: `make faults`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import require_kafka
from tests.faults.run import Wanted, run
from tests.faults.verdict import Verdict

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = 20
"""One of each kind."""


@pytest.mark.kafka
@pytest.mark.slow
def test_nothing_is_lost_or_wrong_after_one_fault_of_each_kind(tmp_path: Path) -> None:
    require_kafka()
    said: list[str] = []
    wanted = Wanted(seed=3, faults=FAULTS, minutes=4, nodes=3, keep=tmp_path)
    result = run(wanted, say=said.append)
    findings = [*result.verdict.lost, *result.verdict.wrong]
    logs = [f"{path.name}: … {path.read_text(errors='replace')[-4000:]}" for path in tmp_path.glob("*.log")]
    assert not findings, "\n".join([*said, *findings[:20], result.line(wanted), *logs])
    assert result.faults.total() >= FAULTS - 3, said
    assert result.verdict.figures["alerts"] > 0


def test_a_verdict_with_findings_is_not_good() -> None:
    assert Verdict().good
    assert not Verdict(lost=["an alert"]).good
    assert not Verdict(wrong=["an alert"]).good
