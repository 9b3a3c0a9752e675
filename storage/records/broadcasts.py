"""Broadcasts, and the people whom each was frozen for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, insert, literal_column, null, select, update

from flows.core.words import Words
from flows.cycle.records import Broadcast
from storage.records.cycles import audience_of
from storage.records.rows import add_all, columns_of, insert_one, new_only
from storage.tables.cycles import BROADCAST, READER
from storage.tables.messages import MESSAGE
from storage.tables.tasks import TASK

TABLE = BROADCAST.c
ALL = select(*(TABLE[name] for name in Broadcast.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
LOCKED = BY_ID.with_for_update()  # SQLite has but one that writes, and leaves this out
OF_CYCLE = ALL.where(TABLE.cycle == bindparam("cycle"))
LATEST = ALL.order_by(TABLE.id.desc()).limit(bindparam("most"))
INSERT = insert(BROADCAST)
UPDATE = update(BROADCAST).where(TABLE.id == bindparam("which"))
FREEZE = new_only(READER)
IN = READER.c.broadcast == bindparam("broadcast")
FROZEN = (
    select(READER.c.person)
    .where(IN, READER.c.person > bindparam("after"))
    .order_by(READER.c.person)
    .limit(bindparam("most"))
)
_open = TASK.c.state == literal_column("'open'")  # written out, so that it matches the partial index
UNSAID = (
    select(TASK.c.person, func.min(TASK.c.id))
    .where(
        _open,
        TASK.c.person.between(bindparam("first"), bindparam("last")),
        # The sum keeps the cycle's index out of it: a slice is some people, the cycle is all of them.
        TASK.c.scope + 0 == bindparam("cycle"),
        TASK.c.subject == bindparam("phase"),
        TASK.c.said == 0,
    )
    .group_by(TASK.c.person)
)
WRITTEN = select(MESSAGE.c.person, MESSAGE.c.id, MESSAGE.c.due_at).where(
    MESSAGE.c.key >= bindparam("first"), MESSAGE.c.key <= bindparam("last")
)
SPEAK_OF = (
    update(TASK)
    .where(TASK.c.id == bindparam("which"))
    .values(live=bindparam("message"), said=1, said_at=bindparam("moment"), told_due=TASK.c.due_at)
)
_dropped = select(MESSAGE.c.id).where(
    MESSAGE.c.key >= bindparam("from_key"), MESSAGE.c.key <= bindparam("to_key"), MESSAGE.c.state == "dropped"
)
LET_GO = (
    update(TASK)
    .where(
        _open, TASK.c.person.between(bindparam("first"), bindparam("last")), TASK.c.live.in_(_dropped)
    )
    .values(live=null())
)  # fmt: skip
UNSAY = LET_GO.values(
    said=0, said_at=null(), told_due=null(),
    next_at=case((TASK.c.opens_at > bindparam("now"), TASK.c.opens_at), else_=bindparam("now")),
)  # fmt: skip
HAS = select(READER.c.person).where(IN, READER.c.person == bindparam("person"))


class Broadcasts:
    """Implements `flows.cycle.records.BroadcastRecords`. A broadcast is read once, until one is saved."""

    __slots__ = ("_connection", "_read")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[int, Broadcast] = {}

    def get(self, broadcast: int) -> Broadcast | None:
        if broadcast not in self._read and (found := self._one(BY_ID, {"id": broadcast})):
            self._read[broadcast] = found
        return self._read.get(broadcast)

    def lock(self, broadcast: int) -> Broadcast | None:
        self._read.pop(broadcast, None)
        found = self._one(LOCKED, {"id": broadcast})
        if found:
            self._read[broadcast] = found
        return found

    def save(self, broadcast: Broadcast) -> Broadcast:
        self._read.clear()
        row = columns_of(broadcast, "id")
        row["text"] = [broadcast.text.en, broadcast.text.zh]
        row["audience"] = columns_of(broadcast.audience)
        row["channels"] = list(broadcast.channels)
        row["send_at"] = broadcast.send_at.isoformat("minutes") if broadcast.send_at else None
        if broadcast.id:
            self._connection.execute(UPDATE, {**row, "which": broadcast.id})
            return broadcast
        return replace(broadcast, id=insert_one(self._connection, INSERT, row))

    def latest(self, limit: int) -> list[Broadcast]:
        return [_broadcast(row) for row in self._connection.execute(LATEST, {"most": limit})]

    def of_cycle(self, cycle: int) -> Broadcast | None:
        return self._one(OF_CYCLE, {"cycle": cycle})

    def freeze(self, broadcast: int, people: Sequence[int]) -> int:
        rows = [{"broadcast": broadcast, "person": person} for person in people]
        return add_all(self._connection, FREEZE, rows)

    def frozen(self, broadcast: int, after: int, limit: int) -> list[int]:
        values = {"broadcast": broadcast, "after": after, "most": limit}
        return list(self._connection.execute(FROZEN, values).scalars())

    def has(self, broadcast: int, person: int) -> bool:
        values = {"broadcast": broadcast, "person": person}
        return self._connection.execute(HAS, values).first() is not None

    def speak_of(self, cycle: int, phase: str, people: tuple[int, int], keys: tuple[str, str]) -> int:
        asked = {"cycle": cycle, "phase": phase, "first": people[0], "last": people[1]}
        tasks: dict[int, int] = dict(self._connection.execute(UNSAID, asked).all())
        written = self._connection.execute(WRITTEN, {"first": keys[0], "last": keys[1]})
        told = [
            {"which": tasks[person], "message": message, "moment": due_at}
            for person, message, due_at in written
            if person in tasks
        ]
        if told:
            self._connection.execute(SPEAK_OF, told)
        return len(told)

    def unspeak(self, people: tuple[int, int], keys: tuple[str, str], now: datetime, opening: bool) -> int:
        values = {"first": people[0], "last": people[1], "from_key": keys[0], "to_key": keys[1]}
        if opening:
            return self._connection.execute(UNSAY, {**values, "now": now}).rowcount
        return self._connection.execute(LET_GO, values).rowcount

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Broadcast | None:
        row = self._connection.execute(statement, values).first()
        return _broadcast(row) if row else None


def _broadcast(row: Any) -> Broadcast:
    kept = row._asdict()
    return Broadcast(
        **{
            **kept,
            "text": Words(*kept["text"]),
            "audience": audience_of(kept["audience"]),
            "channels": tuple(kept["channels"]),
            "send_at": time.fromisoformat(kept["send_at"]) if kept["send_at"] else None,
        }
    )
