"""Busy times as a calendar says them: what takes time and what does not, in whose zone, and never too much of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendars.apart import ReadingApart, answer
from bot.calendars.reading import Reading, busy_in, merged
from bot.calendars.trouble import Unreachable

SINCE = datetime(2026, 3, 23, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=90)
BERLIN = """BEGIN:VTIMEZONE
TZID:Our own Berlin
BEGIN:DAYLIGHT
DTSTART:20250330T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def calendar(*events: str, before: str = "") -> bytes:
    parts = [
        f"BEGIN:VEVENT\nUID:{n}\nDTSTAMP:20260101T000000Z\n{event}\nEND:VEVENT\n"
        for n, event in enumerate(events)
    ]
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{before}{''.join(parts)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def busy(*events: str, zone: str = "Asia/Shanghai", **more: Any) -> list[str]:
    found = busy_in(Reading([calendar(*events, **more)], "Kavya@example.com", zone, SINCE, UNTIL))
    return [f"{start:%m-%d %H:%M}–{end:%m-%d %H:%M}" for start, end in found]


MEETING = "SUMMARY:Secret merger\nDTSTART:20260330T080000Z\nDTEND:20260330T090000Z"


@pytest.mark.parametrize(
    ("event", "times"),
    [
        (MEETING, ["03-30 08:00–03-30 09:00"]),
        (MEETING + "\nSTATUS:CANCELLED", []),
        (MEETING + "\nSTATUS:TENTATIVE", ["03-30 08:00–03-30 09:00"]),
        (MEETING + "\nTRANSP:TRANSPARENT", []),
        (MEETING + "\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        (MEETING + "\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", ["03-30 08:00–03-30 09:00"]),
        (MEETING + "\nATTENDEE;PARTSTAT=DECLINED:mailto:kavya@example.com", []),
        (
            MEETING + "\nATTENDEE;PARTSTAT=DECLINED:mailto:else@example.com\nATTENDEE:mailto:kavya@example.com",
            ["03-30 08:00–03-30 09:00"],
        ),
        ("DTSTART:20260330T080000Z\nDURATION:PT30M", ["03-30 08:00–03-30 08:30"]),
        ("DTSTART:20260330T080000Z", []),
        # All day and floating: where the owner is.
        ("DTSTART;VALUE=DATE:20260330\nDTEND;VALUE=DATE:20260331", ["03-29 16:00–03-30 16:00"]),
        ("DTSTART;VALUE=DATE:20260330", ["03-29 16:00–03-30 16:00"]),
        ("DTSTART:20260330T100000\nDTEND:20260330T110000", ["03-30 02:00–03-30 03:00"]),
        # What begins before or ends after is cut off.
        ("DTSTART:20260301T000000Z\nDTEND:20260323T020000Z", ["03-23 00:00–03-23 02:00"]),
        ("DTSTART:20260101T000000Z\nDTEND:20260323T000000Z", []),
        ("DTSTART:20290101T000000Z\nDTEND:20290102T000000Z", []),
    ],
)  # fmt: skip
def test_what_takes_time(event: str, times: list[str]) -> None:
    assert busy(event) == times


def test_a_series_keeps_its_local_hour_over_a_clock_change() -> None:
    weekly = "DTSTART;TZID=Our own Berlin:20260313T100000\nDTEND;TZID=Our own Berlin:20260313T103000"
    rule = "\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Our own Berlin:20260403T100000"
    assert busy(weekly + rule, before=BERLIN) == ["03-27 09:00–03-27 09:30"]
    rule = "\nRRULE:FREQ=WEEKLY;COUNT=4"
    assert busy(weekly + rule, before=BERLIN) == ["03-27 09:00–03-27 09:30", "04-03 08:00–04-03 08:30"]


def test_one_meeting_of_a_series_that_was_moved_is_where_it_was_moved_to() -> None:
    series = b"BEGIN:VEVENT\r\nUID:s\r\nDTSTART:20260330T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEND:VEVENT\r\n"
    moved = b"BEGIN:VEVENT\r\nUID:s\r\nRECURRENCE-ID:20260331T080000Z\r\nDTSTART:20260331T120000Z\r\nDURATION:PT1H\r\n"
    moved += b"END:VEVENT\r\n"
    content = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + series + moved + b"END:VCALENDAR\r\n"
    found = busy_in(Reading([content], "", "UTC", SINCE, UNTIL))
    assert [start.hour for start, _ in found] == [8, 12]


def test_busy_times_alone_are_enough() -> None:
    """What some companies publish instead of events."""
    text = (
        "BEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY:20260330T080000Z/PT1H,20260331T080000Z/20260331T090000Z\n"
        "FREEBUSY;FBTYPE=FREE:20260401T080000Z/PT1H\nEND:VFREEBUSY\n"
    )
    assert busy(before=text) == ["03-30 08:00–03-30 09:00", "03-31 08:00–03-31 09:00"]


def test_our_own_interview_takes_no_time_there() -> None:
    """Else nobody could move one by half an hour."""
    content = calendar(MEETING).replace(b"UID:0", b"UID:7-abc@perfloop")
    assert busy_in(Reading([content], "", "UTC", SINCE, UNTIL)) == []


MOMENTS = st.integers(0, 200).map(lambda n: SINCE + timedelta(minutes=15 * n))


@given(st.lists(st.tuples(MOMENTS, MOMENTS).filter(lambda pair: pair[0] < pair[1])))
@settings(deadline=None)
def test_spans_are_joined_without_gaining_or_losing_a_minute(spans: list[tuple[datetime, datetime]]) -> None:
    def minutes(of: list[tuple[datetime, datetime]]) -> set[int]:
        step = timedelta(minutes=15)
        return {n for start, end in of for n in range((start - SINCE) // step, (end - SINCE) // step)}

    found = merged(spans)
    assert minutes(found) == minutes(spans)
    assert all(one[1] < other[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html>Sign in</html>", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"\x00\xff\xfe", b"BEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", b'{"kind": "calendar#events"}',
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_said_to_be_none(content: bytes) -> None:
    assert answer(Reading([content], "", "UTC", SINCE, UNTIL)) == "no-calendar"


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=200)
def test_whatever_comes_is_an_answer(tail: bytes) -> None:
    content = b"BEGIN:VCALENDAR\r\n" + tail + b"\r\nEND:VCALENDAR\r\n"
    said = answer(Reading([content], "", "UTC", SINCE, UNTIL))
    assert isinstance(said, list) or said in ("no-calendar", "too-much")


def apart(*contents: bytes, patience: float = 20.0) -> list[Any]:
    async def run() -> list[Any]:
        reading, said = ReadingApart(patience), []
        for content in contents:
            try:
                said.append(len(await reading(Reading([content], "", "UTC", SINCE, UNTIL))))
            except Unreachable as no:
                said.append(no.problem)
        await reading.stop()
        return said

    return asyncio.run(run())


def test_a_calendar_that_would_take_for_ever_ends_alone() -> None:
    """The next one is read as if nothing had been."""
    bomb = calendar("DTSTART:20200101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY")
    assert apart(calendar(MEETING), bomb, calendar(MEETING), patience=6.0) == [1, "too-much", 1]


@pytest.mark.parametrize("cancelled", [False, True])
def test_the_bot_can_stop_in_the_middle_of_it(cancelled: bool) -> None:
    bomb = calendar("DTSTART:20200101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY")

    async def run() -> None:
        reading = ReadingApart(60.0)
        task = asyncio.create_task(reading(Reading([bomb], "", "UTC", SINCE, UNTIL)))
        while not reading.under_way:  # noqa: ASYNC110 (it begins in a thread, which sets no event of ours)
            await asyncio.sleep(0)
        if cancelled:
            task.cancel()
        await reading.stop()
        with pytest.raises((Unreachable, asyncio.CancelledError)):
            await task
        assert not reading.under_way

    asyncio.run(asyncio.wait_for(run(), 20))


def test_too_many_events_are_too_much() -> None:
    often = calendar("DTSTART:20260323T000000Z\nDURATION:PT1S\nRRULE:FREQ=MINUTELY;COUNT=21000")
    assert apart(often) == ["too-much"]
    assert answer(Reading([b"nothing"], "", "UTC", SINCE, UNTIL)) == "no-calendar"
