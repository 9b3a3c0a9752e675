"""What an answer to Slack costs: bare Bolt, Bolt with one transaction, and perfloop, on one database.

Every server runs in a process of its own on one core; the load, Slack's stand-in and PostgreSQL have the others.
The same signed payloads go to all of them. CPU is the server process's own, with all that the request set going
in the background (perfloop then refreshes the home tab), but without the delivery of messages.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from bot.bench.company import MONDAY, WEDNESDAY, members, settle_in
from bot.bench.databases import postgresql, sqlite
from bot.bench.growth import at_rest, dispatch
from bot.bench.load import Drive, Line, Stub, drive, http, slack_stub
from bot.bench.payloads import button, command, people, submission
from bot.bench.report import Goal, show
from bot.bench.servers import KINDS, Place, cores, pin, running
from bot.clock import VirtualClock
from bot.workspace.world import World
from flows.core.screen import Act
from storage.engine import open_store

Json = dict[str, Any]

WARM_UP = 60


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


async def run(*, rounds: int = 3, requests: int = 400, connections: int = 32, flows: int = 200) -> Json:
    """Measure and show. `requests` is how many of each kind go to each server in a round."""
    free = cores()
    rows: list[Json] = []
    goals: list[Goal] = []
    with ExitStack() as stack:
        urls = {"SQLite": stack.enter_context(sqlite()), "PostgreSQL": None}
        if len(free) > 1:
            pin(set(free[1:]))
            stack.callback(pin, set(free))
        urls["PostgreSQL"] = stack.enter_context(postgresql())
        for database, url in urls.items():
            if url is not None:
                core = free[0] if len(free) > 1 else None
                figures = await measured(url, core, rounds, requests, connections)
                rows += table(database, figures)
                goals += judged(database, figures)
    more, beyond = await dispatch(flows), at_rest()
    goals += [*more, *beyond]
    return show("ack", rows, goals, cores=len(free), rounds=rounds, requests=requests, connections=connections)


async def measured(url: str, core: int | None, rounds: int, requests: int, connections: int) -> Figures:
    """Every kind of request to every server, in turn, so that a busy moment of the machine meets them all."""
    clock = VirtualClock(WEDNESDAY)
    count = WARM_UP + rounds * requests
    world = World(members(count), clock=clock)
    with open_store(url, clock.now) as store, store.work() as records:
        settle_in(records, world, count)
    figures: Figures = {}
    async with AsyncExitStack() as stack:
        stub = await stack.enter_async_context(slack_stub())
        servers = {kind: stack.enter_context(running(kind, Place(url, stub.url, core))) for kind in KINDS}
        await one_round(world, stub, servers, people(range(WARM_UP)), connections, {})
        for number in range(rounds):
            first = WARM_UP + number * requests
            await one_round(world, stub, servers, people(range(first, first + requests)), connections, figures)
    return figures


async def one_round(
    world: World, stub: Stub, servers: dict[Any, str], who: Sequence[str], connections: int, figures: Figures
) -> None:
    """These people each type a command that is answered in a line, open their check-in, put it off, and send it."""

    async def send(name: str, bodies: Sequence[bytes]) -> None:
        for kind, url in servers.items():
            calls, before = stub.calls, await used(url)
            load = await drive(url, bodies, connections)
            cpu = await used(url) - before
            figures.setdefault((name, kind), Measured()).add(load, cpu, stub.calls - calls)

    await send("command, a line", [command(world, one, "/checkin", "tema")[1] for one in who])
    opening = [command(world, one, "/checkin") for one in who]
    stub.views.clear()
    await send("command, opens", [body for _, body in opening])
    views = [stub.views[trigger] for trigger, _ in opening]
    snooze = {one: Act("do", ("snooze", str(task_of(one)), "tomorrow")) for one in who}
    blocks = views[0]["blocks"][:2]
    await send("button", [button(world, one, snooze[one], blocks) for one in who])
    await send("submit", [submission(world, one, view) for one, view in zip(who, views, strict=True)])
