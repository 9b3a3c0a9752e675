"""Whose figures there can be: who leads anybody, the departments of a line, and the cycles that a scope takes part in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, select

from flows.reports.scope import Scope
from storage.records.reports.within import leads_below, within
from storage.tables.cycles import CYCLE, PARTICIPANT
from storage.tables.people import PERSON

_report = PERSON.alias("report")
_led = select(PERSON.c.id).where(PERSON.c.manager == bindparam("manager"), PERSON.c.active)
LEADS = _led.limit(1)
LEADS_LEADS = _led.where(exists().where(_report.c.manager == PERSON.c.id, _report.c.active)).limit(1)


class Groups:
    """Implements `flows.reports.records.GroupKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def leads(self, person: int) -> bool:
        return self._connection.execute(LEADS, {"manager": person}).first() is not None

    def leads_leads(self, person: int) -> bool:
        return self._connection.execute(LEADS_LEADS, {"manager": person}).first() is not None

    def departments_below(self, manager: int) -> frozenset[str]:
        below = (
            select(PERSON.c.department)
            .where(PERSON.c.manager.in_(leads_below(manager)), PERSON.c.active)
            .distinct()
        )
        return frozenset(self._connection.execute(below).scalars())

    def cycles(self, scope: Scope) -> list[int]:
        return list(self._connection.execute(launched(scope)).scalars())


def launched(scope: Scope) -> Select[Any]:
    """The launched cycles in which anybody of the scope takes part, the newest first."""
    taking_part = exists().where(
        PARTICIPANT.c.cycle == CYCLE.c.id, PARTICIPANT.c.place == "in", *within(scope, PARTICIPANT)
    )
    return (
        select(CYCLE.c.id)
        .where(CYCLE.c.launched_at.is_not(None), taking_part)
        .order_by(CYCLE.c.first.desc(), CYCLE.c.id.desc())
    )
