"""The statements behind the outbox, each built once: a message's way from waiting to sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel.sql.sqltypes import UTCDateTime

from flows.core.records import Message
from storage.records.messages import LET_GO, MESSAGE_COLUMNS, NOT_SENT, PARKED, URGENCIES, WAITING, message_of
from storage.tables.messages import MESSAGE

TRIES = 5  # then a message is parked for a person, and an edit is given up
ABSENCES = 2  # readings without the message that count as "it did not arrive"
RESTORED = "restored"  # why a message is unsure that was not finished in a backup

TABLE = MESSAGE.c
NOW: Any = bindparam("now")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message and how far its delivery got. `id` is its mark in the messenger.

    `token` says which state of things an edit shows; `error` is a short code, never contents."""

    id: str
    state: str
    attempts: int
    token: int
    found_absent: int
    channel: str | None
    ts: str | None
    sending_since: datetime | None
    unsure_since: datetime | None
    error: str | None
    message: Message


COLUMNS = (
    TABLE.id, TABLE.state, TABLE.attempts, TABLE.stale_version, TABLE.found_absent, TABLE.channel, TABLE.ts,
    TABLE.sending_since, TABLE.unsure_since, TABLE.error, *MESSAGE_COLUMNS,
)  # fmt: skip
DELIVERY = len(COLUMNS) - len(MESSAGE_COLUMNS)


def claimed(row: Any) -> Claimed:
    """The value of a row of `COLUMNS`."""
    return Claimed(*(*row[:DELIVERY], message_of(row[DELIVERY:])))


def _is(state: str) -> ColumnElement[bool]:
    """Written out rather than bound: only then does the query match the condition of the partial index."""
    return TABLE.state == literal_column(f"'{state}'")


SENDING, UNSURE, SENT = _is("sending"), _is("unsure"), _is("sent")
STALE = and_(SENT, TABLE.stale_due_at.is_not(None))
FREE = or_(TABLE.lease_until.is_(None), TABLE.lease_until <= NOW)
MINE = and_(TABLE.id == bindparam("which"), TABLE.owner == bindparam("me"))
HELD: dict[str, Any] = {"owner": bindparam("me"), "lease_until": bindparam("until")}

_earlier = MESSAGE.alias("earlier")
FIRST_IN_TURN = ~exists().where(
    _earlier.c.addressee == TABLE.addressee,
    _earlier.c.seq < TABLE.seq,
    literal_column("earlier.urgency = 0 AND earlier.state IN ('waiting', 'sending')"),
)


def _of(urgency: int) -> ColumnElement[bool]:
    return TABLE.urgency == literal_column(str(urgency))


def _turn(urgency: int) -> ColumnElement[bool]:
    """Answers go to one chat in the order in which they were written, one at a time."""
    return and_(WAITING, _of(urgency), *([FIRST_IN_TURN] if urgency == 0 else []))


def _claim(wanted: Select[Any], **values: Any) -> ReturningUpdate[Any]:
    """One statement that picks rows which no other claim holds, and marks them.

    Materialized, since PostgreSQL may otherwise run the choice again for each row and exceed the limit.
    """
    picked = wanted.limit(bindparam("most")).with_for_update(skip_locked=True).cte("picked")
    picked = picked.prefix_with("MATERIALIZED", dialect="postgresql")
    chosen = update(MESSAGE).where(TABLE.seq.in_(select(picked.c.seq)))
    return chosen.values({**HELD, **values}).returning(TABLE.due_at, TABLE.seq, *COLUMNS)


def _due(urgency: int) -> Select[Any]:
    """One urgency at a time, so that the index gives the order and its end."""
    return (
        select(TABLE.seq).where(_turn(urgency), TABLE.due_at <= NOW, FREE).order_by(TABLE.due_at, TABLE.seq)
    )


CLAIM = tuple(_claim(_due(urgency), stale_due_at=None) for urgency in URGENCIES)
CLAIM_SENDING = tuple(
    _claim(_due(urgency), stale_due_at=None, state="sending", sending_since=NOW) for urgency in URGENCIES
)
CLAIM_UNSURE = _claim(
    select(TABLE.seq)
    .where(
        UNSURE,
        TABLE.unsure_since <= bindparam("settled"),
        or_(TABLE.looked_at.is_(None), TABLE.looked_at <= bindparam("looked")),
        FREE,
    )
    .order_by(TABLE.unsure_since)
)
CLAIM_STALE = {
    urgency: _claim(
        select(TABLE.seq)
        .where(SENT, _of(urgency), TABLE.stale_due_at <= NOW, FREE)
        .order_by(TABLE.stale_due_at)
    )
    for urgency in URGENCIES
}

