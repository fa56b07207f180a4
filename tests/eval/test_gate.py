"""The golden cases reach their floors, and so do the corpora beside the repository where they are present."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from tests.eval.answers import answers_to, loaded
from tests.eval.corpora import BESIDE, Corpus, beside, golden
from tests.eval.errors import write_errors
from tests.eval.floors import below, read_floors
from tests.eval.measures import ACTS, ALERT, HAS_A_STRIKE, PARTIES, WHO, Answer, Figure, measure
from tests.eval.samples import judge
from worker.alert import AlertStatus
from worker.event import Act, Domain, Mode, SiteType
from worker.wire import dumps, event_to_dict

if TYPE_CHECKING:
    from pathlib import Path

    from worker.alert import Alert

CORPORA = beside()
KNOWN_TO_THE_SCORER = {
    HAS_A_STRIKE: "strike: item has one",
    WHO: "strike: who struck whom",
    ACTS: "diplomacy: which act",
    PARTIES: "ceasefire open: parties",
}
STATUSES = {"happened", "claimed", "denied", "planned", "threatened", "historical"}
GOLD_ACTS = {act.value.removeprefix("ceasefire_") for act in Act} - {"mentioned"} | {"background"}
WITHOUT_AN_ENTRY = {"socadef", "osce"}
"""Groups that a case names and the lexicon does not know: what is right does not hang on it."""


@cache
def golden_corpus() -> Corpus:
    return golden()


@cache
def given(name: str) -> dict[str, Answer]:
    corpora = {corpus.name: corpus for corpus in (golden_corpus(), *CORPORA)}
    return answers_to(corpora[name].cases)


def figures_of(corpus: Corpus) -> dict[str, Figure]:
    return measure(corpus.cases, given(corpus.name))


def test_the_floors_are_those_of_the_golden_cases_as_they_are() -> None:
    assert read_floors()["golden"].digest == golden_corpus().digest, (
        '`make eval ARGS="--raise"` sets them anew'
    )


def test_no_measure_of_the_golden_cases_is_below_its_floor() -> None:
    assert below(read_floors()["golden"], figures_of(golden_corpus())) == {}


@pytest.mark.slow
@pytest.mark.parametrize("corpus", CORPORA, ids=lambda corpus: corpus.name)
def test_no_measure_of_a_corpus_is_below_its_floor(corpus: Corpus) -> None:
    floors = read_floors().get(corpus.name)
    if floors is None or floors.digest != corpus.digest:
        pytest.skip("no floors for this state of the corpus")
    assert below(floors, figures_of(corpus)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("corpus", CORPORA, ids=lambda corpus: corpus.name)
def test_the_figures_are_those_of_the_scorer_that_comes_with_a_corpus(corpus: Corpus, tmp_path: Path) -> None:
    scorer = BESIDE / "score.py"
    if not scorer.exists():
        pytest.skip("no scorer")
    events = tmp_path / "events.jsonl"
    events.write_bytes(
        b"".join(
            dumps({"article_id": identity, "events": [event_to_dict(event) for event in answer.events]})
            + b"\n"
            for identity, answer in given(corpus.name).items()
        )
    )
    printed = subprocess.run(
        [sys.executable, str(scorer), str(corpus.gold), str(events), "--json"],
        check=True,
        capture_output=True,
    )
    theirs, ours = json.loads(printed.stdout), figures_of(corpus)
    for name, label in KNOWN_TO_THE_SCORER.items():
        row = theirs[label]
        assert (ours[name].right, ours[name].surplus, ours[name].missing) == (row["tp"], row["fp"], row["fn"])
    for label, row in theirs["slots"].items():
        figure = ours[label.removesuffix(" right")]
        assert (figure.right, figure.of) == (row["ok"], row["of"])


def test_every_error_can_be_read_where_it_was_written(tmp_path: Path) -> None:
    corpus = golden_corpus()
    figures = figures_of(corpus)
    write_errors(tmp_path, corpus, figures, given("golden"))
    for name, figure in figures.items():
        text = (tmp_path / "golden" / f"{name.replace(' ', '-')}.md").read_text("utf-8")
        assert text.count("\nwanted:\n") == text.count("\ngiven:\n") == len(figure.wrong)
        assert all(f"## {identity} (" in text for identity in figure.wrong)


# --- the annotation itself --------------------------------------------------------------------------------


def test_the_golden_cases_are_many_and_of_every_act() -> None:
    cases = golden_corpus().cases
    assert len(cases) >= 120
    assert len({case.article.article_id for case in cases}) == len(cases)
    assert {act.act for case in cases for act in case.acts} == GOLD_ACTS
    assert sum(not case.strikes and not case.acts for case in cases) >= 20


def test_the_golden_annotation_uses_the_words_of_its_guide() -> None:
    lexicon, _ = loaded()
    known = set(lexicon.actors) | {entry.side for entry in lexicon.actors.values()} | WITHOUT_AN_ENTRY
    for case in golden_corpus().cases:
        for strike in case.strikes:
            assert strike.status in STATUSES
            assert strike.modes <= {mode.value for mode in Mode}
            assert strike.sites <= {site.value for site in SiteType}
            assert {*strike.actor, *strike.recipient} <= known, case.article.article_id
        for act in case.acts:
            assert act.scope <= {domain.value for domain in Domain}
            assert {*act.parties, *act.mediators} <= known, case.article.article_id


def test_an_alert_is_expected_only_where_an_attack_and_a_ceasefire_are_annotated() -> None:
    for case in golden_corpus().cases:
        if case.alert:
            assert any(strike.status in {"happened", "claimed"} for strike in case.strikes), (
                case.article.article_id
            )
            assert case.acts, case.article.article_id


def test_alerts_are_measured_on_the_golden_cases_too() -> None:
    figure: Any = figures_of(golden_corpus()).get(ALERT)
    assert figure is not None
    assert figure.of > 0


def test_alerts_of_a_stream_are_held_against_those_expected() -> None:
    """What is known to be wrong need not come, what nobody has read does not pass."""
    one = {"conflict": "RUS|UKR", "actor": "RUS", "recipient": "UKR", "severity": "high"}
    other = {**one, "actor": "UKR", "recipient": "RUS"}
    alert = SimpleNamespace(
        conflict="RUS|UKR",
        status=AlertStatus.RAISED,
        severity="high",
        incident=SimpleNamespace(
            actors=[SimpleNamespace(side="RUS")], recipients=[SimpleNamespace(side="UKR")]
        ),
    )
    alerts = cast("list[Alert]", [alert])
    assert judge(alerts, [one]).right
    assert not judge(alerts, [one, other]).right
    assert not judge([*alerts, *alerts], [one]).right
    assert judge([*alerts, *alerts], [one, {**one, "wrong": "told as background"}]).right
    assert judge(alerts, [one, {**other, "wrong": "told as background"}]).right
