"""The outbox: claims messages for delivery and records what became of each, so that a kill loses none.

A row is *waiting*; a claim gives it to one process until its lease ends; *sending* is set durably before the
post; then it is *sent*, *waiting* again (surely not delivered), or *unsure*. An unsure one is read back from
the messenger after a while, and repeated only when it was absent twice. *Parked* ones wait for a person,
*dropped* ones were no longer needed.

A claim is a fence: a mark by a process that no longer holds the row changes nothing and says so. The post itself is
held back by whoever makes it (`bot/fence.py`), who looks at the clock right before the first byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, or_, select, update

from storage import deliveries as to
from storage.deliveries import Claimed
from storage.records.messages import LET_GO, NEXT, URGENCIES, WAITING
from storage.tables.messages import MESSAGE

ARRIVED = (
    update(MESSAGE)
    .where(
        to.TABLE.id == bindparam("which"), or_(to.UNSURE, WAITING), or_(to.UNCLAIMED, to.TABLE.lease_until <= to.NOW)
    )
    .values(
        state="sent", channel=bindparam("to"), ts=bindparam("stamp"), sent_at=to.NOW, error=None, **LET_GO
    )
)  # fmt: skip
STANDS = select(to.TABLE.channel, to.TABLE.ts).where(to.TABLE.id == bindparam("which"), to.SENT)


class Outbox:
    """The deliveries, inside one transaction. All moments are aware; `owner` names this process."""

    __slots__ = ("_connection", "_owner")

    def __init__(self, connection: Connection, owner: str) -> None:
        self._connection = connection
        self._owner = owner

    def claim(
        self, now: datetime, limit: int, *, lease_seconds: float = 120, sending: bool = False
    ) -> list[Claimed]:
        """Waiting messages that are due, by urgency and due moment; they are this process's for the lease.

        An answer (urgency 0) is held back while an earlier answer to the same addressee is waiting or being
        sent, so a chat keeps its order; an unsure, parked or dropped one holds up nobody. `sending` marks
        them as sending at once, for a batch that is posted right after this commit.
        """
        found: list[Claimed] = []
        for statement in to.CLAIM_SENDING if sending else to.CLAIM:
            if len(found) < limit:
                found += self._claim(statement, now, limit - len(found), lease_seconds)
        return found

    def mark_sending(
        self, message: str, now: datetime, channel: str | None, *, lease_seconds: float = 120
    ) -> bool:
        """To be committed before the post. False when the claim was lost: then it must not be posted."""
        until = now + timedelta(seconds=lease_seconds)
        return self._mark(to.MARK_SENDING, message, now=now, to=channel, until=until)

    def mark_sent(self, message: str, channel: str, ts: str, now: datetime) -> bool:
        """It arrived, as `ts` in `channel`."""
        return self._mark(to.MARK_SENT, message, to=channel, stamp=ts, now=now)

    def mark_sent_many(self, sent: Iterable[tuple[str, str, str]], now: datetime) -> int:
        """Several that arrived, as (id, channel, ts); how many this process still held."""
        rows = [
            {"which": which, "me": self._owner, "to": channel, "stamp": ts, "now": now}
            for which, channel, ts in sent
        ]
        return self._connection.execute(to.MARK_SENT, rows).rowcount if rows else 0

    def came_late(self, sent: Iterable[tuple[str, str, str]], now: datetime) -> list[tuple[str, str, str]]:
        """Those of several that arrived after their claim had run out: one that nobody has repeated counts as sent,
        and second copies are given back, to be deleted."""
        copies = []
        for which, channel, ts in sent:
            values = {"which": which, "to": channel, "stamp": ts, "now": now}
            if self._connection.execute(ARRIVED, values).rowcount:
                continue
            kept = self._connection.execute(STANDS, {"which": which}).first()
            if kept is not None and (kept.channel, kept.ts) != (channel, ts):
                copies.append((which, channel, ts))
        return copies

    def mark_waiting(self, message: str, due_at: datetime, error: str | None, count_try: bool) -> str | None:
        """It surely did not arrive: again at `due_at`, unless this was the fifth try that counts.

        Returns "waiting" or "parked", or None when the claim was lost.
        """
        values = {"moment": due_at, "code": error, "tried": int(count_try)}
        state: str | None = self._connection.execute(to.MARK_WAITING, self._own(message, **values)).scalar()
        return state

    def mark_unsure(self, message: str, now: datetime, error: str) -> bool:
        """Nobody knows whether it arrived."""
        return self._mark(to.MARK_UNSURE, message, now=now, code=error)

    def mark_parked(self, message: str, error: str) -> bool:
        """A person must look at it."""
        return self._mark(to.FINISH, message, final="parked", code=error)

    def mark_dropped(self, message: str, reason: str) -> bool:
        """It is no longer needed."""
        return self._mark(to.FINISH, message, final="dropped", code=reason)

    def unsure(
        self, now: datetime, settle_seconds: float = 60, limit: int = 50, *, lease_seconds: float = 120
    ) -> list[Claimed]:
        """Claims unsure messages that have settled, to be looked for in the messenger, and again after half
        that time."""
        settled, looked = (
            now - timedelta(seconds=seconds) for seconds in (settle_seconds, settle_seconds / 2)
        )
        return self._claim(to.CLAIM_UNSURE, now, limit, lease_seconds, settled=settled, looked=looked)

    def absent(self, message: str, now: datetime) -> int | None:
        """It was not found; how often that is by now, or None when the claim was lost.

        The second time the claim stays: mark it as waiting or parked.
        """
        return self._looked(message, now, 1)

    def look_later(self, message: str, now: datetime) -> None:
        """The messenger could not be read just now: look again after a while."""
        self._looked(message, now, 0)

    def recover(self, owner: str, now: datetime) -> int:
        """What dead processes left as sending becomes unsure; how many. At start-up, and from time to time.

        `owner` is the living process that asks. An SQLite file has no other, so there all claims of others
        end at once; on PostgreSQL a claim ends with its lease.
        """
        lost = self._connection.execute(to.LOST_EXPIRED, {"now": now}).rowcount
        if self._connection.dialect.name == "sqlite":
            lost += self._connection.execute(to.LOST_BY_OTHERS, {"now": now, "me": owner}).rowcount
            self._connection.execute(to.FREE_OTHERS, {"me": owner})
        return lost

    def stale(
        self, now: datetime, limit: int, urgencies: Sequence[int] = URGENCIES, *, lease_seconds: float = 120
    ) -> list[Claimed]:
        """Claims sent messages that must be brought to the state of things, by urgency, longest waiting first."""
        found: list[Claimed] = []
        for urgency in urgencies:
            if len(found) < limit:
                found += self._claim(to.CLAIM_STALE[urgency], now, limit - len(found), lease_seconds)
        return found

    def mark_fresh(self, message: str, token: int) -> bool:
        """It was edited. False when it must be edited again, because of a refresh after `token` was handed
        out, or when the claim was lost."""
        row = self._connection.execute(to.MARK_FRESH, self._own(message, token=token)).first()
        return row is not None and row[0] is None

    def edit_failed(self, message: str, due_at: datetime, error: str) -> bool:
        """Edit it again at `due_at`; False when this was the fifth time, and it stays as it is."""
        row = self._connection.execute(to.EDIT_FAILED, self._own(message, moment=due_at, code=error)).first()
        return row is not None and row[0] is not None

    def parked(self, limit: int) -> list[Claimed]:
        """What waits for a person, oldest first."""
        return [to.claimed(row) for row in self._connection.execute(to.ALL_PARKED, {"most": limit})]

    def counts(self) -> dict[str, int]:
        """How many are waiting, sending, unsure, parked, and stale. Sent ones are not counted: that would
        read the whole table."""
        return dict(self._connection.execute(to.COUNTS).all())

    def oldest_waiting(self, now: datetime) -> timedelta | None:
        """For how long the longest waiting message has been due; None when none is."""
        moment: datetime | None = self._connection.execute(NEXT).scalar()
        return now - moment if moment is not None and moment <= now else None

    def figures(self, now: datetime) -> tuple[dict[str, int], float]:
        """The counts, and for how many seconds the longest waiting message has been due (0 when none is)."""
        oldest = self.oldest_waiting(now)
        return self.counts(), oldest.total_seconds() if oldest else 0.0

    def next_moment(self, settle_seconds: float = 60) -> datetime | None:
        """When the sender has something to do next: a message, an edit, a reading back or a lost claim."""
        later = {"due": 0.0, "unsure": settle_seconds, "looked": settle_seconds / 2}
        rows = self._connection.execute(to.MOMENTS)
        moments = (moment + timedelta(seconds=later[what]) for what, moment in rows if moment is not None)
        return min(moments, default=None)

    def _claim(
        self, statement: Executable, now: datetime, limit: int, lease_seconds: float, **values: Any
    ) -> list[Claimed]:
        until = now + timedelta(seconds=lease_seconds)
        values = {"now": now, "most": limit, "me": self._owner, "until": until, **values}
        rows: Sequence[Any] = self._connection.execute(statement, values).all()
        return [to.claimed(row[2:]) for row in sorted(rows, key=lambda row: row[:2])]

    def _looked(self, message: str, now: datetime, more: int) -> int | None:
        times: int | None = self._connection.execute(
            to.LOOKED, self._own(message, now=now, more=more)
        ).scalar()
        return times

    def _mark(self, statement: Executable, message: str, **values: Any) -> bool:
        return self._connection.execute(statement, self._own(message, **values)).rowcount == 1

    def _own(self, message: str, **values: Any) -> dict[str, Any]:
        return {"which": message, "me": self._owner, **values}
