"""Asks a calendar server one thing, with limits on size, time and redirects, each of which is checked anew."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from yarl import URL

from bot.calendars.guarded import Guard, Inside
from bot.calendars.trouble import Unreachable

MOST = 5_000_000  # bytes of an answer, unpacked
SECONDS = 10.0  # for one look at a feed, redirects and all
REDIRECTS = 3
PIECE = 65_536
GZIP_OR_ZLIB = 47  # zlib finds out which

STATUSES = {401: "refused", 403: "refused", 404: "missing", 410: "missing"}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; `url` is where it was in the end."""

    status: int
    url: URL
    headers: Mapping[str, str]
    body: bytes

    def expect(self, *statuses: int) -> Reply:
        """Itself, if its status is one of these; raises Unreachable otherwise."""
        if self.status not in statuses:
            raise Unreachable(STATUSES.get(self.status, "server"))
        return self


@dataclass(frozen=True, slots=True)
class Credentials:
    """User and password for one server, and for its siblings: large ones keep people's calendars on many hosts."""

    origin: URL
    user: str
    password: str

    def fits(self, url: URL) -> bool:
        """Whether they may go to the address: to the same server, or with https to one of the same domain."""
        if url.origin() == self.origin:
            return True
        domain = (self.origin.host or "").partition(".")[2]
        host = url.host or ""
        kin = host == self.origin.host or ("." in domain and host.endswith(f".{domain}"))
        return kin and url.scheme == "https" and url.port == 443


async def ask(
    guard: Guard,
    method: str,
    url: URL,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    credentials: Credentials | None = None,
) -> Reply:
    """The answer to one request, after at most 3 redirects. Raises Unreachable. Has no limit of time of its own."""
    for _ in range(REDIRECTS + 1):
        try:
            reply = await _once(guard, method, url, headers or {}, body, credentials)
            where = reply.headers.get("Location")
            if reply.status not in (301, 302, 303, 307, 308) or not where:
                return reply
            url = url.join(URL(where))
        except aiohttp.InvalidURL as wrong:
            raise Unreachable("address") from wrong
        except aiohttp.ClientConnectorError as error:
            raise Unreachable("inside" if isinstance(error.os_error, Inside) else "unreachable") from error
        except aiohttp.ClientResponseError as error:
            raise Unreachable("server") from error
        except ValueError as wrong:
            raise Unreachable("address") from wrong
        except (aiohttp.ClientError, OSError) as error:
            if isinstance(error, TimeoutError):
                raise
            raise Unreachable("unreachable") from error
    raise Unreachable("redirects")


async def fetch(guard: Guard, address: str) -> bytes:
    """What lies at an address, within 10 seconds. Raises Unreachable."""
    try:
        async with asyncio.timeout(SECONDS):
            return (await ask(guard, "GET", URL(address))).expect(200).body
    except TimeoutError as slow:
        raise Unreachable("slow") from slow
    except ValueError as wrong:
        raise Unreachable("address") from wrong


async def _once(
    guard: Guard,
    method: str,
    url: URL,
    headers: Mapping[str, str],
    body: bytes | None,
    credentials: Credentials | None,
) -> Reply:
    session = guard.session(url)
    if credentials is not None and credentials.fits(url):
        if url.scheme != "https" and not guard.is_own(url):
            raise Unreachable("address")  # a password never goes unencrypted through the internet
        key = aiohttp.encode_basic_auth(credentials.user, credentials.password, "utf-8")
        headers = {**headers, "Authorization": key}
    async with session.request(method, url, headers=headers, data=body, allow_redirects=False) as answer:
        content = await _content(answer)
        return Reply(answer.status, url, answer.headers, content)


async def _content(answer: aiohttp.ClientResponse) -> bytes:
    """The body, unpacked where it comes packed though nobody asked for that; Unreachable once it is too large."""
    packed = answer.headers.get("Content-Encoding", "identity").lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise Unreachable("server")
    unpack = zlib.decompressobj(GZIP_OR_ZLIB) if packed not in ("identity", "") else None
    content = bytearray()
    async for piece in answer.content.iter_chunked(PIECE):
        try:
            content += unpack.decompress(piece, MOST + 1 - len(content)) if unpack else piece
        except zlib.error as broken:
            raise Unreachable("server") from broken
        if len(content) > MOST:
            raise Unreachable("large")
    return bytes(content)
