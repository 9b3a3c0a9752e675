"""Keeps a request from leaving when its claim may have run out: after a process, or its machine, was suspended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import aiohttp

from bot.clock import Clock

# Of a claim so much is for setting out. The rest is for the call itself (10 s), and for clocks that differ
# between replicas: by theirs the others find out that a claim has run out.
SHARE = 0.75

_until: ContextVar[tuple[Clock, float] | None] = ContextVar("until", default=None)


class TooLate(Exception):
    """The claim may have run out; nothing of the request has left."""


@contextmanager
def leaving_before(clock: Clock, until: float) -> Iterator[None]:
    """What this task asks for inside sets out before `until` (monotonic), or raises TooLate."""
    token = _until.set((clock, until))
    try:
        yield
    finally:
        _until.reset(token)


def check() -> None:
    """Raises TooLate when whatever this task is about to send must not leave any more."""
    limit = _until.get()
    if limit is not None and limit[0].monotonic() >= limit[1]:
        raise TooLate


class Fenced(aiohttp.ClientRequest):
    """A request that looks at the clock when its connection stands, right before its first byte.

    A process that is stopped between that look and the writing, a few microseconds, still writes when it wakes, and
    a machine that sleeps may send what its network card had in hand: no look can prevent that.
    """

    async def send(self, conn: aiohttp.connector.Connection) -> aiohttp.ClientResponse:
        check()
        return await super().send(conn)
