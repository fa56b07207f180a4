"""The rule, case by case: what raises an alert, what does not, and how grave it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.correlation.seeds import first_article, second_article
from tests.correlation.streams import fold
from tests.factories import (
    make_article_ref,
    make_day,
    make_diplomacy,
    make_interval,
    make_place,
    make_strike,
    utc,
)
from worker.alert import Alert, AlertOrder, AlertStatus, InScope, Origin, Severity
from worker.event import Act, Disposition, Domain, Mode, Order, Quantity, SiteType, Status

if TYPE_CHECKING:
    from worker.event import ArticleRef, Event

AGREED_AT = "2025-03-18T10:00"
STRUCK_AT = "2025-03-19T02:00"


def news(name: str, published: str, **fields: str) -> ArticleRef:
    """An article of an outlet of its own."""
    return make_article_ref(name, published_at=published, **fields)


def agreed(**fields: object) -> Event:
    """A general ceasefire, agreed by both on 18 March at ten."""
    fields.setdefault("article", news("truce", "2025-03-18T12:00"))
    fields.setdefault("declared_at", make_interval(AGREED_AT))
    return make_diplomacy(**fields)  # type: ignore[arg-type]


def strike(**fields: object) -> Event:
    """Russia strikes in the night after."""
    fields.setdefault("article", news("strike", "2025-03-19T06:00"))
    fields.setdefault("event_time", make_interval(STRUCK_AT))
    return make_strike(**fields)  # type: ignore[arg-type]


def only(*events: Event) -> Alert:
    """The one alert that stands."""
    (alert,) = fold(*events).live()
    return alert


def nothing(*events: Event) -> bool:
    """Whether no alert stands."""
    return not fold(*events).live()


def test_fires_when_an_attack_follows_an_agreement() -> None:
    alert = only(agreed(), strike())

    assert (alert.severity, alert.order, alert.in_scope) == (
        Severity.CRITICAL,
        AlertOrder.CERTAIN,
        InScope.YES,
    )
    assert alert.lag == timedelta(hours=15)
    assert alert.title == "Russia strikes Ukraine 15 hours after ceasefire"
    assert {evidence.article_id for evidence in alert.evidence} == {"truce", "strike"}
    assert alert.status is AlertStatus.RAISED
    assert (alert.first_seen_at, alert.updated_at) == (utc("2025-03-18T12:05"), utc("2025-03-19T06:05"))


def test_fires_on_whichever_side_comes_second() -> None:
    assert [alert.revision for alert in fold(strike(), agreed()).sent] == [1]
    assert only(strike(), agreed()) == only(agreed(), strike())


def test_says_nothing_without_the_earlier_announcement() -> None:
    assert nothing(strike())
    assert nothing(strike(relation=Order.AFTER))


def test_says_nothing_of_another_conflict() -> None:
    other = {"actors": ["hamas"], "recipients": ["ISR"], "conflict": "ISR|hamas"}

    assert nothing(agreed(), strike(**other))
    assert nothing(agreed(), strike(conflict=None))


@pytest.mark.parametrize(
    ("struck", "fires"),
    [("2025-04-17T11:00", True), ("2025-04-17T12:00", False), ("2025-04-20T00:00", False)],
)
def test_the_window_is_thirty_days_after_the_last_report_and_half_open(struck: str, *, fires: bool) -> None:
    late = strike(article=news("strike", "2025-04-21T00:00"), event_time=make_interval(struck))

    assert nothing(agreed(), late) is not fires


def test_a_report_that_it_holds_keeps_it_watched() -> None:
    late = strike(article=news("strike", "2025-04-21T00:00"), event_time=make_interval("2025-04-20T12:00"))
    holds = make_diplomacy(Act.CEASEFIRE_MENTIONED, article=news("holds", "2025-04-10T00:00"))

    alert = only(agreed(), holds, late)

    assert alert.ceasefire.origin is Origin.ANNOUNCED
    assert alert.lag == timedelta(days=33, hours=1)


@pytest.mark.parametrize(
    ("struck", "order"),
    [
        ("2025-03-18T11:00", AlertOrder.CERTAIN),
        ("2025-03-18T10:59", AlertOrder.POSSIBLE),
        ("2025-03-18T09:00", None),
    ],
)
def test_the_order_on_the_boundary_of_the_declaration(struck: str, order: AlertOrder | None) -> None:
    alerts = fold(agreed(), strike(event_time=make_interval(struck))).live()

    assert [alert.order for alert in alerts] == ([] if order is None else [order])


@pytest.mark.parametrize(
    "act", [Act.CEASEFIRE_PROPOSED, Act.CEASEFIRE_DEMANDED, Act.CEASEFIRE_REJECTED, Act.TALKS_HELD]
)
def test_what_is_only_proposed_opens_nothing(act: Act) -> None:
    assert nothing(agreed(act=act), strike(relation=Order.AFTER))


@pytest.mark.parametrize(
    "status", [Status.DENIED, Status.HYPOTHETICAL, Status.PLANNED, Status.THREATENED, Status.HISTORICAL]
)
def test_only_what_happened_counts(status: Status) -> None:
    assert nothing(agreed(status=status), strike(relation=Order.AFTER))
    assert nothing(agreed(), strike(status=status))


def test_a_strike_said_to_be_before_raises_nothing() -> None:
    assert nothing(agreed(), strike(relation=Order.BEFORE))


def test_contradicting_texts_make_it_possible() -> None:
    other = strike(article=news("other", "2025-03-19T07:00"), relation=Order.BEFORE)

    assert only(agreed(), strike(relation=Order.AFTER), other).order is AlertOrder.POSSIBLE


def test_overlap_in_one_article_raises_nothing_unless_the_text_says_so() -> None:
    ref = news("both", "2025-03-19T06:00")
    day = make_day("2025-03-18")

    assert nothing(agreed(article=ref, declared_at=day), strike(article=ref, event_time=day))
    assert (
        only(
            agreed(article=ref, declared_at=day), strike(article=ref, event_time=day, relation=Order.AFTER)
        ).severity
        is Severity.CRITICAL
    )


@pytest.mark.parametrize(("published", "fires"), [("2025-03-18T12:01", True), ("2025-03-18T12:00", False)])
def test_overlap_across_articles_needs_a_later_article(published: str, *, fires: bool) -> None:
    day = make_interval("2025-03-18T00:00", "2025-03-18T11:30")
    events = (agreed(), strike(article=news("strike", published), event_time=day))

    assert [alert.severity for alert in fold(*events).live()] == ([Severity.HIGH] if fires else [])


def test_an_article_without_date_needs_the_word_of_its_text() -> None:
    undated = make_article_ref("strike", published_at=None, seen_at="2025-03-19T06:00")

    assert nothing(agreed(), strike(article=undated))
    assert only(agreed(), strike(article=undated, relation=Order.AFTER)).order is AlertOrder.CERTAIN


def test_nothing_follows_an_end_that_is_certainly_earlier() -> None:
    end = make_diplomacy(
        Act.CEASEFIRE_ENDED,
        article=news("end", "2025-03-18T23:00"),
        event_time=make_interval("2025-03-18T20:00"),
    )

    assert nothing(agreed(), end, strike())
    (alert,) = fold(agreed(), strike(), end).alerts()
    assert (alert.status, alert.revision) == (AlertStatus.RETRACTED, 2)


def test_a_collapse_through_the_attack_does_not_end_it_before() -> None:
    ref = news("collapse", "2025-03-19T06:00")
    collapse = make_diplomacy(Act.CEASEFIRE_ENDED, article=ref, event_time=make_interval(STRUCK_AT))

    alert = only(agreed(), collapse, strike(article=ref))

    assert alert.severity is Severity.CRITICAL
    assert alert.ceasefire.status == "ended"


def test_an_expiry_ends_it_and_an_extension_moves_that() -> None:
    ends = make_interval("2025-03-18T22:00")
    brief = agreed(effective_until=ends)
    longer = make_diplomacy(
        Act.CEASEFIRE_EXTENDED,
        article=news("longer", "2025-03-18T21:00"),
        effective_until=make_interval("2025-03-20T22:00"),
    )

    assert nothing(brief, strike())
    alert = only(brief, longer, strike())
    assert alert.ceasefire.effective_until == make_interval("2025-03-20T22:00")
    assert only(strike(), longer, brief).ceasefire == alert.ceasefire


def test_a_duration_gives_the_expiry() -> None:
    assert nothing(agreed(duration=timedelta(hours=12)), strike())
    assert only(agreed(duration=timedelta(hours=48)), strike()).ceasefire.effective_until is not None


PARTIAL = (Domain.ENERGY, Domain.INFRASTRUCTURE)


@pytest.mark.parametrize(
    ("domains", "mode", "sites", "scope"),
    [
        (PARTIAL, Mode.DRONE, [SiteType.ENERGY], InScope.YES),
        (PARTIAL, Mode.ARTILLERY, [SiteType.TRANSPORT], InScope.YES),
        (PARTIAL, Mode.DRONE, [SiteType.RESIDENTIAL], None),
        (PARTIAL, Mode.DRONE, [], InScope.UNKNOWN),
        (PARTIAL, Mode.GROUND, [], None),
        ((Domain.ENERGY,), Mode.DRONE, [SiteType.PORT], None),
        ((Domain.ENERGY,), Mode.MISSILE, [SiteType.NUCLEAR], InScope.YES),
        ((Domain.MARITIME,), Mode.NAVAL, [], InScope.YES),
        ((Domain.MARITIME,), Mode.DRONE, [SiteType.SHIP], InScope.YES),
        ((Domain.AIR,), Mode.AIRSTRIKE, [SiteType.RESIDENTIAL], InScope.YES),
        ((Domain.AIR,), Mode.GROUND, [], None),
        ((Domain.HOLIDAY,), Mode.GROUND, [], InScope.YES),
        ((Domain.HUMANITARIAN,), Mode.ARTILLERY, [SiteType.MARKET], InScope.YES),
        ((Domain.GENERAL,), Mode.BOMBING, [], InScope.YES),
    ],
)
def test_scope(domains: tuple[Domain, ...], mode: Mode, sites: list[SiteType], scope: InScope | None) -> None:
    alerts = fold(agreed(domains=domains), strike(mode=mode, sites=sites)).live()

    assert [alert.in_scope for alert in alerts] == ([] if scope is None else [scope])
    assert all(
        alert.severity is (Severity.CRITICAL if alert.in_scope is InScope.YES else Severity.LOW)
        for alert in alerts
    )


def test_a_local_ceasefire_holds_in_its_region_only() -> None:
    local = agreed(domains=[Domain.LOCAL], region="Sumy region")

    assert only(local, strike(places=[make_place("Konotop", admin1="Sumy")])).in_scope is InScope.YES
    assert nothing(local, strike(places=[make_place("Odesa", admin1="Odesa")]))
    assert only(local, strike()).severity is Severity.LOW


def test_an_unbound_attacker_is_low() -> None:
    one_sided = agreed(act=Act.CEASEFIRE_DECLARED, speaker=["RUS"])

    assert only(one_sided, strike()).severity is Severity.CRITICAL
    assert only(one_sided, strike(actors=["UKR"], recipients=["RUS"])).severity is Severity.LOW


@pytest.mark.parametrize(
    ("weaknesses", "severity"),
    [(0, Severity.CRITICAL), (1, Severity.HIGH), (2, Severity.MEDIUM), (3, Severity.LOW)],
)
def test_every_weakness_is_a_step_down(weaknesses: int, severity: Severity) -> None:
    later = make_interval("2025-03-25T00:00")
    overlapping = make_interval("2025-03-18T08:00", "2025-03-19T02:00")

    alert = only(
        agreed(effective_from=later if weaknesses > 0 else None),
        strike(
            status=Status.CLAIMED if weaknesses > 1 else Status.ASSERTED,
            event_time=overlapping if weaknesses > 2 else None,
            relation=None if weaknesses > 2 else Order.AFTER,
        ),
    )

    assert alert.severity is severity


def test_who_has_rejected_it_raises_nothing_from_then_on() -> None:
    no = make_diplomacy(
        Act.CEASEFIRE_REJECTED,
        article=news("no", "2025-03-18T20:00"),
        rejecting=["RUS"],
        event_time=make_interval("2025-03-18T18:00"),
    )

    assert nothing(agreed(), no, strike())
    assert only(agreed(), no, strike(actors=["UKR"], recipients=["RUS"])).severity is Severity.CRITICAL
    assert not nothing(agreed(), no, strike(event_time=make_interval("2025-03-18T14:00")))


def test_a_ceasefire_never_seen_announced_is_known_from_its_mention() -> None:
    ref = news("despite", "2025-03-19T06:00")
    mention = make_diplomacy(Act.CEASEFIRE_MENTIONED, article=ref)

    assert nothing(mention, strike(article=ref))
    alert = only(mention, strike(article=ref, relation=Order.DURING))
    assert alert.ceasefire.origin is Origin.MENTIONED
    assert alert.lag == timedelta()
    assert alert.title == "Russia strikes Ukraine despite ceasefire"


def test_an_announcement_takes_over_what_a_mention_opened() -> None:
    ref = news("despite", "2025-03-19T06:00")
    early = fold(
        make_diplomacy(Act.CEASEFIRE_MENTIONED, article=ref), strike(article=ref, relation=Order.DURING)
    )
    (mentioned,) = early.live()

    early.read([agreed()])

    (announced,) = early.live()
    (retracted,) = (alert for alert in early.alerts() if alert.status is AlertStatus.RETRACTED)
    assert announced.ceasefire.origin is Origin.ANNOUNCED
    assert (retracted.alert_id, retracted.superseded_by) == (mentioned.alert_id, announced.alert_id)


def test_declarations_within_72_hours_are_one_ceasefire_whatever_comes_first() -> None:
    days = [agreed(article=news(f"n{n}", f"2025-03-{18 + n}T12:00"), declared_at=make_day(f"2025-03-{18 + n}"))
            for n in (0, 3, 6, 10)]  # fmt: skip
    hit = strike(article=news("strike", "2025-03-29T00:00"), event_time=make_interval("2025-03-28T20:00"))

    ceasefires = {alert.ceasefire.id for alert in fold(*days, hit).live()}

    assert {
        alert.ceasefire.id for alert in fold(days[2], hit, days[1], days[3], days[0]).live()
    } == ceasefires
    assert {str(alert.ceasefire.declared_at.start.date()) for alert in fold(*days[:3], hit).live()} == {
        "2025-03-18"
    }


def test_a_late_event_is_matched_and_says_so() -> None:
    from worker.correlation import LateReason, Policy, advance, new_state  # noqa: PLC0415

    state = new_state("RUS|UKR")
    advance(state, agreed(), Policy())
    advance(state, make_strike(article=news("now", "2025-03-25T00:00"), status=Status.PLANNED), Policy())
    late = advance(state, strike(), Policy())
    forgotten = advance(state, strike(article=news("old", "2025-02-01T00:00")), Policy())

    assert late.late is LateReason.AFTER_GRACE
    assert [alert.severity for alert in late.alerts] == [Severity.CRITICAL]
    assert (forgotten.late, forgotten.alerts, forgotten.changed) == (LateReason.FORGOTTEN, (), False)


def test_a_duplicate_gives_its_alerts_again_at_their_revision() -> None:
    first = fold(agreed(), strike())
    (alert,) = first.live()

    assert first.read([strike()]).sent == [alert, alert]
    assert first.read([agreed()]).sent == [alert, alert, alert]


def test_a_report_denied_by_its_own_source_is_taken_back() -> None:
    told = strike(attributed_to="the ministry")
    denial = strike(
        article=news("denial", "2025-03-19T09:00"), attributed_to="The Ministry", status=Status.DENIED
    )
    others_denial = strike(
        article=news("d2", "2025-03-19T09:00"), attributed_to="the Kremlin", status=Status.DENIED
    )

    assert only(agreed(), told, others_denial).revision == 1
    (alert,) = fold(agreed(), told, denial).alerts()
    assert alert.status is AlertStatus.RETRACTED
    assert nothing(denial, told, agreed())


def test_a_corrected_article_replaces_what_it_said() -> None:
    first = strike(article=news("strike", "2025-03-19T06:00"), killed=Quantity(low=30, high=30))
    ref = make_article_ref(
        "strike", published_at="2025-03-19T06:00", seen_at="2025-03-19T09:00", content_hash="corrected"
    )
    corrected = strike(article=ref, killed=Quantity(low=3, high=3))

    assert only(agreed(), first, corrected).incident.killed == Quantity(low=3, high=3)
    assert only(agreed(), corrected, first).incident.killed == Quantity(low=3, high=3)
    assert nothing(agreed(), first, make_strike(article=ref, status=Status.PLANNED))


def test_copies_and_one_outlet_count_as_one_source() -> None:
    text, close = "aa" * 64, "aa" * 40 + "bb" * 24
    reports = [
        strike(article=news("s1", "2025-03-19T06:00", fingerprint=text)),
        strike(article=news("s2", "2025-03-19T06:10", fingerprint=close)),
        strike(article=news("s3", "2025-03-19T06:20", source="outlet-s1")),
        strike(article=news("s4", "2025-03-19T06:30")),
    ]

    incident = only(agreed(), *reports).incident

    assert (incident.reports, incident.independent_sources) == (3, 2)
    assert only(agreed(), *reversed(reports)).incident == incident


def test_a_further_report_without_news_is_no_revision() -> None:
    reports = [strike(article=news(f"s{n}", f"2025-03-19T{6 + n:02}:00")) for n in range(5)]

    assert [alert.revision for alert in fold(agreed(), *reports).sent] == [1, 2, 3, 4]
    assert [alert.incident.independent_sources for alert in fold(agreed(), *reports).sent] == [1, 2, 3, 5]


def test_the_seeds_give_two_alerts() -> None:
    low, critical = sorted(
        fold(*first_article(), *second_article()).live(), key=lambda alert: alert.severity
    )[::-1]

    assert (critical.severity, critical.order, critical.in_scope) == ("critical", "certain", "yes")
    assert [actor.id for actor in critical.incident.actors] == ["RUS"]
    assert critical.incident.independent_sources == 2
    assert {weapon.weapon_class: weapon.count for weapon in critical.incident.weapons} == {
        "drone": Quantity(low=145, high=145),
        "missile": Quantity(low=6, high=6),
    }
    assert (
        critical.title == "Russia strikes Ukraine after energy ceasefire: 145 drones and 6 missiles reported"
    )
    assert [actor.id for actor in critical.ceasefire.bound] == ["RUS"]
    assert [actor.id for actor in critical.ceasefire.mediators] == ["USA"]
    assert critical.ceasefire.scope.domains == PARTIAL
    assert critical.ceasefire.declared_at == make_day("2025-03-18")

    assert (low.severity, low.ceasefire) == ("low", critical.ceasefire)
    assert [(actor.id, actor.inferred) for actor in low.incident.actors] == [("UKR", False)]
    assert {
        weapon.count for weapon in low.incident.weapons if weapon.disposition is Disposition.INTERCEPTED
    } == {Quantity(low=57, high=57)}
    assert Mode.GROUND not in low.incident.modes


def test_each_seed_alone() -> None:
    assert {alert.severity for alert in fold(*first_article()).live()} == {"critical", "low"}
    assert nothing(*second_article())


def test_a_truce_that_one_side_accepts_alone_awaits_the_other() -> None:
    """Who has not answered breaks nothing; who has, does, but of a truce that has not begun."""
    alone = agreed(bound=["UKR"])
    by_ukraine = strike(actors=["UKR"], recipients=["RUS"])

    assert nothing(alone, strike())
    assert only(alone, by_ukraine).severity is Severity.HIGH
    answer = agreed(bound=["RUS"], article=news("answer", "2025-03-18T18:00"))
    assert only(alone, answer, strike()).severity is Severity.CRITICAL
    begun = make_diplomacy(Act.CEASEFIRE_IN_EFFECT, article=news("begun", "2025-03-18T18:00"))
    assert not nothing(alone, begun, strike())
    assert not nothing(alone, strike(relation=Order.DURING))


def test_what_nobody_answers_lapses() -> None:
    late = strike(
        actors=["UKR"],
        recipients=["RUS"],
        article=news("strike", "2025-03-23T00:00"),
        event_time=make_interval("2025-03-22T12:00"),
        sites=[SiteType.ENERGY],
    )

    assert nothing(agreed(bound=["UKR"]), late)
    assert not nothing(agreed(), late)
    assert not nothing(agreed(bound=["UKR"], domains=[Domain.ENERGY]), late)


def test_a_truce_for_a_feast_holds_from_its_beginning() -> None:
    feast = make_interval("2025-03-25T00:00")
    truce = agreed(domains=[Domain.HOLIDAY], effective_from=feast)
    during = strike(article=news("strike", "2025-03-25T12:00"), event_time=make_interval("2025-03-25T04:00"))

    assert nothing(truce, strike())
    assert only(truce, during).severity is Severity.CRITICAL
    assert not nothing(truce, strike(relation=Order.AFTER))
    assert nothing(agreed(act=Act.CEASEFIRE_DECLARED, speaker=["RUS"], effective_from=feast), strike())
    assert only(agreed(effective_from=feast), strike()).severity is Severity.HIGH


def test_what_is_told_of_weeks_later_is_another_truce() -> None:
    """The words "despite the truce" speak of one that stood when they were written."""
    later = make_diplomacy(Act.CEASEFIRE_MENTIONED, article=news("later", "2025-04-10T12:00"))
    soon = make_diplomacy(Act.CEASEFIRE_MENTIONED, article=news("soon", "2025-03-20T12:00"))

    assert nothing(later, strike(relation=Order.AFTER))
    assert not nothing(soon, strike(relation=Order.AFTER))


def test_people_killed_nobody_knows_where_break_no_truce_on_power_plants() -> None:
    truce = agreed(domains=[Domain.ENERGY])

    assert only(truce, strike(sites=())).in_scope is InScope.UNKNOWN
    assert nothing(truce, strike(sites=(), killed=Quantity(low=20, high=20)))
    assert (
        only(truce, strike(sites=(), killed=Quantity(low=20, high=20), relation=Order.AFTER)).severity
        is Severity.LOW
    )


def test_what_breaks_a_general_truce_is_not_told_again_of_a_local_one() -> None:
    local = agreed(domains=[Domain.LOCAL], region="Sumy region", article=news("local", "2025-03-18T13:00"))

    assert only(agreed(), local, strike()).in_scope is InScope.YES
