"""The bot's parts around one small company, for the drills: every turn of it can be taken by hand."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import TypeVar

from sqlalchemy import Engine

from bot.bench.faults_chats import Chats, Windows
from bot.bench.staff import NOON, hire
from bot.buckets import Buckets, Limit
from bot.build import catalog
from bot.clock import VirtualClock
from bot.exchange import Command, Heard, Inbound, Press, Reply, Submit
from bot.file_kinds import MAKERS
from bot.file_orders import FileOrders, InDatabase, sent_by
from bot.front import Front
from bot.messages import letter_writer
from bot.metrics import Metrics
from bot.rounds import Rounds
from bot.sender import Sender
from bot.slack.edge import Edge
from bot.slack.read import Read
from bot.ticker import Beat, strike
from bot.troubles import Troubles, watch_database
from flows.checkins.setup import usual
from flows.core.catalog import Catalog
from flows.core.desk import Desk
from storage.engine import Store
from storage.work import Work

MONDAY = date(2026, 11, 16)
ZONE = ("Europe/Berlin",)
T = TypeVar("T")
KINDS: dict[type, str] = {Press: "action", Submit: "submission", Command: "command", Heard: "event"}
SOON = 0.3  # real seconds
TRIES = 3  # how often somebody does the same again
# Seconds between two turns: together longer than every claim lasts, so that whatever was left behind is taken up.
PAUSES = (1, 5, 31, 61, 31, 31, 125, 200)


@dataclass
class Noted:
    """The front door, with what it last answered."""

    front: Front
    reply: Reply | None = None

    def receive(self, records: Work, account: str, key: str, what: Inbound, now: datetime) -> Reply:
        self.reply = None
        self.reply = self.front.receive(records, account, key, what, now)
        return self.reply


class Counted(Metrics):
    """The figures, with the number of errors at hand."""

    errors = 0

    def failed(self, kind: str) -> None:
        super().failed(kind)
        self.errors += 1


@dataclass
class House:
    """The parts, running. `untold` counts failures of which a person heard nothing, `patience` is how often they try."""

    clock: VirtualClock
    store: Store
    executor: Executor
    chats: Chats
    windows: Windows
    edge: Edge
    noted: Noted
    rounds: Rounds
    orders: FileOrders
    sender: Sender
    troubles: Troubles
    metrics: Counted
    verdict: asyncio.Future[str]
    keys: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))
    untold: int = 0
    tries: int = 0
    patience: int = TRIES

    async def do(self, person: int, what: Inbound, key: str = "") -> Reply | None:
        """A person does something, and again when they are told that it went wrong. What Slack itself repeats, or what is
        sent again from an open form, has the same key."""
        key = key or f"k/{next(self.keys)}"
        for again in range(self.patience):
            same = isinstance(what, Heard | Submit)
            read = Read(f"U{person:08}", key if same else f"{key}/{again}", what, "t", "https://answer", "V1")
            status, told = await self._taken(read)
            await self.edge.idle()
            if status == 200 and not told:
                return self.noted.reply
            self.tries += 1
        return None

    async def _taken(self, read: Read) -> tuple[int, bool]:
        """How it was answered, and whether the person was told of a failure."""
        asked, errors = len(self.windows.asked), self.metrics.errors
        answer = await self.edge.take(KINDS[type(read.what)], lambda _body: read, {})
        await self.edge.idle()
        if isinstance(
            read.what, Heard
        ):  # several may write at once, and what is not taken is delivered again
            return answer.status, answer.status != 200
        failed = self.metrics.errors > errors
        said = f"{answer.body}{self.windows.asked[asked:]}"
        if failed and answer.status == 200 and "number" not in said:
            self.untold += 1
        return answer.status, failed

    async def turn(self) -> None:
        """All that the metronome and the sender do at this moment."""
        await strike(Beat("tick", 5, self.rounds.tick))
        await self.deliver()

    async def deliver(self) -> None:
        """Make the files and send the messages that wait."""
        making = asyncio.create_task(strike(Beat("files", 5, self.orders.idle)))
        while not (await asyncio.wait({making}, timeout=SOON))[0]:
            self.clock.advance(1)  # it waits for the clock, or is made in a process of its own
        await self.sender.idle()

    async def settle(self) -> None:
        """Let time pass until nothing is left to do, at most for as long as the longest claim lasts."""
        await self.turn()
        for seconds in PAUSES:
            self.clock.advance(seconds)
            await self.turn()
            if not await self.look(self.left):
                return

    def left(self, records: Work) -> int:
        """How much is due and not done: messages, files, work over many people."""
        now = self.clock.now()
        states, oldest = records.outbox.figures(now)
        under_way = sum(number for state, number in states.items() if state != "waiting")
        return under_way + (oldest > 0) + records.file_orders.waiting() + records.sweeps.waiting(now)[0]

    async def live(self, until: datetime, step: timedelta) -> None:
        """Let time pass in steps."""
        while self.clock.now() < until:
            self.clock.advance(step.total_seconds())
            await self.turn()

    async def look(self, work: Callable[[Work], T]) -> T:
        """Do something in the database that no person does."""
        return await InDatabase(self.store, self.executor)(work)


@asynccontextmanager
async def house(
    engine: Engine,
    clock: VirtualClock,
    chats: Chats | None = None,
    *,
    limit: Limit | None = None,
    store: Store | None = None,
) -> AsyncIterator[House]:
    """The parts around a database that is there already."""
    store = store or Store(engine, clock.now)
    chats = chats or Chats(clock)
    with ThreadPoolExecutor(store.threads) as executor:
        here = made(store, executor, clock, chats, Buckets(clock, {chats.posting: limit} if limit else {}))
        running = asyncio.create_task(here.sender.run())
        await asyncio.sleep(0)
        try:
            yield here
        finally:
            await here.orders.stop()
            await here.sender.stop(0.0)
            await running


@cache
def known() -> tuple[Catalog, Desk]:
    """Everything perfloop can do, found once."""
    return catalog()


def made(store: Store, executor: Executor, clock: VirtualClock, chats: Chats, buckets: Buckets) -> House:
    """Put together as `bot.build` does it."""
    whole, desk = known()
    metrics, windows, noted = Counted(), Windows(), Noted(Front(whole, desk))
    troubles = Troubles(clock, metrics)
    verdict = watch_database(store, troubles)
    edge = Edge(noted, store, executor, windows, windows, clock, metrics)  # type: ignore[arg-type]
    letters = letter_writer(whole, clock, "en")
    chance = random.Random(5)  # noqa: S311 (the same every time)
    sender = Sender(
        store, chats, letters, clock, executor, buckets, metrics, settle=60, chance=chance, troubles=troubles
    )
    store.afterwards(sender.wake)
    in_database = InDatabase(store, executor)
    orders = FileOrders(
        in_database,
        clock,
        {kind: sent_by(maker, chats, in_database, clock) for kind, maker in MAKERS.items()},
    )
    rounds = Rounds(store, executor, clock, metrics, whole)
    return House(
        clock,
        store,
        executor,
        chats,
        windows,
        edge,
        noted,
        rounds,
        orders,
        sender,
        troubles,
        metrics,
        verdict,
    )


def found(engine: Engine, people: int) -> None:
    """A company of so many people in one zone; the first two are HR, the first leads the next nine."""
    hire(engine, people, ZONE)


def with_programme(records: Work, now: datetime = NOON) -> None:
    """The usual check-ins run since Monday."""
    records.programmes.save(usual(MONDAY, None, now))
