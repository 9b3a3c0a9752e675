"""Participants: who takes part in each cycle, and how they stood when they were taken in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    update,
)

from flows.cycle.records import Audience, Participant
from storage.records.rows import MOST_IDS, add_all, chunks, columns_of, new_only
from storage.tables.cycles import PARTICIPANT
from storage.tables.people import PERSON

TABLE = PARTICIPANT.c
ALL = select(*(TABLE[name] for name in Participant.__slots__))  # in the order of the value's fields
EXTENDED = Participant.__slots__.index("extended")
IN = and_(TABLE.cycle == bindparam("cycle"), TABLE.place == "in")
ONE = ALL.where(TABLE.cycle == bindparam("cycle"), TABLE.person == bindparam("person"))
LOCKED = ONE.with_for_update()
SLICE = ALL.where(IN, TABLE.person > bindparam("after")).order_by(TABLE.person).limit(bindparam("most"))
OF_PERSON = ALL.where(TABLE.person == bindparam("person")).order_by(TABLE.cycle)
LED_BY = ALL.where(IN, TABLE.manager == bindparam("manager")).order_by(TABLE.person)
WITHOUT_MANAGER = ALL.where(IN, TABLE.manager.is_(None)).order_by(TABLE.person)
MANAGERS = select(TABLE.manager).where(IN, TABLE.manager.is_not(None)).distinct().order_by(TABLE.manager)
KNOWN = select(TABLE.person).where(
    TABLE.cycle == bindparam("cycle"), TABLE.person.in_(bindparam("people", expanding=True))
)
IS_ASKED = TABLE.place == literal_column("'asked'")  # written out, so that it matches the partial index
ASKED = ALL.where(TABLE.cycle == bindparam("cycle"), IS_ASKED).order_by(TABLE.person)
COUNT = select(TABLE.department, func.count()).where(IN).group_by(TABLE.department).order_by(TABLE.department)
MANY = ALL.where(TABLE.cycle == bindparam("cycle"), TABLE.person.in_(bindparam("people", expanding=True)))
EXTENDED_ONES = ALL.where(IN, func.length(cast(TABLE.extended, Text)) > len("{}")).order_by(TABLE.person)
ZONES = (
    select(PERSON.c.zone, func.count())
    .join(PARTICIPANT, TABLE.person == PERSON.c.id)
    .where(IN)
    .group_by(PERSON.c.zone)
    .order_by(PERSON.c.zone)
)
HAS_MANAGER = PERSON.c.manager.is_not(None)
MEANT = (
    select(PERSON.c.department, PERSON.c.zone, HAS_MANAGER, func.count())
    .where(PERSON.c.active)
    .group_by(PERSON.c.department, PERSON.c.zone, HAS_MANAGER)
    .order_by(PERSON.c.department, PERSON.c.zone)
)
INSERT = new_only(PARTICIPANT)
SAVE = update(PARTICIPANT).where(TABLE.cycle == bindparam("of_cycle"), TABLE.person == bindparam("whose"))


class Participants:
    """Implements `flows.cycle.records.ParticipantRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, participants: Sequence[Participant]) -> int:
        return add_all(self._connection, INSERT, [_row(one) for one in participants])

    def get(self, cycle: int, person: int) -> Participant | None:
        return next(iter(self._many(ONE, cycle=cycle, person=person)), None)

    def lock(self, cycle: int, person: int) -> Participant | None:
        return next(iter(self._many(LOCKED, cycle=cycle, person=person)), None)

    def save(self, participant: Participant) -> None:
        row = _row(participant)
        which = {"of_cycle": row.pop("cycle"), "whose": row.pop("person")}
        self._connection.execute(SAVE, {**row, **which})

    def slice(self, cycle: int, after: int, limit: int) -> list[Participant]:
        return self._many(SLICE, cycle=cycle, after=after, most=limit)

    def of_person(self, person: int) -> list[Participant]:
        return self._many(OF_PERSON, person=person)

    def led_by(self, cycle: int, manager: int) -> list[Participant]:
        return self._many(LED_BY, cycle=cycle, manager=manager)

    def without_manager(self, cycle: int) -> list[Participant]:
        return self._many(WITHOUT_MANAGER, cycle=cycle)

    def managers(self, cycle: int) -> list[int]:
        return list(self._connection.execute(MANAGERS, {"cycle": cycle}).scalars())

    def known(self, cycle: int, people: Sequence[int]) -> set[int]:
        found: set[int] = set()
        for ids in chunks(people, MOST_IDS):
            found.update(self._connection.execute(KNOWN, {"cycle": cycle, "people": ids}).scalars())
        return found

    def asked(self, cycle: int) -> list[Participant]:
        return self._many(ASKED, cycle=cycle)

    def count(self, cycle: int) -> dict[str, int]:
        return dict(self._connection.execute(COUNT, {"cycle": cycle}).all())

    def many(self, cycle: int, people: Sequence[int]) -> list[Participant]:
        return [one for ids in chunks(people, MOST_IDS) for one in self._many(MANY, cycle=cycle, people=ids)]

    def extended(self, cycle: int) -> list[Participant]:
        return self._many(EXTENDED_ONES, cycle=cycle)

    def zones(self, cycle: int) -> dict[str, int]:
        return dict(self._connection.execute(ZONES, {"cycle": cycle}).all())

    def meant(self, audience: Audience) -> list[tuple[str, str, bool, int]]:
        rows = self._connection.execute(MEANT.where(*_among(audience)))
        return [(department, zone, bool(managed), number) for department, zone, managed, number in rows]

    def _many(self, statement: Any, **values: Any) -> list[Participant]:
        return [_participant(row) for row in self._connection.execute(statement, values)]


def _among(audience: Audience) -> list[ColumnElement[bool]]:
    """What `Audience.has` says, as conditions on the directory."""
    rest: list[ColumnElement[bool]] = []
    if audience.departments:
        rest.append(PERSON.c.department.in_(audience.departments))
    if audience.levels:
        rest.append(PERSON.c.level.in_(audience.levels))
    named = PERSON.c.id.in_(audience.people)
    left_out = [PERSON.c.id.not_in(audience.without)] if audience.without else []
    if not audience.people:
        return [*left_out, *rest]
    return [*left_out, or_(named, and_(*rest)) if rest else named]


def _row(participant: Participant) -> dict[str, Any]:
    row = columns_of(participant)
    row["extended"] = {phase: day.isoformat() for phase, day in participant.extended.items()}
    return row


def _participant(row: Any) -> Participant:
    days = {phase: date.fromisoformat(day) for phase, day in row[EXTENDED].items()}
    return Participant(*(*row[:EXTENDED], days, *row[EXTENDED + 1 :]))
