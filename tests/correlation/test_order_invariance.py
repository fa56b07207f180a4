"""The order of arrival, repetition and a restart change nothing in the alerts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.correlation.seeds import first_article, second_article
from tests.correlation.streams import POLICY, Fold, fold, same_alerts, streams
from tests.factories import make_article_ref, make_day, make_diplomacy, make_interval, make_strike
from worker.correlation import state_to_dict
from worker.correlation.incidents import Incident
from worker.correlation.judging import alerts_of_incident
from worker.event import Act, Precision, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from worker.alert import Alert
    from worker.event import Event


@settings(max_examples=150, deadline=None)
@given(stream=streams(), chance=st.randoms(use_true_random=False))
def test_shuffled_events_give_the_same_alerts(stream: Sequence[Event], chance: Random) -> None:
    shuffled = list(stream)
    chance.shuffle(shuffled)

    assert same_alerts(fold(*shuffled).alerts()) == same_alerts(fold(*stream).alerts())


@settings(max_examples=100, deadline=None)
@given(stream=streams(), chance=st.randoms(use_true_random=False))
def test_repeated_events_add_no_alert_and_no_revision(stream: Sequence[Event], chance: Random) -> None:
    once = fold(*stream)
    before = {conflict: state_to_dict(state) for conflict, state in once.states.items()}
    current = {alert.alert_id: alert for alert in once.alerts()}
    sent = len(once.sent)
    again = [chance.choice(stream) for _ in range(len(stream))]

    once.read(again)

    assert {conflict: state_to_dict(state) for conflict, state in once.states.items()} == before
    assert all(alert == current[alert.alert_id] for alert in once.sent[sent:])


@settings(max_examples=100, deadline=None)
@given(stream=streams(), data=st.data())
def test_a_restart_at_any_point_changes_nothing(stream: Sequence[Event], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(stream)))
    whole = fold(*stream)

    resumed = fold(*stream[:cut]).restarted().read(stream[cut:])

    assert resumed.sent == whole.sent
    assert {c: state_to_dict(s) for c, s in resumed.states.items()} == {
        c: state_to_dict(s) for c, s in whole.states.items()
    }


@settings(max_examples=100, deadline=None)
@given(stream=streams())
def test_one_revision_has_one_content(stream: Sequence[Event]) -> None:
    contents: dict[tuple[str, int, str], Alert] = {}
    last: dict[str, int] = {}
    for alert in Fold().read(stream).sent:
        assert contents.setdefault((alert.alert_id, alert.revision, alert.engine), alert) == alert
        assert alert.revision >= last.get(alert.alert_id, 1)
        last[alert.alert_id] = alert.revision


@settings(max_examples=60, deadline=None)
@given(order=st.permutations([*first_article(), *second_article()]), data=st.data())
def test_the_seeds_give_the_same_in_every_order(order: list[Event], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(order)))

    alerts = fold(*order[:cut]).restarted().read(order[cut:]).read(order[:3]).alerts()

    assert same_alerts(alerts) == same_alerts(fold(*first_article(), *second_article()).alerts())


@settings(max_examples=100, deadline=None)
@given(stream=streams())
def test_an_incident_judged_anew_gives_the_alerts_that_were_kept_up(stream: Sequence[Event]) -> None:
    for state in fold(*stream).states.values():
        for incident in state.derived.incidents.values():
            anew = Incident(incident.key, state.conflict, POLICY)
            for report in reversed(incident.reports):
                anew.add(report)

            ceasefires = state.derived.ceasefires.values()
            kept_up = alerts_of_incident(ceasefires, incident, state.conflict, POLICY)
            assert alerts_of_incident(ceasefires, anew, state.conflict, POLICY) == kept_up


def test_an_extension_counts_for_attacks_of_no_known_day_whenever_it_is_told() -> None:
    """Such an attack is held to lie in the middle of its days: here after the first end, and before the second."""
    opened = [
        make_diplomacy(
            article=make_article_ref(name, published_at=published),
            declared_at=make_interval("2025-03-10T10:00"),
            effective_until=make_day("2025-03-12"),
        )
        for name, published in (("a1", "2025-03-10T12:00"), ("a2", "2025-03-10T13:00"))
    ]
    article = make_article_ref("a3", published_at="2025-03-17T12:00")
    claim = make_strike(
        article=article,
        event_time=make_interval("2025-03-11T20:00"),
        status=Status.CLAIMED,
        attributed_to="UKR",
    )
    attack = make_strike(
        article=article,
        event_time=make_interval("2025-03-11", "2025-03-17T12:00", precision=Precision.UNKNOWN),
    )
    extended = make_diplomacy(
        article=make_article_ref("a4", published_at="2025-03-18T12:00"),
        act=Act.CEASEFIRE_EXTENDED,
        declared_at=make_interval("2025-03-12T10:00"),
        effective_until=make_day("2025-03-30"),
    )
    expected = same_alerts(fold(*opened, extended, claim, attack).alerts())
    assert expected
    assert same_alerts(fold(*opened, claim, attack, extended).alerts()) == expected


def test_what_was_first_seen_is_judged_by_what_was_told_of_the_ceasefire_by_then() -> None:
    """Not by a later word on it, even where that was the only one so far."""
    day_and_a_half = timedelta(hours=36)
    opened = make_diplomacy(
        article=make_article_ref("a1", published_at="2025-03-18T00:00"),
        effective_from=make_interval("2025-03-18T05:00"),
        duration=day_and_a_half,
    )
    other = make_article_ref("a2", published_at="2025-03-18T01:00")
    attack = make_strike(article=other)
    early = make_diplomacy(
        article=other, effective_until=make_interval("2025-03-18T06:00"), duration=day_and_a_half
    )
    late = make_diplomacy(
        article=make_article_ref("a1", published_at=None, seen_at="2025-03-18T06:05"),
        effective_from=make_interval("2025-03-18T11:00"),
        effective_until=make_interval("2025-03-18T11:00"),
        duration=day_and_a_half,
    )
    expected = same_alerts(fold(opened, attack, early, late).alerts())
    assert expected
    assert same_alerts(fold(opened, attack, late, early).alerts()) == expected
