"""How long things are kept: one table says what ends when, and what is then taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Date, delete, or_, select, update

from flows.people.mine.records import Keeping
from storage.records.expiring import PARTS, Part
from storage.records.kept import is_theirs
from storage.records.rows import new_or_changed
from storage.tables.cycles import CYCLE
from storage.tables.kept import LET_GO, RETENTION

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)  # nothing is older
LAST = 2**31 - 1  # no row's number is above it


@dataclass(frozen=True, slots=True)
class Span:
    """From when (included) to when (not), in UTC, and behind which row."""

    since: datetime
    before: datetime
    cursor: int


class Retention:
    """Implements `flows.people.mine.records.RetentionKeeper`."""

    __slots__ = ("_connection", "_records")

    def __init__(self, connection: Connection, records: object) -> None:
        self._connection, self._records = connection, records

    def months(self) -> dict[Keeping, int]:
        rows = self._connection.execute(select(RETENTION.c.keeping, RETENTION.c.months))
        return {row[0]: row[1] for row in rows}

    def choose(self, keeping: Keeping, months: int, by: int, at: datetime) -> None:
        row = {"keeping": keeping, "months": months, "by": by, "at": at}
        self._connection.execute(new_or_changed(RETENTION, "keeping"), row)

    def parts(self) -> list[tuple[str, Keeping]]:
        return [(part.name, part.keeping) for part in PARTS.values()]

    def let_go(self, part: str, before: datetime, limit: int) -> tuple[int, bool]:
        span = self._span(part, before)
        if span.since >= before:
            return 0, True
        of = PARTS[part]
        if of.keeper:
            gone = attrgetter(of.keeper)(self._records)(before)
            self._mark(part, before, 0)
            return gone, True
        ended = ended_in(of, span)
        if of.whole_rows:
            gone = self._connection.execute(delete(of.table).where(ended)).rowcount
            self._mark(part, before, 0)
            return gone, True
        rows = self._rows(of, [ended, of.number > span.cursor], limit)
        gone = self._wipe(of, rows)
        done = len(rows) < limit
        self._mark(part, before if done else span.since, 0 if done else rows[-1]["_number"])
        return gone, done

    def is_let_go(self, part: str, moment: datetime) -> bool:
        span = self._span(part, moment)
        return span.since > moment

    def erase(self, person: int) -> dict[str, int]:
        found = {}
        for part in PARTS.values():
            if not part.theirs:
                continue
            theirs = or_(*(is_theirs(part.table.name, name, person) for name in part.theirs))
            if part.at is None:  # what a result is still made of stays until HR has closed the cycle
                theirs &= part.table.c["cycle"].in_(select(CYCLE.c.id).where(CYCLE.c.closed_at.is_not(None)))
            if part.whole_rows:
                gone = self._connection.execute(delete(part.table).where(theirs)).rowcount
            else:
                gone = self._wipe(part, self._rows(part, [theirs], LAST))
            if gone:
                found[part.name] = gone
        return found

    def _span(self, part: str, before: datetime) -> Span:
        row = self._connection.execute(
            select(LET_GO.c.until, LET_GO.c.cursor).where(LET_GO.c.part == part)
        ).first()
        return Span(row[0], before, row[1]) if row else Span(BEGINNING, before, 0)

    def _mark(self, part: str, until: datetime, cursor: int) -> None:
        row = {"part": part, "until": until, "cursor": cursor}
        self._connection.execute(new_or_changed(LET_GO, "part"), row)

    def _rows(self, part: Part, where: list[ColumnElement[bool]], limit: int) -> list[Mapping[str, Any]]:
        asked = (
            select(part.number.label("_number"), *part.table.primary_key.columns, *part.columns)
            .where(*where)
            .order_by(part.number)
            .limit(limit)
        )
        return [dict(row) for row in self._connection.execute(asked).mappings()]

    def _wipe(self, part: Part, rows: list[Mapping[str, Any]]) -> int:
        """Empty the contents of these rows; how many had any."""
        gone = 0
        for row in rows:
            left = {column.name: wiped(part, column.name, row[column.name]) for column in part.columns}
            if any(row[name] != value for name, value in left.items()):
                key = [column == row[column.name] for column in part.table.primary_key.columns]
                self._connection.execute(update(part.table).where(*key), left)
                gone += 1
        return gone


def ended_in(part: Part, span: Span) -> ColumnElement[bool]:
    """That a row ended in that span: by a moment of its own, or when HR closed the cycle that it belongs to."""
    if part.at is not None:
        at = part.table.c[part.at]
        if isinstance(at.type, Date):
            return (at >= span.since.date()) & (at < span.before.date())
        return (at >= span.since) & (at < span.before)
    closed = select(CYCLE.c.id).where(CYCLE.c.closed_at >= span.since, CYCLE.c.closed_at < span.before)
    return part.table.c["cycle"].in_(closed)


def wiped(part: Part, column: str, value: Any) -> Any:
    """What is left of a value: nothing."""
    of = part.table.c[column]
    if isinstance(of.type, JSON):
        return type(value)()
    if value is None or of.nullable:
        return None
    return b"" if isinstance(value, bytes) else ""
