"""Loads a server over few connections, and stands in for Slack's Web API: both as cheap as can be."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from bot.clock import SystemClock

Json = dict[str, Any]

PATIENCE = 30.0  # seconds for an answer
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def whole(got: bytearray) -> tuple[bytes, bytes] | None:
    """The head and body at the beginning of what came in, taken out of it; None while some is missing."""
    at = got.find(b"\r\n\r\n")
    if at < 0:
        return None
    found = LENGTH.search(got, 0, at)
    end = at + 4 + (int(found[1]) if found else 0)
    if len(got) < end:
        return None
    head, body = bytes(got[:at]), bytes(got[at + 4 : end])
    del got[:end]
    return head, body


class Wire(asyncio.BufferedProtocol):
    """One connection, read into one buffer. `came` is called with what has come in so far."""

    def __init__(self, came: Callable[[bytearray], None]) -> None:
        self._came, self._room, self._got = came, bytearray(65_536), bytearray()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but its class

    def get_buffer(self, sizehint: int) -> bytearray:  # noqa: ARG002 (the loop's name for it)
        return self._room

    def buffer_updated(self, nbytes: int) -> None:
        self._got += memoryview(self._room)[:nbytes]
        self._came(self._got)

    def write(self, sent: bytes) -> None:
        if self.transport is not None:
            self.transport.write(sent)


class Line:
    """A client's connection that asks one thing at a time."""

    def __init__(self) -> None:
        self.wire = Wire(self._came)
        self._answer: asyncio.Future[tuple[bytes, bytes]] | None = None

    @classmethod
    async def to(cls, url: str) -> Line:
        line, parts = cls(), urlsplit(url)
        await asyncio.get_running_loop().create_connection(
            lambda: line.wire, parts.hostname or "", parts.port or 80
        )
        return line

    def _came(self, got: bytearray) -> None:
        if self._answer is not None and not self._answer.done() and (found := whole(got)):
            self._answer.set_result(found)

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """The status and body of the answer."""
        self._answer = asyncio.get_running_loop().create_future()
        self.wire.write(request)
        head, body = await asyncio.wait_for(self._answer, PATIENCE)
        return int(head[9:12]), body

    def close(self) -> None:
        if self.wire.transport is not None:
            self.wire.transport.close()


@dataclass(frozen=True, slots=True)
class Drive:
    """What came of a load. `seconds` is its whole length, `times` those of each answer, in seconds."""

    seconds: float
    times: list[float]
    refused: int


async def drive(url: str, requests: Sequence[bytes], connections: int) -> Drive:
    """Send all requests, `connections` at a time, each as soon as the one before it is answered."""
    clock, times, refused = SystemClock(), [], 0
    lines = [await Line.to(url) for _ in range(connections)]
    rest: Iterator[bytes] = iter(requests)

    async def work(line: Line) -> None:
        nonlocal refused
        for request in rest:
            began = clock.monotonic()
            status, _ = await line.ask(request)
            times.append(clock.monotonic() - began)
            refused += status != 200

    began = clock.monotonic()
    try:
        await asyncio.gather(*(work(line) for line in lines))
        return Drive(clock.monotonic() - began, times, refused)
    finally:
        for line in lines:
            line.close()


def http(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A POST as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", "host: 127.0.0.1", f"content-length: {len(body)}"]
    return (
        "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", ""]).encode()
        + body
    )


@dataclass(slots=True)
class Stub:
    """Slack's Web API for a bench: everything is granted. `views` are those that were opened, by trigger."""

    url: str = ""
    calls: int = 0
    views: dict[str, Json] = field(default_factory=dict)

    def take(self, head: bytes, body: bytes) -> None:
        self.calls += 1
        if b"views.open" in head.partition(b"\r\n")[0]:
            given = json.loads(body)
            view = given["view"]
            self.views[given["trigger_id"]] = json.loads(view) if isinstance(view, str) else view


GRANTED = json.dumps(
    {"ok": True, "channel": "D0", "ts": "1.000001", "view": {"id": "V0", "hash": "0"}}
).encode()
GRANT = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (
    len(GRANTED),
    GRANTED,
)


def granting(stub: Stub) -> Wire:
    """One connection of the stub."""

    def came(got: bytearray) -> None:
        while found := whole(got):
            stub.take(*found)
            wire.write(GRANT)

    wire = Wire(came)
    return wire


@asynccontextmanager
async def slack_stub() -> AsyncIterator[Stub]:
    """The stub, listening on loopback; `url` ends as Slack's does."""
    stub = Stub()
    server = await asyncio.get_running_loop().create_server(lambda: granting(stub), "127.0.0.1", 0)
    stub.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/"
    try:
        yield stub
    finally:
        server.close()
