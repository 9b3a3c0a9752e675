"""Rows of a bench by one statement for each table: one row for each person, or for each row of another table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, case, insert, literal, select

from bot.bench.filled import task
from storage.tables.people import PERSON
from storage.tables.tasks import TASK

P = PERSON.c


def copied(
    connection: Connection,
    table: Any,
    source: FromClause = PERSON,
    where: ColumnElement[bool] | None = None,
    /,
    **columns: Any,
) -> None:
    """One row for each of the source's; what is no column or expression is the same in all of them."""
    given = [
        value if isinstance(value, ColumnElement) else literal(value, table.c[name].type)
        for name, value in columns.items()
    ]
    rows = select(*given).select_from(source)
    connection.execute(insert(table).from_select(list(columns), rows if where is None else rows.where(where)))


def owed(connection: Connection, kind: str, scope: int, subject: str, **other: Any) -> None:
    """A task of everybody, or of everybody's manager with `owner`."""
    row = task(kind, scope, subject, 1) | {
        "person": P.id,
        "owner": P.id,
        "about": P.id,
        "department": P.department,
    }
    row |= {"next_at": None} | other
    copied(connection, TASK, PERSON, other.get("owner", P.id).is_not(None), **row)


def one_of(column: ColumnElement[Any], values: list[Any], seed: int = 0) -> ColumnElement[Any]:
    """One of the values, by the person's number."""
    place = (P.id * 7919 + seed * 104_729) % 1009 % len(values)
    return case(*((place == nth, literal(value, column.type)) for nth, value in enumerate(values)))
