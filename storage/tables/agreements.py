"""Tables of what both sides say was agreed in an interview, and of who has signed it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, table_of


class SaidRow(Row, table=True):
    """What one side says was agreed; the versions of both sides are counted together, and only ever added to."""

    __tablename__ = "interview_said"
    __table_args__ = (Index("interview_said_by", "by"),)

    interview: int = Field(foreign_key="interview.id", primary_key=True)
    version: int = Field(primary_key=True)
    side: str = Field(sa_type=Wording)
    by: int = Field(foreign_key="person.id")
    points: list[Any] = Field(sa_type=JSON)
    comment: str = Field(sa_type=Wording)
    at: datetime
    has_text: bool


class SignatureRow(Row, table=True):
    """How one side stands to a version: signed in one way or another, or missing."""

    __tablename__ = "interview_signature"
    __table_args__ = (Index("interview_signature_by", "by"),)

    interview: int = Field(foreign_key="interview.id", primary_key=True)
    version: int = Field(primary_key=True)
    side: str = Field(sa_type=Wording, primary_key=True)
    way: str = Field(sa_type=Wording)
    by: int | None = Field(default=None, foreign_key="person.id")
    comment: str = Field(sa_type=Wording)
    at: datetime


SAID, SIGNATURE = table_of(SaidRow), table_of(SignatureRow)
