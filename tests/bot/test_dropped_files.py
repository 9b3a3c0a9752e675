"""A dropped file is fetched from Slack's own host alone, within limits, and read in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.buckets import Buckets
from bot.clock import SystemClock
from bot.dropped_files import NotFetched
from bot.exchange import FilesDropped
from bot.sheet_apart import TOO_HARD, read_apart
from bot.slack.client import SlackClient, web_client
from bot.slack.fetch import SlackFetch, hosts_of, origin
from bot.slack.read import read_event
from bot.unreadable import Unreadable
from flows.core.file_orders import SentFile
from flows.goals.importing.taking import MOST_BYTES

SLACK = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/goals.xlsx", True),
        ("https://slack.com/files/F1", True),
        ("http://files.slack.com/files-pri/F1", False),
        ("https://files.slack.com.evil.com/F1", False),
        ("https://evil.com/files.slack.com", False),
        ("https://files.slack.com@evil.com/F1", False),
        ("https://files.slack.com:8443/F1", False),
        ("https://slack-files.com/F1", False),
        ("https://[::1/F1", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_slacks_own_hosts_are_given_the_token(url: str, own: bool) -> None:
    assert (origin(url) in hosts_of(SLACK)) is own


@asynccontextmanager
async def slack(answer: Any) -> AsyncIterator[tuple[SlackFetch, str, list[str]]]:
    """A Slack whose files are given by `answer`; what it was asked, by host and token."""
    asked: list[str] = []

    async def file(request: web.Request) -> web.StreamResponse:
        asked.append(f"{request.path} {request.headers.get('Authorization', '')}")
        found: web.StreamResponse = await answer(request)
        return found

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", file)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with web_client("xoxb-1", f"{url}/api/") as client:
            clock = SystemClock()
            yield SlackFetch(SlackClient(client, Buckets(clock, {}, None), clock), f"{url}/api/"), url, asked
    finally:
        await runner.cleanup()


def fetched(answer: Any, path: str = "/f") -> tuple[bytes | BaseException, list[str]]:
    async def run() -> tuple[bytes | BaseException, list[str]]:
        async with slack(answer) as (fetch, url, asked):
            try:
                return await fetch("F1", url + path if path else ""), asked
            except (NotFetched, Unreadable) as no:
                return no, asked

    return asyncio.run(run())


async def content(_request: web.Request) -> web.StreamResponse:
    return web.Response(body=b"Goal,Email\n")


def test_a_file_is_fetched_with_the_token() -> None:
    assert fetched(content) == (b"Goal,Email\n", ["/f Bearer xoxb-1"])


def test_a_redirect_is_not_followed() -> None:
    async def elsewhere(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": "/sign-in"})

    no, asked = fetched(elsewhere)
    assert (str(no), len(asked)) == ("missing_scope", 1)


def test_a_file_that_is_larger_than_it_said_is_left_in_the_middle() -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse()
        await stream.prepare(request)
        try:
            for _ in range(100 * MOST_BYTES // 65_536):
                await stream.write(b"a" * 65_536)
        except (ConnectionError, asyncio.CancelledError):
            pass
        return stream

    no, _ = fetched(endless)
    assert isinstance(no, Unreadable)
    assert "10 MB" in no.words.en


def test_where_a_file_is_is_asked_when_the_event_did_not_say() -> None:
    async def both(request: web.Request) -> web.StreamResponse:
        if request.path == "/api/files.info":
            url = f"http://{request.host}/real"
            return web.json_response({"ok": True, "file": {"url_private_download": url}})
        return await content(request)

    found, asked = fetched(both, "")
    assert found == b"Goal,Email\n"
    assert [one.split()[0] for one in asked] == ["/api/files.info", "/real"]


def test_an_address_elsewhere_is_never_asked() -> None:
    async def elsewhere(_request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "file": {"url_private_download": "https://evil.com/x"}})

    no, asked = fetched(elsewhere, "")
    assert (str(no), len(asked)) == ("not_slacks_own_file", 1)


def test_a_sheet_is_read_apart_and_so_is_a_no() -> None:
    assert read_apart(b"Goal,Target\na,1\n").rows == ((2, ("a", "1")),)
    with pytest.raises(Unreadable) as no:
        read_apart(b"%PDF")
    assert "not a table" in no.value.words.en


def test_a_reader_that_takes_too_long_is_ended_with_a_sentence() -> None:
    with pytest.raises(Unreadable) as no:
        read_apart(b"Goal,Target\na,1\n", patience=0.0)
    assert no.value.words == TOO_HARD


def event(**more: Any) -> dict[str, Any]:
    file = {
        "id": "F1",
        "name": "goals.xlsx",
        "size": 12,
        "url_private_download": "https://files.slack.com/F1",
    }
    told = {"type": "message", "subtype": "file_share", "channel_type": "im", "user": "U1", "files": [file]}
    return {"event_id": "Ev1", "event": {**told, **more}}


def test_files_in_the_chat_are_read_from_the_event() -> None:
    read = read_event(event())
    assert read is not None
    assert isinstance(read.what, FilesDropped)
    assert read.what.files == (SentFile("F1", "goals.xlsx", 12, "https://files.slack.com/F1"),)
    held = read_event(event(files=[{"id": "F2", "file_access": "check_file_info"}]))
    assert held is not None
    assert isinstance(held.what, FilesDropped)
    assert held.what.files == (SentFile("F2", "", 0, ""),)


@pytest.mark.parametrize(
    "more",
    [
        {"files": []},
        {"files": None},
        {"files": ["x", 1]},
        {"bot_id": "B1"},
        {"channel_type": "channel"},
        {"user": ""},
    ],
)
def test_what_is_no_file_of_a_person_in_the_chat_is_left(more: dict[str, Any]) -> None:
    assert read_event(event(**more)) is None
