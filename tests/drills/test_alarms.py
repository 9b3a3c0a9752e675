"""Each alert fires in the situation that it is for, by Prometheus' own reckoning, and none where all is well."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

RULES = Path(__file__).parents[2] / "docs" / "deploy" / "alerts.yml"
ALERTS: dict[str, Any] = {
    rule["alert"]: rule
    for group in yaml.safe_load(RULES.read_text("utf-8"))["groups"]
    for rule in group["rules"]
}


@dataclass(frozen=True, slots=True)
class Situation:
    """Figures minute by minute in Prometheus' own notation, and the minute at which `alert` is to fire."""

    alert: str
    minute: int
    figures: dict[str, str]
    labels: tuple[tuple[str, str], ...] = (("job", "perfloop"),)


WELL = {
    'up{job="perfloop",instance="a"}': "1x600",
    'perfloop_up{job="perfloop",instance="a",part="database"}': "1x600",
    'perfloop_up{job="perfloop",instance="a",part="slack"}': "1x600",
    'perfloop_up{job="perfloop",instance="a",part="token"}': "1x600",
    'perfloop_last_tick_timestamp_seconds{job="perfloop",instance="a"}': "0+60x600",
    'perfloop_tick_seconds{job="perfloop",instance="a"}': "0.2x600",
    'perfloop_oldest_waiting_seconds{job="perfloop",instance="a"}': "4x600",
    'perfloop_messages{job="perfloop",instance="a",state="parked"}': "0x600",
    'perfloop_messages{job="perfloop",instance="a",state="unsure"}': "2x600",
    'perfloop_nudges_missed_total{job="perfloop",instance="a"}': "0x600",
    'perfloop_errors_total{job="perfloop",instance="a",kind="view"}': "40x600",
    'perfloop_ack_seconds_bucket{job="perfloop",instance="a",kind="view",le="0.1"}': "0+10x600",
    'perfloop_ack_seconds_bucket{job="perfloop",instance="a",kind="view",le="3.0"}': "0+10x600",
    'perfloop_ack_seconds_bucket{job="perfloop",instance="a",kind="view",le="+Inf"}': "0+10x600",
    'perfloop_database_connections{job="perfloop",instance="a"}': "3x600",
    'perfloop_database_connections_limit{job="perfloop",instance="a"}': "8x600",
    'perfloop_database_connections{job="perfloop",instance="file"}': "1x600",
    'perfloop_database_connections_limit{job="perfloop",instance="file"}': "1x600",  # an SQLite file's one
    'perfloop_oldest_sweep_seconds{job="perfloop",instance="a"}': "1x600",
    'perfloop_file_orders{job="perfloop",instance="a"}': "1x600",
    'perfloop_clock_jumps_total{job="perfloop",instance="a"}': "0x600",
    'perfloop_build_info{job="perfloop",instance="a",version="1"}': "1x600",
    'perfloop_build_info{job="perfloop",instance="b",version="1"}': "1x600",
}
LATER = '{job="perfloop",instance="a"}'
SITUATIONS = [
    Situation(
        "PerfloopDown", 13, {f"up{LATER}": "1x10 0x20"}, (("instance", "a"), ("job", "perfloop"))
    ),
    Situation(
        "PerfloopDatabaseDown", 12, {'perfloop_up{job="perfloop",instance="a",part="database"}': "1x10 0x20"}
    ),
    Situation(
        "PerfloopTokenRefused", 12, {'perfloop_up{job="perfloop",instance="a",part="token"}': "1x10 0x20"}
    ),
    Situation(
        "PerfloopSlackSilent", 22, {'perfloop_up{job="perfloop",instance="a",part="slack"}': "1x10 0x20"}
    ),
    Situation(
        "PerfloopTicksStopped", 15, {f"perfloop_last_tick_timestamp_seconds{LATER}": "0+60x10 600x20"}
    ),
    Situation("PerfloopTicksSlow", 22, {f"perfloop_tick_seconds{LATER}": "1x10 90x20"}),
    Situation("PerfloopMessagesOld", 60, {f"perfloop_oldest_waiting_seconds{LATER}": "0+60x90"}),
    Situation(
        "PerfloopMessagesParked", 27, {'perfloop_messages{job="perfloop",instance="a",state="parked"}': "0x10 1x30"}
    ),
    Situation(
        "PerfloopMessagesUnsure", 42, {'perfloop_messages{job="perfloop",instance="a",state="unsure"}': "0x10 30x60"}
    ),
    # In passing, and after five hours without the bot, whose first look then finds what it missed.
    Situation("PerfloopRemindersMissed", 12, {f"perfloop_nudges_missed_total{LATER}": "0x10 3x20"}),
    Situation("PerfloopRemindersMissed", 335, {f"perfloop_nudges_missed_total{LATER}": "0x30 _x300 7x60"}),
    # More of a kind that was there, and the first of their kind all at once.
    Situation("PerfloopErrors", 20, {'perfloop_errors_total{job="perfloop",instance="a",kind="view"}': "1+1x30"}),
    Situation("PerfloopErrors", 32, {'perfloop_errors_total{job="perfloop",instance="a",kind="view"}': "_x30 9x30"}),
    Situation(
        "PerfloopAnswersSlow", 40,
        {
            'perfloop_ack_seconds_bucket{job="perfloop",instance="a",kind="view",le="2.0"}': "0+9x60",
            'perfloop_ack_seconds_bucket{job="perfloop",instance="a",kind="view",le="3.0"}': "0+10x60",
            'perfloop_ack_seconds_bucket{job="perfloop",instance="a",kind="view",le="+Inf"}': "0+10x60",
        },
    ),
    Situation(
        "PerfloopConnectionsUsedUp", 17,
        {
            f"perfloop_database_connections{LATER}": "3x10 8x20",
            f"perfloop_database_connections_limit{LATER}": "8x30",
        },
    ),
    Situation("PerfloopWorkWaits", 90, {f"perfloop_oldest_sweep_seconds{LATER}": "0+60x120"}),
    Situation("PerfloopWorkWaits", 27, {f"perfloop_file_orders{LATER}": "0x10 60x30"}),
    Situation("PerfloopClockSet", 12, {f"perfloop_clock_jumps_total{LATER}": "0x10 1x20"}),
    Situation(
        "PerfloopReleasesDiffer", 72,
        {
            'perfloop_build_info{job="perfloop",instance="a",version="1"}': "1x90",
            'perfloop_build_info{job="perfloop",instance="b",version="2"}': "_x10 1x80",
        },
    ),
]  # fmt: skip


