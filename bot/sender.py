"""Delivers the outbox: each message once, whenever the process may be killed.

One loop, one transaction a turn: it writes down what came of the messages that left, and claims the next,
never more than may leave at once. They are then put into words and posted side by side.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from datetime import datetime
from functools import partial
from typing import TypeVar

from bot.buckets import Buckets
from bot.clock import Clock
from bot.delivery import Delivery
from bot.fence import SHARE
from bot.gate import Gate
from bot.letters import Letters, Worded, word_all
from bot.messenger import Found, Messenger
from bot.outgoing import Figures, Results
from bot.readback import Readback
from bot.troubles import Troubles, complain
from bot.turn import EDIT_LEASE, LEASE, Room, Taken, beside, exchange, least
from storage.engine import Store
from storage.work import Work

T = TypeVar("T")

RECOVER = 30.0  # seconds at most between two looks for what dead processes left behind
DATABASE_AGAIN = 1.0  # seconds
POLL = 30.0  # seconds between two looks when nobody rings: a notification may have been lost
IN_OTHER_HANDS = 1.0  # seconds until another look at what is due and was being claimed elsewhere
EDITS, READS = 8, 10  # how many at a time


class Sender:
    """Delivers what `store` keeps through `port`. `letters` runs in `executor`, as all database work does.

    `seats` is how many messages are in hand at once, `settle` the seconds after which an unclear one is
    looked for, `poll` those between two looks when nobody called `wake`, `lease` those for which a claim is ours.
    """

    def __init__(
        self,
        store: Store,
        port: Messenger,
        letters: Letters,
        clock: Clock,
        executor: Executor,
        buckets: Buckets,
        figures: Figures,
        *,
        seats: int = 32,
        settle: float = 60.0,
        poll: float = POLL,
        lease: float = LEASE,
        chance: random.Random | None = None,
        lost: Callable[[str], Awaitable[None]] | None = None,
        troubles: Troubles | None = None,
    ) -> None:
        self._store, self._port, self._letters = store, port, letters
        self._clock, self._executor, self._buckets = clock, executor, buckets
        self._seats, self._settle = seats, settle
        self._poll, self._lease = poll, lease
        chance = chance or random.Random()  # noqa: S311 (it only spreads retries)
        self._gate = Gate(clock, buckets, figures, chance, troubles or Troubles(clock))
        self._bell, self._rested, self._ended = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._delivery = Delivery(port, clock, buckets, self._gate, figures, chance, self._bell.set, lost)
        self._readback = Readback(port, clock, self._work, figures)
        self._reading: asyncio.Task[None] | None = None
        self._recover_at = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = self._stopping = False
        self._grace = 0.0

    def wake(self) -> None:
        """There may be something to deliver. May be called from any thread."""
        self._woken = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._bell.set)

    async def idle(self) -> None:
        """Wait until there is nothing to do at this moment of the clock: whatever is due was delivered, or
        waits for the clock (for its rate, a retry, the settling of an unclear one). At once if nothing runs.
        """
        if self._loop is not None:
            self._rested.clear()
            self.wake()
            await self._rested.wait()

    async def run(self) -> None:
        """Deliver until `stop`. Cancelled, it leaves everything as a kill would."""
        self._loop = asyncio.get_running_loop()
        try:
            while not self._stopping:
                self._woken = False
                self._bell.clear()
                pause = await self._turn()
                if pause > 0 and not self._stopping:
                    await self._rest(pause)
            await self._finish()
        finally:
            for task in self._delivery.tasks:
                task.cancel()
            self._loop = None
            self._rested.set()
            self._ended.set()

    async def stop(self, grace: float = 10.0) -> None:
        """Claim nothing more; what is on its way may arrive within `grace` real seconds.

        What does not is still marked as sending, and is looked for at the next start.
        """
        self._stopping, self._grace = True, grace
        self._bell.set()
        if self._loop is not None:
            await self._ended.wait()

    async def _turn(self) -> float:
        """Look once; the seconds until it is worth another look."""
        delivery, room, now = self._delivery, self._room(), self._clock.now()
        results, delivery.results = delivery.results, Results()
        moment = self._clock.monotonic()
        turn = partial(
            exchange, results=results, room=room, now=now, owner=self._store.owner, settle=self._settle,
            lease=self._lease,
        )  # fmt: skip
        try:
            taken = await self._work(turn)
        except Exception as error:
            complain("the outbox could not be reached", error)
            delivery.results.put_back(results)
            return DATABASE_AGAIN
        if room.recover:
            self._recover_at = moment + min(RECOVER, self._lease / 4)
        if taken.unsure or (room.unsure and self._readback.due):
            self._reading = delivery.spawn(self._readback.look(taken.unsure, room.unsure))
        for message, channel, ts in taken.copies:
            delivery.spawn(self._readback.delete(message, [Found(ts, channel)]))
        if not await self._take(taken, moment):
            return DATABASE_AGAIN
        held = delivery.launch()
        if delivery.results or (taken.posts and self._room().posts):
            return 0.0
        return min(held, self._until(now if taken.posts else taken.next_at, room))

    async def _take(self, taken: Taken, since: float) -> bool:
        """Put the claimed ones into words and take them in hand; `since` is when they were claimed (monotonic)."""
        rows = [*taken.posts, *taken.edits]
        if not rows:
            return True
        try:
            letters = await self._in_executor(lambda: word_all(self._store, self._letters, rows))
        except Exception as error:
            complain("the letters' records could not be read", error)
            for row in taken.posts:
                self._delivery.return_row(row, None)
            return False
        for row, letter in letters:
            if row.state == "sent" and not (isinstance(letter, Worded) and letter.gone):
                self._buckets.grab(self._port.editing)
            lease = EDIT_LEASE if row.state == "sent" else self._lease
            self._delivery.accept(row, letter, since + SHARE * lease)
        return True

    def _room(self) -> Room:
        """What may be taken in hand now: never more than the rates let go at once."""
        delivery, buckets, port = self._delivery, self._buckets, self._port
        in_hand = len(delivery.lanes)
        most = self._gate.room(in_hand + delivery.editing + delivery.bulk)
        posts = least(most, self._seats - in_hand, beside(buckets.room(port.posting), delivery.lanes.held))
        edits = least(most, EDITS - delivery.editing, buckets.room(port.editing))
        freely = (
            buckets.room(port.editing),
            buckets.room(port.deleting),
        )  # what it will be shows when it is worded
        bulk = least(most, EDITS - delivery.bulk, *freely)
        reads = least(most, READS, buckets.room(port.reading))
        if self._reading is not None and not self._reading.done():
            reads = 0
        recover = self._clock.monotonic() >= self._recover_at
        return Room(posts, edits, bulk, reads, recover)

    def _until(self, next_at: datetime | None, room: Room) -> float:
        """Seconds until the next look, if nothing rings before. `room` is what there was at this one."""
        ahead = (next_at - self._clock.now()).total_seconds() if next_at else self._poll
        if ahead > 0:
            return min(ahead, self._poll)
        # Something is due and may not leave yet, unless a token came while the database was asked.
        if self._room().wider(room):
            return 0.0
        methods = (self._port.posting, self._port.editing, self._port.deleting, self._port.reading)
        waits = [self._gate.wait(), *(self._buckets.wait(method) for method in methods)]
        waits += [self._recover_at - self._clock.monotonic(), 0 if self._store.is_alone else IN_OTHER_HANDS]
        return min([self._poll, *(wait for wait in waits if wait > 0)])

    async def _rest(self, seconds: float) -> None:
        timer = asyncio.create_task(self._clock.sleep(seconds))
        timer.add_done_callback(self._time_is_up)
        if self._is_quiet():
            self._rested.set()
        try:
            await self._bell.wait()
        finally:
            timer.cancel()

    def _time_is_up(self, timer: asyncio.Task[None]) -> None:
        if not timer.cancelled():  # else something else rang, and this is a later turn
            self._bell.set()

    def _is_quiet(self) -> bool:
        """Whether nothing is to be done before the clock moves or somebody writes."""
        if self._woken or self._bell.is_set():
            return False
        under_way = set(self._delivery.tasks)
        if self._reading is not None and self._buckets.waiting(self._port.reading):
            under_way.discard(self._reading)
        return not under_way

    async def _finish(self) -> None:
        delivery = self._delivery
        delivery.give_back(delivery.lanes.empty())
        if self._reading is not None:
            self._reading.cancel()  # whoever comes next reads again
        if delivery.tasks:
            await asyncio.wait(delivery.tasks, timeout=self._grace)
        results, now = delivery.results, self._clock.now()
        try:
            await self._work(lambda records: results.write(records.outbox, now))
        except Exception as error:  # it is found out at the next start
            complain("the outbox could not be reached", error)

    async def _work(self, do: Callable[[Work], T]) -> T:
        """Run `do` on the records, in a transaction of its own."""

        def transaction() -> T:
            with self._store.work() as records:
                return do(records)

        return await self._in_executor(transaction)

    async def _in_executor(self, do: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, do)
