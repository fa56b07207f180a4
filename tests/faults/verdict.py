"""What a run has to show afterwards: nothing lost, nothing doubled, nothing wrong. Every finding is a sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.integration.harness import final, lag_of, records_of
from worker.alert import Alert, AlertStatus
from worker.streaming.continuity import Run
from worker.streaming.engine import CorrelationEngine, policy_of
from worker.streaming.partition_state import PartitionState
from worker.streaming.published import same_content
from worker.streaming.record import from_consumer
from worker.streaming.snapshots import UnusableSnapshotError, snapshot_path, unpack
from worker.wire import decode_alert, decode_dead_letter, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.faults.stream import Sent, Truth
    from tests.faults.workers import Worker
    from worker.settings import Settings
    from worker.streaming.record import Record

Revision = tuple[str, int, str]
"""Alert id, revision, engine."""


@dataclass
class Verdict:
    """Findings by sort, each a sentence, and figures."""

    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether nothing was found."""
        return not self.lost and not self.wrong


def judge(settings: Settings, truth: Truth, sent: Sequence[Sent], workers: Sequence[Worker],
          expected: Mapping[str, Alert]) -> Verdict:  # fmt: skip
    """Everything, once the workers have worked off all and have stopped."""
    verdict = Verdict()
    articles = [from_consumer(record) for record in records_of(settings, settings.articles)]
    events = [from_consumer(record) for record in records_of(settings, settings.events)]
    if lag := lag_of(settings, settings.articles, settings.events):
        verdict.lost.append(f"{lag} messages were not committed")
    _judge_arrival(articles, sent, verdict)
    _judge_articles(articles, _ends(settings, truth, workers, verdict), verdict)
    _judge_events(truth, articles, events, verdict)
    numbers = {record.partition for record in events}
    emitted = [alert for number in numbers for alert in fold(settings, events, number, None)[1]]
    _judge_alerts(settings, emitted, expected, verdict)
    _judge_snapshots(settings, events, workers, verdict)
    return verdict


def _judge_arrival(articles: Sequence[Record], sent: Sequence[Sent], verdict: Verdict) -> None:
    """The producer of the harness must have lost nothing itself (it may double when it tries again)."""
    there = {(record.key, record.value) for record in articles}
    missing = {(one.key, one.value) for one in sent} - there
    if missing:
        verdict.wrong.append(f"the harness lost {len(missing)} of its own messages: {sorted(missing)[:1]}")
    verdict.figures |= {"sent": len(sent), "articles": len(articles)}


