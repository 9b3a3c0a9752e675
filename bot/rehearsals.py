"""Rehearsals that HR asks for in the chat: each is played in a process of its own, and what it found is handed over."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import timedelta
from typing import TypeVar

import structlog

from bot.apart import Apart, Done, Failed, Order
from bot.clock import Clock
from bot.files import Upload
from bot.logs import reference
from flows.core.catalog import Catalog
from flows.cycle.rehearsals.rehearsal import Rehearsal
from flows.cycle.rehearsals.rehearse import LEASE, failed, finished, progressed, uploaded
from flows.people.person import Person
from storage.engine import Store
from storage.work import Work

log = structlog.get_logger(__name__)
T = TypeVar("T")

EVERY = timedelta(
    seconds=10
)  # between two changes of the progress card, each of which is an edit in the chat


class Rehearsals:
    """One at a time: a rehearsal takes a core of its own."""

    def __init__(
        self, store: Store, executor: Executor, clock: Clock, url: str, per_minute: int, upload: Upload
    ) -> None:
        self._store, self._executor, self._clock = store, executor, clock
        self._url, self._per_minute, self._upload = url, per_minute, upload
        self._under_way: asyncio.Task[None] | None = None
        self._apart: Apart | None = None

    async def look(self) -> None:
        """Begin with what waits, unless one is being played; never waits for it."""
        if self._under_way is not None and not self._under_way.done():
            return
        now = self._clock.now()
        claimed = await self._in_database(lambda records: records.rehearsals.claim(now, now + LEASE))
        if claimed is not None:
            self._under_way = asyncio.create_task(self._rehearse(claimed))

    async def idle(self) -> None:
        """Returns when none is being played or waiting."""
        while True:
            await self.look()
            if self._under_way is None or self._under_way.done():
                return
            await self._under_way

    async def stop(self) -> None:
        """End what is being played; it is begun anew at the next start."""
        if self._apart is not None:
            self._apart.end()
        if self._under_way is not None:
            self._under_way.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._under_way

    async def _rehearse(self, rehearsal: Rehearsal) -> None:
        try:
            await self._play(rehearsal)
        except Exception:
            number = reference()
            log.exception("a rehearsal failed", cycle=rehearsal.cycle, reference=number)
            now = self._clock.now()
            await self._in_database(lambda records: failed(records, rehearsal, number, now))

    async def _play(self, rehearsal: Rehearsal) -> None:
        now = self._clock.now()
        reader = await self._in_database(lambda records: records.people.get(rehearsal.asked_by))
        if reader is None:
            return
        order = Order(self._url, rehearsal.cycle, now, self._per_minute, reader)
        self._apart = Apart(order)
        try:
            outcome = await self._watch(self._apart, rehearsal)
        finally:
            self._apart.end()
            self._apart = None
        if isinstance(outcome, Failed):
            await self._in_database(
                lambda records: failed(records, rehearsal, outcome.reference, self._clock.now())
            )
        elif outcome is not None:
            await self._hand_over(rehearsal, outcome, reader)

    async def _watch(self, apart: Apart, rehearsal: Rehearsal) -> Done | Failed | None:
        """Pass its progress on until it is done; None when nobody wants it any more."""
        percent = 0
        while True:
            said = await asyncio.to_thread(apart.hear, EVERY.total_seconds())
            if isinstance(said, Done | Failed):
                return said
            percent = said if said is not None else percent
            wanted = await self._in_database(
                lambda records, n=percent: progressed(records, rehearsal, n, self._clock.now())  # type: ignore[misc]
            )
            if not wanted:
                return None

    async def _hand_over(self, rehearsal: Rehearsal, outcome: Done, reader: Person) -> None:
        def keep(records: Work) -> bool:
            return finished(records, rehearsal, outcome.found, outcome.timelines, self._clock.now())

        if await self._in_database(keep) and reader.account:
            refused = await self._upload(reader.account, outcome.files)
            if refused:
                log.warning("the files of a rehearsal could not be uploaded", error=refused)
                await self._in_database(lambda records: uploaded(records, rehearsal, refused))

    async def _in_database(self, work: Callable[[Work], T]) -> T:
        def run() -> T:
            with self._store.work() as records:
                return work(records)

        return await asyncio.get_running_loop().run_in_executor(self._executor, run)


def rehearse_waiting(store: Store, catalog: Catalog, clock: Clock, per_minute: int) -> bool:
    """Play what waits here and now, without files, where there is no loop to keep free; whether there was anything."""
    from bot.rehearsal import play

    now = clock.now()
    with store.work() as records:
        claimed = records.rehearsals.claim(now, now + LEASE)
    if claimed is None:
        return False
    played = play(store, claimed.cycle, now, catalog, per_minute, lambda _percent: None)
    with store.work() as records:
        if played is None:
            failed(records, claimed, "gone", now)
        else:
            finished(records, claimed, played.found, played.timelines, now)
    return True
