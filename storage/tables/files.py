"""Tables of files: what is ordered, and the sheets that were dropped into the chat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, partial, table_of


class FileOrderRow(Row, table=True):
    """A piece of work with files that waits to be done."""

    __tablename__ = "file_order"
    __table_args__ = (partial("file_order_to_do", "asked_at", where="state IN ('asked', 'sending')"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Wording)
    person: int = Field(foreign_key="person.id")
    about: dict[str, Any] = Field(sa_type=JSON)
    asked_at: datetime = Field(index=True)
    state: str = Field(sa_type=Wording)
    until: datetime | None = None
    tries: int
    failure: str = Field(sa_type=Wording)


class DroppedRow(Row, table=True):
    """A sheet that somebody dropped into the chat, between the dropping and its import."""

    __tablename__ = "dropped_sheet"

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    name: str = Field(sa_type=Wording)
    at: datetime = Field(index=True)
    state: str = Field(sa_type=Wording)
    content: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    problem: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    outcome: dict[str, Any] | None = Field(default=None, sa_type=JSON)


FILE_ORDER = table_of(FileOrderRow)
DROPPED = table_of(DroppedRow)
