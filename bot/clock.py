"""The one place that reads the clock: the machine's, or a virtual one that can be moved."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the bot takes its time from. `now` is aware and in UTC; `monotonic` is in seconds."""

    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...
    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return since_boot()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def since_boot() -> float:
    """Seconds that also pass while the machine sleeps: Linux leaves those out of its monotonic clock."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class VirtualClock:
    """A clock that starts at `start` and runs at `speed` times real time; a speed of 0 stands still.

    `advance` moves it forward and wakes whoever sleeps on it. It never goes back.
    """

    def __init__(
        self, start: datetime, speed: float = 1.0, real: Callable[[], float] = time.monotonic
    ) -> None:
        self._real = real
        self._start = start.astimezone(UTC)
        self._passed = 0.0
        self._anchor = real()
        self._speed = speed
        self._sleepers: set[asyncio.Future[None]] = set()

    @property
    def speed(self) -> float:
        return self._speed

    def monotonic(self) -> float:
        """Virtual seconds since the start."""
        return self._passed + (self._real() - self._anchor) * self._speed

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic())

    def run_at(self, speed: float) -> None:
        """Go on at `speed` virtual seconds per real second."""
        self._passed, self._anchor, self._speed = self.monotonic(), self._real(), speed
        self._wake()

    def advance(self, seconds: float) -> None:
        """Jump forward by `seconds` (0 or more)."""
        if seconds < 0:
            raise ValueError("a clock does not go back")
        self._passed += seconds
        self._wake()

    def to(self, moment: datetime) -> None:
        """Jump forward to `moment`; a moment already passed changes nothing."""
        self.advance(max(0.0, (moment - self.now()).total_seconds()))

    async def sleep(self, seconds: float) -> None:
        """Sleep for virtual `seconds`; moving or speeding the clock is noticed at once."""
        until = self.monotonic() + seconds
        while (left := until - self.monotonic()) > 0:
            woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._sleepers.add(woken)
            try:
                await asyncio.wait_for(woken, left / self._speed if self._speed else None)
            except TimeoutError:
                pass
            finally:
                self._sleepers.discard(woken)

    def _wake(self) -> None:
        for sleeper in self._sleepers:
            loop = sleeper.get_loop()
            loop.call_soon_threadsafe(_end, sleeper)


def _end(sleep: asyncio.Future[None]) -> None:
    if not sleep.done():
        sleep.set_result(None)
