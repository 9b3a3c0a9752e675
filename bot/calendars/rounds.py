"""Looks at people's calendars in turn and writes interviews into them; the database is never held while a server answers."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Collection, Sequence
from datetime import timedelta

import structlog

from bot.calendars.apart import ReadingApart
from bot.calendars.caldav import CalDav
from bot.calendars.fetching import fetch
from bot.calendars.guarded import Guard, HostAndPort
from bot.calendars.invitation import calendar_file, sides_of
from bot.calendars.reading import Reading
from bot.calendars.trouble import Unreachable
from bot.clock import Clock
from bot.fence import SHARE, TooLate, check, leaving_before
from bot.file_orders import InDatabase
from bot.worker import Worker
from flows.interviews.calendars import AHEAD, Access, Calendar, Writing
from flows.interviews.heard import failed, read, unwritten
from flows.interviews.inviting import by_file
from flows.interviews.records import Span
from flows.people.person import Person
from storage.keys import KeyMissing
from storage.work import Work

log = structlog.get_logger(__name__)

AT_ONCE = 10  # servers asked at a time
LEASE = timedelta(minutes=3)  # whoever had one in hand for so long is lost, and another takes it


class Calendars(Worker):
    """Reads what is due and writes what waits. `allowed` are the company's own servers (`guarded.Guard`)."""

    def __init__(
        self,
        in_database: InDatabase,
        clock: Clock,
        allowed: Collection[HostAndPort] = (),
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._in_database, self._clock = in_database, clock
        self._allowed, self._trust = allowed, trust or ssl.create_default_context()
        self._apart = ReadingApart()
        super().__init__()

    async def stop(self) -> None:
        """Leave what is in hand; it is taken up again after its lease."""
        await super().stop()
        await self._apart.stop()

    async def done(self) -> None:
        await self._apart.stop()  # its memory is not held from one round to the next

    async def do_next(self) -> bool:
        now, began = self._clock.now(), self._clock.monotonic()
        until = now + LEASE
        due = await self._in_database(lambda records: records.calendars.claim(now, until, AT_ONCE))
        writings = await self._in_database(
            lambda records: records.calendars.claim_writing(now, until, AT_ONCE)
        )
        if not due and not writings:
            return False
        in_time = leaving_before(self._clock, began + SHARE * LEASE.total_seconds())
        async with Guard(self._allowed, self._trust) as guard:
            with in_time:
                await self._do(guard, due, writings)
        return True

    async def _do(self, guard: Guard, due: Sequence[Calendar], writings: Sequence[Writing]) -> None:
        reading = (self._read(guard, calendar) for calendar in due)
        await asyncio.gather(*reading, *(self._write(guard, writing) for writing in writings))

    async def _read(self, guard: Guard, calendar: Calendar) -> None:
        problem = ""
        try:
            person, access = await self._in_database(lambda records: reached(records, calendar))
            if person is None or access is None:
                return
            spans, learnt = await self._busy(guard, calendar, person, access)
            check()
        except TooLate:  # another has taken it up by now, and has read what is newer
            return
        except (Unreachable, KeyMissing) as no:
            problem = no.problem if isinstance(no, Unreachable) else "key"
        except Exception as error:  # its text may hold an address, so only its kind is logged
            problem = "server"
            log.warning("a calendar could not be read", host=calendar.host, error=type(error).__name__)
        now = self._clock.now()

        def keep(records: Work) -> None:
            if problem:
                failed(records, calendar, problem, now)
                return
            read(records, calendar, spans, now)
            if learnt != access:
                records.calendars.set_access(calendar, learnt)

        await self._in_database(keep)

    async def _busy(
        self, guard: Guard, calendar: Calendar, person: Person, access: Access
    ) -> tuple[Sequence[Span], Access]:
        since = self._clock.now()
        until = since + AHEAD
        if calendar.kind == "feed":
            contents = [await fetch(guard, access.url)]
        else:
            server = CalDav(guard, access)
            contents = await server.events(since, until)
            access = server.access
        reading = Reading(contents, person.email, person.zone, since, until)
        return (await self._apart(reading) if contents else []), access

    async def _write(self, guard: Guard, writing: Writing) -> None:
        now = self._clock.now()
        problem, learnt = "", None
        try:
            task = await self._in_database(lambda records: written_how(records, writing))
            if task is None:
                return
            calendar, access, person, manager, reader = task
            server = CalDav(guard, access)
            if writing.invitation.cancelled:
                await server.delete(writing.uid)
            else:
                content = calendar_file(writing.invitation, person, manager, reader, now, method=False)
                await server.put(writing.uid, content)
            learnt = server.access if server.access != access else None
        except TooLate:
            return
        except (Unreachable, KeyMissing) as no:
            problem = no.problem if isinstance(no, Unreachable) else "key"
        except Exception as error:
            problem = "server"
            log.warning("a calendar could not be written", error=type(error).__name__)

        def keep(records: Work) -> None:
            if problem:
                unwritten(records, writing, problem, self._clock.now())
                return
            records.calendars.written(writing)
            if learnt is not None:
                records.calendars.set_access(calendar, learnt)

        await self._in_database(keep)


def reached(records: Work, calendar: Calendar) -> tuple[Person | None, Access | None]:
    """Whose calendar it is and how it is reached; somebody who has left has none any more."""
    person = records.people.get(calendar.person)
    if person is None or not person.active:
        records.calendars.disconnect(calendar.person)
        return None, None
    return person, records.calendars.access_of(calendar)


def written_how(records: Work, writing: Writing) -> tuple[Calendar, Access, Person, Person, Person] | None:
    """Where to write, with the employee, the manager and whose calendar it is; None where it is to be a file instead."""
    calendar, reader = records.calendars.get(writing.person), records.people.get(writing.person)
    sides = sides_of(records, writing.invitation)
    access = records.calendars.access_of(calendar) if calendar and calendar.kind == "caldav" else None
    if calendar is None or access is None or sides is None or reader is None or not reader.active:
        if records.calendars.written(writing):
            by_file(records, writing.person, writing.invitation, writing.next_at)
        return None
    return calendar, access, *sides, reader
