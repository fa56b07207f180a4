"""What an alert tells: the ceasefire, the finding and the evidence beside the incident as `telling.py` has it.

Nothing in it depends on the order of arrival, and nothing changes with a report that adds nothing:
numbers of reports and sources go up in steps, the evidence is the first seen words for each thing told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.alert import Alert, AlertCeasefire, AlertEvidence, AlertStatus, Origin, alert_id
from worker.correlation.policy import engine_id
from worker.correlation.rules.attack_after_ceasefire import RULE, Finding
from worker.correlation.rules.titles import title_of
from worker.correlation.sources import SOURCES_QUOTED, stepped

if TYPE_CHECKING:
    from worker.correlation.incidents import StrikeReport
    from worker.correlation.policy import Policy
    from worker.correlation.telling import Telling
    from worker.correlation.terms import Ceasefire
    from worker.event import Event


def make_alert(  # noqa: PLR0913  (an alert is about all of these)
    *,
    conflict: str,
    telling: Telling,
    ceasefire: Ceasefire,
    finding: Finding,
    policy: Policy,
    status: AlertStatus,
) -> Alert:
    """The alert for a finding, at revision 1."""
    incident = telling.incident()
    quoted = _quoted(telling, finding, policy)
    events: list[Event] = [*ceasefire.evidence[: policy.evidence_limit // 3], *quoted]
    seen = [event.article.seen_at for event in events]
    return Alert(
        alert_id=alert_id(rule=RULE, conflict=conflict, ceasefire_id=ceasefire.id, incident_id=incident.id),
        revision=1,
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


def _quoted(telling: Telling, finding: Finding, policy: Policy) -> list[Event]:
    """The first seen reports that carry what is told, then the first of each further source."""
    sources = telling.tally.sources
    limit = policy.evidence_limit - policy.evidence_limit // 3
    counted = set(map(id, finding.counted))
    chosen: list[StrikeReport] = []
    told: set[object] = set()
    voices: set[str] = set()
    wanted = min(stepped(sources.count), SOURCES_QUOTED)
    for report in (finding.counted[0], *telling.reports):
        kind = ("counted", id(report) in counted, report.order, report.claimed)
        voice = sources.root(report.event.article.id)
        is_new_voice = voice not in voices and len(voices) < wanted
        if is_new_voice or kind not in told or not report.figures <= told:
            chosen.append(report)
            told.add(kind)
            told |= report.figures
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
