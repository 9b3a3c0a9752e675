"""Which anonymous groups are closed, and what is shown of them after the release: averages and comments that nobody wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, bindparam, select

from flows.reviews.records import SealedAnswer, SealedGroup
from storage.records.rows import MOST_IDS, add_all, chunks, new_only
from storage.tables.sealed import CLOSED_GROUP, SEALED_ANSWER, SEALED_GROUP

GROUP, ANSWER = SEALED_GROUP.c, SEALED_ANSWER.c
GROUPS = (
    select(*(GROUP[name] for name in SealedGroup.__slots__))
    .where(GROUP.cycle == bindparam("cycle"), GROUP.about.in_(bindparam("people", expanding=True)))
    .order_by(GROUP.about, GROUP.phase)
)
# By their random names: the order drawn at the seal, another for each question and the same for every reader.
ANSWERS = (
    select(*(ANSWER[name] for name in SealedAnswer.__slots__))
    .where(ANSWER.cycle == bindparam("cycle"), ANSWER.about == bindparam("about"))
    .order_by(ANSWER.id)
)

CLOSE = new_only(CLOSED_GROUP)
CLOSED = select(CLOSED_GROUP.c.about, CLOSED_GROUP.c.phase, CLOSED_GROUP.c.readers).where(
    CLOSED_GROUP.c.cycle == bindparam("cycle"),
    CLOSED_GROUP.c.about.in_(bindparam("people", expanding=True)),
)


class Sealed:
    """Implements `flows.reviews.records.SealedRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def groups(self, cycle: int, about: int) -> list[SealedGroup]:
        return self.groups_many(cycle, [about])

    def groups_many(self, cycle: int, people: Sequence[int]) -> list[SealedGroup]:
        return [
            SealedGroup(*row)
            for some in chunks(people, MOST_IDS)
            for row in self._connection.execute(GROUPS, {"cycle": cycle, "people": some})
        ]

    def answers(self, cycle: int, about: int) -> list[SealedAnswer]:
        rows = self._connection.execute(ANSWERS, {"cycle": cycle, "about": about})
        return [SealedAnswer(*row) for row in rows]


class Closings:
    """Implements `flows.cycle.records.ClosingRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, cycle: int, people: Sequence[int]) -> dict[tuple[int, str], frozenset[int]]:
        return {
            (about, phase): frozenset(readers)
            for some in chunks(people, MOST_IDS)
            for about, phase, readers in self._connection.execute(CLOSED, {"cycle": cycle, "people": some})
        }

    def close(self, cycle: int, groups: Mapping[tuple[int, str], Collection[int]]) -> None:
        rows = [
            {"cycle": cycle, "about": about, "phase": phase, "readers": sorted(readers)}
            for (about, phase), readers in groups.items()
        ]
        add_all(self._connection, CLOSE, rows)
