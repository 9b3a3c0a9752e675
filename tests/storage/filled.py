"""A few made-up rows for every table, whatever tables a release had: each column gets what its type can hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    insert,
    null,
)
from sqlalchemy.types import TypeEngine

from storage.backup.carrying import count_on
from storage.columns import Amount, Exact

ROWS = 3
FIRST = datetime(2026, 3, 2, 9, 30, 15, 123456, UTC)
JSONS: tuple[Any, ...] = (
    {"what": "“好” 🎉 \\ \"'\n\t", "n": [1, 2.5, None, True], "deep": {"": {}}},
    5,
    [0.30000000000000004, -1.5, "\u2028", "null"],
    "5",
    None,
    2.5,
)


def fill(connection: Connection, metadata: MetaData, rows: int = ROWS) -> None:
    """Rows 1 … `rows` of every table; row n refers to row n of others, and to row n + 1 of its own."""
    for table in metadata.sorted_tables:
        if table.name != "alembic_version":
            made = [
                {column.name: value_of(column, number, rows) for column in table.columns}
                for number in range(1, rows + 1)
            ]
            connection.execute(insert(table).values(made))  # in one statement: they may refer to each other
    if connection.dialect.name == "postgresql":
        count_on(
            connection, [table for table in metadata.sorted_tables if table.autoincrement_column is not None]
        )


def value_of(column: Column[Any], number: int, rows: int) -> Any:
    """What stands in this column of this row; the second row has nothing where nothing may stand."""
    own = any(key.column.table is column.table for key in column.foreign_keys)
    if column.foreign_keys:
        return number % rows + 1 if own else number
    sparse = column.nullable and isinstance(column.type, Boolean) and number > 3  # it may have to be unique
    if column.nullable and (number == 2 or sparse):
        return null()
    return _value(column.type, f"{column.table.name}.{column.name}", number)


def _value(kept: TypeEngine[Any], name: str, number: int) -> Any:
    if isinstance(kept, Boolean):
        return number == 1
    if isinstance(kept, Amount):
        return Decimal(number) / 4
    if isinstance(kept, Exact):
        return Decimal(f"{number}.50")
    if isinstance(kept, Integer):
        return number
    if isinstance(kept, Date):
        return date(2024, 2, 28) + timedelta(days=number)
    if isinstance(kept, DateTime) or type(kept).__name__ == "UTCDateTime":
        return FIRST + timedelta(microseconds=number)
    if isinstance(kept, LargeBinary):
        return bytes(range(256)) * number
    if kept.__visit_name__ == "JSON":
        return JSONS[(number + len(name)) % len(JSONS)]
    return f"{name} {number} “好” 🎉 \\N \\. \t\n'"
