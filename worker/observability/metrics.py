"""Every metric there is: one catalogue of name, kind, labels, meaning and what to do about it.

Labels are bounded: outcomes, reasons, kinds, partitions; never a place, a url or an id.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

if TYPE_CHECKING:
    from collections.abc import Sequence

C = TypeVar("C", Counter, Gauge, Histogram)


class Kind(StrEnum):
    """Kind of a metric, in Prometheus' words."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One entry of the catalogue. `name` is the full name as scraped (histograms: without _bucket)."""

    name: str
    kind: Kind
    labels: tuple[str, ...] = ()
    meaning: str
    action: str
    """What to do when it looks wrong."""
    buckets: tuple[float, ...] = ()


ARTICLES = Metric(
    name="trucewatch_articles_total",
    kind=Kind.COUNTER,
    labels=("outcome",),
    meaning="Articles read, by what became of them: events, no_events, dead_letter, or skipped_ and why.",
    action="A jump of dead_letter or skipped_language points at the scraper; compare with last week.",
)
TRUNCATED = Metric(
    name="trucewatch_articles_truncated_total",
    kind=Kind.COUNTER,
    meaning="Articles of which only the beginning was read: more sentences or events than one article may have.",
    action="More than a few: a scraper joins pages, or somebody sends texts made to keep the worker busy.",
)
EVENTS = Metric(
    name="trucewatch_events_total",
    kind=Kind.COUNTER,
    labels=("kind", "act"),
    meaning="Events written: strikes by mode, diplomacy by act.",
    action="None for hours while articles flow: look at extraction, then at the news.",
)
CONFLICT_UNKNOWN = Metric(
    name="trucewatch_events_conflict_unknown_total",
    kind=Kind.COUNTER,
    meaning="Events whose conflict stayed unknown: written, not correlated.",
    action="A growing share means an actor or a conflict is missing from the lexicon.",
)
CORRELATED = Metric(
    name="trucewatch_events_read_total",
    kind=Kind.COUNTER,
    labels=("outcome",),
    meaning="Events read by correlation: applied, unchanged, repeated, uncorrelated, invalid, unexpected.",
    action="invalid or unexpected: read the dead letters of the events topic.",
)
LATE = Metric(
    name="trucewatch_late_events_total",
    kind=Kind.COUNTER,
    labels=("reason",),
    meaning="Events that came after the watermark and the grace, by reason.",
    action="Many: the feed replays old articles, or TRUCEWATCH_GRACE is too short for it.",
)
ALERTS = Metric(
    name="trucewatch_alerts_total",
    kind=Kind.COUNTER,
    labels=("severity", "status"),
    meaning="Alert messages written (raised, revised, retracted), those sent again not counted.",
    action="Many retracted: read some of them, extraction or the sources changed.",
)
ALERTS_RESENT = Metric(
    name="trucewatch_alerts_resent_total",
    kind=Kind.COUNTER,
    labels=("why",),
    meaning="Alerts sent again: takeover of a partition, a repeated event, or what a new engine or another log"
    " says otherwise; and what the topic had lost.",
    action="Takeover all the time means rebalances all the time: look at them first.",
)
DEAD_LETTERS = Metric(
    name="trucewatch_dead_letters_total",
    kind=Kind.COUNTER,
    labels=("topic", "reason"),
    meaning="Messages put aside, by where they came from and why.",
    action="unexpected is a bug of ours: `trucewatch dead-letters show`, fix, replay. Others: tell the producer.",
)
EXTRACTION_SECONDS = Metric(
    name="trucewatch_extraction_seconds",
    kind=Kind.HISTOGRAM,
    meaning="Time to extract one batch of articles, divided by their number.",
    action="Rising: longer articles, or a machine that is too busy.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
BATCH_SIZE = Metric(
    name="trucewatch_batch_messages",
    kind=Kind.HISTOGRAM,
    labels=("agent",),
    meaning="Messages worked off together.",
    action="Always at the limit means the worker does not keep up: see the lag.",
    buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000),
)
SEND_RETRIES = Metric(
    name="trucewatch_send_retries_total",
    kind=Kind.COUNTER,
    meaning="Sends that the broker did not take and that were tried again.",
    action="Look at the brokers: in-sync replicas, disks, network.",
)
LAG = Metric(
    name="trucewatch_consumer_lag_messages",
    kind=Kind.GAUGE,
    labels=("topic", "partition"),
    meaning="Messages between the end of a partition and what is worked off, for the partitions owned.",
    action="Growing on all: add workers up to the number of partitions. On one: a hot conflict, or stuck.",
)
HOLES = Metric(
    name="trucewatch_holes_filled_total",
    kind=Kind.COUNTER,
    labels=("topic",),
    meaning="Messages that the consumer skipped and that were read from the log instead.",
    action="A few at rebalances are known. Many at other times: report it with the log.",
)
REBALANCES = Metric(
    name="trucewatch_rebalances_total",
    kind=Kind.COUNTER,
    meaning="Generations of the consumer group that this worker joined.",
    action="Steadily growing: members come and go, or a batch outlasts the session. Use static membership.",
)
REBUILD_SECONDS = Metric(
    name="trucewatch_rebuild_seconds",
    kind=Kind.HISTOGRAM,
    meaning="Time to rebuild the state of one partition from its log.",
    action="Long: set TRUCEWATCH_STATE_DIR on a disk that survives restarts.",
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
)
REBUILT_EVENTS = Metric(
    name="trucewatch_rebuilt_events_total",
    kind=Kind.COUNTER,
    meaning="Events folded in rebuilds.",
    action="As for the time of a rebuild.",
)
SNAPSHOTS = Metric(
    name="trucewatch_snapshots_total",
    kind=Kind.COUNTER,
    labels=("outcome",),
    meaning="Snapshots of the state: written, used, ignored (other version, engine or log), failed.",
    action="failed: the state directory is full or read-only. Nothing is lost, restarts take longer.",
)
STATE_CONFLICTS = Metric(
    name="trucewatch_state_conflicts",
    kind=Kind.GAUGE,
    labels=("partition",),
    meaning="Conflicts remembered, per partition of the events topic.",
    action="Hundreds: the lexicon of conflicts takes something for a conflict that is none.",
)
STATE_BYTES = Metric(
    name="trucewatch_state_bytes",
    kind=Kind.GAUGE,
    labels=("partition",),
    meaning="Size of the partition's last snapshot, compressed.",
    action="It is bounded by the policy; steady growth is a bug.",
)
BUILD = Metric(
    name="trucewatch_build_info",
    kind=Kind.GAUGE,
    labels=("version", "extractor", "engine"),
    meaning="Always 1; what runs.",
    action="More than one engine for long: a rolling upgrade has stopped half-way.",
)
READY = Metric(
    name="trucewatch_ready",
    kind=Kind.GAUGE,
    meaning="1 while the worker has joined its group and rebuilt its state, else 0.",
    action="0 for long: /ready says what is missing.",
)

