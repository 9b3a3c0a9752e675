"""What time brings: work in slices, planning, what is due is said, what is old is forgotten. A tick acts once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.clock import Clock
from bot.logs import reference
from bot.metrics import Metrics
from bot.troubles import complain, is_told
from flows.checkins import planning as checkins
from flows.core.catalog import Catalog
from flows.cycle.nudges.riding import ride_along
from flows.cycle.nudges.saying import put_off, say_due
from flows.cycle.people.standing_days import plan_days
from flows.goals.measure.nightly import plan_standings
from flows.goals.signals.looking import plan_signals
from flows.people.mine.keeping import plan_retention
from flows.reports.weekly.telling import plan_weekly
from flows.results.computing import plan_results
from storage.engine import Store
from storage.work import Work

log = structlog.get_logger(__name__)
T = TypeVar("T")

AT_ONCE = 500  # people in one transaction: short enough that a click never waits long behind it
JUMP = 60.0  # seconds by which a clock is not set in passing
LATER = timedelta(hours=1)  # what can't be dealt with is tried again then
PLANS: tuple[Callable[[Work, datetime], object], ...] = (
    checkins.plan,
    plan_days,
    plan_signals,
    plan_standings,
    plan_results,
    plan_retention,
    plan_weekly,
)


@dataclass(slots=True)
class Tick:
    """One look at what is due, without waiting for anything. `missed` counts reminders that can't be made up for."""

    store: Store
    catalog: Catalog
    now: datetime
    missed: int = field(default=0)

    def run(self) -> None:
        """All of it, step by step, each in a transaction of its own."""
        for step in self.steps():
            while step():
                pass

    def steps(self) -> Sequence[Callable[[], bool]]:
        """The steps in their order; each is called again while it says that there may be more."""
        return (
            self.sweep,
            *(self._planning(plan) for plan in PLANS),
            self.sweep,
            self.ride,
            self.say,
            self.scrub,
            self.end,
        )

    def sweep(self) -> bool:
        """One slice of the longest due work over many people; a piece that fails is put off."""
        with self.store.work() as records:
            found = records.sweeps.due(self.now)
        if found is None:
            return False
        try:
            with self.store.work() as records:
                due = records.sweeps.due(self.now)
                if due is not None:
                    found = due
                    step = self.catalog.sweeps[due.key.partition("/")[0]].step
                    records.sweeps.save(step(records, due, self.now))
        except Exception as error:
            if is_told(error):  # it is no fault of the sweep
                raise
            log.exception("a sweep is put off", sweep=found.key, reference=reference())
            with self.store.work() as records:
                if records.sweeps.due(self.now) == found:  # else another replica has gone on with it
                    records.sweeps.save(replace(found, due_at=self.now + LATER))
        return True

    def ride(self) -> bool:
        """Put what people owe into what they are about to get anyway."""
        with self.store.work() as records:
            if records.alone("tick"):
                ride_along(records, self.catalog.duties, self.now)
        return False

    def say(self) -> bool:
        """Say what is due to some people; whether there may be more. One who fails holds up nobody."""
        try:
            with self.store.work() as records:
                people = self._due(records)
                self.missed += say_due(records, self.catalog.duties, people, self.now) if people else 0
                return bool(people)
        except Exception as error:
            if is_told(error):
                raise
            log.exception("what is due could not be said to all at once", reference=reference())
        with self.store.work() as records:
            people = self._due(records)
        for person in people:
            self._say_alone(person)
        return bool(people)

    def scrub(self) -> bool:
        """Finish what was sealed: its key and its remains in the database's files; tried again while it can't be."""
        try:
            self.store.scrub()
        except Exception as error:
            complain("what was sealed could not be cleaned up", error, reference=reference())
        return False

    def end(self) -> bool:
        """Leave one line about what was missed."""
        if self.missed:
            with self.store.work() as records:
                records.audit.note(self.now, None, "nudge.missed", "tick", {"count": self.missed})
        return False

    def _due(self, records: Work) -> list[int]:
        if not records.alone("tick"):
            return []
        people = records.tasks.who_is_due(self.now, AT_ONCE)
        return people or records.notices.who_is_due(self.now, AT_ONCE)

    def _say_alone(self, person: int) -> None:
        try:
            with self.store.work() as records:
                if records.alone("tick"):
                    self.missed += say_due(records, self.catalog.duties, [person], self.now)
        except Exception as error:
            if is_told(error):
                raise
            log.exception("a person is put off", person=person, reference=reference())
            with self.store.work() as records:
                put_off(records, [person], self.now, self.now + LATER)

    def _planning(self, plan: Callable[[Work, datetime], object]) -> Callable[[], bool]:
        def run() -> bool:
            with self.store.work() as records:
                plan(records, self.now)
            return False

        return run


