"""Tables of reviews: what one person wrote about another or about themselves, who is asked to, and guests."""

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
        UniqueConstraint("cycle", "phase", "about", "kind", "author"),
        Index("review_about", "cycle", "about"),
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


class NominationRow(Row, table=True):
    """Somebody named to review somebody else; what they write is kept elsewhere."""

    __tablename__ = "nomination"
    __table_args__ = (
        UniqueConstraint("cycle", "phase", "about", "reviewer"),
        Index("nomination_reviewer", "cycle", "reviewer"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    phase: str = Field(sa_type=Wording)
    kind: str = Field(sa_type=Wording)
    about: int = Field(foreign_key="person.id")
    reviewer: int = Field(foreign_key="person.id")
    state: str = Field(sa_type=Wording)
    by: int = Field(foreign_key="person.id")
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    why: str = Field(sa_type=Wording)


class GuestRow(Row, table=True):
    """An external reviewer: a link that is good once, and what was written with it. Of its secret only a hash is kept."""

    __tablename__ = "guest"
    __table_args__ = (
        UniqueConstraint("secret"),
        Index("guest_about", "cycle", "about"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    phase: str = Field(sa_type=Wording)
    about: int = Field(foreign_key="person.id")
    name: str = Field(sa_type=Wording)
    company: str = Field(sa_type=Wording)
    language: str = Field(sa_type=Wording)
    secret: str = Field(sa_type=Wording)
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    sent_at: datetime | None = None
    answers: dict[str, Any] = Field(sa_type=JSON)


REVIEW = table_of(ReviewRow)
NOMINATION = table_of(NominationRow)
GUEST = table_of(GuestRow)
