"""One run: a cluster, workers, the stream of a seed with its faults, and the verdict."""

from __future__ import annotations

import contextlib
import queue
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kafka.errors import KafkaError

from tests.faults.cluster import Cluster
from tests.faults.faults import Scene, begin, candidates
from tests.faults.plans import Plan, draw_plans
from tests.faults.stream import Sent, draw_stream, expected_alerts, read_truth, write_truth
from tests.faults.verdict import Verdict, judge
from tests.faults.workers import SHUTDOWN_TIMEOUT, Worker, settings_of_run, settings_of_worker
from tests.integration.harness import lag_of
from worker.streaming.engine import policy_of
from worker.streaming.stopping import ExitCode
from worker.tools.clients import BrokerError, producer
from worker.tools.topics import create_topics

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from worker.settings import Settings

T = TypeVar("T")

WORKERS = 3
"""Two that always run, when they are not struck, and one that comes and goes."""
START_PARTITIONS = 3
TICK = 0.2
SETTLE_SECONDS = 240.0
"""Within which all must be worked off once everything is well again."""
BURST_SECONDS = 0.5
"""Within which a fault comes after a burst of messages, while the workers are busy with it."""
PATIENCE = 60.0
"""For how long a fault waits until what it strikes is well."""
BROKERS_AWAY = frozenset({ExitCode.UNAVAILABLE, ExitCode.UNSENDABLE, ExitCode.CUT_SHORT})
"""With what a worker may end unasked, since brokers are struck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be run."""

    seed: int
    faults: int
    minutes: float
    nodes: int = 3
    static: bool = False
    """Whether the workers are static members of their group."""
    real: bool = False
    """Whether the workers run the real extraction, instead of one that looks its answers up."""
    keep: Path | None = None
    """Directory that the workers' and the brokers' logs, and snapshots, are copied to."""


@dataclass(kw_only=True)
class Result:
    """What came of it."""

    verdict: Verdict
    faults: Counter[str]
    seconds: float
    unasked: list[int] = field(default_factory=list)
    unclean: list[int] = field(default_factory=list)

    def line(self, wanted: Wanted) -> str:
        """The figures in one line."""
        kinds = " ".join(f"{kind}={count}" for kind, count in sorted(self.faults.items()))
        figures = " ".join(f"{name}={count}" for name, count in self.verdict.figures.items())
        return (
            f"{'good' if self.verdict.good else 'BAD'}: seed={wanted.seed} nodes={wanted.nodes} "
            f"extraction={'real' if wanted.real else 'known'} "
            f"members={'static' if wanted.static else 'dynamic'} faults={self.faults.total()} ({kinds}) {figures} "
            f"worker_exits={_codes(self.unasked)} unclean_stops={_codes(self.unclean)} "
            f"lost={len(self.verdict.lost)} wrong={len(self.verdict.wrong)} seconds={self.seconds:.0f}"
        )


class Load:
    """Sends what it is given, from a thread of its own: brokers that are away hold it up, not the faults."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is sent yet."""
        self._settings = settings
        self._waiting: queue.SimpleQueue[Sent | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="load", daemon=True)
        self._answers: list[tuple[Sent, object]] = []

    def __enter__(self) -> Self:
        """Start."""
        self._client = producer(self._settings)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self._waiting.put(None)
        self._thread.join(90)
        self._client.close(timeout=10)

    def send(self, messages: list[Sent]) -> None:
        """Have them sent."""
        for message in messages:
            self._waiting.put(message)

    def settle(self) -> None:
        """Wait until the brokers have all of it; what they did not take is sent again."""
        self._waiting.put(None)
        self._thread.join(120)
        for message, answer in self._answers:
            try:
                answer.get(timeout=60)  # type: ignore[attr-defined]
            except KafkaError:
                self._give(message).get(timeout=60)  # type: ignore[attr-defined]

    def _run(self) -> None:
        while (message := self._waiting.get()) is not None:
            while True:
                try:
                    self._answers.append((message, self._give(message)))
                except KafkaError:
                    continue
                break

    def _give(self, message: Sent) -> object:
        return self._client.send(self._settings.articles, key=message.key, value=message.value)


