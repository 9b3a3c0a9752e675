"""Check-ins with what managers answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    update,
)

from flows.checkins.records import Checkin, Response
from storage.records.rows import MOST_IDS, chunks, columns_of, insert_one
from storage.tables.checkins import CHECKIN, RESPONSE
from storage.tables.tasks import TASK

TABLE = CHECKIN.c
ALL = select(*(TABLE[name] for name in Checkin.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
ROUND = ALL.where(TABLE.programme == bindparam("programme"), TABLE.round == bindparam("round"))
FOUND = ROUND.where(TABLE.person == bindparam("person"))
ROUND_OF = ROUND.where(TABLE.person.in_(bindparam("people", expanding=True))).order_by(TABLE.person)
LATEST = (
    ALL.where(TABLE.person == bindparam("person"))
    .order_by(TABLE.round.desc(), TABLE.id.desc())
    .limit(bindparam("most"))
)
SENT_BY = ALL.where(
    TABLE.person.in_(bindparam("people", expanding=True)), TABLE.sent_at >= bindparam("since")
)
BEFORE = LATEST.where(TABLE.round < bindparam("round"))
INSERT = insert(CHECKIN)
UPDATE = update(CHECKIN).where(TABLE.id == bindparam("which"))
RESPONSES = (
    select(*(RESPONSE.c[name] for name in Response.__slots__))
    .where(RESPONSE.c.checkin.in_(bindparam("checkins", expanding=True)))
    .order_by(RESPONSE.c.id)
)
RESPOND = insert(RESPONSE)


ROUND_TASKS = and_(
    TASK.c.kind == literal_column("'checkin'"),
    TASK.c.scope == bindparam("programme"),
    TASK.c.subject == bindparam("round"),
)
# Reads nothing but an index, however many people a round has; who was late is few, and found by an index of its own.
COUNTED = (
    select(TASK.c.department, TASK.c.state, func.count())
    .where(ROUND_TASKS)
    .group_by(TASK.c.department, TASK.c.state)
)
_late = select(TABLE.person).where(
    TABLE.programme == bindparam("programme"), TABLE.round == bindparam("round"), TABLE.late
)
# Counted by the caller: to group here, SQLite would go through everybody in the order of departments.
LATE = select(TASK.c.department).where(ROUND_TASKS, TASK.c.owner.in_(_late))


class Checkins:
    """Implements `flows.checkins.records.CheckinKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, programme: int, person: int, round_key: str) -> Checkin | None:
        return self._one(FOUND, {"programme": programme, "person": person, "round": round_key})

    def get(self, checkin: int) -> Checkin | None:
        return self._one(BY_ID, {"id": checkin})

    def keep(self, checkin: Checkin) -> Checkin:
        row = columns_of(checkin, "id")
        if checkin.id:
            self._connection.execute(UPDATE, {**row, "which": checkin.id})
            return checkin
        return replace(checkin, id=insert_one(self._connection, INSERT, row))

    def of_people(self, programme: int, round_key: str, people: Sequence[int]) -> list[Checkin]:
        found: list[Checkin] = []
        for ids in chunks(sorted(set(people)), MOST_IDS):
            found += self._many(ROUND_OF, {"programme": programme, "round": round_key, "people": ids})
        return found

    def before(self, person: int, round_key: str) -> Checkin | None:
        return self._one(BEFORE, {"person": person, "round": round_key, "most": 1})

    def latest(self, person: int, limit: int) -> list[Checkin]:
        return self._many(LATEST, {"person": person, "most": limit})

    def sent_by(self, people: Sequence[int], since: datetime) -> list[Checkin]:
        asked = ({"people": ids, "since": since} for ids in chunks(sorted(set(people)), MOST_IDS))
        found = [one for some in asked for one in self._many(SENT_BY, some)]
        return sorted(found, key=lambda one: (one.sent_at, one.id), reverse=True)

    def respond(self, response: Response) -> Response:
        row = columns_of(response, "id")
        return replace(response, id=insert_one(self._connection, RESPOND, row))

    def responses(self, checkins: Sequence[int]) -> list[Response]:
        found: list[Response] = []
        for ids in chunks(sorted(set(checkins)), MOST_IDS):
            found += [Response(*row) for row in self._connection.execute(RESPONSES, {"checkins": ids})]
        return sorted(found, key=lambda response: response.id)

    def completion(self, programme: int, round_key: str) -> list[tuple[str, int, int, int, int]]:
        which = {"programme": programme, "round": round_key}
        states: dict[str, dict[str, int]] = {}
        for department, state, number in self._connection.execute(COUNTED, which):
            states.setdefault(department, {})[state] = number
        late: Counter[str] = Counter(self._connection.execute(LATE, which).scalars())
        return [
            (name, sum(by.values()), by.get("done", 0), late[name], by.get("waived", 0))
            for name, by in sorted(states.items())
        ]

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Checkin | None:
        row = self._connection.execute(statement, values).first()
        return Checkin(*row) if row else None

    def _many(self, statement: Any, values: Mapping[str, Any]) -> list[Checkin]:
        return [Checkin(*row) for row in self._connection.execute(statement, values)]
