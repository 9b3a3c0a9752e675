"""The real `perfloop serve` in a process of its own, and a workspace in this one that plays Slack to it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import yaml

from bot.clock import SystemClock
from bot.trial import MANIFEST, free_port
from bot.workspace.fields import VALUE_KEYS
from bot.workspace.link import BotLink
from bot.workspace.people import Member
from bot.workspace.serve import serving
from bot.workspace.workspace import Workspace
from bot.workspace.world import World

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds for anything that is waited for; a start takes 10 on a busy machine
NOW_AND_THEN = 0.05
SECRETS = {
    "signing_secret": "canary-of-the-signing-secret",
    "token": "xoxb-canary-token",
    "app_token": "xapp-canary-token",
}


@dataclass
class Town:
    """A workspace and the bot that serves it. `log` is what the bot has logged, over all its lives."""

    workspace: Workspace
    url: str
    home: Path
    settings: dict[str, str]
    log: list[dict[str, Any]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _listening: asyncio.Task[None] | None = None

    @property
    def world(self) -> World:
        return self.workspace.world

    async def until(self, true: Callable[[], T], seconds: float = PATIENCE) -> T:
        """Wait until something holds; it is looked at whenever the workspace or the log has changed.

        What happens in the bot's database alone tells nobody: so it is looked at now and then, too.
        """
        try:
            async with asyncio.timeout(seconds):
                while not (found := true()):
                    self._changed.clear()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._changed.wait(), NOW_AND_THEN)
        except TimeoutError:
            raise AssertionError("\n".join(["it did not come", *self.lately()])) from None
        return found

    def lately(self) -> list[str]:
        """What bot and workspace said last, to each other and to themselves."""
        talk = [
            f"{one.direction}: {one.summary} {one.problem or ''}" for one in self.workspace.traffic.after()
        ]
        return [*talk[-12:], *self.raw[-5:], *self.world.problems]

    async def after(self, exchanges: int) -> None:
        """Wait until bot and workspace have said so much more to each other."""
        before = self.workspace.traffic.after()[-1].n
        await self.until(lambda: self.workspace.traffic.after(before + exchanges - 1))

    # The process

    async def perfloop(self, *arguments: str) -> asyncio.subprocess.Process:
        environ = {
            name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "PERFLOOP_"))
        }
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, cwd=ROOT, env=environ | self.settings,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip

    async def start(self, seconds: float = PATIENCE) -> None:
        """Start the bot and wait until it says that it runs."""
        before = len(self.said("perfloop is running"))
        self.process = await self.perfloop("serve")
        self._listening = asyncio.create_task(self._listen(self.process))
        await self.until(
            lambda: len(self.said("perfloop is running")) > before or self.process.returncode is not None,
            seconds,
        )
        assert self.process.returncode is None, "\n".join(self.raw[-20:])

    async def end(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Send the process a signal, and wait for its end; its exit code."""
        assert self.process is not None
        assert self._listening is not None
        self.process.send_signal(with_signal)
        async with asyncio.timeout(30):
            code = await self.process.wait()
            await self._listening
        return code

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            text = line.decode()
            self.raw.append(text)
            if text.startswith("{"):
                self.log.append(json.loads(text))
            self._changed.set()
        self._changed.set()

    def said(self, event: str) -> list[dict[str, Any]]:
        """The lines of the log that say so."""
        return [line for line in self.log if line["event"] == event]

    async def get(self, path: str) -> tuple[int, str]:
        address = f"http://127.0.0.1:{self.settings['PERFLOOP_PORT']}{path}"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            return answer.status, await answer.text()

    def count(self, question: str, *values: object) -> int:
        """A number out of the bot's database."""
        file = self.home / "perfloop.db"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as database:
            return int(database.execute(question, values).fetchone()[0])

    # What people do and see

    def texts(self, who: str) -> list[str]:
        """What the bot has written in somebody's chat, oldest first."""
        return self._written(who, aside=False)

    def asides(self, who: str) -> list[str]:
        """What only they see: the answers to what they did there."""
        return self._written(who, aside=True)

    def _written(self, who: str, *, aside: bool) -> list[str]:
        bot, messages = self.world.bot["user_id"], self.workspace.messages(who)
        return [words_of(one) for one in messages if one["user"] == bot and one["ephemeral"] is aside]

    def top(self, who: str) -> Any:
        """The window on top, or None."""
        views = self.workspace.views(who)
        return views[-1] if views else None

    async def command(self, who: str, text: str) -> Any:
        """Type a command and wait for the window that it opens."""
        before = self.top(who)
        name, _, rest = text.partition(" ")
        outcome = await self.workspace.command(who, name, rest)
        assert outcome.ok, outcome
        return await self.until(lambda: self.top(who) if self.top(who) != before else None)

    async def submit(self, who: str, **values: str) -> Any:
        """Fill in the fields named by the ends of their ids, and send; the window that follows."""
        view = self.top(who)
        outcome = await self.workspace.submit(who, view["id"], filled(view, values))
        assert outcome.problem is None, outcome
        return outcome if outcome.errors else self.top(who)

    async def press(self, who: str, label: str) -> None:
        """Press the first button of that label in the window on top."""
        view = self.top(who)
        block, element = next(
            found for found in buttons_of(view["blocks"]) if found[1]["text"]["text"] == label
        )
        outcome = await self.workspace.act(who, {"view": view["id"]}, block["block_id"], element["action_id"])
        assert outcome.ok, outcome

    async def start_programme(self, who: str) -> None:
        """HR starts the check-ins as the form proposes them, but from this week on."""
        view = await self.command(who, "/checkin start")
        block, edit = next(
            found for found in buttons_of(view["blocks"]) if "first.first" in found[1]["value"]
        )
        await self.workspace.act(who, {"view": view["id"]}, block["block_id"], edit["action_id"])
        await self.until(lambda: any(b["type"] == "input" for b in self.top(who)["blocks"]))
        today = self.world.clock.now().date()
        await self.submit(who, first=str(today - timedelta(days=today.weekday())))
        assert "Started." in words_of(await self.submit(who))


