"""What the extractor and the correlation give for each article of a corpus."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from tests.eval.measures import Answer, measure
from worker.alert import AlertStatus
from worker.correlation import Policy
from worker.extraction import load_parser
from worker.lexicon import load_lexicon
from worker.offline import replay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.eval.corpora import Case
    from worker.event import Event
    from worker.extraction import Parser
    from worker.lexicon import Lexicon


@lru_cache(maxsize=1)
def loaded() -> tuple[Lexicon, Parser]:
    """The lexicon and the parser, loaded once."""
    return load_lexicon(), load_parser()


def answers_to(cases: Sequence[Case]) -> dict[str, Answer]:
    """Events and alerts of every article by its id, each article as a stream of its own."""
    lexicon, parser = loaded()
    result = replay(
        [case.article for case in cases], lexicon=lexicon, parser=parser, policy=Policy(), isolated=True
    )
    events: defaultdict[str, list[Event]] = defaultdict(list)
    for event in result.events:
        events[event.article.id].append(event)
    alerted = {
        one.article_id
        for alert in result.alerts
        if alert.status is not AlertStatus.RETRACTED
        for one in alert.evidence
    }
    return {
        identity: Answer(events=tuple(events[identity]), alerted=identity in alerted)
        for identity in (case.article.article_id for case in cases)
    }


def wholly_right(case: Case, answers: Mapping[str, Answer]) -> bool:
    """Whether every measure finds everything right in one case."""
    return not any(figure.wrong for figure in measure([case], answers).values())