MARK_SENDING = (
    update(MESSAGE)
    .where(MINE, WAITING, TABLE.lease_until > NOW)
    .values(state="sending", sending_since=NOW, channel=bindparam("to"), lease_until=bindparam("until"))
)
MARK_SENT = (
    update(MESSAGE)
    .where(MINE, or_(SENDING, UNSURE))
    .values(state="sent", channel=bindparam("to"), ts=bindparam("stamp"), sent_at=NOW, error=None, **LET_GO)
)
UNDECIDED = or_(WAITING, SENDING, UNSURE)
_tries = TABLE.attempts + bindparam("tried")
MARK_WAITING = (
    update(MESSAGE)
    .where(MINE, UNDECIDED)
    .values(
        state=case((_tries >= TRIES, "parked"), else_="waiting"),
        attempts=_tries, due_at=bindparam("moment"), error=bindparam("code"), **LET_GO, **NOT_SENT,
    )
    .returning(TABLE.state)
)  # fmt: skip
MARK_UNSURE = (
    update(MESSAGE)
    .where(MINE, SENDING)
    .values(
        state="unsure", unsure_since=NOW, looked_at=None, found_absent=0, error=bindparam("code"), **LET_GO
    )
)
FINISH = (
    update(MESSAGE)
    .where(MINE, UNDECIDED)
    .values(state=bindparam("final"), error=bindparam("code"), stale_due_at=None, **LET_GO)
)

_absences = TABLE.found_absent + bindparam("more")
# The claim is kept after the last reading: whoever read decides next whether to repeat or to park.
LOOKED = (
    update(MESSAGE)
    .where(MINE, UNSURE)
    .values(
        found_absent=_absences,
        looked_at=NOW,
        owner=case((_absences >= ABSENCES, TABLE.owner), else_=null()),
        lease_until=case((_absences >= ABSENCES, TABLE.lease_until), else_=null()),
    )
    .returning(TABLE.found_absent)
)

MARK_FRESH = (
    update(MESSAGE)
    .where(MINE, SENT)
    .values(
        stale_due_at=case((TABLE.stale_version == bindparam("token"), null()), else_=TABLE.stale_due_at),
        stale_attempts=0,
        error=None,
        **LET_GO,
    )
    .returning(TABLE.stale_due_at)
)
_edits = TABLE.stale_attempts + 1
EDIT_FAILED = (
    update(MESSAGE)
    .where(MINE, STALE)
    .values(
        stale_attempts=_edits,
        stale_due_at=case((_edits >= TRIES, null()), else_=bindparam("moment", type_=UTCDateTime())),
        error=bindparam("code"),
        **LET_GO,
    )
    .returning(TABLE.stale_due_at)
)

LOST = (
    update(MESSAGE)
    .where(SENDING)
    .values(state="unsure", unsure_since=NOW, looked_at=None, found_absent=0, error="interrupted", **LET_GO)
)
LOST_EXPIRED = LOST.where(TABLE.lease_until <= NOW)
OTHERS = and_(TABLE.owner.is_not(None), TABLE.owner != bindparam("me"))
LOST_BY_OTHERS = LOST.where(OTHERS)
FREE_OTHERS = update(MESSAGE).where(OTHERS).values(**LET_GO)

ALL_PARKED = select(*COLUMNS).where(PARKED).order_by(TABLE.seq).limit(bindparam("most"))
COUNTED = {"waiting": WAITING, "sending": SENDING, "unsure": UNSURE, "parked": PARKED, "stale": STALE}
COUNTS: Any = union_all(
    *(
        select(literal_column(f"'{name}'").label("state"), func.count()).select_from(MESSAGE).where(which)
        for name, which in COUNTED.items()
    )
)
UNCLAIMED = TABLE.owner.is_(None)
MOMENTS: Any = union_all(
    *(
        select(literal_column(f"'{name}'").label("what"), func.min(moment).label("at")).where(which)
        for name, moment, which in (
            *(("due", TABLE.due_at, and_(_turn(urgency), UNCLAIMED)) for urgency in URGENCIES),
            *(("due", TABLE.stale_due_at, and_(STALE, _of(urgency), UNCLAIMED)) for urgency in URGENCIES),
            ("due", TABLE.lease_until, SENDING),
            ("unsure", TABLE.unsure_since, and_(UNSURE, UNCLAIMED, TABLE.looked_at.is_(None))),
            ("looked", TABLE.looked_at, and_(UNSURE, UNCLAIMED)),
        )
    )
)
