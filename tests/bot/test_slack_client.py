"""Every way in which a call to Slack can end, against a real little server that misbehaves."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from bot.buckets import Buckets
from bot.clock import VirtualClock
from bot.messenger import Found, Outcome, Sent, SurelyNot, Unclear, Unreadable
from bot.slack.answers import ACCOUNT, AMBIGUOUS, CONTENT, RATE, TOKEN, meaning
from bot.slack.client import SlackClient, SlackRefused, slack_limits, web_client
from bot.slack.post import SlackPost

Json = dict[str, Any]

NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
SENT = {"ok": True, "channel": "D1", "ts": "1785747600.000100"}
JSON = "application/json; charset=utf-8"


@dataclass
class Reply:
    """How the server behaves once: it answers, says less than it promised, closes, or says nothing."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content: str = JSON
    promised: int | None = None
    ends: str = ""  # "unread": closed before the body was read, "read": after it, "never": open and silent


def says(answer: Any, **more: Any) -> Reply:
    return Reply(json.dumps(answer).encode(), **more)


def refuses(error: str, **more: Any) -> Reply:
    return says({"ok": False, "error": error}, **more)


@dataclass
class Call:
    method: str
    arguments: Json


class Rogue:
    """A server on loopback that answers with the next reply of its script, and for ever with the last."""

    def __init__(self, *script: Reply) -> None:
        self.script = list(script)
        self.by_method: dict[str, list[Reply]] = {}
        self.calls: list[Call] = []
        self.connections = 0

    def next(self, method: str) -> Reply:
        script = self.by_method.get(method, self.script)
        return script.pop(0) if len(script) > 1 else script[0]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if not await self._answer(head.decode(), reader, writer):
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    async def _answer(self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first, *lines = head.split("\r\n")
        target = urlsplit(first.split()[1])
        method = target.path.rsplit("/", 1)[1]
        lengths = [line.split(":")[1] for line in lines if line.lower().startswith("content-length:")]
        reply = self.next(method)
        if reply.ends == "unread":
            self.calls.append(Call(method, {}))
            writer.transport.abort()
            return False
        body = await reader.readexactly(int(lengths[0])) if lengths else b""
        arguments = json.loads(body) if body else {k: v[0] for k, v in parse_qs(target.query).items()}
        self.calls.append(Call(method, arguments))
        if reply.ends == "read":
            writer.transport.abort()
            return False
        if reply.ends == "never":
            await reader.read()
            return False
        length = len(reply.body) if reply.promised is None else reply.promised
        head_lines = [f"HTTP/1.1 {reply.status} X", f"Content-Length: {length}"]
        if reply.content:
            head_lines.append(f"Content-Type: {reply.content}")
        head_lines += [f"{name}: {value}" for name, value in reply.headers.items()]
        writer.write("\r\n".join([*head_lines, "", ""]).encode() + reply.body)
        await writer.drain()
        return length == len(reply.body)


@asynccontextmanager
async def talking_to(
    server: Rogue, clock: VirtualClock | None = None, scheme: str = "http", seconds: float = 5.0
) -> AsyncIterator[SlackClient]:
    clock = clock or VirtualClock(NOW, speed=0)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    try:
        async with web_client("xoxb-1", f"{scheme}://127.0.0.1:{port}/api/", seconds=seconds) as web:
            yield SlackClient(web, Buckets(clock, slack_limits()), clock)
    finally:
        listening.close()
        await listening.wait_closed()


def outcome_of(server: Rogue, do: Callable[[SlackPost], Awaitable[Any]], **how: Any) -> Any:
    async def story() -> Any:
        async with talking_to(server, **how) as client:
            return await do(SlackPost(client))

    return asyncio.run(story())


def posted(server: Rogue, **how: Any) -> Outcome:
    outcome: Outcome = outcome_of(server, lambda slack: slack.post("U1", {"text": "Hello"}, "m4rk"), **how)
    return outcome


def test_a_message_is_posted_once_with_its_opaque_mark_and_nothing_unfolds() -> None:
    server = Rogue(says(SENT))
    blocks = [{"type": "data_visualization", "new": True}]
    payload = {"text": "Hello", "blocks": blocks}
    assert outcome_of(server, lambda slack: slack.post("U1", payload, "m4rk")) == Sent("D1", SENT["ts"])
    (call,) = server.calls
    assert call.method == "chat.postMessage"
    assert call.arguments["channel"] == "U1"
    assert call.arguments["blocks"] == blocks
    assert call.arguments["metadata"] == {"event_type": "d", "event_payload": {"k": "m4rk"}}
    assert call.arguments["unfurl_links"] is False
    assert call.arguments["unfurl_media"] is False


def test_the_same_message_has_the_same_client_msg_id_and_another_has_another() -> None:
    server = Rogue(says(SENT))

    async def three(slack: SlackPost) -> None:
        for mark in ("a", "a", "b"):
            await slack.post("U1", {"text": "Hello"}, mark)

    outcome_of(server, three)
    first, again, other = [call.arguments["client_msg_id"] for call in server.calls]
    assert first == again != other


FAULTS: dict[str, tuple[Reply, Outcome]] = {
    "429 with Retry-After": (
        Reply(b"slow down", 429, {"Retry-After": "7"}, "text/plain"),
        SurelyNot("ratelimited", "rate", retry_after=7),
    ),
    "429 in lower case": (
        refuses("ratelimited", status=429, headers={"retry-after": "7"}),
        SurelyNot("ratelimited", "rate", retry_after=7),
    ),
    "429 without Retry-After": (Reply(status=429), SurelyNot("ratelimited", "rate", retry_after=30)),
    "429 with an unreadable Retry-After": (
        Reply(status=429, headers={"Retry-After": "soon"}),
        SurelyNot("ratelimited", "rate", retry_after=30),
    ),
    "429 with half a body": (
        Reply(b'{"ok":fal', 429, {"Retry-After": "2"}),
        SurelyNot("ratelimited", "rate", retry_after=2),
    ),
    "ratelimited in a 200": (refuses("ratelimited"), SurelyNot("ratelimited", "rate", retry_after=30)),
    "500": (Reply(b"<h1>Oops</h1>", 500, content="text/html"), Unclear("http_500")),
    "503 as JSON": (refuses("service_unavailable", status=503), Unclear("service_unavailable")),
    "500 with a name that would be sure": (refuses("invalid_blocks", status=500), Unclear("invalid_blocks")),
    "HTML with 200": (Reply(b"<h1>Sign in</h1>", content="text/html"), Unclear("http_200")),
    "plain text with 200": (Reply(b"ok", content="text/plain"), Unclear("AttributeError")),
    "a list with 200": (says([1]), Unclear("AttributeError")),
    "no body at all": (Reply(), Unclear("http_200")),
    "JSON that breaks off": (Reply(b'{"ok":true,"chan'), Unclear("http_200")),
    "not UTF-8": (Reply(b'{"ok":"\xff\xfe"}'), Unclear("UnicodeDecodeError")),
    "a body shorter than promised": (Reply(b'{"ok"', promised=99), Unclear("ClientPayloadError")),
    "ok without a ts": (says({"ok": True}), Unclear("KeyError")),
    "reset before the body was read": (Reply(ends="unread"), Unclear("")),
    "reset after the body was read": (Reply(ends="read"), Unclear("")),
    "a proxy that forbids": (Reply(b"no", 403, content="text/html"), Unclear("http_403")),
    "fatal_error": (refuses("fatal_error"), Unclear("fatal_error")),
    "internal_error": (refuses("internal_error"), Unclear("internal_error")),
    "request_timeout": (refuses("request_timeout"), Unclear("request_timeout")),
    "a known client_msg_id": (
        refuses("duplicate_message_not_found"),
        Unclear("duplicate_message_not_found"),
    ),
    "msg_too_long": (refuses("msg_too_long"), SurelyNot("msg_too_long", permanent=True)),
    "invalid_blocks": (refuses("invalid_blocks"), SurelyNot("invalid_blocks", permanent=True)),
    "a name nobody knows": (refuses("mercury_retrograde"), SurelyNot("mercury_retrograde")),
    "channel_not_found": (
        refuses("channel_not_found"),
        SurelyNot("channel_not_found", "account", permanent=True),
    ),
    "user_disabled": (refuses("user_disabled"), SurelyNot("user_disabled", "account", permanent=True)),
    "token_revoked": (refuses("token_revoked"), SurelyNot("token_revoked", "token")),
    "missing_scope": (refuses("missing_scope"), SurelyNot("missing_scope", "token")),
    "missing_scope as 403": (refuses("missing_scope", status=403), SurelyNot("missing_scope", "token")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_answer_of_slack_is_known_for_what_it_is(fault: str) -> None:
    reply, expected = FAULTS[fault]
    server = Rogue(reply)
    outcome = posted(server)
    if expected == Unclear(""):  # which of two kinds a reset is depends on the moment
        assert outcome in (Unclear("ServerDisconnectedError"), Unclear("ClientOSError"))
    else:
        assert outcome == expected
    assert [call.method for call in server.calls] == ["chat.postMessage"]


def test_silence_is_unclear() -> None:
    server = Rogue(Reply(ends="never"))
    assert posted(server, seconds=0.1) == Unclear("TimeoutError")
    assert len(server.calls) == 1


def test_a_kept_connection_that_is_closed_under_a_post_is_unclear_and_not_repeated() -> None:
    server = Rogue(says(SENT), Reply(ends="read"), says(SENT))

    async def two(slack: SlackPost) -> list[Outcome]:
        return [await slack.post("U1", {"text": "Hello"}, mark) for mark in "ab"]

    first, second = outcome_of(server, two)
    assert isinstance(first, Sent)
    assert isinstance(second, Unclear)
    assert (len(server.calls), server.connections) == (2, 1)


def test_nobody_listening_is_surely_not() -> None:
    async def story() -> Outcome:
        server = await asyncio.start_server(Rogue(says(SENT)).serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        await server.wait_closed()
        clock = VirtualClock(NOW, speed=0)
        async with web_client("xoxb-1", f"http://127.0.0.1:{port}/api/") as web:
            return await SlackPost(SlackClient(web, Buckets(clock, {}), clock)).post(
                "U1", {"text": "Hi"}, "m"
            )

    assert asyncio.run(story()) == SurelyNot("ClientConnectorError", "rate")


def test_no_common_language_in_tls_is_surely_not() -> None:
    server = Rogue(says(SENT))
    outcome = posted(server, scheme="https")
    assert isinstance(outcome, SurelyNot)
    assert outcome.whose == "rate"
    assert server.calls == []


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ClientConnectorDNSError(ConnectionKey("s", 443, True, True, None, None, None), OSError(-2)),
        aiohttp.ClientConnectorCertificateError(
            ConnectionKey("s", 443, True, True, None, None, None), ssl.CertificateError()
        ),
        aiohttp.ConnectionTimeoutError(),
        aiohttp.InvalidURL("x"),
    ],
)
def test_what_fails_before_a_connection_stands_is_surely_not(error: Exception) -> None:
    told = meaning(error)
    assert isinstance(told, SurelyNot)
    assert (told.whose, told.permanent) == ("rate", False)


def test_no_error_name_has_two_meanings() -> None:
    kinds = [AMBIGUOUS, RATE, TOKEN, ACCOUNT, CONTENT]
    assert sum(len(kind) for kind in kinds) == len(frozenset().union(*kinds))


@pytest.mark.parametrize(
    ("auth", "whose"),
    [
        (says({"ok": True}), "account"),
        (refuses("account_inactive"), "token"),
        (refuses("invalid_auth"), "token"),
    ],
)
def test_account_inactive_is_the_recipient_unless_the_bot_itself_is_shut_out(auth: Reply, whose: str) -> None:
    server = Rogue(refuses("account_inactive"))
    server.by_method["auth.test"] = [auth]
    outcome = posted(server)
    assert isinstance(outcome, SurelyNot)
    assert outcome.whose == whose


def test_an_edit_and_a_deletion_tell_what_came_of_them() -> None:
    server = Rogue(
        says(SENT), refuses("message_not_found"), says({"ok": True}), refuses("cant_delete_message")
    )

    async def story(slack: SlackPost) -> list[Outcome]:
        return [
            await slack.edit("D1", "1.1", {"text": "New"}),
            await slack.edit("D1", "1.1", {"text": "New"}),
            await slack.delete("D1", "1.1"),
            await slack.delete("D1", "1.1"),
        ]

    assert outcome_of(server, story) == [
        Sent("D1", SENT["ts"]),
        SurelyNot("message_not_found", permanent=True),
        Sent("D1", "1.1"),
        SurelyNot("cant_delete_message", permanent=True),
    ]
    assert "metadata" not in server.calls[0].arguments


def message(ts: str, mark: str | None) -> Json:
    metadata = {"metadata": {"event_type": "d", "event_payload": {"k": mark}}} if mark else {}
    return {"type": "message", "ts": ts, "text": "…", **metadata}


def test_a_mark_is_found_on_every_page_the_first_copy_first() -> None:
    server = Rogue(says(SENT))
    server.by_method["conversations.open"] = [says({"ok": True, "channel": {"id": "D7"}})]
    server.by_method["conversations.history"] = [
        says(
            {
                "ok": True,
                "messages": [message("9.0", "m"), message("8.0", None)],
                "response_metadata": {"next_cursor": "two"},
            }
        ),
        says({"ok": True, "messages": [message("7.0", "other"), message("6.0", "m")]}),
    ]

    async def twice(slack: SlackPost) -> list[Any]:
        return [await slack.find("U1", "m", NOW), await slack.find("U1", "absent", NOW)]

    found, absent = outcome_of(server, twice)
    assert found == [Found("6.0", "D7"), Found("9.0", "D7")]
    assert absent == []
    assert [call.method for call in server.calls] == [
        "conversations.open",
        "conversations.history",
        "conversations.history",
        "conversations.history",
    ]
    first, second = server.calls[1:3]
    assert first.arguments["include_all_metadata"] == "1"
    assert float(first.arguments["oldest"]) == NOW.timestamp()
    assert second.arguments["cursor"] == "two"


def test_a_chat_that_was_written_to_needs_no_opening_to_be_read() -> None:
    server = Rogue(says(SENT))
    server.by_method["conversations.history"] = [says({"ok": True, "messages": []})]

    async def story(slack: SlackPost) -> None:
        await slack.post("U1", {"text": "Hello"}, "m")
        await slack.find("U1", "m", NOW)
        await slack.find("C5", "m", NOW)

    outcome_of(server, story)
    assert [call.arguments.get("channel") for call in server.calls] == ["U1", "D1", "C5"]


def test_where_slacks_clock_is_behind_one_looks_back_further() -> None:
    date = format_datetime(NOW - timedelta(minutes=3), usegmt=True)
    server = Rogue(says({"ok": True, "messages": []}, headers={"Date": date}))

    async def twice(slack: SlackPost) -> None:
        await slack.find("D1", "m", NOW)
        await slack.find("D1", "m", NOW)

    outcome_of(server, twice)
    asked = [float(call.arguments["oldest"]) for call in server.calls]
    assert asked == [NOW.timestamp(), NOW.timestamp() - 180]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (refuses("missing_scope"), Unreadable("missing_scope", lasting=True)),
        (refuses("channel_not_found"), Unreadable("channel_not_found", lasting=True)),
        (refuses("token_revoked"), Unreadable("token_revoked", lasting=False)),
        (refuses("internal_error"), Unreadable("internal_error", lasting=False)),
        (Reply(status=503), Unreadable("http_503", lasting=False)),
        (Reply(b'{"ok":tr'), Unreadable("http_200", lasting=False)),
    ],
)
def test_a_chat_that_may_not_be_read_differs_from_one_that_could_not_be(
    reply: Reply, expected: Unreadable
) -> None:
    assert outcome_of(Rogue(reply), lambda slack: slack.find("D1", "m", NOW)) == expected


