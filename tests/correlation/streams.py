"""Folding events in tests, and random streams of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.factories import (
    make_article_ref,
    make_diplomacy,
    make_interval,
    make_place,
    make_strike,
    make_weapon,
)
from worker.alert import Alert, AlertStatus
from worker.correlation import Policy, advance, new_state, state_from_dict, state_to_dict
from worker.event import Act, Domain, Event, Mode, Order, Precision, Quantity, SiteType, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worker.correlation import ConflictState
    from worker.event import ArticleRef

POLICY = Policy()
START = datetime(2025, 3, 18, tzinfo=UTC)
CONFLICTS = ("RUS|UKR", "ISR|hamas")


class Fold:
    """Events folded into one state per conflict, as the worker does it."""

    def __init__(self, policy: Policy = POLICY) -> None:
        """Start with nothing known."""
        self.policy = policy
        self.states: dict[str, ConflictState] = {}
        self.sent: list[Alert] = []

    def read(self, events: Iterable[Event]) -> Fold:
        """Fold events; what they send is kept."""
        for event in events:
            if event.conflict is not None:
                state = self.states.setdefault(event.conflict, new_state(event.conflict))
                self.sent.extend(advance(state, event, self.policy).alerts)
        return self

    def restarted(self) -> Fold:
        """The same states written as JSON and read again."""
        again = Fold(self.policy)
        for conflict, state in self.states.items():
            again.states[conflict] = state_from_dict(json.loads(json.dumps(state_to_dict(state))))
        again.sent = list(self.sent)
        return again

    def alerts(self) -> list[Alert]:
        """Every alert at its current revision, retracted ones too."""
        return [alert for state in self.states.values() for _, alert in state.alerts.values()]

    def live(self) -> list[Alert]:
        """The alerts that stand."""
        return [alert for alert in self.alerts() if alert.status is not AlertStatus.RETRACTED]


def fold(*events: Event, policy: Policy = POLICY) -> Fold:
    """Fold a few events."""
    return Fold(policy).read(events)


def same_alerts(alerts: Iterable[Alert]) -> dict[str, Alert]:
    """What has to be the same for every order: live alerts apart from revision and when they were seen."""
    return {
        alert.alert_id: replace(alert, revision=0, first_seen_at=START, updated_at=START)
        for alert in alerts
        if alert.status is not AlertStatus.RETRACTED
    }


HOURS = st.integers(min_value=0, max_value=71)
"""Publication hours of a stream: all within the grace."""


@st.composite
def _articles(draw: st.DrawFn) -> list[Event]:
    number = draw(st.integers(min_value=0, max_value=7))
    hour = draw(HOURS)
    version = draw(st.sampled_from(("1", "1", "1", "2")))
    published = None if draw(st.integers(0, 9)) == 0 else START + timedelta(hours=hour)
    ref = make_article_ref(
        f"a{number}-{hour}" if draw(st.booleans()) else f"a{number}",
        source=f"outlet-{number % 4}",
        published_at=published,
        seen_at=START + timedelta(hours=hour, minutes=draw(st.sampled_from((5, 5, 30)))),
        content_hash=version,
        fingerprint=draw(st.sampled_from(("ab" * 64, "ab" * 40 + "cd" * 24, "ef" * 64, ""))),
    )
    conflict = draw(st.sampled_from((CONFLICTS[0], *CONFLICTS)))
    makers = st.sampled_from((_strikes, _strikes, _diplomacy))
    return [draw(draw(makers)(conflict, ref, hour)) for _ in range(draw(st.integers(1, 3)))]


@st.composite
def _strikes(draw: st.DrawFn, conflict: str, ref: ArticleRef, hour: int) -> Event:
    sides = conflict.split("|") if draw(st.booleans()) else conflict.split("|")[::-1]
    start = START + timedelta(hours=hour - draw(st.sampled_from((1, 5, 12, 30))))
    length = timedelta(hours=draw(st.sampled_from((1, 12, 24))))
    when = make_interval(
        start, start + length, precision=draw(st.sampled_from((Precision.HOUR, Precision.DAY)))
    )
    return make_strike(
        [] if draw(st.integers(0, 4)) == 0 else [sides[0]],
        [sides[1]],
        conflict=conflict,
        article=ref,
        event_time=when if draw(st.booleans()) else None,
        status=draw(st.sampled_from((*[Status.ASSERTED] * 5, *Status))),
        attributed_to=draw(st.sampled_from((None, None, "the ministry"))),
        mode=draw(st.sampled_from(Mode)),
        weapons=[make_weapon("drone", draw(st.sampled_from((None, 10, 45))))],
        sites=draw(st.lists(st.sampled_from((SiteType.ENERGY, SiteType.RESIDENTIAL)), max_size=1)),
        places=[make_place(name) for name in draw(st.lists(st.sampled_from(("Kyiv", "Sumy")), max_size=1))],
        killed=draw(st.sampled_from((None, None, Quantity(low=2, high=2), Quantity(low=3, high=None)))),
        relation=draw(st.sampled_from((None, None, None, *Order))),
    )


@st.composite
def _diplomacy(draw: st.DrawFn, conflict: str, ref: ArticleRef, hour: int) -> Event:
    sides = conflict.split("|")
    start = START + timedelta(hours=hour - draw(st.sampled_from((1, 8, 24))))
    when = make_interval(start, start + timedelta(hours=draw(st.sampled_from((1, 24)))))
    acts = [act for act in Act if act.value.startswith(("ceasefire", "violation"))]
    act = draw(st.sampled_from((*[Act.CEASEFIRE_AGREED] * 4, *acts)))
    later = make_interval(start + timedelta(hours=draw(st.sampled_from((6, 40)))))
    return make_diplomacy(
        act,
        sides,
        conflict=conflict,
        article=ref,
        bound=draw(st.sampled_from(([], [], [sides[0]]))),
        speaker=draw(st.sampled_from(([], [sides[1]]))),
        mediators=draw(st.sampled_from(([], ["USA"]))),
        event_time=when if draw(st.booleans()) else None,
        declared_at=when if draw(st.booleans()) else None,
        status=draw(st.sampled_from((*[Status.ASSERTED] * 5, *Status))),
        domains=draw(
            st.sampled_from(
                (
                    (Domain.GENERAL,),
                    (Domain.GENERAL,),
                    (Domain.HUMANITARIAN,),
                    (Domain.ENERGY,),
                    (Domain.ENERGY, Domain.INFRASTRUCTURE),
                )
            )
        ),
        effective_from=later if draw(st.integers(0, 4)) == 0 else None,
        effective_until=later if draw(st.integers(0, 5)) == 0 else None,
        duration=timedelta(hours=36) if draw(st.integers(0, 5)) == 0 else None,
    )


def streams() -> st.SearchStrategy[Sequence[Event]]:
    """Events of up to a dozen articles about two conflicts, corrected articles and copies among them."""
    return st.lists(_articles(), min_size=1, max_size=12).map(
        lambda articles: [event for article in articles for event in article]
    )
