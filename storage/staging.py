"""A private file in which rows wait until all of them are known to be sound; it is gone when it is closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from storage.columns import AMOUNT_PLACES, amount

# With an empty name SQLite makes a file of its own in the temporary folder, and takes it away itself.
NOWHERE = ""
MAKE = """
CREATE TABLE staged (
    series TEXT, period TEXT, day TEXT, value INTEGER, note TEXT, PRIMARY KEY (series, period)
) WITHOUT ROWID
"""
PUT = "INSERT OR REPLACE INTO staged VALUES (?, ?, ?, ?, ?)"
ALL = "SELECT series, period, day, value, note FROM staged ORDER BY series, period"

Row = tuple[str, str, date, Decimal, str]
"""(series, period, its last day, value, note)."""


class Staging:
    """Rows by (series, period); of two the later stays. Memory is flat, and they come out in order."""

    __slots__ = ("_connection",)

    def __init__(self) -> None:
        self._connection = sqlite3.connect(NOWHERE, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute(MAKE)

    def put(self, rows: Sequence[Row]) -> None:
        """Keep these rows for the moment."""
        plain = [
            (series, period, day.isoformat(), int(value.scaleb(AMOUNT_PLACES)), note)
            for series, period, day, value, note in rows
        ]
        self._connection.execute("BEGIN")
        self._connection.executemany(PUT, plain)
        self._connection.execute("COMMIT")

    def parts(self, size: int) -> Iterator[list[Row]]:
        """All rows in their order, in lists of at most `size`."""
        cursor = self._connection.execute(ALL)
        while rows := cursor.fetchmany(size):
            yield [
                (series, period, date.fromisoformat(day), amount(value), note)
                for series, period, day, value, note in rows
            ]

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()
