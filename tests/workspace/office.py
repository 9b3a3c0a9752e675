"""A running workspace with three people and a small bot that remembers what it was sent."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import VirtualClock
from bot.workspace.link import BotLink
from bot.workspace.rates import Rates
from bot.workspace.serve import serving
from bot.workspace.workspace import Workspace
from bot.workspace.world import Member, World

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
ANNA, WANG = "U0ANNA000", "U0WANG000"
PEOPLE = (
    Member("anna@example.com", "Anna Becker", "Engineer", "Engineering", "en", "Europe/Berlin"),
    Member("wang@example.com", "王芳", "经理", "Engineering", "zh", "Asia/Shanghai"),
    Member("leaver@example.com", "Lee Aver", deleted=True),
)
Json = dict[str, Any]


@dataclass
class Told:
    """One request as the bot got it."""

    headers: dict[str, str]
    raw: bytes
    payload: Json


@dataclass
class SmallBot:
    """Answers each payload with what `answer` gives: a status, an object, a text, or nothing."""

    told: list[Told] = field(default_factory=list)
    answer: Callable[[Json], Any] = lambda _: None

    async def hear(self, request: web.Request) -> web.Response:
        raw = await request.read()
        payload: Json
        if request.content_type == "application/json":
            payload = json.loads(raw)
        else:
            form = dict(parse_qsl(raw.decode(), keep_blank_values=True))
            payload = json.loads(form["payload"]) if "payload" in form else form
        self.told.append(Told(dict(request.headers), raw, payload))
        answer = self.answer(payload)
        if hasattr(answer, "__await__"):
            answer = await answer
        if isinstance(answer, web.Response):
            return answer
        if isinstance(answer, int):
            return web.Response(status=answer)
        if isinstance(answer, str):
            return web.Response(text=answer)
        return web.Response() if answer is None else web.json_response(answer)

    @property
    def last(self) -> Json:
        return self.told[-1].payload

    def events(self, kind: str) -> list[Json]:
        return [
            told.payload["event"] for told in self.told if told.payload.get("event", {}).get("type") == kind
        ]


@dataclass
class Office:
    """Everything of one running workspace."""

    clock: VirtualClock
    world: World
    workspace: Workspace
    bot: SmallBot
    client: AsyncWebClient
    url: str


@asynccontextmanager
async def office_of(
    *,
    manifest: Json | None = None,
    rates: bool = False,
    world: World | None = None,
    clock: VirtualClock | None = None,
    bot_url: str | None = None,
    **more: Any,
) -> AsyncIterator[Office]:
    clock = clock or VirtualClock(START, speed=0)
    world = world or World(PEOPLE, clock=clock)
    bot = SmallBot()
    app = web.Application()
    app.router.add_post("/slack/events", bot.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    link = BotLink(bot_url or f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    limits = Rates(clock) if rates else None
    workspace = Workspace(world, clock, link, manifest=manifest, rates=limits, **more)
    try:
        async with serving(workspace) as url:
            client = AsyncWebClient(token=link.token, base_url=f"{url}/api/", retry_handlers=[])
            yield Office(clock, world, workspace, bot, client, url)
    finally:
        await runner.cleanup()


async def until(true: Callable[[], bool]) -> None:
    """Let the loop turn until something holds."""
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 (both ends are real programs, and neither tells a test)
            await asyncio.sleep(0)


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "hello", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain("Go"), **more}


def field_block(block_id: str = "b", element: Json | None = None, **more: Any) -> Json:
    element = element or {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "block_id": block_id, "label": plain("Label"), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": list(blocks), **more}


async def opened(office: Office, view: Json, user: str = ANNA) -> Json:
    """Open a modal for `user` the way the bot does, and what they then see on top."""
    await office.client.views_open(trigger_id=office.world.new_trigger(user), view=view)
    return office.workspace.views(user)[-1]
