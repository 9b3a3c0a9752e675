"""HTTP answers below Starlette, for the Web API's speed and for answering wrongly on purpose."""

from __future__ import annotations

import asyncio
import json
from email.utils import formatdate
from typing import Any

from starlette.types import Message as AsgiMessage
from starlette.types import Receive, Scope, Send

TRANSPORT = "perfloop.transport"
JSON_TYPE = b"application/json; charset=utf-8"


async def read_body(receive: Receive) -> bytes:
    """The whole body of a request."""
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts) if len(parts) > 1 else parts[0]


async def send_bytes(
    send: Send, status: int, content_type: bytes, body: bytes, now: float, extra: dict[str, str] | None = None
) -> None:
    """Answer with the workspace's own time in the Date header, as the bot compares the two."""
    headers = [
        (b"content-type", content_type),
        (b"content-length", str(len(body)).encode()),
        (b"date", formatdate(now, usegmt=True).encode()),
        *((name.encode(), value.encode()) for name, value in (extra or {}).items()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def send_json(
    send: Send, status: int, answer: Any, now: float, extra: dict[str, str] | None = None
) -> None:
    body = json.dumps(answer).encode()
    await send_bytes(send, status, JSON_TYPE, body, now, extra)


async def send_wrongly(
    how: str,
    answer: Any,
    seconds: float,
    scope: Scope,
    receive: Receive,
    send: Send,
    now: float,
    closing: asyncio.Event,
) -> None:
    """Answer as a messenger in trouble; `how` is the `answer` of a `Fault`, `answer` what would be right."""
    if how in ("429", "429_bare"):
        extra = {"Retry-After": str(max(1, round(seconds)))} if how == "429" else {}
        await send_json(send, 429, {"ok": False, "error": "ratelimited"}, now, extra)
    elif how in ("500", "503"):
        await send_bytes(send, int(how), b"text/plain", b"upstream trouble", now)
    elif how == "html":
        await send_bytes(send, 200, b"text/html", b"<html><body>We'll be back soon</body></html>", now)
    elif how == "truncated":
        body = json.dumps(answer).encode()
        await send_bytes(send, 200, JSON_TYPE, body[: len(body) // 2], now)
    elif how == "reset":
        await _reset(scope, receive)
    elif how == "hang":
        await _hung_up(receive, closing)
        await _reset(scope, receive)
    elif how == "slow":
        await asyncio.sleep(seconds)
        await send_json(send, 200, answer, now)
    elif how.startswith("error:"):
        await send_json(send, 200, {"ok": False, "error": how.removeprefix("error:")}, now)
    else:
        await send_json(send, 200, answer, now)


async def _reset(scope: Scope, receive: Receive) -> None:
    """Cut the connection, and see that it is cut, or uvicorn would report an answer that never came."""
    scope[TRANSPORT].abort()
    await _disconnect(receive)


async def _hung_up(receive: Receive, closing: asyncio.Event) -> None:
    """Say nothing until the caller has gone or the workspace closes."""
    gone: asyncio.Task[AsgiMessage] = asyncio.ensure_future(_disconnect(receive))
    closed = asyncio.ensure_future(closing.wait())
    await asyncio.wait({gone, closed}, return_when=asyncio.FIRST_COMPLETED)
    for task in (gone, closed):
        task.cancel()
    await asyncio.gather(gone, closed, return_exceptions=True)


async def _disconnect(receive: Receive) -> AsgiMessage:
    while (message := await receive())["type"] != "http.disconnect":
        pass
    return message
