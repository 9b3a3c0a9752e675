"""What dispatch costs with one flow and with many: Bolt, the edge and the front, without a network."""

from __future__ import annotations

import resource
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from statistics import median
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.bench.company import WEDNESDAY, email, found, members
from bot.bench.payloads import form_of
from bot.bench.report import Goal
from bot.buckets import Buckets
from bot.clock import VirtualClock
from bot.front import Front
from bot.metrics import Metrics
from bot.slack.app import bolt, dispatch
from bot.slack.client import SlackClient
from bot.slack.directory import Directory
from bot.slack.edge import Edge
from bot.workspace.world import World
from flows.core.catalog import Catalog, Deed
from flows.core.desk import Desk
from flows.core.words import same
from flows.people.policy import Thing
from storage.engine import open_store

NOBODY = "http://127.0.0.1:9/api/"  # nobody answers there; a deed calls nothing
TOKEN = "xoxb-bench"  # noqa: S105


async def growth(flows: int, *, rounds: int = 5, requests: int = 150) -> Goal:
    """The CPU of a command's way to the last of so many, against the same with one; the median of the rounds."""
    clock = VirtualClock(WEDNESDAY)
    world = World(members(1), clock=clock)
    with closing(open_store("sqlite://", clock.now)) as store, ThreadPoolExecutor(store.threads) as executor:
        with store.work() as records:
            found(records, world, 1)
        client = AsyncWebClient(TOKEN, NOBODY)
        calls = SlackClient(client, Buckets(clock, {}), clock)
        directory = Directory(store, executor, calls, (), "UTC", "en", clock)

        def app(count: int) -> Any:
            known = Catalog.of(deed(number) for number in range(count))
            edge = Edge(Front(known, Desk(known)), store, executor, calls, directory, clock, Metrics())
            return bolt(edge, directory, client, TOKEN)

        async def cpu(served: Any, name: str) -> float:
            forms = [form_of(world, email(0), f"/{name}") for _ in range(requests)]
            before = used()
            for form in forms:
                await dispatch(served, form)
            return (used() - before) / requests

        one, many = app(1), app(flows)
        await cpu(one, "bench0")
        ratios = [await cpu(many, f"bench{flows - 1}") / await cpu(one, "bench0") for _ in range(rounds)]
    return Goal(f"dispatch with {flows} flows against one: CPU", median(ratios), 1.2)


def deed(number: int) -> Deed:
    """One of many things that a company could do with perfloop."""
    return Deed(
        f"bench{number}",
        ("absence", "set"),
        lambda _records, actor, _about: Thing("absence", actor),
        lambda _records, _actor, _about, _now: same("Done."),
        command=f"bench{number}",
    )


def used() -> float:
    """The CPU seconds of this process so far."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime
