"""After the results everybody clicks, types, submits and presses old and others' buttons at random: nothing breaks."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.exchange import Press, Reply, Submit
from bot.slack.draw import draw_message
from bot.workspace.blocks import message_findings
from bot.workspace.sample import PEOPLE_CSV
from flows.core.screen import Act, Field
from tests.bot.test_cycles_drawn import check_drawn, marked_up
from tests.bot.test_front_cycles import acts_of, screens_in
from tests.messengers.plain import PlainTown
from tests.messengers.slack import SlackTown
from tests.stories import test_random_clicks as clicks
from tests.stories.afterwards import SAID, under_way
from tests.stories.conftest import SUNDAY
from tests.stories.test_development_plan import CATALOGUE
from tests.stories.test_random_reviews import close, touch

WHO = (
    "kavya",
    "kavya",
    "chenwei",
    "chenwei",
    "marta",
    "marta",
    "liufang",
    "anna",
    "lina",
    "daniel",
    "emily",
    "olivia",
)
COMMANDS = (
    "/interview", "/interview pick", "/interview calendar", "/interview overview", "/interview what?", "/appeal",
    "/appeal list", "/appeal figures", "/appeal <@U1>", "/plan", "/plan team", "/plan actions", "/plan improvement",
    "/plan trainings", "/plan {x} %s", "/reward", "/reward mine", "/reward open", "/reward payroll", "/reward Q9",
    "/kudos", "/kudos list", "/kudos values", "/kudos channel #general", "/kudos channel off", "/kudos points 3",
    "/kudos kavya@example.com <!channel> *thanks*", "/kudos <@U0KAVYA>", "/feedback", "/feedback list",
    "/feedback kavya@example.com", "/feedback ask", "/feedback ask chenwei@example.com =cmd()", "/feedback \u202e",
    "/evidence", "/evidence list", "/suggest", "/suggest new", "/suggest box", "/1on1", "/1on1 kavya@example.com",
    "/1on1 team", "/1on1 nobody", "/perf my-data", "/perf data-requests", "/perf retention", "/perf", "/cycle status",
)  # fmt: skip
FILES = (
    CATALOGUE.encode(),
    CATALOGUE.replace(",8,", ",=8,").encode(),
    b"code,title\n\x00,<!channel>\n",
    *clicks.FILES,
)
HOSTILE = (*clicks.SAYINGS, "<@U0MARTA>", "<!here>", "=HYPERLINK(\"http://x\")", "👩‍👩‍👧‍👦" * 300, "http://127.0.0.1/x.ics",
           "https://user:pw@example.com/cal.ics", "2026-02-30", "9" * 400, "0x1F", "一" * 4001)  # fmt: skip
Acts = Sequence[Callable[[random.Random, Any, str], None]]


def command(chance: random.Random, town: Any, name: str) -> None:
    if not town.player(name).window():
        town.player(name).command(chance.choice(COMMANDS))


def wait(chance: random.Random, town: Any, _name: str) -> None:
    town.to(town.now() + timedelta(minutes=chance.choice((1, 30, 90, 600))))


def drop(chance: random.Random, town: Any, name: str) -> None:
    town.player(name).drop("trainings.csv", chance.choice(FILES))


def pick(chance: random.Random, town: Any, name: str) -> None:
    """The menu of a message: one in a channel, or one that somebody else wrote to perfloop alone."""
    if not town.player(name).window():
        town.player(name).pick(chance.choice(("Save as evidence", "Praise for this")), SAID)


def send(chance: random.Random, town: PlainTown, name: str) -> None:
    """Fill the form on top with anything that fits a field's kind, or is typed into a text, and send it."""
    player = town.player(name)
    if not player.windows or player.windows[-1].screen.submit is None or not player.windows[-1].screen.place:
        return
    fields = [one for one in player.windows[-1].screen.body if isinstance(one, Field)]
    player.fill(**{one.name: something(chance, town, one.question.kind) for one in fields})
    player.submit()


def something(chance: random.Random, town: PlainTown, kind: Any) -> Any:
    options = [one.key for one in getattr(kind, "offered", ()) or getattr(kind, "options", ())]
    match type(kind).__name__:
        case "Choices":
            return chance.sample(options, chance.randint(0, len(options)))
        case "Someone":
            return town.mention(chance.choice(WHO))
        case "People":
            return [town.mention(one) for one in chance.sample(WHO[2:], 3)]
        case "Day":
            return (town.now().date() + timedelta(days=chance.randint(-9, 60))).isoformat()
        case "Moment":
            return str(int(town.now().timestamp()) + chance.randint(-9, 400) * 1800)
    return chance.choice(options) if options else chance.choice(HOSTILE)


SLACK: Acts = (*[clicks.press] * 3, *[clicks.submit] * 3, clicks.say, clicks.close, pick)
PLAIN: Acts = (*[touch] * 4, *[send] * 4, close, drop, pick)


class Watched(PlainTown):
    """The plain town in which every screen must be drawable for Slack, and no button or form is ever forgotten."""

    acts: list[Act]
    forms: list[Submit]

    def receive(self, account: str, what: Any) -> Reply:
        reply = super().receive(account, what)
        check_drawn(what, reply)
        if not hasattr(self, "acts"):
            self.acts, self.forms = [], []
        for screen in screens_in(reply):
            self.acts += [act for act in acts_of(screen.body) if act not in self.acts]
        if isinstance(what, Submit):
            self.forms.append(what)
        return reply

    def forge(self, chance: random.Random, name: str) -> None:
        """Press what somebody has, or had, before them; or send once more what somebody has sent."""
        account, at = self.player(name).person.account, f"{self.now().timestamp():.6f}"
        if self.forms and chance.random() < 0.2:
            self.receive(account, chance.choice(self.forms))
        elif self.acts:
            where = chance.choice(("message", "modal", "home"))
            self.receive(account, Press(chance.choice(self.acts), where, None, None, {}, at))  # type: ignore[arg-type]


def forge(chance: random.Random, town: Watched, name: str) -> None:
    town.forge(chance, name)


def played(town: Any, acts: Acts, seed: int, steps: int) -> None:
    chance = random.Random(seed)
    under_way(town)
    for step in range(steps):
        name, act = chance.choice(WHO), chance.choice((*acts, command, command, wait))
        try:
            act(chance, town, name)
        except Exception as broken:
            raise AssertionError(f"step {step}: {act.__name__} by {name}: {broken!r:.2000}") from broken


@pytest.mark.parametrize("seed", range(1))
def test_random_clicks_afterwards_break_nothing_in_slack(
    seed: int, tmp_path: Path, database_url: str
) -> None:
    town = SlackTown(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path, database_url=database_url)
    try:
        played(town, SLACK, seed, 60)
        town.check()
        figures = town.trial.bot.metrics.render().decode()
        assert "perfloop_errors_total{" not in figures, figures
    finally:
        town.close()


@pytest.mark.parametrize("seed", range(2))
def test_random_clicks_afterwards_break_nothing_on_bare_screens(seed: int, tmp_path: Path) -> None:
    town = Watched(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path, running_programme=False)
    try:
        played(town, (*PLAIN, forge, forge, forge), seed, 300)
        assert len(town.acts) > 100
        for sent in [one for chat in town.sent.values() for one in chat]:
            for language in ("en", "zh"):
                message = draw_message(sent.letter, language)
                found, _ = message_findings(message["blocks"])
                assert not found, f"{sent.row.message.key}: {found}"
                assert "<!channel>" not in message["text"] + marked_up(message["blocks"])
    finally:
        town.close()
