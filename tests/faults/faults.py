"""The faults: what each does, and what must be well before it may begin.

`begin` does one as its `Plan` says to a `Scene`, and gives what undoes it, if anything does.
"""

from __future__ import annotations

import random
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kafka import TopicPartition

from tests.faults.cluster import partitions_in
from tests.faults.plans import OF_BROKER, OF_READY_WORKER, OF_WORKER, Kind
from tests.faults.proxy import Passage
from tests.faults.workers import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.cluster import Cluster, Node
    from tests.faults.plans import Plan
    from tests.faults.proxy import Proxy
    from tests.faults.stream import Sent
    from worker.settings import Settings

    Undo = Callable[[], None]

MOST_PARTITIONS = 12
DAY = 86_400.0


@dataclass(kw_only=True)
class Scene:
    """What faults are done to. `send` publishes messages beside the stream."""

    cluster: Cluster
    workers: list[Worker]
    settings: Settings
    sent: list[Sent]
    send: Callable[[list[Sent]], None]


def candidates(kind: Kind, scene: Scene, busy: set[object]) -> list[Worker] | list[Node]:
    """The workers or nodes it may strike now; empty where something must become well first."""
    if kind in OF_WORKER:
        there = [worker for worker in scene.workers if worker.running and worker not in busy]
        return [worker for worker in there if kind not in OF_READY_WORKER or worker.is_ready()]
    if kind is Kind.WORKERS_CHANGED:
        return [worker for worker in scene.workers[2:] if worker not in busy]
    if kind is Kind.WORKER_CUT_OFF:
        return [worker for worker in scene.workers if worker.wanted]
    one_at_a_time = kind in OF_BROKER or kind in (Kind.LEADERS_MOVED, Kind.PARTITIONS_ADDED)
    if one_at_a_time and (busy & set(scene.cluster.nodes) or not scene.cluster.is_whole()):
        return []
    return scene.cluster.nodes


def begin(plan: Plan, scene: Scene, target: Worker | Node) -> Undo | None:
    """Do it; what is given back undoes it, to be called after `plan.lasts` seconds."""
    return _ACTS[plan.kind](plan, scene, target)


def _end_worker(plan: Plan, scene: Scene, worker: Worker) -> Undo:
    if plan.kind is Kind.WORKER_STOPPED:
        worker.terminate()
    else:
        worker.kill()
    worker.clock = 0.0
    if plan.kind is Kind.WORKER_CLOCK:
        worker.clock = DAY if plan.manner < 0.5 else -DAY
    if plan.kind is Kind.SNAPSHOTS_DAMAGED:
        _damage_snapshots(worker, random.Random(plan.manner))  # noqa: S311 - reproducible
    return worker.start


def _damage_snapshots(worker: Worker, chance: random.Random) -> None:
    directory = worker.settings.state_dir
    assert directory is not None
    for path in sorted(directory.glob("*.state")):
        content = bytearray(path.read_bytes())
        at = chance.randrange(len(content))
        if chance.random() < 0.5:
            path.write_bytes(content[:at])
        else:
            content[at] ^= 1 << chance.randrange(8)
            path.write_bytes(content)


def _strike_at_start(plan: Plan, scene: Scene, worker: Worker) -> Undo:
    worker.kill()
    worker.start()

    def undo() -> None:
        if plan.manner < 0.5:
            worker.kill()
        else:
            worker.terminate()
        worker.start()

    return undo


def _stop_unheard(plan: Plan, scene: Scene, worker: Worker) -> Undo:
    restore = _let_pass(scene, _proxies_of(scene, worker), Passage.SILENT)
    worker.terminate()
    restore()
    return worker.start


def _proxies_of(scene: Scene, worker: Worker) -> list[Proxy]:
    """Those through which a worker reaches the brokers."""
    return [node.proxies[worker.number] for node in scene.cluster.nodes]


def _let_pass(scene: Scene, proxies: list[Proxy], passage: Passage) -> Undo:
    """Set what gets through; what is given back lets everything through again."""
    for proxy in proxies:
        scene.cluster.network.set_passage(proxy, passage)

    def undo() -> None:
        for proxy in proxies:
            scene.cluster.network.set_passage(proxy, Passage.OPEN)

    return undo


def _step_clock(plan: Plan, scene: Scene, worker: Worker) -> None:
    worker.step_clock()


