"""Events and alerts in words, for people: the same rows feed the terminal, plain text and the demo's page.

Everything here is one line of plain text without control characters; how it is laid out is the reader's affair.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from worker.alert import AlertOrder, AlertStatus, InScope, Origin
from worker.event import Domain, Precision, Qualifier, Status, StrikeEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worker.alert import Alert, AlertCeasefire, AlertIncident
    from worker.event import Actor, DiplomacyEvent, Event, Interval, Place, Quantity, Scope, Site, Weapon

Row = tuple[str, str]
"""A label and what it says."""

MAX_NAMED = 6
"""Longest list that is written out; the rest is counted."""
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff\ufeff]"
)
_FINE = (Precision.MINUTE, Precision.HOUR)
_DAY = "%-d %b %Y"
_MINUTE = "%-d %b %Y %H:%M"


def clean(text: str) -> str:
    """The text with every character that could steer a terminal or turn the direction of writing made visible.

    One character stands for one, so that offsets stay right. Line feeds and tabs remain.
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", " \n"))


def in_one_line(text: str) -> str:
    """The text cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def say_quantity(quantity: Quantity) -> str:
    """`145`, `at least 40`, `up to 12`, `about 40`, `24-99`."""
    low, high = quantity.low, quantity.high
    if quantity.qualifier is Qualifier.AT_MOST and high is not None:
        return f"up to {high}"
    if high is None:
        return str(low) if quantity.qualifier is Qualifier.EXACT else f"at least {low}"
    if high != low:
        return f"{low}\N{EN DASH}{high}"
    return f"about {low}" if quantity.qualifier is Qualifier.ABOUT else str(low)


def say_moment(moment: datetime) -> str:
    """`18 Mar 2025 21:40 UTC`."""
    return f"{moment.astimezone(UTC).strftime(_MINUTE)} UTC"


def say_interval(interval: Interval) -> str:
    """An interval as exactly as its words fixed it, the words behind it: `18 Mar 2025 (“Tuesday”)`."""
    return f"{_span(interval)} ({quoted(interval.text)})" if interval.text else _span(interval)


def quoted(text: str) -> str:
    """The text in one line, in typographic quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{in_one_line(text)}\N{RIGHT DOUBLE QUOTATION MARK}"


def _span(interval: Interval) -> str:
    start, last = interval.start.astimezone(UTC), (interval.end - timedelta(microseconds=1)).astimezone(UTC)
    if interval.precision is Precision.MINUTE or last <= start:
        return say_moment(start)
    if interval.precision in (Precision.HOUR, Precision.PART_OF_DAY):
        end = interval.end.astimezone(UTC)
        return f"{start.strftime(_MINUTE)} \N{EN DASH} {end.strftime('%H:%M' if end.date() == start.date() else _MINUTE)} UTC"
    if last.date() == start.date():
        return start.strftime(_DAY)
    return f"{start.strftime(_DAY)} \N{EN DASH} {last.strftime(_DAY)}"


def say_duration(duration: timedelta) -> str:
    """The two largest units that count: `45 min`, `3 h 20 min`, `2 days 4 h`, `12 days`."""
    minutes = int(duration.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        hours = hours if days < MAX_NAMED else 0
        return f"{days} day{'s' if days > 1 else ''}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    return f"{minutes} min"


def say_actors(actors: Sequence[Actor]) -> str:
    """Names, each with the words used: `Russia “the Kremlin”`, `Ukraine (inferred)`; `unknown` if none."""
    return _listed(_actor(actor) for actor in actors) or "unknown"


def _actor(actor: Actor) -> str:
    name = _name(actor)
    if actor.inferred or not actor.text:
        return f"{name} (inferred)"
    same = actor.text.casefold() in (actor.id.casefold(), name.casefold())
    return name if same else f"{name} {quoted(actor.text)}"


def _name(actor: Actor) -> str:
    return in_one_line(actor.name or actor.id)


def say_names(actors: Sequence[Actor]) -> str:
    """Names alone: `Russia and Ukraine`; `unknown` if none."""
    names = list(dict.fromkeys(map(_name, actors)))
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))) or "unknown"


def say_weapons(weapons: Sequence[Weapon]) -> str:
    """`145 Shahed, 6 ballistic missile; 57 drone intercepted`: counts and names as written, with what became."""
    spoken = []
    for weapon in weapons:
        count = f"{say_quantity(weapon.count)} \N{MULTIPLICATION SIGN} " if weapon.count else ""
        fate = "" if weapon.disposition.value == "launched" else f" {weapon.disposition.value}"
        spoken.append(f"{count}{in_one_line(weapon.name)}{fate}")
    return _listed(spoken)


def say_sites(sites: Sequence[Site]) -> str:
    """Types, each once: `energy, residential`."""
    return _listed(site.type.value for site in sites)


def say_places(places: Sequence[Place]) -> str:
    """Names, each once."""
    return _listed(in_one_line(place.name) for place in places)


def say_scope(scope: Scope) -> str:
    """`energy and infrastructure`, `everything`, `local: Aleppo`."""
    domains = ["everything" if domain is Domain.GENERAL else domain.value for domain in scope.domains]
    region = f" ({in_one_line(scope.region)})" if scope.region else ""
    return " and ".join(domains) + region


def say_assertion(event: Event) -> str:
    """`asserted`, `claimed by the army`."""
    by = event.assertion.attributed_to
    return event.assertion.status.value + (f" by {in_one_line(by)}" if by else "")


def act_words(act: str) -> str:
    """`ceasefire_in_effect` as `ceasefire in effect`."""
    return act.replace("_", " ")


def event_heading(event: Event) -> Row:
    """What an event is, and between whom: (`drone strike`, `RUS → UKR`) or (`ceasefire agreed`, `RUS, UKR`)."""
    if isinstance(event, StrikeEvent):
        kind = "strike" if event.mode.value == "unspecified" else f"{event.mode.value} strike"
        return kind, f"{say_actors(event.actors)} \N{RIGHTWARDS ARROW} {say_actors(event.recipients)}"
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
        f"covers {say_scope(ceasefire.scope)}",
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
    modes = " and ".join(mode.value for mode in incident.modes if mode.value != "unspecified")
    arrow = f"{say_names(incident.actors)} \N{RIGHTWARDS ARROW} {say_names(incident.recipients)}"
    return f"{modes} attack, {arrow}" if modes else f"attack, {arrow}"


def _after(alert: Alert) -> str:
    times = (alert.ceasefire.declared_at, alert.incident.event_time)
    about = "" if all(time.precision in _FINE for time in times) else "about "
    lag = f"{about}{say_duration(alert.lag)}" if alert.lag else "right"
    lag = f"{lag} after the announcement"
    return lag if alert.order is AlertOrder.CERTAIN else f"{lag} (order not certain)"


def _sources(alert: Alert) -> str:
    outlets = _listed(in_one_line(evidence.source) for evidence in alert.evidence)
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
    return event.assertion.status in (Status.ASSERTED, Status.CLAIMED)


def _said(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple((label, value) for label, value in rows if value)


def _listed(words: Iterable[str]) -> str:
    unique = list(dict.fromkeys(words))
    more = f" and {len(unique) - MAX_NAMED} more" if len(unique) > MAX_NAMED else ""
    return ", ".join(unique[:MAX_NAMED]) + more
