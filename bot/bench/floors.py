"""What perfloop is measured against: Bolt as its own guide shows it, with nothing else, a transaction, or a call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.request_verification.async_request_verification import AsyncRequestVerification
from slack_sdk.signature import Clock as SlackClock
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.bench.company import WEDNESDAY
from bot.bench.payloads import SECRET
from bot.clock import VirtualClock
from bot.slack.app import ALL
from storage.connect import make_engine
from storage.engine import Store
from storage.records.people import BY_ACCOUNT
from storage.work import FIRST_TIME

Idle = Callable[[], Awaitable[None]]

VIEW = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Weekly check-in"},
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Hello"}}],
}


class BenchClock(SlackClock):
    """The bench's time for Bolt's own verification, which takes its clock as an object."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


@asynccontextmanager
async def floor(kind: str, database_url: str, api_url: str) -> AsyncIterator[tuple[Starlette, Idle]]:
    """Bolt's AsyncApp with process_before_response and its own verification, authorised without a call.

    "core" reads one row, writes one and commits, with SQLAlchemy Core, before it acknowledges, on as many
    threads as perfloop has; "core+call" then calls one method of Slack (views.open, a one-line window) on a
    session that is kept open, which is how the SDK is quickest.
    """
    clock = VirtualClock(WEDNESDAY)
    store = Store(make_engine(database_url), clock.now)
    calls: set[asyncio.Task[Any]] = set()

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token="xoxb-bench")  # noqa: S106

    def commit(account: str, key: str) -> None:
        with store.engine.begin() as connection:
            connection.execute(BY_ACCOUNT, {"account": account}).first()
            connection.execute(FIRST_TIME, {"key": key, "at": clock.now()})

    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-bench", api_url, session=session, retry_handlers=[])
        app = AsyncApp(authorize=authorize, process_before_response=True, request_verification_enabled=False)
        verification = AsyncRequestVerification(SECRET)
        verification.verifier.clock = BenchClock(clock)
        app.use(verification)
        executor = ThreadPoolExecutor(store.threads)

        async def take(body: Mapping[str, Any], ack: Callable[[], Awaitable[Any]]) -> None:
            trigger = str(body["trigger_id"])
            if kind != "bare":
                account = body["user_id"] if "user_id" in body else body["user"]["id"]
                loop = asyncio.get_running_loop()
                await loop.run_in_executor(executor, commit, account, f"{kind}/{trigger}")
            await ack()
            if kind == "core+call":
                call = asyncio.ensure_future(client.views_open(trigger_id=trigger, view=VIEW))
                calls.add(call)
                call.add_done_callback(calls.discard)

        async def idle() -> None:
            while calls:
                await asyncio.wait(tuple(calls))

        for listen in (app.command, app.action, app.view_submission):
            listen(ALL)(take)
        answering = AsyncSlackRequestHandler(app)

        async def events(request: Request) -> Response:
            return await answering.handle(request)

        try:
            yield Starlette(routes=[Route("/slack/events", events, methods=["POST"])]), idle
        finally:
            executor.shutdown()
            store.close()
