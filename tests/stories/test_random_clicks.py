"""Somebody clicks, types and submits at random for a while: nothing breaks, and Slack would refuse nothing."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.workspace.sample import PEOPLE_CSV
from tests.messengers.slack import SlackTown, pressable, value_of
from tests.stories.conftest import SUNDAY
from tests.stories.quarter import LONG, launch

WHO = (
    "daniel",
    "ana",
    "emily",
    "rafael",
    "wangqiang",
    "lina",
    "chenwei",
    "marta",
    "liufang",
    "juliana",
    "grace",
    "marta",
    "liufang",
)  # the last two are HR: what they start, move and stop is what the others live with
SAYINGS = (
    "", " ", "hi", "help", "skip", "back", "stop", "send", "yes", "3", "下周五", "8.5万", "<!channel> *now*", "a" * 4000,
    "\u202egnp.exe", "\u200b", "zero\x00byte", "half \ud800 sign", "<https://evil|HR>", "-", "/perf", "=cmd()", "是", "跳过",
    "1e308", "１２", "-3", "15: 60", "Raise customers from 3 to 9", "把客户从 3 家增加到 9 家",
)  # fmt: skip
COMMANDS = (
    "/checkin", "/checkin team", "/checkin status", "/checkin channel #general", "/checkin channel off", "/checkin pause",
    "/checkin resume", "/checkin start", "/checkin change", "/checkin what?", "/perf", "/perf help", "/perf away",
    "/perf deputy", "/perf deputies", "/perf operator", "/perf back", "/review", "/goal", "/todo", "/cycle", "/cycle new",
    "/cycle edit", "/cycle preview", "/cycle rehearse", "/cycle launch", "/cycle status", "/cycle move", "/cycle extend",
    "/cycle add", "/cycle remove", "/cycle pause", "/cycle resume", "/cycle copy", "/cycle close Q3", "/cycle archive",
    "/cycle pause Q2", "/cycle resume Q2", "/broadcast", "/broadcast list", "/broadcast what?",
    "/goal", "/goal", "/goal new", "/goal new", "/goal update", "/goal team", "/goal give", "/goal tree", "/goal split",
    "/goal company", "/goal missing", "/goal template", "/goal words", "/goal pictures", "/goal api-token", "/goal what?",
    "/report", "/report list", "/report completion", "/report quiet", "/report what?",
)  # fmt: skip
FILES = (
    b"Goal,Email,Level,Target\nSell tea,daniel@example.com,,5\nSell {more},ana@example.com,,7\n",
    b"Goal,Level,Target\nThe company's,company,1e308\n",
    b"Metric,Subject,Period,Value\ncrm.new,daniel@example.com,2026-03-02,5\n",
    "目标,邮箱\n<!channel>,daniel@example.com\n".encode("gb18030"),
    b"", b"PK\x03\x04 no zip", b"\x00\xff",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_random_clicks_break_nothing(seed: int, tmp_path: Path, database_url: str) -> None:
    chance = random.Random(seed)
    town = SlackTown(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path, database_url=database_url)
    try:
        launch(town, "self-review", LONG)
        launch(town, "manager-review", name="Q1 <!channel> *_~`")
        launch(town, "goals", name="Q3" + "一" * 78)
        town.to(SUNDAY + timedelta(hours=20))
        for step in range(90):
            name = chance.choice(WHO)
            act = chance.choice(
                (press, press, press, submit, submit, submit, say, command, command, wait, close, drop)
            )
            try:
                act(chance, town, name)
            except AssertionError as broken:
                raise AssertionError(f"step {step}: {act.__name__} by {name}: {broken}") from broken
        town.check()
        figures = town.trial.bot.metrics.render().decode()
        assert "perfloop_errors_total{" not in figures, figures
    finally:
        town.close()


def press(chance: random.Random, town: SlackTown, name: str) -> None:
    """Press anything that can be pressed: in a message, the window on top, or the home tab."""
    player, workspace = town.player(name), town.trial.workspace
    views = workspace.views(name)
    places: list[tuple[Any, Any]] = []
    if views:
        places.append(({"view": views[-1]["id"]}, views[-1]["blocks"]))
    else:
        player.home()
        places.append(({"home": True}, workspace.home(name)["blocks"]))
        dm = workspace.dm(name)
        seen = workspace.messages(name)[-4:]
        places += [({"conversation": dm, "ts": message["ts"]}, message["blocks"]) for message in seen]
    every = [(where, block, action) for where, blocks in places for _, block, action in pressable(blocks)]
    if every:
        where, block, action = chance.choice(every)
        outcome = player._do(workspace.act(name, where, block["block_id"], action, {}))
        assert outcome.problem is None, outcome.problem


def submit(chance: random.Random, town: SlackTown, name: str) -> None:
    """Fill the form on top with anything and send it."""
    workspace = town.trial.workspace
    views = workspace.views(name)
    if not views or "submit" not in views[-1]:
        return
    values = {}
    for block in views[-1]["blocks"]:
        if block["type"] == "input" and chance.random() < 0.9:
            values[block["block_id"]] = {
                "answer": value_of(block["element"], anything(chance, town, block["element"]))
            }
    outcome = town.player(name)._do(workspace.submit(name, views[-1]["id"], values))
    assert outcome.problem is None, outcome.problem


def anything(chance: random.Random, town: SlackTown, element: Any) -> Any:
    """Something that Slack's client would let a person put into the field."""
    options = [
        o["value"] for group in element.get("option_groups", [element]) for o in group.get("options", [])
    ]
    match element["type"]:
        case "radio_buttons" | "static_select":
            return chance.choice(options)
        case "checkboxes" | "multi_static_select":
            return chance.sample(options, chance.randint(0, len(options)))
        case "users_select":
            return chance.choice(list(town.trial.workspace.world.users))
        case "multi_users_select":
            return chance.sample(list(town.trial.workspace.world.users), 2)
        case "datepicker":
            return (town.now().date() + timedelta(days=chance.randint(-5, 30))).isoformat()
    return chance.choice(SAYINGS)[: element.get("max_length", 3000)]


def drop(chance: random.Random, town: SlackTown, name: str) -> None:
    """Put a file into the chat: a sheet of goals, one of values, or something else."""
    called = chance.choice(SAYINGS)[:40].encode(errors="replace").decode()
    town.player(name).drop(f"{called}.csv", chance.choice(FILES))


def say(chance: random.Random, town: SlackTown, name: str) -> None:
    if words := chance.choice(SAYINGS).strip().lstrip("/"):
        town.player(name).write(words)


def command(chance: random.Random, town: SlackTown, name: str) -> None:
    if not town.trial.workspace.views(name):
        town.player(name).command(chance.choice(COMMANDS))


def wait(chance: random.Random, town: SlackTown, _name: str) -> None:
    town.to(town.now() + timedelta(minutes=chance.choice((1, 30, 60, 600))))


def close(_chance: random.Random, town: SlackTown, name: str) -> None:
    if town.trial.workspace.views(name):
        town.player(name).close()
