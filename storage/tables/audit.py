"""The table of the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, table_of


class AuditRow(Row, table=True):
    """Who did what when; lines are only ever added."""

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor: int | None = None
    action: str = Field(sa_type=Wording)
    thing: str = Field(sa_type=Wording)
    detail: dict[str, Any] = Field(sa_type=JSON)


AUDIT = table_of(AuditRow)
