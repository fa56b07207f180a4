"""The two seed articles as the events a good reader would write down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.factories import (
    make_article_ref,
    make_day,
    make_diplomacy,
    make_interval,
    make_place,
    make_strike,
    make_weapon,
)
from worker.event import Disposition, Domain, Mode, Order, Precision, SiteType, Status

if TYPE_CHECKING:
    from worker.event import Event

FIRST = make_article_ref("seed-1", source="First Paper", published_at="2025-03-19T12:00")
SECOND = make_article_ref("seed-2", source="Second Paper", published_at="2025-03-19T12:00")
NIGHT = make_interval(
    "2025-03-18T18:00", "2025-03-19T06:00", precision=Precision.PART_OF_DAY, text="Tuesday night"
)
EVENING = make_interval(
    "2025-03-18T17:00", "2025-03-19T12:00", precision=Precision.DAY, text="since the evening"
)
PARTIAL = (Domain.ENERGY, Domain.INFRASTRUCTURE)


def first_article() -> list[Event]:
    """Both sides strike, Russia having agreed to spare energy."""
    return [
        make_strike(
            article=FIRST,
            event_time=NIGHT,
            sites=[SiteType.ENERGY],
            mode=Mode.UNSPECIFIED,
            relation=Order.AFTER,
        ),
        make_strike(
            ["UKR"],
            ["RUS"],
            article=FIRST,
            event_time=NIGHT,
            sites=[SiteType.ENERGY],
            mode=Mode.UNSPECIFIED,
            relation=Order.AFTER,
        ),
        make_strike(
            article=FIRST,
            event_time=EVENING,
            mode=Mode.MISSILE,
            weapons=[
                make_weapon("missile", 2, weapon_id="iskander-m"),
                make_weapon("missile", 4, weapon_id="s-300"),
                make_weapon("drone", 145, weapon_id="shahed-136"),
                make_weapon("drone", weapon_id="decoy-drone"),
            ],
        ),
        make_strike(
            ["UKR"],
            ["RUS"],
            article=FIRST,
            event_time=NIGHT,
            intercepted=True,
            weapons=[
                make_weapon("drone", 57, disposition=Disposition.INTERCEPTED),
                make_weapon("drone", 35, disposition=Disposition.INTERCEPTED),
            ],
            places=[make_place("Kursk", "RUS")],
        ),
        make_strike(
            [],
            ["RUS"],
            article=FIRST,
            sites=[SiteType.ENERGY],
            weapons=[make_weapon("drone", 1, disposition=Disposition.HIT)],
            places=[make_place("Krasnodar", "RUS")],
        ),
        make_strike(
            ["UKR"],
            ["RUS"],
            article=FIRST,
            mode=Mode.GROUND,
            status=Status.HISTORICAL,
            text="an incursion last year",
        ),
        make_diplomacy(
            article=FIRST,
            bound=["RUS"],
            mediators=["USA"],
            domains=[Domain.ENERGY],
            declared_at=make_day("2025-03-18"),
        ),
        make_diplomacy(
            article=FIRST,
            bound=["RUS"],
            speaker=["USA"],
            mediators=["USA"],
            domains=PARTIAL,
            declared_at=make_day("2025-03-18"),
        ),
        make_diplomacy("ceasefire_mentioned", article=FIRST, domains=[Domain.ENERGY]),
        make_diplomacy("ceasefire_proposed", article=FIRST, domains=[Domain.MARITIME]),
        make_diplomacy("ceasefire_proposed", article=FIRST),
        make_diplomacy("talks_scheduled", ["RUS"], mediators=["USA"], article=FIRST, venue="Jeddah"),
    ]


def second_article() -> list[Event]:
    """Russia strikes on although a halt would be agreed."""
    return [
        make_strike(
            article=SECOND,
            relation=Order.DURING,
            weapons=[make_weapon("missile", weapon_id="ballistic-missile")],
        ),
        make_strike(
            article=SECOND, sites=[SiteType.ENERGY, SiteType.TRANSPORT], places=[make_place("Dnipropetrovsk")]
        ),
        make_strike(
            article=SECOND,
            mode=Mode.MISSILE,
            weapons=[
                make_weapon("missile", 6, weapon_id="ballistic-missile"),
                make_weapon("drone", 145, weapon_id="shahed-136"),
            ],
        ),
        make_strike(article=SECOND, weapons=[make_weapon("drone", 45)], places=[make_place("Kyiv")]),
        make_strike(["UKR"], ["RUS"], article=SECOND, mode=Mode.GROUND, places=[make_place("Kursk", "RUS")]),
        make_diplomacy(article=SECOND, status=Status.HYPOTHETICAL, bound=["RUS"], domains=[Domain.ENERGY]),
        make_diplomacy(article=SECOND, status=Status.HYPOTHETICAL, domains=[Domain.ENERGY, Domain.MARITIME]),
        make_diplomacy("talks_scheduled", ["RUS"], mediators=["USA"], article=SECOND, venue="Jeddah"),
    ]
