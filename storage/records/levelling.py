"""After the seal whoever wrote is as whoever did not: tasks of anonymous reviews, and messages that spoke of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, literal_column, select, update

from flows.cycle.nudges.closing import levelled
from storage.records.messages import LAST_SIGN
from storage.records.rows import CHUNK, MOST_IDS, chunks
from storage.tables.messages import MESSAGE
from storage.tables.tasks import TASK

OF_PHASES = and_(
    TASK.c.kind == literal_column("'review'"),
    TASK.c.scope == bindparam("of_cycle"),
    TASK.c.subject.in_(bindparam("phases", expanding=True)),
)
# Everything that differs between those who wrote and those who did not.
LEVEL = (
    update(TASK)
    .where(OF_PHASES)
    .values(
        state="waived", why=bindparam("reason"), done_at=None, next_at=None, live=None, said=0, snoozed=False,
        said_at=None, told_due=None,
    )
)  # fmt: skip
SEALED_TASKS = select(TASK.c.id, TASK.c.subject, TASK.c.person, TASK.c.owner).where(OF_PHASES)
DIGESTS = select(MESSAGE.c.seq, MESSAGE.c.id, MESSAGE.c.key, MESSAGE.c.about).where(
    MESSAGE.c.kind == literal_column("'digest'")
)
OF_DAYS = DIGESTS.where(MESSAGE.c.day.is_not(None), MESSAGE.c.person.in_(bindparam("people", expanding=True)))
ASKED_FOR = DIGESTS.where(
    MESSAGE.c.key >= literal_column("'snooze/'"), MESSAGE.c.key < literal_column(f"'snooze/{LAST_SIGN}'")
)
# How often a message was edited differs, too. Below every number that an edit under way may hold, so that it is
# edited once more.
REWRITE = (
    update(MESSAGE)
    .where(MESSAGE.c.seq == bindparam("which"))
    .values(about=bindparam("of"), key=bindparam("name"), stale_version=-1000, stale_attempts=0, error=None)
)


def level_all(connection: Connection, cycle: int, phases: Sequence[str], why: str) -> list[str]:
    """Make the tasks of these phases alike, and take them out of every message; the ids of those messages."""
    asked = {"of_cycle": cycle, "phases": phases}
    tasks: dict[int, tuple[int, str]] = {}
    people: set[int] = set()
    for task, phase, *theirs in connection.execute(SEALED_TASKS, asked).all():
        tasks[task] = (cycle, phase)
        people.update(theirs)
    connection.execute(LEVEL, {**asked, "reason": why})
    changed: list[str] = []
    for some in chunks(without(connection, tasks, people), CHUNK):
        connection.execute(REWRITE, [row for _, row in some])
        changed += [message for message, _ in some]
    return changed


def without(
    connection: Connection, tasks: Mapping[int, tuple[int, str]], people: set[int]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(id, new columns) of the messages in which one of these tasks stands; a key that names one is made anew."""
    reading: list[tuple[Any, dict[str, Any]]] = [
        (OF_DAYS, {"people": some}) for some in chunks(sorted(people), MOST_IDS)
    ]
    for statement, values in [*reading, (ASKED_FOR, {})] if tasks else ():
        for seq, message, key, about in connection.execute(statement, values).all():
            left = levelled(about, tasks)
            if left is not None:
                name = f"sealed/{message}" if key.startswith("snooze/") else key
                yield message, {"which": seq, "of": left, "name": name}
