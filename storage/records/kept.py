"""Who opened whose record, requests about one's data, and rows about a person from any table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, or_, select, update

from flows.people.mine.records import DataRequest, Opening
from storage.records.rows import columns_of, insert_one, new_only
from storage.tables.every import METADATA
from storage.tables.kept import DATA_REQUEST, OPENING

MOST = 5000  # rows of one kind in one person's file
OPENINGS = (
    select(*(OPENING.c[name] for name in Opening.__slots__))
    .where(OPENING.c.person == bindparam("person"))
    .order_by(OPENING.c.day.desc(), OPENING.c.reader, OPENING.c.kind)
)
REQUESTS = select(*(DATA_REQUEST.c[name] for name in DataRequest.__slots__)).order_by(DATA_REQUEST.c.id)


class Openings:
    """Implements `flows.people.mine.records.OpeningKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, opening: Opening) -> None:
        self._connection.execute(new_only(OPENING), columns_of(opening))

    def of(self, person: int) -> list[Opening]:
        return [Opening(*row) for row in self._connection.execute(OPENINGS, {"person": person})]


class DataRequests:
    """Implements `flows.people.mine.records.DataRequestKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: DataRequest) -> DataRequest:
        row = columns_of(request, "id")
        return replace(request, id=insert_one(self._connection, insert(DATA_REQUEST), row))

    def get(self, request: int) -> DataRequest | None:
        row = self._connection.execute(REQUESTS.where(DATA_REQUEST.c.id == request)).first()
        return DataRequest(*row) if row else None

    def save(self, request: DataRequest) -> None:
        changed = update(DATA_REQUEST).where(DATA_REQUEST.c.id == request.id)
        self._connection.execute(changed, columns_of(request, "id"))

    def of(self, person: int) -> list[DataRequest]:
        rows = self._connection.execute(REQUESTS.where(DATA_REQUEST.c.person == person))
        return [DataRequest(*row) for row in rows]

    def open(self) -> list[DataRequest]:
        rows = self._connection.execute(REQUESTS.where(DATA_REQUEST.c.state == "open"))
        return [DataRequest(*row) for row in rows]


class Held:
    """Implements `flows.people.mine.records.HeldKeeper` over every table there is."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(
        self, table: str, columns: Sequence[str], mine: Sequence[str], person: int
    ) -> list[Mapping[str, Any]]:
        of = METADATA.tables[table]
        asked = (
            select(*(of.c[name] for name in columns))
            .where(or_(*(is_theirs(table, name, person) for name in mine)))
            .order_by(*of.primary_key.columns)
            .limit(MOST)
        )
        return [dict(row) for row in self._connection.execute(asked).mappings()]

    def named(self, table: str, mine: Sequence[str], person: int) -> set[int]:
        of = METADATA.tables[table]
        theirs = or_(*(is_theirs(table, name, person) for name in mine))
        found: set[int] = set()
        for column in of.columns:
            if any(key.column.table.name == "person" for key in column.foreign_keys):
                asked = select(column).where(theirs, column.is_not(None)).order_by(*of.primary_key.columns)
                found |= set(self._connection.execute(asked).scalars())
        return found - {person}


def is_theirs(table: str, column: str, person: int) -> ColumnElement[bool]:
    """That a column names the person, or with "parent.column" that the row's parent does, however far up."""
    own, _, rest = column.partition(".")
    of = METADATA.tables[table].c[own]
    if not rest:
        return of == person
    (key,) = of.foreign_keys
    parent = key.column.table
    return of.in_(select(key.column).where(is_theirs(parent.name, rest, person)))
