"""A kick-off to 5,000 people while the bot is killed 200 times and the workspace misbehaves: none lost, none twice.

Launched by HR's own step; a child process runs metronome and sender, so that the kills meet the work in slices as
well as the sending. On PostgreSQL two replicas run side by side, and either may be killed.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess
from typing import Any

from sqlalchemy import Connection, func, select

from bot.bench.databases import NoServer, postgresql, sqlite
from bot.bench.report import Goal, show
from bot.bench.send import ALIVE, FAST, FAULTS, Place, twice, within
from bot.bench.sending import begin
from bot.bench.staff import NOON, draft, hire, members, quarter
from bot.bench.steps import launch
from bot.clock import SystemClock, VirtualClock
from bot.workspace.link import BotLink
from bot.workspace.mischief import Mischief
from bot.workspace.serve import serving
from bot.workspace.workspace import Workspace
from bot.workspace.world import World
from storage.engine import open_store
from storage.tables.cycles import SWEEP
from storage.tables.messages import MESSAGE

Json = dict[str, Any]

ZONE = "Europe/Berlin"  # 13:00, so that the kick-off leaves at once
SETTLE = 20.0  # seconds of the clock, one real one
LIFE: Json = {"patience": 0.5, "settle": SETTLE, "ticks": True}
FIRST_SIGN = 3.0  # seconds until a life must have begun, or its first message come
PATIENCE = 600.0  # seconds for the last lives
SAID_EVERY = 20  # kills


async def run(
    *, people: int = 5_000, kills: int = 200, with_postgresql: bool = False, aloud: bool = True
) -> Json:
    """Measure and show."""
    rows: list[Json] = []
    goals: list[Goal] = []
    with ExitStack() as stack:
        if with_postgresql:
            url, replicas = stack.enter_context(postgresql()), 2
        else:
            url, replicas = stack.enter_context(sqlite()), 1
        if url is None:
            raise NoServer
        found = await hunted(url, people, kills, replicas, aloud)
    database = "PostgreSQL" if with_postgresql else "SQLite"
    rows.append({"database": database, "replicas": replicas, "people": people, "kills": kills, **found})
    goals += [
        Goal(f"{database}: lost", found["lost"], 0),
        Goal(f"{database}: twice in a chat", found["twice"], 0),
        Goal(f"{database}: parked", found["parked"], 5),
        Goal(f"{database}: people with two messages a day that they did not ask for", found["two a day"], 0),
    ]
    return show("kickoff", rows, goals)


@dataclass(slots=True)
class Hunt:
    """The lives that are there now; each is a process with its pipe."""

    here: Place
    chance: random.Random
    lives: list[tuple[BaseProcess, Pipe]] = field(default_factory=list)
    while_sweeping: int = 0
    on_their_way: int = 0
    swept: bool = False

    async def begin(self) -> None:
        """Another life, once it says that it has begun."""
        life = begin(self.here.life(**LIFE))
        self.lives.append(life)
        await asyncio.to_thread(life[1].poll, FIRST_SIGN)

    async def kill(self) -> None:
        """End any of them as a machine would."""
        process, pipe = self.lives.pop(self.chance.randrange(len(self.lives)))
        process.kill()
        await asyncio.to_thread(process.join)
        pipe.close()
        self.on_their_way += self.here.states().get("sending", 0)

    async def moment(self, people: int, kills_left: int) -> None:
        """Wait for the next kill: any moment while work is done in slices, later so that the kills last."""
        here = self.here
        self.swept = self.swept or not sweeping(here)
        if not self.swept:
            self.while_sweeping += 1
            longest = ALIVE * (1 + self.while_sweeping / 5)  # or a slow machine would never finish a slice
            await SystemClock().sleep(self.chance.uniform(0, longest))
            return
        left = max(0, people - here.accepted)
        wanted = here.accepted + self.chance.uniform(0, 2 * left / kills_left)
        here.came.clear()
        if left and here.accepted < wanted:
            await within(here.came.wait(), FIRST_SIGN)
        until = SystemClock().monotonic() + self.chance.uniform(0, ALIVE)
        while SystemClock().monotonic() < until and here.accepted < wanted:
            here.came.clear()
            await within(here.came.wait(), ALIVE)


async def hunted(url: str, people: int, kills: int, replicas: int, aloud: bool) -> Json:
    """Kill, again and again, then let the last ones finish; what stands in the chats afterwards."""
    real = SystemClock()
    began = real.monotonic()
    async with company(url, people) as here:
        hunt = Hunt(here, random.Random(2))  # noqa: S311 (the same every time)
        for number in range(kills):
            while len(hunt.lives) < replicas:
                await hunt.begin()
            await hunt.moment(people, kills - number)
            await hunt.kill()
            if aloud and number % SAID_EVERY == SAID_EVERY - 1:
                report(number + 1, here, real.monotonic() - began)
        left = sum(here.states().values())
        while len(hunt.lives) < replicas:
            await hunt.begin()
        until = real.monotonic() + PATIENCE
        while (sweeping(here) or set(here.states()) - {"parked"}) and real.monotonic() < until:
            await real.sleep(0.5)
        while hunt.lives:
            await hunt.kill()
        copies = here.copies()
        states = kickoff_states(here)
        arrived = sum(1 for mark in states if copies[mark])
        parked = sum(1 for mark, state in states.items() if state == "parked" and not copies[mark])
        return {
            "s": real.monotonic() - began,
            "kills in slices": hunt.while_sweeping,
            "in flight at a kill": hunt.on_their_way,
            "left at the last": left,
            "written": len(states),
            "arrived": arrived,
            "lost": people - arrived - parked,
            "twice": twice(copies),
            "taken back": here.accepted - sum(copies.values()),
            "parked": here.states().get("parked", 0),
            "two a day": crowded(here),
        }


@asynccontextmanager
async def company(url: str, people: int) -> AsyncIterator[Place]:
    """A workspace that is served in this process, and the cycle, launched a moment ago."""
    clock = VirtualClock(NOON, speed=0)
    world = World(members(people, ZONE), clock=clock)
    world.misbehave = Mischief(7, FAULTS)
    workspace = Workspace(world, clock, BotLink())
    accounts = {user.member.email: user.id for user in world.users.values()}
    with closing(open_store(url, clock.now)) as store:
        hire(store.engine, people, (ZONE,), accounts)
        with store.work() as records:
            draft(records, quarter(), NOON.date())
        launch(store, 1, clock.now())
    async with serving(workspace) as where:
        here = Place(workspace, clock, f"{where}/api/", url)
        here.watch()
        clock.run_at(FAST)
        yield here


def sweeping(here: Place) -> bool:
    """Whether work in slices is left to do."""
    due = select(func.count()).select_from(SWEEP).where(~SWEEP.c.done, SWEEP.c.due_at <= here.clock.now())
    with looking(here) as connection:
        return connection.execute(due).scalar_one() > 0


def kickoff_states(here: Place) -> dict[str, str]:
    """The state of every message of the kick-off to a person, by its mark."""
    wanted = select(MESSAGE.c.id, MESSAGE.c.state).where(
        MESSAGE.c.key.like("broadcast/%"), MESSAGE.c.urgency == 2, MESSAGE.c.person.is_not(None)
    )
    with looking(here) as connection:
        return dict(connection.execute(wanted).all())


def crowded(here: Place) -> int:
    """How many people got, or will get, two messages on one day that they did not ask for."""
    days = select(MESSAGE.c.person).where(MESSAGE.c.day.is_not(None), MESSAGE.c.state != "dropped")
    days = days.group_by(MESSAGE.c.person, MESSAGE.c.day).having(func.count() > 1)
    with looking(here) as connection:
        return connection.execute(select(func.count()).select_from(days.subquery())).scalar_one()


@contextmanager
def looking(here: Place) -> Iterator[Connection]:
    """The database, beside the lives."""
    with (
        closing(open_store(here.database_url, here.clock.now, read_only=True)) as store,
        store.engine.connect() as connection,
    ):
        yield connection


def report(kills: int, here: Place, seconds: float) -> None:
    states = Counter(here.states())
    sys.stderr.write(
        f"{kills} kills, {seconds:.0f} s: {here.accepted} accepted, {states['waiting']} waiting, "
        f"{states['unsure']} unclear\n"
    )
