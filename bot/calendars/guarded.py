"""Reaches calendars on the internet and never what lies inside the company, whatever an address, a name or a redirect says."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Collection
from contextlib import AsyncExitStack
from typing import Any, Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from bot.calendars.trouble import Unreachable
from bot.fence import Fenced

HostAndPort = tuple[str, int | None]

PORTS = frozenset({80, 443, 8443})
NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        # Protocol assignments, 6to4's relays; Teredo and its neighbours, 6to4, documentation: Python calls some global.
        ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "2001:db8::/32", "3fff::/20"),
    )
)
UNICAST = ipaddress.ip_network("2000::/3")  # the only part of IPv6 in which public addresses are given out


class Inside(OSError):
    """An address that is not on the public internet."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet's; what embeds another (mapped, NAT64, 6to4) is none."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if ip.version == 6 and ip not in UNICAST:
        return False
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        return False
    return not any(ip.version == net.version and ip in net for net in NOT_PUBLIC)


class PublicOnly(AbstractResolver):
    """Resolves names as the machine (or `resolver`) does, and refuses one that has any address that is not public."""

    def __init__(self, resolver: AbstractResolver | None = None) -> None:
        self._resolver = resolver or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if not all(is_public(str(one["host"])) for one in found):
            raise Inside("not public")
        return found

    async def close(self) -> None:
        await self._resolver.close()


def public_socket(address: Any) -> socket.socket:
    """The last look, at the very address that is connected to: an IP in the URL never comes to the resolver."""
    family, kind, proto, _, where = address
    if not is_public(str(where[0])):
        raise Inside("not public")
    return socket.socket(family, kind, proto)


class Guard:
    """Sessions for addresses that may be asked. `allowed` are the company's own calendar servers, wherever they lie."""

    def __init__(self, allowed: Collection[HostAndPort] = (), trust: ssl.SSLContext | None = None) -> None:
        self._allowed = frozenset(allowed)
        self._trust = trust or ssl.create_default_context()
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        guarded = aiohttp.TCPConnector(
            ssl=self._trust, resolver=PublicOnly(), socket_factory=public_socket, use_dns_cache=False
        )
        self._public = await self._stack.enter_async_context(_session(guarded))
        self._own = await self._stack.enter_async_context(_session(aiohttp.TCPConnector(ssl=self._trust)))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def is_own(self, url: URL) -> bool:
        """Whether it is on one of the company's own calendar servers."""
        host = (url.host or "").lower().rstrip(".")
        return (host, url.port) in self._allowed or ((host, None) in self._allowed and url.port in PORTS)

    def session(self, url: URL) -> aiohttp.ClientSession:
        """What to ask this address with. Raises Unreachable where it may not be asked at all."""
        if (
            url.scheme not in ("http", "https")
            or not url.host
            or url.user is not None
            or url.password is not None
        ):
            raise Unreachable("address")
        if self.is_own(url):
            return self._own
        if url.port not in PORTS:
            raise Unreachable("port")
        return self._public


def _session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        request_class=Fenced,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,  # what is small packed may be huge: it is unpacked with a limit
        headers={"User-Agent": "perfloop", "Accept-Encoding": "identity"},
    )
