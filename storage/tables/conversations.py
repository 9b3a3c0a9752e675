"""The table of conversations."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, partial, table_of


class ConversationRow(Row, table=True):
    """One person's way through one flow; of those not dropped there is one for each subject.

    With `sealed` its answers and what is typed are in `content`, encrypted with that cycle's key. `touched_on` is the
    day (UTC) on which it was written to last; None where it is sealed.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        partial(
            "conversation_kept_key", "person", "flow", "subject", where="state <> 'dropped'", unique=True
        ),
        partial("conversation_in_chat_key", "person", where="in_chat", unique=True),
    )

    id: str = Field(sa_type=Wording, primary_key=True)
    flow: str = Field(sa_type=Wording)
    person: int = Field(foreign_key="person.id")
    subject: str = Field(sa_type=Wording)
    answers: dict[str, Any] = Field(sa_type=JSON)
    typed: dict[str, Any] = Field(sa_type=JSON)
    typed_at: str = Field(sa_type=Wording)
    at: str | None = Field(default=None, sa_type=Wording)
    revision: int
    state: str = Field(sa_type=Wording)
    in_chat: bool
    sealed: int | None = Field(default=None, foreign_key="cycle.id")
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    touched_on: date | None = None


CONVERSATION = table_of(ConversationRow)
