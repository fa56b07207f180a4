"""Fuzz every target: `python -m tests.hostile [EXAMPLES]`; the last line counts what was tried."""

from __future__ import annotations

import sys
import time

from hypothesis import HealthCheck, Phase, given, settings

from tests.hostile.fuzzing import TARGETS, key_of
from tests.hostile.hanging import without_hanging

EXAMPLES = 12_000


def fuzz(name: str, examples: int) -> tuple[int, float]:
    """Run one target; gives the number of distinct inputs and the longest time of one."""
    strategy, check, _ = TARGETS[name]
    seen: set[bytes] = set()
    longest = 0.0

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def run(value: object) -> None:
        nonlocal longest
        seen.add(key_of(value))
        started = time.process_time()
        with without_hanging(name):
            check(value)
        longest = max(longest, time.process_time() - started)

    run()
    return len(seen), longest


def main(examples: int) -> None:
    """Run all targets and say what was done."""
    total, started = 0, time.monotonic()
    for name, (_, _, share) in TARGETS.items():
        distinct, longest = fuzz(name, int(examples * share))
        total += distinct
        sys.stdout.write(f"{name}: {distinct} distinct inputs, the longest took {longest:.2f} s\n")
        sys.stdout.flush()
    sys.stdout.write(f"{total} distinct inputs, no crash, no hang, {time.monotonic() - started:.0f} s\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES)