CATALOGUE: tuple[Metric, ...] = (
    ARTICLES, TRUNCATED, EVENTS, CONFLICT_UNKNOWN, CORRELATED, LATE, ALERTS, ALERTS_RESENT, DEAD_LETTERS,
    EXTRACTION_SECONDS, BATCH_SIZE, SEND_RETRIES, LAG, HOLES, REBALANCES, REBUILD_SECONDS, REBUILT_EVENTS,
    SNAPSHOTS, STATE_CONFLICTS, STATE_BYTES, BUILD, READY,
)  # fmt: skip


class Metrics:
    """The collectors of the catalogue in one registry, so that a test may have one of its own."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        """Register every metric in `registry`, a new one by default."""
        self.registry = registry or CollectorRegistry()
        self._collectors: dict[str, Counter | Gauge | Histogram] = {}
        for metric in CATALOGUE:
            self._collectors[metric.name] = self._collector(metric)

    def count(self, metric: Metric, *labels: str, by: float = 1) -> None:
        """Add to a counter; `labels` in the order of the catalogue."""
        collector = self._of(metric, Counter)
        (collector.labels(*labels) if labels else collector).inc(by)

    def gauge(self, metric: Metric, value: float, *labels: str) -> None:
        """Set a gauge."""
        collector = self._of(metric, Gauge)
        (collector.labels(*labels) if labels else collector).set(value)

    def observe(self, metric: Metric, value: float, *labels: str) -> None:
        """Add an observation to a histogram."""
        collector = self._of(metric, Histogram)
        (collector.labels(*labels) if labels else collector).observe(value)

    def forget(self, metric: Metric, *labels: str) -> None:
        """Drop one labelled child, such as the lag of a partition that has moved away."""
        collector = self._collectors[metric.name]
        if labels in collector._metrics:  # noqa: SLF001 - removing an absent child is an error otherwise
            collector.remove(*labels)

    def labelled(self, metric: Metric) -> set[tuple[str, ...]]:
        """The label values that a metric has children for."""
        children = self._collectors[metric.name]._metrics  # noqa: SLF001 - there is no public way to list them
        return {tuple(labels) for labels in children}

    def value(self, metric: Metric, *labels: str) -> float:
        """The present value of a counter or gauge, 0 where it was never touched."""
        found = self.registry.get_sample_value(
            metric.name, dict(zip(metric.labels, labels, strict=True)) if labels else {}
        )
        return found or 0.0

    def _of(self, metric: Metric, kind: type[C]) -> C:
        collector = self._collectors[metric.name]
        if not isinstance(collector, kind):
            raise TypeError(f"{metric.name} is a {metric.kind}")
        return collector

    def _collector(self, metric: Metric) -> Counter | Gauge | Histogram:
        if metric.kind is Kind.COUNTER:
            name = metric.name.removesuffix("_total")
            return Counter(name, metric.meaning, metric.labels, registry=self.registry)
        if metric.kind is Kind.GAUGE:
            return Gauge(metric.name, metric.meaning, metric.labels, registry=self.registry)
        return Histogram(
            metric.name, metric.meaning, metric.labels, registry=self.registry, buckets=metric.buckets
        )


def render_catalogue(catalogue: Sequence[Metric] = CATALOGUE) -> str:
    """The catalogue as Markdown, for `docs/metrics.md`."""
    lines = [
        "# Metrics",
        "",
        "Served at `/metrics`. This page is written from `worker/observability/metrics.py`; a test compares them.",
        "",
        "| name | kind | labels | meaning | when it looks wrong |",
        "|---|---|---|---|---|",
    ]
    for metric in catalogue:
        labels = ", ".join(f"`{label}`" for label in metric.labels)
        lines.append(f"| `{metric.name}` | {metric.kind} | {labels} | {metric.meaning} | {metric.action} |")
    return "\n".join(lines) + "\n"
