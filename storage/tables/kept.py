"""Tables about what is kept: who opened whose record, requests about one's data, and how long things stay."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, partial, table_of


class OpeningRow(Row, table=True):
    """On one day, somebody opened something of one kind about a person."""

    __tablename__ = "opening"
    __table_args__ = (Index("opening_day", "day"),)

    person: int = Field(foreign_key="person.id", primary_key=True)
    day: date = Field(primary_key=True)
    reader: int = Field(foreign_key="person.id", primary_key=True)
    kind: str = Field(sa_type=Wording, primary_key=True)


class DataRequestRow(Row, table=True):
    """What somebody asked for about their own data, and the answer."""

    __tablename__ = "data_request"
    __table_args__ = (
        Index("data_request_person", "person"),
        partial("data_request_open", "id", where="state = 'open'"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    wish: str = Field(sa_type=Wording)
    text: str = Field(sa_type=Wording)
    at: datetime
    state: str = Field(sa_type=Wording)
    answer: str = Field(sa_type=Wording)
    by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None


class RetentionRow(Row, table=True):
    """How many months HR keeps things of one class."""

    __tablename__ = "retention"

    keeping: str = Field(sa_type=Wording, primary_key=True)
    months: int
    by: int = Field(foreign_key="person.id")
    at: datetime


class LetGoRow(Row, table=True):
    """Up to which moment a part was let go, and up to which row since."""

    __tablename__ = "let_go"

    part: str = Field(sa_type=Wording, primary_key=True)
    until: datetime
    cursor: int


OPENING = table_of(OpeningRow)
DATA_REQUEST = table_of(DataRequestRow)
RETENTION = table_of(RetentionRow)
LET_GO = table_of(LetGoRow)
