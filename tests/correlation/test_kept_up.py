"""What is kept up from report to report is what all of them together give, and so is what is left out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.correlation.streams import POLICY, START, Fold, fold, streams
from tests.factories import (
    make_article_ref,
    make_diplomacy,
    make_interval,
    make_place,
    make_strike,
    make_weapon,
)
from worker.correlation.content import Content, content_of
from worker.correlation.figures import Figures, larger
from worker.correlation.incidents import Incident, IncidentKey, read_strike
from worker.correlation.judging import alerts_of_incident
from worker.correlation.sources import Sources
from worker.correlation.telling import Telling
from worker.event import Mode, Order, Quantity, SiteType, Status, StrikeEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import Event

PRINTS = tuple(bytes([n // 2]) * 32 + bytes([(n + 1) // 2]) * 32 for n in range(8))
"""Texts each of which is a copy of the next one alone, so that what comes between two joins them."""


@st.composite
def crowded_nights(draw: st.DrawFn) -> list[Event]:
    """A ceasefire or two and many reports of one night, among them corrected ones, seen in no order."""
    number = draw(st.integers(8, 30))
    return [draw(_told_of_that_night(article)) for article in range(number)]


@st.composite
def _told_of_that_night(draw: st.DrawFn, number: int) -> Event:
    seen = START + timedelta(hours=6, minutes=draw(st.integers(0, 40)) * 10)
    ref = make_article_ref(
        f"a{draw(st.integers(0, number))}",
        source=f"outlet-{draw(st.integers(0, 11))}",
        published_at=seen,
        seen_at=seen,
        content_hash=draw(st.sampled_from("1112")),
        fingerprint=draw(st.sampled_from((*PRINTS, b""))).hex(),
    )
    if draw(st.integers(0, 7)) == 0:
        begun = START + timedelta(hours=draw(st.sampled_from((-30, -2, 0, 1))))
        declared = make_interval(begun, begun + timedelta(hours=draw(st.sampled_from((1, 4)))))
        return make_diplomacy(
            article=ref, declared_at=declared, domains=draw(st.sampled_from((("general",), ("energy",))))
        )
    start = START + timedelta(hours=draw(st.sampled_from((0, 1))))
    figure = st.sampled_from(
        (None, Quantity(low=2, high=2), Quantity(low=3, high=None), Quantity(low=2, high=9))
    )
    return make_strike(
        article=ref,
        event_time=make_interval(start, start + timedelta(hours=draw(st.sampled_from((1, 3))))),
        status=draw(st.sampled_from((Status.ASSERTED, Status.ASSERTED, Status.CLAIMED))),
        mode=draw(st.sampled_from((Mode.DRONE, Mode.MISSILE, Mode.GROUND))),
        weapons=[make_weapon("drone", draw(st.sampled_from((None, 10, 45))))],
        sites=draw(st.lists(st.sampled_from((SiteType.ENERGY, SiteType.RESIDENTIAL)), max_size=1)),
        places=[make_place(name) for name in draw(st.lists(st.sampled_from(("Kyiv", "Sumy")), max_size=1))],
        killed=draw(figure),
        injured=draw(figure),
        relation=draw(st.sampled_from((None, None, None, *Order))),
    )


@settings(max_examples=60, deadline=None)
@given(night=crowded_nights())
def test_every_revision_is_what_its_reports_give_anew_and_differs_from_the_one_before(
    night: Sequence[Event],
) -> None:
    stream, revisions = Fold(), dict[str, int]()
    for event in night:
        before = {alert.alert_id: alert for alert in stream.alerts()}
        stream.read([event])
        for state in stream.states.values():
            live = {
                alert_id: content_of(alert)
                for alert_id, (_, alert) in state.alerts.items()
                if alert.status != "retracted"
            }
            ceasefires = state.derived.ceasefires.values()
            anew: dict[str, Content] = {}
            for incident in state.derived.incidents.values():
                again = Incident(incident.key, state.conflict, POLICY)
                for report in reversed(incident.reports):
                    again.add(report)
                anew |= alerts_of_incident(ceasefires, again, state.conflict, POLICY)
            assert anew == live
        for alert in stream.alerts():
            known = before.get(alert.alert_id)
            is_another = known is not None and content_of(known) != content_of(alert)
            revisions[alert.alert_id] = revisions.get(alert.alert_id, 1) + is_another
            assert alert.revision == revisions[alert.alert_id]


@settings(max_examples=60, deadline=None)
@given(night=crowded_nights(), data=st.data())
def test_an_incident_is_told_the_same_however_often_that_was_asked_for(
    night: Sequence[Event], data: st.DataObject
) -> None:
    reports = [
        report
        for event in night
        if isinstance(event, StrikeEvent)
        if (report := read_strike(event, ("RUS", "UKR"), POLICY)) is not None
    ]
    key = IncidentKey("RUS", "UKR", 0)
    often, once = (Telling("id", key, POLICY.copy_similarity) for _ in range(2))
    for report in reports:
        often.add(report)
        once.add(report)
        if data.draw(st.booleans()):
            told = often.incident()
            assert often.incident() is told

    assert not reports or often.incident() == once.incident()


@settings(max_examples=60, deadline=None)
@given(stream=st.one_of(streams(), crowded_nights()))
def test_what_is_over_before_a_ceasefire_gives_nothing_against_it(stream: Sequence[Event]) -> None:
    expected = fold(*stream).sent
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Incident, "can_follow", lambda *_: True)

        assert fold(*stream).sent == expected


def test_what_two_sources_gave_is_told_as_of_one_once_they_are_found_to_be_one() -> None:
    """Four texts of which three are quoted, then a fifth that is a copy of the first and of the second."""
    texts = ("a", 0, "Kyiv"), ("b", 2, "Sumy"), ("c", 4, "Lviv"), ("d", 6, "Odesa"), ("e", 1, "Dnipro")
    truce = make_diplomacy(
        article=make_article_ref("t", published_at="2025-03-18T12:00"),
        declared_at=make_interval("2025-03-18T10:00"),
    )
    strikes = [
        make_strike(
            article=make_article_ref(
                name, source=name, published_at=f"2025-03-19T1{hour}:00", fingerprint=PRINTS[text].hex()
            ),
            event_time=make_interval("2025-03-19T01:00"),
            places=[make_place(place)],
        )
        for hour, (name, text, place) in enumerate(texts)
    ]

    (before,) = fold(truce, *strikes[:4]).live()
    (after,) = fold(truce, *strikes).live()

    assert [place.name for place in before.incident.places] == ["Kyiv", "Lviv", "Sumy"]
    assert [place.name for place in after.incident.places] == ["Kyiv", "Lviv", "Odesa"]
    assert [words.article_id for words in before.evidence] == ["t", "a", "b", "c"]
    assert [words.article_id for words in after.evidence] == ["t", "a", "c", "d"]


def test_a_report_that_comes_again_as_seen_earlier_is_judged_anew() -> None:
    """Published before the announcement, and of the same hours: then nothing says which came first."""
    truce = make_diplomacy(
        article=make_article_ref("t", published_at="2025-03-18T12:00"),
        declared_at=make_interval("2025-03-18T10:00"),
    )
    later, earlier = (
        make_strike(
            article=make_article_ref("a", published_at=published),
            event_time=make_interval("2025-03-18T09:30", "2025-03-18T10:30"),
            event_id="strike",
        )
        for published in ("2025-03-18T13:00", "2025-03-18T11:30")
    )

    assert fold(truce, later).live()
    assert fold(truce, later, earlier).live() == fold(truce, earlier, later).live() == []


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 4), st.sampled_from((None, 0, 2, 5))),
        max_size=9,
    )
)
def test_a_range_kept_up_is_that_of_the_largest_number_of_each_article(
    told: list[tuple[int, int, int | None]],
) -> None:
    kept_up, largest = Figures(), dict[str, Quantity]()
    for number, low, more in told:
        figure = Quantity(low=low, high=None if more is None else low + more)
        before = kept_up.range
        changed = kept_up.add(f"a{number}", figure)
        largest[f"a{number}"] = larger(largest.get(f"a{number}"), figure)
        assert changed == (kept_up.range != before)
    anew = Figures()
    for article_id, figure in sorted(largest.items(), reverse=True):
        anew.add(article_id, figure)

    assert kept_up.range == anew.range


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(0, 6)), max_size=14))
def test_sources_say_when_an_article_got_another_root(articles: list[tuple[int, int, int]]) -> None:
    sources, known = Sources(0.4), list[str]()
    for name, outlet, text in articles:
        before, regrouped = {article: sources.root(article) for article in known}, sources.regrouped
        sources.add(f"a{name}", f"o{outlet}", (*PRINTS[:6], b"")[text])
        after = {article: sources.root(article) for article in known}
        assert (before != after) <= (sources.regrouped > regrouped)
        known.append(f"a{name}")
