"""The audit log; lines are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from storage.tables.audit import AUDIT

INSERT = insert(AUDIT)


class Audit:
    """Implements `flows.core.records.AuditRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(
        self, at: datetime, actor: int | None, action: str, thing: str, detail: Mapping[str, Any]
    ) -> None:
        row = {"at": at, "actor": actor, "action": action, "thing": thing, "detail": detail}
        self._connection.execute(INSERT, row)
