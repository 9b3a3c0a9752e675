"""The metronome: it calls a few coroutines again and again, and knows nothing of what is due."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]

from bot.clock import Clock, SystemClock
from bot.logs import request
from bot.troubles import complain

GRACE = 10.0  # seconds that a beat which is under way at the end may still take


@dataclass(frozen=True, slots=True)
class Beat:
    """`work` is called at once and then every `seconds`, never twice at a time. Missed calls become one."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]


@asynccontextmanager
async def ticking(beats: Sequence[Beat], clock: Clock, grace: float = GRACE) -> AsyncIterator[None]:
    """Let the beats run while inside; at the end one that is under way may finish within `grace` seconds.

    On the machine's clock APScheduler is the metronome. It can't follow a clock that is moved, so on
    any other clock (the local workspace, tests) each beat is a loop that sleeps by it: after a jump it beats
    once.
    """
    start = _on_machine if isinstance(clock, SystemClock) else _on_virtual
    async with start(beats, clock, grace):
        yield


async def run_on(clock: Clock, beat: Beat, stopping: asyncio.Event) -> None:
    """Beat by `clock` until it is stopping; a beat that is under way is finished."""
    stop = asyncio.create_task(stopping.wait())
    while not stop.done():
        await strike(beat)
        pause = asyncio.ensure_future(clock.sleep(beat.seconds))
        await asyncio.wait({pause, stop}, return_when=asyncio.FIRST_COMPLETED)
        pause.cancel()


async def strike(beat: Beat) -> None:
    """One beat. A failure is logged under a reference, and the metronome goes on."""
    with request("beat", beat=beat.name) as reference:
        try:
            await beat.work()
        except Exception as error:
            complain("beat failed", error, beat=beat.name, reference=reference)


@asynccontextmanager
async def _on_machine(beats: Sequence[Beat], clock: Clock, grace: float) -> AsyncIterator[None]:
    under_way: set[asyncio.Task[None]] = set()

    async def job(beat: Beat) -> None:
        # Its own task: APScheduler cancels the jobs under way when it shuts down, and would log that as an error.
        task = asyncio.create_task(strike(beat))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        with suppress(asyncio.CancelledError):
            await asyncio.shield(task)

    scheduler = AsyncIOScheduler(timezone=UTC)
    for beat in beats:
        scheduler.add_job(
            job,
            "interval",
            args=[beat],
            id=beat.name,
            seconds=beat.seconds,
            next_run_time=clock.now(),
            misfire_grace_time=None,  # by default a job that is a second late is dropped in silence
            coalesce=True,
            max_instances=1,
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        await _finish(under_way, grace)


@asynccontextmanager
async def _on_virtual(beats: Sequence[Beat], clock: Clock, grace: float) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    loops = {asyncio.create_task(run_on(clock, beat, stopping), name=beat.name) for beat in beats}
    try:
        yield
    finally:
        stopping.set()
        await _finish(loops, grace)


async def _finish(tasks: set[asyncio.Task[None]], grace: float) -> None:
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
