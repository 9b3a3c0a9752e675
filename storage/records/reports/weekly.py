"""Who gets the weekly look at what is going on, in slices, and who has switched it off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, or_, select

from storage.records.people import HAS_ROLES
from storage.records.rows import new_only
from storage.tables.people import PERSON
from storage.tables.reports import WEEKLY_OFF

_report, _below = PERSON.alias("report"), PERSON.alias("below")
LEADS_LEADS = exists().where(
    _report.c.manager == PERSON.c.id,
    _report.c.active,
    exists().where(_below.c.manager == _report.c.id, _below.c.active),
)
OFF = exists().where(WEEKLY_OFF.c.person == PERSON.c.id)
READERS = (
    select(PERSON.c.id)
    .where(PERSON.c.id > bindparam("after"), PERSON.c.active, or_(HAS_ROLES, LEADS_LEADS), ~OFF)
    .order_by(PERSON.c.id)
    .limit(bindparam("most"))
)
IS_OFF = select(WEEKLY_OFF.c.person).where(WEEKLY_OFF.c.person == bindparam("whose"))
SWITCH_OFF = new_only(WEEKLY_OFF)
SWITCH_ON = delete(WEEKLY_OFF).where(WEEKLY_OFF.c.person == bindparam("whose"))


class Weekly:
    """Implements `flows.reports.weekly.kept.WeeklyKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def readers(self, after: int, limit: int) -> list[int]:
        return list(self._connection.execute(READERS, {"after": after, "most": limit}).scalars())

    def is_off(self, person: int) -> bool:
        return self._connection.execute(IS_OFF, {"whose": person}).first() is not None

    def switch(self, person: int, now: datetime, *, on: bool) -> None:
        if on:
            self._connection.execute(SWITCH_ON, {"whose": person})
        else:
            self._connection.execute(SWITCH_OFF, {"person": person, "at": now})
