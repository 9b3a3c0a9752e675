"""Frozen values as rows, and many rows in chunks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Executable, Insert, Table
from sqlalchemy.dialects.postgresql import insert

CHUNK = 5000  # rows per statement: more is no faster, and memory stays flat
MOST_IDS = 1000  # ids in one IN (…)


def columns_of(value: Any, *without: str) -> dict[str, Any]:
    """The fields of a slotted dataclass by name, as they are."""
    return {name: getattr(value, name) for name in value.__slots__ if name not in without}


def chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most `size` items."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def insert_one(connection: Connection, statement: Executable, row: dict[str, Any]) -> int:
    """Execute an insert; the new row's number."""
    key = connection.execute(statement, row).inserted_primary_key
    return int(key[0]) if key else 0


def new_only(table: Table) -> Insert:
    """An insert that leaves a row alone whose unique key is there; SQLite understands the same words."""
    return insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def new_or_changed(table: Table, *key: str) -> Insert:
    """An insert that changes the row of the same key where there is one: two replicas may do it at once."""
    adding = insert(table)
    others = {column.name: adding.excluded[column.name] for column in table.c if column.name not in key}
    return adding.on_conflict_do_update(index_elements=list(key), set_=others)


def add_all(connection: Connection, statement: Executable, rows: Sequence[dict[str, Any]]) -> int:
    """Execute a `new_only` insert for many rows; how many were new."""
    return sum(connection.execute(statement, chunk).rowcount for chunk in chunks(rows, CHUNK))
