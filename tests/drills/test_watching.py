"""The dashboard, the alerts and the runbook speak of the figures that there are, and of all of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.metrics import Metrics

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
NAME = re.compile(r"\bperfloop_[a-z_]+")
EVENT = re.compile(r"^\| (`[^|]+`) \|", re.MULTILINE)


def offered() -> set[str]:
    """The names of all figures, as Prometheus keeps them."""
    types = re.findall(r"^# TYPE (\w+) (\w+)$", Metrics().render().decode(), re.MULTILINE)
    found = {name for name, kind in types if kind != "histogram" and not name.endswith("_created")}
    for name, kind in types:
        found |= {f"{name}_{part}" for part in ("bucket", "count", "sum")} if kind == "histogram" else set()
    return found


def dashboard() -> Any:
    return json.loads((DOCS / "deploy" / "grafana.json").read_text("utf-8"))


def rules() -> list[Any]:
    groups = yaml.safe_load((DOCS / "deploy" / "alerts.yml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def asked_for() -> set[str]:
    drawn = [target["expr"] for panel in dashboard()["panels"] for target in panel.get("targets", ())]
    return {name for text in [*drawn, *(rule["expr"] for rule in rules())] for name in NAME.findall(text)}


def test_the_dashboard_and_the_alerts_ask_for_figures_that_there_are() -> None:
    assert asked_for() - offered() == set()


def test_every_figure_is_drawn_or_alerted_on() -> None:
    unasked = offered() - asked_for()
    assert unasked == {"perfloop_ack_seconds_sum"}


def test_names_follow_the_conventions() -> None:
    counters = re.findall(r"^# TYPE (\w+) counter$", Metrics().render().decode(), re.MULTILINE)
    assert counters
    assert [name for name in counters if not name.endswith("_total")] == []
    assert [name for name in offered() if re.search(r"_(ms|millis|minutes|hours|kb|mb)(_|$)", name)] == []


def test_the_dashboard_can_be_imported() -> None:
    board = dashboard()
    assert board["schemaVersion"] >= 36
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids))
    assert [variable["type"] for variable in board["templating"]["list"]] == ["datasource", "query"]
    for panel in board["panels"]:
        if panel["type"] != "row":
            assert panel["datasource"]["uid"] == "${datasource}", panel["title"]
            assert panel["description"], panel["title"]
            place = panel["gridPos"]
            assert place["x"] + place["w"] <= 24


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_each_alert_has_its_severity_its_sentence_and_its_part_of_the_runbook(rule: Any) -> None:
    runbook = (DOCS / "runbook.md").read_text("utf-8")
    assert rule["labels"]["severity"] in ("page", "warn")
    assert rule["annotations"]["summary"].endswith(".")
    assert rule["annotations"]["runbook"].endswith(f": docs/runbook.md#{rule['alert'].lower()}")
    part = runbook.partition(f"\n## {rule['alert']}\n")[2].partition("\n## ")[0]
    for what in ("**People notice**", "**Look**", "**Do**"):
        assert what in part


def test_the_lines_of_the_runbook_are_lines_that_the_bot_logs() -> None:
    runbook = (DOCS / "runbook.md").read_text("utf-8").partition("## One line, one meaning")[2]
    said = [event for cell in EVENT.findall(runbook) for event in re.findall("`([^`]+)`", cell)]
    assert len(said) > 20
    code = "\n".join(
        file.read_text("utf-8") for file in (ROOT / "bot").rglob("*.py") if file.parent.name != "bench"
    )
    assert [event for event in said if f'"{event}"' not in code] == []