def next_moment(records: Work, now: datetime) -> datetime | None:
    """The next moment at which something is due by itself."""
    moments = (
        records.tasks.next_moment(),
        records.notices.next_moment(),
        records.messages.next_moment(),
        records.sweeps.next_moment(),
        checkins.next_planning(records, now),
    )
    return min((moment for moment in moments if moment and moment > now), default=None)


def offset(clock: Clock) -> float:
    """How far the time of day is from the seconds that pass, which changes only when somebody sets the clock."""
    return clock.now().timestamp() - clock.monotonic()


class Rounds:
    """The work of the metronome, over the database."""

    def __init__(
        self, store: Store, executor: Executor, clock: Clock, metrics: Metrics, catalog: Catalog
    ) -> None:
        self._store, self._executor, self._clock, self._metrics = store, executor, clock, metrics
        self._catalog = catalog
        self._ticked_at = clock.monotonic()
        self._offset = offset(clock)

    async def ticks(self, late: float) -> str | None:
        """A sentence when the last tick ended more than `late` seconds ago."""
        ago = self._clock.monotonic() - self._ticked_at
        return f"The last look at what is due ended {ago:.0f} s ago." if ago > late else None

    async def tick(self) -> None:
        """Do what is due, each transaction by itself, so that a click comes in between."""
        self._look_at_the_clock()
        started = self._clock.monotonic()
        tick = Tick(self._store, self._catalog, self._clock.now())
        for step in tick.steps():
            tick.now = self._clock.now()  # whoever was suspended does not go on by the moment of yesterday
            while await self._run(step):
                tick.now = self._clock.now()
        self._ticked_at = self._clock.monotonic()
        self._metrics.ticked(self._ticked_at - started, tick.missed, self._clock.now().timestamp())

    def _look_at_the_clock(self) -> None:
        """Tell when the machine's clock was set: it is followed, as its date decides what was said on which day."""
        before, self._offset = self._offset, offset(self._clock)
        if abs(jump := self._offset - before) > JUMP:
            self._metrics.jumped()
            log.error("the clock has jumped", seconds=round(jump), remedy="Let NTP keep the machine's clock.")

    async def prune(self) -> None:
        """Forget the keys of old deliveries."""
        await self._in_database(lambda records: records.prune(self._clock.now()))

    async def next_moment(self) -> datetime | None:
        """The next moment at which something is due by itself."""
        return await self._in_database(lambda records: next_moment(records, self._clock.now()))

    async def database_answers(self) -> str | None:
        """Nothing when the database answers (the health check); it raises otherwise."""
        await self._in_database(lambda records: records.tasks.next_moment())
        return None

    async def measure(self) -> None:
        """Bring the outbox's figures up to date."""
        now = self._clock.now()
        self._metrics.connections(*self._store.connections())

        def look(records: Work) -> None:
            self._metrics.outbox(*records.outbox.figures(now))
            self._metrics.backlog(records.file_orders.waiting(), *records.sweeps.waiting(now))

        try:
            await self._in_database(look)
        except Exception as error:  # the figures of the process itself are wanted all the more then
            complain("the figures of the database could not be read", error)

    async def _in_database(self, work: Callable[[Work], T]) -> T:
        def run() -> T:
            with self._store.work() as records:
                return work(records)

        return await self._run(run)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)
