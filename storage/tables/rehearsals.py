"""Tables of rehearsals: what HR asked to have played, what was found, and what each person would get."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, partial, table_of


class RehearsalRow(Row, table=True):
    """The latest rehearsal of a cycle."""

    __tablename__ = "rehearsal"
    __table_args__ = (partial("rehearsal_to_do", "asked_at", where="state IN ('asked', 'playing')"),)

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    state: str = Field(sa_type=Wording)
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    mark: str = Field(sa_type=Wording)
    number: int
    progress: int
    until: datetime | None = None
    found: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    failure: str = Field(sa_type=Wording)


class TimelineRow(Row, table=True):
    """What one person would get, of the latest rehearsal."""

    __tablename__ = "timeline"

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    person: int = Field(foreign_key="person.id", primary_key=True)
    told: list[Any] = Field(sa_type=JSON)


REHEARSAL = table_of(RehearsalRow)
TIMELINE = table_of(TimelineRow)
