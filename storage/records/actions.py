"""What people have agreed to do, and by when."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.plans.records import Action, Source
from storage.records.rows import columns_of, insert_one
from storage.tables.plans import ACTION

TABLE = ACTION.c
ALL = select(*(TABLE[name] for name in Action.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
OPEN = ALL.where(TABLE.person == bindparam("person"), TABLE.state == "open").order_by(
    TABLE.due.is_(None), TABLE.due, TABLE.id
)
OF = ALL.where(TABLE.source == bindparam("source"), TABLE.of == bindparam("of")).order_by(TABLE.id)
INSERT = insert(ACTION)
UPDATE = update(ACTION).where(TABLE.id == bindparam("which"))


class Actions:
    """Implements `flows.plans.records.ActionKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, action: Action) -> Action:
        return replace(action, id=insert_one(self._connection, INSERT, columns_of(action, "id")))

    def save(self, action: Action) -> None:
        self._connection.execute(UPDATE, {**columns_of(action, "id"), "which": action.id})

    def get(self, action: int) -> Action | None:
        row = self._connection.execute(BY_ID, {"id": action}).first()
        return Action(*row) if row else None

    def open_of(self, person: int) -> list[Action]:
        return [Action(*row) for row in self._connection.execute(OPEN, {"person": person})]

    def of(self, source: Source, of: int) -> list[Action]:
        return [Action(*row) for row in self._connection.execute(OF, {"source": source, "of": of})]
