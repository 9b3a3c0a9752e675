"""Tables of reports: who does not want the weekly look at what is going on."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from storage.tables import Row, table_of


class WeeklyOffRow(Row, table=True):
    """Somebody has switched the weekly look off, at that moment."""

    __tablename__ = "weekly_off"
    __table_args__ = ({"sqlite_with_rowid": False},)

    person: int = Field(foreign_key="person.id", primary_key=True)
    at: datetime


WEEKLY_OFF = table_of(WeeklyOffRow)
