"""Each bench runs in small and says what it should; what it measures is not judged here."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot.bench import ack, home, kickoff, launch, move, reports, reviews, send, smart, tick
from bot.bench.report import Goal, show
from bot.bench.reports_company import company
from bot.bench.reports_floor import FLOORS
from bot.benches import known
from flows.reports.kinds import REPORTS


def last_line(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_all_are_known_with_what_they_tell() -> None:
    names = {
        "ack",
        "capacity",
        "faults",
        "goals",
        "home",
        "interviews",
        "kickoff",
        "launch",
        "move",
        "rehearsal",
        "replicas",
        "reports",
        "restore",
        "reviews",
        "send",
        "smart",
        "tick",
    }
    assert set(known()) == names
    assert all(words.endswith(".") for words in known().values())


def test_every_answer_is_measured_on_every_server(
    capsys: pytest.CaptureFixture[str],
) -> None:
    small = ack.run(rounds=1, requests=6, connections=3, warm_up=3, flows=5, starts=1, with_postgresql=False)
    whole = asyncio.run(small)
    assert last_line(capsys) == whole
    ours = [row for row in whole["rows"] if row["server"] == "perfloop"]
    assert [row["request"] for row in ours] == ["command", "open", "button", "submit"]
    assert {row["server"] for row in whole["rows"]} == {"bare", "core", "core+call", "perfloop"}
    assert sum(row["refused"] for row in whole["rows"]) == 0, "every server took every request"
    assert [row["calls"] for row in ours][:3] == [0, 1, 0], "only a window that opens needs a call"


def test_messages_are_drained_paced_and_chased(capsys: pytest.CaptureFixture[str]) -> None:
    whole = asyncio.run(send.run(messages=60, paced=8, kills=2, chased=40))
    assert last_line(capsys) == whole
    assert [row["lost"] for row in whole["rows"]] == [0, 0, 0]
    assert [row["twice"] for row in whole["rows"]] == [0, 0, 0]


def test_a_launch_gives_everybody_a_place_a_task_and_a_message(capsys: pytest.CaptureFixture[str]) -> None:
    whole = asyncio.run(launch.run(sizes=(30, 60)))
    assert last_line(capsys) == whole
    for row in whole["rows"]:
        counted = [row[name] for name in ("participants", "tasks", "readers")]
        assert counted == [row["people"]] * 3
        assert row["messages"] >= row["people"]
    assert len(whole["goals"]) == 5


def test_a_move_is_held_against_the_bare_update(capsys: pytest.CaptureFixture[str]) -> None:
    whole = asyncio.run(move.run(sizes=(30,), rounds=2))
    assert last_line(capsys) == whole
    assert whole["rows"][0]["bare UPDATE, s"] > 0


def test_a_tick_writes_to_everybody_whose_task_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    whole = asyncio.run(tick.run(people=40, some=5, rounds=3))
    assert last_line(capsys) == whole
    assert [(row["due"], row["written"]) for row in whole["rows"]] == [(0, 0), (5, 5), (25, 25)]


def test_home_tabs_are_timed_for_hr_a_manager_and_an_employee(capsys: pytest.CaptureFixture[str]) -> None:
    whole = asyncio.run(home.run(people=100, rounds=2))
    assert last_line(capsys) == whole
    hr, manager, employee = (row["parts"] for row in whole["rows"])
    assert hr > manager > employee > 0


def test_a_kickoff_is_hunted(capsys: pytest.CaptureFixture[str]) -> None:
    whole = asyncio.run(kickoff.run(people=40, kills=4, aloud=False))
    assert last_line(capsys) == whole
    (row,) = whole["rows"]
    assert (row["written"], row["lost"], row["twice"]) == (40, 0, 0)


def test_results_and_decisions_are_those_that_numpy_finds(capsys: pytest.CaptureFixture[str]) -> None:
    whole = asyncio.run(reviews.run(people=60, released=60, looks=2, decisions=2_000))
    assert last_line(capsys) == whole
    assert whole["reviews"] == 5 * 60 - 1
    unlike = [goal["figure"] for goal in whole["goals"] if "unlike NumPy's" in goal["name"]]
    assert unlike == [0, 0]
    assert whole["allowed"] > 100, "what is asked is not always refused"
    assert len(whole["goals"]) == 14


def test_a_goal_that_is_missed_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    show(
        "made up", [{"what": "one", "CPU": 2.0}], [Goal("less", 2.0, 1.5), Goal("more", 2.0, 1.5, least=True)]
    )
    said = capsys.readouterr().out
    assert "NOT MET  less: 2.00 (at most 1.50)" in said
    assert "met      more: 2.00 (at least 1.50)" in said


def test_the_smart_check_is_judged_on_both_halves(capsys: pytest.CaptureFixture[str]) -> None:
    whole = smart.run()
    assert last_line(capsys) == whole
    assert [row["rule"] for row in whole["rows"]] == list(smart.RULES)
    assert all(row["development n"] and row["held out n"] for row in whole["rows"])
    assert 0 < whole["times"]["median ms"] <= whole["times"]["slowest ms"]


def test_an_installed_package_has_no_labelled_sentences(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="from a checkout"):
        smart.run(sentences=tmp_path / "smart_sentences.yml")


def test_a_report_is_made_and_held_against_plain_sql(capsys: pytest.CaptureFixture[str]) -> None:
    whole = asyncio.run(reports.run(people=120, kinds=REPORTS[:1]))
    assert last_line(capsys) == whole
    assert [row["report"] for row in whole["rows"]] == [
        "completion department",
        "completion manager",
        "completion level",
        "completion below the head",
    ]
    assert all(row["rows"] > 0 and row["s"] > 0 for row in whole["rows"])
    assert [bool(row["plain s"]) for row in whole["rows"]] == [True, True, True, False]


def test_every_report_has_its_plain_arithmetic_and_each_of_it_runs(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'company.db'}"
    cycles = company(url, 120)
    names = [what for what, _, _ in reports.asked(REPORTS, cycles)]
    floors = reports.plain(url, cycles, names)
    assert {name.partition(" ")[0] for name in floors} == {kind.name for kind in REPORTS}
    assert set(FLOORS) <= set(names), "what nobody asks for is measured against nothing"
