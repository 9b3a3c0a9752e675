"""CalDAV against a real server: the calendar is found, read for events, written into and cleaned, whatever is repeated."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from bot.calendars import davxml
from bot.calendars.caldav import CalDav
from bot.calendars.guarded import Guard
from bot.calendars.invitation import calendar_file
from bot.calendars.reading import Reading, busy_in
from bot.calendars.trouble import Unreachable
from flows.interviews.calendars import Access
from tests.calendars.conftest import PASSWORD, USER, Radicale
from tests.calendars.test_invitation import CHEN, MARTA, invitation

T = TypeVar("T")
NOW = datetime(2026, 3, 24, 9, tzinfo=UTC)
STARTS = datetime(2026, 3, 30, 8, tzinfo=UTC)


def at(
    radicale: Radicale,
    work: Callable[[CalDav], Awaitable[T]],
    url: str = "",
    *,
    user: str = USER,
    password: str = PASSWORD,
    allowed: bool = True,
) -> T:
    async def run() -> T:
        async with Guard([("127.0.0.1", radicale.port)] if allowed else []) as guard:
            return await work(CalDav(guard, Access(url or radicale.url, user, password)))

    return asyncio.run(run())


def events(server: CalDav) -> Awaitable[list[bytes]]:
    return server.events(NOW, NOW + timedelta(days=90))


EVENT = "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n{when}\r\nEND:VEVENT\r\n"


@pytest.mark.parametrize("start", ["", "kavya/", "kavya/work/"], ids=["server", "home", "calendar"])
def test_the_calendar_that_takes_events_is_found_from_wherever_one_begins(
    radicale: Radicale, start: str
) -> None:
    radicale.make("a-tasks", "VTODO")
    work = radicale.make("work", "VEVENT VTODO")
    radicale.put(work + "1.ics", EVENT.format(uid="1", when="DTSTART:20260330T080000Z\r\nDURATION:PT1H"))
    radicale.put(work + "2.ics", EVENT.format(uid="2", when="DTSTART:20260930T080000Z\r\nDURATION:PT1H"))
    weekly = "DTSTART:20260101T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY"
    radicale.put(work + "3.ics", EVENT.format(uid="3", when=weekly))

    async def look(server: CalDav) -> tuple[list[bytes], Access]:
        return await events(server), server.access

    found, access = at(radicale, look, radicale.url + start)
    assert access.collection == work
    assert len(found) == 2, "the one in September is too far away to be asked for"
    spans = busy_in(Reading(found, "", "UTC", NOW, NOW + timedelta(days=20)))
    assert [(start.day, start.hour) for start, _ in spans] == [(26, 10), (30, 8), (2, 10), (9, 10)]


def test_an_event_is_written_moved_and_taken_away_however_often(radicale: Radicale) -> None:
    work = radicale.make("work")
    first, second = invitation(STARTS, 1), invitation(STARTS + timedelta(days=1), 2)
    where = work + "7-abc%40perfloop.ics"

    def write(one: object) -> None:
        content = calendar_file(one, CHEN, MARTA, CHEN, NOW, method=False)  # type: ignore[arg-type]
        at(radicale, lambda server: server.put(first.uid, content))

    write(first)
    write(first)
    kept = radicale.get(where)
    assert kept is not None
    assert b"SEQUENCE:1" in kept
    assert b"METHOD" not in kept
    radicale.put(where, EVENT.format(uid=first.uid, when="DTSTART:20260401T080000Z\r\nSUMMARY:mine now"))
    write(second)
    kept = radicale.get(where)
    assert kept is not None
    assert b"SEQUENCE:2" in kept
    assert b"mine now" not in kept
    assert len(at(radicale, events)) == 1
    for _ in range(2):
        at(radicale, lambda server: server.delete(first.uid))
        assert radicale.get(where) is None


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"password": "wrong"}, "refused"),
        ({"user": "nobody"}, "refused"),
        ({"allowed": False}, "port"),
    ],
)
def test_what_does_not_work_says_why(radicale: Radicale, more: dict[str, object], problem: str) -> None:
    radicale.make("work")
    with pytest.raises(Unreachable) as no:
        at(radicale, events, **more)  # type: ignore[arg-type]
    assert no.value.problem == problem


def test_a_server_without_a_calendar_for_events_says_so(radicale: Radicale) -> None:
    radicale.make("tasks", "VTODO")
    with pytest.raises(Unreachable) as no:
        at(radicale, events)
    assert no.value.problem == "no-collection"


def test_a_calendar_that_was_moved_is_looked_for_anew(radicale: Radicale) -> None:
    work = radicale.make("work")

    async def look() -> str:
        access = Access(radicale.url, USER, PASSWORD, radicale.url + "kavya/gone/")
        async with Guard([("127.0.0.1", radicale.port)]) as guard:
            server = CalDav(guard, access)
            await events(server)
            return server.access.collection

    assert asyncio.run(look()) == work


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<multistatus xmlns="DAV:"><response><href>&b;</href></response></multistatus>"""
FILE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>"""


@pytest.mark.parametrize("body", [BOMB, FILE, b"", b"<html>", b"\xff", b"<a/>" * 2])
def test_hostile_xml_is_an_error_of_the_server(body: bytes) -> None:
    with pytest.raises(Unreachable) as no:
        list(davxml.resources(body))
    assert no.value.problem == "server"