class Leaping(VirtualClock):
    """A clock on which to sleep is to be there already."""

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)


def test_a_call_that_was_too_fast_is_made_again_when_slack_says() -> None:
    clock = Leaping(NOW, speed=0)
    too_fast = refuses("ratelimited", status=429, headers={"Retry-After": "20"})
    server = Rogue(too_fast, says({"ok": True, "user": {"id": "U1"}}))

    async def story() -> Json:
        async with talking_to(server, clock) as client:
            return await client.user("U1")

    assert asyncio.run(story()) == {"id": "U1"}
    assert clock.monotonic() == 20
    assert len(server.calls) == 2


def test_a_call_that_stays_too_fast_is_given_up() -> None:
    clock = Leaping(NOW, speed=0)
    server = Rogue(refuses("ratelimited", status=429, headers={"Retry-After": "20"}))

    async def story() -> None:
        async with talking_to(server, clock) as client:
            with pytest.raises(SlackRefused, match="ratelimited"):
                await client.user("U1")

    asyncio.run(story())
    assert clock.monotonic() == 40
    assert len(server.calls) == 3


def test_everybody_is_listed_page_by_page() -> None:
    server = Rogue(
        says({"ok": True, "members": [{"id": "U1"}], "response_metadata": {"next_cursor": "n"}}),
        says({"ok": True, "members": [{"id": "U2"}], "response_metadata": {"next_cursor": ""}}),
    )

    async def story() -> list[list[Json]]:
        async with talking_to(server) as client:
            return [page async for page in client.users()]

    assert asyncio.run(story()) == [[{"id": "U1"}], [{"id": "U2"}]]
    assert [call.arguments.get("cursor") for call in server.calls] == [None, "n"]


