"""Tables of what people say to each other between the reviews."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, table_of


class PraiseRow(Row, table=True):
    """What somebody praised a colleague for."""

    __tablename__ = "praise"
    __table_args__ = (Index("praise_about", "about", "at"), Index("praise_by", "by", "at"))

    id: int | None = Field(default=None, primary_key=True)
    about: int = Field(foreign_key="person.id")
    by: int = Field(foreign_key="person.id")
    text: str = Field(sa_type=Wording)
    at: datetime


PRAISE = table_of(PraiseRow)
