"""The bot's sender in a process of its own, that can be killed at any moment."""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from bot import logs
from bot.buckets import Buckets
from bot.build import catalog
from bot.clock import SystemClock, VirtualClock
from bot.messages import letter_writer
from bot.metrics import Metrics
from bot.replicas import among_replicas
from bot.rounds import Rounds
from bot.sender import Sender
from bot.slack.client import PER_CHANNEL, SlackClient, slack_limits, web_client
from bot.slack.post import SlackPost
from bot.turn import LEASE
from storage.engine import open_store

BEAT = 0.1  # real seconds between two ticks


@dataclass(frozen=True, slots=True)
class Life:
    """What a sender begins with. Its clock shows `start` and runs at `speed`; 0 posts a minute are no limit.

    `patience` is how many real seconds a call may take, `settle` how many of the clock's an unclear one rests.
    `lasts`: it goes on until the pipe is closed, and says first how it is named in its claims. `ticks`: so it does, with
    the metronome beside the sender.
    """

    database_url: str
    api_url: str
    start: datetime
    speed: float = 1.0
    posts_per_minute: float = 0.0
    patience: float = 10.0
    settle: float = 60.0
    lease: float = LEASE
    ticks: bool = False
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class Spent:
    """What it took until there was nothing left to do: seconds, and seconds of the process's CPU."""

    seconds: float
    cpu: float


def begin(life: Life) -> tuple[BaseProcess, Connection]:
    """A sender that has begun; it ends with its pipe, which says what was `Spent` once all is sent.

    It is forked from a process that has all modules already, where the system can do that: a life then begins
    in hundredths of a second.
    """
    if sys.platform == "win32":
        context = multiprocessing.get_context("spawn")
    else:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["__main__", __name__])
    ours, theirs = context.Pipe()
    process = context.Process(target=send, args=(life, theirs), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def send(life: Life, pipe: Connection) -> None:
    """What the child does."""
    logs.set_up("error")
    if sys.platform == "win32":
        asyncio.run(_send(life, pipe))
    else:
        import uvloop

        uvloop.run(_send(life, pipe))


async def _send(life: Life, pipe: Connection) -> None:
    real, clock = SystemClock(), VirtualClock(life.start, speed=life.speed)
    limited = life.posts_per_minute > 0
    limits = slack_limits(life.posts_per_minute) if limited else {}
    buckets = Buckets(clock, limits, PER_CHANNEL if limited else None)
    with (
        closing(open_store(life.database_url, clock.now)) as store,
        ThreadPoolExecutor(store.threads) as executor,
    ):
        async with web_client("xoxb-local", life.api_url, seconds=life.patience) as web:
            port = SlackPost(SlackClient(web, buckets, clock))
            known, metrics = catalog()[0], Metrics()
            letters = letter_writer(known, clock, "en")
            sender = Sender(
                store, port, letters, clock, executor, buckets, metrics, settle=life.settle, lease=life.lease
            )
            store.afterwards(sender.wake)
            running = asyncio.create_task(sender.run())
            await asyncio.sleep(0)
            async with among_replicas(store, buckets):
                pipe.send(store.owner if life.ticks or life.lasts else await _spent(sender, real))
                rounds = Rounds(store, executor, clock, metrics, known)
                beating = asyncio.create_task(_beat(rounds, real)) if life.ticks else None
                await asyncio.to_thread(_until_closed, pipe)
                if beating is not None:
                    beating.cancel()
            await sender.stop()
            await running


async def _spent(sender: Sender, real: SystemClock) -> Spent:
    """What it takes from now until nothing is left to do."""
    began, before = real.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    await sender.idle()
    spent = resource.getrusage(resource.RUSAGE_SELF)
    cpu = spent.ru_utime + spent.ru_stime - before.ru_utime - before.ru_stime
    return Spent(real.monotonic() - began, cpu)


async def _beat(rounds: Rounds, real: SystemClock) -> None:
    while True:
        await rounds.tick()
        await real.sleep(BEAT)


def _until_closed(pipe: Connection) -> None:
    try:
        pipe.recv()
    except (EOFError, OSError):
        return
