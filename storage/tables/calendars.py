"""Tables of people's calendars: how they are reached, when people are busy, what is to be written there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, table_of


class CalendarRow(Row, table=True):
    """A person's connected calendar; `access` (address, user, password) is encrypted with a key of its own."""

    __tablename__ = "calendar"
    __table_args__ = (Index("calendar_next", "next_at"),)

    person: int = Field(foreign_key="person.id", primary_key=True)
    kind: str = Field(sa_type=Wording)
    host: str = Field(sa_type=Wording)
    connected_at: datetime
    next_at: datetime
    read_at: datetime | None
    busy: int
    problem: str = Field(sa_type=Wording)
    failures: int
    telling: bool
    access: bytes = Field(sa_type=LargeBinary)


class BusyRow(Row, table=True):
    """A stretch of time in which somebody is busy; of what, is not kept."""

    __tablename__ = "calendar_busy"
    __table_args__ = (Index("calendar_busy_person", "person", "ends_at"),)

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    starts_at: datetime
    ends_at: datetime


class WritingRow(Row, table=True):
    """What is to stand in a person's calendar, until it does."""

    __tablename__ = "calendar_writing"
    __table_args__ = (Index("calendar_writing_next", "next_at"),)

    person: int = Field(foreign_key="person.id", primary_key=True)
    uid: str = Field(sa_type=Wording, primary_key=True)
    sequence: int
    invitation: dict[str, Any] = Field(sa_type=JSON)
    next_at: datetime
    tries: int


CALENDAR = table_of(CalendarRow)
BUSY = table_of(BusyRow)
WRITING = table_of(WritingRow)
