"""What replicas on one PostgreSQL hear of each other, and a replica that sleeps with messages in hand: none lost, none twice.

First one process writes a message now and then, and another delivers it: by looking every second, and by being rung
for. Then two replicas drain an outbox, and one is suspended for a while with messages in its hand.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, nullcontext
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from sqlalchemy import event, func, select

from bot.bench.company import WEDNESDAY, ask_everyone, members
from bot.bench.databases import NoServer, postgresql
from bot.bench.report import Goal, show
from bot.bench.send import FAULTS, Place, columns, twice
from bot.bench.sending import begin
from bot.buckets import Buckets
from bot.clock import SystemClock, VirtualClock
from bot.messenger import Found, Outcome, Payload, Sent, Unreadable
from bot.metrics import Metrics
from bot.replicas import among_replicas
from bot.sender import Sender
from bot.workspace.link import BotLink
from bot.workspace.mischief import Mischief
from bot.workspace.serve import serving
from bot.workspace.workspace import Workspace
from bot.workspace.world import World
from flows.core.records import Message, Written
from storage.engine import Store, open_store
from storage.tables.messages import MESSAGE
from storage.work import Work

Json = dict[str, Any]

EVERY_SECOND = 1.0  # how often replicas looked before they rang for each other
PER_MINUTE = 120.0  # posts, so that the outbox lasts for longer than the sleep
LEASE = 120.0  # seconds: the bot's own
PATIENCE = 900.0  # seconds of the clock until all must have arrived


async def run(
    *, notes: int = 60, idle: float = 20.0, asleep: tuple[float, ...] = (90.0, 180.0), speed: float = 1.0
) -> Json:
    """Measure and show. `asleep` are seconds of the clock, which runs at `speed`; `idle` real ones."""
    with postgresql() as url:
        if url is None:
            raise NoServer
        looked = await heard(url, notes, idle, listens=False)
        rung = await heard(url, notes, idle, listens=True)
    rows: list[Json] = [{"what": "a look every second", **looked}, {"what": "LISTEN/NOTIFY", **rung}]
    goals = [
        Goal("rung for against looking: median", rung["median ms"] / looked["median ms"], 0.1),
        Goal("the same: statements while nothing happens", rung["statements"] / looked["statements"], 0.1),
    ]
    for seconds in asleep:
        with postgresql() as url:
            found = await slept(url or "", seconds, speed)
        rows.append({"what": f"asleep for {seconds:.0f} s", **found})
        goals += [Goal(f"asleep for {seconds:.0f} s: {word}", found[word], 0) for word in ("lost", "twice")]
    return show("replicas", columns(rows), goals)


@dataclass(slots=True)
class Arrivals:
    """A messenger that takes everything at once and notes when it came."""

    clock: SystemClock
    at: dict[str, float] = field(default_factory=dict)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    posting, editing, deleting, reading = "post", "edit", "delete", "read"

    async def post(self, address: str, payload: Payload, mark: str) -> Outcome:
        self.at[mark] = self.clock.monotonic()
        self.came.set()
        return Sent(address, payload["text"])

    async def edit(self, channel: str, ts: str, _payload: Payload) -> Outcome:
        return Sent(channel, ts)

    async def delete(self, channel: str, ts: str) -> Outcome:
        return Sent(channel, ts)

    async def find(self, _address: str, _mark: str, _since: object) -> list[Found] | Unreadable:
        return []


def plain(_records: Work, written: Written) -> Payload:
    """The letter that says its key."""
    return {"text": written.message.key}


async def heard(url: str, notes: int, idle: float, *, listens: bool) -> Json:
    """How long a message of another process waits, and what looking costs where nothing happens."""
    clock, chance = SystemClock(), random.Random(3)  # noqa: S311 (the same every time)
    port, waits = Arrivals(clock), []
    with closing(open_store(url, clock.now)) as writing, closing(open_store(url, clock.now)) as delivering:
        async with sending(delivering, port, listens=listens):
            for number in range(notes):
                await clock.sleep(chance.uniform(0, EVERY_SECOND))
                port.came.clear()
                mark = await asyncio.to_thread(write, writing, f"{listens}/{number}", clock)
                committed = clock.monotonic()
                while mark not in port.at:
                    await port.came.wait()
                waits.append(max(0.0, port.at[mark] - committed))
            counted = [0]
            event.listen(delivering.engine, "before_cursor_execute", lambda *_: counted.append(1))
            await clock.sleep(idle)
    return {
        "median ms": median(waits) * 1000,
        "p95 ms": quantiles(waits, n=20)[-1] * 1000,
        "statements": sum(counted) * 60 / idle,
    }


@asynccontextmanager
async def sending(store: Store, port: Arrivals, *, listens: bool) -> AsyncIterator[None]:
    """A replica's sender, that listens or looks every second."""
    buckets = Buckets(port.clock, {})
    with ThreadPoolExecutor(store.threads) as executor:
        how: Json = {} if listens else {"poll": EVERY_SECOND}
        sender = Sender(store, port, plain, port.clock, executor, buckets, Metrics(), **how)
        store.afterwards(sender.wake)
        running = asyncio.create_task(sender.run())
        async with among_replicas(store, buckets) if listens else nullcontext():
            yield
        await sender.stop()
        await running


