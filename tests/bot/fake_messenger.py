"""A messenger in memory that loses, accepts and duplicates on request, and a sender set up to talk to it."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Engine

from bot.buckets import Buckets, Limit
from bot.clock import VirtualClock
from bot.fence import TooLate, check
from bot.letters import Letters
from bot.messenger import Found, Outcome, Payload, Sent, SurelyNot, Unclear, Unreadable
from bot.sender import Sender
from flows.core.records import Message, Written
from flows.people.person import Person
from storage.connect import make_engine
from storage.deliveries import Claimed
from storage.engine import Store
from storage.tables.every import METADATA
from storage.work import Work

START = datetime(2026, 8, 3, 9, tzinfo=UTC)
T = TypeVar("T")

OK = "ok"
LOST = Unclear("reset")  # it never arrived, and the sender can't know
Fault = Outcome | str


class Here(Executor):
    """Runs at once, where it was asked to: everything then happens in an order that can be repeated."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class Posted:
    """A message that the messenger has. It is in the chat from `at` on."""

    channel: str
    ts: str
    mark: str
    payload: Mapping[str, Any]
    at: datetime


@dataclass
class FakeMessenger:
    """Answers each post with the next of `faults`, then with success.

    A fault is an outcome (nothing was posted), "accepted" (posted, but the answer was lost) or "late" (the
    same, and it shows only 40 s later).
    """

    clock: VirtualClock
    faults: Iterator[Fault] = field(default_factory=lambda: iter(()))
    edit_faults: Iterator[Outcome] = field(default_factory=lambda: iter(()))
    delete_faults: Iterator[Outcome] = field(default_factory=lambda: iter(()))
    unreadable: Unreadable | None = None
    posted: list[Posted] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    edits: list[tuple[str, str, Payload]] = field(default_factory=list)
    token: str | None = None
    gate: asyncio.Event | None = None
    doorstep: asyncio.Event | None = (
        None  # waited for right before the first byte, as `gate` is right behind it
    )
    delete_gate: asyncio.Event | None = None
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    at_once: int = 0
    most_at_once: int = 0
    posting, editing, deleting, reading = "post", "edit", "delete", "read"

    async def post(self, address: str, payload: Payload, mark: str) -> Outcome:
        self.calls.append(mark)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(0)
            if late := await self._set_out():
                return late
            if self.gate is not None:
                self.reached.set()
                await self.gate.wait()
            outcome = self._take(address, payload, mark)
            await asyncio.sleep(0)
            return outcome
        finally:
            self.at_once -= 1

    async def _set_out(self) -> SurelyNot | None:
        if self.doorstep is not None:
            self.reached.set()
            await self.doorstep.wait()
        try:
            check()
        except TooLate:
            return SurelyNot("TooLate", "claim")
        return None

    def _take(self, address: str, payload: Payload, mark: str) -> Outcome:
        if self.token is not None:
            return SurelyNot(self.token, "token")
        fault = next(self.faults, OK)
        if not isinstance(fault, str):
            return fault
        at = self.clock.now() + timedelta(seconds=40 if fault == "late" else 0)
        ts = f"{at.timestamp():.0f}.{len(self.posted):06}"
        self.posted.append(Posted(address, ts, mark, dict(payload), at))
        return Sent(address, ts) if fault == OK else LOST

    async def edit(self, channel: str, ts: str, payload: Payload) -> Outcome:
        await asyncio.sleep(0)
        if late := await self._set_out():
            return late
        self.edits.append((channel, ts, dict(payload)))
        return next(self.edit_faults, Sent(channel, ts))

    async def delete(self, channel: str, ts: str) -> Outcome:
        await asyncio.sleep(0)
        if self.delete_gate is not None:
            await self.delete_gate.wait()
        outcome = next(self.delete_faults, None)
        if outcome is not None:
            return outcome
        self.posted[:] = [one for one in self.posted if (one.channel, one.ts) != (channel, ts)]
        return Sent(channel, ts)

    async def find(self, address: str, mark: str, since: datetime) -> list[Found] | Unreadable:
        await asyncio.sleep(0)
        if self.unreadable is not None:
            return self.unreadable
        seen = [one for one in self.posted if since <= one.at <= self.clock.now()]
        return [Found(one.ts, one.channel) for one in seen if (one.channel, one.mark) == (address, mark)]

    def texts(self, channel: str | None = None) -> list[str]:
        return [one.payload["text"] for one in self.posted if channel in (None, one.channel)]


