"""The bot can't be made to fetch what lies inside the company: no address, name, port or redirect leads there."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from typing import ClassVar

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.calendars.fetching import Credentials, ask, fetch
from bot.calendars.guarded import Guard, Inside, PublicOnly, is_public, public_socket
from bot.calendars.trouble import Unreachable
from tests.calendars.conftest import answering, response

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"

INSIDE = """
0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.7 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1
239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::a00:1 64:ff9b::808:808 64:ff9b:1::1 100::1
2001::1 2001:0:53aa:64c:0:0:0:1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1
fe80::1%eth0 fec0::1 ff02::1 ff0e::1
"""
PUBLIC = ["1.1.1.1", "8.8.8.8", "142.250.74.46", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001:80b::200e"]


@pytest.mark.parametrize("address", INSIDE.split())
def test_an_address_inside_is_never_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_what_python_calls_private_never_is_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    inside = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    assert not (is_public(str(address)) and (inside or address.is_reserved or address.is_unspecified))


@given(st.ip_addresses(v=4))
def test_an_old_address_in_a_new_one_never_is_public(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for prefix in ("::ffff:0:0", "64:ff9b::", "64:ff9b:1::", "::", "2002::"):
        shift = 80 if prefix == "2002::" else 0
        assert not is_public(str(ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | number << shift)))


HOSTILE = {
    "http://127.0.0.1/": "inside",
    "http://127.0.0.1:80/": "inside",
    "http://127.1/": "address",
    "http://2130706433/": "address",
    "http://0x7f.0.0.1/": "inside",
    "http://0177.0.0.1/": "address",
    "http://0/": "address",
    "http://localhost/": "inside",
    "http://LocalHost/": "inside",
    "http://[::1]/": "inside",
    "http://[::ffff:127.0.0.1]/": "inside",
    "http://[64:ff9b::7f00:1]/": "inside",
    "https://10.0.0.1/calendar.ics": "inside",
    "https://192.168.1.1:8443/": "inside",
    "http://169.254.169.254/latest/meta-data/": "inside",
    "http://１２７.0.0.1/": "inside",
    "http://127。0。0。1/": "inside",
    "http://1.1.1.1:22/": "port",
    "http://1.1.1.1:6379/": "port",
    "http://127.0.0.1:5432/": "port",
    "http://user@1.1.1.1/": "address",
    "http://user:pass@1.1.1.1/": "address",
    "http://1.1.1.1@127.0.0.1/": "address",
    "ftp://1.1.1.1/": "address",
    "file:///etc/passwd": "address",
    "gopher://127.0.0.1/_x": "address",
    "//127.0.0.1/": "address",
    "calendar.ics": "address",
    "": "address",
    "http://": "address",
    "http://[::1": "address",
    "http://1.1.1.1:99999/": "address",
}


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_refused_for_its_reason(url: str) -> None:
    async def look() -> None:
        async with Guard() as guard:
            await fetch(guard, url)

    with pytest.raises(Unreachable) as refused:
        asyncio.run(look())
    assert refused.value.problem == HOSTILE[url]


class Names(AbstractResolver):
    """A resolver that knows three names."""

    known: ClassVar = {
        "public.example": ["8.8.8.8"],
        "both.example": ["8.8.8.8", "10.0.0.1"],
        "six.example": ["fe80::1"],
    }

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = self.known[host]
        return [
            ResolveResult(hostname=host, host=ip, port=port, family=family, proto=0, flags=0) for ip in found
        ]

    async def close(self) -> None:
        pass


def test_a_name_with_one_address_inside_is_refused_whatever_else_it_has() -> None:
    async def resolved(host: str) -> int:
        return len(await PublicOnly(Names()).resolve(host, 443))

    assert asyncio.run(resolved("public.example")) == 1
    for host in ("both.example", "six.example"):
        with pytest.raises(Inside):
            asyncio.run(resolved(host))


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254"])
def test_the_last_look_is_at_the_address_that_is_connected_to(address: str) -> None:
    """A name that resolved to a public address and now to another gains nothing."""
    with pytest.raises(Inside):
        public_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)))
    public_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443))).close()


def at(
    answer: Callable[..., Awaitable[None]],
    look: Callable[[Guard, int], Awaitable[object]],
    *,
    allowed: bool = True,
) -> object:
    """What comes of looking at a server on loopback that is the company's own, or isn't."""

    async def run() -> object:
        async with answering(answer) as port, Guard([("127.0.0.1", port)] if allowed else []) as guard:
            return await look(guard, port)

    return asyncio.run(run())


def feed(guard: Guard, port: int) -> Awaitable[bytes]:
    return fetch(guard, f"http://127.0.0.1:{port}/calendar.ics")


def test_the_company_s_own_server_may_be_asked_and_no_other_port_of_it() -> None:
    assert at(response(CALENDAR), feed) == CALENDAR
    with pytest.raises(Unreachable) as refused:
        at(response(CALENDAR), feed, allowed=False)
    assert refused.value.problem == "port"


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("http://127.0.0.1/", "inside"),
        ("http://169.254.169.254/latest/meta-data/", "inside"),
        ("http://[::ffff:169.254.169.254]/", "inside"),
        ("http://127.0.0.1:22/", "port"),
        ("http://localhost:5432/", "port"),
        ("file:///etc/passwd", "address"),
        ("//user:pass@127.0.0.1/", "address"),
        ("http://[", "address"),
        ("/again", "redirects"),
    ],
)
def test_a_redirect_is_checked_like_any_address(where: str, problem: str) -> None:
    with pytest.raises(Unreachable) as refused:
        at(response(b"", "302 Found", Location=where), feed)
    assert refused.value.problem == problem


def test_a_password_goes_to_no_other_server() -> None:
    """Nor, to the internet, over plain HTTP."""
    mine = Credentials(URL("https://caldav.example.com/").origin(), "kavya", "secret")
    fine = ["https://caldav.example.com/x", "https://p42-caldav.example.com/"]
    for url in fine:
        assert mine.fits(URL(url)), url
    for url in ("http://caldav.example.com/", "https://example.org/", "https://caldav.example.com:8443/",
                "https://caldav.example.com.evil.org/", "https://evilexample.com/"):  # fmt: skip
        assert not mine.fits(URL(url)), url
    plain = Credentials(URL("http://1.1.1.1/").origin(), "kavya", "secret")

    async def look() -> None:
        async with Guard() as guard:
            await ask(guard, "GET", URL("http://1.1.1.1/"), credentials=plain)

    with pytest.raises(Unreachable) as refused:
        asyncio.run(look())
    assert refused.value.problem == "address"
