"""`make eval`: the sample stream against the alerts that it should give, then annotated corpora where there are any.

A corpus is a directory with `NAME.articles.jsonl`, `NAME.gold.jsonl` and the `score.py` that compares an extraction
with them. It is looked for in `../shared/eval` beside the repository; ARGS="--corpus DIR" names another.
ARGS="--errors 20" prints the first wrong items of each measure.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.eval.samples import judge_samples

ROOT = Path(__file__).parents[2]
TRUCEWATCH = [sys.executable, "-m", "worker"]


def main() -> int:
    """Print all figures; 1 where the sample stream does not give its alerts or a corpus could not be scored."""
    parser = argparse.ArgumentParser(prog="make eval", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    verdict = judge_samples()
    sys.stdout.write(str(verdict))
    failed = not verdict.right
    corpora = (
        sorted(arguments.corpus.glob("*.gold.jsonl")) if (arguments.corpus / "score.py").exists() else []
    )
    for gold in corpora:
        failed |= score(gold, arguments.corpus / "score.py", errors=arguments.errors) != 0
    if not corpora:
        sys.stdout.write(f"\nNo annotated corpus in {arguments.corpus}.\n")
    return int(failed)


def score(gold: Path, scorer: Path, *, errors: int) -> int:
    """Extract and replay the articles of one corpus and have them scored; the exit code of what failed, or 0."""
    name = gold.name.removesuffix(".gold.jsonl")
    articles = gold.with_name(f"{name}.articles.jsonl")
    digest = hashlib.blake2b(articles.read_bytes() + gold.read_bytes(), digest_size=6).hexdigest()
    sys.stdout.write(f"\n{name} ({digest})\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as directory:
        events, alerts = Path(directory, "events.jsonl"), Path(directory, "alerts.jsonl")
        with events.open("wb") as output:
            extract = subprocess.run(
                [*TRUCEWATCH, "extract", "--json", str(articles)], stdout=output, check=False
            )
        replay = subprocess.run(
            [*TRUCEWATCH, "replay", "--isolated", "--alerts", str(alerts), str(articles)],
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if code := extract.returncode or replay.returncode:
            return code
        command = [
            sys.executable,
            str(scorer),
            str(gold),
            str(events),
            "--alerts",
            str(alerts),
            "--errors",
            str(errors),
        ]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
