"""What the page asks and hears, as `docs/local-workspace.md` lays it down."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.workspace.clockwork import clock_state, move_clock
from bot.workspace.messenger import Outcome
from bot.workspace.workspace import Workspace
from bot.workspace.world import NotThereError, World

Json = dict[str, Any]

PAGE = Path(__file__).parent / "page"
ASSET_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
KEEP_ALIVE_SECONDS = 15.0

Deed = Callable[[Workspace, str, Json], Awaitable[Outcome | None]]


def page_app(workspace: Workspace) -> Starlette:
    """The page and everything under `/page/`; what does not exist is a 404, what is not understood a 400."""
    world = workspace.world

    async def page(request: Request) -> Response:
        name = request.path_params.get("name")
        path = PAGE / (name or "page.html")
        kind = ASSET_TYPES.get(path.suffix) if name else "text/html"
        if kind is None or path.parent != PAGE or not path.is_file():
            return PlainTextResponse("not found", 404)
        return FileResponse(path, media_type=kind, headers=PAGE_HEADERS)

    async def start(_: Request) -> Response:
        return as_json(start_state(workspace))

    async def seen_as(request: Request) -> Response:
        return as_json(seen_by(workspace, world.user(request.path_params["user"]).id))

    async def messages(request: Request) -> Response:
        user, conversation = request.path_params["user"], request.path_params["conversation"]
        return as_json({"messages": workspace.messages(user, conversation)})

    async def do(request: Request) -> Response:
        deed = DEEDS.get(request.path_params["deed"])
        if deed is None:
            return PlainTextResponse("not found", 404)
        user = world.user(request.path_params["user"])
        if user.member.deleted:
            return as_json({"problem": "This account is deactivated."}, 403)
        outcome = await deed(workspace, user.id, await body_of(request))
        if outcome is None or outcome.ok:
            return as_json({})
        if outcome.errors:
            return as_json({"errors": dict(outcome.errors)})
        return as_json({"problem": outcome.problem})

    async def clock(request: Request) -> Response:
        problem = await move_clock(workspace, await body_of(request))
        return as_json({"problem": problem}, 400) if problem else as_json(clock_state(workspace))

    async def traffic(request: Request) -> Response:
        after = request.query_params.get("after", "0")
        entries = workspace.traffic.after(int(after) if after.isdecimal() else 0)
        return as_json({"entries": [asdict(entry) for entry in entries]})

    async def events(_: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(changes(workspace), media_type="text/event-stream", headers=headers)

    routes = [
        Route("/", page),
        Route("/assets/{name}", page),
        Route("/page/start", start),
        Route("/page/as/{user}", seen_as),
        Route("/page/as/{user}/messages/{conversation}", messages),
        Route("/page/as/{user}/{deed}", do, methods=["POST"]),
        Route("/page/clock", clock, methods=["POST"]),
        Route("/page/traffic", traffic),
        Route("/page/events", events),
    ]
    refusals = {NotThereError: not_there, ValueError: not_understood, KeyError: not_understood}
    return Starlette(routes=routes, exception_handlers=refusals)


def start_state(workspace: Workspace) -> Json:
    """Everything the page needs to begin."""
    world = workspace.world
    commands = [
        {name: command.get(name, "") for name in ("command", "description", "usage_hint")}
        for command in workspace.app.commands
    ]
    shortcuts = [
        {name: shortcut[name] for name in ("type", "callback_id", "name")}
        for shortcut in workspace.app.shortcuts
    ]
    return {
        "team": {"id": world.team["id"], "name": world.team["name"]},
        "bot": {"user_id": world.bot["user_id"], "name": world.bot["name"]},
        "people": page_people(world),
        "commands": commands,
        "shortcuts": shortcuts,
        "clock": clock_state(workspace),
        "unread": world.unread,
    }


def page_people(world: World) -> list[Json]:
    """Everybody, each with the account of their manager where there is one."""
    return [
        {
            "id": user.id,
            **asdict(user.member),
            "roles": list(user.member.roles),
            "manager": manager.id if (manager := world.by_email(user.member.manager)) else None,
        }
        for user in world.users.values()
    ]


def seen_by(workspace: Workspace, user: str) -> Json:
    """What one person has before them."""
    world = workspace.world
    world.dm(user)
    mine = [one for one in world.conversations.values() if user in one.members]
    unread = world.unread[user]
    conversations = [
        {
            "id": one.id,
            "kind": one.kind,
            "name": world.bot["name"] if one.kind == "im" else one.name,
            "unread": unread.get(one.id, 0),
        }
        for one in sorted(mine, key=lambda one: (one.kind != "im", one.name))
    ]
    return {"conversations": conversations, "home": workspace.home(user), "views": workspace.views(user)}


async def changes(workspace: Workspace) -> AsyncIterator[str]:
    """The server-sent events, until the page or the workspace closes."""
    waiting: asyncio.Queue[Json] = asyncio.Queue()
    world, closing = workspace.world, workspace.door.closing

    def hear(change: Json) -> None:
        waiting.put_nowait({**change, "people": page_people(world)} if change["type"] == "people" else change)

    world.watchers.append(hear)
    workspace.traffic.listeners.append(hear)
    closed = asyncio.ensure_future(closing.wait())
    heard = asyncio.ensure_future(waiting.get())
    try:
        yield ": welcome\n\n"
        while not closing.is_set():
            await asyncio.wait(
                {heard, closed}, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if heard.done():
                yield f"data: {json.dumps(heard.result())}\n\n"
                heard = asyncio.ensure_future(waiting.get())
            else:
                yield ": still here\n\n"
    finally:
        heard.cancel()
        closed.cancel()
        world.watchers.remove(hear)
        workspace.traffic.listeners.remove(hear)


def as_json(answer: Any, status: int = 200) -> Response:
    """JSON in ASCII: what people type may hold half a character, which UTF-8 cannot carry."""
    return Response(json.dumps(answer), status, media_type="application/json")


async def body_of(request: Request) -> Json:
    """The JSON object of a request; ValueError if it is none."""
    body = await request.json()
    if not isinstance(body, dict):
        raise ValueError("the body must be a JSON object")
    return body


async def _open(workspace: Workspace, user: str, body: Json) -> None:
    await (workspace.open_home(user) if body.get("home") else workspace.open(user, body["conversation"]))


async def _say(workspace: Workspace, user: str, body: Json) -> Outcome:
    return await workspace.say(user, body["conversation"], body["text"], body.get("thread_ts"))


async def _drop(workspace: Workspace, user: str, body: Json) -> Outcome:
    files = [(str(file["name"]), b64decode(file["content"], validate=True)) for file in body["files"]]
    return await workspace.drop(user, body["conversation"], files, body.get("text", ""))


async def _command(workspace: Workspace, user: str, body: Json) -> Outcome:
    return await workspace.command(user, body["command"], body.get("text", ""), body["conversation"])


async def _act(workspace: Workspace, user: str, body: Json) -> Outcome:
    return await workspace.act(user, body["where"], body["block_id"], body["action"], body.get("values"))


async def _submit(workspace: Workspace, user: str, body: Json) -> Outcome:
    return await workspace.submit(user, body["view"], body.get("values"))


async def _close(workspace: Workspace, user: str, body: Json) -> Outcome:
    return await workspace.close(user, body["view"], bool(body.get("clear")))


async def _shortcut(workspace: Workspace, user: str, body: Json) -> Outcome:
    return await workspace.shortcut(user, body["callback_id"], body.get("conversation"), body.get("ts"))


DEEDS: dict[str, Deed] = {
    "open": _open,
    "say": _say,
    "drop": _drop,
    "command": _command,
    "act": _act,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
}


async def not_there(_: Request, error: Exception) -> Response:
    """404 for a person, conversation or field that does not exist."""
    return as_json({"problem": str(error)}, 404)


async def not_understood(_: Request, error: Exception) -> Response:
    """400 for a body that is not as the contract says."""
    return as_json({"problem": f"not understood: {error!r}"}, 400)
