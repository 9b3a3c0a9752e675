"""Each bench runs in small and says what it should; what it measures is not judged here."""

import asyncio
import json
from typing import Any

import pytest

from bot.bench import ack, send
from bot.bench.report import Goal, show
from bot.benches import known


def last_line(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_both_are_known_with_what_they_tell() -> None:
    assert set(known()) == {"ack", "send"}
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


def test_a_goal_that_is_missed_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    show(
        "made up", [{"what": "one", "CPU": 2.0}], [Goal("less", 2.0, 1.5), Goal("more", 2.0, 1.5, least=True)]
    )
    said = capsys.readouterr().out
    assert "NOT MET  less: 2.00 (at most 1.50)" in said
    assert "met      more: 2.00 (at least 1.50)" in said