class Counted:
    """Figures as a plain counter."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def delivered(self, outcome: str) -> None:
        self.counts[outcome] += 1

    def limited(self, method: str) -> None:
        self.counts[f"limited {method}"] += 1

    def failed(self, kind: str) -> None:
        self.counts[f"failed {kind}"] += 1


def plain(_records: Work, written: Written) -> Payload | None:
    """The letter that says its key."""
    return {"text": written.message.key}


def message(key: str, channel: str | None = "C1", **more: Any) -> Message:
    return Message(key, "note", {}, more.pop("due_at", START), channel=channel, **more)


@dataclass
class Desk:
    """A database, a messenger and a sender between them, on a clock that stands still."""

    clock: VirtualClock
    store: Store
    slack: FakeMessenger
    figures: Counted
    sender: Sender

    def do(self, work: Callable[[Work], T]) -> T:
        with self.store.work() as records:
            return work(records)

    def write(self, *messages: Message) -> list[str]:
        ids = self.do(lambda records: [records.messages.write(one) for one in messages])
        return [id_ for id_ in ids if id_ is not None]

    def state(self, key: str) -> str:
        written = self.do(lambda records: records.messages.by_key(key))
        return written.state if written else "missing"

    def states(self, keys: Iterable[str]) -> set[str]:
        return {self.state(key) for key in keys}

    def parked(self) -> list[Claimed]:
        return self.do(lambda records: records.outbox.parked(100))

    def hire(self, account: str | None, active: bool = True) -> Person:
        person = Person(
            id=0, email=f"{account}@example.com".lower(), name="Mei", manager=None, department="Sales",
            level="P5", title="", roles=(), zone="Asia/Shanghai", language="zh", hired_on=None, left_on=None,
            account=account, active=active,
        )  # fmt: skip
        return self.do(lambda records: records.people.save(person))

    async def let_run(self, steps: int) -> None:
        """Let the sender take so many steps at this moment, whether or not it comes to rest."""
        for _ in range(steps):
            await asyncio.sleep(0)

    async def pass_time(self, seconds: float, step: float = 10.0) -> None:
        """Let the clock run, with the sender keeping up."""
        await self.sender.idle()
        while seconds > 0:
            self.clock.advance(min(step, seconds))
            seconds -= step
            await self.sender.idle()


def desk(
    clock: VirtualClock | None = None,
    store: Store | None = None,
    slack: FakeMessenger | None = None,
    letters: Letters = plain,
    limits: Mapping[str, Limit] | None = None,
    per_channel: Limit | None = None,
    **how: Any,
) -> Desk:
    """A desk; with a `store` given, as after a restart of the process on the same database."""
    clock = clock or VirtualClock(START, speed=0)
    store = Store(store.engine if store else empty_database(), clock.now)
    slack = slack or FakeMessenger(clock)
    figures = Counted()
    buckets = how.pop("buckets", None) or Buckets(clock, limits or {}, per_channel)
    how.setdefault("chance", random.Random(7))
    executor = how.pop("executor", None) or Here()
    sender = Sender(store, slack, letters, clock, executor, buckets, figures, **how)
    store.afterwards(sender.wake)
    return Desk(clock, store, slack, figures, sender)


def empty_database() -> Engine:
    """All tables, in memory."""
    engine = make_engine("sqlite://")
    METADATA.create_all(engine)
    return engine


@asynccontextmanager
async def running(here: Desk) -> AsyncIterator[Desk]:
    """The sender runs while inside, and stops in good order."""
    task = asyncio.create_task(here.sender.run())
    try:
        await asyncio.sleep(0)
        yield here
    finally:
        await here.sender.stop()
        await task
