"""`make bench`: articles per second, events per second, rebuilds and start times, on one core.

The yardstick in the same run is spaCy's full pipeline over the whole text of the same articles: what reading
everything would cost. Relevant articles are those of the sample stream that give events, whole ones the annotated
articles beside the repository where there are any; irrelevant ones are put together from the paragraphs of
`everyday.txt`.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from tests.bench.event_log import event_log
from tests.bench.extraction import extraction_figures, relevant_articles
from tests.factories import make_article_ref, make_diplomacy, make_strike
from worker.correlation import Policy, advance, new_state
from worker.extraction import extract_many, load_parser
from worker.lexicon import load_lexicon
from worker.streaming.continuity import Run
from worker.streaming.engine import CorrelationEngine
from worker.streaming.partition_state import PartitionState
from worker.streaming.record import Record
from worker.wire import encode_event

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from worker.event import Event
    from worker.extraction import Parser
    from worker.lexicon import Lexicon

REBUILT, PORTION = 100_000, 500


def main() -> int:
    """Print the figures, as a table or as one line of JSON."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each measure (default: 5)")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = measure(arguments.seconds)
    if arguments.json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        width = max(map(len, figures))
        sys.stdout.writelines(f"{name:{width}}  {value:>12,.2f}\n" for name, value in figures.items())
    return 0


def measure(seconds: float) -> dict[str, float]:
    """All figures by name; each rate is taken over at least `seconds`."""
    started = time.perf_counter()
    lexicon = load_lexicon()
    loaded = time.perf_counter()
    parser = load_parser()
    ready = time.perf_counter()
    figures = {"lexicon loaded, s": loaded - started, "parser loaded, s": ready - loaded}
    figures |= extraction_figures(lexicon, parser, seconds)
    events = stream_of_events(2_000)
    figures["events correlated/s"] = rate(partial(correlate, events), len(events), seconds)
    figures |= rebuild_figures(lexicon, parser, REBUILT)
    figures["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def rebuild_figures(lexicon: Lexicon, parser: Parser, count: int) -> dict[str, float]:
    """The state of a partition built from its log, against the standard library reading the same JSON.

    Both in turns, portion by portion, so that a machine busy with something else slows both; processor time.
    """
    samples = [
        event
        for answer in extract_many(relevant_articles(lexicon, parser), lexicon, parser)
        for event in answer.events
    ]
    events = event_log(samples, count)
    values = [encode_event(event) for event in events]
    times = [round(event.article.seen_at.timestamp() * 1000) for event in events]
    records = tuple(
        Record(topic="events", partition=0, offset=offset, timestamp=at, key=None, value=value)
        for offset, (at, value) in enumerate(zip(times, values, strict=True))
    )
    state = PartitionState(CorrelationEngine(Policy()), start=0, tail=1000)
    reading = folding = 0.0
    for start in range(0, count, PORTION):
        portion = records[start : start + PORTION]
        started = time.process_time()
        for value in values[start : start + PORTION]:
            json.loads(value)
        read = time.process_time()
        state.fold(Run(tp=("events", 0), start=start, end=start + len(portion), records=portion))
        gc.freeze()
        reading += read - started
        folding += time.process_time() - read
    return {
        f"{count:,} events rebuilt, s": folding,
        f"{count:,} json.loads, s": reading,
        "rebuilt, times json.loads": folding / reading,
    }


def rate(work: Callable[[], object], items: int, seconds: float) -> float:
    """Items per second of repeated `work`, after one round to warm up."""
    work()
    rounds, started = 0, time.perf_counter()
    while (spent := time.perf_counter() - started) < seconds:
        work()
        rounds += 1
    return rounds * items / spent


def stream_of_events(count: int) -> list[Event]:
    """A ceasefire every hundred events and strikes after it, half an hour apart, each from an article of its own."""
    begin = datetime(2025, 1, 1, tzinfo=UTC)
    events: list[Event] = []
    for number in range(count):
        at = begin + timedelta(minutes=30 * number)
        ref = replace(make_article_ref(f"article-{number}"), published_at=at, seen_at=at)
        events.append(make_diplomacy(article=ref) if number % 100 == 0 else make_strike(article=ref))
    return events


def correlate(events: Sequence[Event]) -> int:
    """Fold the events into an empty memory; how many alerts were published."""
    state, policy = new_state("RUS|UKR"), Policy()
    return sum(len(advance(state, event, policy).alerts) for event in events)


if __name__ == "__main__":
    sys.exit(main())
