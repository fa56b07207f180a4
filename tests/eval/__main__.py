"""`make eval`: streams against the alerts expected of them, and every annotated corpus against its floors.

Corpora are the project's golden cases and, where there are any, those of a directory beside the repository
(`../shared/eval`; ARGS="--corpus DIR" names another). Each measure's errors are written out to read (`--errors DIR`).
A figure below its floor fails; ARGS=--raise takes higher figures over as floors.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.eval.answers import answers_to, wholly_right
from tests.eval.classes import error_classes
from tests.eval.corpora import BESIDE, beside, golden
from tests.eval.errors import write_errors
from tests.eval.floors import below, raised, read_floors, write_floors
from tests.eval.measures import measure
from tests.eval.samples import judge_beside, judge_samples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.eval.corpora import Corpus
    from tests.eval.floors import Floors
    from tests.eval.measures import Figure

ROOT = Path(__file__).parents[2]
WORST = 10
"""Classes of errors that are shown."""


def main() -> int:
    """Print all figures; 1 where one is below its floor or a stream does not give its alerts."""
    parser = argparse.ArgumentParser(prog="make eval", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=BESIDE, metavar="DIR")
    parser.add_argument("--errors", type=Path, default=ROOT / "build" / "eval", metavar="DIR")
    parser.add_argument("--only", metavar="NAME", help="one corpus alone: golden, items_dev, …")
    parser.add_argument(
        "--raise", action="store_true", dest="lift", help="take higher figures over as floors"
    )
    arguments = parser.parse_args()
    failed = False
    if arguments.only is None:
        for verdict in (judge_samples(), *judge_beside(arguments.corpus)):
            sys.stdout.write(str(verdict))
            failed |= not verdict.right
    floors = read_floors()
    for corpus in (golden(), *beside(arguments.corpus)):
        if arguments.only not in {None, corpus.name}:
            continue
        figures = _judge(corpus, floors.get(corpus.name), arguments.errors)
        if arguments.lift:
            floors[corpus.name] = raised(floors.get(corpus.name), corpus.digest, figures)
        failed |= _is_below(corpus, floors.get(corpus.name), figures)
    if arguments.lift:
        write_floors(floors)
    sys.stdout.write(f"\nWhat is not right, case by case: {arguments.errors}\n")
    return int(failed)


def _judge(corpus: Corpus, floors: Floors | None, errors: Path) -> dict[str, Figure]:
    answers = answers_to(corpus.cases)
    figures = measure(corpus.cases, answers)
    write_errors(errors, corpus, figures, answers)
    known = floors.least if floors is not None and floors.digest == corpus.digest else {}
    sys.stdout.write(f"\n{corpus.name} ({len(corpus.cases)} cases, {corpus.digest})\n")
    for name, figure in figures.items():
        sys.stdout.write(_line(name, figure, known))
    sys.stdout.write("\n  most frequent errors\n")
    for name, count in error_classes(corpus.cases, answers).most_common(WORST):
        sys.stdout.write(f"  {count:4} {name}\n")
    kinds = dict.fromkeys(case.kind for case in corpus.cases)
    if len(kinds) > 1:
        sys.stdout.write("\n  wholly right, by kind of case\n")
        for kind in kinds:
            cases = [case for case in corpus.cases if case.kind == kind]
            right = sum(wholly_right(case, answers) for case in cases)
            sys.stdout.write(f"  {kind:30} {right:3} of {len(cases)}\n")
    return figures


def _line(name: str, figure: Figure, least: Mapping[str, float]) -> str:
    floor = f"floor {least[name]:.{0 if figure.share else 3}f}" if name in least else "no floor"
    if figure.share:
        return f"  {name:30} {figure.score:.3f}  ({figure.right} of {figure.of})  {floor}\n"
    return (
        f"  {name:30} {figure.score:.3f}  (P {figure.precision:.3f}, R {figure.recall:.3f}; right {figure.right}, "
        f"surplus {figure.surplus}, missing {figure.missing})  {floor}\n"
    )


def _is_below(corpus: Corpus, floors: Floors | None, figures: Mapping[str, Figure]) -> bool:
    if floors is None or floors.digest != corpus.digest:
        sys.stdout.write(f"  {corpus.name} has no floors in this state: ARGS=--raise sets them.\n")
        return corpus.name == "golden"
    missed = below(floors, figures)
    for name, (least, reached) in missed.items():
        sys.stdout.write(f"  BELOW ITS FLOOR  {name}: {reached:.3f} < {least:.3f}\n")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
