"""The machine's clock is set back by an hour and forward by a day, and put right again."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.bench.faults_chats import Chats
from bot.bench.faults_found import Found, listening
from bot.bench.faults_house import House, found, house, with_programme
from bot.bench.staff import NOON
from bot.clock import VirtualClock
from flows.core.records import Message
from storage.engine import Store, open_store
from storage.tables.messages import MESSAGE
from storage.work import Work

PEOPLE = 12
SHIFTS = (timedelta(hours=-1), timedelta(days=1), timedelta())
STEP = timedelta(minutes=20)
LATEST = timedelta(minutes=2)


class SetClock(VirtualClock):
    """A clock whose time of day can be set, as an operator or NTP sets it; the seconds that pass go on as before."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start, speed=0)
        self.shift = timedelta()

    def now(self) -> datetime:
        return super().now() + self.shift


async def set_again_and_again() -> Found:
    """Each time the clock was set, a line to everybody is written, and an hour passes."""
    clock = SetClock(NOON)
    chats = Chats(clock)
    with listening() as lines, closing(open_store("sqlite://", clock.now)) as store:
        found(store.engine, PEOPLE)
        async with house(store.engine, clock, chats, store=store) as here:
            await here.look(with_programme)
            await here.turn()
            late = 0
            for number, shift in enumerate(SHIFTS):
                clock.shift = shift
                await here.look(lambda records, n=number: line(records, n, clock.now()))  # type: ignore[misc]
                await passing(here, LATEST, timedelta(seconds=20))
                late += PEOPLE - sum(1 for one in chats.posted if f"n{number}" in one.words)
                await passing(here, timedelta(hours=3), STEP)
            await passing(here, timedelta(days=3), timedelta(hours=1))
            marks = Counter(one.mark for one in chats.posted)
            left, days = await here.look(here.left), two_for_a_day(store)
            asked = {one.address for one in chats.posted if one.mark}
            wrong = ["two messages for one day"] * bool(days) + ["what was due waited for the clock"] * bool(
                late
            )
            wrong += ["it was not told each time"] * (lines.said != len(SHIFTS))
            return Found(
                "clock set back an hour, forward a day, right", "told each jump and followed", len(SHIFTS),
                PEOPLE - len(asked), sum(marks.values()) - len(marks), left + late, not left, 0, lines.said, len(lines),
                tuple(wrong),
            )  # fmt: skip


async def passing(here: House, span: timedelta, step: timedelta) -> None:
    """Let so much time pass, whatever the clock shows."""
    until = here.clock.monotonic() + span.total_seconds()
    while here.clock.monotonic() < until:
        here.clock.advance(step.total_seconds())
        await here.turn()


def line(records: Work, number: int, now: datetime) -> None:
    for person in range(1, PEOPLE + 1):
        about = {"error": f"n{number}"}
        records.messages.write(
            Message(f"line/{number}/{person}", "file.failed", about, now, person, urgency=0)
        )


def two_for_a_day(store: Store) -> int:
    """How many people have two messages of one day that they did not ask for."""
    days = select(MESSAGE.c.person).where(MESSAGE.c.day.is_not(None), MESSAGE.c.state != "dropped")
    days = days.group_by(MESSAGE.c.person, MESSAGE.c.day).having(func.count() > 1)
    with store.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(days.subquery())).scalar_one())