def test_a_refused_view_says_why_at_once_and_is_not_tried_again() -> None:
    server = Rogue(
        refuses("expired_trigger_id"), refuses("ratelimited", status=429, headers={"Retry-After": "4"})
    )

    async def story() -> list[tuple[str, float | None]]:
        said = []
        async with talking_to(server) as client:
            for _ in range(2):
                with pytest.raises(SlackRefused) as refused:
                    await client.open_view("1.2", {"type": "modal"})
                said.append((refused.value.error, refused.value.retry_after))
        return said

    assert asyncio.run(story()) == [("expired_trigger_id", None), ("ratelimited", 4.0)]
    assert len(server.calls) == 2


def test_views_go_as_plain_dictionaries_and_answers_come_as_such() -> None:
    server = Rogue(says({"ok": True, "view": {"id": "V1"}}))
    view = {"type": "home", "blocks": [{"type": "data_visualization"}]}

    async def story() -> list[Json]:
        async with talking_to(server) as client:
            return [
                await client.open_view("1.2", view),
                await client.push_view("1.2", view),
                await client.update_view("V1", view, "h4sh"),
                await client.publish_home("U1", view),
            ]

    assert asyncio.run(story()) == [{"ok": True, "view": {"id": "V1"}}] * 4
    assert [call.arguments["view"] for call in server.calls] == [view] * 4
    assert [call.method for call in server.calls] == [
        "views.open",
        "views.push",
        "views.update",
        "views.publish",
    ]
    assert "hash" not in server.calls[0].arguments
    assert server.calls[2].arguments["hash"] == "h4sh"
