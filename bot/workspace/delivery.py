"""Delivers payloads to the bot: interactions once, events with Slack's three retries."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.clock import Clock, SystemClock
from bot.workspace.link import EVENT, HttpTransport, Reply, Transport
from bot.workspace.payloads import event_envelope
from bot.workspace.socket_mode import SocketHub
from bot.workspace.traffic import TO_BOT, Traffic
from bot.workspace.world import World

Json = dict[str, Any]

RETRY_SECONDS = (0.0, 60.0, 300.0)  # by the clock, after the delivery before


class Delivery:
    """By Socket Mode while a bot is connected that way, else by HTTP. `subscribed` None means all events."""

    def __init__(
        self,
        world: World,
        clock: Clock,
        traffic: Traffic,
        http: HttpTransport,
        sockets: SocketHub,
        subscribed: frozenset[str] | None = None,
    ) -> None:
        self._world = world
        self._clock = clock
        self._traffic = traffic
        self._http = http
        self._sockets = sockets
        self._subscribed = subscribed
        self._real = SystemClock()
        self._first: set[asyncio.Task[None]] = set()
        self._later: set[asyncio.Task[None]] = set()
        world.subscribers.append(self.fire)

    async def hand_over(
        self, kind: str, payload: Json, summary: str, retry: tuple[int, str] | None = None
    ) -> Reply:
        """One delivery, and what came of it."""
        transport: Transport = self._sockets if self._sockets.connections else self._http
        began = self._real.monotonic()
        reply = await transport.deliver(kind, payload, retry)
        ms = (self._real.monotonic() - began) * 1000
        problem = None if reply.acknowledged else _failure(reply)
        name = payload.get("type") if kind != EVENT else payload["event"]["type"]
        self._traffic.add(
            self._world.now(), TO_BOT, str(name or kind), summary, payload, reply.body, ms, problem
        )
        if problem:
            self._world.note_problem(f"{summary}: {problem}")
        return reply

    async def event(self, event: Json, subscription: str | None = None) -> None:
        """Deliver an event; where the first attempt fails, the retries go on in the background."""
        if self._subscribed is not None and (subscription or event["type"]) not in self._subscribed:
            return
        envelope = event_envelope(self._world, event)
        reply = await self.hand_over(EVENT, envelope, f"event {event['type']}")
        if _again(reply):
            self._keep(self._later, self._retry(envelope, reply))

    def fire(self, event: Json) -> None:
        """Deliver an event without waiting; `idle` waits for it."""
        self._keep(self._first, self.event(event))

    async def idle(self) -> None:
        """Wait until every event fired so far has been delivered or has failed once."""
        while self._first:
            await asyncio.gather(*self._first)

    async def aclose(self) -> None:
        for task in (*self._first, *self._later):
            task.cancel()
        await asyncio.gather(*self._first, *self._later, return_exceptions=True)
        await self._http.aclose()
        await self._sockets.aclose()

    async def _retry(self, envelope: Json, reply: Reply) -> None:
        for number, seconds in enumerate(RETRY_SECONDS, start=1):
            if seconds:
                await self._clock.sleep(seconds)
            summary = f"event {envelope['event']['type']} (retry {number})"
            reply = await self.hand_over(EVENT, envelope, summary, (number, reply.failure or "unknown_error"))
            if not _again(reply):
                return

    def _keep(self, tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)


def _again(reply: Reply) -> bool:
    return not reply.acknowledged and reply.headers.get("x-slack-no-retry") != "1"


def _failure(reply: Reply) -> str:
    if reply.failure == "http_error":
        return f"answered with HTTP {reply.status}"
    return {"http_timeout": "did not respond in time"}.get(reply.failure or "", str(reply.failure))
