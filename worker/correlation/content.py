"""What an alert tells: the incident, the ceasefire and the evidence, as functions of their reports.

Nothing in it depends on the order of arrival, and nothing changes with a report that adds nothing:
numbers of reports and sources go up in steps, the evidence is the first seen words for each thing told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from worker.alert import (
    Alert,
    AlertCeasefire,
    AlertEvidence,
    AlertIncident,
    AlertStatus,
    Origin,
    alert_id,
)
from worker.correlation.conflicts import Direction, inferred_actor, merged_actors
from worker.correlation.figures import WeaponKey, larger, span
from worker.correlation.incidents import IncidentKey, StrikeReport, hull_of, incident_id
from worker.correlation.policy import engine_id
from worker.correlation.rules.attack_after_ceasefire import RULE, Finding
from worker.correlation.rules.titles import title_of
from worker.correlation.sources import Sources, stepped
from worker.event import Mode, Place, Quantity, Site, SiteType, Weapon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from worker.correlation.policy import Policy
    from worker.correlation.terms import Ceasefire
    from worker.event import Event

_PLACES = 20
_SOURCES_QUOTED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An incident as an alert tells it, with the reports (first seen first) and sources behind it."""

    incident: AlertIncident
    reports: Sequence[StrikeReport]
    sources: Sources

    @classmethod
    def of(
        cls, conflict: str, key: IncidentKey, reports: Sequence[StrikeReport], sources: Sources
    ) -> Telling:
        """Put together what the reports tell; `sources` are theirs."""
        return cls(incident=_incident(conflict, key, reports, sources), reports=reports, sources=sources)


