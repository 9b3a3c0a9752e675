"""Serves the workspace on loopback: the Web API, response addresses, uploads, Socket Mode and the page."""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.server import ServerState

from bot.workspace.answers import respond
from bot.workspace.calls_files import file_bytes, keep_file
from bot.workspace.http_answers import TRANSPORT
from bot.workspace.page_api import as_json, page_app
from bot.workspace.store import keep_saving
from bot.workspace.web_api import web_api
from bot.workspace.workspace import Workspace

OWN_HOSTS = ("localhost", "127.0.0.1", "::1")
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
DRAIN_SECONDS = 2.0


def workspace_app(workspace: Workspace) -> ASGIApp:
    """The whole ASGI application."""
    world = workspace.world

    async def response(request: Request) -> Response:
        try:
            body: Any = json.loads(await request.body())
        except ValueError:
            body = None
        url = world.response_urls.get(request.path_params["key"])
        status, problem = respond(world, url, body)
        workspace.traffic.add(
            world.now(), "from bot", "response_url", "response_url", body, {"ok": not problem}, 0.0, problem
        )
        if problem is None:
            return PlainTextResponse("ok")
        if status == 400:
            world.note_problem(f"response_url: {problem}")
        return as_json({"ok": False, "error": problem}, status)

    async def upload(request: Request) -> Response:
        file = world.files.get(request.path_params["file"])
        if file is None:
            return PlainTextResponse("not found", 404)
        keep_file(file, await _uploaded(request))
        return PlainTextResponse(f"OK - {file['size']}")

    async def download(request: Request) -> Response:
        file = world.files.get(request.path_params["file"])
        if file is None or file["content"] is None:
            return PlainTextResponse("not found", 404)
        kind = mimetypes.guess_type(file["name"])[0] or ""
        headers = {"X-Content-Type-Options": "nosniff"}
        if kind not in PICTURES:
            kind = "application/octet-stream"
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file['name'])}"
        return Response(file_bytes(file), headers=headers, media_type=kind)

    async def private(request: Request) -> Response:
        """The same for the bot: without its token, or the scope for it, Slack sends one to where people sign in."""
        may_read = workspace.app.scopes is None or "files:read" in workspace.app.scopes
        if request.headers.get("authorization") != f"Bearer {workspace.bot.token}" or not may_read:
            return RedirectResponse(f"{workspace.door.base_url}/", 302)
        return await download(request)

    routes: list[BaseRoute] = [
        Mount("/api", app=web_api(workspace.door)),
        Route("/response/{key}", response, methods=["POST"]),
        Route("/upload/{file}", upload, methods=["POST", "PUT"]),
        Route("/files/{file}", download),
        Route("/files-pri/{file}/download/{name}", private),
        WebSocketRoute("/link/", workspace.sockets.serve),
        Mount("/", app=page_app(workspace)),
    ]
    return _only_here(Starlette(routes=routes))


async def _uploaded(request: Request) -> bytes:
    """The bytes of an upload; a form's are those of its one file."""
    body = await request.body()
    content_type = request.headers.get("content-type", "")
    if not content_type.startswith("multipart/form-data"):
        return body
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    part = body.split(b"--" + boundary)[1]
    return part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")


def _only_here(app: ASGIApp) -> ASGIApp:
    """Answers only who names this machine as host (against DNS rebinding), and posts of its own page."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            headers = Headers(scope=scope)
            host, origin = headers.get("host", ""), headers.get("origin")
            foreign = origin is not None and origin != f"http://{host}"
            if host.rpartition(":")[0].strip("[]") not in OWN_HOSTS and host.strip("[]") not in OWN_HOSTS:
                await _refuse(scope, receive, send, "this workspace answers on loopback only")
                return
            if foreign and (scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD")):
                await _refuse(scope, receive, send, "a foreign page may not do this")
                return
            scope[TRANSPORT] = getattr(getattr(send, "__self__", None), "transport", None)
        await app(scope, receive, send)

    return guarded


async def _refuse(scope: Scope, receive: Receive, send: Send, why: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await PlainTextResponse(why, 403)(scope, receive, send)


@asynccontextmanager
async def serving(
    workspace: Workspace, host: str = "127.0.0.1", port: int = 0, path: Path | None = None
) -> AsyncIterator[str]:
    """Serve inside the running event loop and give the base URL; port 0 takes a free one.

    With `path` the world is saved there after changes, and at the end.

    This is uvicorn's protocol on a server of the loop: its own `Server` would take over the signals and
    add a tenth of a second to every stop.
    """
    config = uvicorn.Config(
        workspace_app(workspace),
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        date_header=False,
        server_header=False,
        ws="websockets-sansio",
    )
    config.load()
    protocol: Any = config.http_protocol_class
    state = ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: protocol(config=config, server_state=state, app_state={}), host, port
    )
    port = server.sockets[0].getsockname()[1]
    workspace.door.base_url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    saving = (
        asyncio.ensure_future(keep_saving(workspace.world, path, workspace.door.closing)) if path else None
    )
    try:
        yield workspace.door.base_url
    finally:
        server.close()
        await workspace.aclose()
        await _drained(state)
        if saving is not None:
            await saving


async def _drained(state: ServerState) -> None:
    """Let requests in flight finish, then close every connection."""
    for connection in tuple(state.connections):
        connection.shutdown()
    if state.tasks:
        await asyncio.wait(tuple(state.tasks), timeout=DRAIN_SECONDS)
    for task in tuple(state.tasks):
        task.cancel()
    await asyncio.gather(*state.tasks, return_exceptions=True)
    await asyncio.sleep(0)  # lets the closed connections leave the loop
