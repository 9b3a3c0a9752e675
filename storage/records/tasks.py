"""Tasks: what each person owes, and when something is to be said about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    update,
)

from flows.core.records import Task, TaskState
from storage.records import phases, rounds
from storage.records.rows import CHUNK, MOST_IDS, add_all, chunks, columns_of, new_only
from storage.tables.people import PERSON
from storage.tables.tasks import TASK

TABLE = TASK.c
OPEN = TABLE.state == literal_column("'open'")  # written out, so that it matches the partial indexes
ALL = select(*(TABLE[name] for name in Task.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
IN = ALL.where(TABLE.kind == bindparam("kind"), TABLE.scope == bindparam("scope"))
OF_ROUND = IN.where(TABLE.subject == bindparam("subject"))
# Sorted where it was asked for: by the owners' key, SQLite would go through the whole round.
ROUND_ABOUT = OF_ROUND.where(TABLE.about.in_(bindparam("people", expanding=True)))
ROUND = OF_ROUND.order_by(TABLE.owner)
FOUND = ROUND.where(TABLE.owner == bindparam("person"))
ROUND_OF = ROUND.where(TABLE.owner.in_(bindparam("people", expanding=True)))
FOR_PERSON = ROUND_OF.where(TABLE.about == bindparam("about"))
OPEN_OF = ALL.where(OPEN, TABLE.person == bindparam("person")).order_by(TABLE.due_at, TABLE.id)
IS_DUE = and_(OPEN, TABLE.next_at <= bindparam("now"))
WHO_IS_DUE = select(TABLE.person).where(IS_DUE).order_by(TABLE.next_at).limit(bindparam("most"))
DUE_OF = ALL.where(IS_DUE, TABLE.person.in_(bindparam("people", expanding=True))).with_for_update(
    skip_locked=True
)
OPEN_ABOUT, OPEN_OWNED = (
    ALL.where(OPEN, column.in_(bindparam("people", expanding=True))).order_by(TABLE.id)
    for column in (TABLE.about, TABLE.owner)
)
IN_SCOPE = and_(TABLE.scope == bindparam("scope"), TABLE.kind.in_(bindparam("kinds", expanding=True)))
OF_SCOPE = ALL.where(IN_SCOPE).order_by(TABLE.id)
COUNTED = (
    select(TABLE.subject, TABLE.department, TABLE.state, func.count())
    .where(TABLE.scope == bindparam("scope"), TABLE.kind == bindparam("kind"))
    .group_by(TABLE.subject, TABLE.department, TABLE.state)
)
NEXT = select(func.min(TABLE.next_at)).where(OPEN, TABLE.next_at.is_not(None))
OPEN_IN = and_(OPEN, TABLE.kind == bindparam("of_kind"), TABLE.scope == bindparam("of_scope"))
OWED_BY_TEAM = ROUND.where(OPEN).join_from(
    TASK, PERSON, and_(PERSON.c.id == TABLE.person, PERSON.c.manager == bindparam("manager"), PERSON.c.active)
)
MOMENT: Any = bindparam("now", type_=TABLE.opens_at.type)
OPEN_OF_ONE = and_(OPEN, TABLE.person == bindparam("whose"))
LIVE, LIVE_OF = (
    select(TABLE.live).where(which, TABLE.live.is_not(None)).order_by(TABLE.id)
    for which in (OPEN_IN, OPEN_OF_ONE)
)
CLOSED: dict[str, Any] = {"state": "waived", "why": bindparam("reason"), "done_at": MOMENT, "next_at": None}
CLOSE_ALL, CLOSE_OF = (
    update(TASK).where(which).values(live=None, **CLOSED) for which in (OPEN_IN, OPEN_OF_ONE)
)
INSERT = new_only(TASK)
SAVE = update(TASK).where(TABLE.id == bindparam("which"))
SAID = ("said", "said_at", "told_due", "snoozed", "live", "next_at")


class Tasks:
    """Implements `flows.core.records.TaskRecords`. One task is read once, until something is written."""

    __slots__ = ("_clock_now", "_connection", "_read")

    def __init__(self, connection: Connection, clock_now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._clock_now = clock_now
        self._read: dict[tuple[Any, ...], Task | None] = {}

    def get(self, task: int) -> Task | None:
        return self._one(BY_ID, {"id": task})

    def find(self, kind: str, scope: int, person: int, subject: str) -> Task | None:
        return self._one(FOUND, {"kind": kind, "scope": scope, "person": person, "subject": subject})

    def add(self, tasks: Sequence[Task]) -> int:
        self._read.clear()
        return add_all(self._connection, INSERT, [columns_of(task, "id") for task in tasks])

    def save(self, task: Task) -> None:
        self._write(SAVE, {**columns_of(task, "id"), "which": task.id})

    def save_many(self, tasks: Sequence[Task]) -> None:
        self._read.clear()
        for chunk in chunks(tasks, CHUNK):
            self._connection.execute(SAVE, [{**columns_of(task, "id"), "which": task.id} for task in chunk])

    def open_of(self, person: int) -> list[Task]:
        return self._many(OPEN_OF, {"person": person})

    def who_is_due(self, now: datetime, limit: int) -> list[int]:
        found = self._connection.execute(WHO_IS_DUE, {"now": now, "most": limit}).scalars()
        return list(dict.fromkeys(found))

    def due_of(self, people: Sequence[int], to: datetime) -> list[Task]:
        due = self._of(DUE_OF, people, {"now": to})
        return sorted(due, key=lambda task: (task.next_at or to, task.id))

    def told(self, tasks: Sequence[Task]) -> None:
        self._read.clear()
        for chunk in chunks(tasks, CHUNK):
            rows = [{"which": t.id, **{name: getattr(t, name) for name in SAID}} for t in chunk]
            self._connection.execute(SAVE, rows)

    def open_about(self, people: Sequence[int]) -> list[Task]:
        return self._of(OPEN_ABOUT, people, {})

    def open_owned(self, people: Sequence[int]) -> list[Task]:
        return self._of(OPEN_OWNED, people, {})

    def of_scope(
        self, kinds: Sequence[str], scope: int, subject: str | None = None, state: TaskState | None = None
    ) -> list[Task]:
        wanted = OF_SCOPE if subject is None else OF_SCOPE.where(TABLE.subject == subject)
        return self._many(
            wanted if state is None else wanted.where(TABLE.state == state), {"kinds": kinds, "scope": scope}
        )

    def counted(self, kinds: Sequence[str], scope: int) -> list[tuple[str, str, TaskState, int]]:
        """Kind by kind, each in its index's own order: counting then sorts nothing."""
        return [
            (subject, department, state, number)
            for kind in kinds
            for subject, department, state, number in self._connection.execute(
                COUNTED, {"kind": kind, "scope": scope}
            )
        ]

    def of_round(
        self, kind: str, scope: int, subject: str, people: Sequence[int] | None = None
    ) -> list[Task]:
        which = {"kind": kind, "scope": scope, "subject": subject}
        if people is None:
            return self._many(ROUND, which)
        return self._of(ROUND_OF, sorted(set(people)), which)

    def for_person(
        self, kind: str, scope: int, subject: str, about: int, owners: Sequence[int]
    ) -> list[Task]:
        which = {"kind": kind, "scope": scope, "subject": subject, "about": about}
        return self._of(FOR_PERSON, sorted(set(owners)), which)

    def of_about(self, kind: str, scope: int, subject: str, people: Sequence[int]) -> list[Task]:
        found = self._of(ROUND_ABOUT, people, {"kind": kind, "scope": scope, "subject": subject})
        return sorted(found, key=lambda task: (task.owner, task.id))

    def owed_by_team(self, kind: str, scope: int, subject: str, manager: int) -> list[Task]:
        which = {"kind": kind, "scope": scope, "subject": subject, "manager": manager}
        return self._many(OWED_BY_TEAM, which)

    def drop_unsaid(self, kind: str, scope: int, after: int, to: int) -> int:
        which = {"of_kind": kind, "of_scope": scope, "after": after, "to": to}
        return self._write(rounds.DROP_UNSAID, which).rowcount

    def wake_slice(self, kind: str, scope: int, now: datetime, after: int, to: int) -> None:
        which = {"of_kind": kind, "of_scope": scope, "after": after, "to": to}
        self._write(rounds.FORGET, which)
        self._write(rounds.WAKE, {**which, "now": now})

    def close_all(self, kind: str, scope: int, why: str) -> list[str]:
        return self._close(LIVE, CLOSE_ALL, {"of_kind": kind, "of_scope": scope}, why)

    def close_of(self, person: int, why: str) -> list[str]:
        """Waive every open task of the person; the ids of the messages that were live."""
        return self._close(LIVE_OF, CLOSE_OF, {"whose": person}, why)

    def move(
        self,
        kinds: Sequence[str],
        scope: int,
        subject: str,
        moments: Mapping[str, tuple[datetime, datetime, datetime]],
        now: datetime,
        without: Sequence[int] = (),
    ) -> int:
        self._read.clear()
        which = {"kinds": kinds, "of_scope": scope, "of_subject": subject}
        return phases.move(self._connection, which, moments, now, without)

    def wake(self, kinds: Sequence[str], scope: int, now: datetime) -> int:
        self._write(phases.FORGET, {"kinds": kinds, "of_scope": scope})
        return self._write(phases.WAKE, {"kinds": kinds, "of_scope": scope, "now": now}).rowcount

    def expire_all(self, kinds: Sequence[str], scope: int) -> list[str]:
        which = {"kinds": kinds, "of_scope": scope}
        ids = list(self._connection.execute(phases.LIVE, which).scalars())
        self._write(phases.EXPIRE, which)
        return ids

    def late(
        self, kinds: Sequence[str], scope: int, subject: str, now: datetime, after: int, limit: int
    ) -> list[tuple[int, int]]:
        which = {"kinds": kinds, "of_scope": scope, "of_subject": subject, "now": now}
        rows = self._connection.execute(phases.LATE, {**which, "after": after, "most": limit})
        return [(owner, number) for owner, number in rows]

    def zones(self, kinds: Sequence[str], scope: int, subject: str) -> list[str]:
        which = {"kinds": kinds, "of_scope": scope, "of_subject": subject}
        return sorted(self._connection.execute(phases.ZONES, which).scalars())

    def latest_subject(self, kind: str, scope: int) -> str | None:
        return rounds.latest(self._connection, kind, scope, self._clock_now())

    def has_begun(self, kind: str, scope: int, subject: str) -> bool:
        return rounds.begun(self._connection, kind, scope, subject)

    def next_moment(self) -> datetime | None:
        moment: datetime | None = self._connection.execute(NEXT).scalar()
        return moment

    def _of(self, statement: Any, people: Iterable[int], values: Mapping[str, Any]) -> list[Task]:
        """The tasks of many people, some of them at a time."""
        found: list[Task] = []
        for ids in chunks(people, MOST_IDS):
            found += self._many(statement, {**values, "people": ids})
        return found

    def _close(self, live: Any, close: Any, which: Mapping[str, Any], why: str) -> list[str]:
        ids = list(self._connection.execute(live, which).scalars())
        self._write(close, {**which, "reason": why, "now": self._clock_now()})
        return ids

    def _write(self, statement: Any, values: Mapping[str, Any]) -> CursorResult[Any]:
        self._read.clear()
        return self._connection.execute(statement, values)

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Task | None:
        which = (statement, *values.values())
        if which not in self._read:
            row = self._connection.execute(statement, values).first()
            self._read[which] = Task(*row) if row else None
        return self._read[which]

    def _many(self, statement: Any, values: Mapping[str, Any]) -> list[Task]:
        return [Task(*row) for row in self._connection.execute(statement, values).all()]
