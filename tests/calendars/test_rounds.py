"""What the bot does about calendars by itself: reads them in turn, tells what came of it once, writes interviews."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.calendars.rounds import LEASE, Calendars
from bot.clock import VirtualClock
from bot.file_orders import InDatabase
from flows.core.file_orders import end
from flows.interviews.calendars import EVERY, Access, Calendar, Kind
from flows.interviews.connecting import read_now
from flows.interviews.heard import FAILING, OUTCOME, TRIES, UNWRITTEN
from flows.interviews.inviting import ORDER, invite
from flows.interviews.records import Interview
from flows.people.person import Person
from storage.engine import Store, open_store
from tests.calendars.conftest import PASSWORD, USER, Answer, Radicale, answering, response

NOW = datetime(2026, 3, 24, 9, tzinfo=UTC)
STARTS = datetime(2026, 3, 30, 8, tzinfo=UTC)
EVENT = b"BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260330T080000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
FEED = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + EVENT + b"END:VCALENDAR\r\n"


class House:
    """A database with Kavya and her manager Marta, and the rounds over it at a moment that a test moves."""

    def __init__(self, url: str, keys: Path) -> None:
        self.clock = VirtualClock(NOW, speed=0)
        self.store: Store = open_store(url, self.clock.now, keys=keys)
        self.marta, self.kavya = self.hire("Marta"), self.hire("Kavya")

    def hire(self, name: str) -> Person:
        person = Person(
            0, f"{name.lower()}@example.com", name, None, "Sales", "P5", "", (), "Europe/Berlin", "en", None, None,
            f"U0{name.upper()}", True,
        )  # fmt: skip
        with self.store.work() as records:
            return records.people.save(person)

    def connect(self, kind: Kind, url: str, person: Person | None = None) -> None:
        access = Access(url, *((USER, PASSWORD) if kind == "caldav" else ()))
        with self.store.work() as records:
            now = self.clock.now()
            records.calendars.connect(
                Calendar((person or self.kavya).id, kind, "cal.example.com", now, now), access
            )

    def calendar(self) -> Calendar:
        with self.store.work() as records:
            found = records.calendars.get(self.kavya.id)
        assert found is not None
        return found

    def rounds(self, *ports: int) -> None:
        """Do all that is due now."""

        async def run() -> None:
            await self.work(*ports)

        asyncio.run(run())

    async def work(self, *ports: int) -> None:
        with ThreadPoolExecutor(self.store.threads) as executor:
            allowed = [("127.0.0.1", port) for port in ports]
            calendars = Calendars(InDatabase(self.store, executor), self.clock, allowed)
            await calendars.idle()
            await calendars.stop()

    def at(self, answer: Answer) -> None:
        """Connect a feed that answers so, and do all that is due."""

        async def run() -> None:
            async with answering(answer) as port:
                self.connect("feed", f"http://127.0.0.1:{port}/private-abc/basic.ics")
                await self.work(port)

        asyncio.run(run())

    def told(self, kind: str) -> int:
        """How many messages or notices of a kind Kavya gets."""
        with self.store.work() as records:
            messages = [row for row in records.messages.starting(kind) if row.message.kind == kind]
            notices = records.notices.due_of([self.kavya.id], self.clock.now())
        return len(messages) + len([one for one in notices if one.kind == kind])

    def files(self) -> list[tuple[int, int, bool]]:
        """(person, sequence, cancelled) of every invitation that was ordered as a file since the last look."""
        found = []
        with self.store.work() as records:
            while (
                order := records.file_orders.claim(self.clock.now(), NOW + timedelta(days=99))
            ) is not None:
                assert order.kind == ORDER
                end(records, order)
                found.append((order.person, order.about["sequence"], order.about["cancelled"]))
        return found

    def invite(self, before: Interview, after: Interview) -> None:
        with self.store.work() as records:
            invite(records, before, after, self.clock.now())

    def later(self, by: timedelta) -> None:
        self.clock.to(self.clock.now() + by)


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    made = House(sqlite_url, tmp_path / "keys")
    yield made
    made.store.close()


def interview(house: House, **other: object) -> Interview:
    proposed = Interview(
        1, 1, house.kavya.id, house.marta.id, "proposed", 45, STARTS + timedelta(days=9), "1-abc", 0, (), 0, None, None,
        "", NOW, NOW,
    )  # fmt: skip
    return replace(proposed, **other)  # type: ignore[arg-type]


def booked(house: House, sequence: int = 1, day: int = 0, **other: object) -> Interview:
    starts = STARTS + timedelta(days=day)
    times = {"starts_at": starts, "ends_at": starts + timedelta(minutes=45)}
    return interview(house, state="booked", sequence=sequence, **times, **other)


def test_a_feed_is_read_at_once_told_of_once_and_read_again_in_half_an_hour(house: House) -> None:
    house.at(response(FEED))
    calendar = house.calendar()
    assert (calendar.busy, calendar.problem, calendar.read_at) == (1, "", NOW)
    assert timedelta(0) <= calendar.next_at - NOW - EVERY <= timedelta(minutes=5)
    with house.store.work() as records:
        found = records.calendars.busy_of([house.kavya.id], NOW, NOW + timedelta(days=90))
    assert found == {house.kavya.id: [(STARTS, STARTS + timedelta(hours=1))]}
    assert house.told(OUTCOME) == 1


def test_the_log_names_the_host_and_nothing_else_of_an_address(
    house: House, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        for answer in (
            response(FEED),
            response(b"", "500 private-abc"),
            response(b"", "302 On", Location="http://["),
        ):
            house.at(answer)
        house.connect("caldav", "https://127.0.0.1/private-abc/")
        house.rounds()
    said = caplog.text + "".join(capfd.readouterr())
    for secret in ("private-abc", "basic.ics", USER, PASSWORD):
        assert secret not in said


def test_somebody_who_asks_while_it_is_read_is_told_and_nobody_can_have_it_read_all_the_time(
    house: House,
) -> None:
    house.at(response(FEED))

    def press() -> None:
        with house.store.work() as records:
            read_now.act(records, house.kavya, (), house.clock.now())

    press()
    assert not house.calendar().telling, "it was read just now"
    house.later(timedelta(minutes=5))

    async def run() -> None:
        async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
            press()
            await response(FEED)(head, writer)

        async with answering(answer) as port:
            house.connect("feed", f"http://127.0.0.1:{port}/")
            quiet = replace(house.calendar(), telling=False)
            with house.store.work() as records:
                records.calendars.save(quiet)
            await house.work(port)

    asyncio.run(run())
    assert house.told(OUTCOME) == 2
    assert not house.calendar().telling


def test_one_that_fails_keeps_what_was_read_and_is_told_of_once(house: House) -> None:
    house.at(response(FEED))
    for _ in range(6):
        house.later(timedelta(hours=13))
        house.rounds(9)  # it isn't there any more, and another port is allowed
    calendar = house.calendar()
    assert (calendar.problem, calendar.failures, calendar.busy) == ("port", 6, 1)
    assert (house.told(OUTCOME), house.told(FAILING)) == (1, 1)
    with house.store.work() as records:
        assert records.calendars.busy_of([house.kavya.id], NOW, NOW + timedelta(days=90))


def test_one_that_passes_by_itself_is_told_of_only_when_it_stays(house: House) -> None:
    house.at(response(b"", "500 Broken"))
    assert house.calendar().problem == "server"
    assert (house.told(OUTCOME), house.told(FAILING)) == (1, 0)


def test_what_was_read_for_a_former_calendar_is_not_kept_for_the_new_one(house: House) -> None:
    async def run() -> None:
        async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
            house.later(timedelta(seconds=1))
            house.connect("feed", "https://new.example.com:1/")
            await response(FEED)(head, writer)

        async with answering(answer) as port:
            house.connect("feed", f"http://127.0.0.1:{port}/")
            await house.work(port)

    asyncio.run(run())
    assert house.calendar().problem == "port"
    with house.store.work() as records:
        assert records.calendars.busy_of([house.kavya.id], NOW, NOW + timedelta(days=90)) == {}


def test_a_lost_key_is_said_and_another_calendar_can_be_connected(house: House) -> None:
    house.at(response(FEED))
    assert house.store.keys.destroy("calendars")  # type: ignore[arg-type]
    house.later(timedelta(hours=1))
    house.rounds()
    assert house.calendar().problem == "key"
    assert house.told(FAILING) == 1
    house.at(response(FEED))
    assert house.calendar().problem == ""


def test_somebody_who_has_left_has_no_calendar_any_more(house: House) -> None:
    house.at(response(FEED))
    with house.store.work() as records:
        records.people.save(replace(house.kavya, active=False))
    house.later(timedelta(hours=1))
    house.rounds()
    with house.store.work() as records:
        assert records.calendars.get(house.kavya.id) is None


def test_what_was_in_hand_when_the_bot_was_killed_is_done_after_its_lease(house: House) -> None:
    house.connect("feed", "https://new.example.com:1/")
    with house.store.work() as records:
        records.calendars.claim(NOW, NOW + LEASE, 5)
    house.rounds()
    assert house.calendar().problem == ""
    house.later(LEASE)
    house.rounds()
    assert house.calendar().problem == "port"


def test_invitations_come_as_files_to_both_sides_with_rising_numbers(house: House) -> None:
    kavya, marta = house.kavya.id, house.marta.id
    house.invite(interview(house), booked(house, 1))
    assert house.files() == [(kavya, 1, False), (marta, 1, False)]
    house.invite(booked(house, 1), booked(house, 2, day=1))
    assert house.files() == [(kavya, 2, False), (marta, 2, False)]
    house.invite(booked(house, 2, day=1), replace(booked(house, 2, day=1), note="bring the figures"))
    assert house.files() == []
    house.invite(booked(house, 2, day=1), interview(house, state="later", sequence=3))
    assert house.files() == [(kavya, 3, True), (marta, 3, True)]


def test_another_manager_gets_it_and_the_former_one_loses_it(house: House) -> None:
    other = house.hire("Chen")
    new = booked(house, 0, uid="1-xyz", manager=other.id)
    house.invite(booked(house, 4), new)
    kavya, marta = house.kavya.id, house.marta.id
    assert house.files() == [(kavya, 5, True), (marta, 5, True), (kavya, 0, False), (other.id, 0, False)]
    house.invite(booked(house, 4), interview(house, uid="1-xyz", manager=other.id))
    assert house.files() == [(kavya, 5, True), (marta, 5, True)]


@pytest.mark.parametrize("state", ["held", "missed"])
def test_what_is_over_stays_in_calendars(house: House, state: str) -> None:
    house.invite(booked(house, 1), replace(booked(house, 1), state=state))  # type: ignore[arg-type]
    house.later(timedelta(days=20))
    house.invite(booked(house, 1), interview(house, state="cancelled", sequence=2))
    assert house.files() == []


def test_whoever_has_caldav_finds_it_there_and_the_other_side_gets_a_file(
    house: House, radicale: Radicale
) -> None:
    work = radicale.make("work")
    where = work + "1-abc%40perfloop.ics"
    house.connect("caldav", radicale.url)
    house.rounds(radicale.port)
    assert house.calendar().problem == ""
    house.invite(interview(house), booked(house, 1))
    house.rounds(radicale.port)
    kept = radicale.get(where)
    assert kept is not None
    assert b"DTSTART;TZID=Europe/Berlin:20260330T100000" in kept
    house.invite(booked(house, 1), booked(house, 2, day=1))
    house.invite(booked(house, 2, day=1), booked(house, 3, day=2))  # before anything was written
    house.rounds(radicale.port)
    kept = radicale.get(where)
    assert kept is not None
    assert b"SEQUENCE:3" in kept
    assert [person for person, _, _ in house.files()] == [house.marta.id] * 3
    house.later(timedelta(hours=1))
    house.rounds(radicale.port)
    assert house.calendar().busy == 0, "our own takes no time"
    house.invite(booked(house, 3, day=2), interview(house, state="cancelled", sequence=4))
    house.rounds(radicale.port)
    assert radicale.get(where) is None
    with house.store.work() as records:
        assert records.calendars.writings_of(house.kavya.id) == []
    assert house.told(UNWRITTEN) == 0


def test_what_can_t_be_written_comes_as_a_file_after_an_hour_with_one_word_why(
    house: House, radicale: Radicale
) -> None:
    radicale.make("work")
    house.connect("caldav", radicale.url)
    house.rounds(radicale.port)
    house.connect("caldav", "http://127.0.0.1:1/")
    house.invite(interview(house), booked(house, 1))
    assert house.files() == [(house.marta.id, 1, False)]
    for turn in range(TRIES):
        assert house.told(UNWRITTEN) == 0, turn
        house.rounds(1)  # nobody listens there
        house.later(timedelta(hours=1))
    assert house.told(UNWRITTEN) == 1
    assert house.files() == [(house.kavya.id, 1, False)]
    house.rounds(1)
    assert (house.told(UNWRITTEN), house.files()) == (1, [])


def test_a_calendar_that_is_taken_away_meanwhile_leaves_a_file(house: House) -> None:
    house.connect("caldav", "http://127.0.0.1:1/")
    house.invite(interview(house), booked(house, 1))
    assert house.files() == [(house.marta.id, 1, False)]
    house.connect("feed", "https://new.example.com:1/")
    house.rounds()
    assert house.files() == [(house.kavya.id, 1, False)]
