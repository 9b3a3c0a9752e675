"""How fast and how surely messages leave: a drain, the pace that Slack allows, and a process killed 50 times.

The messages are a week's check-in prompts, put into words as they leave. The sender is a child process; the
local workspace runs in this one and says what it accepted.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from typing import Any

from bot.bench.company import WEDNESDAY, ask_everyone, members
from bot.bench.databases import sqlite
from bot.bench.report import Goal, show
from bot.bench.sending import Life, Spent, begin
from bot.clock import SystemClock, VirtualClock
from bot.workspace.link import BotLink
from bot.workspace.mischief import Mischief
from bot.workspace.rates import Rates
from bot.workspace.serve import serving
from bot.workspace.workspace import Workspace
from bot.workspace.world import World
from storage.engine import open_store

Json = dict[str, Any]

ALLOWED = 240.0  # posts a minute: the bot's own setting, beneath the 300 that the workspace lets through
# Of a hundred posts so many go wrong in each way; a fifth is slow, and a tenth is missing from history at first.
FAULTS = {
    "rate_limited": 0.01, "http_500": 0.01, "reset_before": 0.01, "reset_after": 0.01, "fatal_error": 0.01,
    "hang_after": 0.005, "http_500_after": 0.01, "slow": 0.2, "history_lag": 0.1,
}  # fmt: skip
ALIVE = 0.16  # seconds that a life lasts at most after its first message
FAST = 20.0  # the clock's seconds a second, where waits are long
PACE = 4.0  # the same where the pace is measured: what a turn of the sender takes counts this much more


@dataclass(slots=True)
class Place:
    """A workspace and a database with a message for each person. `accepted` counts every message ever taken."""

    workspace: Workspace
    clock: VirtualClock
    api_url: str
    database_url: str
    accepted: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def world(self) -> World:
        return self.workspace.world

    def life(self, **more: Any) -> Life:
        return Life(self.database_url, self.api_url, self.clock.now(), self.clock.speed, **more)

    def watch(self) -> None:
        """Count from now on; it costs, so a drain does without."""
        self.world.watchers.append(self.take)

    def take(self, change: Json) -> None:
        if change["type"] == "message":
            self.accepted += 1
            self.came.set()

    def copies(self) -> Counter[str]:
        """How often each message stands in a chat, by its mark."""
        said = (m for chat in self.world.conversations.values() for m in chat.messages.values())
        return Counter(str(m.metadata["event_payload"]["k"]) for m in said if m.metadata)

    def states(self) -> dict[str, int]:
        """What the outbox has not sent, by state."""
        with (
            closing(open_store(self.database_url, self.clock.now, read_only=True)) as store,
            store.work() as records,
        ):
            return {
                state: count for state, count in records.outbox.counts().items() if state != "stale" and count
            }


async def run(*, messages: int = 20_000, paced: int = 400, kills: int = 50, chased: int = 4_000) -> Json:
    """Measure and show. `paced` messages leave under Slack's limits, `chased` ones while the sender is killed."""
    rows: list[Json] = []
    drained = await drain(messages)
    rows.append({"what": "drain, no limit", "messages": messages, **drained})
    pace = await under_limits(paced)
    rows.append({"what": "under Slack's limits", "messages": paced, **pace})
    hunted = await chase(chased, kills, random.Random(1))  # noqa: S311 (the same every time)
    rows.append({"what": f"{kills} kills", "messages": chased, **hunted})
    goals = [
        Goal(
            "drain: messages a second, each durably marked before and after",
            drained["per s"],
            500.0,
            least=True,
        ),
        Goal("under Slack's limits: share of the allowed rate", pace["share"], 0.98, least=True),
        Goal("killed: lost", hunted["lost"], 0),
        Goal("killed: twice in a chat", hunted["twice"], 0),
    ]
    return show("send", columns(rows), goals)


