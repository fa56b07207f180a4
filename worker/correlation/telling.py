"""What the reports of an incident tell together, kept up as they come in, first seen first.

A report that comes last costs the same however many there are before it, and what it does not change stays the very
value that it was: so an alert's content can be compared at once with that of the last revision.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from worker.alert import AlertIncident
from worker.correlation.conflicts import inferred_actor, merge_actor
from worker.correlation.figures import Figures, WeaponKey
from worker.correlation.sources import Sources, quoted, stepped
from worker.event import Actor, Interval, Mode, Place, Site, SiteType, Weapon

if TYPE_CHECKING:
    from worker.correlation.incidents import Fact, IncidentKey, StrikeReport

_PLACES = 20
_MODES = tuple(Mode)
_SITE_TYPES = {kind: place for place, kind in enumerate(SiteType)}


class Tally:
    """Sources, facts and time of some reports: the same for every order in which they are added."""

    def __init__(self, copy_similarity: float) -> None:
        """Start without reports."""
        self.reports: list[StrikeReport] = []
        self.sources = Sources(copy_similarity)
        self.steps = (0, 0)
        """How many articles and independent sources, as it is published."""
        self._facts: set[Fact] = set()
        self._stated = 0
        self._exact: StrikeReport | None = None
        self._hull: Interval | None = None

    def add(self, report: StrikeReport) -> None:
        """One more report."""
        article, sources = report.event.article, self.sources
        self.reports.append(report)
        sources.add(article.id, article.source, report.fingerprint)
        self.steps = (stepped(sources.articles), stepped(sources.count))
        self._cover(report)

    @property
    def facts(self) -> set[Fact]:
        """What all reports tell that makes a revision where it is new."""
        for report in islice(self.reports, self._stated, None):
            self._facts |= report.facts
        self._stated = len(self.reports)
        return self._facts

    @property
    def hull(self) -> Interval:
        """The time that the dated reports cover (all where none is dated), in the words of the most exact one."""
        assert self._hull is not None  # noqa: S101  (asked of reports only; for the type checker)
        return self._hull

    def _cover(self, report: StrikeReport) -> None:
        exact, hull, interval = self._exact, self._hull, report.interval
        if exact is None or hull is None or (report.dated and not exact.dated):
            self._exact, self._hull = report, interval
            return
        if exact.dated and not report.dated:
            return
        shorter = interval.end - interval.start, exact.interval.end - exact.interval.start
        if shorter[0] < shorter[1] or (shorter[0] == shorter[1] and report.rank < exact.rank):
            self._exact = exact = report
        elif hull.start <= interval.start and interval.end <= hull.end:
            return
        self._hull = Interval(
            start=min(hull.start, interval.start),
            end=max(hull.end, interval.end),
            precision=exact.interval.precision,
            text=exact.interval.text,
        )


@dataclass(slots=True)
class _Arms:
    """Weapons of one class and disposition."""

    models: dict[str, str] = field(default_factory=dict)
    """Their names, by id."""
    counts: Figures = field(default_factory=Figures)


class Telling(Tally):
    """An incident as an alert tells it: a fold over its reports."""

    def __init__(self, incident_id: str, key: IncidentKey, copy_similarity: float) -> None:
        """Start without reports."""
        super().__init__(copy_similarity)
        self._id = incident_id
        self._key = key
        self._modes: set[Mode] = set()
        self._actors: dict[str, Actor] = {}
        self._recipients: dict[str, Actor] = {}
        self._sites: dict[SiteType, Site] = {}
        self._arms: dict[WeaponKey, _Arms] = {}
        self._killed = Figures()
        self._injured = Figures()
        self._places = _Places()
        self._incident: AlertIncident | None = None
        self._is_old = True

    def add(self, report: StrikeReport) -> None:
        """Take in a report that was seen after all others."""
        before = self._hull, self.steps
        super().add(report)
        event, article_id = report.event, report.event.article.id
        changed = before != (self._hull, self.steps)
        if event.mode not in self._modes:
            self._modes.add(event.mode)
            changed = True
        for actor in event.actors:
            changed |= merge_actor(self._actors, actor)
        for recipient in event.recipients:
            changed |= merge_actor(self._recipients, recipient)
        for site in event.sites:
            if site.type not in self._sites:
                self._sites[site.type] = site
                changed = True
        if event.weapons:
            changed |= self._arm(report, article_id)
        if event.killed is not None:
            changed |= self._killed.add(article_id, event.killed)
        if event.injured is not None:
            changed |= self._injured.add(article_id, event.injured)
        self._is_old |= changed

    def _arm(self, report: StrikeReport, article_id: str) -> bool:
        changed = False
        for weapon in report.event.weapons:
            key = weapon.weapon_class, weapon.disposition
            arms = self._arms.get(key)
            if arms is None:
                arms = self._arms[key] = _Arms()
            if weapon.id not in arms.models:
                arms.models[weapon.id] = weapon.name
                changed = True
        for key, count in report.totals.items():
            if count is not None:
                changed |= self._arms[key].counts.add(article_id, count)
        return changed

    def incident(self) -> AlertIncident:
        """The incident as all reports until now tell it; the same value as before where nothing is told otherwise."""
        places = self._places.of(self)
        known = self._incident
        if known is not None and not self._is_old and known.places == places:
            return known
        modes = self._modes - {Mode.UNSPECIFIED} or self._modes
        articles, sources = self.steps
        told = AlertIncident(
            id=self._id,
            actors=_sorted(self._actors) or (inferred_actor(self._key.actor),),
            recipients=_sorted(self._recipients) or (inferred_actor(self._key.recipient),),
            event_time=self.hull,
            modes=tuple([mode for mode in _MODES if mode in modes]),
            weapons=tuple([_weapon(key, self._arms[key]) for key in sorted(self._arms)]),
            sites=tuple([self._sites[kind] for kind in sorted(self._sites, key=_SITE_TYPES.__getitem__)]),
            places=places,
            killed=self._killed.range,
            injured=self._injured.range,
            reports=articles,
            independent_sources=sources,
        )
        self._is_old = False
        if told != known:
            self._incident = known = told
        return known


class _Places:
    """Those of the first seen article of each of the first sources: as many as are published."""

    def __init__(self) -> None:
        """Nothing read yet."""
        self._begin((0, 0))

    def _begin(self, grouped: tuple[int, int]) -> None:
        self._grouped = grouped
        self._read = 0
        self._chosen: dict[str, str] = {}
        self._found: dict[tuple[str, str], Place] = {}
        self._told: tuple[Place, ...] = ()

    def of(self, tally: Tally) -> tuple[Place, ...]:
        """Those of reports of which the ones read before were the first."""
        sources, before = tally.sources, len(self._found)
        wanted = quoted(sources.count)
        if self._grouped != (wanted, sources.regrouped):
            self._begin((wanted, sources.regrouped))
            before = 0
        for report in islice(tally.reports, self._read, None):
            article_id = report.event.article.id
            root = sources.root(article_id)
            if len(self._chosen) < wanted:
                self._chosen.setdefault(root, article_id)
            if report.event.places and self._chosen.get(root) == article_id:
                for place in report.event.places:
                    self._found.setdefault((place.name, place.country or ""), place)
        self._read = len(tally.reports)
        if len(self._found) > before:
            self._told = tuple([self._found[name] for name in sorted(islice(self._found, _PLACES))])
        return self._told


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
        count=arms.counts.range,
        disposition=disposition,
    )
