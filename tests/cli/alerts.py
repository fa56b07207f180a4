"""An alert for tests of how alerts look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.factories import make_actors, make_day, make_interval, utc
from worker.alert import (
    Alert,
    AlertCeasefire,
    AlertEvidence,
    AlertIncident,
    AlertOrder,
    AlertStatus,
    CeasefireStatus,
    InScope,
    Origin,
    Severity,
)
from worker.event import Act, Domain, Mode, Precision, Quantity, Scope, Weapon

SENTENCE = "Drones hit the power station hours after the truce was agreed."


def make_evidence(**changes: Any) -> AlertEvidence:  # noqa: ANN401 - any field can be named
    evidence = AlertEvidence(
        article_id="a1",
        url="https://example.org/a1",
        source="Harbor Daily",
        published_at=utc("2025-03-19T12:00"),
        field="text",
        text=SENTENCE,
        start=0,
        end=len(SENTENCE),
    )
    return replace(evidence, **changes)


def make_alert(**changes: Any) -> Alert:  # noqa: ANN401 - as above
    night = make_interval(
        "2025-03-18T18:00", "2025-03-19T06:00", precision=Precision.PART_OF_DAY, text="Tuesday night"
    )
    drones = Weapon(id="drone", name="drones", weapon_class="drone", count=Quantity(low=145, high=145))
    alert = Alert(
        alert_id="0011223344556677",
        revision=1,
        status=AlertStatus.RAISED,
        rule="attack_after_ceasefire",
        severity=Severity.CRITICAL,
        title="Russia strikes Ukraine hours after energy ceasefire",
        conflict="RUS|UKR",
        ceasefire=AlertCeasefire(
            id="c1",
            act=Act.CEASEFIRE_AGREED,
            parties=make_actors(["RUS", "UKR"]),
            bound=make_actors(["RUS"]),
            mediators=make_actors(["USA"]),
            scope=Scope(domains=(Domain.ENERGY, Domain.INFRASTRUCTURE)),
            declared_at=make_day("2025-03-18"),
            effective_from=make_day("2025-03-18"),
            effective_until=None,
            status=CeasefireStatus.IN_EFFECT,
            origin=Origin.ANNOUNCED,
        ),
        incident=AlertIncident(
            id="i1",
            actors=make_actors(["RUS"]),
            recipients=make_actors(["UKR"]),
            event_time=night,
            modes=(Mode.DRONE,),
            weapons=(drones,),
            sites=(),
            places=(),
            killed=None,
            injured=Quantity(low=1, high=None),
            reports=3,
            independent_sources=2,
        ),
        lag=timedelta(hours=18),
        order=AlertOrder.CERTAIN,
        in_scope=InScope.YES,
        evidence=(make_evidence(),),
        superseded_by=None,
        engine="1.0.0+00000000",
        first_seen_at=utc("2025-03-19T12:00"),
        updated_at=utc("2025-03-19T12:00"),
    )
    return replace(alert, **changes)
