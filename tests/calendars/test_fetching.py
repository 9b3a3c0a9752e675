"""A feed that is huge, slow, endless, packed to explode, or none at all ends in a sentence, soon and with little memory."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Awaitable

import pytest

from bot.calendars import fetching
from bot.calendars.fetching import MOST, fetch
from bot.calendars.guarded import Guard
from bot.calendars.trouble import Unreachable
from flows.interviews.calendars import LASTING, PROBLEMS
from tests.calendars.conftest import Answer, answering, free_port, response

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"


def fetched(answer: Answer) -> bytes:
    async def run() -> bytes:
        async with answering(answer) as port, Guard([("127.0.0.1", port)]) as guard:
            return await fetch(guard, f"http://127.0.0.1:{port}/private-abc/basic.ics?token=secret")

    return asyncio.run(run())


def problem(answer: Answer) -> str:
    with pytest.raises(Unreachable) as no:
        fetched(answer)
    assert "secret" not in str(no.value)
    return no.value.problem


def test_a_calendar_comes_as_it_is() -> None:
    assert fetched(response(CALENDAR)) == CALENDAR
    assert fetched(response(gzip.compress(CALENDAR), Content_Encoding="gzip")) == CALENDAR
    assert fetched(response(zlib.compress(CALENDAR), Content_Encoding="deflate")) == CALENDAR


def test_one_that_says_that_it_is_huge_or_only_is_ends_at_the_limit() -> None:
    assert problem(response(b"x" * (MOST + 1))) == "large"
    assert len(fetched(response(b"x" * MOST))) == MOST


def test_one_that_is_small_packed_and_huge_unpacked_ends_at_the_limit() -> None:
    bomb = gzip.compress(b"0" * 200_000_000, 9)
    assert len(bomb) < 300_000
    assert problem(response(bomb, Content_Encoding="gzip")) == "large"


def test_one_that_never_ends_is_cut_off() -> None:
    async def endless(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            writer.write(b"X" * 65_536)
            await writer.drain()

    assert problem(endless) == "large"


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nBEGIN"])
def test_one_that_says_nothing_more_is_not_waited_for(head: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.3)

    async def silent(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        await writer.drain()
        await asyncio.get_running_loop().create_future()

    assert problem(silent) == "slow"


def test_redirects_count_into_the_time_and_end() -> None:
    assert problem(response(b"", "301 Moved", Location="/on")) == "redirects"


@pytest.mark.parametrize(
    ("status", "what"),
    [
        ("401 Unauthorized", "refused"),
        ("403 Forbidden", "refused"),
        ("404 Not Found", "missing"),
        ("410 Gone", "missing"),
        ("500 Broken", "server"),
        ("204 No Content", "server"),
        ("302 Found", "server"),
    ],
)
def test_each_status_says_what_it_means(status: str, what: str) -> None:
    assert problem(response(b"", status)) == what


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (response(b"\x00\x01", Content_Encoding="gzip"), "server"),
        (response(b"x", Content_Encoding="br"), "server"),
        (response(b"x", "200 OK", X="y" * 70_000), "server"),
    ],
)
def test_an_answer_that_is_broken_is_one_of_the_server(answer: Answer, what: str) -> None:
    assert problem(answer) == what


def test_nonsense_in_place_of_http_is_no_answer() -> None:
    async def nonsense(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 smtp.example ESMTP ready\r\n")
        await writer.drain()

    assert problem(nonsense) in ("server", "unreachable")


def test_where_nobody_listens_nothing_is_reached() -> None:
    port = free_port()

    async def run() -> Awaitable[None] | bytes:
        async with Guard([("127.0.0.1", port)]) as guard:
            return await fetch(guard, f"http://127.0.0.1:{port}/")

    with pytest.raises(Unreachable) as no:
        asyncio.run(run())
    assert no.value.problem == "unreachable"


def test_every_problem_has_its_words() -> None:
    assert set(PROBLEMS) >= LASTING
    for words in PROBLEMS.values():
        assert not words.en.endswith("."), "it is half a sentence"
        assert words.zh != words.en
