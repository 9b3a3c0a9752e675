"""Tables of interviews: who talks with whom about a result, and which minutes of whose day are taken by that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, table_of


class InterviewRow(Row, table=True):
    """One employee's talk in one cycle."""

    __tablename__ = "interview"
    __table_args__ = (
        UniqueConstraint("cycle", "person"),
        Index("interview_person", "person", "state"),
        Index("interview_manager", "manager", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    person: int = Field(foreign_key="person.id")
    manager: int = Field(foreign_key="person.id")
    state: str = Field(sa_type=Wording)
    minutes: int
    until: datetime
    uid: str = Field(sa_type=Wording)
    sequence: int
    slots: list[Any] = Field(sa_type=JSON)
    turn: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    note: str = Field(sa_type=Wording)
    made_at: datetime
    changed_at: datetime


class BookedTimeRow(Row, table=True):
    """Five minutes of somebody's time that a booked interview takes; the key lets nobody be in two at once.

    `cell` counts stretches of five minutes since 1970 in UTC. An exclusion constraint would say it in one row, and
    SQLite has none.
    """

    __tablename__ = "interview_time"
    __table_args__ = (Index("interview_time_interview", "interview"),)

    person: int = Field(foreign_key="person.id", primary_key=True)
    cell: int = Field(primary_key=True)
    interview: int = Field(foreign_key="interview.id")


INTERVIEW, BOOKED_TIME = table_of(InterviewRow), table_of(BookedTimeRow)
