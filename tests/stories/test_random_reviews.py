"""A cycle goes from naming to the opened results while everybody clicks, types and submits at random: nothing breaks."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.workspace.sample import PEOPLE_CSV
from flows.core.words import Words
from flows.cycle.template import Nominations, Phase, Review
from tests.messengers.plain import PlainTown
from tests.messengers.slack import SlackTown
from tests.stories import test_random_clicks as clicks
from tests.stories.calibrating import does, opens
from tests.stories.colleagues import FIND_LEADS, NAMING
from tests.stories.conftest import SUNDAY
from tests.stories.quarter import ON, WEEK, go, launch
from tests.stories.releasing import OVER, RELEASED, rate
from tests.stories.reviewing import KEEP, RISK, SIDES, names

OPEN = replace(
    RELEASED,
    phases=(
        NAMING,
        FIND_LEADS,
        *(replace(phase, starts=7, days=5, grace=0) for phase in SIDES.phases if phase.work == "review"),
        Phase("customers", Words("Customers", "客户"), 7, 5, "review", review="external", grace=0),
    ),
    reviews={
        **SIDES.reviews,
        "external": Review("external", Words("Customer", "客户"), (KEEP, RISK), private={"risk": "hr"}),
    },
    nominations=Nominations(least=1, most=5, by=("employee", "manager", "hr")),
)  # fmt: skip
WHO = ("chenwei", "lina", "wangqiang", "zhangmin", "emily", "daniel", "ana", "marta", "liufang", "marta")
COMMANDS = (
    "/review", "/review nominate", "/review approve", "/review external", "/review project", "/review rules",
    "/review what?", "/score", "/score", "/score 李娜 2 \"好\"", "/score 李娜 results=3", "/score {x} %s", "/score what",
    "/result", "/result team", "/calibrate", "/calibrate", "/calibrate new", "/cycle comments", "/cycle comments 李娜",
    "/cycle release", "/cycle withhold", "/cycle results", "/cycle reviewers", "/cycle reviews 李娜", "/cycle simulate",
    "/cycle status", "/perf", "/cycle extend", "/cycle move",
)  # fmt: skip
SLACK = (
    clicks.press,
    clicks.press,
    clicks.press,
    clicks.submit,
    clicks.submit,
    clicks.submit,
    clicks.say,
    clicks.close,
)
Act = Callable[[random.Random, Any, str], None]


def command(chance: random.Random, town: Any, name: str) -> None:
    if not town.player(name).window():
        town.player(name).command(chance.choice(COMMANDS))


def wait(chance: random.Random, town: Any, _name: str) -> None:
    town.to(town.now() + timedelta(minutes=chance.choice((1, 30, 90))))


def touch(chance: random.Random, town: PlainTown, name: str) -> None:
    """Press anything in the window on top, else on the home tab or under a message."""
    player = town.player(name)
    if player.windows:
        if labels := player._pressable(player.windows[-1].screen.body):
            player.touch(chance.choice(labels)[0])
        return
    player.home()
    chance.choice((pressed_home, pressed_message))(chance, town, name)


def pressed_home(chance: random.Random, town: PlainTown, name: str) -> None:
    if labels := town.player(name).home_buttons():
        town.player(name).press_home(chance.choice(labels))


def pressed_message(chance: random.Random, town: PlainTown, name: str) -> None:
    player = town.player(name)
    which = -chance.randint(1, 4)
    if len(player.messages()) >= -which and (labels := player.buttons(which)):
        player.press(chance.choice(labels), which)


def send(chance: random.Random, town: PlainTown, name: str) -> None:
    """Fill the form on top with anything that reads like an answer, and send it."""
    player = town.player(name)
    if not player.windows or player.windows[-1].screen.submit is None or not player.windows[-1].screen.place:
        return
    screen = player.windows[-1].screen
    fields = [element for element in screen.body if hasattr(element, "question")]
    player.fill(**{one.name: something(chance, town, one.question.kind) for one in fields})
    player.submit()


def something(chance: random.Random, town: PlainTown, kind: Any) -> Any:
    options = [one.key for one in getattr(kind, "options", ())]
    match type(kind).__name__:
        case "Choice" | "Rating":
            return chance.choice(options)
        case "Choices":
            return chance.sample(options, chance.randint(0, len(options)))
        case "Someone":
            return town.mention(chance.choice(WHO))
        case "People":
            return [town.mention(one) for one in chance.sample(WHO[:9], 3)]
    return chance.choice(clicks.SAYINGS)


def close(_chance: random.Random, town: PlainTown, name: str) -> None:
    town.player(name).close()


PLAIN = (touch, touch, touch, send, send, send, close)


def played(town: Any, acts: Sequence[Act], seed: int, steps: int) -> set[str]:
    """Four stretches of the cycle, each with a quarter of the steps; what of it has come to pass."""
    chance = random.Random(seed)

    def crowd() -> None:
        for step in range(steps // 4):
            name, act = chance.choice(WHO), chance.choice((*acts, command, command, wait))
            try:
                act(chance, town, name)
            except AssertionError as broken:
                raise AssertionError(f"step {step}: {act.__name__} by {name}: {broken}") from broken

    cycle = launch(town, "naming", OPEN, "Q1 {name} <!channel>")
    town.to(ON)
    crowd()
    names(town, cycle, "lina", "wangqiang", "zhangmin", "jonas")
    go(town, ON + WEEK + timedelta(hours=12))
    crowd()
    rate(town, cycle)
    go(town, OVER)
    crowd()
    reached = {"reviewed"}
    with_sessions(town, cycle)
    does(town, "marta", "release-ask", str(cycle))
    does(town, "liufang", "release-approve", str(cycle))
    town.to(town.now() + timedelta(minutes=5))
    if town.records(lambda records: (it := records.releases.get(cycle)) and it.released_at):
        reached.add("released")
    crowd()
    go(town, town.now() + timedelta(days=3))
    crowd()
    return reached


def with_sessions(town: Any, cycle: int) -> None:
    """Whatever sessions HR has opened are locked by now."""
    hr = town.records(lambda records: records.people.by_email("marta@example.com").id)

    def lock(records: Any) -> None:
        for session in records.sessions.of_cycle(cycle):
            records.sessions.save(replace(session, state="locked", locked_by=hr, locked_at=town.now()))

    town.records(lock)


@pytest.mark.parametrize("seed", range(1))
def test_random_clicks_on_reviews_break_nothing_in_slack(
    seed: int, tmp_path: Path, database_url: str
) -> None:
    town = SlackTown(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path, database_url=database_url)
    try:
        played(town, SLACK, seed, 80)
        town.check()
        figures = town.trial.bot.metrics.render().decode()
        assert "perfloop_errors_total{" not in figures, figures
    finally:
        town.close()


@pytest.mark.parametrize("seed", range(2))
def test_random_clicks_on_reviews_break_nothing_on_bare_screens(seed: int, tmp_path: Path) -> None:
    town = PlainTown(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path, running_programme=False)
    try:
        played(town, PLAIN, seed, 160)
        assert not opens(town, "lina", "calibration-new", "1")
    finally:
        town.close()
