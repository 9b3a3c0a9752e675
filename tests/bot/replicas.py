"""Three real `perfloop serve` on one PostgreSQL behind a proxy, and the workspace in this process that plays Slack."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import cycle
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.importing import import_people
from bot.settings import Settings
from bot.trial import free_port
from bot.web import serving
from bot.workspace.mischief import Mischief
from bot.workspace.people import Member
from tests.bot.served import Town, town

PATIENCE = 60.0  # seconds: three start at once
ANSWERS_WITHIN = 1.4  # seconds; then the proxy asks the next: Slack waits for 3


@dataclass
class Proxy:
    """Hands each request to the replicas in turn, and to the next one where it gets no answer in time."""

    ports: list[int]
    passed_on: int = 0
    _turn: Any = field(init=False)
    _session: aiohttp.ClientSession | None = None

    def __post_init__(self) -> None:
        self._turn = cycle(self.ports)

    async def pass_on(self, asked: Request) -> Response:
        assert self._session is not None
        body = await asked.body()
        headers = {name: value for name, value in asked.headers.items() if name != "host"}
        for _ in self.ports:
            address = f"http://127.0.0.1:{next(self._turn)}{asked.url.path}"
            try:
                async with self._session.post(address, data=body, headers=headers) as answer:
                    kind = answer.headers.get("content-type")
                    return Response(await answer.read(), answer.status, media_type=kind)
            except (aiohttp.ClientError, TimeoutError):
                self.passed_on += 1
        return Response("no replica answers", 502)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        limit = aiohttp.ClientTimeout(total=ANSWERS_WITHIN)
        app = Starlette(routes=[Route("/slack/events", self.pass_on, methods=["POST"])])
        async with aiohttp.ClientSession(timeout=limit) as self._session, serving(app, "127.0.0.1", 0) as url:
            yield url


@dataclass
class Replicas:
    """`here` is the workspace, in which people act; `lives` are the processes, each with its own log."""

    here: Town
    lives: list[Town]
    proxy: Proxy
    database_url: str

    async def start(self, which: int) -> None:
        await self.lives[which].start(PATIENCE)

    def owner(self, which: int) -> str:
        """How this replica is named in its claims, in its present life."""
        return str(self.lives[which].said("perfloop is running")[-1]["replica"])

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(question.encode(), values).fetchall()

    def in_hand(self, which: int) -> int:
        """How many messages this replica has marked as sending."""
        question = "SELECT count(*) FROM message WHERE state = 'sending' AND owner = %s"
        return int(self.ask(question, self.owner(which))[0][0])

    def states(self) -> set[str]:
        """The states that there are of all messages."""
        return {state for (state,) in self.ask("SELECT DISTINCT state FROM message")}

    def copies(self) -> Counter[str]:
        """How often each message stands in a chat, by its mark."""
        said = (m for chat in self.here.world.conversations.values() for m in chat.messages.values())
        return Counter(str(m.metadata["event_payload"]["k"]) for m in said if m.metadata)

    def marks(self) -> list[str]:
        """Every message that was ever written."""
        return [mark for (mark,) in self.ask("SELECT id FROM message")]

    async def ready(self, which: int) -> bool:
        """Whether the process answers."""
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                return (await self.lives[which].get("/readyz"))[0] == 200
        except (aiohttp.ClientError, TimeoutError):
            return False


@asynccontextmanager
async def replicas(
    home: Path, database_url: str, people: list[Member], csv: str, **settings: str
) -> AsyncIterator[Replicas]:
    """The company, imported, and three replicas that are not started yet; at the end those that run are ended."""
    ports = [free_port() for _ in range(3)]
    proxy = Proxy(ports)
    given = {
        "PERFLOOP_DATABASE_URL": database_url,
        "PERFLOOP_KEYS": str(home / "keys"),
        "PERFLOOP_POSTS_PER_MINUTE": "6000",
        "PERFLOOP_DATABASE_CONNECTIONS": "3",
        **settings,
    }
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(proxy.open())
        here = await stack.enter_async_context(town(home, people, **given))
        here.workspace.http.link = replace(here.workspace.http.link, url=f"{url}/slack/events")
        here.world.misbehave = Mischief(7, {"slow": 0.5, "history_lag": 0.1})
        known, said = Settings.read(here.settings), []
        assert import_people(csv.encode(), known, skip_bad=False, say=said.append, complain=said.append)
        lives = [
            Town(here.workspace, here.url, home, here.settings | {"PERFLOOP_PORT": str(port)})
            for port in ports
        ]
        for life in lives:
            stack.push_async_callback(ended, life)
        yield Replicas(here, lives, proxy, database_url)


async def ended(life: Town) -> None:
    if life.process is not None and life.process.returncode is None:
        life.process.kill()
        await life.process.wait()
    if life._listening is not None:
        await life._listening
