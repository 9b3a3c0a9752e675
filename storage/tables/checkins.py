"""Tables of the check-in: programmes, check-ins, managers' responses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, partial, table_of


class ProgrammeRow(Row, table=True):
    """HR's decision to ask for check-ins; `current` is true until it has ended, then NULL: at most one is."""

    __tablename__ = "programme"

    id: int | None = Field(default=None, primary_key=True)
    state: str = Field(sa_type=Wording)
    current: bool | None = Field(default=None, unique=True)
    audience: dict[str, Any] = Field(sa_type=JSON)
    schedule: dict[str, Any] = Field(sa_type=JSON)
    questions: list[Any] = Field(sa_type=JSON)
    started_by: int | None = Field(default=None, foreign_key="person.id")
    started_at: datetime


class CheckinRow(Row, table=True):
    """What a person reported for one round."""

    __tablename__ = "checkin"
    __table_args__ = (
        UniqueConstraint("programme", "round", "person"),
        Index("checkin_person_round", "person", "round"),
        partial("checkin_late", "programme", "round", "person", where="late"),
    )

    id: int | None = Field(default=None, primary_key=True)
    programme: int = Field(foreign_key="programme.id")
    person: int = Field(foreign_key="person.id")
    round: str = Field(sa_type=Wording)
    form: dict[str, Any] = Field(sa_type=JSON)
    goals: dict[str, Any] = Field(sa_type=JSON)
    rescue: dict[str, Any] = Field(sa_type=JSON)
    titles: dict[str, Any] = Field(sa_type=JSON)
    late: bool
    sent_at: datetime
    edited_at: datetime | None = None


class ResponseRow(Row, table=True):
    """What a manager did about a check-in."""

    __tablename__ = "response"

    id: int | None = Field(default=None, primary_key=True)
    checkin: int = Field(foreign_key="checkin.id", index=True)
    author: int = Field(foreign_key="person.id")
    kind: str = Field(sa_type=Wording)
    text: str = Field(sa_type=Wording)
    at: datetime


PROGRAMME = table_of(ProgrammeRow)
CHECKIN = table_of(CheckinRow)
RESPONSE = table_of(ResponseRow)
