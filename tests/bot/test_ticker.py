"""The metronome: it goes on after a failure, beats once after a jump, and ends without losing a beat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
import structlog

from bot.clock import SystemClock, VirtualClock
from bot.ticker import Beat, ticking

START = datetime(2026, 8, 3, 9, tzinfo=UTC)
A_WEEK = 7 * 24 * 3600


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


class Counted:
    """Work that counts its calls and can be waited for."""

    def __init__(self, work: Callable[[], Awaitable[None]] | None = None) -> None:
        self.calls = 0
        self.reached = asyncio.Event()
        self._work = work

    async def __call__(self) -> None:
        self.calls += 1
        if self.calls == 3:
            self.reached.set()
        if self._work:
            await self._work()


async def fails() -> None:
    raise OSError("the database went away")


def test_on_a_clock_that_is_moved_a_beat_comes_at_once_then_with_the_clock_and_once_after_a_jump() -> None:
    async def story() -> None:
        clock = VirtualClock(START, speed=0)
        often, daily = Counted(), Counted()
        async with ticking([Beat("tick", 30, often), Beat("prune", 86400, daily)], clock):
            await settle()
            assert (often.calls, daily.calls) == (1, 1)
            clock.advance(30)
            await settle()
            assert (often.calls, daily.calls) == (2, 1)
            clock.advance(A_WEEK)
            await settle()
            assert (often.calls, daily.calls) == (3, 2)
        clock.advance(A_WEEK)
        await settle()
        assert (often.calls, daily.calls) == (3, 2)

    asyncio.run(story())


def test_a_beat_that_fails_is_logged_under_a_reference_and_the_metronome_goes_on() -> None:
    async def story() -> None:
        clock = VirtualClock(START, speed=0)
        failing = Counted(fails)
        async with ticking([Beat("tick", 30, failing)], clock):
            for _ in range(2):
                await settle()
                clock.advance(30)
            await settle()
        assert failing.calls == 3

    with structlog.testing.capture_logs() as logged:
        asyncio.run(story())
    assert [(entry["event"], entry["beat"]) for entry in logged] == [("beat failed", "tick")] * 3
    assert len({entry["reference"] for entry in logged}) == 3


def test_on_the_machines_clock_the_beats_go_on_after_a_failure() -> None:
    async def story() -> None:
        failing = Counted(fails)
        async with ticking([Beat("tick", 0.01, failing)], SystemClock()):
            await asyncio.wait_for(failing.reached.wait(), 5)
        calls = failing.calls
        await settle()
        assert failing.calls == calls

    with structlog.testing.capture_logs():
        asyncio.run(story())


def test_a_slow_beat_never_beats_twice_at_a_time() -> None:
    async def story(clock: SystemClock | VirtualClock) -> None:
        gate = asyncio.Event()
        slow, quick = Counted(lambda: gate.wait()), Counted()  # type: ignore[arg-type,return-value]
        async with ticking([Beat("slow", 0.001, slow), Beat("quick", 0.001, quick)], clock):
            await asyncio.wait_for(quick.reached.wait(), 5)
            assert slow.calls == 1
            gate.set()

    with structlog.testing.capture_logs():
        asyncio.run(story(SystemClock()))
        asyncio.run(story(VirtualClock(START)))


def test_at_the_end_a_beat_under_way_is_finished() -> None:
    async def story(clock: SystemClock | VirtualClock) -> list[str]:
        gate, told = asyncio.Event(), []

        async def slow() -> None:
            told.append("begun")
            begun.set()
            await gate.wait()
            told.append("finished")

        begun = asyncio.Event()
        async with ticking([Beat("slow", 3600, slow)], clock):
            await begun.wait()
            asyncio.get_running_loop().call_soon(gate.set)
        return told

    for clock in (SystemClock(), VirtualClock(START, speed=0)):
        assert asyncio.run(story(clock)) == ["begun", "finished"]


def test_the_end_in_the_middle_of_a_beat_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        begun, may_end = asyncio.Event(), asyncio.Event()

        async def long() -> None:
            begun.set()
            await may_end.wait()

        async with ticking([Beat("tick", 60, long)], SystemClock()):
            await begun.wait()
            asyncio.get_running_loop().call_later(0.02, may_end.set)
        await settle()

    asyncio.run(story())
    assert [line.getMessage() for line in caplog.records if line.levelname == "ERROR"] == []


def test_a_beat_that_never_ends_is_given_up_after_the_grace() -> None:
    async def story(clock: SystemClock | VirtualClock) -> bool:
        begun, given_up = asyncio.Event(), asyncio.Event()

        async def endless() -> None:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                given_up.set()

        async with ticking([Beat("endless", 3600, endless)], clock, grace=0.01):
            await begun.wait()
        return given_up.is_set()

    for clock in (SystemClock(), VirtualClock(START, speed=0)):
        assert asyncio.run(story(clock))
