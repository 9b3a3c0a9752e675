"""The calls the bot makes to Slack: on one connection pool, each in its turn, within Slack's rates."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ssl import create_default_context
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.buckets import Buckets, Limit
from bot.clock import Clock
from bot.fence import Fenced
from bot.messenger import SurelyNot
from bot.slack.answers import meaning

Json = dict[str, Any]

POST, EDIT, DELETE = "chat.postMessage", "chat.update", "chat.delete"
OPEN, HISTORY = "conversations.open", "conversations.history"
UPLOAD_ADDRESS, COMPLETE_UPLOAD = "files.getUploadURLExternal", "files.completeUploadExternal"
READS = frozenset({HISTORY, UPLOAD_ADDRESS, "files.info", "users.list", "users.info"})

TIMEOUT = 10.0  # seconds for a whole call
CONNECTING = 5.0  # of which connecting may take; it must end before the whole, to be told apart from it
LONG = aiohttp.ClientTimeout(total=120.0)  # a file's bytes may take longer
PAGE = 200  # the most that Slack recommends
CHANCES = 3

PER_CHANNEL = Limit(60.0, 3.0)  # "1 message per second per channel, short bursts tolerated"


def tier(per_minute: float) -> Limit:
    """A tier counts calls by the minute. A tenth may go at once; the rest then never exceeds the minute."""
    return Limit(per_minute * 0.9, max(1.0, per_minute * 0.1))


def slack_limits(posts_per_minute: float = 240.0) -> dict[str, Limit]:
    """Calls per minute, as docs.slack.dev names them (tier 2: 20, 3: 50, 4: 100).

    Posts are limited for the whole workspace to "several hundred per minute": `posts_per_minute` is our
    reading of it, spread evenly. The views that answer a click are not limited here: their trigger would not
    outlive the wait.
    """
    posts = Limit(posts_per_minute, max(1.0, posts_per_minute / 60))
    tiers = {EDIT: 50, DELETE: 50, OPEN: 50, HISTORY: 50}
    tiers |= {"users.list": 20, "users.info": 100, "views.publish": 100}
    return {POST: posts} | {method: tier(calls) for method, calls in tiers.items()}


class SlackRefused(Exception):
    """Slack did not do what was asked. `error` is Slack's name for it, or the kind of the failure."""

    def __init__(self, error: str, retry_after: float | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.retry_after = retry_after


@asynccontextmanager
async def web_client(
    token: str,
    base_url: str,
    *,
    proxy: str | None = None,
    seconds: float = TIMEOUT,
) -> AsyncIterator[AsyncWebClient]:
    """A client on one session, whose connections are used again. It never repeats a call by itself.

    It trusts the machine's own certificates, with whatever the company has added to them.
    A call may take `seconds`, of which connecting at most half.
    """
    # The SDK formats whole payloads for its log unless its logger has a level of its own.
    quiet = logging.getLogger("bot.slack.sdk")
    quiet.setLevel(logging.WARNING)
    trusted = create_default_context() if base_url.startswith("https") else None
    limits = aiohttp.ClientTimeout(total=seconds, connect=min(CONNECTING, seconds / 2))
    async with aiohttp.ClientSession(
        timeout=limits, cookie_jar=aiohttp.DummyCookieJar(), request_class=Fenced
    ) as session:
        client = AsyncWebClient(
            token, base_url, session=session, ssl=trusted, proxy=proxy, retry_handlers=[], logger=quiet
        )
        client.proxy = proxy  # the SDK would take one from the environment, and use it for loopback too
        yield client


class SlackClient:
    """Slack's methods in plain dictionaries. Those with a limit wait their turn; a no is a SlackRefused."""

    def __init__(self, web: AsyncWebClient, buckets: Buckets, clock: Clock) -> None:
        self._web = web
        self._buckets = buckets
        self._clock = clock
        self._behind = timedelta()

    async def open_view(self, trigger: str, view: Mapping[str, Any]) -> Json:
        """The trigger lives for 3 s and for one use, so this neither waits nor repeats."""
        return await self.ask("views.open", trigger_id=trigger, view=view)

    async def push_view(self, trigger: str, view: Mapping[str, Any]) -> Json:
        return await self.ask("views.push", trigger_id=trigger, view=view)

    async def update_view(self, view_id: str, view: Mapping[str, Any], seen: str | None = None) -> Json:
        """`seen` is the hash of the view that the change starts from: hash_conflict if it is outdated."""
        return await self.ask("views.update", view_id=view_id, view=view, hash=seen)

    async def publish_home(self, account: str, view: Mapping[str, Any], urgency: int = 0) -> Json:
        return await self.ask("views.publish", urgency, user_id=account, view=view)

    async def users(self) -> AsyncIterator[list[Json]]:
        """Everybody in the workspace, page by page; never in the way of anything else."""
        async for page in self.pages("users.list", include_locale=True):
            yield page["members"]

    async def user(self, account: str) -> Json:
        answer: Json = (await self.ask("users.info", user=account, include_locale=True))["user"]
        return answer

    async def respond(self, url: str, message: Mapping[str, Any]) -> None:
        """Answer where an interaction allows it (response_url: 5 uses within 30 min). Raises SlackRefused."""
        session = self._web.session
        if session is None:
            raise SlackRefused("no session")
        try:
            async with session.post(url, json=dict(message), proxy=self._web.proxy) as answer:
                if answer.status != 200:
                    raise SlackRefused(f"http_{answer.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackRefused(type(error).__name__) from error

    async def put(self, url: str, content: bytes) -> None:
        """Put a file's bytes where Slack has said. Raises SlackRefused."""
        session = self._web.session
        if session is None:
            raise SlackRefused("no session")
        try:
            async with session.post(url, data=content, proxy=self._web.proxy, timeout=LONG) as answer:
                if answer.status != 200:
                    raise SlackRefused(f"http_{answer.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackRefused(type(error).__name__) from error

    async def get(self, url: str, most: int) -> bytes | None:
        """A private file's bytes; None once they are more than `most`. Goes wherever `url` says, with the token.

        A redirect or a page is a no: there a person would sign in. Raises SlackRefused.
        """
        session = self._web.session
        if session is None:
            raise SlackRefused("no session")
        headers = {"Authorization": f"Bearer {self._web.token}"}
        try:
            async with session.get(
                url,
                headers=headers,
                allow_redirects=False,
                proxy=self._web.proxy,
                timeout=LONG,
                ssl=self._web.ssl or True,
            ) as answer:
                if answer.status != 200 or answer.content_type == "text/html":
                    raise SlackRefused(f"http_{answer.status}" if answer.status >= 400 else "missing_scope")
                content = bytearray()
                async for chunk in answer.content.iter_chunked(65_536):
                    content += chunk
                    if len(content) > most:
                        return None
                return bytes(content)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackRefused(type(error).__name__) from error

    async def me(self) -> Json:
        """Who the token belongs to (auth.test)."""
        return await self.ask("auth.test")

    async def may_connect(self, app_token: str) -> None:
        """Whether the app token opens Socket Mode; a no is a SlackRefused."""
        try:
            await self._web.apps_connections_open(app_token=app_token)
        except Exception as error:
            raise SlackRefused(meaning(error).error) from error

    async def ask(self, method: str, urgency: int = 0, **arguments: Any) -> Json:
        """Any method, for its answer. Raises SlackRefused."""
        try:
            return await self.call(method, urgency, arguments)
        except Exception as error:
            told = meaning(error)
            raise SlackRefused(told.error, getattr(told, "retry_after", None)) from error

    async def pages(self, method: str, **arguments: Any) -> AsyncIterator[Json]:
        """All pages of a method that reads, behind everything more urgent. Raises what `call` raises."""
        cursor: str | None = None
        while cursor != "":
            page = await self.call(method, 2, {**arguments, "limit": PAGE, "cursor": cursor})
            yield page
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""

    async def call(self, method: str, urgency: int, arguments: Mapping[str, Any]) -> Json:
        """One call in its turn, made again when Slack said it was too fast. Raises what the SDK raises."""
        given = {name: value for name, value in arguments.items() if value is not None}
        limited = self._buckets.limits(method)
        for chance in range(CHANCES, 0, -1):
            if limited:
                await self._buckets.take(method, urgency)
            try:
                return await self.once(method, given)
            except Exception as error:
                told = meaning(error)
                if not isinstance(told, SurelyNot) or told.retry_after is None:
                    raise
                self._buckets.pause(method, told.retry_after)
                if not limited or chance == 1:
                    raise
        raise AssertionError("the last chance returns or raises")

    async def once(self, method: str, given: Json) -> Json:
        """One call, at once. The answer is a dictionary with ok=true, or this raises."""
        if method in READS:  # they do not understand JSON bodies
            response = await self._web.api_call(method, http_verb="GET", params=given)
            self._note_time(response)
        else:
            response = await self._web.api_call(method, json=given)
        if not isinstance(response.data, dict):
            raise TypeError(f"{method} was answered with bytes")
        return response.data

    def slack_time(self, moment: datetime) -> datetime:
        """`moment` by Slack's clock if that is known to be behind ours; messages carry Slack's time."""
        return moment - self._behind

    def _note_time(self, response: AsyncSlackResponse) -> None:
        if said := response.headers.get("Date"):
            behind = self._clock.now() - parsedate_to_datetime(said).astimezone(UTC)
            self._behind = max(timedelta(), behind)
