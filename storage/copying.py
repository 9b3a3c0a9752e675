"""A scratch database for a rehearsal: what the company has that decides who is told what, and nothing they wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, insert, literal_column, or_, select, update

from flows.core.records import Written
from flows.cycle.rehearsals.rehearsal import Thing
from storage.engine import Store, open_store
from storage.records.messages import ALL as MESSAGES
from storage.records.messages import WAITING, written_of
from storage.records.rows import CHUNK, MOST_IDS, chunks
from storage.tables.checkins import PROGRAMME
from storage.tables.cycles import BROADCAST, CYCLE, DELEGATION, NOTICE, PARTICIPANT, READER, SWEEP
from storage.tables.messages import MESSAGE
from storage.tables.people import PERSON, TEAM_CHANNEL
from storage.tables.reviews import NOMINATION
from storage.tables.tasks import TASK

REMEMBERED = timedelta(days=14)  # two weeks of messages: this week's count against the weekly limit
CARD = "broadcast.card"
UNDER_WAY = ("waiting", "sending")

LEAVING = MESSAGES.where(WAITING, MESSAGE.c.due_at <= bindparam("now")).order_by(MESSAGE.c.seq)
SENT = (
    update(MESSAGE)
    .where(WAITING, MESSAGE.c.due_at <= bindparam("now"))
    .values(state="sent", sent_at=MESSAGE.c.due_at, channel="D", ts=MESSAGE.c.id)
)
EDITED = (
    update(MESSAGE)
    .where(MESSAGE.c.state == literal_column("'sent'"), MESSAGE.c.stale_due_at.is_not(None))
    .values(stale_due_at=None)
)
# A card that shows how far a broadcast has got looks again every few minutes until its last reader is back from
# leave: it writes to nobody, and here nobody looks at it.
UNWATCHED = update(SWEEP).where(literal_column("NOT done"), SWEEP.c.key.like(f"{CARD}/%")).values(done=True)
DROPPED = update(MESSAGE).where(MESSAGE.c.id.in_(bindparam("ids", expanding=True))).values(state="dropped")
ASKED = select(TASK.c.id, TASK.c.kind, TASK.c.scope, TASK.c.subject).where(
    TASK.c.id.in_(bindparam("ids", expanding=True))
)
TOLD = select(NOTICE.c.id, NOTICE.c.kind).where(NOTICE.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Leaving:
    """A message that is due, the things it asks for and the kinds of notices it tells."""

    written: Written
    things: tuple[Thing, ...]
    notices: tuple[str, ...]


def scratch_of(source: Store, cycle: int, now: datetime, clock_now: Callable[[], datetime]) -> Store:
    """A database in memory with what decides who is told what from `now` on, `cycle` among it.

    `source` is read in one transaction and not changed. Answers, reviews and goals stay where they are.
    """
    target = open_store("sqlite://", clock_now)
    with source.engine.connect() as reading, target.engine.begin() as writing:
        writing.exec_driver_sql("PRAGMA defer_foreign_keys=ON")  # a report may come before their manager
        for table, rows in _parts(cycle, now):
            _copy(reading, writing, table, rows)
    return target


def leaving(scratch: Store, now: datetime) -> list[Leaving]:
    """Everything in the outbox that is due, in the order of writing."""
    with scratch.engine.begin() as connection:
        written = [written_of(row) for row in connection.execute(LEAVING, {"now": now})]
        abouts = [one.message.about for one in written]
        asked = {
            row.id: (row.kind, row.scope, row.subject)
            for row in _of_ids(connection, ASKED, [task for about in abouts for task in _tasks(about)])
        }
        told = {
            row.id: row.kind
            for row in _of_ids(
                connection, TOLD, [one for about in abouts for one in about.get("notices", ())]
            )
        }
    return [
        Leaving(
            one,
            tuple(
                Thing(*key, count)
                for key, count in Counter(asked[task] for task in _tasks(about) if task in asked).items()
            ),
            tuple(told[notice] for notice in about.get("notices", ()) if notice in told),
        )
        for one, about in zip(written, abouts, strict=True)
    ]


def left(scratch: Store, now: datetime, dropped: Sequence[str] = ()) -> None:
    """What was due has been sent at its moment, or edited; but for those `dropped`, which nobody needed any more."""
    with scratch.engine.begin() as connection:
        for ids in chunks(dropped, MOST_IDS):
            connection.execute(DROPPED, {"ids": ids})
        connection.execute(SENT, {"now": now})
        connection.execute(EDITED)
        connection.execute(UNWATCHED)


def _parts(cycle: int, now: datetime) -> Iterator[tuple[Table, Select[Any]]]:
    """Each table with the rows that matter, in the order in which they refer to each other."""
    live = select(CYCLE.c.id).where(or_(CYCLE.c.state == "live", CYCLE.c.id == cycle))
    going = select(BROADCAST.c.id).where(
        BROADCAST.c.state.in_(UNDER_WAY), or_(BROADCAST.c.cycle.is_(None), BROADCAST.c.cycle.in_(live))
    )
    yield PERSON, PERSON.select()
    yield TEAM_CHANNEL, TEAM_CHANNEL.select()
    yield PROGRAMME, PROGRAMME.select().where(PROGRAMME.c.current)
    yield CYCLE, CYCLE.select().where(CYCLE.c.id.in_(live))
    yield PARTICIPANT, PARTICIPANT.select().where(PARTICIPANT.c.cycle.in_(live))
    yield NOMINATION, NOMINATION.select().where(NOMINATION.c.cycle.in_(live))
    yield DELEGATION, DELEGATION.select().where(DELEGATION.c.ended_at.is_(None))
    yield BROADCAST, BROADCAST.select().where(BROADCAST.c.id.in_(going))
    yield READER, READER.select().where(READER.c.broadcast.in_(going))
    yield SWEEP, SWEEP.select()  # the finished ones, too: their keys say what was planned already
    yield NOTICE, NOTICE.select().where(NOTICE.c.state == literal_column("'waiting'"))
    # Of the round and the phases that are on also what is done: whoever has answered belongs to a team's digest.
    yield TASK, TASK.select().where(or_(TASK.c.state == literal_column("'open'"), TASK.c.until > now))
    recent = MESSAGE.c.due_at >= now - REMEMBERED
    yield MESSAGE, MESSAGE.select().where(or_(WAITING, recent)).order_by(MESSAGE.c.seq)


def _copy(reading: Connection, writing: Connection, table: Table, rows: Select[Any]) -> None:
    streamed = reading.execution_options(yield_per=CHUNK).execute(rows)
    for part in streamed.mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in part])


def _tasks(about: Any) -> list[int]:
    """The tasks that a message is about: a digest's, or a single one."""
    one = [about["task"]] if isinstance(about.get("task"), int) else []
    return one + [task for task, *_ in about.get("tasks", ())]


def _of_ids(connection: Connection, statement: Any, ids: Sequence[int]) -> Iterator[Any]:
    for chunk in chunks(dict.fromkeys(ids), MOST_IDS):
        yield from connection.execute(statement, {"ids": chunk})
