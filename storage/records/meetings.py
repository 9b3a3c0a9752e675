"""Regular talks of managers with their people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, update

from flows.coaching.meetings.records import Meeting, MeetingNote, Point
from flows.cycle.calendar import Rhythm
from storage.records.rows import columns_of, insert_one, new_only
from storage.tables.meetings import MEETING, MEETING_HELD, MEETING_NOTE, MEETING_POINT

MEET, POINT, NOTE = MEETING.c, MEETING_POINT.c, MEETING_NOTE.c
# In the order of the values' fields.
MEETINGS = select(*(MEET[name] for name in Meeting.__slots__))
POINTS = select(*(POINT[name] for name in Point.__slots__))
NOTES = select(*(NOTE[name] for name in MeetingNote.__slots__))
PAIR = MEETINGS.where(MEET.manager == bindparam("manager"), MEET.person == bindparam("person"))
LED = MEETINGS.where(MEET.manager == bindparam("manager")).order_by(MEET.id)
OPEN = POINTS.where(POINT.meeting == bindparam("meeting"), POINT.ended_at.is_(None)).order_by(POINT.id)
READABLE = NOTES.where(
    NOTE.meeting == bindparam("meeting"), or_(NOTE.shared, NOTE.by == bindparam("reader"))
).order_by(NOTE.on.desc(), NOTE.id.desc())


class Meetings:
    """Implements `flows.coaching.meetings.records.MeetingKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, meeting: int) -> Meeting | None:
        row = self._connection.execute(MEETINGS.where(MEET.id == meeting)).first()
        return meeting_in(row) if row else None

    def find(self, manager: int, person: int) -> Meeting | None:
        row = self._connection.execute(PAIR, {"manager": manager, "person": person}).first()
        return meeting_in(row) if row else None

    def begin(self, meeting: Meeting) -> Meeting:
        self._connection.execute(new_only(MEETING), kept(meeting))
        found = self.find(meeting.manager, meeting.person)
        if found is None:
            raise LookupError("a meeting that was just begun is not there")
        return found

    def save(self, meeting: Meeting) -> None:
        self._connection.execute(update(MEETING).where(MEET.id == meeting.id), kept(meeting))

    def note_held(self, meeting: int, day: date) -> None:
        self._connection.execute(new_only(MEETING_HELD), {"meeting": meeting, "day": day})

    def led_by(self, manager: int) -> list[Meeting]:
        return [meeting_in(row) for row in self._connection.execute(LED, {"manager": manager})]

    def add_point(self, point: Point) -> Point:
        added = insert_one(self._connection, insert(MEETING_POINT), columns_of(point, "id"))
        return replace(point, id=added)

    def point(self, point: int) -> Point | None:
        row = self._connection.execute(POINTS.where(POINT.id == point)).first()
        return Point(*row) if row else None

    def save_point(self, point: Point) -> None:
        self._connection.execute(update(MEETING_POINT).where(POINT.id == point.id), columns_of(point, "id"))

    def points(self, meeting: int) -> list[Point]:
        return [Point(*row) for row in self._connection.execute(OPEN, {"meeting": meeting})]

    def keep_note(self, note: MeetingNote) -> MeetingNote:
        row = columns_of(note, "id")
        if note.id:
            self._connection.execute(update(MEETING_NOTE).where(NOTE.id == note.id), row)
            return note
        return replace(note, id=insert_one(self._connection, insert(MEETING_NOTE), row))

    def note(self, note: int) -> MeetingNote | None:
        row = self._connection.execute(NOTES.where(NOTE.id == note)).first()
        return MeetingNote(*row) if row else None

    def notes(self, meeting: int, reader: int) -> list[MeetingNote]:
        asked = {"meeting": meeting, "reader": reader}
        return [MeetingNote(*row) for row in self._connection.execute(READABLE, asked)]

    def forget(self, before: datetime) -> int:
        over = delete(MEETING_POINT).where(POINT.ended_at < before)
        old = delete(MEETING_NOTE).where(NOTE.at < before)
        return self._connection.execute(over).rowcount + self._connection.execute(old).rowcount


def kept(meeting: Meeting) -> Mapping[str, Any]:
    return columns_of(meeting, "id") | {"rhythm": meeting.rhythm.value if meeting.rhythm else None}


def meeting_in(row: Row[Any]) -> Meeting:
    number, manager, person, rhythm, *rest = tuple(row)
    return Meeting(number, manager, person, Rhythm(rhythm) if rhythm else None, *rest)
