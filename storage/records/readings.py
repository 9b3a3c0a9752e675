"""Readings of goals and metrics: what was said for each period, and what replaced it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, insert, literal_column, select, type_coerce, update

from flows.goals.kept import Reading
from storage.columns import AMOUNT_PLACES
from storage.records.rows import CHUNK, MOST_IDS, chunks, columns_of
from storage.tables.goals import READING

TABLE = READING.c
ALL = select(*(TABLE[name] for name in Reading.__slots__))  # in the order of the value's fields
CURRENT: Any = literal_column("current")
ON_SQLITE: Any = literal_column("current = 1")  # as its partial index says it
SERIES = TABLE.series.in_(bindparam("series", expanding=True))
BY_ID = ALL.where(TABLE.id == bindparam("id"))
HISTORY = ALL.where(TABLE.series == bindparam("of_series"), TABLE.period == bindparam("of_period")).order_by(
    TABLE.id
)
PLAIN = select(TABLE.series, TABLE.day, type_coerce(TABLE.value, BigInteger))
STANDING = select(TABLE.series, TABLE.period, TABLE.id, type_coerce(TABLE.value, BigInteger)).where(
    TABLE.period.in_(bindparam("periods", expanding=True))
)
REPLACED = update(READING).where(TABLE.id == bindparam("which")).values(current=False)
INSERT = insert(READING)
ONE = 10.0**-AMOUNT_PLACES


class Readings:
    """Implements `flows.goals.records.ReadingRecords`."""

    __slots__ = ("_connection", "_is_current")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_current = ON_SQLITE if connection.dialect.name == "sqlite" else CURRENT

    def of(self, series: Sequence[str]) -> dict[str, list[Reading]]:
        found: dict[str, list[Reading]] = {}
        statement = ALL.where(SERIES, self._is_current)
        for part in chunks(sorted(set(series)), MOST_IDS):
            for row in self._connection.execute(statement, {"series": part}):
                found.setdefault(row.series, []).append(Reading(*row))
        for readings in found.values():
            readings.sort(key=lambda reading: (reading.day, reading.period))
        return found

    def plain(self, series: Sequence[str]) -> dict[str, list[tuple[date, float]]]:
        found: dict[str, list[tuple[date, float]]] = {}
        statement = PLAIN.where(SERIES, self._is_current)
        for part in chunks(sorted(set(series)), MOST_IDS):
            for name, day, value in self._connection.execute(statement, {"series": part}):
                found.setdefault(name, []).append((day, value * ONE))
        for points in found.values():
            points.sort()
        return found

    def get(self, reading: int) -> Reading | None:
        row = self._connection.execute(BY_ID, {"id": reading}).first()
        return Reading(*row) if row else None

    def history(self, series: str, period: str) -> list[Reading]:
        rows = self._connection.execute(HISTORY, {"of_series": series, "of_period": period})
        return [Reading(*row) for row in rows]

    def keep(self, readings: Sequence[Reading]) -> tuple[int, int, int]:
        counted: Counter[str] = Counter()
        for part in chunks(readings, CHUNK):
            counted.update(self._keep(part))
        return counted["new"], counted["corrected"], counted["same"]

    def _keep(self, readings: Sequence[Reading]) -> dict[str, int]:
        """One chunk: what is new goes in, what says something else replaces what stands."""
        latest = {(reading.series, reading.period): reading for reading in readings}
        standing = self._standing(latest)
        replaced: list[dict[str, Any]] = []
        rows: list[dict[str, Any]] = []
        for key, reading in latest.items():
            if before := standing.get(key):
                which, value = before
                if value == int(reading.value.scaleb(AMOUNT_PLACES)) and reading.source != "checkin":
                    continue
                replaced.append({"which": which})
            rows.append(columns_of(reading, "id"))
        if replaced:
            self._connection.execute(REPLACED, replaced)
        if rows:
            self._connection.execute(INSERT, rows)
        new = len(rows) - len(replaced)
        return {"new": new, "corrected": len(replaced), "same": len(readings) - len(rows)}

    def _standing(self, keys: Any) -> dict[tuple[str, str], tuple[int, int]]:
        """(id, value in ten-thousandths) of what stands for these series and periods."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        statement = STANDING.where(SERIES, self._is_current)
        periods = sorted({period for _, period in keys})
        for names in chunks(sorted({name for name, _ in keys}), MOST_IDS):
            for some in chunks(periods, MOST_IDS):
                rows = self._connection.execute(statement, {"series": names, "periods": some})
                found |= {(name, period): (which, value) for name, period, which, value in rows}
        return found