def told(situation: Situation) -> dict[str, Any]:
    """What is to be said of it, word for word."""
    rule = ALERTS[situation.alert]
    fires = {
        "exp_labels": {**rule["labels"], **dict(situation.labels)},
        "exp_annotations": rule["annotations"],
    }
    expected = {"eval_time": f"{situation.minute}m", "alertname": situation.alert, "exp_alerts": [fires]}
    return part(situation.figures, [expected])


def part(figures: dict[str, str], expected: list[dict[str, Any]]) -> dict[str, Any]:
    series = [{"series": name, "values": values} for name, values in figures.items()]
    return {"interval": "1m", "input_series": series, "alert_rule_test": expected}


def test_no_alert_is_left_out() -> None:
    assert {situation.alert for situation in SITUATIONS} == set(ALERTS)


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool (Prometheus) is not installed")
def test_each_alert_fires_when_it_is_for_that_and_none_when_all_is_well(tmp_path: Path) -> None:
    quiet = [{"eval_time": f"{hours}h", "alertname": name} for name in ALERTS for hours in (1, 5, 9)]
    whole = {
        "rule_files": [str(RULES)],
        "evaluation_interval": "1m",
        "tests": [part(WELL, quiet), *map(told, SITUATIONS)],
    }
    file = tmp_path / "alarms.yml"
    file.write_text(json.dumps(whole), "utf-8")
    ended = subprocess.run(
        ["promtool", "test", "rules", str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
