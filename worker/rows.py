"""Events and alerts as rows of a label and what it says: the terminal, plain text and the demo's page show these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.alert import AlertOrder, AlertStatus, InScope, Origin
from worker.event import HAPPENED, Mode, Precision, StrikeEvent
from worker.wording import (
    act_words,
    in_one_line,
    joined,
    listed,
    quoted,
    say_actors,
    say_duration,
    say_interval,
    say_names,
    say_places,
    say_quantity,
    say_scope,
    say_sites,
    say_weapons,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.alert import Alert, AlertCeasefire, AlertEvidence, AlertIncident
    from worker.event import DiplomacyEvent, Event

Row = tuple[str, str]
"""A label and what it says, in one line of plain text without control characters."""

STRIKE_WORDS = {
    Mode.DRONE: "drone strike",
    Mode.MISSILE: "missile strike",
    Mode.AIRSTRIKE: "air strike",
    Mode.ARTILLERY: "shelling",
    Mode.NAVAL: "naval strike",
    Mode.BOMBING: "bombing",
    Mode.GROUND: "ground attack",
    Mode.UNSPECIFIED: "strike",
}
_FINE = (Precision.MINUTE, Precision.HOUR)


def event_heading(event: Event) -> Row:
    """What an event is, and between whom: (`drone strike`, `RUS → UKR`) or (`ceasefire agreed`, `RUS, UKR`)."""
    if isinstance(event, StrikeEvent):
        sides = f"{say_actors(event.actors)} \N{RIGHTWARDS ARROW} {say_actors(event.recipients)}"
        return STRIKE_WORDS[event.mode], sides
    return act_words(event.act.value), say_actors(event.parties)


def event_rows(event: Event) -> tuple[Row, ...]:
    """What else an event says, a row for each thing that is known."""
    return _said(_strike_rows(event) if isinstance(event, StrikeEvent) else _diplomacy_rows(event))


def _strike_rows(event: StrikeEvent) -> list[Row]:
    relation = event.ceasefire_relation
    cue = f"{relation.order.value} it: {quoted(relation.cue)}" if relation else ""
    return [
        ("weapons", say_weapons(event.weapons)),
        ("sites", say_sites(event.sites)),
        ("places", say_places(event.places)),
        *_figure_rows(event),
        ("outcome", "intercepted" if event.intercepted else ""),
        ("ceasefire", cue),
    ]


def _diplomacy_rows(event: DiplomacyEvent) -> list[Row]:
    return [
        ("bound", say_names(event.bound) if event.bound else ""),
        ("rejecting", say_names(event.rejecting) if event.rejecting else ""),
        ("speaker", say_actors(event.speaker) if event.speaker else ""),
        ("mediators", say_names(event.mediators) if event.mediators else ""),
        ("scope", "" if event.act.value.startswith("talks") else say_scope(event.scope)),
        ("in effect from", say_interval(event.effective_from) if event.effective_from else ""),
        ("until", say_interval(event.effective_until) if event.effective_until else ""),
        ("duration", say_duration(event.duration) if event.duration else ""),
        ("venue", in_one_line(event.venue or "")),
    ]


def alert_rows(alert: Alert) -> tuple[Row, ...]:
    """What was promised, what happened, how long after, who says so; a row for each thing that is known.

    A retracted alert tells no more than what it had been about.
    """
    ceasefire, incident = alert.ceasefire, alert.incident
    if alert.status is AlertStatus.RETRACTED:
        return _said(
            [
                ("promised", _promise(ceasefire)),
                ("happened", _happening(incident)),
                ("when", say_interval(incident.event_time)),
                ("instead", f"see alert {alert.superseded_by}" if alert.superseded_by else ""),
            ]
        )
    return _said(
        [
            ("promised", _promise(ceasefire)),
            ("declared", say_interval(ceasefire.declared_at)),
            ("in effect", _effect(ceasefire)),
            ("happened", _happening(incident)),
            ("weapons", say_weapons(incident.weapons)),
            ("sites", say_sites(incident.sites)),
            ("places", say_places(incident.places)),
            *_figure_rows(incident),
            ("when", say_interval(incident.event_time)),
            ("after", _after(alert)),
            ("in scope", "" if alert.in_scope is InScope.YES else alert.in_scope.value),
            ("sources", _sources(alert)),
        ]
    )


def _promise(ceasefire: AlertCeasefire) -> str:
    parts = [
        f"{act_words(ceasefire.act.value)} between {say_names(ceasefire.parties)}",
        f"scope {say_scope(ceasefire.scope)}",
        f"binds {say_names(ceasefire.bound)}",
    ]
    if ceasefire.mediators:
        parts.append(f"mediated by {say_names(ceasefire.mediators)}")
    if ceasefire.origin is Origin.MENTIONED:
        parts.append("known from later reports only")
    return "; ".join(parts)


def _effect(ceasefire: AlertCeasefire) -> str:
    until = f", until {say_interval(ceasefire.effective_until)}" if ceasefire.effective_until else ""
    return f"from {say_interval(ceasefire.effective_from)}{until}; {act_words(ceasefire.status.value)}"


def _happening(incident: AlertIncident) -> str:
    known = tuple(mode for mode in incident.modes if mode is not Mode.UNSPECIFIED)
    modes = joined(STRIKE_WORDS[mode] for mode in known or (Mode.UNSPECIFIED,))
    arrow = f"{say_names(incident.actors)} \N{RIGHTWARDS ARROW} {say_names(incident.recipients)}"
    return f"{modes}, {arrow}"


def _after(alert: Alert) -> str:
    times = (alert.ceasefire.declared_at, alert.incident.event_time)
    about = "" if all(time.precision in _FINE for time in times) else "about "
    after = "after the announcement"
    lag = f"{about}{say_duration(alert.lag)} {after}" if alert.lag else f"{after}, how long is not known"
    return lag if alert.order is AlertOrder.CERTAIN else f"{lag} (order not certain)"


def _sources(alert: Alert) -> str:
    outlets = listed(in_one_line(evidence.source) for evidence in alert.evidence)
    return f"{outlets} ({say_reports(alert.incident)})"


def say_standing(alert: Alert) -> str:
    """Nothing for an alert as it was first raised; ` revised, revision 3`, ` retracted, revision 4`."""
    if alert.status is AlertStatus.RAISED and alert.revision == 1:
        return ""
    status = AlertStatus.REVISED if alert.status is AlertStatus.RAISED else alert.status
    return f" {status.value}, revision {alert.revision}"


def say_reports(incident: AlertIncident) -> str:
    """`3 reports, 2 independent`: how many articles tell of it, and how many know it of themselves."""
    plural = "s" if incident.reports != 1 else ""
    return f"{incident.reports} report{plural}, {incident.independent_sources} independent"


def _figure_rows(happening: StrikeEvent | AlertIncident) -> list[Row]:
    return [
        ("killed", say_quantity(happening.killed) if happening.killed else ""),
        ("injured", say_quantity(happening.injured) if happening.injured else ""),
    ]


def is_fact(event: Event) -> bool:
    """Whether the text reports it as having happened, by itself or by a claim."""
    return event.assertion.status in HAPPENED


def _said(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple((label, value) for label, value in rows if value)


def proofs_of(alert: Alert) -> tuple[AlertEvidence, ...]:
    """The sentences that prove it, each once although it may prove promise and attack; none once retracted."""
    if alert.status is AlertStatus.RETRACTED:
        return ()
    return tuple({(proof.article_id, proof.field, proof.text): proof for proof in alert.evidence}.values())
