"""Sweeps: pieces of work over many people, and how far each has got."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal_column, select, update

from flows.cycle.records import Sweep
from storage.records.rows import columns_of, new_only
from storage.tables.cycles import SWEEP

TABLE = SWEEP.c
ALL = select(*(TABLE[name] for name in Sweep.__slots__))  # in the order of the value's fields
BY_KEY = ALL.where(TABLE.key == bindparam("key"))
TO_DO: ColumnElement[bool] = literal_column("NOT done")  # written out, so that it matches the partial index
DUE = (
    ALL.where(TO_DO, TABLE.due_at <= bindparam("now"))
    .order_by(TABLE.due_at, TABLE.key)
    .limit(1)
    .with_for_update(skip_locked=True)
)
WAITING = select(func.count(), func.min(TABLE.due_at)).where(TO_DO, TABLE.due_at <= bindparam("now"))
NEXT = select(func.min(TABLE.due_at)).where(TO_DO)
INSERT = new_only(SWEEP)
SAVE = update(SWEEP).where(TABLE.key == bindparam("which"))


class Sweeps:
    """Implements `flows.cycle.records.SweepRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, sweep: Sweep) -> bool:
        return self._connection.execute(INSERT, columns_of(sweep)).rowcount == 1

    def due(self, now: datetime) -> Sweep | None:
        row = self._connection.execute(DUE, {"now": now}).first()
        return Sweep(*row) if row else None

    def get(self, key: str) -> Sweep | None:
        row = self._connection.execute(BY_KEY, {"key": key}).first()
        return Sweep(*row) if row else None

    def save(self, sweep: Sweep) -> None:
        self._connection.execute(SAVE, {**columns_of(sweep, "key"), "which": sweep.key})

    def waiting(self, now: datetime) -> tuple[int, float]:
        """How many are due, and for how many seconds the longest due one (0 when none is)."""
        count, oldest = self._connection.execute(WAITING, {"now": now}).one()
        return count, (now - oldest).total_seconds() if oldest else 0.0

    def next_moment(self) -> datetime | None:
        moment: datetime | None = self._connection.execute(NEXT).scalar()
        return moment
