"""What is shown of anonymous answers after the release: rounded averages and comments that nobody wrote."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from flows.reviews.records import SealedAnswer, SealedGroup
from storage.records.rows import MOST_IDS, chunks
from storage.tables.sealed import SEALED_ANSWER, SEALED_GROUP

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
