"""`python -m tests.faults --seed 1 --faults 20 --minutes 10` (`make faults`): exit code 0 if nothing was lost or wrong."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.faults.run import Wanted, report, run


def main() -> int:
    """Run once; the last line on standard output has the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="what stream and faults are drawn from")
    parser.add_argument("--faults", type=int, default=20, help="how many")
    parser.add_argument("--minutes", type=float, default=10.0, help="after which no more faults are begun")
    parser.add_argument("--nodes", type=int, choices=(1, 3), help="brokers; drawn from the seed if not given")
    parser.add_argument(
        "--static", action="store_true", help="workers are static members; always where 3 divides the seed"
    )
    parser.add_argument("--real", action="store_true", help="workers run the real extraction")
    parser.add_argument("--keep", type=Path, help="where logs and snapshots are copied to")
    given = parser.parse_args()
    wanted = Wanted(
        seed=given.seed,
        faults=given.faults,
        minutes=given.minutes,
        nodes=given.nodes or (1 if given.seed % 4 == 0 else 3),
        static=given.static or given.seed % 3 == 0,
        real=given.real,
        keep=given.keep,
    )

    def say(text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    return report(wanted, run(wanted, say=say))


if __name__ == "__main__":
    sys.exit(main())
