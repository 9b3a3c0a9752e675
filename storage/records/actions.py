"""What people have agreed to do, and by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from flows.plans.records import Action, Carried, Source
from storage.records.rows import columns_of, insert_one, new_only
from storage.tables.plans import ACTION, CARRIED

TABLE = ACTION.c
ALL = select(*(TABLE[name] for name in Action.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
OPEN = ALL.where(TABLE.person == bindparam("person"), TABLE.state == "open").order_by(
    TABLE.due.is_(None), TABLE.due, TABLE.id
)
OF = ALL.where(TABLE.source == bindparam("source"), TABLE.of == bindparam("of")).order_by(TABLE.id)
LOCKED = BY_ID.with_for_update()
ABOUT = ALL.where(TABLE.person == bindparam("person")).order_by(TABLE.id)
FORGET = (
    update(ACTION)
    .where(TABLE.ended_at < bindparam("before"), or_(TABLE.text != "", TABLE.why != ""))
    .values(text="", why="")
)
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

    def lock(self, action: int) -> Action | None:
        row = self._connection.execute(LOCKED, {"id": action}).first()
        return Action(*row) if row else None

    def open_of(self, person: int) -> list[Action]:
        return [Action(*row) for row in self._connection.execute(OPEN, {"person": person})]

    def of(self, source: Source, of: int) -> list[Action]:
        return [Action(*row) for row in self._connection.execute(OF, {"source": source, "of": of})]

    def about(self, person: int) -> list[Action]:
        return [Action(*row) for row in self._connection.execute(ABOUT, {"person": person})]

    def forget_texts(self, before: datetime) -> int:
        return self._connection.execute(FORGET, {"before": before}).rowcount


EVERY = select(*(CARRIED.c[name] for name in Carried.__slots__))
DECIDED = EVERY.where(CARRIED.c.cycle == bindparam("cycle"), CARRIED.c.person == bindparam("person"))
FIRST = new_only(CARRIED)


class CarriedOver:
    """Implements `flows.plans.records.CarriedKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, carried: Carried) -> bool:
        return self._connection.execute(FIRST, columns_of(carried)).rowcount == 1

    def of(self, cycle: int, person: int) -> list[Carried]:
        return [
            Carried(*row) for row in self._connection.execute(DECIDED, {"cycle": cycle, "person": person})
        ]
