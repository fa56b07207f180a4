"""What the reports of an incident tell together, kept up as they come in.

What no order of the reports can change is in `Tally`; `Telling` is the incident as an alert tells it, first seen
first. A report that comes last costs the same however many there are before it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from worker.alert import AlertIncident
from worker.correlation.conflicts import inferred_actor, merge_actor
from worker.correlation.figures import WeaponKey, larger, span
from worker.correlation.sources import SOURCES_QUOTED, Sources, stepped
from worker.event import Actor, Interval, Mode, Place, Quantity, Site, SiteType, Weapon

if TYPE_CHECKING:
    from datetime import datetime

    from worker.correlation.incidents import Fact, IncidentKey, StrikeReport

_PLACES = 20
_MODES = tuple(Mode)
_SITE_TYPES = {kind: place for place, kind in enumerate(SiteType)}

_Figures = dict[str, Quantity]
"""The number that each article gives of one thing."""


class Tally:
    """Sources, facts and time of some reports: the same for every order in which they are added."""

    def __init__(self, copy_similarity: float) -> None:
        """Start without reports."""
        self.sources = Sources(copy_similarity)
        self.facts: set[Fact] = set()
        self.last_seen: datetime | None = None
        self._start: datetime | None = None
        self._end: datetime | None = None
        self._exact: StrikeReport | None = None

    def add(self, report: StrikeReport) -> None:
        """One more report."""
        article = report.event.article
        self.sources.add(article.id, article.source, report.fingerprint)
        self.facts |= report.facts
        if self.last_seen is None or report.rank[0] > self.last_seen:
            self.last_seen = report.rank[0]
        self._cover(report)

    @property
    def steps(self) -> tuple[int, int]:
        """How many articles and independent sources, as it is published."""
        return stepped(self.sources.articles), stepped(self.sources.count)

    @property
    def hull(self) -> Interval:
        """The time that the dated reports cover (all where none is dated), in the words of the most exact one."""
        assert self._exact is not None  # noqa: S101  (asked of reports only; for the type checker)
        assert self._start is not None  # noqa: S101
        assert self._end is not None  # noqa: S101
        words = self._exact.interval
        return Interval(start=self._start, end=self._end, precision=words.precision, text=words.text)

    def _cover(self, report: StrikeReport) -> None:
        exact, interval = self._exact, report.interval
        if exact is None or (report.dated and not exact.dated):
            self._start, self._end, self._exact = interval.start, interval.end, report
            return
        if exact.dated and not report.dated:
            return
        self._start = min(self._start or interval.start, interval.start)
        self._end = max(self._end or interval.end, interval.end)
        if (interval.end - interval.start, report.rank) < (
            exact.interval.end - exact.interval.start,
            exact.rank,
        ):
            self._exact = report


@dataclass(slots=True)
class _Arms:
    """Weapons of one class and disposition."""

    models: dict[str, str] = field(default_factory=dict)
    """Their names, by id."""
    counts: _Figures = field(default_factory=dict)


class Telling:
    """An incident as an alert tells it: a fold over its reports."""

    def __init__(self, incident_id: str, key: IncidentKey, tally: Tally) -> None:
        """Start without reports; `tally` is that of the same reports, kept by who adds them."""
        self.reports: list[StrikeReport] = []
        """First seen first."""
        self.tally = tally
        self._id = incident_id
        self._key = key
        self._modes: set[Mode] = set()
        self._actors: dict[str, Actor] = {}
        self._recipients: dict[str, Actor] = {}
        self._sites: dict[SiteType, Site] = {}
        self._arms: dict[WeaponKey, _Arms] = defaultdict(_Arms)
        self._killed: _Figures = {}
        self._injured: _Figures = {}
        self._places = False

    def add(self, report: StrikeReport) -> None:
        """Take in a report that was seen after all others."""
        event, article = report.event, report.event.article.id
        self.reports.append(report)
        self._modes.add(event.mode)
        for actor in event.actors:
            merge_actor(self._actors, actor)
        for recipient in event.recipients:
            merge_actor(self._recipients, recipient)
        for site in event.sites:
            self._sites.setdefault(site.type, site)
        for weapon in event.weapons:
            self._arms[weapon.weapon_class, weapon.disposition].models.setdefault(weapon.id, weapon.name)
        for key, count in report.totals.items():
            _count(self._arms[key].counts, article, count)
        _count(self._killed, article, event.killed)
        _count(self._injured, article, event.injured)
        self._places = self._places or bool(event.places)

    def incident(self) -> AlertIncident:
        """The incident as all reports until now tell it."""
        modes = self._modes - {Mode.UNSPECIFIED} or self._modes
        articles, sources = self.tally.steps
        return AlertIncident(
            id=self._id,
            actors=_sorted(self._actors) or (inferred_actor(self._key.actor),),
            recipients=_sorted(self._recipients) or (inferred_actor(self._key.recipient),),
            event_time=self.tally.hull,
            modes=tuple([mode for mode in _MODES if mode in modes]),
            weapons=tuple([_weapon(key, self._arms[key]) for key in sorted(self._arms)]),
            sites=tuple([self._sites[kind] for kind in sorted(self._sites, key=_SITE_TYPES.__getitem__)]),
            places=self._first_places() if self._places else (),
            killed=span(self._killed.values()),
            injured=span(self._injured.values()),
            reports=articles,
            independent_sources=sources,
        )

    def _first_places(self) -> tuple[Place, ...]:
        """Those of the first seen article of each of the first sources: as many as are published."""
        sources = self.tally.sources
        wanted = min(stepped(sources.count), SOURCES_QUOTED)
        chosen: dict[str, str] = {}
        first: dict[tuple[str, str], Place] = {}
        for report in self.reports:
            article = report.event.article.id
            root = sources.root(article)
            if root not in chosen and len(chosen) < wanted:
                chosen[root] = article
            if chosen.get(root) == article:
                for place in report.event.places:
                    first.setdefault((place.name, place.country or ""), place)
        return tuple([first[name] for name in sorted(list(first)[:_PLACES])])


def _count(figures: _Figures, article: str, figure: Quantity | None) -> None:
    """Within an article a smaller figure is part of the larger."""
    if figure is not None:
        known = figures.get(article)
        figures[article] = figure if known is None else larger(known, figure)


def _sorted(actors: dict[str, Actor]) -> tuple[Actor, ...]:
    return tuple([actors[actor_id] for actor_id in sorted(actors)])


def _weapon(key: WeaponKey, arms: _Arms) -> Weapon:
    """A range across articles, named by its model where there is but one."""
    weapon_class, disposition = key
    only = next(iter(arms.models)) if len(arms.models) == 1 else None
    return Weapon(
        id=only or weapon_class,
        name=arms.models[only] if only else weapon_class,
        weapon_class=weapon_class,
        count=span(arms.counts.values()),
        disposition=disposition,
    )
