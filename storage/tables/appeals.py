"""Tables of appeals: what was filed, what was done about it, and who decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, partial, table_of


class AppealRow(Row, table=True):
    """One appeal; of one result a person has at most one that is open."""

    __tablename__ = "appeal"
    __table_args__ = (
        Index("appeal_person", "person"),
        Index("appeal_cycle", "cycle"),
        partial("appeal_open", "cycle", "person", where="ended_at IS NULL", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    person: int = Field(foreign_key="person.id")
    department: str = Field(sa_type=Wording)
    version: int
    state: str = Field(sa_type=Wording)
    parts: list[Any] = Field(sa_type=JSON)
    facts: str = Field(sa_type=Wording)
    evidence: str = Field(sa_type=Wording)
    talk: str = Field(sa_type=Wording)
    wish: str = Field(sa_type=Wording)
    apart: bool
    filed_at: datetime
    step: int
    step_at: datetime
    due_at: datetime
    completed: bool
    late: bool
    outcome: str = Field(sa_type=Wording)
    ended_at: datetime | None = None


class AppealStepRow(Row, table=True):
    """One thing that was done about an appeal."""

    __tablename__ = "appeal_step"
    __table_args__ = (Index("appeal_step_appeal", "appeal"), Index("appeal_step_by", "by"))

    id: int | None = Field(default=None, primary_key=True)
    appeal: int = Field(foreign_key="appeal.id")
    kind: str = Field(sa_type=Wording)
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime
    text: str = Field(sa_type=Wording)
    about: dict[str, Any] = Field(sa_type=JSON)


class AppealSeatRow(Row, table=True):
    """Who decides an appeal at a level."""

    __tablename__ = "appeal_seat"
    __table_args__ = (Index("appeal_seat_person", "person"),)

    appeal: int = Field(foreign_key="appeal.id", primary_key=True)
    level: int = Field(primary_key=True)
    person: int = Field(foreign_key="person.id", primary_key=True)
    on: bool


APPEAL = table_of(AppealRow)
STEP = table_of(AppealStepRow)
SEAT = table_of(AppealSeatRow)
