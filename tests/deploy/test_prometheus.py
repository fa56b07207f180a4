"""deploy/prometheus: every alarm asks for metrics that exist, by labels that they have, and is in the runbook."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.deploy.files import ROOT
from worker.observability.metrics import CATALOGUE, Kind

LABELS = {
    name: {*metric.labels, "instance", "job", "le"}
    for metric in CATALOGUE
    for name in (
        [metric.name]
        if metric.kind is not Kind.HISTOGRAM
        else [f"{metric.name}_bucket", f"{metric.name}_sum", f"{metric.name}_count"]
    )
}


def alarms() -> list[dict[str, Any]]:
    groups = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def wrong_with(expression: str) -> list[str]:
    """What a PromQL expression asks for that the catalogue does not have."""
    wrong = []
    for name, selector in re.findall(r"\b(trucewatch_\w+)(?:\{([^}]*)\})?", expression):
        known = LABELS.get(name)
        if known is None:
            wrong.append(f"no metric {name}")
            continue
        wrong += [
            f"{name} has no label {label}"
            for label in re.findall(r"(\w+)[=!]", selector)
            if label not in known
        ]
    grouped = {
        label for group in re.findall(r"\bby \(([^)]*)\)", expression) for label in re.split(r",\s*", group)
    }
    everywhere = set().union(
        *(LABELS[name] for name in re.findall(r"\btrucewatch_\w+", expression) if name in LABELS)
    )
    return wrong + [f"nothing to group by {label}" for label in grouped - everywhere - {"instance", "job"}]


@pytest.mark.parametrize("rule", alarms(), ids=lambda rule: rule["alert"])
def test_an_alarm_asks_for_metrics_that_exist(rule: dict[str, Any]) -> None:
    assert wrong_with(rule["expr"]) == []


@pytest.mark.parametrize("rule", alarms(), ids=lambda rule: rule["alert"])
def test_an_alarm_says_what_it_means_and_what_to_do(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert {"summary", "description"} <= set(rule["annotations"])
    assert f"- **{rule['alert']}**" in (ROOT / "deploy/README.md").read_text("utf-8")


def test_the_rules_are_loaded() -> None:
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text("utf-8"))
    assert config["rule_files"] == ["alerts.yml"]


@pytest.mark.parametrize(
    "expression",
    [
        "trucewatch_articles > 0",
        'trucewatch_articles_total{kind="x"} > 0',
        "sum by (reason) (trucewatch_ready)",
    ],
)
def test_a_wrong_name_would_be_found(expression: str) -> None:
    assert wrong_with(expression)