def _take_cache_away(plan: Plan, scene: Scene, worker: Worker) -> Undo:
    directory = worker.settings.state_dir
    assert directory is not None
    aside = directory.with_suffix(".aside")
    directory.mkdir(exist_ok=True)
    directory.rename(aside)
    directory.touch()

    def undo() -> None:
        directory.unlink()
        aside.rename(directory)

    return undo


def _freeze_worker(plan: Plan, scene: Scene, worker: Worker) -> Undo:
    worker.freeze()
    return worker.thaw


def _change_workers(plan: Plan, scene: Scene, worker: Worker) -> None:
    if worker.running:
        worker.terminate()
    else:
        worker.clock = 0.0
        worker.start()


def _end_broker(plan: Plan, scene: Scene, node: Node) -> Undo:
    node.stop(kill=plan.kind is Kind.BROKER_KILLED)
    return node.start


def _end_all_brokers_but(plan: Plan, scene: Scene, node: Node) -> Undo:
    others = [other for other in scene.cluster.nodes if other is not node]
    for other in others:
        other.signal(signal.SIGKILL)
    for other in others:
        other.stop(kill=True)

    def undo() -> None:
        for other in others:
            other.start()

    return undo


def _freeze_broker(plan: Plan, scene: Scene, node: Node) -> Undo:
    node.signal(signal.SIGSTOP)
    return lambda: node.signal(signal.SIGCONT)


def _move_leaders(plan: Plan, scene: Scene, node: Node) -> None:
    """Make another replica of each partition the preferred one, and have the preferred ones elected."""
    admin = scene.cluster.admin()
    try:
        ours = (scene.settings.articles, scene.settings.events, scene.settings.alerts, "__consumer_offsets")
        there = partitions_in(admin, *(topic for topic in ours if topic in admin.list_topics()))
        moved = {
            TopicPartition(one["topic"], one["partition_index"]): one["replica_nodes"][1:]
            + one["replica_nodes"][:1]
            for one in there
        }
        admin.alter_partition_reassignments(moved)
        places: dict[str, list[int]] = {}
        for place in moved:
            places.setdefault(place.topic, []).append(place.partition)
        admin.elect_leaders(0, places, raise_errors=False)
    finally:
        admin.close()


def _cut(plan: Plan, scene: Scene, target: Worker | Node) -> Undo:
    passage = Passage.REFUSED if plan.manner < 0.5 else Passage.SILENT
    proxies = _proxies_of(scene, target) if isinstance(target, Worker) else target.proxies
    return _let_pass(scene, proxies, passage)


def _slow_down(plan: Plan, scene: Scene, node: Node) -> Undo:
    for proxy in node.proxies:
        proxy.latency = 0.05 + plan.manner

    def undo() -> None:
        for proxy in node.proxies:
            proxy.latency = 0.0

    return undo


def _repeat_article(plan: Plan, scene: Scene, node: Node) -> None:
    articles = [sent for sent in scene.sent if sent.reason is None]
    if articles:
        scene.send([articles[int(plan.manner * len(articles))]] * 40)


def _add_partitions(plan: Plan, scene: Scene, node: Node) -> None:
    admin = scene.cluster.admin()
    try:
        count = len(partitions_in(admin, scene.settings.articles))
        if count < MOST_PARTITIONS:
            admin.create_partitions({scene.settings.articles: count + 1})
    finally:
        admin.close()


_ACTS: dict[Kind, Callable[..., Undo | None]] = {
    Kind.WORKER_KILLED: _end_worker,
    Kind.WORKER_STOPPED: _end_worker,
    Kind.WORKER_CLOCK: _end_worker,
    Kind.SNAPSHOTS_DAMAGED: _end_worker,
    Kind.WORKER_FROZEN: _freeze_worker,
    Kind.STRUCK_AT_START: _strike_at_start,
    Kind.STOPPED_UNHEARD: _stop_unheard,
    Kind.CLOCK_STEPPED: _step_clock,
    Kind.CACHE_GONE: _take_cache_away,
    Kind.WORKERS_CHANGED: _change_workers,
    Kind.BROKER_KILLED: _end_broker,
    Kind.BROKER_STOPPED: _end_broker,
    Kind.BROKERS_KILLED: _end_all_brokers_but,
    Kind.BROKER_FROZEN: _freeze_broker,
    Kind.LEADERS_MOVED: _move_leaders,
    Kind.NETWORK_CUT: _cut,
    Kind.WORKER_CUT_OFF: _cut,
    Kind.BROKER_SLOW: _slow_down,
    Kind.ARTICLE_REPEATED: _repeat_article,
    Kind.PARTITIONS_ADDED: _add_partitions,
}
