"""How payloads reach the bot: signed HTTP requests, and what came back within three seconds."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp

from bot.clock import Clock

Json = dict[str, Any]

ACK_SECONDS = 3.0
COMMAND, INTERACTIVE, EVENT = "slash_commands", "interactive", "events_api"


@dataclass(frozen=True, slots=True)
class BotLink:
    """Where the bot listens and the secrets both sides know; the defaults are made up and for loopback only.

    `url` is None for a bot on Socket Mode.
    """

    url: str | None = None
    signing_secret: str = "local-signing-secret"  # noqa: S105
    token: str = "xoxb-local"  # noqa: S105
    app_token: str = "xapp-local"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot answered. `failure` is one of Slack's retry reasons; `body` an object, a text or None."""

    status: int = 0
    body: Json | str | None = None
    failure: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def acknowledged(self) -> bool:
        return self.failure is None


class Transport(Protocol):
    """One way to hand a payload to the bot; `kind` is Socket Mode's envelope type."""

    async def deliver(self, kind: str, payload: Json, retry: tuple[int, str] | None = None) -> Reply: ...


def signed(secret: str, timestamp: int, body: bytes) -> str:
    """Slack's signature (v0) of a request: HMAC-SHA256 over version, time and the raw body."""
    base = b"v0:%d:%s" % (timestamp, body)
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpTransport:
    """Posts to the bot's one address. Signatures carry the workspace's time, by which the bot lives too."""

    def __init__(self, link: BotLink, clock: Clock, ack_seconds: float = ACK_SECONDS) -> None:
        self.link = link
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(total=ack_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, kind: str, payload: Json, retry: tuple[int, str] | None = None) -> Reply:
        if kind == EVENT:
            content_type, body = "application/json", json.dumps(payload).encode()
        else:
            form = {"payload": json.dumps(payload)} if kind == INTERACTIVE else payload
            content_type, body = (
                "application/x-www-form-urlencoded",
                urlencode(form, errors="replace").encode(),
            )
        extra = {"x-slack-retry-num": str(retry[0]), "x-slack-retry-reason": retry[1]} if retry else {}
        return await self.send(body, {"Content-Type": content_type, **extra})

    async def send(self, body: bytes, headers: dict[str, str], timestamp: int | None = None) -> Reply:
        """Sign and post raw bytes."""
        if self.link.url is None:
            return Reply(failure="connection_failed")
        stamp = int(self._clock.now().timestamp()) if timestamp is None else timestamp
        headers = {
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            **headers,
            "X-Slack-Request-Timestamp": str(stamp),
            "X-Slack-Signature": signed(self.link.signing_secret, stamp, body),
        }
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        try:
            async with self._session.post(
                self.link.url, data=body, headers=headers, max_redirects=2
            ) as response:
                return _reply(response.status, await response.read(), dict(response.headers))
        except TimeoutError:
            return Reply(failure="http_timeout")
        except aiohttp.TooManyRedirects:
            return Reply(failure="too_many_redirects")
        except aiohttp.ClientSSLError:
            return Reply(failure="ssl_error")
        except (aiohttp.ClientError, OSError):
            return Reply(failure="connection_failed")

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()
            await asyncio.sleep(0)  # lets the closed connections leave the loop


def _reply(status: int, body: bytes, headers: dict[str, str]) -> Reply:
    lower = {name.lower(): value for name, value in headers.items()}
    failure = None if 200 <= status < 300 else "http_error"
    text = body.decode("utf-8", "replace")
    if not text.strip():
        return Reply(status, None, failure, lower)
    if "json" in lower.get("content-type", ""):
        try:
            return Reply(status, json.loads(text), failure, lower)
        except ValueError:
            return Reply(status, text, failure or "http_error", lower)
    return Reply(status, text, failure, lower)