def _judge_articles(articles: Sequence[Record], ends: Ends, verdict: Verdict) -> None:
    """Each message of `articles` has come to exactly one end, and its dead letter is there, or none."""
    tally: Counter[str] = Counter()
    for record in articles:
        place = record.partition, record.offset
        known = record.value is not None and record.value in ends.truth.events
        outcome = ends.truth.outcome(record.value or b"") if known else "dead_letter"
        tally[outcome] += 1
        if place not in ends.told:
            verdict.lost.append(f"article {place}: nobody has worked on it")
        elif ends.told[place] != {outcome}:
            verdict.wrong.append(f"article {place}: {ends.told[place]}, not {outcome}")
        if known and place in ends.reasons:
            verdict.wrong.append(f"article {place}: a dead letter, {ends.reasons[place]}")
        if not known and len(ends.reasons.get(place, ())) != 1:
            verdict.lost.append(f"garbage {place}: dead letters {ends.reasons.get(place)}")
    verdict.figures |= {f"articles_{name}": count for name, count in sorted(tally.items())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """What became of articles, by partition and offset: outcomes that workers logged, reasons of dead letters."""

    truth: Truth
    told: Mapping[tuple[int, int], set[str]]
    reasons: Mapping[tuple[int, int], set[str]]


def _ends(settings: Settings, truth: Truth, workers: Sequence[Worker], verdict: Verdict) -> Ends:
    told: dict[tuple[int, int], set[str]] = {}
    for worker in workers:
        for line in worker.log_lines():
            if line.get("logger") == "trucewatch.extract" and line.get("event") == "article":
                place = int(str(line["partition"])), int(str(line["offset"]))
                told.setdefault(place, set()).add(str(line["outcome"]))
    reasons: dict[tuple[int, int], set[str]] = {}
    letters = records_of(settings, settings.dead_letters_of(settings.articles))
    for record in letters:
        letter = decode_dead_letter(record.value)
        place = letter.origin.partition, letter.origin.offset
        reasons.setdefault(place, set()).add(letter.reason.value)
    if strange := len(records_of(settings, settings.dead_letters_of(settings.events))):
        verdict.wrong.append(f"{strange} events became dead letters")
    verdict.figures["dead_letters"] = len(letters)
    return Ends(truth=truth, told=told, reasons=reasons)


def _judge_events(
    truth: Truth, articles: Sequence[Record], events: Sequence[Record], verdict: Verdict
) -> None:
    """All events of the articles are there, byte for byte, at least once, and no others."""
    wanted = {event for record in articles for event in truth.events.get(record.value or b"", ())}
    found = {record.value for record in events}
    verdict.lost += [f"event lost: {event!r}" for event in wanted - found]
    verdict.wrong += [f"event of no article: {event!r}" for event in found - wanted]
    verdict.figures |= {"events": len(wanted), "event_messages": len(events)}


def fold(
    settings: Settings, events: Sequence[Record], number: int, end: int | None
) -> tuple[PartitionState, list[Alert]]:
    records = tuple(
        record for record in events if record.partition == number and (end is None or record.offset < end)
    )
    state = PartitionState(CorrelationEngine(policy_of(settings)), start=0, tail=settings.replay_tail)
    last = records[-1].offset + 1 if records else 0
    folded = state.fold(Run(tp=(settings.events, number), start=0, end=last, records=records))
    return state, [alert for each in folded for alert in each.alerts]


def _judge_alerts(
    settings: Settings, emitted: Iterable[Alert], expected: Mapping[str, Alert], verdict: Verdict
) -> None:
    """Every revision on the topic is one that the log gives; the highest ones are those of the log's end."""
    right = {_revision(alert): alert for alert in emitted}
    records: list[Any] = records_of(settings, settings.alerts)
    published = [decode_alert(record.value) for record in records]
    seen: dict[Revision, Alert] = {}
    for alert in published:
        key = _revision(alert)
        if seen.setdefault(key, alert) != alert:
            verdict.wrong.append(f"alert {key}: two contents")
        if right.get(key) != alert:
            verdict.wrong.append(f"alert {key}: the log gives {'another' if key in right else 'none'}")
    highest, due = final(published), final(right.values())
    verdict.lost += [f"alert {name}: lost" for name in due.keys() - highest.keys()]
    verdict.lost += [
        f"alert {name}: revision {highest[name].revision}, the log ends at {due[name].revision}"
        for name in due.keys() & highest.keys()
        if highest[name].revision != due[name].revision
    ]
    standing = {n: alert for n, alert in highest.items() if alert.status is not AlertStatus.RETRACTED}
    verdict.lost += [f"alert {name}: expected, not there" for name in expected.keys() - standing.keys()]
    verdict.wrong += [f"alert {name}: not expected" for name in standing.keys() - expected.keys()]
    verdict.wrong += [
        f"alert {name}: not the content expected"
        for name in standing.keys() & expected.keys()
        if not same_content(standing[name], expected[name])
    ]
    last = {alert.alert_id: alert.revision for alert in published}
    verdict.figures |= {
        "alerts": len(standing),
        "retracted": len(highest) - len(standing),
        "alert_messages": len(published),
        "last_not_highest": sum(last[name] < alert.revision for name, alert in highest.items()),
    }


def _revision(alert: Alert) -> Revision:
    return alert.alert_id, alert.revision, alert.engine


def _judge_snapshots(
    settings: Settings,
    events: Sequence[Record],
    workers: Sequence[Worker],
    verdict: Verdict,
) -> None:
    """What each worker wrote down of a partition is the fold of that partition's log up to there."""
    ends = {number: max(r.offset + 1 for r in events if r.partition == number)
            for number in {record.partition for record in events}}  # fmt: skip
    engine = CorrelationEngine(policy_of(settings)).id
    reached: set[int] = set()
    for worker in workers:
        for number, end in ends.items():
            tp = settings.events, number
            assert worker.settings.state_dir is not None
            path = snapshot_path(worker.settings.state_dir, tp)
            if not path.exists():
                continue
            try:
                snapshot = unpack(path.read_bytes(), tp=tp, engine=engine)
            except UnusableSnapshotError:
                verdict.figures["unusable_snapshots"] = verdict.figures.get("unusable_snapshots", 0) + 1
                continue
            state, _ = fold(settings, events, number, snapshot.next_offset)
            if snapshot.conflicts != loads(dumps(state.dump())):
                verdict.wrong.append(
                    f"worker {worker.number}: its state of {tp} at {snapshot.next_offset} is no fold of the log"
                )
            if snapshot.next_offset == end:
                reached.add(number)
    verdict.lost += [
        f"no worker has the state of partition {number} at its end" for number in ends.keys() - reached
    ]
