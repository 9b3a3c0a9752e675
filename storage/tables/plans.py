"""Tables of what follows from a review: actions and plans."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, table_of


class ActionRow(Row, table=True):
    """What somebody does by a day."""

    __tablename__ = "action"
    __table_args__ = (Index("action_person", "person", "state"), Index("action_of", "source", "of"))

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    source: str = Field(sa_type=Wording)
    of: int
    text: str = Field(sa_type=Wording)
    due: date | None
    state: str = Field(sa_type=Wording)
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime
    ended_at: datetime | None


ACTION = table_of(ActionRow)
