"""Events come again after failures, and Socket Mode works with Bolt's own client."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.delivery import RETRY_SECONDS
from tests.workspace.office import ANNA, Json, Office, field_block, modal, office_of, until

pytestmark = pytest.mark.anyio


async def test_an_event_is_tried_again_at_once_after_one_and_after_five_minutes(office: Office) -> None:
    office.bot.answer = lambda _: 500
    await office.workspace.say(ANNA, None, "hello")
    await until(lambda: len(office.bot.told) == 2)
    for count, seconds in zip((3, 4), RETRY_SECONDS[1:], strict=True):
        await until(lambda wanted=count: len(office.workspace.traffic.after()) == wanted - 1)
        await asyncio.sleep(0)
        office.clock.advance(seconds - 1)
        await asyncio.sleep(0)
        assert len(office.bot.told) == count - 1
        office.clock.advance(1)
        await until(lambda wanted=count: len(office.bot.told) == wanted)
    said = [
        (told.headers.get("x-slack-retry-num"), told.headers.get("x-slack-retry-reason"))
        for told in office.bot.told
    ]
    assert said == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({told.payload["event_id"] for told in office.bot.told}) == 1


async def test_a_retry_that_succeeds_is_the_last(office: Office) -> None:
    answers = iter([503, 200])
    office.bot.answer = lambda _: next(answers)
    await office.workspace.say(ANNA, None, "hello")
    await until(lambda: len(office.bot.told) == 2)
    office.clock.advance(3600)
    await office.workspace.idle()
    assert len(office.bot.told) == 2


async def test_a_bot_that_wants_no_retry_gets_none(office: Office) -> None:
    office.bot.answer = lambda _: web.Response(status=500, headers={"x-slack-no-retry": "1"})
    await office.workspace.say(ANNA, None, "hello")
    office.clock.advance(3600)
    await office.workspace.idle()
    assert len(office.bot.told) == 1


async def test_a_slow_bot_gets_the_event_again_with_the_reason(anyio_backend: str) -> None:
    async with office_of(ack_seconds=0.05) as office:
        waits = iter([office.workspace.door.closing.wait, asyncio.Event().set])
        office.bot.answer = lambda _: next(waits)()
        await office.workspace.say(ANNA, None, "hello")
        await until(lambda: len(office.bot.told) == 2)
        assert office.bot.told[1].headers["x-slack-retry-reason"] == "http_timeout"


async def test_a_refused_connection_is_named(anyio_backend: str) -> None:
    async with office_of(bot_url="http://127.0.0.1:9/slack/events") as office:
        outcome = await office.workspace.command(ANNA, "/checkin")
        assert outcome.problem == '/checkin failed with the error "dispatch_failed"'
        assert office.workspace.traffic.after()[-1].problem == "connection_failed"


@asynccontextmanager
async def bolt_on_a_socket(
    office: Office, register: Callable[[AsyncApp], None]
) -> AsyncIterator[AsyncSocketModeHandler]:
    """Bolt's real app and Socket Mode handler, connected to the workspace."""
    app = AsyncApp(client=office.client, ignoring_self_events_enabled=False)
    register(app)
    door = AsyncWebClient(base_url=f"{office.url}/api/")
    handler = AsyncSocketModeHandler(app, office.workspace.bot.app_token, web_client=door, ping_interval=0.05)
    await handler.connect_async()
    try:
        await asyncio.wait_for(office.workspace.sockets.connected(), 5)
        yield handler
    finally:
        await handler.close_async()


async def test_bolt_over_socket_mode_gets_commands_views_and_events(office: Office) -> None:
    heard: list[Json] = []

    def register(app: AsyncApp) -> None:
        @app.command("/checkin")
        async def checkin(ack: Any, body: Json, client: AsyncWebClient) -> None:
            await ack({"text": "one moment"})
            await client.views_open(
                trigger_id=body["trigger_id"], view=modal(field_block("b"), callback_id="form")
            )

        @app.view("form")
        async def form(ack: Any, body: Json) -> None:
            heard.append(body)
            await ack(response_action="errors", errors={"b": "please say more"})

        @app.event("message")
        async def message(event: Json) -> None:
            heard.append(event)

    async with bolt_on_a_socket(office, register):
        assert (await office.workspace.command(ANNA, "/checkin", "now")).ok
        await until(lambda: len(office.workspace.views(ANNA)) == 1)
        assert office.workspace.messages(ANNA)[-1]["text"] == "one moment"
        view = office.workspace.views(ANNA)[0]
        outcome = await office.workspace.submit(ANNA, view["id"], {"b": {"a": {"value": "x"}}})
        assert outcome.errors == {"b": "please say more"}
        await office.workspace.say(ANNA, None, "hello")
        await until(lambda: len(heard) == 2)
        assert heard[1]["text"] == "hello"
        assert office.bot.told == []
        assert office.world.problems == []


async def test_bolt_comes_again_when_slack_refreshes_the_connection(office: Office) -> None:
    def register(app: AsyncApp) -> None:
        @app.command("/checkin")
        async def checkin(ack: Any) -> None:
            await ack("here")

    async with bolt_on_a_socket(office, register):
        await office.workspace.sockets.refresh()
        await asyncio.wait_for(office.workspace.sockets.connected(), 5)
        assert (await office.workspace.command(ANNA, "/checkin")).ok
        assert office.workspace.messages(ANNA)[-1]["text"] == "here"


async def test_each_payload_goes_to_one_of_two_connections(office: Office) -> None:
    answered: list[str] = []

    def named(name: str) -> Callable[[AsyncApp], None]:
        def register(app: AsyncApp) -> None:
            @app.command("/checkin")
            async def checkin(ack: Any) -> None:
                answered.append(name)
                await ack()

        return register

    async with bolt_on_a_socket(office, named("one")), bolt_on_a_socket(office, named("two")):
        await until(lambda: office.workspace.sockets.connections == 2)
        for _ in range(4):
            await office.workspace.command(ANNA, "/checkin")
    assert sorted(answered) == ["one", "one", "two", "two"]


async def test_an_unanswered_envelope_is_a_timeout(anyio_backend: str) -> None:
    async with office_of(ack_seconds=0.05) as office:
        async with bolt_on_a_socket(office, lambda _: None):
            outcome = await office.workspace.command(ANNA, "/checkin")
        assert outcome.problem == '/checkin failed with the error "operation_timeout"'
