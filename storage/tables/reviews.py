"""The table of reviews: what one person wrote about another, or about themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, table_of


class ReviewRow(Row, table=True):
    """One review that was sent; a draft is a conversation."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("cycle", "phase", "about", "kind"),
        Index("review_author", "cycle", "author"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    phase: str = Field(sa_type=Wording)
    kind: str = Field(sa_type=Wording)
    about: int = Field(foreign_key="person.id")
    author: int = Field(foreign_key="person.id")
    manager: int | None = Field(default=None, foreign_key="person.id")
    answers: dict[str, Any] = Field(sa_type=JSON)
    sent_at: datetime
    edited_at: datetime | None = None


REVIEW = table_of(ReviewRow)
