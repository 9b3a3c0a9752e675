"""Programmes: what HR has decided to ask, whom, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from flows.checkins import schedule_json
from flows.checkins.records import Audience, Programme
from flows.core import questions_json
from storage.records.rows import columns_of, insert_one
from storage.tables.checkins import PROGRAMME
from storage.tables.people import PERSON

TABLE = PROGRAMME.c
ALL = select(*(TABLE[name] for name in Programme.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
CURRENT = ALL.where(TABLE.current == bindparam("current"))
LEADING = (
    select(PERSON.c.manager)
    .where(PERSON.c.active, PERSON.c.manager > bindparam("after"))
    .group_by(PERSON.c.manager)
    .order_by(PERSON.c.manager)
    .limit(bindparam("most"))
)
INSERT = insert(PROGRAMME)
UPDATE = update(PROGRAMME).where(TABLE.id == bindparam("which"))


class Programmes:
    """Implements `flows.checkins.records.ProgrammeRecords`. A programme is read once, until one is saved."""

    __slots__ = ("_connection", "_read")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[int, Programme] = {}

    def current(self) -> Programme | None:
        return self._one(CURRENT, {"current": True})

    def get(self, programme: int) -> Programme | None:
        return self._read.get(programme) or self._one(BY_ID, {"id": programme})

    def save(self, programme: Programme) -> Programme:
        self._read.clear()
        row = {
            "state": programme.state,
            "current": None if programme.state == "ended" else True,
            "audience": columns_of(programme.audience),
            "schedule": schedule_json.dump(programme.schedule),
            "questions": questions_json.dump(programme.questions),
            "started_by": programme.started_by,
            "started_at": programme.started_at,
        }
        if programme.id:
            self._connection.execute(UPDATE, {**row, "which": programme.id})
            return programme
        return replace(programme, id=insert_one(self._connection, INSERT, row))

    def leading(self, audience: Audience, after: int, limit: int) -> list[int]:
        found = self._connection.execute(LEADING.where(*_among(audience)), {"after": after, "most": limit})
        return list(found.scalars())

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Programme | None:
        row = self._connection.execute(statement, values).first()
        if row is None:
            return None
        id_, state, audience, schedule, questions, *started = row
        found = Programme(
            id_,
            state,
            _audience(audience),
            schedule_json.load(schedule),
            questions_json.load(questions),
            *started,
        )
        self._read[id_] = found
        return found


def _audience(kept: Mapping[str, Any]) -> Audience:
    return Audience(kept["kind"], tuple(kept["departments"]), tuple(kept["people"]), tuple(kept["without"]))


def _among(audience: Audience) -> list[ColumnElement[bool]]:
    """What `flows.checkins.rounds.asked` says, as conditions on the directory's active people."""
    among: list[ColumnElement[bool]] = [PERSON.c.id.not_in(audience.without)] if audience.without else []
    if audience.kind == "departments":
        among.append(PERSON.c.department.in_(audience.departments))
    elif audience.kind == "people":
        among.append(PERSON.c.id.in_(audience.people))
    return among
