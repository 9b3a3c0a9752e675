"""Orders for files, and which of them waits to be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from flows.core.file_orders import FileOrder
from storage.records.rows import columns_of, insert_one
from storage.tables.files import FILE_ORDER

KEPT = timedelta(days=7)  # for whoever looks why a file did not come

TABLE = FILE_ORDER.c
ALL = select(*(TABLE[name] for name in FileOrder.__slots__))  # in the order of the value's fields
TO_DO: ColumnElement[bool] = literal_column("state IN ('asked', 'sending')")  # as the partial index says it
FREE = or_(TABLE.until.is_(None), TABLE.until < bindparam("now"))
BY_ID = ALL.where(TABLE.id == bindparam("which")).with_for_update()
NEXT = ALL.where(TO_DO, FREE).order_by(TABLE.asked_at, TABLE.id).limit(1).with_for_update(skip_locked=True)
WAITING = ALL.where(
    TO_DO, TABLE.state == "asked", TABLE.kind == bindparam("of_kind"), TABLE.person == bindparam("of_person")
)
HOW_MANY = select(func.count()).where(TO_DO).select_from(FILE_ORDER)
INSERT = insert(FILE_ORDER)
UPDATE = update(FILE_ORDER).where(TABLE.id == bindparam("which"))
PRUNE = delete(FILE_ORDER).where(TABLE.asked_at < bindparam("before"))


class FileOrders:
    """Implements `flows.core.file_orders.FileOrderKeeper`. `touched`: there is something new to do."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.touched = False

    def ask(self, kind: str, person: int, about: Mapping[str, Any], now: datetime) -> FileOrder:
        self.touched = True
        for row in self._connection.execute(WAITING, {"of_kind": kind, "of_person": person}):
            if row.about == dict(about):
                return FileOrder(*row)
        order = FileOrder(0, kind, person, dict(about), now)
        return replace(order, id=insert_one(self._connection, INSERT, columns_of(order, "id")))

    def claim(self, now: datetime, until: datetime) -> FileOrder | None:
        row = self._connection.execute(NEXT, {"now": now}).first()
        if row is None:
            return None
        order = FileOrder(*row)
        order = replace(order, until=until, tries=order.tries + 1)
        self.save(order)
        return order

    def waiting(self) -> int:
        """How many are not done yet."""
        return int(self._connection.execute(HOW_MANY).scalar_one())

    def get(self, order: int) -> FileOrder | None:
        row = self._connection.execute(BY_ID, {"which": order}).first()
        return FileOrder(*row) if row else None

    def save(self, order: FileOrder) -> None:
        self._connection.execute(UPDATE, {**columns_of(order, "id"), "which": order.id})

    def prune(self, now: datetime) -> None:
        """Forget what is old, done or not."""
        self._connection.execute(PRUNE, {"before": now - KEPT})
