"""Carries every table's rows from one database into another, and proves that both then hold the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from psycopg.sql import SQL, Identifier
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    TypeDecorator,
    cast,
    exists,
    func,
    insert,
    inspect,
    select,
    type_coerce,
)
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.columns import Amount
from storage.refusals import StorageError
from storage.tables.every import METADATA

CHUNK = 5_000
Rows = Sequence[tuple[Any, ...]]


class Differs(StorageError):
    """What arrived is not what was sent; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows a table has, and a sum over all of them that does not depend on their order."""

    table: str
    rows: int
    digest: str


class JsonText(TypeDecorator[str]):
    """JSON as the text that is kept. SQLite keeps a bare number as one, so 5 and 5.0 are the same here."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | float | None, dialect: object) -> str | None:  # noqa: ARG002
        if value is None or (isinstance(value, str) and value[:1] not in "-0123456789"):
            return value
        number = json.loads(value) if isinstance(value, str) else value
        return str(int(number)) if number == int(number) else repr(number)


def plain(table: Table) -> Table:
    """The table with types that give what is kept as it is: nothing is parsed and made again on the way."""
    return Table(
        table.name, MetaData(), *(Column(c.name, _plain(c.type), primary_key=c.primary_key) for c in table.c)
    )


def _plain(kept: TypeEngine[Any]) -> TypeEngine[Any]:
    if isinstance(kept, Boolean | Date | LargeBinary | UTCDateTime):
        return kept
    if isinstance(kept, Integer | Amount):
        return BigInteger()
    return JsonText() if kept.__visit_name__ == "JSON" else Text()


PLAIN = tuple(plain(table) for table in METADATA.sorted_tables)
"""Each table after those that it refers to."""
COUNTED = tuple(table for table in METADATA.sorted_tables if table.autoincrement_column is not None)


def carry(source: Connection, target: Connection) -> tuple[Tally, ...]:
    """Put every row of `source` into `target`, whose tables are empty; what was carried, table by table.

    Both must have the tables of this release. Nothing is committed. Raises Differs where the target, read back, does
    not hold the same.
    """
    if target.dialect.name == "sqlite":
        target.exec_driver_sql("PRAGMA defer_foreign_keys=ON")  # a report may come before their manager
    carried = tuple(_carry(source, target, table) for table in PLAIN)
    if target.dialect.name == "postgresql":
        count_on(target)
    if wrong := [one.table for one, other in zip(carried, tallies(target), strict=True) if one != other]:
        raise Differs(f"What arrived differs from what was sent, in: {', '.join(wrong)}. Nothing was kept.")
    return carried


def tallies(connection: Connection) -> tuple[Tally, ...]:
    """What every table holds."""
    return tuple(_tally(table.name, rows_of(connection, table)) for table in PLAIN)


def holds_anything(connection: Connection) -> bool:
    """Whether any table that is there has a row."""
    there = set(inspect(connection).get_table_names())
    known = (table for table in PLAIN if table.name in there)
    return any(connection.scalar(select(exists(select(1).select_from(table)))) for table in known)


def rows_of(connection: Connection, table: Table) -> Iterator[Rows]:
    """Its rows, some at a time."""
    streamed = connection.execution_options(yield_per=CHUNK).execute(_reading(connection, table))
    for part in streamed.partitions():
        yield [tuple(row) for row in part]


def _reading(connection: Connection, table: Table) -> Select[Any]:
    """PostgreSQL gives JSON parsed unless it is asked for its text."""
    if connection.dialect.name != "postgresql":
        return select(table)
    return select(
        *(
            type_coerce(cast(column, Text), JsonText()) if isinstance(column.type, JsonText) else column
            for column in table.c
        )
    )


def _carry(source: Connection, target: Connection, table: Table) -> Tally:
    tally = _Sum(table.name)
    parts = tally.over(rows_of(source, table))
    if target.dialect.name == "postgresql":
        _copy_in(target, table, parts)
    else:
        names, statement = table.columns.keys(), insert(table)
        for rows in parts:
            target.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
    return tally.told()


def _copy_in(target: Connection, table: Table, parts: Iterator[Rows]) -> None:
    """One statement for the whole table: rows may refer to each other in any order, and it is the quickest way."""
    columns = SQL(", ").join(map(Identifier, table.columns.keys()))
    statement = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table.name), columns)
    driver: Any = target.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for rows in parts:
            for row in rows:
                copy.write_row(row)


def count_on(target: Connection, tables: Sequence[Table] = COUNTED) -> None:
    """Have PostgreSQL's counters go on behind the highest number of each table."""
    for table in tables:
        number = table.autoincrement_column
        highest = target.scalar(select(func.max(number)))
        if highest is not None and number is not None:
            target.execute(select(func.setval(func.pg_get_serial_sequence(table.name, number.name), highest)))


class _Sum:
    """Adds up a table's rows while they pass."""

    def __init__(self, table: str) -> None:
        self._table, self._rows, self._sum = table, 0, 0

    def over(self, parts: Iterator[Rows]) -> Iterator[Rows]:
        for rows in parts:
            self._rows += len(rows)
            for row in rows:
                digest = blake2b(repr(row).encode(), digest_size=16).digest()
                self._sum += int.from_bytes(digest, "big")
            yield rows

    def told(self) -> Tally:
        return Tally(self._table, self._rows, f"{self._sum % 2**128:032x}")


def _tally(table: str, parts: Iterator[Rows]) -> Tally:
    tally = _Sum(table)
    for _ in tally.over(parts):
        pass
    return tally.told()