def buttons_of(blocks: list[Any]) -> Iterator[tuple[Any, Any]]:
    for block in blocks:
        for element in (block.get("accessory"), *block.get("elements", ())):
            if isinstance(element, dict) and element.get("type") == "button":
                yield block, element


def filled(view: Any, values: dict[str, str]) -> Any:
    """`view.state.values` with the texts in the fields whose ids end so."""
    found = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            name = block["block_id"].rpartition(".")[2]
            if name in values:
                kind = block["element"]["type"]
                found[block["block_id"]] = {"answer": {"type": kind, VALUE_KEYS[kind][0]: values[name]}}
    return found


def words_of(value: Any) -> str:
    """All the words in a message or a view."""
    found = []
    queue = [value]
    while queue:
        part = queue.pop(0)
        if isinstance(part, dict):
            found += [part[name] for name in ("text", "initial_value") if isinstance(part.get(name), str)]
            queue += [inner for inner in part.values() if isinstance(inner, dict | list)]
        elif isinstance(part, list):
            queue += part
    return "\n".join(found)


@asynccontextmanager
async def town(
    home: Path, people: list[Member], *, socket_mode: bool = False, **settings: str
) -> AsyncIterator[Town]:
    """The workspace, with the bot not started yet; at the end the bot is stopped if it runs."""
    clock = SystemClock()
    port = free_port()
    link = BotLink(None if socket_mode else f"http://127.0.0.1:{port}/slack/events", **SECRETS)
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    workspace = Workspace(World(people, clock=clock), clock, link, manifest=manifest)
    async with serving(workspace) as url:
        way = "SLACK_APP_TOKEN" if socket_mode else "SLACK_SIGNING_SECRET"
        given = {
            "SLACK_BOT_TOKEN": link.token,
            way: link.app_token if socket_mode else link.signing_secret,
            "SLACK_API_URL": f"{url}/api/",
            "PERFLOOP_PORT": str(port),
            "PERFLOOP_DATABASE_URL": f"sqlite:///{home / 'perfloop.db'}",
            "PERFLOOP_TICK_SECONDS": "0.2",
            "PERFLOOP_SETTLE_SECONDS": "0.2",
        }
        here = Town(workspace, url, home, given | settings)
        workspace.world.watchers.append(lambda _: here._changed.set())
        workspace.traffic.listeners.append(lambda _: here._changed.set())
        try:
            yield here
        finally:
            if here.process is not None and here.process.returncode is None:
                here.process.kill()
                await here.process.wait()
            if here._listening is not None:
                await here._listening
