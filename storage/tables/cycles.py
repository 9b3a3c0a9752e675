"""Tables of cycles: the cycles, who takes part, who stands in for whom, broadcasts and work done in slices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from storage.columns import Sortable, Wording
from storage.tables import Row, partial, table_of


class CycleRow(Row, table=True):
    """A cycle and what was decided about it, with its own copy of the template."""

    __tablename__ = "cycle"

    id: int | None = Field(default=None, primary_key=True)
    state: str = Field(sa_type=Wording)
    name: str = Field(sa_type=Wording)
    first: date
    template: dict[str, Any] = Field(sa_type=JSON)
    audience: dict[str, Any] = Field(sa_type=JSON)
    owner: int = Field(foreign_key="person.id")
    created_at: datetime
    moved: dict[str, Any] = Field(sa_type=JSON)
    rehearsed_at: datetime | None = None
    asked_by: int | None = Field(default=None, foreign_key="person.id")
    launched_by: int | None = Field(default=None, foreign_key="person.id")
    approved_by: int | None = Field(default=None, foreign_key="person.id")
    launched_at: datetime | None = None
    paused_at: datetime | None = None
    closed_at: datetime | None = None


class ParticipantRow(Row, table=True):
    """One person in one cycle, as they stood at launch."""

    __tablename__ = "participant"
    __table_args__ = (
        Index("participant_person", "person"),
        Index("participant_manager", "cycle", "manager", "person"),
        partial("participant_asked", "cycle", "person", where="place = 'asked'"),
    )

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    person: int = Field(foreign_key="person.id", primary_key=True)
    place: str = Field(sa_type=Wording)
    manager: int | None = Field(default=None, foreign_key="person.id")
    department: str = Field(sa_type=Wording)
    level: str = Field(sa_type=Wording)
    zone: str = Field(sa_type=Wording)
    language: str = Field(sa_type=Wording)
    since: datetime
    extended: dict[str, Any] = Field(sa_type=JSON)
    why: str = Field(sa_type=Wording)


class DelegationRow(Row, table=True):
    """Who does a person's duties for a time; days are the person's local ones, both included."""

    __tablename__ = "delegation"

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    deputy: int = Field(foreign_key="person.id", index=True)
    first: date
    last: date
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime
    ended_at: datetime | None = None


class TemplateRow(Row, table=True):
    """A company's own template, as the text of its file."""

    __tablename__ = "template"

    name: str = Field(sa_type=Wording, primary_key=True)
    text: str = Field(sa_type=Wording)
    changed_at: datetime


class BroadcastRow(Row, table=True):
    """One text to many; its messages are in the outbox."""

    __tablename__ = "broadcast"

    id: int | None = Field(default=None, primary_key=True)
    state: str = Field(sa_type=Wording)
    author: int = Field(foreign_key="person.id")
    text: list[Any] = Field(sa_type=JSON)
    audience: dict[str, Any] = Field(sa_type=JSON)
    created_at: datetime
    cycle: int | None = Field(default=None, foreign_key="cycle.id", unique=True)
    channels: list[Any] = Field(sa_type=JSON)
    send_on: date | None = None
    send_at: str | None = Field(default=None, sa_type=Wording)
    version: int
    readers: int
    started_at: datetime | None = None
    finished_at: datetime | None = None


class ReaderRow(Row, table=True):
    """One person of a broadcast's frozen audience."""

    __tablename__ = "reader"

    broadcast: int = Field(foreign_key="broadcast.id", primary_key=True)
    person: int = Field(foreign_key="person.id", primary_key=True)


class SweepRow(Row, table=True):
    """A piece of work over many people and how far it has got."""

    __tablename__ = "sweep"
    __table_args__ = (partial("sweep_due", "due_at", where="NOT done"),)

    key: str = Field(sa_type=Sortable, primary_key=True)
    about: dict[str, Any] = Field(sa_type=JSON)
    due_at: datetime
    cursor: int
    done: bool


class NoticeRow(Row, table=True):
    """Something that a person is told once, with their next digest."""

    __tablename__ = "notice"
    __table_args__ = (
        partial("notice_due", "due_at", where="state = 'waiting'"),
        partial("notice_person", "person", where="state = 'waiting'"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=Sortable, unique=True)
    person: int = Field(foreign_key="person.id")
    kind: str = Field(sa_type=Wording)
    about: dict[str, Any] = Field(sa_type=JSON)
    due_at: datetime
    state: str = Field(sa_type=Wording)
    message: str | None = Field(default=None, sa_type=Wording)


CYCLE = table_of(CycleRow)
PARTICIPANT = table_of(ParticipantRow)
DELEGATION = table_of(DelegationRow)
TEMPLATE = table_of(TemplateRow)
BROADCAST = table_of(BroadcastRow)
READER = table_of(ReaderRow)
SWEEP = table_of(SweepRow)
NOTICE = table_of(NoticeRow)
