"""Putting events in their place: article versions, denials, incidents, ceasefires; and forgetting them.

Every function leaves the derived indexes as the set of remembered events gives them, and says which
incidents that touched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from worker.correlation.ceasefire_reports import CeasefireReport, Part, read_diplomacy
from worker.correlation.ceasefires import lives
from worker.correlation.incidents import (
    Incident,
    IncidentKey,
    StrikeReport,
    home_days,
    read_strike,
    refutes,
)
from worker.correlation.terms import all_terms
from worker.correlation.windows import reference_of
from worker.event import Event, Status, StrikeEvent

if TYPE_CHECKING:
    from datetime import datetime

    from worker.correlation.conflicts import Direction
    from worker.correlation.policy import Policy
    from worker.correlation.state import ConflictState
    from worker.correlation.terms import Ceasefire
    from worker.event import ArticleRef


@dataclass(slots=True)
class Touched:
    """What an event touched."""

    changed: bool = False
    """Whether anything that is written with the state differs."""
    incidents: set[IncidentKey] = field(default_factory=set)
    """Incidents to be judged again."""
    moves: dict[IncidentKey, IncidentKey] = field(default_factory=dict)
    """Where the reports of an incident went."""
    diplomacy: bool = False
    """Whether the ceasefires have to be told anew."""
    latest: CeasefireReport | None = None
    """The one report by which they differ, where it is the last of the story and declares nothing."""


def ensure(state: ConflictState, policy: Policy) -> None:
    """Build what follows from the events of a state that has just been read."""
    derived = state.derived
    if derived.fresh:
        return
    derived.fresh = True
    touched = Touched()
    for event in state.events.values():
        derived.by_article[event.article.id].add(event.event_id)
    for event in state.events.values():
        report = _read(state, event, policy) if _in_force(state, event.article) else None
        if report is not None:
            _activate(state, report, policy, touched)
    fold_ceasefires(state, policy)
    for alert_id, (key, alert) in state.alerts.items():
        derived.alerts_of_incident[key].add(alert_id)
        derived.alerts_of_ceasefire[alert.ceasefire.id].add(alert_id)


def fold_ceasefires(state: ConflictState, policy: Policy) -> None:
    """Tell the ceasefires of a conflict from all their reports."""
    derived = state.derived
    derived.lives = lives(derived.diplomacy.values(), policy)
    derived.last_order = max((report.order for report in derived.diplomacy.values()), default=None)
    derived.ceasefires = all_terms(
        derived.lives, conflict=state.conflict, policy=policy, known=derived.ceasefires
    )


def ceasefire_of(state: ConflictState, event_id: str) -> Ceasefire | None:
    """The ceasefire that a diplomacy report is about."""
    report = state.derived.diplomacy.get(event_id)
    if report is None:
        return None
    return next((c for c in state.derived.ceasefires.values() if report in c.life.reports()), None)


def remember(state: ConflictState, event: Event, policy: Policy) -> Touched:
    """Take in an event that is not known (or known only as seen later)."""
    touched, derived, article = Touched(), state.derived, event.article
    known = state.events.get(event.event_id)
    if known is not None:
        _deactivate(state, known, policy, touched)
    report = _read(state, event, policy)
    if report is not None:
        state.events[event.event_id] = event
        derived.by_article[article.id].add(event.event_id)
        touched.changed = True
    _see_version(state, article, policy, touched)
    if report is not None and _in_force(state, article):
        _activate(state, report, policy, touched)
    return touched


def see_again(state: ConflictState, event: Event, policy: Policy) -> Touched:
    """A known event once more: only when its article was last seen can be new."""
    touched = Touched()
    _see_version(state, event.article, policy, touched)
    return touched


def _read(state: ConflictState, event: Event, policy: Policy) -> StrikeReport | CeasefireReport | None:
    if isinstance(event, StrikeEvent):
        return read_strike(event, state.sides, policy)
    return read_diplomacy(event, policy)


def _see_version(state: ConflictState, article: ArticleRef, policy: Policy, touched: Touched) -> None:
    """Note when a version was seen; where that puts another one in force, swap their events."""
    versions = state.versions.get(article.id)
    if versions is None:
        state.versions[article.id] = {article.content_hash: article.seen_at}
        state.references[article.id] = reference_of(article, policy)
        touched.changed = True
        return
    last = versions.get(article.content_hash)
    if last is not None and last >= article.seen_at:
        return
    reference = reference_of(article, policy)
    state.references[article.id] = max(reference, state.references.get(article.id, reference))
    before = _version_in_force(versions)
    versions[article.content_hash] = article.seen_at
    touched.changed = True
    after = _version_in_force(versions)
    if before in (None, after):
        return
    events = [state.events[event_id] for event_id in sorted(state.derived.by_article[article.id])]
    for event in events:
        if event.article.content_hash == before:
            _deactivate(state, event, policy, touched)
    for event in events:
        report = _read(state, event, policy) if event.article.content_hash == after else None
        if report is not None:
            _activate(state, report, policy, touched)


def _version_in_force(versions: dict[str, datetime]) -> str | None:
    if len(versions) <= 1:
        return next(iter(versions), None)
    return max(versions, key=lambda content: (versions[content], content))


def _in_force(state: ConflictState, article: ArticleRef) -> bool:
    versions = state.versions.get(article.id)
    if not versions or len(versions) == 1:
        return not versions or article.content_hash in versions
    return _version_in_force(versions) == article.content_hash


def _activate(
    state: ConflictState, report: StrikeReport | CeasefireReport, policy: Policy, touched: Touched
) -> None:
    derived = state.derived
    event_id = report.event.event_id
    if event_id in derived.strikes or event_id in derived.diplomacy:
        return
    if isinstance(report, CeasefireReport):
        _activate_diplomacy(state, report, touched)
    elif report.event.assertion.status is Status.DENIED:
        derived.denials[report.direction][event_id] = report
        _settle_denial(state, report, policy, touched)
    else:
        derived.strikes[event_id] = report
        _rehome(state, report.event.article.id, report.direction, policy, touched)


def _activate_diplomacy(state: ConflictState, report: CeasefireReport, touched: Touched) -> None:
    derived = state.derived
    derived.diplomacy[report.event.event_id] = report
    is_last = derived.last_order is not None and report.order > derived.last_order
    plain = report.part not in (Part.ANNOUNCE, Part.DENY)
    touched.latest = report if is_last and plain and not touched.diplomacy else None
    if derived.last_order is None or is_last:
        derived.last_order = report.order
    touched.diplomacy = True


def _deactivate(state: ConflictState, event: Event, policy: Policy, touched: Touched) -> None:
    derived = state.derived
    if not isinstance(event, StrikeEvent):
        if derived.diplomacy.pop(event.event_id, None) is not None:
            touched.diplomacy = True
            touched.latest = None
        return
    report = derived.strikes.pop(event.event_id, None)
    if report is not None:
        _leave(state, report, touched)
        _rehome(state, event.article.id, report.direction, policy, touched)
        return
    for denials in derived.denials.values():
        denial = denials.pop(event.event_id, None)
        if denial is not None:
            _settle_denial(state, denial, policy, touched)


def _settle_denial(state: ConflictState, denial: StrikeReport, policy: Policy, touched: Touched) -> None:
    """Put the articles that a denial takes something back from in their place again."""
    articles = {
        report.event.article.id for report in state.derived.strikes.values() if refutes(denial, report)
    }
    for article_id in sorted(articles):
        _rehome(state, article_id, denial.direction, policy, touched)


def _rehome(
    state: ConflictState, article_id: str, direction: Direction, policy: Policy, touched: Touched
) -> None:
    """Put the reports of one article and direction into the incidents they belong to."""
    derived = state.derived
    reports = [
        report
        for event_id in derived.by_article[article_id]
        if (report := derived.strikes.get(event_id)) is not None and report.direction == direction
    ]
    denials = derived.denials.get(direction)
    told = reports
    if denials:
        told = [
            report for report in reports if not any(refutes(denial, report) for denial in denials.values())
        ]
    days = home_days(told)
    for report in reports:
        event_id = report.event.event_id
        day, before = days.get(event_id), derived.homes.get(event_id)
        if (None if before is None else before.day) == day:
            continue
        home = None if day is None else IncidentKey(direction.actor, direction.recipient, day)
        if before is not None:
            _leave(state, report, touched)
            if home is not None:
                touched.moves[before] = home
        if home is not None:
            _join(state, home, report, policy, touched)


def _join(
    state: ConflictState, home: IncidentKey, report: StrikeReport, policy: Policy, touched: Touched
) -> None:
    derived = state.derived
    incident = derived.incidents.get(home)
    if incident is None:
        incident = derived.incidents[home] = Incident(home, state.conflict, policy)
    derived.homes[report.event.event_id] = home
    incident.add(report)
    touched.incidents.add(home)


def _leave(state: ConflictState, report: StrikeReport, touched: Touched) -> None:
    derived = state.derived
    home = derived.homes.pop(report.event.event_id, None)
    if home is None:
        return
    derived.incidents[home].remove(report)
    touched.incidents.add(home)
