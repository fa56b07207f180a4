"""A backlog read out of step: partitions months apart in event time, minutes apart in the log."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.correlation.streams import POLICY, Fold, same_alerts
from tests.factories import make_article_ref, make_diplomacy, make_interval, make_strike, utc
from worker.correlation import LateReason, Policy, advance, new_state, state_from_dict, state_to_dict
from worker.event import SiteType, StrikeEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from worker.alert import Alert
    from worker.event import Event

BEGIN = utc("2024-01-01")
PARTITIONS = 6


def backlog(days: int) -> list[Event]:
    """A ceasefire every 25 days, told by several articles, and strikes every day; in order of publication."""
    events: list[Event] = []
    for day in range(days):
        for telling in range(3):
            at = BEGIN + timedelta(days=day, hours=12 + telling)
            ref = make_article_ref(
                f"a{day}-{telling}", source=f"outlet {telling}", published_at=at, seen_at=at, content_hash="1"
            )
            if day % 25 == 0:
                declared = make_interval(BEGIN + timedelta(days=day, hours=8))
                events.append(make_diplomacy(article=ref, declared_at=declared, event_time=declared))
            elif telling or day % 3:
                when = make_interval(BEGIN + timedelta(days=day, hours=3))
                sites = [SiteType.ENERGY] if telling == 1 else []
                events.append(make_strike(article=ref, event_time=when, sites=sites))
    return events


def out_of_step(events: Sequence[Event], chance: Random) -> list[Event]:
    """As from partitions each of which is read in long runs while the others wait."""
    partitions: list[list[Event]] = [[] for _ in range(PARTITIONS)]
    for event in events:
        partitions[sum(event.article.id.encode()) % PARTITIONS].append(event)
    arriving: list[Event] = []
    while any(partitions):
        partition = chance.choice([each for each in partitions if each])
        count = chance.choice((1, 20, len(partition)))
        arriving += partition[:count]
        del partition[:count]
    return arriving


def published(events: Iterable[Event], step: timedelta, policy: Policy = POLICY) -> dict[str, Alert]:
    """What consumers have at the end: the highest revision of everything sent, events `step` apart in the log."""
    state = new_state("RUS|UKR")
    sent: dict[str, Alert] = {}
    for number, event in enumerate(events):
        for alert in advance(state, event, policy, at=utc("2026-01-01") + number * step).alerts:
            known = sent.get(alert.alert_id)
            assert known is None or known.revision < alert.revision or known == alert
            sent[alert.alert_id] = alert
    return sent


def replayed(events: Iterable[Event]) -> dict[str, Alert]:
    """The same without a log, in order: what `trucewatch replay` gives."""
    return {alert.alert_id: alert for alert in Fold().read(events).sent}


@settings(max_examples=25, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_a_backlog_out_of_step_gives_the_alerts_of_a_replay_in_order(chance: Random) -> None:
    events = backlog(130)

    found = published(out_of_step(events, chance), timedelta(seconds=1))

    assert same_alerts(found.values()) == same_alerts(replayed(events).values())


def test_by_the_watermark_alone_most_of_it_would_be_forgotten() -> None:
    events = backlog(130)
    fastest_first = sorted(events, key=lambda event: sum(event.article.id.encode()) % PARTITIONS)

    alerts = Fold().read(fastest_first).sent

    assert same_alerts({a.alert_id: a for a in alerts}.values()) != same_alerts(replayed(events).values())


def test_what_is_older_than_the_window_goes_once_the_log_has_moved_on() -> None:
    state = new_state("RUS|UKR")
    for event in backlog(130):
        advance(state, event, POLICY, at=event.article.seen_at)

    strikes = [event for event in state.events.values() if isinstance(event, StrikeEvent)]
    assert min(event.article.seen_at for event in strikes) > BEGIN + timedelta(days=85)
    assert len(state_to_dict(state)["marks"]) <= POLICY.grace // timedelta(hours=1) + 2


def test_a_state_read_back_waits_as_long() -> None:
    events = backlog(60)
    state = new_state("RUS|UKR")
    for number, event in enumerate(events):
        advance(state, event, POLICY, at=utc("2026-01-01") + number * timedelta(hours=1))
        state = state_from_dict(state_to_dict(state))
    again = new_state("RUS|UKR")
    for number, event in enumerate(events):
        advance(again, event, POLICY, at=utc("2026-01-01") + number * timedelta(hours=1))

    assert (state.settling, state.floor) == (again.settling, again.floor)
    assert {a.alert_id: a for _, a in state.alerts.values()} == {
        a.alert_id: a for _, a in again.alerts.values()
    }


@settings(max_examples=20, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_beyond_the_most_events_nothing_forgotten_begins_anew(chance: Random) -> None:
    policy = Policy(max_events=60)

    sent = published(out_of_step(backlog(100), chance), timedelta(seconds=1), policy)

    assert sent


def test_a_strike_of_a_forgotten_day_is_not_told_anew() -> None:
    state = new_state("RUS|UKR")
    for event in backlog(60):
        advance(state, event, POLICY)
    late = make_article_ref(
        "late", published_at=BEGIN + timedelta(days=30), seen_at=BEGIN + timedelta(days=60)
    )
    strike = make_strike(article=late, event_time=make_interval(BEGIN + timedelta(days=2, hours=3)))

    step = advance(state, strike, POLICY)

    assert (step.late, step.changed) == (LateReason.FORGOTTEN, False)
