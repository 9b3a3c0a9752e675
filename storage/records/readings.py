"""Readings of goals and metrics: what was said for each period, and what replaced it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    text,
    type_coerce,
    update,
)

from flows.goals.kept import Reading
from storage.columns import AMOUNT_PLACES, amount
from storage.records.rows import CHUNK, MOST_IDS, chunks, columns_of
from storage.tables.goals import READING

TABLE = READING.c
ALL = select(*(TABLE[name] for name in Reading.__slots__))  # in the order of the value's fields
CURRENT: Any = literal_column("current")
ON_SQLITE: Any = literal_column("current = 1")  # as its partial index says it
SERIES = TABLE.series.in_(bindparam("series", expanding=True))
BY_ID = ALL.where(TABLE.id == bindparam("id"))
OF_PERIOD = ALL.where(TABLE.series == bindparam("of_series"), TABLE.period == bindparam("of_period"))
REPLACED_ONES = OF_PERIOD.where(literal_column("NOT current"))  # each half has its own partial index
PLAIN_VALUE = type_coerce(TABLE.value, BigInteger)
PLAIN = select(TABLE.series, TABLE.day, PLAIN_VALUE)
SENT = ("import", "api")  # the sources of values that come without anybody's hand
# What stands for given (series, period): each is looked up by itself, however they are mixed. SQLite goes through the
# keys first where the join is CROSS.
STANDING_ON_SQLITE = text("""
    SELECT r.series, r.period, r.id, r.value, r.confidence, r.note, r.source
    FROM json_each(:keys) AS k CROSS JOIN reading AS r
    ON r.series = json_extract(k.value, '$[0]') AND r.period = json_extract(k.value, '$[1]') AND r.current = 1
""")
STANDING = text("""
    SELECT r.series, r.period, r.id, r.value, r.confidence, r.note, r.source
    FROM unnest(CAST(:series AS text[]), CAST(:periods AS text[])) AS k (series, period)
    JOIN reading AS r ON r.series = k.series AND r.period = k.period AND r.current
""")
ONE_WRITER = select(func.pg_advisory_xact_lock(bindparam("lock")))
LOCK = 0x7265_6164_696E_6773  # "readings"
SENT_LAST = (
    select(PLAIN_VALUE)
    .where(
        TABLE.series == bindparam("of_series"),
        TABLE.period == bindparam("of_period"),
        literal_column("NOT current"),
        TABLE.source.in_(SENT),
    )
    .order_by(TABLE.id.desc())
    .limit(1)
)
REPLACED = update(READING).where(TABLE.id.in_(bindparam("ids", expanding=True))).values(current=False)
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
        day_of, at_of = READ[self._connection.dialect.name]
        for row in self._current(ALL, series):
            which, name, period, day, value, source, at, by, token, confidence, note, current = row
            reading = Reading(
                which, name, period, day_of(day), amount(value), source, at_of(at), by, token, confidence, note,
                bool(current),
            )  # fmt: skip
            found.setdefault(name, []).append(reading)
        for readings in found.values():
            readings.sort(key=lambda reading: (reading.day, reading.period))
        return found

    def plain(self, series: Sequence[str]) -> dict[str, list[tuple[date, float]]]:
        found: dict[str, list[tuple[date, float]]] = {}
        day_of, _ = READ[self._connection.dialect.name]
        for name, day, value in self._current(PLAIN, series):
            found.setdefault(name, []).append((day_of(day), value * ONE))
        for points in found.values():
            points.sort()
        return found

    def _current(self, columns: Select[Any], series: Sequence[str]) -> Iterator[Any]:
        """The driver's own rows of what is current: SQLAlchemy's would take longer for many than reading them does."""
        statement = columns.where(SERIES, self._is_current)
        for part in chunks(sorted(set(series)), MOST_IDS):
            yield from self._connection.execute(statement, {"series": part}).cursor.fetchall()

    def get(self, reading: int) -> Reading | None:
        row = self._connection.execute(BY_ID, {"id": reading}).first()
        return Reading(*row) if row else None

    def history(self, series: str, period: str) -> list[Reading]:
        asked = {"of_series": series, "of_period": period}
        halves = (REPLACED_ONES, OF_PERIOD.where(self._is_current))
        found = [Reading(*row) for half in halves for row in self._connection.execute(half, asked)]
        return sorted(found, key=lambda reading: reading.id)

    def keep(self, readings: Sequence[Reading]) -> tuple[int, int, int]:
        counted: Counter[str] = Counter()
        for part in chunks(readings, CHUNK):
            counted.update(self._keep(part))
        return counted["new"], counted["corrected"], counted["same"]

    def _keep(self, readings: Sequence[Reading]) -> dict[str, int]:
        """One chunk: what is new goes in, what says something else replaces what stands."""
        if self._connection.dialect.name == "postgresql":
            # Two that write the same period at once would both find nothing and both insert; SQLite has one writer.
            self._connection.execute(ONE_WRITER, {"lock": LOCK})
        latest = {(reading.series, reading.period): reading for reading in readings}
        standing = self._standing(latest)
        replaced: list[int] = []
        rows: list[dict[str, Any]] = []
        for key, reading in latest.items():
            if before := standing.get(key):
                which, *said, source = before
                value = int(reading.value.scaleb(AMOUNT_PLACES))
                sent = reading.source in SENT
                if value == said[0] and (sent or said[1:] == [reading.confidence, reading.note]):
                    continue
                if sent and source not in SENT and value == self._sent_last(key):
                    continue
                replaced.append(which)
            rows.append(columns_of(reading, "id"))
        for ids in chunks(replaced, MOST_IDS):
            self._connection.execute(REPLACED, {"ids": ids})
        if rows:
            self._connection.execute(INSERT, rows)
        new = len(rows) - len(replaced)
        return {"new": new, "corrected": len(replaced), "same": len(readings) - len(rows)}

    def _sent_last(self, key: tuple[str, str]) -> int | None:
        """What was last imported for a period that a hand has corrected since: the same again is nothing new."""
        return self._connection.scalar(SENT_LAST, {"of_series": key[0], "of_period": key[1]})

    def _standing(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[Any, ...]]:
        """(id, value in ten-thousandths, confidence, note, source) of what stands for these series and periods."""
        if self._connection.dialect.name == "sqlite":
            rows = self._connection.execute(STANDING_ON_SQLITE, {"keys": json.dumps(list(keys))})
        else:
            series, periods = zip(*keys, strict=True)
            rows = self._connection.execute(STANDING, {"series": list(series), "periods": list(periods)})
        return {(name, period): tuple(said) for name, period, *said in rows}


def _as_it_is(day: date) -> date:
    return day


def _from_text(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


READ: dict[str, tuple[Callable[[Any], date], Callable[[Any], datetime]]] = {
    "sqlite": (date.fromisoformat, _from_text),
    "postgresql": (_as_it_is, _in_utc),
}
"""How a driver's own day and moment become ours."""
