"""Tables of what people say to each other between the reviews."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, table_of


class PraiseRow(Row, table=True):
    """What somebody praised a colleague for, with a company value as it was called then."""

    __tablename__ = "praise"
    __table_args__ = (Index("praise_about", "about", "at"), Index("praise_by", "by", "at"))

    id: int | None = Field(default=None, primary_key=True)
    about: int = Field(foreign_key="person.id")
    by: int = Field(foreign_key="person.id")
    text: str = Field(sa_type=Wording)
    at: datetime
    value_en: str | None = Field(default=None, sa_type=Wording)
    value_zh: str | None = Field(default=None, sa_type=Wording)
    channel: str | None = Field(default=None, sa_type=Wording)
    points: int | None = None


class PraiseRulesRow(Row, table=True):
    """What HR has set for praise: one row at most, whose id is 1."""

    __tablename__ = "praise_rules"

    id: int | None = Field(default=None, primary_key=True)
    values: Any = Field(sa_type=JSON)
    channels: Any = Field(sa_type=JSON)
    points: int | None = None


class ClippingRow(Row, table=True):
    """A message that somebody has taken up from its menu, until they have said what for; kept for a few days."""

    __tablename__ = "clipping"
    __table_args__ = (Index("clipping_at", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    by: int = Field(foreign_key="person.id")
    author: int | None = Field(default=None, foreign_key="person.id")
    author_name: str = Field(sa_type=Wording)
    text: str = Field(sa_type=Wording)
    place: str = Field(sa_type=Wording)
    link: str = Field(sa_type=Wording)
    withheld: bool
    said_at: datetime
    at: datetime


class EvidenceRow(Row, table=True):
    """What was seen of somebody on a day, in the words of whoever saw it, with a message's copy or without."""

    __tablename__ = "evidence"
    __table_args__ = (Index("evidence_about", "about", "day"), Index("evidence_by", "by", "at"))

    id: int | None = Field(default=None, primary_key=True)
    about: int = Field(foreign_key="person.id")
    by: int = Field(foreign_key="person.id")
    day: date
    text: str = Field(sa_type=Wording)
    quote: str = Field(sa_type=Wording)
    author_name: str = Field(sa_type=Wording)
    place: str = Field(sa_type=Wording)
    link: str = Field(sa_type=Wording)
    goal: int | None = None
    at: datetime


class FeedbackRequestRow(Row, table=True):
    """What somebody would like to hear a colleague's feedback about."""

    __tablename__ = "feedback_request"
    __table_args__ = (
        Index("feedback_request_by", "by", "at"), Index("feedback_request_whom", "whom", "at"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    by: int = Field(foreign_key="person.id")
    whom: int = Field(foreign_key="person.id")
    about: str = Field(sa_type=Wording)
    state: str = Field(sa_type=Wording)
    at: datetime


class FeedbackRow(Row, table=True):
    """Feedback for one colleague alone, or for their manager too."""

    __tablename__ = "feedback"
    __table_args__ = (Index("feedback_about", "about", "at"), Index("feedback_by", "by", "at"))

    id: int | None = Field(default=None, primary_key=True)
    about: int = Field(foreign_key="person.id")
    by: int = Field(foreign_key="person.id")
    situation: str = Field(sa_type=Wording)
    behaviour: str = Field(sa_type=Wording)
    effect: str = Field(sa_type=Wording)
    wish: str = Field(sa_type=Wording)
    shared: bool
    request: int | None = None
    at: datetime
    thanked_at: datetime | None = None


class SuggestionRow(Row, table=True):
    """A suggestion with all that was said about it, under a name that only its author finds and only the key opens.

    It has no moment, author, state or order: whoever has the database alone learns how many there are.
    """

    __tablename__ = "suggestion"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: str = Field(sa_type=Wording, primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)


PRAISE = table_of(PraiseRow)
PRAISE_RULES = table_of(PraiseRulesRow)
CLIPPING = table_of(ClippingRow)
EVIDENCE = table_of(EvidenceRow)
FEEDBACK_REQUEST = table_of(FeedbackRequestRow)
FEEDBACK = table_of(FeedbackRow)
SUGGESTION = table_of(SuggestionRow)
