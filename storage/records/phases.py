"""Statements over all open tasks of a phase or a cycle at once: moved, woken, closed, counted when late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    update,
)

from storage.tables.messages import MESSAGE
from storage.tables.people import PERSON
from storage.tables.tasks import TASK

TABLE = TASK.c
OPEN = TABLE.state == literal_column("'open'")  # written out, so that it matches the partial indexes
SCOPE = and_(TABLE.kind.in_(bindparam("kinds", expanding=True)), TABLE.scope == bindparam("of_scope"))
PHASE = and_(SCOPE, TABLE.subject == bindparam("of_subject"))
MOMENT_TYPE = TABLE.opens_at.type
NOW: Any = bindparam("now", type_=MOMENT_TYPE)

AWAKE = case(
    (and_(TABLE.snoozed, TABLE.next_at > NOW, TABLE.next_at < TABLE.until), TABLE.next_at),
    (TABLE.opens_at > NOW, TABLE.opens_at),
    else_=NOW,
)  # when a task is looked at anew: at once or when it opens; what is put off stays so
WAKE = update(TASK).where(SCOPE, OPEN).values(next_at=AWAKE)
NOT_DELIVERED = exists().where(MESSAGE.c.id == TABLE.live, MESSAGE.c.state == literal_column("'dropped'"))
UNSAID: dict[str, Any] = {"said_at": None, "told_due": None, "live": None}
FORGET = (
    update(TASK).where(SCOPE, OPEN, NOT_DELIVERED).values(UNSAID)
)  # what was said in a message that nobody got
LIVE = select(TABLE.live).where(SCOPE, OPEN, TABLE.live.is_not(None)).distinct()
EXPIRE = update(TASK).where(SCOPE, OPEN).values(state="expired", next_at=None, live=None)
IS_LATE = or_(TABLE.state == "expired", and_(TABLE.state == "open", TABLE.due_at < NOW))
LATE = (
    select(TABLE.owner, func.count())
    .where(PHASE, IS_LATE, TABLE.owner > bindparam("after"))
    .group_by(TABLE.owner)
    .order_by(TABLE.owner)
    .limit(bindparam("most"))
)
ZONES = select(PERSON.c.zone).join(TASK, PERSON.c.id == TABLE.person).where(PHASE, OPEN).distinct()


def move(
    connection: Connection,
    which: Mapping[str, Any],
    moments: Mapping[str, tuple[datetime, datetime, datetime]],
    now: datetime,
    without: Sequence[int],
) -> int:
    """One statement for all of a phase's open tasks; `moments` are (opens, due, until) by zone."""
    if not moments:
        return 0
    # CASE, not a join with the moments: SQLite would go through all tasks once for each zone.
    opens, due, until = (
        case({zone: literal(three[n], MOMENT_TYPE) for zone, three in moments.items()}, value=PERSON.c.zone)
        for n in range(3)
    )
    whose = (TABLE.owner, TABLE.about) if without else ()
    statement = (
        update(TASK)
        .where(PHASE, OPEN, TABLE.person == PERSON.c.id, PERSON.c.zone.in_(list(moments)))
        .where(*(column.not_in(bindparam("without", expanding=True)) for column in whose))
        .values(
            opens_at=opens,
            due_at=due,
            until=until,
            next_at=case(
                (
                    and_(TABLE.snoozed, TABLE.next_at.is_not(None)),
                    case((TABLE.next_at < due, TABLE.next_at), else_=due),
                ),
                (opens > NOW, opens),
                else_=NOW,
            ),
        )
    )
    return connection.execute(
        statement, {**which, "now": now, **({"without": list(without)} if without else {})}
    ).rowcount
