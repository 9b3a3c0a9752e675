"""Sheets that were dropped into the chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from flows.core.words import Words
from flows.goals.importing.dropped import Dropped, from_json, to_json
from storage.records.rows import columns_of, insert_one
from storage.tables.files import DROPPED

KEPT = timedelta(days=1)  # somebody's goals should not lie about where they were not agreed

TABLE = DROPPED.c
ALL = select(*(TABLE[name] for name in Dropped.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("which"))
LOCKED = BY_ID.with_for_update()
INSERT = insert(DROPPED)
UPDATE = update(DROPPED).where(TABLE.id == bindparam("which"))
PRUNE = delete(DROPPED).where(TABLE.at < bindparam("before"))


class DroppedSheets:
    """Implements `flows.goals.importing.dropped.DroppedKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, person: int, name: str, now: datetime) -> Dropped:
        made = Dropped(0, person, name, now)
        return replace(made, id=insert_one(self._connection, INSERT, _row(made)))

    def get(self, dropped: int) -> Dropped | None:
        return _dropped(self._connection.execute(BY_ID, {"which": dropped}).first())

    def lock(self, dropped: int) -> Dropped | None:
        return _dropped(self._connection.execute(LOCKED, {"which": dropped}).first())

    def save(self, dropped: Dropped) -> None:
        self._connection.execute(UPDATE, {**_row(dropped), "which": dropped.id})

    def prune(self, now: datetime) -> None:
        """Forget what is older than a day, imported or not."""
        self._connection.execute(PRUNE, {"before": now - KEPT})


def _row(dropped: Dropped) -> dict[str, Any]:
    row = columns_of(dropped, "id")
    row["content"] = to_json(dropped.content) if dropped.content else None
    row["problem"] = {"en": dropped.problem.en, "zh": dropped.problem.zh} if dropped.problem else None
    return row


def _dropped(row: Any) -> Dropped | None:
    if row is None:
        return None
    problem = Words(row.problem["en"], row.problem["zh"]) if row.problem else None
    return replace(Dropped(*row), content=from_json(row.content) if row.content else None, problem=problem)
