"""The parts that the correlation is made of, each by its own rule."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.correlation.streams import POLICY, fold
from tests.factories import (
    make_actor,
    make_article_ref,
    make_diplomacy,
    make_interval,
    make_strike,
    make_weapon,
    utc,
)
from worker.correlation import Policy, advance, engine_id, new_state, state_from_dict, state_to_dict
from worker.correlation.conflicts import direction_of
from worker.correlation.figures import Figures, class_totals
from worker.correlation.sources import Sources, similarity, stepped
from worker.correlation.watermark import LateReason, Settling, horizon, lateness, moved
from worker.correlation.windows import cut, day_name, middle, reporting_day
from worker.event import Disposition, Precision, Qualifier, Quantity

SIDES = ("ISR", "LBN")


def test_the_side_of_an_actor_decides_who_attacks_whom() -> None:
    event = make_strike(["hezbollah@LBN"], ["ISR"], conflict="ISR|LBN")

    assert direction_of(event, SIDES) == ("LBN", "ISR")


@pytest.mark.parametrize(
    ("actors", "recipients", "direction"),
    [
        ([], ["ISR"], ("LBN", "ISR")),
        (["ISR"], [], ("ISR", "LBN")),
        (["USA"], ["LBN"], ("USA", "LBN")),
        (["USA", "ISR"], ["LBN"], ("ISR", "LBN")),
        (["USA"], [], None),
        ([], [], None),
        (["ISR"], ["ISR"], None),
    ],
)
def test_the_one_left_unnamed_is_the_other_side(
    actors: list[str], recipients: list[str], direction: tuple[str, str] | None
) -> None:
    assert direction_of(make_strike(actors, recipients, conflict="ISR|LBN"), SIDES) == direction


def test_models_add_up_and_parts_do_not() -> None:
    totals = class_totals(
        [
            make_weapon("missile", 2, weapon_id="iskander-m"),
            make_weapon("missile", 4, weapon_id="s-300"),
            make_weapon("drone", 145, weapon_id="shahed-136"),
            make_weapon("drone", 45, weapon_id="shahed-136"),
            make_weapon("drone", 150),
            make_weapon("drone", 57, disposition=Disposition.INTERCEPTED),
        ]
    )

    assert totals == {
        ("missile", Disposition.LAUNCHED): Quantity(low=6, high=6),
        ("drone", Disposition.LAUNCHED): Quantity(low=150, high=150),
        ("drone", Disposition.INTERCEPTED): Quantity(low=57, high=57),
    }


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([(5, 5)], Quantity(low=5, high=5)),
        ([(5, 5), (7, 7)], Quantity(low=5, high=7, qualifier=Qualifier.RANGE)),
        ([(5, None), (7, 7)], Quantity(low=5, high=7, qualifier=Qualifier.RANGE)),
        ([(9, None), (7, 7)], Quantity(low=7, high=None, qualifier=Qualifier.AT_LEAST)),
        ([(3, None), (4, None)], Quantity(low=3, high=None, qualifier=Qualifier.AT_LEAST)),
        ([], None),
    ],
)
def test_figures_of_several_reports_are_a_range(
    figures: list[tuple[int, int | None]], expected: Quantity | None
) -> None:
    for order in (figures, figures[::-1]):
        found = Figures()
        for number, (low, high) in enumerate(order):
            found.add(f"a{number}", Quantity(low=low, high=high))

        assert found.range == expected


def test_similar_texts_are_those_with_six_tenths_of_equal_bytes() -> None:
    base = bytes(64)

    assert similarity(base, base) == 1
    assert similarity(base, bytes(39) + b"\1" * 25) == pytest.approx(39 / 64)
    assert similarity(b"", b"") == 0
    assert similarity(base, bytes(32)) == 0


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(0, 6)), max_size=12), st.randoms()
)
def test_independent_sources_do_not_depend_on_the_order(articles: list[tuple[int, int, int]], chance) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    prints = [bytes([n]) * 22 + bytes([n + 1]) * 42 for n in range(6)] + [b""]
    shuffled = list(articles)
    chance.shuffle(shuffled)
    counts = []
    for order in (articles, shuffled):
        sources = Sources(0.6)
        for name, outlet, text in order:
            sources.add(f"{name}-{outlet}-{text}", f"o{outlet}", prints[text])
        counts.append((sources.articles, sources.count))

    assert counts[0] == counts[1]


def test_numbers_go_up_in_steps() -> None:
    assert [stepped(count) for count in (0, 1, 2, 3, 4, 5, 9, 10, 19, 20)] == [
        0,
        1,
        2,
        3,
        3,
        5,
        5,
        10,
        10,
        20,
    ]


def test_the_reporting_day_runs_from_noon_to_noon() -> None:
    night = reporting_day(utc("2025-03-19T02:00"))

    assert day_name(night) == "2025-03-19"
    assert reporting_day(utc("2025-03-18T12:00")) == night == reporting_day(utc("2025-03-19T11:59"))
    assert reporting_day(utc("2025-03-19T12:00")) == night + 1


def test_an_interval_is_cut_to_what_the_article_can_know() -> None:
    whole = make_interval("2025-03-19T00:00", "2025-03-20T00:00", precision=Precision.DAY)

    assert cut(whole, utc("2025-03-19T12:00")).end == utc("2025-03-19T12:00")
    assert middle(cut(whole, utc("2025-03-18T12:00"))) == utc("2025-03-18T12:00")


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(-90, 90)), max_size=20))
def test_the_watermark_never_goes_back(moments: list[tuple[int, int]]) -> None:
    watermark = None
    for hours, minutes in moments:
        published = utc("2025-03-01") + timedelta(hours=hours)
        article = make_article_ref(published_at=published, seen_at=published - timedelta(minutes=minutes))
        before, watermark = watermark, moved(watermark, article, POLICY)
        assert before is None or (watermark is not None and watermark >= before)
        if minutes > 60:
            assert watermark == before


def test_a_missing_date_never_moves_the_watermark() -> None:
    assert moved(None, make_article_ref(published_at=None), POLICY) is None


def test_what_is_late() -> None:
    now = utc("2025-06-01")

    edge = horizon(now, POLICY)

    assert edge is not None
    assert lateness(now, edge, now - POLICY.grace, POLICY) is None
    assert lateness(now, edge, now - POLICY.grace - timedelta(seconds=1), POLICY) is LateReason.AFTER_GRACE
    assert lateness(now, edge, now - timedelta(days=34), POLICY) is LateReason.FORGOTTEN
    assert lateness(now, None, now - timedelta(days=34), POLICY) is LateReason.AFTER_GRACE
    assert lateness(None, None, now, POLICY) is None


def test_what_claims_to_be_from_beyond_the_log_does_not_move_the_watermark() -> None:
    now = utc("2025-06-01")
    article = make_article_ref(published_at=utc("9999-01-01"), seen_at=utc("9999-01-01"))

    assert moved(now, article, POLICY, now) == now
    assert horizon(utc("0001-01-02"), POLICY) is None


def test_forgetting_waits_for_a_grace_of_the_logs_own_time() -> None:
    settling, begin = Settling(), utc("2025-06-01")
    for hour in range(200):
        settling.tick(begin + timedelta(hours=hour), begin + timedelta(days=hour), POLICY)
        assert len(settling.marks) <= POLICY.grace // timedelta(hours=1) + 2
        waited = hour - POLICY.grace // timedelta(hours=1) - 1
        assert settling.reached == (begin + timedelta(days=waited) if waited >= 0 else None)


def test_without_a_log_the_watermark_itself_forgets() -> None:
    settling = Settling()
    settling.tick(None, utc("2025-06-01"), POLICY)
    assert settling.reached == utc("2025-06-01")


def test_an_unknown_state_is_refused() -> None:
    written = state_to_dict(new_state("RUS|UKR"))

    assert state_to_dict(state_from_dict(json.loads(json.dumps(written)))) == written
    with pytest.raises(ValueError, match="version 99"):
        state_from_dict({**written, "version": 99})
    with pytest.raises(ValueError, match="not a state"):
        state_from_dict({"version": written["version"]})


def test_a_policy_is_part_of_the_engine() -> None:
    assert engine_id(Policy()) == engine_id(Policy())
    assert engine_id(Policy()) != engine_id(replace(Policy(), grace=timedelta(hours=1)))
    assert engine_id(Policy()).endswith(f"+{Policy().digest()}")


def test_an_event_of_another_conflict_is_left_alone() -> None:
    step = advance(new_state("RUS|UKR"), make_strike(conflict="ISR|hamas"), POLICY)

    assert (step.alerts, step.changed, step.late) == ((), False, None)


def test_the_state_is_bounded_in_time() -> None:
    stream = fold()
    for day in range(200):
        when = utc("2025-01-01") + timedelta(days=day)
        ref = make_article_ref(f"a{day}", published_at=when)
        interval = make_interval(when - timedelta(hours=3))
        stream.read(
            [make_diplomacy("ceasefire_agreed", article=ref, declared_at=interval)] if day == 0 else []
        )
        stream.read(
            [make_strike(article=ref, event_time=interval), make_strike(article=ref, relation="after")]
        )
        stream.read([make_diplomacy("ceasefire_mentioned", article=ref)])
    (state,) = stream.states.values()

    strikes = [event for event in state.events.values() if event.event_time.start > utc("2025-01-01")]
    assert len(state.events) < 5 * 45
    assert min(event.article.seen_at for event in strikes) < utc("2025-02-01")
    assert {alert.ceasefire.origin for alert in stream.live()} == {"announced"}
    assert len(state.versions) == len({event.article.id for event in state.events.values()})
    assert len({alert.incident.id for alert in stream.sent}) == 200
    assert not [alert for alert in stream.sent if alert.status == "retracted"]


def test_the_state_is_bounded_in_number() -> None:
    small = replace(POLICY, max_events=100)
    reports = [
        make_strike(
            article=make_article_ref(f"a{n}", published_at=utc("2025-03-01") + timedelta(hours=n)),
            event_id=f"e{n}",
        )
        for n in range(400)
    ]
    stream = fold(
        make_diplomacy(article=make_article_ref("t", published_at="2025-03-01")), *reports, policy=small
    )
    (state,) = stream.states.values()

    assert len(state.events) <= small.max_events
    assert "e399" in state.events
    assert not [alert for alert in stream.sent if alert.status == "retracted"]


def test_titles_name_the_actor_by_its_usual_name() -> None:
    (alert,) = fold(
        make_diplomacy(
            parties=["ISR", "hezbollah@LBN"], conflict="ISR|LBN", declared_at=make_interval("2025-03-16")
        ),
        make_strike(
            ["hezbollah@LBN", make_actor("some-rebels")],
            ["ISR"],
            conflict="ISR|LBN",
            article=make_article_ref("b"),
            event_time=make_interval("2025-03-18T20:00"),
            killed=Quantity(low=1, high=None),
            weapons=[make_weapon("rocket", 1), make_weapon("drone", Quantity(low=2, high=4))],
        ),
    ).live()

    assert alert.title == (
        "Hezbollah and Some Rebels strike Israel 2 days after ceasefire: "
        "2 to 4 drones, 1 rocket and at least 1 killed reported"
    )


def test_titles_know_who_is_only_named_as_a_party() -> None:
    kurds = replace(make_actor("sdf"), name="Syrian Democratic Forces")
    (alert,) = fold(
        make_diplomacy(parties=[kurds, "SYR"], conflict="SYR|sdf", declared_at=make_interval("2025-03-16")),
        make_strike(
            [],
            ["SYR"],
            conflict="SYR|sdf",
            article=make_article_ref("b"),
            event_time=make_interval("2025-03-18T20:00"),
        ),
    ).live()

    assert alert.title == "Syrian Democratic Forces strike SYR 2 days after ceasefire"


@pytest.mark.parametrize(
    ("actor", "name", "title"),
    [
        ("druze-militias", "Druze militias of Suwayda", "Druze militias of Suwayda strike"),
        ("farc-dissidents", "FARC dissidents", "FARC dissidents strike"),
        ("hamas", "Hamas", "Hamas strikes"),
        (
            "hts",
            "Organisation for the Liberation of the Levant",
            "Organisation for the Liberation of the Levant strikes",
        ),
    ],
)
def test_titles_agree_with_their_subject(actor: str, name: str, title: str) -> None:
    attacker = replace(make_actor(actor), name=name)
    (alert,) = fold(
        make_diplomacy(
            parties=[attacker, "ISR"], conflict=f"ISR|{actor}", declared_at=make_interval("2025-03-16")
        ),
        make_strike(
            [attacker],
            ["ISR"],
            conflict=f"ISR|{actor}",
            article=make_article_ref("b"),
            event_time=make_interval("2025-03-18T20:00"),
        ),
    ).live()
    assert alert.title.startswith(f"{title} Israel")
