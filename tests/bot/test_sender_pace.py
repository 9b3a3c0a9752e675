"""The pace of the sender: no token that the rates give is left lying."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from bot.buckets import Limit
from bot.clock import VirtualClock
from tests.bot.fake_messenger import START, FakeMessenger, Here, desk, message, running


class Slow(Here):
    """A database in which everything takes a while, by the clock."""

    def __init__(self, clock: VirtualClock, seconds: float) -> None:
        self._clock, self._seconds = clock, seconds

    def submit(self, fn: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        self._clock.advance(self._seconds)
        return super().submit(fn, *args, **more)


def test_a_token_that_comes_while_the_database_is_asked_is_used_at_once() -> None:
    async def story() -> list[str]:
        clock = VirtualClock(START, speed=0)
        limits = {FakeMessenger.posting: Limit(60.0, 1.0)}
        here = desk(clock, limits=limits, executor=Slow(clock, 1.1))
        here.write(message("one", "C1"), message("two", "C2"), message("three", "C3"))
        async with running(here):
            await here.sender.idle()
        return here.slack.texts()

    assert asyncio.run(story()) == ["one", "two", "three"]
