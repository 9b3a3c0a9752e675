"""The verifier: what Slack did not sign is 401, what it can't have sent is 400, and nothing is a 5xx."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from bot.slack.app import bolt, events_route
from bot.slack.client import AsyncWebClient
from bot.slack.verify import LARGEST, Unacceptable, check, parse
from bot.workspace.link import signed

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
SECRET = "of the tests"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

numbers = st.integers(0, 10**12).map(str)


def headers_of(body: bytes, seconds: int = 0) -> dict[str, str]:
    stamp = int(NOW.timestamp()) + seconds
    return {"x-slack-request-timestamp": str(stamp), "x-slack-signature": signed(SECRET, stamp, body)}


def status(headers: dict[str, str], body: bytes) -> int:
    try:
        check(headers, body, SECRET.encode(), NOW)
    except Unacceptable as no:
        return no.status
    return 200


@pytest.mark.parametrize(
    ("seconds", "answer"), [(0, 200), (300, 200), (-300, 200), (301, 401), (-301, 401), (10**9, 401)]
)
def test_a_request_is_taken_within_five_minutes_of_its_time(seconds: int, answer: int) -> None:
    assert status(headers_of(b"{}", seconds), b"{}") == answer


@given(
    stamp=st.text(st.characters(codec=None)) | numbers,
    signature=st.text(st.characters(codec=None)) | numbers.map("v0=".__add__),
    body=st.binary(max_size=40),
)
def test_whatever_is_not_signed_is_unauthorised(stamp: str, signature: str, body: bytes) -> None:
    assert status({"x-slack-request-timestamp": stamp, "x-slack-signature": signature}, body) == 401


@pytest.mark.parametrize("missing", ["x-slack-request-timestamp", "x-slack-signature"])
def test_a_missing_header_is_unauthorised(missing: str) -> None:
    headers = headers_of(b"{}")
    del headers[missing]
    assert status(headers, b"{}") == 401


@given(body=st.binary(min_size=1, max_size=60), place=st.integers(0), sign=st.integers(1, 255))
def test_one_changed_byte_is_unauthorised(body: bytes, place: int, sign: int) -> None:
    changed = bytearray(body)
    changed[place % len(body)] ^= sign
    assert status(headers_of(body), bytes(changed)) == 401


@pytest.mark.parametrize(
    "stamp", ["١٧٦٣٢٨٣٦٠٠", "1763283600.5", "+1763283600", " 1763283600", "0x69", "1e9", "-1"]
)
def test_only_plain_digits_are_a_time(stamp: str) -> None:
    assert status({**headers_of(b""), "x-slack-request-timestamp": stamp}, b"") == 401


@given(
    kind=st.sampled_from([JSON, FORM, JSON + "; charset=utf-8", "text/plain", ""]),
    body=st.binary(max_size=80),
)
def test_any_bytes_are_an_object_or_a_bad_request(kind: str, body: bytes) -> None:
    found, refused = {}, 0
    try:
        found = parse(kind, body)
    except Unacceptable as no:
        refused = no.status
    assert refused == 400 if not found else isinstance(found, dict)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (JSON, b""),
        (JSON, b"[]"),
        (JSON, b"{}"),
        (JSON, b'"text"'),
        (JSON, b"{"),
        (JSON, b"\xff\xfe{}"),
        (JSON, b"[" * 200_000),
        (JSON, b'{"a":' + b"9" * 10_000 + b"}"),
        (FORM, b""),
        (FORM, b"payload=%5B%5D"),
        (FORM, b"payload={"),
        (FORM, b"payload=" + b"%5B" * 50_000),
        (FORM, b"&".join(b"a%d=1" % n for n in range(300))),
    ],
)
def test_what_slack_never_sends_is_a_bad_request(kind: str, body: bytes) -> None:
    with pytest.raises(Unacceptable) as no:
        parse(kind, body)
    assert no.value.status == 400


def test_each_kind_of_body_is_read() -> None:
    assert parse(JSON, b'{"type":"x"}') == {"type": "x"}
    assert parse(FORM, urlencode({"payload": json.dumps({"type": "y"})}).encode()) == {"type": "y"}
    assert parse(FORM, b"command=%2Fperf&text=") == {"command": "/perf", "text": ""}


class Taken:
    """An edge that only notes what reached it."""

    def __init__(self) -> None:
        self.bodies: list[Any] = []

    async def take(self, _kind: str, _read: Any, body: Any) -> Any:
        from slack_bolt import BoltResponse

        self.bodies.append(body)
        return BoltResponse(status=200)


async def answers(requests: Iterable[tuple[bytes, dict[str, str]]]) -> tuple[list[int], Taken]:
    """Send the requests to the whole way in; their status codes, and what reached the edge."""
    edge = Taken()
    app = bolt(edge, None, AsyncWebClient("xoxb-test"), "xoxb-test")  # type: ignore[arg-type]
    web = Starlette(routes=[events_route(app, SECRET, lambda: NOW)])
    return [await post(web, body, headers) for body, headers in requests], edge


async def post(web: Starlette, body: bytes, headers: dict[str, str], *, broken_off: bool = False) -> int:
    """One request in pieces of 64 kB, without a network."""
    pieces = [body[start : start + 65_536] for start in range(0, len(body), 65_536)] or [b""]
    scope = {
        "type": "http", "method": "POST", "path": "/slack/events", "query_string": b"", "root_path": "",
        "headers": [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers.items()],
    }  # fmt: skip
    status = []

    async def receive() -> dict[str, Any]:
        if broken_off:
            return {"type": "http.disconnect"}
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    await web(scope, receive, send)
    return int(status[0])


def test_a_body_larger_than_any_of_slacks_is_refused_before_it_is_all_there() -> None:
    large = b"x" * (3 * LARGEST)
    codes, edge = asyncio.run(answers([(large, headers_of(large))]))
    assert codes == [413]
    assert not edge.bodies


SIGNED_ODDITIES: list[Any] = [
    {"type": "event_callback", "event": "a text"},
    {"type": "event_callback", "event": None},
    {"type": "event_callback", "event": []},
    {"type": "event_callback", "event": {}},
    {"type": "event_callback", "event": {"type": 5}},
    {"type": "event_callback", "event": {"type": "message", "channel": {}, "user": []}},
    {"type": "event_callback", "authorizations": [1], "event": {"type": "message"}},
    {"type": "block_actions", "actions": "none", "user": "U1"},
    {"type": "block_actions", "actions": [], "team": 5, "user": []},
    {"type": "block_actions", "actions": [{"action_id": []}], "user": {"id": 5}},
    {"type": "view_submission", "view": "V1", "user": {"id": "U1"}},
    {"type": "view_submission", "view": None},
    {"type": "view_closed", "view": []},
    {"type": "shortcut", "callback_id": "x"},
    {"type": "message_action", "callback_id": "x"},
    {"type": "block_suggestion", "action_id": "x"},
    {"type": "app_rate_limited"},
    {"type": "nobody knows"},
    {"type": {}},
    {"command": ["/perf"], "user_id": {}},
    {"command": "/perf", "team_id": [], "user_id": None},
    {"ssl_check": "1", "token": "x"},
    {"a": "b"},
    {"function_data": 5, "event": {"function_data": {"execution_id": []}, "bot_access_token": []}},
]


@pytest.mark.parametrize("payload", SIGNED_ODDITIES, ids=lambda payload: json.dumps(payload)[:60])
def test_a_signed_oddity_is_noted_and_no_more(payload: Any) -> None:
    body = json.dumps(payload).encode()
    codes, _ = asyncio.run(answers([(body, {"content-type": JSON, **headers_of(body)})]))
    assert codes[0] in (200, 400)


def test_slacks_own_check_of_the_address_is_answered() -> None:
    body = b'{"type":"url_verification","challenge":"c"}'
    codes, edge = asyncio.run(answers([(body, {"content-type": JSON, **headers_of(body)})]))
    assert codes == [200]
    assert not edge.bodies


def test_a_request_that_is_broken_off_is_no_failure() -> None:
    web = Starlette(routes=[events_route(None, SECRET, lambda: NOW)])  # type: ignore[arg-type]
    assert asyncio.run(post(web, b"{}", {}, broken_off=True)) == 400
