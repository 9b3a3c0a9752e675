"""When a calendar says that its owner is busy: start and end of what takes time, and nothing else of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]

from bot.calendars.trouble import Unreachable
from flows.core.local import instant
from flows.interviews.invitation import HOUSE
from flows.interviews.records import Span

OCCURRENCES = 20_000  # in the whole span: nobody has 200 a day
FREE = {"FREE", "WORKINGELSEWHERE"}  # what Outlook says beside TRANSP, or instead
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What to read: calendars as they came, and whose they are. The moments are in UTC, `zone` is an IANA name."""

    contents: Sequence[bytes]
    email: str
    zone: str
    since: datetime
    until: datetime


def busy_in(reading: Reading) -> list[Span]:
    """The busy times from `since` to `until` in UTC, in order, none overlapping. Raises Unreachable.

    Cancelled events, those shown as free, those that the owner declined, and perfloop's own take no time; tentative ones
    do. All-day and floating times are in the owner's zone.
    """
    found = [span for content in reading.contents for span in _spans(content, reading)]
    return merged(found)


def merged(spans: Sequence[Span]) -> list[Span]:
    """The same time in as few spans as can be, in order."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _spans(content: bytes, reading: Reading) -> Iterator[Span]:
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper().startswith(b"BEGIN:VCALENDAR"):
        raise Unreachable("no-calendar")
    calendars = icalendar.Calendar.from_ical(content, multiple=True)
    if not calendars or not content.rstrip().upper().endswith(
        b"END:VCALENDAR"
    ):  # half of one would make people free
        raise Unreachable("no-calendar")
    number = 0
    for calendar in calendars:
        series = recurring_ical_events.of(calendar, skip_bad_series=True)
        for event in series.between(reading.since - A_DAY, reading.until + A_DAY):
            number += 1
            if number > OCCURRENCES:
                raise Unreachable("too-much")
            if _takes_time(event, reading.email):
                yield from _clipped(event["DTSTART"].dt, event["DTEND"].dt, reading)
        for component in calendar.walk("VFREEBUSY"):
            yield from _free_busy(component, reading)


def _takes_time(event: icalendar.Event, email: str) -> bool:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return False
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return False
    if str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() in FREE:
        return False
    if str(event.get("UID", "")).endswith(HOUSE):
        return False  # an interview of ours, which the database knows better
    attendees = event.get("ATTENDEE", [])
    for attendee in attendees if isinstance(attendees, list) else [attendees]:
        mine = str(attendee).lower().removeprefix("mailto:") == email.lower()
        if mine and str(attendee.params.get("PARTSTAT", "")).upper() == "DECLINED":
            return False
    return True


def _free_busy(component: icalendar.Component, reading: Reading) -> Iterator[Span]:
    periods = component.get("FREEBUSY", [])
    for period in periods if isinstance(periods, list) else [periods]:
        if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE":
            start, end = period.dt
            yield from _clipped(start, start + end if isinstance(end, timedelta) else end, reading)


def _clipped(start: date, end: date, reading: Reading) -> Iterator[Span]:
    first = max(_moment(start, reading.zone), reading.since)
    last = min(_moment(end, reading.zone), reading.until)
    if first < last:
        yield first, last


def _moment(value: date, zone: str) -> datetime:
    """A date (its midnight) or a date and time, in UTC; without a zone it is in the owner's."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return instant(value, ZoneInfo(zone)) if value.tzinfo is None else value.astimezone(UTC)
