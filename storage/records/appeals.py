"""Appeals, their steps and who decides them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_new

from flows.results.appealing.records import Appeal, Seat, Step
from storage.records.rows import columns_of, insert_one, new_or_changed
from storage.tables.appeals import APPEAL, SEAT, STEP

A, S = APPEAL.c, STEP.c
ALL = select(*(A[name] for name in Appeal.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(A.id == bindparam("id"))
LOCKED = BY_ID.with_for_update()
OF = ALL.where(A.cycle == bindparam("cycle"), A.person == bindparam("person")).order_by(A.id)
OF_CYCLE = ALL.where(A.cycle == bindparam("cycle")).order_by(A.id)
ABOUT = ALL.where(A.person == bindparam("person")).order_by(A.id)
CYCLES = select(A.cycle).distinct().order_by(A.cycle.desc())
SEATED = ALL.where(
    A.id.in_(select(SEAT.c.appeal).where(SEAT.c.person == bindparam("person"), SEAT.c.on))
).order_by(A.id.desc())
ADD = insert_new(APPEAL).on_conflict_do_nothing().returning(A.id)
SAVE = update(APPEAL).where(A.id == bindparam("which"))
STEPS = select(*(S[name] for name in Step.__slots__))
STEPS_OF = STEPS.where(S.appeal == bindparam("appeal")).order_by(S.id)
ADD_STEP = insert(STEP)
SEATS = (
    select(*(SEAT.c[name] for name in Seat.__slots__))
    .where(SEAT.c.appeal == bindparam("appeal"))
    .order_by(SEAT.c.level, SEAT.c.person)
)
PUT_SEAT = new_or_changed(SEAT, "appeal", "level", "person")
OLD = select(A.id).where(A.ended_at < bindparam("before"), A.facts != "")
NO_TEXTS = update(APPEAL).where(A.id == bindparam("which")).values(facts="", evidence="", wish="")
NO_STEPS = update(STEP).where(S.appeal == bindparam("which")).values(text="")


class Appeals:
    """Implements `flows.results.appealing.records.AppealKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, appeal: Appeal) -> Appeal | None:
        number = self._connection.execute(ADD, row_of(appeal)).scalar()
        return replace(appeal, id=int(number)) if number is not None else None

    def get(self, appeal: int) -> Appeal | None:
        return next(iter(self._many(BY_ID, {"id": appeal})), None)

    def lock(self, appeal: int) -> Appeal | None:
        return next(iter(self._many(LOCKED, {"id": appeal})), None)

    def save(self, appeal: Appeal) -> None:
        self._connection.execute(SAVE, {**row_of(appeal), "which": appeal.id})

    def of(self, cycle: int, person: int) -> list[Appeal]:
        return self._many(OF, {"cycle": cycle, "person": person})

    def of_cycle(self, cycle: int) -> list[Appeal]:
        return self._many(OF_CYCLE, {"cycle": cycle})

    def cycles(self) -> list[int]:
        return list(self._connection.execute(CYCLES).scalars())

    def note(self, step: Step) -> Step:
        row = columns_of(step, "id") | {"about": dict(step.about)}
        return replace(step, id=insert_one(self._connection, ADD_STEP, row))

    def steps(self, appeal: int) -> list[Step]:
        return [Step(*row) for row in self._connection.execute(STEPS_OF, {"appeal": appeal})]

    def seat(self, seat: Seat) -> None:
        self._connection.execute(PUT_SEAT, columns_of(seat))

    def seats(self, appeal: int) -> list[Seat]:
        return [Seat(*row) for row in self._connection.execute(SEATS, {"appeal": appeal})]

    def seated(self, person: int) -> list[Appeal]:
        return self._many(SEATED, {"person": person})

    def about(self, person: int) -> list[Appeal]:
        return self._many(ABOUT, {"person": person})

    def forget(self, before: datetime) -> int:
        old = list(self._connection.execute(OLD, {"before": before}).scalars())
        for appeal in old:
            self._connection.execute(NO_TEXTS, {"which": appeal})
            self._connection.execute(NO_STEPS, {"which": appeal})
        return len(old)

    def _many(self, statement: Any, values: Mapping[str, Any]) -> list[Appeal]:
        found = [Appeal(*row) for row in self._connection.execute(statement, values)]
        return [replace(one, parts=tuple(one.parts)) for one in found]


def row_of(appeal: Appeal) -> dict[str, Any]:
    return columns_of(appeal, "id") | {"parts": list(appeal.parts)}
