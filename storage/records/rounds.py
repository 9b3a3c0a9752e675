"""Statements over the tasks of a round, however many people it has: the latest one, whether it began, what is unsaid."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, delete, func, literal_column, or_, select, update

from storage.records import phases
from storage.tables.tasks import TASK

TABLE = TASK.c
OPEN = TABLE.state == literal_column("'open'")  # written out, so that it matches the partial indexes
EARLIEST_ZONE = timedelta(hours=14)  # a round is named by its first day, and no day begins earlier than there
IN = and_(TABLE.kind == bindparam("kind"), TABLE.scope == bindparam("scope"))
# Without its bound by the day, this would read a whole round that is planned and has not begun.
LATEST = (
    select(TABLE.subject)
    .where(IN, TABLE.subject <= bindparam("last"), TABLE.opens_at <= bindparam("now"))
    .order_by(TABLE.subject.desc())
    .limit(1)
)
BEGUN = (
    select(TABLE.id)
    .where(IN, TABLE.subject == bindparam("subject"), or_(TABLE.said > 0, TABLE.state != "open"))
    .limit(1)
)
# Found by the owners alone: by kind and scope, SQLite would go through everybody for each slice of them.
SLICE = and_(
    func.coalesce(TABLE.kind, "") == bindparam("of_kind"),
    func.coalesce(TABLE.scope, 0) == bindparam("of_scope"),
    OPEN,
    TABLE.owner > bindparam("after"),
    TABLE.owner <= bindparam("to"),
)
DROP_UNSAID = delete(TASK).where(SLICE, TABLE.said == 0)
FORGET = update(TASK).where(SLICE, phases.NOT_DELIVERED).values(phases.UNSAID)
WAKE = update(TASK).where(SLICE).values(next_at=phases.AWAKE)


def latest(connection: Connection, kind: str, scope: int, now: datetime) -> str | None:
    """The key of the last round that has opened for somebody."""
    last = (now + EARLIEST_ZONE).date().isoformat()
    values = {"kind": kind, "scope": scope, "now": now, "last": last}
    subject: str | None = connection.execute(LATEST, values).scalar()
    return subject


def begun(connection: Connection, kind: str, scope: int, subject: str) -> bool:
    """Whether anybody was spoken to about the round, or is done with it."""
    which = {"kind": kind, "scope": scope, "subject": subject}
    return connection.execute(BEGUN, which).first() is not None
