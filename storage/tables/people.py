"""Tables of the directory: people, and to which channel a manager's team posts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, partial, table_of


class PersonRow(Row, table=True):
    """A person. E-mail is kept in small letters; `away` is a list of [first, last] ISO days of leave."""

    __tablename__ = "person"
    __table_args__ = (partial("person_roled", "id", where="CAST(roles AS TEXT) <> '[]'"),)

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(sa_type=Wording, unique=True)
    name: str = Field(sa_type=Wording)
    manager: int | None = Field(default=None, foreign_key="person.id", index=True)
    department: str = Field(sa_type=Wording)
    level: str = Field(sa_type=Wording)
    title: str = Field(sa_type=Wording)
    roles: list[Any] = Field(sa_type=JSON)
    zone: str = Field(sa_type=Wording)
    language: str = Field(sa_type=Wording)
    hired_on: date | None = None
    left_on: date | None = None
    account: str | None = Field(default=None, sa_type=Wording, unique=True)
    active: bool
    away: list[Any] = Field(sa_type=JSON)


class TeamChannelRow(Row, table=True):
    """The channel to which a manager's team posts its check-ins; no row means to none."""

    __tablename__ = "team_channel"

    manager: int = Field(primary_key=True, foreign_key="person.id")
    channel: str = Field(sa_type=Wording)


PERSON = table_of(PersonRow)
TEAM_CHANNEL = table_of(TeamChannelRow)
