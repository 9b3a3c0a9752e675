"""Tables of regular talks: their rhythm, the days on which they were held, points and notes."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, partial, table_of


class MeetingRow(Row, table=True):
    """The regular talk of a manager with one report, or with the team (person = manager)."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("manager", "person"), Index("meeting_person", "person"))

    id: int | None = Field(default=None, primary_key=True)
    manager: int = Field(foreign_key="person.id")
    person: int = Field(foreign_key="person.id")
    rhythm: str | None = Field(sa_type=Wording)
    next_on: date | None
    last_on: date | None
    since: datetime


class HeldRow(Row, table=True):
    """A day on which a talk was held."""

    __tablename__ = "meeting_held"
    __table_args__ = ({"sqlite_with_rowid": False},)

    day: date = Field(primary_key=True)
    meeting: int = Field(foreign_key="meeting.id", primary_key=True)


class PointRow(Row, table=True):
    """Something to talk about."""

    __tablename__ = "meeting_point"
    __table_args__ = (
        partial("meeting_point_open", "meeting", where="ended_at IS NULL"),
        Index("meeting_point_by", "by"),
    )

    id: int | None = Field(default=None, primary_key=True)
    meeting: int = Field(foreign_key="meeting.id")
    by: int = Field(foreign_key="person.id")
    text: str = Field(sa_type=Wording)
    at: datetime
    ended_at: datetime | None


class NoteRow(Row, table=True):
    """What somebody wrote down of a talk."""

    __tablename__ = "meeting_note"
    __table_args__ = (Index("meeting_note_meeting", "meeting"), Index("meeting_note_by", "by"))

    id: int | None = Field(default=None, primary_key=True)
    meeting: int = Field(foreign_key="meeting.id")
    by: int = Field(foreign_key="person.id")
    on: date
    text: str = Field(sa_type=Wording)
    shared: bool
    at: datetime


MEETING = table_of(MeetingRow)
MEETING_HELD = table_of(HeldRow)
MEETING_POINT = table_of(PointRow)
MEETING_NOTE = table_of(NoteRow)
