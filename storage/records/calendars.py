"""People's calendars. How they are reached is encrypted with a key of its own, which lies with the keys of cycles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from flows.interviews.calendars import Access, Calendar, Writing
from flows.interviews.invitation import Invitation
from flows.interviews.records import Span
from storage.cipher import Cipher
from storage.keys import KeyMissing, KeyRing
from storage.records.rows import CHUNK, MOST_IDS, chunks, columns_of, new_or_changed
from storage.tables.calendars import BUSY, CALENDAR, WRITING

KEY = "calendars"  # the name of the key's file

TABLE, BUSY_C, WRITING_C = CALENDAR.c, BUSY.c, WRITING.c
ALL = select(*(TABLE[name] for name in Calendar.__slots__))  # in the order of the value's fields
OF = ALL.where(TABLE.person == bindparam("who"))
DUE = ALL.where(TABLE.next_at <= bindparam("now")).order_by(TABLE.next_at).limit(bindparam("limit"))
CLAIM = DUE.with_for_update(skip_locked=True)
THE_SAME = (TABLE.person == bindparam("who"), TABLE.connected_at == bindparam("connection"))
ACCESS = select(TABLE.access).where(*THE_SAME)
CONNECT = new_or_changed(CALENDAR, "person")
SAVE = update(CALENDAR).where(*THE_SAME)
LOCK_AWAY = update(CALENDAR).where(*THE_SAME).values(access=bindparam("locked"))
DISCONNECT = delete(CALENDAR).where(TABLE.person == bindparam("who"))
BUSY_OF = (
    select(BUSY_C.person, BUSY_C.starts_at, BUSY_C.ends_at)
    .where(
        BUSY_C.person.in_(bindparam("people", expanding=True)),
        BUSY_C.ends_at > bindparam("since"),
        BUSY_C.starts_at < bindparam("until"),
    )
    .order_by(BUSY_C.starts_at, BUSY_C.ends_at)
)
BUSY_INSERT = insert(BUSY)
BUSY_FORGET = delete(BUSY).where(BUSY_C.person == bindparam("who"))
BUSY_OVER = BUSY_FORGET.where(BUSY_C.ends_at < bindparam("before"))
WRITINGS = select(*(WRITING_C[name] for name in Writing.__slots__))
WRITING_DUE = (
    WRITINGS.where(WRITING_C.next_at <= bindparam("now"))
    .order_by(WRITING_C.next_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
WRITING_OF = WRITINGS.where(WRITING_C.person == bindparam("who")).order_by(WRITING_C.uid)
WRITE = new_or_changed(WRITING, "person", "uid")
THIS = (
    WRITING_C.person == bindparam("who"),
    WRITING_C.uid == bindparam("which"),
    WRITING_C.sequence == bindparam("version"),
)
WRITTEN = delete(WRITING).where(*THIS)
PUT_OFF = update(WRITING).where(*THIS).values(next_at=bindparam("later"), tries=bindparam("tried"))
WRITING_FORGET = delete(WRITING).where(WRITING_C.person == bindparam("who"))


class Calendars:
    """Implements `flows.interviews.calendars.CalendarKeeper`. `touched`: there is something new to read or write."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        self._connection, self._keys = connection, keys
        self.touched = False

    def connect(self, calendar: Calendar, access: Access) -> None:
        self._connection.execute(BUSY_FORGET, {"who": calendar.person})
        cipher = Cipher.of(self._keys.create(KEY))
        locked = cipher.lock(columns_of(access), _where(calendar))
        self._connection.execute(CONNECT, {**columns_of(calendar), "access": locked})
        self.touched = True

    def disconnect(self, person: int) -> bool:
        for forgetting in (BUSY_FORGET, WRITING_FORGET):
            self._connection.execute(forgetting, {"who": person})
        return self._connection.execute(DISCONNECT, {"who": person}).rowcount == 1

    def get(self, person: int) -> Calendar | None:
        row = self._connection.execute(OF, {"who": person}).first()
        return Calendar(*row) if row else None

    def access_of(self, calendar: Calendar) -> Access | None:
        """How it is reached; None when it is not connected any more. KeyMissing when its key is lost."""
        which = {"who": calendar.person, "connection": calendar.connected_at}
        locked = self._connection.execute(ACCESS, which).scalar()
        if locked is None:
            return None
        key = self._keys.get(KEY)
        if key is None:
            raise KeyMissing
        return Access(**Cipher.of(key).open(locked, _where(calendar)))

    def set_access(self, calendar: Calendar, access: Access) -> None:
        """Lock away what was found out about how to reach it."""
        key = self._keys.get(KEY)
        if key is not None:
            locked = Cipher.of(key).lock(columns_of(access), _where(calendar))
            which = {"who": calendar.person, "connection": calendar.connected_at}
            self._connection.execute(LOCK_AWAY, {**which, "locked": locked})

    def save(self, calendar: Calendar) -> bool:
        self.touched = self.touched or calendar.telling
        row = columns_of(calendar, "person", "connected_at")
        which = {"who": calendar.person, "connection": calendar.connected_at}
        return self._connection.execute(SAVE, {**row, **which}).rowcount == 1

    def claim(self, now: datetime, until: datetime, limit: int) -> list[Calendar]:
        """Those to look at now, at most `limit`; nobody else does before `until`."""
        due = [Calendar(*row) for row in self._connection.execute(CLAIM, {"now": now, "limit": limit})]
        for one in due:
            self._connection.execute(
                SAVE, {**columns_of(replace(one, next_at=until), "person", "connected_at"),
                       "who": one.person, "connection": one.connected_at},
            )  # fmt: skip
        return due

    def busy_of(
        self, people: Sequence[int], since: datetime, until: datetime
    ) -> Mapping[int, Sequence[Span]]:
        found: dict[int, list[Span]] = {}
        for ids in chunks(sorted(set(people)), MOST_IDS):
            asked = {"people": ids, "since": since, "until": until}
            for person, starts, ends in self._connection.execute(BUSY_OF, asked):
                found.setdefault(person, []).append((starts, ends))
        return found

    def set_busy(self, person: int, spans: Sequence[Span]) -> None:
        self._connection.execute(BUSY_FORGET, {"who": person})
        rows = [{"person": person, "starts_at": starts, "ends_at": ends} for starts, ends in spans]
        for chunk in chunks(rows, CHUNK):
            self._connection.execute(BUSY_INSERT, chunk)

    def forget_busy(self, person: int, before: datetime) -> int:
        return self._connection.execute(BUSY_OVER, {"who": person, "before": before}).rowcount

    def write(self, writing: Writing) -> None:
        self._connection.execute(WRITE, _row(writing))
        self.touched = True

    def claim_writing(self, now: datetime, until: datetime, limit: int) -> list[Writing]:
        """What is to be written now, at most `limit`; nobody else does before `until`."""
        due = self._connection.execute(WRITING_DUE, {"now": now, "limit": limit})
        found = [_writing(row) for row in due]
        for one in found:
            self.put_off(replace(one, next_at=until))
        return found

    def writings_of(self, person: int) -> list[Writing]:
        """What is still to be written into the person's calendar."""
        return [_writing(row) for row in self._connection.execute(WRITING_OF, {"who": person})]

    def written(self, writing: Writing) -> bool:
        return self._connection.execute(WRITTEN, _this(writing)).rowcount == 1

    def put_off(self, writing: Writing) -> None:
        later = {"later": writing.next_at, "tried": writing.tries}
        self._connection.execute(PUT_OFF, {**_this(writing), **later})


def _where(calendar: Calendar) -> str:
    """Where its access is kept: it opens there alone."""
    return f"calendar/{calendar.person}/{calendar.connected_at.timestamp():.6f}"


def _this(writing: Writing) -> dict[str, Any]:
    return {"who": writing.person, "which": writing.uid, "version": writing.sequence}


def _row(writing: Writing) -> dict[str, Any]:
    return {**columns_of(writing), "invitation": writing.invitation.as_json()}


def _writing(row: Any) -> Writing:
    return Writing(**{**row._mapping, "invitation": Invitation.from_json(row.invitation)})
