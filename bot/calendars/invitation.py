"""An interview as an iCalendar file that Outlook, Google, Apple and others open: invitation, change, cancellation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from icalendar import vCalAddress, vDuration

from bot.calendars.zone import timezone_of
from bot.file_orders import Draw
from bot.files import File
from flows.core.file_orders import FileOrder
from flows.interviews.invitation import (
    CANCELLATION,
    DESCRIPTION,
    FILE,
    REMINDER,
    Invitation,
    invitation_of,
    summary,
)
from flows.people.person import Person
from storage.work import Work

PRODUCT = "-//perfloop//perfloop//EN"
REMINDERS = (timedelta(days=-1), timedelta(minutes=-15))


def invitation_file(records: Work, order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """The file for one side of an interview; none where a later version is on its way already."""
    invitation = Invitation.from_json(order.about)
    sides = sides_of(records, invitation)
    interview = records.interviews.get(invitation.interview)
    if sides is None or reader.id not in invitation.people or interview is None:
        return None
    if not invitation.cancelled and invitation_of(interview) not in (None, invitation):
        return None
    content = calendar_file(invitation, *sides, reader, now)

    def draw() -> Sequence[File]:
        title = CANCELLATION if invitation.cancelled else FILE
        return [File("interview.ics", title.say(reader.language), content)]

    return draw


def sides_of(records: Work, invitation: Invitation) -> tuple[Person, Person] | None:
    """The employee and the manager, in this order."""
    person, manager = (records.people.get(side) for side in invitation.people)
    return (person, manager) if person and manager else None


def calendar_file(
    invitation: Invitation,
    person: Person,
    manager: Person,
    reader: Person,
    now: datetime,
    *,
    method: bool = True,
) -> bytes:
    """The calendar with the one event, in the reader's language; `method`: as an invitation, not as it is stored.

    Times are those of the manager's zone, with its clock changes, so that an open calendar shows them rightly
    anywhere. Both have agreed already, so nobody is asked to accept; the server is told to send nothing itself.
    """
    calendar = icalendar.Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    if method:
        calendar.add("METHOD", "CANCEL" if invitation.cancelled else "REQUEST")
    zone = ZoneInfo(manager.zone)
    calendar.add_component(timezone_of(zone, invitation.starts_at))
    event = icalendar.Event()
    event.add("UID", invitation.uid)
    event.add("SEQUENCE", invitation.sequence)
    event.add("DTSTAMP", now.astimezone(UTC).replace(microsecond=0))
    event.add("DTSTART", invitation.starts_at.astimezone(zone))
    event.add("DTEND", invitation.ends_at.astimezone(zone))
    event.add("SUMMARY", printable(summary(person, manager).say(reader.language)))
    event.add("DESCRIPTION", DESCRIPTION.say(reader.language))
    event.add("STATUS", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "TRANSPARENT" if invitation.cancelled else "OPAQUE")
    # only a server that stores it is told who sends; an invitation must not say so (RFC 6638, 7.1)
    agent = {} if method else {"schedule_agent": "CLIENT"}
    event.add("ORGANIZER", _address(manager, **agent))
    for attendee in (manager, person):
        role = {"role": "REQ-PARTICIPANT", "partstat": "ACCEPTED", "rsvp": "FALSE"}
        event.add("ATTENDEE", _address(attendee, **role, **agent))
    if not invitation.cancelled:
        for before in REMINDERS:
            event.add_component(_reminder(before, reader))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def printable(text: str) -> str:
    """The text without what no line of a calendar may hold; half an emoji is such, too."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _address(person: Person, **parameters: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = printable(person.name).replace('"', "'")
    for name, value in parameters.items():
        address.params[name.upper().replace("_", "-")] = value
    return address


def _reminder(before: timedelta, reader: Person) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", REMINDER.say(reader.language))
    alarm.add("TRIGGER", vDuration(before))
    return alarm
