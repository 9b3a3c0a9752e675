"""What time brings: rounds are planned, what is due is said, what is old is forgotten. A tick acts once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.clock import Clock
from bot.logs import reference
from bot.metrics import Metrics
from flows.checkins.planning import next_planning, plan
from flows.cycle.nudge import nudge
from storage.engine import Store
from storage.work import Work

log = structlog.get_logger(__name__)
T = TypeVar("T")

AT_ONCE = 200  # tasks in one transaction: short enough that a click never waits long behind it
LATER = timedelta(hours=1)  # a task that can't be dealt with is tried again then


class Rounds:
    """The work of the metronome, over the database."""

    def __init__(self, store: Store, executor: Executor, clock: Clock, metrics: Metrics) -> None:
        self._store, self._executor, self._clock, self._metrics = store, executor, clock, metrics

    async def tick(self) -> None:
        """Plan what is about to open, then say what is due, a few hundred tasks in a transaction."""
        started = self._clock.monotonic()
        await self._in_database(lambda records: plan(records, self._clock.now()))
        while await self._run(self._some_due):
            pass
        self._metrics.ticked(self._clock.monotonic() - started)

    async def prune(self) -> None:
        """Forget the keys of old deliveries."""
        await self._in_database(lambda records: records.prune(self._clock.now()))

    async def next_moment(self) -> datetime | None:
        """The next moment at which something is due by itself."""

        def earliest(records: Work) -> datetime | None:
            now = self._clock.now()
            moments = (
                records.tasks.next_moment(),
                records.messages.next_moment(),
                next_planning(records, now),
            )
            return min((moment for moment in moments if moment and moment > now), default=None)

        return await self._in_database(earliest)

    async def database_answers(self) -> str | None:
        """Nothing when the database answers (the health check); it raises otherwise."""
        await self._in_database(lambda records: records.tasks.next_moment())
        return None

    async def measure(self) -> None:
        """Bring the outbox's figures up to date."""
        now = self._clock.now()
        states, oldest = await self._in_database(lambda records: records.outbox.figures(now))
        self._metrics.outbox(states, oldest)

    def _some_due(self) -> bool:
        """Say what is due about some tasks; whether there may be more. One that fails holds up no other."""
        now = self._clock.now()
        try:
            with self._store.work() as records:
                tasks = records.tasks.due(now, AT_ONCE)
                for task in tasks:
                    nudge(records, task, now)
                return len(tasks) == AT_ONCE
        except Exception:
            log.exception("a nudge failed", reference=reference())
        with self._store.work() as records:
            tasks = records.tasks.due(now, AT_ONCE)
        for task in tasks:
            try:
                with self._store.work() as records:
                    nudge(records, task, now)
            except Exception:
                log.exception("a task is put off", task=task.id, reference=reference())
                with self._store.work() as records:
                    records.tasks.save(replace(task, next_at=now + LATER))
        return len(tasks) == AT_ONCE

    async def _in_database(self, work: Callable[[Work], T]) -> T:
        def run() -> T:
            with self._store.work() as records:
                return work(records)

        return await self._run(run)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)
