"""The audit log; lines are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from storage.tables.audit import AUDIT

INSERT = insert(AUDIT)
LATEST = (
    select(AUDIT.c.at, AUDIT.c.thing, AUDIT.c.detail)
    .where(AUDIT.c.action == bindparam("action"), AUDIT.c.at >= bindparam("since"))
    .order_by(AUDIT.c.id.desc())
)


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

    def latest(self, action: str, since: datetime) -> list[tuple[datetime, str, Mapping[str, Any]]]:
        rows = self._connection.execute(LATEST, {"action": action, "since": since})
        return [(at, thing, detail) for at, thing, detail in rows]