def columns(rows: list[Json]) -> list[Json]:
    """The rows with the same columns each."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in names} for row in rows]


async def drain(messages: int) -> Json:
    """Everything that is due, as fast as it goes. Each is marked as sending, posted, and marked as sent, durably."""
    async with place(messages) as here:
        spent = await until_sent(here.life())
        copies = here.copies()
        return {
            "s": spent.seconds,
            "per s": messages / spent.seconds,
            "CPU µs": spent.cpu * 1e6 / messages,
            "lost": messages - len(copies),
            "twice": twice(copies),
        }


async def under_limits(messages: int) -> Json:
    """At the rate that the bot allows itself, on a clock that runs fast; the workspace refuses more than 300 a minute."""
    async with place(messages, speed=PACE) as here:
        refusing = CountedRates(here.clock)
        here.workspace.door.rates = refusing
        await until_sent(here.life(posts_per_minute=ALLOWED), over=lambda: not here.states())
        at = sorted(float(m.ts) for chat in here.world.conversations.values() for m in chat.messages.values())
        burst = round(ALLOWED / 60)  # may leave at once; the rest is paced
        per_minute = (len(at) - burst) / (at[-1] - at[0]) * 60
        copies = here.copies()
        return {
            "per s": per_minute / 60,
            "share": per_minute / ALLOWED,
            "429s": refusing.refused,
            "lost": messages - len(copies),
            "twice": twice(copies),
        }


async def chase(messages: int, kills: int, chance: random.Random) -> Json:
    """Kill the sender again and again while the workspace misbehaves, then let it finish."""
    real = SystemClock()
    async with place(messages, speed=FAST) as here:
        here.world.misbehave = Mischief(7, FAULTS)
        here.watch()
        began, in_flight = real.monotonic(), 0
        life = {"patience": 0.5, "settle": 10.0}
        for _ in range(kills):
            here.came.clear()
            process, pipe = begin(here.life(**life))
            await within(here.came.wait(), 3.0)
            await real.sleep(chance.uniform(0, ALIVE))
            process.kill()
            await asyncio.to_thread(process.join)
            pipe.close()
            in_flight += here.states().get("sending", 0)
        left = sum(here.states().values())
        await until_sent(here.life(**life), over=lambda: not set(here.states()) - {"parked"})
        copies, states = here.copies(), here.states()
        return {
            "s": real.monotonic() - began,
            "in flight at a kill": in_flight,
            "left at the last": left,
            "lost": messages - len(copies) - states.get("parked", 0),
            "twice": twice(copies),
            "taken back": here.accepted - sum(copies.values()),
            "parked": states.get("parked", 0),
        }


class CountedRates(Rates):
    """Slack's limits, counting the calls that they refuse."""

    refused = 0

    def wait(self, method: str, channel: str | None = None) -> int:
        seconds = super().wait(method, channel)
        self.refused += seconds > 0
        return seconds


def twice(copies: Counter[str]) -> int:
    return sum(count - 1 for count in copies.values())


@asynccontextmanager
async def place(messages: int, speed: float = 1.0) -> AsyncIterator[Place]:
    """A workspace that is served in this process, and a new SQLite file with the messages in it."""
    clock = VirtualClock(WEDNESDAY, speed=0)
    world = World(members(messages), clock=clock)
    workspace = Workspace(world, clock, BotLink())
    with sqlite() as url:
        with closing(open_store(url, clock.now)) as store, store.work() as records:
            ask_everyone(records, world, messages)
        async with serving(workspace) as where:
            here = Place(workspace, clock, f"{where}/api/", url)
            clock.run_at(speed)
            yield here


async def until_sent(life: Life, over: Callable[[], bool] = lambda: True) -> Spent:
    """A whole life of the sender: until it has nothing to do, and `over` says that nothing is left."""
    process, pipe = begin(life)
    try:
        spent: Spent = await asyncio.to_thread(pipe.recv)
        while not over():
            await SystemClock().sleep(0.5)
        return spent
    finally:
        pipe.close()
        await asyncio.to_thread(process.join, 15)
        process.kill()


async def within(waited: Coroutine[Any, Any, Any], seconds: float) -> None:
    """Wait, but not for longer."""
    try:
        await asyncio.wait_for(waited, seconds)
    except TimeoutError:
        return
