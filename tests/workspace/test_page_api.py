"""The page's requests and events, as the contract has them; and who may ask."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.clock import SystemClock, VirtualClock
from bot.workspace.clockwork import jump, next_morning
from bot.workspace.link import BotLink
from bot.workspace.mentions import escaped
from bot.workspace.serve import serving
from bot.workspace.workspace import Workspace
from bot.workspace.world import Member, World
from tests.workspace.office import (
    ANNA,
    PEOPLE,
    START,
    WANG,
    Json,
    Office,
    button,
    field_block,
    modal,
    office_of,
    opened,
)

pytestmark = pytest.mark.anyio

MANIFEST = {
    "features": {
        "slash_commands": [{"command": "/checkin", "description": "Weekly check-in", "usage_hint": "[help]"}],
        "shortcuts": [
            {"name": "Save as evidence", "type": "message", "callback_id": "save", "description": "x"}
        ],
    },
    "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
}


async def get(office: Office, path: str, **headers: str) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(office.url + path) as answer,
    ):
        is_json = "json" in answer.headers["content-type"]
        return answer.status, await (answer.json() if is_json else answer.text())


async def post(office: Office, path: str, body: Any, **headers: str) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(office.url + path, json=body) as answer,
    ):
        return answer.status, await (
            answer.json() if "json" in answer.headers["content-type"] else answer.text()
        )


async def test_the_page_starts_with_everybody_and_every_command(anyio_backend: str) -> None:
    async with office_of(manifest=MANIFEST) as office:
        _, start = await get(office, "/page/start")
    assert set(start) == {"team", "bot", "people", "commands", "shortcuts", "clock", "unread"}
    assert start["people"][0] == {
        "id": ANNA,
        "name": "Anna Becker",
        "email": "anna@example.com",
        "title": "Engineer",
        "department": "Engineering",
        "manager": None,
        "locale": "en",
        "tz": "Europe/Berlin",
        "deleted": False,
        "roles": [],
        "note": "",
    }
    assert start["commands"] == [
        {"command": "/checkin", "description": "Weekly check-in", "usage_hint": "[help]"}
    ]
    assert start["shortcuts"] == [{"type": "message", "callback_id": "save", "name": "Save as evidence"}]
    assert start["clock"] == {
        "now": START.timestamp(),
        "speed": 0,
        "next_milestone": None,
        "virtual": True,
    }


async def test_a_person_is_played_over_the_page_api(office: Office) -> None:
    actions = {"type": "actions", "block_id": "b", "elements": [button()]}
    sent = await office.client.chat_postMessage(channel=ANNA, text="x", blocks=[actions])
    _, seen = await get(office, f"/page/as/{ANNA}")
    dm = seen["conversations"][0]
    assert dm == {"id": sent["channel"], "kind": "im", "name": "perfloop", "unread": 1}
    assert [one["name"] for one in seen["conversations"][1:]] == ["engineering", "general"]
    assert await post(office, f"/page/as/{ANNA}/open", {"conversation": dm["id"]}) == (200, {})
    where = {"conversation": dm["id"], "ts": sent["ts"]}
    click = {"where": where, "block_id": "b", "action": {"type": "button", "action_id": "go"}}
    assert await post(office, f"/page/as/{ANNA}/act", click) == (200, {})
    view = await opened(office, modal(field_block("b")))
    unfilled = {"view": view["id"], "values": {}}
    _, answer = await post(office, f"/page/as/{ANNA}/submit", unfilled)
    assert answer == {"errors": {"b": "Please complete this required field."}}
    assert await post(office, f"/page/as/{ANNA}/close", {"view": view["id"]}) == (200, {})
    assert await post(office, f"/page/as/{ANNA}/say", {"conversation": dm["id"], "text": "hi"}) == (200, {})
    office.bot.answer = lambda _: 500
    command = {"conversation": dm["id"], "command": "/x", "text": ""}
    _, answer = await post(office, f"/page/as/{ANNA}/command", command)
    assert answer == {"problem": '/x failed with the error "dispatch_failed"'}
    _, listed = await get(office, f"/page/as/{ANNA}/messages/{dm['id']}")
    assert [one["text"] for one in listed["messages"]] == ["x", "hi"]
    _, traffic = await get(office, "/page/traffic?after=2")
    assert {entry["direction"] for entry in traffic["entries"]} == {"to bot", "from bot"}
    assert traffic["entries"][0]["n"] == 3


@pytest.mark.parametrize(
    "text", ["\ud800", "\x00", "\u202eevil", "\u200b", "x" * 40_000, "<!channel> *b* & '\"`"]
)
async def test_odd_text_goes_through_unharmed(office: Office, text: str) -> None:
    dm = office.workspace.dm(ANNA)
    await office.client.chat_postMessage(channel=ANNA, text=text)
    assert await post(office, f"/page/as/{ANNA}/say", {"conversation": dm, "text": text}) == (200, {})
    _, listed = await get(office, f"/page/as/{ANNA}/messages/{dm}")
    assert listed["messages"][0]["text"] == text
    assert listed["messages"][1]["text"] == escaped(text) == office.bot.events("message")[0]["text"]
    assert await post(office, f"/page/as/{ANNA}/say", {"conversation": dm, "text": f"/x {text}"}) == (200, {})


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"/page/as/{ANNA}/submit", {"view": "V0", "values": {}}, 404),
        (f"/page/as/{ANNA}/submit", {}, 400),
        (f"/page/as/{ANNA}/submit", [], 400),
        (f"/page/as/{ANNA}/dance", {}, 404),
        ("/page/as/U000000000/say", {"conversation": "C0GENERAL", "text": "x"}, 404),
        ("/page/as/U0LEAVER0/say", {"conversation": "C0GENERAL", "text": "x"}, 403),
        ("/page/clock", {"advance": -1}, 400),
        ("/page/clock", {"advance": "soon"}, 400),
        ("/page/clock", {"speed": -1}, 400),
        ("/page/clock", {"to": "next_milestone"}, 400),
        ("/page/clock", {}, 400),
    ],
)
async def test_what_cannot_be_done_is_said(office: Office, path: str, body: Any, status: int) -> None:
    got, answer = await post(office, path, body)
    assert got == status
    assert status == 404 or answer["problem"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:80", "evil.example:80", "", "[", "localhost@evil"]
)
async def test_another_host_is_refused(office: Office, host: str) -> None:
    for path in ("/", "/page/start", "/api/auth.test"):
        assert (await get(office, path, Host=host))[0] in (400, 403)


@pytest.mark.parametrize("host", ["localhost:1", "localhost", "127.0.0.1", "[::1]:8080", "[::1]"])
async def test_this_machine_is_not(office: Office, host: str) -> None:
    assert (await get(office, "/page/start", Host=host))[0] == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_foreign_page_may_not_post(office: Office, origin: str) -> None:
    assert (await post(office, "/page/clock", {"advance": 3600}, Origin=origin))[0] == 403
    assert office.clock.now() == START
    assert (await post(office, "/page/clock", {"advance": 1}, Origin=office.url))[0] == 200


async def test_assets_are_served_strictly_and_nothing_else(office: Office) -> None:
    async with aiohttp.ClientSession() as session, session.get(office.url + "/") as answer:
        assert answer.status == 200
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
    for name in ("page.html", "..%2Fworld.py", "%2e%2e/world.py", "nothing.js"):
        assert (await get(office, f"/assets/{name}"))[0] == 404


async def test_changes_are_heard_as_they_happen(office: Office) -> None:
    heard: list[Json] = []
    async with aiohttp.ClientSession() as session, session.get(f"{office.url}/page/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        await stream.content.readuntil(b"\n\n")
        sent = await office.client.chat_postMessage(channel=ANNA, text="x")
        await office.client.chat_update(channel=sent["channel"], ts=sent["ts"], text="y")
        await office.client.chat_delete(channel=sent["channel"], ts=sent["ts"])
        await opened(office, modal())
        await office.client.views_publish(user_id=ANNA, view={"type": "home", "blocks": []})
        await office.workspace.open(ANNA)
        office.world.deactivate("wang")
        await post(office, "/page/clock", {"speed": 60})
        wanted = {"message", "changed", "deleted", "views", "home", "unread", "people", "clock", "traffic"}
        async with asyncio.timeout(20):
            while {one["type"] for one in heard} < wanted:
                line = await stream.content.readuntil(b"\n\n")
                if line.startswith(b"data: "):
                    heard.append(json.loads(line.removeprefix(b"data: ")))
    first = next(one for one in heard if one["type"] == "message")
    assert (first["to"], first["conversation"], first["message"]["text"]) == ([ANNA], sent["channel"], "x")
    people = next(one for one in heard if one["type"] == "people")["people"]
    assert next(one for one in people if one["id"] == WANG)["deleted"]
    assert next(one for one in heard if one["type"] == "clock")["clock"]["speed"] == 60
    assert next(one for one in heard if one["type"] == "unread")["unread"] == {sent["channel"]: 1}


async def test_a_jump_stops_at_every_milestone_until_the_bot_has_settled(anyio_backend: str) -> None:
    due = [START + timedelta(minutes=minutes) for minutes in (10, 20, 90)]
    settled: list[datetime] = []

    async def settle() -> None:
        settled.append(office.clock.now())
        while due and due[0] <= office.clock.now():
            due.pop(0)

    async with office_of(next_milestone=lambda: due[0] if due else None, settle=settle) as office:
        _, clock = await post(office, "/page/clock", {"advance": 3600})
        assert settled == [START + timedelta(minutes=minutes) for minutes in (0, 10, 20, 60)]
        assert clock["now"] == (START + timedelta(hours=1)).timestamp()
        assert clock["next_milestone"] == due[0].timestamp()
        _, clock = await post(office, "/page/clock", {"to": "next_milestone"})
        assert clock["now"] == (START + timedelta(minutes=90)).timestamp()
        _, clock = await post(office, "/page/clock", {"to": "next_morning", "user": WANG})
        assert datetime.fromtimestamp(clock["now"], UTC) == datetime(2026, 11, 24, 1, tzinfo=UTC)


async def test_a_milestone_that_stays_in_the_past_does_not_hold_the_clock(anyio_backend: str) -> None:
    async with office_of(next_milestone=lambda: START) as office:
        await asyncio.wait_for(jump(office.workspace, office.clock, START + timedelta(hours=1)), 5)
        assert office.clock.now() == START + timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "tz", "morning"),
    [
        (datetime(2026, 11, 23, 8, tzinfo=UTC), "Europe/Berlin", datetime(2026, 11, 24, 8, tzinfo=UTC)),
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), "Europe/Berlin", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "Europe/Berlin", datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (datetime(2026, 11, 23, 8, tzinfo=UTC), "Asia/Kolkata", datetime(2026, 11, 24, 3, 30, tzinfo=UTC)),
        (datetime(2026, 10, 31, 20, tzinfo=UTC), "America/New_York", datetime(2026, 11, 1, 14, tzinfo=UTC)),
    ],
)
def test_the_next_morning_is_nine_in_the_persons_own_zone(now: datetime, tz: str, morning: datetime) -> None:
    assert next_morning(now, tz) == morning


async def test_the_machines_clock_is_not_moved(anyio_backend: str) -> None:
    clock = SystemClock()
    workspace = Workspace(World(PEOPLE, clock=clock), clock, BotLink())
    async with serving(workspace) as url, aiohttp.ClientSession() as session:
        async with session.get(f"{url}/page/start") as answer:
            assert (await answer.json())["clock"]["virtual"] is False
        async with session.post(f"{url}/page/clock", json={"advance": 1}) as answer:
            assert answer.status == 400


async def test_a_fast_clock_leaves_time_to_open_a_modal(anyio_backend: str) -> None:
    real = [0.0]
    clock = VirtualClock(START, speed=3600, real=lambda: real[0])
    async with office_of(
        clock=clock, world=World([Member("anna@example.com", "Anna")], clock=clock)
    ) as office:
        trigger = office.world.new_trigger(ANNA)
        real[0] += 2.9
        await office.client.views_open(trigger_id=trigger, view=modal())


async def test_files_are_handed_over_in_base64(office: Office) -> None:
    dm = office.workspace.dm(ANNA)
    files = [{"name": "a.csv", "content": "R29hbAo="}]
    assert await post(office, f"/page/as/{ANNA}/drop", {"conversation": dm, "files": files}) == (200, {})
    assert office.bot.events("message")[-1]["files"][0]["size"] == 5
    broken = {"conversation": dm, "files": [{"name": "a.csv", "content": "no base64"}]}
    status, _ = await post(office, f"/page/as/{ANNA}/drop", broken)
    assert status == 400
