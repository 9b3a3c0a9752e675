"""Does what is ordered about files, one order after the other, so that no click waits for it.

To add a file that somebody can ask for in the chat:
1. a deed calls `records.file_orders.ask("goal-pictures", actor.id, {…ids…}, now)` and returns `ON_ITS_WAY`;
2. a maker reads what it needs and gives back what draws the files: `def pictures(records, order, reader, now)`;
3. it is named in `MAKERS` of `bot/file_kinds.py` under the order's kind.

A maker runs inside a transaction and must be quick; what it gives back runs in a thread, outside of any, and may take
its time. It checks the policy anew and gives None where the reader may not (any more) have the file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Executor
from datetime import datetime
from typing import TypeVar

import structlog

from bot.clock import Clock
from bot.fence import SHARE, leaving_before
from bot.files import File, Upload
from bot.logs import reference
from bot.troubles import is_told
from bot.worker import Worker
from flows.core.file_orders import LEASE, FileOrder, end, fail, sending, take
from flows.people.person import Person
from storage.engine import Store
from storage.work import Work

log = structlog.get_logger(__name__)
T = TypeVar("T")

AGAIN = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # seconds

Draw = Callable[[], Sequence[File]]
Maker = Callable[[Work, FileOrder, Person, datetime], Draw | None]
Doing = Callable[[FileOrder, Person], Awaitable[None]]
"""What is done for one order of a kind; whoever does it marks the order as ended."""


class InDatabase:
    """Does something in a transaction, off the loop."""

    def __init__(self, store: Store, executor: Executor) -> None:
        self._store, self._executor = store, executor

    async def __call__(self, work: Callable[[Work], T]) -> T:
        def run() -> T:
            with self._store.work() as records:
                return work(records)

        return await asyncio.get_running_loop().run_in_executor(self._executor, run)


class FileOrders(Worker):
    """Takes the orders in turn: pictures and sheets take a core, and nobody needs two at once."""

    def __init__(self, in_database: InDatabase, clock: Clock, kinds: Mapping[str, Doing]) -> None:
        self._in_database, self._clock, self._kinds = in_database, clock, kinds
        super().__init__()

    async def do_next(self) -> bool:
        now = self._clock.now()
        order = await self._in_database(lambda records: take(records, now))
        if order is None:
            return False
        try:
            reader = await self._in_database(lambda records: records.people.get(order.person))
            doing = self._kinds.get(order.kind)
            if doing is None or reader is None or not reader.active:
                await self._in_database(lambda records: end(records, order))
            else:
                await doing(order, reader)
        except Exception as error:
            if is_told(
                error
            ):  # it is no fault of the order: whoever takes it when its claim has run out does it
                return False
            number = reference()
            log.exception("an order for a file failed", kind=order.kind, reference=number)
            await self._in_database(lambda records: fail(records, order, number, self._clock.now()))
        return True


def sent_by(maker: Maker, upload: Upload, in_database: InDatabase, clock: Clock) -> Doing:
    """What makes the files of a kind and puts them into the chat of whoever ordered them, at most once."""

    async def do(order: FileOrder, reader: Person) -> None:
        now = clock.now()
        draw = await in_database(lambda records: maker(records, order, reader, now))
        to = place_of(order, reader)
        if draw is None or not to:
            await in_database(lambda records: end(records, order))
            return
        files = await asyncio.to_thread(draw)
        began = clock.monotonic()
        if not await in_database(lambda records: sending(records, order, clock.now())):
            return
        with leaving_before(clock, began + SHARE * LEASE.total_seconds()):
            refused = await upload(to, files)
        if refused:
            log.warning("a file could not be uploaded", kind=order.kind, error=refused)
            await in_database(lambda records: fail(records, order, refused, clock.now()))
        else:
            await surely(clock, lambda: in_database(lambda records: end(records, order)))

    return do


async def surely(clock: Clock, note: Callable[[], Awaitable[None]]) -> None:
    """Write down what has happened, again while the database is in trouble: else a file that came counts as lost."""
    for pause in AGAIN:
        try:
            await note()
        except Exception as error:
            if not is_told(error):
                raise
            await clock.sleep(pause)
        else:
            return
    await note()


def place_of(order: FileOrder, reader: Person) -> str | None:
    """Where its files go: the chat of whoever ordered them, by account, or the channel that the order names."""
    return order.about.get("channel") or reader.account


def make_waiting(
    store: Store, makers: Mapping[str, Maker], now: datetime
) -> tuple[str | None, Sequence[File]] | None:
    """Make the files of the next order here and now, where there is no loop to keep free; where they go."""
    with store.work() as records:
        order = take(records, now)
        reader = records.people.get(order.person) if order else None
        if order is None or reader is None:
            return None
        maker = makers.get(order.kind)
        draw = maker(records, order, reader, now) if maker else None
        end(records, order)
    return place_of(order, reader), draw() if draw else ()