class Director:
    """Does the faults one after the other, several at a time, undoes them, and keeps the load flowing."""

    def __init__(self, scene: Scene, stream: list[Sent], say: Callable[[str], None]) -> None:
        """`stream` is sent along with the faults, evenly."""
        self.done: Counter[str] = Counter()
        self._scene = scene
        self._stream = stream
        self._say = say
        self._undo: list[tuple[float, object, Callable[[], None]]] = []
        self._next_look = 0.0

    def play(self, plans: list[Plan], deadline: float) -> None:
        """Do all, or as many as there is time for, then undo what is left."""
        for number, plan in enumerate(plans):
            share = len(self._stream) // (len(plans) - number)
            self._send(share // 3)
            self._wait(plan.gap)
            if time.monotonic() > deadline:
                break
            self._strike(plan, share - share // 3)
        self._send(len(self._stream))
        while self._undo:
            self._wait(TICK)

    def settle(self, settled: Callable[[], bool]) -> bool:
        """Keep the workers running until all is worked off; whether it was, in time."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            self._wait(1.0)
            if settled():
                return True
        return False

    def _send(self, count: int) -> None:
        now, self._stream = self._stream[:count], self._stream[count:]
        self._scene.sent += now
        self._scene.send(now)

    def _strike(self, plan: Plan, load: int) -> None:
        """Do it as soon as what it strikes is well, in the middle of a burst of `load` messages."""
        patience = time.monotonic() + PATIENCE
        while not (targets := candidates(plan.kind, self._scene, {busy for _, busy, _ in self._undo})):
            if time.monotonic() > patience:
                self._say(f"left out: {plan.kind}")
                self._send(load)
                return
            self._wait(1.0)
        target = targets[int(plan.target * len(targets))]
        self._send(load)
        time.sleep(plan.manner * BURST_SECONDS)
        self._say(f"{plan.kind} {getattr(target, 'number', '')} for {plan.lasts:.1f} s")
        try:
            undo = begin(plan, self._scene, target)
        except (KafkaError, OSError) as error:
            self._say(f"  could not be done: {error!r}")
            return
        self.done[plan.kind] += 1
        if undo is not None:
            self._undo.append((time.monotonic() + plan.lasts, target, undo))

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while True:
            now = time.monotonic()
            due = [entry for entry in self._undo if entry[0] <= now]
            for entry in due:
                self._undo.remove(entry)
                entry[2]()
            busy = {entry[1] for entry in self._undo}
            for worker in self._scene.workers:
                if worker not in busy:
                    worker.keep_running()
            if now >= end:
                return
            time.sleep(TICK)


def run(wanted: Wanted, *, say: Callable[[str], None] | None = None) -> Result:
    """Do it all and clean up. `say` is told what happens."""
    started = time.monotonic()
    tell = say or (lambda text: None)

    def said(text: str) -> None:
        tell(f"{time.monotonic() - started:6.1f} {text}")

    directory = Path(tempfile.mkdtemp(prefix="trucewatch-faults-"))
    try:
        return _run(wanted, directory, started, said)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _run(wanted: Wanted, directory: Path, started: float, say: Callable[[str], None]) -> Result:
    chance = random.Random(wanted.seed)  # noqa: S311 - reproducible
    truth = read_truth(min(max(wanted.faults // 5, 2), 12))
    write_truth(truth, directory / "truth")
    say(f"{len(truth.events)} articles read")
    with ExitStack() as stack:
        cluster = stack.enter_context(Cluster(wanted.nodes, workers=WORKERS))
        settings = settings_of_run(cluster, f"f{wanted.seed}")
        patiently(lambda: create_topics(settings, partitions=START_PARTITIONS))
        known = None if wanted.real else directory / "truth"
        workers = []
        for number in range(WORKERS):
            own = settings_of_worker(settings, cluster, number, directory, static=wanted.static)
            workers.append(Worker(number, own, directory, known))
            stack.callback(workers[-1].close)
        load = stack.enter_context(Load(settings))
        scene = Scene(cluster=cluster, workers=workers, settings=settings, sent=[], send=load.send)
        for worker in workers[:2]:
            worker.start()
        say("cluster and workers started")
        director = Director(scene, draw_stream(truth, chance), say)
        director.play(
            draw_plans(wanted.faults, nodes=wanted.nodes, chance=chance), started + wanted.minutes * 60
        )
        say("all faults done")
        load.settle()
        settled = director.settle(lambda: _is_settled(scene))
        if not settled:
            for worker in workers:
                worker.tell_where_it_waits()
            time.sleep(TICK)
        for worker in workers:
            worker.terminate()
        say("workers stopped")
        expected = expected_alerts(truth, policy_of(settings))
        verdict = patiently(lambda: judge(settings, truth, scene.sent, workers, expected))
        if not settled:
            verdict.lost.append(
                f"not all workers were ready with all done {SETTLE_SECONDS:g} s after the faults"
            )
        verdict.wrong += [
            f"worker {worker.number}: {worker.overdue} stops outlasted {SHUTDOWN_TIMEOUT:g} s"
            for worker in workers
            if worker.overdue
        ]
        verdict.wrong += [
            f"worker {worker.number} ended unasked with {code}"
            for worker in workers
            for code in worker.unasked
            if code not in BROKERS_AWAY
        ]
        if wanted.keep is not None:
            shutil.copytree(directory, wanted.keep, dirs_exist_ok=True)
            for name, log in cluster.logs().items():
                (wanted.keep / f"{name}.log").write_text(log, encoding="utf-8")
    return Result(
        verdict=verdict,
        faults=director.done,
        seconds=time.monotonic() - started,
        unasked=[code for worker in workers for code in worker.unasked],
        unclean=[code for worker in workers for code in worker.unclean],
    )


def patiently(ask: Callable[[], T]) -> T:
    """Ask again where the harness's own client finds no broker: on a busy machine some take too long."""
    for _ in range(4):
        with contextlib.suppress(KafkaError, BrokerError, OSError):
            return ask()
        time.sleep(2)
    return ask()


def _is_settled(scene: Scene) -> bool:
    wanted = [worker for worker in scene.workers if worker.wanted]
    try:
        return all(worker.is_ready() for worker in wanted) and not lag_of(
            scene.settings, scene.settings.articles, scene.settings.events
        )
    except (KafkaError, BrokerError, OSError):
        return False


def _codes(codes: list[int]) -> str:
    """Exit codes with how often, such as "75x2"; "none" where there are none."""
    return ",".join(f"{code}x{count}" for code, count in sorted(Counter(codes).items())) or "none"


def report(wanted: Wanted, result: Result) -> int:
    """Write findings and figures to standard output; the exit code."""
    for finding in [*result.verdict.lost, *result.verdict.wrong][:50]:
        sys.stdout.write(f"  {finding[:400]}\n")
    sys.stdout.write(result.line(wanted) + "\n")
    return 0 if result.verdict.good else 1
