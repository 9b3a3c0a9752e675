"""After the seal: the cycle's key is destroyed, and what was deleted is cleaned out of the database's files."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, select, update

from flows.cycle.closed import is_unnamed
from flows.reviews.owed import SEALED as SEALED_TASK
from storage.keys import KeyRing
from storage.records.cycles import Cycles
from storage.records.levelling import level_all
from storage.records.messages import Messages
from storage.records.pens import FORGET
from storage.tables.cycles import CYCLE
from storage.tables.results import RELEASE

SEALED = select(RELEASE.c.cycle).where(RELEASE.c.sealed_at.is_not(None), RELEASE.c.scrubbed_at.is_(None))
ARCHIVED = select(CYCLE.c.id).where(
    CYCLE.c.state == "archived", CYCLE.c.id.in_(bindparam("cycles", expanding=True))
)
SCRUBBED = (
    update(RELEASE)
    .where(RELEASE.c.cycle.in_(bindparam("cycles", expanding=True)), RELEASE.c.scrubbed_at.is_(None))
    .values(scrubbed_at=bindparam("now", type_=RELEASE.c.scrubbed_at.type))
)
# Tables whose rows were deleted or changed at the seal; the largest takes some seconds.
WRITE_ANEW = (
    "VACUUM FULL pen",
    "VACUUM FULL comment_flag",
    "VACUUM FULL conversation",
    "VACUUM FULL task",
    "VACUUM FULL message",
)


def scrub(engine: Engine, keys: KeyRing, now: datetime) -> int:
    """Finish every release that is sealed (how many), and forget what was archived without a release.

    Killed at any point, it is done again from the beginning. Where somebody else is reading an old state of an SQLite
    file, its log can't be cut off: then it is not finished, and is tried again later.
    """
    with engine.begin() as connection:
        cycles = list(connection.execute(SEALED).scalars())
        over = forget_unreleased(connection, keys, now)
    for cycle in [*cycles, *over]:
        keys.destroy(cycle)
    if not cycles and not over:
        return 0
    if not (clean_file(engine) if engine.dialect.name == "sqlite" else clean_tables(engine)):
        return 0
    with engine.begin() as connection:
        connection.execute(SCRUBBED, {"cycles": cycles, "now": now})
    return len(cycles)


def forget_unreleased(connection: Connection, keys: KeyRing, now: datetime) -> list[int]:
    """Cycles that were put into the archive without a release: nothing anonymous of theirs will ever be shown.

    Nor who has written: their tasks and messages are made alike as the seal does it.
    """
    known = keys.cycles()
    over = list(connection.execute(ARCHIVED, {"cycles": sorted(known)}).scalars()) if known else []
    messages, cycles = Messages(connection, lambda: now), Cycles(connection)
    for number in over:
        for deletion in FORGET:
            connection.execute(deletion, {"cycle": number})
        cycle = cycles.get(number)
        if cycle is not None:
            phases = [phase.name for phase in cycle.template.phases if is_unnamed(cycle, phase)]
            messages.refresh(level_all(connection, number, phases, SEALED_TASK))
    return over


def clean_file(engine: Engine) -> bool:
    """Write the SQLite file anew and cut off its log; whether both are done."""
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("VACUUM")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute("PRAGMA secure_delete=OFF")
        return not busy


def clean_tables(engine: Engine) -> bool:
    """Write the tables anew. A server's own log and its standbys keep what was encrypted, without its key."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in WRITE_ANEW:
            connection.exec_driver_sql(statement)
    return True