def write(store: Store, key: str, clock: SystemClock) -> str:
    with store.work() as records:
        return str(records.messages.write(Message(key, "note", {}, clock.now(), channel=f"C{key}")))


async def slept(url: str, seconds: float, speed: float) -> Json:
    """Two replicas at work, of which one is suspended for so long with messages in hand."""
    real = SystemClock()
    messages = round(PER_MINUTE / 60 * (seconds + 60))
    async with place(url, messages, speed) as here:
        life = {"posts_per_minute": PER_MINUTE, "lasts": True, "lease": LEASE}
        lives = [begin(here.life(**life)) for _ in range(2)]
        owners = [await asyncio.to_thread(pipe.recv) for _, pipe in lives]
        pid = lives[0][0].pid or 0
        while not (in_hand := caught(pid, here, owners[0])):
            await real.sleep(0.002)
        before = here.accepted
        await real.sleep(seconds / speed)
        meanwhile = here.accepted - before
        os.kill(pid, signal.SIGCONT)
        until = here.clock.monotonic() + PATIENCE
        while set(here.states()) - {"parked"} and here.clock.monotonic() < until:
            await real.sleep(0.2)
        copies, parked = here.copies(), here.states().get("parked", 0)
        for process, pipe in lives:
            pipe.close()
            await asyncio.to_thread(process.join, 15)
            process.kill()
        return {
            "messages": messages,
            "in hand": in_hand,
            "by the other": meanwhile,
            "lost": messages - len(copies) - parked,
            "twice": twice(copies),
            "taken back": here.accepted - sum(copies.values()),
            "parked": parked,
        }


def caught(pid: int, here: Place, owner: str) -> int:
    """Suspend it when it has messages in hand, and say how many; it goes on where they have left just then."""
    if not hand_of(here, owner):
        return 0
    os.kill(pid, signal.SIGSTOP)
    in_hand = hand_of(here, owner)
    if not in_hand:
        os.kill(pid, signal.SIGCONT)
    return in_hand


def hand_of(here: Place, owner: str) -> int:
    """How many messages this replica has marked as sending."""
    asked = select(func.count()).where(MESSAGE.c.state == "sending", MESSAGE.c.owner == owner)
    with (
        closing(open_store(here.database_url, here.clock.now, read_only=True)) as store,
        store.engine.connect() as connection,
    ):
        return connection.execute(asked).scalar_one()


@asynccontextmanager
async def place(url: str, messages: int, speed: float) -> AsyncIterator[Place]:
    """A workspace that misbehaves, served in this process, and a message for each person."""
    clock = VirtualClock(WEDNESDAY, speed=0)
    world = World(members(messages), clock=clock)
    world.misbehave = Mischief(7, FAULTS)
    workspace = Workspace(world, clock, BotLink())
    with closing(open_store(url, clock.now)) as store, store.work() as records:
        ask_everyone(records, world, messages)
    async with serving(workspace) as where:
        here = Place(workspace, clock, f"{where}/api/", url)
        here.watch()
        clock.run_at(speed)
        yield here
