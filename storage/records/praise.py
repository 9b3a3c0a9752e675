"""What people praised each other for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, union

from flows.coaching.records import Praise
from storage.records.rows import columns_of, insert_one
from storage.tables.coaching import PRAISE

TABLE = PRAISE.c
ALL = select(*(TABLE[name] for name in Praise.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
SINCE = TABLE.at >= bindparam("since")
ABOUT = ALL.where(TABLE.about == bindparam("person"), SINCE).order_by(TABLE.at, TABLE.id)
WITH_WHOM = union(
    select(TABLE.about).where(TABLE.by == bindparam("person"), SINCE),
    select(TABLE.by).where(TABLE.about == bindparam("person"), SINCE),
)
INSERT = insert(PRAISE)


class PraiseKept:
    """Implements `flows.coaching.records.PraiseKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, praise: Praise) -> Praise:
        return replace(praise, id=insert_one(self._connection, INSERT, columns_of(praise, "id")))

    def get(self, praise: int) -> Praise | None:
        row = self._connection.execute(BY_ID, {"id": praise}).first()
        return Praise(*row) if row else None

    def about(self, person: int, since: datetime) -> list[Praise]:
        asked = {"person": person, "since": since}
        return [Praise(*row) for row in self._connection.execute(ABOUT, asked)]

    def with_whom(self, person: int, since: datetime) -> list[int]:
        asked = {"person": person, "since": since}
        return sorted(self._connection.execute(WITH_WHOM, asked).scalars())
