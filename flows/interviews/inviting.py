"""Brings an interview into both sides' calendars, and out of them: as a file in the chat, or by CalDAV."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from flows.core.file_orders import FileOrderRecords
from flows.interviews.calendars import CalendarRecords, Writing
from flows.interviews.invitation import Invitation, cancellation, invitation_of
from flows.interviews.records import Interview

ORDER = "invitation"
OVER = ("held", "missed")  # what was to take place stays in calendars


class InvitingRecords(FileOrderRecords, CalendarRecords, Protocol):
    """What inviting needs."""


def invite(records: InvitingRecords, before: Interview, after: Interview, now: datetime) -> None:
    """Tell both sides' calendars what has become of an interview, wherever a time was set, moved or taken back.

    `before` is the interview as it was, `after` as it was just saved. Nothing happens where their calendars need not
    change. Whoever is no longer part of it (the former manager) gets the cancellation.
    """
    was, new = invitation_of(before), invitation_of(after)
    if was == new:
        return
    if was is not None and was.ends_at > now and after.state not in OVER:
        goes_on = new is not None and new.uid == was.uid
        for person in was.people:
            if new is None or not goes_on or person not in new.people:
                sequence = after.sequence if after.uid == before.uid else 0
                _deliver(records, person, cancellation(was, sequence), now)
    if new is not None:
        for person in new.people:
            _deliver(records, person, new, now)


def by_file(records: FileOrderRecords, person: int, invitation: Invitation, now: datetime) -> None:
    """Have the invitation come into the person's chat as a file that every calendar opens."""
    records.file_orders.ask(ORDER, person, invitation.as_json(), now)


def _deliver(records: InvitingRecords, person: int, invitation: Invitation, now: datetime) -> None:
    calendar = records.calendars.get(person)
    if calendar is None or calendar.kind != "caldav" or calendar.problem == "key":
        by_file(records, person, invitation, now)
    else:
        records.calendars.write(Writing(person, invitation.uid, invitation.sequence, invitation, now))
