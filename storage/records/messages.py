"""Messages as the flows write them; `storage.outbox` delivers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, literal_column, or_, select, union_all, update

from flows.core.owed import Message, Parked, Written
from storage.records.rows import CHUNK, MOST_IDS, add_all, chunks, new_only
from storage.tables.messages import MESSAGE

URGENCIES = (0, 1, 2)
TABLE = MESSAGE.c
MESSAGE_COLUMNS = (
    TABLE.key, TABLE.kind, TABLE.about, TABLE.due_at, TABLE.person, TABLE.to_channel, TABLE.urgency,
    TABLE.sensitive, TABLE.day,
)  # fmt: skip
WAITING = TABLE.state == literal_column("'waiting'")  # written out, so that it matches the partial indexes
ALL = select(TABLE.id, TABLE.state, TABLE.channel, TABLE.ts, *MESSAGE_COLUMNS)
BY_ID = ALL.where(TABLE.id == bindparam("id"))
BY_KEY = ALL.where(TABLE.key == bindparam("key"))
BY_KEYS = ALL.where(TABLE.key.in_(bindparam("keys", expanding=True)))
STARTING = ALL.where(TABLE.key >= bindparam("first"), TABLE.key < bindparam("after")).order_by(TABLE.seq)
WAITING_OF = (
    ALL.where(
        WAITING,
        TABLE.urgency == literal_column("1"),
        TABLE.due_at <= bindparam("to"),
        TABLE.kind == bindparam("kind"),
        TABLE.key > bindparam("first"),
    )
    .order_by(TABLE.key)
    .limit(bindparam("most"))
)
PARKED = TABLE.state == literal_column("'parked'")
NUMBER_PARKED = select(func.count()).where(PARKED)
PARKED_FIRST = select(TABLE.id, TABLE.error, TABLE.due_at).where(PARKED).order_by(TABLE.seq)
LET_GO: dict[str, Any] = {"owner": None, "lease_until": None}
NOT_SENT: dict[str, Any] = {
    "sending_since": None, "unsure_since": None, "looked_at": None, "found_absent": 0, "stale_due_at": None,
}  # fmt: skip
ONE_PARKED = update(MESSAGE).where(TABLE.id == bindparam("which"), PARKED)
SEND_AGAIN = ONE_PARKED.values(state="waiting", attempts=0, **LET_GO, **NOT_SENT)
LEAVE_OUT = ONE_PARKED.values(state="dropped", **LET_GO)
INSERT = new_only(MESSAGE)
HASTEN = update(MESSAGE).where(TABLE.key == bindparam("which"), WAITING)
BEGINNING = and_(TABLE.key >= bindparam("first"), TABLE.key < bindparam("after"))
UNCLAIMED = and_(BEGINNING, WAITING, TABLE.owner.is_(None))
HASTEN_ALL = update(MESSAGE).where(UNCLAIMED).values(due_at=bindparam("moment"))
DROP_ALL = update(MESSAGE).where(UNCLAIMED).values(state="dropped", error=bindparam("reason"))
STATES = select(TABLE.state, func.count()).where(BEGINNING).group_by(TABLE.state)
STANDING = (
    select(TABLE.state, TABLE.error, TABLE.stale_due_at.is_not(None), func.count())
    .where(BEGINNING)
    .group_by(TABLE.state, TABLE.error, TABLE.stale_due_at.is_not(None))
)
NEXT_OF = select(func.min(TABLE.due_at)).where(BEGINNING, WAITING, TABLE.attempts == 0, TABLE.error.is_(None))
IDS_OF = select(TABLE.key, TABLE.id).where(TABLE.key.in_(bindparam("keys", expanding=True)))
UNASKED = (
    select(TABLE.person, TABLE.day, func.count())
    .where(
        TABLE.person.in_(bindparam("people", expanding=True)),
        TABLE.day >= bindparam("since"),
        TABLE.day.is_not(None),
        TABLE.state != literal_column("'dropped'"),
    )
    .group_by(TABLE.person, TABLE.day)
)
# A waiting message that somebody has claimed is perhaps being put into words already.
IN_WORDS = or_(TABLE.state.in_(("sending", "sent", "unsure")), and_(WAITING, TABLE.owner.is_not(None)))
TO_EDIT: dict[str, Any] = {
    "stale_due_at": bindparam("now"), "stale_version": TABLE.stale_version + 1, "stale_attempts": 0
}  # fmt: skip
REFRESH = update(MESSAGE).where(TABLE.id.in_(bindparam("ids", expanding=True)), IN_WORDS).values(**TO_EDIT)
REFRESH_ALL = update(MESSAGE).where(BEGINNING, IN_WORDS).values(**TO_EDIT)
_earliest = union_all(
    *(select(func.min(TABLE.due_at).label("at")).where(WAITING, TABLE.urgency == literal_column(str(urgency)))
      for urgency in URGENCIES)
).subquery()  # fmt: skip
NEXT = select(func.min(_earliest.c.at))

LAST_SIGN = "\U0010ffff"
UNDELIVERED = {
    "state": "waiting", "attempts": 0, "found_absent": 0, "stale_version": 0, "stale_attempts": 0,
}  # fmt: skip


class Messages:
    """Implements `flows.core.records.MessageRecords`; `touched` when there is something to deliver."""

    __slots__ = ("_clock_now", "_connection", "touched")

    def __init__(self, connection: Connection, clock_now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._clock_now = clock_now
        self.touched = False

    def write(self, message: Message) -> str | None:
        row = _row(message)
        if self._connection.execute(INSERT, row).rowcount != 1:
            return None
        self.touched = True
        return str(row["id"])

    def write_many(self, messages: Sequence[Message]) -> int:
        """Keep many at once; how many were new."""
        new = add_all(self._connection, INSERT, [_row(message) for message in messages])
        self.touched = self.touched or new > 0
        return new

    def get(self, message: str) -> Written | None:
        return self._one(BY_ID, {"id": message})

    def by_key(self, key: str) -> Written | None:
        return self._one(BY_KEY, {"key": key})

    def starting(self, prefix: str, first: str = "") -> list[Written]:
        between = {**_between(prefix), "first": max(prefix, first)}
        return [written_of(row) for row in self._connection.execute(STARTING, between)]

    def refresh(self, ids: Iterable[str]) -> None:
        for chunk in chunks(dict.fromkeys(ids), MOST_IDS):
            found = self._connection.execute(REFRESH, {"ids": chunk, "now": self._clock_now()}).rowcount
            self.touched = self.touched or found > 0

    def waiting_of(self, kind: str, to: datetime, after: str, limit: int) -> list[Written]:
        values = {"kind": kind, "to": to, "first": after, "most": limit}
        return [written_of(row) for row in self._connection.execute(WAITING_OF, values)]

    def parked(self) -> int:
        return int(self._connection.execute(NUMBER_PARKED).scalar_one())

    def parked_first(self, limit: int) -> list[Parked]:
        rows = self._connection.execute(PARKED_FIRST.limit(limit))
        return [Parked(id_, error or "", due_at) for id_, error, due_at in rows]

    def settle(self, message: str, *, again: bool) -> bool:
        done = self._connection.execute(SEND_AGAIN if again else LEAVE_OUT, {"which": message}).rowcount == 1
        self.touched = self.touched or done
        return done

    def hasten(self, key: str, due_at: datetime, day: date | None = None) -> None:
        counts = {} if day is None else {"day": day}
        moved = self._connection.execute(HASTEN.values(due_at=due_at, **counts), {"which": key}).rowcount
        self.touched = self.touched or moved > 0

    def by_keys(self, keys: Sequence[str]) -> dict[str, Written]:
        found = [
            written_of(row)
            for chunk in chunks(keys, MOST_IDS)
            for row in self._connection.execute(BY_KEYS, {"keys": chunk})
        ]
        return {one.message.key: one for one in found}

    def hasten_many(self, moments: Sequence[tuple[str, datetime, date | None]]) -> None:
        rows = [{"which": key, "due_at": due, "day": day} for key, due, day in moments]
        for chunk in chunks(rows, CHUNK):
            self._connection.execute(HASTEN, chunk)
        self.touched = self.touched or bool(rows)

    def hasten_all(self, prefix: str, due_at: datetime) -> int:
        return self._change(HASTEN_ALL, prefix, {"moment": due_at})

    def drop_all(self, prefix: str, reason: str) -> int:
        return self._change(DROP_ALL, prefix, {"reason": reason})

    def refresh_all(self, prefix: str) -> int:
        return self._change(REFRESH_ALL, prefix, {"now": self._clock_now()})

    def states(self, prefix: str) -> dict[str, int]:
        return dict(self._connection.execute(STATES, _between(prefix)).all())

    def standing(self, prefix: str) -> list[tuple[str, str | None, bool, int]]:
        rows = self._connection.execute(STANDING, _between(prefix))
        return [(state, error, bool(stale), number) for state, error, stale, number in rows]

    def next_of(self, prefix: str, after: datetime) -> datetime | None:
        moment: datetime | None = self._connection.execute(NEXT_OF, _between(prefix)).scalar()
        return moment if moment is not None and moment > after else None

    def ids_of(self, keys: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for chunk in chunks(keys, MOST_IDS):
            found.update(self._connection.execute(IDS_OF, {"keys": chunk}).all())
        return found

    def unasked(self, people: Sequence[int], since: date) -> dict[int, dict[date, int]]:
        found: dict[int, dict[date, int]] = {}
        for chunk in chunks(people, MOST_IDS):
            for person, day, number in self._connection.execute(UNASKED, {"people": chunk, "since": since}):
                found.setdefault(person, {})[day] = number
        return found

    def next_moment(self) -> datetime | None:
        moment: datetime | None = self._connection.execute(NEXT).scalar()
        return moment

    def _change(self, statement: Any, prefix: str, values: Mapping[str, Any]) -> int:
        changed = self._connection.execute(statement, {**_between(prefix), **values}).rowcount
        self.touched = self.touched or changed > 0
        return changed

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Written | None:
        row = self._connection.execute(statement, values).first()
        return written_of(row) if row else None


def _between(prefix: str) -> dict[str, str]:
    return {"first": prefix, "after": prefix + LAST_SIGN}


def message_of(columns: Sequence[Any]) -> Message:
    """The message in a row's `MESSAGE_COLUMNS`."""
    key, kind, about, due_at, person, channel, urgency, sensitive, day = columns
    return Message(key, kind, about, due_at, person, channel, urgency, bool(sensitive), day)


def written_of(row: Any) -> Written:
    """The message in a row of `ALL`."""
    id_, state, channel, ts, *message = row
    return Written(id_, message_of(message), state, channel, ts)


def mark_of(key: str) -> str:
    """The message's id, made of its key: a restored bot recognises what was sent after the backup was made.

    Whoever guesses the key can confirm of what kind the message is, which its words say anyway.
    """
    return blake2b(key.encode(), digest_size=16, person=b"perfloop").hexdigest()


def _row(message: Message) -> dict[str, Any]:
    return {
        "id": mark_of(message.key),
        "key": message.key,
        "kind": message.kind,
        "about": message.about,
        "due_at": message.due_at,
        "person": message.person,
        "to_channel": message.channel,
        "addressee": f"person/{message.person}" if message.channel is None else f"channel/{message.channel}",
        "urgency": message.urgency,
        "sensitive": message.sensitive,
        "day": message.day,
        **UNDELIVERED,
    }
