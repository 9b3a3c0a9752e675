"""The table of tasks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, partial, table_of


class TaskRow(Row, table=True):
    """One thing that one person owes; the unique key is ordered so that it also finds a whole round."""

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("kind", "scope", "subject", "owner", "about"),
        Index("task_counted", "scope", "kind", "subject", "department", "state"),
        Index("task_round_about", "kind", "scope", "subject", "about"),
        partial("task_next", "next_at", "person", where="state = 'open' AND next_at IS NOT NULL"),
        partial("task_open", "person", "due_at", where="state = 'open'"),
        partial("task_owned", "owner", where="state = 'open'"),
        partial("task_about", "about", where="state = 'open'"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Wording)
    scope: int
    person: int = Field(foreign_key="person.id")
    subject: str = Field(sa_type=Wording)
    state: str = Field(sa_type=Wording)
    opens_at: datetime
    due_at: datetime
    until: datetime
    next_at: datetime | None = None
    said: int
    snoozed: bool
    live: str | None = Field(default=None, sa_type=Wording)
    why: str = Field(sa_type=Wording)
    done_at: datetime | None = None
    owner: int = Field(foreign_key="person.id")
    about: int = Field(foreign_key="person.id")
    department: str = Field(sa_type=Wording)
    said_at: datetime | None = None
    told_due: datetime | None = None


TASK = table_of(TaskRow)
