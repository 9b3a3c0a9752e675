"""What people praised each other for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, union

from flows.coaching.records import Praise, PraiseRules
from flows.core.words import Words
from storage.records.rows import columns_of, insert_one, new_or_changed
from storage.tables.coaching import PRAISE, PRAISE_RULES
from storage.tables.people import PERSON

TABLE = PRAISE.c
ALL = select(*(TABLE[name] for name in Praise.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
SINCE = TABLE.at >= bindparam("since")
ABOUT = ALL.where(TABLE.about == bindparam("person"), SINCE).order_by(TABLE.at, TABLE.id)
BY = ALL.where(TABLE.by == bindparam("person"), SINCE).order_by(TABLE.at, TABLE.id)
POINTS = select(func.coalesce(func.sum(TABLE.points), 0)).where(TABLE.by == bindparam("person"), SINCE)
# Whoever gives points on two devices at once gives them one after the other.
LOCK_GIVER = select(PERSON.c.id).where(PERSON.c.id == bindparam("person")).with_for_update(key_share=True)
WITH_WHOM = union(
    select(TABLE.about).where(TABLE.by == bindparam("person"), SINCE),
    select(TABLE.by).where(TABLE.about == bindparam("person"), SINCE),
)
INSERT = insert(PRAISE)
FORGET = delete(PRAISE).where(TABLE.at < bindparam("before"))
RULES = select(PRAISE_RULES.c["values"], PRAISE_RULES.c.channels, PRAISE_RULES.c.points)
SET_RULES = new_or_changed(PRAISE_RULES, "id")


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

    def by(self, person: int, since: datetime) -> list[Praise]:
        asked = {"person": person, "since": since}
        return [Praise(*row) for row in self._connection.execute(BY, asked)]

    def points_given(self, person: int, since: datetime) -> int:
        if self._connection.dialect.name != "sqlite":
            self._connection.execute(LOCK_GIVER, {"person": person})
        return int(self._connection.execute(POINTS, {"person": person, "since": since}).scalar() or 0)

    def with_whom(self, person: int, since: datetime) -> list[int]:
        asked = {"person": person, "since": since}
        return sorted(self._connection.execute(WITH_WHOM, asked).scalars())

    def rules(self) -> PraiseRules:
        row = self._connection.execute(RULES).first()
        if row is None:
            return PraiseRules()
        values, channels, points = row
        return PraiseRules(
            tuple(Words(*value) for value in values), tuple((one, name) for one, name in channels), points
        )

    def set_rules(self, rules: PraiseRules) -> None:
        values = [[value.en, value.zh] for value in rules.values]
        row = {"id": 1, "values": values, "channels": [list(one) for one in rules.channels]}
        self._connection.execute(SET_RULES, {**row, "points": rules.points})

    def forget(self, before: datetime) -> int:
        return self._connection.execute(FORGET, {"before": before}).rowcount
