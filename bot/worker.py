"""Work that is done piece by piece in one task of the loop, woken from any thread."""

from __future__ import annotations

import asyncio
import contextlib

from bot.troubles import complain


class Worker:
    """Does what waits, one piece after the other; whoever wakes it never waits for it. A subclass says what a piece is."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._under_way: asyncio.Task[None] | None = None
        self._more = False

    async def do_next(self) -> bool:
        """Do the next piece; whether there was one."""
        raise NotImplementedError

    async def done(self) -> None:
        """Nothing is left for now."""

    def wake(self) -> None:
        """Something waits; from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended: the next start finds it
            self._loop.call_soon_threadsafe(self._begin)

    async def look(self) -> None:
        """Begin with what waits; never waits for it."""
        self._begin()

    async def idle(self) -> None:
        """Returns when nothing waits."""
        await self.look()
        while self._under_way is not None and not self._under_way.done():
            await asyncio.wait({self._under_way})

    async def stop(self) -> None:
        """Leave what is in hand: the next start takes it up again."""
        if self._under_way is not None:
            self._under_way.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._under_way

    def _begin(self) -> None:
        self._more = True
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.create_task(self._do_all())

    async def _do_all(self) -> None:
        try:
            while self._more:
                self._more = False
                while await self.do_next():
                    pass
        except Exception as error:
            complain("what waits could not be done", error, worker=type(self).__name__)
        await self.done()
