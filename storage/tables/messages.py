"""Tables of what goes out and what came in: the outbox, and the keys of inbound events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from storage.columns import Sortable, Wording
from storage.tables import Row, partial, table_of


class MessageRow(Row, table=True):
    """A message and its delivery; `storage.outbox` says what each state means.

    `seq` is the order of writing. `addressee` is the person or channel as one text. A row is claimed while
    `owner` is set. It must be edited while `stale_due_at` is set; `stale_version` counts the reasons.
    """

    __tablename__ = "message"
    __table_args__ = (
        partial("message_waiting", "urgency", "due_at", "seq", where="state = 'waiting'"),
        partial("message_turn", "addressee", "seq", where="urgency = 0 AND state IN ('waiting', 'sending')"),
        partial("message_held", "owner", where="owner IS NOT NULL"),
        partial("message_sending", "lease_until", where="state = 'sending'"),
        partial("message_unsure", "unsure_since", where="state = 'unsure'"),
        partial("message_parked", "seq", where="state = 'parked'"),
        partial("message_day", "person", "day", where="day IS NOT NULL"),
        partial(
            "message_stale", "urgency", "stale_due_at", where="state = 'sent' AND stale_due_at IS NOT NULL"
        ),
    )

    seq: int | None = Field(default=None, primary_key=True)
    id: str = Field(sa_type=Wording, unique=True)
    key: str = Field(sa_type=Sortable, unique=True)
    kind: str = Field(sa_type=Wording)
    about: dict[str, Any] = Field(sa_type=JSON)
    due_at: datetime
    person: int | None = Field(default=None, foreign_key="person.id")
    to_channel: str | None = Field(default=None, sa_type=Wording)
    addressee: str = Field(sa_type=Wording)
    urgency: int
    sensitive: bool
    state: str = Field(sa_type=Wording)
    attempts: int
    error: str | None = Field(default=None, sa_type=Wording)
    owner: str | None = Field(default=None, sa_type=Wording)
    lease_until: datetime | None = None
    sending_since: datetime | None = None
    unsure_since: datetime | None = None
    looked_at: datetime | None = None
    found_absent: int
    channel: str | None = Field(default=None, sa_type=Wording)
    ts: str | None = Field(default=None, sa_type=Wording)
    sent_at: datetime | None = None
    stale_due_at: datetime | None = None
    stale_version: int
    stale_attempts: int
    day: date | None = None


class InboundRow(Row, table=True):
    """The key of an event that came in, so that it acts once."""

    __tablename__ = "inbound"

    key: str = Field(sa_type=Wording, primary_key=True)
    at: datetime = Field(index=True)


MESSAGE = table_of(MessageRow)
INBOUND = table_of(InboundRow)
