"""Rehearsals and the timelines they found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from flows.cycle.rehearsals import kept_json as rehearsal_json
from flows.cycle.rehearsals.rehearsal import Rehearsal, Timelines, Told
from storage.records.rows import CHUNK, chunks, columns_of
from storage.tables.rehearsals import REHEARSAL, TIMELINE

TABLE = REHEARSAL.c
ALL = select(*(TABLE[name] for name in Rehearsal.__slots__))  # in the order of the value's fields
BY_CYCLE = ALL.where(TABLE.cycle == bindparam("which"))
TO_DO: ColumnElement[bool] = literal_column("state IN ('asked', 'playing')")  # as the partial index says it
FREE = or_(TABLE.until.is_(None), TABLE.until < bindparam("now"))
ASKED = ALL.where(TO_DO, FREE).order_by(TABLE.asked_at).limit(1).with_for_update(skip_locked=True)
INSERT = insert(REHEARSAL)
UPDATE = update(REHEARSAL).where(TABLE.cycle == bindparam("which"))
FORGET = delete(TIMELINE).where(TIMELINE.c.cycle == bindparam("which"))
KEEP = insert(TIMELINE)
ONE = select(TIMELINE.c.told).where(
    TIMELINE.c.cycle == bindparam("which"), TIMELINE.c.person == bindparam("person")
)


class Rehearsals:
    """Implements `flows.cycle.rehearsals.rehearse.RehearsalKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, cycle: int) -> Rehearsal | None:
        return _rehearsal(self._connection.execute(BY_CYCLE, {"which": cycle}).first())

    def save(self, rehearsal: Rehearsal) -> None:
        row = columns_of(rehearsal)
        row["found"] = rehearsal_json.dump(rehearsal.found) if rehearsal.found else None
        if self._connection.execute(UPDATE, {**row, "which": rehearsal.cycle}).rowcount == 0:
            self._connection.execute(INSERT, row)

    def claim(self, now: datetime, until: datetime) -> Rehearsal | None:
        """The longest waiting one, or one whose player was lost; it is the caller's until then."""
        found = _rehearsal(self._connection.execute(ASKED, {"now": now}).first())
        if found is not None:
            found = replace(found, state="playing", until=until, progress=0)
            self.save(found)
        return found

    def keep_timelines(self, cycle: int, timelines: Timelines) -> None:
        """Put these in the place of what was found before."""
        self._connection.execute(FORGET, {"which": cycle})
        for chunk in chunks(timelines.items(), CHUNK):
            rows = [
                {"cycle": cycle, "person": person, "told": rehearsal_json.dump_told(told)}
                for person, told in chunk
            ]
            self._connection.execute(KEEP, rows)

    def timeline(self, cycle: int, person: int) -> Sequence[Told]:
        kept = self._connection.execute(ONE, {"which": cycle, "person": person}).scalar()
        return rehearsal_json.load_told(kept or [])


def _rehearsal(row: Any) -> Rehearsal | None:
    if row is None:
        return None
    found = Rehearsal(*row)
    return replace(found, found=rehearsal_json.load(row.found)) if row.found else found
