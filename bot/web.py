"""Serves an ASGI application inside the running loop, and stops without cutting anybody off."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

GRACE = 4  # seconds; Slack gives up on an answer after 3


class Server(uvicorn.Server):
    """uvicorn's server; signals are the composition root's, who stops the parts in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: ASGIApp, host: str, port: int) -> AsyncIterator[str]:
    """Listen on `host` and `port` (0: a free one); gives the address. At the end requests in flight finish."""
    config = uvicorn.Config(
        app, host, port, lifespan="off", log_config=None, access_log=False, server_header=False,
        date_header=False, ws="none", timeout_graceful_shutdown=GRACE,
    )  # fmt: skip
    server = Server(config)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server(
        (host, port), family=family
    )  # uvicorn's own ends the process when it can't
    task = asyncio.create_task(server.serve([listening]))
    try:
        yield f"http://{host}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
