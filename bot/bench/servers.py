"""The servers that are compared, each in a process of its own: bare Bolt, Bolt with a transaction, and perfloop."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Literal

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot import logs
from bot.bench.company import WEDNESDAY
from bot.bench.floors import floor
from bot.bench.payloads import SECRET
from bot.build import running as bot_running
from bot.clock import VirtualClock
from bot.settings import Settings
from bot.web import serving

Kind = Literal["bare", "core", "core+call", "perfloop"]
KINDS: tuple[Kind, ...] = ("bare", "core", "core+call", "perfloop")
Idle = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server keeps what it has, whom it calls, and on which core it runs (None: on any)."""

    database_url: str
    api_url: str
    core: int | None = None


@contextmanager
def running(kinds: Sequence[Kind], place: Place) -> Iterator[dict[Kind, str]]:
    """Servers, each in a process of its own, and their addresses. They end with the block."""
    context = multiprocessing.get_context("spawn")
    pipes = {kind: context.Pipe() for kind in kinds}
    children = [
        context.Process(target=serve, args=(kind, place, pipes[kind][1]), daemon=True) for kind in kinds
    ]
    for child in children:
        child.start()
    for _, theirs in pipes.values():
        theirs.close()
    try:
        yield {kind: ours.recv() for kind, (ours, _) in pipes.items()}
    finally:
        for ours, _ in pipes.values():
            ours.close()
        for child in children:
            child.join(15)
            child.kill()


def serve(kind: Kind, place: Place, pipe: Connection) -> None:
    """What the child does: serve until the pipe closes."""
    if place.core is not None:
        pin({place.core})
    if sys.platform == "win32":
        asyncio.run(_serve(kind, place, pipe))
    else:
        import uvloop

        uvloop.run(_serve(kind, place, pipe))


def pin(cores: set[int]) -> None:
    """Run on these cores alone, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores)


def cores() -> list[int]:
    """The cores that this process may use."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


async def _serve(kind: Kind, place: Place, pipe: Connection) -> None:
    async with _perfloop(place) if kind == "perfloop" else _floor(kind, place) as (web, idle):

        async def used(_request: Any) -> JSONResponse:
            await idle()
            spent = resource.getrusage(resource.RUSAGE_SELF)
            return JSONResponse({"cpu": spent.ru_utime + spent.ru_stime})

        web.router.routes.append(Route("/used", used, methods=["POST"]))
        async with serving(web, "127.0.0.1", 0) as where:
            pipe.send(where)
            await asyncio.to_thread(_until_closed, pipe)


def _until_closed(pipe: Connection) -> None:
    try:
        pipe.recv()
    except EOFError:
        return


@asynccontextmanager
async def _perfloop(place: Place) -> AsyncIterator[tuple[Starlette, Idle]]:
    """The whole bot. It keeps no rates, so that what it calls is called within the measurement."""
    logs.set_up("warning")
    given = {
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": place.api_url,
        "PERFLOOP_DATABASE_URL": place.database_url,
    }
    async with bot_running(Settings.read(given), VirtualClock(WEDNESDAY), limited=False) as bot:
        yield bot.web, bot.edge.idle


@asynccontextmanager
async def _floor(kind: Kind, place: Place) -> AsyncIterator[tuple[Starlette, Idle]]:
    async with floor(kind, place.database_url, place.api_url) as found:
        yield found
