"""Interviews after a result; two of one person at the same time can't be kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, func, or_, select, update

from flows.interviews.records import Interview, InterviewState, Span
from storage.records.rows import MOST_IDS, add_all, chunks, columns_of, new_only
from storage.tables.cycles import PARTICIPANT
from storage.tables.interviews import BOOKED_TIME, INTERVIEW
from storage.tables.people import PERSON

CELL = 300  # seconds; an interview takes every cell that it touches
OPEN: tuple[InterviewState, ...] = ("proposed", "later", "booked", "missed")

TABLE, TAKEN, PLACE = INTERVIEW.c, BOOKED_TIME.c, PARTICIPANT.c
ALL = select(*(TABLE[name] for name in Interview.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
LOCKED = BY_ID.with_for_update()  # SQLite has but one that writes, and leaves this out
ONE = ALL.where(TABLE.cycle == bindparam("cycle"), TABLE.person == bindparam("person"))
SOME: BindParameter[Any] = bindparam("people", expanding=True)
OF_PEOPLE = ALL.where(TABLE.cycle == bindparam("cycle"), TABLE.person.in_(SOME)).order_by(TABLE.id)
OF_PERSON = ALL.where(TABLE.person == bindparam("person")).order_by(TABLE.id.desc())
OF_MANAGER = ALL.where(TABLE.manager == bindparam("person")).order_by(
    TABLE.starts_at.is_(None), TABLE.starts_at, TABLE.id
)
EITHER = or_(TABLE.person.in_(SOME), TABLE.manager.in_(SOME))
OPEN_WITH = ALL.where(EITHER, TABLE.state.in_(OPEN)).order_by(TABLE.id)
BOOKED = select(TABLE.person, TABLE.manager, TABLE.starts_at, TABLE.ends_at).where(
    EITHER,
    TABLE.state == "booked",
    TABLE.starts_at < bindparam("until"),
    TABLE.ends_at > bindparam("since"),
)
COUNTED = (
    select(PLACE.department, TABLE.state, func.count())
    .join(PARTICIPANT, (PLACE.cycle == TABLE.cycle) & (PLACE.person == TABLE.person))
    .where(TABLE.cycle == bindparam("cycle"))
    .group_by(PLACE.department, TABLE.state)
    .order_by(PLACE.department, TABLE.state)
)
ADD, UPDATE = new_only(INTERVIEW), update(INTERVIEW).where(TABLE.id == bindparam("which"))
TAKE, FREE = new_only(BOOKED_TIME), delete(BOOKED_TIME).where(TAKEN.interview == bindparam("which"))
IN_TURN = (
    select(PERSON.c.id).where(PERSON.c.id.in_(SOME)).order_by(PERSON.c.id).with_for_update(key_share=True)
)
FORGET = (
    update(INTERVIEW).where(TABLE.changed_at < bindparam("before"), TABLE.note != "").values(note="")
).execution_options(preserve_rowcount=True)


class Taken(Exception):
    """Somebody has another interview in these minutes."""


class Interviews:
    """Implements `flows.interviews.records.InterviewKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, interviews: Sequence[Interview]) -> int:
        return add_all(self._connection, ADD, [row_of(one) for one in interviews])

    def get(self, interview: int) -> Interview | None:
        return self._one(BY_ID, id=interview)

    def lock(self, interview: int) -> Interview | None:
        return self._one(LOCKED, id=interview)

    def find(self, cycle: int, person: int) -> Interview | None:
        return self._one(ONE, cycle=cycle, person=person)

    def of_people(self, cycle: int, people: Sequence[int]) -> list[Interview]:
        found: list[Interview] = []
        for ids in chunks(sorted(set(people)), MOST_IDS):
            found += self._all(OF_PEOPLE, cycle=cycle, people=ids)
        return found

    def save(self, interview: Interview) -> bool:
        try:
            with self._connection.begin_nested():
                if interview.state == "booked":
                    self._take(interview)
                else:
                    self._connection.execute(FREE, {"which": interview.id})
                self._connection.execute(UPDATE, {**row_of(interview), "which": interview.id})
        except Taken:
            return False
        return True

    def booked_of(self, people: Sequence[int], since: datetime, until: datetime) -> dict[int, list[Span]]:
        wanted = set(people)
        found: dict[int, set[Span]] = defaultdict(set)
        for ids in chunks(sorted(wanted), MOST_IDS):
            asked = {"people": ids, "since": since, "until": until}
            for person, manager, starts, ends in self._connection.execute(BOOKED, asked):
                for one in {person, manager} & wanted:
                    found[one].add((starts, ends))
        return {person: sorted(spans) for person, spans in found.items()}

    def of_person(self, person: int) -> list[Interview]:
        return self._all(OF_PERSON, person=person)

    def of_manager(self, manager: int) -> list[Interview]:
        return self._all(OF_MANAGER, person=manager)

    def open_with(self, people: Sequence[int]) -> list[Interview]:
        found: dict[int, Interview] = {}
        for ids in chunks(sorted(set(people)), MOST_IDS):
            found |= {one.id: one for one in self._all(OPEN_WITH, people=ids)}
        return [found[key] for key in sorted(found)]

    def counted(self, cycle: int) -> list[tuple[str, InterviewState, int]]:
        return [tuple(row) for row in self._connection.execute(COUNTED, {"cycle": cycle})]

    def forget_texts(self, before: datetime) -> int:
        return self._connection.execute(FORGET, {"before": before}).rowcount

    def _take(self, interview: Interview) -> None:
        """Take every five minutes of both. Bookings of one person wait for each other, in the order of ids."""
        both = sorted((interview.person, interview.manager))
        self._connection.execute(IN_TURN, {"people": both}).all()
        self._connection.execute(FREE, {"which": interview.id})
        rows = [
            {"person": person, "cell": cell, "interview": interview.id}
            for person in both
            for cell in cells_of(interview)
        ]
        if self._connection.execute(TAKE.values(rows)).rowcount < len(rows):
            raise Taken

    def _one(self, statement: Any, **values: Any) -> Interview | None:
        row = self._connection.execute(statement, values).first()
        return interview_of(row) if row else None

    def _all(self, statement: Any, **values: Any) -> list[Interview]:
        return [interview_of(row) for row in self._connection.execute(statement, values)]


def cells_of(interview: Interview) -> Iterable[int]:
    """The five minutes that a booked interview touches; ValueError without a time."""
    if interview.starts_at is None or interview.ends_at is None:
        raise ValueError("an interview is booked without a time")
    first, last = interview.starts_at.timestamp(), interview.ends_at.timestamp()
    return range(int(first // CELL), int(-(-last // CELL)))


def row_of(interview: Interview) -> dict[str, Any]:
    slots = [[moment.isoformat() for moment in span] for span in interview.slots]
    return {**columns_of(interview, "id"), "slots": slots}


def interview_of(row: Row[Any]) -> Interview:
    kept = dict(row._mapping)
    slots = tuple(
        (datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in kept["slots"]
    )
    return Interview(**{**kept, "slots": slots})
