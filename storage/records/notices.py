"""Notices: what a person is told once, with their next digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, select, update

from flows.core.records import Notice
from storage.records.rows import CHUNK, MOST_IDS, add_all, chunks, columns_of, new_only
from storage.tables.cycles import NOTICE

TABLE = NOTICE.c
ALL = select(*(TABLE[name] for name in Notice.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
WAITING = TABLE.state == literal_column("'waiting'")  # written out, so that it matches the partial indexes
WHO_IS_DUE = (
    select(TABLE.person)
    .where(WAITING, TABLE.due_at <= bindparam("now"))
    .order_by(TABLE.due_at)
    .limit(bindparam("most"))
)
DUE_OF = ALL.where(
    WAITING, TABLE.person.in_(bindparam("people", expanding=True)), TABLE.due_at <= bindparam("now")
)
NEXT = select(func.min(TABLE.due_at)).where(WAITING)
INSERT = new_only(NOTICE)
SAVE = update(NOTICE).where(TABLE.id == bindparam("which"))


class Notices:
    """Implements `flows.core.records.NoticeRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, notices: Sequence[Notice]) -> int:
        return add_all(self._connection, INSERT, [columns_of(notice, "id") for notice in notices])

    def get(self, notice: int) -> Notice | None:
        return next(iter(self._many(BY_ID, id=notice)), None)

    def who_is_due(self, now: datetime, limit: int) -> list[int]:
        waiting = self._connection.execute(WHO_IS_DUE, {"now": now, "most": limit}).scalars()
        return list(dict.fromkeys(waiting))

    def due_of(self, people: Sequence[int], now: datetime) -> list[Notice]:
        found: list[Notice] = []
        for ids in chunks(people, MOST_IDS):
            found += self._many(DUE_OF, people=ids, now=now)
        return sorted(found, key=lambda notice: notice.id)

    def save_many(self, notices: Sequence[Notice]) -> None:
        for chunk in chunks(notices, CHUNK):
            rows = [{**columns_of(notice, "id"), "which": notice.id} for notice in chunk]
            self._connection.execute(SAVE, rows)

    def next_moment(self) -> datetime | None:
        moment: datetime | None = self._connection.execute(NEXT).scalar()
        return moment

    def _many(self, statement: Any, **values: Any) -> list[Notice]:
        return [Notice(*row) for row in self._connection.execute(statement, values)]
