"""The directory: people, their reporting line and their teams' channels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import (
    Connection,
    Text,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)

from flows.people.person import Person
from flows.people.row import PersonRow
from storage.people_import import ImportResult, apply_import
from storage.records.rows import MOST_IDS, chunks, columns_of, insert_one
from storage.tables.people import PERSON, TEAM_CHANNEL

HIGHEST = 64  # levels of managers that are looked up: no company has so many, a loop has no end

ALL = select(*(PERSON.c[name] for name in Person.__slots__))  # the columns in the order of the value's fields
ROLES = Person.__slots__.index("roles")
BY_ID = ALL.where(PERSON.c.id == bindparam("id"))
BY_EMAIL = ALL.where(PERSON.c.email == bindparam("email"))
BY_ACCOUNT = ALL.where(PERSON.c.account == bindparam("account"))
MANY = ALL.where(PERSON.c.id.in_(bindparam("ids", expanding=True)))
BY_EMAILS = ALL.where(PERSON.c.email.in_(bindparam("emails", expanding=True)))
ACTIVE = ALL.where(PERSON.c.active)
SLICE = ACTIVE.where(PERSON.c.id > bindparam("after")).order_by(PERSON.c.id).limit(bindparam("most"))
REPORTS = ALL.where(PERSON.c.manager == bindparam("manager"), PERSON.c.active)
_roles = cast(PERSON.c.roles, Text)
HAS_ROLES = _roles != literal_column("'[]'")  # written out, so that it matches the partial index
HR = ACTIVE.where(HAS_ROLES, _roles.contains('"hr'))  # "hr" and "hr:<department>"
COMING_AND_GOING = SLICE.where(or_(PERSON.c.left_on.is_not(None), cast(PERSON.c.away, Text) != "[]"))
DEPARTMENTS = select(PERSON.c.department).where(PERSON.c.active, PERSON.c.department != "").distinct()
WHERE_THEY_ARE = select(PERSON.c.id, PERSON.c.department).where(PERSON.c.active)
LEVELS = select(PERSON.c.level).where(PERSON.c.active, PERSON.c.level != "").distinct()
_boss, _report = PERSON.alias("boss"), PERSON.alias("report")
_leads = select(func.count()).where(_report.c.manager == PERSON.c.id, _report.c.active).scalar_subquery()
HEADS = (
    ACTIVE.where(PERSON.c.department.in_(bindparam("departments", expanding=True)))
    .where(
        ~exists().where(
            _boss.c.id == PERSON.c.manager, _boss.c.active, _boss.c.department == PERSON.c.department
        )
    )
    .order_by(_leads.desc(), PERSON.c.id)
)
INSERT = insert(PERSON)
UPDATE = update(PERSON).where(PERSON.c.id == bindparam("whose"))

_step = (
    select(PERSON.c.manager, literal(1).label("height"))
    .where(PERSON.c.id == bindparam("id"), PERSON.c.manager.is_not(None))
    .cte("line", recursive=True)
)
_line = _step.union_all(
    select(PERSON.c.manager, _step.c.height + 1).where(
        PERSON.c.id == _step.c.manager, PERSON.c.manager.is_not(None), _step.c.height < HIGHEST
    )
)
LINE = select(_line.c.manager).order_by(_line.c.height)

CHANNEL = select(TEAM_CHANNEL.c.channel).where(TEAM_CHANNEL.c.manager == bindparam("manager"))
CHANNELS = select(TEAM_CHANNEL.c.manager, TEAM_CHANNEL.c.channel).where(
    TEAM_CHANNEL.c.manager.in_(bindparam("ids", expanding=True))
)
UNSET_CHANNEL = delete(TEAM_CHANNEL).where(TEAM_CHANNEL.c.manager == bindparam("whose"))
SET_CHANNEL = insert(TEAM_CHANNEL)


class People:
    """Implements `flows.core.records.PeopleRecords`; lists are by name.

    A person is read once, and so is a line of managers, until somebody is saved: nearly every rule asks for the same
    ones, and a list asks for a hundred with one manager.
    """

    __slots__ = ("_clock_now", "_connection", "_lines", "_read")

    def __init__(self, connection: Connection, clock_now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._clock_now = clock_now
        self._read: dict[int, Person] = {}
        self._lines: dict[int, tuple[int, ...]] = {}

    def get(self, person: int) -> Person | None:
        return self._read.get(person) or self._one(BY_ID, {"id": person})

    def by_email(self, email: str) -> Person | None:
        return self._one(BY_EMAIL, {"email": email.strip().lower()})

    def by_account(self, account: str) -> Person | None:
        return self._one(BY_ACCOUNT, {"account": account})

    def many(self, people: Iterable[int]) -> list[Person]:
        rows: list[Any] = []
        for ids in chunks(dict.fromkeys(people), MOST_IDS):
            rows += self._connection.execute(MANY, {"ids": ids}).all()
        return self._several(rows)

    def by_emails(self, emails: Iterable[str]) -> list[Person]:
        rows: list[Any] = []
        for some in chunks(sorted({email.strip().lower() for email in emails}), MOST_IDS):
            rows += self._connection.execute(BY_EMAILS, {"emails": some}).all()
        return _by_name(rows)

    def active(self) -> list[Person]:
        return _by_name(self._connection.execute(ACTIVE).all())

    def slice(self, after: int, limit: int) -> list[Person]:
        rows = self._connection.execute(SLICE, {"after": after, "most": limit})
        return [person for row in rows if (person := _person(row))]

    def coming_and_going(self, after: int, limit: int) -> list[Person]:
        rows = self._connection.execute(COMING_AND_GOING, {"after": after, "most": limit})
        return [person for row in rows if (person := _person(row))]

    def reports_of(self, manager: int) -> list[Person]:
        return self._several(self._connection.execute(REPORTS, {"manager": manager}).all())

    def line_of(self, person: int) -> tuple[int, ...]:
        known = self._read.get(person)
        if known is None or known.manager is None:
            return self._line(person) if known is None else ()
        above = takewhile(lambda one: one != person, self._line(known.manager))
        return (known.manager, *above) if known.manager != person else ()

    def _line(self, person: int) -> tuple[int, ...]:
        if person in self._lines:
            return self._lines[person]
        line: dict[int, None] = {}
        for manager in self._connection.execute(LINE, {"id": person}).scalars():
            if manager == person or manager in line:
                break
            line[manager] = None
        self._lines[person] = tuple(line)
        return self._lines[person]

    def save(self, person: Person) -> Person:
        self._forget()
        row = columns_of(person, "id")
        row["email"] = person.email.strip().lower()
        row["away"] = [[first.isoformat(), last.isoformat()] for first, last in person.away]
        if person.id:
            self._connection.execute(UPDATE, {**row, "whose": person.id})
            return replace(person, email=row["email"])
        return replace(person, id=insert_one(self._connection, INSERT, row), email=row["email"])

    def departments(self) -> list[str]:
        return sorted(self._connection.execute(DEPARTMENTS).scalars())

    def heads(self, departments: Sequence[str]) -> dict[str, Person]:
        found: dict[str, Person] = {}
        for some in chunks(sorted(set(departments)), MOST_IDS):
            for row in self._connection.execute(HEADS, {"departments": some}):
                if person := _person(row):
                    found.setdefault(person.department, person)
        return found

    def by_department(self) -> dict[int, str]:
        return dict(self._connection.execute(WHERE_THEY_ARE).all())

    def levels(self) -> list[str]:
        return sorted(self._connection.execute(LEVELS).scalars())

    def hr(self) -> list[Person]:
        return [person for person in _by_name(self._connection.execute(HR).all()) if person.is_hr]

    def apply_import(self, rows: Sequence[PersonRow]) -> ImportResult:
        """Merge the people of a file by e-mail; `storage.people_import` has the rules."""
        self._forget()
        return apply_import(self._connection, rows, self._clock_now().date())

    def _forget(self) -> None:
        self._read.clear()
        self._lines.clear()

    def _several(self, rows: Sequence[Any]) -> list[Person]:
        found = _by_name(rows)
        self._read.update((person.id, person) for person in found)
        return found

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Person | None:
        person = _person(self._connection.execute(statement, values).first())
        if person is not None:
            self._read[person.id] = person
        return person


class TeamChannels:
    """Implements `flows.checkins.records.TeamChannelRecords`. A manager's is read once, until one is set."""

    __slots__ = ("_connection", "_read")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[int, str | None] = {}

    def of_manager(self, manager: int) -> str | None:
        if manager not in self._read:
            self._read[manager] = self._connection.execute(CHANNEL, {"manager": manager}).scalar()
        return self._read[manager]

    def of_managers(self, managers: Sequence[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for ids in chunks(managers, MOST_IDS):
            found.update(self._connection.execute(CHANNELS, {"ids": ids}).all())
        return found

    def set(self, manager: int, channel: str | None) -> None:
        self._read.clear()
        self._connection.execute(UNSET_CHANNEL, {"whose": manager})
        if channel is not None:
            self._connection.execute(SET_CHANNEL, {"manager": manager, "channel": channel})


def _person(row: Any) -> Person | None:
    if row is None:
        return None
    away = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.away)
    return Person(*(*row[:ROLES], tuple(row.roles), *row[ROLES + 1 : -1], away))


def _by_name(rows: Sequence[Any]) -> list[Person]:
    """Sorted here, because the two databases sort names differently."""
    people = [person for row in rows if (person := _person(row))]
    return sorted(people, key=lambda person: (person.name, person.id))