def make_alert(  # noqa: PLR0913  (an alert is about all of these)
    *,
    conflict: str,
    telling: Telling,
    ceasefire: Ceasefire,
    finding: Finding,
    policy: Policy,
    status: AlertStatus,
    revision_of: Callable[[str], int],
) -> Alert:
    """The alert for a finding, at the revision that `revision_of` gives for its id."""
    incident = telling.incident
    name = alert_id(rule=RULE, conflict=conflict, ceasefire_id=ceasefire.id, incident_id=incident.id)
    quoted = _quoted(telling.reports, finding, telling.sources, policy)
    events: list[Event] = [*ceasefire.evidence[: policy.evidence_limit // 3], *quoted]
    seen = [event.article.seen_at for event in events]
    return Alert(
        alert_id=name,
        revision=revision_of(name),
        status=status,
        rule=RULE,
        severity=finding.severity,
        title=title_of(finding, ceasefire, incident),
        conflict=conflict,
        ceasefire=_ceasefire(ceasefire, finding),
        incident=incident,
        lag=finding.lag,
        order=finding.order,
        in_scope=finding.in_scope,
        evidence=tuple(_evidence(event) for event in events if event.evidence),
        superseded_by=None,
        engine=engine_id(policy),
        first_seen_at=min(seen),
        updated_at=max(seen),
    )


def _ceasefire(ceasefire: Ceasefire, finding: Finding) -> AlertCeasefire:
    return AlertCeasefire(
        id=ceasefire.id,
        act=ceasefire.act,
        parties=ceasefire.parties,
        bound=ceasefire.bound,
        mediators=ceasefire.mediators,
        scope=ceasefire.scope,
        declared_at=ceasefire.declared,
        effective_from=ceasefire.effective,
        effective_until=ceasefire.until,
        status=finding.status,
        origin=Origin.ANNOUNCED if ceasefire.announced else Origin.MENTIONED,
    )


def _incident(
    conflict: str, key: IncidentKey, reports: Sequence[StrikeReport], sources: Sources
) -> AlertIncident:
    direction = Direction(key.actor, key.recipient)
    modes = {report.event.mode for report in reports}
    if len(modes) > 1:
        modes.discard(Mode.UNSPECIFIED)
    return AlertIncident(
        id=incident_id(conflict, key),
        actors=merged_actors(r.event.actors for r in reports) or (inferred_actor(direction.actor),),
        recipients=merged_actors(r.event.recipients for r in reports)
        or (inferred_actor(direction.recipient),),
        event_time=hull_of(reports),
        modes=tuple(mode for mode in Mode if mode in modes),
        weapons=_weapons(reports),
        sites=_sites(reports),
        places=_places(_first_of_each_source(reports, sources)),
        killed=_figure(reports, lambda report: report.event.killed),
        injured=_figure(reports, lambda report: report.event.injured),
        reports=stepped(sources.articles),
        independent_sources=stepped(sources.count),
    )


def _figure(
    reports: Iterable[StrikeReport], figure: Callable[[StrikeReport], Quantity | None]
) -> Quantity | None:
    """A range across articles; within an article a smaller figure is part of the larger."""
    by_article: dict[str, Quantity | None] = {}
    for report in reports:
        article = report.event.article.id
        by_article[article] = larger(by_article.get(article), figure(report))
    return span(quantity for quantity in by_article.values() if quantity is not None)


def _weapons(reports: Sequence[StrikeReport]) -> tuple[Weapon, ...]:
    """One entry per class and disposition: a range across articles, named by its model where there is but one."""
    keys: set[WeaponKey] = {key for report in reports for key in report.totals}
    return tuple(_weapon(key, reports) for key in sorted(keys))


def _weapon(key: WeaponKey, reports: Sequence[StrikeReport]) -> Weapon:
    weapon_class, disposition = key
    models: dict[str, str] = {}
    for report in reports:
        for weapon in report.event.weapons:
            if (weapon.weapon_class, weapon.disposition) == key:
                models.setdefault(weapon.id, weapon.name)
    only = next(iter(models)) if len(models) == 1 else None
    return Weapon(
        id=only or weapon_class,
        name=models[only] if only else weapon_class,
        weapon_class=weapon_class,
        count=_figure(reports, lambda report: report.totals.get(key)),
        disposition=disposition,
    )


def _sites(reports: Iterable[StrikeReport]) -> tuple[Site, ...]:
    first: dict[SiteType, Site] = {}
    for report in reports:
        for site in report.event.sites:
            first.setdefault(site.type, site)
    return tuple(first[kind] for kind in SiteType if kind in first)


def _first_of_each_source(reports: Iterable[StrikeReport], sources: Sources) -> list[StrikeReport]:
    """The reports of the first seen article of each of the first sources: as many as are published."""
    wanted = min(stepped(sources.count), _SOURCES_QUOTED)
    chosen: dict[str, str] = {}
    kept = []
    for report in reports:
        article = report.event.article.id
        root = sources.root(article)
        if root not in chosen and len(chosen) < wanted:
            chosen[root] = article
        if chosen.get(root) == article:
            kept.append(report)
    return kept


def _places(reports: Iterable[StrikeReport]) -> tuple[Place, ...]:
    first: dict[tuple[str, str], Place] = {}
    for report in reports:
        for place in report.event.places:
            first.setdefault((place.name, place.country or ""), place)
    kept = list(first)[:_PLACES]
    return tuple(first[name] for name in sorted(kept))


def _quoted(
    reports: Sequence[StrikeReport], finding: Finding, sources: Sources, policy: Policy
) -> list[Event]:
    """The first seen reports that carry what is told, then the first of each further source."""
    limit = policy.evidence_limit - policy.evidence_limit // 3
    counted = set(map(id, finding.counted))
    chosen: list[StrikeReport] = []
    told: set[object] = set()
    voices: set[str] = set()
    wanted = min(stepped(sources.count), _SOURCES_QUOTED)
    for report in (finding.counted[0], *reports):
        carries = report.figures | {("counted", id(report) in counted, report.order, report.claimed)}
        voice = sources.root(report.event.article.id)
        if carries - told or (voice not in voices and len(voices) < wanted):
            chosen.append(report)
            told |= carries
            voices.add(voice)
        if len(chosen) == limit:
            break
    return [report.event for report in sorted(chosen, key=lambda report: report.rank)]


def _evidence(event: Event) -> AlertEvidence:
    article, words = event.article, event.evidence[0]
    return AlertEvidence(
        article_id=article.id,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        field=words.field,
        text=words.text,
        start=words.start,
        end=words.end,
    )
