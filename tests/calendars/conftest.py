"""A CalDAV server of one's own, and a web server that answers as badly as a test wants."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

USER, PASSWORD = "kavya", "app-password-1"
CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/calendars
[logging]
level = info
"""


@dataclass(frozen=True, slots=True)
class Radicale:
    """A running server with one person."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def make(self, name: str, kinds: str = "VEVENT") -> str:
        """A new collection of the person's; its address."""
        url = f"{self.url}{USER}/{name}/"
        components = "".join(f'<c:comp name="{kind}"/>' for kind in kinds.split())
        body = (
            '<?xml version="1.0"?><c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>'
            f"<c:supported-calendar-component-set>{components}</c:supported-calendar-component-set>"
            "</d:prop></d:set></c:mkcalendar>"
        )
        made = httpx.request("MKCALENDAR", url, content=body, auth=(USER, PASSWORD), timeout=10)
        assert made.status_code == 201, made.text
        return url

    def put(self, url: str, event: str) -> None:
        """Put an event there, as the person's own calendar program would."""
        calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n{event}END:VCALENDAR\r\n"
        answer = httpx.put(url, content=calendar.encode(), auth=(USER, PASSWORD), timeout=10)
        assert answer.status_code in (201, 204), answer.text

    def get(self, url: str) -> bytes | None:
        """What stands there; None where nothing does."""
        answer = httpx.get(url, auth=(USER, PASSWORD), timeout=10)
        return answer.content if answer.status_code == 200 else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    port = free_port()
    (tmp_path / "users").write_text(f"{USER}:{PASSWORD}\n")
    config = tmp_path / "radicale.conf"
    config.write_text(CONFIG.format(port=port, folder=tmp_path))
    server = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", str(config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        said = ""
        while "Listening on" not in said:
            said = server.stderr.readline()
            assert said, "Radicale does not start"
        yield Radicale(port)
    finally:
        server.kill()
        server.communicate()


Answer = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
"""What a server does with a request's head."""


@asynccontextmanager
async def answering(answer: Answer) -> AsyncIterator[int]:
    """A web server on loopback; gives its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(await reader.readuntil(b"\r\n\r\n"), writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield int(server.sockets[0].getsockname()[1])


def response(body: bytes, status: str = "200 OK", **headers: str) -> Answer:
    """A server that always answers this."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]

    async def answer(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()

    return answer
