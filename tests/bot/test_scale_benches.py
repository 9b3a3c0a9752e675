"""The benches of scale run in small, and their arithmetic is that of the page."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from bot.bench import capacity, replicas
from bot.bench.yearly import PACES, YEAR, Weight, a_year


def last_line(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out.splitlines()[-1])


@pytest.mark.parametrize(
    ("what", "people", "hours"),
    [
        ("a kick-off, or a weekly prompt", 14_400, 1.0),
        ("a kick-off, or a weekly prompt", 1_000_000, 69.4),
        ("changing what stands in everybody's chat", 2_700, 1.0),
        ("a look at the whole directory", 216_000, 1.0),
    ],
)
def test_how_long_it_takes_at_slacks_pace(what: str, people: int, hours: float) -> None:
    (pace,) = [one for one in PACES if one.what == what]
    assert pace.hours(people) == pytest.approx(hours, abs=0.05)


def test_what_a_table_grows_by_in_a_year() -> None:
    assert a_year("checkin", Weight(10, 100.0, 40.0), 1_000_000) == pytest.approx(YEAR["checkin"][0] * 0.1)


@pytest.mark.parametrize(
    ("low", "high", "reckoned"),
    [(1.0, 10.0, 100.0), (2.0, 2.0, 2.0), (3.0, 2.0, 2.0), (1.0, 100.0, 10_000.0), (0.0, 5.0, 5.0)],
)
def test_the_law_goes_through_both_figures_and_never_down(low: float, high: float, reckoned: float) -> None:
    times = {10_000: {"a tick": low}, 100_000: {"a tick": high}}
    (row,) = capacity.timed(times, (10_000, 100_000))
    assert row["1,000,000"] == pytest.approx(reckoned)


def test_capacity_is_measured_and_reckoned(capsys: pytest.CaptureFixture[str]) -> None:
    whole = asyncio.run(capacity.run(sizes=(20, 40), weighed=20))
    assert last_line(capsys) == whole
    assert {row["what"] for row in whole["rows"]} >= {
        "message, GB a year", "launch, s", "a claim, ms", "a kick-off, or a weekly prompt, hours",
    }  # fmt: skip
    assert all(row["1,000,000"] >= row["40"] for row in whole["rows"] if "%" not in row["what"])


def test_replicas_hear_each_other_and_a_sleeper_loses_and_doubles_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = asyncio.run(replicas.run(notes=3, idle=0.5, asleep=(90.0,), speed=40.0))
    assert last_line(capsys) == whole
    assert [row["what"] for row in whole["rows"]] == [
        "a look every second",
        "LISTEN/NOTIFY",
        "asleep for 90 s",
    ]
    assert (whole["rows"][2]["lost"], whole["rows"][2]["twice"]) == (0, 0)
    assert whole["rows"][2]["in hand"] > 0
