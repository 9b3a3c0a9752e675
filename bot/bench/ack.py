"""What an answer to Slack costs: bare Bolt, Bolt with one transaction, and perfloop, on one database.

Every server runs in a process of its own on one core; the load, Slack's stand-in and PostgreSQL have the others.
The same signed payloads go to all of them. CPU is the server process's own, with all that the request set going
in the background (perfloop then refreshes the home tab), but without the delivery of messages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack, closing
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from bot.bench.company import WEDNESDAY, members, settle_in
from bot.bench.databases import postgresql, sqlite
from bot.bench.growth import growth
from bot.bench.load import Drive, Line, Stub, drive, http, slack_stub
from bot.bench.payloads import button, command, people, submission
from bot.bench.report import Goal, show
from bot.bench.rest import at_rest
from bot.bench.servers import KINDS, Kind, Place, cores, pin, running
from bot.clock import VirtualClock
from bot.workspace.world import World
from flows.core.screen import Act
from storage.engine import open_store

Json = dict[str, Any]

LINE, OPEN, BUTTON, SUBMIT = "command", "open", "button", "submit"


@dataclass(slots=True)
class Measured:
    """One kind of request to one server, over all rounds. `cpu` is in microseconds a request, for each round."""

    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    calls: float = 0.0
    refused: int = 0

    def add(self, load: Drive, cpu: float, calls: int) -> None:
        count = len(load.times)
        self.rates.append(count / load.seconds)
        self.cpu.append(cpu * 1e6 / count)
        self.times += load.times
        self.calls = calls / count
        self.refused += load.refused


Figures = dict[tuple[str, str], Measured]


@dataclass(frozen=True, slots=True)
class Size:
    """`requests` of each kind go to each server in a round, `connections` of them at a time."""

    rounds: int
    requests: int
    connections: int
    warm_up: int


async def run(
    *,
    rounds: int = 6,
    requests: int = 200,
    connections: int = 32,
    warm_up: int = 60,
    flows: int = 200,
    starts: int = 3,
    with_postgresql: bool = True,
) -> Json:
    """Measure and show."""
    size = Size(rounds, requests, connections, warm_up)
    free = cores()
    rows: list[Json] = []
    goals: list[Goal] = []
    with ExitStack() as stack:
        urls = {"SQLite": stack.enter_context(sqlite()), "PostgreSQL": None}
        if len(free) > 1:
            pin(set(free[1:]))
            stack.callback(pin, set(free))
        urls["PostgreSQL"] = stack.enter_context(postgresql()) if with_postgresql else None
        for database, url in urls.items():
            if url is not None:
                core = free[0] if len(free) > 1 else None
                figures = await measured(url, core, size)
                rows += table(database, figures)
                goals += judged(database, figures)
    goals.append(await growth(flows))
    start, more = at_rest(starts)
    return show("ack", rows, [*goals, *more], start=start, cores=len(free), requests=rounds * requests)


async def measured(url: str, core: int | None, size: Size) -> Figures:
    """Every kind of request to every server, in turn, so that a busy moment of the machine meets them all."""
    clock = VirtualClock(WEDNESDAY)
    count = size.warm_up + size.rounds * size.requests
    world = World(members(count), clock=clock)
    store = open_store(url, clock.now)
    with closing(store), store.work() as records:
        tasks = settle_in(records, world, count)
    figures: Figures = {}
    async with AsyncExitStack() as stack:
        stub = await stack.enter_async_context(slack_stub())
        servers = stack.enter_context(running(KINDS, Place(url, stub.url, core)))
        bench = Bench(world, stub, servers, tasks, size.connections)
        await bench.round(people(range(size.warm_up)), {})
        for number in range(size.rounds):
            first = size.warm_up + number * size.requests
            await bench.round(people(range(first, first + size.requests)), figures)
    return figures


@dataclass(frozen=True, slots=True)
class Bench:
    """What a round needs. `servers` are addresses, `tasks` everyone's open check-in."""

    world: World
    stub: Stub
    servers: Mapping[Kind, str]
    tasks: Mapping[str, int]
    connections: int

    async def round(self, who: Sequence[str], figures: Figures) -> None:
        """These people open their check-in, put it off, and send it.

        First they ask for what only HR may see, and are told no in a line: the least that a command does.
        """
        world, views = self.world, self.stub.views
        await self.send(LINE, [command(world, one, "/checkin", "status")[1] for one in who], figures)
        opening = [command(world, one, "/checkin") for one in who]
        await self.send(OPEN, [body for _, body in opening], figures)
        opened = [views.pop(trigger) for trigger, _ in opening]
        asked = opened[0]["blocks"][:2]
        snoozes = [Act("do", ("snooze", str(self.tasks[one]), "tomorrow")) for one in who]
        await self.send(
            BUTTON, [button(world, *both, asked) for both in zip(who, snoozes, strict=True)], figures
        )
        await self.send(SUBMIT, [submission(world, *both) for both in zip(who, opened, strict=True)], figures)

    async def send(self, name: str, bodies: Sequence[bytes], figures: Figures) -> None:
        """The same requests to every server, one server after the other."""
        for kind, url in self.servers.items():
            calls, before = self.stub.calls, await used(url)
            load = await drive(url, bodies, self.connections)
            cpu = await used(url) - before
            figures.setdefault((name, kind), Measured()).add(load, cpu, self.stub.calls - calls)


async def used(url: str) -> float:
    """The CPU seconds of the server so far, once it has nothing under way."""
    line = await Line.to(url)
    _, body = await line.ask(http("/used", b"", {}))
    line.close()
    return float(json.loads(body)["cpu"])


def table(database: str, figures: Figures) -> list[Json]:
    """One row for each kind of request and server."""
    rows = []
    for (name, kind), found in figures.items():
        cpu = median(found.cpu)
        rows.append(
            {
                "database": database,
                "request": name,
                "server": kind,
                "per s": median(found.rates),
                "p50 ms": median(found.times) * 1000,
                "p99 ms": p99(found.times) * 1000,
                "CPU µs": cpu,
                "× core": ratio(found, figures[name, "core"]),
                "× core+call": ratio(found, figures[name, "core+call"]),
                "calls": found.calls,
                "refused": found.refused,
            }
        )
    return rows


def judged(database: str, figures: Figures) -> list[Goal]:
    """The goals of each request, against Bolt with one committed transaction, and the tail's."""
    goals = []
    for name, most in ((LINE, 1.5), (OPEN, 1.5), (BUTTON, 1.5), (SUBMIT, 2.5)):
        found = figures[name, "perfloop"]
        cost = ratio(found, figures[name, "core"])
        goals.append(Goal(f"{database}, {name}: CPU against core", cost, most))
        goals.append(
            Goal(f"{database}, {name}: p99 against p50", p99(found.times) / median(found.times), 4.0)
        )
    return goals


def ratio(ours: Measured, floor: Measured) -> float:
    """The CPU of one against the other. Each round is a pair, so that what else the machine does meets both."""
    return median(mine / theirs for mine, theirs in zip(ours.cpu, floor.cpu, strict=True))


def p99(times: Sequence[float]) -> float:
    return quantiles(times, n=100)[98] if len(times) > 1 else times[0]
